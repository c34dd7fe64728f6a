/** A wire to the kernel of this computer. */
import type { ClientWire } from '../../network/client-wire.js'
import type { UplinkOptions } from '../../network/uplink.js'
import { Waiters } from '../../network/waiters.js'
import { bareStack } from './bare-stack.js'

/** On a TAP device: the kernel has the other end. @throws TapError */
export function tapWire(options: Omit<UplinkOptions, 'offers'>): ClientWire {
  const uplink = bareStack({ ...options, forwarding: false, offers: [], impairments: undefined })
  const waiters = new Waiters()
  let lost: Error | undefined
  uplink.failed.catch((error: Error) => {
    lost = error
    waiters.changed()
  })
  return {
    stack: uplink.stack,
    clock: uplink.clock,
    watches: uplink.watches,
    far: undefined,
    changed: waiters.changed,
    async until(condition, limit) {
      const holds = await waiters.until(uplink.clock, () => lost !== undefined || condition(), limit)
      if (lost !== undefined) throw lost
      return holds
    },
    close: () => uplink.close(),
  }
}
