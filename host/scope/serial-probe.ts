/** Probes on a serial line: TXD and RXD at the pins or behind RS-232 drivers, and the control circuits. */
import { frameBits, isBreak, slotsAnOctet } from '../../boards/rs232/framing.js'
import type { LineObserver, SentCharacter } from '../../boards/rs232/line-observer.js'
import type { ModemCircuit } from '../../boards/rs232/modem-lines.js'
import { type LineReceptionOptions, slewRate } from '../../boards/rs232/reception.js'
import { CABLE_CAPACITANCE, type DriverLevels, LINE_STANDARDS } from '../../boards/rs232/standards.js'
import type { LineDirection, UartLine } from '../../boards/rs232/uart-line.js'
import type { Clock } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { levelsOf } from '../capture/line-trace.js'
import { type Keep, type ScopeLevel, type ScopeProbe, type ScopeWindow, shownIn } from './probe.js'
import { EdgeTrace, type Mark, type MarkRow, OffsetTrace, type Trace } from './trace.js'

/** RS-232 is shown at the end of a short cable, in metres. */
const CABLE = 2
/** Characters of one direction that are kept. */
const MOST_CHARACTERS = 200_000

const RS232 = LINE_STANDARDS['rs-232']
const TTL = LINE_STANDARDS.ttl
const RS232_LEVELS: readonly ScopeLevel[] = [
  { from: 3, to: 15, text: 'space · 0' },
  { from: -3, to: 3, text: 'undefined', undefined: true },
  { from: -15, to: -3, text: 'mark · 1' },
]

/** What a microcontroller with this supply takes for low and high: 0.3 and 0.6 V_CC (ATmega328P DS40002061B 29.2). */
function ttlLevels(supply: number): readonly ScopeLevel[] {
  return [
    { from: 0.6 * supply, to: 1.1 * supply, text: 'mark · 1' },
    { from: 0.3 * supply, to: 0.6 * supply, text: 'undefined', undefined: true },
    { from: -0.1 * supply, to: 0.3 * supply, text: 'space · 0' },
  ]
}

/** A 1 is high on the wire: TTL. Otherwise it inverts, as RS-232 does. */
function isTtl(driver: DriverLevels): boolean {
  return driver.mark > driver.space
}

export interface SerialProbeOptions {
  readonly name: string
  readonly title: string
  /** At the connector, not at the pin. */
  readonly rs232: boolean
  /** Of the board's logic, in volts; 5 by default. */
  readonly supply?: number
  /** False: the board has no supply, and drives nothing. */
  readonly powered?: boolean
}

/** What drives the conductor that is looked at, and what is there besides. */
interface Conductor {
  readonly driver: DriverLevels
  readonly slew: number
  readonly note?: string
}

/**
 * Between two TTL ends a pair of level converters is thought of for a look at RS-232; where the ends of the line do not fit
 * together there are none, and pin and connector are one conductor.
 */
function conductorOf(
  wired: LineReceptionOptions | undefined,
  { rs232, supply = TTL.driver.mark }: SerialProbeOptions,
): Conductor {
  const board = { ...TTL.driver, mark: supply }
  const direct = wired !== undefined && isTtl(wired.driver) !== (wired.receiver.highIs === 1)
  if (direct) {
    const driver = isTtl(wired.driver) ? { ...wired.driver, mark: supply } : wired.driver
    return {
      driver,
      slew: slewRate(driver, wired.capacitance ?? 0),
      note: 'no level converter: a TTL pin and an RS-232 port on one wire',
    }
  }
  if (!rs232) return { driver: board, slew: board.slew }
  const ofLine = wired !== undefined && !isTtl(wired.driver)
  const driver = ofLine ? wired.driver : RS232.driver
  return { driver, slew: slewRate(driver, (ofLine ? wired.capacitance : undefined) ?? CABLE * CABLE_CAPACITANCE) }
}

/** One direction of a line, drawn from the characters that crossed. */
export class SerialProbe implements ScopeProbe {
  readonly name: string
  readonly title: string
  readonly levels: readonly ScopeLevel[]
  readonly trace: Trace
  readonly note?: string
  readonly stop: () => void
  firstActivity: number | undefined
  readonly #edges: EdgeTrace
  #characters: SentCharacter[] = []
  readonly #events: Mark[] = []
  #overflowed = false

  constructor(line: UartLine, direction: LineDirection, options: SerialProbeOptions, keep: Keep) {
    this.name = options.name
    this.title = options.title
    // Where the line's ends do not fit together, the pins show what really is on them.
    const wired = line.receptionOf(direction)
    const connected = wired?.connected !== false
    const { driver, slew, note } = conductorOf(wired, options)
    this.levels = options.rs232 ? RS232_LEVELS : ttlLevels(options.supply ?? TTL.driver.mark)
    const said = !connected ? 'nobody drives it here: the wires are exchanged' : note
    if (said !== undefined) this.note = said
    this.#edges = new EdgeTrace(options.powered === false ? 0 : driver.mark, slew)
    const offset = wired?.groundOffset
    this.trace = offset === undefined ? this.#edges : new OffsetTrace(this.#edges, offset)
    const draw = levelsOf((at, level) => {
      if (!connected) return
      const volts = level === 1 ? driver.mark : driver.space
      const when = keep(at)
      if (when === 'late') return
      if (when === 'early') {
        this.#edges.rest(volts)
        return
      }
      this.firstActivity ??= at
      this.#edges.edge(at, volts, when === 'waiting')
    })
    const framing = () => (direction === 'a-to-b' ? line.b : line.a).framing
    const kept = (from: number, to: number) => {
      const when = keep(from, to)
      return connected && (when === 'shown' || when === 'waiting')
    }
    const observer: LineObserver = {
      ...draw,
      sent: (character) => {
        draw.sent?.(character)
        if (kept(character.from, character.from + slotsAnOctet(character.framing) * character.bitTime))
          this.#keepCharacter(character, keep(character.from) === 'waiting')
      },
      held: (from, to) => {
        draw.held?.(from, to)
        if (kept(from, to)) this.#events.push({ from, to, text: 'break', wrong: true })
      },
      received: (octet, flags, at) => {
        if (!kept(at, at)) return
        const wrong: string[] = []
        if (isBreak(octet, flags, framing())) wrong.push('break')
        else if (flags & LINE_FRAMING_ERROR) wrong.push('framing error')
        if (flags & LINE_PARITY_ERROR) wrong.push('parity error')
        if (wrong.length > 0) this.#events.push({ from: at, to: at, text: wrong.join(', '), wrong: true })
      },
    }
    this.stop = line.observe(direction, observer)
  }

  get overflowed(): boolean {
    return this.#overflowed
  }

  rows(window?: ScopeWindow, least = 0): readonly MarkRow[] {
    const shown = window === undefined ? () => true : shownIn(window, least)
    const bits: Mark[] = []
    const octets: Mark[] = []
    let narrowBits = false
    let narrowOctets = false
    for (const character of this.#characters) {
      const { from, bitTime, framing, flips } = character
      const to = from + slotsAnOctet(framing) * bitTime
      if (window !== undefined && (to < window.from || from > window.to)) continue
      const marks = marksOf(character)
      if (shown(marks.octet)) octets.push(marks.octet)
      else narrowOctets = true
      if (bitTime < least && flips === 0) narrowBits = true
      else for (const bit of marks.bits) if (shown(bit)) bits.push(bit)
    }
    const rows: MarkRow[] = [
      {
        name: 'bits',
        marks: bits,
        narrow: narrowBits,
        legend: { S: 'start bit', '·': 'stop bit', P0: 'parity bit 0', P1: 'parity bit 1' },
      },
      { name: 'octets', marks: octets, narrow: narrowOctets },
    ]
    const events = this.#events.filter((event) => shown(event))
    return events.length > 0 ? [...rows, { name: 'errors', marks: events }] : rows
  }

  #keepCharacter(character: SentCharacter, forget: boolean): void {
    if (this.#characters.length >= MOST_CHARACTERS) {
      if (!forget) {
        this.#overflowed = true
        return
      }
      this.#characters = this.#characters.slice(MOST_CHARACTERS >> 1)
    }
    this.#characters.push(character)
  }
}

function marksOf({ from, bitTime, framing, character, flips }: SentCharacter): { bits: Mark[]; octet: Mark } {
  const bits: Mark[] = []
  const levels = frameBits(character, framing) ^ flips
  const slots = slotsAnOctet(framing)
  const parityAt = framing.parity === 'none' ? -1 : 1 + framing.dataBits
  const stopAt = 1 + framing.dataBits + (framing.parity === 'none' ? 0 : 1)
  let value = 0
  for (let bit = 0; bit < slots; bit++) {
    const level = (levels >> bit) & 1
    const data = bit > 0 && bit <= framing.dataBits
    if (data) value |= level << (bit - 1)
    const text = bit === 0 ? 'start' : bit === parityAt ? `parity ${level}` : bit >= stopAt ? 'stop' : `${level}`
    const short = bit === 0 ? ['S'] : bit === parityAt ? [`P${level}`, `${level}`] : bit >= stopAt ? ['·'] : []
    const wrong = (flips >> bit) & 1 ? { wrong: true } : {}
    const end = stopAt + framing.stopBits
    bits.push({ from: from + bit * bitTime, to: from + Math.min(end, bit + 1) * bitTime, text, short, ...wrong })
  }
  const hex = value.toString(16).toUpperCase().padStart(2, '0')
  const printable = value > 0x20 && value < 0x7f ? ` “${String.fromCharCode(value)}”` : ''
  const octet: Mark = {
    from,
    to: from + (stopAt + framing.stopBits) * bitTime,
    text: hex + printable,
    short: [hex],
    ...(flips === 0 ? {} : { wrong: true }),
  }
  return { bits, octet }
}

/** A control circuit at the host's end, as RS-232 has it: ON is +9 V; 0 V where nobody drives it. */
export class ModemProbe implements ScopeProbe {
  readonly name: string
  readonly title: string
  readonly levels: readonly ScopeLevel[] = [
    { from: 3, to: 15, text: 'ON' },
    { from: -3, to: 3, text: 'undefined', undefined: true },
    { from: -15, to: -3, text: 'OFF' },
  ]
  readonly trace: EdgeTrace
  readonly note?: string
  readonly stop: () => void
  firstActivity: number | undefined
  readonly #states: { at: number; text: string }[]

  constructor(line: UartLine, circuit: ModemCircuit, clock: Clock, keep: Keep) {
    const { driver } = RS232
    const { modem } = line.a
    const driven = modem.driven(circuit)
    const name = circuit.toUpperCase()
    // The receiver's 3 to 7 kΩ pull an open input to 0 V (V.28 4), which it reads as OFF.
    const volts = (on: boolean) => (!driven ? 0 : on ? driver.space : driver.mark)
    const text = (on: boolean) => (!driven ? 'not driven, read as OFF' : on ? 'ON' : 'OFF')
    this.name = circuit
    this.title = `${name} at the computer’s end, RS-232 levels`
    if (!driven) this.note = `${name} is not in this cable: the receiver’s terminator holds it at 0 V`
    this.trace = new EdgeTrace(volts(modem.get(circuit)), slewRate(driver, CABLE * CABLE_CAPACITANCE))
    this.#states = [{ at: Number.NEGATIVE_INFINITY, text: text(modem.get(circuit)) }]
    this.stop = modem.onChange((changed, on) => {
      if (changed !== circuit || !driven || keep(clock.now) === 'late') return
      this.firstActivity ??= clock.now
      this.trace.edge(clock.now, volts(on))
      this.#states.push({ at: clock.now, text: text(on) })
    })
  }

  rows({ from, to }: ScopeWindow): readonly MarkRow[] {
    const marks = this.#states.map(({ at, text }, i) => ({
      from: Math.max(from, at),
      to: Math.min(to, this.#states[i + 1]?.at ?? to),
      text,
    }))
    return [{ name: 'state', marks: marks.filter((mark) => mark.to > mark.from), sparse: true }]
  }
}
