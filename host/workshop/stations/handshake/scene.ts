/** What the handshake station shows. */
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import type { Ladder } from '../../ladder.js'
import type { EndName } from '../../network/flights.js'
import type { EndDeed } from '../../network/stream-end.js'
import type { SceneThing } from '../../scene-thing.js'

/** One of the two ends. */
export interface SceneTcpEnd {
  readonly end: EndName
  /** `192.168.7.2:49731`; without a port while there is no connection. */
  readonly address: string
  readonly state: TcpState
  readonly previous: TcpState
  readonly linkUp: boolean
  readonly listens: boolean
  /** Where its stream begins: the article's j, or k. */
  readonly initial: number | undefined
  readonly received: string
  /** Nanoseconds until it sends again what nobody has acknowledged, and until it is over by itself. */
  readonly again: number | undefined
  readonly over: number | undefined
  readonly can: readonly EndDeed[]
}

export interface HandshakeScene {
  readonly kind: 'handshake'
  readonly client: SceneTcpEnd
  readonly server: SceneTcpEnd
  readonly ladder: Ladder
  readonly things: readonly SceneThing[]
}
