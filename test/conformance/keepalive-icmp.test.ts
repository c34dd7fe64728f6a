/** Rows 101 to 109: keepalive, ICMP errors, and what the application sets in the IP header (RFC 9293 3.8.4, 3.9.1, 3.9.2). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SentSegment } from '../support/segment.js'
import { bench } from './bench.js'

const HOUR = 3600 * SECOND

describe('keepalive', () => {
  it('101 [MUST-25] it is off by default: three idle hours, no probe', () => {
    const table = bench()
    const { connection } = table.established()
    table.advance(3 * HOUR)
    table.expectNothing()
    table.expectState(connection, 'ESTABLISHED')
  })

  it('101 [MUST-24, MUST-28] switched on, it waits two hours by default', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { keepAlive: true } })
    table.advance(2 * HOUR - MILLISECOND)
    table.expectNothing()
    table.advance(2 * MILLISECOND)
    expect(peer.takeAll().length).toBe(1)
    table.expectState(connection, 'ESTABLISHED')
  })

  it('101 [MUST-27] the interval can be set, and it can be switched on and off later', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { keepIdle: 10 * SECOND } })
    connection.set('keepAlive', true)
    table.advance(10 * SECOND + MILLISECOND)
    expect(peer.takeAll().length).toBe(1)
    peer.inject()
    connection.set('keepAlive', false)
    table.advance(HOUR)
    table.expectNothing()
  })

  it('102 [MUST-26, SHLD-12] a probe is empty and of number SND.NXT - 1', () => {
    const table = bench()
    const { peer } = table.established({ connection: { keepAlive: true, keepIdle: 10 * SECOND } })
    const s = peer.ack
    table.advance(10 * SECOND)
    peer.expectSegment({ flags: '.', seq: s - 1, ack: peer.seq, data: 0 })
    table.expectNothing()
  })

  it('102 [MUST-26] no probe while data are outstanding', () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { keepAlive: true, keepIdle: 10 * SECOND } })
    const s = peer.ack
    table.write(connection, 100)
    peer.takeAll()
    for (let i = 0; i < 30; i++) {
      table.advance(SECOND)
      for (const { seq } of peer.takeAll()) expect(seq).toBe(s) // the data again, nothing else
    }
    expect(table.tcp.counters.keepAliveProbes).toBe(0)
  })

  it('102 [MUST-26] no probe where something was received within the interval', () => {
    const table = bench()
    const { peer } = table.established({ connection: { keepAlive: true, keepIdle: 10 * SECOND } })
    for (let i = 0; i < 10; i++) {
      table.advance(9 * SECOND)
      expect(peer.takeAll().filter(({ seq }) => seq !== peer.ack)).toEqual([])
      peer.inject({ data: 1 })
    }
    expect(table.tcp.counters.keepAliveProbes).toBe(0)
    table.advance(10 * SECOND)
    expect(table.tcp.counters.keepAliveProbes).toBe(1)
  })

  it('103 [MUST-29] one probe without an answer does not end the connection', () => {
    const table = bench()
    const { connection, peer } = table.established({
      connection: { keepAlive: true, keepIdle: 10 * SECOND, keepInterval: 5 * SECOND, keepCount: 3 },
    })
    for (let round = 0; round < 5; round++) {
      table.advance(10 * SECOND)
      expect(peer.takeAll().length).toBe(1)
      table.advance(5 * SECOND)
      expect(peer.takeAll().length).toBe(1)
      peer.inject()
      table.expectState(connection, 'ESTABLISHED')
    }
    // All of them without an answer do.
    table.advance(10 * SECOND + 3 * 5 * SECOND + SECOND)
    expect(peer.takeAll().length).toBeGreaterThanOrEqual(3)
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ETIMEDOUT')
  })
})

describe('ICMP errors', () => {
  const inFlight = () => {
    const table = bench()
    const { connection, peer } = table.established({ connection: { congestion: 'newreno' } })
    table.write(connection, 3000)
    const sent = peer.takeAll()
    const soft: string[] = []
    connection.onSoftError((code) => soft.push(code))
    return { table, connection, peer, sent, soft }
  }

  it.each([
    ['network unreachable', 3, 0],
    ['host unreachable', 3, 1],
    ['source route failed', 3, 5],
    ['time exceeded in transit', 11, 0],
    ['reassembly time exceeded', 11, 1],
    ['parameter problem', 12, 0],
  ] as const)(
    '104 [MUST-54, MUST-56, SHLD-25] %s (type %i, code %i) is told as a soft error, and the connection goes on',
    (_, type, code) => {
      const { table, connection, peer, sent, soft } = inFlight()
      table.injectIcmp({ type, code, from: '10.0.0.254' }, sent[0])
      expect(soft.length).toBe(1)
      expect(connection.softError).toBe(soft[0])
      expect(connection.error).toBeUndefined()
      table.expectState(connection, 'ESTABLISHED')
      peer.inject()
      peer.takeAll()
      peer.inject({ data: 10 })
      table.expectRead(connection, 10)
    },
  )

  it.each([
    ['protocol', 2, 'ENOPROTOOPT'],
    ['port', 3, 'ECONNREFUSED'],
  ] as const)('105 [SHLD-26] %s unreachable (code %i) in SYN-SENT: connect fails', (_, code, error) => {
    const table = bench()
    const connection = table.connect()
    const syn = table.expectSegment({ flags: 'S' })
    table.injectIcmp({ type: 3, code }, syn)
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe(error)
    table.advance(10 * SECOND)
    table.expectNothing()
    table.expectEmpty()
  })

  it('105 [1191] code 4 lowers the path MTU; what was too long is sent again at once, shorter', () => {
    const { table, connection, peer, sent } = inFlight()
    const s = sent[0].seq
    expect(sent[0].dontFragment).toBe(true)
    table.injectIcmp({ type: 3, code: 4, nextHopMtu: 1000, from: '10.0.0.254' }, sent[0])
    expect(connection.info().pathMtu).toBe(1000)
    table.expectState(connection, 'ESTABLISHED')
    const again = peer.takeAll()
    expect(again[0]?.seq).toBe(s)
    for (const { frame } of again) expect(frame.length).toBeLessThanOrEqual(14 + 1000)
    peer.inject({ ack: s + 960 })
    for (const { frame } of peer.takeAll()) expect(frame.length).toBeLessThanOrEqual(14 + 1000)
    table.advance(10 * SECOND)
    for (const { data } of peer.takeAll()) expect(data.length).toBeLessThanOrEqual(960)
  })

  it('105 [1191 §5] a router that does not tell its MTU: the next lower plateau', () => {
    const { table, connection, peer, sent } = inFlight()
    table.injectIcmp({ type: 3, code: 4, nextHopMtu: 0, from: '10.0.0.254' }, sent[0])
    expect(connection.info().pathMtu).toBe(1492)
    expect(peer.takeAll()[0]?.data.length).toBe(1452)
  })

  it('105 [1191 §3] a second router further back, with a larger MTU, changes nothing', () => {
    const { table, connection, peer, sent } = inFlight()
    table.injectIcmp({ type: 3, code: 4, nextHopMtu: 1000, from: '10.0.0.254' }, sent[0])
    peer.takeAll()
    table.injectIcmp({ type: 3, code: 4, nextHopMtu: 1400, from: '10.0.0.254' }, sent[0])
    expect(connection.info().pathMtu).toBe(1000)
    peer.expectNothing()
  })

  it('105 [1191 §3] code 4 cannot raise the path MTU, nor lower it under 68', () => {
    const { table, connection, sent } = inFlight()
    table.injectIcmp({ type: 3, code: 4, nextHopMtu: 9000, from: '10.0.0.254' }, sent[0])
    expect(connection.info().pathMtu).toBeLessThanOrEqual(1500)
    table.injectIcmp({ type: 3, code: 4, nextHopMtu: 20, from: '10.0.0.254' }, sent[0])
    expect(connection.info().pathMtu).toBeGreaterThanOrEqual(68)
    expect(connection.info().segmentSize).toBeGreaterThanOrEqual(28)
    table.expectState(connection, 'ESTABLISHED')
  })

  it.each([
    ['before SND.UNA', -1],
    ['SND.NXT + 1', 3001],
    ['far away', 0x40000000],
  ] as const)('106 [5927] an error that quotes %s is ignored', (_, offset) => {
    const { table, connection, peer, sent, soft } = inFlight()
    for (const [type, code] of [
      [3, 1],
      [3, 4],
      [3, 3],
      [11, 0],
    ])
      table.injectIcmp({ type, code, nextHopMtu: 600, seq: sent[0].seq + offset }, sent[0])
    expect(soft).toEqual([])
    expect(connection.softError).toBeUndefined()
    expect(connection.info().pathMtu).toBe(1500)
    table.expectState(connection, 'ESTABLISHED')
    peer.expectNothing()
    expect(table.tcp.counters.dropped['ICMP error not ours']).toBe(3)
    // Code 4 got no further than ICMP.
    expect(table.stack.icmp.counters.dropped).toEqual({ 'ICMP error not credible': 1 })
  })

  it.each([
    ['was acknowledged', { seq: -1 }],
    ['was not sent yet', { seq: 3000 }],
    ['has another port', { port: 1 }],
  ])(
    '106 [5927 §4.1, §7] code 4 that quotes a segment that %s lowers no path MTU: not for others there, either',
    (_, wrong) => {
      const { table, connection, peer, sent } = inFlight()
      const quoted: SentSegment = { ...sent[0], frame: sent[0].frame.slice() }
      if ('port' in wrong) quoted.frame[35] ^= wrong.port
      const seq = sent[0].seq + ('seq' in wrong ? wrong.seq : 0)
      const lie = { type: 3, code: 4, nextHopMtu: 600, from: '10.0.0.254', seq }
      const pathMtu = () => table.stack.ipv4.route(peer.address)?.pathMtu
      table.injectIcmp(lie, quoted)
      expect(pathMtu()).toBe(1500)
      peer.inject({ ack: sent.at(-1)!.end })
      table.write(connection, 1460)
      expect(peer.takeAll().map(({ data }) => data.length)).toEqual([80, 1460])
      // The same of a segment that is outstanding is believed.
      table.injectIcmp({ ...lie, seq: sent.at(-1)!.end }, sent[0])
      expect(pathMtu()).toBe(600)
    },
  )

  it('106 an error about a connection that there is not is ignored', () => {
    const { table, sent } = inFlight()
    const other: SentSegment = { ...sent[0], frame: sent[0].frame.slice() }
    other.frame[35] ^= 1 // another source port
    table.injectIcmp({ type: 3, code: 3 }, other)
    table.expectNothing()
    expect(table.tcp.counters.dropped['ICMP error not ours']).toBe(1)
  })

  it('107 [MUST-55] source quench changes nothing and is not answered', () => {
    const { table, connection, sent, soft } = inFlight()
    const before = connection.info()
    table.injectIcmp({ type: 4, code: 0, from: '10.0.0.254' }, sent[0])
    expect(connection.info()).toEqual(before)
    expect(soft).toEqual([])
    table.expectNothing()
    expect(table.others).toEqual([])
  })
})

describe('the IP header', () => {
  it('108 [MUST-48, MUST-49] time to live 3 and DSCP 46 are in every segment: SYN, data, ACK, FIN, and again', () => {
    const table = bench()
    const connection = table.connect({ timeToLive: 3, trafficClass: 46 << 2 })
    const { peer } = table
    const sent = [peer.expectSegment({ flags: 'S' })]
    table.advance(SECOND)
    sent.push(peer.expectSegment({ flags: 'S' }))
    peer.inject({ flags: 'S.' })
    table.write(connection, 3000)
    sent.push(...peer.takeAll())
    table.advance(4 * SECOND)
    peer.inject()
    peer.inject({ data: 100 })
    connection.shutdownWrite()
    table.advance(SECOND)
    sent.push(...peer.takeAll())
    connection.abort()
    sent.push(...peer.takeAll())
    expect(sent.length).toBeGreaterThan(6)
    expect(sent.map(({ timeToLive, trafficClass }) => [timeToLive, trafficClass])).toEqual(sent.map(() => [3, 184]))
  })

  it('108 [MUST-48, MUST-49] on a connection accepted too, and from the moment they are set', () => {
    const table = bench()
    const { connection, peer } = table.established({
      open: 'passive',
      connection: { timeToLive: 3, trafficClass: 184 },
    })
    table.write(connection, 10)
    expect(peer.expectSegment()).toMatchObject({ timeToLive: 3, trafficClass: 184 })
    peer.inject()
    connection.set('timeToLive', 9)
    connection.set('trafficClass', 8)
    table.write(connection, 10)
    expect(peer.expectSegment()).toMatchObject({ timeToLive: 9, trafficClass: 8 })
  })
})

describe('soft errors', () => {
  it('109 [MUST-47, SHLD-20] the callback is called; not when it is switched off', () => {
    for (const softErrors of [true, false]) {
      const table = bench()
      const { connection, peer } = table.established({ connection: { softErrors } })
      let calls = 0
      connection.onSoftError(() => calls++)
      table.write(connection, 100)
      const sent = peer.expectSegment({ data: 100 })
      table.injectIcmp({ type: 3, code: 1 }, sent)
      expect(calls).toBe(softErrors ? 1 : 0)
      connection.set('softErrors', !softErrors)
      table.injectIcmp({ type: 3, code: 1 }, sent)
      expect(calls).toBe(1)
    }
  })
})
