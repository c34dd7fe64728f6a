/** What `check` and `serve` do around a simulated board. */
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { Bench } from '../../boards/faults/bench.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { CableCapture } from '../capture/cable-capture.js'
import { PcapngWriter } from '../capture/pcapng.js'
import { PinTrace } from '../capture/pin-trace.js'
import { VcdWriter } from '../capture/vcd.js'
import { UsageError } from '../serial/errors.js'
import type { Arguments } from './arguments.js'
import { suggestion } from './nearest.js'
import { type OutputFile, openOutput } from './outputs.js'

/** @throws UsageError for a fault nobody knows, with the nearest there is, or one that this board cannot have. */
export function checkFaults(names: readonly string[], board: BoardDefinition): readonly string[] {
  const known = [...FAULTS.keys()]
  for (const name of names) {
    const fault = FAULTS.get(name)
    if (fault === undefined) {
      throw new UsageError(`there is no fault "${name}"${suggestion(name, known)} (\`linkpulse faults\` lists them)`)
    }
    if (fault.boards !== undefined && !fault.boards.includes(board.name)) {
      throw new UsageError(`the fault ${name} cannot happen to ${board.name}, only to ${fault.boards.join(', ')}`)
    }
  }
  return names
}

/** What a run keeps of a simulated board: frames, pins. The files are opened before the run. */
export class Recording {
  readonly #captureFile: OutputFile | undefined
  readonly #traceFile: OutputFile | undefined
  #capture: CableCapture | undefined
  #trace: PinTrace | undefined
  #waveform: VcdWriter | undefined

  /** @throws UsageError for a path that cannot be written to. */
  constructor(given: Arguments) {
    this.#captureFile = openOutput(given, 'capture')
    this.#traceFile = openOutput(given, 'trace')
  }

  /**
   * @param bench undefined where nothing is simulated
   * @throws UsageError when there is something to record and nothing to record it from
   */
  start(bench: Bench | undefined, target: string): void {
    if (bench === undefined) {
      const file = this.#captureFile ?? this.#traceFile
      if (file === undefined) return
      throw new UsageError(
        `--capture and --trace record a simulated board, and ${target} is a real one; capture with Wireshark at the computer it is plugged into`,
      )
    }
    const { board, cable, lab } = bench
    const { chip } = board
    if (this.#captureFile !== undefined) {
      const file = this.#captureFile
      const writer = new PcapngWriter((octets) => file.write(octets))
      this.#capture = new CableCapture({ cable, writer, ports: { a: board.name } })
    }
    if (this.#traceFile !== undefined) {
      const file = this.#traceFile
      this.#waveform = new VcdWriter({ write: (text) => file.write(text), start: lab.now })
      this.#trace = new PinTrace({ clock: lab.clock, chip, writer: this.#waveform })
    }
  }

  /** Writes what is kept, and closes the files. */
  close(now: number): void {
    this.#capture?.close()
    this.#trace?.close()
    this.#waveform?.close(now)
    this.#captureFile?.close()
    this.#traceFile?.close()
  }
}
