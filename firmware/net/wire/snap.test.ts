import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { arpFrame, echoFrame, TestDevice } from '../../../test/support/network.js'
import { Stack } from '../../stack.js'
import { ETHERTYPE_IPV4 } from './ethernet.js'
import { readUint16, writeUint16 } from './octets.js'
import { unwrapSnap } from './snap.js'

/** RFC 1042: DSAP and SSAP 170, control 3, organization code 0; behind them the EtherType. */
const LLC_SNAP = [0xaa, 0xaa, 3, 0, 0, 0]

/** An Ethernet frame as IEEE 802.3 has it, its payload of `octets`. */
function wrapped(frame: Uint8Array, octets: number, header: readonly number[] = LLC_SNAP): Uint8Array {
  const length = header.length + 2 + octets
  const into = new Uint8Array(Math.max(60, 14 + length))
  into.set(frame.subarray(0, 12))
  writeUint16(into, 12, length)
  into.set(header, 14)
  into.set(frame.subarray(12, 14), 14 + header.length)
  into.set(frame.subarray(14, 14 + octets), 16 + header.length)
  return into
}

function bench() {
  const device = new TestDevice()
  const stack = new Stack({ clock: new Scheduler(), random: new SeededRandom(1) })
  const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24' })
  return { device, network, stack }
}

/** IP and ICMP headers and data. */
const echoOctets = (size: number) => 20 + 8 + size

describe('frames of IEEE 802.3 with LLC and SNAP (RFC 1042)', () => {
  // 1492 octets is the most of a datagram that one takes.
  it.each([0, 1, 18, 100, 1464])(
    'with an echo of %i octets are answered, in a frame of Ethernet (RFC 1122 2.3.3)',
    (size) => {
      const plain = bench()
      const framed = bench()
      for (const { device } of [plain, framed]) {
        device.inject(arpFrame())
        device.take()
      }
      plain.device.inject(echoFrame(size))
      framed.device.inject(wrapped(echoFrame(size), echoOctets(size)))
      const [answer] = framed.device.take()
      expect(readUint16(answer, 12)).toBe(ETHERTYPE_IPV4)
      // But for the identification, which is drawn alike, they are the same octets.
      expect(answer).toEqual(plain.device.take()[0])
      expect(framed.network.counters.dropped).toEqual({})
    },
  )

  it.each([1, 6])('with an ARP request of hardware type %i are answered by ARP of Ethernet', (hardware) => {
    const { device, network } = bench()
    const request = arpFrame()
    writeUint16(request, 14, hardware)
    device.inject(wrapped(request, 28))
    const [reply] = device.take()
    expect([readUint16(reply, 12), readUint16(reply, 14), readUint16(reply, 20)]).toEqual([0x0806, 1, 2])
    expect(network.neighbours.entries()).toHaveLength(1)
  })

  it('are taken behind a tag that says only a priority', () => {
    const { device } = bench()
    device.inject(arpFrame())
    device.take()
    const inner = wrapped(echoFrame(10), echoOctets(10))
    const tagged = new Uint8Array(inner.length + 4)
    tagged.set(inner.subarray(0, 12))
    tagged.set([0x81, 0, 0x60, 0], 12)
    tagged.set(inner.subarray(12), 16)
    device.inject(tagged)
    expect(device.take()).toHaveLength(1)
  })

  it.each([
    ['a bridge (spanning tree)', [0x42, 0x42, 3, 0, 0, 0]],
    ['NetBIOS', [0xf0, 0xf0, 3, 0, 0, 0]],
    ['a command that is no UI', [0xaa, 0xaa, 0xaf, 0, 0, 0]],
    ['another organization (CDP)', [0xaa, 0xaa, 3, 0, 0, 0x0c]],
  ])('of %s are none of IP, and counted', (_what, header) => {
    const { device, network } = bench()
    device.inject(wrapped(echoFrame(10), echoOctets(10), header))
    expect(network.counters.dropped).toEqual({ 'EtherType not handled': 1 })
    expect(device.take()).toEqual([])
  })

  it('are not found one within the other', () => {
    const { device, network } = bench()
    device.inject(wrapped(wrapped(echoFrame(10), echoOctets(10)), 8 + echoOctets(10)))
    expect(network.counters.dropped).toEqual({ 'EtherType not handled': 1 })
  })

  it('are read no further than they say, and not past their end', () => {
    const { device, network, stack } = bench()
    for (const length of [0, 1, 7, 8, 47, 1500, 0x5ff]) {
      const frame = wrapped(echoFrame(10), echoOctets(10))
      writeUint16(frame, 12, length)
      device.inject(frame)
    }
    // A field above 1500 and below 0600h is neither length nor type (3.2.6).
    expect(network.counters.dropped).toEqual({ 'EtherType not handled': 3, 'frame truncated': 3 })
    expect(stack.ipv4.counters.dropped).toEqual({ 'IPv4 truncated': 1 })
  })

  it('of random octets end as a frame or a fault, within themselves', () => {
    const random = new SeededRandom(5)
    for (let i = 0; i < 20_000; i++) {
      const frame = Uint8Array.from({ length: 14 + random.below(80) }, () => random.below(256))
      writeUint16(frame, 12, random.below(100))
      if (random.below(2) === 0) frame.set(LLC_SNAP.slice(0, frame.length - 14), 14)
      const end = unwrapSnap(frame, frame.length)
      if (typeof end === 'string') expect(['frame truncated', 'EtherType not handled']).toContain(end)
      else expect(end >= 14 && end <= frame.length - 8).toBe(true)
    }
  })
})
