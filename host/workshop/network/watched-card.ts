/** A network card as its stack has it, with somebody who watches what passes, and a switch. */
import type { Station } from '../../../boards/ethernet/station.js'
import type { FrameDevice } from '../../../firmware/hal/frame-device.js'

export interface CardWatch {
  /** The stack hands a frame over; `taken`: the card will send it. The octets are valid during the call. */
  sends(frame: Uint8Array, taken: boolean): void
  /** A frame is about to reach the stack. */
  gets(frame: Uint8Array): void
  /** The link came up, or went. */
  link(up: boolean): void
  /** The stack has done with it what it does at once. */
  done(): void
}

export class WatchedCard implements FrameDevice {
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly #station: Station
  readonly #watch: CardWatch
  #on = true

  /** Takes the station's frames from now on. */
  constructor(station: Station, watch: CardWatch) {
    this.#station = station
    this.#watch = watch
    this.attach()
  }

  /** Its stack has the station's frames, whoever had put himself between. */
  attach(): void {
    this.#station.handleFrame = (frame) => {
      if (!this.#on) return
      this.#watch.gets(frame)
      this.handleFrame?.(frame)
      this.#watch.done()
    }
    this.#station.handleLink = (up) => {
      if (!this.#on) return
      this.#watch.link(up)
      this.handleLink?.(up)
    }
  }

  /** The computer has lost its supply: what its stack still wants to send goes nowhere. */
  switchOff(): void {
    this.#on = false
  }

  get address(): Uint8Array {
    return this.#station.address
  }

  get linkUp(): boolean {
    return this.#on && this.#station.linkUp
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.#station.dropped
  }

  send(frame: Uint8Array): boolean {
    if (!this.#on) return false
    const taken = this.#station.send(frame)
    this.#watch.sends(frame, taken)
    return taken
  }
}
