/** A lab for code made of promises: virtual time passes while it is awaited, and only then. */

import type { BoardDefinition } from '../boards/catalogue/definition.js'
import { Lab } from '../boards/lab.js'
import { LabHost } from '../boards/lab-host.js'
import type { LabHostOptions } from '../boards/lab-host-options.js'
import type { AddBoardOptions, AddHostOptions, LabOptions } from '../boards/lab-settings.js'
import { SimulatedBoard, type SimulatedBoardOptions } from '../boards/model/board.js'
import { SECOND } from '../firmware/hal/clock.js'
import type { SocketProtocol, SocketType } from '../firmware/socket/options.js'
import { TimeLimitError, UsageError } from './errors/errors.js'
import { LabTime } from './lab-time.js'
import { Pace, type PaceOptions } from './pace.js'
import { LabSocket } from './socket.js'

export interface LabRunOptions {
  /** Virtual time passes until this holds. Asked after every event. */
  readonly until?: () => boolean
  /** Nanoseconds to pass, when there is no `until`; the longest wait when there is, a minute by default. */
  readonly for?: number
}

const TIMEOUT = 60 * SECOND
const refused = (message: string): Promise<never> => Promise.reject(new UsageError(message))
const MORE_TIME = '`until` never held; see what the lab did meanwhile, or allow more with `for` (nanoseconds)'

/** A host of the lab whose sockets can be awaited. */
export class LabPeer extends LabHost {
  /** Its lab's virtual time. */
  readonly time: LabTime

  constructor(options: LabHostOptions, time: LabTime) {
    super(options)
    this.time = time
  }

  /** Opens a socket. @throws NetError EAFNOSUPPORT, EPROTONOSUPPORT, EPROTOTYPE */
  socket(family: string, type: SocketType, protocol?: SocketProtocol): LabSocket {
    return new LabSocket(this.time, this.stack.socket(family, type, protocol), this.name)
  }
}

/** A board of the lab whose sockets can be awaited: they are opened in its own controller. */
export class LabBoard extends SimulatedBoard {
  /** Its lab's virtual time. */
  readonly time: LabTime

  constructor(options: SimulatedBoardOptions, time: LabTime) {
    super(options)
    this.time = time
  }

  /** Opens a socket on the board's stack. @throws NetError EAFNOSUPPORT, EPROTONOSUPPORT, EPROTOTYPE */
  socket(family: string, type: SocketType, protocol?: SocketProtocol): LabSocket {
    return new LabSocket(this.time, this.stack.socket(family, type, protocol), this.name)
  }
}

export interface HostLabOptions extends LabOptions {
  /** How fast virtual time may pass; by default as fast as it can, in one go. */
  readonly pace?: PaceOptions
}

export class HostLab extends Lab {
  declare readonly boards: LabBoard[]
  declare readonly hosts: LabPeer[]
  /** How fast virtual time may pass, whatever is awaited; what happens in it is the same at every pace. */
  readonly pace: Pace
  /** Its virtual time, for who waits for something in it. */
  readonly time: LabTime

  /** @throws UsageError for an invalid speed or slice */
  constructor(options: HostLabOptions = {}) {
    const { pace, ...rest } = options
    super(rest)
    this.pace = new Pace(this.clock, pace)
    this.time = new LabTime(this.clock, this.pace)
  }

  /** From now on time passes, at its pace, also while nothing is awaited. Returns what ends that. */
  play(): () => void {
    return this.time.play()
  }

  /** While it plays: what comes from outside comes at the present instant, after what is due before it. */
  enter(input: () => void): void {
    this.time.enter(input)
  }

  override addBoard(board: string | BoardDefinition, options: AddBoardOptions = {}): LabBoard {
    return super.addBoard(board, options) as LabBoard
  }

  override addHost(options: AddHostOptions): LabPeer {
    return super.addHost(options) as LabPeer
  }

  protected override makeBoard(options: SimulatedBoardOptions): LabBoard {
    return new LabBoard(options, this.time)
  }

  protected override makeHost(options: LabHostOptions): LabPeer {
    return new LabPeer(options, this.time)
  }

  /**
   * Lets virtual time pass. What the caller's promises have to say about the present instant is said before it begins, and
   * tasks that wait for sockets go on at the instant at which they can.
   * @throws TimeLimitError when `until` did not hold in time; UsageError when there is neither `until` nor `for`, or no time in `for`
   */
  run(options: LabRunOptions): Promise<void> {
    const { until, for: limit = TIMEOUT } = options
    if (until === undefined && options.for === undefined)
      return refused('lab.run() needs to know how long: give `until`, a condition, or `for`, nanoseconds')
    if (until !== undefined && typeof until !== 'function')
      return refused(`lab.run(): \`until\` is ${String(until)}; give a function that says whether it holds`)
    if (!(typeof limit === 'number' && limit >= 0))
      return refused(`lab.run(): \`for\` is nanoseconds, 0 or more; got ${limit}`)
    return new Promise((resolve, reject) => {
      this.time.add({
        attempt: () => {
          if (until === undefined || !until()) return false
          resolve()
          return true
        },
        deadline: this.now + limit,
        eager: until !== undefined,
        timed: true,
        expire: () => (until === undefined ? resolve() : reject(new TimeLimitError(limit, true, MORE_TIME))),
        fail: reject,
      })
    })
  }
}

/** A new, empty lab: boards, hosts and cables under one clock and one seed. */
export function createLab(options: HostLabOptions = {}): HostLab {
  return new HostLab(options)
}
