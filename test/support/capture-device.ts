/** A frame device around a frame device that keeps every frame: what the device below took, and what it received. */
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { Listeners } from '../../firmware/hal/listeners.js'

/** `inbound`: the device received it. The octets are valid during the call. */
export type CapturedFrameListener = (direction: 'inbound' | 'outbound', frame: Uint8Array) => void

export class CaptureDevice implements FrameDevice {
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly #device: FrameDevice
  readonly #listeners = new Listeners<Parameters<CapturedFrameListener>>()

  constructor(device: FrameDevice) {
    this.#device = device
    device.handleFrame = (frame, more) => {
      this.#listeners.tell('inbound', frame)
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
    if (taken) this.#listeners.tell('outbound', frame)
    return taken
  }

  onTrace(listener: CapturedFrameListener): () => void {
    return this.#listeners.add(listener)
  }
}
