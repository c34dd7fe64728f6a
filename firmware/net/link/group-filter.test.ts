import { expect, it } from 'vitest'
import { TestDevice } from '../../../test/support/network.js'
import { mac } from '../address.js'
import { GroupFilter } from './group-filter.js'

const A = mac('01:00:5e:00:00:01')
const B = mac('01:00:5e:01:02:03')
const C = mac('33:33:00:00:00:01')

it('a device lets pass what any EtherType wants, and each replaces its own part', () => {
  const heard: (readonly Uint8Array[])[] = []
  const device = Object.assign(new TestDevice(), { setGroups: (groups: readonly Uint8Array[]) => heard.push(groups) })
  const filter = new GroupFilter(device)
  filter.set(0x0800, [A, B])
  filter.set(0x86dd, [C])
  filter.set(0x0800, [A])
  filter.set(0x86dd, [])
  expect(heard).toEqual([[A, B], [A, B, C], [A, C], [A]])
})

it('a device without a filter needs none', () => {
  expect(() => new GroupFilter(new TestDevice()).set(0x0800, [A])).not.toThrow()
})
