/**
 * Every frame between two computers, from the card that sends it over the box on the way to the card that gets it. What is seen at one place is
 * known again at the next by its octets: nothing is told about a frame but what was seen of it.
 */
import { SentBefore } from '../../conversation/sent-before.js'
import { isSameFrame } from '../../octets.js'
import { type LadderReading, ladderReading } from './frame-reading.js'

export type EndName = 'client' | 'server'

/** What the box did with a frame. */
export type BoxDeed = 'pass' | 'drop' | 'hold' | 'twice'

/** A frame that left the box. */
export interface FlightCopy {
  readonly leavesAt: number
  /** The port could not send it: it has no link. */
  refused: boolean
  arrivedAt: number | undefined
}

export interface Flight {
  readonly id: number
  readonly from: EndName
  readonly reading: LadderReading
  /** Undefined: it was made on the way, or changed there. */
  readonly sentAt: number | undefined
  /** The sender's card took it. */
  readonly taken: boolean
  /** The sender had sent the very same part of its stream before. */
  readonly again: boolean
  /** Its number among the segments that came to the box, from 1; undefined: it is none, or has not come there. */
  number: number | undefined
  boxAt: number | undefined
  deed: BoxDeed
  readonly copies: FlightCopy[]
  readonly octets: Uint8Array
}

/** Flights that are kept. */
const MOST = 80

export class Flights {
  #flights: Flight[] = []
  #made = 0
  #numbered = 0
  #ended = 0
  readonly #sentBefore = new SentBefore()
  /** When anything was last seen, ns. */
  lastAt = 0

  get all(): readonly Flight[] {
    return this.#flights
  }

  /** The number that the next segment gets at the box. */
  get next(): number {
    return this.#numbered + 1
  }

  /** Segments that came to their end: arrived, or dropped. */
  get ended(): number {
    return this.#ended
  }

  /** A stack hands a frame to its card. @returns undefined for what a ladder does not show */
  sent(from: EndName, frame: Uint8Array, taken: boolean, now: number): Flight | undefined {
    const reading = ladderReading(frame)
    if (reading === undefined) return undefined
    this.lastAt = now
    const again =
      reading.kind === 'tcp' &&
      this.#sentBefore.isAgain(`${from} ${reading.sourcePort} ${reading.destinationPort}`, reading, reading.octets)
    return this.#add({ from, reading, sentAt: now, taken, again, octets: frame.slice() })
  }

  /** A frame came to the box. @returns undefined for what a ladder does not show */
  atBox(from: EndName, frame: Uint8Array, now: number): Flight | undefined {
    this.lastAt = now
    const known = this.#flights.find(
      (each) => each.from === from && each.boxAt === undefined && isSameFrame(each.octets, frame),
    )
    const flight = known ?? this.#foundOnTheWay(from, frame)
    if (flight === undefined) return undefined
    flight.boxAt = now
    if (flight.reading.kind !== 'arp') flight.number = ++this.#numbered
    return flight
  }

  /** The box did it away. */
  dropped(flight: Flight): void {
    flight.deed = 'drop'
    if (flight.number !== undefined) this.#ended++
  }

  /** A frame reaches a stack. */
  arrived(at: EndName, frame: Uint8Array, now: number): Flight | undefined {
    const from = at === 'client' ? 'server' : 'client'
    this.lastAt = now
    for (const flight of this.#flights) {
      if (flight.from !== from || !isSameFrame(flight.octets, frame)) continue
      const copy = flight.copies.find(({ arrivedAt, leavesAt }) => arrivedAt === undefined && leavesAt <= now)
      if (copy === undefined) continue
      copy.arrivedAt = now
      if (flight.number !== undefined) this.#ended++
      return flight
    }
    // Behind the box something made it, or changed it.
    const made = this.#foundOnTheWay(from, frame)
    if (made === undefined) return undefined
    made.boxAt = now
    made.copies.push({ leavesAt: now, refused: false, arrivedAt: now })
    if (made.reading.kind !== 'arp') this.#ended++
    return made
  }

  #foundOnTheWay(from: EndName, frame: Uint8Array): Flight | undefined {
    const reading = ladderReading(frame)
    if (reading === undefined) return undefined
    return this.#add({ from, reading, sentAt: undefined, taken: true, again: false, octets: frame.slice() })
  }

  #add(seen: Pick<Flight, 'from' | 'reading' | 'sentAt' | 'taken' | 'again' | 'octets'>): Flight {
    const flight: Flight = { ...seen, id: ++this.#made, number: undefined, boxAt: undefined, deed: 'pass', copies: [] }
    this.#flights = [...this.#flights.slice(-(MOST - 1)), flight]
    return flight
  }
}
