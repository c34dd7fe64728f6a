import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { ipv4Frame, TestDevice } from '../../../test/support/network.js'
import { SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { formatMac, ipv4 } from '../address.js'
import type { IpAddress } from '../ip.js'
import { emitIgmp, IGMP_LEAVE, IGMP_QUERY, IGMP_REPORT_V2 } from '../wire/igmp.js'
import { parseIpv4Packet } from '../wire/ipv4.js'
import { PROTOCOL_IGMP } from '../wire/protocols.js'
import { VERSION_1_ROUTER_PRESENT } from './igmp.js'

const GROUP = ipv4('239.1.2.3')
const REPORT = 'IP 10.0.0.1 > 239.1.2.3: igmp v2 report 239.1.2.3'
const LEAVE = 'IP 10.0.0.1 > 224.0.0.2: igmp leave 239.1.2.3'

function bench(seed = 1) {
  const clock = new Scheduler()
  const device = new TestDevice()
  const stack = new Stack({ clock, random: new SeededRandom(seed) })
  const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24', gateway: '10.0.0.254' })
  const hear = (type: number, group: string, maximumResponse = 0, destination = '224.0.0.1', source = '10.0.0.254') => {
    const payload = new Uint8Array(8)
    emitIgmp({ type, maximumResponse, group: ipv4(group) }, payload)
    device.inject(ipv4Frame({ protocol: PROTOCOL_IGMP, source, destination, payload, timeToLive: 1 }))
  }
  const received: IpAddress[] = []
  stack.ipv4.register({ protocol: 253, receive: ({ destination }) => received.push(destination) })
  return { clock, device, stack, network, hear, received }
}

describe('IGMPv2 (RFC 2236)', () => {
  it('reports a group when it is joined, and once more within ten seconds (section 3)', () => {
    const { clock, device, stack } = bench()
    stack.igmp.join(GROUP)
    const [frame] = device.sent
    const packet = parseIpv4Packet(frame, 14)
    expect(packet).toMatchObject({ timeToLive: 1, options: Uint8Array.of(148, 4, 0, 0), destination: GROUP })
    expect(Array.from(frame.subarray(0, 6))).toEqual([1, 0, 0x5e, 1, 2, 3])
    expect(device.takeLines()).toEqual([REPORT])
    clock.runFor(10 * SECOND)
    expect(device.takeLines()).toEqual([REPORT])
    clock.runFor(100 * SECOND)
    expect(device.take()).toEqual([])
    expect(clock.nextAt).toBeUndefined()
  })

  it('leaves with its last user, to all routers', () => {
    const { clock, device, stack, network } = bench()
    stack.igmp.join(GROUP)
    stack.igmp.join(GROUP)
    device.take()
    stack.igmp.leave(GROUP)
    expect(device.take()).toEqual([])
    expect(stack.igmp.groups(network)).toEqual([GROUP])
    stack.igmp.leave(GROUP)
    expect(device.takeLines()).toEqual([LEAVE])
    expect(clock.nextAt).toBeUndefined()
    expect(() => stack.igmp.leave(GROUP)).toThrow(/join it first/)
  })

  it('answers a query within its time, at an instant that differs from host to host', () => {
    const instants = [1, 2, 3, 4, 5, 6].map((seed) => {
      const { clock, device, stack, hear } = bench(seed)
      stack.igmp.join(GROUP)
      clock.runFor(20 * SECOND)
      device.take()
      const asked = clock.now
      hear(IGMP_QUERY, '0.0.0.0', 50)
      clock.runWhile(() => device.sent.length === 0, asked + 6 * SECOND)
      expect(device.takeLines()).toEqual([REPORT])
      clock.runFor(20 * SECOND)
      expect(device.take()).toEqual([])
      return clock.now - 20 * SECOND - asked
    })
    for (const instant of instants) expect(instant).toBeLessThanOrEqual(5 * SECOND)
    expect(new Set(instants).size).toBe(6)
  })

  it('answers a query about its group, and none about another', () => {
    const { clock, device, stack, hear } = bench()
    stack.igmp.join(GROUP)
    clock.runFor(20 * SECOND)
    device.take()
    hear(IGMP_QUERY, '239.9.9.9', 10)
    clock.runFor(5 * SECOND)
    expect(device.take()).toEqual([])
    hear(IGMP_QUERY, '239.1.2.3', 10, '239.1.2.3')
    clock.runFor(SECOND)
    expect(device.takeLines()).toEqual([REPORT])
  })

  it('does not answer a query on a link where it has not joined', () => {
    const { clock, device, stack } = bench()
    const other = new TestDevice()
    stack.addInterface({ name: 'eth1', device: other, address: '10.5.0.1/24' })
    stack.igmp.join(GROUP)
    clock.runFor(20 * SECOND)
    device.take()
    const payload = new Uint8Array(8)
    emitIgmp({ type: IGMP_QUERY, maximumResponse: 10, group: 0 }, payload)
    other.inject(ipv4Frame({ protocol: PROTOCOL_IGMP, source: '10.5.0.254', destination: '224.0.0.1', payload }))
    clock.runFor(20 * SECOND)
    expect([...device.take(), ...other.take()]).toEqual([])
  })

  it('says nothing when another member’s report is heard first, and then leaves in silence (section 6)', () => {
    const { clock, device, stack, hear } = bench()
    stack.igmp.join(GROUP)
    clock.runFor(20 * SECOND)
    device.take()
    hear(IGMP_QUERY, '0.0.0.0', 100)
    hear(IGMP_REPORT_V2, '239.1.2.3', 0, '239.1.2.3', '10.0.0.7')
    clock.runFor(20 * SECOND)
    expect(device.take()).toEqual([])
    stack.igmp.leave(GROUP)
    expect(device.take()).toEqual([])
  })

  it('speaks version 1 while a router of version 1 is there, and leaves without a message (section 4)', () => {
    const { clock, device, stack, hear } = bench()
    stack.igmp.join(GROUP)
    clock.runFor(20 * SECOND)
    device.take()
    hear(IGMP_QUERY, '0.0.0.0', 0)
    clock.runFor(10 * SECOND)
    expect(device.takeLines()).toEqual(['IP 10.0.0.1 > 239.1.2.3: igmp v1 report 239.1.2.3'])
    stack.igmp.leave(GROUP)
    expect(device.take()).toEqual([])
    clock.runFor(VERSION_1_ROUTER_PRESENT)
    stack.igmp.join(GROUP)
    stack.igmp.leave(GROUP)
    expect(device.takeLines()).toEqual([REPORT, LEAVE])
  })

  it('never reports 224.0.0.1, which everyone hears without joining', () => {
    const { device, stack, hear, received, clock } = bench()
    stack.igmp.join(ipv4('224.0.0.1'))
    hear(IGMP_QUERY, '0.0.0.0', 10)
    clock.runFor(20 * SECOND)
    expect(device.take()).toEqual([])
    device.inject(ipv4Frame({ destination: '224.0.0.1' }))
    expect(received).toEqual([ipv4('224.0.0.1')])
  })

  it('hears the groups it has joined and no others, on the link where it has joined them', () => {
    const { device, stack, received } = bench()
    const other = new TestDevice()
    const second = stack.addInterface({ name: 'eth1', device: other, address: '10.5.0.1/24' })
    device.inject(ipv4Frame({ destination: '239.1.2.3' }))
    stack.igmp.join(GROUP)
    device.inject(ipv4Frame({ destination: '239.1.2.3' }))
    other.inject(ipv4Frame({ destination: '239.1.2.3', source: '10.5.0.2' }))
    expect(received).toEqual([GROUP])
    expect(stack.counters().ipv4.dropped).toEqual({ 'group not joined': 2 })
    stack.igmp.join(GROUP, second)
    other.inject(ipv4Frame({ destination: '239.1.2.3', source: '10.5.0.2' }))
    expect(received).toEqual([GROUP, GROUP])
  })

  it('hears what this host itself sends to a group that it has joined (RFC 1112 6.1)', () => {
    const { clock, device, stack, received } = bench()
    const send = () => {
      const route = stack.ipv4.route(GROUP)!
      stack.ipv4.send(route, 253, 0, { timeToLive: 1, trafficClass: 0, dontFragment: false })
      clock.runFor(0)
    }
    send()
    stack.igmp.join(GROUP)
    device.take()
    send()
    expect(received).toEqual([GROUP])
    expect(device.take().length).toBe(1)
  })

  it.each([
    ['192.168.7.1', /239.255.255.255/],
    ['255.255.255.255', /239.255.255.255/],
  ])('does not join %s', (group, message) => {
    const { stack } = bench()
    expect(() => stack.igmp.join(ipv4(group))).toThrow(message)
  })

  it('tells a device with a filter which addresses to let pass', () => {
    const { device, stack } = bench()
    const wanted: string[][] = []
    Object.assign(device, { setGroups: (addresses: Uint8Array[]) => wanted.push(addresses.map(formatMac)) })
    stack.igmp.join(GROUP)
    stack.igmp.join(ipv4('239.129.2.3'))
    stack.igmp.leave(GROUP)
    stack.igmp.leave(ipv4('239.129.2.3'))
    const [all, group] = ['01:00:5e:00:00:01', '01:00:5e:01:02:03']
    expect(wanted).toEqual([[all, group], [all, group, group], [all, group], []])
  })

  it('joins no more than 64 groups', () => {
    const { stack } = bench()
    for (let i = 0; i < 64; i++) stack.igmp.join(GROUP + i)
    expect(() => stack.igmp.join(GROUP + 64)).toThrow(/64 groups/)
  })

  it('counts what it cannot read', () => {
    const { device, stack, hear } = bench()
    device.inject(ipv4Frame({ protocol: PROTOCOL_IGMP, destination: '224.0.0.1', payload: [0x11, 0, 0] }))
    device.inject(
      ipv4Frame({ protocol: PROTOCOL_IGMP, destination: '224.0.0.1', payload: [0x11, 0, 0, 0, 0, 0, 0, 0] }),
    )
    hear(IGMP_QUERY, '10.0.0.1', 10)
    hear(0x22, '0.0.0.0')
    hear(IGMP_LEAVE, '239.1.2.3')
    expect(stack.igmp.counters.dropped).toEqual({
      'IGMP truncated': 1,
      'IGMP checksum': 1,
      'IGMP group': 1,
      'IGMP type not handled': 1,
    })
  })
})
