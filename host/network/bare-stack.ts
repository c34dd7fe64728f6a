/** `stack:`, our TCP/IP stack on TAP devices, without a board. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { Stack } from '../../firmware/net/stack.js'
import { RealClock } from '../serial/real-clock.js'
import { CaptureDevice } from './capture-device.js'
import { SystemRandom } from './system-random.js'
import { TapDevice } from './tap-device.js'
import { failure, type Uplink, type UplinkOptions } from './uplink.js'

export interface BareStackOptions extends UplinkOptions {
  /** Routes between its wires. */
  readonly forwarding: boolean
}

/** @throws TapError when a device cannot be had */
export function bareStack(options: BareStackOptions): Uplink {
  const { wires, gateway, memory, seed, forwarding } = options
  const clock = new RealClock()
  const stack = new Stack({
    clock,
    random: seed === undefined ? new SystemRandom() : new SeededRandom(seed),
    name: 'stack',
    forwarding,
    ...(memory === undefined ? {} : { memory }),
  })
  const { failed, fail } = failure()
  const taps: TapDevice[] = []
  const devices = new Map<string, CaptureDevice>()
  const close = async (): Promise<void> => {
    for (const tap of taps) tap.close()
    clock.close()
  }
  try {
    for (const { tap: name, address } of wires) {
      const tap = new TapDevice(name)
      taps.push(tap)
      tap.tap.onError = fail
      const device = new CaptureDevice(tap)
      devices.set(name, device)
      stack.addInterface({
        name,
        device,
        ...(address === undefined ? {} : { address }),
        ...(gateway === undefined ? {} : { gateway }),
      })
    }
  } catch (error) {
    void close()
    throw error
  }
  return { stack, clock, devices, linkUp: true, failed, describe: () => ({}), close }
}
