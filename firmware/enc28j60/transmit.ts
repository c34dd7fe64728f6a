/** Transmission: a frame into memory, TXRTS, and what came of it (DS39662 7.1), with errata 12, 13 and 15. */
import { MILLISECOND } from '../hal/clock.js'
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
import { type ChipConfig, transmitStart } from './initialise.js'
import { BITS, OPCODE, TRANSMIT_STATUS_OCTETS } from './registers.js'

/** Attempts after a late collision that is really a link pulse taken for one (erratum 13). */
export const LATE_COLLISION_RETRIES = 16

/** The transmit status vector (DS39662 table 7-1), as a view of its seven octets: few of its fields are looked at. */
export class TransmitStatus {
  readonly #octets: Uint8Array

  /** @param octets the 7 octets after ETXND. */
  constructor(octets: Uint8Array) {
    this.#octets = octets
  }

  get byteCount(): number {
    return this.#octets[0] | (this.#octets[1] << 8)
  }

  get collisionCount(): number {
    return this.#octets[2] & 0x0f
  }

  get crcError(): boolean {
    return this.#bit(20)
  }

  get lengthCheckError(): boolean {
    return this.#bit(21)
  }

  get lengthOutOfRange(): boolean {
    return this.#bit(22)
  }

  get done(): boolean {
    return this.#bit(23)
  }

  get multicast(): boolean {
    return this.#bit(24)
  }

  get broadcast(): boolean {
    return this.#bit(25)
  }

  get deferred(): boolean {
    return this.#bit(26)
  }

  get excessiveDefer(): boolean {
    return this.#bit(27)
  }

  get excessiveCollision(): boolean {
    return this.#bit(28)
  }

  get lateCollision(): boolean {
    return this.#bit(29)
  }

  get giant(): boolean {
    return this.#bit(30)
  }

  get totalBytesOnWire(): number {
    return this.#octets[4] | (this.#octets[5] << 8)
  }

  get controlFrame(): boolean {
    return this.#bit(48)
  }

  get pauseFrame(): boolean {
    return this.#bit(49)
  }

  get backpressure(): boolean {
    return this.#bit(50)
  }

  get vlan(): boolean {
    return this.#bit(51)
  }

  #bit(n: number): boolean {
    return ((this.#octets[n >> 3] >> (n & 7)) & 1) !== 0
  }
}

/**
 * The WBM instruction that loads a frame: opcode, control octet 00h (the MAC's settings hold), frame. The copy is the
 * chip's; the caller keeps its array.
 */
export function loadInstruction(frame: Uint8Array): Uint8Array {
  const octets = takeOctets(frame.length + 2)
  octets[0] = OPCODE.WBM
  octets.set(frame, 2)
  return octets
}

const writeEWRPTL = registerWriter('EWRPTL')
const writeEWRPTH = registerWriter('EWRPTH')
const writeETXNDL = registerWriter('ETXNDL')
const writeETXNDH = registerWriter('ETXNDH')
const writeERDPTL = registerWriter('ERDPTL')
const writeERDPTH = registerWriter('ERDPTH')
const RESET_ON = setTransfer('ECON1', BITS.ECON1.TXRST)
const RESET_OFF = clearTransfer('ECON1', BITS.ECON1.TXRST)
const CLEAR_FLAGS = clearTransfer('EIR', BITS.EIR.TXIF | BITS.EIR.TXERIF)
const CLEAR_ABORT = clearTransfer('ESTAT', BITS.ESTAT.LATECOL | BITS.ESTAT.TXABRT)
const REQUEST = setTransfer('ECON1', BITS.ECON1.TXRTS)
const CANCEL = clearTransfer('ECON1', BITS.ECON1.TXRTS)

const FLAGS_CLEARED: readonly SpiTransfer[] = [CLEAR_FLAGS]
/** Pulses TXRST; clearing it may set TXERIF, so the flags are cleared after it (erratum 12). */
const PULSE_RESET: readonly SpiTransfer[] = [CANCEL, RESET_ON, RESET_OFF, CLEAR_FLAGS, CLEAR_ABORT]

/** Where a loaded frame ends in memory: its status vector follows. */
export function frameEnd(config: ChipConfig, load: Uint8Array): number {
  return transmitStart(config) + load.length - 2
}

/**
 * Loads a frame and asks for its transmission: one step.
 * @param load what `loadInstruction` made.
 * @param reset pulses TXRST first: always in half duplex (erratum 12), in full duplex after a failure.
 */
export function transmissionStep(
  access: ChipAccess,
  config: ChipConfig,
  load: Uint8Array,
  reset: boolean,
): { readonly transfers: readonly SpiTransfer[] } {
  const start = transmitStart(config)
  const end = frameEnd(config, load)
  const transfers = [
    ...(reset ? PULSE_RESET : FLAGS_CLEARED),
    writeEWRPTL(start),
    writeEWRPTH(start >> 8),
    { write: load, read: 0 },
    writeETXNDL(end),
    writeETXNDH(end >> 8),
    REQUEST,
  ]
  return { transfers: inBankZero(access, transfers) }
}

/** Sends once more what is still in memory, transmit logic reset before it (erratum 13). */
export function* repeatTransmission(): SpiProgram<void> {
  yield { transfers: [...PULSE_RESET, REQUEST] }
}

/** Ends a transmission that does not end by itself. */
export function* cancelTransmission(): SpiProgram<void> {
  yield { transfers: PULSE_RESET }
}

/** Reads the status vector of the frame that ended at `end` (DS39662 7.1: behind its last octet). */
export function* readTransmitStatus(access: ChipAccess, end: number): SpiProgram<TransmitStatus> {
  const address = end + 1
  const transfers = [writeERDPTL(address), writeERDPTH(address >> 8), readBufferTransfer(TRANSMIT_STATUS_OCTETS)]
  access.readPointer = undefined
  const replies = yield { transfers: inBankZero(access, transfers) }
  return new TransmitStatus(replies[replies.length - 1])
}

/**
 * How long a transmission may take before it counts as stuck, in nanoseconds: sixteen collisions with the longest backoffs
 * in half duplex (366 ms, reference 11.6), the longest pause a partner can ask for with flow control (65535 x 51.2 us).
 */
export function transmitLimit(config: ChipConfig): number {
  if (!config.fullDuplex) return 400 * MILLISECOND
  return config.flowControl ? 3_400 * MILLISECOND : 20 * MILLISECOND
}

export type TransmitOutcome =
  | { readonly kind: 'sent'; readonly status: TransmitStatus; readonly retries: number }
  | { readonly kind: 'aborted'; readonly status: TransmitStatus; readonly retries: number }
  | { readonly kind: 'stuck'; readonly retries: number }

/** A transmission that twice did not end within its limit, with the transmit logic reset in between, will not end at the third try. */
const UNENDED = 2

/** Polls of a transmission, this far apart at first. Each costs a turn across a serial line, so what has not ended by then is asked less often. */
const POLL_INTERVAL = 100_000
const OFTEN = 20
const LONGEST_INTERVAL = 10_000_000

/**
 * Sends one frame and waits for its end. A plain routine for those who do not need a frame device.
 * @param frame destination address to the end of the payload; padding and FCS are the chip's.
 */
export function* transmitFrame(access: ChipAccess, config: ChipConfig, frame: Uint8Array): SpiProgram<TransmitOutcome> {
  const load = loadInstruction(frame)
  const end = frameEnd(config, load)
  yield transmissionStep(access, config, load, true)
  let unended = 0
  for (let retries = 0; ; retries++) {
    const ended = yield* waitForEnd(access, config)
    if (ended === 'stalled' || ended === 'time is up') {
      yield* cancelTransmission()
      if (ended === 'time is up') unended++
      const enough = config.fullDuplex || retries >= LATE_COLLISION_RETRIES || unended >= UNENDED
      if (enough) return { kind: 'stuck', retries }
    } else {
      const status = yield* readTransmitStatus(access, end)
      if (!ended.error) return { kind: 'sent', status, retries }
      if (!status.lateCollision || retries >= LATE_COLLISION_RETRIES) {
        yield* cancelTransmission()
        return { kind: 'aborted', status, retries }
      }
    }
    yield* repeatTransmission()
  }
}

type TransmissionEnd = { readonly error: boolean } | 'stalled' | 'time is up'

function* waitForEnd(access: ChipAccess, config: ChipConfig): SpiProgram<TransmissionEnd> {
  let interval = POLL_INTERVAL
  for (let waited = 0; waited < transmitLimit(config); waited += interval) {
    if (waited >= OFTEN * interval) interval = Math.min(2 * interval, LONGEST_INTERVAL)
    const batch = new Batch(access)
    const estat = batch.read('ESTAT') // before EIR: an abort seen here must show there, or the transmitter is stuck
    const eir = batch.read('EIR')
    yield* batch.run()
    if ((eir.value & (BITS.EIR.TXIF | BITS.EIR.TXERIF)) !== 0) return { error: (eir.value & BITS.EIR.TXERIF) !== 0 }
    if (isStalled(estat.value)) return 'stalled'
    yield { wait: interval }
  }
  return 'time is up'
}

/** Aborted, and yet TXRTS has not ended: the state machine hangs (errata 12 and 13; ESTAT is seen as 13h). */
export function isStalled(estat: number): boolean {
  return (estat & (BITS.ESTAT.TXABRT | BITS.ESTAT.LATECOL)) !== 0
}
