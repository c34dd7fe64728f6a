/** What IPv6 writes into headers that nobody asks for: flow labels (RFC 6437), and numbers of fragments that cannot be guessed (RFC 7739). */
import { describe, expect, it } from 'vitest'
import { introduceStranger, type LoneHost, loneHost } from '../../../test/support/ipv6-stranger.js'
import { Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { SECOND } from '../../hal/clock.js'

const REMOTE = 'fe80::bad%eth0'

function known(): LoneHost {
  const lone = loneHost()
  introduceStranger(lone.wire)
  lone.wire.frames.length = 0
  return lone
}

/** Of each datagram of a protocol that was sent: its source port, and its flow label. */
const labels = ({ wire }: LoneHost, protocol: number) =>
  wire.frames
    .filter((frame) => frame[12] === 0x86 && frame[20] === protocol)
    .map((frame) => {
      const view = new DataView(frame.buffer, frame.byteOffset)
      return { port: view.getUint16(54), label: view.getUint32(14) & 0xf_ffff }
    })

describe('the flow label (RFC 6437 3)', () => {
  it('is one for all of a conversation, another for each, and never zero', () => {
    const lone = known()
    const { wire, host } = lone
    for (let i = 0; i < 20; i++) host.tcp.connect({ address: ipv6(REMOTE), port: 80 })
    // Nobody answers: each SYN goes again and again.
    wire.clock.runFor(10 * SECOND)
    const all = labels(lone, 6)
    expect(all.length).toBeGreaterThan(60)
    const ports = new Set(all.map(({ port }) => port))
    expect(ports.size).toBe(20)
    expect(new Set(all.map(({ port, label }) => `${port} ${label}`)).size).toBe(20)
    expect(new Set(all.map(({ label }) => label)).size).toBe(20)
    for (const { label } of all) expect(label).toBeGreaterThan(0)
  })

  it('is spread over its whole range', () => {
    const lone = known()
    const { host } = lone
    for (let i = 0; i < 400; i++) {
      const socket = host.socket('ipv6', 'datagram')
      socket.sendTo(Uint8Array.of(1), { address: REMOTE, port: 7 })
      socket.close()
    }
    const found = labels(lone, 17).map(({ label }) => label)
    expect(found.length).toBe(400)
    // 400 of 2^20: a quarter of the range has 100, give or take four standard deviations of 8.7.
    const quarters = [0, 0, 0, 0]
    for (const label of found) quarters[label >> 18]++
    for (const count of quarters) expect(Math.abs(count - 100)).toBeLessThan(35)
  })
})

describe('the number of a fragmented datagram (RFC 7739)', () => {
  /** The first to each destination, of a host with a name: what it draws depends on it. */
  const first = (name: string): number[] => {
    const wire = new Ipv6Wire()
    const host = wire.host(name, '02:00:00:00:00:0a')
    wire.clock.runFor(20 * SECOND)
    return ['ff02::1%eth0', 'ff02::2%eth0', 'ff02::3%eth0'].map((to) => {
      wire.frames.length = 0
      host.ping(to, { size: 2000 }, () => {})
      const frame = wire.frames.find((each) => each[20] === 44)!
      return new DataView(frame.buffer, frame.byteOffset).getUint32(58)
    })
  }

  it('says nothing of the one to another destination, nor of that of another host', () => {
    const numbers = ['a', 'b', 'c'].flatMap(first)
    expect(new Set(numbers).size).toBe(9)
    const steps = numbers.slice(1).map((number, i) => Math.abs(number - numbers[i]))
    expect(Math.min(...steps)).toBeGreaterThan(10_000)
  })
})
