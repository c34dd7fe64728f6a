/** A wire with hosts of IPv6 on it, and strangers who say what they like. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { mac } from '../../firmware/net/address.js'
import { type Ipv6Address, parseIpv6, writeIpv6 } from '../../firmware/net/ipv6/address.js'
import type { Ipv6InterfaceOptions } from '../../firmware/net/ipv6/ipv6-interface.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import { checksum } from '../../firmware/net/wire/checksum.js'
import { ipv6PseudoHeader } from '../../firmware/net/wire/pseudo-header.js'
import { Stack, type StackOptions } from '../../firmware/stack.js'

/** As it is written. */
export const ipv6 = (text: string): Ipv6Address => parseIpv6(text)!

const STRANGER = ipv6('fe80::bad')

/** A wire on which everybody hears everybody. */
export class Ipv6Wire {
  readonly frames: Uint8Array[] = []
  readonly #listeners = new Listeners<[frame: Uint8Array]>()
  readonly #devices: FrameDevice[] = []

  /** @param clock of another wire, where a router is between them */
  constructor(readonly clock = new Scheduler()) {}

  /** Calls `listener` with each frame that a device sends. Returns the function that unsubscribes the listener. */
  onFrame(listener: (frame: Uint8Array) => void): () => void {
    return this.#listeners.add(listener)
  }

  plug(address: string): FrameDevice {
    const { clock, frames } = this
    const told = this.#listeners
    const others = () => this.#devices.filter((each) => each !== device)
    const device: FrameDevice = {
      address: mac(address),
      linkUp: true,
      dropped: {},
      handleFrame: undefined,
      handleLink: undefined,
      send(frame) {
        const copy = frame.slice()
        frames.push(copy)
        told.tell(copy)
        clock.after(MILLISECOND, () => {
          for (const other of others()) other.handleFrame?.(copy)
        })
        return true
      },
    }
    this.#devices.push(device)
    return device
  }

  /** All hear a frame of somebody without a stack. */
  hear(frame: Uint8Array): void {
    for (const device of this.#devices) device.handleFrame?.(frame)
  }

  /** What somebody without a stack says, and what follows of it. */
  say(frame: Uint8Array): void {
    this.hear(frame)
    this.clock.runFor(10 * MILLISECOND)
  }

  /** A host at the wire; or, with `side: Ipv6RouterSide`, a router. */
  host(
    name: string,
    station: string,
    options: Ipv6InterfaceOptions = {},
    memory?: number,
    side: StackOptions['ipv6'] = Ipv6Side,
  ): Stack {
    const random = new SeededRandom(8200).fork(name)
    const stack = new Stack({
      clock: this.clock,
      random,
      name,
      ipv6: side,
      ...(memory === undefined ? {} : { memory }),
    })
    stack.addInterface({ name: 'eth0', device: this.plug(station), ipv6: options })
    return stack
  }
}

/** A frame of ICMPv6 from a stranger, with its checksum right. @param before headers between, the first named `next` */
export function frameOf(
  destination: Ipv6Address,
  message: readonly number[],
  { source = STRANGER, hopLimit = 255, next = 58, before = [] as readonly number[], to = '02:00:00:00:00:0a' } = {},
): Uint8Array {
  const body = Uint8Array.from(message)
  const sum = ipv6PseudoHeader(source, destination, 58, body.length)
  const own = checksum(body, 0, body.length, sum)
  body[2] = own >> 8
  body[3] = own
  const frame = new Uint8Array(54 + before.length + body.length)
  frame.set(mac(to), 0)
  frame.set(mac('02:00:00:00:ba:d0'), 6)
  frame.set([0x86, 0xdd, 0x60], 12)
  frame[18] = (before.length + body.length) >> 8
  frame[19] = before.length + body.length
  frame[20] = next
  frame[21] = hopLimit
  writeIpv6(source, frame, 22)
  writeIpv6(destination, frame, 38)
  frame.set(before, 54)
  frame.set(body, 54 + before.length)
  return frame
}
