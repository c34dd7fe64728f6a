/**
 * A serial line as a waveform: TXD and RXD as the UARTs see them, the control circuits, and the voltages on the conductors.
 * Drawn from the characters that crossed, with the bits that noise turned over. Names are those at end a: its TXD is what
 * a sends.
 */
import { frameBits, slotsAnOctet } from '../../boards/rs232/framing.js'
import type { LineObserver, SentCharacter } from '../../boards/rs232/line-observer.js'
import { MODEM_CIRCUITS, type ModemCircuit } from '../../boards/rs232/modem-lines.js'
import { LINE_STANDARDS, type LineStandard } from '../../boards/rs232/standards.js'
import type { UartLine } from '../../boards/rs232/uart-line.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { DigitalSignal, RealSignal, TraceSink } from './vcd.js'

export interface LineTraceOptions {
  clock: Clock
  line: UartLine
  writer: TraceSink
  /** Of the group the signals stand in; `serial` by default. */
  scope?: string
  /** Also draws the voltages, at these levels; a control circuit that nobody drives is at 0 V. */
  levels?: Pick<LineStandard, 'driver'>
}

/** A level that begins at an instant, 1 for mark. */
export type LevelChange = (at: number, level: 0 | 1) => void

/** Draws what crosses one direction of a line as levels. */
export function levelsOf(change: LevelChange): LineObserver {
  const pulse = (from: number, to: number) => {
    change(from, 0)
    change(to, 1)
  }
  return { sent: (character) => drawCharacter(character, change), held: pulse, spike: pulse }
}

function drawCharacter({ from, bitTime, framing, character, flips }: SentCharacter, change: LevelChange): void {
  const bits = frameBits(character, framing) ^ flips
  const slots = slotsAnOctet(framing)
  let last = -1
  for (let bit = 0; bit < slots; bit++) {
    const level = ((bits >> bit) & 1) as 0 | 1
    if (level !== last) change(from + bit * bitTime, level)
    last = level
  }
  if (last === 0) change(from + slots * bitTime, 1) // noise in the last stop bit ends with it
}

interface Conductor {
  readonly digital: DigitalSignal
  readonly volts: RealSignal | undefined
}

/** Writes what it receives at once: characters come when they have left, some at a time, so give it a sink that sorts. */
export class LineTrace {
  readonly #options: LineTraceOptions
  readonly #stop: (() => void)[] = []

  /** Watches from now on. Declares its signals: make it before the writer's first change. */
  constructor(options: LineTraceOptions) {
    this.#options = options
    const { line, clock, writer } = options
    const txd = this.#conductor('TXD', 1)
    const rxd = this.#conductor('RXD', 1)
    const circuits = new Map<ModemCircuit, Conductor>()
    for (const circuit of MODEM_CIRCUITS) {
      const on = line.a.modem.get(circuit) ? 1 : 0
      circuits.set(circuit, this.#conductor(circuit.toUpperCase(), on, line.a.modem.driven(circuit)))
    }
    this.#stop.push(
      line.observe(
        'a-to-b',
        levelsOf((at, level) => this.#put(txd, at, level)),
      ),
      line.observe(
        'b-to-a',
        levelsOf((at, level) => this.#put(rxd, at, level)),
      ),
      line.a.modem.onChange((circuit, on) => {
        const conductor = circuits.get(circuit)
        if (conductor === undefined) return
        writer.change(conductor.digital, clock.now, on ? 1 : 0)
        // A control circuit that is ON has the voltage of a 0.
        if (conductor.volts !== undefined) writer.change(conductor.volts, clock.now, this.#volts(on ? 0 : 1))
      }),
    )
  }

  /** Stops watching. The writer stays open. */
  close(): void {
    for (const stop of this.#stop.splice(0)) stop()
  }

  #conductor(name: string, level: 0 | 1, driven = true): Conductor {
    const { writer, scope = 'serial', levels } = this.#options
    const control = name !== 'TXD' && name !== 'RXD'
    const volts = driven ? this.#volts(control ? (level === 1 ? 0 : 1) : level) : 0
    return {
      digital: writer.digital(name, level, scope),
      volts: levels === undefined ? undefined : writer.real(`${name}_volts`, volts, scope),
    }
  }

  #volts(level: 0 | 1): number {
    const { driver } = this.#options.levels ?? LINE_STANDARDS.ttl
    return level === 1 ? driver.mark : driver.space
  }

  #put({ digital, volts }: Conductor, at: number, level: 0 | 1): void {
    this.#options.writer.change(digital, at, level)
    if (volts !== undefined) this.#options.writer.change(volts, at, this.#volts(level))
  }
}
