import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { formatIpv4, type Ipv4Address, ipv4, type MacAddress } from '../address.js'
import { type DhcpMessage, emitDhcp, parseDhcp } from '../wire/dhcp.js'
import type { DhcpOptions } from '../wire/dhcp-options.js'
import { DhcpClient, type DhcpHost } from './client.js'
import { DhcpServer, type DhcpServerHost, type DhcpServerOptions } from './server.js'

const EVERYONE = 0xffffffff
const SERVER = ipv4('10.9.0.1')
const hardware = (n: number) => Uint8Array.of(2, 0, 0, 0, n >> 8, n & 0xff)

interface Answer {
  readonly destination: Ipv4Address
  readonly port: number
  readonly message: DhcpMessage
}

/** A server without a network: the test says what it hears, and sees what it answers. */
class Bench implements DhcpServerHost {
  readonly clock = new Scheduler()
  readonly answers: Answer[] = []
  readonly owners = new Map<Ipv4Address, MacAddress>()
  readonly checked: Ipv4Address[] = []
  readonly others = new Set<Ipv4Address>()
  handleDatagram: ((octets: Uint8Array, start: number, end: number) => void) | undefined
  onAnswer: ((octets: Uint8Array, destination: Ipv4Address) => void) | undefined
  readonly server: DhcpServer

  constructor(options: Partial<DhcpServerOptions> = {}) {
    this.server = new DhcpServer({
      clock: this.clock,
      host: this,
      address: '10.9.0.1/24',
      pool: ['10.9.0.100', '10.9.0.102'],
      options: { routers: [SERVER], dnsServers: [SERVER], domainName: 'lab.test' },
      ...options,
    })
  }

  send(octets: Uint8Array, destination: Ipv4Address, port: number): boolean {
    const message = parseDhcp(octets)
    if (typeof message === 'string') throw new Error(message)
    this.answers.push({ destination, port, message })
    this.onAnswer?.(octets.slice(), destination)
    return true
  }

  isOwn(address: Ipv4Address): boolean {
    return this.others.has(address)
  }

  check(address: Ipv4Address, done: (taken: MacAddress | undefined) => void): () => void {
    this.checked.push(address)
    const timer = this.clock.after(SECOND, () => done(this.owners.get(address)))
    return () => this.clock.cancel(timer)
  }

  /** Lets the server hear a message; its answer in a line, `ACK 10.9.0.100`. */
  say(from: number, type: number, options: DhcpOptions = {}, change: Partial<DhcpMessage> = {}): string {
    const octets = emitDhcp({
      operation: 1,
      hardwareType: 1,
      hops: 0,
      transactionId: 0x1000 + from,
      seconds: 0,
      broadcast: false,
      clientAddress: 0,
      yourAddress: 0,
      serverAddress: 0,
      relayAddress: 0,
      clientHardware: hardware(from),
      serverName: '',
      bootFile: '',
      ...change,
      options: { messageType: type, ...options },
    })!
    const before = this.answers.length
    this.handleDatagram?.(octets, 0, octets.length)
    const answer = this.answers[before]
    if (answer === undefined) return 'silence'
    const { messageType, message } = answer.message.options
    const what = ['', '', 'OFFER', '', '', 'ACK', 'NAK'][messageType ?? 0]
    return messageType === 6 ? `NAK, ${message}` : `${what} ${formatIpv4(answer.message.yourAddress)}`
  }

  /** DISCOVER, OFFER, REQUEST, ACK. */
  lease(from: number): string {
    const offer = this.say(from, DISCOVER)
    if (offer === 'silence') return offer
    return this.say(from, REQUEST, { serverIdentifier: SERVER, requestedAddress: this.last.message.yourAddress })
  }

  get last(): Answer {
    return this.answers[this.answers.length - 1]
  }
}

const [DISCOVER, REQUEST, DECLINE, RELEASE, INFORM] = [1, 3, 4, 7, 8]
const at = (host: number) => ipv4(`10.9.0.${host}`)

describe('a DHCP server (RFC 2131 4.3)', () => {
  it('offers an address and acknowledges it, with what the client asked for and nothing else (table 3)', () => {
    const bench = new Bench()
    const asked = { parameterRequestList: Uint8Array.of(1, 3, 58), clientIdentifier: Uint8Array.of(1, 9) }
    expect(bench.say(7, DISCOVER, asked)).toBe('OFFER 10.9.0.100')
    expect(bench.last).toMatchObject({ destination: EVERYONE, port: 68 })
    expect(bench.last.message).toMatchObject({ operation: 2, transactionId: 0x1007, clientHardware: hardware(7) })
    const given = { subnetMask: ipv4('255.255.255.0'), routers: [SERVER], leaseTime: 3600, serverIdentifier: SERVER }
    const identified = { clientIdentifier: Uint8Array.of(1, 9) }
    expect(bench.last.message.options).toEqual({ messageType: 2, ...given, ...identified })
    const request = { ...asked, serverIdentifier: SERVER, requestedAddress: at(100), hostName: 'seven' }
    expect(bench.say(7, REQUEST, request)).toBe('ACK 10.9.0.100')
    expect(bench.last.message.options).toEqual({ messageType: 5, ...given, ...identified })
    expect(bench.server.leases).toMatchObject([
      { address: at(100), hardware: hardware(7), expires: 3600 * SECOND, hostName: 'seven' },
    ])
    // Without a list everything is told.
    bench.say(8, DISCOVER)
    expect(bench.last.message.options).toEqual({
      messageType: 2,
      ...given,
      broadcastAddress: at(255),
      dnsServers: [SERVER],
      domainName: 'lab.test',
    })
  })

  it('chooses what the client has, had, asks for, what nobody had, and what is free the longest (4.3.1)', () => {
    const bench = new Bench()
    expect(bench.lease(1)).toBe('ACK 10.9.0.100')
    expect(bench.say(1, DISCOVER)).toBe('OFFER 10.9.0.100')
    expect(bench.say(2, DISCOVER, { requestedAddress: at(102) })).toBe('OFFER 10.9.0.102')
    expect(bench.say(3, DISCOVER, { requestedAddress: at(100) })).toBe('OFFER 10.9.0.101')
    expect(bench.say(4, DISCOVER)).toBe('silence')
    expect(bench.server.counters.dropped).toEqual({ 'DHCP no address free': 1 })
    // The offers to 2 and 3 lapse; 3 asks for another one than before and gets the one of before.
    bench.clock.runFor(61 * SECOND)
    expect(bench.say(3, DISCOVER, { requestedAddress: at(102) })).toBe('OFFER 10.9.0.101')
    expect(bench.say(5, DISCOVER)).toBe('OFFER 10.9.0.102')
    bench.clock.runFor(3600 * SECOND)
    expect(bench.server.leases).toEqual([])
    expect(bench.say(6, DISCOVER)).toBe('OFFER 10.9.0.101')
    expect(bench.say(1, DISCOVER)).toBe('OFFER 10.9.0.100')
  })

  it('does the same thing in the same run', () => {
    const run = () => {
      const bench = new Bench({ pool: ['10.9.0.10', '10.9.0.20'] })
      const random = new SeededRandom(5)
      const lines: string[] = []
      for (let i = 0; i < 300; i++) {
        const types = [DISCOVER, REQUEST, DECLINE, RELEASE]
        const options = { serverIdentifier: SERVER, requestedAddress: at(10 + random.below(12)) }
        lines.push(bench.say(random.below(14), types[random.below(4)], options))
        bench.clock.runFor(random.below(100) * SECOND)
      }
      return lines
    }
    expect(run()).toEqual(run())
  })

  it("gives reserved addresses to their stations, and to nobody else; its own and the network's to none", () => {
    const bench = new Bench({
      pool: ['10.9.0.0', '10.9.0.3'],
      reserved: { '02:00:00:00:00:09': '10.9.0.2', '02:00:00:00:00:0a': '10.9.0.200' },
    })
    expect(bench.lease(1)).toBe('ACK 10.9.0.3')
    expect(bench.lease(2)).toBe('silence')
    expect(bench.lease(9)).toBe('ACK 10.9.0.2')
    expect(bench.lease(10)).toBe('ACK 10.9.0.200')
  })

  it('REQUEST in SELECTING: yes to what was offered, no to anything else, nothing where another server is meant (4.3.2)', () => {
    const bench = new Bench()
    bench.say(1, DISCOVER)
    expect(bench.say(1, REQUEST, { serverIdentifier: SERVER, requestedAddress: at(101) })).toBe(
      'NAK, not the address offered',
    )
    expect(bench.last).toMatchObject({ destination: EVERYONE, message: { yourAddress: 0, clientAddress: 0 } })
    expect(bench.last.message.options).toEqual({
      messageType: 6,
      serverIdentifier: SERVER,
      message: 'not the address offered',
    })
    expect(bench.say(1, REQUEST, { serverIdentifier: ipv4('10.9.0.9'), requestedAddress: at(100) })).toBe('silence')
    // The address that the client did not take is free again.
    expect(bench.say(2, DISCOVER, { requestedAddress: at(100) })).toBe('OFFER 10.9.0.100')
    expect(bench.say(3, REQUEST, { serverIdentifier: SERVER, requestedAddress: at(100) })).toBe('NAK, address in use')
  })

  it('REQUEST in INIT-REBOOT: yes to its own, no on the wrong network, silence to strangers', () => {
    const bench = new Bench()
    bench.lease(1)
    expect(bench.say(1, REQUEST, { requestedAddress: at(100) })).toBe('ACK 10.9.0.100')
    expect(bench.say(1, REQUEST, { requestedAddress: at(101) })).toBe('NAK, not the address leased')
    expect(bench.say(1, REQUEST, { requestedAddress: ipv4('10.8.0.100') })).toBe('NAK, wrong network')
    expect(bench.say(2, REQUEST, { requestedAddress: at(100) })).toBe('NAK, address in use')
    expect(bench.say(2, REQUEST, { requestedAddress: at(101) })).toBe('silence')
  })

  /** Of a client that has had something to do with this server: what it says of an address that another server leases. */
  const OTHER = ipv4('10.9.0.9')
  it.each<[string, ...((bench: Bench) => void)[]]>([
    ['it knows nothing of'],
    ['whose lease here is over', (bench) => bench.lease(1), (bench) => bench.clock.runFor(3601 * SECOND)],
    [
      'that gave its lease here back',
      (bench) => bench.lease(1),
      (bench) => bench.say(1, RELEASE, {}, { clientAddress: at(100) }),
    ],
    ['that was offered an address here', (bench) => bench.say(1, DISCOVER)],
    ['that left an offer of here', (bench) => bench.say(1, DISCOVER), (bench) => bench.clock.runFor(61 * SECOND)],
    [
      'that had a lease here and took the offer of another server',
      (bench) => bench.lease(1),
      (bench) => bench.say(1, REQUEST, { serverIdentifier: OTHER, requestedAddress: at(50) }),
    ],
  ])('is silent about the lease that another server gave a client %s (4.3.2)', (_client, ...before) => {
    for (const foreign of [at(50), at(101)]) {
      const bench = new Bench()
      for (const step of before) step(bench)
      expect(bench.say(1, REQUEST, { requestedAddress: foreign })).toBe('silence')
      expect(bench.say(1, REQUEST, {}, { clientAddress: foreign })).toBe('silence')
    }
    // On the wrong network it cannot stay (INIT-REBOOT); where it works already, it is another network's on the same wire.
    const bench = new Bench()
    for (const step of before) step(bench)
    expect(bench.say(1, REQUEST, { requestedAddress: ipv4('10.8.0.5') })).toBe('NAK, wrong network')
    expect(bench.say(1, REQUEST, {}, { clientAddress: ipv4('10.8.0.5') })).toBe('silence')
  })

  it('is silent about an address that it offered to somebody, or that somebody declined: another server may lease it (4.3.2)', () => {
    const bench = new Bench()
    bench.say(2, DISCOVER)
    expect(bench.say(1, REQUEST, {}, { clientAddress: at(100) })).toBe('silence')
    expect(bench.say(1, REQUEST, { requestedAddress: at(100) })).toBe('silence')
    bench.say(2, DECLINE, { requestedAddress: at(100), serverIdentifier: SERVER })
    expect(bench.say(1, REQUEST, {}, { clientAddress: at(100) })).toBe('silence')
    expect(bench.say(1, REQUEST, { requestedAddress: at(100) })).toBe('silence')
  })

  it('with a lease of the client that holds says no to another address of its pool, and nothing of others (4.3.2)', () => {
    const bench = new Bench()
    bench.lease(1)
    expect(bench.say(1, REQUEST, { requestedAddress: at(101) })).toBe('NAK, not the address leased')
    expect(bench.say(1, REQUEST, { requestedAddress: at(50) })).toBe('silence')
    expect(bench.say(1, REQUEST, {}, { clientAddress: at(101) })).toBe('silence')
    // What a client goes on with that this server leases to somebody else.
    expect(bench.say(2, REQUEST, {}, { clientAddress: at(100) })).toBe('NAK, address in use')
  })

  it('keeps a lease that a client gives back to another server', () => {
    const bench = new Bench()
    bench.lease(1)
    bench.say(1, RELEASE, { serverIdentifier: OTHER }, { clientAddress: at(100) })
    expect(bench.server.leases).toHaveLength(1)
    expect(bench.server.counters.dropped).toEqual({ 'DHCP for another server': 1 })
  })

  it('REQUEST in RENEWING: by ciaddr, answered to that address, the lease counted anew', () => {
    const bench = new Bench()
    bench.lease(1)
    bench.clock.runFor(1800 * SECOND)
    expect(bench.say(1, REQUEST, {}, { clientAddress: at(100) })).toBe('ACK 10.9.0.100')
    expect(bench.last).toMatchObject({ destination: at(100), message: { clientAddress: at(100) } })
    expect(bench.server.leases[0].expires).toBe(5400 * SECOND)
    // Over, but nobody has it: the client may go on.
    bench.clock.runFor(4000 * SECOND)
    expect(bench.server.leases).toEqual([])
    expect(bench.say(1, REQUEST, {}, { clientAddress: at(100) })).toBe('ACK 10.9.0.100')
  })

  it('leaves a declined address alone for ten minutes, and takes a released one back', () => {
    const bench = new Bench({ pool: ['10.9.0.100', '10.9.0.100'] })
    bench.lease(1)
    bench.say(2, DECLINE, { requestedAddress: at(100) })
    bench.say(2, RELEASE, {}, { clientAddress: at(100) })
    expect(bench.lease(2)).toBe('silence')
    bench.say(1, RELEASE, { serverIdentifier: SERVER }, { clientAddress: at(100) })
    expect(bench.lease(2)).toBe('ACK 10.9.0.100')
    bench.say(2, DECLINE, { requestedAddress: at(100), serverIdentifier: SERVER })
    expect(bench.lease(1)).toBe('silence')
    bench.clock.runFor(601 * SECOND)
    expect(bench.lease(1)).toBe('ACK 10.9.0.100')
  })

  it('gives a client that comes back what it gave back (4.3.4)', () => {
    const bench = new Bench()
    bench.lease(1)
    bench.lease(2)
    bench.say(2, RELEASE, { serverIdentifier: SERVER }, { clientAddress: at(101) })
    expect(bench.say(2, DISCOVER, { requestedAddress: at(102) })).toBe('OFFER 10.9.0.101')
  })

  it('answers INFORM to the address the client has, with options and without a lease (4.3.5)', () => {
    const bench = new Bench()
    expect(bench.say(1, INFORM, {}, { clientAddress: at(50) })).toBe('ACK 0.0.0.0')
    expect(bench.last.destination).toBe(at(50))
    expect(bench.last.message.options).toMatchObject({ domainName: 'lab.test' })
    expect(bench.last.message.options.leaseTime).toBeUndefined()
  })

  it('answers a relay at port 67, and has it broadcast a NAK (4.1, 4.3.2)', () => {
    const bench = new Bench()
    bench.say(1, DISCOVER, {}, { relayAddress: at(2) })
    expect(bench.last).toMatchObject({
      destination: at(2),
      port: 67,
      message: { relayAddress: at(2), broadcast: false },
    })
    bench.say(1, REQUEST, { serverIdentifier: SERVER, requestedAddress: at(102) }, { relayAddress: at(2) })
    expect(bench.last).toMatchObject({ destination: at(2), port: 67, message: { broadcast: true } })
  })

  it('probes an address before it offers it, when told to, and passes over one that somebody has', () => {
    const bench = new Bench({ probe: true })
    bench.owners.set(at(100), hardware(99))
    expect(bench.say(1, DISCOVER)).toBe('silence')
    expect(bench.say(1, DISCOVER)).toBe('silence')
    bench.clock.runFor(3 * SECOND)
    expect(bench.checked).toEqual([at(100), at(101)])
    expect(formatIpv4(bench.last.message.yourAddress)).toBe('10.9.0.101')
    expect(bench.server.counters.dropped).toEqual({ 'DHCP being probed': 1 })
    bench.say(2, DISCOVER)
    bench.server.stop()
    expect(bench.clock.nextAt).toBeUndefined()
  })

  it('fills in its answers as table 3 has them (4.3.1)', () => {
    const bench = new Bench()
    const asked = { parameterRequestList: Uint8Array.of(3, 1, 3, 3), maximumMessageSize: 600 }
    const unlike = {
      hops: 2,
      seconds: 9,
      broadcast: true,
      serverAddress: at(9),
      yourAddress: at(8),
      relayAddress: at(2),
    }
    const answer = {
      operation: 2,
      hardwareType: 1,
      hops: 0,
      transactionId: 0x1007,
      seconds: 0,
      broadcast: true,
      clientAddress: 0,
      yourAddress: at(100),
      serverAddress: 0,
      relayAddress: at(2),
      clientHardware: hardware(7),
      serverName: '',
      bootFile: '',
    }
    const given = { subnetMask: ipv4('255.255.255.0'), routers: [SERVER], leaseTime: 3600, serverIdentifier: SERVER }
    bench.say(7, DISCOVER, asked, { ...unlike, serverName: 'x', bootFile: 'y' })
    expect(bench.last.message).toEqual({ ...answer, options: { messageType: 2, ...given } })
    bench.say(7, REQUEST, { ...asked, serverIdentifier: SERVER, requestedAddress: at(100) }, unlike)
    expect(bench.last.message).toEqual({ ...answer, options: { messageType: 5, ...given } })
    bench.say(7, REQUEST, { ...asked, serverIdentifier: SERVER, requestedAddress: at(101) }, unlike)
    expect(bench.last.message).toEqual({
      ...answer,
      yourAddress: 0,
      options: { messageType: 6, serverIdentifier: SERVER, message: 'not the address offered' },
    })
  })

  it('broadcasts what it says to a client that asks for that (4.1)', () => {
    const bench = new Bench()
    bench.say(1, DISCOVER, {}, { broadcast: true })
    expect(bench.last).toMatchObject({ destination: EVERYONE, port: 68, message: { broadcast: true } })
    bench.say(1, REQUEST, { serverIdentifier: SERVER, requestedAddress: at(100) }, { broadcast: true })
    expect(bench.last).toMatchObject({ destination: EVERYONE, port: 68, message: { broadcast: true } })
  })

  it('does not check the address again that a client asks for, though it probes what it offers (3.1, 3.2)', () => {
    const bench = new Bench({ probe: true })
    bench.say(1, DISCOVER)
    bench.clock.runFor(2 * SECOND)
    expect(bench.checked).toEqual([at(100)])
    expect(bench.say(1, REQUEST, { serverIdentifier: SERVER, requestedAddress: at(100) })).toBe('ACK 10.9.0.100')
    expect(bench.say(1, REQUEST, { requestedAddress: at(100) })).toBe('ACK 10.9.0.100')
    expect(bench.checked).toHaveLength(1)
  })

  it('broadcasts a NAK even to a client that says which address it has (4.1)', () => {
    const bench = new Bench()
    bench.lease(1)
    expect(bench.say(2, REQUEST, {}, { clientAddress: at(100) })).toBe('NAK, address in use')
    expect(bench.last).toMatchObject({ destination: EVERYONE, port: 68, message: { clientAddress: 0, yourAddress: 0 } })
  })

  it('knows a client by its identifier, and by its hardware address where it gives none (4.2)', () => {
    const bench = new Bench()
    const named = (name: number) => ({ clientIdentifier: Uint8Array.of(0, name) })
    expect(bench.say(1, DISCOVER, named(1))).toBe('OFFER 10.9.0.100')
    expect(bench.say(1, DISCOVER, named(2))).toBe('OFFER 10.9.0.101')
    expect(bench.say(5, DISCOVER, named(1))).toBe('OFFER 10.9.0.100')
    expect(bench.say(1, DISCOVER)).toBe('OFFER 10.9.0.102')
    expect(bench.say(1, DISCOVER)).toBe('OFFER 10.9.0.102')
    expect(bench.say(2, DISCOVER)).toBe('silence')
  })

  it('goes by each address of its host where it is asked, and gives its own as its identifier (4.1)', () => {
    const bench = new Bench()
    bench.others.add(at(2))
    bench.say(1, DISCOVER)
    expect(bench.last.message.options.serverIdentifier).toBe(SERVER)
    expect(bench.say(1, REQUEST, { serverIdentifier: at(2), requestedAddress: at(100) })).toBe('ACK 10.9.0.100')
    bench.say(1, RELEASE, { serverIdentifier: at(2) }, { clientAddress: at(100) })
    expect(bench.server.leases).toEqual([])
    bench.lease(1)
    bench.say(1, DECLINE, { serverIdentifier: at(2), requestedAddress: at(100) })
    expect(bench.server.leases).toEqual([])
    expect(bench.server.counters.dropped).toEqual({})
  })

  it('counts what it cannot use, and says nothing to it', () => {
    const bench = new Bench()
    bench.handleDatagram?.(new Uint8Array(10), 0, 10)
    bench.say(1, DISCOVER, {}, { operation: 2 })
    bench.say(1, 0)
    bench.say(1, RELEASE)
    expect(bench.answers).toEqual([])
    expect(bench.server.counters.dropped).toEqual({
      'DHCP truncated': 1,
      'DHCP not a request': 1,
      'DHCP message type': 1,
      'DHCP client not known': 1,
    })
  })

  it('says what is wrong with its settings', () => {
    expect(() => new Bench({ pool: ['10.9.0.20', '10.9.0.10'] })).toThrow('lowest and highest')
    expect(() => new Bench({ pool: ['10.9.1.20', '10.9.1.30'] })).toThrow("in the server's network")
    expect(() => new Bench({ reserved: { x: '10.9.0.2' } })).toThrow('"x" is not an Ethernet address')
  })
})

describe('our client and our server', () => {
  it('keep a lease of an hour for a day, in no time', () => {
    const bench = new Bench()
    const { clock } = bench
    const host: DhcpHost = {
      linkUp: true,
      handleLink: undefined,
      handleConflict: undefined,
      handleDatagram: undefined,
      send(octets) {
        clock.after(MILLISECOND, () => bench.handleDatagram?.(octets, 0, octets.length))
        return true
      },
      check(_address, done) {
        const timer = clock.after(SECOND, () => done(undefined))
        return () => clock.cancel(timer)
      },
      configure() {},
      tell() {},
      unconfigure() {},
    }
    bench.onAnswer = (octets) => clock.after(MILLISECOND, () => host.handleDatagram?.(octets, 0, octets.length))
    const random = new SeededRandom(1)
    const client = new DhcpClient({ clock, random, hardware: hardware(7), hostName: 'board', host })
    client.start()
    clock.runFor(24 * 3600 * SECOND)
    expect(client.state).toBe('BOUND')
    expect(client.counters).toMatchObject({
      sent: { DISCOVER: 1, REQUEST: 49 },
      received: { OFFER: 1, ACK: 49 },
      dropped: {},
    })
    expect(bench.server.leases).toMatchObject([{ address: at(100), hostName: 'board' }])
    client.release()
    clock.runFor(SECOND)
    expect(bench.server.leases).toEqual([])
    expect(bench.server.counters.dropped).toEqual({})
    expect(clock.nextAt).toBeUndefined()
  })
})
