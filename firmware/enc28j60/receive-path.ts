/** Frames on their way in: the place in the FIFO, overflow, flow control, and what is done about memory gone wrong. */
import { type Clock, SECOND } from '../hal/clock.js'
import type { SpiProgram } from '../hal/spi.js'
import type { ChipAccess } from './access.js'
import { ChipError } from './chip-error.js'
import type { DeviceCounters } from './device-counters.js'
import { regulateFlow } from './flow-control.js'
import type { ChipConfig } from './initialise.js'
import { CLEAR_OVERFLOW, type ReceiveOutcome, ReceivePosition, receivePackets, recoverReceiver } from './receive.js'

/** A receiver that has overflowed and stays silent this long may be deaf. */
const DEAF_AFTER = 2 * SECOND
/** A second corruption within this time is not an accident. */
const CORRUPT_AGAIN = SECOND

export class ReceivePath {
  config: ChipConfig
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  readonly position = new ReceivePosition()
  readonly #clock: Clock
  readonly #access: ChipAccess
  readonly #counters: DeviceCounters
  /** Frames are delivered; off once the chip was released, also in the middle of a program. */
  #open = false
  #pausing = false
  #overflowAt: number | undefined
  #deafResets = 0
  #lastReceivedAt = 0
  #corruptAt: number | undefined

  constructor(clock: Clock, access: ChipAccess, config: ChipConfig, counters: DeviceCounters) {
    this.#clock = clock
    this.#access = access
    this.config = config
    this.#counters = counters
  }

  /** Room in memory is to be watched: frames came, or the partner waits. */
  watchesRoom(received: boolean): boolean {
    return this.#pausing || (received && this.config.fullDuplex && this.config.flowControl)
  }

  /** The chip was brought up. */
  begin(): void {
    this.#open = true
    this.position.packet = 0
    this.#pausing = false
    this.#overflowAt = undefined
    this.#deafResets = 0
    this.#lastReceivedAt = this.#clock.now
    this.#corruptAt = undefined
  }

  /** The chip is released. */
  end(): void {
    this.#open = false
  }

  /** Reads packets and hands their frames on. @throws ChipError `memory-corrupt` when headers are wrong again and again. */
  receive(packets: number): SpiProgram<void> {
    return receivePackets(this.#access, this.config, this.position, packets, this.#deliver, this.#onCorrupt)
  }

  readonly #onCorrupt = (): SpiProgram<void> => this.#repair()

  readonly #deliver = (outcome: ReceiveOutcome, more: boolean): void => {
    if (!this.#open) return
    const { events, dropped } = this.#counters
    this.#lastReceivedAt = this.#clock.now
    this.#deafResets = 0
    this.#overflowAt = undefined
    if (outcome.kind === 'frame') {
      events.add('frames received')
      events.add('octets received', outcome.frame.length)
      this.handleFrame?.(outcome.frame, more)
    } else {
      dropped.add(outcome.kind === 'corrupt' ? 'receive: corrupt header' : 'receive: bad frame')
    }
  };

  /** Pauses the partner or lets it go on, by the room in memory. */
  *regulate(): SpiProgram<void> {
    const before = this.#pausing
    this.#pausing = yield* regulateFlow(this.#access, this.config, before)
    if (this.#pausing && !before) this.#counters.events.add('pauses')
  }

  /** EIR.RXERIF: a frame found no room. */
  *overflow(): SpiProgram<void> {
    yield { transfers: CLEAR_OVERFLOW }
    this.#counters.events.add('overflows')
    this.#counters.dropped.add('receive: memory full')
    this.#overflowAt ??= this.#clock.now
  }

  /**
   * Reception should go on by itself after an overflow, and users report chips where it does not (reference 8.5, 20). With
   * nothing in memory a pulse of RXRST costs nothing, so silence is answer enough to give one.
   * @throws ChipError `receiver-deaf` when it did not help.
   */
  *suspectDeafness(lineBusy: boolean): SpiProgram<void> {
    if (this.#overflowAt === undefined) return
    if (this.#clock.now - Math.max(this.#lastReceivedAt, this.#overflowAt) < DEAF_AFTER) return
    if (this.#deafResets === 0) {
      this.#deafResets++
      this.#overflowAt = this.#clock.now
      yield* this.#reset()
    } else if (lineBusy) {
      throw new ChipError('receiver-deaf', 'nothing is received after an overflow, although frames pass on the line')
    }
  }

  *#repair(): SpiProgram<void> {
    if (!this.#open) return
    const now = this.#clock.now
    if (this.#corruptAt !== undefined && now - this.#corruptAt < CORRUPT_AGAIN) {
      throw new ChipError('memory-corrupt', 'receive memory holds impossible headers again and again')
    }
    this.#corruptAt = now
    yield* this.#reset()
  }

  *#reset(): SpiProgram<void> {
    const lost = yield* recoverReceiver(this.#access, this.config, this.position)
    this.#counters.events.add('receiver resets')
    if (lost > 0) this.#counters.dropped.add('receive: lost in recovery', lost)
  }
}
