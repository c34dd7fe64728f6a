/** A TAP device of the kernel as a frame device: a network card whose cable ends in this machine's kernel. */

import type { FrameDevice } from '../../../firmware/hal/frame-device.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import { Tap } from './tap.js'

export class TapDevice implements FrameDevice {
  readonly address: Uint8Array
  readonly linkUp = true
  readonly tap: Tap
  readonly #arrivalListeners = new Listeners<[]>()
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined

  /**
   * @param name of the TAP device; it is made when it does not exist
   * @param address the card's own station address; one made of the name by default
   * @throws TapError that says what is missing
   */
  constructor(name: string, address: Uint8Array = stationAddress(name)) {
    this.address = address.slice()
    this.tap = new Tap(name)
    this.tap.handleFrame = (frame, more) => {
      this.#arrivalListeners.tell()
      this.handleFrame?.(frame, more)
    }
  }

  /** Is called before each frame is handed on. */
  onArrival(listener: () => void): () => void {
    return this.#arrivalListeners.add(listener)
  }

  get dropped(): Readonly<Record<string, number>> {
    const { lost } = this.tap.counters
    return lost === 0 ? {} : { 'refused by the kernel': lost }
  }

  send(frame: Uint8Array): boolean {
    return this.tap.write(frame)
  }

  close(): void {
    this.tap.close()
  }
}

/** A locally administered individual address (IEEE 802.3 3.2.3) that is the same each time for a name, and seldom for two. */
export function stationAddress(name: string): Uint8Array {
  // FNV-1a, 32 bits
  let hash = 0x811c9dc5
  for (const octet of new TextEncoder().encode(name)) hash = Math.imul(hash ^ octet, 0x01000193) >>> 0
  return Uint8Array.of(0x02, 0x4c, hash >>> 24, (hash >>> 16) & 0xff, (hash >>> 8) & 0xff, hash & 0xff)
}
