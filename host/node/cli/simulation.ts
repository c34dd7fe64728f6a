/** What `check` and `serve` do around a simulated board. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Bench } from '../../../boards/faults/bench.js'
import type { BreakableMode } from '../../../boards/faults/fault.js'
import { settleFault } from '../../../boards/faults/settle.js'
import { LINE_STANDARDS } from '../../../boards/rs232/standards.js'
import { type Clock, MILLISECOND } from '../../../firmware/hal/clock.js'
import { captureJacks } from '../../capture/bench-capture.js'
import { InPieces } from '../../capture/in-pieces.js'
import { LineTrace } from '../../capture/line-trace.js'
import { PairTrace } from '../../capture/pair-trace.js'
import { PcapngWriter } from '../../capture/pcapng.js'
import { PinTrace } from '../../capture/pin-trace.js'
import { SortedTrace } from '../../capture/sorted-trace.js'
import { type LoggedChip, SpiLog } from '../../capture/spi-log.js'
import { VcdWriter } from '../../capture/vcd.js'
import { UsageError } from '../../errors/errors.js'
import { rangeAsUsage } from '../../errors/range-as-usage.js'
import type { OutputFile } from '../files/output.js'
import type { Arguments } from './arguments.js'
import { inTurn, type Outputs } from './outputs.js'

/** @throws UsageError for a fault nobody knows, with the nearest there is, for values it does not take, or one that this board cannot have */
export function checkFaults(texts: readonly string[], board: BoardDefinition, mode: BreakableMode): readonly string[] {
  for (const text of texts) rangeAsUsage(() => settleFault(text, board, mode))
  return texts
}

/** The trace of a serial line reports up to 16 octets at once: this is how long they take at 9,600 baud, and some more. */
const HOLD_BACK = 25 * MILLISECOND
/** The board is at end a. */
const PAIR_NAMES = { 'a-to-b': 'TD_volts', 'b-to-a': 'RD_volts' } as const

interface NamedChip {
  readonly name: string
  readonly chip: LoggedChip
}

/** What a run keeps of a simulated board: frames, pins, instructions. */
export class Recording {
  readonly #captureFile: OutputFile | undefined
  readonly #traceFile: OutputFile | undefined
  readonly #logFile: OutputFile | undefined
  #capture: { close(): void } | undefined
  #traces: readonly { close(): void }[] = []
  #logs: readonly { close(): void }[] = []
  #waveform: VcdWriter | undefined
  readonly #volts: boolean

  /** @throws UsageError for voltages without a trace */
  constructor(given: Arguments, outputs: Outputs) {
    this.#captureFile = outputs.file('capture')
    this.#traceFile = outputs.file('trace')
    this.#logFile = outputs.file('spi-log')
    this.#volts = given.has('trace-volts')
    if (this.#volts && this.#traceFile === undefined) {
      throw new UsageError('--trace-volts adds voltages to a trace: name its file with --trace FILE')
    }
  }

  /**
   * @param bench undefined where nothing is simulated
   * @param chips whose SPI is logged: of several programs each, by its name; the bench's where there is one
   * @throws UsageError when there is something to record and nothing to record it from
   */
  start(bench: Bench | undefined, target: string, chips: readonly NamedChip[] = []): void {
    if (bench === undefined) {
      const file = this.#captureFile ?? this.#traceFile ?? this.#logFile
      if (file === undefined) return
      throw new UsageError(
        `--capture, --trace and --spi-log record a simulated board, and ${target} is a real one; capture with Wireshark at the computer it is plugged into`,
      )
    }
    const { board, cable, lab } = bench
    const { chip } = board
    if (this.#captureFile !== undefined) {
      const file = this.#captureFile
      this.#capture = captureJacks(bench, new PcapngWriter((octets) => file.write(octets)))
    }
    if (this.#traceFile !== undefined) {
      const file = this.#traceFile
      const { clock } = lab
      this.#waveform = new VcdWriter({ write: (text) => file.write(text), start: lab.now })
      const writer = new SortedTrace(this.#waveform, clock, HOLD_BACK)
      const pins = new PinTrace({ clock, chip, writer })
      writer.awaits(pins)
      const { driver } = LINE_STANDARDS.ttl
      const levels = this.#volts ? { levels: { driver: { ...driver, mark: board.definition.controller.level } } } : {}
      const line = new LineTrace({ clock, line: board.uart, writer, ...levels })
      const random = lab.random.fork('trace')
      const pairs = this.#volts ? [new PairTrace({ clock, cable, writer, random, names: PAIR_NAMES })] : []
      this.#traces = [pins, line, ...pairs, writer]
    }
    if (this.#logFile !== undefined)
      this.#startLog(this.#logFile, lab.clock, chips.length > 0 ? chips : [{ name: '', chip }])
  }

  #startLog(file: OutputFile, clock: Clock, chips: readonly NamedChip[]): void {
    const pieces = new InPieces((text) => file.write(text))
    const { write } = pieces
    const logs = chips.map(
      ({ name, chip }) => new SpiLog({ clock, chip, write, ...(chips.length > 1 ? { name } : {}) }),
    )
    this.#logs = [...logs, pieces]
  }

  /**
   * Writes what is kept, and closes the files.
   * @throws UsageError when a file takes no more; both are closed all the same
   */
  close(now: number): void {
    inTurn(
      () => this.#capture?.close(),
      ...this.#traces.map((trace) => () => trace.close()),
      () => this.#waveform?.close(now),
      ...this.#logs.map((log) => () => log.close()),
      () => this.#captureFile?.close(),
      () => this.#traceFile?.close(),
      () => this.#logFile?.close(),
    )
  }
}
