import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { dissect } from '../../../test/setup/dissect.js'
import { emitUdp } from '../../../test/support/emit-udp.js'
import { ensure } from '../../../test/support/ensure.js'
import { ipv4, mac } from '../address.js'
import { type DhcpMessage, emitDhcp, parseDhcp } from './dhcp.js'
import { emitEthernet } from './ethernet.js'
import { emitIpv4 } from './ipv4.js'
import { printDhcp } from './print/dhcp.js'
import { PROTOCOL_UDP } from './protocols.js'
import { ipv4PseudoHeader } from './pseudo-header.js'

const CLIENT = mac('02:00:00:00:00:07')

const DISCOVER: DhcpMessage = {
  operation: 1,
  hardwareType: 1,
  hops: 0,
  transactionId: 0x3903f326,
  seconds: 0,
  broadcast: false,
  clientAddress: 0,
  yourAddress: 0,
  serverAddress: 0,
  relayAddress: 0,
  clientHardware: CLIENT,
  serverName: '',
  bootFile: '',
  options: { messageType: 1, maximumMessageSize: 576, parameterRequestList: Uint8Array.of(1, 3, 6, 15, 26) },
}

const OFFER: DhcpMessage = {
  ...DISCOVER,
  operation: 2,
  yourAddress: ipv4('10.9.0.40'),
  serverAddress: ipv4('10.9.0.1'),
  serverName: 'boothost',
  bootFile: 'image.bin',
  options: {
    messageType: 2,
    subnetMask: ipv4('255.255.255.0'),
    routers: [ipv4('10.9.0.1'), ipv4('10.9.0.254')],
    dnsServers: [ipv4('10.9.0.53')],
    hostName: 'board',
    domainName: 'lab.test',
    interfaceMtu: 1400,
    broadcastAddress: ipv4('10.9.0.255'),
    leaseTime: 3600,
    serverIdentifier: ipv4('10.9.0.1'),
    renewalTime: 1800,
    rebindingTime: 3150,
    others: [{ code: 43, octets: Uint8Array.of(1, 2, 3) }],
  },
}

function emitted(message: DhcpMessage, limit?: number): Uint8Array {
  const octets = emitDhcp(message, limit)
  if (octets === undefined) throw new Error('too long')
  return octets
}

/** A message with its options field set to these octets and nothing behind them. */
function withOptions(...octets: number[]): Uint8Array {
  const message = new Uint8Array(240 + octets.length)
  message.set(emitted(DISCOVER).subarray(0, 240))
  message.set(octets, 240)
  return message
}

function options(message: Uint8Array) {
  const parsed = parseDhcp(message)
  return typeof parsed === 'string' ? parsed : parsed.options
}

function frame(payload: Uint8Array, toServer: boolean): Uint8Array {
  const octets = new Uint8Array(42 + payload.length)
  const source = toServer ? 0 : ipv4('10.9.0.1')
  const destination = 0xffffffff
  emitEthernet({ destination: mac('ff:ff:ff:ff:ff:ff'), source: CLIENT, etherType: 0x0800 }, octets)
  const header = { trafficClass: 0, identification: 1, dontFragment: false, moreFragments: false, fragmentOffset: 0 }
  const length = 8 + payload.length
  emitIpv4({ ...header, timeToLive: 64, protocol: PROTOCOL_UDP, source, destination }, length, octets, 14)
  octets.set(payload, 42)
  const ports = toServer ? { sourcePort: 68, destinationPort: 67 } : { sourcePort: 67, destinationPort: 68 }
  emitUdp(ports, octets, 34, octets.length, (n) => ipv4PseudoHeader(source, destination, PROTOCOL_UDP, n))
  return octets
}

describe('DHCP messages (RFC 2131 2)', () => {
  it('are parsed as they were emitted, field for field', () => {
    for (const message of [DISCOVER, OFFER]) expect(parseDhcp(emitted(message))).toEqual(message)
    expect(parseDhcp(emitted({ ...DISCOVER, broadcast: true, seconds: 0xffff }))).toMatchObject({
      broadcast: true,
      seconds: 0xffff,
    })
  })

  it('have their fields where figure 1 has them', () => {
    const octets = emitted(OFFER)
    expect([...octets.subarray(0, 4)]).toEqual([2, 1, 6, 0])
    expect([...octets.subarray(4, 8)]).toEqual([0x39, 0x03, 0xf3, 0x26])
    expect([...octets.subarray(8, 16)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect([...octets.subarray(16, 20)]).toEqual([10, 9, 0, 40])
    expect([...octets.subarray(20, 28)]).toEqual([10, 9, 0, 1, 0, 0, 0, 0])
    const others = emitted({
      ...DISCOVER,
      hops: 3,
      seconds: 0x102,
      broadcast: true,
      clientAddress: ipv4('10.9.0.7'),
      relayAddress: ipv4('10.8.0.1'),
    })
    expect([...others.subarray(3, 4), ...others.subarray(8, 16)]).toEqual([3, 1, 2, 0x80, 0, 10, 9, 0, 7])
    expect([...others.subarray(24, 28)]).toEqual([10, 8, 0, 1])
    expect([...octets.subarray(28, 35)]).toEqual([2, 0, 0, 0, 0, 7, 0])
    expect(String.fromCharCode(...octets.subarray(44, 53))).toBe('boothost\0')
    expect(String.fromCharCode(...octets.subarray(108, 118))).toBe('image.bin\0')
    expect([...octets.subarray(236, 243)]).toEqual([99, 130, 83, 99, 53, 1, 2])
  })

  it('have one flag; the bits beside it are ignored (2)', () => {
    const octets = emitted(DISCOVER)
    octets.set([0x7f, 0xff], 10)
    expect(parseDhcp(octets)).toEqual(DISCOVER)
    octets[10] = 0xff
    expect(parseDhcp(octets)).toEqual({ ...DISCOVER, broadcast: true })
  })

  it('are 300 octets or longer (RFC 1542 2.1)', () => {
    expect(emitted(DISCOVER)).toHaveLength(300)
    expect(emitted(OFFER).length).toBeGreaterThan(300)
  })

  it('are refused under a reason where they are no DHCP messages', () => {
    const broken = (at: number, value: number) => {
      const octets = emitted(DISCOVER)
      octets[at] = value
      return parseDhcp(octets)
    }
    expect(parseDhcp(emitted(DISCOVER).subarray(0, 239))).toBe('truncated')
    expect(broken(0, 3)).toBe('operation')
    expect(broken(2, 17)).toBe('hardware length')
    expect(broken(236, 98)).toBe('no magic cookie')
  })
})

describe('options', () => {
  it('144 [2131 §4.1, 2132 §3, §9.3] PAD runs, a missing END, overload and truncation: right values or a clean refusal', () => {
    // Pads before, between and after; an end mark, and none.
    expect(options(withOptions(0, 0, 53, 1, 5, 0, 0, 0, 51, 4, 0, 0, 14, 16, 0, 0))).toEqual({
      messageType: 5,
      leaseTime: 3600,
    })
    expect(options(withOptions(53, 1, 5, 255, 51, 4, 0, 0, 14, 16))).toEqual({ messageType: 5 })
    // An option that the datagram ends within: at its code, its length, its octets.
    expect(options(withOptions(53, 1, 5, 51))).toBe('option truncated')
    expect(options(withOptions(53, 1, 5, 51, 4, 0, 0, 14))).toBe('option truncated')
    expect(options(withOptions(53, 1, 5, 51, 255, 0, 0, 14, 16))).toBe('option truncated')
    // Overload: file before sname (RFC 2131 4.1), both ended by END or full to the last octet.
    const overloaded = withOptions(53, 1, 5, 52, 1, 3, 255)
    overloaded.set([54, 4, 10, 0, 0, 1, 255], 108)
    overloaded.set([12, 3, 0x61, 0x62, 0x63, 255], 44)
    const parsed = parseDhcp(overloaded)
    expect(parsed).toMatchObject({ serverName: '', bootFile: '' })
    expect(options(overloaded)).toEqual({ messageType: 5, serverIdentifier: ipv4('10.0.0.1'), hostName: 'abc' })
    // One option in pieces: those of the options field, of file, of sname, in this order.
    const pieces = withOptions(53, 1, 5, 12, 1, 0x61, 52, 1, 3, 12, 1, 0x62, 255)
    pieces.set([12, 1, 0x63, 255], 108)
    pieces.set([12, 1, 0x64, 255], 44)
    expect(options(pieces)).toEqual({ messageType: 5, hostName: 'abcd' })
    const onlyFile = overloaded.slice()
    onlyFile[245] = 1
    expect(options(onlyFile)).toEqual({ messageType: 5, serverIdentifier: ipv4('10.0.0.1') })
    const past = overloaded.slice()
    past.set([12, 62], 44)
    expect(options(past)).toEqual({ messageType: 5, serverIdentifier: ipv4('10.0.0.1'), hostName: expect.any(String) })
    past[45] = 63
    expect(options(past)).toBe('option truncated')
    for (const value of [0, 4, 255]) expect(options(withOptions(53, 1, 5, 52, 1, value, 255))).toBe('overload')
    expect(options(withOptions(53, 1, 5, 52, 2, 1, 1, 255))).toBe('overload')
    // The parameter list stands in DISCOVER and REQUEST: firmware/net/dhcp/client.test.ts.
  })

  it('whose octets are no value of theirs are kept as they came (RFC 2132)', () => {
    expect(options(withOptions(53, 1, 5, 1, 3, 255, 255, 255, 3, 5, 1, 2, 3, 4, 5, 6, 0, 51, 2, 1, 2, 255))).toEqual({
      messageType: 5,
      others: [
        { code: 1, octets: Uint8Array.of(255, 255, 255) },
        { code: 3, octets: Uint8Array.of(1, 2, 3, 4, 5) },
        { code: 6, octets: new Uint8Array(0) },
        { code: 51, octets: Uint8Array.of(1, 2) },
      ],
    })
  })

  it('of text lose the NUL that some senders end it with (RFC 2132 2)', () => {
    expect(options(withOptions(53, 1, 5, 12, 4, 0x61, 0x62, 0, 0, 255))).toEqual({ messageType: 5, hostName: 'ab' })
  })

  it('in several pieces are one option (RFC 3396 5), in the order of options, file, sname', () => {
    expect(options(withOptions(12, 2, 0x61, 0x62, 53, 1, 5, 12, 1, 0x63, 255))).toMatchObject({ hostName: 'abc' })
    const long = 'x'.repeat(300)
    const octets = emitted({ ...DISCOVER, options: { messageType: 1, hostName: long } }, 700)
    expect([...octets.subarray(243, 245)]).toEqual([12, 255])
    expect([...octets.subarray(500, 502)]).toEqual([12, 45])
    expect(options(octets)).toEqual({ messageType: 1, hostName: long })
  })

  it('that have no room go to file and sname where these are empty, or the message is too long', () => {
    const text = (n: number) => 'abcdefghij'.repeat(20).slice(0, n)
    const message = {
      ...DISCOVER,
      options: { messageType: 1, hostName: text(40), domainName: text(90), message: text(50) },
    }
    const octets = emitted(message, 300)
    expect(octets).toHaveLength(300)
    expect([...octets.subarray(240, 243)]).toEqual([52, 1, 3])
    expect(parseDhcp(octets)).toEqual(message)
    // Each field from its first octet on: whole options, the end mark, pads (RFC 2131 4.1).
    for (const [at, end] of [
      [240, 300],
      [108, 236],
      [44, 108],
    ]) {
      let next = at
      while (octets[next] !== 255) next += 2 + octets[next + 1]
      expect(next, String(at)).toBeGreaterThan(at)
      expect(next, String(at)).toBeLessThan(end)
      expect(
        [...octets.subarray(next + 1, end)].every((octet) => octet === 0),
        String(at),
      ).toBe(true)
    }
    expect(emitDhcp({ ...message, bootFile: 'x', serverName: 'y' }, 300)).toBeUndefined()
    expect(emitDhcp({ ...message, options: { hostName: text(200), domainName: text(200) } }, 300)).toBeUndefined()
  })
})

describe('tshark', () => {
  it('reads our messages as we wrote them, and finds nothing to say against them', () => {
    const overloaded = { ...DISCOVER, operation: 2, options: { ...OFFER.options, message: 'm'.repeat(100) } }
    const frames = [
      frame(emitted(DISCOVER), true),
      frame(emitted(OFFER), false),
      frame(emitted(overloaded, 360), false),
    ]
    const rows = dissect(frames, [
      '_ws.malformed',
      '_ws.expert.message',
      'udp.checksum.status',
      'dhcp.id',
      'dhcp.option.dhcp',
      'dhcp.ip.your',
      'dhcp.option.router',
      'dhcp.option.domain_name_server',
      'dhcp.option.hostname',
      'dhcp.option.domain_name',
      'dhcp.option.interface_mtu',
      'dhcp.option.ip_address_lease_time',
      'dhcp.option.renewal_time_value',
      'dhcp.option.rebinding_time_value',
      'dhcp.option.dhcp_server_id',
      'dhcp.option.request_list_item',
    ])
    const clean = ['', '', '1', '0x3903f326']
    const offered = [
      '10.9.0.1,10.9.0.254',
      '10.9.0.53',
      'board',
      'lab.test',
      '1400',
      '3600',
      '1800',
      '3150',
      '10.9.0.1',
      '',
    ]
    expect(rows).toEqual([
      [...clean, '1', '0.0.0.0', '', '', '', '', '', '', '', '', '', '1,3,6,15,26'],
      [...clean, '2', '10.9.0.40', ...offered],
      ['', 'Boot file name option overloaded by DHCP', ...clean.slice(2), '2', '0.0.0.0', ...offered],
    ])
  })
})

describe('the printer', () => {
  it('gives a line in the manner of tcpdump', () => {
    expect(printDhcp(emitted(DISCOVER))).toBe(
      'BOOTP/DHCP, Request from 02:00:00:00:00:07, length 300, xid 0x3903f326, DHCP-Message Discover, ' +
        'Parameter-Request 1 3 6 15 26, MSZ 576',
    )
    expect(printDhcp(emitted(OFFER))).toBe(
      'BOOTP/DHCP, Reply to 02:00:00:00:00:07, length 322, xid 0x3903f326, Your-IP 10.9.0.40, Server-IP 10.9.0.1, ' +
        'sname "boothost", file "image.bin", DHCP-Message Offer, Subnet-Mask 255.255.255.0, ' +
        'Default-Gateway 10.9.0.1 10.9.0.254, Domain-Name-Server 10.9.0.53, Hostname "board", Domain-Name "lab.test", ' +
        'MTU 1400, BR 10.9.0.255, Lease-Time 3600, Server-ID 10.9.0.1, RN 1800, RB 3150, Option 43 length 3',
    )
    expect(printDhcp(new Uint8Array(9))).toBe('BOOTP/DHCP, bad truncated, length 9')
  })
})

describe('hostile octets', () => {
  it('never make the parser or the printer throw, and what is read is written and read again', () => {
    const random = new SeededRandom(2131)
    const bases = [emitted(DISCOVER), emitted(OFFER), withOptions(53, 1, 5, 52, 1, 3, 255)]
    for (let round = 0; round < 40_000; round++) {
      const base = bases[round % bases.length]
      const octets = base.slice(0, random.below(4) === 0 ? random.below(base.length + 1) : base.length)
      for (let i = 1 + random.below(6); i > 0 && octets.length > 0; i--) {
        const at =
          random.below(3) === 0 ? random.below(octets.length) : Math.min(octets.length - 1, 240 + random.below(60))
        octets[at] = random.below(256)
      }
      const printed = printDhcp(octets)
      ensure(!/undefined|NaN|[^ -~]/.test(printed), () => `${octets}: ${printed}`)
      const parsed = parseDhcp(octets)
      if (typeof parsed === 'string') continue
      const again = emitDhcp(parsed, 4096)
      expect(again === undefined ? 'too long' : parseDhcp(again)).toEqual(parsed)
    }
  })

  it('take bounded time, whatever they are: 64 KiB of pieces of one option', () => {
    const octets = withOptions(...Array.from({ length: 21_000 }, () => [77, 1, 9]).flat())
    const parsed = parseDhcp(octets)
    expect(typeof parsed === 'string' ? parsed : parsed.options.others?.[0].octets.length).toBe(21_000)
  })
})
