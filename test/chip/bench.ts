/**
 * A bench for one chip: SPI frames written by hand on one side, a wire with a peer that sends and records on the other.
 *
 * Opcodes, addresses and bits are written here anew from the data sheet (DS39662C/E) and its errata sheet (DS80349C); the
 * tests of this folder look at the chip from outside only. Section numbers in their names are those of the fact sheet
 * "ENC28J60 - facts for a register-accurate model and for a driver".
 */
import { Enc28j60, type Enc28j60Options } from '../../boards/chips/enc28j60/enc28j60.js'
import { ERRATA, type ErratumName } from '../../boards/chips/enc28j60/errata.js'
import type { EthernetMedium, EthernetPort, FrameSignal } from '../../boards/ethernet/port.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { body, CHIP, type FrameParts, frame } from './frames.js'
import { PHY, register } from './register-table.js'

export const US = 1_000
export const MS = 1_000_000
export const BIT = 100

/** Byte 0 of each instruction (section 2.2). */
export const OP = { RCR: 0x00, RBM: 0x3a, WCR: 0x40, WBM: 0x7a, BFS: 0x80, BFC: 0xa0, SRC: 0xff } as const

export const ECON1 = { TXRST: 0x80, RXRST: 0x40, DMAST: 0x20, CSUMEN: 0x10, TXRTS: 0x08, RXEN: 0x04 } as const
export const ECON2 = { AUTOINC: 0x80, PKTDEC: 0x40, PWRSV: 0x20, VRPS: 0x08 } as const
export const ESTAT = { INT: 0x80, BUFER: 0x40, LATECOL: 0x10, RXBUSY: 0x04, TXABRT: 0x02, CLKRDY: 0x01 } as const
export const EIR = { PKTIF: 0x40, DMAIF: 0x20, LINKIF: 0x10, TXIF: 0x08, TXERIF: 0x02, RXERIF: 0x01 } as const
export const EIE = {
  INTIE: 0x80,
  PKTIE: 0x40,
  DMAIE: 0x20,
  LINKIE: 0x10,
  TXIE: 0x08,
  TXERIE: 0x02,
  RXERIE: 0x01,
} as const
export const ERXFCON = {
  UCEN: 0x80,
  ANDOR: 0x40,
  CRCEN: 0x20,
  PMEN: 0x10,
  MPEN: 0x08,
  HTEN: 0x04,
  MCEN: 0x02,
  BCEN: 0x01,
} as const
export const MACON1 = { TXPAUS: 0x08, RXPAUS: 0x04, PASSALL: 0x02, MARXEN: 0x01 } as const
export const MACON3 = { TXCRCEN: 0x10, PHDREN: 0x08, HFRMEN: 0x04, FRMLNEN: 0x02, FULDPX: 0x01 } as const
export const MACON4 = { DEFER: 0x40, BPEN: 0x20, NOBKOFF: 0x10 } as const
export const MISTAT = { NVALID: 0x04, SCAN: 0x02, BUSY: 0x01 } as const
export const PHCON1 = { PRST: 0x8000, PLOOPBK: 0x4000, PPWRSV: 0x0800, PDPXMD: 0x0100 } as const
export const PHCON2 = { FRCLNK: 0x4000, TXDIS: 0x2000, JABBER: 0x0400, HDLDIS: 0x0100 } as const
export const PHSTAT1 = { LLSTAT: 0x0004, JBSTAT: 0x0002 } as const
export const PHSTAT2 = {
  TXSTAT: 0x2000,
  RXSTAT: 0x1000,
  COLSTAT: 0x0800,
  LSTAT: 0x0400,
  DPXSTAT: 0x0200,
  PLRITY: 0x0020,
} as const

/** What the peer saw the chip put on its pair. */
export interface HeardFrame {
  readonly start: number
  /** Infinity while it lasts. */
  end: number
  octets: readonly number[]
  bits: number
  dribbleBits: number
}

/** A medium with a peer at its far end, no delay between: it records what the chip sends, and sends what a test asks. */
export class Wire implements EthernetMedium {
  readonly heard: HeardFrame[] = []
  readonly pulses: number[] = []
  /** Called with each frame as its first bit, and as its last bit passes. */
  onStart: ((heard: HeardFrame) => void) | undefined
  onEnd: ((heard: HeardFrame) => void) | undefined
  #pulsing = false
  #sending = 0
  readonly #open = new Map<FrameSignal, HeardFrame>()

  constructor(
    readonly scheduler: Scheduler,
    readonly port: EthernetPort,
  ) {}

  frameStart(_from: EthernetPort, signal: FrameSignal): void {
    const heard: HeardFrame = {
      start: this.scheduler.now,
      end: Number.POSITIVE_INFINITY,
      octets: [],
      bits: 0,
      dribbleBits: 0,
    }
    this.#open.set(signal, heard)
    this.heard.push(heard)
    this.onStart?.(heard)
  }

  frameEnd(_from: EthernetPort, signal: FrameSignal): void {
    const heard = this.#open.get(signal)
    if (heard === undefined) throw new Error('the chip ended a frame that it had not begun')
    this.#open.delete(signal)
    heard.end = this.scheduler.now
    heard.octets = [...signal.octets]
    heard.bits = signal.bits
    heard.dribbleBits = signal.dribbleBits
    this.onEnd?.(heard)
  }

  linkPulse(_from: EthernetPort): void {
    this.pulses.push(this.scheduler.now)
  }

  /** Frames the peer heard from their first bit to their last. */
  get frames(): readonly (readonly number[])[] {
    return this.heard.filter((heard) => heard.end !== Number.POSITIVE_INFINITY).map((heard) => heard.octets)
  }

  /** A link test pulse now; `inverted`: with the pair swapped. */
  pulse(inverted = false): void {
    this.port.receiver?.linkPulse(inverted)
  }

  /** Link test pulses every 16 ms from now on, save while the peer sends. */
  startPulses(inverted = false, period = 16 * MS): void {
    this.#pulsing = true
    const tick = () => {
      if (!this.#pulsing) return
      if (this.#sending === 0) this.pulse(inverted)
      this.scheduler.after(period, tick)
    }
    tick()
  }

  stopPulses(): void {
    this.#pulsing = false
  }

  /** Puts a frame on the chip's receive pair now. Its last bit passes (8 + octets) × 0.8 µs later. */
  send(
    octets: readonly number[],
    { inverted = false, dribbleBits = 0, bits = (octets.length + 8) * 8 + dribbleBits, cut }: SendOptions = {},
  ): void {
    const signal: FrameSignal = { octets: Uint8Array.from(octets), dribbleBits, bits, intact: false }
    this.#sending++
    this.port.receiver?.frameStart(signal, inverted)
    this.scheduler.after((cut === undefined ? bits : (cut + 8) * 8) * BIT, () => {
      if (cut !== undefined) Object.assign(signal, { octets: signal.octets.slice(0, cut), bits: (cut + 8) * 8 })
      this.#sending--
      this.port.receiver?.frameEnd(signal, inverted)
    })
  }
}

export interface SendOptions {
  readonly inverted?: boolean
  readonly dribbleBits?: number
  /** Length of the signal in bit times, preamble included, if it is not that of the octets. */
  readonly bits?: number
  /** The sender stops after so many octets: a collision, or an abort. */
  readonly cut?: number
}

export interface DataSheetBenchOptions extends Partial<Omit<Enc28j60Options, 'clock' | 'random' | 'errata'>> {
  readonly seed?: number
  /** Left out: none, so that a test meets the data sheet and not the silicon. 'silicon': what the revision has. */
  readonly errata?: 'silicon' | Partial<Record<ErratumName, boolean>>
  /** Leave the chip without power; otherwise it has had 1 ms. */
  readonly off?: boolean
  /** Time shared with another bench. */
  readonly scheduler?: Scheduler
}

/** The name of the switch for an item of DS80349C. */
export function erratum(item: number): ErratumName {
  const names = Object.keys(ERRATA) as ErratumName[]
  const name = names.find((candidate) => ERRATA[candidate].item === item)
  if (name === undefined) throw new Error(`no switch for erratum ${item}`)
  return name
}

const ALL_OFF = Object.fromEntries(Object.keys(ERRATA).map((name) => [name, false])) as Record<ErratumName, boolean>

export interface Received {
  readonly start: number
  readonly next: number
  readonly count: number
  /** Receive status vector bits 31:16. */
  readonly status: number
  readonly octets: readonly number[]
}

export interface Configuration {
  readonly duplex?: 'half' | 'full'
  readonly fifo?: readonly [start: number, end: number]
  /** ERXRDPT; the end of the FIFO if left out. */
  readonly readPointer?: number
  readonly filter?: number
  readonly macon1?: number
  readonly macon3?: number
  readonly macon4?: number
  readonly maximum?: number
  readonly address?: readonly number[]
  readonly phcon1?: number
  readonly phcon2?: number
  readonly receive?: boolean
}

/** Where the bench keeps the frame it sends (section 18). */
export const TX = 0x0c00

export class DataSheetBench {
  readonly scheduler: Scheduler
  readonly chip: Enc28j60
  readonly wire: Wire
  #next = 0
  #fifo: readonly [number, number] = [0, 0x0bff]

  constructor({
    seed = 1,
    errata = {},
    off = false,
    scheduler = new Scheduler(),
    ...options
  }: DataSheetBenchOptions = {}) {
    this.scheduler = scheduler
    this.chip = new Enc28j60({
      clock: this.scheduler,
      random: new SeededRandom(seed),
      ...options,
      ...(errata === 'silicon' ? {} : { errata: { ...ALL_OFF, ...errata } }),
    })
    this.wire = new Wire(this.scheduler, this.chip.port)
    this.chip.port.medium = this.wire
    if (!off) {
      this.chip.powerOn()
      this.run(MS)
    }
  }

  get now(): number {
    return this.scheduler.now
  }

  run(nanoseconds: number): void {
    this.scheduler.runFor(nanoseconds)
  }

  /** Runs until `condition` holds, checked after every event. @throws when `limit` nanoseconds pass first. */
  until(condition: () => boolean, limit = 1_000 * MS): void {
    if (!this.scheduler.runWhile(() => !condition(), this.now + limit) && !condition()) {
      throw new Error(`still waiting after ${limit} ns for ${condition}`)
    }
  }

  // SPI, one chip select frame each

  spi(write: readonly number[], read = 0): number[] {
    return [...this.chip.transfer(Uint8Array.from(write), read)]
  }

  bank(bank: number): void {
    this.spi([OP.BFC | 0x1f, 0x03])
    if (bank !== 0) this.spi([OP.BFS | 0x1f, bank])
  }

  #select(name: string): number {
    const { bank, address } = register(name)
    if (bank !== undefined) this.bank(bank)
    return address
  }

  read(name: string): number {
    const address = this.#select(name)
    return register(name).kind === 'E' ? this.spi([OP.RCR | address], 1)[0] : this.spi([OP.RCR | address], 2)[1]
  }

  write(name: string, value: number): void {
    this.spi([OP.WCR | this.#select(name), value & 0xff])
  }

  set(name: string, bits: number): void {
    this.spi([OP.BFS | this.#select(name), bits])
  }

  clear(name: string, bits: number): void {
    this.spi([OP.BFC | this.#select(name), bits])
  }

  /** A register pair, low octet first. */
  write16(name: string, value: number): void {
    this.write(`${name}L`, value & 0xff)
    this.write(`${name}H`, value >>> 8)
  }

  read16(name: string): number {
    return this.read(`${name}L`) | (this.read(`${name}H`) << 8)
  }

  reset(): void {
    this.spi([OP.SRC])
    this.run(MS)
    this.#next = 0
    this.#fifo = [0, 0x0bff]
  }

  // the PHY, by MII (section 5.3)

  readPhy(address: number): number {
    this.write('MIREGADR', address)
    this.write('MICMD', 0x01)
    this.run(10_240)
    this.write('MICMD', 0x00)
    return this.read('MIRDL') | (this.read('MIRDH') << 8)
  }

  writePhy(address: number, value: number): void {
    this.write('MIREGADR', address)
    this.write('MIWRL', value & 0xff)
    this.write('MIWRH', value >>> 8)
    this.run(10_240)
  }

  // buffer memory

  /** Octets of the buffer by address, free of the wrap at ERXND: each with its own ERDPT. Leaves ERDPT as it was. */
  memory(address: number, length: number): number[] {
    const kept = this.read16('ERDPT')
    const octets = Array.from({ length }, (_, i) => {
      this.write16('ERDPT', (address + i) & 0x1fff)
      return this.spi([OP.RBM], 1)[0]
    })
    this.write16('ERDPT', kept)
    return octets
  }

  /** Writes the buffer from `address` on (WBM does not wrap at ERXND). */
  fill(address: number, octets: readonly number[]): void {
    this.write16('EWRPT', address)
    this.spi([OP.WBM, ...octets])
  }

  // bring-up (section 18), and the link

  configure({
    duplex = 'full',
    fifo = [0x0000, 0x0bff],
    readPointer = fifo[1],
    filter = 0xa1,
    macon1 = duplex === 'full' ? 0x0d : 0x01,
    macon3 = duplex === 'full' ? 0x33 : 0x32,
    macon4 = duplex === 'full' ? 0x00 : 0x40,
    maximum = 1518,
    address = CHIP,
    phcon1 = duplex === 'full' ? PHCON1.PDPXMD : 0,
    phcon2 = duplex === 'full' ? 0 : PHCON2.HDLDIS,
    receive = true,
  }: Configuration = {}): void {
    this.clear('ECON1', ECON1.RXEN)
    this.write16('ERXST', fifo[0])
    this.write16('ERXND', fifo[1])
    this.write16('ERXRDPT', readPointer)
    this.write16('ERDPT', fifo[0])
    this.write16('ETXST', TX)
    this.write('ERXFCON', filter)
    this.write('MACON1', macon1)
    this.write('MACON3', macon3)
    this.write('MACON4', macon4)
    this.write('MABBIPG', duplex === 'full' ? 0x15 : 0x12)
    this.write('MAIPGL', 0x12)
    this.write('MAIPGH', 0x0c)
    this.write16('MAMXFL', maximum)
    address.forEach((octet, i) => {
      this.write(`MAADR${i + 1}`, octet)
    })
    this.writePhy(PHY.PHCON1, phcon1)
    this.writePhy(PHY.PHCON2, phcon2)
    this.#next = fifo[0]
    this.#fifo = fifo
    if (receive) this.set('ECON1', ECON1.RXEN)
  }

  get linkIsUp(): boolean {
    return (this.readPhy(PHY.PHSTAT2) & PHSTAT2.LSTAT) !== 0
  }

  /** The peer pulses until the chip reports a link (16.5, 21.4), and goes on pulsing. */
  linkUp(): void {
    this.wire.startPulses()
    for (let i = 0; i < 300; i++) {
      if (this.linkIsUp) return
      this.run(MS)
    }
    throw new Error('no link after 300 ms of link pulses')
  }

  // frames

  /** Takes the next frame out of the FIFO as section 18 says, and frees its memory. undefined: EPKTCNT is 0. */
  receive(): Received | undefined {
    if (this.read('EPKTCNT') === 0) return undefined
    const [first, last] = this.#fifo
    const start = this.#next
    this.write16('ERDPT', start)
    const header = this.spi([OP.RBM], 6)
    const count = header[2] | (header[3] << 8)
    const octets = this.spi([OP.RBM], count)
    const next = header[0] | (header[1] << 8)
    this.#next = next
    this.write16('ERXRDPT', next === first ? last : next - 1)
    this.set('ECON2', ECON2.PKTDEC)
    return { start, next, count, status: header[4] | (header[5] << 8), octets }
  }

  /** The peer sends a frame, and its last bit and the gap after it pass. */
  deliver(octets: readonly number[], options: SendOptions = {}): void {
    this.wire.send(octets, options)
    this.run((options.bits ?? (octets.length + 8) * 8) * BIT + 9_600)
  }

  /** The peer sends a frame made of `parts`; returns the octets that crossed. */
  deliverFrame(parts: FrameParts = {}): number[] {
    const octets = frame(parts)
    this.deliver(octets)
    return octets
  }

  /** Puts control octet and frame into the buffer, sets the pointers, clears the flags. Returns ETXND. */
  load(octets: readonly number[] = body({ da: PEER_ADDRESS, sa: CHIP }), control = 0x00, start = TX): number {
    const end = start + octets.length
    this.write16('ETXST', start)
    this.fill(start, [control, ...octets])
    this.write16('ETXND', end)
    this.clear('EIR', EIR.TXIF | EIR.TXERIF)
    return end
  }

  /** Loads a frame and sets TXRTS; what the wire carries follows as time runs. */
  request(octets?: readonly number[], control = 0x00): number {
    const end = this.load(octets, control)
    this.set('ECON1', ECON1.TXRTS)
    return end
  }

  /** Sends a frame and waits for its end; returns the seven octets of its status vector. */
  transmit(octets?: readonly number[], control = 0x00, limit = 1_000 * MS): number[] {
    const end = this.request(octets, control)
    this.untilSent(limit)
    return this.memory(end + 1, 7)
  }

  /** Runs until TXRTS is 0. */
  untilSent(limit = 1_000 * MS): void {
    this.until(() => (this.read('ECON1') & ECON1.TXRTS) === 0, limit)
  }
}

const PEER_ADDRESS = [0x00, 0x04, 0xa3, 0x00, 0x00, 0x02]

/** A bench with a configured chip and a link. */
export function linked(configuration: Configuration = {}, options: DataSheetBenchOptions = {}): DataSheetBench {
  const bench = new DataSheetBench(options)
  bench.configure(configuration)
  bench.linkUp()
  return bench
}

/** Octets as a person reads them, for failures. */
export function inHex(octets: ArrayLike<number>): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ')
}
