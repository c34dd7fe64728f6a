/**
 * A frame device as a link: frames that arrive are judged, freed of tag and SNAP header, and handed to the handler of their EtherType;
 * frames that leave are counted. Nothing here looks at what they carry.
 */
import { Tally } from '../../hal/counters.js'
import type { FrameDevice } from '../../hal/frame-device.js'
import { Listeners } from '../../hal/listeners.js'
import { isGroupMac, MAC_OCTETS, sameMac } from '../address.js'
import { FrameBuffer } from '../frame-buffer.js'
import { ETHERNET_HEADER_OCTETS, ETHERTYPE_VLAN, LOWEST_ETHERTYPE } from '../wire/ethernet.js'
import { readUint16 } from '../wire/octets.js'
import { unwrapSnap } from '../wire/snap.js'
import type { InterfaceLoss } from './loss.js'

/**
 * Takes the frames of one EtherType. The payload is from octet 14 on, and ends at `end`; the frame is the handler's, to be written
 * to as well, until it returns.
 * @param toGroup the frame came to a group address
 * @param more the device has further frames, which follow at this same instant
 * @returns why it went no further, where that is counted here
 */
export type FrameHandler = (
  frame: FrameBuffer,
  end: number,
  toGroup: boolean,
  more: boolean,
) => InterfaceLoss | undefined

export interface EthernetLinkOptions {
  device: FrameDevice
  /** The most octets of a frame's payload. */
  mtu: number
  /** Takes frames whatever station they are for. */
  promiscuous: boolean
  /** The frames that waited in the device are through. */
  onBatchEnd(): void
}

export interface LinkCounters {
  readonly framesReceived: number
  readonly framesSent: number
  /** Ethernet headers included, without padding and FCS. */
  readonly octetsReceived: number
  readonly octetsSent: number
}

const VLAN_TAG_OCTETS = 4
const VLAN_IDENTIFIER = 0x0fff

export class EthernetLink {
  readonly device: FrameDevice
  readonly lost = new Tally<InterfaceLoss>()
  readonly #promiscuous: boolean
  readonly #onBatchEnd: () => void
  readonly #handlers = new Map<number, FrameHandler>()
  /** What arrives is copied here before anything looks at it: the device's octets are valid during the call only. */
  readonly #received: FrameBuffer
  readonly #linkListeners = new Listeners<[up: boolean]>()
  readonly #traceListeners = new Listeners<[direction: 'in' | 'out', frame: Uint8Array]>()
  /** False while frames are neither taken nor sent, but dropped and counted. */
  running = true
  #framesReceived = 0
  #framesSent = 0
  #octetsReceived = 0
  #octetsSent = 0

  /** Takes the device's `handleFrame` and `handleLink`, and runs. */
  constructor(options: EthernetLinkOptions) {
    const { device, mtu, promiscuous } = options
    this.device = device
    this.#promiscuous = promiscuous
    this.#onBatchEnd = options.onBatchEnd
    this.#received = new FrameBuffer(ETHERNET_HEADER_OCTETS + mtu)
    device.handleFrame = (frame, more) => this.#receive(frame, more === true)
    device.handleLink = (up) => this.#linkListeners.tell(up)
  }

  get counters(): LinkCounters {
    return {
      framesReceived: this.#framesReceived,
      framesSent: this.#framesSent,
      octetsReceived: this.#octetsReceived,
      octetsSent: this.#octetsSent,
    }
  }

  /** Gives the frames of an EtherType to a handler; it is the only one. */
  handle(etherType: number, handler: FrameHandler): void {
    this.#handlers.set(etherType, handler)
  }

  /** Calls `listener` when the device reports the link up or down. Returns the function that unsubscribes it. */
  onLink(listener: (up: boolean) => void): () => void {
    return this.#linkListeners.add(listener)
  }

  /**
   * Calls `listener` with each frame the device received or took, before anything looks at it. The frame is valid during the
   * call, and not to be changed. Returns the function that unsubscribes the listener.
   */
  onTrace(listener: (direction: 'in' | 'out', frame: Uint8Array) => void): () => void {
    return this.#traceListeners.add(listener)
  }

  /** Writes our address and an EtherType into the header of a frame: all but whom it is for. */
  writeHeader({ octets }: FrameBuffer, etherType: number): void {
    const mac = this.device.address
    for (let i = 0; i < MAC_OCTETS; i++) octets[MAC_OCTETS + i] = mac[i]
    octets[12] = etherType >> 8
    octets[13] = etherType
  }

  /** Sends a whole frame. @returns false where the device did not take it, which is counted */
  send(frame: Uint8Array): boolean {
    if (!this.device.send(frame)) {
      this.lost.add('refused by the device')
      return false
    }
    this.#framesSent++
    this.#octetsSent += frame.length
    if (this.#traceListeners.size > 0) this.#traceListeners.tell('out', frame)
    return true
  }

  #receive(frame: Uint8Array, more: boolean): void {
    if (!this.running) {
      this.lost.add('interface stopped')
      return
    }
    this.#framesReceived++
    this.#octetsReceived += frame.length
    if (this.#traceListeners.size > 0) this.#traceListeners.tell('in', frame)
    const loss = this.#take(frame, more)
    if (loss !== undefined) this.lost.add(loss)
    if (!more) this.#onBatchEnd()
  }

  #take(frame: Uint8Array, more: boolean): InterfaceLoss | undefined {
    if (frame.length < ETHERNET_HEADER_OCTETS) return 'frame truncated'
    if (!isGroupMac(frame) && !this.#promiscuous && !sameMac(frame, this.device.address))
      return 'frame for another station'
    const { octets } = this.#received
    const tagged = readUint16(frame, 12) === ETHERTYPE_VLAN
    if (frame.length - (tagged ? VLAN_TAG_OCTETS : 0) > octets.length) return 'frame too long'
    let end = frame.length
    if (tagged) {
      // VLAN 0 is no VLAN, only a priority (IEEE 802.1Q 6.9.1).
      if (end < ETHERNET_HEADER_OCTETS + VLAN_TAG_OCTETS) return 'frame truncated'
      if ((readUint16(frame, 14) & VLAN_IDENTIFIER) !== 0) return 'VLAN tag'
      octets.set(frame.subarray(0, 2 * MAC_OCTETS))
      octets.set(frame.subarray(2 * MAC_OCTETS + VLAN_TAG_OCTETS), 2 * MAC_OCTETS)
      end -= VLAN_TAG_OCTETS
    } else octets.set(frame)
    return this.#hand(end, more)
  }

  /** Hands over what the frame received carries. */
  #hand(end: number, more: boolean): InterfaceLoss | undefined {
    const { octets } = this.#received
    const etherType = readUint16(octets, 12)
    const handler = this.#handlers.get(etherType)
    if (handler !== undefined) return handler(this.#received, end, isGroupMac(octets), more)
    if (etherType >= LOWEST_ETHERTYPE) return 'EtherType not handled'
    const unwrapped = unwrapSnap(octets, end)
    return typeof unwrapped === 'string' ? unwrapped : this.#hand(unwrapped, more)
  }
}
