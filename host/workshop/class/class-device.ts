/** The card of a learner's stack: what it sends goes to the class wire, with its instant, and what comes from there is received. */
import type { Clock } from '../../../firmware/hal/clock.js'
import { Tally } from '../../../firmware/hal/counters.js'
import type { FrameDevice } from '../../../firmware/hal/frame-device.js'
import type { ClassSocket } from './class-socket.js'
import { writeTimed } from './message.js'

export interface ClassDeviceOptions {
  readonly clock: Clock
  readonly socket: ClassSocket
  readonly address: Uint8Array
  /** A frame passes, out of the stack or into it; the octets are valid during the call. */
  readonly passes: (frame: Uint8Array) => void
}

export class ClassDevice implements FrameDevice {
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly address: Uint8Array
  readonly #clock: Clock
  readonly #socket: ClassSocket
  readonly #passes: ClassDeviceOptions['passes']
  readonly #lost = new Tally<'link down'>()
  #linkUp = false

  constructor({ clock, socket, address, passes }: ClassDeviceOptions) {
    this.#clock = clock
    this.#socket = socket
    this.address = address
    this.#passes = passes
  }

  get linkUp(): boolean {
    return this.#linkUp
  }

  set linkUp(up: boolean) {
    if (up === this.#linkUp) return
    this.#linkUp = up
    this.handleLink?.(up)
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.#lost.snapshot() as Record<string, number>
  }

  send(frame: Uint8Array): boolean {
    if (!this.#linkUp) {
      this.#lost.add('link down')
      return false
    }
    this.#passes(frame)
    this.#socket.send(writeTimed(this.#clock.now, frame))
    return true
  }

  /** A frame came from the wire. */
  receive(frame: Uint8Array): void {
    this.#passes(frame)
    this.handleFrame?.(frame)
  }
}
