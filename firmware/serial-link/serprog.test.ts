import { describe, expect, it } from 'vitest'
import { testRandom } from '../../test/support/random.js'
import { PAYLOAD_OCTETS } from './cell.js'
import { SerprogClient, type SerprogReply } from './serprog-client.js'
import { SerprogServer } from './serprog-server.js'

const ACK = 0x06
const NAK = 0x15

/** A bus that answers each read octet with the number of octets clocked so far in the operation. */
function bench(more: { granted?: () => boolean; longest?: number; transferTime?: (octets: number) => number } = {}) {
  const operations: [number[], number][] = []
  const server = new SerprogServer({
    bus: {
      transfer(write, read) {
        operations.push([[...write], read])
        return Uint8Array.from({ length: read }, (_, i) => (write.length + i) & 0xff)
      },
    },
    name: 'linkpulse',
    setSpiClock: (hertz) => (hertz >= 8_000_000 ? 8_000_000 : hertz >= 4_000_000 ? 4_000_000 : 125_000),
    setDrivers: () => {},
    pins: { int: () => true },
    ...more,
  })
  return { server, operations, ask: (...octets: number[]) => [...server.receive(Uint8Array.from(octets))] }
}

describe('serprog version 1, as flashrom publishes it (serprog-protocol.txt)', () => {
  it('00h NOP: ACK', () => expect(bench().ask(0x00)).toEqual([ACK]))
  it('01h interface version: ACK and 1 in 16 bits', () => expect(bench().ask(0x01)).toEqual([ACK, 1, 0]))
  it('02h command map: ACK and 256 bits, bit n of octet m for command 8 m + n', () => {
    const [ack, ...map] = bench().ask(0x02)
    expect([ack, map.length]).toEqual([ACK, 32])
    const supported = Array.from({ length: 256 }, (_, i) => i).filter((i) => map[i >> 3] & (1 << (i & 7)))
    expect(supported).toEqual([0, 1, 2, 3, 4, 5, 7, 8, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x1e, 0x1f])
  })
  it('03h programmer name: ACK and 16 octets, padded with nulls', () => {
    const reply = bench().ask(0x03)
    expect(reply).toHaveLength(17)
    expect(String.fromCharCode(...reply.slice(1))).toBe('linkpulse\0\0\0\0\0\0\0')
  })
  it('04h serial buffer: 16 bits', () => expect(bench().ask(0x04)).toEqual([ACK, 0xff, 0xff]))
  it('05h bus types: SPI alone, bit 3', () => expect(bench().ask(0x05)).toEqual([ACK, 8]))
  it('07h operation buffer: none', () => expect(bench().ask(0x07)).toEqual([ACK, 0, 0]))
  it('08h and 11h longest write and read: 24 bits, low octet first', () => {
    expect(bench().ask(0x08, 0x11)).toEqual([ACK, 0, 0x40, 0, ACK, 0, 0x40, 0])
  })
  it('10h SYNCNOP: NAK, ACK', () => expect(bench().ask(0x10)).toEqual([NAK, ACK]))
  it('12h bus type: SPI or nothing', () => expect(bench().ask(0x12, 8, 0x12, 1)).toEqual([ACK, NAK]))
  it('13h SPI operation: slen, rlen, data; ACK and what was read', () => {
    const { ask, operations } = bench()
    expect(ask(0x13, 2, 0, 0, 3, 0, 0, 0x9f, 0x55)).toEqual([ACK, 2, 3, 4])
    expect(operations).toEqual([[[0x9f, 0x55], 3]])
  })
  it('13h with nothing to write or nothing to read', () => {
    expect(bench().ask(0x13, 0, 0, 0, 1, 0, 0)).toEqual([ACK, 0])
    expect(bench().ask(0x13, 1, 0, 0, 0, 0, 0, 7)).toEqual([ACK])
  })
  it('14h SPI clock: what was set, 0 is refused', () => {
    expect(bench().ask(0x14, 0x40, 0x4b, 0x4c, 0)).toEqual([ACK, 0x00, 0x09, 0x3d, 0x00]) // 5,000,000 asked, 4,000,000 set
    expect(bench().ask(0x14, 0, 0, 0, 0)).toEqual([NAK])
  })
  it('15h pin drivers', () => expect(bench().ask(0x15, 1)).toEqual([ACK]))
  it('any other command: NAK', () => expect(bench().ask(0x06, 0x09, 0x20, 0xff)).toEqual([NAK, NAK, NAK, NAK]))

  it('an operation longer than announced is refused at once', () => {
    const { ask, operations } = bench({ longest: 100 })
    expect(ask(0x13, 101, 0, 0, 0, 0, 0)).toEqual([NAK])
    expect(ask(0x13, 0, 0, 0, 0, 0, 1)).toEqual([NAK])
    expect(operations).toEqual([])
  })

  it('SPI is refused while the chip is not lent', () => {
    const { ask, operations } = bench({ granted: () => false })
    expect(ask(0x13, 1, 0, 0, 1, 0, 0, 9)).toEqual([NAK])
    expect(operations).toEqual([])
  })

  it('ours, 1Eh: polls a register until it has a value', () => {
    let reads = 0
    const server = new SerprogServer({
      name: 'x',
      bus: { transfer: (_write, read) => Uint8Array.from({ length: read }, () => (++reads >= 5 ? 0x81 : 0)) },
    })
    expect([...server.receive(Uint8Array.of(0x1e, 1, 100, 0, 0, 1, 1, 0x1d))]).toEqual([ACK, 1, 0x81, 5, 0])
    reads = -1000
    expect([...server.receive(Uint8Array.of(0x1e, 1, 3, 0, 0, 1, 1, 0x1d))]).toEqual([ACK, 0, 0, 3, 0])
  })

  it('hostile octets: every octet is taken, nothing throws, and a sync is answered afterwards', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const random = testRandom(seed)
      const { server } = bench({ longest: 300 })
      for (let i = 0; i < 50; i++) {
        const octets = random.octets(random.below(60))
        if (random.below(2)) for (let j = 0; j < octets.length; j++) octets[j] &= 0x1f
        server.receive(octets)
      }
      // No command is longer than 7 + 300 octets: NOPs enough end whatever was begun.
      server.receive(new Uint8Array(310))
      expect(server.idle).toBe(true)
      expect([...server.receive(Uint8Array.of(0x10))]).toEqual([NAK, ACK])
    }
  })
})

describe('a serprog client', () => {
  function pair() {
    const sent: number[] = []
    const replies: SerprogReply[] = []
    const client = new SerprogClient((octets) => sent.push(...octets))
    return { sent, client, replies, settle: (reply: SerprogReply) => replies.push(reply) }
  }

  it('sends many commands without waiting, and matches replies by their order, however they are cut', () => {
    const { client, sent, replies, settle } = pair()
    const { server } = bench()
    client.sync(settle)
    client.query(0x01, settle)
    for (let i = 0; i < 20; i++) client.transfer(new Uint8Array(i), 2, settle)
    client.setSpiClock(5_000_000, settle)
    for (const octet of server.receive(Uint8Array.from(sent))) client.receive(Uint8Array.of(octet))
    expect(replies).toHaveLength(23)
    expect(replies[1]).toEqual({ ok: true, results: Uint8Array.of(1, 0) })
    expect(replies.slice(2, 22).map((reply) => reply.ok && reply.results[0])).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    )
    expect(replies[22]).toEqual({ ok: true, results: Uint8Array.of(0x00, 0x09, 0x3d, 0x00) })
    expect([client.outstanding, client.awaited]).toEqual([0, 0])
  })

  it('tells a refusal, a garbled reply, strays, and what a new session left unknown', () => {
    const { client, replies, settle } = pair()
    client.query(0x05, settle)
    client.query(0x05, settle)
    client.receive(Uint8Array.of(NAK, 0x77))
    client.receive(Uint8Array.of(1, 2, 3))
    client.query(0x00, settle)
    client.reset()
    expect(replies).toEqual([
      { ok: false, error: 'refused' },
      { ok: false, error: 'garbled' },
      { ok: false, error: 'unknown' },
    ])
    expect(client.strays).toBe(3)
  })
})

describe('a bus that takes its time', () => {
  /** 64 µs an octet: SCK at 125 kHz. */
  const slow = { transferTime: (octets: number) => octets * 64_000 }
  const write = (...octets: number[]) => [0x13, octets.length, 0, 0, 0, 0, 0, ...octets]
  const octets = Uint8Array.from([...write(1), ...write(2, 3), ...write(4)])

  it('keeps what comes behind waiting, from a tenth of a millisecond on', () => {
    const { server, operations } = bench(slow)
    const first = server.receiveTimed(octets)
    // One octet: 64 µs, and two more: 192 µs in all.
    expect(first).toEqual({ taken: 17, replies: Uint8Array.of(ACK, ACK), wait: 192_000 })
    expect(operations).toEqual([
      [[1], 0],
      [[2, 3], 0],
    ])
    expect(server.receiveTimed(octets.subarray(first.taken))).toEqual({
      taken: 8,
      replies: Uint8Array.of(ACK),
      wait: 0,
    })
  })

  it('counts of a long transfer what one cell brings: the rest is on the bus while other cells come', () => {
    const { server } = bench(slow)
    const data = new Uint8Array(1000)
    const whole = Uint8Array.from([0x13, 0xe8, 0x03, 0, 0, 0, 0, ...data])
    const { wait } = server.receiveTimed(whole)
    expect(wait).toBe(PAYLOAD_OCTETS * 64_000)
  })

  it('that says nothing of time takes none', () => {
    expect(bench().server.receiveTimed(octets)).toEqual({
      taken: octets.length,
      replies: Uint8Array.of(ACK, ACK, ACK),
      wait: 0,
    })
  })
})
