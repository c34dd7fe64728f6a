/**
 * The workshop without its page: a station that runs, its pace, its bookmarks. Commands come in, snapshots go out. In a worker, in a page and in
 * Node it is the same, event for event: how long a slice of wall time is changes only when a snapshot is taken, never what happens.
 *
 * Going back is replay: the station is opened anew, and what was done to it is done again behind the same events.
 */
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { type FaultParameter, isChoice } from '../../boards/faults/parameter.js'
import { drawFault, faultName } from '../../boards/faults/settle.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { type Monotonic, monotonic } from '../event-loop.js'
import { Pace } from '../pace.js'
import { EventTrace } from './event-trace.js'
import { GivenFiles } from './given-files.js'
import { MissionRun } from './missions/mission-run.js'
import { missionNamed } from './missions/missions.js'
import {
  type FaultParameterDescription,
  type LaneLook,
  type LoggedSentence,
  type OpenCommand,
  type PaceState,
  type RecordedDeed,
  type StationDeed,
  type StationDescription,
  WORKSHOP_PROTOCOL,
  type WorkshopCommand,
  type WorkshopSnapshot,
} from './protocol.js'
import { type DeedAhead, type Opening, rerunWith } from './rerun.js'
import { acceptable, type RunningStation, settled, type WorkshopStation } from './station.js'
import type { SettingValues, StationTask, StepUnit } from './station-parts.js'
import { STATIONS } from './stations/stations.js'
import { faultTitle } from './words/fault-title.js'
import { type Told, told } from './words/told.js'
import { settleWorkshopFault, WORKSHOP_BOARD, workshopFault } from './workshop-fault.js'

/** Milliseconds of wall time that a slice of simulation takes at most: a message never waits over half a frame. */
const SLICE_MILLISECONDS = 8
/** Sentences that are kept. */
const MOST_SENTENCES = 60
const MOST_BOOKMARKS = 12
/** A step ends after so much virtual time, although its unit did not come. */
const LONGEST_STEP = 10 * SECOND
/** Where time follows the wall clock and nothing is due, it is looked at this often, ms. */
const FRAME_MILLISECONDS = 16

interface Bookmark {
  /** Of the run that it is in. */
  readonly opened: Opening
  readonly record: readonly RecordedDeed[]
  readonly executed: number
  readonly at: number
}

/** Up to where it goes before it stands. */
interface Goal {
  readonly at: number
  /** Events that have happened by then; left out: all that are due. */
  readonly executed?: number
  /** Or as soon as there is one more of these. */
  readonly unit?: StepUnit
  readonly count?: number
}

interface Run {
  readonly station: WorkshopStation
  readonly clock: Scheduler
  readonly pace: Pace
  readonly trace: EventTrace
  readonly running: RunningStation
  readonly opened: Opening
}

export class WorkshopSimulation {
  readonly #wall: Monotonic
  #run: Run | undefined
  #seed = 1
  #settings: SettingValues = {}
  #fault = ''
  #hidden = false
  #record: RecordedDeed[] = []
  /** Deeds that a replay has yet to do. */
  #ahead: readonly DeedAhead[] = []
  #goal: Goal | undefined
  /** Of a replay: what is shown meanwhile. */
  #replaying = false
  #playing = false
  #bitsPerSecond = 0
  #look: LaneLook = { span: 24, probes: [] }
  #log: LoggedSentence[] = []
  #bookmarks: Bookmark[] = []
  #taken = false
  #solved = false
  #hints = 0
  #refused: Told | undefined
  #mission: MissionRun | undefined
  /** Commands that came while something had not reacted yet. */
  #waiting: WorkshopCommand[] = []
  readonly #stations: readonly WorkshopStation[]
  readonly #files = new GivenFiles()

  constructor(wall: Monotonic = monotonic, stations: readonly WorkshopStation[] = STATIONS) {
    this.#wall = wall
    this.#stations = stations
  }

  receive(command: WorkshopCommand): void {
    this.#refused = undefined
    if (command.kind === 'open') {
      this.#openStation(command)
      return
    }
    const run = this.#run
    if (run === undefined) throw new Error(`"${command.kind}" before any station is open`)
    // In a run that is made again a deed comes when all has reacted to what was before it.
    if (run.running.touched && (command.kind === 'do' || command.kind === 'file')) {
      this.#waiting.push(command)
      return
    }
    switch (command.kind) {
      case 'do':
        this.#do(run, command.deed)
        break
      case 'play':
        this.#playing = true
        this.#goal = undefined
        run.pace.resume()
        break
      case 'pause':
        this.#playing = false
        this.#goal = undefined
        break
      case 'step':
        this.#step(run, command.unit)
        break
      case 'speed':
        this.#bitsPerSecond = command.bitsPerSecond
        this.#setPace(run)
        break
      case 'look':
        this.#lookAt(run, command.look)
        break
      case 'bookmark':
        this.#mark(run)
        break
      case 'back':
        this.#goBack(run, command.to)
        break
      case 'rerun':
        this.#rerun(run, command.name, command.value)
        break
      case 'restart':
        // A mission begins as it began: with all that is broken.
        this.#begin(
          run.station,
          this.#mission === undefined ? { settings: this.#settings, fault: this.#fault } : run.opened,
          [],
        )
        break
      case 'reset':
        this.#hidden = false
        this.#mission = undefined
        this.#begin(run.station, { settings: settled(run.station, {}), fault: '' }, [])
        this.#forgetTask()
        break
      case 'hint':
        if (this.#mission !== undefined) this.#do(run, { kind: 'hint' })
        else this.#hints = Math.min(this.#hints + 1, run.station.task.hints.length)
        break
      case 'reveal':
        if (this.#mission === undefined) this.#hidden = false
        break
      case 'file':
        this.#do(run, { kind: 'act', action: 'load', argument: this.#files.keep(command.name, command.octets) })
        break
    }
  }

  /** Virtual nanoseconds since the station was opened: a snapshot draws everything to tell the same. */
  get now(): number {
    return this.#run?.clock.now ?? 0
  }

  /** What the open station can be asked for. */
  describe(): StationDescription {
    if (this.#run === undefined) throw new Error('no station is open')
    const { name, settings, actions, probes, faults, task, repairs = false, steps, speeds, spans } = this.#run.station
    return {
      kind: 'described',
      ...{ name, settings, actions, probes, task, repairs, steps, speeds, spans },
      faults: faults.map((fault) => ({
        name: fault,
        parameters: workshopFault(fault).parameters.map(describeParameter),
      })),
    }
  }

  /**
   * Lets time pass for at most a slice of wall time.
   * @returns milliseconds after which there is more to do; undefined: nothing until a command comes
   */
  work(): number | undefined {
    const run = this.#run
    if (run === undefined) return undefined
    while (!run.running.touched) {
      const command = this.#waiting.shift()
      if (command === undefined) break
      this.receive(command)
    }
    if (run.running.touched) return 0
    if (this.#ahead.length > 0 || this.#goal !== undefined) {
      if (!this.#pursue(run)) return 0
      if (!this.#playing) return undefined
    }
    if (!this.#playing || isQuiet(run)) {
      this.#judge(run)
      run.pace.resume()
      return undefined
    }
    return this.#flow(run)
  }

  /** Commands that are not carried out yet. */
  get waiting(): number {
    return this.#waiting.length
  }

  snapshot(): WorkshopSnapshot {
    const run = this.#run
    if (run === undefined) throw new Error('no station is open')
    const { clock, running, station, trace, opened } = run
    const to = this.#look.until ?? clock.now
    const from = to - this.#look.span * running.bitTime
    const mission = this.#mission
    const { hints } = mission?.mission ?? station.task
    const asked = hints.slice(0, mission?.hints ?? this.#hints).map((key) => told(key))
    return {
      kind: 'snapshot',
      version: WORKSHOP_PROTOCOL,
      station: station.name,
      seed: this.#seed,
      now: clock.now,
      bitTime: running.bitTime,
      executed: clock.executed,
      hash: trace.hash,
      pace: this.#paceState(run),
      bitsPerSecond: this.#bitsPerSecond,
      settings: this.#settings,
      fault: this.#hidden ? '?' : this.#fault,
      look: this.#look,
      from,
      to,
      lanes: this.#look.probes.flatMap((probe) => running.lane(probe, { from, to }) ?? []),
      scene: running.scene(this.#hidden),
      log: this.#log,
      task: {
        taken: this.#taken,
        solved: this.#solved,
        hints: asked,
        hintsLeft: hints.length - asked.length,
      },
      mission: mission?.state(this.#instant(run)),
      bookmarks: this.#bookmarks.map(({ at }) => ({ at })),
      record: this.#record,
      opened,
      refused: this.#refused,
    }
  }

  #paceState(run: Run): PaceState {
    if (this.#replaying) return 'replaying'
    if (!this.#playing) return this.#goal === undefined ? 'paused' : 'running'
    return isQuiet(run) ? 'resting' : 'running'
  }

  #openStation({ station: name, seed, settings, fault = '', record = [], until, ...open }: OpenCommand): void {
    const mission = open.mission === undefined ? undefined : missionNamed(open.mission)
    const wanted = mission?.station ?? name
    const station = this.#stations.find((each) => each.name === wanted)
    if (station === undefined) throw new RangeError(`there is no station ${wanted}`)
    this.#seed = seed
    this.#hidden = false
    this.#playing = until === undefined
    this.#bitsPerSecond = station.speed
    this.#look = { span: station.span, probes: station.probes.flatMap(({ id, shown }) => (shown ? [id] : [])) }
    this.#bookmarks = []
    this.#forgetTask()
    const refusal = fault === '' ? undefined : refusalOf(station, fault)
    this.#mission = mission === undefined ? undefined : new MissionRun(mission, seed)
    const begins = { settings, fault: refusal === undefined ? fault : '' }
    const opened = this.#mission?.opening ?? begins
    this.#begin(station, { ...opened, settings: settled(station, opened.settings) }, record)
    if (refusal !== undefined) this.#refused = refusal
    if (mission === undefined && open.mission !== undefined)
      this.#refused = told('refused.mission', { name: open.mission })
    const wrong = station.settings.find(
      (setting) => settings[setting.name] !== undefined && acceptable(setting, settings[setting.name]) === undefined,
    )
    if (wrong !== undefined)
      this.#refused = told('refused.setting', { setting: told(wrong.title), value: settings[wrong.name] })
    if (until !== undefined) {
      this.#goal = { at: until, ...(open.untilExecuted === undefined ? {} : { executed: open.untilExecuted }) }
      this.#replaying = true
    }
  }

  /** Where a run is, and what was done by then. */
  #instant({ clock, trace, running }: Run) {
    const whole = running.wholeInARow ?? 0
    return { at: clock.now, executed: clock.executed, hash: trace.hash, record: this.#record, whole }
  }

  /** In a mission each new probe is a measurement. */
  #lookAt(run: Run, look: LaneLook): void {
    const added = look.probes.filter((probe) => !this.#look.probes.includes(probe))
    this.#look = look
    if (this.#mission !== undefined) for (const probe of added) this.#do(run, { kind: 'probe', probe })
  }

  /** The station anew at the beginning of time, with deeds that are to be done again. */
  #begin(station: WorkshopStation, opened: Opening, ahead: readonly DeedAhead[]): void {
    const clock = new Scheduler()
    const trace = new EventTrace()
    this.#log = []
    this.#record = []
    this.#waiting = []
    this.#ahead = ahead
    this.#replaying = ahead.length > 0
    this.#goal = undefined
    this.#settings = opened.settings
    this.#fault = opened.fault
    const mission = this.#mission
    mission?.reset()
    if (mission !== undefined) this.#hidden = true
    const asked = mission?.mission.asked
    const running = station.run({
      clock,
      random: new SeededRandom(this.#seed),
      seed: this.#seed,
      settings: opened.settings,
      fault: opened.fault,
      ...(asked === undefined ? {} : { asked }),
      file: (name) => this.#files.get(name),
      trace: (what) => trace.add(clock.now, what),
      log: (sentence, wrong = false) => {
        trace.add(clock.now, JSON.stringify(sentence))
        this.#tell(clock.now, sentence, wrong)
      },
    })
    // Another seed may break the same: a result is of one seed all the same.
    if (mission !== undefined) trace.add(0, `mission ${mission.mission.name} ${mission.seed}`)
    const pace = new Pace(clock, { sliceMilliseconds: SLICE_MILLISECONDS, source: this.#wall })
    this.#run = { station, clock, pace, trace, running, opened }
    if (this.#taken) running.beginTask()
    this.#setPace(this.#run)
  }

  #tell(at: number, sentence: Told, wrong: boolean): void {
    if (this.#log.length >= MOST_SENTENCES) this.#log = this.#log.slice(MOST_SENTENCES >> 1)
    this.#log = [...this.#log, { at, told: sentence, wrong }]
  }

  #setPace({ pace, running }: Run): void {
    pace.speed = this.#bitsPerSecond === 0 ? Number.POSITIVE_INFINITY : (this.#bitsPerSecond * running.bitTime) / SECOND
  }

  #do(run: Run, deed: StationDeed): void {
    const refusal = this.#refusalOf(run, deed)
    if (refusal !== undefined) {
      this.#refused = refusal
      return
    }
    // What is done now has no future that was played before.
    this.#ahead = []
    this.#goal = undefined
    this.#replaying = false
    this.#record = [...this.#record, { executed: run.clock.executed, at: run.clock.now, deed }]
    const { now } = run.clock
    const stood = isQuiet(run)
    this.#carryOut(run, deed)
    // While nothing was under way time stood, and that is not caught up with; nor is what a deed let pass at once waited for.
    if (stood || run.clock.now > now) run.pace.resume()
  }

  #refusalOf({ station }: Run, deed: StationDeed): Told | undefined {
    if (deed.kind === 'set') {
      const setting = station.settings.find(({ name }) => name === deed.name)
      if (setting === undefined) throw new RangeError(`${station.name} has no setting ${deed.name}`)
      if (acceptable(setting, deed.value) === undefined)
        return told('refused.setting', { setting: told(setting.title), value: deed.value })
    }
    if (this.#mission !== undefined && ['break', 'surprise', 'task'].includes(deed.kind))
      return told('refused.in-mission')
    if (this.#mission === undefined && deed.kind === 'repair' && !station.repairs) return told('refused.no-mission')
    if (deed.kind === 'break' && deed.fault !== '') return refusalOf(station, deed.fault)
    return undefined
  }

  #carryOut(run: Run, deed: StationDeed): void {
    const { station, running, trace, clock } = run
    trace.add(clock.now, JSON.stringify(deed))
    switch (deed.kind) {
      case 'set': {
        const setting = station.settings.find(({ name }) => name === deed.name)!
        this.#settings = { ...this.#settings, [deed.name]: acceptable(setting, deed.value)! }
        break
      }
      case 'act':
        this.#mission?.spend()
        running.act(deed.action, deed.argument)
        this.#judge(run)
        return
      case 'probe':
        this.#mission?.spend()
        return
      case 'hint':
        this.#mission?.takeHint()
        return
      case 'repair':
        this.#repair(run, deed.fault)
        return
      case 'break':
        this.#fault = deed.fault
        this.#hidden = false
        break
      case 'surprise': {
        const random = new SeededRandom(deed.seed).fork('surprise')
        const name = station.faults[random.below(station.faults.length)]
        this.#fault = drawFault(workshopFault(name), random, findBoard(WORKSHOP_BOARD)).text
        this.#hidden = true
        break
      }
      case 'task':
        this.#settings = settled(station, { ...this.#settings, ...station.task.settings })
        this.#takeFaultOf(station.task)
        this.#taken = true
        this.#solved = false
        running.beginTask()
        break
    }
    running.apply(this.#settings, this.#fault)
    this.#setPace(run)
  }

  #takeFaultOf({ fault, draws }: StationTask): void {
    const drawn = draws?.[new SeededRandom(this.#seed).fork('task').below(draws.length)]
    this.#fault = drawn ?? fault
    this.#hidden = drawn !== undefined
  }

  #repair(run: Run, family: string): void {
    this.#mission?.countRepair()
    const found = this.#fault !== '' && faultName(this.#fault) === family
    this.#tell(run.clock.now, told(found ? 'repair.was' : 'repair.whole', { fault: faultTitle(family) }), !found)
    if (!found) return
    this.#fault = ''
    this.#hidden = false
    run.running.apply(this.#settings, '')
    this.#setPace(run)
  }

  #step(run: Run, unit: StepUnit): void {
    this.#playing = false
    if (unit === 'event' && run.running.touched) {
      this.#goal = { at: run.clock.now, executed: run.clock.executed + 1 }
    } else if (unit === 'event') {
      run.clock.step()
      this.#judge(run)
    } else if (unit === 'bit') {
      // Events stand at whole nanoseconds, and bits do not.
      this.#goal = { at: run.clock.now + Math.ceil(run.running.bitTime) }
    } else {
      this.#goal = { at: run.clock.now + LONGEST_STEP, unit, count: run.running.count(unit) }
    }
  }

  /** To this very instant, and on as time passed before. */
  #rerun(run: Run, name: string, value: string): void {
    if (this.#mission !== undefined) {
      this.#refused = told('refused.in-mission')
      return
    }
    const refusal = this.#refusalOf(run, { kind: 'set', name, value })
    if (refusal !== undefined) {
      this.#refused = refusal
      return
    }
    const { opened, ahead } = rerunWith(run.opened, this.#record, name, value)
    this.#solved = false
    this.#begin(run.station, opened, ahead)
    this.#goal = { at: run.clock.now }
    this.#replaying = true
  }

  #mark({ clock, opened }: Run): void {
    const bookmark = { opened, record: this.#record, executed: clock.executed, at: clock.now }
    this.#bookmarks = [...this.#bookmarks.slice(-(MOST_BOOKMARKS - 1)), bookmark]
  }

  #goBack(run: Run, to: number): void {
    const bookmark = this.#bookmarks[to]
    if (bookmark === undefined) return
    const { opened, record, executed, at } = bookmark
    this.#playing = false
    const taken = record.some(({ deed }) => deed.kind === 'task')
    if (this.#taken && !taken) this.#forgetTask()
    this.#solved = false
    this.#begin(run.station, opened, record)
    this.#goal = { at, executed }
    this.#replaying = true
  }

  /** Towards the next deed of a replay, or the goal. @returns whether it is there */
  #pursue(run: Run): boolean {
    const { pace } = run
    pace.begin()
    for (;;) {
      if (run.running.touched) return false
      const next = this.#ahead[0]
      const goal: Goal | undefined = next ?? this.#goal
      if (goal === undefined) break
      if (!this.#reach(run, goal) || run.running.touched) return false
      if (next === undefined) {
        this.#goal = undefined
        break
      }
      this.#ahead = this.#ahead.slice(1)
      this.#record = [...this.#record, { executed: run.clock.executed, at: run.clock.now, deed: next.deed }]
      this.#carryOut(run, next.deed)
    }
    this.#replaying = false
    pace.resume()
    this.#judge(run)
    return true
  }

  /** @returns false where the slice is over before */
  #reach({ clock, pace, running }: Run, { at, executed, unit, count }: Goal): boolean {
    while (executed !== undefined ? clock.executed < executed : (clock.nextAt ?? Number.POSITIVE_INFINITY) <= at) {
      if (unit !== undefined && running.count(unit) !== count) return true
      if (running.touched || !this.#mayGoOn(pace)) return false
      if (!clock.step()) break
    }
    if (unit !== undefined && running.count(unit) !== count) return true
    // Between two events time may stand anywhere; at the instant of one, others of that instant may be due yet.
    if (clock.now < at && (clock.nextAt ?? Number.POSITIVE_INFINITY) > at) clock.runUntil(at)
    return true
  }

  #mayGoOn(pace: Pace): boolean {
    return pace.speed === 0 || pace.allowsEvent()
  }

  /** Time passes at its pace. */
  #flow(run: Run): number {
    const { clock, pace, running } = run
    pace.begin()
    const { limit } = pace
    let more = false
    let skipped = false
    while (!isQuiet(run)) {
      if (running.touched) {
        more = true
        break
      }
      const silent = running.silent === true
      skipped ||= silent
      const until = silent ? Number.POSITIVE_INFINITY : limit
      const end = Math.min(until, running.quietFrom ?? until)
      const due = clock.nextAt ?? Number.POSITIVE_INFINITY
      if (due > end) {
        // Nothing happens until time is up, or until it may stand.
        if (end === Number.POSITIVE_INFINITY || Math.floor(end) <= clock.now) break
        clock.runUntil(Math.floor(end))
      } else if (pace.allowsEvent()) {
        clock.step()
      } else {
        more = true
        break
      }
    }
    this.#judge(run)
    // What was passed over is not waited for afterwards.
    if (skipped) pace.resume()
    if (!more) return FRAME_MILLISECONDS
    // What a slow computer did not manage is not caught up with in one go.
    if (clock.nextAt !== undefined) pace.skipLateness(clock.nextAt, 250 * MILLISECOND)
    return 0
  }

  #judge(run: Run): void {
    const { running, station, clock } = run
    const mission = this.#mission
    if (mission?.judge(this.#instant(run)) === true) {
      const { spent, hints } = mission
      const { budget } = mission.mission
      this.#tell(clock.now, told('missions.solved', { spent, budget, hints }), false)
    }
    if (!this.#taken || this.#solved || !running.solves()) return
    this.#solved = true
    this.#tell(clock.now, told(station.task.solved), false)
  }

  #forgetTask(): void {
    this.#taken = false
    this.#solved = false
    this.#hints = 0
  }
}

function isQuiet({ running, clock }: Run): boolean {
  return running.quietFrom !== undefined && clock.now >= running.quietFrom
}

function describeParameter(parameter: FaultParameter): FaultParameterDescription {
  const { name } = parameter
  if (isChoice(parameter)) return { name, default: parameter.default, choices: parameter.choices }
  const { min, max, unit } = parameter
  return { name, default: `${parameter.default}`, min, max, unit: unit === 'share' || unit === 'count' ? '' : unit }
}

/** Why a station cannot have this fault, in words; undefined where it can. */
function refusalOf(station: WorkshopStation, fault: string): Told | undefined {
  try {
    const { fault: family } = settleWorkshopFault(fault)
    if (station.faults.includes(family.name)) return undefined
    return told('refused.fault', { reason: told('refused.fault-elsewhere', { fault: family.name }) })
  } catch (error) {
    // What a person wrote in an address is answered in words; anything else is a fault of ours.
    if (error instanceof RangeError) return told('refused.fault', { reason: error.message })
    throw error
  }
}
