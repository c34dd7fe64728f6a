import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { formatIpv6, parseIpv6 } from '../ipv6/address.js'
import { type Dhcpv6Message, emitDhcpv6, parseDhcpv6 } from './dhcpv6.js'

const octetsOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'))
const ipv6 = (text: string) => parseIpv6(text)!

/** Put together by hand from RFC 9915 8, 21.2 to 21.14 and RFC 3646 3, 4. */
const ADVERTISE = octetsOf(`
  02 0a1b2c
  0001 000a 0003 0001 020000000007
  0002 000e 0001 0001 2b5e0f00 020000000001
  0003 0028 00000007 00000064 000000a0
    0005 0018 20010db8 00010000 00000000 00000100 000000c8 0000012c
  0007 0001 ff
  0017 0020 20010db8 00000000 00000000 00000053  20010db8 00000000 00000000 00000054
  0018 000a 03 6c6162 04 74657374 00
  0052 0004 00000e10
  fe01 0003 aabbcc`)

describe('a message of DHCPv6', () => {
  it('is read field by field, and options that nobody knows are passed over', () => {
    const read = parseDhcpv6(ADVERTISE) as Dhcpv6Message
    expect(read).toMatchObject({
      type: 'ADVERTISE',
      transactionId: 0x0a1b2c,
      preference: 255,
      searchDomains: ['lab.test'],
      solicitMaximumSeconds: 3600,
      associations: [
        { iaid: 7, t1Seconds: 100, t2Seconds: 160, addresses: [{ preferredSeconds: 200, validSeconds: 300 }] },
      ],
    })
    expect([...read.clientIdentifier!]).toEqual([0, 3, 0, 1, 2, 0, 0, 0, 0, 7])
    expect(read.serverIdentifier?.length).toBe(14)
    expect(read.associations?.[0].addresses.map(({ address }) => formatIpv6(address))).toEqual(['2001:db8:1::100'])
    expect(read.nameServers?.map(formatIpv6)).toEqual(['2001:db8::53', '2001:db8::54'])
  })

  it('is read where it stands among other octets, and nothing behind its end', () => {
    const around = new Uint8Array(ADVERTISE.length + 12).fill(0xff)
    around.set(ADVERTISE, 5)
    expect(parseDhcpv6(around, 5, 5 + ADVERTISE.length)).toEqual(parseDhcpv6(ADVERTISE))
  })

  it('is written as the RFC has it', () => {
    const octets = emitDhcpv6({
      type: 'SOLICIT',
      transactionId: 0x010203,
      clientIdentifier: octetsOf('00030001020000000007'),
      elapsedCentiseconds: 0x0102,
      rapidCommit: true,
      associations: [
        {
          iaid: 9,
          t1Seconds: 0,
          t2Seconds: 0,
          addresses: [{ address: ipv6('2001:db8::9'), preferredSeconds: 0, validSeconds: 0 }],
        },
      ],
      requested: [23, 24, 82],
    })
    expect(Buffer.from(octets).toString('hex')).toBe(
      Buffer.from(
        octetsOf(`01 010203  0001 000a 00030001020000000007  000e 0000  0008 0002 0102
          0003 0028 00000009 00000000 00000000 0005 0018 20010db8000000000000000000000009 00000000 00000000
          0006 0006 0017 0018 0052`),
      ).toString('hex'),
    )
  })

  it('says in a status what went wrong: of all, of an association, of an address', () => {
    const reply = octetsOf(`07 000001  000d 0006 0003 6e6f7065
      0003 0036 00000001 00000000 00000000
        0005 001e 20010db8000000000000000000000001 00000000 00000000 000d 0002 0004
        000d 0004 0002 6f6f`)
    // The association's length counts what is in it: 12, 34 and 8 octets.
    reply[17] = 12 + 34 + 8
    expect(parseDhcpv6(reply)).toMatchObject({
      status: 3,
      associations: [{ status: 2, addresses: [{ status: 4 }] }],
    })
  })

  it.each<[string, string, string]>([
    ['no header', '07 0000', 'truncated'],
    ['half an option’s header', '07 000001 0001 00', 'truncated'],
    ['an option longer than what is left', '07 000001 0001 0005 00030001', 'truncated'],
    ['a type of nobody', '00 000001', 'message type'],
    ['a message of a relay', '0c 00 00', 'truncated'],
    ['a message of a relay, whole', `0c 00 ${'00'.repeat(32)}`, 'message type'],
    ['a preference of two octets', '02 000001 0007 0002 0000', 'option length'],
    ['an association without its times', '07 000001 0003 0004 00000001', 'option length'],
    [
      'an address without its lifetimes',
      `07 000001 0003 0020 ${'00'.repeat(12)} 0005 0010 ${'20'.repeat(16)}`,
      'option length',
    ],
    [
      'an option in an association beyond its end',
      `07 000001 0003 0010 ${'00'.repeat(12)} 0005 0018 ${'20'.repeat(24)}`,
      'truncated',
    ],
    ['a status of one octet', '07 000001 000d 0001 00', 'option length'],
    ['a rapid commit with something in it', '07 000001 000e 0001 00', 'option length'],
    ['name servers of fifteen octets', `07 000001 0017 000f ${'20'.repeat(15)}`, 'option length'],
    ['no name server', '07 000001 0017 0000', 'option length'],
    ['an identifier of two octets', '07 000001 0001 0002 0003', 'identifier'],
    ['an identifier of 131 octets', `07 000001 0002 0083 ${'00'.repeat(131)}`, 'identifier'],
    ['a domain with a pointer', '07 000001 0018 0006 03 6c6162 c0 00', 'domain name'],
    ['a domain with a pointer to the one before', '07 000001 0018 000b 03 6c6162 00 03 777777 c0 1e', 'domain name'],
    ['a domain without an end', '07 000001 0018 0004 03 6c6162', 'domain name'],
    ['seventeen name servers', `07 000001 0017 0110 ${'20'.repeat(16 * 17)}`, 'too many'],
    ['seventeen domains', `07 000001 0018 0033 ${'016100'.repeat(17)}`, 'too many'],
    ['nine associations', `07 000001 ${`0003 000c ${'00'.repeat(12)}`.repeat(9)}`, 'too many'],
    ['an odd list of codes', '0b 000001 0006 0003 001700', 'option length'],
  ])('is not taken with %s', (_, hex, fault) => {
    expect(parseDhcpv6(octetsOf(hex))).toBe(fault)
  })

  it('is whatever a hostile sender makes of it: read or refused, and what is read can be written and read again', () => {
    const random = new SeededRandom(9915)
    const seen = new Map<string, number>()
    for (let round = 0; round < 20_000; round++) {
      const octets = ADVERTISE.slice(0, random.below(4) === 0 ? random.below(ADVERTISE.length + 1) : ADVERTISE.length)
      for (let flips = random.below(5); flips > 0 && octets.length > 0; flips--)
        octets[random.below(octets.length)] = random.below(256)
      const read = parseDhcpv6(octets)
      const outcome = typeof read === 'string' ? read : 'read'
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
      if (typeof read === 'string') continue
      const written = emitDhcpv6(read)
      const again = emitDhcpv6(parseDhcpv6(written) as Dhcpv6Message)
      if (Buffer.compare(written, again) !== 0) expect(again).toEqual(written)
    }
    expect([...seen.keys()].sort()).toEqual([
      'domain name',
      'identifier',
      'message type',
      'option length',
      'read',
      'truncated',
    ])
  })
})
