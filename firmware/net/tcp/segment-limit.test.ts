import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { FrameLink } from '../../../test/support/frame-link.js'
import { type EstablishedOptions, TestBench } from '../../../test/support/stack-bench.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { ipv4 } from '../address.js'

const bench = () => new TestBench(new Scheduler(), new SeededRandom(1))
const SACK: EstablishedOptions = { syn: { mss: 1460, sackPermitted: true } }

/** The lengths of what was sent since the last look. */
const lengths = (peer: TestBench['peer']) => peer.takeAll().map(({ data }) => data.length)

describe('a send buffer of less than two full segments', () => {
  // RFC 9293 3.7.1: Eff.snd.MSS is the most; RFC 5681 4.2: the second segment is acknowledged at once.
  it.each([
    [512, [256, 256]],
    [513, [257, 256]],
    [2048, [1024, 1024]],
    [2919, [1460, 1459]],
    [1, [1]],
  ])('of %i octets, full, goes out in two halves', (sendBuffer, halves) => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer } })
    table.write(connection, sendBuffer)
    expect(lengths(peer)).toEqual(halves)
    table.advance(100 * MILLISECOND)
    peer.expectNothing()
  })

  it('goes on in halves as the acknowledgements make room, one by one or two at once', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 512 } })
    table.write(connection, 512)
    const [first, second] = peer.takeAll()
    peer.inject({ ack: first.end })
    table.write(connection, 256)
    expect(lengths(peer)).toEqual([256])
    peer.inject({ ack: second.end + 256 })
    table.write(connection, 512)
    expect(lengths(peer)).toEqual([256, 256])
  })

  it('is not halved while it has room: what comes together goes together', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 512 } })
    table.write(connection, 511)
    expect(lengths(peer)).toEqual([511])
    // The Nagle algorithm waits for more; no more has room than one octet, and with it nothing is left to wait for.
    table.write(connection, 1)
    expect(lengths(peer)).toEqual([1])
  })

  it('is not halved where it holds two full segments or more', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 2920 } })
    table.write(connection, 2920)
    expect(lengths(peer)).toEqual([1460, 1460])
  })

  it('keeps to the window of the peer, and makes no silly segments for it (RFC 9293 3.8.6.2.1)', () => {
    const table = bench()
    const { connection, peer } = table.established({ window: 300, connection: { sendBuffer: 512 } })
    table.write(connection, 512)
    expect(lengths(peer)).toEqual([256])
    peer.inject()
    expect(lengths(peer)).toEqual([256])
  })

  it('is not held back by cork when it is full, and is while it is not', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 512, cork: true } })
    table.write(connection, 500)
    peer.expectNothing()
    table.write(connection, 12)
    expect(lengths(peer)).toEqual([256, 256])
  })

  it('goes out with its end pushed, and the FIN behind it', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 512 } })
    table.write(connection, 512)
    connection.close()
    peer.expectSegment({ flags: '.', data: 256, push: false })
    peer.expectSegment({ flags: 'P.', data: 256 })
    peer.expectSegment({ flags: 'F.', data: 0 })
  })
})

describe('a half that is lost', () => {
  it('is sent again at the one duplicate that can come (RFC 5827 3.1), with SACK the hole alone', () => {
    const table = bench()
    const { connection, peer } = table.established({ ...SACK, connection: { sendBuffer: 512, sack: true } })
    table.write(connection, 512)
    const [first, second] = peer.takeAll()
    peer.inject({ ack: first.seq, options: { sack: [[second.seq, second.end]] } })
    peer.expectSegment({ seq: first.seq, data: 256 })
    peer.inject({ ack: second.end })
    table.advance(SECOND)
    peer.expectNothing()
    expect(connection.info()).toMatchObject({ retransmits: 1, unacknowledged: 0, inRecovery: false })
    expect(table.tcp.counters.timeouts).toBe(0)
  })

  it('is sent again at the one duplicate without SACK too', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 512 } })
    table.write(connection, 512)
    const [first] = peer.takeAll()
    peer.inject({ ack: first.seq })
    peer.expectSegment({ seq: first.seq })
  })

  it('waits for the timer where a third segment could still be sent', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 512 } })
    table.write(connection, 512)
    const [first, second] = peer.takeAll()
    peer.inject({ ack: first.end })
    peer.inject({ ack: first.end })
    peer.expectNothing()
    expect(second.seq).toBe(first.end)
  })

  it('waits for three duplicates where the buffer holds two full segments (RFC 5681 3.2)', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { sendBuffer: 2920 } })
    table.write(connection, 2920)
    const [first] = peer.takeAll()
    for (let i = 0; i < 2; i++) {
      peer.inject({ ack: first.seq })
      peer.expectNothing()
    }
    peer.inject({ ack: first.seq })
    peer.expectSegment({ seq: first.seq, data: 1460 })
  })
})

describe('a stream from a host with little memory', () => {
  /** How long 51,200 octets take with a round trip of 2 ms, from a host whose budget gives send buffers a third of 1.5 KiB. */
  function duration(record: number): number {
    const clock = new Scheduler()
    const random = new SeededRandom(1)
    const wire = new FrameLink({ clock, delay: MILLISECOND })
    const small = new Stack({ clock, random: random.fork('small'), name: 'small', memory: 1536 })
    const large = new Stack({ clock, random: random.fork('large'), name: 'large' })
    small.addInterface({ name: 'eth0', device: wire.a, address: '10.0.0.1/24' })
    large.addInterface({ name: 'eth0', device: wire.b, address: '10.0.0.2/24' })
    const into = new Uint8Array(4096)
    let received = 0
    const listener = large.tcp.listen({ address: 0, port: 9 })
    listener.onAcceptable(() => {
      const accepted = listener.accept()!
      accepted.onReadable(() => {
        for (let count = accepted.read(into); count > 0; count = accepted.read(into)) received += count
      })
    })
    const connection = small.tcp.connect({ address: ipv4('10.0.0.2'), port: 9 })
    const octets = new Uint8Array(record)
    let begun = 0
    const write = () => {
      for (let room = connection.writable; room > 0; room = connection.writable)
        connection.write(octets, 0, Math.min(room, record))
    }
    connection.onWritable(write)
    connection.onState((state) => {
      if (state !== 'ESTABLISHED') return
      begun = clock.now
      write()
    })
    expect(clock.runWhile(() => received < 51_200, 60 * SECOND)).toBe(true)
    return clock.now - begun
  }

  // 512 octets a round trip: 100 of them, less the way back of the last. With a delayed acknowledgement each, it would be 10 s.
  it('fills its buffer once a round trip, and waits for no delayed acknowledgement', () => {
    expect(duration(4096)).toBe(199 * MILLISECOND)
    expect(duration(512)).toBe(199 * MILLISECOND)
  })

  it('does so whatever the application writes at a time', () => {
    for (const record of [1, 50, 100, 200, 255, 257, 300, 500]) expect(duration(record)).toBeLessThan(300 * MILLISECOND)
  })
})
