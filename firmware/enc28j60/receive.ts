/** Reception: packets in the FIFO, their headers, and the memory given back (DS39662 7.2). */
import { takeOctets } from '../hal/octet-slab.js'
import type { SpiProgram, SpiTransfer } from '../hal/spi.js'
import {
  Batch,
  type ChipAccess,
  clearTransfer,
  inBankZero,
  readBufferTransfer,
  registerWriter,
  setTransfer,
} from './access.js'
import type { ChipConfig } from './initialise.js'
import { BITS, RECEIVE_HEADER_OCTETS } from './registers.js'

/** Shortest frame the chip ever stores (DS39662 8), and the FCS that a `FrameDevice` does not hand on. */
const SHORTEST_FRAME = 18
const FCS_OCTETS = 4

/** Receive status vector, bits 31:16 (DS39662 table 7-3). */
export const RECEIVE_STATUS = {
  LONG_OR_DROP_EVENT: 1 << 0,
  CARRIER_EVENT: 1 << 2,
  CRC_ERROR: 1 << 4,
  LENGTH_CHECK_ERROR: 1 << 5,
  LENGTH_OUT_OF_RANGE: 1 << 6,
  RECEIVED_OK: 1 << 7,
  MULTICAST: 1 << 8,
  BROADCAST: 1 << 9,
  DRIBBLE: 1 << 10,
  CONTROL_FRAME: 1 << 11,
  PAUSE_FRAME: 1 << 12,
  UNKNOWN_OPCODE: 1 << 13,
  VLAN: 1 << 14,
  ZERO: 1 << 15,
} as const

export interface ReceiveHeader {
  /** Where the next packet begins. */
  readonly next: number
  /** Octets of the frame, FCS included. */
  readonly count: number
  /** Bits 31:16 of the receive status vector. */
  readonly status: number
}

/** Where in the FIFO the driver stands. */
export class ReceivePosition {
  /** Start of the packet to be read next. */
  packet = 0
}

/** Address after `address` in the FIFO, `octets` further on. */
export function fifoAddress(address: number, octets: number, config: ChipConfig): number {
  const sum = address + octets
  return sum > config.receiveEnd ? sum - (config.receiveEnd + 1) : sum
}

/** ERXRDPT that gives back everything before `next`, odd as erratum 14 demands; a FIFO that begins at 0000h. */
export function releasePointer(next: number, config: ChipConfig): number {
  return next === 0 ? config.receiveEnd : next - 1
}

/**
 * Takes the 6 octets before a packet apart. A header is the chip's own word, so one that contradicts itself means that the
 * FIFO is corrupt or that the driver has lost its place: undefined then.
 */
export function parseReceiveHeader(
  octets: Uint8Array,
  packet: number,
  config: ChipConfig,
  offset = 0,
): ReceiveHeader | undefined {
  const next = octets[offset] | (octets[offset + 1] << 8)
  const count = octets[offset + 2] | (octets[offset + 3] << 8)
  const status = octets[offset + 4] | (octets[offset + 5] << 8)
  if (next > config.receiveEnd || (next & 1) !== 0) return undefined
  if ((status & RECEIVE_STATUS.ZERO) !== 0) return undefined
  if (count < SHORTEST_FRAME || count > config.maximumFrame) return undefined
  const padded = RECEIVE_HEADER_OCTETS + count + (count & 1)
  if (fifoAddress(packet, padded, config) !== next) return undefined
  return { next, count, status }
}

export type ReceiveOutcome =
  | { readonly kind: 'frame'; readonly frame: Uint8Array; readonly status: number }
  /** Stored although the FCS was wrong or a symbol was (filters let it): it is given back unread. */
  | { readonly kind: 'bad-status'; readonly status: number }
  | { readonly kind: 'corrupt'; readonly header: Uint8Array }

const writeERXRDPTL = registerWriter('ERXRDPTL')
const writeERXRDPTH = registerWriter('ERXRDPTH')
const writeERDPTL = registerWriter('ERDPTL')
const writeERDPTH = registerWriter('ERDPTH')
const DECREMENT = setTransfer('ECON2', BITS.ECON2.PKTDEC)

/**
 * What is read at first: the header, and as much as every frame has that is not a fragment (IEEE 802.3 3.2.7). A short frame
 * is then here with its header, and a long one costs no more than before.
 */
const FIRST_READ = RECEIVE_HEADER_OCTETS + 64

/**
 * Reads packets one after another and hands each to `deliver`, with whether more follow; stops at the first corrupt header. The beginning of each
 * following packet comes with the end of the one before, so that in a row a packet costs one round trip.
 * @param packets how many are known to wait: EPKTCNT, or 1 where EIR.PKTIF is set (clear it says nothing: erratum 6).
 * @param corrupt what to do about a corrupt header.
 * @param longest octets of a frame, its FCS included: of a longer one the rest is given back unread, and its beginning delivered.
 */
export function* receivePackets(
  access: ChipAccess,
  config: ChipConfig,
  position: ReceivePosition,
  packets: number,
  deliver: (outcome: ReceiveOutcome, more: boolean) => void,
  corrupt: () => SpiProgram<void>,
  longest = Number.POSITIVE_INFINITY,
): SpiProgram<void> {
  const answers = yield { transfers: firstRead(access, position.packet) }
  let begin = answers[answers.length - 1]

  for (let left = packets; left > 0; left--) {
    const header = parseReceiveHeader(begin, position.packet, config)
    if (header === undefined) {
      deliver({ kind: 'corrupt', header: begin.subarray(0, RECEIVE_HEADER_OCTETS) }, false)
      yield* corrupt()
      return
    }
    const { next, count, status } = header
    // To the end of the pad octet: ERDPT then stands at the next header by itself.
    const rest = count > longest ? 0 : RECEIVE_HEADER_OCTETS + count + (count & 1) - FIRST_READ
    if (rest >= 0 && count <= longest) access.readPointer = next
    const release = releasePointer(next, config)
    const low = writeERXRDPTL(release)
    const high = writeERXRDPTH(release >> 8)
    const taken = rest > 0 ? [readBufferTransfer(rest), low, high, DECREMENT] : [low, high, DECREMENT]
    const transfers = inBankZero(access, taken)
    const replies = yield { transfers: left > 1 ? [...transfers, ...firstRead(access, next)] : transfers }
    position.packet = next
    if ((status & RECEIVE_STATUS.RECEIVED_OK) === 0) deliver({ kind: 'bad-status', status }, left > 1)
    else {
      const at = transfers.length - taken.length
      const frame = frameOf(begin, rest > 0 ? replies[at] : undefined, count - FCS_OCTETS)
      deliver({ kind: 'frame', frame, status }, left > 1)
    }
    begin = replies[replies.length - 1]
  }
}

/** A frame from its two readings. */
function frameOf(begin: Uint8Array, rest: Uint8Array | undefined, length: number): Uint8Array {
  if (rest === undefined) return begin.subarray(RECEIVE_HEADER_OCTETS, RECEIVE_HEADER_OCTETS + length)
  const frame = takeOctets(length)
  const early = Math.min(length, FIRST_READ - RECEIVE_HEADER_OCTETS)
  frame.set(begin.subarray(RECEIVE_HEADER_OCTETS, RECEIVE_HEADER_OCTETS + early))
  if (length > early) frame.set(rest.subarray(0, length - early), early)
  return frame
}

/** Reads the beginning of a packet, with ERDPT moved there unless it is known to be there. */
function firstRead(access: ChipAccess, packet: number): readonly SpiTransfer[] {
  const read = readBufferTransfer(FIRST_READ)
  const known = access.readPointer === packet
  access.readPointer = undefined
  return known ? [read] : inBankZero(access, [writeERDPTL(packet), writeERDPTH(packet >> 8), read])
}

function* nothing(): SpiProgram<void> {}

/**
 * Reads one packet if one waits; after a corrupt header `recoverReceiver` must follow. A plain routine for those who do not need a frame device.
 * @param longest as of `receivePackets`
 */
export function* receiveFrame(
  access: ChipAccess,
  config: ChipConfig,
  position: ReceivePosition,
  longest?: number,
): SpiProgram<ReceiveOutcome | undefined> {
  const batch = new Batch(access)
  const waiting = batch.read('EPKTCNT')
  yield* batch.run()
  if (waiting.value === 0) return undefined
  let outcome: ReceiveOutcome | undefined
  const keep = (each: ReceiveOutcome) => {
    outcome = each
  }
  yield* receivePackets(access, config, position, 1, keep, nothing, longest)
  return outcome
}

/**
 * Empties the FIFO and starts the receive logic afresh: after a corrupt header, or when nothing arrives any more. Frames
 * that waited are lost.
 * @returns how many were waiting.
 */
export function* recoverReceiver(
  access: ChipAccess,
  config: ChipConfig,
  position: ReceivePosition,
): SpiProgram<number> {
  access.forget()
  const { ECON1, EIR, ECON2, ESTAT } = BITS
  const batch = new Batch(access).clear('ECON1', ECON1.RXEN).set('ECON1', ECON1.RXRST)
  const waiting = batch.read('EPKTCNT')
  yield* batch.clear('ECON1', ECON1.RXRST).run()

  // RXRST leaves the packet count and the pointers alone (reference 6); writing ERXST reloads the hidden write pointer.
  const again = new Batch(access)
  for (let i = 0; i < waiting.value; i++) again.set('ECON2', ECON2.PKTDEC)
  yield* again
    .writePair('ERXST', 0)
    .writePair('ERXND', config.receiveEnd)
    .writePair('ERXRDPT', config.receiveEnd)
    .writePair('ERDPT', 0)
    .clear('EIR', EIR.RXERIF)
    .clear('ESTAT', ESTAT.BUFER)
    .set('ECON1', ECON1.RXEN)
    .run()
  position.packet = 0
  return waiting.value
}

/** Acknowledges an overflow: memory has been given back, reception resumes by itself (DS39662 7.2.4). */
export const CLEAR_OVERFLOW: readonly SpiTransfer[] = [
  clearTransfer('EIR', BITS.EIR.RXERIF),
  clearTransfer('ESTAT', BITS.ESTAT.BUFER),
]
