/** What tshark makes of the frames that the network layer sends. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { dissect } from '../../test/setup/dissect.js'
import {
  arpFrame,
  echoFrame,
  fragmentFrames,
  icmpMessage,
  ipv4Frame,
  numbered,
  TestDevice,
} from '../../test/support/network.js'
import { SECOND } from '../hal/clock.js'
import { Stack } from '../stack.js'
import { ipv4 } from './address.js'
import { emitIgmp, IGMP_QUERY } from './wire/igmp.js'

const JUDGEMENT = [
  '_ws.malformed',
  '_ws.expert.message',
  'ip.checksum.status',
  'icmp.checksum.status',
  'igmp.checksum.status',
]
/** Status of a checksum: 1 is good; a message without has none. A quoted header has one, too. */
const GOOD = /^(1(,1)*)?$/

function bench() {
  const clock = new Scheduler()
  const device = new TestDevice()
  const far = new TestDevice(Uint8Array.of(2, 0, 0, 0, 1, 1))
  const stack = new Stack({ clock, random: new SeededRandom(1), forwarding: true })
  const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24' })
  stack.addInterface({ name: 'eth1', device: far, address: '10.1.0.1/24', mtu: 576 })
  device.inject(arpFrame())
  far.inject(arpFrame({ from: Uint8Array.of(2, 0, 0, 0, 1, 2), sender: '10.1.0.2', target: '10.1.0.1' }))
  device.take()
  far.take()
  return { clock, device, far, stack, network }
}

/** What tshark says about the quoted datagrams, which were made so. */
const QUOTED = ['"Time To Live" only 1', 'Pointer points before first address']

/** Asks for fields beside the judgement, and expects that nothing is wrong. */
function judge(frames: readonly Uint8Array[], fields: readonly string[], remarks: readonly string[] = []): string[][] {
  const rows = dissect(frames, [...JUDGEMENT, ...fields])
  expect(rows.length).toBe(frames.length)
  rows.forEach(([malformed, remark, ...checksums], i) => {
    expect(malformed, `frame ${i}`).toBe('')
    if (!remarks.includes(remark)) expect(remark, `frame ${i}`).toBe('')
    for (const status of checksums.slice(0, 3)) expect(status, `frame ${i}`).toMatch(GOOD)
  })
  return rows.map((row) => row.slice(JUDGEMENT.length))
}

describe('tshark', () => {
  it('puts our fragments together, and finds an echo of 64 KiB in them', () => {
    const { device, stack } = bench()
    for (const size of [1472, 1473, 4000, 65_507]) {
      stack.ping('10.0.0.2', { size }, () => {})
      const rows = judge(device.take(), ['ip.reassembled.length', 'data.len', 'icmp.type'])
      const [reassembled, data, type] = rows.at(-1)!
      expect([reassembled, data, type]).toEqual([size > 1472 ? `${size + 8}` : '', `${size}`, '8'])
    }
  })

  it('puts together what our router cut, options and all', () => {
    const { device, far } = bench()
    const message = icmpMessage(8, 0, 0x00010002, numbered(3000))
    const options = [7, 7, 4, 0, 0, 0, 0, 148, 4, 0, 0, 0]
    const fields = { protocol: 1, destination: '10.1.0.2', options }
    for (const frame of fragmentFrames(message, 1400, fields)) device.inject(frame)
    const rows = judge(far.take(), ['ip.reassembled.length', 'ip.rec_rt', 'ip.ttl'])
    expect(rows.at(-1)?.[0]).toBe('3008')
    expect(rows[0].slice(1)).toEqual(['10.1.0.1', '63'])
  })

  it('reads our ICMP errors, and in them what they are about', () => {
    const { clock, device } = bench()
    const payload = numbered(600)
    device.inject(ipv4Frame({ protocol: 99, payload }))
    device.inject(ipv4Frame({ destination: '10.1.0.2', timeToLive: 1, payload }))
    device.inject(ipv4Frame({ destination: '10.1.0.2', dontFragment: true, payload }))
    device.inject(ipv4Frame({ destination: '99.9.9.9', payload }))
    device.inject(ipv4Frame({ options: [7, 7, 3, 0, 0, 0, 0, 0], payload }))
    device.inject(ipv4Frame({ options: [131, 7, 4, 10, 0, 0, 2, 0], payload }))
    device.inject(ipv4Frame({ payload: numbered(800), moreFragments: true }))
    clock.runFor(50 * SECOND)
    device.inject(arpFrame())
    clock.runFor(11 * SECOND)
    const errors = device.take().filter((frame) => frame[12] === 8 && frame[13] === 0)
    const rows = judge(errors, ['icmp.type', 'icmp.code', 'icmp.mtu', 'icmp.pointer'], QUOTED)
    expect(rows.map((row) => row.join(' ').trim())).toEqual([
      '3 2',
      '11 0',
      '3 4 576',
      '3 0',
      '12 0  22',
      '3 5',
      '11 1',
    ])
  })

  it('reads our reports and leaves, with their router alert', () => {
    const { clock, device, stack } = bench()
    stack.igmp.join(ipv4('239.1.2.3'))
    stack.igmp.leave(ipv4('239.1.2.3'))
    const query = new Uint8Array(8)
    emitIgmp({ type: IGMP_QUERY, maximumResponse: 0, group: 0 }, query)
    device.inject(ipv4Frame({ protocol: 2, destination: '224.0.0.1', payload: query }))
    stack.igmp.join(ipv4('239.1.2.3'))
    clock.runFor(SECOND)
    const rows = judge(device.take(), ['igmp.version', 'igmp.type', 'igmp.maddr', 'ip.dst', 'ip.ttl', 'ip.opt.ra'])
    expect(rows.map((row) => row.join(' '))).toEqual([
      '2 0x16 239.1.2.3 239.1.2.3 1 0',
      '2 0x17 239.1.2.3 224.0.0.2 1 0',
      '1 0x12 239.1.2.3 239.1.2.3 1 0',
    ])
  })

  it('reads our requests, replies, probes and announcements', () => {
    const { clock, device, network, stack } = bench()
    stack.ping('10.0.0.9', {}, () => {})
    device.inject(arpFrame())
    clock.runFor(4 * SECOND)
    const asked = judge(device.take(), ['arp.opcode', 'arp.isprobe', 'arp.isannouncement'])
    expect(asked.map((row) => row.join(' ').trim())).toEqual(['1', '2', '1', '1'])
    network.claim('10.0.0.1/24', undefined, () => {})
    clock.runFor(12 * SECOND)
    const claimed = judge(device.take(), ['arp.opcode', 'arp.isprobe', 'arp.isannouncement'])
    expect(claimed.map((row) => row.join(' '))).toEqual(['1 1 ', '1 1 ', '1 1 ', '1  1', '1  1'])
  })

  it('finds the options in our echo replies', () => {
    const { device } = bench()
    device.inject(echoFrame(8, { options: [7, 11, 8, 9, 9, 9, 9, 0, 0, 0, 0, 1] }))
    device.inject(echoFrame(8, { options: [68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0] }))
    device.inject(echoFrame(8, { options: [131, 11, 12, 10, 0, 0, 8, 10, 0, 0, 2, 0] }))
    const rows = judge(device.take(), ['ip.rec_rt', 'ip.opt.time_stamp_addr', 'ip.cur_rt'])
    expect(rows).toEqual([
      ['9.9.9.9,10.0.0.1', '', ''],
      ['', '10.0.0.1', ''],
      ['', '', '10.0.0.2'],
    ])
  })
})
