/** The bench as it runs: at most one board is on it, for the checks or for somebody’s program. */
import { parseImage } from '../../../../boards/avr/flash-image.js'
import { ImageError } from '../../../../boards/avr/image-error.js'
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import type { CheckResult, Report } from '../../../check/types.js'
import type { Lane } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import type { SettingValues, StepUnit } from '../../station-parts.js'
import { told } from '../../words/told.js'
import { pingOutcome } from '../packets/ping-outcome.js'
import { cableLane, checksLane, lineLane } from './lanes.js'
import { benchScene } from './picture.js'
import { type GivenProgram, ProgramRun } from './program-run.js'
import type { BenchScene } from './scene.js'
import { SuiteRun } from './suite-run.js'

/** The serial line of the board, symbols a second. */
const BAUD = 1_000_000
/** Frames that the lanes know. */
const MOST_FRAMES = 2_000

export class RunningBench implements RunningStation {
  readonly bitTime = SECOND / BAUD
  readonly #surroundings: StationSurroundings
  #settings: SettingValues
  #fault: string
  #suite: SuiteRun | undefined
  #suites = 0
  /** The board was changed since the checks. */
  #stale = false
  #given: GivenProgram | undefined
  #program: ProgramRun | undefined
  #refused: BenchScene['refused']
  #frames: CableFrame[] = []
  #framesSeen = 0
  #lastDeedAt: number
  /** Since the task was taken up, everything was checked, and was in order. */
  #passed = false

  constructor(surroundings: StationSurroundings) {
    this.#surroundings = surroundings
    this.#settings = surroundings.settings
    this.#fault = surroundings.fault
    this.#lastDeedAt = surroundings.clock.now
  }

  get touched(): boolean {
    return this.#suite?.running === true && this.#suite.touched
  }

  get quietFrom(): number | undefined {
    return this.#suite?.running === true || this.#program !== undefined ? undefined : this.#lastDeedAt
  }

  count(unit: StepUnit): number {
    return unit === 'frame' ? this.#framesSeen : 0
  }

  apply(settings: SettingValues, fault: string): void {
    const { cs, int } = this.#settings
    const rewired = settings.cs !== cs || settings.int !== int
    const broken = fault !== this.#fault
    this.#settings = settings
    this.#fault = fault
    this.#lastDeedAt = this.#surroundings.clock.now
    if (!rewired && !broken) return
    if (broken) {
      this.#stale = true
      this.#breakOff()
    }
    if (this.#program !== undefined) this.#run()
  }

  act(action: string, argument: string): void {
    this.#lastDeedAt = this.#surroundings.clock.now
    switch (action) {
      case 'check':
        this.#check()
        return
      case 'stop':
        if (this.#suite?.running) this.#suite.interrupt()
        return
      case 'load':
        this.#load(argument)
        return
      case 'run':
        this.#run()
        return
      case 'reset':
        this.#program?.reset()
        return
      case 'ping':
        this.#ping()
        return
      case 'type':
        this.#program?.type(argument)
        return
      case 'unload':
        this.#takeOff()
        this.#given = undefined
        return
      default:
        throw new RangeError(`the bench cannot ${action}`)
    }
  }

  beginTask(): void {
    this.#passed = false
    this.#takeOff()
    this.#given = undefined
    this.#suite = undefined
  }

  solves(): boolean {
    return this.#passed
  }

  scene(): BenchScene {
    return benchScene({
      suite: this.#suite,
      suites: this.#suites,
      stale: this.#stale,
      given: this.#given,
      program: this.#program,
      refused: this.#refused,
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    if (probe === 'checks') return checksLane(this.#suite?.stretches ?? [], window, this.#surroundings.clock.now)
    if (probe === 'line') return lineLane(this.#program?.octets ?? [], window)
    return probe === 'cable' ? cableLane(this.#frames, window) : undefined
  }

  #check(): void {
    this.#takeOff()
    const { clock, log, trace } = this.#surroundings
    const only = this.#settings.only === 'all' ? '' : this.#settings.only
    this.#stale = false
    this.#suites++
    log(told(this.#given === undefined ? 'bench.did.check' : 'bench.did.check-program'))
    const suite: SuiteRun = new SuiteRun({
      clock,
      seed: this.#surroundings.seed,
      fault: this.#fault,
      image: this.#given?.image,
      only,
      finished: (result) => {
        trace(`${result.id} ${result.verdict}`)
        this.#tell(result)
      },
      ended: (report) => this.#ended(report, only),
      frame: (frame) => this.#frame(frame),
    })
    this.#suite = suite
  }

  #tell({ id, verdict }: CheckResult): void {
    if (verdict === 'fail' || verdict === 'warn')
      this.#surroundings.log(told(`bench.did.${verdict}`, { check: id }), verdict === 'fail')
  }

  #ended({ verdict, diagnosis: [first], checks }: Report, only: string): void {
    const { log, clock } = this.#surroundings
    this.#lastDeedAt = clock.now
    log(told(`bench.did.${verdict}-all`, { checks: checks.length }), verdict === 'fail')
    if (first !== undefined)
      log(told('bench.did.cause', { cause: first.cause, percent: Math.round(first.confidence * 100) }))
    if (verdict === 'pass' && only === '') this.#passed = true
  }

  #load(key: string): void {
    const { file, log } = this.#surroundings
    // Behind the sum of what is in it.
    const name = key.slice(key.indexOf(' ') + 1)
    const octets = file(key)
    if (octets === undefined) {
      log(told('bench.file.missing', { file: name }), true)
      return
    }
    this.#takeOff()
    this.#suite = undefined
    this.#refused = undefined
    this.#orRefuse(name, () => {
      this.#given = { file: name, image: parseImage(octets) }
      this.#begin(this.#given)
    })
  }

  /** What a person gave is answered in words; anything else is a fault of ours. */
  #orRefuse(file: string, act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof ImageError || error instanceof RangeError)) throw error
      this.#given = undefined
      this.#refused = { file, message: error.message }
      this.#surroundings.log(told('bench.file.refused', { file }), true)
    }
  }

  #ping(): void {
    const { address } = this.#settings
    const { log } = this.#surroundings
    this.#program?.ping(address, (result) => {
      const outcome = pingOutcome(address, 0, result)
      log(outcome.told, outcome.wrong)
    })
  }

  #run(): void {
    const given = this.#given
    if (given !== undefined) this.#orRefuse(given.file, () => this.#begin(given))
  }

  /** Switches the board on, with the program on it. @throws RangeError for one that does not fit */
  #begin({ image, file }: GivenProgram): void {
    this.#takeOff()
    const { clock, seed, log, trace } = this.#surroundings
    const { cs, int } = this.#settings
    this.#program = new ProgramRun({
      clock,
      seed,
      fault: this.#fault,
      image,
      pins: { cs: Number(cs), int: Number(int) },
      found: ({ rule, source }) => log(told('bench.did.finding', { rule, source }), true),
      frame: (frame) => this.#frame(frame),
      trace,
    })
    log(told('bench.did.run', { file }))
  }

  /** Whatever is on the bench is switched off. */
  #takeOff(): void {
    this.#program?.stop()
    this.#program = undefined
    this.#breakOff()
    this.#frames = []
  }

  #breakOff(): void {
    if (this.#suite?.running !== true) return
    this.#suite.abandon()
    this.#suite = undefined
    this.#surroundings.log(told('bench.did.broken-off'), true)
  }

  #frame(frame: CableFrame): void {
    this.#framesSeen++
    if (this.#frames.length >= MOST_FRAMES) this.#frames = this.#frames.slice(MOST_FRAMES >> 1)
    this.#frames.push(frame)
  }
}
