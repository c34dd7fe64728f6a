/** The frames of one interface, under a name: for captures that are written, and those that others ask for meanwhile. */
import type { NetworkInterface } from '../../firmware/net/network-interface.js'

/** `in`: the device received it. The octets are valid during the call. */
export type FrameListener = (direction: 'in' | 'out', frame: Uint8Array) => void

export class FrameWatch {
  readonly name: string
  readonly #interface: NetworkInterface

  /** @param name what captures call the interface */
  constructor(watched: NetworkInterface, name = watched.name) {
    this.name = name
    this.#interface = watched
  }

  /** Returns the function that unsubscribes the listener. Without listeners a frame costs nothing. */
  listen(listener: FrameListener): () => void {
    return this.#interface.onTrace(listener)
  }
}
