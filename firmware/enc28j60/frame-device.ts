/**
 * An ENC28J60 as a frame device: life cycle, interrupts or polling, link and heartbeat. The chip is reached through programs
 * on a runner, so the same device works on a board and across a serial bridge; it has no state that a program may not lose
 * half way, and starts afresh with `start`.
 */

import type { Clock, Timer } from '../hal/clock.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import type { FrameDevice } from '../hal/frame-device.js'
import { Listeners } from '../hal/listeners.js'
import type { InputPin } from '../hal/pin.js'
import type { SpiOutcome, SpiProgram, SpiRunner, SpiStep, SpiTransfer } from '../hal/spi.js'
import { hexText } from '../text/hex-text.js'
import { ChipAccess, clearTransfer, readTransfer, selectBank, setTransfer } from './access.js'
import { ChipError } from './chip-error.js'
import { DeviceCounters, type DeviceEvent } from './device-counters.js'
import { endFlowControl } from './flow-control.js'
import { hashTable } from './hash.js'
import { checkHealth } from './health.js'
import {
  type ChipConfig,
  changeFilters,
  DRIVER_INTERRUPTS,
  disableReceiver,
  enableReceiver,
  initialise,
  type ReceiveFilters,
} from './initialise.js'
import { readLineStatus, readPhy } from './phy.js'
import { ReceivePath } from './receive-path.js'
import { BITS } from './registers.js'
import { type ChipIdentity, resetChip } from './reset.js'
import { TransmitPath } from './transmit-path.js'

export type { DeviceEvent } from './device-counters.js'

export interface FrameDeviceOptions {
  readonly clock: Clock
  readonly runner: SpiRunner
  readonly config: ChipConfig
  /** INT; without it the device polls. */
  readonly interrupt?: InputPin
  /** Between polls without INT, in nanoseconds; 1 ms by default. */
  readonly pollInterval?: number
  /** Frames that may wait for transmission; 8 by default. */
  readonly queueLength?: number
}

/** ESTAT before EIR: an abort seen there must show here, or the transmitter is stuck. In full duplex nothing hangs so. */
const GLANCE: SpiStep = { transfers: [readTransfer('ESTAT'), readTransfer('EIR')] }
const GLANCE_FULL_DUPLEX: SpiStep = { transfers: [readTransfer('EIR')] }
/** As above and EPKTCNT, from bank 0 and back to it: EIR.PKTIF may be 0 although packets wait (erratum 6). */
const COUNT = [setTransfer('ECON1', 1), readTransfer('EPKTCNT'), clearTransfer('ECON1', 1)]
const LOOK: SpiStep = { transfers: [...GLANCE.transfers, ...COUNT] }
const LOOK_FULL_DUPLEX: SpiStep = { transfers: [...GLANCE_FULL_DUPLEX.transfers, ...COUNT] }
const CLEAR_TRANSMIT_FLAGS: SpiStep = { transfers: [clearTransfer('EIR', BITS.EIR.TXIF | BITS.EIR.TXERIF)] }
/** Flags of EIR that belong to frames that come and go as they should. */
const ORDINARY = BITS.EIR.PKTIF | BITS.EIR.TXIF
/** Bit 7 of EIR is not implemented and reads 0. */
const EIR_ZERO = 0x80

function* selectBankZero(access: ChipAccess): SpiProgram<void> {
  const transfers: SpiTransfer[] = []
  selectBank(access, 0, transfers)
  yield { transfers }
}

function* releaseChip(access: ChipAccess, config: ChipConfig): SpiProgram<void> {
  yield* disableReceiver(access)
  if (config.flowControl) yield* endFlowControl(access)
}

/** Slow watch over transmitter and registers. */
const WATCH_INTERVAL = 50 * MILLISECOND
const HEALTH_INTERVAL = SECOND
/** Looks in a row at which work waited while INT was high: then nobody relies on INT any more. */
const MISSES = 3

export class Enc28j60FrameDevice implements FrameDevice {
  handleLink: ((up: boolean) => void) | undefined
  readonly #troubleListeners = new Listeners<[error: Error]>()

  readonly #clock: Clock
  readonly #runner: SpiRunner
  readonly #interrupt: InputPin | undefined
  readonly #pollInterval: number
  #config: ChipConfig
  readonly #counters = new DeviceCounters()
  readonly #access = new ChipAccess()
  readonly #transmitter: TransmitPath
  readonly #receiver: ReceivePath
  #running = false
  /** Counts starts and stops: what belongs to an earlier life is ignored. */
  #life = 0
  #linkUp = false
  #identity: ChipIdentity | undefined
  #servicing = false
  #lookAgain = false
  #healthDue = false
  #watch: Timer | undefined
  #poll: Timer | undefined
  #unlisten: (() => void) | undefined
  #nextHealthAt = 0
  #missed = 0

  constructor(options: FrameDeviceOptions) {
    const { clock, config } = options
    this.#clock = clock
    this.#runner = options.runner
    this.#config = config
    this.#interrupt = options.interrupt
    this.#pollInterval = options.pollInterval ?? MILLISECOND
    this.#transmitter = new TransmitPath(clock, this.#access, config, this.#counters, options.queueLength ?? 8)
    this.#receiver = new ReceivePath(clock, this.#access, config, this.#counters)
  }

  /** The chip needs a reset and a new bring-up, or does not answer; the device has stopped. */
  onTrouble(listener: (error: Error) => void): () => void {
    return this.#troubleListeners.add(listener)
  }

  get handleFrame(): ((frame: Uint8Array, more?: boolean) => void) | undefined {
    return this.#receiver.handleFrame
  }

  set handleFrame(listener: ((frame: Uint8Array, more?: boolean) => void) | undefined) {
    this.#receiver.handleFrame = listener
  }

  /** Is called when a frame has left, or was given up: there is room for another. */
  onSent(listener: () => void): () => void {
    return this.#transmitter.onSent(listener)
  }

  get address(): Uint8Array {
    return this.#config.address
  }

  get linkUp(): boolean {
    return this.#linkUp
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.#counters.dropped.snapshot() as Record<string, number>
  }

  get statistics(): Readonly<Partial<Record<DeviceEvent, number>>> {
    return this.#counters.events.snapshot()
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
    this.#transmitter.config = config
    this.#receiver.config = config
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

  /** Releases the chip: reception off, frames that wait are dropped. `done` is called when the bus is free. */
  stop(done?: () => void): void {
    this.#halt()
    this.#life++
    this.#access.forget()
    this.#runner.run(releaseChip(this.#access, this.#config), () => done?.())
  }

  /** The controller was reset: the bus is not touched, and what was in its RAM is gone, counters and the chip's identity too. */
  abandon(): void {
    this.#halt()
    this.#life++
    this.#access.forget()
    this.#identity = undefined
    this.#counters.clear()
  }

  /** Changes the receive filters, now if the chip runs, and for every later start. */
  setFilters(filters: ReceiveFilters): void {
    const config = { ...this.#config, filters }
    if (!this.#running) {
      this.config = config
      return
    }
    const life = this.#life
    this.#runner.run(changeFilters(this.#access, filters), (outcome) => {
      if (life !== this.#life) return
      if (outcome.ok) this.config = config
      else this.#fail(outcome.error)
    })
  }

  setGroups(addresses: readonly Uint8Array[]): void {
    const { hashTable: _before, ...others } = this.#config.filters
    this.setFilters(addresses.length === 0 ? others : { ...others, hashTable: hashTable(addresses) })
  }

  send(frame: Uint8Array): boolean {
    const refused = this.#running ? this.#take(frame) : 'transmit: device not started'
    if (refused !== undefined) {
      this.#counters.dropped.add(refused)
      return false
    }
    if (!this.#transmitter.busy) this.#service()
    return true
  }

  #take(frame: Uint8Array) {
    // The chip would send it to nobody and report success (reference 11.3).
    return this.#linkUp ? this.#transmitter.take(frame) : 'transmit: no link'
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
    this.#transmitter.begin()
    this.#receiver.begin()
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
    this.#transmitter.end()
    this.#receiver.end()
    this.#setLink(false)
  }

  #setLink(up: boolean): void {
    if (up === this.#linkUp) return
    this.#linkUp = up
    this.#counters.events.add('link changes')
    this.handleLink?.(up)
  }

  #pollTick(): void {
    this.#poll = this.#clock.after(this.#pollInterval, () => {
      this.#service()
      this.#pollTick()
    })
  }

  #watchTick(): void {
    this.#healthDue ||= this.#clock.now >= this.#nextHealthAt
    if (this.#healthDue || this.#transmitter.busy || this.#interrupt?.high === false) this.#service()
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
      } else if (!outcome.ok) {
        this.#fail(outcome.error)
      } else if (this.#lookAgain || this.#mayTransmit) {
        this.#service()
      }
    })
  }

  #fail(error: Error): void {
    this.#access.forget()
    this.#halt()
    this.#life++
    this.#troubleListeners.tell(error)
  }

  get #mayTransmit(): boolean {
    return this.#transmitter.waiting && !this.#transmitter.busy
  }

  /**
   * One pass or more: until INT is high, nothing is due and the transmitter has work or none is left. Written out in one
   * generator, because what happens to every frame happens here; what is rare is in generators of its own.
   */
  *#serve(life: number): SpiProgram<void> {
    const transmitter = this.#transmitter
    const receiver = this.#receiver
    this.#counters.events.add('services')
    let look = this.polling || transmitter.busy
    let first = true
    let spin = true
    while (spin) {
      look ||= this.#lookAgain
      this.#lookAgain = false
      if (this.#mayTransmit) {
        yield transmitter.next()
        if (life !== this.#life) return
      }
      let idle = false
      if (look || this.#interrupt?.high === false) {
        // A packet that EIR shows is there, and INT tells when EIR shows none; only the count of those in a row takes more.
        const glance = first && !this.polling
        first = false
        const { fullDuplex } = this.#config
        if (!glance && this.#access.bank !== 0) yield* selectBankZero(this.#access)
        const replies = yield glance ? (fullDuplex ? GLANCE_FULL_DUPLEX : GLANCE) : fullDuplex ? LOOK_FULL_DUPLEX : LOOK
        if (life !== this.#life) return
        const at = fullDuplex ? 0 : 1
        const estat = fullDuplex ? 0 : replies[0][0]
        const eir = replies[at][0]
        const waiting = glance ? (eir & BITS.EIR.PKTIF) / BITS.EIR.PKTIF : replies[at + 2][0]
        idle = !glance && waiting === 0 && (eir & ~BITS.EIR.PKTIF) === 0
        const remains = transmitter.look(eir, estat)
        if (remains !== undefined) yield* remains
        // One packet at a time while a frame waits to leave: neither direction starves the other on a slow bus.
        if (waiting > 0 && life === this.#life) yield* receiver.receive(transmitter.waiting ? 1 : waiting)
        if (receiver.watchesRoom(waiting > 0) && life === this.#life) yield* receiver.regulate()
        if ((eir & ~ORDINARY) !== 0) yield* this.#rareEvents(life, eir)
        if (life !== this.#life) return
        // Flags are cleared when the next transmission starts; with none to come, INT would stay low.
        if (!transmitter.busy && !transmitter.waiting && (eir & BITS.EIR.TXIF) !== 0) yield CLEAR_TRANSMIT_FLAGS
      }
      if (this.#healthDue && life === this.#life) yield* this.#health()
      if (life !== this.#life) return
      look = false
      // INT low with nothing behind it is a short circuit: the watch looks again, this program does not spin.
      spin = this.#mayTransmit || this.#lookAgain || (!idle && this.#interrupt?.high === false)
    }
  }

  *#rareEvents(life: number, eir: number): SpiProgram<void> {
    // Ones in a bit that is not implemented are not the chip's.
    if ((eir & EIR_ZERO) !== 0) {
      throw new ChipError('no-answer', `EIR reads ${hexText(eir)}, with bit 7 set: the chip does not answer any more`)
    }
    if (life === this.#life && (eir & BITS.EIR.RXERIF) !== 0) yield* this.#receiver.overflow()
    if (life === this.#life && (eir & BITS.EIR.LINKIF) !== 0) {
      yield* readPhy(this.#access, 'PHIR') // clears LINKIF
      const status = yield* readLineStatus(this.#access)
      if (life === this.#life) this.#setLink(status.linkUp)
    }
  }

  *#health(): SpiProgram<void> {
    this.#healthDue = false
    this.#nextHealthAt = this.#clock.now + HEALTH_INTERVAL
    const health = yield* checkHealth(this.#access, this.#config, DRIVER_INTERRUPTS, this.#receiver.position)
    if (!this.#running) return
    if (health.packetsWaiting > 0 && this.#poll === undefined) this.#interruptMissed()
    this.#setLink(health.linkUp)
    yield* this.#receiver.suspectDeafness(health.lineBusy)
  }

  /** A packet waits, so INT must be low (INTIE and PKTIE are set). */
  #interruptMissed(): void {
    if (this.#interrupt?.high !== true) {
      this.#missed = 0
      return
    }
    this.#counters.events.add('interrupts missed')
    this.#lookAgain = true
    if (++this.#missed >= MISSES) this.#pollTick()
  }
}
