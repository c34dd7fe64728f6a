/** A UDP port of this computer that leads to a board: whoever sends there has a conversation with it. */
import type { RemoteInfo, Socket } from 'node:dgram'
import { NetError } from '../../../../firmware/net/errors.js'
import { familyOf, formatIp, type IpAddress, unspecified } from '../../../../firmware/net/ip.js'
import type { UdpPort } from '../../../../firmware/net/udp/udp-port.js'
import type { PortForward } from '../../../network/gateway/port-forward.js'
import { listening } from './listening.js'
import type { GatewayPlace } from './place.js'
import { UdpConversation } from './udp-conversation.js'
import { hasRoom, udpSocket } from './udp-socket.js'

export class UdpForward {
  readonly forward: PortForward
  /** Conversations that were begun, since the beginning. */
  taken = 0
  readonly #place: GatewayPlace
  readonly #board: () => IpAddress | undefined
  readonly #socket: Socket
  /** By who sends. */
  readonly #conversations = new Map<string, UdpConversation>()

  /** @param board whose port it is; undefined while it has no address */
  constructor(place: GatewayPlace, forward: PortForward, board: () => IpAddress | undefined) {
    this.#place = place
    this.forward = forward
    this.#board = board
    this.#socket = udpSocket(familyOf(forward.listen.address))
    this.#socket.on('message', (message, from) => place.enter(() => this.#take(message, from)))
  }

  /** @throws TargetError where the system does not let it listen */
  async listen(): Promise<void> {
    const { address, port } = this.forward.listen
    await listening(this.#socket, this.forward, () => this.#socket.bind(port, formatIp(address)))
  }

  /** The port that it listens on. */
  get port(): number {
    return this.#socket.address().port
  }

  get open(): number {
    return this.#conversations.size
  }

  close(): void {
    for (const conversation of [...this.#conversations.values()]) conversation.close()
    this.#socket.close()
  }

  #take(message: Uint8Array, from: RemoteInfo): void {
    const key = `${from.address} ${from.port}`
    const conversation = this.#conversations.get(key) ?? this.#begin(key, from)
    conversation?.send(message)
  }

  #begin(key: string, { address, port }: RemoteInfo): UdpConversation | undefined {
    const place = this.#place
    const board = this.#board()
    if (board === undefined || this.#conversations.size >= place.limits.forwarded) {
      place.lost.add(board === undefined ? 'no board to forward to' : 'too many conversations of a forward')
      return undefined
    }
    let ours: UdpPort | undefined
    try {
      ours = place.stack.udp.bind({ address: unspecified(familyOf(board)), port: 0 })
      ours.connect(board, this.forward.boardPort)
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      ours?.close()
      place.lost.add('connection to the board not begun')
      return undefined
    }
    const conversation = new UdpConversation(place, ours, () => this.#conversations.delete(key))
    ours.handleDatagram = (octets, start, end) => {
      conversation.heard(end - start)
      if (hasRoom(this.#socket))
        this.#socket.send(octets.slice(start, end), port, address, (error) => this.#sent(error))
      else place.lost.add('datagram not sent outside')
    }
    this.#conversations.set(key, conversation)
    this.taken++
    return conversation
  }

  #sent(error: Error | null): void {
    if (error !== null) this.#place.lost.add('datagram not sent outside')
  }
}
