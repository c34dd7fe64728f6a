/**
 * Packets of several sources in the order of their instants: each source tells of something somewhat later than it was, a cable when a frame
 * is over, a serial line some characters at a time, and none knows of the others.
 */
import { type Clock, MILLISECOND, type Timer } from '../../firmware/hal/clock.js'
import type { CaptureInterface, CapturePacket, PacketSink } from './pcapng.js'

/** A serial line tells of up to 16 characters at once: at 9,600 baud they take 17 ms. */
const HOLD_BACK = 25 * MILLISECOND

interface Held {
  readonly port: number
  readonly octets: Uint8Array
  readonly packet: CapturePacket
}

export class PacketOrder implements PacketSink {
  readonly #sink: PacketSink
  readonly #clock: Clock
  #held: Held[] = []
  #timer: Timer | undefined
  /** Everything before this instant has been written. */
  #written = Number.NEGATIVE_INFINITY
  /** Packets reported when what came after them had been written: they stand behind it. */
  late = 0

  /** @param clock whose instants the packets have */
  constructor(sink: PacketSink, clock: Clock) {
    this.#sink = sink
    this.#clock = clock
  }

  addInterface(description: CaptureInterface): number {
    return this.#sink.addInterface(description)
  }

  /** @param octets are kept until they are written */
  packet(port: number, octets: Uint8Array, packet: CapturePacket): void {
    if (packet.at < this.#written) this.late++
    this.#held.push({ port, octets, packet })
    this.#arm()
  }

  /** Writes what is held. */
  close(): void {
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
    this.#write(Number.POSITIVE_INFINITY)
  }

  #arm(): void {
    this.#timer ??= this.#clock.after(HOLD_BACK, () => {
      this.#timer = undefined
      this.#write(this.#clock.now - HOLD_BACK)
      if (this.#held.length > 0) this.#arm()
    })
  }

  #write(until: number): void {
    // Sorting is stable: packets of one instant stay in the order in which they were told.
    const held = this.#held.sort((a, b) => a.packet.at - b.packet.at)
    let count = 0
    while (count < held.length && held[count].packet.at <= until) count++
    this.#held = held.slice(count)
    this.#written = Math.max(this.#written, Math.min(until, this.#clock.now))
    for (const { port, octets, packet } of held.slice(0, count)) this.#sink.packet(port, octets, packet)
  }
}
