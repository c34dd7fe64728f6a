/**
 * Frames by hand: the chip as a frame generator and a frame counter, driven one frame at a time across the bridge. What
 * goes wrong with a frame on its way is in the chip's status vectors, and they are all that is read where the octets do
 * not matter.
 */
import { Batch, ChipAccess, type Reply } from '../../firmware/enc28j60/access.js'
import {
  type ChipConfig,
  type ReceiveFilters,
  transmitStart,
  writeFilters,
} from '../../firmware/enc28j60/initialise.js'
import {
  parseReceiveHeader,
  RECEIVE_STATUS,
  type ReceiveHeader,
  type ReceiveOutcome,
  ReceivePosition,
  receiveFrame,
  recoverReceiver,
  releasePointer,
} from '../../firmware/enc28j60/receive.js'
import { BITS, RECEIVE_HEADER_OCTETS } from '../../firmware/enc28j60/registers.js'
import { cancelTransmission, type TransmitOutcome, transmitFrame } from '../../firmware/enc28j60/transmit.js'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { pause } from './probe.js'

/**
 * Frames for our own address and no others: what strangers say to each other, or to everybody, takes neither memory nor time on the
 * serial line then, and is not counted.
 */
export const OURS: ReceiveFilters = {
  unicast: true,
  broadcast: false,
  multicast: false,
  promiscuous: false,
  discardBadFcs: true,
}

const POLL = 1 * MILLISECOND
/** Octets of the shortest frame, FCS included (IEEE 802.3 3.2.7): ARP, and short echoes, have no more. */
const SHORTEST_ETHERNET = 64
/** IEEE 802.3 4.4.2: attemptLimit. */
const ATTEMPTS = 16
const REQUESTS_IN_A_ROW = 3

/** What became of frames that were counted and not read. */
export interface FrameCount {
  good: number
  wrongFcs: number
  /** Neither: length or symbol errors. */
  otherwiseBad: number
}

/**
 * Gives up what is being sent, and makes the transmitter ready for the next frame: a transmission that was broken off may have left it
 * stalled (DS80349C 12), and the flags of one that has ended would be taken for those of the next.
 * @returns the batch
 */
export function resetTransmitter(batch: Batch): Batch {
  const { ECON1, EIR } = BITS
  return batch
    .clear('ECON1', ECON1.TXRTS)
    .set('ECON1', ECON1.TXRST)
    .clear('ECON1', ECON1.TXRST)
    .clear('EIR', EIR.TXIF | EIR.TXERIF)
}

export class FrameBench {
  readonly config: ChipConfig
  readonly access = new ChipAccess()
  readonly #position = new ReceivePosition()

  constructor(config: ChipConfig) {
    this.config = config
  }

  /** Empties the FIFO and sets filters; the link stays up. */
  *begin(filters: ReceiveFilters): SpiProgram<void> {
    this.access.forget()
    yield* new Batch(this.access).clear('ECON1', BITS.ECON1.RXEN).run()
    yield* writeFilters(this.access, filters)
    yield* recoverReceiver(this.access, this.config, this.#position)
  }

  transmit(frame: Uint8Array): SpiProgram<TransmitOutcome> {
    return transmitFrame(this.access, this.config, frame)
  }

  /**
   * Reads frames until one is wanted, or until the chip was looked at as often as polls fit into `limit` nanoseconds. Polls are
   * counted, not time: a serial line that repeats cells makes a poll late, and what it was asked about is then older than it seems. A
   * frame of somebody else is a poll as well, or a busy line would never let it end.
   * @param others is notified of every frame that was not wanted.
   * @param longest octets that are read of a frame, its FCS included; of a longer one its beginning is seen. Long frames of strangers would
   * take seconds each on a slow serial line.
   */
  *waitFor<T>(
    limit: number,
    wanted: (frame: Uint8Array) => T | undefined,
    others: (outcome: ReceiveOutcome) => void = () => {},
    longest = SHORTEST_ETHERNET,
  ): SpiProgram<T | undefined> {
    for (let left = limit; ; ) {
      const outcome = yield* receiveFrame(this.access, this.config, this.#position, longest)
      if (outcome === undefined) {
        if (left <= 0) return undefined
        left -= POLL
        yield* pause(POLL)
        continue
      }
      left -= POLL
      const result = outcome.kind === 'frame' ? wanted(outcome.frame) : undefined
      if (result !== undefined) return result
      others(outcome)
      if (left <= 0) return undefined
      if (outcome.kind === 'corrupt') yield* recoverReceiver(this.access, this.config, this.#position)
    }
  }

  /**
   * Sends once more what lies in transmit memory, as it is, and waits until it is out. A transmission that was broken off
   * is made again: revisions B5 and B7 take link pulses for collisions (DS80349C 12 and 13).
   * @returns how often it had to be made again
   */
  *again(length: number): SpiProgram<number> {
    const end = transmitStart(this.config) + length
    const { ECON1, EIR, ESTAT } = BITS
    for (let repeated = 0; repeated < ATTEMPTS; repeated++) {
      yield* resetTransmitter(new Batch(this.access))
        .clear('ESTAT', ESTAT.LATECOL | ESTAT.TXABRT)
        .writePair('ETXND', end)
        .set('ECON1', ECON1.TXRTS)
        .run()
      yield* pause(frameTime(length + 4))
      const batch = new Batch(this.access)
      const eir = batch.read('EIR')
      const estat = batch.read('ESTAT')
      yield* batch.run()
      const broken = (eir.value & EIR.TXERIF) !== 0 || (estat.value & ESTAT.TXABRT) !== 0
      if (!broken && (eir.value & EIR.TXIF) !== 0) return repeated
    }
    return ATTEMPTS
  }

  /**
   * Has what lies in transmit memory sent over and over, `rounds` times a few in a row, and counts the rounds in which the
   * chip broke a transmission off. A transmitter that stalls afterwards is reset (DS80349C 12).
   */
  *insist(rounds: number): SpiProgram<{ readonly late: number; readonly aborted: number; readonly ended: number }> {
    const { ECON1, EIR, ESTAT } = BITS
    let late = 0
    let aborted = 0
    let ended = 0
    for (let round = 0; round < rounds; round++) {
      const batch = new Batch(this.access)
      // Whenever a transmission has ended, the next request starts another.
      const flags: Reply[] = []
      for (let request = 0; request < REQUESTS_IN_A_ROW; request++) {
        flags.push(batch.read('EIR'))
        batch.clear('EIR', EIR.TXIF | EIR.TXERIF).set('ECON1', ECON1.TXRTS)
      }
      const estat = batch.read('ESTAT')
      batch.clear('ESTAT', ESTAT.LATECOL | ESTAT.TXABRT)
      yield* batch.run()
      if ((estat.value & ESTAT.LATECOL) !== 0) late++
      if (flags.some((eir) => (eir.value & EIR.TXIF) !== 0)) ended++
      if ((estat.value & ESTAT.TXABRT) === 0) continue
      aborted++
      yield* cancelTransmission()
    }
    yield* pause(5 * MILLISECOND)
    yield* cancelTransmission()
    return { late, aborted, ended }
  }

  /**
   * Waits for one more packet, counts it by its status vector and gives its memory back unread.
   * @returns its header; undefined when the chip was empty for `limit` nanoseconds.
   */
  *count(limit: number, into: FrameCount): SpiProgram<ReceiveHeader | undefined> {
    for (let left = limit; ; ) {
      const batch = new Batch(this.access)
      const waiting = batch.read('EPKTCNT')
      batch.writePair('ERDPT', this.#position.packet)
      const octets = batch.readBuffer(RECEIVE_HEADER_OCTETS)
      yield* batch.run()
      if (waiting.value === 0) {
        if (left <= 0) return undefined
        left -= POLL
        yield* pause(POLL)
        continue
      }
      const header = parseReceiveHeader(octets.octets, this.#position.packet, this.config)
      if (header === undefined) {
        into.otherwiseBad++
        yield* recoverReceiver(this.access, this.config, this.#position)
        return undefined
      }
      if ((header.status & RECEIVE_STATUS.CRC_ERROR) !== 0) into.wrongFcs++
      else if ((header.status & RECEIVE_STATUS.RECEIVED_OK) === 0) into.otherwiseBad++
      else into.good++
      yield* new Batch(this.access)
        .writePair('ERXRDPT', releasePointer(header.next, this.config))
        .set('ECON2', BITS.ECON2.PKTDEC)
        .run()
      this.#position.packet = header.next
      return header
    }
  }

  /** Error flags and packets left over; the flags are cleared. */
  *errors(): SpiProgram<{ overflow: boolean; bufferError: boolean; waiting: number }> {
    const batch = new Batch(this.access)
    const eir = batch.read('EIR')
    const estat = batch.read('ESTAT')
    const waiting = batch.read('EPKTCNT')
    batch.clear('EIR', BITS.EIR.RXERIF).clear('ESTAT', BITS.ESTAT.BUFER)
    yield* batch.run()
    return {
      overflow: (eir.value & BITS.EIR.RXERIF) !== 0,
      bufferError: (estat.value & BITS.ESTAT.BUFER) !== 0,
      waiting: waiting.value,
    }
  }
}

/** How long a frame is on the wire, preamble included, in nanoseconds (IEEE 802.3 4.4.2: 100 ns a bit). */
export function frameTime(octetsWithFcs: number): number {
  return Math.round((8 + octetsWithFcs) * 0.8 * MICROSECOND)
}
