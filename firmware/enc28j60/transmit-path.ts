/** Frames on their way out: a queue, the one that the chip sends, and what is done when that one does not end well. */

import type { Clock } from '../hal/clock.js'
import { Listeners } from '../hal/listeners.js'
import type { SpiProgram, SpiStep } from '../hal/spi.js'
import type { ChipAccess } from './access.js'
import type { DeviceCounters, DeviceDropReason } from './device-counters.js'
import type { ChipConfig } from './initialise.js'
import { BITS } from './registers.js'
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

interface Transmission {
  readonly load: Uint8Array
  /** Address of its last octet in memory. */
  readonly end: number
  startedAt: number
  retries: number
}

/** Addresses and type (IEEE 802.3 3.1.1). */
const SHORTEST_FRAME = 14
const FCS_OCTETS = 4

export class TransmitPath {
  config: ChipConfig
  readonly #sentListeners = new Listeners<[]>()
  readonly #clock: Clock
  readonly #access: ChipAccess
  readonly #counters: DeviceCounters
  readonly #limit: number
  readonly #queue: Uint8Array[] = []
  #current: Transmission | undefined
  #resetFirst = true

  constructor(clock: Clock, access: ChipAccess, config: ChipConfig, counters: DeviceCounters, limit: number) {
    this.#clock = clock
    this.#access = access
    this.config = config
    this.#counters = counters
    this.#limit = limit
  }

  /** A frame has left, or was given up. */
  onSent(listener: () => void): () => void {
    return this.#sentListeners.add(listener)
  }

  /** The chip has a frame to send. */
  get busy(): boolean {
    return this.#current !== undefined
  }

  /** Frames wait behind it. */
  get waiting(): boolean {
    return this.#queue.length > 0
  }

  /** Takes a frame, copied; or says why not. */
  take(frame: Uint8Array): DeviceDropReason | undefined {
    if (frame.length < SHORTEST_FRAME) return 'transmit: frame too short'
    if (frame.length > this.config.maximumFrame - FCS_OCTETS) return 'transmit: frame too long'
    if (this.#queue.length >= this.#limit) return 'transmit: queue full'
    this.#queue.push(loadInstruction(frame))
    return undefined
  }

  /** The chip was brought up. */
  begin(): void {
    this.#resetFirst = true
  }

  /** The chip is released: what waits is dropped. */
  end(): void {
    const count = this.#queue.length + (this.#current === undefined ? 0 : 1)
    if (count > 0) this.#counters.dropped.add('transmit: device stopped', count)
    this.#queue.length = 0
    this.#current = undefined
  }

  /** The step that gives the chip the next frame; only while it has none and one waits. */
  next(): SpiStep {
    const load = this.#queue.shift()!
    // In half duplex an abort may have stalled the transmit logic without a sign of it (erratum 12).
    const reset = this.#resetFirst || !this.config.fullDuplex
    this.#resetFirst = false
    const end = frameEnd(this.config, load)
    this.#current = { load, end, startedAt: this.#clock.now, retries: 0 }
    return transmissionStep(this.#access, this.config, load, reset)
  }

  /**
   * Looks at what the chip says of its frame.
   * @returns what remains to be done about it; undefined when it is still being sent, or left without more ado.
   */
  look(eir: number, estat: number): SpiProgram<void> | undefined {
    const current = this.#current
    if (current === undefined) return undefined
    const ended = eir & (BITS.EIR.TXIF | BITS.EIR.TXERIF)
    if (ended === BITS.EIR.TXIF && this.config.fullDuplex) {
      this.#sent(current)
      return undefined
    }
    if ((ended & BITS.EIR.TXERIF) !== 0) return this.#failed(current)
    if (ended !== 0) return this.#countCollisions(current)
    if (!isStalled(estat) && this.#clock.now - current.startedAt <= transmitLimit(this.config)) return undefined
    return this.#stuck(current)
  }

  #sent(transmission: Transmission): void {
    this.#current = undefined
    const { events } = this.#counters
    events.add('frames sent')
    events.add('octets sent', transmission.load.length - 2)
    this.#sentListeners.tell()
  }

  *#countCollisions(transmission: Transmission): SpiProgram<void> {
    const status = yield* readTransmitStatus(this.#access, transmission.end)
    if (this.#current !== transmission) return
    if (status.collisionCount > 0) this.#counters.events.add('collisions', status.collisionCount)
    if (status.deferred) this.#counters.events.add('frames deferred')
    this.#sent(transmission)
  }

  *#failed(transmission: Transmission): SpiProgram<void> {
    // Not ESTAT.LATECOL, which may stay 0 (erratum 15).
    const status = yield* readTransmitStatus(this.#access, transmission.end)
    if (status.collisionCount > 0) this.#counters.events.add('collisions', status.collisionCount)
    if (status.lateCollision && transmission.retries < LATE_COLLISION_RETRIES) {
      yield* this.#repeat(transmission)
      return
    }
    if (status.lateCollision) yield* this.#giveUp(transmission, 'transmit: late collisions')
    else if (status.excessiveCollision) yield* this.#giveUp(transmission, 'transmit: excessive collisions')
    else if (status.excessiveDefer) yield* this.#giveUp(transmission, 'transmit: excessive deferral')
    else if (status.giant) yield* this.#giveUp(transmission, 'transmit: frame too long')
    else yield* this.#giveUp(transmission, 'transmit: aborted')
  }

  /** TXRTS does not end: a link pulse was taken for a late collision (erratum 13), or an abort hangs (erratum 12). */
  *#stuck(transmission: Transmission): SpiProgram<void> {
    if (!this.config.fullDuplex && transmission.retries < LATE_COLLISION_RETRIES) yield* this.#repeat(transmission)
    else yield* this.#giveUp(transmission, 'transmit: transmitter stuck')
  }

  *#repeat(transmission: Transmission): SpiProgram<void> {
    yield* repeatTransmission()
    this.#counters.events.add('late collision retries')
    this.#counters.events.add('transmitter resets')
    transmission.retries++
    transmission.startedAt = this.#clock.now
  }

  *#giveUp(transmission: Transmission, reason: DeviceDropReason): SpiProgram<void> {
    yield* cancelTransmission()
    if (this.#current !== transmission) return
    this.#current = undefined
    this.#counters.events.add('transmitter resets')
    this.#counters.dropped.add(reason)
    this.#sentListeners.tell()
  }
}
