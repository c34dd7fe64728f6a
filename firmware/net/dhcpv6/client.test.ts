import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { mac } from '../address.js'
import { formatIpv6, type Ipv6Address, parseIpv6 } from '../ipv6/address.js'
import type { Lifetimes } from '../nd/address-list.js'
import { type Dhcpv6Association, type Dhcpv6Message, emitDhcpv6, parseDhcpv6 } from '../wire/dhcpv6.js'
import { Dhcpv6Client, type Dhcpv6ClientOptions, type Dhcpv6Host } from './client.js'
import type { Dhcpv6ClientState } from './client-machine.js'
import { duidOf, iaidOf } from './duid.js'
import type { Dhcpv6Information } from './lease.js'

const ipv6 = (text: string) => parseIpv6(text)!
const STATION = mac('02:00:00:00:00:07')
const SERVER = Uint8Array.of(0, 3, 0, 1, 2, 0, 0, 0, 0, 1)
const OTHER = Uint8Array.of(0, 3, 0, 1, 2, 0, 0, 0, 0, 2)
const ADDRESS = ipv6('2001:db8:1::100')
const LENT: Dhcpv6Association = {
  iaid: 7,
  t1Seconds: 100,
  t2Seconds: 160,
  addresses: [{ address: ADDRESS, preferredSeconds: 200, validSeconds: 300 }],
}
const WITH_STATUS = (status: number): Dhcpv6Association => ({ ...LENT, addresses: [], status })
const NAMES = { nameServers: [ipv6('2001:db8::53')], searchDomains: ['lab.test'] }

interface Sent {
  readonly at: number
  readonly message: Dhcpv6Message
}
type Answer = Partial<Dhcpv6Message> & Pick<Dhcpv6Message, 'type'>

/** A host without a network: what the client sends is kept, what it hears is made up by the test. */
class Bench implements Dhcpv6Host {
  readonly clock = new Scheduler()
  readonly sent: Sent[] = []
  readonly states: Dhcpv6ClientState[] = []
  readonly ends: (string | undefined)[] = []
  readonly addresses = new Map<string, Lifetimes>()
  readonly zone = 'eth0'
  ready = true
  room = 16
  told: Dhcpv6Information | undefined
  handleReady: ((ready: boolean) => void) | undefined
  handleDatagram: ((octets: Uint8Array, start: number, end: number) => void) | undefined
  handleDuplicate: ((address: Ipv6Address) => void) | undefined
  /** What a server answers to each message, a millisecond later. */
  answer: (message: Dhcpv6Message) => Answer | readonly Answer[] | undefined = () => undefined
  readonly client: Dhcpv6Client

  constructor(options: Partial<Dhcpv6ClientOptions> = {}) {
    this.client = new Dhcpv6Client({
      clock: this.clock,
      random: new SeededRandom(7),
      host: this,
      identifier: duidOf(STATION),
      iaid: iaidOf(STATION),
      startDelay: 0,
      ...options,
    })
    this.client.onState((state) => this.states.push(state))
    this.client.onLease((_lease, why) => this.ends.push(why))
  }

  send(octets: Uint8Array): boolean {
    const message = parseDhcpv6(octets)
    if (typeof message === 'string') throw new Error(message)
    this.sent.push({ at: this.clock.now, message })
    this.clock.after(MILLISECOND, () => {
      for (const answer of [this.answer(message) ?? []].flat()) this.hear(message, answer)
    })
    return true
  }

  assign(address: Ipv6Address, lifetimes: Lifetimes): boolean {
    if (this.addresses.size >= this.room) return false
    this.addresses.set(formatIpv6(address), lifetimes)
    return true
  }

  remove(address: Ipv6Address): void {
    this.addresses.delete(formatIpv6(address))
  }

  tell(information: Dhcpv6Information | undefined): void {
    this.told = information
  }

  /** An answer to a message, which names client, server and exchange unless it says otherwise. */
  hear({ transactionId, clientIdentifier }: Dhcpv6Message, answer: Answer): void {
    const said = { transactionId, ...(clientIdentifier && { clientIdentifier }), serverIdentifier: SERVER, ...answer }
    const octets = emitDhcpv6(said)
    const received = new Uint8Array(octets.length + 8)
    received.set(octets, 5)
    this.handleDatagram?.(received, 5, 5 + octets.length)
  }

  link(up: boolean): void {
    this.ready = up
    this.handleReady?.(up)
  }

  get log(): string[] {
    return this.sent.map(({ message: { type } }) => type)
  }

  get last(): Dhcpv6Message {
    return this.sent[this.sent.length - 1].message
  }

  /** With the address of `LENT`, by four messages. */
  static bound(options: Partial<Dhcpv6ClientOptions> = {}): Bench {
    const bench = new Bench(options)
    bench.answer = usual
    bench.client.start('stateful')
    bench.clock.runFor(2 * SECOND)
    return bench
  }
}

/** A server that lends one address, and has it for ever. */
const usual = ({ type }: Dhcpv6Message): Answer =>
  type === 'SOLICIT' ? { type: 'ADVERTISE', associations: [LENT] } : { type: 'REPLY', associations: [LENT], ...NAMES }

describe('a client that asks for addresses (RFC 9915 18.2.1, 18.2.2)', () => {
  it('collects advertisements for its first timeout, requests of the preferred one, and has the address with its lifetimes', () => {
    const bench = new Bench()
    bench.answer = ({ type }) =>
      type === 'SOLICIT'
        ? [
            { type: 'ADVERTISE', associations: [LENT], preference: 3 },
            { type: 'ADVERTISE', associations: [LENT], preference: 9, serverIdentifier: OTHER },
            { type: 'ADVERTISE', associations: [LENT], preference: 5 },
          ]
        : { type: 'REPLY', associations: [LENT], ...NAMES, serverIdentifier: OTHER }
    bench.client.start('stateful')
    bench.clock.runFor(SECOND)
    expect(bench.states).toEqual(['SOLICITING'])
    bench.clock.runFor(SECOND)
    expect(bench.states).toEqual(['SOLICITING', 'REQUESTING', 'BOUND'])
    const [solicit, request] = bench.sent.map(({ message }) => message)
    expect(solicit).toMatchObject({
      type: 'SOLICIT',
      elapsedCentiseconds: 0,
      rapidCommit: true,
      requested: [23, 24, 82],
      associations: [{ iaid: 7, t1Seconds: 0, t2Seconds: 0, addresses: [] }],
    })
    expect(solicit.serverIdentifier).toBeUndefined()
    expect([...solicit.clientIdentifier!]).toEqual([0, 3, 0, 1, 2, 0, 0, 0, 0, 7])
    expect(request).toMatchObject({
      type: 'REQUEST',
      serverIdentifier: OTHER,
      associations: [{ addresses: [{ address: ADDRESS }] }],
    })
    expect(request.transactionId).not.toBe(solicit.transactionId)
    // Counted from the reply, a millisecond after the request.
    const began = bench.sent[1].at + MILLISECOND
    expect(bench.addresses.get('2001:db8:1::100')).toEqual({
      preferredUntil: began + 200 * SECOND,
      validUntil: began + 300 * SECOND,
    })
    expect(bench.told).toEqual(NAMES)
    expect(bench.client.counters.dropped).toEqual({})
  })

  it('takes an advertisement of preference 255 at once', () => {
    const bench = new Bench()
    bench.answer = (message) => (message.type === 'SOLICIT' ? { ...usual(message), preference: 255 } : usual(message))
    bench.client.start('stateful')
    bench.clock.runFor(10 * MILLISECOND)
    expect(bench.client.state).toBe('BOUND')
  })

  it('takes the first that comes after the first timeout', () => {
    const bench = new Bench()
    bench.client.start('stateful')
    bench.clock.runFor(2 * SECOND)
    bench.answer = usual
    bench.clock.runFor(1500 * MILLISECOND)
    expect(bench.log).toEqual(['SOLICIT', 'SOLICIT', 'SOLICIT', 'REQUEST'].slice(-bench.log.length))
    expect(bench.client.state).toBe('BOUND')
    // In hundredths of a second since the first.
    const again = bench.sent.findLast(({ message }) => message.type === 'SOLICIT')!
    expect(again.message.elapsedCentiseconds).toBe(Math.floor(again.at / (10 * MILLISECOND)))
  })

  it('is bound by a reply with rapid commit, and passes over one without', () => {
    const bench = new Bench()
    bench.answer = () => [
      { type: 'REPLY', associations: [LENT] },
      { type: 'REPLY', associations: [LENT], rapidCommit: true },
    ]
    bench.client.start('stateful')
    bench.clock.runFor(10 * MILLISECOND)
    expect([bench.client.state, bench.log]).toEqual(['BOUND', ['SOLICIT']])
    expect(bench.client.counters.dropped).toEqual({ 'DHCPv6 not expected now': 1 })
    const without = new Bench({ rapidCommit: false })
    without.answer = () => ({ type: 'REPLY', associations: [LENT], rapidCommit: true })
    without.client.start('stateful')
    without.clock.runFor(10 * MILLISECOND)
    expect(without.last.rapidCommit).toBeUndefined()
    expect(without.client.state).toBe('SOLICITING')
  })

  it('begins anew where ten requests are not answered', () => {
    const bench = new Bench()
    bench.answer = (message) => (message.type === 'SOLICIT' ? usual(message) : undefined)
    bench.client.start('stateful')
    bench.clock.runFor(250 * SECOND)
    expect(bench.log.slice(0, 12)).toEqual(['SOLICIT', ...Array(10).fill('REQUEST'), 'SOLICIT'])
  })

  it('waits for a link, and up to a second at random', () => {
    const bench = new Bench()
    bench.ready = false
    bench.client.start('stateful')
    bench.clock.runFor(60 * SECOND)
    expect(bench.sent).toEqual([])
    bench.link(true)
    bench.clock.runFor(MILLISECOND)
    expect(bench.log).toEqual(['SOLICIT'])
  })

  it.each<[string, Answer]>([
    ['no association', { type: 'ADVERTISE' }],
    ['no address available (2)', { type: 'ADVERTISE', associations: [WITH_STATUS(2)] }],
    ['another’s association', { type: 'ADVERTISE', associations: [{ ...LENT, iaid: 8 }] }],
    ['T1 behind T2', { type: 'ADVERTISE', associations: [{ ...LENT, t1Seconds: 200 }] }],
    [
      'an address preferred for longer than it is valid',
      {
        type: 'ADVERTISE',
        associations: [{ ...LENT, addresses: [{ address: ADDRESS, preferredSeconds: 301, validSeconds: 300 }] }],
      },
    ],
    [
      'a group',
      {
        type: 'ADVERTISE',
        associations: [{ ...LENT, addresses: [{ address: ipv6('ff0e::1'), preferredSeconds: 1, validSeconds: 2 }] }],
      },
    ],
    [
      'a link-local address',
      {
        type: 'ADVERTISE',
        associations: [{ ...LENT, addresses: [{ address: ipv6('fe80::1'), preferredSeconds: 1, validSeconds: 2 }] }],
      },
    ],
  ])('passes over an advertisement with %s, and keeps to the SOL_MAX_RT in it (18.2.9)', (_, advertisement) => {
    const bench = new Bench()
    bench.answer = () => ({ ...advertisement, solicitMaximumSeconds: 60 })
    bench.client.start('stateful')
    bench.clock.runFor(1200 * SECOND)
    expect(bench.client.state).toBe('SOLICITING')
    expect(Object.keys(bench.client.counters.dropped)).toEqual(['DHCPv6 no usable address'])
    // The limit holds for the next exchange.
    bench.link(false)
    bench.link(true)
    const from = bench.sent.length
    bench.clock.runFor(1200 * SECOND)
    const gaps = bench.sent.slice(from).map(({ at }, i, all) => (i === 0 ? 0 : at - all[i - 1].at))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(66 * SECOND)
    expect(bench.sent.length - from).toBeGreaterThan(15)
  })

  it.each<[string, Answer]>([
    ['no address (2)', { type: 'REPLY', associations: [WITH_STATUS(2)] }],
    ['another link (4)', { type: 'REPLY', associations: [WITH_STATUS(4)] }],
    ['another link (4), of the whole', { type: 'REPLY', status: 4 }],
  ])('asks all anew, and ever less often, where its request is answered with %s', (_, reply) => {
    const bench = new Bench()
    bench.answer = (message) => (message.type === 'SOLICIT' ? { ...usual(message), preference: 255 } : reply)
    bench.client.start('stateful')
    bench.clock.runFor(600 * SECOND)
    const solicits = bench.sent.filter(({ message }) => message.type === 'SOLICIT').map(({ at }) => at)
    const gaps = solicits.slice(1).map((at, i) => (at - solicits[i]) / SECOND)
    for (const [i, expected] of [2, 4, 8, 16, 32, 64, 64].entries()) {
      expect(gaps[i]).toBeGreaterThan(0.89 * expected)
      expect(gaps[i]).toBeLessThan(1.11 * expected)
    }
    expect(bench.addresses.size).toBe(0)
  })

  it('sends twenty messages in a row and one a second, whatever a server has it do (14.1)', () => {
    const bench = new Bench()
    const soon = { ...LENT, t1Seconds: 1, t2Seconds: 1000 }
    // Each renewal has a second message follow at once, and is due a second after that.
    bench.answer = (message) =>
      message.type === 'RENEW'
        ? { type: 'REPLY', associations: [WITH_STATUS(3)] }
        : { ...usual(message), associations: [soon] }
    bench.client.start('stateful')
    bench.clock.runFor(200 * SECOND)
    expect(bench.sent.length).toBeLessThanOrEqual(220)
    expect(bench.sent.length).toBeGreaterThan(100)
    expect(bench.client.counters.dropped['DHCPv6 held back']).toBeGreaterThan(10)
  })
})

describe('a client that has an address (RFC 9915 18.2.4, 18.2.5, 18.2.10)', () => {
  it('renews it with its server at T1', () => {
    const bench = Bench.bound()
    const before = bench.sent.length
    bench.clock.runFor(99 * SECOND)
    expect(bench.sent.length).toBe(before)
    bench.clock.runFor(2 * SECOND)
    expect(bench.last).toMatchObject({
      type: 'RENEW',
      serverIdentifier: SERVER,
      associations: [{ addresses: [{ address: ADDRESS }] }],
    })
    expect(bench.states.slice(-2)).toEqual(['RENEWING', 'BOUND'])
    expect(bench.addresses.get('2001:db8:1::100')?.validUntil).toBe(bench.sent.at(-1)!.at + MILLISECOND + 300 * SECOND)
  })

  it('asks every server from T2 on, takes what another says, and loses the address when its time is over', () => {
    const bench = Bench.bound()
    const { at } = bench.sent[1]
    bench.answer = () => undefined
    bench.clock.runUntil(at + 158 * SECOND)
    // IRT is 10 s, then twice that, a tenth more or less.
    expect(bench.log.filter((type) => type === 'RENEW').length).toBe(3)
    bench.clock.runUntil(at + 161 * SECOND)
    expect(bench.last.type).toBe('REBIND')
    expect(bench.last.serverIdentifier).toBeUndefined()
    bench.clock.runUntil(at + 299 * SECOND)
    expect(bench.addresses.size).toBe(1)
    bench.clock.runUntil(at + 301 * SECOND)
    expect([bench.client.state, bench.addresses.size, bench.told]).toEqual(['SOLICITING', 0, undefined])
    expect(bench.ends.at(-1)).toBe('expired')

    const saved = Bench.bound()
    saved.answer = ({ type }) =>
      type === 'REBIND' ? { type: 'REPLY', associations: [LENT], serverIdentifier: OTHER } : undefined
    saved.clock.runFor(162 * SECOND)
    expect([saved.client.state, saved.client.lease?.server]).toEqual(['BOUND', OTHER])
  })

  it('chooses T1 and T2 itself where they are 0: at 0.5 and 0.8 of the preferred lifetime', () => {
    const bench = new Bench()
    bench.answer = (message) =>
      message.type === 'RENEW' || message.type === 'REBIND'
        ? []
        : { ...usual(message), associations: [{ ...LENT, t1Seconds: 0, t2Seconds: 0 }] }
    bench.client.start('stateful')
    bench.clock.runFor(2 * SECOND)
    const { at } = bench.sent[1]
    bench.clock.runUntil(at + 299 * SECOND)
    const first = (type: string) =>
      (bench.sent.find(({ message }) => message.type === type)!.at - MILLISECOND - at) / SECOND
    expect([first('RENEW'), first('REBIND')]).toEqual([100, 160])
  })

  it('keeps one that is lent for ever without asking again', () => {
    const bench = new Bench()
    const forEver = 0xffffffff
    bench.answer = (message) => ({
      ...usual(message),
      associations: [
        {
          iaid: 7,
          t1Seconds: 0,
          t2Seconds: 0,
          addresses: [{ address: ADDRESS, preferredSeconds: forEver, validSeconds: forEver }],
        },
      ],
    })
    bench.client.start('stateful')
    bench.clock.runFor(1_000_000 * SECOND)
    expect(bench.log).toEqual(['SOLICIT', 'REQUEST'])
    expect(bench.addresses.get('2001:db8:1::100')?.validUntil).toBe(Number.POSITIVE_INFINITY)
  })

  it('requests it anew of a server that knows nothing of it (NoBinding), and goes on using it meanwhile', () => {
    const bench = Bench.bound()
    bench.answer = (message) =>
      message.type === 'RENEW' ? { type: 'REPLY', associations: [WITH_STATUS(3)] } : usual(message)
    bench.clock.runFor(101 * SECOND)
    expect(bench.log.slice(-2)).toEqual(['RENEW', 'REQUEST'])
    expect(bench.last.associations?.[0].addresses.map(({ address }) => address)).toEqual([ADDRESS])
    expect(bench.ends.filter((why) => why !== undefined)).toEqual([])
    expect(bench.client.state).toBe('BOUND')
  })

  it('goes on where a reply does not mention it, and stops where its lifetime is 0', () => {
    const bench = Bench.bound()
    bench.answer = () => ({ type: 'REPLY', associations: [{ ...LENT, addresses: [] }] })
    bench.clock.runFor(101 * SECOND)
    expect(bench.client.state).toBe('RENEWING')
    bench.answer = () => ({
      type: 'REPLY',
      associations: [{ ...LENT, addresses: [{ address: ADDRESS, preferredSeconds: 0, validSeconds: 0 }] }],
    })
    bench.clock.runFor(12 * SECOND)
    expect([bench.client.state, bench.addresses.size, bench.ends.at(-1)]).toEqual(['SOLICITING', 0, 'refused'])
  })

  it('tells the server where another station has it, and asks for another (18.2.8)', () => {
    const bench = Bench.bound()
    bench.answer = ({ type }) => (type === 'DECLINE' ? { type: 'REPLY', status: 0 } : undefined)
    bench.handleDuplicate?.(ADDRESS)
    expect(bench.last).toMatchObject({
      type: 'DECLINE',
      serverIdentifier: SERVER,
      associations: [{ addresses: [{ address: ADDRESS }] }],
    })
    expect([bench.addresses.size, bench.ends.at(-1)]).toEqual([0, 'taken'])
    bench.clock.runFor(3 * SECOND)
    expect([bench.client.state, bench.last.type, bench.client.counters.duplicates]).toEqual([
      'SOLICITING',
      'SOLICIT',
      1,
    ])
    const silent = Bench.bound()
    silent.answer = () => undefined
    silent.handleDuplicate?.(ADDRESS)
    silent.clock.runFor(20 * SECOND)
    expect(silent.log.filter((type) => type === 'DECLINE').length).toBe(4)
    expect(silent.client.state).toBe('SOLICITING')
  })

  it('keeps the others where one of several is another station’s', () => {
    const second = ipv6('2001:db8:1::200')
    const bench = new Bench()
    const both = { ...LENT, addresses: [...LENT.addresses, { ...LENT.addresses[0], address: second }] }
    bench.answer = (message) => ({ ...usual(message), associations: [both] })
    bench.client.start('stateful')
    bench.clock.runFor(2 * SECOND)
    expect(bench.addresses.size).toBe(2)
    bench.handleDuplicate?.(ADDRESS)
    bench.clock.runFor(SECOND)
    expect([bench.client.state, [...bench.addresses.keys()]]).toEqual(['BOUND', ['2001:db8:1::200']])
  })

  it('keeps one that a reply does not mention, as it was, beside one that is renewed (18.2.10.1)', () => {
    const second = ipv6('2001:db8:1::200')
    const bench = new Bench()
    const both = { ...LENT, addresses: [...LENT.addresses, { ...LENT.addresses[0], address: second }] }
    bench.answer = (message) => ({ ...usual(message), associations: [message.type === 'RENEW' ? LENT : both] })
    bench.client.start('stateful')
    bench.clock.runFor(2 * SECOND)
    const before = bench.addresses.get('2001:db8:1::200')
    bench.clock.runFor(101 * SECOND)
    expect(bench.log.at(-1)).toBe('RENEW')
    expect(bench.addresses.get('2001:db8:1::200')).toEqual(before)
    expect(bench.client.lease?.addresses.map(({ address }) => formatIpv6(address))).toEqual([
      '2001:db8:1::200',
      '2001:db8:1::100',
    ])
  })

  it('gives it back: it is not used from before the message goes (18.2.7)', () => {
    const bench = Bench.bound()
    bench.answer = () => undefined
    bench.client.release()
    expect(bench.last).toMatchObject({
      type: 'RELEASE',
      serverIdentifier: SERVER,
      associations: [{ addresses: [{ address: ADDRESS }] }],
    })
    expect(bench.addresses.size).toBe(0)
    bench.clock.runFor(20 * SECOND)
    expect(bench.log.filter((type) => type === 'RELEASE').length).toBe(4)
    expect([bench.client.state, bench.handleDatagram]).toEqual(['STOPPED', undefined])
    const heard = Bench.bound()
    heard.answer = () => ({ type: 'REPLY', status: 3 })
    heard.client.release()
    heard.clock.runFor(10 * MILLISECOND)
    expect([heard.client.state, heard.ends.at(-1)]).toEqual(['STOPPED', 'given back'])
  })

  it('is not bound where the interface has no room', () => {
    const bench = new Bench()
    bench.room = 0
    bench.answer = usual
    bench.client.start('stateful')
    bench.clock.runFor(3 * SECOND)
    expect(bench.client.counters.dropped).toEqual({ 'DHCPv6 address not taken': 1 })
    expect(bench.client.state).toBe('SOLICITING')
  })
})

describe('a client whose link was gone (RFC 9915 18.2.3, 18.2.12)', () => {
  it('confirms its address: kept upon success', () => {
    const bench = Bench.bound()
    bench.link(false)
    bench.clock.runFor(5 * SECOND)
    expect(bench.addresses.size).toBe(1)
    bench.answer = () => ({ type: 'REPLY', status: 0 })
    bench.link(true)
    bench.clock.runFor(SECOND + 2 * MILLISECOND)
    expect(bench.last).toMatchObject({
      type: 'CONFIRM',
      associations: [
        { t1Seconds: 0, t2Seconds: 0, addresses: [{ address: ADDRESS, preferredSeconds: 0, validSeconds: 0 }] },
      ],
    })
    expect(bench.last.serverIdentifier).toBeUndefined()
    expect([bench.client.state, bench.addresses.size]).toEqual(['BOUND', 1])
  })

  it('gives it up where a server says that it is of another link', () => {
    const bench = Bench.bound()
    bench.link(false)
    bench.answer = ({ type }) => (type === 'CONFIRM' ? { type: 'REPLY', status: 4 } : undefined)
    bench.link(true)
    bench.clock.runFor(1500 * MILLISECOND)
    expect([bench.client.state, bench.addresses.size, bench.ends.at(-1)]).toEqual(['SOLICITING', 0, 'refused'])
  })

  it('goes on with it where nobody says anything for ten seconds, and renews when it is time', () => {
    const bench = Bench.bound()
    bench.link(false)
    bench.answer = () => undefined
    bench.link(true)
    bench.clock.runFor(12 * SECOND)
    expect([bench.client.state, bench.addresses.size]).toEqual(['BOUND', 1])
    expect(bench.log.filter((type) => type === 'CONFIRM').length).toBeGreaterThanOrEqual(4)
    bench.clock.runFor(100 * SECOND)
    expect(bench.client.state).toBe('RENEWING')
  })

  it('loses what ran out meanwhile', () => {
    const bench = Bench.bound()
    bench.link(false)
    bench.clock.runFor(301 * SECOND)
    expect([bench.client.state, bench.addresses.size]).toEqual(['SOLICITING', 0])
  })
})

describe('a client that asks for name servers alone (RFC 9915 18.2.6)', () => {
  it('is told them, and asks anew when they are to be refreshed, ten minutes later at the soonest', () => {
    const bench = new Bench()
    bench.answer = () => ({ type: 'REPLY', ...NAMES, refreshSeconds: 30 })
    bench.client.start('stateless')
    bench.clock.runFor(10 * MILLISECOND)
    expect(bench.last).toMatchObject({ type: 'INFORMATION-REQUEST', requested: [23, 24, 32, 83] })
    expect(bench.last.associations).toBeUndefined()
    expect([bench.client.state, bench.told]).toEqual(['INFORMED', NAMES])
    bench.clock.runFor(599 * SECOND)
    expect(bench.log.length).toBe(1)
    bench.clock.runFor(3 * SECOND)
    expect(bench.log.length).toBe(2)
    expect(bench.client.state).toBe('INFORMED')
    // Up to a second at random (21.23), though the start waited for nothing.
    const wait = bench.sent[1].at - MILLISECOND - 600 * SECOND
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThan(SECOND)
  })

  it('asks after a day where nothing is said, and not at all where it is for ever', () => {
    const bench = new Bench()
    bench.answer = () => ({ type: 'REPLY', ...NAMES })
    bench.client.start('stateless')
    bench.clock.runFor(86_399 * SECOND)
    expect(bench.log.length).toBe(1)
    bench.clock.runFor(3 * SECOND)
    expect(bench.log.length).toBe(2)
    const once = new Bench()
    once.answer = () => ({ type: 'REPLY', ...NAMES, refreshSeconds: 0xffffffff })
    once.client.start('stateless')
    once.clock.runFor(4_000_000 * SECOND)
    expect(once.log.length).toBe(1)
  })

  it('asks again when the link was gone (18.2.12), and keeps what it was told meanwhile', () => {
    const bench = new Bench()
    bench.answer = () => ({ type: 'REPLY', ...NAMES })
    bench.client.start('stateless')
    bench.clock.runFor(SECOND)
    bench.link(false)
    bench.clock.runFor(60 * SECOND)
    expect([bench.client.state, bench.log.length, bench.told]).toEqual(['INFORMING', 1, NAMES])
    bench.link(true)
    bench.clock.runFor(2 * SECOND)
    expect([bench.client.state, bench.log.length]).toEqual(['INFORMED', 2])
  })

  it('asks for addresses from when it is told to', () => {
    const bench = new Bench()
    bench.answer = (message) => (message.type === 'INFORMATION-REQUEST' ? { type: 'REPLY', ...NAMES } : usual(message))
    bench.client.start('stateless')
    bench.clock.runFor(SECOND)
    bench.client.start('stateful')
    bench.clock.runFor(2 * SECOND)
    expect(bench.states).toEqual(['INFORMING', 'INFORMED', 'SOLICITING', 'REQUESTING', 'BOUND'])
    bench.client.start('stateless')
    expect(bench.client.state).toBe('BOUND')
  })

  it('leaves out name servers that can be none', () => {
    const bench = new Bench()
    const nameServers = ['::', '::1', 'ff02::1', 'fe80::53', '2001:db8::53'].map(ipv6)
    bench.answer = () => ({ type: 'REPLY', nameServers })
    bench.client.start('stateless')
    bench.clock.runFor(SECOND)
    expect(bench.told?.nameServers.map(formatIpv6)).toEqual(['fe80::53%eth0', '2001:db8::53'])
  })
})

describe('what a client does not take', () => {
  it.each<[string, Answer]>([
    ['DHCPv6 reconfigure', { type: 'RECONFIGURE' }],
    ['DHCPv6 not for a client', { type: 'SOLICIT' }],
    ['DHCPv6 of another exchange', { type: 'ADVERTISE', transactionId: 0, associations: [LENT] }],
    ['DHCPv6 for another client', { type: 'ADVERTISE', clientIdentifier: OTHER, associations: [LENT] }],
    ['DHCPv6 status of failure', { type: 'ADVERTISE', status: 1, associations: [LENT] }],
  ])('is counted as %s', (loss, said) => {
    const bench = new Bench()
    bench.client.start('stateful')
    bench.clock.runFor(MILLISECOND)
    bench.hear(bench.last, said)
    expect(bench.client.counters.dropped).toEqual({ [loss]: 1 })
    expect(bench.client.state).toBe('SOLICITING')
  })

  it('is a message without a server, one of a server that was not asked, and octets that are none', () => {
    const bench = new Bench()
    bench.answer = (message) => (message.type === 'SOLICIT' ? { ...usual(message), preference: 255 } : undefined)
    bench.client.start('stateful')
    bench.clock.runFor(10 * MILLISECOND)
    const { transactionId, clientIdentifier } = bench.last
    const nobody = emitDhcpv6({
      type: 'REPLY',
      transactionId,
      clientIdentifier: clientIdentifier!,
      associations: [LENT],
    })
    bench.handleDatagram?.(nobody, 0, nobody.length)
    bench.hear(bench.last, { type: 'REPLY', serverIdentifier: OTHER, associations: [LENT] })
    bench.handleDatagram?.(nobody, 0, 3)
    expect(bench.client.counters.dropped).toEqual({
      'DHCPv6 no server identifier': 1,
      'DHCPv6 from another server': 1,
      'DHCPv6 truncated': 1,
    })
    expect(bench.client.state).toBe('REQUESTING')
  })
})

it('whatever octets a server makes of its answers, in whatever state, the client takes or counts them, and has four addresses at most', () => {
  const random = new SeededRandom(546)
  const states = new Set<Dhcpv6ClientState>()
  let taken = 0
  let counted = 0
  for (let round = 0; round < 150; round++) {
    const bench = new Bench({ random: new SeededRandom(round) })
    bench.client.onState((state) => states.add(state))
    const say = (message: Dhcpv6Message, answer: Answer) => {
      const { transactionId, clientIdentifier } = message
      const many = Array.from({ length: 6 }, (_, at) => ({
        address: ipv6(`2001:db8:1::${at + 1}`),
        preferredSeconds: random.below(20),
        validSeconds: random.below(40),
      }))
      const associations = [{ ...LENT, t1Seconds: random.below(10), t2Seconds: random.below(20), addresses: many }]
      const octets = emitDhcpv6({
        ...NAMES,
        transactionId,
        clientIdentifier: clientIdentifier!,
        serverIdentifier: SERVER,
        associations,
        ...(random.below(4) === 0 ? { status: random.below(6) } : {}),
        ...answer,
      })
      for (let flips = random.below(3); flips > 0; flips--) octets[random.below(octets.length)] = random.below(256)
      bench.handleDatagram?.(octets, 0, random.below(10) === 0 ? random.below(octets.length) : octets.length)
      expect(bench.addresses.size).toBeLessThanOrEqual(4)
    }
    bench.answer = (message) => {
      say(message, {
        type: message.type === 'SOLICIT' && random.below(2) === 0 ? 'ADVERTISE' : 'REPLY',
        rapidCommit: true,
      })
      return undefined
    }
    bench.client.start(random.below(4) === 0 ? 'stateless' : 'stateful')
    for (let step = 0; step < 20; step++) {
      bench.clock.runFor(random.below(8) * SECOND)
      const [address] = bench.client.lease?.addresses ?? []
      const happens = random.below(8)
      if (happens === 0) bench.link(!bench.ready)
      else if (happens === 1 && address !== undefined) bench.handleDuplicate?.(address.address)
      else if (happens === 2 && step > 15) bench.client.release()
      else if (happens === 3) bench.client.start('stateful')
    }
    const { received, dropped } = bench.client.counters
    for (const count of Object.values(received)) taken += count
    for (const count of Object.values(dropped)) counted += count
    bench.client.stop()
    expect([bench.addresses.size, bench.told]).toEqual([0, undefined])
  }
  expect([...states].sort()).toEqual([
    'BOUND',
    'CONFIRMING',
    'DECLINING',
    'INFORMED',
    'INFORMING',
    'REBINDING',
    'RELEASING',
    'RENEWING',
    'REQUESTING',
    'SOLICITING',
    'STOPPED',
  ])
  expect([taken > 500, counted > 500]).toEqual([true, true])
})

it('the same seed gives the same messages at the same instants', () => {
  const run = () => {
    const bench = Bench.bound()
    bench.answer = () => undefined
    bench.clock.runFor(400 * SECOND)
    return bench.sent
  }
  expect(run()).toEqual(run())
})
