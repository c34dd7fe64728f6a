/** A keyed hash of a connection's addresses and ports, for what must not be guessed from other connections. */
import type { Random } from '../../hal/random.js'
import type { IpAddress } from '../network-layer.js'
import { SipHash } from './sip-hash.js'

export class TupleHash {
  readonly #hash: SipHash
  readonly #input = new Uint8Array(20)
  readonly #view = new DataView(this.#input.buffer)

  /** Draws a key. */
  constructor(random: Random) {
    this.#hash = SipHash.random(random)
  }

  /** Returns 32 bits, and has 32 more in `high`. */
  hash(
    localAddress: IpAddress,
    localPort: number,
    remoteAddress: IpAddress,
    remotePort: number,
    further = 0,
    further2 = 0,
  ): number {
    this.#view.setUint32(0, localAddress)
    this.#view.setUint32(4, remoteAddress)
    this.#view.setUint16(8, localPort)
    this.#view.setUint16(10, remotePort)
    this.#view.setUint32(12, further)
    this.#view.setUint32(16, further2)
    return this.#hash.hash(this.#input)
  }

  get high(): number {
    return this.#hash.high
  }
}
