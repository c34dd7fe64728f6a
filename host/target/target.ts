/** A target: a board that the host reaches through a line, simulated or real. Checks, scope and stacks on this end need no more of one. */
import type { FlashImage } from '../../boards/avr/flash-image.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { Bench } from '../../boards/faults/bench.js'
import type { SeededRandom } from '../../boards/simulation/random.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { StopSignal } from '../check/stop-signal.js'
import type { LatenessWatch } from '../serial/lateness.js'
import type { SerprogProgrammer } from '../serial/serprog-programmer.js'
import type { HostLine, PortModem } from './host-line.js'
import type { Surroundings } from './surroundings.js'

/** Who executes the firmware of a simulated board: a state chart, or an emulated microcontroller. */
export type SimulatedBackend = 'model' | 'avr'

export type Backend = SimulatedBackend | 'serial' | 'rfc2217' | 'serprog'

/** What a real board is opened at when nothing says otherwise: the rate the bridge firmware begins with. */
export const DEFAULT_BAUD = 1_000_000

export interface Target {
  /** As the person named it. */
  readonly name: string
  readonly backend: Backend
  /** The board's name in the catalogue; empty when only the board itself knows. */
  readonly board: string
  /** What the run draws from; null where nothing simulated takes part. */
  readonly seed: number | null
  /** This end of the line to the board, open. One reads it at a time. */
  readonly line: HostLine
  /** The control circuits beside it. */
  readonly modem: PortModem
  /** Virtual time for a simulated board, which passes only in `drive`; this computer's monotonic time otherwise. All waiting goes through it. */
  readonly clock: Clock
  readonly random: SeededRandom
  /**
   * Lets time pass until `work` has settled. In virtual time, `work` may wait for nothing but the target.
   * @throws what `work` throws; TimeLimitError; TargetError when the port vanishes first.
   */
  drive<T>(work: Promise<T>): Promise<T>
  /** What is simulated around the line, for captures and for looking inside; left out with a real board. */
  readonly bench?: Bench
  /** What stands around a simulated board and can be asked; left out with a real one. */
  readonly surroundings?: Surroundings
  /** What speaks serprog on the line, without cells; undefined where the serial link is spoken. */
  readonly programmer?: SerprogProgrammer
  /** How late this computer is; left out where time waits for it. */
  readonly lateness?: LatenessWatch
  /** Left out where nothing was recorded before. */
  readonly recorded?: RecordedRun
  close(): Promise<void>
}

/** What a run on a target needs that is a recording of another run. */
export interface RecordedRun {
  /** What that run was told: plain values. */
  readonly options: Readonly<Record<string, unknown>>
  /** Ends the run where that one was ended from outside. */
  readonly stopped: StopSignal
  /** What was recorded, in words. */
  readonly about: string
  /** What the recording holds that the run did not come to; undefined when it was run to its end. */
  readonly leftOver: string | undefined
}

/** What a simulated board may be told. */
export interface SimulationOptions {
  /** Default 1. */
  readonly seed?: number
  /** As on the command line: `miso-open`, `cable-noise:0.32V`. */
  readonly faults?: readonly string[]
  /** Nanoseconds on the target's clock after which `drive` gives up. */
  readonly timeLimit?: number
  /** Symbols a second; as the board file says by default. */
  readonly baud?: number
  /** The firmware that the emulated controller of an `avr:` target executes. */
  readonly image?: FlashImage
  /** Stop at the first use of the chip that its data sheet forbids. */
  readonly strict?: boolean
  /** What model:NAME or avr:NAME stands for when it is not in the catalogue: a board read from a file. */
  readonly board?: BoardDefinition
}
