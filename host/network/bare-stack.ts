/** `stack:`, our TCP/IP stack on TAP devices, without a board. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { Stack } from '../../firmware/net/stack.js'
import { Services } from '../../firmware/services/services.js'
import { RealClock } from '../serial/real-clock.js'
import { FrameWatch } from './frame-watch.js'
import { type Impairments, impairedWire } from './impaired-wire.js'
import { SystemRandom } from './system-random.js'
import { TapDevice } from './tap-device.js'
import { failure, type Uplink, type UplinkOptions } from './uplink.js'

/** As many frames as the kernel keeps for a TAP device (its transmit queue of 1000). */
const MOST_WAITING = 1_000

export interface BareStackOptions extends UplinkOptions {
  /** Routes between its wires. */
  readonly forwarding: boolean
  /** What the wire does to frames, both ways; undefined: nothing. */
  readonly impairments: Impairments | undefined
}

/** @throws TapError when a device cannot be had */
export function bareStack(options: BareStackOptions): Uplink {
  const { wires, gateway, memory, seed, forwarding, offers, impairments } = options
  const clock = new RealClock()
  const random = seed === undefined ? new SystemRandom() : new SeededRandom(seed)
  const stack = new Stack({
    clock,
    random,
    name: 'stack',
    forwarding,
    ...(memory === undefined ? {} : { memory }),
  })
  const { failed, fail } = failure()
  const services = new Services(stack, { wallClock: Date.now })
  const taps: TapDevice[] = []
  const watches: FrameWatch[] = []
  const close = async (): Promise<void> => {
    for (const tap of taps) tap.close()
    clock.close()
  }
  try {
    for (const { tap: name, address } of wires) {
      const tap = new TapDevice(name)
      taps.push(tap)
      tap.tap.onError = fail
      tap.onArrival = () => clock.refresh()
      const added = stack.addInterface({
        name,
        device: impairments === undefined ? tap : impairedWire(tap, clock, random.fork(`wire ${name}`), impairments),
        ...(address === undefined ? {} : { address }),
        ...(gateway === undefined ? {} : { gateway }),
      })
      watches.push(new FrameWatch(added))
    }
    for (const name of offers) services.start(name)
    clock.onTurn = () => {
      for (const { tap } of taps) tap.poll(MOST_WAITING)
    }
  } catch (error) {
    void close()
    throw error
  }
  return { stack, clock, watches, linkUp: true, failed, services, describe: () => ({}), close }
}
