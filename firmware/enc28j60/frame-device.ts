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
import type { SpiOutcome, SpiProgram, SpiRunner } from '../hal/spi.js'
import { Batch, ChipAccess } from './access.js'
import { ChipError } from './chip-error.js'
import { checkHealth } from './health.js'
import { type ChipConfig, DRIVER_INTERRUPTS, disableReceiver, enableReceiver, initialise } from './initialise.js'
import { readLineStatus, readPhy } from './phy.js'
import { type ReceiveOutcome, ReceivePosition, receivePackets, recoverReceiver } from './receive.js'
import { BITS } from './registers.js'
import { type ChipIdentity, resetChip } from './reset.js'
import {
  cancelTransmission,
  isStalled,
  LATE_COLLISION_RETRIES,
  loadInstruction,
  readTransmitStatus,
  repeatTransmission,
  startTransmission,
  transmitLimit,
} from './transmit.js'

/** Why a frame was lost here. */
export type DropReason =
  | 'transmit: device not started'
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
/** A receiver that has overflowed and stays silent this long while the line is busy is deaf (reference 20). */
const DEAF_AFTER = 5 * SECOND
/** A second corruption within this time is not an accident. */
const CORRUPT_AGAIN = SECOND
const SHORTEST_FRAME = 14

export class Enc28j60FrameDevice implements FrameDevice {
  onFrame: ((frame: Uint8Array) => void) | undefined
  onLink: ((up: boolean) => void) | undefined
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
    this.#runner.run(disableReceiver(this.#access), () => done?.())
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
    if (frame.length < SHORTEST_FRAME) return 'transmit: frame too short'
    if (frame.length > this.#config.maximumFrame - 4) return 'transmit: frame too long'
    if (this.#queue.length >= this.#queueLength) return 'transmit: queue full'
    return undefined
  }

  *#bringUp(): SpiProgram<ChipIdentity> {
    const identity = yield* resetChip(this.#access)
    yield* initialise(this.#access, this.#config, this.#interrupt === undefined ? 0 : DRIVER_INTERRUPTS)
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

  /** One pass or more: until INT is high, nothing is due and the transmitter has work or none is left. */
  *#serve(life: number): SpiProgram<void> {
    this.#events.add('services')
    let look = this.polling || this.#transmission !== undefined
    do {
      look ||= this.#lookAgain
      this.#lookAgain = false
      if (this.#transmission === undefined) yield* this.#transmitNext()
      if (life !== this.#life) return
      let idle = false
      if (look || this.#interrupt?.high === false) idle = !(yield* this.#serveEvents(life))
      if (life !== this.#life) return
      if (this.#transmission === undefined) yield* this.#transmitNext()
      if (life !== this.#life) return
      if (this.#healthDue) yield* this.#health()
      look = false
      // INT low with nothing behind it is a short circuit: the watch looks again, this program does not spin.
      if (idle && !this.#lookAgain) return
    } while (life === this.#life && (this.#lookAgain || this.#interrupt?.high === false))
  }

  *#transmitNext(): SpiProgram<void> {
    const load = this.#queue.shift()
    if (load === undefined) return
    // In half duplex an abort may have stalled the transmit logic without a sign of it (erratum 12).
    const reset = this.#resetTransmitter || !this.#config.fullDuplex
    const end = yield* startTransmission(this.#access, this.#config, load, reset)
    this.#resetTransmitter = false
    this.#transmission = { load, end, startedAt: this.#clock.now, retries: 0 }
  }

  /** @returns false when there was nothing to serve. */
  *#serveEvents(life: number): SpiProgram<boolean> {
    const batch = new Batch(this.#access)
    const eirReply = batch.read('EIR')
    const estatReply = batch.read('ESTAT')
    const waiting = batch.read('EPKTCNT') // and not EIR.PKTIF (erratum 6)
    yield* batch.run()
    if (life !== this.#life) return true
    const eir = eirReply.value
    const estat = estatReply.value
    // Bit 3 is not implemented and reads 0: ones there are not the chip's.
    if ((estat & 0x08) !== 0)
      throw new ChipError('no-answer', 'ESTAT reads with bit 3 set: the chip does not answer any more')

    if (this.#transmission !== undefined) yield* this.#transmitEvents(eir, estat)
    if (life !== this.#life) return true
    if (waiting.value > 0) {
      const sound = yield* receivePackets(this.#access, this.#config, this.#position, waiting.value, (outcome) => {
        if (life === this.#life) this.#received(outcome)
      })
      if (life !== this.#life) return true
      if (!sound) yield* this.#repairReceiver()
    }
    if ((eir & BITS.EIR.RXERIF) !== 0) yield* this.#overflow(life)
    if (life !== this.#life) return true
    if ((eir & BITS.EIR.LINKIF) !== 0) {
      yield* readPhy(this.#access, 'PHIR') // clears LINKIF
      if (life !== this.#life) return true
      yield* this.#readLink()
    }
    return waiting.value > 0 || (eir & ~BITS.EIR.PKTIF) !== 0
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

  *#transmitEvents(eir: number, estat: number): SpiProgram<void> {
    const transmission = this.#transmission
    if (transmission === undefined) return
    const ended = (eir & (BITS.EIR.TXIF | BITS.EIR.TXERIF)) !== 0
    const failed = (eir & BITS.EIR.TXERIF) !== 0
    if (ended && !failed) {
      if (!this.#config.fullDuplex) yield* this.#countCollisions(transmission)
      this.#sent(transmission)
    } else if (failed) {
      yield* this.#transmitFailed(transmission)
    } else if (isStalled(estat) || this.#clock.now - transmission.startedAt > transmitLimit(this.#config)) {
      yield* this.#transmitStuck(transmission)
    }
    // Flags are cleared when the next transmission starts; with none to come, INT would stay low.
    if (ended && this.#transmission === undefined && this.#queue.length === 0) {
      yield* new Batch(this.#access).clear('EIR', BITS.EIR.TXIF | BITS.EIR.TXERIF).run()
    }
  }

  #sent(transmission: Transmission): void {
    this.#transmission = undefined
    this.#events.add('frames sent')
    this.#events.add('octets sent', transmission.load.length - 2)
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
    this.#events.add('transmitter resets')
    this.#transmission = undefined
    if (status.lateCollision) this.#dropped.add('transmit: late collisions')
    else if (status.excessiveCollision) this.#dropped.add('transmit: excessive collisions')
    else if (status.excessiveDefer) this.#dropped.add('transmit: excessive deferral')
    else if (status.giant) this.#dropped.add('transmit: frame too long')
    else this.#dropped.add('transmit: aborted')
  }

  *#transmitStuck(transmission: Transmission): SpiProgram<void> {
    if (!this.#config.fullDuplex && transmission.retries < LATE_COLLISION_RETRIES) {
      yield* this.#retry(transmission)
      return
    }
    yield* cancelTransmission()
    this.#events.add('transmitter resets')
    this.#transmission = undefined
    this.#dropped.add('transmit: transmitter stuck')
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
    const health = yield* checkHealth(this.#access, this.#config)
    if (health.packetsWaiting > 0 && this.#poll === undefined) this.#interruptMissed()
    yield* this.#readLink()
    const overflowAt = this.#overflowAt
    const silentSince = Math.max(this.#lastReceivedAt, overflowAt ?? 0)
    const silent = this.#clock.now - silentSince > DEAF_AFTER
    if (overflowAt === undefined || !silent || !health.lineBusy) return
    if (this.#deafResets > 0) {
      throw new ChipError('receiver-deaf', 'nothing is received after an overflow, although frames pass on the line')
    }
    this.#deafResets++
    yield* this.#resetReceiver()
    this.#overflowAt = this.#clock.now
  }
}
