/** The wire of a script: everything the stack sends comes to the script, and every neighbour it asks for answers at once. */

import { SeededRandom } from '../../boards/simulation/random.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { BROADCAST_MAC, type Ipv4Address, isMulticast, type MacAddress } from '../../firmware/net/address.js'
import type { IpAddress } from '../../firmware/net/ip.js'
import { isMulticast6 } from '../../firmware/net/ipv6/address.js'
import { STACK_MAC, type WireEnds, wireAnswer } from './neighbours.js'

export class ScriptDevice implements FrameDevice {
  readonly address = STACK_MAC
  readonly linkUp = true
  readonly dropped = {}
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly #traceListeners = new Listeners<[direction: 'inbound' | 'outbound', frame: Uint8Array]>()
  readonly #clock: Clock
  readonly #ends: WireEnds
  readonly #onSent: (frame: Uint8Array) => void

  constructor(clock: Clock, ends: WireEnds, onSent: (frame: Uint8Array) => void) {
    this.#clock = clock
    this.#ends = ends
    this.#onSent = onSent
  }

  /** Every frame, for a capture. */
  onTrace(listener: (direction: 'inbound' | 'outbound', frame: Uint8Array) => void): () => void {
    return this.#traceListeners.add(listener)
  }

  send(frame: Uint8Array): boolean {
    const copy = frame.slice()
    this.#traceListeners.tell('outbound', copy)
    const answer = wireAnswer(copy, this.#ends)
    if (answer === undefined) this.#onSent(copy)
    else if (answer !== 'nothing') this.#clock.after(0, () => this.deliver(answer))
    return true
  }

  /** Frames that have come together: the stack is told that more wait behind all but the last. */
  deliver(...frames: readonly Uint8Array[]): void {
    frames.forEach((frame, i) => {
      this.#traceListeners.tell('inbound', frame)
      this.handleFrame?.(frame, i < frames.length - 1)
    })
  }
}

/**
 * Where a datagram for an address goes on this wire (RFC 1112 6.4, RFC 2464 7).
 * @param broadcast of the stack's network
 */
export function stationOf(address: IpAddress, broadcast: Ipv4Address): MacAddress {
  if (typeof address === 'object') {
    const { word3 } = address
    if (!isMulticast6(address)) return STACK_MAC
    return Uint8Array.of(0x33, 0x33, word3 >>> 24, (word3 >>> 16) & 0xff, (word3 >>> 8) & 0xff, word3 & 0xff)
  }
  if (address === 0xffffffff || address === broadcast) return BROADCAST_MAC
  if (!isMulticast(address)) return STACK_MAC
  return Uint8Array.of(0x01, 0x00, 0x5e, (address >>> 16) & 0x7f, (address >>> 8) & 0xff, address & 0xff)
}

/** Chance of a script: the same in every run. */
export function scriptRandom(): SeededRandom {
  return new SeededRandom(1)
}
