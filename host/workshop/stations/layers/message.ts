/** One message, from its text to the line that the teller writes, and what became of each copy of it. */
import { encodeText } from '../../../../firmware/text/utf8.js'
import type { CopyOutcome } from './scene.js'
import type { Spoil } from './spoil.js'

const LINE_END = '\r\n'

export interface SentCopy {
  readonly at: number
  /** Destination address to FCS, as sent. */
  readonly octets: Uint8Array
  outcome: CopyOutcome
}

/** UTF-16, lowest octet first, with its mark in front (RFC 2781 3.2): octets that UTF-8 never has. */
function utf16(text: string): number[] {
  const units = [0xfeff, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))]
  return units.flatMap((unit) => [unit & 0xff, unit >> 8])
}

export class Message {
  readonly command: string
  readonly encoded: Uint8Array
  readonly line: Uint8Array
  readonly lineEnd = LINE_END.length
  readonly copies: SentCopy[] = []
  /** The board answered, or nobody will. */
  done = false
  /** The first copy was spoilt already. */
  #spoilt = false

  constructor(
    readonly text: string,
    readonly transport: 'tcp' | 'udp',
    readonly spoil: Spoil,
  ) {
    this.command = spoil === 'command' ? 'SHOUT ' : 'SAY '
    this.encoded = spoil === 'encoding' ? Uint8Array.from(utf16(text)) : encodeText(text)
    this.line = Uint8Array.from([...encodeText(this.command), ...this.encoded, ...encodeText(LINE_END)])
  }

  /** Whether the next copy is to be spoilt: the first one is, and what TCP sends again is sound. */
  takeSpoil(): Spoil {
    if (this.#spoilt) return 'none'
    this.#spoilt = true
    return this.spoil
  }

  /** Whether a frame carries it: octets of a frame from one place to another. */
  isCarried(frame: Uint8Array, from: number, to: number): boolean {
    return to - from === this.line.length && this.line.every((octet, i) => frame[from + i] === octet)
  }
}
