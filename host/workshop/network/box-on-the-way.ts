/** A box of two ports between two computers. What is to become of each frame, whoever made it decides. */
import type { EthernetPort } from '../../../boards/ethernet/port.js'
import { Station } from '../../../boards/ethernet/station.js'
import type { Clock } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'

export interface BoxOptions {
  readonly clock: Clock
  readonly random: Random
  /** A frame came whole to port 0 or 1; the octets are valid during the call. */
  readonly arrives: (frame: Uint8Array, port: 0 | 1) => void
}

export class BoxOnTheWay {
  readonly ports: readonly [EthernetPort, EthernetPort]
  readonly #stations: readonly [Station, Station]
  readonly #clock: Clock
  #held = 0
  /** How often it forgot what it held. */
  #life = 0

  constructor({ clock, random, arrives }: BoxOptions) {
    this.#clock = clock
    const port = (index: 0 | 1) => {
      const address = Uint8Array.of(0x02, 0x60, 0x8c, 0, 1, index)
      const name = `box port ${index}`
      const station = new Station({ clock, random, name, address, promiscuous: true, duplex: 'half' })
      station.handleFrame = (frame) => arrives(frame, index)
      return station
    }
    this.#stations = [port(0), port(1)]
    this.ports = [this.#stations[0].port, this.#stations[1].port]
  }

  /** Both its links are up. */
  get linkUp(): boolean {
    return this.#stations.every(({ linkUp }) => linkUp)
  }

  /** Frames that it holds now. */
  get held(): number {
    return this.#held
  }

  /** Frames on their way out of its ports. */
  get pending(): number {
    return this.#stations[0].pending + this.#stations[1].pending
  }

  /** What it holds goes nowhere. */
  forget(): void {
    this.#life++
    this.#held = 0
  }

  /** Sends a frame out of a port, `delay` nanoseconds from now, and then tells whether the port took it. */
  pass(frame: Uint8Array, port: 0 | 1, delay: number, left: (taken: boolean) => void): void {
    const copy = frame.slice()
    const life = this.#life
    this.#held++
    this.#clock.after(delay, () => {
      if (life !== this.#life) return
      this.#held--
      left(this.#stations[port].send(copy))
    })
  }

  /** It is taken away: its ports fall silent. */
  remove(): void {
    for (const station of this.#stations) station.powerOff()
  }
}
