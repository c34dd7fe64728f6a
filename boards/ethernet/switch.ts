/**
 * A learning switch (IEEE 802.1D 7.7 to 7.9): takes a frame whole, notes where its sender is, and passes it on to the port
 * of its destination, or to all when it does not know. Each port is a plain 10BASE-T card that listens to everything.
 *
 * Deciding takes no time: a frame leaves when its last bit has arrived. No spanning tree: do not build loops.
 */
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import { Tally } from '../../firmware/hal/counters.js'
import type { Random } from '../../firmware/hal/random.js'
import type { EthernetPort } from './port.js'
import { type DuplexMode, Station } from './station.js'

/** How long an address is remembered that is not heard again (802.1D table 7-5). */
export const AGEING_TIME = 300 * SECOND
/** Addresses remembered. */
const ADDRESS_LIMIT = 1024
/** Frames in an outgoing queue at which senders are paused, and at which they may go on. */
const PAUSE_ABOVE = 48
const RESUME_BELOW = 16
const PAUSE_TIME = 0xffff

export type SwitchLoss = 'same port' | 'reserved address' | 'group source' | 'output queue full' | 'output link down'

export interface SwitchPortCounters {
  /** Frames that came in whole, and frames that went out. */
  readonly received: number
  readonly sent: number
  readonly collisions: number
  readonly dropped: Readonly<Record<string, number>>
}

export interface SwitchOptions {
  clock: Clock
  random: Random
  /** 8 by default. */
  ports?: number
  name?: string
  /** How its ports come to their duplex; `auto` by default. */
  duplex?: DuplexMode
  /** Sends PAUSE to full-duplex senders whose frames pile up (802.3 31B); true by default. */
  flowControl?: boolean
}

interface Learned {
  port: number
  heardAt: number
}

export class EthernetSwitch {
  readonly #clock: Clock
  readonly #stations: readonly Station[]
  readonly #addresses = new Map<number, Learned>()
  readonly #lost = new Tally<SwitchLoss>()
  readonly #flowControl: boolean
  /** Ports that were told to pause for the sake of an output. */
  readonly #paused = new Map<number, Set<number>>()
  #forwarded = 0
  #flooded = 0

  /** @throws RangeError when it has fewer than two ports, or more than 250. */
  constructor({ clock, random, ports = 8, name = 'switch', duplex = 'auto', flowControl = true }: SwitchOptions) {
    if (!Number.isInteger(ports) || ports < 2 || ports > 250)
      throw new RangeError(`a switch has 2 to 250 ports; got ${ports}`)
    this.#clock = clock
    this.#flowControl = flowControl
    const unit = random.fork(name).below(0x10000)
    this.#stations = Array.from({ length: ports }, (_, i) => {
      const station = new Station({
        clock,
        random,
        name: `${name} ${i + 1}`,
        address: Uint8Array.of(0x02, 0x5c, unit >> 8, unit & 0xff, 0, i),
        duplex,
        jack: 'auto',
        promiscuous: true,
      })
      station.handleFrame = (frame) => {
        const loss = this.#receive(i, frame)
        if (loss !== undefined) this.#lost.add(loss)
      }
      station.onSent(() => this.#sent(i))
      station.handleLink = (up) => {
        if (!up) this.#forget(i)
      }
      return station
    })
  }

  get ports(): readonly EthernetPort[] {
    return this.#stations.map(({ port }) => port)
  }

  /** The card behind a port: link, duplex, counters. */
  station(port: number): Station {
    return this.#stations[port]
  }

  /** The port an address was last heard on; undefined when it is not known, or too long ago. */
  portOf(address: Uint8Array): number | undefined {
    return this.#lookup(key(address, 0))
  }

  /** What went through, and what each port received, sent and lost. */
  get counters(): {
    readonly forwarded: number
    readonly flooded: number
    readonly addresses: number
    readonly dropped: Readonly<Partial<Record<SwitchLoss, number>>>
    readonly ports: readonly SwitchPortCounters[]
  } {
    return {
      forwarded: this.#forwarded,
      flooded: this.#flooded,
      addresses: this.#addresses.size,
      dropped: this.#lost.snapshot(),
      ports: this.#stations.map(({ framesReceived, framesSent, collisions, dropped }) => ({
        received: framesReceived,
        sent: framesSent,
        collisions,
        dropped,
      })),
    }
  }

  #receive(from: number, frame: Uint8Array): SwitchLoss | undefined {
    if (frame[6] & 1) return 'group source'
    this.#learn(key(frame, 6), from)
    if (reserved(frame)) return 'reserved address'
    const to = frame[0] & 1 ? undefined : this.#lookup(key(frame, 0))
    if (to === from) return 'same port'
    if (to !== undefined) {
      this.#forwarded++
      this.#send(from, to, frame)
      return undefined
    }
    this.#flooded++
    for (let port = 0; port < this.#stations.length; port++)
      if (port !== from && this.#stations[port].linkUp) this.#send(from, port, frame)
    return undefined
  }

  #send(from: number, to: number, frame: Uint8Array): void {
    const station = this.#stations[to]
    if (!station.linkUp || !station.send(frame)) {
      this.#lost.add(station.linkUp ? 'output queue full' : 'output link down')
      return
    }
    if (!this.#flowControl || station.pending <= PAUSE_ABOVE || !this.#stations[from].fullDuplex) return
    let paused = this.#paused.get(to)
    if (paused === undefined) {
      paused = new Set()
      this.#paused.set(to, paused)
    }
    if (paused.has(from)) return
    paused.add(from)
    this.#pause(from, PAUSE_TIME)
  }

  #sent(port: number): void {
    const paused = this.#paused.get(port)
    if (paused === undefined || this.#stations[port].pending >= RESUME_BELOW) return
    this.#paused.delete(port)
    for (const each of paused) this.#pause(each, 0)
  }

  /** Asks whoever is at a port to be silent for `quanta` of 512 bit times. */
  #pause(port: number, quanta: number): void {
    const station = this.#stations[port]
    const frame = new Uint8Array(60)
    frame.set([0x01, 0x80, 0xc2, 0x00, 0x00, 0x01])
    frame.set(station.address, 6)
    frame.set([0x88, 0x08, 0x00, 0x01, quanta >> 8, quanta & 0xff], 12)
    station.send(frame)
  }

  #learn(address: number, port: number): void {
    const known = this.#addresses.get(address)
    if (known !== undefined) {
      known.port = port
      known.heardAt = this.#clock.now
      return
    }
    if (this.#addresses.size >= ADDRESS_LIMIT) this.#makeRoom()
    this.#addresses.set(address, { port, heardAt: this.#clock.now })
  }

  #lookup(address: number): number | undefined {
    const known = this.#addresses.get(address)
    if (known === undefined) return undefined
    if (this.#clock.now - known.heardAt < AGEING_TIME) return known.port
    this.#addresses.delete(address)
    return undefined
  }

  #makeRoom(): void {
    let oldest: number | undefined
    let heardAt = Number.POSITIVE_INFINITY
    for (const [address, known] of this.#addresses) {
      if (known.heardAt >= heardAt) continue
      oldest = address
      heardAt = known.heardAt
    }
    if (oldest !== undefined) this.#addresses.delete(oldest)
  }

  #forget(port: number): void {
    for (const [address, known] of this.#addresses) if (known.port === port) this.#addresses.delete(address)
    this.#paused.delete(port)
    for (const paused of this.#paused.values()) paused.delete(port)
  }
}

/** Addresses no switch passes on (802.1D table 7-10): 01-80-C2-00-00-00 to -0F. */
function reserved(frame: Uint8Array): boolean {
  return (
    frame[0] === 0x01 &&
    frame[1] === 0x80 &&
    frame[2] === 0xc2 &&
    frame[3] === 0 &&
    frame[4] === 0 &&
    (frame[5] & 0xf0) === 0
  )
}

/** An address as a number: 48 bits are exact. */
function key(octets: Uint8Array, at: number): number {
  const high = (octets[at] << 16) | (octets[at + 1] << 8) | octets[at + 2]
  const low = (octets[at + 3] << 16) | (octets[at + 4] << 8) | octets[at + 5]
  return high * 0x100_0000 + low
}
