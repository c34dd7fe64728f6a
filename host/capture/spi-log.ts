/**
 * The SPI of an ENC28J60 as text, a line for each time that CS is low: when, which instruction, which register, which of its bits. The pins'
 * other events stand between, and what the data sheet forbids behind the line that did it. What is repeated is counted:
 *
 *       69.812250 ms  WCR  ERXNDH = 1Fh
 *       69.830125 ms  BFS  ECON1 |= 04h (RXEN)
 *       70.114000 ms  WCR  MIWRH = 01h: PHCON1 = 0100h (PDPXMD)
 *      112.400375 ms  INT  low
 *      112.431500 ms  RBM  0000h: 6 octets: 46 00 40 00 C0 00
 *      112.500000 ms  RCR  EPKTCNT = 00h
 *      139.820000 ms  RCR  EPKTCNT = 00h, 3643 times more until here
 */
import type { PinObserver } from '../../boards/chips/enc28j60/pins.js'
import { PLACE } from '../../boards/chips/enc28j60/places.js'
import {
  BITS,
  type ControlRegister,
  type PhyRegister,
  phyRegisterAt,
  REGISTERS,
  type RegisterName,
  registerAt,
} from '../../firmware/enc28j60/registers.js'
import { type Clock, MILLISECOND } from '../../firmware/hal/clock.js'
import { hexText } from '../../firmware/text/hex-text.js'
import { spiOperation } from '../chip/spi-operation.js'
import { hexOctets } from '../hex-octets.js'

/** Octets of memory in a line; how many there were is said. */
const OCTETS_SHOWN = 64
/** Digits of milliseconds: up to a quarter of an hour stands in one column. */
const TIME_WIDTH = 13
/** Bits of a field that is a number and no choice. */
const NUMBER_BITS = 4

/** What is watched: an Enc28j60. */
export interface LoggedChip {
  observePins(observer: PinObserver): () => void
  onFinding(
    listener: (finding: { readonly id: string; readonly rule: string; readonly source: string }) => void,
  ): () => void
  inspect(): { readonly registers: Uint8Array }
}

export interface SpiLogOptions {
  readonly clock: Clock
  readonly chip: LoggedChip
  /** In front of each line, where several chips share a log. */
  readonly name?: string
  /** Takes the text in order. */
  write(text: string): void
}

/** What a chip select frame did so far. */
interface Selected {
  readonly at: number
  /** All registers as they were before. */
  readonly registers: Uint8Array
  readonly mosi: number[]
  readonly miso: (number | undefined)[]
  octets: number
}

export class SpiLog {
  readonly #options: SpiLogOptions
  readonly #stop: readonly (() => void)[]
  #selected: Selected | undefined
  /** What the last line says, when it was true last, and how often. */
  #before: { readonly text: string; readonly at: number; readonly times: number } = { text: '', at: 0, times: 0 }
  readonly #waiting: { readonly at: number; readonly text: string }[] = []

  /** Watches from now on. */
  constructor(options: SpiLogOptions) {
    this.#options = options
    const { chip } = options
    this.#stop = [
      chip.observePins({
        chipSelect: (high) => (high ? this.#end() : this.#begin()),
        exchange: (mosi, miso) => this.#exchanged(mosi, miso),
        interrupt: (high) => this.#event(`INT  ${high ? 'high' : 'low'}`),
        reset: (high) => this.#event(`RESET ${high ? 'high' : 'low'}`),
      }),
      chip.onFinding(({ id, rule, source }) => this.#event(`!    ${id}: ${rule} [${source}]`)),
    ]
  }

  /** Stops watching, and writes what was begun. */
  close(): void {
    for (const stop of this.#stop) stop()
    if (this.#selected !== undefined) this.#end(' … (CS is still low)')
    this.#repeated()
  }

  /** A driver that waits asks the same again and again: from the third time on it is counted. */
  #line(at: number, text: string): void {
    if (text === this.#before.text) {
      this.#before = { text, at, times: this.#before.times + 1 }
      return
    }
    this.#repeated()
    this.#before = { text, at, times: 1 }
    this.#write(at, text)
  }

  #repeated(): void {
    const { text, at, times } = this.#before
    if (times > 2) this.#write(at, `${text}, ${times - 1} times more until here`)
    else if (times === 2) this.#write(at, text)
  }

  #write(at: number, text: string): void {
    const { name, write } = this.#options
    const time = (at / MILLISECOND).toFixed(6).padStart(TIME_WIDTH)
    write(`${time} ms  ${name === undefined ? '' : `${name}  `}${text}\n`)
  }

  /** Within a transaction it stands behind it: its line is written when CS rises. */
  #event(text: string): void {
    const { now } = this.#options.clock
    if (this.#selected === undefined) this.#line(now, text)
    else this.#waiting.push({ at: now, text })
  }

  #begin(): void {
    const { chip, clock } = this.#options
    this.#selected = { at: clock.now, registers: chip.inspect().registers, mosi: [], miso: [], octets: 0 }
  }

  #exchanged(mosi: number, miso: number | undefined): void {
    if (this.#selected === undefined) this.#begin() // CS was low before we looked
    const selected = this.#selected as Selected
    // CS that is stuck low makes one endless transaction.
    if (selected.octets++ > OCTETS_SHOWN) return
    selected.mosi.push(mosi)
    selected.miso.push(miso)
  }

  #end(more = ''): void {
    const selected = this.#selected
    if (selected === undefined) return
    this.#selected = undefined
    this.#line(selected.at, `${transaction(selected)}${more}`)
    for (const { at, text } of this.#waiting.splice(0)) this.#line(at, text)
  }
}

function transaction({ registers, mosi, miso, octets }: Selected): string {
  const [opcode, value] = mosi
  if (opcode === undefined) return 'CS   no octet'
  const of = (name: RegisterName) => registers[PLACE[name]]
  const pair = (low: RegisterName, high: RegisterName) => of(low) | (of(high) << 8)
  const bank = of('ECON1') & BITS.ECON1.BSEL
  const register = registerAt(bank, opcode & 0x1f)
  const name = register?.name ?? `${hexText(opcode & 0x1f)} of bank ${bank}, where nothing is`
  switch (spiOperation(opcode)) {
    case 'RBM':
      return `RBM  ${memory(pair('ERDPTL', 'ERDPTH'), miso, octets)}`
    case 'WBM':
      return `WBM  ${memory(pair('EWRPTL', 'EWRPTH'), mosi, octets)}`
    case 'SRC':
      return `SRC${octets > 1 ? `  and ${octets - 1} more` : ''}`
    case 'RCR':
      return `RCR  ${name}${answer(register, miso, octets)}`
    case 'WCR':
      return `WCR  ${name}${written(register, '=', value)}${phyWritten(register, value, of)}${spare(octets)}`
    case 'BFS':
      return `BFS  ${name}${written(register, '|=', value)}${spare(octets)}`
    case 'BFC':
      return `BFC  ${name}${written(register, '&= ~', value)}${spare(octets)}`
    case 'invalid':
      return `?    ${hexOctets(mosi)}${octets > mosi.length ? ` … (${octets} octets)` : ''}: no instruction`
  }
}

/** @param octets all that crossed, with the instruction */
function memory(from: number, data: readonly (number | undefined)[], octets: number): string {
  const shown = data.slice(1, 1 + OCTETS_SHOWN).map((octet) => octet ?? 0)
  const count = octets - 1
  const all = count > shown.length ? ' …' : ''
  return `${hexText(from, 4)}: ${count} ${count === 1 ? 'octet' : 'octets'}${count === 0 ? '' : `: ${hexOctets(shown)}${all}`}`
}

function answer(register: ControlRegister | undefined, miso: readonly (number | undefined)[], octets: number): string {
  const first = register !== undefined && register.kind !== 'ETH' ? 2 : 1
  const value = miso[first]
  if (value === undefined) return octets === 2 && first === 2 ? ' (ends after the dummy octet)' : ' (no answer)'
  return ` = ${hexText(value)}${bits(register, value)}${octets > first + 1 ? `, ${octets - first} times` : ''}`
}

function written(register: ControlRegister | undefined, sign: string, value: number | undefined): string {
  return value === undefined
    ? ' (no data octet: no effect)'
    : ` ${sign}${sign.endsWith('~') ? '' : ' '}${hexText(value)}${bits(register, value, sign.endsWith('~'))}`
}

/** The fields that are not 0: one bit by its name, more with their bits. @param cleared the bits are those that become 0, and so make no value */
function bits(register: ControlRegister | PhyRegister | undefined, value: number, cleared = false): string {
  // What is a number from end to end names no bits.
  if (register === undefined || register.fields.some(({ high, low }) => high - low >= NUMBER_BITS)) return ''
  // Who writes reserved bits is told by a finding, and silicon sets some (MISTAT).
  let unnamed = value & ~register.reserved
  const names = register.fields.flatMap(({ name, high, low, mask }) => {
    unnamed &= ~mask
    const of = (value & mask) >> low
    if (of === 0) return []
    return high === low || (cleared && (value & mask) === mask)
      ? [name]
      : [`${name}=${of.toString(2).padStart(high - low + 1, '0')}`]
  })
  if (unnamed !== 0) names.push(`${hexText(unnamed)} without a name`)
  return names.length === 0 ? '' : ` (${names.join(' ')})`
}

/** The high octet of MIWR sends both to the PHY (DS39662 3.3.2). */
function phyWritten(
  register: ControlRegister | undefined,
  value: number | undefined,
  of: (name: RegisterName) => number,
): string {
  if (register !== REGISTERS.MIWRH || value === undefined) return ''
  const address = of('MIREGADR')
  const whole = of('MIWRL') | (value << 8)
  const phy = phyRegisterAt(address)
  return phy === undefined
    ? `: PHY register ${hexText(address)}, where nothing is`
    : `: ${phy.name} = ${hexText(whole, 4)}${bits(phy, whole)}`
}

function spare(octets: number): string {
  return octets > 2 ? `, and ${octets - 2} more` : ''
}
