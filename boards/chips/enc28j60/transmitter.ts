/**
 * The sending half of the MAC (DS39662 7.1; IEEE 802.3 4.2.3.2): waits for its turn, sends, meets collisions, backs off,
 * and says how it ended.
 */
import { BITS, TRANSMIT_STATUS_OCTETS } from '../../../firmware/enc28j60/registers.js'
import type { Timer } from '../../../firmware/hal/clock.js'
import { BIT_TIME, type FrameSignal, PREAMBLE_OCTETS } from '../../ethernet/port.js'
import { SLOT_TIME } from '../../ethernet/transmitter.js'
import { backoffSlots } from './backoff.js'
import { ADDRESS_MASK } from './buffer-memory.js'
import type { Core } from './core.js'
import type { ChipDropReason } from './drop-reason.js'
import { InterFrameGap } from './inter-frame-gap.js'
import { PLACE } from './places.js'
import { buildFrame, buildPause, type HostFrame, type TransmitFrame } from './transmit-frame.js'
import { type ChipTransmitOutcome, writeTransmitStatus } from './transmit-status.js'

const { ECON1, EIE, EIR, ERXNDL, ERXSTL, ETXNDL, ETXSTL, MABBIPG, MACLCON1, MACLCON2, MACON3, MACON4 } = PLACE
const { TXIF, TXERIF } = BITS.EIR
const { TXIE, TXERIE } = BITS.EIE
const { LATECOL, TXABRT } = BITS.ESTAT
const { TXRTS } = BITS.ECON1

const PREAMBLE_BITS = PREAMBLE_OCTETS * 8
const JAM_BITS = 32
/** Bit times from the start of a collision to the jam (IEEE 802.3 allows 36; B1 and B4 take about 50). */
const JAM_DELAY_BITS = 16
const JAM_DELAY_SLOW_BITS = 50
/** Waiting longer than this for a free medium is excessive (DS39662 7.1, table 7-1). */
const EXCESSIVE_DEFERRAL = 24_287 * BIT_TIME

/** What is on the pair, or was when something went wrong. */
type State = 'idle' | 'sending' | 'jamming' | 'pressing' | 'stuck'

const DROPS: Readonly<Record<ChipTransmitOutcome, ChipDropReason | undefined>> = {
  done: undefined,
  cancelled: 'transmit: cancelled',
  giant: 'transmit: too long',
  'excessive collisions': 'transmit: excessive collisions',
  'late collision': 'transmit: late collision',
  'excessive deferral': 'transmit: excessive deferral',
}

export class ChipTransmitter {
  readonly #core: Core
  readonly gap: InterFrameGap
  #state: State = 'idle'
  /** The frame that TXRTS asked for, from its first attempt on. */
  #frame: HostFrame | undefined
  /** What is being sent: that frame, or one of the MAC's own. */
  #sending: TransmitFrame | undefined
  #signal: FrameSignal | undefined
  #startedAt = 0
  #timer: Timer | undefined
  #deferTimer: Timer | undefined
  /** The second part of the inter-frame gap has begun: carrier no longer holds the frame back. */
  #committed = false
  #collisions = 0
  #wireOctets = 0
  #deferred = false
  #backpressure = false
  #backoffUntil = 0
  /** Erratum 12: an abort left the logic such that the next request never ends. */
  #willStall = false
  #byPulse = false
  readonly #status = new Uint8Array(TRANSMIT_STATUS_OCTETS)

  constructor(core: Core) {
    this.#core = core
    this.gap = new InterFrameGap(core.registers)
  }

  /** Something of ours is on the pair. */
  get active(): boolean {
    return this.#state === 'sending' || this.#state === 'jamming' || this.#state === 'pressing'
  }

  get #fullDuplex(): boolean {
    return (this.#core.registers.values[MACON3] & BITS.MACON3.FULDPX) !== 0
  }

  get #requested(): boolean {
    return (this.#core.registers.values[ECON1] & TXRTS) !== 0
  }

  reset(): void {
    this.stop('transmit: reset')
    this.#willStall = false
    this.gap.reset()
  }

  /** ECON1.TXRST rose: what is being sent is cut off, nobody is notified (DS39662 11.4). */
  enterReset(): void {
    this.stop('transmit: reset')
    this.#core.registers.values[ECON1] &= ~TXRTS
    if (this.#core.choices.transmitResetClearsLatecol) this.#core.clearStatus(LATECOL)
    this.#willStall = false
  }

  /** ECON1.TXRST fell: TXERIF may come up (erratum 12). */
  leaveReset(): void {
    if (this.#core.strikes('transmitStall', 4)) this.#core.raise(TXERIF)
    this.advance()
  }

  /** ECON1.TXRTS rose. */
  request(): void {
    this.#core.phy.checkDuplex()
    const { bist, findings, registers, watch } = this.#core
    if (bist.testMode) findings.report('test-mode-in-use')
    if (registers.values[EIR] & (TXIF | TXERIF)) {
      const interrupts = (registers.values[EIE] & (TXIE | TXERIE)) !== 0
      findings.report(interrupts ? 'stale-transmit-flags' : 'stale-transmit-flags-unused')
    }
    watch.transmissionRequested()
    if (registers.values[MABBIPG] === 0) findings.report('gap-not-programmed')
    this.#checkStatusPlace()
    if (this.#state === 'pressing') this.#endPressing()
    this.advance()
  }

  /** The host cleared ECON1.TXRTS: TXIF, and no abort (DS39662 7.1). */
  cancel(): void {
    const frame = this.#frame
    const stuck = this.#state === 'stuck'
    if (this.#sending === undefined || this.#sending === frame) this.#cut()
    if (stuck) this.#state = 'idle'
    if (this.#core.choices.abortOnCancel) this.#core.setStatus(TXABRT)
    if (frame === undefined) {
      if (this.#core.choices.transmitFlagOnCancel) this.#core.raise(TXIF)
      this.advance()
    } else this.#conclude('cancelled')
  }

  /** Whatever is under way ends now, and is lost for a reason from outside. */
  stop(reason: ChipDropReason): void {
    if (this.#frame !== undefined) this.#core.dropped.add(reason)
    this.#cut()
    this.#forget()
    this.#state = 'idle'
  }

  /** Looks whether something can be sent now; to be called whenever that may have changed. */
  advance(): void {
    const core = this.#core
    if (this.#state !== 'idle' || !core.power.running || (core.registers.values[ECON1] & BITS.ECON1.TXRST) !== 0) return
    const { clock, flowControl } = core
    clock.cancel(this.#timer)
    this.#timer = undefined
    const fullDuplex = this.#fullDuplex
    const pause = fullDuplex ? flowControl.due : undefined
    if (pause === undefined && !this.#requested) {
      if (!fullDuplex && flowControl.pressing) this.#press()
      return
    }
    const frame = pause === undefined ? this.#ready() : buildPause(core, pause)
    if (frame === undefined) return
    const now = clock.now
    // Whoever backs off does not defer: carrier counts when the slots are over.
    const backsOff = pause === undefined && now < this.#backoffUntil
    if (!fullDuplex && core.phy.carrier && !this.#committed && !backsOff) {
      this.#defer()
      return
    }
    let start = backsOff ? this.#backoffUntil : this.gap.end
    if (pause === undefined && fullDuplex) start = Math.max(start, flowControl.pausedUntil)
    if (now < start) {
      this.#timer = clock.after(start - now, () => this.advance())
      return
    }
    if (pause !== undefined) flowControl.taken()
    this.#begin(frame)
  }

  /** Carrier came up on the receive pair. */
  carrierStarted(): void {
    const { clock, phy } = this.#core
    if (this.#fullDuplex) return
    if (this.#state === 'sending') {
      if (phy.reportsCollisions) this.collide(false)
      return
    }
    if (this.#state !== 'idle') return
    const waiting = this.#timer !== undefined && this.#requested && clock.now >= this.#backoffUntil
    // In the last third of the gap the frame goes out whatever happens (IEEE 802.3 4.2.3.2.1).
    if (waiting && clock.now >= this.gap.firstPartEnd && clock.now < this.gap.end) this.#committed = true
    else this.advance()
  }

  /** The receive pair has gone quiet. */
  carrierEnded(): void {
    if (this.#fullDuplex) return
    const { clock } = this.#core
    // A frame that is past holding back keeps its instant.
    if (!this.#committed) this.gap.afterCarrier(clock.now)
    this.advance()
  }

  /**
   * The medium has both stations' signals on it.
   * @param byPulse it was but a link test pulse (erratum 13).
   */
  collide(byPulse: boolean): void {
    if (this.#state !== 'sending' || this.#signal === undefined) return
    const { clock, errata, phy } = this.#core
    const elapsed = Math.floor((clock.now - this.#startedAt) / BIT_TIME)
    const jamAt = Math.max(elapsed + (errata.slowJam ? JAM_DELAY_SLOW_BITS : JAM_DELAY_BITS), PREAMBLE_BITS)
    // So near its end that the frame is out before the jam would begin.
    const signal = this.#signal
    this.#state = 'jamming'
    this.#byPulse = byPulse
    phy.collision(true)
    clock.cancel(this.#timer)
    const sent = Math.min(jamAt, signal.bits)
    const endBits = sent + JAM_BITS
    const late = elapsed > (this.#core.registers.values[MACLCON2] & 0x3f) * 8 + PREAMBLE_BITS
    this.#timer = clock.after(this.#startedAt + endBits * BIT_TIME - clock.now, () =>
      this.#jammed(signal, sent, endBits, late),
    )
  }

  /** SPI writes `count` octets to memory at `at`. */
  memoryWritten(at: number, count: number): void {
    if (this.#frame === undefined) return
    const { registers, findings } = this.#core
    const start = registers.word(ETXSTL)
    const end = registers.word(ETXNDL)
    if (at <= end && at + count > start) findings.report('buffer-changed-while-sending')
  }

  /** Is the frame ready to be sent, as far as the chip itself is concerned? Takes it out of memory the first time. */
  #ready(): HostFrame | undefined {
    const core = this.#core
    if (core.dma.running) return undefined
    if (this.#willStall) {
      this.#state = 'stuck'
      core.dropped.add('transmit: stalled')
      return undefined
    }
    if (this.#frame === undefined) {
      this.#frame = buildFrame(core)
      if (this.#frame === undefined) {
        core.dropped.add('transmit: nothing to send')
        core.registers.values[ECON1] &= ~TXRTS
        core.setStatus(TXABRT)
        core.raise(TXIF | TXERIF)
        core.dma.advance()
      }
    }
    return this.#frame
  }

  /** Carrier holds a frame back. */
  #defer(): void {
    const { clock, registers } = this.#core
    this.#deferred = true
    if (registers.values[MACON4] & BITS.MACON4.DEFER || this.#deferTimer !== undefined) return
    this.#deferTimer = clock.after(EXCESSIVE_DEFERRAL, () => this.#abort('excessive deferral'))
  }

  #begin(frame: TransmitFrame): void {
    const { clock, phy } = this.#core
    clock.cancel(this.#deferTimer)
    this.#deferTimer = undefined
    this.#committed = false
    const { octets } = frame
    const signal: FrameSignal = {
      octets,
      dribbleBits: 0,
      bits: PREAMBLE_BITS + 8 * octets.length,
      intact: frame.intact,
    }
    this.#sending = frame
    this.#signal = signal
    this.#startedAt = clock.now
    this.#state = 'sending'
    this.#timer = clock.after(signal.bits * BIT_TIME, () => this.#finished(frame, signal))
    phy.transmitStart(signal)
    if (!this.#fullDuplex && phy.receiving && phy.reportsCollisions) this.collide(false)
  }

  /** The last bit has left. */
  #finished(frame: TransmitFrame, signal: FrameSignal): void {
    const { phy } = this.#core
    this.#release()
    phy.transmitEnd(signal)
    this.#afterOwn()
    if (frame !== this.#frame) {
      this.#core.flowControl.sent()
      this.advance()
      return
    }
    this.#wireOctets += signal.octets.length
    if (frame.giant) this.#abort('giant')
    else {
      this.#core.sent++
      this.#conclude('done')
    }
  }

  /** The jam has left: the attempt is over. */
  #jammed(signal: FrameSignal, sent: number, bits: number, late: boolean): void {
    const { phy, registers, backoffChance } = this.#core
    const own = this.#sending === this.#frame
    this.#release()
    truncate(signal, sent, bits)
    phy.transmitEnd(signal)
    phy.collision(false)
    this.#afterOwn()
    if (!own) {
      this.advance()
      return
    }
    this.#wireOctets += signal.octets.length
    this.#collisions++
    if (late) {
      this.#lateCollision()
      return
    }
    if (this.#collisions > (registers.values[MACLCON1] & 0x0f)) {
      this.#abort('excessive collisions')
      return
    }
    const { NOBKOFF, BPEN } = BITS.MACON4
    const config = registers.values[MACON4]
    const atOnce = (config & NOBKOFF) !== 0 || ((config & BPEN) !== 0 && this.#backpressure)
    const slots = atOnce ? 0 : backoffSlots(backoffChance, this.#collisions)
    this.#backoffUntil = this.#core.clock.now + slots * SLOT_TIME
    this.advance()
  }

  #lateCollision(): void {
    const core = this.#core
    if (!core.strikes('lateCollisionFlag', 2)) core.setStatus(LATECOL)
    if (this.#byPulse && core.strikes('pulseAsCollision', 2)) {
      // Erratum 13: TXRTS stays 1, TXIF 0; the status vector still tells.
      core.dropped.add('transmit: stalled')
      this.#writeStatus('late collision')
      this.#forget()
      this.#state = 'stuck'
      core.setStatus(TXABRT)
      core.raise(TXERIF)
      return
    }
    this.#abort('late collision')
  }

  /** The transmission is given up (DS39662 7.1, 12.1.3). */
  #abort(outcome: ChipTransmitOutcome): void {
    const core = this.#core
    if (outcome !== 'giant' && core.strikes('transmitStall', 2)) this.#willStall = true
    core.setStatus(TXABRT)
    this.#conclude(outcome)
  }

  /** Status vector, then TXRTS, then the flags: one instant for the host. */
  #conclude(outcome: ChipTransmitOutcome): void {
    const core = this.#core
    const reason = DROPS[outcome]
    if (reason !== undefined) core.dropped.add(reason)
    this.#writeStatus(outcome)
    this.#forget()
    core.registers.values[ECON1] &= ~TXRTS
    if (outcome !== 'cancelled') core.raise(outcome === 'done' ? TXIF : TXIF | TXERIF)
    else if (core.choices.transmitFlagOnCancel) core.raise(TXIF)
    core.dma.advance()
    this.advance()
  }

  #writeStatus(outcome: ChipTransmitOutcome): void {
    const frame = this.#frame
    if (frame === undefined) return
    const { memory, registers } = this.#core
    const vector = this.#status
    writeTransmitStatus(vector, frame, {
      outcome,
      collisions: this.#collisions,
      deferred: this.#deferred,
      wireOctets: this.#wireOctets,
      backpressure: this.#backpressure,
      lengthChecked: (registers.values[MACON3] & BITS.MACON3.FRMLNEN) !== 0,
    })
    memory.write(frame.status, vector, 0, vector.length, 0, ADDRESS_MASK)
  }

  /** Ends what is on the pair, now. */
  #cut(): void {
    const { clock, phy } = this.#core
    const signal = this.#signal
    const state = this.#state
    this.#release()
    if (signal === undefined) return
    const elapsed = Math.floor((clock.now - this.#startedAt) / BIT_TIME)
    const bits = state === 'pressing' ? elapsed : Math.min(elapsed, signal.bits)
    // Back-pressure is preamble without a delimiter: no octets follow it.
    if (state === 'pressing') signal.bits = bits
    else if (bits < signal.bits || state !== 'sending') truncate(signal, bits, bits)
    this.#wireOctets += signal.octets.length
    phy.transmitEnd(signal)
    if (state === 'jamming') phy.collision(false)
    this.#afterOwn()
  }

  #release(): void {
    const { clock } = this.#core
    clock.cancel(this.#timer)
    this.#timer = undefined
    this.#signal = undefined
    this.#sending = undefined
    if (this.#state !== 'stuck') this.#state = 'idle'
  }

  #forget(): void {
    const { clock } = this.#core
    if (!this.active) {
      clock.cancel(this.#timer)
      this.#timer = undefined
    }
    clock.cancel(this.#deferTimer)
    this.#deferTimer = undefined
    this.#frame = undefined
    this.#committed = false
    this.#collisions = 0
    this.#wireOctets = 0
    this.#deferred = false
    this.#backpressure = false
    this.#backoffUntil = 0
  }

  #afterOwn(): void {
    this.gap.afterOwn(this.#core.clock.now, this.#fullDuplex)
  }

  /** Half-duplex flow control: preamble without end keeps the medium busy (DS39662 9.1). */
  #press(): void {
    const { clock, phy } = this.#core
    const now = clock.now
    if (now < this.gap.end) {
      this.#timer = clock.after(this.gap.end - now, () => this.advance())
      return
    }
    const signal: FrameSignal = { octets: new Uint8Array(0), dribbleBits: 0, bits: 0, intact: false }
    this.#signal = signal
    this.#startedAt = now
    this.#state = 'pressing'
    phy.transmitStart(signal)
  }

  /** The preamble stops: for a frame of ours, or because the host said so. */
  #endPressing(): void {
    if (this.#requested) this.#backpressure = true
    this.#cut()
  }

  /** EFLOCON.FCEN0 fell in half duplex. */
  stopPressing(): void {
    if (this.#state !== 'pressing') return
    this.#endPressing()
    this.advance()
  }

  #checkStatusPlace(): void {
    const { registers, findings } = this.#core
    if ((registers.values[ECON1] & BITS.ECON1.RXEN) === 0) return
    const start = registers.word(ERXSTL)
    const end = registers.word(ERXNDL)
    const first = (registers.word(ETXNDL) + 1) & ADDRESS_MASK
    for (let i = 0; i < 7; i++) {
      const at = (first + i) & ADDRESS_MASK
      if (start <= end ? at >= start && at <= end : at >= start || at <= end) {
        findings.report('status-vector-in-fifo')
        return
      }
    }
  }
}

/** What is left of a signal that ended after `bits`, of which those after `sent` are jam. */
function truncate(signal: FrameSignal, sent: number, bits: number): void {
  const data = Math.max(0, bits - PREAMBLE_BITS)
  const kept = Math.max(0, sent - PREAMBLE_BITS) >> 3
  const octets = new Uint8Array(data >> 3).fill(0xaa)
  octets.set(signal.octets.subarray(0, Math.min(kept, octets.length)))
  signal.octets = octets
  signal.dribbleBits = data & 7
  signal.bits = bits
  signal.intact = false
}
