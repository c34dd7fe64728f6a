/** A frame device around a frame device that keeps every frame: what the device below took, and what it received. */
import type { FrameDevice } from '../../firmware/hal/frame-device.js'

/** `inbound`: the device received it. The octets are valid during the call. */
export type FrameListener = (direction: 'inbound' | 'outbound', frame: Uint8Array) => void

export class CaptureDevice implements FrameDevice {
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly #device: FrameDevice
  readonly #listeners = new Set<FrameListener>()

  constructor(device: FrameDevice) {
    this.#device = device
    device.handleFrame = (frame, more) => {
      for (const listener of this.#listeners) listener('inbound', frame)
      this.handleFrame?.(frame, more)
    }
    device.handleLink = (up) => this.handleLink?.(up)
  }

  get address(): Uint8Array {
    return this.#device.address
  }

  get linkUp(): boolean {
    return this.#device.linkUp
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.#device.dropped
  }

  send(frame: Uint8Array): boolean {
    const taken = this.#device.send(frame)
    if (taken) for (const listener of this.#listeners) listener('outbound', frame)
    return taken
  }

  /** Returns what takes the listener off again. */
  listen(listener: FrameListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
