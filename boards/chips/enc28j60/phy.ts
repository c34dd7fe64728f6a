/**
 * The 10BASE-T PHY (DS39662 3.3, 2.4 to 2.6, 12.1.5): the jack, the link, polarity, loopbacks, jabber, and its registers.
 */
import { BITS, PHY_BITS, PHY_REGISTERS, phyRegisterAt } from '../../../firmware/enc28j60/registers.js'
import { MICROSECOND, type Timer } from '../../../firmware/hal/clock.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import { LinkIntegrity, type LinkIntegrityState } from '../../ethernet/link-integrity.js'
import type { EthernetReceiver, FrameSignal } from '../../ethernet/port.js'
import type { Core } from './core.js'
import type { ChipDropReason } from './drop-reason.js'
import { Jabber } from './jabber.js'
import { PLACE } from './places.js'
import { Polarity } from './polarity.js'

const { ECON1, EIR, MACON3 } = PLACE
const { PRST, PLOOPBK, PPWRSV, PDPXMD } = PHY_BITS.PHCON1
const { FRCLNK, TXDIS, HDLDIS, JABBER } = PHY_BITS.PHCON2

/** How long PHCON1.PRST reads 1; the data sheet does not say. */
const PHY_RESET_TIME = 100 * MICROSECOND

/** Does PHLCON ask for an LED function or a stretch time that is reserved? */
function ledReserved(phlcon: number): boolean {
  const { LACFG, LBCFG, LFRQ } = PHY_BITS.PHLCON
  const reserved = (code: number) => code === 0x0 || code === 0x6 || code === 0xf
  return (phlcon & LFRQ) === LFRQ || reserved((phlcon & LACFG) >> 8) || reserved((phlcon & LBCFG) >> 4)
}

export class Phy implements EthernetReceiver {
  readonly #core: Core
  readonly #fullDuplexStrap: boolean
  readonly #link: LinkIntegrity
  readonly #jabber: Jabber
  readonly #polarity = new Polarity()
  /** By PHY address; status registers are made up when they are read. */
  readonly #values = new Uint16Array(32)
  #started = false
  #resetTimer: Timer | undefined
  /** The link has been down since PHSTAT1 was last read. */
  #linkLost = true
  /** Is told when the link comes and goes. */
  readonly linkListeners = new Listeners<[up: boolean]>()
  #linkChanged = false
  #interruptPending = false
  /** The link moves because FRCLNK does, and that is not to be reported. */
  #forcing = false
  #colliding = false
  /** What comes in on the pair, and whether the MAC gets it. */
  #incoming: FrameSignal | undefined
  #delivered = false
  /** Signals that overlap it: a medium between two stations carries none, one between more may. */
  readonly #overlapping = new Set<FrameSignal>()
  /** What the MAC sends, whether it is on the pair, and whether it comes back to the MAC. */
  #outgoing: FrameSignal | undefined
  #onPair = false
  #looped = false

  constructor(core: Core, fullDuplexStrap: boolean) {
    this.#core = core
    this.#fullDuplexStrap = fullDuplexStrap
    this.#link = new LinkIntegrity({
      clock: core.clock,
      linkTestCount: core.choices.linkTestCount,
      onLink: (up) => this.#linkMoved(up),
      sendPulse: () => {
        if (this.#mayDrive && this.#outgoing === undefined) core.port.medium?.linkPulse(core.port)
      },
    })
    this.#jabber = new Jabber(core.clock, () => this.#silence())
    core.port.receiver = this
  }

  get linkState(): LinkIntegrityState {
    return this.#link.state
  }

  get linkUp(): boolean {
    return this.#link.up
  }

  get fullDuplex(): boolean {
    return (this.#values[PHY_REGISTERS.PHCON1.address] & PDPXMD) !== 0
  }

  /** Something comes in on the pair. */
  get receiving(): boolean {
    return this.#incoming !== undefined || this.#overlapping.size > 0
  }

  get transmitting(): boolean {
    return this.#outgoing !== undefined
  }

  get colliding(): boolean {
    return this.#colliding
  }

  /** A full-duplex PHY knows no collisions. */
  get reportsCollisions(): boolean {
    return !this.fullDuplex
  }

  /** Carrier sense for a half-duplex MAC: another station's signal. */
  get carrier(): boolean {
    return this.receiving
  }

  /** Value of PHLCON, for the LEDs. */
  get ledConfiguration(): number {
    return this.#values[PHY_REGISTERS.PHLCON.address]
  }

  /** The clock runs and the chip is out of reset and awake. */
  start(): void {
    if (this.#started) return
    this.#started = true
    if ((this.#values[PHY_REGISTERS.PHCON1.address] & PPWRSV) === 0) this.#link.start()
  }

  /** Asleep, in reset or without supply: silent and deaf. */
  stop(): void {
    this.#started = false
    this.#link.stop()
    this.#dropIncoming()
  }

  /** A system reset: registers, latches and the link begin again. */
  reset(): void {
    this.stop()
    const { clock, errata } = this.#core
    clock.cancel(this.#resetTimer)
    this.#resetTimer = undefined
    for (const { address, reset } of Object.values(PHY_REGISTERS)) this.#values[address] = reset
    this.#values[PHY_REGISTERS.PHID2.address] |= this.#core.choices.phyRevision
    if (this.#fullDuplexStrap !== errata.ledPolarity) this.#values[PHY_REGISTERS.PHCON1.address] |= PDPXMD
    this.#link.force(undefined)
    this.#polarity.reset()
    this.#jabber.reset()
    this.#linkLost = true
    this.#linkChanged = false
    this.#setInterrupt(false)
  }

  /** A register by MII. Reading PHIR and PHSTAT1 has its side effects here. */
  read(address: number): number {
    switch (address) {
      case PHY_REGISTERS.PHSTAT1.address: {
        const { LLSTAT, JBSTAT } = PHY_BITS.PHSTAT1
        const value =
          PHY_REGISTERS.PHSTAT1.reset | (this.#linkLost ? 0 : LLSTAT) | (this.#jabber.takeLatched() ? JBSTAT : 0)
        this.#linkLost = !this.#link.up
        return value
      }
      case PHY_REGISTERS.PHSTAT2.address: {
        const { TXSTAT, RXSTAT, COLSTAT, LSTAT, DPXSTAT, PLRITY } = PHY_BITS.PHSTAT2
        return (
          (this.transmitting ? TXSTAT : 0) |
          (this.receiving ? RXSTAT : 0) |
          (this.#colliding ? COLSTAT : 0) |
          (this.#link.up ? LSTAT : 0) |
          (this.fullDuplex ? DPXSTAT : 0) |
          (this.#polarity.reversed ? PLRITY : 0)
        )
      }
      case PHY_REGISTERS.PHIR.address: {
        const { PLNKIF, PGIF } = PHY_BITS.PHIR
        const value = (this.#linkChanged ? PLNKIF : 0) | (this.#interruptPending ? PGIF : 0)
        this.#linkChanged = false
        this.#setInterrupt(false)
        return value
      }
      default:
        return this.#values[address]
    }
  }

  /** Finds what is wrong with a write, at the instant the host asks for it. */
  judge(address: number, value: number): void {
    const register = phyRegisterAt(address)
    const { findings } = this.#core
    if (register === undefined) findings.report('phy-unimplemented-register')
    else if (((value ^ register.reset) & register.reserved) !== 0) findings.report('phy-reserved-bit')
    if (register === PHY_REGISTERS.PHCON1 && (value ^ this.#values[address]) & PDPXMD) this.duplexChanges()
    if (register === PHY_REGISTERS.PHLCON && ledReserved(value)) findings.report('led-reserved')
  }

  write(address: number, value: number): void {
    const register = phyRegisterAt(address)
    if (register === undefined) return
    const old = this.#values[address]
    const merged = value & register.writable
    if (register.writable !== 0) this.#values[address] = merged
    if (register === PHY_REGISTERS.PHCON1) this.#phcon1(value, old)
    else if (register === PHY_REGISTERS.PHCON2) this.#phcon2(merged)
    else if (register === PHY_REGISTERS.PHLCON) this.#core.leds.changed()
  }

  /** The registers as `read` would show them, without its side effects. */
  inspect(): Uint16Array {
    const values = this.#values.slice()
    const { LSTAT, DPXSTAT } = PHY_BITS.PHSTAT2
    values[PHY_REGISTERS.PHSTAT2.address] = (this.#link.up ? LSTAT : 0) | (this.fullDuplex ? DPXSTAT : 0)
    return values
  }

  /** FULDPX and PDPXMD must agree: a finding when they do not and something is about to depend on it. */
  checkDuplex(): void {
    const mac = (this.#core.registers.values[MACON3] & BITS.MACON3.FULDPX) !== 0
    if (mac !== this.fullDuplex) this.#core.findings.report('duplex-disagreement')
  }

  /** MACON3.FULDPX or PHCON1.PDPXMD has changed: not while something depends on it. */
  duplexChanges(): void {
    const { findings, receiver, registers } = this.#core
    const active = BITS.ECON1.RXEN | BITS.ECON1.TXRTS
    if ((registers.values[ECON1] & active) !== 0 || receiver.busy) findings.report('duplex-changed-while-active')
  }

  /** The MAC begins to send. */
  transmitStart(signal: FrameSignal): void {
    const core = this.#core
    const { port, errata, dropped } = core
    this.#outgoing = signal
    core.leds.activity('transmit', true)
    const phcon2 = this.#values[PHY_REGISTERS.PHCON2.address]
    const loopback = this.#loopback
    this.#onPair = this.#mayDrive && this.#link.up && !this.#jabber.silenced
    this.#jabber.transmitStart((phcon2 & JABBER) === 0, signal.bits)
    if (this.receiving && !this.fullDuplex) core.receiver.abort('receive: collision')
    if (this.#onPair) port.medium?.frameStart(port, signal)
    else if (!loopback) dropped.add(this.#silentReason(phcon2))
    if (loopback) this.#loop(signal, !core.strikes('fullDuplexLoopback', 4))
    else if (!this.fullDuplex && (phcon2 & HDLDIS) === 0)
      this.#loop(signal, !errata.halfDuplexLoopback || (this.#link.up && !core.strikes('halfDuplexLoopback', 4)))
  }

  /** The last bit of what the MAC sends has left; the signal is final. */
  transmitEnd(signal: FrameSignal): void {
    const { port, receiver, leds } = this.#core
    this.#outgoing = undefined
    this.#jabber.transmitEnd()
    leds.activity('transmit', false)
    if (this.#onPair) {
      this.#onPair = false
      this.#link.transmitted()
      port.medium?.frameEnd(port, signal)
    }
    if (this.#looped) {
      this.#looped = false
      receiver.end(signal)
    }
  }

  /** The MAC has met a collision, or it is over. */
  collision(on: boolean): void {
    this.#colliding = on
    this.#core.leds.activity('collision', on)
  }

  frameStart(signal: FrameSignal, inverted: boolean): void {
    const core = this.#core
    if (!this.#listening) {
      core.dropped.add(this.#awake ? 'receive: loopback' : 'receive: PHY off')
      return
    }
    if (this.receiving) {
      this.#overlapping.add(signal)
      core.dropped.add('receive: collision')
      core.receiver.abort('receive: collision')
      return
    }
    this.#incoming = signal
    core.leds.activity('receive', true)
    const reason = this.#lost(inverted)
    this.#delivered = reason === undefined
    if (reason !== undefined) {
      core.dropped.add(reason)
      core.receiver.carrierEvent()
      if (this.#looped) core.receiver.abort('receive: collision')
    } else core.receiver.begin(signal)
    core.transmitter.carrierStarted()
  }

  frameEnd(signal: FrameSignal, inverted: boolean): void {
    const core = this.#core
    if (signal === this.#incoming) {
      this.#incoming = undefined
      if (this.#delivered) core.receiver.end(signal)
    } else if (!this.#overlapping.delete(signal)) return
    this.#polarity.seen(inverted)
    this.#link.dataReceived()
    if (this.receiving) return
    core.leds.activity('receive', false)
    core.transmitter.carrierEnded()
  }

  linkPulse(inverted: boolean): void {
    if (!this.#listening) return
    this.#polarity.seen(inverted)
    if (!inverted || this.#polarity.reversed) this.#link.pulseReceived()
    if (this.#onPair && !this.fullDuplex && this.#core.strikes('pulseAsCollision', 8))
      this.#core.transmitter.collide(true)
  }

  /** Why what comes in does not reach the MAC; undefined: it does. */
  #lost(inverted: boolean): ChipDropReason | undefined {
    const { errata } = this.#core
    if (this.#outgoing !== undefined && !this.fullDuplex) return 'receive: collision'
    if (!this.#link.up && !errata.acceptsInLinkFail) return 'receive: no link'
    if (inverted !== this.#polarity.reversed || (inverted && errata.polarityCorrection)) return 'receive: inverted pair'
    return undefined
  }

  get #loopback(): boolean {
    return (this.#values[PHY_REGISTERS.PHCON1.address] & PLOOPBK) !== 0
  }

  /** Powered, with a clock, and not shut down by PPWRSV. */
  get #awake(): boolean {
    return this.#started && (this.#values[PHY_REGISTERS.PHCON1.address] & PPWRSV) === 0
  }

  get #listening(): boolean {
    return this.#awake && !this.#loopback
  }

  get #mayDrive(): boolean {
    return this.#listening && (this.#values[PHY_REGISTERS.PHCON2.address] & TXDIS) === 0
  }

  #silentReason(phcon2: number): ChipDropReason {
    if (this.#jabber.silenced) return 'transmit: jabber'
    return phcon2 & TXDIS ? 'transmit: driver disabled' : 'transmit: no link'
  }

  #loop(signal: FrameSignal, reliable: boolean): void {
    if (!reliable || this.receiving) {
      this.#core.dropped.add('receive: self-reception lost')
      return
    }
    this.#looped = true
    this.#core.receiver.begin(signal)
  }

  #dropIncoming(): void {
    if (!this.receiving) return
    const signal = this.#incoming
    this.#incoming = undefined
    this.#overlapping.clear()
    this.#core.leds.activity('receive', false)
    if (signal !== undefined && this.#delivered) {
      this.#core.receiver.abort('receive: no link')
      this.#core.receiver.end(signal)
    }
    this.#core.transmitter.carrierEnded()
  }

  /** Jabber has struck: the pair goes quiet although the MAC goes on. */
  #silence(): void {
    const signal = this.#outgoing
    if (signal === undefined || !this.#onPair) return
    this.#onPair = false
    this.#link.transmitted()
    signal.bits = this.#jabber.bits
    signal.intact = false
    this.#core.port.medium?.frameEnd(this.#core.port, signal)
    this.#core.dropped.add('transmit: jabber')
  }

  #phcon1(value: number, old: number): void {
    const { clock } = this.#core
    if (value & PRST) {
      this.reset()
      this.#values[PHY_REGISTERS.PHCON1.address] |= PRST
      this.#resetTimer = clock.after(PHY_RESET_TIME, () => {
        this.#values[PHY_REGISTERS.PHCON1.address] &= ~PRST
        if (this.#core.power.running) this.start()
      })
      return
    }
    const changed = value ^ old
    if (changed & PPWRSV && this.#started) {
      if (value & PPWRSV) {
        this.#link.stop()
        this.#dropIncoming()
      } else this.#link.start()
    }
    if (changed & PLOOPBK && value & PLOOPBK) {
      // The pair is no longer heard: the link goes, as it would without pulses (DS39662 3.3, PLOOPBK).
      this.#dropIncoming()
    }
    this.#core.leds.changed()
  }

  #phcon2(value: number): void {
    this.#forcing = !this.#core.choices.forcedLinkInterrupts
    this.#link.force(value & FRCLNK ? true : undefined)
    this.#forcing = false
    this.#jabber.enable((value & JABBER) === 0)
  }

  #linkMoved(up: boolean): void {
    if (!up) this.#linkLost = true
    this.#core.leds.changed()
    this.linkListeners.tell(up)
    if (this.#forcing) return
    this.#linkChanged = true
    const { PLNKIE, PGEIE } = PHY_BITS.PHIE
    const enabled = this.#values[PHY_REGISTERS.PHIE.address] & (PLNKIE | PGEIE)
    if (enabled === (PLNKIE | PGEIE)) this.#setInterrupt(true)
    else this.#core.watch.linkUnheard()
  }

  /** PHIR.PGIF, and EIR.LINKIF with it (DS39662 12.1.5). */
  #setInterrupt(pending: boolean): void {
    this.#interruptPending = pending
    const { values } = this.#core.registers
    if (pending) values[EIR] |= BITS.EIR.LINKIF
    else values[EIR] &= ~BITS.EIR.LINKIF
    this.#core.interrupts.update()
  }
}
