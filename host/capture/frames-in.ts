/**
 * The frames of a capture that somebody else made: pcap (draft-ietf-opsawg-pcap) and pcapng (draft-ietf-opsawg-pcapng), in either order of
 * octets. Nothing but the frames is read; of a file that ends early, those that are whole.
 */

const PCAP_MAGICS: readonly number[] = [0xa1b2c3d4, 0xa1b23c4d]
const SECTION_HEADER_BLOCK = 0x0a0d0d0a
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
const SIMPLE_PACKET = 3
/** Enhanced packet, and the obsolete packet block, whose frame stands at the same place. */
const PACKETS: readonly number[] = [6, 2]
const ETHERNET_LINK = 1
const MOST_FRAMES = 100_000

/** @throws RangeError for what is neither, and for a capture of another link than Ethernet */
export function captureFrames(octets: Uint8Array): Uint8Array[] {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  if (octets.length >= 24) {
    for (const little of [true, false]) {
      if (PCAP_MAGICS.includes(view.getUint32(0, little))) return pcapFrames(octets, view, little)
    }
    if (view.getUint32(0, true) === SECTION_HEADER_BLOCK) return pcapngFrames(octets, view)
  }
  throw new RangeError('it is neither pcap nor pcapng')
}

function pcapFrames(octets: Uint8Array, view: DataView, little: boolean): Uint8Array[] {
  ethernetOnly(view.getUint32(20, little) & 0xffff)
  const frames: Uint8Array[] = []
  for (let at = 24; at + 16 <= octets.length && frames.length < MOST_FRAMES; ) {
    const length = view.getUint32(at + 8, little)
    if (at + 16 + length > octets.length) break
    frames.push(octets.slice(at + 16, at + 16 + length))
    at += 16 + length
  }
  return frames
}

function pcapngFrames(octets: Uint8Array, view: DataView): Uint8Array[] {
  const frames: Uint8Array[] = []
  let little = true
  for (let at = 0; at + 12 <= octets.length && frames.length < MOST_FRAMES; ) {
    const isSection = view.getUint32(at, true) === SECTION_HEADER_BLOCK
    if (isSection) little = view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC
    const type = view.getUint32(at, little)
    const total = view.getUint32(at + 4, little)
    if (total < 12 || total % 4 !== 0 || at + total > octets.length) break
    if (type === 1 && total >= 20) ethernetOnly(view.getUint16(at + 8, little))
    const [from, length] =
      PACKETS.includes(type) && total >= 32
        ? [at + 28, view.getUint32(at + 20, little)]
        : type === SIMPLE_PACKET && total >= 16
          ? [at + 12, Math.min(view.getUint32(at + 8, little), total - 16)]
          : [0, 0]
    if (from > 0 && from + length <= at + total - 4) frames.push(octets.slice(from, from + length))
    at += total
  }
  return frames
}

function ethernetOnly(link: number): void {
  if (link !== ETHERNET_LINK) throw new RangeError(`it is of link type ${link}, and the chip sends Ethernet (1)`)
}
