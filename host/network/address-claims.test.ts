import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { AddressDefence } from '../../firmware/net/link/address-conflicts.js'
import { Stack } from '../../firmware/stack.js'
import { arpFrame, TestDevice } from '../../test/support/network.js'
import { watchClaims } from './address-claims.js'

function bench(addressDefence: AddressDefence) {
  const clock = new Scheduler()
  const device = new TestDevice()
  const stack = new Stack({ clock, random: new SeededRandom(1) })
  stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24', addressDefence })
  const lines: string[] = []
  const end = watchClaims(stack, (line) => lines.push(line))
  const claim = () => device.inject(arpFrame({ sender: '10.0.0.1' }))
  return { clock, stack, lines, end, claim }
}

describe('claims to an address', () => {
  it('that is kept are reported once in ten seconds', () => {
    const { clock, lines, claim } = bench('keep')
    for (let second = 0; second < 25; second++) {
      claim()
      clock.runFor(SECOND)
    }
    expect(lines).toEqual(
      Array(3).fill('eth0: 02:00:00:00:00:02 claims the address 10.0.0.1 too; it is kept, and they were told'),
    )
  })

  it('that is given up are reported, and that it is in use again', () => {
    const { clock, lines, claim, stack } = bench('defend')
    claim()
    claim()
    clock.runFor(30 * SECOND)
    expect(lines.slice(1)).toEqual([
      'eth0: 02:00:00:00:00:02 claims the address 10.0.0.1 too; it is not used until nobody else has it',
      'eth0: nobody else has the address 10.0.0.1 any more; it is in use again',
    ])
    expect(stack.interfaces[0].addresses.length).toBe(1)
  })

  it('are reported no more when the watch has ended', () => {
    const { lines, end, claim } = bench('keep')
    end()
    claim()
    expect(lines).toEqual([])
  })
})
