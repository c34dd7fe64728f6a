import { beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { FrameLink } from '../../test/support/frame-link.js'
import { thrown } from '../../test/support/net-errors.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import { Stack } from '../stack.js'
import { BSD_OPTIONS, bsdOption } from './options.js'
import type { StreamSocket } from './stream-socket.js'

const SERVER = { address: '10.0.0.2', port: 80 }

let clock: Scheduler
let link: FrameLink
let here: Stack
let there: Stack

beforeEach(() => {
  clock = new Scheduler()
  const random = new SeededRandom(9)
  link = new FrameLink({ clock, delay: MILLISECOND })
  here = new Stack({ clock, random: random.fork('here'), name: 'here' })
  there = new Stack({ clock, random: random.fork('there'), name: 'there' })
  here.addInterface({ name: 'eth0', device: link.a, address: '10.0.0.1/24' })
  there.addInterface({ name: 'eth0', device: link.b, address: '10.0.0.2/24' })
})

function listening(): StreamSocket {
  const server = there.socket('ipv4', 'stream')
  server.bind({ address: '0.0.0.0', port: 80 })
  server.listen()
  return server
}

describe('options that are set on a listener after listen()', () => {
  it('reach the connections that it accepts, those that opened before too', () => {
    const server = listening()
    const early = here.socket('ipv4', 'stream')
    early.connect(SERVER)
    clock.runFor(10 * MILLISECOND)
    server.setOption('noDelay', true)
    server.setOption('timeToLive', 9)
    server.setOption('receiveBuffer', 8000)
    server.setOption('timestamps', false)
    const late = here.socket('ipv4', 'stream')
    late.connect(SERVER)
    clock.runFor(10 * MILLISECOND)
    for (const timestamps of [true, false]) {
      const accepted = server.accept()!
      expect(accepted.getOption('noDelay')).toBe(true)
      expect(accepted.getOption('timeToLive')).toBe(9)
      expect(accepted.getOption('receiveBuffer')).toBe(8000)
      // What was agreed with the SYN stays agreed.
      expect(accepted.getOption('info').timestamps).toBe(timestamps)
    }
    expect(late.getOption('info').sendWindow).toBeLessThanOrEqual(8000)
  })

  it('are checked as any', () => {
    expect(() => listening().setOption('timeToLive', 0)).toThrow('timeToLive')
  })
})

describe('what is about a stream', () => {
  it.each(['datagram', 'raw'] as const)('is refused by a %s socket, by name', (type) => {
    const socket = here.socket('ipv4', type)
    socket.connect({ address: '10.0.0.2', port: 9 })
    expect(() => socket.write(new Uint8Array(8), { push: false })).toThrow('MSG_MORE')
    expect(() => socket.write(new Uint8Array(8), { urgent: true })).toThrow('MSG_OOB')
    const to = { address: '10.0.0.2', port: 9 }
    expect(thrown(() => socket.sendTo(new Uint8Array(8), to, { push: false }))).toMatch(/^EOPNOTSUPP: sendTo.*MSG_MORE/)
    expect(thrown(() => socket.sendTo(new Uint8Array(8), to, { urgent: true }))).toMatch(/^EOPNOTSUPP: sendTo.*MSG_OOB/)
    expect(socket.sendTo(new Uint8Array(8), to, { push: true, urgent: false })).toBe(8)
  })
})

describe('TCP_MAXSEG', () => {
  it('of a connection is what its segments have at most, options subtracted', () => {
    const { client } = pair()
    expect(client.getOption('maximumSegmentSize')).toBe(1460 - 12)
    client.setOption('maximumSegmentSize', 500)
    expect(client.getOption('maximumSegmentSize')).toBe(500 - 12)
    expect(client.getOption('info').advertisedSegmentSize).toBe(1460)
    expect(here.socket('ipv4', 'stream').getOption('maximumSegmentSize')).toBeUndefined()
  })
})

function pair(): { client: StreamSocket; server: StreamSocket; accepted: StreamSocket } {
  const server = listening()
  const client = here.socket('ipv4', 'stream')
  client.connect(SERVER)
  clock.runFor(10 * MILLISECOND)
  return { client, server, accepted: server.accept()! }
}

const octets = (length: number) => new Uint8Array(length).fill(7)

describe('a stream socket', () => {
  it('connects, and says when it has: not before', () => {
    const server = listening()
    const client = here.socket('ipv4', 'stream')
    expect(client.poll()).toEqual({ readable: false, writable: false, error: false, hangUp: true, urgent: false })
    let ready = 0
    client.onReady(() => ready++)
    client.connect(SERVER)
    expect(client.poll()).toMatchObject({ writable: false, hangUp: false })
    expect(client.write(octets(1))).toBeUndefined()
    expect(client.read(octets(1))).toBeUndefined()
    expect(thrown(() => client.connect(SERVER))).toMatch(/^EALREADY: connect 10\.0\.0\.2:80: .*; wait until poll/)
    expect(server.accept()).toBeUndefined()
    clock.runFor(10 * MILLISECOND)
    expect(ready).toBeGreaterThan(0)
    expect(client.poll()).toEqual({ readable: false, writable: true, error: false, hangUp: false, urgent: false })
    expect(client.error()).toBeUndefined()
    expect(server.poll().readable).toBe(true)
    const accepted = server.accept()!
    expect(server.poll().readable).toBe(false)
    expect(accepted.localEndpoint()).toEqual({ family: 'ipv4', ...SERVER })
    expect(accepted.remoteEndpoint()).toEqual(client.localEndpoint())
    expect(thrown(() => client.connect(SERVER))).toMatch(/^EISCONN/)
  })

  it('gives what was written, in order, then 0 at the end, and can still answer (RFC 9293 3.6)', () => {
    const { client, accepted } = pair()
    const into = new Uint8Array(10)
    expect(client.write(Uint8Array.of(1, 2, 3))).toBe(3)
    client.shutdown('write')
    expect(accepted.read(into)).toBeUndefined()
    clock.runFor(10 * MILLISECOND)
    expect(accepted.poll()).toMatchObject({ readable: true, hangUp: false })
    expect(accepted.available).toBe(3)
    expect(accepted.peek(into)).toBe(3)
    expect(accepted.read(into)).toBe(3)
    expect([...into.subarray(0, 3)]).toEqual([1, 2, 3])
    expect(accepted.read(into)).toBe(0)
    expect(accepted.write(Uint8Array.of(4))).toBe(1)
    clock.runFor(10 * MILLISECOND)
    expect(client.receiveFrom(into)).toMatchObject({ length: 1, from: SERVER })
    expect(thrown(() => client.write(octets(1)))).toMatch(/^EPIPE: write 1 octets: /)
    expect(client.poll().writable).toBe(true) // it would not wait: it would fail
  })

  it('takes no more than the buffers hold, and says when there is room again', () => {
    const { client, accepted } = pair()
    let written = 0
    for (let n = client.write(octets(10_000)); n !== undefined; n = client.write(octets(10_000))) written += n
    expect(client.room).toBe(0)
    expect(client.poll().writable).toBe(false)
    clock.runFor(SECOND)
    for (let n = client.write(octets(10_000)); n !== undefined; n = client.write(octets(10_000))) written += n
    clock.runFor(SECOND)
    expect(client.poll().writable).toBe(false)
    let ready = 0
    client.onReady(() => ready++)
    let read = 0
    for (let n = accepted.read(octets(5000)); n !== undefined && n > 0; n = accepted.read(octets(5000))) {
      read += n
      clock.runFor(10 * MILLISECOND)
    }
    expect(ready).toBeGreaterThan(0)
    expect(client.poll().writable).toBe(true)
    expect(read).toBe(written)
  })

  it('gives ECONNREFUSED once where nobody listens, and may be used again', () => {
    const client = here.socket('ipv4', 'stream')
    client.connect({ address: '10.0.0.2', port: 81 })
    clock.runFor(10 * MILLISECOND)
    expect(client.poll()).toEqual({ readable: true, writable: true, error: true, hangUp: true, urgent: false })
    expect(thrown(() => client.read(octets(1)))).toMatch(
      /^ECONNREFUSED: read 10\.0\.0\.2:81: .*; start the server, or check/,
    )
    expect(thrown(() => client.read(octets(1)))).toMatch(/^ENOTCONN/)
    listening()
    client.connect(SERVER)
    clock.runFor(10 * MILLISECOND)
    expect(client.poll()).toMatchObject({ writable: true, error: false })
  })

  it('gives ECONNRESET once when the peer resets, after what had arrived, and 0 from then on', () => {
    const { client, accepted } = pair()
    accepted.write(octets(3))
    clock.runFor(200 * MILLISECOND)
    accepted.abort()
    clock.runFor(10 * MILLISECOND)
    expect(client.poll()).toMatchObject({ error: true, hangUp: true })
    const codes = [0, 1, 2].map(() => thrown(() => client.read(octets(10))).split(':')[0])
    expect(codes).toContain('ECONNRESET')
    expect(client.read(octets(1))).toBe(0)
    expect(thrown(() => client.write(octets(1)))).toMatch(/^EPIPE/)
  })

  it('gives ETIMEDOUT when the peer is gone for longer than the user timeout', () => {
    const { client } = pair()
    client.setOption('userTimeout', 5 * SECOND)
    there.interfaces[0].stop()
    client.write(octets(1))
    clock.runFor(4.9 * SECOND)
    expect(client.poll().error).toBe(false)
    clock.runFor(30 * SECOND)
    expect(client.getOption('error')).toBe('ETIMEDOUT')
    expect(client.getOption('error')).toBeUndefined()
  })

  it('says that the host cannot be reached, where that is known, in place of that it did not answer', () => {
    const { client } = pair()
    client.setOption('userTimeout', 5 * SECOND)
    link.up = false
    client.write(octets(1))
    clock.runFor(30 * SECOND)
    expect(client.error()).toBe('EHOSTUNREACH')
  })

  it('tells that urgent data wait, and gives them in their place (RFC 6093 3.1)', () => {
    const { client, accepted } = pair()
    client.write(Uint8Array.of(1, 2, 3), { urgent: true })
    clock.runFor(10 * MILLISECOND)
    expect(accepted.poll().urgent).toBe(true)
    const into = new Uint8Array(10)
    expect(accepted.read(into)).toBe(3)
    expect([...into.subarray(0, 3)]).toEqual([1, 2, 3])
    expect(accepted.poll().urgent).toBe(false)
  })

  it('is gone without a trace when it is closed on both sides', () => {
    const { client, server, accepted } = pair()
    let after = 0
    client.onReady(() => after++)
    accepted.close()
    clock.runFor(10 * MILLISECOND)
    expect(client.read(octets(1))).toBe(0)
    after = 0
    client.close()
    client.close()
    server.close()
    clock.runFor(300 * SECOND)
    expect(after).toBe(0)
    for (const stack of [here, there]) {
      expect(stack.memory.used).toBe(0)
      expect([...stack.tcp.connections]).toEqual([])
      expect([...stack.tcp.listeners]).toEqual([])
    }
    expect(clock.nextAt).toBeUndefined()
    expect(thrown(() => client.poll() && client.read(octets(1)))).toMatch(/^EBADF: read/)
  })
})

describe('addresses and ports', () => {
  it('are given once: to a listener, to a binding, and to connections unless they may be shared', () => {
    const { server, accepted, client } = pair()
    const other = () => there.socket('ipv4', 'stream')
    const bind = (port: number, reuse = false) => {
      const socket = other()
      socket.setOption('reuseAddress', reuse)
      const message = thrown(() => socket.bind({ address: '0.0.0.0', port }))
      if (message !== 'nothing') socket.close()
      return message
    }
    expect(bind(80)).toMatch(/^EADDRINUSE: bind 0\.0\.0\.0:80: .*set reuseAddress/)
    expect(bind(80, true)).toMatch(/^EADDRINUSE/)
    server.close()
    expect(bind(80)).toMatch(/^EADDRINUSE/)
    expect(bind(80, true)).toBe('nothing')
    expect(bind(80)).toMatch(/^EADDRINUSE/)
    expect(bind(81)).toBe('nothing')
    expect(bind(81)).toMatch(/^EADDRINUSE/)
    client.close()
    accepted.close()
  })

  it('are drawn at random where the port is 0, and known from then on', () => {
    const ports = Array.from({ length: 50 }, () => {
      const socket = here.socket('ipv4', 'stream')
      socket.bind({ address: '0.0.0.0', port: 0 })
      return socket.localEndpoint().port
    })
    expect(new Set(ports).size).toBe(50)
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(49152)
  })

  it('are kept for a socket from bind on, whatever else asks for one, until it is closed', () => {
    const bound = here.socket('ipv4', 'stream')
    bound.bind({ address: '0.0.0.0', port: 4000 })
    const listen = () => here.tcp.listen({ address: 0, port: 4000 })
    expect(thrown(listen)).toMatch(/^EADDRINUSE: listen on 0\.0\.0\.0:4000/)
    bound.close()
    expect(thrown(() => listen().close())).toBe('nothing')
  })

  it.each([
    ['EADDRNOTAVAIL', () => here.socket('ipv4', 'stream').bind({ address: '10.0.0.9', port: 80 })],
    ['ENETUNREACH', () => here.socket('ipv4', 'stream').connect({ address: '192.0.2.1', port: 80 })],
    ['EADDRNOTAVAIL', () => here.socket('ipv4', 'stream').connect({ address: '10.0.0.2', port: 0 })],
    ['EINVAL', () => here.socket('ipv4', 'stream').accept()],
    ['EINVAL', () => here.socket('ipv4', 'stream').listen(-1)],
    ['ENOTCONN', () => here.socket('ipv4', 'stream').read(octets(1))],
    ['ENOTCONN', () => here.socket('ipv4', 'stream').write(octets(1))],
    ['ENOTCONN', () => here.socket('ipv4', 'stream').shutdown('both')],
    ['ENOTCONN', () => here.socket('ipv4', 'stream').remoteEndpoint()],
    ['EOPNOTSUPP', () => here.socket('ipv4', 'stream').sendTo(octets(1), SERVER)],
    ['EOPNOTSUPP', () => listening().connect(SERVER)],
    ['ENOTCONN', () => listening().read(octets(1))],
    ['EINVAL', () => pair().client.listen()],
    ['EINVAL', () => pair().client.bind({ address: '0.0.0.0', port: 0 })],
  ] as const)('give %s where BSD does (%#)', (code, action) => {
    expect(thrown(action)).toMatch(new RegExp(`^${code}: `))
  })
})

describe('options', () => {
  it('say how long calls may wait (SO_RCVTIMEO, SO_SNDTIMEO), which those here do not; who is accepted has the same', () => {
    for (const type of ['stream', 'datagram', 'raw'] as const) {
      const socket = there.socket('ipv4', type)
      expect([socket.getOption('receiveTimeout'), socket.getOption('sendTimeout')]).toEqual([undefined, undefined])
      socket.setOption('receiveTimeout', SECOND)
      socket.setOption('sendTimeout', 2 * SECOND)
      expect([socket.getOption('receiveTimeout'), socket.getOption('sendTimeout')]).toEqual([SECOND, 2 * SECOND])
      socket.setOption('sendTimeout', undefined)
      expect(socket.getOption('sendTimeout')).toBeUndefined()
      expect(thrown(() => socket.setOption('receiveTimeout', 0))).toMatch(
        /^EINVAL: setOption receiveTimeout: 0 is not a value of it; give nanoseconds above 0, or undefined to wait on$/,
      )
      socket.close()
    }
    expect(bsdOption('SO_RCVTIMEO')?.option).toBe('receiveTimeout')
    expect(bsdOption('SO_SNDTIMEO', 'SOL_SOCKET')?.option).toBe('sendTimeout')
    const server = listening()
    server.setOption('receiveTimeout', SECOND)
    here.socket('ipv4', 'stream').connect(SERVER)
    clock.runFor(10 * MILLISECOND)
    const accepted = server.accept()
    expect(accepted?.getOption('receiveTimeout')).toBe(SECOND)
    clock.runFor(10 * SECOND)
    expect(accepted?.read(octets(1))).toBeUndefined()
  })

  it('are set before there is a connection, hold for it, and for those that are accepted', () => {
    const server = there.socket('ipv4', 'stream')
    server.setOption('noDelay', true)
    server.setOption('timeToLive', 9)
    server.bind({ address: '0.0.0.0', port: 80 })
    server.listen()
    const client = here.socket('ipv4', 'stream')
    client.setOption('keepIdle', 3 * SECOND)
    client.connect(SERVER)
    clock.runFor(10 * MILLISECOND)
    const accepted = server.accept()!
    expect([accepted.getOption('noDelay'), accepted.getOption('timeToLive')]).toEqual([true, 9])
    expect(client.getOption('keepIdle')).toBe(3 * SECOND)
    client.setOption('congestion', 'newreno')
    expect(client.getOption('congestion')).toBe('newreno')
    expect(client.getOption('info').congestion).toBe('newreno')
  })

  it('show the connection: state, path MTU, what it is', () => {
    const { client, server } = pair()
    expect(client.getOption('state')).toBe('ESTABLISHED')
    expect(server.getOption('state')).toBe('LISTEN')
    expect([client.getOption('listening'), server.getOption('listening')]).toEqual([false, true])
    expect(client.getOption('pathMtu')).toBe(1500)
    expect([client.getOption('type'), client.getOption('protocol'), client.getOption('family')]).toEqual([
      'stream',
      'tcp',
      'ipv4',
    ])
    expect(thrown(() => here.socket('ipv4', 'stream').getOption('info'))).toMatch(/^ENOTCONN/)
  })

  it('that are unknown, or have no such value, are refused with what would do', () => {
    const socket = here.socket('ipv4', 'stream')
    expect(thrown(() => socket.setOption('broadcast', true))).toMatch(/^ENOPROTOOPT: .*stream socket has no option/)
    expect(thrown(() => socket.setOption('TCP_NODELAY' as 'noDelay', true))).toMatch(/the name here is noDelay/)
    expect(thrown(() => socket.setOption('urgentInline', false))).toMatch(/^EINVAL: .*RFC 6093/)
    expect(thrown(() => socket.setOption('congestion', 'bbr' as 'cubic'))).toMatch(/give 'cubic' or 'newreno'/)
    expect(thrown(() => socket.setOption('info' as 'noDelay', true))).toMatch(/^ENOPROTOOPT/)
  })

  // Linux, include/net/tcp.h: TCP_MIN_MSS, MAX_TCP_WINDOW, MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL, MAX_TCP_KEEPCNT.
  it.each([
    ['maximumSegmentSize', [88, 32_767, undefined], [87, 0, 32_768], 'give a whole number of octets from 88 to 32767'],
    ['keepIdle', [SECOND, 32_767 * SECOND], [0, SECOND - 1, 32_768 * SECOND, Number.NaN], 'for 1 to 32767 seconds'],
    ['keepInterval', [SECOND, 32_767 * SECOND], [0, SECOND - 1, 32_768 * SECOND], 'for 1 to 32767 seconds'],
    ['keepCount', [1, 127], [0, 128, 1.5], 'give a whole number of probes from 1 to 127'],
    ['userTimeout', [1, undefined], [0, -1], 'give nanoseconds above 0, or undefined to wait on'],
  ] as const)('%s takes %j and refuses %j, before there is a connection and with one', (name, good, bad, remedy) => {
    for (const socket of [here.socket('ipv4', 'stream'), pair().client]) {
      for (const value of good) socket.setOption(name, value as number)
      const before = socket.getOption(name)
      for (const value of bad)
        expect(thrown(() => socket.setOption(name, value))).toMatch(
          new RegExp(`^EINVAL: setOption ${name}: ${value} is not a value of it; .*${remedy}`),
        )
      expect(socket.getOption(name)).toBe(before)
    }
  })

  it('are found by their BSD names, with their units', () => {
    expect(bsdOption('TCP_KEEPIDLE', 'SOL_TCP')?.fromInteger?.(3)).toBe(3 * SECOND)
    expect(bsdOption('TCP_USER_TIMEOUT', 'IPPROTO_TCP')?.fromInteger?.(1500)).toBe(1.5 * SECOND)
    expect(bsdOption('TCP_USER_TIMEOUT')?.toInteger?.(1.5 * SECOND)).toBe(1500)
    expect(bsdOption('SO_REUSEADDR', 'SOL_SOCKET')?.option).toBe('reuseAddress')
    expect(bsdOption('SO_REUSEADDR', 'SOL_TCP')).toBeUndefined()
    expect(bsdOption('TCP_DEFER_ACCEPT')).toBeUndefined()
    expect(new Set(BSD_OPTIONS.map(({ name }) => name)).size).toBe(BSD_OPTIONS.length)
    const { client } = pair()
    for (const { option, level, toInteger } of BSD_OPTIONS) {
      if (level !== 'IPPROTO_TCP') continue
      const value = client.getOption(option as 'noDelay')
      if (toInteger !== undefined) expect(toInteger(value)).toBeGreaterThanOrEqual(0)
    }
  })
})
