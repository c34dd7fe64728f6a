/** What a board file says: everything about a board that is not the same for all of them. */
import type { SiliconRevision } from '../../firmware/enc28j60/registers.js'
import type { FloatingLevel } from '../spi/spi-wires.js'

/**
 * Milliseconds from the end of reset to the first instruction, at most. A session waits a second longer than that for its
 * first answer (`host/check/checks/serial.ts`), and a boot loader takes two seconds of it.
 */
export const LONGEST_START_UP_MILLISECONDS = 3_000

/** Who executes the firmware, of the three ways a target can be opened. */
export type BoardMode = 'model' | 'avr' | 'serial'

export interface BoardPins {
  /** ENC28J60 pin to the board's own pin number. */
  readonly cs: number
  readonly sck: number
  readonly mosi: number
  readonly miso: number
  readonly int: number
  /** Left out where the module's RESET has its pull-up only. */
  readonly reset?: number
}

/**
 * Microcontrollers of boards whose boot loader speaks one of `flash.method`. The bridge firmware is written for the ATmega328P and ATmega2560, which
 * are emulated as well; for a board with another there is what its own firmware speaks of the serial link.
 */
export const CONTROLLER_PARTS = [
  'ATmega168',
  'ATmega328',
  'ATmega328P',
  'ATmega328PB',
  'ATmega32U4',
  'ATmega1280',
  'ATmega2560',
  'ATSAMD21G18',
  'ATSAMD51J19',
  'RP2040',
  'RP2350',
] as const

/** What boards print beside a pin with more than 3.3 V that can feed a regulator. */
export const FEED_PINS = ['5V', 'VIN', 'VCC', 'RAW', 'VBUS', 'VSYS', 'USB'] as const

export interface BoardDefinition {
  /** As on the command line: lower case letters, digits and hyphens. */
  readonly name: string
  readonly title: string
  readonly controller: {
    readonly part: (typeof CONTROLLER_PARTS)[number]
    /** CPU clock in hertz. */
    readonly clock: number
    readonly flash: number
    readonly ram: number
    /** Of the logic pins, in volts. */
    readonly level: number
    /** Brown-out detector in volts. */
    readonly brownOut: number
    /** End of reset to the first instruction, in milliseconds. */
    readonly startUpMilliseconds: number
  }
  readonly chip: {
    readonly revision: SiliconRevision
    /** SCK in hertz, and the highest the controller can make. */
    readonly spiClock: number
    readonly highestSpiClock: number
    /**
     * SCK is derived from the chip's CLKOUT, which clocks the controller: 25 MHz by a whole number, in step with the chip's own
     * clock. False by default: the controller has a crystal of its own.
     */
    readonly spiSynchronous?: boolean
    /** What MISO reads when nobody drives it. */
    readonly floatingMiso: FloatingLevel
    readonly pins: BoardPins
    /** What the board's own 3.3 V pin is specified for, in milliamperes; the chip takes 180 (DS39662 16.0). */
    readonly supply: number
    /** The board's pin that feeds a 3.3 V regulator for the chip; left out where no pin has the current. */
    readonly feed?: (typeof FEED_PINS)[number]
  }
  readonly serial: {
    readonly baud: number
    readonly highestBaud: number
    /** USB bridge or native port, as a person would look for it. */
    readonly bridge: string
    /** Cells the board can hold: the window it offers. */
    readonly window: number
  }
  readonly flash: {
    readonly method: 'stk500v1' | 'stk500v2' | 'avr109' | 'uf2'
    readonly baud: number
    /** Octets the boot loader takes of the flash. */
    readonly bootLoader: number
  }
  readonly network: {
    /** IPv4 address with prefix length. */
    readonly address: string
    readonly gateway: string
    /** Station address, six octets in hexadecimal. */
    readonly station: string
    /** What the buffers of the stack may take of the RAM, in octets; three quarters of it by default. */
    readonly memory?: number
  }
  readonly modes: readonly BoardMode[]
}

/** Of the RAM, what buffers of the stack take where the board file does not say. */
const MEMORY_SHARE = 0.75

/** @returns what the buffers of a board's stack may take of its RAM, in octets */
export function stackMemory({ network, controller }: Pick<BoardDefinition, 'network' | 'controller'>): number {
  return network.memory ?? Math.floor(controller.ram * MEMORY_SHARE)
}
