import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { TestDevice } from '../../test/support/network.js'
import { Stack } from '../stack.js'
import { formatIpv4, ipv4 } from './address.js'

/** RFC 1122 3.2.1.3, RFC 5735 3, and for the last two RFC 950 2.1, RFC 919 7. */
const IMPOSSIBLE: readonly (readonly [string, RegExp])[] = [
  ['0.0.0.0/24', /no host has one of 0\.0\.0\.0\/8/],
  ['0.1.2.3/8', /no host has one of 0\.0\.0\.0\/8/],
  ['127.0.0.1/8', /127\.0\.0\.0\/8 is every host to itself/],
  ['127.9.9.9/32', /127\.0\.0\.0\/8 is every host to itself/],
  ['224.0.0.1/24', /multicast/],
  ['239.255.255.255/32', /multicast/],
  ['240.0.0.1/24', /240\.0\.0\.0\/4/],
  ['255.255.255.255/32', /240\.0\.0\.0\/4/],
  ['10.0.0.255/24', /broadcast/],
  ['10.0.3.255/22', /broadcast/],
  ['10.0.0.3/30', /broadcast/],
  ['10.0.0.0/24', /address of the network itself/],
  ['10.0.0.4/30', /address of the network itself/],
]

function bench() {
  const stack = new Stack({ clock: new Scheduler(), random: new SeededRandom(1) })
  return { stack, device: new TestDevice() }
}

describe('an address that no interface can have', () => {
  it.each(IMPOSSIBLE)('is refused: %s', (address, why) => {
    const { stack, device } = bench()
    expect(() => stack.addInterface({ name: 'eth0', device, address })).toThrow(why)
    expect(() => stack.addInterface({ name: 'eth0', device, address })).toThrow(
      `an interface cannot have the address ${address}`,
    )
    expect(stack.interfaces).toEqual([])
    expect(device.handleFrame).toBeUndefined()
    const added = stack.addInterface({ name: 'eth0', device, address: '10.9.0.1/24' })
    expect(() => added.configure(address)).toThrow(why)
    expect(() => added.addAddress(address)).toThrow(why)
    expect(() => added.claim(address, undefined, () => {})).toThrow(why)
    expect(added.addresses).toEqual([{ address: ipv4('10.9.0.1'), prefixLength: 24 }])
  })

  it('is refused as a value, too, and so is an invalid prefix', () => {
    const { stack, device } = bench()
    const address = ipv4('10.9.0.1')
    for (const prefixLength of [-1, 33, 23.5, Number.NaN])
      expect(() => stack.addInterface({ name: 'eth0', device, address: { address, prefixLength } })).toThrow(
        `a prefix length is 0 to 32, not ${prefixLength}`,
      )
  })
})

it.each([
  '10.0.0.0/31',
  '10.0.0.1/31',
  '10.0.0.255/32',
  '10.0.1.0/22',
  '10.0.1.255/22',
  '1.0.0.1/8',
  '223.255.255.254/24',
])('%s is a host (RFC 3021, RFC 4632)', (address) => {
  const { stack, device } = bench()
  const added = stack.addInterface({ name: 'eth0', device, address })
  expect(`${formatIpv4(added.address)}/${added.prefixLength}`).toBe(address)
})

it.each([
  ['0.0.0.0', /no host has one of/],
  ['255.255.255.255', /no host has one of/],
  ['224.0.0.2', /multicast/],
  ['127.0.0.1', /every host to itself/],
  ['10.0.0.1', /own address/],
  ['10.0.0.0', /network itself/],
  ['10.0.0.255', /broadcast/],
])('%s is refused as a gateway', (gateway, why) => {
  const { stack, device } = bench()
  expect(() => stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24', gateway })).toThrow(why)
  expect(stack.interfaces).toEqual([])
  const added = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24', gateway: '10.0.0.2' })
  expect(() => added.configure('10.0.0.1/24', [ipv4('10.0.0.3'), ipv4(gateway)])).toThrow(
    `${gateway} cannot be a gateway`,
  )
  expect(added.gateway).toBe(ipv4('10.0.0.2'))
})

it.each(['10.0.0.1', '10.0.0.7', '10.0.0.0', '10.0.0.255'])('%s is refused as the router of a route', (gateway) => {
  const { stack, device } = bench()
  stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24' }).addAddress('10.0.0.7/24')
  expect(() => stack.addRoute('172.16.0.0/12', gateway)).toThrow(`${gateway} cannot be a gateway`)
  expect(() => stack.addRoute('172.16.0.0/12', '10.0.0.2')).not.toThrow()
})
