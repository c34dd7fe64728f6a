/** A box of two ports that carries frames badly: what is stored at one port is lost, repeated, changed or late at the other. */
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { ImpairedDevice, type ImpairedDeviceOptions } from './impaired-device.js'
import type { EthernetPort } from './port.js'
import { Station } from './station.js'

export interface FaultyBoxOptions extends Omit<ImpairedDeviceOptions, 'clock' | 'random'> {
  readonly clock: Clock
  readonly random: Random
  /** Frames of more octets, header included and FCS not, get lost; none by default. */
  readonly longest?: number
}

/** A port of a bridge has an address that nobody uses. */
function port(clock: Clock, random: Random, index: number): Station {
  const address = Uint8Array.of(0x02, 0x60, 0x8c, 0, 0, index)
  return new Station({ clock, random, name: `box port ${index}`, address, promiscuous: true, duplex: 'half' })
}

export class FaultyBox {
  readonly ports: readonly [EthernetPort, EthernetPort]
  readonly stations: readonly [Station, Station]
  #tooLong = 0

  constructor({ clock, random, longest = Number.POSITIVE_INFINITY, ...impairment }: FaultyBoxOptions) {
    this.stations = [port(clock, random, 1), port(clock, random, 2)]
    const [one, other] = this.stations
    this.ports = [one.port, other.port]
    // Each way has chance of its own.
    const ways = this.stations.map(
      (station, i) => new ImpairedDevice(station, { ...impairment, clock, random: random.fork(`way ${i}`) }),
    )
    for (const [from, to] of [ways, [ways[1], ways[0]]]) {
      from.handleFrame = (frame) => {
        if (frame.length > longest) this.#tooLong++
        else to.send(frame)
      }
    }
  }

  /** Frames that were longer than it carries. */
  get tooLong(): number {
    return this.#tooLong
  }
}
