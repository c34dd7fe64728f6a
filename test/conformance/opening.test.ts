/** Rows 20 to 37: segments for nobody, LISTEN, SYN-SENT, SYN-RECEIVED, and what may be opened (RFC 9293 3.5, 3.9.1, 3.10.7). */
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import { codeOf } from '../support/net-errors.js'
import { OWN_ADDRESS, type TestBench } from '../support/stack-bench.js'
import { bench, twoStacks } from './bench.js'

/** The states of all connections there are. */
const states = (table: TestBench) => [...table.tcp.connections].map(({ state }) => state)

describe('CLOSED: a segment for nobody', () => {
  it.each([0, 7])('20 a SYN with %i octets is answered with RST, ACK: number 0, all of it acknowledged', (data) => {
    const table = bench()
    const nobody = table.addPeer({ localPort: 9999 })
    nobody.inject({ flags: 'S', seq: 5000, data })
    nobody.expectSegment({ flags: 'R.', seq: 0, ack: 5001 + data, data: 0 })
    table.expectNothing()
  })

  it.each(['.', 'S.', 'F.', 'P.'])(
    '21 [%s] with acknowledgement y is answered with RST of number y, without ACK',
    (flags) => {
      const table = bench()
      const nobody = table.addPeer({ localPort: 9999 })
      nobody.inject({ flags, ack: 77777, data: flags === 'P.' ? 5 : 0 })
      nobody.expectSegment({ flags: 'R', seq: 77777, data: 0 })
      table.expectNothing()
    },
  )

  it.each(['R', 'R.'])('22 [%s] is answered with silence', (flags) => {
    const table = bench()
    table.addPeer({ localPort: 9999 }).inject({ flags, ack: 77777 })
    table.advance(SECOND)
    table.expectNothing()
  })
})

describe('LISTEN', () => {
  it('23 a reset is answered with silence, an acknowledgement with RST, and both leave it listening', () => {
    const table = bench()
    const listener = table.listen()
    table.inject({ flags: 'R' })
    table.inject({ flags: 'R.', ack: 5 })
    table.expectNothing()
    table.inject({ flags: '.', ack: 5555 })
    table.expectSegment({ flags: 'R', seq: 5555 })
    table.inject({ flags: 'S.', ack: 6666 })
    table.expectSegment({ flags: 'R', seq: 6666 })
    table.expectNothing()
    const later = table.addPeer({ port: 40001 })
    later.inject({ flags: 'S' })
    later.expectSegment({ flags: 'S.' })
    later.inject()
    expect(listener.waiting).toBe(1)
  })

  it('23 a segment without SYN, RST and ACK is dropped in silence', () => {
    const table = bench()
    table.listen()
    table.inject({ flags: 'F' })
    table.inject({ flags: '', data: 5 })
    table.advance(SECOND)
    table.expectNothing()
  })

  it('24 a SYN is answered with SYN, ACK, and the connection is in SYN-RECEIVED', () => {
    const table = bench()
    const listener = table.listen()
    table.inject({ flags: 'S', seq: 0xfffffffe })
    table.expectSegment({ flags: 'S.', ack: 0xffffffff })
    table.expectNothing()
    expect(states(table)).toEqual(['SYN-RECEIVED'])
    expect(listener.waiting).toBe(0)
  })

  it('24 the same SYN again is answered from the same number, and it stays in SYN-RECEIVED', () => {
    const table = bench()
    const listener = table.listen()
    const { peer } = table
    const { seq } = peer
    peer.inject({ flags: 'S', seq })
    const first = peer.expectSegment({ flags: 'S.', ack: seq + 1 })
    table.advance(500 * MILLISECOND)
    peer.inject({ flags: 'S', seq })
    const again = peer.expectSegment({ ack: seq + 1 })
    expect([first.seq, first.end]).toContain(again.seq) // SYN, ACK again, or the acknowledgement of step 1
    expect(states(table)).toEqual(['SYN-RECEIVED'])
    peer.inject({ seq: seq + 1, ack: first.end })
    expect(listener.waiting).toBe(1)
  })

  it('24 an acknowledgement of the SYN, ACK that carries data and FIN leads on to CLOSE-WAIT', () => {
    const table = bench()
    const listener = table.listen()
    const { peer } = table
    peer.inject({ flags: 'S' })
    peer.expectSegment({ flags: 'S.' })
    peer.inject({ flags: 'F.', data: 20 })
    peer.expectSegment({ flags: '.', ack: peer.seq })
    const connection = listener.accept()!
    table.expectState(connection, 'CLOSE-WAIT')
    table.expectRead(connection, 20)
    expect(connection.ended).toBe(true)
  })

  it('24 a SYN, ACK that is never answered is given up; nothing of it is left', () => {
    const table = bench()
    const listener = table.listen()
    table.inject({ flags: 'S' })
    table.advance(1000 * SECOND)
    table.peer.takeAll()
    expect(states(table)).toEqual([])
    expect(listener.waiting).toBe(0)
    table.expectEmpty()
    expect(table.clock.nextAt).toBeUndefined()
  })

  it('25 the data of a SYN, ACK are delivered once', () => {
    const table = bench()
    const connection = table.connect()
    const { peer } = table
    const { seq } = peer
    peer.expectSegment({ flags: 'S' })
    peer.inject({ flags: 'S.', seq, data: 10 })
    const { ack } = peer.expectSegment({ flags: '.' })
    expect([seq + 1, seq + 11]).toContain(ack)
    peer.inject({ seq: ack, data: seq + 31 - ack })
    table.expectState(connection, 'ESTABLISHED')
    table.expectRead(connection, 30)
  })

  it('25 the data of a SYN are delivered once', () => {
    const table = bench()
    const listener = table.listen()
    const { peer } = table
    const { seq } = peer
    peer.inject({ flags: 'S', seq, data: 10 })
    const { ack } = peer.expectSegment({ flags: 'S.' })
    expect([seq + 1, seq + 11]).toContain(ack)
    // The peer completes, and sends again what was not acknowledged, and more.
    peer.inject({ seq: ack })
    peer.inject({ seq: ack, data: seq + 31 - ack })
    const connection = listener.accept()!
    table.expectRead(connection, 30)
  })
})

describe('SYN-SENT', () => {
  it.each([
    { what: 'ISS', offset: 0 },
    { what: 'less than ISS', offset: -1000 },
    { what: 'more than SND.NXT', offset: 2 },
  ])('26 an acknowledgement of $what is answered with RST of that number, and it stays', ({ offset }) => {
    const table = bench()
    const connection = table.connect()
    const { seq } = table.expectSegment({ flags: 'S' })
    const ack = (seq + offset) >>> 0
    for (const [i, flags] of ['.', 'S.', 'F.'].entries()) {
      table.inject({ flags, ack })
      table.expectSegment({ flags: 'R', seq: ack })
      // The reset ends what the peer has of an earlier connection: the SYN follows it, once (test/drill/syn-after-reset.pkt).
      if (i === 0) table.expectSegment({ flags: 'S', seq })
    }
    table.inject({ flags: 'R.', ack })
    table.expectNothing()
    table.expectState(connection, 'SYN-SENT')
  })

  it('27 a reset with an acceptable acknowledgement is a refusal', () => {
    const table = bench()
    const connection = table.connect()
    const told: (string | undefined)[] = []
    connection.onClosed((error) => told.push(error))
    table.expectSegment({ flags: 'S' })
    table.inject({ flags: 'R.', seq: 0 })
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ECONNREFUSED')
    expect(told).toEqual(['ECONNREFUSED'])
    table.advance(10 * SECOND)
    table.expectNothing()
    table.expectEmpty()
  })

  it('27 a reset without acknowledgement is dropped', () => {
    const table = bench()
    const connection = table.connect()
    table.expectSegment({ flags: 'S' })
    table.inject({ flags: 'R' })
    table.inject({ flags: '', data: 3 })
    table.expectNothing()
    table.expectState(connection, 'SYN-SENT')
  })

  it('27 an acceptable acknowledgement without SYN is dropped, and it stays', () => {
    const table = bench()
    const connection = table.connect()
    table.expectSegment({ flags: 'S' })
    table.inject({ flags: '.' })
    table.expectNothing()
    table.expectState(connection, 'SYN-SENT')
  })
})

describe('simultaneous open', () => {
  it('28 [MUST-10] a bare SYN in SYN-SENT makes SYN-RECEIVED and a SYN, ACK from the same number', () => {
    const table = bench()
    const connection = table.connect()
    const { seq } = table.expectSegment({ flags: 'S' })
    table.inject({ flags: 'S', seq: 300 })
    table.expectSegment({ flags: 'S.', seq, ack: 301 })
    table.expectState(connection, 'SYN-RECEIVED')
    table.expectNothing()
  })

  it.each(['S.', '.'])(
    "28 [MUST-10] the peer's [%s] then makes it ESTABLISHED (figure 8), and data flow both ways",
    (flags) => {
      const table = bench()
      const connection = table.connect()
      table.expectSegment({ flags: 'S' })
      const { peer } = table
      const iss = peer.seq
      peer.inject({ flags: 'S' })
      peer.expectSegment({ flags: 'S.' })
      peer.inject({ flags, seq: flags === '.' ? peer.seq : iss })
      table.expectState(connection, 'ESTABLISHED')
      peer.takeAll()
      peer.inject({ data: 10 })
      table.expectRead(connection, 10)
      table.write(connection, 20)
      peer.expectSegment({ data: 20 })
    },
  )

  it('28 [MUST-10] two stacks that open to each other at once are both ESTABLISHED, on one connection', () => {
    const { clock, a, b } = twoStacks({ delay: 10 * MILLISECOND })
    const fromA = a.tcp.connect({ address: b.address, port: 7 }, { local: { address: a.address, port: 8 } })
    const fromB = b.tcp.connect({ address: a.address, port: 8 }, { local: { address: b.address, port: 7 } })
    clock.runFor(SECOND)
    expect([fromA.state, fromB.state]).toEqual(['ESTABLISHED', 'ESTABLISHED'])
    fromA.write(Uint8Array.of(1, 2, 3))
    clock.runFor(SECOND)
    const into = new Uint8Array(10)
    expect(fromB.read(into)).toBe(3)
    expect([...a.tcp.connections].length).toBe(1)
  })
})

describe('SYN-RECEIVED', () => {
  it.each([
    { what: 'ISS', offset: 0 },
    { what: 'less than ISS', offset: -5 },
    { what: 'more than SND.NXT', offset: 2 },
  ])('29 an acknowledgement of $what is answered with RST of that number, and it stays', ({ offset }) => {
    const table = bench()
    const listener = table.listen()
    table.inject({ flags: 'S' })
    const { seq } = table.expectSegment({ flags: 'S.' })
    const ack = (seq + offset) >>> 0
    table.inject({ ack })
    table.expectSegment({ flags: 'R', seq: ack })
    expect(states(table)).toEqual(['SYN-RECEIVED'])
    table.inject({ ack: seq + 1 })
    expect(listener.waiting).toBe(1)
    table.expectNothing()
  })

  it('29 so it is after a simultaneous open', () => {
    const table = bench()
    const connection = table.connect()
    const { seq } = table.expectSegment({ flags: 'S' })
    table.inject({ flags: 'S' })
    table.expectSegment({ flags: 'S.' })
    table.inject({ ack: seq })
    table.expectSegment({ flags: 'R', seq })
    table.expectState(connection, 'SYN-RECEIVED')
  })

  it('30 [MUST-11] an exact reset of a passive open leaves the listener as it was, and nobody is told', () => {
    const table = bench()
    const listener = table.listen()
    let acceptable = 0
    listener.onAcceptable(() => acceptable++)
    table.inject({ flags: 'S' })
    table.expectSegment({ flags: 'S.' })
    table.inject({ flags: 'R' })
    expect(states(table)).toEqual([])
    table.advance(10 * SECOND)
    table.expectNothing()
    expect(acceptable).toBe(0)
    const next = table.addPeer({ port: 40001 })
    next.inject({ flags: 'S' })
    next.expectSegment({ flags: 'S.' })
    next.inject()
    expect(listener.accept()?.state).toBe('ESTABLISHED')
  })

  it('30 [MUST-11] an exact reset of an active open is a refusal', () => {
    const table = bench()
    const connection = table.connect()
    table.expectSegment({ flags: 'S' })
    table.inject({ flags: 'S' })
    table.expectSegment({ flags: 'S.' })
    table.inject({ flags: 'R' })
    table.expectState(connection, 'CLOSED')
    expect(connection.error).toBe('ECONNREFUSED')
    table.expectNothing()
  })

  it('31 another SYN in the window takes a passive open back to LISTEN; nobody is told', () => {
    const table = bench()
    const listener = table.listen()
    const { peer } = table
    peer.inject({ flags: 'S' })
    peer.expectSegment({ flags: 'S.' })
    peer.inject({ flags: 'S', seq: peer.seq + 5 })
    expect(states(table)).toEqual([])
    table.advance(5 * SECOND)
    table.expectNothing()
    expect(listener.waiting).toBe(0)
    peer.inject({ flags: 'S', seq: 900_000 })
    peer.expectSegment({ flags: 'S.', ack: 900_001 })
    peer.inject({ seq: 900_001 })
    expect(listener.waiting).toBe(1)
  })
})

describe('what may be opened', () => {
  it('32 [MUST-41] a second listener on an address and port is an error, and the first still works', () => {
    const table = bench()
    const first = table.listen()
    expect(codeOf(() => table.listen())).toBe('EADDRINUSE')
    expect(codeOf(() => table.tcp.listen({ address: ipv4(OWN_ADDRESS), port: 80 }))).toBe('EADDRINUSE')
    table.inject({ flags: 'S' })
    table.expectSegment({ flags: 'S.' })
    table.inject()
    expect(first.accept()?.state).toBe('ESTABLISHED')
  })

  it('33 [MUST-42] a port with a connection in SYN-SENT or SYN-RECEIVED may be listened on', () => {
    const table = bench()
    const connection = table.connect({ local: { address: ipv4(OWN_ADDRESS), port: 80 } })
    table.expectSegment({ flags: 'S' })
    const listener = table.listen({}, 80)
    table.inject({ flags: 'S' })
    table.expectSegment({ flags: 'S.' })
    table.expectState(connection, 'SYN-RECEIVED')
    listener.close()
    const again = table.listen({}, 80)
    const other = table.addPeer({ port: 40001 })
    other.inject({ flags: 'S' })
    other.expectSegment({ flags: 'S.' })
    other.inject()
    expect(again.accept()?.remote.port).toBe(40001)
  })

  it.each(['255.255.255.255', '10.0.0.255', '224.0.0.1', '0.0.0.0', '240.0.0.1'])(
    '34 [MUST-46] to connect to %s is an error at once, and no frame is sent',
    (address) => {
      const table = bench({ gateway: '10.0.0.254' })
      expect(codeOf(() => table.tcp.connect({ address: ipv4(address), port: 80 }))).toBeDefined()
      table.advance(SECOND)
      table.expectNothing()
      expect(table.others).toEqual([])
      expect(states(table)).toEqual([])
    },
  )

  const EVERYONE = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
  const GROUP = Uint8Array.of(0x01, 0x00, 0x5e, 0, 0, 1)
  it.each([
    { destination: '255.255.255.255', toMac: EVERYONE },
    { destination: '10.0.0.255', toMac: EVERYONE },
    { destination: '224.0.0.1', toMac: GROUP },
    { destination: OWN_ADDRESS, toMac: EVERYONE },
  ])('35 [MUST-57] a SYN to $destination in a group frame is answered with silence', ({ destination, toMac }) => {
    const table = bench()
    table.listen()
    table.inject({ flags: 'S', destination: ipv4(destination), toMac })
    table.addPeer({ localPort: 9999 }).inject({ flags: 'S', destination: ipv4(destination), toMac })
    table.advance(5 * SECOND)
    table.expectNothing()
    expect(table.others).toEqual([])
    expect(states(table)).toEqual([])
  })

  it.each(['0.0.0.5', '0.0.0.0', '127.0.0.1', '255.255.255.255', '10.0.0.255', '224.0.0.1', '240.0.0.1', OWN_ADDRESS])(
    '36 [MUST-63] a SYN from %s is answered with silence',
    (source) => {
      const table = bench({ gateway: '10.0.0.254' })
      table.listen()
      table.inject({ flags: 'S', source: ipv4(source) })
      table.inject({ flags: 'S', source: ipv4(source), destinationPort: 9999 })
      table.advance(5 * SECOND)
      table.expectNothing()
      expect(table.others).toEqual([])
      expect(states(table)).toEqual([])
    },
  )

  it('37 [MUST-44] the source is the address of the network that the peer is in', () => {
    const table = bench()
    table.stack.interfaces[0].addAddress('10.7.0.1/24')
    table.addStation('10.0.0.2')
    for (const [remote, own] of [
      ['10.0.0.2', '10.0.0.1'],
      ['10.7.0.9', '10.7.0.1'],
    ]) {
      const peer = table.addPeer({ address: remote, port: 5000 })
      const connection = table.connect({}, peer)
      expect(connection.local.address).toBe(ipv4(own))
      expect(peer.expectSegment({ flags: 'S' }).source).toBe(ipv4(own))
    }
  })

  it('37 [MUST-43, MUST-45] the source that was bound is kept for the whole connection', () => {
    const table = bench()
    table.stack.interfaces[0].addAddress('10.7.0.1/24')
    const { peer } = table
    const connection = table.connect({ local: { address: ipv4('10.7.0.1'), port: 0 } })
    const destination = ipv4('10.7.0.1')
    const sent = [peer.expectSegment({ flags: 'S' })]
    peer.inject({ flags: 'S.', destination })
    sent.push(peer.expectSegment({ flags: '.' }))
    table.write(connection, 10)
    sent.push(peer.expectSegment({ data: 10 }))
    table.advance(SECOND)
    sent.push(...peer.takeAll())
    peer.inject({ destination })
    connection.close()
    sent.push(peer.expectSegment({ flags: 'F.' }))
    expect(sent.map(({ source }) => source)).toEqual(sent.map(() => destination))
    expect(connection.local.address).toBe(destination)
  })

  it('37 [MUST-43] to bind an address that is not ours is an error', () => {
    const table = bench()
    expect(codeOf(() => table.connect({ local: { address: ipv4('10.9.9.9'), port: 0 } }))).toBe('EADDRNOTAVAIL')
    expect(codeOf(() => table.tcp.listen({ address: ipv4('10.9.9.9'), port: 80 }))).toBe('EADDRNOTAVAIL')
  })
})
