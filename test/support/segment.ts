/**
 * Segments as a scripted peer writes and reads them. It is a second implementation of the format, and deliberately so: it
 * sums octet by octet and reads every option, so a fault in `wire/` cannot hide from the tests by being made twice.
 */
import { formatIpv4, type Ipv4Address, type MacAddress } from '../../firmware/net/address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'

const ETHERNET = 14
const FLAGS = 'FSRP.UEW'

/** Options by name; they are written in this order, each padded in front with no-operations to end on a word. */
export interface SegmentOptions {
  mss?: number
  windowScale?: number
  sackPermitted?: boolean
  /** Value and echo reply. */
  timestamps?: readonly [value: number, echo: number]
  /** Left edge and right edge of each block, in the order on the wire. */
  sack?: readonly (readonly [left: number, right: number])[]
  /** Octets exactly as given, in place of all of the above. */
  raw?: readonly number[]
}

export interface Segment {
  source: Ipv4Address
  destination: Ipv4Address
  sourcePort: number
  destinationPort: number
  seq: number
  ack: number
  /** tcpdump's letters: F, S, R, P, `.` for ACK, U, E, W, in this order. */
  flags: string
  window: number
  urgentPointer: number
  options: SegmentOptions
  data: Uint8Array
  timeToLive: number
  trafficClass: number
  dontFragment: boolean
}

/** A segment that the stack sent, with everything that a judge may want to look at. */
export interface SentSegment extends Segment {
  /** Virtual time, in nanoseconds. */
  readonly at: number
  readonly frame: Uint8Array
  /** Octets of the TCP header, options included. */
  readonly headerOctets: number
  /** Sequence number after its last octet, SYN and FIN counted. */
  readonly end: number
  /** Kind and length of each option but EOL and NOP, as they follow each other. */
  readonly optionKinds: readonly (readonly [kind: number, length: number])[]
  /** What is wrong with its form; empty when nothing is. */
  readonly faults: readonly string[]
}

/** The one's complement sum over `octets[start .. end)`, two octets at a time: slow and plain. */
export function plainSum(octets: Uint8Array, start: number, end: number, sum = 0): number {
  for (let i = start; i < end; i += 2) sum += octets[i] * 256 + (i + 1 < end ? octets[i + 1] : 0)
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000)
  return sum
}

function pseudoSum(octets: Uint8Array, ipAt: number, length: number): number {
  return plainSum(octets, ipAt + 12, ipAt + 20) + octets[ipAt + 9] + length
}

function optionOctets(options: SegmentOptions): number[] {
  if (options.raw !== undefined) return [...options.raw]
  const out: number[] = []
  const word = (value: number) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
  if (options.mss !== undefined) out.push(2, 4, options.mss >> 8, options.mss & 0xff)
  if (options.windowScale !== undefined) out.push(1, 3, 3, options.windowScale)
  if (options.sackPermitted) out.push(1, 1, 4, 2)
  if (options.timestamps !== undefined) out.push(1, 1, 8, 10, ...options.timestamps.flatMap(word))
  if (options.sack !== undefined && options.sack.length > 0)
    out.push(1, 1, 5, 2 + 8 * options.sack.length, ...options.sack.flat().flatMap(word))
  return out
}

function flagBits(letters: string): number {
  let bits = 0
  for (const letter of letters) {
    const bit = FLAGS.indexOf(letter)
    if (bit < 0) throw new RangeError(`"${letter}" is no TCP flag: flags are letters of ${FLAGS}`)
    bits |= 1 << bit
  }
  return bits
}

/** The order of tcpdump's letters, so that two writings of the same flags compare equal. */
export function sortedFlags(letters: string): string {
  const bits = flagBits(letters)
  return [...FLAGS].filter((_, bit) => (bits >> bit) & 1).join('')
}

/** An IPv4 datagram of one protocol in an Ethernet frame, its header checksum right. */
export function ipFrame(
  macs: { to: MacAddress; from: MacAddress },
  ip: Pick<Segment, 'source' | 'destination' | 'timeToLive' | 'trafficClass' | 'dontFragment'> & { protocol: number },
  payload: Uint8Array,
): Uint8Array {
  const frame = new Uint8Array(ETHERNET + 20 + payload.length)
  frame.set(macs.to, 0)
  frame.set(macs.from, 6)
  writeUint16(frame, 12, 0x0800)
  frame[14] = 0x45
  frame[15] = ip.trafficClass
  writeUint16(frame, 16, 20 + payload.length)
  writeUint16(frame, 20, ip.dontFragment ? 0x4000 : 0)
  frame[22] = ip.timeToLive
  frame[23] = ip.protocol
  writeUint32(frame, 26, ip.source)
  writeUint32(frame, 30, ip.destination)
  writeUint16(frame, 24, ~plainSum(frame, 14, 34) & 0xffff)
  frame.set(payload, 34)
  return frame
}

/**
 * The frame of a segment, checksums right.
 * @param dataOffset the header field's value in words, where it is to be wrong
 */
export function segmentFrame(
  macs: { to: MacAddress; from: MacAddress },
  segment: Segment,
  dataOffset?: number,
): Uint8Array {
  const options = optionOctets(segment.options)
  while (options.length % 4 !== 0) options.push(0)
  const header = 20 + options.length
  const tcp = new Uint8Array(header + segment.data.length)
  writeUint16(tcp, 0, segment.sourcePort)
  writeUint16(tcp, 2, segment.destinationPort)
  writeUint32(tcp, 4, segment.seq)
  writeUint32(tcp, 8, segment.ack)
  tcp[12] = (dataOffset ?? header / 4) << 4
  tcp[13] = flagBits(segment.flags)
  writeUint16(tcp, 14, segment.window)
  writeUint16(tcp, 18, segment.urgentPointer)
  tcp.set(options, 20)
  tcp.set(segment.data, header)
  const frame = ipFrame(macs, { ...segment, protocol: 6 }, tcp)
  writeUint16(frame, 34 + 16, ~plainSum(frame, 34, frame.length, pseudoSum(frame, 14, tcp.length)) & 0xffff)
  return frame
}

/** Reads a frame of the stack; undefined when it holds no TCP over IPv4. Whatever is wrong with it stands in `faults`. */
export function readSegment(frame: Uint8Array, at: number): SentSegment | undefined {
  if (readUint16(frame, 12) !== 0x0800 || frame[ETHERNET + 9] !== 6) return undefined
  const faults: string[] = []
  const ipOctets = (frame[ETHERNET] & 15) * 4
  const end = ETHERNET + readUint16(frame, ETHERNET + 2)
  const tcp = ETHERNET + ipOctets
  const headerOctets = (frame[tcp + 12] >> 4) * 4
  if (end !== frame.length) faults.push(`total length ${end - ETHERNET}, the frame holds ${frame.length - ETHERNET}`)
  if (plainSum(frame, ETHERNET, tcp) !== 0xffff) faults.push('IPv4 header checksum')
  if (plainSum(frame, tcp, end, pseudoSum(frame, ETHERNET, end - tcp)) !== 0xffff) faults.push('TCP checksum')
  if (headerOctets < 20 || tcp + headerOctets > end) faults.push(`data offset ${headerOctets / 4}`)
  if ((frame[tcp + 12] & 0xf) !== 0) faults.push('reserved bits not zero')
  const flags = [...FLAGS].filter((_, bit) => (frame[tcp + 13] >> bit) & 1).join('')
  if (!flags.includes('.') && readUint32(frame, tcp + 8) !== 0) faults.push('acknowledgement number without ACK')
  if (!flags.includes('U') && readUint16(frame, tcp + 18) !== 0) faults.push('urgent pointer without URG')
  const { options, optionKinds } = readOptions(frame, tcp + 20, tcp + headerOctets, faults)
  const data = frame.slice(tcp + headerOctets, end)
  const seq = readUint32(frame, tcp + 4)
  const controls = (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0)
  return {
    at,
    frame,
    source: readUint32(frame, ETHERNET + 12),
    destination: readUint32(frame, ETHERNET + 16),
    sourcePort: readUint16(frame, tcp),
    destinationPort: readUint16(frame, tcp + 2),
    seq,
    ack: readUint32(frame, tcp + 8),
    flags,
    window: readUint16(frame, tcp + 14),
    urgentPointer: readUint16(frame, tcp + 18),
    options,
    optionKinds,
    data,
    timeToLive: frame[ETHERNET + 8],
    trafficClass: frame[ETHERNET + 1],
    dontFragment: (frame[ETHERNET + 6] & 0x40) !== 0,
    headerOctets,
    end: (seq + data.length + controls) >>> 0,
    faults,
  }
}

function readOptions(octets: Uint8Array, begin: number, end: number, faults: string[]) {
  const options: SegmentOptions = {}
  const optionKinds: [number, number][] = []
  for (let at = begin; at < end; ) {
    const kind = octets[at]
    if (kind === 1) {
      at++
      continue
    }
    if (kind === 0) {
      // MUST-69: what follows the end of the options is zero.
      for (let i = at; i < end; i++) if (octets[i] !== 0) faults.push('octets after the end of the options')
      break
    }
    const length = octets[at + 1]
    if (length < 2 || at + length > end) {
      faults.push(`option ${kind} of length ${length}`)
      break
    }
    optionKinds.push([kind, length])
    if (kind === 2) options.mss = readUint16(octets, at + 2)
    else if (kind === 3) options.windowScale = octets[at + 2]
    else if (kind === 4) options.sackPermitted = true
    else if (kind === 8) options.timestamps = [readUint32(octets, at + 2), readUint32(octets, at + 6)]
    else if (kind === 5) {
      const blocks: [number, number][] = []
      for (let i = at + 2; i < at + length; i += 8) blocks.push([readUint32(octets, i), readUint32(octets, i + 4)])
      options.sack = blocks
    }
    at += length
  }
  return { options, optionKinds }
}

/**
 * A segment in one line, in the manner of tcpdump.
 * @param relative turns the sequence numbers of source and destination into small ones
 */
export function printSegment(
  segment: Segment,
  relative: { seq(n: number): number; ack(n: number): number } = { seq: (n) => n, ack: (n) => n },
): string {
  const { flags, data, options } = segment
  const seq = relative.seq(segment.seq)
  const parts = [`Flags [${flags || 'none'}]`]
  parts.push(data.length > 0 ? `seq ${seq}:${seq + data.length}` : `seq ${seq}`)
  if (flags.includes('.')) parts.push(`ack ${relative.ack(segment.ack)}`)
  parts.push(`win ${segment.window}`)
  if (flags.includes('U')) parts.push(`urg ${segment.urgentPointer}`)
  const said: string[] = []
  if (options.mss !== undefined) said.push(`mss ${options.mss}`)
  if (options.windowScale !== undefined) said.push(`wscale ${options.windowScale}`)
  if (options.sackPermitted) said.push('sackOK')
  if (options.timestamps !== undefined) said.push(`TS val ${options.timestamps[0]} ecr ${options.timestamps[1]}`)
  if (options.sack !== undefined)
    said.push(`sack ${options.sack.map(([l, r]) => `{${relative.ack(l)}:${relative.ack(r)}}`).join('')}`)
  if (options.raw !== undefined) said.push(`octets ${options.raw.join(' ')}`)
  if (said.length > 0) parts.push(`options [${said.join(',')}]`)
  parts.push(`length ${data.length}`)
  const end = (address: Ipv4Address, port: number) => `${formatIpv4(address)}.${port}`
  const to = end(segment.destination, segment.destinationPort)
  return `${end(segment.source, segment.sourcePort)} > ${to}: ${parts.join(', ')}`
}
