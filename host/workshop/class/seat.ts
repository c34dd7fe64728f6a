/** A learner's place at the class wire: a network card of the simulator, its cable to the box, and what of it is allowed. */
import { Cable, type CableFrame } from '../../../boards/ethernet/cable.js'
import type { EthernetPort } from '../../../boards/ethernet/port.js'
import { Station } from '../../../boards/ethernet/station.js'
import type { BackOff } from '../../../boards/ethernet/transmitter.js'
import type { SeededRandom } from '../../../boards/simulation/random.js'
import type { Scheduler } from '../../../boards/simulation/scheduler.js'
import { Tally } from '../../../firmware/hal/counters.js'
import { isUsual } from '../drop-reason.js'
import { Allowance } from './allowance.js'
import { macOfSeat } from './facts.js'
import type { ClassCounters } from './from-wire.js'
import type { ClassLimits } from './limits.js'

/** Why a learner's frame never came to the card: each is counted. */
export type SeatLoss =
  | 'too many frames'
  | 'too many octets'
  | 'too many waiting'
  | 'foreign sender'
  | 'ahead of the clock'

/** Metres, and what each place is farther away: no two learners are equally far from the box. */
const NEAREST = 5
const FARTHER = 0.5

export interface SeatOptions {
  readonly clock: Scheduler
  readonly random: SeededRandom
  readonly limits: ClassLimits
  readonly place: number
  readonly port: EthernetPort
  readonly duplex: 'half' | 'full'
  /** A frame for this learner; the octets are valid during the call. */
  readonly deliver: (frame: Uint8Array) => void
  readonly link: (up: boolean) => void
  readonly backOff: (backOff: BackOff) => void
  /** A frame has left the card for the box, or the box for the card, or was cut on its way by a collision. */
  readonly crossed: (way: 'to-box' | 'from-box', frame: CableFrame) => void
}

export class Seat {
  readonly place: number
  readonly mac: Uint8Array
  readonly #clock: Scheduler
  readonly #limits: ClassLimits
  readonly #card: Station
  readonly #cable: Cable
  readonly #frames: Allowance
  readonly #octets: Allowance
  readonly #lost = new Tally<SeatLoss>()
  /** When the last of its frames goes to the card. */
  #lastAt = 0
  #waiting = 0
  #late = 0
  #out = false

  constructor({ clock, random, limits, place, port, duplex, deliver, link, backOff, crossed }: SeatOptions) {
    this.place = place
    this.mac = macOfSeat(place)
    this.#clock = clock
    this.#limits = limits
    this.#frames = new Allowance(limits.framesPerSecond, limits.framesAtOnce, clock.now)
    this.#octets = new Allowance(limits.octetsPerSecond, limits.octetsAtOnce, clock.now)
    this.#card = new Station({ clock, random, name: `place ${place}`, address: this.mac, duplex })
    this.#card.handleFrame = deliver
    this.#card.handleLink = link
    this.#card.onBackOff(backOff)
    this.#cable = new Cable({ clock, random: random.fork('cable'), length: NEAREST + FARTHER * place })
    this.#cable.onFrame((frame) => crossed(frame.direction === 'a-to-b' ? 'to-box' : 'from-box', frame))
    this.#cable.plug(this.#card.port, port)
  }

  get linkUp(): boolean {
    return this.#card.linkUp
  }

  get counters(): ClassCounters {
    const { framesSent, framesReceived, collisions, dropped } = this.#card
    const own = Object.entries(dropped).filter(([reason]) => !isUsual(reason))
    return {
      sent: framesSent,
      received: framesReceived,
      collisions,
      late: this.#late,
      dropped: { ...this.#lost.snapshot(), ...Object.fromEntries(own) },
    }
  }

  /**
   * A frame that the learner's stack sent at this instant. It goes to the card once everybody's frames of that instant have had the time to
   * come: those that were sent at once begin at once, and collide.
   * @param wait nanoseconds of the class's clock
   */
  take(at: number, frame: Uint8Array, wait: number): void {
    const loss = this.#lossOf(at, frame)
    if (loss !== undefined) {
      this.#lost.add(loss)
      return
    }
    const { now } = this.#clock
    if (at + wait < now) this.#late++
    this.#lastAt = Math.max(at + wait, now, this.#lastAt)
    const copy = frame.slice()
    this.#waiting++
    this.#clock.after(this.#lastAt - now, () => {
      this.#waiting--
      // What the card does not take it counts.
      if (!this.#out) this.#card.send(copy)
    })
  }

  #lossOf(at: number, frame: Uint8Array): SeatLoss | undefined {
    const { now } = this.#clock
    if (at > now) return 'ahead of the clock'
    if (this.mac.some((octet, i) => octet !== frame[6 + i])) return 'foreign sender'
    if (this.#waiting >= this.#limits.framesWaiting) return 'too many waiting'
    if (!this.#frames.spend(now)) return 'too many frames'
    if (!this.#octets.spend(now, frame.length)) return 'too many octets'
    return undefined
  }

  /** The cable is pulled out, and the card is gone. */
  takeOut(): void {
    this.#out = true
    this.#card.handleFrame = undefined
    this.#card.handleLink = undefined
    this.#cable.unplug()
    this.#card.powerOff()
  }
}
