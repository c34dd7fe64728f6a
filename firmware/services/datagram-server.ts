/** What every service over UDP needs: it answers a datagram at once, out of the frame it came in, and needs no memory. */
import { NetError } from '../net/errors.js'
import { type IpAddress, unspecified } from '../net/ip.js'
import type { DatagramSocket } from '../socket/datagram-socket.js'
import type { Stack } from '../stack.js'
import { listeningFamily, type ServiceCounting } from './service.js'

/** Ports of services that answer any datagram: echo, daytime, quote of the day, chargen, time. */
const ANSWERING: ReadonlySet<number> = new Set([7, 13, 17, 19, 37])

export interface DatagramServerOptions {
  readonly stack: Stack
  readonly port: number
  readonly counting: ServiceCounting
  /** Octets of the buffer that `answer` writes into; 0: it answers with the datagram's own data, or not at all. */
  readonly answerOctets?: number
  /**
   * Says what to send back: a part of the datagram `octets[start .. end)`, or of `into`, as [octets, start, end]; undefined:
   * nothing.
   */
  answer(octets: Uint8Array, start: number, end: number, into: Uint8Array): AnswerOctets | undefined
}

export type AnswerOctets = readonly [octets: Uint8Array, start: number, end: number]

export class DatagramServer {
  readonly #options: DatagramServerOptions
  readonly #socket: DatagramSocket

  /** @throws NetError EADDRINUSE when the port is taken */
  constructor(options: DatagramServerOptions) {
    this.#options = options
    this.#socket = options.stack.socket(listeningFamily(options.stack), 'datagram')
    try {
      this.#socket.bind({ address: unspecified(this.#socket.family), port: options.port })
    } catch (error) {
      this.#socket.close()
      throw error
    }
    this.#socket.handleDatagram = (octets, start, end, source, port, destination) =>
      this.#take(octets, start, end, source, port, destination)
  }

  #take(octets: Uint8Array, start: number, end: number, source: IpAddress, port: number, destination: IpAddress): void {
    const { stack, counting, answerOctets = 0 } = this.#options
    counting.datagrams++
    counting.octetsIn += end - start
    // One datagram to everybody would bring everybody's answers.
    if (stack.networks.isGroup(destination)) {
      counting.lost.add('to a group')
      return
    }
    if (ANSWERING.has(port) || port === 0) {
      counting.lost.add('would loop')
      return
    }
    if (!stack.memory.take(answerOctets, 'services')) {
      counting.lost.add('no memory')
      return
    }
    try {
      const answer = this.#options.answer(octets, start, end, new Uint8Array(answerOctets))
      if (answer === undefined) return
      this.#socket.sendPart(...answer, source, port, destination)
      counting.octetsOut += answer[2] - answer[1]
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      counting.lost.add(error.code)
    } finally {
      stack.memory.give(answerOctets, 'services')
    }
  }

  stop(): void {
    this.#socket.close()
  }
}
