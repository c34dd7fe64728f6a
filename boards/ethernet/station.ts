/**
 * A plain 10BASE-T network interface card: PHY and MAC of a lab host, no register model. It follows IEEE 802.3 clauses 4
 * (MAC) and 14 (PHY), and can be set up as each kind of partner that a half-duplex chip meets in the field.
 */

import { type Clock, MICROSECOND, MILLISECOND, type Timer } from '../../firmware/hal/clock.js'
import { Tally } from '../../firmware/hal/counters.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { takeOctets } from '../../firmware/hal/octet-slab.js'
import type { Random } from '../../firmware/hal/random.js'
import { FCS_OCTETS, fcsGood, writeFcs } from './fcs.js'
import { LinkIntegrity } from './link-integrity.js'
import { BIT_TIME, type EthernetPort, type EthernetReceiver, type FrameSignal } from './port.js'
import {
  type BackOff,
  MAXIMUM_FRAME_OCTETS,
  MacTransmitter,
  MINIMUM_FRAME_OCTETS,
  type TransmitLoss,
} from './transmitter.js'
import type { JackKind } from './wiring.js'

/**
 * How the card comes to its duplex. `auto` sends fast link pulse bursts until the link is up: full duplex with a partner
 * that sends them too, half duplex by parallel detection with one that only sends link test pulses (28.2.3.1), as the
 * ENC28J60 does. The base page is sent and not read, there are no acknowledge and next pages, and the link comes up as
 * soon as the link integrity test passes.
 */
export type DuplexMode = 'auto' | 'half' | 'full'

/** Why a frame went no further. */
export type StationLoss =
  | TransmitLoss
  | 'link down'
  | 'bad length'
  | 'queue full'
  | 'runt'
  | 'FCS error'
  | 'alignment error'
  | 'too long'
  | 'collision fragment'
  | 'inverted pair'
  | 'other station'
  | 'no listener'

export interface StationOptions {
  clock: Clock
  random: Random
  /** The station address, 6 octets. */
  address: Uint8Array
  name?: string
  /** `auto` by default. */
  duplex?: DuplexMode
  /** Whether the PHY puts a receive pair right whose conductors are swapped; true by default. */
  correctsPolarity?: boolean
  /**
   * Set to 100 Mb/s by hand: it has power, sends and hears 100BASE-TX only, and to a 10BASE-T partner both its pairs are
   * silent. False by default.
   */
  only100?: boolean
  /** Its transmitter is dead: neither frames nor link test pulses leave it. False by default. */
  silent?: boolean
  /** How its jack uses its pins; `auto` by default, as cards have done since about 2000. */
  jack?: JackKind
  /** Takes frames for every station; false by default. */
  promiscuous?: boolean
  /** Frames that may wait to be sent; 64 by default. */
  queue?: number
  /** Pulses in a row that bring the link up (lc_max); 3 by default. */
  linkTestCount?: number
}

/** Pulse positions of a fast link pulse burst: 17 clock pulses 125 µs apart, data pulses between them (28.2.1.1). */
const CLOCK_PULSE_SPACING = 125 * MICROSECOND
/** Base page: selector 802.3 (D0), then 10BASE-T (D5), 10BASE-T full duplex (D6), PAUSE (D10). */
const BASE_PAGE_BITS = [0, 5, 6, 10]
const FAST_LINK_PULSES: readonly number[] = [
  ...Array.from({ length: 17 }, (_, i) => i * CLOCK_PULSE_SPACING),
  ...BASE_PAGE_BITS.map((bit) => bit * CLOCK_PULSE_SPACING + CLOCK_PULSE_SPACING / 2),
].sort((a, b) => a - b)

/** A pulse this soon after another belongs to a fast link pulse burst; link test pulses are 8 ms apart or more. */
const BURST_GAP = 2 * MILLISECOND

/** How long a card that negotiates stays silent when it lost the link, so that its partner loses it too (28.3.2: 1.2 s to 1.5 s). */
const BREAK_LINK = 1250 * MILLISECOND

const PAUSE_ADDRESS = [0x01, 0x80, 0xc2, 0x00, 0x00, 0x01]
const MAC_CONTROL = 0x8808
const PAUSE_OPCODE = 0x0001
const PAUSE_QUANTUM = 512 * BIT_TIME

export class Station implements FrameDevice {
  readonly #port: EthernetPort & { jack: JackKind }
  /** Where what it sends goes. */
  readonly #pair: EthernetPort
  readonly address: Uint8Array
  readonly link: LinkIntegrity
  readonly #clock: Clock
  readonly #fcsChance: Random
  readonly #mode: DuplexMode
  readonly #correctsPolarity: boolean
  readonly #promiscuous: boolean
  readonly #only100: boolean
  readonly #queueLimit: number
  readonly #lost = new Tally<StationLoss>()
  readonly #transmitter: MacTransmitter
  #powered = false
  #breakLink: Timer | undefined
  #burst: Timer[] = []
  #lastPulse = Number.NEGATIVE_INFINITY
  #partnerNegotiates = false
  #fullDuplex: boolean
  /** Whether the signal now on the receive pair is to be taken. */
  #taking = false
  #collisionsBefore = 0
  #framesReceived = 0

  handleFrame: ((frame: Uint8Array) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly #sentListeners = new Listeners<[]>()
  readonly #backOffListeners = new Listeners<[backOff: BackOff]>()
  /** Chance of a frame of this card to leave with a wrong FCS: what is broken is the card, and the frame is sound before it. */
  wrongFcs = 0
  /** Whether the receive pair was found with its conductors swapped. */
  polarityReversed = false

  /** @throws RangeError when the address is not an individual address of 6 octets. */
  constructor(options: StationOptions) {
    if (options.address.length !== 6 || options.address[0] & 1)
      throw new RangeError('a station address has 6 octets, and the lowest bit of the first is 0')
    this.address = options.address.slice()
    this.#clock = options.clock
    this.#fcsChance = options.random.fork(`${options.name ?? 'station'} FCS`)
    this.#mode = options.duplex ?? 'auto'
    this.#fullDuplex = this.#mode === 'full'
    this.#correctsPolarity = options.correctsPolarity ?? true
    this.#promiscuous = options.promiscuous ?? false
    this.#only100 = options.only100 ?? false
    this.#queueLimit = options.queue ?? 64
    const receiver: EthernetReceiver = {
      frameStart: (signal, inverted) => this.#frameStart(signal, inverted),
      frameEnd: (signal, inverted) => this.#frameEnd(signal, inverted),
      linkPulse: (inverted) => this.#linkPulse(inverted),
    }
    this.#port = { name: options.name ?? 'station', jack: options.jack ?? 'auto', receiver, medium: undefined }
    this.link = new LinkIntegrity({
      clock: options.clock,
      linkTestCount: options.linkTestCount ?? 3,
      onLink: (up) => this.#linkChanged(up),
      sendPulse: () => this.#sendPulse(),
    })
    // What a dead transmitter sends goes the way of what is sent with no cable plugged in.
    const nowhere: EthernetPort = { name: this.#port.name, receiver: undefined, medium: undefined }
    this.#pair = options.silent ? nowhere : this.#port
    this.#transmitter = new MacTransmitter({
      clock: options.clock,
      random: options.random.fork(`${options.name ?? 'station'} back-off`),
      port: this.#pair,
      onTransmitted: (at) => this.link.transmitted(at),
      onDone: (loss) => {
        if (loss !== undefined) this.#lost.add(loss)
        this.#sentListeners.tell()
      },
      onBackOff: (backOff) => this.#backOffListeners.tell(backOff),
    })
    this.powerOn()
  }

  /** Is called when a frame has left whole, or was given up. */
  onSent(listener: () => void): () => void {
    return this.#sentListeners.add(listener)
  }

  /** Is called when a collision is over and its frame will be tried again. */
  onBackOff(listener: (backOff: BackOff) => void): () => void {
    return this.#backOffListeners.add(listener)
  }

  /** Its RJ-45 jack. */
  get port(): EthernetPort {
    return this.#port
  }

  /** How the jack uses its pins; counts from the next plugging in. */
  set jack(kind: JackKind) {
    this.#port.jack = kind
  }

  get powered(): boolean {
    return this.#powered
  }

  get linkUp(): boolean {
    return this.link.up
  }

  /** What the link came up with; before that, what it will start with. */
  get fullDuplex(): boolean {
    return this.#fullDuplex
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.#lost.snapshot() as Record<string, number>
  }

  get framesReceived(): number {
    return this.#framesReceived
  }

  get framesSent(): number {
    return this.#transmitter.sent
  }

  /** Collisions this card took part in while sending. */
  get collisions(): number {
    return this.#transmitter.collisions
  }

  /** Frames that wait, and the one being sent. */
  get pending(): number {
    return this.#transmitter.pending
  }

  powerOn(): void {
    if (this.#powered) return
    this.#powered = true
    if (!this.#only100) this.link.start()
  }

  /** Goes silent at once: what was queued is lost and counted. */
  powerOff(): void {
    if (!this.#powered) return
    this.#powered = false
    this.#cancelBurst()
    this.#clock.cancel(this.#breakLink)
    this.link.stop()
    this.#taking = false
  }

  send(frame: Uint8Array): boolean {
    const octets = Math.max(frame.length + FCS_OCTETS, MINIMUM_FRAME_OCTETS)
    let loss: StationLoss | undefined
    if (!this.link.up) loss = 'link down'
    else if (frame.length < 14 || octets > maximumOctets(frame)) loss = 'bad length'
    else if (this.#transmitter.pending >= this.#queueLimit) loss = 'queue full'
    if (loss !== undefined) {
      this.#lost.add(loss)
      return false
    }
    const whole = takeOctets(octets)
    whole.set(frame)
    writeFcs(whole, octets - FCS_OCTETS)
    const wrong = this.wrongFcs > 0 && this.#fcsChance.float() < this.wrongFcs
    if (wrong) whole[octets - 1] ^= 0xff
    this.#transmitter.send(whole, !wrong)
    return true
  }

  /**
   * Sends octets as they are, FCS included, however short, long or wrong: what a card with a fault does. A signal longer
   * than 20 ms is jabber (14.2.1.6).
   * @returns false, counted, when the link is down or the queue is full
   */
  sendRaw(octets: Uint8Array): boolean {
    const loss = !this.link.up ? 'link down' : this.#transmitter.pending >= this.#queueLimit ? 'queue full' : undefined
    if (loss !== undefined) {
      this.#lost.add(loss)
      return false
    }
    this.#transmitter.send(octets.slice(), fcsGood(octets))
    return true
  }

  #linkChanged(up: boolean): void {
    if (up) {
      this.#cancelBurst()
      this.#fullDuplex = this.#mode === 'full' || (this.#mode === 'auto' && this.#partnerNegotiates)
      this.#transmitter.fullDuplex = this.#fullDuplex
    } else {
      this.#partnerNegotiates = false
      this.#taking = false
      const abandoned = this.#transmitter.abandon()
      if (abandoned > 0) this.#lost.add('link down', abandoned)
      if (this.#mode === 'auto' && this.#powered) {
        this.link.stop()
        this.#breakLink = this.#clock.after(BREAK_LINK, () => this.link.start())
      }
    }
    this.handleLink?.(up)
  }

  #sendPulse(): void {
    const port = this.#pair
    port.medium?.linkPulse(port)
    if (this.#mode !== 'auto' || this.link.up) return
    this.#burst = FAST_LINK_PULSES.slice(1).map((delay) => this.#clock.after(delay, () => port.medium?.linkPulse(port)))
  }

  #cancelBurst(): void {
    for (const timer of this.#burst) this.#clock.cancel(timer)
    this.#burst = []
  }

  #linkPulse(inverted: boolean): void {
    if (!this.#powered || this.#only100) return
    this.polarityReversed = inverted
    if (inverted && !this.#correctsPolarity) return
    const now = this.#clock.now
    if (now - this.#lastPulse < BURST_GAP) this.#partnerNegotiates = true
    this.#lastPulse = now
    this.link.pulseReceived()
  }

  #frameStart(_signal: FrameSignal, inverted: boolean): void {
    if (!this.#powered || this.#only100) return
    this.#taking = this.link.up && (!inverted || this.#correctsPolarity)
    this.#collisionsBefore = this.#transmitter.collisions
    this.#transmitter.carrier(true)
  }

  #frameEnd(signal: FrameSignal, inverted: boolean): void {
    if (!this.#powered || this.#only100) return
    const collided = this.#transmitter.collisions !== this.#collisionsBefore
    this.#transmitter.carrier(false)
    const usable = !inverted || this.#correctsPolarity
    if (!this.#taking) this.#lost.add(usable ? 'link down' : 'inverted pair')
    else if (collided) this.#lost.add('collision fragment')
    else this.#receive(signal)
    this.#taking = false
    if (usable) this.link.dataReceived()
  }

  #receive(signal: FrameSignal): void {
    const { octets } = signal
    const loss = this.#judge(signal)
    if (loss !== undefined) {
      this.#lost.add(loss)
      return
    }
    if (this.#fullDuplex && this.#pause(octets)) return
    this.#framesReceived++
    if (this.handleFrame === undefined) this.#lost.add('no listener')
    else this.handleFrame(octets.subarray(0, octets.length - FCS_OCTETS))
  }

  #judge(signal: FrameSignal): StationLoss | undefined {
    const { octets } = signal
    if (octets.length < MINIMUM_FRAME_OCTETS) return 'runt'
    if (!signal.intact && !fcsGood(octets)) return signal.dribbleBits > 0 ? 'alignment error' : 'FCS error'
    if (octets.length > maximumOctets(octets)) return 'too long'
    if (octets[0] & 1 || this.#promiscuous) return undefined
    for (let i = 0; i < 6; i++) if (octets[i] !== this.address[i]) return 'other station'
    return undefined
  }

  /** A PAUSE frame (IEEE 802.3 31B) ends here: nothing new is sent for the time it gives. */
  #pause(octets: Uint8Array): boolean {
    if (((octets[12] << 8) | octets[13]) !== MAC_CONTROL) return false
    if (((octets[14] << 8) | octets[15]) !== PAUSE_OPCODE) return false
    for (let i = 0; i < 6; i++) if (octets[i] !== PAUSE_ADDRESS[i]) return false
    this.#transmitter.pause(((octets[16] << 8) | octets[17]) * PAUSE_QUANTUM)
    return true
  }
}

/** The largest frame, FCS included: four octets more with a VLAN tag (802.3 3.2.7). */
function maximumOctets(octets: Uint8Array): number {
  return octets[12] === 0x81 && octets[13] === 0x00 ? MAXIMUM_FRAME_OCTETS + 4 : MAXIMUM_FRAME_OCTETS
}
