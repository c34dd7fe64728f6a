import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { formatIpv4, type Ipv4Address, ipv4, type MacAddress, mac } from '../address.js'
import { type DhcpMessage, emitDhcp, parseDhcp } from '../wire/dhcp.js'
import type { DhcpOptions } from '../wire/dhcp-options.js'
import { DhcpClient, type DhcpClientOptions, type DhcpHost } from './client.js'
import type { DhcpClientState } from './client-machine.js'
import type { DhcpLease } from './lease.js'

const HARDWARE = mac('02:00:00:00:00:07')
const SERVER = ipv4('10.9.0.1')
const ADDRESS = ipv4('10.9.0.40')
const EVERYONE = 0xffffffff

interface Sent {
  readonly at: number
  readonly source: Ipv4Address
  readonly destination: Ipv4Address
  readonly message: DhcpMessage
}

/** A host without a network: what the client sends is kept, what it hears is made up by the test. */
class Bench implements DhcpHost {
  readonly clock = new Scheduler()
  readonly sent: Sent[] = []
  readonly states: DhcpClientState[] = []
  readonly configured: (DhcpLease | undefined)[] = []
  readonly checked: Ipv4Address[] = []
  readonly told: (number | undefined)[] = []
  linkUp = true
  handleLink: ((up: boolean) => void) | undefined
  handleDatagram: ((octets: Uint8Array, start: number, end: number) => void) | undefined
  handleConflict: ((mac: MacAddress) => void) | undefined
  /** Who says that it has an address. */
  owner: (address: Ipv4Address) => MacAddress | undefined = () => undefined
  /** What a server answers, if it does. */
  answer: (sent: Sent) => void = () => {}
  readonly client: DhcpClient

  /** @param usual what tests do not want to wait for */
  constructor(options: Partial<DhcpClientOptions> = {}, usual: Partial<DhcpClientOptions> = { startDelay: 0 }) {
    this.client = new DhcpClient({
      clock: this.clock,
      random: new SeededRandom(7),
      host: this,
      hardware: HARDWARE,
      fuzz: 0,
      ...usual,
      ...options,
    })
    this.client.onState((state) => this.states.push(state))
  }

  send(octets: Uint8Array, source: Ipv4Address, destination: Ipv4Address): boolean {
    const message = parseDhcp(octets)
    if (typeof message === 'string') throw new Error(message)
    const sent = { at: this.clock.now, source, destination, message }
    this.sent.push(sent)
    this.clock.after(MILLISECOND, () => this.answer(sent))
    return true
  }

  check(address: Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void {
    this.checked.push(address)
    const timer = this.clock.after(6 * SECOND, () => done(this.owner(address)))
    return () => this.clock.cancel(timer)
  }

  configure(lease: DhcpLease): void {
    this.configured.push(lease)
  }

  unconfigure(): void {
    this.configured.push(undefined)
  }

  tell(lease: DhcpLease | undefined): void {
    this.told.push(lease?.dnsServers.length)
  }

  hear(message: DhcpMessage): void {
    const octets = emitDhcp(message)!
    const received = new Uint8Array(octets.length + 8)
    received.set(octets, 5)
    this.handleDatagram?.(received, 5, 5 + octets.length)
  }

  link(up: boolean): void {
    this.linkUp = up
    this.handleLink?.(up)
  }

  /** The messages of the client, as `12.5 DISCOVER` with seconds. */
  get log(): string[] {
    return this.sent.map(({ at, message }) => `${at / SECOND} ${nameOf(message)}`)
  }

  get last(): Sent {
    return this.sent[this.sent.length - 1]
  }
}

const NAMES = ['', 'DISCOVER', 'OFFER', 'REQUEST', 'DECLINE', 'ACK', 'NAK', 'RELEASE', 'INFORM']

function nameOf(message: DhcpMessage): string {
  return NAMES[message.options.messageType ?? 0]
}

const GIVEN: DhcpOptions = {
  subnetMask: ipv4('255.255.255.0'),
  routers: [ipv4('10.9.0.1')],
  dnsServers: [ipv4('10.9.0.53'), ipv4('10.9.0.54')],
  hostName: 'board-40',
  domainName: 'lab.test',
  interfaceMtu: 1400,
  leaseTime: 3600,
  serverIdentifier: SERVER,
}

function reply(to: DhcpMessage, type: number, change: Partial<DhcpMessage> = {}): DhcpMessage {
  return {
    ...to,
    operation: 2,
    yourAddress: type === 6 ? 0 : ADDRESS,
    clientAddress: 0,
    ...change,
    options: { messageType: type, ...(type === 6 ? { serverIdentifier: SERVER } : GIVEN), ...change.options },
  }
}

/** A server that gives ADDRESS to whoever asks. */
function serve(bench: Bench, options: DhcpOptions = {}): void {
  bench.answer = ({ message }) => {
    const name = nameOf(message)
    if (name === 'DISCOVER') bench.hear(reply(message, 2, { options }))
    if (name === 'REQUEST') bench.hear(reply(message, 5, { options }))
  }
}

/** A client with a lease of 3600 s since 1 ms (the REQUEST's instant), and what was said until then forgotten. */
function bound(options: DhcpOptions = {}, settings: Partial<DhcpClientOptions> = {}): Bench {
  const bench = new Bench({ checkAddress: false, ...settings })
  serve(bench, options)
  bench.client.start()
  bench.clock.runFor(SECOND)
  expect(bench.client.state).toBe('BOUND')
  bench.answer = () => {}
  bench.sent.length = 0
  bench.states.length = 0
  return bench
}

const T0 = MILLISECOND

describe('getting an address (RFC 2131 3.1)', () => {
  it('139 [2131 §4.4.1] INIT waits 1 to 10 s, then DISCOVER with a random xid, REQUEST with server id and requested IP, and the ACK is applied', () => {
    const waits = new Set<number>()
    const xids = new Set<number>()
    for (let seed = 0; seed < 40; seed++) {
      const bench = new Bench({ random: new SeededRandom(seed) }, {})
      bench.client.start()
      bench.clock.runUntil(SECOND - 1)
      expect(bench.sent).toEqual([])
      bench.clock.runUntil(10 * SECOND)
      expect(nameOf(bench.sent[0].message)).toBe('DISCOVER')
      waits.add(bench.sent[0].at)
      xids.add(bench.last.message.transactionId)
    }
    expect(xids.size).toBe(40)
    expect(waits.size).toBe(40)

    const bench = new Bench()
    serve(bench)
    bench.client.start()
    bench.clock.runFor(10 * SECOND)
    const [discover, request] = bench.sent
    expect(bench.log).toEqual(['0 DISCOVER', '0.001 REQUEST'])
    expect([discover.source, discover.destination]).toEqual([0, EVERYONE])
    expect([request.source, request.destination]).toEqual([0, EVERYONE])
    expect(request.message).toMatchObject({
      operation: 1,
      clientAddress: 0,
      transactionId: discover.message.transactionId,
    })
    expect(request.message.options).toMatchObject({ serverIdentifier: SERVER, requestedAddress: ADDRESS })
    expect(request.message.seconds).toBe(discover.message.seconds)
    // 144, smoltcp#445: what is wanted is asked for in both.
    expect([...(discover.message.options.parameterRequestList ?? [])]).toEqual(
      expect.arrayContaining([1, 3, 6, 15, 26, 58, 59]),
    )
    expect(request.message.options.parameterRequestList).toEqual(discover.message.options.parameterRequestList)
    expect(bench.checked).toEqual([ADDRESS])
    expect(bench.states).toEqual(['INIT', 'SELECTING', 'REQUESTING', 'BOUND'])
    expect(bench.configured).toEqual([
      {
        address: ADDRESS,
        prefixLength: 24,
        server: SERVER,
        routers: [ipv4('10.9.0.1')],
        dnsServers: [ipv4('10.9.0.53'), ipv4('10.9.0.54')],
        timeServers: [],
        hostName: 'board-40',
        domainName: 'lab.test',
        mtu: 1400,
        duration: 3600 * SECOND,
        renewAfter: 1800 * SECOND,
        rebindAfter: 3150 * SECOND,
      },
    ])
    expect(bench.client.lease).toBe(bench.configured[0])
    expect(bench.client.leaseEnds).toBe(T0 + 3600 * SECOND)
  })

  it('waits a random time that covers one to ten seconds', () => {
    const waits: number[] = []
    for (let seed = 0; seed < 200; seed++) {
      const bench = new Bench({ random: new SeededRandom(seed) }, {})
      bench.client.start()
      bench.clock.runWhile(() => bench.client.state === 'INIT')
      waits.push(bench.clock.now / SECOND)
    }
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1)
    expect(Math.min(...waits)).toBeLessThan(1.5)
    expect(Math.max(...waits)).toBeLessThanOrEqual(10)
    expect(Math.max(...waits)).toBeGreaterThan(9.5)
  })

  it('140 [2131 §4.1] no answer: again after 4, 8, 16, 32, 64 s, each ±1 s; a late answer with the current xid is taken', () => {
    const bench = new Bench({ checkAddress: false })
    bench.client.start()
    bench.clock.runFor(400 * SECOND)
    const gaps = bench.sent.slice(1).map(({ at }, i) => (at - bench.sent[i].at) / SECOND)
    for (const [i, seconds] of [4, 8, 16, 32, 64, 64, 64].entries()) {
      expect(Math.abs(gaps[i] - seconds), String(i)).toBeLessThanOrEqual(1)
      expect(gaps[i]).not.toBe(seconds)
    }
    expect(new Set(bench.sent.map(({ message }) => message.transactionId)).size).toBe(1)
    expect(bench.last.message.seconds).toBe(Math.floor(bench.last.at / SECOND))
    // The answer to the first of them, minutes late.
    bench.hear(reply(bench.sent[0].message, 2))
    expect(bench.client.state).toBe('REQUESTING')
    expect(bench.last.message.transactionId).toBe(bench.sent[0].message.transactionId)
    bench.hear(reply(bench.last.message, 5))
    expect(bench.client.state).toBe('BOUND')
  })

  it('sends REQUEST four times and begins anew when none is answered (3.1, step 5)', () => {
    const bench = new Bench()
    bench.answer = ({ message }) => {
      if (nameOf(message) === 'DISCOVER' && bench.sent.length === 1) bench.hear(reply(message, 2))
    }
    bench.client.start()
    bench.clock.runFor(75 * SECOND)
    const names = bench.sent.map(({ message }) => nameOf(message))
    expect(names.slice(0, 6)).toEqual(['DISCOVER', ...Array(4).fill('REQUEST'), 'DISCOVER'])
    const requests = bench.sent.filter(({ message }) => nameOf(message) === 'REQUEST')
    for (const [i, seconds] of [4, 8, 16].entries())
      expect(Math.abs((requests[i + 1].at - requests[i].at) / SECOND - seconds)).toBeLessThanOrEqual(1)
    expect(bench.last.message.transactionId).not.toBe(requests[0].message.transactionId)
  })

  it('hears only what answers it: its xid, its hardware address, a reply, a type that fits', () => {
    const bench = new Bench()
    bench.client.start()
    bench.clock.runFor(SECOND)
    const { message } = bench.last
    bench.hear(reply(message, 2, { transactionId: message.transactionId ^ 1 }))
    bench.hear(reply(message, 2, { clientHardware: mac('02:00:00:00:00:08') }))
    bench.hear(reply(message, 2, { operation: 1 }))
    bench.hear(reply(message, 5))
    bench.hear(reply(message, 6))
    bench.hear(reply(message, 1))
    bench.hear(reply(message, 2, { options: { messageType: undefined as never } }))
    bench.hear(reply(message, 2, { yourAddress: 0 }))
    bench.hear(reply(message, 2, { options: { serverIdentifier: undefined as never } }))
    bench.hear(reply(message, 2, { options: { leaseTime: 0 } }))
    bench.handleDatagram?.(new Uint8Array(100), 0, 100)
    expect(bench.client.state).toBe('SELECTING')
    expect(bench.client.counters.dropped).toEqual({
      'DHCP of another exchange': 1,
      'DHCP for another client': 1,
      'DHCP not a reply': 1,
      'DHCP not expected now': 2,
      'DHCP message type': 2,
      'DHCP lease: no address': 1,
      'DHCP lease: no server identifier': 1,
      'DHCP lease: no time': 1,
      'DHCP truncated': 1,
    })
    bench.hear(reply(message, 2))
    // In REQUESTING only the server that was chosen is heard.
    const other = { serverIdentifier: ipv4('10.9.0.2') }
    bench.hear(reply(bench.last.message, 6, { options: other }))
    bench.hear(reply(bench.last.message, 5, { options: other }))
    expect(bench.client.state).toBe('REQUESTING')
    expect(bench.client.counters.dropped['DHCP from another server']).toBe(2)
  })

  it.each([
    ["its network's broadcast", { yourAddress: ipv4('10.9.0.255') }],
    ['its network itself', { yourAddress: ipv4('10.9.0.0') }],
    ['the broadcast of its class, without a mask', { yourAddress: ipv4('10.255.255.255'), options: { subnetMask: 0 } }],
    ['everybody', { yourAddress: 0xffffffff }],
    ['a group', { yourAddress: ipv4('224.0.0.5') }],
    ['this host to itself', { yourAddress: ipv4('127.0.0.2') }],
    ['nobody', { yourAddress: ipv4('0.0.0.9') }],
    ['class E', { yourAddress: ipv4('240.0.0.1') }],
  ])('passes over an offer of an address that no host can have: %s (RFC 1122 3.2.1.3)', (_what, change) => {
    const bench = new Bench()
    bench.answer = ({ message }) => {
      if (nameOf(message) === 'REQUEST') bench.hear(reply(message, 5))
      if (nameOf(message) !== 'DISCOVER') return
      bench.hear(reply(message, 2, change))
      bench.hear(reply(message, 2))
    }
    bench.client.start()
    bench.clock.runFor(20 * SECOND)
    expect(bench.client.counters.dropped).toEqual({ 'DHCP lease: no address': 1 })
    expect(bench.checked).toEqual([ADDRESS])
    expect(bench.client.lease?.address).toBe(ADDRESS)
  })

  it.each(['0.0.0.0', '255.255.255.255', '224.0.0.1', '127.0.0.1'])(
    'passes over an offer from a server at %s',
    (server) => {
      const bench = new Bench()
      serve(bench, { serverIdentifier: ipv4(server) })
      bench.client.start()
      bench.clock.runFor(3 * SECOND)
      expect(bench.client.counters.dropped).toEqual({ 'DHCP lease: no server identifier': 1 })
      expect(bench.client.state).toBe('SELECTING')
    },
  )

  it('keeps of the routers that it is told those that can be one, in their order (RFC 2132 3.5)', () => {
    const bench = new Bench()
    const routers = ['0.0.0.0', '10.9.0.3', '10.9.0.255', '10.9.0.40', '127.0.0.1', '224.0.0.1', '10.9.0.2'].map(ipv4)
    serve(bench, { routers })
    bench.client.start()
    bench.clock.runFor(20 * SECOND)
    expect(bench.client.lease?.routers.map(formatIpv4)).toEqual(['10.9.0.3', '10.9.0.2'])
  })

  it('without a link waits for one', () => {
    const bench = new Bench()
    bench.linkUp = false
    bench.client.start()
    bench.clock.runFor(100 * SECOND)
    expect(bench.sent).toEqual([])
    bench.link(true)
    bench.clock.runFor(SECOND)
    expect(bench.log).toEqual(['100 DISCOVER'])
    bench.link(false)
    bench.clock.runFor(100 * SECOND)
    expect(bench.sent).toHaveLength(1)
    expect(bench.client.state).toBe('INIT')
  })
})

describe('keeping it (RFC 2131 4.4.5)', () => {
  it('141 [2131 §4.4.5] T1, T2 and expiry pass unanswered: unicast renewal, broadcast rebinding, the address dropped', () => {
    const bench = bound()
    bench.clock.runUntil(3700 * SECOND)
    expect(bench.log.slice(0, 13)).toEqual([
      // T1 = 0.5, then half of what is left until T2 = 0.875, a minute at least.
      `${1800 + 0.001} REQUEST`,
      `${2475 + 0.001} REQUEST`,
      `${2812.5 + 0.001} REQUEST`,
      `${2981.25 + 0.001} REQUEST`,
      `${3065.625 + 0.001} REQUEST`,
      `${3125.625 + 0.001} REQUEST`,
      // T2, then half of what is left of the lease.
      `${3150 + 0.001} REQUEST`,
      `${3375 + 0.001} REQUEST`,
      `${3487.5 + 0.001} REQUEST`,
      `${3547.5 + 0.001} REQUEST`,
      `${3600 + 0.001} DISCOVER`,
      expect.stringMatching(/^360[34].* DISCOVER$/),
      expect.stringMatching(/^361[0-3].* DISCOVER$/),
    ])
    for (const { source, destination, at } of bench.sent.slice(0, 10)) {
      expect(source).toBe(ADDRESS)
      expect(destination).toBe(at < 3150 * SECOND ? SERVER : EVERYONE)
    }
    expect(bench.states).toEqual(['RENEWING', 'REBINDING', 'INIT', 'SELECTING'])
    expect(bench.configured).toEqual([expect.anything(), undefined])
    expect(bench.told).toEqual([2, undefined])
    expect(bench.client.lease).toBeUndefined()
  })

  it('141 [2131 §4.4.5, 2132 §9.11, §9.12] options 58 and 59 say when, as far as T1 < T2 < lease holds', () => {
    const times = (options: DhcpOptions) => {
      const bench = bound(options)
      const seen: number[] = []
      bench.client.onState(() => seen.push(Math.round((bench.clock.now - T0) / MILLISECOND) / 1000))
      bench.clock.runUntil(4000 * SECOND)
      return seen.slice(0, 3)
    }
    expect(times({ renewalTime: 100, rebindingTime: 200 })).toEqual([100, 200, 3600])
    expect(times({ renewalTime: 900 })).toEqual([900, 3150, 3600])
    expect(times({ rebindingTime: 2000 })).toEqual([1142.857, 2000, 3600])
    expect(times({ rebindingTime: 3400 })).toEqual([1800, 3400, 3600])
    // smoltcp#1029: T1 = T2 = lease, T1 > T2, beyond the lease, zero.
    for (const [t1, t2] of [
      [3600, 3600],
      [3200, 3600],
      [4000, 5000],
      [0, 0],
      [0xffffffff, 0xffffffff],
    ])
      expect(times({ renewalTime: t1, rebindingTime: t2 }), `${t1} ${t2}`).toEqual([1800, 3150, 3600])
    expect(times({ renewalTime: 3000, rebindingTime: 2100 })).toEqual([1200, 2100, 3600])
    expect(times({ renewalTime: 2100, rebindingTime: 2100 })).toEqual([1200, 2100, 3600])
  })

  it('142 [2131 §4.3.2] a renewing REQUEST has ciaddr, and neither option 50 nor 54', () => {
    const bench = bound()
    bench.clock.runUntil(3599 * SECOND)
    expect(bench.sent.length).toBeGreaterThan(5)
    for (const { message } of bench.sent) {
      expect(message.clientAddress).toBe(ADDRESS)
      expect(message.options.requestedAddress).toBeUndefined()
      expect(message.options.serverIdentifier).toBeUndefined()
      expect(message.options.parameterRequestList).toBeDefined()
      expect(message.broadcast).toBe(false)
    }
  })

  it('counts a renewed lease from when it was asked for, and leaves the interface alone where nothing changed', () => {
    const bench = bound()
    serve(bench)
    bench.clock.runUntil(10_000 * SECOND)
    expect(bench.log).toEqual([1800, 3600, 5400, 7200, 9000].map((at) => `${at + 0.001} REQUEST`))
    expect(bench.client.state).toBe('BOUND')
    expect(bench.client.leaseEnds).toBe(T0 + 12_600 * SECOND)
    expect(bench.configured).toHaveLength(1)
  })

  it('goes on with what it had where a renewing server leaves options out (smoltcp#445)', () => {
    const bench = bound()
    bench.answer = ({ message }) => bench.hear({ ...reply(message, 5), yourAddress: 0, options: { messageType: 5 } })
    bench.clock.runUntil(1801 * SECOND)
    expect(bench.client.state).toBe('BOUND')
    expect(bench.client.lease).toEqual(bench.configured[0])
    expect(bench.client.leaseEnds).toBe(T0 + 5400 * SECOND)
  })

  it('takes a new router, and no new address, from a renewal', () => {
    const bench = bound()
    bench.answer = ({ message }) => bench.hear(reply(message, 5, { yourAddress: ipv4('10.9.0.41') }))
    bench.clock.runUntil(1801 * SECOND)
    expect(bench.client.state).toBe('RENEWING')
    expect(bench.client.counters.dropped['DHCP lease: another address']).toBe(1)
    serve(bench, { routers: [ipv4('10.9.0.2')] })
    bench.clock.runUntil(2500 * SECOND)
    expect(bench.client.state).toBe('BOUND')
    expect(bench.configured).toHaveLength(2)
    expect(bench.configured[1]?.routers).toEqual([ipv4('10.9.0.2')])
  })

  it('asks nothing more of a lease for ever', () => {
    const bench = bound({ leaseTime: 0xffffffff })
    expect(bench.client.lease?.duration).toBeUndefined()
    expect(bench.clock.nextAt).toBeUndefined()
  })

  it('spreads T1 and T2 by the fuzz, always early', () => {
    const instants = [1, 2, 3, 4, 5].map((seed) => {
      const bench = bound({}, { random: new SeededRandom(seed), fuzz: 0.1 })
      bench.clock.runWhile(() => bench.client.state === 'BOUND')
      return bench.clock.now / SECOND
    })
    expect(new Set(instants).size).toBe(5)
    for (const at of instants) {
      expect(at).toBeGreaterThan(1800 * 0.9)
      expect(at).toBeLessThanOrEqual(1800.001)
    }
  })

  it('says why a lease is gone', () => {
    const ends = (act: (on: Bench) => void, settings: Partial<DhcpClientOptions> = {}) => {
      const on = bound({}, settings)
      const told: unknown[] = []
      on.client.onLease((lease, why) => told.push(lease === undefined ? why : 'leased'))
      act(on)
      return told
    }
    expect(ends((on) => on.clock.runFor(3601 * SECOND))).toEqual(['expired'])
    const refuse = (on: Bench) => {
      on.answer = ({ message }) => on.hear(reply(message, 6))
      on.clock.runFor(1801 * SECOND)
    }
    expect(ends(refuse)).toEqual(['refused'])
    expect(ends((on) => on.handleConflict?.(mac('02:00:00:00:00:66')))).toEqual(['taken'])
    expect(ends((on) => on.client.stop())).toEqual(['given back'])
    const released = (on: Bench) => {
      on.client.release()
      on.clock.runFor(SECOND)
    }
    expect(ends(released)).toEqual(['given back'])
    // A link that comes and goes keeps the address.
    expect(ends((on) => on.link(false))).toEqual([])
  })

  it('drops the address on NAK, and asks a server that keeps saying no ever less often', () => {
    const bench = bound()
    bench.answer = ({ message }) => {
      if (nameOf(message) === 'DISCOVER') bench.hear(reply(message, 2))
      else bench.hear(reply(message, 6))
    }
    bench.clock.runUntil(1801 * SECOND)
    expect(bench.client.state).toBe('INIT')
    expect(bench.client.lease).toBeUndefined()
    bench.clock.runUntil(2400 * SECOND)
    const discovers = bench.sent.filter(({ message }) => nameOf(message) === 'DISCOVER')
    const gaps = discovers.slice(1).map(({ at }, i) => (at - discovers[i].at) / SECOND)
    for (const [i, seconds] of [8, 16, 32, 64, 64, 64].entries())
      expect(Math.abs(gaps[i] - seconds), String(i)).toBeLessThanOrEqual(1.1)
  })
})

describe('addresses that somebody has (RFC 2131 3.1, 4.4.1; RFC 5227)', () => {
  const RIVAL = mac('02:00:00:00:00:66')

  it('143 [2131 §3.1 step 5, §4.4.1] a conflict after the ACK: DECLINE, and from the beginning after 10 s; a NAK: INIT', () => {
    const bench = new Bench()
    serve(bench)
    bench.owner = () => RIVAL
    bench.client.start()
    bench.clock.runFor(6.5 * SECOND)
    const [, request, decline] = bench.sent
    expect(nameOf(decline.message)).toBe('DECLINE')
    expect([decline.source, decline.destination]).toEqual([0, EVERYONE])
    expect(decline.message).toMatchObject({ clientAddress: 0, seconds: 0 })
    expect(decline.message.transactionId).not.toBe(request.message.transactionId)
    expect(decline.message.options).toEqual({
      messageType: 4,
      requestedAddress: ADDRESS,
      serverIdentifier: SERVER,
      clientIdentifier: Uint8Array.of(1, ...HARDWARE),
    })
    expect(bench.configured).toEqual([])
    bench.owner = () => undefined
    bench.clock.runFor(60 * SECOND)
    expect(nameOf(bench.sent[3].message)).toBe('DISCOVER')
    expect(bench.sent[3].at - decline.at).toBeGreaterThanOrEqual(10 * SECOND)
    expect(bench.client.state).toBe('BOUND')

    const refused = new Bench()
    refused.answer = ({ message }) => refused.hear(reply(message, nameOf(message) === 'DISCOVER' ? 2 : 6))
    refused.client.start()
    refused.clock.runFor(SECOND)
    expect(refused.states).toEqual(['INIT', 'SELECTING', 'REQUESTING', 'INIT'])
    expect(refused.configured).toEqual([])
  })

  it('are declined when the rival shows up later', () => {
    const bench = bound()
    bench.handleConflict?.(RIVAL)
    expect(bench.client.state).toBe('INIT')
    expect(nameOf(bench.last.message)).toBe('DECLINE')
    expect(bench.client.lease).toBeUndefined()
    expect(bench.client.counters.conflicts).toBe(1)
    bench.clock.runFor(9 * SECOND)
    expect(bench.sent).toHaveLength(1)
  })

  it('are tried no more often than once a minute after ten of them (RFC 5227 2.1.1)', () => {
    const bench = new Bench()
    serve(bench)
    bench.owner = () => RIVAL
    bench.client.start()
    bench.clock.runFor(600 * SECOND)
    const declines = bench.sent.filter(({ message }) => nameOf(message) === 'DECLINE')
    const gaps = declines.slice(1).map(({ at }, i) => Math.round((at - declines[i].at) / SECOND))
    expect(gaps.slice(0, 12)).toEqual([...Array(9).fill(16), 66, 66, 66])
  })

  it('are used after all when one station claims every address there is (proxy ARP; lwIP PR 95)', () => {
    const bench = new Bench()
    let next = 40
    bench.answer = ({ message }) => {
      const yourAddress = ipv4(`10.9.0.${nameOf(message) === 'DISCOVER' ? next++ : next - 1}`)
      if (nameOf(message) !== 'DECLINE')
        bench.hear(reply(message, nameOf(message) === 'DISCOVER' ? 2 : 5, { yourAddress }))
    }
    bench.owner = () => RIVAL
    bench.client.start()
    bench.clock.runFor(120 * SECOND)
    expect(bench.client.state).toBe('BOUND')
    expect(bench.checked.map(formatIpv4)).toEqual(['10.9.0.40', '10.9.0.41', '10.9.0.42'])
    expect(formatIpv4(bench.client.lease!.address)).toBe('10.9.0.43')
  })
})

describe('the address of before (RFC 2131 3.2)', () => {
  it('is asked for in INIT-REBOOT: option 50, no server identifier, ciaddr zero', () => {
    const bench = new Bench({ remembered: ADDRESS })
    serve(bench)
    bench.client.start()
    bench.clock.runFor(10 * SECOND)
    expect(bench.log).toEqual(['0 REQUEST'])
    expect(bench.last.message.clientAddress).toBe(0)
    expect(bench.last.message.options).toMatchObject({ requestedAddress: ADDRESS })
    expect(bench.last.message.options.serverIdentifier).toBeUndefined()
    expect([bench.last.source, bench.last.destination]).toEqual([0, EVERYONE])
    expect(bench.states).toEqual(['REBOOTING', 'BOUND'])
    expect(bench.checked).toEqual([ADDRESS])
  })

  it('is asked for under a random xid, and declined where somebody has it', () => {
    const xids = new Set<number>()
    for (let seed = 0; seed < 20; seed++) {
      const bench = new Bench({ remembered: ADDRESS, random: new SeededRandom(seed) })
      bench.client.start()
      xids.add(bench.last.message.transactionId)
    }
    expect(xids.size).toBe(20)
    const bench = new Bench({ remembered: ADDRESS })
    serve(bench)
    bench.owner = () => mac('02:00:00:00:00:66')
    bench.client.start()
    bench.clock.runFor(7 * SECOND)
    expect(bench.sent.map(({ message }) => nameOf(message))).toEqual(['REQUEST', 'DECLINE'])
    expect(bench.last.message.options).toMatchObject({ requestedAddress: ADDRESS, serverIdentifier: SERVER })
    expect(bench.configured).toEqual([])
    bench.clock.runFor(10 * SECOND)
    expect(nameOf(bench.sent[2].message)).toBe('DISCOVER')
  })

  it('is given up on NAK and when nobody answers', () => {
    for (const type of [6, undefined]) {
      const bench = new Bench({ remembered: ADDRESS })
      bench.answer = ({ message }) => {
        if (nameOf(message) === 'DISCOVER') bench.hear(reply(message, 2))
        else if (type !== undefined) bench.hear(reply(message, type))
      }
      bench.client.start()
      bench.clock.runWhile(() => bench.client.state !== 'REQUESTING', 200 * SECOND)
      expect(bench.states).toEqual(['REBOOTING', 'INIT', 'SELECTING', 'REQUESTING'])
    }
  })

  it('stays in use over a link that comes back, and is confirmed', () => {
    const bench = bound()
    bench.clock.runUntil(100 * SECOND)
    bench.link(false)
    expect(bench.client.state).toBe('INIT-REBOOT')
    bench.clock.runUntil(2000 * SECOND)
    expect(bench.sent).toEqual([])
    serve(bench)
    bench.link(true)
    bench.clock.runFor(SECOND)
    expect(bench.log).toEqual(['2000 REQUEST'])
    expect(bench.client.state).toBe('BOUND')
    expect(bench.client.leaseEnds).toBe(5600 * SECOND)
    expect(bench.configured).toHaveLength(1)
  })

  it('is used for the rest of its lease where nobody answers (3.2, step 4), and dropped at its end', () => {
    const bench = bound()
    bench.link(false)
    bench.link(true)
    bench.clock.runUntil(100 * SECOND)
    expect(bench.client.state).toBe('BOUND')
    expect(bench.client.leaseEnds).toBe(T0 + 3600 * SECOND)
    bench.clock.runUntil(1801 * SECOND)
    expect(bench.client.state).toBe('RENEWING')
    bench.link(false)
    bench.clock.runUntil(3601 * SECOND)
    expect(bench.client.state).toBe('INIT')
    expect(bench.configured.at(-1)).toBeUndefined()
  })
})

describe('what a client says (RFC 2131 4.4.1, table 5)', () => {
  it.each([false, true])(
    'in each message is what it may say there, under one identifier (BROADCAST: %s)',
    (broadcast) => {
      const settings = { broadcast, hostName: 'board' }
      const taken: Sent[] = []
      const rival = new Bench(settings)
      serve(rival)
      rival.owner = () => mac('02:00:00:00:00:66')
      rival.client.start()
      rival.clock.runFor(10 * SECOND)
      taken.push(...rival.sent)
      const again = new Bench({ ...settings, remembered: ADDRESS })
      again.client.start()
      taken.push(again.last)
      const holds = bound({}, settings)
      holds.clock.runUntil(3200 * SECOND)
      taken.push(holds.sent[0], holds.last)
      holds.client.release()
      taken.push(holds.last)

      const every = {
        operation: 1,
        hardwareType: 1,
        hops: 0,
        yourAddress: 0,
        serverAddress: 0,
        relayAddress: 0,
        clientHardware: HARDWARE,
        serverName: '',
        bootFile: '',
        transactionId: expect.any(Number),
        seconds: expect.any(Number),
      }
      const clientIdentifier = Uint8Array.of(1, ...HARDWARE)
      const asking = { clientIdentifier, maximumMessageSize: 576, hostName: 'board' }
      const parameterRequestList = taken[0].message.options.parameterRequestList
      expect(parameterRequestList).toBeDefined()
      const asks = { ...asking, parameterRequestList }
      const nowhere = { clientAddress: 0, broadcast }
      const there = { clientAddress: ADDRESS, broadcast: false }
      const known = { serverIdentifier: SERVER }
      const wanted = { requestedAddress: ADDRESS }
      expect(taken.map(({ message }) => message)).toEqual([
        { ...every, ...nowhere, options: { messageType: 1, ...asks } },
        { ...every, ...nowhere, options: { messageType: 3, ...asks, ...wanted, ...known } },
        {
          ...every,
          ...nowhere,
          broadcast: false,
          seconds: 0,
          options: { messageType: 4, clientIdentifier, ...wanted, ...known },
        },
        { ...every, ...nowhere, options: { messageType: 3, ...asks, ...wanted } },
        { ...every, ...there, options: { messageType: 3, ...asks } },
        { ...every, ...there, options: { messageType: 3, ...asks } },
        { ...every, ...there, seconds: 0, options: { messageType: 7, clientIdentifier, ...known } },
      ])
      // Table 4, and 4.4.4.
      expect(taken.map(({ destination }) => destination)).toEqual([
        ...[EVERYONE, EVERYONE, EVERYONE, EVERYONE],
        ...[SERVER, EVERYONE, SERVER],
      ])
      expect(taken.map(({ source }) => source)).toEqual([0, 0, 0, 0, ADDRESS, ADDRESS, ADDRESS])
    },
  )

  it('is heard by nobody in another exchange: an ACK of a renewal before is passed over (4.4.5)', () => {
    const bench = bound()
    bench.clock.runUntil(2500 * SECOND)
    expect(bench.sent.length).toBe(2)
    bench.hear(reply(bench.sent[0].message, 5))
    expect(bench.client.state).toBe('RENEWING')
    expect(bench.client.counters.dropped).toEqual({ 'DHCP of another exchange': 1 })
    bench.hear(reply(bench.last.message, 5))
    expect(bench.client.state).toBe('BOUND')
    expect(bench.client.leaseEnds).toBe(bench.last.at + 3600 * SECOND)
    // And what nobody asked for.
    for (const type of [2, 5, 6]) bench.hear(reply(bench.last.message, type))
    expect(bench.client.state).toBe('BOUND')
    expect(bench.client.counters.dropped).toMatchObject({ 'DHCP not expected now': 3 })
  })
})

describe('the end', () => {
  it('releases the address to its server by unicast (4.4.6)', () => {
    const bench = bound()
    bench.client.release()
    // The address stays until ARP had time to find the server.
    expect(bench.client.state).toBe('RELEASING')
    bench.clock.runFor(SECOND)
    expect(bench.client.state).toBe('STOPPED')
    expect(bench.sent).toHaveLength(1)
    expect([bench.last.source, bench.last.destination]).toEqual([ADDRESS, SERVER])
    expect(bench.last.message.clientAddress).toBe(ADDRESS)
    expect(bench.last.message.options).toEqual({
      messageType: 7,
      serverIdentifier: SERVER,
      clientIdentifier: Uint8Array.of(1, ...HARDWARE),
    })
    expect(bench.client.lease).toBeUndefined()
    bench.clock.runFor(SECOND)
    expect(bench.clock.nextAt).toBeUndefined()
    bench.client.start()
    bench.clock.runFor(SECOND)
    expect(nameOf(bench.last.message)).toBe('DISCOVER')
  })

  it('of `stop` leaves no timer in any state, and `start` asks for the same address', () => {
    const bench = bound()
    bench.client.stop()
    expect(bench.sent).toEqual([])
    expect(bench.clock.nextAt).toBeUndefined()
    bench.client.start()
    expect(nameOf(bench.last.message)).toBe('REQUEST')
    expect(bench.last.message.options.requestedAddress).toBe(ADDRESS)
    for (const at of [0.0005, 0.0015, 3, 1900, 3300]) {
      const other = new Bench()
      serve(other)
      other.client.start()
      other.clock.runFor(Math.round(at * SECOND))
      other.answer = () => {}
      other.client.stop()
      other.clock.runFor(2 * MILLISECOND)
      expect(other.clock.nextAt, String(at)).toBeUndefined()
    }
  })
})
