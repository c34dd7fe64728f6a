/**
 * TCP connections of boards to the outside. The system is asked to connect first; only when it has does the board's SYN get its answer, and a board
 * is told what the system said of a refusal.
 */
import { connect, type Socket } from 'node:net'
import { SECOND, type Timer } from '../../../../firmware/hal/clock.js'
import { ErrorRate } from '../../../../firmware/net/icmp/error-rate.js'
import { formatEndpoint, formatIp, type IpEndpoint } from '../../../../firmware/net/ip.js'
import type { Datagram, Refusal } from '../../../../firmware/net/network-layer.js'
import type { Connection, Listener, Unclaimed } from '../../../../firmware/net/tcp/tcp.js'
import type { GatewayConversation } from '../../../network/gateway/gateway-status.js'
import { flowKey, type GatewayPlace, mayGo, outsideOf } from './place.js'
import { systemsWord } from './systems-word.js'
import { TcpPipe } from './tcp-pipe.js'

/** Octets of a frame with a SYN, with all the options that there may be; text in one is sent again. */
const LONGEST_SYN = 1_600
/** Half-open connections that listeners count for themselves: the gateway's own bound is far lower. */
const BACKLOG = 65_536

interface Opening {
  readonly key: string
  readonly board: IpEndpoint
  /** Where the board believes to be connected to. */
  readonly destination: IpEndpoint
  readonly socket: Socket
  readonly outside: IpEndpoint
  /** The datagram with the SYN. */
  readonly syn: Datagram
  readonly givenUp: Timer
  /** The system connected, or said why not. */
  outcome: 'connected' | Refusal | 'reset' | undefined
  /** Half open, towards the board. */
  connection: Connection | undefined
}

export class TcpOut {
  readonly #place: GatewayPlace
  readonly #listener: Listener
  readonly #rate: ErrorRate
  /** By both ends, oldest first. */
  readonly #openings = new Map<string, Opening>()
  readonly #open = new Map<TcpPipe, IpEndpoint>()
  begun = 0

  constructor(place: GatewayPlace) {
    this.#place = place
    const { tcp } = place.stack
    this.#rate = new ErrorRate(place.clock, place.limits.openings, place.limits.openingsASecond)
    this.#listener = tcp.listenForOthers({
      backlog: BACKLOG,
      connection: { receiveBuffer: place.limits.waiting, sendBuffer: place.limits.waiting, keepAlive: true },
    })
    this.#listener.onAcceptable(() => this.#accept())
    tcp.handleUnclaimed = (datagram, port, remotePort) => this.#judge(datagram, port, remotePort)
  }

  *describe(): Iterable<GatewayConversation> {
    for (const { board, outside, outcome } of this.#openings.values()) {
      const state = outcome === undefined ? 'SYN-SENT' : 'SYN-RECEIVED'
      const ends = { board: formatEndpoint(board), outside: formatEndpoint(outside) }
      yield { protocol: 'tcp', ...ends, state, fromBoard: 0, toBoard: 0 }
    }
    for (const [{ connection, fromBoard, toBoard }, outside] of this.#open) {
      const board = formatEndpoint(connection.remote)
      yield { protocol: 'tcp', board, outside: formatEndpoint(outside), state: connection.state, fromBoard, toBoard }
    }
  }

  close(): void {
    this.#place.stack.tcp.handleUnclaimed = undefined
    for (const opening of [...this.#openings.values()]) this.#drop(opening)
    for (const pipe of [...this.#open.keys()]) pipe.abort()
    this.#listener.close()
  }

  #judge(datagram: Datagram, port: number, remotePort: number): Unclaimed {
    const place = this.#place
    const { lost, limits } = place
    const board = { address: datagram.source, port: remotePort }
    const destination = { address: datagram.destination, port }
    const key = flowKey(board, destination)
    const opening = this.#openings.get(key)
    if (opening !== undefined) return this.#again(opening, datagram)
    if (!mayGo(place, datagram, port)) return 'seen to'
    if (datagram.payloadEnd > LONGEST_SYN) {
      lost.add('SYN too long')
      return 'seen to'
    }
    if (this.#open.size >= limits.connections) {
      lost.add('too many connections')
      return 'seen to'
    }
    if (!this.#rate.mayGo()) {
      lost.add('too many connections a second')
      return 'seen to'
    }
    if (this.#openings.size >= limits.openings) {
      const [oldest] = this.#openings.values()
      lost.add('opening gave way to a newer one')
      this.#drop(oldest)
    }
    this.#begin(key, board, destination, datagram.kept())
    return 'seen to'
  }

  #begin(key: string, board: IpEndpoint, destination: IpEndpoint, syn: Datagram): void {
    const { clock, enter, limits, lost } = this.#place
    const outside = { address: outsideOf(this.#place, destination.address), port: destination.port }
    const socket = connect({ host: formatIp(outside.address), port: outside.port, allowHalfOpen: true, noDelay: true })
    const givenUp = clock.after(limits.openingSeconds * SECOND, () => {
      lost.add('opening given up')
      if (opening.outcome === undefined) this.#settle(opening, 'host')
      else this.#drop(opening)
    })
    const ends = { key, board, destination, socket, outside, syn, givenUp }
    const opening: Opening = { ...ends, outcome: undefined, connection: undefined }
    this.#openings.set(key, opening)
    this.begun++
    socket.on('connect', () => enter(() => this.#settle(opening, 'connected')))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#openings.get(key) !== opening) return
      const { loss, refusal } = systemsWord(error)
      lost.add(loss)
      enter(() => {
        if (opening.outcome === undefined) this.#settle(opening, refusal === 'port' ? 'reset' : refusal)
        else this.#drop(opening)
      })
    })
  }

  /** The system has said what there is outside: the SYN is dealt with as though it came now. */
  #settle(opening: Opening, outcome: 'connected' | Refusal | 'reset'): void {
    const { key, board, destination, syn, socket } = opening
    if (this.#openings.get(key) !== opening) return
    const { stack, lost } = this.#place
    opening.outcome = outcome
    stack.tcp.receive(syn)
    if (outcome !== 'connected') {
      this.#drop(opening)
      return
    }
    const connection = stack.tcp.connectionBetween(destination, board)
    if (connection === undefined) {
      lost.add('no memory for a connection')
      this.#drop(opening)
      return
    }
    opening.connection = connection
    connection.onClosed(() => this.#drop(opening))
    // Who hangs up now is heard when the board has answered.
    socket.pause()
  }

  #again(opening: Opening, datagram: Datagram): Unclaimed {
    const { outcome } = opening
    if (datagram !== opening.syn) {
      this.#place.lost.add('SYN again while its connection is opened')
      return 'seen to'
    }
    if (outcome === 'connected') return this.#listener
    if (outcome === 'reset' || outcome === undefined) return 'reset'
    datagram.network.refuse(datagram, outcome)
    return 'seen to'
  }

  /** The board has answered: from now on the two are one. */
  #accept(): void {
    for (let next = this.#listener.accept(); next !== undefined; next = this.#listener.accept()) {
      const opening = this.#openings.get(flowKey(next.remote, next.local))
      if (opening === undefined || opening.connection !== next || opening.socket.destroyed) {
        next.abort()
        continue
      }
      this.#forget(opening)
      const { socket, outside } = opening
      const pipe = new TcpPipe(next, socket, this.#place, () => this.#open.delete(pipe))
      this.#open.set(pipe, outside)
    }
  }

  #drop(opening: Opening): void {
    if (!this.#forget(opening)) return
    // Nothing was said: a reset leaves no port of this computer waiting (RFC 9293 3.6.1).
    if (opening.socket.connecting) opening.socket.destroy()
    else opening.socket.resetAndDestroy()
    if (opening.connection?.state === 'SYN-RECEIVED') opening.connection.abort()
  }

  #forget(opening: Opening): boolean {
    if (this.#openings.get(opening.key) !== opening) return false
    this.#openings.delete(opening.key)
    this.#place.clock.cancel(opening.givenUp)
    return true
  }
}
