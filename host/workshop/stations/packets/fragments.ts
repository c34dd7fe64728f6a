/** What comes in fragments, as who is to put it together sees it (RFC 791 3.2). */
import { formatIpv4 } from '../../../../firmware/net/address.js'
import { ETHERTYPE_IPV4, parseEthernet } from '../../../../firmware/net/wire/ethernet.js'
import { parseIpv4Packet } from '../../../../firmware/net/wire/ipv4.js'
import { told } from '../../words/told.js'
import type { ShownDatagram } from './scene.js'

interface Piece {
  readonly from: number
  readonly to: number
  readonly last: boolean
}

interface Gathered {
  readonly key: string
  readonly by: string
  readonly identification: number
  pieces: Piece[]
}

/** Datagrams that are shown. */
const MOST = 4

export class GatheredFragments {
  #gathered: Gathered[] = []

  /** A frame arrived at a host. */
  take(frame: Uint8Array): void {
    const ethernet = parseEthernet(frame)
    if (ethernet?.etherType !== ETHERTYPE_IPV4) return
    const packet = parseIpv4Packet(frame, ethernet.payloadAt)
    if (typeof packet === 'string' || (!packet.moreFragments && packet.fragmentOffset === 0)) return
    const { source, destination, identification, fragmentOffset: from, payloadAt, payloadEnd } = packet
    const key = `${source} ${destination} ${identification}`
    let gathered = this.#gathered.find((each) => each.key === key)
    if (gathered === undefined) {
      gathered = { key, by: formatIpv4(destination), identification, pieces: [] }
      this.#gathered = [...this.#gathered.slice(-(MOST - 1)), gathered]
    }
    const piece = { from, to: from + payloadEnd - payloadAt, last: !packet.moreFragments }
    if (!gathered.pieces.some((each) => each.from === piece.from && each.to === piece.to))
      gathered.pieces = [...gathered.pieces, piece].sort((a, b) => a.from - b.from)
  }

  get shown(): ShownDatagram[] {
    return this.#gathered.map(({ by, identification, pieces }, i) => {
      const total = pieces.find(({ last }) => last)?.to
      let reached = 0
      for (const { from, to } of pieces) if (from <= reached) reached = Math.max(reached, to)
      const whole = total !== undefined && reached >= total
      const values = { by, identification, count: pieces.length }
      return {
        id: `datagram-${i}`,
        identification,
        pieces,
        total,
        whole,
        told: whole
          ? told('packets.datagram.whole', { ...values, octets: total })
          : told('packets.datagram.partly', { ...values, at: reached }),
      }
    })
  }
}
