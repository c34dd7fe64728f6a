/** The socket station as it runs: two stacks, a process on each, and for every frame the call that it goes back to. */
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { MILLISECOND } from '../../../../firmware/hal/clock.js'
import { Stack } from '../../../../firmware/stack.js'
import { decodeText } from '../../../../firmware/text/utf8.js'
import { Afterwards } from '../../network/afterwards.js'
import type { EndName, Flight } from '../../network/flights.js'
import { segmentText } from '../../network/frame-reading.js'
import { END_ADDRESSES, TwoComputers } from '../../network/two-computers.js'
import type { Lane } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import type { SettingValues, StepUnit } from '../../station-parts.js'
import { told } from '../../words/told.js'
import { callsLane } from './lanes.js'
import { callTold, socketScene } from './picture.js'
import { type SocketHostParts, SocketProcess } from './process.js'
import { type CallRecord, Program } from './program.js'
import { PROGRAM_NAMES, type ProgramName, programOf } from './programs.js'
import type { SocketScene } from './scene.js'

/** What a program that runs on by itself does between two calls. */
const BETWEEN_CALLS = 5 * MILLISECOND
/** Causes of frames that are known. */
const MOST_CAUSES = 400

/** Which computer a program runs on. */
const END_OF: Readonly<Record<ProgramName, EndName>> = { client: 'client', file: 'client', server: 'server' }

export class RunningSocket implements RunningStation {
  readonly bitTime = BIT_TIME
  readonly #surroundings: StationSurroundings
  readonly #computers: TwoComputers
  #hosts: Readonly<Record<EndName, SocketHostParts>>
  #programs: Readonly<Record<ProgramName, Program>>
  #settings: SettingValues
  #fault: string
  #generation = 0
  #calls = 0
  /** Programs that make their next call by themselves. */
  readonly #running = new Set<ProgramName>()
  #callsDue = 0
  /** The call on whose account things happen now; undefined: on nobody’s, but a timer’s. */
  #cause: number | undefined
  /** Of each flight, by its number, the call that it goes back to. */
  #causes = new Map<number, number>()
  /** Programs whose calls may come back, when their stack has done. */
  readonly #afterwards: Partial<Record<EndName, Afterwards>> = {}
  #lastDeedAt = 0
  #startedAt = 0
  /** Since the task was taken up, the client has read over a stream what it had written. */
  #answered = false

  constructor(surroundings: StationSurroundings) {
    const { clock, random, settings, fault, trace } = surroundings
    this.#surroundings = surroundings
    this.#settings = settings
    this.#fault = fault
    this.#computers = new TwoComputers({
      clock,
      random,
      watch: {
        link: (end, up) => this.#link(end, up),
        sent: (flight) => this.#sent(flight),
        arrived: ({ id }, at) => {
          trace(`${at} gets ${id}`)
          this.#cause = this.#causes.get(id)
        },
        decided: ({ number }) => trace(`box ${number ?? 0}`),
        refused: ({ from }) => {
          const far = from === 'client' ? 'server' : 'client'
          this.#surroundings.log(told('ladder.box.no-link', { end: told(`ladder.end.${far}`) }), true)
        },
        done: (end) => {
          this.#afterwards[end]?.now()
          this.#cause = undefined
        },
      },
    })
    this.#computers.delay = Number(settings.delay) * MILLISECOND
    this.#computers.wire(fault)
    this.#hosts = this.#newHosts()
    this.#programs = this.#newPrograms()
    this.#computers.waitForLinks()
    this.#startedAt = clock.now
    this.#lastDeedAt = clock.now
  }

  get quietFrom(): number | undefined {
    const { quietFrom } = this.#computers
    if (quietFrom === undefined || this.#callsDue > 0) return undefined
    for (const { stack } of [this.#hosts.client, this.#hosts.server])
      for (const { due } of stack.tcp.connections) if (due.again !== undefined) return undefined
    return Math.max(quietFrom, this.#lastDeedAt)
  }

  count(unit: StepUnit): number {
    return unit === 'segment' ? this.#computers.ended : 0
  }

  act(action: string): void {
    const [name, how] = action.split('-') as [ProgramName, 'step' | 'run']
    if (!PROGRAM_NAMES.includes(name) || (how !== 'step' && how !== 'run'))
      throw new RangeError(`the socket station cannot ${action}`)
    this.#lastDeedAt = this.#surroundings.clock.now
    if (how === 'run') this.#running.add(name)
    else this.#running.delete(name)
    this.#step(name)
  }

  beginTask(): void {
    this.#answered = false
    if (this.#surroundings.clock.now > this.#startedAt || this.#calls > 0) this.#restart()
  }

  solves(): boolean {
    return this.#answered
  }

  apply(settings: SettingValues, fault: string): void {
    const before = this.#settings
    this.#settings = settings
    this.#lastDeedAt = this.#surroundings.clock.now
    this.#computers.delay = Number(settings.delay) * MILLISECOND
    if (fault !== this.#fault) {
      this.#fault = fault
      this.#computers.wire(fault)
    }
    // Another kind of socket is another program.
    if (settings.type !== before.type) this.#restart()
  }

  scene(): SocketScene {
    return socketScene({
      hosts: this.#hosts,
      programs: this.#programs,
      running: this.#running,
      computers: this.#computers,
      causes: this.#causes,
      lastCall: this.#calls === 0 ? undefined : this.#calls,
      fault: this.#fault,
      now: this.#surroundings.clock.now,
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    if (probe !== 'client' && probe !== 'server') return undefined
    const programs = PROGRAM_NAMES.filter((name) => END_OF[name] === probe).map((name) => this.#programs[name])
    const calls = programs.flatMap((program) => program.calls)
    const { now } = this.#surroundings.clock
    return callsLane({ end: probe, flights: this.#computers.flights.all, window, now }, calls)
  }

  /** Both computers are switched off and on, and the programs begin again. */
  #restart(): void {
    this.#computers.restart()
    for (const { stack } of [this.#hosts.client, this.#hosts.server]) stack.abandon()
    this.#running.clear()
    this.#causes = new Map()
    this.#hosts = this.#newHosts()
    this.#programs = this.#newPrograms()
  }

  #newHosts(): Readonly<Record<EndName, SocketHostParts>> {
    const { clock, random } = this.#surroundings
    const generation = ++this.#generation
    const host = (end: EndName): SocketHostParts => {
      const stack = new Stack({ clock, random: random.fork(`${end} ${generation}`), name: end })
      const device = this.#computers.cards[end]
      stack.addInterface({ name: 'eth0', device, address: `${END_ADDRESSES[end]}/24`, addressDefence: 'keep' })
      const afterwards = new Afterwards(clock, () => {
        for (const name of PROGRAM_NAMES) if (END_OF[name] === end) this.#programs[name].wake()
      })
      this.#afterwards[end]?.forget()
      this.#afterwards[end] = afterwards
      return { stack, process: new SocketProcess(stack, () => afterwards.note()) }
    }
    return { client: host('client'), server: host('server') }
  }

  #newPrograms(): Readonly<Record<ProgramName, Program>> {
    const { clock } = this.#surroundings
    const { type } = this.#settings
    const program = (name: ProgramName): Program => {
      const made: Program = new Program({
        name,
        process: this.#hosts[END_OF[name]].process,
        now: () => clock.now,
        type: type as 'stream' | 'datagram',
        code: () => programOf(name, this.#settings),
        nextId: () => ++this.#calls,
        onAccountOf: (id, act) => this.#onAccountOf(id, act),
        changed: (call) => this.#changed(made, call),
      })
      return made
    }
    return { client: program('client'), server: program('server'), file: program('file') }
  }

  #step(name: ProgramName): void {
    const program = this.#programs[name]
    if (program.step() || program.state !== 'waits') return
    this.#surroundings.log(told('socket.waits-still', { program: told(`socket.program.${name}`) }), true)
  }

  #onAccountOf(id: number, act: () => void): void {
    const before = this.#cause
    this.#cause = id
    act()
    this.#cause = before
  }

  #changed(program: Program, call: CallRecord): void {
    const { clock, log, trace } = this.#surroundings
    const { name } = program
    trace(`${name} ${call.line.call} ${call.error ?? call.result?.value ?? 'waits'}`)
    log(callTold(name, call), call.error !== undefined)
    if (call.error !== undefined || program.state === 'ended') this.#running.delete(name)
    if (name === 'client' && call.line.call === 'read' && call.result !== undefined)
      if (decodeText(call.result.octets ?? new Uint8Array(0)) === this.#settings.text) this.#answered = true
    if (!this.#running.has(name) || call.ended === undefined) return
    this.#callsDue++
    clock.after(BETWEEN_CALLS, () => {
      this.#callsDue--
      if (this.#programs[name] === program && this.#running.has(name)) this.#step(name)
    })
  }

  #link(end: EndName, up: boolean): void {
    const { log, trace } = this.#surroundings
    trace(`${end} link ${up}`)
    if (this.#startedAt > 0)
      log(told(up ? 'ladder.link.up' : 'ladder.link.down', { end: told(`ladder.end.${end}`) }), !up)
  }

  #sent({ id, from, reading, again, taken }: Flight): void {
    const { log, trace } = this.#surroundings
    trace(`${from} sends ${reading.kind}`)
    if (this.#cause !== undefined) {
      this.#causes.set(id, this.#cause)
      if (this.#causes.size > MOST_CAUSES) this.#causes.delete(this.#causes.keys().next().value!)
    }
    const end = told(`ladder.end.${from}`)
    if (reading.kind === 'tcp') {
      const [formula] = this.#computers.numbers.told(from, reading)
      log(told(again ? 'ladder.sends-again' : 'ladder.sends', { end, flags: segmentText(reading), formula }))
    }
    if (!taken) log(told('ladder.no-link', { end }), true)
  }
}
