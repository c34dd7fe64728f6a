/** Probes on a serial line: TXD and RXD at the pins or behind RS-232 drivers, and the control circuits. */
import { frameBits, isBreak, slotsAnOctet } from '../../boards/rs232/framing.js'
import type { LineObserver, SentCharacter } from '../../boards/rs232/line-observer.js'
import type { ModemCircuit } from '../../boards/rs232/modem-lines.js'
import { slewRate } from '../../boards/rs232/reception.js'
import { CABLE_CAPACITANCE, type DriverLevels, STANDARDS } from '../../boards/rs232/standards.js'
import type { LineDirection, UartLine } from '../../boards/rs232/uart-line.js'
import type { Clock } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { levelsOf } from '../capture/line-trace.js'
import type { Keep, Level, Probe, Window } from './probe.js'
import { EdgeTrace, type Mark, type MarkRow, OffsetTrace, type Trace } from './trace.js'

/** RS-232 is shown at the end of a short cable, in metres. */
const CABLE = 2

const RS232_LEVELS: readonly Level[] = [
  { from: 3, to: 15, text: 'space · 0' },
  { from: -3, to: 3, text: 'undefined', undefined: true },
  { from: -15, to: -3, text: 'mark · 1' },
]
const TTL_LEVELS: readonly Level[] = [
  { from: 3, to: 5.5, text: 'mark · 1' },
  { from: 1.5, to: 3, text: 'undefined', undefined: true },
  { from: -0.5, to: 1.5, text: 'space · 0' },
]

/** One direction of a line, drawn from the characters that crossed. */
export class SerialProbe implements Probe {
  readonly name: string
  readonly title: string
  readonly levels: readonly Level[]
  readonly trace: Trace
  readonly stop: () => void
  firstActivity: number | undefined
  readonly #edges: EdgeTrace
  readonly #bits: Mark[] = []
  readonly #octets: Mark[] = []
  readonly #events: Mark[] = []

  constructor(
    line: UartLine,
    direction: LineDirection,
    options: { readonly name: string; readonly title: string; readonly rs232: boolean },
    keep: Keep,
  ) {
    this.name = options.name
    this.title = options.title
    // Where the line's ends do not fit together, the pins show what really is on them.
    const wired = line.receptionOf(direction)
    const driver: DriverLevels = options.rs232 ? STANDARDS['rs-232'].driver : (wired?.driver ?? STANDARDS.ttl.driver)
    this.levels = options.rs232 ? RS232_LEVELS : TTL_LEVELS
    const slew = options.rs232 ? slewRate(driver, CABLE * CABLE_CAPACITANCE) : driver.slew
    this.#edges = new EdgeTrace(driver.mark, slew)
    const offset = wired?.groundOffset
    this.trace = offset === undefined ? this.#edges : new OffsetTrace(this.#edges, offset)
    const connected = wired?.connected !== false
    const draw = levelsOf((at, level) => {
      if (!connected || keep(at) === 'late') return
      this.firstActivity ??= at
      this.#edges.edge(at, level === 1 ? driver.mark : driver.space)
    })
    const framing = () => (direction === 'a-to-b' ? line.b : line.a).framing
    const observer: LineObserver = {
      ...draw,
      sent: (character) => {
        draw.sent?.(character)
        if (connected && keep(character.from) !== 'late') this.#mark(character)
      },
      held: (from, to) => {
        draw.held?.(from, to)
        if (keep(from) !== 'late') this.#events.push({ from, to, text: 'break', wrong: true })
      },
      received: (octet, flags, at) => {
        if (keep(at) === 'late') return
        const wrong: string[] = []
        if (isBreak(octet, flags, framing())) wrong.push('break')
        else if (flags & LINE_FRAMING_ERROR) wrong.push('framing error')
        if (flags & LINE_PARITY_ERROR) wrong.push('parity error')
        if (wrong.length > 0) this.#events.push({ from: at, to: at, text: wrong.join(', '), wrong: true })
      },
    }
    this.stop = line.observe(direction, observer)
  }

  rows(): readonly MarkRow[] {
    const rows = [
      { name: 'bits', marks: this.#bits },
      { name: 'octets', marks: this.#octets },
    ]
    return this.#events.length > 0 ? [...rows, { name: 'errors', marks: this.#events }] : rows
  }

  #mark({ from, bitTime, framing, character, flips }: SentCharacter): void {
    const bits = frameBits(character, framing) ^ flips
    const slots = slotsAnOctet(framing)
    const parityAt = framing.parity === 'none' ? -1 : 1 + framing.dataBits
    const stopAt = 1 + framing.dataBits + (framing.parity === 'none' ? 0 : 1)
    let value = 0
    for (let bit = 0; bit < slots; bit++) {
      const level = (bits >> bit) & 1
      const data = bit > 0 && bit <= framing.dataBits
      if (data) value |= level << (bit - 1)
      const text = bit === 0 ? 'start' : bit === parityAt ? `P ${level}` : bit >= stopAt ? 'stop' : `${level}`
      const short = bit === 0 ? 'S' : bit === parityAt ? 'P' : '·'
      const wrong = (flips >> bit) & 1 ? { wrong: true } : {}
      const end = stopAt + framing.stopBits
      this.#bits.push({
        from: from + bit * bitTime,
        to: from + Math.min(end, bit + 1) * bitTime,
        text,
        short,
        ...wrong,
      })
    }
    const printable = value > 0x20 && value < 0x7f ? ` “${String.fromCharCode(value)}”` : ''
    const text = value.toString(16).toUpperCase().padStart(2, '0') + printable
    const to = from + (stopAt + framing.stopBits) * bitTime
    this.#octets.push({ from, to, text, ...(flips === 0 ? {} : { wrong: true }) })
  }
}

/** A control circuit at the host's end, as RS-232 has it: ON is +9 V. */
export class ModemProbe implements Probe {
  readonly name: string
  readonly title: string
  readonly levels: readonly Level[] = [
    { from: 3, to: 15, text: 'ON' },
    { from: -3, to: 3, text: 'undefined', undefined: true },
    { from: -15, to: -3, text: 'OFF' },
  ]
  readonly trace: EdgeTrace
  readonly stop: () => void
  firstActivity: number | undefined
  readonly #states: { at: number; on: boolean }[]

  constructor(line: UartLine, circuit: ModemCircuit, clock: Clock, keep: Keep) {
    const { driver } = STANDARDS['rs-232']
    const volts = (on: boolean) => (on ? driver.space : driver.mark)
    this.name = circuit
    this.title = `${circuit.toUpperCase()} at the computer’s end, RS-232 levels`
    this.trace = new EdgeTrace(volts(line.a.modem.get(circuit)), slewRate(driver, CABLE * CABLE_CAPACITANCE))
    this.#states = [{ at: Number.NEGATIVE_INFINITY, on: line.a.modem.get(circuit) }]
    this.stop = line.a.modem.onChange((changed, on) => {
      if (changed !== circuit || keep(clock.now) === 'late') return
      this.firstActivity ??= clock.now
      this.trace.edge(clock.now, volts(on))
      this.#states.push({ at: clock.now, on })
    })
  }

  rows({ from, to }: Window): readonly MarkRow[] {
    const marks = this.#states.map(({ at, on }, i) => ({
      from: Math.max(from, at),
      to: Math.min(to, this.#states[i + 1]?.at ?? to),
      text: on ? 'ON' : 'OFF',
    }))
    return [{ name: 'state', marks: marks.filter((mark) => mark.to > mark.from) }]
  }
}
