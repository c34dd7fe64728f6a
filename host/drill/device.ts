/** The wire of a script: everything the stack sends comes to the script, and every neighbour it asks for answers at once. */

import { SeededRandom } from '../../boards/simulation/random.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { BROADCAST_MAC, type Ipv4Address, isMulticast, type MacAddress } from '../../firmware/net/address.js'
import { readUint16, readUint32, writeUint16, writeUint32 } from '../../firmware/net/wire/octets.js'

const STACK_MAC: MacAddress = Uint8Array.of(0x02, 0, 0, 0, 0, 0x01)
/** Whoever is at the other end: the gateway, and every neighbour. */
export const DRILL_PEER_MAC: MacAddress = Uint8Array.of(0x02, 0, 0, 0, 0, 0x02)
const ARP_OCTETS = 42

export class ScriptDevice implements FrameDevice {
  readonly address = STACK_MAC
  readonly linkUp = true
  readonly dropped = {}
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly #traceListeners = new Listeners<[direction: 'inbound' | 'outbound', frame: Uint8Array]>()
  readonly #clock: Clock
  readonly #own: Ipv4Address
  readonly #onSent: (frame: Uint8Array) => void

  constructor(clock: Clock, own: Ipv4Address, onSent: (frame: Uint8Array) => void) {
    this.#clock = clock
    this.#own = own
    this.#onSent = onSent
  }

  /** Every frame, for a capture. */
  onTrace(listener: (direction: 'inbound' | 'outbound', frame: Uint8Array) => void): () => void {
    return this.#traceListeners.add(listener)
  }

  send(frame: Uint8Array): boolean {
    const copy = frame.slice()
    this.#traceListeners.tell('outbound', copy)
    if (readUint16(copy, 12) === 0x0806) this.#answer(copy)
    else this.#onSent(copy)
    return true
  }

  /** Frames that have come together: the stack is told that more wait behind all but the last. */
  deliver(...frames: readonly Uint8Array[]): void {
    frames.forEach((frame, i) => {
      this.#traceListeners.tell('inbound', frame)
      this.handleFrame?.(frame, i < frames.length - 1)
    })
  }

  #answer(request: Uint8Array): void {
    const reply = wireArpReply(request, this.#own)
    if (reply !== undefined) this.#clock.after(0, () => this.deliver(reply))
  }
}

/** RFC 826, for every address but the stack's own; undefined where nothing was asked. */
export function wireArpReply(request: Uint8Array, own: Ipv4Address): Uint8Array | undefined {
  if (request.length < ARP_OCTETS || readUint16(request, 20) !== 1) return undefined
  const target = readUint32(request, 38)
  if (target === own) return undefined
  const reply = new Uint8Array(ARP_OCTETS)
  reply.set(STACK_MAC, 0)
  reply.set(DRILL_PEER_MAC, 6)
  reply.set(request.subarray(12, 20), 12)
  writeUint16(reply, 20, 2)
  reply.set(DRILL_PEER_MAC, 22)
  writeUint32(reply, 28, target)
  reply.set(request.subarray(22, 32), 32)
  return reply
}

/** Where a datagram for an address goes on this wire (RFC 1112 6.4). */
export function stationOf(address: Ipv4Address, broadcast: Ipv4Address): MacAddress {
  if (address === 0xffffffff || address === broadcast) return BROADCAST_MAC
  if (!isMulticast(address)) return STACK_MAC
  return Uint8Array.of(0x01, 0x00, 0x5e, (address >>> 16) & 0x7f, (address >>> 8) & 0xff, address & 0xff)
}

/** Chance of a script: the same in every run. */
export function scriptRandom(): SeededRandom {
  return new SeededRandom(1)
}
