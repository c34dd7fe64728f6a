/** A TCP port of this computer that leads to a board. */
import { createServer, type Server, type Socket } from 'node:net'
import { NetError } from '../../../../firmware/net/errors.js'
import { formatIp, type IpAddress } from '../../../../firmware/net/ip.js'
import type { Connection } from '../../../../firmware/net/tcp/tcp.js'
import type { PortForward } from '../../../network/gateway/port-forward.js'
import { listening } from './listening.js'
import type { GatewayPlace } from './place.js'
import { TcpPipe } from './tcp-pipe.js'

export class TcpForward {
  readonly forward: PortForward
  /** Connections that were taken, since the beginning. */
  taken = 0
  readonly #place: GatewayPlace
  readonly #board: () => IpAddress | undefined
  readonly #server: Server
  readonly #pipes = new Set<TcpPipe>()

  /** @param board whose port it is; undefined while it has no address */
  constructor(place: GatewayPlace, forward: PortForward, board: () => IpAddress | undefined) {
    this.#place = place
    this.forward = forward
    this.#board = board
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) =>
      this.#take(socket),
    )
  }

  /** @throws TargetError where the system does not let it listen */
  async listen(): Promise<void> {
    const { address, port } = this.forward.listen
    await listening(this.#server, this.forward, () => this.#server.listen(port, formatIp(address)))
  }

  /** The port that it listens on. */
  get port(): number {
    const address = this.#server.address()
    return address !== null && typeof address === 'object' ? address.port : this.forward.listen.port
  }

  get open(): number {
    return this.#pipes.size
  }

  close(): void {
    this.#server.close()
    for (const pipe of [...this.#pipes]) pipe.abort()
  }

  #take(socket: Socket): void {
    const { lost, limits, enter } = this.#place
    const address = this.#board()
    socket.on('error', () => {}) // whoever connected went away
    if (address === undefined || this.#pipes.size >= limits.forwarded) {
      lost.add(address === undefined ? 'no board to forward to' : 'too many connections of a forward')
      socket.resetAndDestroy()
      return
    }
    this.taken++
    enter(() => this.#join(socket, address))
  }

  #join(socket: Socket, address: IpAddress): void {
    const place = this.#place
    let connection: Connection
    try {
      connection = place.stack.tcp.connect(
        { address, port: this.forward.boardPort },
        { receiveBuffer: place.limits.waiting, sendBuffer: place.limits.waiting, keepAlive: true },
      )
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      place.lost.add('connection to the board not begun')
      socket.resetAndDestroy()
      return
    }
    const pipe = new TcpPipe(connection, socket, place, () => this.#pipes.delete(pipe))
    this.#pipes.add(pipe)
  }
}
