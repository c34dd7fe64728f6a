import { describe, expect, it } from 'vitest'
import { addressOctets, introduceStranger, loneHost, OWN, sentOf } from '../../../test/support/ipv6-stranger.js'
import { frameOf, Ipv6Wire } from '../../../test/support/ipv6-wire.js'
import { SECOND } from '../../hal/clock.js'

const ECHO = [128, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8]

/** A host that knows the stranger's station. */
function known() {
  const lone = loneHost()
  introduceStranger(lone.wire)
  lone.wire.frames.length = 0
  return lone
}

/** A part of a datagram, its checksum that of the whole. @param next what its fragment header names */
function part(octets: readonly number[], offset: number, more: number, id: number, next = 58): Uint8Array {
  const frame = frameOf(OWN, octets, { next: 44, before: [next, 0, offset >> 8, offset | more, 0, 0, 0, id] })
  frame.set(octets, 62)
  return frame
}
const whole = [...frameOf(OWN, [...ECHO, 9, 9, 9, 9, 9, 9, 9, 9]).subarray(54)]

describe('what one frame does not take (RFC 8200 4.5)', () => {
  it('is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own', () => {
    const { wire, host } = known()
    const numbers: number[] = []
    for (const size of [2000, 5000]) {
      wire.frames.length = 0
      host.ping('fe80::bad%eth0', { size }, () => {})
      const parts = wire.frames.map((frame) => {
        const view = new DataView(frame.buffer, frame.byteOffset)
        // The fragment header follows IPv6's own: nothing else is said before it.
        expect([frame[20], frame[54], frame[55]]).toEqual([44, 58, 0])
        const field = view.getUint16(56)
        return {
          length: frame.length - 62,
          payload: view.getUint16(18),
          offset: field & ~7,
          low: field & 7,
          id: view.getUint32(58),
        }
      })
      let expected = 0
      for (const [i, { length, payload, offset, low }] of parts.entries()) {
        const last = i === parts.length - 1
        expect([offset, payload, low]).toEqual([expected, length + 8, last ? 0 : 1])
        expect(length + 48).toBeLessThanOrEqual(1500)
        if (!last) expect(length % 8).toBe(0)
        expected += length
      }
      expect(expected).toBe(size + 8)
      expect(parts.length).toBe(Math.ceil((size + 8) / 1448))
      // The first has the whole header of what is cut.
      expect([...wire.frames[0].subarray(62, 64)]).toEqual([128, 0])
      expect(new Set(parts.map(({ id }) => id)).size).toBe(1)
      numbers.push(parts[0].id)
    }
    expect(numbers[0]).not.toBe(numbers[1])
  })

  it('has no fragment header where it fits', () => {
    const { wire, host } = known()
    host.ping('fe80::bad%eth0', { size: 1452 }, () => {})
    expect(wire.frames.map((frame) => [frame[20], frame.length])).toEqual([[58, 1514]])
  })
})

describe('fragments that arrive', () => {
  it('without the first are given up after 60 s, and nobody is told', () => {
    const { wire, host } = known()
    wire.say(part(whole.slice(16), 16, 0, 1))
    expect(host.memory.used).toBeGreaterThan(0)
    wire.clock.runFor(59 * SECOND)
    expect(host.memory.used).toBeGreaterThan(0)
    introduceStranger(wire)
    wire.clock.runFor(2 * SECOND)
    expect(host.memory.used).toBe(0)
    expect(sentOf(wire, 3)).toEqual([])
    expect(host.counters().ipv6?.dropped).toEqual({ 'fragments timed out': 1 })
  })

  it('are of one datagram where source, destination and number are the same, and of others where not', () => {
    const { wire } = known()
    wire.say(part(whole.slice(0, 16), 0, 1, 1))
    wire.say(part(whole.slice(16), 16, 0, 2))
    const other = part(whole.slice(16), 16, 0, 1)
    other.set(addressOctets('fe80::bad:1'), 22)
    wire.say(other)
    expect(sentOf(wire, 129)).toEqual([])
    wire.say(part(whole.slice(16), 16, 0, 1))
    expect(sentOf(wire, 129).length).toBe(1)
  })

  it('are what the first of them names, whatever the others do', () => {
    const { wire } = known()
    wire.say(part(whole.slice(16), 16, 0, 1, 17))
    wire.say(part(whole.slice(0, 16), 0, 1, 1))
    expect(sentOf(wire, 129).length).toBe(1)
  })

  it('and an atomic one of the same number have nothing to do with one another (RFC 6946 4)', () => {
    const { wire } = known()
    wire.say(part(whole.slice(0, 16), 0, 1, 7))
    wire.say(frameOf(OWN, ECHO, { next: 44, before: [58, 0, 0, 0, 0, 0, 0, 7] }))
    expect(sentOf(wire, 129).length).toBe(1)
    wire.say(part(whole.slice(16), 16, 0, 7))
    expect(sentOf(wire, 129).length).toBe(2)
  })
})

describe('a datagram', () => {
  it('that arrives with hop limit 0 is taken', () => {
    const { wire } = known()
    wire.say(frameOf(OWN, ECHO, { hopLimit: 0 }))
    expect(sentOf(wire, 129).length).toBe(1)
  })

  it('is taken with destination options twice and a route between them', () => {
    const { wire } = known()
    const options = (next: number) => [next, 0, 1, 4, 0, 0, 0, 0]
    wire.say(
      frameOf(OWN, ECHO, {
        next: 60,
        before: [...options(60), ...options(43), 60, 0, 9, 0, 0, 0, 0, 0, ...options(58)],
      }),
    )
    expect(sentOf(wire, 129).length).toBe(1)
  })

  it('of a link that takes less than 1280 octets is none of IPv6', () => {
    const wire = new Ipv6Wire()
    const add = (mtu: number) => () => {
      const { host } = loneHost()
      host.addInterface({ name: 'eth1', device: wire.plug('02:00:00:00:00:0b'), mtu, ipv6: {} })
    }
    expect(add(1279)).toThrow('IPv6 needs an MTU of 1280 octets at least')
    expect(add(1280)).not.toThrow()
  })

  it('of UDP without a checksum is dropped, and one whose sum is zero is sent with FFFFh', () => {
    const { wire, host } = known()
    const socket = host.socket('ipv6', 'datagram')
    socket.bind({ address: '::', port: 7777 })
    const send = (word: number) => {
      wire.frames.length = 0
      socket.sendTo(Uint8Array.of(word >> 8, word & 255), { address: 'fe80::bad%eth0', port: 9 })
      return (wire.frames[0][60] << 8) | wire.frames[0][61]
    }
    // Ones' complement: what is added to the data is taken from the sum.
    const sum = send(0)
    expect(send(sum)).toBe(0xffff)
    const frame = frameOf(OWN, [0, 9, 0x1e, 0x61, 0, 10, 0, 0, 1, 2])
    frame[20] = 17
    // `frameOf` puts a sum of ICMPv6 at octet 2: the port again, and no sum.
    frame.set([0, 9, 0x1e, 0x61, 0, 10, 0, 0, 1, 2], 54)
    wire.say(frame)
    expect(socket.receiveFrom(new Uint8Array(9))).toBe(undefined)
    expect(host.counters().udp.dropped).toEqual({ 'no checksum': 1 })
  })

  it('of TCP has an MSS of the MTU less 60', () => {
    const { wire, host } = known()
    host.socket('ipv6', 'stream').connect({ address: 'fe80::bad%eth0', port: 80 })
    const syn = wire.frames.find((frame) => frame[20] === 6)
    expect([...(syn ?? []).slice(74, 78)]).toEqual([2, 4, 1440 >> 8, 1440 & 255])
  })
})
