/**
 * Sequence numbers as the article and the figures of RFC 9293 count them: j is the first number of who opens the connection, k that of who
 * answers, and all others are counted from these. A second connection has j2 and k2.
 */
import { ACK, SYN } from '../../firmware/net/wire/tcp.js'
import type { Conversation, PacketPassage, WireSide } from './conversation.js'

export interface FirstNumber {
  readonly letter: string
  /** ISS: the initial send sequence number (RFC 9293 3.3.1). */
  readonly value: number
  readonly side: WireSide
  readonly role: 'client' | 'server'
}

export class StreamLetters {
  readonly #byDirection = new Map<string, FirstNumber>()

  constructor({ steps }: Conversation) {
    let connections = 0
    for (const step of steps) {
      if (step.kind !== 'passage') continue
      const { segment, between } = step.described
      if (segment === undefined || between === undefined || (segment.flags & SYN) === 0) continue
      const [from, to] = between.words
      const answers = (segment.flags & ACK) !== 0
      const known = this.#byDirection.get(`${from} ${to}`)
      if (known?.value === segment.sequence) continue
      const asked = this.#byDirection.get(`${to} ${from}`)
      const number = asked === undefined || !answers ? ++connections : Number(asked.letter.slice(1) || '1')
      const letter = `${answers ? 'k' : 'j'}${number === 1 ? '' : number}`
      const role = answers ? 'server' : 'client'
      this.#byDirection.set(`${from} ${to}`, { letter, value: segment.sequence, side: step.from, role })
    }
  }

  get all(): readonly FirstNumber[] {
    return [...this.#byDirection.values()]
  }

  /** `SEQ=300 (k) ACK=101 (j+1)`. */
  numbers({ described: { segment, between } }: PacketPassage): string {
    if (segment === undefined || between === undefined) return ''
    const [from, to] = between.words
    const sequence = `SEQ=${this.#counted(segment.sequence, `${from} ${to}`)}`
    if ((segment.flags & ACK) === 0) return sequence
    return `${sequence}  ACK=${this.#counted(segment.acknowledgement, `${to} ${from}`)}`
  }

  #counted(value: number, direction: string): string {
    const first = this.#byDirection.get(direction)
    if (first === undefined) return `${value}`
    const distance = (value - first.value) | 0
    const behind = distance === 0 ? '' : distance > 0 ? `+${distance}` : `${distance}`
    return `${value} (${first.letter}${behind})`
  }
}
