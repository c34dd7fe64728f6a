/** The lines are those of tcpdump 4.99 for the same packets, but for IGMP's response time, which it leaves out at 10 s. */
import { describe, expect, it } from 'vitest'
import { icmpMessage, ipv4Frame, numbered } from '../../../../test/support/network.js'
import { emitIgmp } from '../igmp.js'
import { printFrame } from '../print.js'

const PORT_80 = [0, 7, 0, 80, ...numbered(20)]

function error(type: number, code: number, rest = 0, protocol = 6): string {
  const about = { source: '10.0.0.1', destination: '10.7.7.7', protocol, payload: PORT_80 }
  const quoted = ipv4Frame(about).subarray(14, 58)
  return printFrame(ipv4Frame({ protocol: 1, payload: icmpMessage(type, code, rest, quoted) }))
}

describe('a line of ICMP', () => {
  it.each([
    [3, 0, 0, 6, 'net 10.7.7.7 unreachable'],
    [3, 1, 0, 6, 'host 10.7.7.7 unreachable'],
    [3, 2, 0, 99, '10.7.7.7 protocol 99 unreachable'],
    [3, 3, 0, 6, '10.7.7.7 tcp port 80 unreachable'],
    [3, 3, 0, 17, '10.7.7.7 udp port 80 unreachable'],
    [3, 4, 1400, 6, '10.7.7.7 unreachable - need to frag (mtu 1400)'],
    [3, 4, 0, 6, '10.7.7.7 unreachable - need to frag'],
    [3, 13, 0, 6, 'host 10.7.7.7 unreachable - admin prohibited filter'],
    [3, 15, 0, 6, 'host 10.7.7.7 unreachable - precedence cutoff'],
    [4, 0, 0, 6, 'source quench'],
    [5, 0, 0x0a000009, 6, 'redirect 10.7.7.7 to net 10.0.0.9'],
    [5, 1, 0x0a000009, 6, 'redirect 10.7.7.7 to host 10.0.0.9'],
    [11, 0, 0, 6, 'time exceeded in-transit'],
    [11, 1, 0, 6, 'ip reassembly time exceeded'],
    [12, 0, 0x14000000, 6, 'parameter problem - octet 20'],
  ])('for type %i, code %i, %i of protocol %i is as tcpdump prints it', (type, code, rest, protocol, line) => {
    expect(error(type, code, rest, protocol)).toBe(`IP 10.0.0.2 > 10.0.0.1: ICMP ${line}, length 52`)
  })

  it('without the datagram that it is about says what it can', () => {
    const bare = ipv4Frame({ protocol: 1, payload: icmpMessage(3, 3, 0, numbered(20)) })
    expect(printFrame(bare)).toBe('IP 10.0.0.2 > 10.0.0.1: ICMP unreachable code 3, length 28')
  })
})

describe('a line of IGMP', () => {
  it.each([
    [0x11, 0, 0, 'igmp query v1'],
    [0x11, 100, 0, 'igmp query v2 [max resp time 10 s]'],
    [0x11, 10, 0xef010203, 'igmp query v2 [max resp time 1 s] [gaddr 239.1.2.3]'],
    [0x12, 0, 0xef010203, 'igmp v1 report 239.1.2.3'],
    [0x16, 0, 0xef010203, 'igmp v2 report 239.1.2.3'],
    [0x17, 0, 0xef010203, 'igmp leave 239.1.2.3'],
    [0x33, 0, 0, 'igmp type 0x33, length 8'],
  ])('for type %i with %i about %i', (type, maximumResponse, group, line) => {
    const payload = new Uint8Array(8)
    emitIgmp({ type, maximumResponse, group }, payload)
    expect(printFrame(ipv4Frame({ protocol: 2, payload }))).toBe(`IP 10.0.0.2 > 10.0.0.1: ${line}`)
  })
})
