/**
 * A chip on a bench, for tests: powered, its SPI in a hand that knows nothing but opcodes, and a partner at the far end of
 * a wire without length. Addresses here are the reference's, not the register table's.
 */
import { Enc28j60, type Enc28j60Options } from '../../boards/chips/enc28j60/enc28j60.js'
import { withFcs } from '../../boards/ethernet/fcs.js'
import { BIT_TIME, type EthernetMedium, type EthernetPort, type FrameSignal } from '../../boards/ethernet/port.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { NO_ERRATA } from './no-errata.js'

/** The station at the far end: keeps what the chip sends, sends what a test hands it. */
export class Partner implements EthernetMedium {
  readonly sent: { at: number; endedAt: number; signal: FrameSignal }[] = []
  pulses = 0
  inverted = false
  handleStart: (() => void) | undefined
  #startedAt = 0
  #pulsing: boolean

  constructor(
    readonly clock: Scheduler,
    readonly port: EthernetPort,
    pulsing: boolean,
  ) {
    this.#pulsing = pulsing
    port.medium = this
    this.#pulse()
  }

  frameStart(): void {
    this.#startedAt = this.clock.now
    this.handleStart?.()
  }
  frameEnd(_from: EthernetPort, signal: FrameSignal): void {
    this.sent.push({ at: this.#startedAt, endedAt: this.clock.now, signal })
  }
  linkPulse(): void {
    this.pulses++
  }

  set pulsing(on: boolean) {
    this.#pulsing = on
  }

  /** Puts octets (destination address to FCS) on the chip's receive pair; returns the signal. */
  signal(octets: Uint8Array, options: Partial<FrameSignal> = {}): FrameSignal {
    const signal: FrameSignal = {
      octets,
      dribbleBits: 0,
      bits: (8 + octets.length) * 8,
      intact: false,
      ...options,
    }
    this.port.receiver?.frameStart(signal, this.inverted)
    this.clock.after(signal.bits * BIT_TIME, () => this.port.receiver?.frameEnd(signal, this.inverted))
    return signal
  }

  /** Sends a frame (destination address to the end of the payload) and waits until it has arrived. */
  send(frame: Uint8Array): void {
    this.sendRaw(withFcs(frame))
  }

  sendRaw(octets: Uint8Array, options: Partial<FrameSignal> = {}): void {
    const signal = this.signal(octets, options)
    this.clock.runFor(signal.bits * BIT_TIME)
  }

  #pulse(): void {
    this.clock.after(16_000_000, () => {
      if (this.#pulsing) this.port.receiver?.linkPulse(this.inverted)
      this.#pulse()
    })
  }
}

export interface ChipBenchOptions extends Partial<Omit<Enc28j60Options, 'clock' | 'random'>> {
  readonly seed?: number
  /** All errata of the revision as they come; otherwise the chip is the data sheet's, but for `errata`. */
  readonly withErrata?: boolean
  /** Leave the chip without power. */
  readonly off?: boolean
  /** Do not wait for the oscillator and the link. */
  readonly cold?: boolean
  readonly partner?: boolean
}

export class ChipBench {
  readonly clock = new Scheduler()
  readonly chip: Enc28j60
  readonly partner: Partner

  constructor(options: ChipBenchOptions = {}) {
    const errata = options.withErrata ? options.errata : { ...NO_ERRATA, ...options.errata }
    this.chip = new Enc28j60({
      ...options,
      ...(errata === undefined ? {} : { errata }),
      clock: this.clock,
      random: new SeededRandom(options.seed ?? 1),
    })
    this.partner = new Partner(this.clock, this.chip.port, options.partner ?? true)
    if (options.off) return
    this.chip.powerOn()
    if (options.cold) return
    this.clock.runFor(options.partner === false ? 300_000 : SECOND / 5)
  }

  run(nanoseconds: number): void {
    this.clock.runFor(nanoseconds)
  }

  frame(write: readonly number[], read = 0): Uint8Array {
    return this.chip.transfer(Uint8Array.from(write), read)
  }

  /** Selects a bank by hand; 4 and more: the register is in every bank. */
  bank(bank: number): void {
    this.frame([0xbf, 0x03])
    if (bank > 0) this.frame([0x9f, bank])
  }

  /** Reads an ETH register. */
  eth(bank: number, address: number): number {
    if (address < 0x1b) this.bank(bank)
    return this.frame([address], 1)[0]
  }

  /** Reads a MAC or MII register. */
  mac(bank: number, address: number): number {
    this.bank(bank)
    return this.frame([address], 2)[1]
  }

  write(bank: number, address: number, value: number): void {
    if (address < 0x1b) this.bank(bank)
    this.frame([0x40 | address, value])
  }

  write16(bank: number, address: number, value: number): void {
    this.write(bank, address, value & 0xff)
    this.write(bank, address + 1, value >> 8)
  }

  eth16(bank: number, address: number): number {
    return this.eth(bank, address) | (this.eth(bank, address + 1) << 8)
  }

  set(address: number, mask: number): void {
    this.frame([0x80 | address, mask])
  }

  clear(address: number, mask: number): void {
    this.frame([0xa0 | address, mask])
  }

  phyWrite(address: number, value: number): void {
    this.write(2, 0x14, address)
    this.write(2, 0x16, value & 0xff)
    this.write(2, 0x17, value >> 8)
    this.run(10_240)
  }

  phyRead(address: number): number {
    this.write(2, 0x14, address)
    this.write(2, 0x12, 0x01)
    this.run(10_240)
    this.write(2, 0x12, 0x00)
    return this.mac(2, 0x18) | (this.mac(2, 0x19) << 8)
  }

  memoryWrite(address: number, octets: ArrayLike<number>): void {
    this.write16(0, 0x02, address)
    this.chip.transfer(Uint8Array.from([0x7a, ...Array.from(octets)]), 0)
  }

  memoryRead(address: number, count: number): Uint8Array {
    this.write16(0, 0x00, address)
    return this.chip.transfer(Uint8Array.of(0x3a), count)
  }

  /** Section 18's bring-up: receive buffer 0000h-0BFFh, station 00-04-A3-00-00-01, half or full duplex. */
  bringUp(duplex: 'half' | 'full' = 'half', rxfcon = 0xa1): void {
    const full = duplex === 'full'
    this.write16(0, 0x08, 0x0000)
    this.write16(0, 0x0a, 0x0bff)
    this.write16(0, 0x0c, 0x0bff)
    this.write16(0, 0x00, 0x0000)
    this.write16(0, 0x04, 0x0c00)
    this.write(1, 0x18, rxfcon)
    this.write(2, 0x00, full ? 0x0d : 0x01)
    this.write(2, 0x02, full ? 0x33 : 0x32)
    this.write(2, 0x03, full ? 0x00 : 0x40)
    this.write(2, 0x04, full ? 0x15 : 0x12)
    this.write(2, 0x06, 0x12)
    this.write(2, 0x07, 0x0c)
    this.write16(2, 0x0a, 0x05ee)
    const address = [0x04, 0x05, 0x02, 0x03, 0x00, 0x01]
    STATION.forEach((octet, i) => {
      this.write(3, address[i], octet)
    })
    this.phyWrite(0x00, full ? 0x0100 : 0x0000)
    this.phyWrite(0x10, full ? 0x0000 : 0x0100)
    this.phyWrite(0x14, 0x3476)
    this.set(0x1f, 0x04)
  }

  /** Puts a frame (destination address to payload) at 0C00h and asks for its transmission. */
  transmit(frame: ArrayLike<number>, control = 0x00): void {
    this.memoryWrite(0x0c00, [control, ...Array.from(frame)])
    this.write16(0, 0x04, 0x0c00)
    this.write16(0, 0x06, 0x0c00 + frame.length)
    this.set(0x1f, 0x08)
  }

  /** The seven octets after a frame of `length` octets sent by `transmit`. */
  status(length: number): Uint8Array {
    return this.memoryRead(0x0c00 + length + 1, 7)
  }
}

export const STATION = [0x00, 0x04, 0xa3, 0x00, 0x00, 0x01]
export const OTHER = [0x02, 0x00, 0x5e, 0x10, 0x00, 0x09]
export const BROADCAST = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]

/** A frame of `length` octets without FCS: destination, source OTHER, type 0800h, and a counting payload. */
export function frameTo(destination: readonly number[], length = 60, type = 0x0800, source = OTHER): Uint8Array {
  const frame = new Uint8Array(length)
  frame.set(destination)
  frame.set(source, 6)
  frame.set([type >> 8, type & 0xff], 12)
  for (let i = 14; i < length; i++) frame[i] = i
  return frame
}
