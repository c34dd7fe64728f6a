/**
 * What differs between parts of the family, as data: memories, registers by their data memory address, interrupt vectors by their word
 * address, and which pin has which function. Register names are the data sheets', without the number of the timer or USART.
 */
import type { ADCConfig, TWIConfig } from 'avr8js'

/** Fuse and lock bits (DS40002061B 28.1, 28.2, 27.8): a programmed bit reads 0. */
export interface Fuses {
  readonly low: number
  readonly high: number
  readonly extended: number
  readonly lock: number
}

export type PortName = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'J' | 'K' | 'L'

/** Pins of one port: `mask` has a bit for each. */
export interface PortPins {
  readonly port: PortName
  readonly mask: number
}

/** External interrupts: INT0 and those that follow it. */
export interface ExternalInterruptConfig {
  readonly EIFR: number
  readonly EIMSK: number
  /** Sense control, two bits for each of four interrupts: EICRA, and EICRB where there is one. */
  readonly EICR: readonly number[]
  readonly inputs: readonly (PortPins & { readonly vector: number })[]
}

/** Pin change interrupts, in groups of eight pins. */
export interface PinChangeConfig {
  readonly PCICR: number
  readonly PCIFR: number
  readonly groups: readonly {
    readonly PCMSK: number
    readonly vector: number
    /** Pins of a port, and by how many places they stand higher in PCMSK than in their port. */
    readonly pins: readonly (PortPins & { readonly shift: number })[]
  }[]
}

export interface SpiConfig {
  readonly SPCR: number
  readonly SPSR: number
  readonly SPDR: number
  readonly vector: number
  readonly port: PortName
  /** One bit each. */
  readonly SS: number
  readonly SCK: number
  readonly MOSI: number
  readonly MISO: number
}

export interface UsartConfig {
  readonly UCSRA: number
  readonly UCSRB: number
  readonly UCSRC: number
  readonly UBRRL: number
  readonly UBRRH: number
  readonly UDR: number
  readonly vectors: { readonly RX: number; readonly UDRE: number; readonly TX: number }
  readonly port: PortName
  /** One bit each. */
  readonly RXD: number
  readonly TXD: number
}

export interface TimerConfig {
  readonly bits: 8 | 16
  readonly TCCRA: number
  readonly TCNT: number
  /** Compare registers: A, B, and C where there is one. */
  readonly OCR: readonly number[]
  /** 0: none. */
  readonly ICR: number
  readonly TIMSK: number
  readonly TIFR: number
  /** Clock divider by CS; 0 stops, -1 and -2 count falling and rising edges of T (DS40002061B tables 15-9, 16-5, 18-9). */
  readonly dividers: readonly number[]
  /** Of the prescalers: timers with the same number share one. */
  readonly prescaler: 0 | 1
  readonly vectors: { readonly OVF: number; readonly COMP: readonly number[]; readonly CAPT?: number }
  /** OCnA, OCnB, OCnC. */
  readonly outputs: readonly PortPins[]
  /** Clock input Tn and capture input ICPn, where there are such pins. */
  readonly T?: PortPins
  readonly ICP?: PortPins
}

export interface EepromConfig {
  readonly octets: number
  readonly EECR: number
  readonly EEDR: number
  readonly EEARL: number
  readonly EEARH: number
  readonly vector: number
}

export interface WatchdogConfig {
  readonly WDTCSR: number
  readonly vector: number
}

export interface SelfProgrammingConfig {
  readonly SPMCSR: number
  readonly OSCCAL: number
  readonly vector: number
  /** Signature octets, Z = 0, 2, 4. */
  readonly signature: readonly [number, number, number]
  /** Octets a page. */
  readonly pageOctets: number
  /** First octet of the no-read-while-write section. */
  readonly noReadWhileWrite: number
}

/** Clock, reset, sleep and what else belongs to no peripheral. */
export interface SystemConfig {
  readonly SMCR: number
  readonly MCUSR: number
  readonly MCUCR: number
  readonly CLKPR: number
  readonly GTCCR: number
}

export interface AvrPart {
  /** As its data sheet is called. */
  readonly name: string
  readonly flashWords: number
  /** First and last data address of the internal SRAM. */
  readonly ramStart: number
  readonly ramEnd: number
  /** Words of the interrupt vector table. */
  readonly vectorWords: number
  /** First word of the boot section, by BOOTSZ. */
  readonly bootSections: readonly [number, number, number, number]
  /** As an Arduino with this part leaves the factory, with a boot loader. */
  readonly fuses: Fuses
  readonly system: SystemConfig
  /** Address of PINx, and the pins that there are; DDRx and PORTx follow it. */
  readonly ports: Readonly<Partial<Record<PortName, { readonly PIN: number; readonly mask: number }>>>
  readonly externalInterrupts: ExternalInterruptConfig
  readonly pinChanges: PinChangeConfig
  readonly timers: readonly TimerConfig[]
  /** The first is the serial port of an Arduino. */
  readonly usarts: readonly UsartConfig[]
  readonly spi: SpiConfig
  readonly eeprom: EepromConfig
  readonly watchdog: WatchdogConfig
  readonly selfProgramming: SelfProgrammingConfig
  readonly adc: ADCConfig
  readonly twi: TWIConfig
  /** Arduino's numbering of the pins. */
  readonly arduino: {
    /** By number: port and bit, as `D0` for PD0. */
    readonly pins: readonly string[]
    /** The number of A0; those of the other analogue inputs follow it. */
    readonly A0: number
  }
}

/** PC of more than 16 bits (instruction set manual, CALL and RET): return addresses have three octets. */
export function hasWidePc(part: AvrPart): boolean {
  return part.flashWords > 0x10000
}
