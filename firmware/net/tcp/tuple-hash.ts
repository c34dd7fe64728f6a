/** A keyed hash of a connection's addresses and ports, for what must not be guessed from other connections. */
import type { Random } from '../../hal/random.js'
import { type IpAddress, writeIp } from '../ip.js'
import { writeUint16, writeUint32 } from '../wire/octets.js'
import { SipHash } from './sip-hash.js'

/** Two addresses of up to 128 bits, two ports, and two words more. */
const LONGEST_INPUT = 44

export class TupleHash {
  readonly #hash: SipHash
  readonly #input = new Uint8Array(LONGEST_INPUT)

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
    const input = this.#input
    const at = writeIp(remoteAddress, input, writeIp(localAddress, input, 0))
    writeUint16(input, at, localPort)
    writeUint16(input, at + 2, remotePort)
    writeUint32(input, at + 4, further)
    writeUint32(input, at + 8, further2)
    return this.#hash.hash(input, at + 12)
  }

  get high(): number {
    return this.#hash.high
  }
}
