/** Sequence numbers as the article writes them: j where the client's begin, k where the server's begin, and what comes behind as j+1, k+1 … */
import { ACK, SYN } from '../../../firmware/net/wire/tcp.js'
import type { EndName } from './flights.js'
import type { TcpReading } from './frame-reading.js'

/** Where the two streams of a connection begin. */
interface Beginnings {
  j: number | undefined
  k: number | undefined
}

export class StreamNumbers {
  /** By the client's port. */
  readonly #connections = new Map<number, Beginnings>()

  /** A segment is sent. */
  note(from: EndName, { flags, sequence, sourcePort, destinationPort }: TcpReading): void {
    if ((flags & SYN) === 0) return
    const port = from === 'client' ? sourcePort : destinationPort
    const beginnings = this.of(port)
    if (from === 'client') this.#connections.set(port, { ...beginnings, j: sequence })
    else this.#connections.set(port, { ...beginnings, k: sequence })
  }

  /** Of the connection from the client's port. */
  of(port: number): Beginnings {
    return this.#connections.get(port) ?? { j: undefined, k: undefined }
  }

  /** `seq = k, ack = j+1`, and the numbers themselves. */
  told(from: EndName, segment: TcpReading): readonly [formula: string, numbers: string] {
    const { j, k } = this.of(from === 'client' ? segment.sourcePort : segment.destinationPort)
    const sequence = { letter: from === 'client' ? 'j' : 'k', base: from === 'client' ? j : k }
    const acknowledged = { letter: from === 'client' ? 'k' : 'j', base: from === 'client' ? k : j }
    const formula = [`seq = ${relative(segment.sequence, sequence)}`]
    const numbers = [`${segment.sequence}`]
    if ((segment.flags & ACK) !== 0) {
      formula.push(`ack = ${relative(segment.acknowledgement, acknowledged)}`)
      numbers.push(`${segment.acknowledgement}`)
    }
    return [formula.join(', '), numbers.join(', ')]
  }
}

/** Sequence numbers are counted modulo 2^32 (RFC 9293 3.4). */
function relative(number: number, { letter, base }: { readonly letter: string; readonly base: number | undefined }) {
  if (base === undefined) return `${number}`
  const beyond = (number - base) >>> 0
  if (beyond === 0) return letter
  // Far off it is no place in this stream: a reset of a port where nobody listens has sequence number 0.
  return beyond < 1 << 24 ? `${letter}+${beyond}` : `${number}`
}
