/** The transmit status vector as fields, by the table of section 11.5. */

export interface TransmitStatusVector {
  readonly byteCount: number
  readonly collisionCount: number
  readonly crcError: boolean
  readonly lengthCheckError: boolean
  readonly lengthOutOfRange: boolean
  readonly done: boolean
  readonly multicast: boolean
  readonly broadcast: boolean
  readonly deferred: boolean
  readonly excessiveDefer: boolean
  readonly excessiveCollision: boolean
  readonly lateCollision: boolean
  readonly giant: boolean
  readonly underrun: boolean
  readonly totalOnWire: number
  readonly control: boolean
  readonly pause: boolean
  readonly backpressure: boolean
  readonly vlan: boolean
  readonly reserved: number
}

export function status(octets: readonly number[]): TransmitStatusVector {
  const bit = (number: number) => ((octets[number >> 3] >> (number & 7)) & 1) === 1
  return {
    byteCount: octets[0] | (octets[1] << 8),
    collisionCount: octets[2] & 0x0f,
    crcError: bit(20),
    lengthCheckError: bit(21),
    lengthOutOfRange: bit(22),
    done: bit(23),
    multicast: bit(24),
    broadcast: bit(25),
    deferred: bit(26),
    excessiveDefer: bit(27),
    excessiveCollision: bit(28),
    lateCollision: bit(29),
    giant: bit(30),
    underrun: bit(31),
    totalOnWire: octets[4] | (octets[5] << 8),
    control: bit(48),
    pause: bit(49),
    backpressure: bit(50),
    vlan: bit(51),
    reserved: octets[6] >> 4,
  }
}

/** A success in full duplex of an ordinary 64-octet frame. */
export const GOOD: TransmitStatusVector = {
  byteCount: 64,
  collisionCount: 0,
  crcError: false,
  lengthCheckError: false,
  lengthOutOfRange: true,
  done: true,
  multicast: false,
  broadcast: false,
  deferred: false,
  excessiveDefer: false,
  excessiveCollision: false,
  lateCollision: false,
  giant: false,
  underrun: false,
  totalOnWire: 64,
  control: false,
  pause: false,
  backpressure: false,
  vlan: false,
  reserved: 0,
}
