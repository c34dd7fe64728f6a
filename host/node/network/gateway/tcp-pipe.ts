/**
 * A connection of the lab and a socket of the system, joined: octets, ends and resets of each go to the other, and neither is read faster than the
 * other takes.
 */
import type { Socket } from 'node:net'
import { SECOND, type Timer } from '../../../../firmware/hal/clock.js'
import type { Connection } from '../../../../firmware/net/tcp/tcp.js'
import type { GatewayPlace } from './place.js'

/** Octets that are read at a time. */
const CHUNK = 16_384

export class TcpPipe {
  /** Octets that the board sent, and that it was sent. */
  fromBoard = 0
  toBoard = 0
  readonly connection: Connection
  readonly #socket: Socket
  readonly #place: GatewayPlace
  readonly #onOver: () => void
  /** Of the socket, not taken by the connection yet. */
  #rest: Buffer | undefined
  #outsideIsFull = false
  #outsideEnded = false
  #boardEnded = false
  #isOver = false
  #heardAt: number
  #idle: Timer

  /** @param onOver it is over; called once */
  constructor(connection: Connection, socket: Socket, place: GatewayPlace, onOver: () => void) {
    this.connection = connection
    this.#socket = socket
    this.#place = place
    this.#onOver = onOver
    this.#heardAt = place.clock.now
    this.#idle = place.clock.after(place.limits.idleSeconds * SECOND, () => this.#lookIfIdle())
    connection.onReadable(() => this.#readBoard())
    connection.onWritable(() => this.#writeBoard())
    connection.onClosed((error) => this.#over(error !== undefined))
    // All was said, and heard; what waits for old duplicates (RFC 9293 3.6.1) does without us.
    connection.onState((state) => {
      if (state === 'TIME-WAIT') this.#over(false)
    })
    const { enter } = place
    socket.on('data', (octets) => enter(() => this.#takeOutside(octets as Buffer)))
    socket.on('drain', () => {
      this.#outsideIsFull = false
      enter(() => this.#readBoard())
    })
    socket.on('end', () => {
      this.#outsideEnded = true
      enter(() => this.#writeBoard())
    })
    // The system's word that it is over (ECONNRESET, ETIMEDOUT, EPIPE) is a reset to the board; 'close' follows.
    socket.on('error', () => {})
    socket.on('close', () => enter(() => this.#outsideClosed()))
    this.#readBoard()
    socket.resume()
  }

  /** Ends it at once, by a reset both ways. */
  abort(): void {
    if (this.#isOver) return
    this.connection.abort()
    this.#over(true)
  }

  /** The board's octets go out, as far as the system takes them. */
  #readBoard(): void {
    if (this.#isOver) return
    const { connection } = this
    const socket = this.#socket
    this.#heardAt = this.#place.clock.now
    while (!this.#outsideIsFull && connection.readable > 0 && !socket.destroyed) {
      const octets = Buffer.allocUnsafe(Math.min(CHUNK, connection.readable))
      const length = connection.read(octets)
      this.fromBoard += length
      socket.write(octets.subarray(0, length))
      this.#outsideIsFull = socket.writableLength >= this.#place.limits.waiting
    }
    if (!connection.ended || this.#boardEnded) return
    this.#boardEnded = true
    socket.end()
    this.#closeWhenBothEnded()
  }

  #takeOutside(octets: Buffer): void {
    if (this.#isOver) return
    this.#heardAt = this.#place.clock.now
    this.#rest = this.#rest === undefined ? octets : Buffer.concat([this.#rest, octets])
    this.#writeBoard()
  }

  /** What came from outside goes to the board, as far as its window lets it; then the end of it. */
  #writeBoard(): void {
    if (this.#isOver) return
    const { connection } = this
    const socket = this.#socket
    if (this.#rest !== undefined && connection.state !== 'CLOSED') {
      const taken = connection.write(this.#rest)
      this.toBoard += taken
      if (this.#isOver) return
      this.#rest = taken < this.#rest.length ? this.#rest.subarray(taken) : undefined
    }
    if (this.#rest !== undefined) socket.pause()
    else if (this.#outsideEnded) {
      connection.shutdownWrite()
      this.#closeWhenBothEnded()
    } else socket.resume()
  }

  #closeWhenBothEnded(): void {
    if (this.#boardEnded && this.#outsideEnded && this.#rest === undefined) this.connection.close()
  }

  /** The socket is gone. In order where both had ended, else the board is told that nothing more comes, or goes. */
  #outsideClosed(): void {
    if (this.#isOver || (this.#outsideEnded && this.#boardEnded)) return
    this.connection.abort()
    this.#over(true)
  }

  #lookIfIdle(): void {
    const { clock, limits, lost } = this.#place
    const rest = this.#heardAt + limits.idleSeconds * SECOND - clock.now
    if (rest > 0) this.#idle = clock.after(rest, () => this.#lookIfIdle())
    else {
      lost.add('silent connection')
      this.abort()
    }
  }

  #over(isReset: boolean): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#place.clock.cancel(this.#idle)
    this.#rest = undefined
    if (isReset) this.#socket.resetAndDestroy()
    else this.#socket.destroySoon()
    this.#onOver()
  }
}
