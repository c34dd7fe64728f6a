/**
 * What passes on the wire of a class, for the teacher's ladder: the frames that got there whole, and who collided. Bounded, for a wire may carry
 * more than anybody reads: what is passed over is counted.
 */
import type { CableFrame } from '../../../boards/ethernet/cable.js'
import { FCS_OCTETS, fcsGood } from '../../../boards/ethernet/fcs.js'
import { BIT_TIME } from '../../../boards/ethernet/port.js'
import { Allowance } from './allowance.js'
import { seatOfMac } from './facts.js'

/** Frames and collisions a second of wall time, and at once: more than a person reads. */
const PER_SECOND = 50
const AT_ONCE = 50
/** Within one slot time of each other two begin and collide (IEEE 802.3 4.2.3.2.3). */
const SLOT_TIME = 512 * BIT_TIME

/** Instants are those of the class's clock. */
export type Passing =
  | { readonly kind: 'frame'; readonly at: number; readonly frame: Uint8Array }
  | { readonly kind: 'collided'; readonly at: number; readonly seats: readonly number[] }
  | { readonly kind: 'passed over'; readonly count: number }

export class WireWatch {
  readonly #allowance: Allowance
  #fresh: Passing[] = []
  #passedOver = 0

  /** @param now of the wall clock, ns */
  constructor(now: number) {
    this.#allowance = new Allowance(PER_SECOND, AT_ONCE, now)
  }

  /** @param seat at whose cable it was seen */
  crossed(seat: number, way: 'to-box' | 'from-box', { at, sent, loss }: CableFrame, wall: number): void {
    const isWhole = loss === undefined && fcsGood(sent)
    if (way === 'from-box') {
      // What another learner sent was seen at his cable; what is left is the box's own.
      const source = sent.subarray(6, 12)
      if (isWhole && seatOfMac(source) === undefined) this.#frame(at, sent, wall)
    } else if (isWhole) {
      this.#frame(at, sent, wall)
    } else {
      this.#collided(seat, at, wall)
    }
  }

  #frame(at: number, sent: Uint8Array, wall: number): void {
    this.#add({ kind: 'frame', at, frame: sent.slice(0, -FCS_OCTETS) }, wall)
  }

  #collided(seat: number, at: number, wall: number): void {
    const last = this.#fresh.at(-1)
    // Who is in it already has tried again.
    if (last?.kind === 'collided' && Math.abs(at - last.at) <= SLOT_TIME && !last.seats.includes(seat))
      this.#fresh[this.#fresh.length - 1] = { ...last, seats: [...last.seats, seat] }
    else this.#add({ kind: 'collided', at, seats: [seat] }, wall)
  }

  #add(passing: Passing, wall: number): void {
    if (this.#allowance.spend(wall)) this.#fresh.push(passing)
    else this.#passedOver++
  }

  /** What has passed since it was asked last, in the order of time. */
  take(): readonly Passing[] {
    const fresh = this.#fresh
    if (this.#passedOver > 0) fresh.push({ kind: 'passed over', count: this.#passedOver })
    this.#fresh = []
    this.#passedOver = 0
    return fresh
  }
}
