/**
 * One conversation of a script: which addresses and ports it has on the wire, and how the script's numbers relate to the wire's.
 * A script counts the stack's sequence numbers from 0 and its timestamps from where it likes; the peer's are the script's.
 */
import type { IpAddress, IpEndpoint } from '../../firmware/net/ip.js'
import { Ledger } from './ledger.js'
import type { SubjectConnection } from './subject.js'

export interface End {
  readonly address: IpAddress
  readonly port: number
}

export function sameEnd(a: IpEndpoint, b: IpEndpoint): boolean {
  return a.address === b.address && a.port === b.port
}

/** The octet at a place of a stream: wrong, missing and repeated ones all show. */
export function streamOctet(place: number): number {
  return (place * 11 + (place >>> 8) * 29 + 97) & 0xff
}

export class Flow {
  /** What is added to a sequence number of the script to get the stack's; settled by its first SYN. */
  #offset: number | undefined
  #timestampOffset: number | undefined
  readonly #timestamps = new Map<number, number>()
  /** The script's sequence number of the peer's SYN, of the one that opened the conversation. */
  peerInitial = 0
  /** The script's sequence number of the stack's SYN. */
  #ownInitial = 0
  /** What the application wrote, in order; segments must carry it. */
  readonly written: number[] = []
  /** Kinds of the options in the stack's SYN, where they matter. */
  offered: ReadonlySet<string> = new Set()
  /** What crossed the wire. */
  readonly ledger = new Ledger()

  /** The stack's connection, once it has one; and whether that ever was a synchronized one. */
  connection: SubjectConnection | undefined
  synchronized = false
  /** The flow label that the stack used last of those that the script names, and what the script calls it. */
  #label: { readonly script: number; readonly live: number } | undefined
  /** A descriptor of the script has had it. */
  claimed = false

  constructor(
    readonly protocol: 'tcp' | 'udp',
    readonly local: End,
    readonly remote: End,
  ) {}

  isBetween(local: IpEndpoint, remote: IpEndpoint): boolean {
    return sameEnd(this.local, local) && sameEnd(this.remote, remote)
  }

  /** The sequence number of the stack's SYN on the wire. */
  get ownInitialLive(): number | undefined {
    return this.#offset === undefined ? undefined : this.toLive(this.#ownInitial)
  }

  get settled(): boolean {
    return this.#offset !== undefined
  }

  /** The stack's SYN has `live` on the wire where the script says `script`. */
  settle(live: number, script: number): void {
    this.#offset = (live - script) >>> 0
    this.#ownInitial = script
  }

  /** The stack's sequence number, from the script's. */
  toLive(sequence: number): number {
    return (sequence + (this.#offset ?? 0)) >>> 0
  }

  toScript(sequence: number): number {
    return (sequence - (this.#offset ?? 0)) >>> 0
  }

  /** Keeps what the script calls a timestamp of the stack's. */
  settleTimestamp(live: number, script: number): void {
    this.#timestampOffset ??= (live - script) >>> 0
    this.#timestamps.set(script, live)
  }

  timestampToLive(script: number): number {
    return this.#timestamps.get(script) ?? (script + (this.#timestampOffset ?? 0)) >>> 0
  }

  timestampToScript(live: number): number {
    return (live - (this.#timestampOffset ?? 0)) >>> 0
  }

  /**
   * What is wrong with the flow label of a packet of the stack's, whose value is the stack's own affair: where the script names the same
   * as before it is the same, and where it names another it is another (RFC 6437 3), as packetdrill has it; 0 says nothing.
   */
  labelFault(script: number, live: number): string | undefined {
    const before = this.#label
    if (script === 0) return undefined
    if (live === 0) return 'it has no flow label'
    if (before !== undefined && (before.script === script) !== (before.live === live))
      return before.live === live ? 'its flow label is the same as before' : 'its flow label is another than before'
    this.#label = { script, live }
    return undefined
  }

  /** The data of a segment that the script sends: octets by their place in the peer's stream. */
  peerData(sequence: number, length: number, syn: boolean): Uint8Array {
    const place = (sequence - this.peerInitial - (syn ? 0 : 1)) | 0
    return Uint8Array.from({ length }, (_, i) => streamOctet(place + i))
  }

  /** What is wrong with the data of a segment of the stack's, whose first octet has this sequence number of the script. */
  dataFault(sequence: number, data: Uint8Array): string | undefined {
    const place = (sequence - this.#ownInitial - 1) | 0
    for (let i = 0; i < data.length; i++) {
      const written = this.written[place + i]
      // A window probe may repeat an octet from before the first.
      if (place + i < 0) continue
      if (written === undefined)
        return `it carries octet ${place + i} of the stream, and only ${this.written.length} were written`
      if (written !== data[i]) return `octet ${place + i} of the stream is ${data[i]}, and ${written} was written`
    }
    return undefined
  }
}
