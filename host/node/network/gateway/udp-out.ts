/**
 * UDP of boards to the outside: a socket of the system for each board's port and each host that it speaks with, connected, so that nobody else is
 * heard by it (address- and port-dependent filtering, RFC 4787 5), and that the system tells who is not there.
 */
import type { Socket } from 'node:dgram'
import { NetError } from '../../../../firmware/net/errors.js'
import { familyOf, formatEndpoint, formatIp, type IpEndpoint } from '../../../../firmware/net/ip.js'
import type { Datagram } from '../../../../firmware/net/network-layer.js'
import type { UdpPort } from '../../../../firmware/net/udp/udp-port.js'
import type { GatewayConversation } from '../../../network/gateway/gateway-status.js'
import { flowKey, type GatewayPlace, mayGo, outsideOf } from './place.js'
import { systemsWord } from './systems-word.js'
import { UdpConversation } from './udp-conversation.js'
import { hasRoom, udpSocket } from './udp-socket.js'

interface Flow {
  readonly board: IpEndpoint
  readonly outside: IpEndpoint
  readonly socket: Socket
  readonly conversation: UdpConversation
  /** Until the socket is connected: the first datagram, and its answer where there is nobody. */
  first: Datagram | undefined
  isConnected: boolean
}

export class UdpOut {
  readonly #place: GatewayPlace
  readonly #flows = new Map<string, Flow>()
  begun = 0

  constructor(place: GatewayPlace) {
    this.#place = place
    place.stack.udp.handleUnclaimed = (...datagram) => this.#begin(...datagram)
  }

  *describe(): Iterable<GatewayConversation> {
    for (const { board, outside, conversation } of this.#flows.values()) {
      const { fromBoard, toBoard } = conversation
      yield { protocol: 'udp', board: formatEndpoint(board), outside: formatEndpoint(outside), fromBoard, toBoard }
    }
  }

  close(): void {
    this.#place.stack.udp.handleUnclaimed = undefined
    for (const { conversation } of [...this.#flows.values()]) conversation.close()
  }

  /** A datagram that belongs to no conversation. True: it was seen to. */
  #begin(datagram: Datagram, port: number, boardPort: number, start: number, end: number): boolean {
    const place = this.#place
    const { stack, lost, limits } = place
    // Port 0 is nobody's.
    if (port === 0 || boardPort === 0) return false
    if (!mayGo(place, datagram, port)) return true
    if (this.#flows.size >= limits.conversations) {
      lost.add('too many conversations')
      return true
    }
    const board = { address: datagram.source, port: boardPort }
    const destination = { address: datagram.destination, port }
    let ours: UdpPort | undefined
    try {
      ours = stack.udp.bind(destination, { foreign: true, reuseAddress: true })
      ours.connect(board.address, board.port)
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      ours?.close()
      lost.add('no way back')
      return true
    }
    this.#open(board, destination, ours, datagram, datagram.frame.octets.slice(start, end))
    return true
  }

  #open(board: IpEndpoint, destination: IpEndpoint, port: UdpPort, first: Datagram, octets: Uint8Array): void {
    const { enter } = this.#place
    const key = flowKey(board, destination)
    const outside = { address: outsideOf(this.#place, destination.address), port: destination.port }
    const socket = udpSocket(familyOf(outside.address))
    const conversation = new UdpConversation(this.#place, port, () => {
      this.#flows.delete(key)
      socket.close()
    })
    const flow: Flow = { board, outside, socket, conversation, first: first.kept(), isConnected: false }
    this.#flows.set(key, flow)
    this.begun++
    const waiting: Uint8Array[] = []
    const send = (data: Uint8Array): void => {
      conversation.heard(data.length)
      if (!flow.isConnected && waiting.length === 0) waiting.push(data)
      else if (flow.isConnected && hasRoom(socket)) socket.send(data, (error) => this.#sent(flow, error))
      else this.#place.lost.add('datagram not sent outside')
    }
    port.handleDatagram = (from, start, end) => send(from.slice(start, end))
    socket.on('message', (message) => enter(() => this.#heardOutside(flow, message)))
    socket.on('error', (error) => enter(() => this.#failed(flow, error)))
    // Where there is no way the system says so at once, to whom it was asked by.
    socket.connect(outside.port, formatIp(outside.address), (error?: Error | null) => {
      if (conversation.isOver) return
      if (error) {
        enter(() => this.#failed(flow, error))
        return
      }
      flow.isConnected = true
      for (const data of waiting.splice(0)) socket.send(data, (error) => this.#sent(flow, error))
    })
    send(octets)
  }

  #heardOutside(flow: Flow, message: Uint8Array): void {
    flow.first = undefined
    flow.conversation.send(message)
  }

  #sent(flow: Flow, error: Error | null): void {
    if (error !== null) this.#place.enter(() => this.#failed(flow, error))
  }

  /** The system says that nobody is there (ECONNREFUSED), or that there is no way: the board hears what it would have heard on a wire. */
  #failed(flow: Flow, error: NodeJS.ErrnoException): void {
    if (flow.conversation.isOver) return
    const { loss, refusal } = systemsWord(error)
    this.#place.lost.add(loss)
    const { first } = flow
    if (first !== undefined) first.network.refuse(first, refusal)
    flow.conversation.close()
  }
}
