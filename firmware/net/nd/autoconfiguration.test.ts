import { describe, expect, it } from 'vitest'
import {
  ALL_NODES,
  addressOctets,
  HOST_STATION,
  introduceStranger,
  type LoneHost,
  loneHost,
  OWN,
  OWN_GROUP,
  sentOf,
  targetOption,
} from '../../../test/support/ipv6-stranger.js'
import { frameOf, Ipv6Wire, ipv6 } from '../../../test/support/ipv6-wire.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { formatIpv6, solicitedNode } from '../ipv6/address.js'

const SOLICITATION = 135
const ADVERTISEMENT = 136
const PREFIX = '2001:db8:5::'
const HOUR = 3600 * SECOND

/** A host up to the instant at which its first probe goes out. */
function probing() {
  const wire = new Ipv6Wire()
  const host = wire.host('a', HOST_STATION)
  let at = 0
  while (sentOf(wire, SOLICITATION).length === 0) wire.clock.runFor(10 * MILLISECOND)
  at = wire.clock.now
  return { wire, host, six: host.interfaces[0].ipv6!, at }
}

const probe = (nonce?: readonly number[]) =>
  frameOf(OWN_GROUP, [135, 0, 0, 0, 0, 0, 0, 0, ...addressOctets(OWN), ...(nonce ?? [])], { source: ipv6('::') })

describe('an address that is tentative (RFC 4862 5.4)', () => {
  it('is asked about once, from nobody, at its group, which was joined before; a second later it is the host’s', () => {
    const { wire, six, at } = probing()
    expect(at).toBeLessThanOrEqual(SECOND)
    const before = wire.frames.findIndex((frame) => frame[54] === SOLICITATION)
    // A report of MLD stands behind a router alert.
    expect(wire.frames.slice(0, before).some((frame) => frame[20] === 0 && frame[62] === 143)).toBe(true)
    expect(sentOf(wire, SOLICITATION)).toMatchObject([{ source: '::', destination: 'ff02::1:ff00:a', hopLimit: 255 }])
    expect([...sentOf(wire, SOLICITATION)[0].message.subarray(4, 24)]).toEqual([0, 0, 0, 0, ...addressOctets(OWN)])
    wire.clock.runFor(980 * MILLISECOND)
    expect(six.addresses.map(({ state }) => state)).toEqual(['TENTATIVE'])
    wire.clock.runFor(30 * MILLISECOND)
    expect(six.addresses.map(({ state }) => state)).toEqual(['PREFERRED'])
    expect(sentOf(wire, SOLICITATION).length).toBe(1)
  })

  it('is not answered for, nor taken datagrams at, and who asks for it to speak with it is passed over', () => {
    const { wire, six, host } = probing()
    introduceStranger(wire)
    wire.say(frameOf(OWN, [128, 0, 0, 0, 0, 1, 0, 1]))
    expect([...sentOf(wire, ADVERTISEMENT), ...sentOf(wire, 129)]).toEqual([])
    expect(host.counters().ipv6?.dropped).toEqual({ 'not for this host': 1 })
    expect(six.addresses.map(({ state }) => state)).toEqual(['TENTATIVE'])
    expect(six.neighbours.entries()).toEqual([])
  })

  it.each<[string, Uint8Array, boolean]>([
    ['somebody else asks about it too', probe(), true],
    [
      'somebody advertises it',
      frameOf(ALL_NODES, [136, 0, 0, 0, 0x20, 0, 0, 0, ...addressOctets(OWN), ...targetOption()]),
      true,
    ],
    ['somebody else asks about it before the host does', probe(), false],
  ])('is another’s when %s', (_, frame, asked) => {
    const { wire, host } = asked ? probing() : { wire: new Ipv6Wire(), host: undefined }
    const stack = host ?? wire.host('a', HOST_STATION)
    const six = stack.interfaces[0].ipv6!
    const told: string[] = []
    six.onDuplicate((address) => told.push(formatIpv6(address)))
    wire.say(frame)
    wire.clock.runFor(10 * SECOND)
    expect(six.addresses.map(({ state }) => state)).toEqual(['DUPLICATE'])
    expect([six.sources, told, six.counters.duplicates]).toEqual([[], [`${formatIpv6(OWN)}%eth0`], 1])
  })

  it('is every one: link-local, given, and made of a prefix', () => {
    const { wire, six } = loneHost()
    announce({ wire }, { valid: 9000 })
    wire.clock.runFor(3 * SECOND)
    const made = six.addresses.find(({ origin }) => origin === 'advertised')!
    expect(sentOf(wire, SOLICITATION).map(({ message }) => [...message.subarray(8, 24)])).toEqual([
      addressOctets(made.address),
    ])
    const fresh = new Ipv6Wire()
    fresh.host('a', HOST_STATION, { addresses: ['2001:db8::a/64'] })
    fresh.clock.runFor(3 * SECOND)
    expect(sentOf(fresh, SOLICITATION).map(({ message }) => [...message.subarray(8, 24)])).toEqual([
      addressOctets(OWN),
      addressOctets('2001:db8::a'),
    ])
  })
})

interface Announced {
  readonly valid?: number
  readonly preferred?: number
  readonly flags?: number
  readonly length?: number
  readonly prefix?: string
}

/** A router announces a prefix. Lifetimes in seconds; flags: 80h on the link, 40h to make addresses of. */
function announce({ wire }: Pick<LoneHost, 'wire'>, words: Announced): void {
  const { valid = 9000, preferred = valid, flags = 0xc0, length = 64, prefix = PREFIX } = words
  const uint32 = (n: number) => [(n >>> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255]
  const option = [3, 4, length, flags, ...uint32(valid), ...uint32(preferred), 0, 0, 0, 0, ...addressOctets(prefix)]
  wire.say(frameOf(ALL_NODES, [134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, ...option]))
}

const made = ({ six }: LoneHost) => six.addresses.filter(({ origin }) => origin === 'advertised')

describe('a prefix that a router announces (RFC 4862 5.5.3)', () => {
  it.each<[string, Announced, boolean]>([
    ['makes an address', {}, true],
    ['is passed over when it is not to make addresses', { flags: 0x80 }, false],
    ['is passed over when it is the link-local one', { prefix: 'fe80::' }, false],
    ['is passed over when it is to be preferred for longer than it is valid', { preferred: 9001 }, false],
    ['is passed over when it is not 64 bits long', { length: 63 }, false],
    ['makes no address when it is not valid any more', { valid: 0 }, false],
  ])('%s', (_, words, makes) => {
    const lone = loneHost()
    announce(lone, words)
    lone.wire.clock.runFor(3 * SECOND)
    expect(made(lone).length).toBe(makes ? 1 : 0)
  })

  it('makes no address where a person does not want it', () => {
    const lone = loneHost({ autoconfigure: false })
    announce(lone, {})
    lone.wire.clock.runFor(3 * SECOND)
    expect(made(lone)).toEqual([])
  })

  it.each<[string, number, number, number]>([
    // Seconds that are left, that are said, and that are left then.
    ['longer', 9000, 20_000, 20_000],
    ['longer, of little', 600, 700, 700],
    ['shorter, to more than two hours', 30_000, 8000, 8000],
    ['shorter, to less than two hours', 30_000, 60, 7200],
    ['shorter, of less than two hours', 3600, 60, 3600],
    ['over, of less than two hours', 3600, 0, 3600],
  ])('that is said again makes its address valid for %s', (_, left, said, then) => {
    const lone = loneHost()
    announce(lone, { valid: left })
    lone.wire.clock.runFor(3 * SECOND)
    const at = lone.wire.clock.now
    announce(lone, { valid: said })
    expect(made(lone).length).toBe(1)
    const seconds = (made(lone)[0].validUntil - at) / SECOND
    expect(Math.abs(seconds - then)).toBeLessThan(4)
  })

  it('that is said again sets how long its address is preferred, whatever becomes of how long it is valid', () => {
    const lone = loneHost()
    announce(lone, { valid: 3600 })
    lone.wire.clock.runFor(3 * SECOND)
    announce(lone, { valid: 60, preferred: 0 })
    lone.wire.clock.runFor(SECOND)
    expect(made(lone).map(({ state }) => state)).toEqual(['DEPRECATED'])
  })
})

describe('an address whose time is over (RFC 4862 5.5.4)', () => {
  function deprecated() {
    const lone = loneHost({})
    announce(lone, { valid: 9000, preferred: 10 })
    lone.wire.clock.runFor(20 * SECOND)
    introduceStranger(lone.wire)
    introduceStranger(lone.wire, ipv6(`${PREFIX}bad`))
    lone.wire.frames.length = 0
    const [{ address, state }] = made(lone)
    expect(state).toBe('DEPRECATED')
    return { ...lone, address, text: formatIpv6(address) }
  }

  it('to be preferred is sent from only where there is no other', () => {
    const lone = deprecated()
    expect(lone.host.ipv6?.network.sourceTo(ipv6(`${PREFIX}bad`))?.address).toBe(lone.address)
    announce(lone, { prefix: '2001:db8:6::' })
    lone.wire.clock.runFor(3 * SECOND)
    const source = lone.host.ipv6?.network.sourceTo(ipv6(`${PREFIX}bad`))?.address
    expect(formatIpv6(source!).startsWith('2001:db8:6:')).toBe(true)
  })

  it('to be preferred still takes what is for it, and is sent from where a socket asks for it', () => {
    const { wire, host, address, text } = deprecated()
    wire.say(frameOf(address, [128, 0, 0, 0, 0, 1, 0, 1], { source: ipv6(`${PREFIX}bad`) }))
    expect(sentOf(wire, 129)).toMatchObject([{ source: text }])
    const socket = host.socket('ipv6', 'datagram')
    socket.bind({ address: text, port: 5000 })
    socket.sendTo(Uint8Array.of(1), { address: `${PREFIX}bad`, port: 9 })
    expect([...wire.frames.at(-1)!.subarray(22, 38)]).toEqual(addressOctets(address))
  })

  it('to be valid is the host’s no more: neither source nor destination, and its group is left', () => {
    const { wire, host, address, six } = deprecated()
    const group = solicitedNode(address, 'eth0')
    expect(six.hears(group)).toBe(true)
    wire.clock.runFor(3 * HOUR)
    expect(six.hears(group)).toBe(false)
    expect(six.addresses.map(({ origin }) => origin)).toEqual(['link-local'])
    introduceStranger(wire, ipv6(`${PREFIX}bad`))
    wire.frames.length = 0
    wire.say(frameOf(address, [128, 0, 0, 0, 0, 1, 0, 1], { source: ipv6(`${PREFIX}bad`) }))
    expect(wire.frames).toEqual([])
    expect(host.ipv6?.network.isOwn(address)).toBe(false)
    const socket = host.socket('ipv6', 'datagram')
    expect(() => socket.bind({ address: formatIpv6(address), port: 5000 })).toThrow('EADDRNOTAVAIL')
  })
})
