/** Reads back what our own `PcapngWriter` writes, from octets as they come: little-endian pcapng with nanoseconds. */
import { Listeners } from '../../firmware/hal/listeners.js'
import { decodeText } from '../../firmware/text/utf8.js'

const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE_DESCRIPTION = 1
const ENHANCED_PACKET = 6
const OPT_ENDOFOPT = 0
const IF_NAME = 2
const EPB_FLAGS = 2
/** A frame and what stands around it; a longer block is no block of ours. */
const LONGEST_BLOCK = 1 << 20

export interface CapturedFrame {
  readonly interface: string
  /** Nanoseconds, as they were written. */
  readonly at: number
  readonly direction: 'inbound' | 'outbound'
  /** The reader's own. */
  readonly frame: Uint8Array
}

export class PcapngReader {
  readonly #onFrame: (frame: CapturedFrame) => void
  readonly #blockListeners = new Listeners<[octets: Uint8Array]>()
  readonly #interfaces: string[] = []
  #held = new Uint8Array(0)

  constructor(onFrame: (frame: CapturedFrame) => void) {
    this.#onFrame = onFrame
  }

  /** Is called with each block as it stands in the file, before its frame is reported; valid during the call. */
  onBlock(listener: (octets: Uint8Array) => void): () => void {
    return this.#blockListeners.add(listener)
  }

  /** @throws RangeError for octets that are no capture of ours */
  take(octets: Uint8Array): void {
    const all = new Uint8Array(this.#held.length + octets.length)
    all.set(this.#held)
    all.set(octets, this.#held.length)
    const view = new DataView(all.buffer)
    let at = 0
    while (all.length - at >= 12) {
      const total = view.getUint32(at + 4, true)
      if (total < 12 || total > LONGEST_BLOCK || total % 4 !== 0)
        throw new RangeError(`a block of ${total} octets is no part of a capture of ours`)
      if (all.length - at < total) break
      this.#blockListeners.tell(all.subarray(at, at + total))
      this.#block(view, at, total)
      at += total
    }
    this.#held = all.slice(at)
  }

  #block(view: DataView, at: number, total: number): void {
    const type = view.getUint32(at, true)
    const end = at + total - 4
    if (type === SECTION_HEADER) this.#interfaces.length = 0
    else if (type === INTERFACE_DESCRIPTION) {
      const name = option(view, at + 16, end, IF_NAME)
      this.#interfaces.push(name === undefined ? '' : decodeText(name))
    } else if (type === ENHANCED_PACKET) {
      const length = view.getUint32(at + 20, true)
      const dataAt = at + 28
      if (dataAt + length > end) throw new RangeError(`a packet of ${length} octets in a block of ${total}`)
      const flags = option(view, dataAt + ((length + 3) & ~3), end, EPB_FLAGS)
      this.#onFrame({
        interface: this.#interfaces[view.getUint32(at + 8, true)] ?? '',
        at: view.getUint32(at + 12, true) * 0x1_0000_0000 + view.getUint32(at + 16, true),
        direction: flags !== undefined && (flags[0] & 3) === 2 ? 'outbound' : 'inbound',
        frame: new Uint8Array(view.buffer, dataAt, length).slice(),
      })
    }
  }
}

function option(view: DataView, from: number, end: number, wanted: number): Uint8Array | undefined {
  for (let at = from; at + 4 <= end; ) {
    const code = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    if (code === OPT_ENDOFOPT || at + 4 + length > end) return undefined
    if (code === wanted) return new Uint8Array(view.buffer, at + 4, length)
    at += 4 + ((length + 3) & ~3)
  }
  return undefined
}
