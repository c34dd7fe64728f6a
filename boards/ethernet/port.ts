/**
 * What a PHY and a medium say to each other across an RJ-45 jack. A medium (cable, hub, switch port) is on one side, a
 * PHY on the other; neither knows what the other is.
 *
 * A frame crosses as octets with exact timing: one call when its first preamble bit leaves, one when its last bit has left.
 * Whoever receives gets the same two calls, later by the propagation delay. The Manchester waveform is derived from the
 * same octets when someone looks.
 */
import type { JackKind } from './wiring.js'

/** One bit on a 10BASE-T pair, in nanoseconds (IEEE 802.3 14.3.1.2.1 by way of the 10 Mb/s rate). */
export const BIT_TIME = 100

/** Preamble and start frame delimiter, in octets (IEEE 802.3 3.2.1, 3.2.2). */
export const PREAMBLE_OCTETS = 8

/** Data on the pair from the first preamble bit to the start of idle. Made by the sender, changed by nobody else. */
export interface FrameSignal {
  /**
   * What follows the start frame delimiter: destination address to FCS. Empty when the signal ended within its preamble.
   * Final only at `frameEnd`: a collision or an abort shortens it.
   */
  octets: Uint8Array
  /** Bits after the last whole octet, 0 to 7 (dribble bits, or the end of a fragment). */
  dribbleBits: number
  /** How long the signal lasts in bit times, preamble included. Final only at `frameEnd`. */
  bits: number
  /**
   * Is true while the octets are those the sender put its FCS over: a receiver may then take the FCS as good without
   * computing it. A medium that changes an octet passes on a new signal with `intact` false.
   */
  intact: boolean
}

/** What arrives at a PHY. */
export interface EthernetReceiver {
  /** Carrier: the first bit of the preamble is at the jack. `inverted`: the conductors of the pair are swapped. */
  frameStart(signal: FrameSignal, inverted: boolean): void
  /** The last bit of the signal has passed the jack. */
  frameEnd(signal: FrameSignal, inverted: boolean): void
  /** A link test pulse (IEEE 802.3 14.2.1.1). */
  linkPulse(inverted: boolean): void
}

/** What a PHY may put on its pair. `medium` is undefined while nothing is plugged in: what is sent then goes nowhere. */
export interface EthernetPort {
  readonly name: string
  /** How the jack uses its pins; only a cable whose plugs are wired one way asks. Left out: `auto`. */
  readonly jack?: JackKind
  /** Set by the PHY. */
  receiver: EthernetReceiver | undefined
  /** Set by whatever is plugged in. */
  medium: EthernetMedium | undefined
}

/** The medium's side: called by the PHY that owns the port. */
export interface EthernetMedium {
  frameStart(from: EthernetPort, signal: FrameSignal): void
  frameEnd(from: EthernetPort, signal: FrameSignal): void
  linkPulse(from: EthernetPort): void
}
