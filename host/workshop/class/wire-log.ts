/** What passed on the wire, as a page has it: between whom, and in which words. */
import { formatIpv4, type Ipv4Address } from '../../../firmware/net/address.js'
import { parseEthernet } from '../../../firmware/net/wire/ethernet.js'
import { type FrameReading, readFrame } from '../../../firmware/net/wire/read-frame.js'
import { frameSentence } from '../network/frame-sentence.js'
import { type Told, told } from '../words/told.js'
import { type ClassBoxKind, seatOfMac } from './facts.js'
import type { ClassPerson } from './from-wire.js'

/** Passages that are kept. */
const MOST = 40

/** Somebody at a port of the box, by its number; the box itself, where it is a station; or all of them. */
export type WirePlace = number | 'box' | 'everybody'

/** A frame, a collision, or so many of both that nobody was shown. */
export interface ClassPassage {
  readonly number: number
  /** On the class's clock, ns. */
  readonly at: number
  readonly kind: 'frame' | 'collision' | 'passed over'
  /** Of a collision: all that were in it. */
  readonly from: readonly WirePlace[]
  readonly to: WirePlace | undefined
  /** Whose datagram it is, and for whom, where a router passes it on. */
  readonly behind: WirePlace | undefined
  /** A few signs, the same in every language. */
  readonly text: string
  readonly told: Told
  readonly wrong: boolean
}

export class WireLog {
  readonly #box: ClassBoxKind
  readonly #who: () => readonly ClassPerson[]
  #passages: readonly ClassPassage[] = []
  #passed = 0

  /** @param who is there, whenever it is asked */
  constructor(box: ClassBoxKind, who: () => readonly ClassPerson[]) {
    this.#box = box
    this.#who = who
  }

  get passages(): readonly ClassPassage[] {
    return this.#passages
  }

  /** @param frame without FCS; it is valid during the call */
  frame(at: number, frame: Uint8Array): void {
    const ethernet = parseEthernet(frame)
    if (ethernet === undefined) return
    const from = seatOfMac(ethernet.source) ?? 'box'
    const reading = readFrame(frame)
    const isForAll = (ethernet.destination[0] & 1) !== 0
    const to = isForAll ? this.#reached(reading, from) : (seatOfMac(ethernet.destination) ?? 'box')
    const { told: sentence, text, wrong } = frameSentence(frame)
    const named = this.#named(isForAll ? 'everybody' : to)
    const passes = told('class.passage', { from: this.#named(from), to: named, frame: sentence })
    const behind = this.#behind(reading, from, to)
    this.#add({ at, kind: 'frame', from: [from], to, behind, text, told: passes, wrong })
  }

  collision(at: number, seats: readonly number[], sentence?: Told): void {
    const names = seats.map((seat) => this.#nameOf(seat)).join(', ')
    const what = sentence ?? told('class.collided', { names })
    this.#add({
      at,
      kind: 'collision',
      from: seats,
      to: undefined,
      behind: undefined,
      text: '',
      told: what,
      wrong: true,
    })
  }

  passedOver(at: number, count: number): void {
    const what = told('class.passed-over', { count })
    this.#add({
      at,
      kind: 'passed over',
      from: [],
      to: undefined,
      behind: undefined,
      text: '',
      told: what,
      wrong: false,
    })
  }

  /** At a router a frame ends, or begins, at the box: its datagram comes from farther, or goes on. */
  #behind({ ip }: FrameReading, from: WirePlace, to: WirePlace): WirePlace | undefined {
    if (ip === undefined || (from !== 'box' && to !== 'box')) return undefined
    return this.#seatAt(from === 'box' ? ip.source : ip.destination)
  }

  /** Everybody on the network: at a router that is one learner and the router. */
  #reached({ arp }: FrameReading, from: WirePlace): WirePlace {
    if (this.#box !== 'router') return 'everybody'
    if (from !== 'box') return 'box'
    return (arp === undefined ? undefined : this.#seatAt(arp.targetAddress)) ?? 'everybody'
  }

  #seatAt(address: Ipv4Address): number | undefined {
    const text = formatIpv4(address)
    return this.#who().find((each) => each.address.split('/')[0] === text)?.seat
  }

  #named(place: WirePlace): string | Told {
    if (place === 'everybody') return told('class.ladder.everybody')
    return place === 'box' ? told(`class.box.${this.#box}`) : this.#nameOf(place)
  }

  /** One that has left is known by its place. */
  #nameOf(seat: number): string {
    return this.#who().find((each) => each.seat === seat)?.name ?? `${seat + 1}`
  }

  #add(passage: Omit<ClassPassage, 'number'>): void {
    this.#passages = [...this.#passages.slice(1 - MOST), { number: ++this.#passed, ...passage }]
  }
}
