/**
 * A capture file that Wireshark reads: pcapng (IETF draft-ietf-opsawg-pcapng), little-endian, nanosecond timestamps,
 * frames with their FCS and their direction. The same frames give the same octets: no wall clock, no name of a machine.
 */
import { printable } from '../../firmware/text/printable.js'
import { encodeText } from '../../firmware/text/utf8.js'

const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE_DESCRIPTION = 1
const ENHANCED_PACKET = 6
const DECRYPTION_SECRETS = 10
/** "TLSK": lines of SSLKEYLOGFILE. */
const TLS_KEY_LOG = 0x544c534b
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
/**
 * LINKTYPE_ of each link (draft-ietf-opsawg-pcaplinktype): Ethernet has one; of those that nobody else has, the first two that are kept for
 * private use. `wireshark/linkpulse.lua` dissects these; docs/wireshark.md says what their packets look like.
 */
export const LINK_TYPES = { ethernet: 1, 'serial-link': 147, spi: 148 } as const
export type CaptureLink = keyof typeof LINK_TYPES
export const CAPTURE_LINKS = Object.keys(LINK_TYPES) as readonly CaptureLink[]

export function isCaptureLink(text: string): text is CaptureLink {
  return Object.hasOwn(LINK_TYPES, text)
}

const OPT_ENDOFOPT = 0
const OPT_COMMENT = 1
const SHB_USERAPPL = 4
const IF_NAME = 2
const IF_DESCRIPTION = 3
const IF_SPEED = 8
const IF_TSRESOL = 9
const IF_FCSLEN = 13
const EPB_FLAGS = 2

const FCS_OCTETS = 4
/** if_tsresol: 10^-9 s. */
const NANOSECONDS = 9

/** epb_flags, bits 0 and 1; 0 says nothing. */
const DIRECTION_BITS = { inbound: 1, outbound: 2 } as const
export type CaptureDirection = keyof typeof DIRECTION_BITS

/** Link-layer errors of epb_flags, by bit. */
const ERROR_BITS = { 'FCS error': 24, 'too long': 25, 'too short': 26, 'alignment error': 28 } as const
export type CaptureError = keyof typeof ERROR_BITS

export interface CapturePacket {
  /** Nanoseconds of virtual time. */
  readonly at: number
  /** Left out where a packet goes both ways, as an SPI transaction does. */
  readonly direction?: CaptureDirection
  readonly errors?: readonly CaptureError[]
  readonly comment?: string
}

export interface CaptureInterface {
  readonly name: string
  readonly description?: string
  /** `ethernet` by default. */
  readonly link?: CaptureLink
  /** Bits a second; 0 where nobody says; of Ethernet 10 000 000 by default. */
  readonly speed?: number
  /** Whether the frames end with their FCS; of Ethernet true by default, and no other link has one. */
  readonly fcs?: boolean
}

/** Where packets go: a file, or what puts them into order before. */
export interface PacketSink {
  /** Describes one more interface; its number is what `packet` wants. */
  addInterface(description: CaptureInterface): number
  packet(port: number, octets: Uint8Array, packet: CapturePacket): void
}

interface Option {
  readonly code: number
  readonly value: Uint8Array
}

/** Names and comments may be anybody's (a script's path), and whoever reads the file shows them on a terminal. */
const text = (words: string): Uint8Array => encodeText(printable(words))

export class PcapngWriter implements PacketSink {
  readonly #write: (octets: Uint8Array) => void
  readonly #epoch: bigint
  /** Of each interface, the octets of FCS at the end of its frames. */
  readonly #fcsOctets: number[] = []

  /**
   * Writes the section header at once, and each block as it is asked for.
   * @param write takes the file's octets in order; each array is its own
   * @param epoch nanoseconds since 1970 at which virtual time is 0, for who wants the time of day; 0 by default
   */
  constructor(write: (octets: Uint8Array) => void, comment?: string, epoch = 0n) {
    this.#write = write
    this.#epoch = epoch
    const fixed = new DataView(new ArrayBuffer(16))
    fixed.setUint32(0, BYTE_ORDER_MAGIC, true)
    fixed.setUint16(4, 1, true)
    fixed.setUint16(6, 0, true)
    fixed.setBigInt64(8, -1n, true)
    const options = [{ code: SHB_USERAPPL, value: text('linkpulse') }]
    if (comment !== undefined) options.unshift({ code: OPT_COMMENT, value: text(comment) })
    this.#block(SECTION_HEADER, fixed, undefined, options)
  }

  /**
   * Keys of TLS connections, so that a reader shows the plain text of what follows (a decryption secrets block).
   * @param lines as `SSLKEYLOGFILE` has them
   */
  tlsKeys(lines: string): void {
    const octets = encodeText(lines)
    const fixed = new DataView(new ArrayBuffer(8))
    fixed.setUint32(0, TLS_KEY_LOG, true)
    fixed.setUint32(4, octets.length, true)
    this.#block(DECRYPTION_SECRETS, fixed, octets, [])
  }

  /** Describes one more port; its number is what `packet` wants. */
  addInterface({ name, description, link = 'ethernet', ...given }: CaptureInterface): number {
    const isEthernet = link === 'ethernet'
    const { speed = isEthernet ? 10_000_000 : 0, fcs = isEthernet } = given
    const fcsOctets = fcs ? FCS_OCTETS : 0
    const fixed = new DataView(new ArrayBuffer(8))
    fixed.setUint16(0, LINK_TYPES[link], true)
    const bits = new DataView(new ArrayBuffer(8))
    bits.setBigUint64(0, BigInt(speed), true)
    const options: Option[] = [{ code: IF_NAME, value: text(name) }]
    if (description !== undefined) options.push({ code: IF_DESCRIPTION, value: text(description) })
    options.push(
      { code: IF_SPEED, value: new Uint8Array(bits.buffer) },
      { code: IF_TSRESOL, value: Uint8Array.of(NANOSECONDS) },
      { code: IF_FCSLEN, value: Uint8Array.of(fcsOctets) },
    )
    this.#block(INTERFACE_DESCRIPTION, fixed, undefined, options)
    return this.#fcsOctets.push(fcsOctets) - 1
  }

  /**
   * One frame, destination address to FCS (or to the end of the payload, on an interface without).
   * @throws RangeError when no interface has that number.
   */
  packet(port: number, octets: Uint8Array, { at, direction, errors = [], comment }: CapturePacket): void {
    const fcsOctets = this.#fcsOctets[port]
    if (fcsOctets === undefined) throw new RangeError(`there is no interface ${port} in this capture`)
    const fixed = new DataView(new ArrayBuffer(20))
    fixed.setUint32(0, port, true)
    if (this.#epoch === 0n) {
      fixed.setUint32(4, Math.floor(at / 0x1_0000_0000), true)
      fixed.setUint32(8, at % 0x1_0000_0000, true)
    } else {
      // A time of day has more nanoseconds than a number has digits.
      const since = this.#epoch + BigInt(Math.round(at))
      fixed.setUint32(4, Number(since >> 32n), true)
      fixed.setUint32(8, Number(since & 0xffff_ffffn), true)
    }
    fixed.setUint32(12, octets.length, true)
    fixed.setUint32(16, octets.length, true)
    let flags = (direction === undefined ? 0 : DIRECTION_BITS[direction]) | (fcsOctets << 5)
    for (const error of errors) flags |= 1 << ERROR_BITS[error]
    const word = new DataView(new ArrayBuffer(4))
    word.setUint32(0, flags >>> 0, true)
    const options: Option[] = [{ code: EPB_FLAGS, value: new Uint8Array(word.buffer) }]
    if (comment !== undefined) options.unshift({ code: OPT_COMMENT, value: text(comment) })
    this.#block(ENHANCED_PACKET, fixed, octets, options)
  }

  #block(type: number, fixed: DataView, data: Uint8Array | undefined, options: readonly Option[]): void {
    let optionOctets = options.length > 0 ? 4 : 0
    for (const { value } of options) optionOctets += 4 + padded(value.length)
    const dataOctets = padded(data?.length ?? 0)
    const total = 12 + fixed.byteLength + dataOctets + optionOctets
    const block = new Uint8Array(total)
    const view = new DataView(block.buffer)
    view.setUint32(0, type, true)
    view.setUint32(4, total, true)
    block.set(new Uint8Array(fixed.buffer), 8)
    let at = 8 + fixed.byteLength
    if (data !== undefined) block.set(data, at)
    at += dataOctets
    for (const { code, value } of options) {
      view.setUint16(at, code, true)
      view.setUint16(at + 2, value.length, true)
      block.set(value, at + 4)
      at += 4 + padded(value.length)
    }
    if (options.length > 0) view.setUint16(at, OPT_ENDOFOPT, true)
    view.setUint32(total - 4, total, true)
    this.#write(block)
  }
}

/** Lengths in a block are rounded up to 32 bits. */
function padded(length: number): number {
  return (length + 3) & ~3
}
