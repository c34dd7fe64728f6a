/**
 * Four stations on a hub or a switch, as they are plugged together. A and D are computers with plain network cards, which send; B and C
 * are ENC28J60 chips with the driver that the boards have, because a chip shows each of its receive filters.
 */
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { Enc28j60 } from '../../../../boards/chips/enc28j60/enc28j60.js'
import { Cable } from '../../../../boards/ethernet/cable.js'
import { Hub } from '../../../../boards/ethernet/hub.js'
import type { EthernetPort } from '../../../../boards/ethernet/port.js'
import { Station } from '../../../../boards/ethernet/station.js'
import { EthernetSwitch } from '../../../../boards/ethernet/switch.js'
import type { Breakage } from '../../../../boards/faults/fault.js'
import type { SeededRandom } from '../../../../boards/simulation/random.js'
import type { Scheduler } from '../../../../boards/simulation/scheduler.js'
import { BusRunner } from '../../../../boards/spi/bus-runner.js'
import { SpiWires } from '../../../../boards/spi/spi-wires.js'
import { Enc28j60FrameDevice } from '../../../../firmware/enc28j60/frame-device.js'
import { DEFAULT_CONFIG, type ReceiveFilters } from '../../../../firmware/enc28j60/initialise.js'
import { applyBreakage } from '../../apply-breakage.js'

export const END_IDS = ['a', 'b', 'c', 'd'] as const
export type EndId = (typeof END_IDS)[number]

/** Locally administered (bit 1 of the first octet), and the last octet is the letter. */
export const FRAME_ADDRESSES: Readonly<Record<EndId, Uint8Array>> = {
  a: Uint8Array.of(0x02, 0, 0, 0, 0, 0x0a),
  b: Uint8Array.of(0x02, 0, 0, 0, 0, 0x0b),
  c: Uint8Array.of(0x02, 0, 0, 0, 0, 0x0c),
  d: Uint8Array.of(0x02, 0, 0, 0, 0, 0x0d),
}

/** One station of the network. */
export interface NetworkEnd {
  readonly id: EndId
  readonly port: EthernetPort
  readonly linkUp: boolean
  /** Frames that wait, and the one being sent. */
  readonly pending: number
  readonly dropped: Readonly<Record<string, number>>
  send(frame: Uint8Array): boolean
}

class CardEnd implements NetworkEnd {
  constructor(
    readonly id: EndId,
    readonly card: Station,
  ) {}

  get port(): EthernetPort {
    return this.card.port
  }

  get linkUp(): boolean {
    return this.card.linkUp
  }

  get pending(): number {
    return this.card.pending
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.card.dropped
  }

  send(frame: Uint8Array): boolean {
    return this.card.send(frame)
  }
}

class ChipEnd implements NetworkEnd {
  readonly #chip: Enc28j60
  readonly #device: Enc28j60FrameDevice
  /** Frames that were given to the driver. */
  #given = 0

  constructor(
    readonly id: EndId,
    clock: Scheduler,
    random: SeededRandom,
    onFrame: (frame: Uint8Array) => void,
    filters: ReceiveFilters,
  ) {
    this.#chip = new Enc28j60({ clock, random, name: id })
    const wires = new SpiWires({ chip: this.#chip, random: random.fork('wires') })
    // The bus takes no time: what a driver does is the story of another station.
    const runner = new BusRunner({ clock, bus: wires, clockRate: findBoard('uno').chip.spiClock, timed: false })
    this.#device = new Enc28j60FrameDevice({
      clock,
      runner,
      config: { ...DEFAULT_CONFIG, address: FRAME_ADDRESSES[id], filters },
      interrupt: wires.interrupt,
    })
    this.#device.handleFrame = onFrame
    this.#chip.powerOn()
    this.#device.start(() => undefined)
  }

  get port(): EthernetPort {
    return this.#chip.port
  }

  get linkUp(): boolean {
    return this.#device.linkUp
  }

  get pending(): number {
    const { statistics, dropped } = this.#device
    const lost = Object.entries(dropped).reduce((sum, [reason, n]) => sum + (reason.startsWith('transmit') ? n : 0), 0)
    return Math.max(0, this.#given - (statistics['frames sent'] ?? 0) - lost)
  }

  /** The chip's own, and those of its driver. */
  get dropped(): Readonly<Record<string, number>> {
    return { ...(this.#chip.counters.dropped as Readonly<Record<string, number>>), ...this.#device.dropped }
  }

  set filters(filters: ReceiveFilters) {
    this.#device.setFilters(filters)
  }

  send(frame: Uint8Array): boolean {
    this.#given++
    return this.#device.send(frame)
  }

  switchOff(): void {
    this.#device.abandon()
    this.#chip.powerOff()
  }
}

export interface FrameNetworkOptions {
  readonly clock: Scheduler
  readonly random: SeededRandom
  readonly box: 'hub' | 'switch'
  readonly filters: Readonly<Record<'b' | 'c', ReceiveFilters>>
  readonly breakage: Breakage
  /** A station takes a frame: destination address to the end of the padding. */
  readonly onTaken: (end: EndId, frame: Uint8Array) => void
}

export class FrameNetwork {
  readonly ends: Readonly<Record<EndId, NetworkEnd>>
  /** The card of each computer. */
  readonly cards: Readonly<Record<'a' | 'd', Station>>
  readonly hub: Hub | undefined
  readonly switch: EthernetSwitch | undefined
  readonly cables: Readonly<Record<EndId, Cable>>
  readonly #chips: Readonly<Record<'b' | 'c', ChipEnd>>
  #broken = true

  constructor({ clock, random, box, filters, breakage, onTaken }: FrameNetworkOptions) {
    const card = (id: EndId, options: Breakage['peer'] = {}) => {
      const { duplex = 'half', silent, only100 } = options
      const station = new Station({
        clock,
        random: random.fork(id),
        name: id,
        address: FRAME_ADDRESSES[id],
        duplex,
        ...(silent === undefined ? {} : { silent }),
        ...(only100 === undefined ? {} : { only100 }),
      })
      station.handleFrame = (frame) => onTaken(id, frame)
      return station
    }
    const chip = (id: 'b' | 'c') => new ChipEnd(id, clock, random.fork(id), (frame) => onTaken(id, frame), filters[id])
    this.cards = { a: card('a', breakage.peer), d: card('d') }
    this.#chips = { b: chip('b'), c: chip('c') }
    const { a, d } = this.cards
    this.ends = { a: new CardEnd('a', a), b: this.#chips.b, c: this.#chips.c, d: new CardEnd('d', d) }
    // What A sends is looked at where it arrives, at the box; of the others, what they receive: both go from end b to end a.
    const cable = (id: EndId) =>
      new Cable({ clock, random: random.fork(`cable ${id}`), length: 20, ...(id === 'b' ? breakage.cable : {}) })
    this.cables = { a: cable('a'), b: cable('b'), c: cable('c'), d: cable('d') }
    const ports = END_IDS.length
    if (box === 'hub') this.hub = new Hub({ clock, ports })
    else this.switch = new EthernetSwitch({ clock, random: random.fork('switch'), ports, duplex: 'half' })
    const jacks = (this.hub ?? this.switch!).ports
    for (const [i, id] of END_IDS.entries()) {
      const { port } = this.ends[id]
      if (id === 'a') this.cables[id].plug(jacks[i], port)
      else this.cables[id].plug(port, jacks[i])
    }
    const peer = { station: a, port: a.port }
    // Families of the cable, and of the partner's card, touch nothing of a bench but these.
    applyBreakage(
      breakage,
      { cable: this.cables.b, board: this.#chips.b, peer },
      { clock, random: random.fork('breakage'), current: () => this.#broken },
    )
  }

  setFilters(id: 'b' | 'c', filters: ReceiveFilters): void {
    this.#chips[id].filters = filters
  }

  /** Of the box's port that a station is at. */
  boxLink(id: EndId): boolean {
    const port = END_IDS.indexOf(id)
    return this.hub?.linkUp(port) ?? this.switch!.station(port).linkUp
  }

  /** Frames that somebody has yet to send. */
  get pending(): number {
    const own = END_IDS.reduce((sum, id) => sum + this.ends[id].pending, 0)
    return this.switch === undefined ? own : END_IDS.reduce((sum, _, i) => sum + this.switch!.station(i).pending, own)
  }

  /** What was there is taken apart: nothing of it is heard any more. */
  takeApart(): void {
    this.#broken = false
    for (const id of END_IDS) this.cables[id].unplug()
    for (const card of Object.values(this.cards)) card.powerOff()
    for (const chip of Object.values(this.#chips)) chip.switchOff()
    this.hub?.powerOff()
    if (this.switch !== undefined) for (let i = 0; i < END_IDS.length; i++) this.switch.station(i).powerOff()
  }
}
