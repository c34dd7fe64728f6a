/** The loopback as IPv6 sees it: ::1, and every address of this host (RFC 4291 2.5.3). */
import type { FrameBuffer } from '../frame-buffer.js'
import type { Loopback } from '../loopback.js'
import type { SendResult } from '../network-layer.js'
import { type Ipv6Address, LOOPBACK6 } from './address.js'
import type { Ipv6Link, SourceAddress } from './link.js'

export class LoopbackLink implements Ipv6Link {
  readonly name: string
  readonly mtu: number
  readonly loopback = true
  readonly sources: readonly SourceAddress[] = [{ address: LOOPBACK6, deprecated: false, temporary: false }]
  readonly hopLimit = 64
  readonly #loopback: Loopback

  constructor(loopback: Loopback) {
    this.#loopback = loopback
    this.name = loopback.name
    this.mtu = loopback.mtu
  }

  /** Nothing for a group is sent over it. */
  hears(_group: Ipv6Address): boolean {
    return false
  }

  exitTo(_destination: Ipv6Address): undefined {
    return undefined
  }

  transmit(frame: FrameBuffer, end: number): SendResult {
    return this.#loopback.transmit(frame, end)
  }
}
