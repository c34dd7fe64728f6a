import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { TestBench } from '../../../test/support/stack-bench.js'
import { SECOND } from '../../hal/clock.js'
import type { ConnectionOptions } from './tcp.js'

function open(connectionOptions: Partial<ConnectionOptions> = {}) {
  const table = new TestBench(new Scheduler(), new SeededRandom(1))
  return { table, ...table.established({ connection: connectionOptions }) }
}

const TOO_LARGE = { type: 3, code: 4 }

describe('a router that cannot pass a segment on (RFC 1191)', () => {
  it('has what is outstanding cut anew at once, and later data too, with no cut of the congestion window', () => {
    const { table, connection, peer } = open()
    table.write(connection, 4380)
    const sent = peer.takeAll()
    expect(sent.map(({ data }) => data.length)).toEqual([1460, 1460, 1460])
    const { cwnd } = connection.info()
    table.injectIcmp({ ...TOO_LARGE, nextHopMtu: 1000 }, sent[0])
    const again = peer.takeAll()
    expect(again[0].seq).toBe(sent[0].seq)
    expect(again.reduce((sum, { data }) => sum + data.length, 0)).toBe(4380)
    for (const { data, dontFragment } of again) {
      expect(data.length).toBeLessThanOrEqual(960)
      expect(dontFragment).toBe(true)
    }
    expect(connection.info()).toMatchObject({ cwnd, pathMtu: 1000, segmentSize: 960, state: 'ESTABLISHED' })
  })

  it('that does not tell its MTU is answered by the next lower of the usual sizes (RFC 1191 7.1)', () => {
    const { table, connection, peer } = open()
    table.write(connection, 1460)
    const [sent] = peer.takeAll()
    table.injectIcmp(TOO_LARGE, sent)
    expect(connection.info().pathMtu).toBe(1492)
  })

  it('is not believed about a segment that is not outstanding (RFC 5927 4.1), nor below 552 octets', () => {
    const { table, connection, peer } = open()
    table.write(connection, 1460)
    const [sent] = peer.takeAll()
    table.injectIcmp({ ...TOO_LARGE, nextHopMtu: 600, seq: sent.seq + 5000 }, sent)
    expect(connection.info().pathMtu).toBe(1500)
    table.injectIcmp({ ...TOO_LARGE, nextHopMtu: 70 }, sent)
    expect(connection.info().pathMtu).toBe(552)
  })

  it('is not asked where the option is off: segments may be fragmented', () => {
    const { table, connection, peer } = open({ pathMtuDiscovery: false })
    table.write(connection, 1460)
    const [sent] = peer.takeAll()
    expect(sent.dontFragment).toBe(false)
    table.injectIcmp({ ...TOO_LARGE, nextHopMtu: 600 }, sent)
    expect(connection.info().pathMtu).toBe(1500)
  })

  it('is forgotten after ten minutes: the larger size is tried again (RFC 1191 6.3)', () => {
    const { table, connection, peer } = open()
    table.write(connection, 1460)
    const [sent] = peer.takeAll()
    table.injectIcmp({ ...TOO_LARGE, nextHopMtu: 1000 }, sent)
    peer.takeAll()
    peer.inject()
    expect(connection.info().unacknowledged).toBe(0)
    table.advance(601 * SECOND)
    table.write(connection, 1460)
    expect(peer.takeAll().map(({ data }) => data.length)).toEqual([1460])
  })
})

describe('a black hole (RFC 2923 2.1)', () => {
  /** The way drops what is larger than `mtu`, and says nothing. Returns whether all arrived, and how long it took. */
  function transfer(mtu: number, octets: number) {
    const { table, connection, peer } = open()
    table.write(connection, octets)
    let arrived = peer.ack
    const began = table.clock.now
    while (connection.info().unacknowledged > 0 && table.clock.now < began + 60 * SECOND) {
      for (const { seq, end, data } of peer.takeAll())
        if (data.length + 40 <= mtu && seq === arrived) {
          arrived = end
          peer.inject({ ack: arrived })
        }
      table.advance(SECOND / 10)
    }
    return { connection, seconds: (table.clock.now - began) / SECOND }
  }

  it.each([1280, 576])('that swallows all above %d octets is found out after a few timeouts', (mtu) => {
    const { connection, seconds } = transfer(mtu, 20_000)
    expect(connection.info().unacknowledged).toBe(0)
    expect(connection.info().segmentSize).toBe(mtu - 40)
    expect(seconds).toBeLessThan(30)
  })

  it('is not suspected while the peer answers, however often the timer runs out (RFC 4821 7.7)', () => {
    const { table, connection, peer } = open()
    table.write(connection, 14_600)
    const [first] = peer.takeAll()
    for (let i = 0; i < 6; i++) {
      table.advance(connection.info().rto)
      expect(peer.takeAll()).toHaveLength(1)
      // What it sends again is lost, and something that it sent before arrives.
      if (i % 2 === 1) peer.inject({ ack: first.seq, window: 60_000 - i })
    }
    expect(connection.info()).toMatchObject({ segmentSize: 1460, backoff: 6 })
  })

  it('is suspected late where full segments have arrived: a way that loses much is the likelier reason', () => {
    const { table, connection, peer } = open()
    table.write(connection, 2920)
    peer.inject({ ack: peer.takeAll().at(-1)!.end })
    table.write(connection, 2920)
    const sizes: number[] = []
    for (let i = 0; i < 8; i++) {
      table.advance(connection.info().rto)
      sizes.push(connection.info().segmentSize)
    }
    // Seven in a row, where three are enough of a size that has never arrived.
    expect(sizes).toEqual([...Array(6).fill(1460), 1240, 536])
  })

  it('is not suspected where short segments are lost', () => {
    const { table, connection, peer } = open()
    table.write(connection, 100)
    table.advance(20 * SECOND)
    expect(peer.takeAll().length).toBeGreaterThan(4)
    expect(connection.info().segmentSize).toBe(1460)
  })
})
