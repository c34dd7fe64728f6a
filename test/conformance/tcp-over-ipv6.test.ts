/** What RFC 9293 says of IPv6 apart from IPv4: the segment size that is taken for granted, addresses, errors of ICMPv6, the header's fields. */
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import type { Ipv6Address } from '../../firmware/net/ipv6/address.js'
import { inZone, writeIpv6 } from '../../firmware/net/ipv6/address.js'
import { ALL_NODES, introduceStranger, type LoneHost, loneHost, OWN } from '../support/ipv6-stranger.js'
import { frameOf, ipv6 } from '../support/ipv6-wire.js'
import { codeOf } from '../support/net-errors.js'
import { plainSum } from '../support/segment.js'

const STRANGER = ipv6('fe80::bad')
/** As the host names it. */
const REMOTE = { address: ipv6('fe80::bad%eth0'), port: 4000 }
const HEADERS = 14 + 40

const [FIN, SYN, RST, ACK] = [1, 2, 4, 16]

/** A segment from the stranger's port 4000 to the host's port 80. */
function segment(
  flags: number,
  { seq = 1000, ack = 0, source = STRANGER, destination = OWN, to = '02:00:00:00:00:0a', port = 80 } = {},
): Uint8Array {
  // biome-ignore format: a header of 20 octets, field by field
  const octets = Uint8Array.of(
    4000 >> 8, 4000 & 255, port >> 8, port & 255,
    seq >>> 24, seq >>> 16, seq >>> 8, seq,
    ack >>> 24, ack >>> 16, ack >>> 8, ack,
    5 << 4, flags, 0xff, 0xff,
    0, 0, 0, 0,
  )
  const pseudo = new Uint8Array(40)
  writeIpv6(source, pseudo, 0)
  writeIpv6(destination, pseudo, 16)
  pseudo[35] = octets.length
  pseudo[39] = 6
  const sum = ~plainSum(octets, 0, octets.length, plainSum(pseudo, 0, 40)) & 0xffff
  octets[16] = sum >> 8
  octets[17] = sum
  const frame = frameOf(destination, [0, 0, 0, 0], { source, to, next: 6 })
  const whole = new Uint8Array(HEADERS + octets.length)
  whole.set(frame.subarray(0, HEADERS))
  whole[19] = octets.length
  whole.set(octets, HEADERS)
  return whole
}

interface Sent {
  readonly flags: number
  readonly seq: number
  readonly data: number
  readonly trafficClass: number
  readonly hopLimit: number
  readonly frame: Uint8Array
}

/** What the host has sent of TCP since the wire's frames were last forgotten. */
function sent({ wire }: LoneHost): Sent[] {
  return wire.frames
    .filter((frame) => frame[12] === 0x86 && frame[20] === 6)
    .map((frame) => {
      const view = new DataView(frame.buffer, frame.byteOffset)
      const header = (frame[HEADERS + 12] >> 4) * 4
      return {
        flags: frame[HEADERS + 13],
        seq: view.getUint32(HEADERS + 4),
        data: view.getUint16(18) - header,
        trafficClass: (view.getUint16(14) >> 4) & 0xff,
        hopLimit: frame[21],
        frame,
      }
    })
}

/** Segments and errors that the host has sent: no questions for neighbours. */
const answers = ({ wire }: LoneHost) =>
  wire.frames.filter((frame) => frame[20] === 6 || (frame[20] === 58 && frame[54] < 128))

function known(): LoneHost {
  const lone = loneHost()
  introduceStranger(lone.wire)
  lone.wire.frames.length = 0
  return lone
}

/** A connection in SYN-SENT, and the SYN that went. */
function opening() {
  const lone = known()
  const connection = lone.host.tcp.connect(REMOTE)
  lone.wire.clock.runFor(SECOND / 2)
  const [syn] = sent(lone)
  const soft: string[] = []
  connection.onSoftError((code) => soft.push(code))
  lone.wire.frames.length = 0
  /** The stranger says that something is wrong with the SYN. */
  const complain = (type: number, code: number) =>
    lone.wire.say(frameOf(OWN, [type, code, 0, 0, 0, 0, 0, 0, ...syn.frame.subarray(14)]))
  return { ...lone, connection, soft, complain }
}

describe('a peer over IPv6', () => {
  it('[MUST-15] whose SYN has no MSS is sent 1220 octets at most in a segment', () => {
    const lone = known()
    const { wire, host } = lone
    const listener = host.tcp.listen({ address: ipv6('::'), port: 80 })
    wire.say(segment(SYN))
    const [synAck] = sent(lone)
    expect(synAck.flags).toBe(SYN | ACK)
    wire.say(segment(ACK, { seq: 1001, ack: synAck.seq + 1 }))
    const connection = listener.accept()!
    wire.frames.length = 0
    connection.write(new Uint8Array(3 * 1220))
    wire.clock.runFor(SECOND / 10)
    expect(sent(lone).map(({ data }) => data)).toEqual([1220, 1220, 1220])
  })
})

describe('an error of ICMPv6 about a SYN', () => {
  it.each([
    ['no route', 1, 0],
    ['address unreachable', 1, 3],
    ['hop limit exceeded', 3, 0],
    ['reassembly time exceeded', 3, 1],
    ['erroneous header field', 4, 0],
    ['unrecognized next header', 4, 1],
    ['unrecognized option', 4, 2],
  ] as const)('[MUST-56, SHLD-25] is told, and does not abort the connection: %s', (_, type, code) => {
    const { connection, soft, complain } = opening()
    complain(type, code)
    expect(soft.length).toBe(1)
    expect(connection.state).toBe('SYN-SENT')
    expect(connection.error).toBeUndefined()
  })

  it('[SHLD-26] aborts it where nobody has the port', () => {
    const { connection, complain } = opening()
    complain(1, 4)
    expect(connection.state).toBe('CLOSED')
    expect(connection.error).toBe('ECONNREFUSED')
  })
})

describe('an address of IPv6 that is no host’s', () => {
  it.each(['ff02::1%eth0', 'ff0e::1', '::'])(
    '[MUST-46] is refused as the remote one, and nothing is sent: %s',
    (to) => {
      const lone = known()
      expect(codeOf(() => lone.host.tcp.connect({ address: ipv6(to), port: 80 }))).toBeDefined()
      lone.wire.clock.runFor(SECOND)
      expect(answers(lone)).toEqual([])
    },
  )

  it('[MUST-57] has a SYN to it dropped in silence: a group', () => {
    const lone = known()
    lone.host.tcp.listen({ address: ipv6('::'), port: 80 })
    for (const port of [80, 81]) lone.wire.say(segment(SYN, { destination: ALL_NODES, to: '33:33:00:00:00:01', port }))
    lone.wire.clock.runFor(5 * SECOND)
    expect(answers(lone)).toEqual([])
    expect([...lone.host.tcp.connections]).toEqual([])
  })

  it.each<[string, Ipv6Address]>([
    ['nobody’s', ipv6('::')],
    ['loopback', ipv6('::1')],
    ['a group’s', ipv6('ff02::1')],
    ['this host’s own', OWN],
    ['of IPv4, mapped', ipv6('::ffff:10.0.0.5')],
  ])('[MUST-63] has a SYN from it dropped in silence: %s', (_, source) => {
    const lone = known()
    lone.host.tcp.listen({ address: ipv6('::'), port: 80 })
    for (const port of [80, 81]) lone.wire.say(segment(SYN, { source, port }))
    lone.wire.clock.runFor(5 * SECOND)
    expect(answers(lone)).toEqual([])
    expect([...lone.host.tcp.connections]).toEqual([])
  })
})

describe('the IPv6 header of a connection', () => {
  it('[MUST-48, MUST-49, SHLD-21, SHLD-22] has the traffic class and the hop limit that the application sets', () => {
    const lone = known()
    const { wire, host } = lone
    const connection = host.tcp.connect(REMOTE, {
      timeToLive: 3,
      trafficClass: 46 << 2,
      local: { address: inZone(OWN, 'eth0'), port: 80 },
    })
    wire.clock.runFor(SECOND / 10)
    const [syn] = sent(lone)
    wire.say(segment(SYN | ACK, { ack: syn.seq + 1 }))
    connection.set('timeToLive', 9)
    connection.set('trafficClass', 8)
    connection.shutdownWrite()
    wire.clock.runFor(SECOND / 10)
    const all = sent(lone).map(({ flags, hopLimit, trafficClass }) => [flags, hopLimit, trafficClass])
    expect(all).toEqual([
      [SYN, 3, 184],
      [ACK, 3, 184],
      [FIN | ACK, 9, 8],
    ])
    wire.say(segment(RST, { seq: 1001 }))
    expect(connection.state).toBe('CLOSED')
  })
})
