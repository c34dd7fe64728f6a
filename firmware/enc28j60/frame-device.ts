/**
 * An ENC28J60 as a frame device: queue, interrupts or polling, link, and recovery. The chip is reached through programs on
 * a runner, so the same device works on a board and across a serial bridge; it has no state that a program may not lose
 * half way, and starts afresh with `start`.
 */
import type { Clock, Timer } from '../hal/clock.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import { Tally } from '../hal/counters.js'
import type { FrameDevice } from '../hal/frame-device.js'
import type { InputPin } from '../hal/pin.js'
import type { SpiOutcome, SpiProgram, SpiRunner, SpiStep, SpiTransfer } from '../hal/spi.js'
import { Batch, ChipAccess, clearTransfer, readTransfer, selectBank, setTransfer } from './access.js'
import { ChipError } from './chip-error.js'
import { endFlowControl, regulateFlow } from './flow-control.js'
import { checkHealth } from './health.js'
import { type ChipConfig, DRIVER_INTERRUPTS, disableReceiver, enableReceiver, initialise } from './initialise.js'
import { readLineStatus, readPhy } from './phy.js'
import { type ReceiveOutcome, ReceivePosition, receivePackets, recoverReceiver } from './receive.js'
import { BITS } from './registers.js'
import { type ChipIdentity, resetChip } from './reset.js'
import {
  cancelTransmission,
  frameEnd,
  isStalled,
  LATE_COLLISION_RETRIES,
  loadInstruction,
  readTransmitStatus,
  repeatTransmission,
  transmissionStep,
  transmitLimit,
} from './transmit.js'

/** Why a frame was lost here. */
export type DropReason =
  | 'transmit: device not started'
  | 'transmit: no link'
  | 'transmit: queue full'
  | 'transmit: frame too long'
  | 'transmit: frame too short'
  | 'transmit: excessive collisions'
  | 'transmit: late collisions'
  | 'transmit: excessive deferral'
  | 'transmit: aborted'
  | 'transmit: transmitter stuck'
  | 'transmit: device stopped'
  | 'receive: memory full'
  | 'receive: bad frame'
  | 'receive: corrupt header'
  | 'receive: lost in recovery'

/** What happened, beside losses. */
export type DeviceEvent =
  | 'frames sent'
  | 'frames received'
  | 'octets sent'
  | 'octets received'
  | 'collisions'
  | 'frames deferred'
  | 'late collision retries'
  | 'transmitter resets'
  | 'receiver resets'
  | 'overflows'
  | 'link changes'
  | 'interrupts missed'
  | 'pauses'
  | 'services'

export interface FrameDeviceOptions {
  readonly clock: Clock
  readonly runner: SpiRunner
  readonly config: ChipConfig
  /** INT; without it the device polls. */
  readonly interrupt?: InputPin
  /** Between polls without INT, in nanoseconds; 1 ms by default. */
  readonly pollInterval?: number
  /** Frames that may wait for transmission. */
  readonly queueLength?: number
}

/** One look at everything that may be due, from bank 0 and back to it: EPKTCNT, and not EIR.PKTIF (erratum 6). */
const READ_EVENTS: SpiStep = {
  transfers: [
    readTransfer('ESTAT'), // before EIR: an abort seen here must show there, or the transmitter is stuck
    readTransfer('EIR'),
    setTransfer('ECON1', 1),
    readTransfer('EPKTCNT'),
    clearTransfer('ECON1', 1),
  ],
}

function* letGo(access: ChipAccess, config: ChipConfig): SpiProgram<void> {
  yield* disableReceiver(access)
  if (config.flowControl) yield* endFlowControl(access)
}

const CLEAR_TRANSMIT_FLAGS: SpiStep = { transfers: [clearTransfer('EIR', BITS.EIR.TXIF | BITS.EIR.TXERIF)] }
/** Flags of EIR that belong to frames that come and go as they should. */
const ORDINARY = BITS.EIR.PKTIF | BITS.EIR.TXIF
/** Not implemented, reads 0. */
const ESTAT_ZERO = 0x08

function* selectBankZero(access: ChipAccess): SpiProgram<void> {
  const transfers: SpiTransfer[] = []
  selectBank(access, 0, transfers)
  yield { transfers }
}

interface Transmission {
  readonly load: Uint8Array
  readonly end: number
  startedAt: number
  retries: number
}

/** Slow watch over transmitter, receiver and registers. */
const WATCH_INTERVAL = 50 * MILLISECOND
const HEALTH_INTERVAL = SECOND
/** Looks in a row at which work waited while INT was high: then nobody relies on INT any more. */
const MISSES = 3
/** A receiver that has overflowed and stays silent this long may be deaf. */
const DEAF_AFTER = 2 * SECOND
/** A second corruption within this time is not an accident. */
const CORRUPT_AGAIN = SECOND
const SHORTEST_FRAME = 14

export class Enc28j60FrameDevice implements FrameDevice {
  onFrame: ((frame: Uint8Array) => void) | undefined
  onLink: ((up: boolean) => void) | undefined
  /** A frame has left, or was given up: there is room for another. */
  onSent: (() => void) | undefined
  /** The chip needs a reset and a new bring-up, or does not answer; the device has stopped. */
  onTrouble: ((error: Error) => void) | undefined

  readonly #clock: Clock
  readonly #runner: SpiRunner
  readonly #interrupt: InputPin | undefined
  readonly #pollInterval: number
  readonly #queueLength: number
  #config: ChipConfig
  readonly #dropped = new Tally<DropReason>()
  readonly #events = new Tally<DeviceEvent>()

  readonly #access = new ChipAccess()
  readonly #position = new ReceivePosition()
  readonly #queue: Uint8Array[] = []
  #running = false
  /** Counts starts and stops: what belongs to an earlier life is ignored. */
  #life = 0
  #linkUp = false
  #identity: ChipIdentity | undefined
  #transmission: Transmission | undefined
  #resetTransmitter = true
  #servicing = false
  #lookAgain = false
  #healthDue = false
  #watch: Timer | undefined
  #poll: Timer | undefined
  #unlisten: (() => void) | undefined
  #nextHealthAt = 0
  #missed = 0
  #pausing = false
  #overflowAt: number | undefined
  #deafResets = 0
  #lastReceivedAt = 0
  #corruptAt: number | undefined

  constructor(options: FrameDeviceOptions) {
    this.#clock = options.clock
    this.#runner = options.runner
    this.#config = options.config
    this.#interrupt = options.interrupt
    this.#pollInterval = options.pollInterval ?? MILLISECOND
    this.#queueLength = options.queueLength ?? 8
  }

  get address(): Uint8Array {
    return this.#config.address
  }

  get linkUp(): boolean {
    return this.#linkUp
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.#dropped.snapshot() as Record<string, number>
  }

  get statistics(): Readonly<Partial<Record<DeviceEvent, number>>> {
    return this.#events.snapshot()
  }

  /** Of the chip, once `start` has found one. */
  get identity(): ChipIdentity | undefined {
    return this.#identity
  }

  get running(): boolean {
    return this.#running
  }

  /** The device looks for itself: it has no INT, or one that does not work. */
  get polling(): boolean {
    return this.#poll !== undefined
  }

  get config(): ChipConfig {
    return this.#config
  }

  /** Takes effect at the next `start`. */
  set config(config: ChipConfig) {
    this.#config = config
  }

  /**
   * Resets, identifies and configures the chip, then receives and sends.
   * @param ready is called once, with what was found or with a `ChipError`, or with what the bus refused.
   */
  start(ready: (outcome: SpiOutcome<ChipIdentity>) => void): void {
    this.#halt()
    const life = ++this.#life
    this.#runner.run(this.#bringUp(), (outcome) => {
      if (life !== this.#life) return
      if (outcome.ok) this.#begin(outcome.value)
      ready(outcome)
    })
  }

  /** Lets the chip go: reception off, frames that wait are dropped. `done` is called when the bus is free. */
  stop(done?: () => void): void {
    this.#halt()
    this.#life++
    this.#access.forget()
    this.#runner.run(letGo(this.#access, this.#config), () => done?.())
  }

  /** As `stop`, for a chip that is gone: the bus is not touched. */
  abandon(): void {
    this.#halt()
    this.#life++
  }

  send(frame: Uint8Array): boolean {
    const refused = this.#refusal(frame)
    if (refused !== undefined) {
      this.#dropped.add(refused)
      return false
    }
    this.#queue.push(loadInstruction(frame))
    if (this.#transmission === undefined) this.#service()
    return true
  }

  #refusal(frame: Uint8Array): DropReason | undefined {
    if (!this.#running) return 'transmit: device not started'
    // The chip would send it to nobody and report success (reference 11.3).
    if (!this.#linkUp) return 'transmit: no link'
    if (frame.length < SHORTEST_FRAME) return 'transmit: frame too short'
    if (frame.length > this.#config.maximumFrame - 4) return 'transmit: frame too long'
    if (this.#queue.length >= this.#queueLength) return 'transmit: queue full'
    return undefined
  }

  *#bringUp(): SpiProgram<ChipIdentity> {
    const identity = yield* resetChip(this.#access)
    yield* initialise(this.#access, this.#config, DRIVER_INTERRUPTS)
    yield* enableReceiver(this.#access)
    return identity
  }

  #begin(identity: ChipIdentity): void {
    this.#identity = identity
    this.#running = true
    this.#position.packet = 0
    this.#resetTransmitter = true
    this.#overflowAt = undefined
    this.#deafResets = 0
    this.#corruptAt = undefined
    this.#lastReceivedAt = this.#clock.now
    this.#nextHealthAt = this.#clock.now
    this.#missed = 0
    this.#pausing = false
    this.#unlisten = this.#interrupt?.onEdge((high) => {
      if (!high) this.#service()
    })
    this.#watchTick()
    if (this.#interrupt === undefined) this.#pollTick()
  }

  #halt(): void {
    this.#running = false
    this.#clock.cancel(this.#watch)
    this.#clock.cancel(this.#poll)
    this.#unlisten?.()
    this.#watch = this.#poll = this.#unlisten = undefined
    const waiting = this.#queue.length + (this.#transmission === undefined ? 0 : 1)
    if (waiting > 0) this.#dropped.add('transmit: device stopped', waiting)
    this.#queue.length = 0
    this.#transmission = undefined
    this.#setLink(false)
  }

  #setLink(up: boolean): void {
    if (up === this.#linkUp) return
    this.#linkUp = up
    this.#events.add('link changes')
    this.onLink?.(up)
  }

  #pollTick(): void {
    this.#poll = this.#clock.after(this.#pollInterval, () => {
      this.#service()
      this.#pollTick()
    })
  }

  #watchTick(): void {
    this.#healthDue ||= this.#clock.now >= this.#nextHealthAt
    if (this.#healthDue || this.#transmission !== undefined || this.#interrupt?.high === false) this.#service()
    this.#watch = this.#clock.after(WATCH_INTERVAL, () => this.#watchTick())
  }

  #service(): void {
    if (!this.#running) return
    if (this.#servicing) {
      this.#lookAgain = true
      return
    }
    this.#servicing = true
    const life = this.#life
    this.#runner.run(this.#serve(life), (outcome) => {
      this.#servicing = false
      if (life !== this.#life) {
        this.#lookAgain = false
        if (this.#running) this.#service()
        return
      }
      if (!outcome.ok) {
        this.#access.forget()
        this.#halt()
        this.#life++
        this.onTrouble?.(outcome.error)
      } else if (this.#lookAgain || (this.#queue.length > 0 && this.#transmission === undefined)) {
        this.#lookAgain = false
        this.#service()
      }
    })
  }

  /**
   * One pass or more: until INT is high, nothing is due and the transmitter has work or none is left. Written out in one
   * generator, because what happens to every frame happens here; what is rare is in generators of its own.
   */
  *#serve(life: number): SpiProgram<void> {
    this.#events.add('services')
    let look = this.polling || this.#transmission !== undefined
    let spin = true
    while (spin) {
      look ||= this.#lookAgain
      this.#lookAgain = false
      if (this.#transmission === undefined && this.#queue.length > 0) {
        yield this.#loadNext()
        if (life !== this.#life) return
      }
      let idle = false
      if (look || this.#interrupt?.high === false) {
        if (this.#access.bank !== 0) yield* selectBankZero(this.#access)
        const replies = yield READ_EVENTS
        if (life !== this.#life) return
        const estat = replies[0][0]
        const eir = replies[1][0]
        const waiting = replies[3][0]
        idle = waiting === 0 && (eir & ~BITS.EIR.PKTIF) === 0
        if (this.#transmission !== undefined) {
          const ended = eir & (BITS.EIR.TXIF | BITS.EIR.TXERIF)
          if (ended === BITS.EIR.TXIF && this.#config.fullDuplex) this.#sent(this.#transmission)
          else if (ended !== 0) yield* this.#transmitEnded(this.#transmission, eir)
          else if (this.#isStuck(this.#transmission, estat)) yield* this.#transmitStuck(this.#transmission)
        }
        if (waiting > 0 && life === this.#life) {
          // One at a time while a frame waits to leave: neither direction starves the other on a slow bus.
          const packets = this.#queue.length > 0 ? 1 : waiting
          const sound = yield* receivePackets(this.#access, this.#config, this.#position, packets, this.#deliver)
          if (!sound && life === this.#life) yield* this.#repairReceiver()
          if (this.#config.flowControl && life === this.#life) yield* this.#regulateFlow()
        } else if (this.#pausing) yield* this.#regulateFlow()
        if ((eir & ~ORDINARY) !== 0 || (estat & ESTAT_ZERO) !== 0) {
          yield* this.#rareEvents(life, eir, estat)
        }
        if (life !== this.#life) return
        // Flags are cleared when the next transmission starts; with none to come, INT would stay low.
        if (this.#transmission === undefined && this.#queue.length === 0 && (eir & BITS.EIR.TXIF) !== 0) {
          yield CLEAR_TRANSMIT_FLAGS
        }
      }
      if (this.#healthDue && life === this.#life) yield* this.#health()
      if (life !== this.#life) return
      look = false
      // INT low with nothing behind it is a short circuit: the watch looks again, this program does not spin.
      const work = this.#queue.length > 0 && this.#transmission === undefined
      spin = work || this.#lookAgain || (!idle && this.#interrupt?.high === false)
    }
  }

  #loadNext(): SpiStep {
    const load = this.#queue.shift()!
    // In half duplex an abort may have stalled the transmit logic without a sign of it (erratum 12).
    const step = transmissionStep(this.#access, this.#config, load, this.#resetTransmitter || !this.#config.fullDuplex)
    this.#resetTransmitter = false
    const end = frameEnd(this.#config, load)
    this.#transmission = { load, end, startedAt: this.#clock.now, retries: 0 }
    return step
  }

  *#rareEvents(life: number, eir: number, estat: number): SpiProgram<void> {
    // Bit 3 is not implemented and reads 0: ones there are not the chip's.
    if ((estat & ESTAT_ZERO) !== 0) {
      throw new ChipError('no-answer', 'ESTAT reads with bit 3 set: the chip does not answer any more')
    }
    if (life === this.#life && (eir & BITS.EIR.RXERIF) !== 0) yield* this.#overflow(life)
    if (life === this.#life && (eir & BITS.EIR.LINKIF) !== 0) {
      yield* readPhy(this.#access, 'PHIR') // clears LINKIF
      if (life === this.#life) yield* this.#readLink()
    }
  }

  readonly #deliver = (outcome: ReceiveOutcome): void => {
    if (this.#running) this.#received(outcome)
  }

  #received(outcome: ReceiveOutcome): void {
    this.#lastReceivedAt = this.#clock.now
    this.#deafResets = 0
    this.#overflowAt = undefined
    if (outcome.kind === 'frame') {
      this.#events.add('frames received')
      this.#events.add('octets received', outcome.frame.length)
      this.onFrame?.(outcome.frame)
    } else {
      this.#dropped.add(outcome.kind === 'corrupt' ? 'receive: corrupt header' : 'receive: bad frame')
    }
  }

  *#regulateFlow(): SpiProgram<void> {
    const before = this.#pausing
    this.#pausing = yield* regulateFlow(this.#access, this.#config, before)
    if (this.#pausing && !before) this.#events.add('pauses')
  }

  *#repairReceiver(): SpiProgram<void> {
    const now = this.#clock.now
    if (this.#corruptAt !== undefined && now - this.#corruptAt < CORRUPT_AGAIN) {
      throw new ChipError('memory-corrupt', 'receive memory holds impossible headers again and again')
    }
    this.#corruptAt = now
    yield* this.#resetReceiver()
  }

  *#resetReceiver(): SpiProgram<void> {
    const lost = yield* recoverReceiver(this.#access, this.#config, this.#position)
    this.#events.add('receiver resets')
    if (lost > 0) this.#dropped.add('receive: lost in recovery', lost)
  }

  *#overflow(life: number): SpiProgram<void> {
    const { EIR, ESTAT } = BITS
    yield* new Batch(this.#access).clear('EIR', EIR.RXERIF).clear('ESTAT', ESTAT.BUFER).run()
    if (life !== this.#life) return
    this.#events.add('overflows')
    this.#dropped.add('receive: memory full')
    this.#overflowAt ??= this.#clock.now
  }

  *#transmitEnded(transmission: Transmission, eir: number): SpiProgram<void> {
    if ((eir & BITS.EIR.TXERIF) !== 0) {
      yield* this.#transmitFailed(transmission)
    } else {
      yield* this.#countCollisions(transmission)
      this.#sent(transmission)
    }
  }

  #isStuck(transmission: Transmission, estat: number): boolean {
    return isStalled(estat) || this.#clock.now - transmission.startedAt > transmitLimit(this.#config)
  }

  #sent(transmission: Transmission): void {
    this.#transmission = undefined
    this.#events.add('frames sent')
    this.#events.add('octets sent', transmission.load.length - 2)
    this.onSent?.()
  }

  #givenUp(reason: DropReason): void {
    this.#transmission = undefined
    this.#events.add('transmitter resets')
    this.#dropped.add(reason)
    this.onSent?.()
  }

  *#countCollisions(transmission: Transmission): SpiProgram<void> {
    const status = yield* readTransmitStatus(this.#access, transmission.end)
    if (status.collisionCount > 0) this.#events.add('collisions', status.collisionCount)
    if (status.deferred) this.#events.add('frames deferred')
  }

  *#transmitFailed(transmission: Transmission): SpiProgram<void> {
    // Not ESTAT.LATECOL, which may stay 0 (erratum 15).
    const status = yield* readTransmitStatus(this.#access, transmission.end)
    if (status.collisionCount > 0) this.#events.add('collisions', status.collisionCount)
    if (status.lateCollision && transmission.retries < LATE_COLLISION_RETRIES) {
      yield* this.#retry(transmission)
      return
    }
    yield* cancelTransmission()
    if (status.lateCollision) this.#givenUp('transmit: late collisions')
    else if (status.excessiveCollision) this.#givenUp('transmit: excessive collisions')
    else if (status.excessiveDefer) this.#givenUp('transmit: excessive deferral')
    else if (status.giant) this.#givenUp('transmit: frame too long')
    else this.#givenUp('transmit: aborted')
  }

  *#transmitStuck(transmission: Transmission): SpiProgram<void> {
    if (!this.#config.fullDuplex && transmission.retries < LATE_COLLISION_RETRIES) {
      yield* this.#retry(transmission)
      return
    }
    yield* cancelTransmission()
    this.#givenUp('transmit: transmitter stuck')
  }

  *#retry(transmission: Transmission): SpiProgram<void> {
    yield* repeatTransmission()
    this.#events.add('late collision retries')
    this.#events.add('transmitter resets')
    transmission.retries++
    transmission.startedAt = this.#clock.now
  }

  *#readLink(): SpiProgram<void> {
    const status = yield* readLineStatus(this.#access)
    if (this.#running) this.#setLink(status.linkUp)
  }

  /** A packet waits, so INT must be low (INTIE and PKTIE are set). */
  #interruptMissed(): void {
    if (this.#interrupt?.high !== true) {
      this.#missed = 0
      return
    }
    this.#events.add('interrupts missed')
    this.#lookAgain = true
    if (++this.#missed >= MISSES) this.#pollTick()
  }

  *#health(): SpiProgram<void> {
    this.#healthDue = false
    this.#nextHealthAt = this.#clock.now + HEALTH_INTERVAL
    const health = yield* checkHealth(this.#access, this.#config, DRIVER_INTERRUPTS, this.#position)
    if (!this.#running) return
    if (health.packetsWaiting > 0 && this.#poll === undefined) this.#interruptMissed()
    this.#setLink(health.linkUp)
    yield* this.#suspectDeafness(health.lineBusy)
  }

  /**
   * Reception should go on by itself after an overflow, and users report chips where it does not (reference 8.5, 20). With
   * nothing in memory a pulse of RXRST costs nothing, so silence is answer enough to give one.
   */
  *#suspectDeafness(lineBusy: boolean): SpiProgram<void> {
    if (this.#overflowAt === undefined) return
    if (this.#clock.now - Math.max(this.#lastReceivedAt, this.#overflowAt) < DEAF_AFTER) return
    if (this.#deafResets === 0) {
      this.#deafResets++
      this.#overflowAt = this.#clock.now
      yield* this.#resetReceiver()
    } else if (lineBusy) {
      throw new ChipError('receiver-deaf', 'nothing is received after an overflow, although frames pass on the line')
    }
  }
}
