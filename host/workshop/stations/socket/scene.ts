/** What the socket station shows. */
import type { Ladder } from '../../ladder.js'
import type { EndName } from '../../network/flights.js'
import type { SceneThing } from '../../scene-thing.js'
import type { ProgramState } from './program.js'
import type { ProgramName } from './programs.js'

export interface SceneCodeLine extends SceneThing {
  readonly text: string
  readonly state: 'done' | 'next' | 'waits' | 'failed' | 'to come'
  /** `→ 3`, `→ 2 “Hi”`, `→ −1 ECONNREFUSED`. */
  readonly result: string
  /** The call, where it was made. */
  readonly call: number | undefined
  /** The descriptor that it was about. */
  readonly descriptor: number | undefined
}

export interface SceneProgram {
  readonly name: ProgramName
  readonly state: ProgramState
  readonly runs: boolean
  readonly lines: readonly SceneCodeLine[]
}

/** One descriptor of a process. */
export interface SceneDescriptor extends SceneThing {
  readonly number: number
  /** What kind of thing it is, then where it is: language-neutral, as `ss` and `ls -l /proc/self/fd` have it. */
  readonly kind: 'terminal' | 'file' | 'stream' | 'datagram'
  readonly place: string
  readonly state: string
  /** Octets that wait to be read, and that wait to be acknowledged; of a file its position and size. */
  readonly queues: string
}

/** Something that the stack has, whether a descriptor leads to it or not. */
export interface SceneStackEntry extends SceneThing {
  readonly protocol: 'TCP' | 'UDP'
  readonly state: string
  readonly local: string
  readonly remote: string
}

export interface SceneHost {
  readonly end: EndName
  readonly address: string
  readonly linkUp: boolean
  readonly programs: readonly SceneProgram[]
  readonly descriptors: readonly SceneDescriptor[]
  readonly stack: readonly SceneStackEntry[]
}

export interface SocketScene {
  readonly kind: 'socket'
  readonly client: SceneHost
  readonly server: SceneHost
  readonly ladder: Ladder
  /** The call that was made last; undefined: none was. */
  readonly lastCall: number | undefined
  readonly things: readonly SceneThing[]
}
