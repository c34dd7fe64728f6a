import { beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { thrown } from '../../../test/support/net-errors.js'
import { SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { ipv4 } from '../address.js'
import type { Tcp } from './tcp.js'

const ANY = { address: 0, port: 0 }
const HERE = ipv4('127.0.0.1')
const SERVER = { address: HERE, port: 80 }

let clock: Scheduler
let stack: Stack
let tcp: Tcp

beforeEach(() => {
  clock = new Scheduler()
  // Two ports for those who do not care which: chance cannot hide that one of them is taken.
  stack = new Stack({ clock, random: new SeededRandom(5), tcp: { firstPort: 50_000, lastPort: 50_001 } })
  tcp = stack.tcp
})

describe('a TCP port that is bound and not used yet', () => {
  it('is given to nobody else: not for a connection from any port, not for a listener on any, and not when it is asked for', () => {
    const binding = tcp.bind({ address: 0, port: 50_000 })
    tcp.listen(SERVER)
    tcp.listen({ address: HERE, port: 81 })
    expect(tcp.connect(SERVER).local.port).toBe(50_001)
    expect(tcp.connect({ address: HERE, port: 81 }).local.port).toBe(50_001)
    expect(thrown(() => tcp.connect(SERVER))).toMatch(/^EADDRNOTAVAIL: connect to 127\.0\.0\.1:80: no port is free/)
    expect(thrown(() => tcp.listen(ANY))).toMatch(/^EADDRNOTAVAIL: .*no port is free/)
    expect(thrown(() => tcp.bind(ANY))).toMatch(/^EADDRINUSE: .*every ephemeral port is in use/)
    expect(thrown(() => tcp.bind({ address: HERE, port: 50_000 }))).toMatch(/^EADDRINUSE: bind 127\.0\.0\.1:50000/)
    expect(thrown(() => tcp.listen({ address: 0, port: 50_000 }))).toMatch(/^EADDRINUSE: listen on 0\.0\.0\.0:50000/)
    expect(thrown(() => tcp.connect(SERVER, { local: { address: 0, port: 50_000 } }))).toMatch(
      /^EADDRINUSE: connect to 127\.0\.0\.1:80: a socket is bound to it/,
    )
    binding.release()
    binding.release()
    expect(tcp.connect(SERVER).local.port).toBe(50_000)
    expect([...tcp.bindings]).toEqual([])
  })

  it('is used up by its owner’s listener', () => {
    const listener = tcp.listen(tcp.bind({ address: 0, port: 50_000 }))
    expect([...tcp.bindings]).toEqual([])
    listener.close()
    expect(tcp.bind({ address: 0, port: 50_000 }).port).toBe(50_000)
  })

  it('is used up by its owner’s connection, and kept where that does not come about', () => {
    tcp.listen(SERVER)
    const binding = tcp.bind({ address: 0, port: 50_000 })
    expect(thrown(() => tcp.connect({ address: ipv4('192.0.2.1'), port: 80 }, { local: binding }))).toMatch(
      /^ENETUNREACH/,
    )
    expect([...tcp.bindings]).toEqual([binding])
    const connection = tcp.connect(SERVER, { local: binding })
    expect(connection.local.port).toBe(50_000)
    expect([...tcp.bindings]).toEqual([])
    clock.runFor(SECOND)
    expect(connection.state).toBe('ESTABLISHED')
  })

  it('is shared by those who all say so (SO_REUSEADDR), each with a peer of his own', () => {
    tcp.listen(SERVER)
    tcp.listen({ address: HERE, port: 81 })
    const shared = { address: 0, port: 50_000 }
    const one = tcp.bind(shared, { reuseAddress: true })
    const other = tcp.bind(shared, { reuseAddress: true })
    expect(thrown(() => tcp.bind(shared))).toMatch(/^EADDRINUSE/)
    expect(tcp.connect(SERVER, { local: one }).local.port).toBe(50_000)
    expect(tcp.connect({ address: HERE, port: 81 }, { local: other }).local.port).toBe(50_000)
  })

  it('on one address leaves the same port of another to others', () => {
    tcp.bind({ address: HERE, port: 50_000 })
    expect(tcp.bind({ address: ipv4('127.0.0.2'), port: 50_000 }).port).toBe(50_000)
    expect(thrown(() => tcp.bind({ address: 0, port: 50_000 }))).toMatch(/^EADDRINUSE/)
  })

  it('is free again when the host loses its supply', () => {
    tcp.bind({ address: 0, port: 50_000 })
    stack.abandon()
    expect([...tcp.bindings]).toEqual([])
  })
})
