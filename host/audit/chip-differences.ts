/** Where the chip's answers are not the model's, and what that means. */
import { fcsGood } from '../../boards/ethernet/fcs.js'
import {
  BITS,
  BUFFER_SIZE,
  type ControlRegister,
  PHY_BITS,
  PHY_REGISTERS,
  phyRegisterAt,
  RECEIVE_HEADER_OCTETS,
  type RegisterName,
  TRANSMIT_STATUS_OCTETS,
} from '../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { type BeyondTheSpi, RECEIVED_OK } from './beyond-the-spi.js'
import { RegisterShadow } from './register-shadow.js'
import { type Replayed, revisionOf } from './replay.js'
import type { SelectFrame } from './spi-frames.js'

/** What a difference means. Of these, `wire-…` and `unexplained` are trouble; the others are how the world, or silicon, is. */
export const MEANINGS = [
  'network',
  'open-bits',
  'dummy-octet',
  'revision',
  'unknown-revision',
  'erratum-1',
  'erratum-2',
  'erratum-5',
  'erratum-6',
  'erratum-14',
  'erratum-15',
  'refused-frame',
  'contradicting-header',
  'bad-frame-check',
  'wire-stuck-low',
  'wire-stuck-high',
  'wire-stuck-bit',
  'wire-shifted',
  'wire-bit-errors',
  'wire-int-silent',
  'unexplained',
] as const
export type Meaning = (typeof MEANINGS)[number]

export function isTrouble(meaning: Meaning): boolean {
  return meaning.startsWith('wire-') || TROUBLE.has(meaning)
}
const TROUBLE: ReadonlySet<Meaning> = new Set([
  'contradicting-header',
  'bad-frame-check',
  'unexplained',
  'refused-frame',
])

export interface AnswerDifference {
  readonly meaning: Meaning
  /** The register, `memory`, or why a frame is refused. */
  readonly where: string
  count: number
  /** Nanoseconds since the recording began: the first one. */
  readonly at: number
  /** The first one's octets; undefined where there is more than one octet to it. */
  readonly chip: number | undefined
  readonly model: number | undefined
}

/** One octet that was compared. */
interface Compared {
  readonly at: number
  readonly where: string
  readonly chip: number
  readonly model: number
  /** Bits that neither the network nor silicon's freedom decides. */
  readonly firm: number
  readonly meaning: Meaning | undefined
}

const { EIR, ESTAT, ECON1, MISTAT } = BITS
/** What happens on the wire and in other stations decides these; a recording of the SPI cannot know it. */
const OF_THE_NETWORK: Readonly<Partial<Record<RegisterName, number>>> = {
  ECON1: ECON1.TXRTS,
  EIR: EIR.PKTIF | EIR.LINKIF | EIR.TXIF | EIR.TXERIF | EIR.RXERIF,
  ESTAT: ESTAT.INT | ESTAT.BUFER | ESTAT.LATECOL | ESTAT.RXBUSY | ESTAT.TXABRT,
  EPKTCNT: 0xff,
  ERXWRPTL: 0xff,
  ERXWRPTH: 0xff,
}
const { PHSTAT1, PHSTAT2 } = PHY_BITS
const PHY_OF_THE_NETWORK: Readonly<Record<number, number>> = {
  [PHY_REGISTERS.PHSTAT1.address]: PHSTAT1.LLSTAT | PHSTAT1.JBSTAT,
  [PHY_REGISTERS.PHSTAT2.address]: PHSTAT2.TXSTAT | PHSTAT2.RXSTAT | PHSTAT2.COLSTAT | PHSTAT2.LSTAT | PHSTAT2.PLRITY,
  [PHY_REGISTERS.PHIR.address]: 0xffff,
}
/** Receive status vector bits 18:16: what passed since the packet before. */
const PREVIOUS_EVENTS = 0x07
/** Of their octet in the header. */
const EVENTS_PLACE = 4
const REVISION_BITS = 0x0f
/** DS80349C items 1 and 2. */
const SLOW_SPI = 8_000_000
const PHY_CLOCK_STOPS = MILLISECOND

/** Differences before a pattern in them is looked for. */
const ENOUGH = 4

/**
 * @param interrupts times that INT fell; undefined where it was not recorded
 * @returns what differs, the first one first
 */
export function differencesOf(
  frames: readonly SelectFrame[],
  surroundings: BeyondTheSpi,
  replayed: Replayed,
  interrupts: number | undefined,
): readonly AnswerDifference[] {
  const found = new Findings()
  for (const at of surroundings.contradictions) found.add('contradicting-header', 'memory', at)
  if (interrupts === 0 && surroundings.interruptDue !== undefined)
    found.add('wire-int-silent', 'INT', surroundings.interruptDue)
  for (const { at, octets, read, status } of surroundings.arrivals) {
    if (read === octets.length && (status & RECEIVED_OK) !== 0 && !fcsGood(octets))
      found.add('bad-frame-check', 'memory', at)
  }
  for (const [reason, count] of replayed.refused) found.add('refused-frame', reason, 0, undefined, undefined, count)
  const compared = new Comparison(surroundings, replayed).all(frames)
  for (const { meaning, where, at, chip, model } of compared) {
    if (meaning !== undefined) found.add(meaning, where, at, chip, model)
  }
  const firm = compared.filter(({ firm: mask }) => mask !== 0)
  const wrong = firm.filter(({ chip, model, firm: mask }) => ((chip ^ model) & mask) !== 0)
  const meaning = wireTrouble(firm, wrong)
  for (const { where, at, chip, model } of wrong)
    found.add(meaning, meaning.startsWith('wire-') ? 'SO' : where, at, chip, model)
  return found.inOrder()
}

class Findings {
  readonly #found = new Map<string, AnswerDifference>()

  add(meaning: Meaning, where: string, at: number, chip?: number, model?: number, count = 1): void {
    const key = `${meaning} ${where}`
    const known = this.#found.get(key)
    if (known === undefined) this.#found.set(key, { meaning, where, count, at, chip, model })
    else known.count += count
  }

  inOrder(): readonly AnswerDifference[] {
    return [...this.#found.values()].sort((a, b) => a.at - b.at)
  }
}

/** A pattern in all that is wrong, or none. */
function wireTrouble(firm: readonly Compared[], wrong: readonly Compared[]): Meaning {
  if (wrong.length < ENOUGH) return 'unexplained'
  const all = (test: (each: Compared) => boolean, of = firm) => of.every(test)
  if (all(({ chip }) => chip === 0x00)) return 'wire-stuck-low'
  if (all(({ chip }) => chip === 0xff)) return 'wire-stuck-high'
  for (let bit = 1; bit <= 0x80; bit <<= 1) {
    const level = wrong[0].chip & bit
    if (all(({ chip }) => (chip & bit) === level) && all(({ chip, model }) => (chip ^ model) === bit, wrong))
      return 'wire-stuck-bit'
  }
  // A clock edge too many or too few in front of the octet: each is its neighbour's bits, but for one.
  const telling = wrong.filter(({ model }) => model !== 0 && model !== 0xff)
  const early = telling.filter(({ chip, model }) => chip >> 1 === (model & 0x7f))
  const late = telling.filter(({ chip, model }) => (chip & 0x7f) === model >> 1)
  if (telling.length >= ENOUGH && Math.max(early.length, late.length) > 0.9 * telling.length) return 'wire-shifted'
  const single = wrong.filter(({ chip, model }) => onlyOneBit(chip ^ model))
  if (single.length > 0.8 * wrong.length && wrong.length < firm.length / 10) return 'wire-bit-errors'
  return 'unexplained'
}

/** `.RXERIF`, `.TXIF|TXERIF`; empty where the bits have no name, or are those of a number. */
function bitsOf({ fields }: ControlRegister, bits: number): string {
  const names = fields.filter(({ mask }) => mask !== 0xff && (mask & bits) !== 0).map(({ name }) => name)
  return names.length === 0 ? '' : `.${names.join('|')}`
}

function onlyOneBit(value: number): boolean {
  return value !== 0 && (value & (value - 1)) === 0
}

class Comparison {
  readonly #shadow = new RegisterShadow()
  readonly #compared: Compared[] = []
  /** Octets of memory that the driver or the chip has written since the recording began. */
  readonly #written = new Uint8Array(BUFFER_SIZE)
  /** Of each octet of memory of a received header, its place there. */
  readonly #statusAt = new Map<number, number>()
  #miiAddress = 0
  #resetAt = Number.NEGATIVE_INFINITY
  #arrival = 0
  #transmitStatus = -1
  readonly #revision

  constructor(
    readonly surroundings: BeyondTheSpi,
    readonly replayed: Replayed,
  ) {
    this.#revision = revisionOf(surroundings.revisionId)
  }

  all(frames: readonly SelectFrame[]): readonly Compared[] {
    frames.forEach((frame, i) => {
      this.#arrive(frame.selected)
      this.#frame(frame, this.replayed.answers[i])
    })
    return this.#compared
  }

  #arrive(now: number): void {
    const { arrivals } = this.surroundings
    for (; this.#arrival < arrivals.length && arrivals[this.#arrival].at <= now; this.#arrival++) {
      const { pointer, octets, read } = arrivals[this.#arrival]
      if (pointer < 0 || read === 0) continue
      const start = this.#shadow.pair('ERXST')
      const size = ((this.#shadow.pair('ERXND') - start) & (BUFFER_SIZE - 1)) + 1
      for (let i = 0; i < RECEIVE_HEADER_OCTETS + octets.length; i++) {
        const address = start + ((pointer - start + i) % size)
        this.#written[address] = 1
        this.#statusAt.delete(address)
        if (i < RECEIVE_HEADER_OCTETS) this.#statusAt.set(address, i)
      }
    }
  }

  #frame({ mosi, miso, selected, times, clock }: SelectFrame, answers: readonly number[]): void {
    const { operation, register, first, addresses } = this.#shadow.follow(mosi)
    if (operation === 'SRC') this.#resetAt = selected
    if (operation === 'WBM') for (const address of addresses) this.#written[address] = 1
    const name = register?.name
    if (operation !== 'RCR' && name === 'MICMD' && (mosi[1] & BITS.MICMD.MIIRD) !== 0)
      this.#miiAddress = this.#shadow.value('MIREGADR')
    if (operation !== 'RCR' && name === 'ECON1' && (mosi[1] & ECON1.TXRTS) !== 0)
      this.#transmitStatus = (this.#shadow.pair('ETXND') + 1) & (BUFFER_SIZE - 1)
    if (operation === 'RBM') {
      for (const [i, address] of addresses.entries()) this.#memory(address, miso[i + 1], answers[i + 1], times[i + 1])
    } else if (operation === 'RCR' && register !== undefined) {
      if (first === 2 && mosi.length > 1 && miso[1] !== answers[1])
        this.#push({
          at: times[1],
          where: register.kind,
          chip: miso[1],
          model: answers[1],
          firm: 0,
          meaning: 'dummy-octet',
        })
      for (let i = first; i < mosi.length; i++) this.#register(register, miso[i], answers[i], times[i], clock)
    }
  }

  #push(compared: Compared): void {
    this.#compared.push(compared)
  }

  #memory(address: number, chip: number, model: number, at: number): void {
    if (this.#written[address] === 0) return // what a memory has that lost its supply
    const where = 'memory'
    const status = (address - this.#transmitStatus) & (BUFFER_SIZE - 1)
    if (this.#transmitStatus >= 0 && status < TRANSMIT_STATUS_OCTETS) {
      this.#push({ at, where, chip, model, firm: 0, meaning: chip === model ? undefined : 'network' })
      return
    }
    const place = this.#statusAt.get(address)
    const events = place === EVENTS_PLACE ? PREVIOUS_EVENTS : 0
    const even = (this.#shadow.pair('ERXRDPT') & 1) === 0
    if (chip !== model && place !== undefined && ((chip ^ model) & ~events) === 0)
      this.#push({ at, where, chip, model, firm: 0, meaning: 'network' })
    else if (chip !== model && place !== undefined && even)
      this.#push({ at, where, chip, model, firm: 0, meaning: 'erratum-14' })
    else if (chip !== model && place !== undefined && place < 2 && this.#shadow.pair('ERXST') !== 0)
      this.#push({ at, where, chip, model, firm: 0, meaning: 'erratum-5' })
    else this.#push({ at, where, chip, model, firm: 0xff, meaning: undefined })
  }

  #register(register: ControlRegister, chip: number, model: number, at: number, clock: number): void {
    const { name, reserved, implemented, kind } = register
    const where = this.#place(name)
    let differing = chip ^ model
    let firm = 0xff
    const explain = (bits: number, meaning: Meaning): void => {
      firm &= ~bits
      if ((differing & bits) === 0) return
      this.#push({ at, where: `${where}${bitsOf(register, differing & bits)}`, chip, model, firm: 0, meaning })
      differing &= ~bits
    }
    if (name === 'EREVID') explain(0xff, this.#revision === undefined ? 'unknown-revision' : 'revision')
    if (name === 'EIR' && (chip & EIR.PKTIF) === 0 && (model & EIR.PKTIF) !== 0) explain(EIR.PKTIF, 'erratum-6')
    if (name === 'ESTAT' && (chip & ESTAT.LATECOL) === 0 && (model & ESTAT.LATECOL) !== 0)
      explain(ESTAT.LATECOL, 'erratum-15')
    explain(this.#ofTheNetwork(name), 'network')
    if (this.#readsPhy(name) && this.#miiAddress === PHY_REGISTERS.PHID2.address && name === 'MIRDL')
      explain(REVISION_BITS, 'revision')
    // Bits that nobody implements may read as silicon likes, but not all of them in all registers: then it is the wire.
    explain((reserved | ~implemented) & 0xff & (name === 'MISTAT' ? ~MISTAT.BUSY : 0xff), 'open-bits')
    if (kind !== 'ETH' && at - this.#resetAt < PHY_CLOCK_STOPS && this.#readsPhy(name)) explain(0xff, 'erratum-2')
    if (kind !== 'ETH' && clock > 0 && clock < SLOW_SPI && this.#revision !== 'B5' && this.#revision !== 'B7')
      explain(0xff, 'erratum-1')
    this.#push({ at, where, chip, model, firm, meaning: undefined })
  }

  #readsPhy(name: RegisterName): boolean {
    return name === 'MIRDL' || name === 'MIRDH'
  }

  #place(name: RegisterName): string {
    if (!this.#readsPhy(name)) return name
    return `${name} (${phyRegisterAt(this.#miiAddress)?.name ?? `PHY ${this.#miiAddress}`})`
  }

  #ofTheNetwork(name: RegisterName): number {
    if (!this.#readsPhy(name)) return OF_THE_NETWORK[name] ?? 0
    const bits = PHY_OF_THE_NETWORK[this.#miiAddress] ?? 0
    return name === 'MIRDL' ? bits & 0xff : bits >> 8
  }
}
