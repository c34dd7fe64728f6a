/** What a board may reach: by address, whoever named it. */
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../firmware/hal/clock.js'
import { parseAnyIp } from '../../../firmware/net/ip.js'
import { allowRule, formatRule } from './allow-rule.js'
import { ipNetwork } from './ip-network.js'
import { OutsidePolicy } from './outside-policy.js'
import { specialKind } from './special-networks.js'

const at = (text: string) => parseAnyIp(text)!

function policy(
  allow: readonly string[] = [],
  {
    onlyListed = false,
    own = [],
    now = () => 0,
  }: { onlyListed?: boolean; own?: readonly string[]; now?: () => number } = {},
) {
  return new OutsidePolicy({ allow: allow.map(allowRule), onlyListed, ownNetworks: () => own.map(ipNetwork), now })
}

describe('an address that is nobody’s on the Internet', () => {
  // IANA IPv4 and IPv6 Special-Purpose Address Registries, RFC 1918, 3927, 4193, 6052, 6598; first and last of each.
  it.each([
    ['loopback', '127.0.0.1 127.255.255.255 ::1'],
    ['private network', '10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.0 192.168.255.255'],
    ['private network', '100.64.0.0 100.127.255.255 fc00:: fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fec0::1 feff::1'],
    ['link-local', '169.254.0.0 169.254.169.254 169.254.255.255 fe80::1 febf::1'],
    ['special purpose', '0.0.0.0 0.255.255.255 192.0.0.8 192.0.2.1 198.18.0.0 198.19.255.255 198.51.100.9 203.0.113.9'],
    [
      'special purpose',
      '240.0.0.0 255.255.255.255 :: ::7f00:1 2001:db8::1 2001::1 2001:1ff:ffff::1 100::1 64:ff9b:1::1',
    ],
    ['group', '224.0.0.1 239.255.255.255 ff02::1 ff0e::1'],
    // In a program's clothes, in a translator's (RFC 6052 2.1), in a relay's (RFC 3056 2).
    ['special purpose', '::ffff:127.0.0.1 ::ffff:8.8.8.8'],
    ['loopback', '64:ff9b::7f00:1 2002:7f00:1::1'],
    ['private network', '64:ff9b::a00:1 2002:a00:1:: 2002:c0a8:101::1'],
    ['link-local', '64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::'],
  ])('is refused: %s: %s', (kind, all) => {
    for (const text of all.split(' ')) expect([text, policy().judge(at(text), 80)]).toEqual([text, kind])
  })

  it.each([
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
  ])('is not %s, beside it', (text) => expect(specialKind(at(text))).toBeUndefined())
  it.each([
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '1.1.1.1',
    '2606:4700::1111',
    '2001:200::1',
    '64:ff9b::808:808',
    '2002:808:808::1',
  ])('is not %s either', (text) => expect(policy().judge(at(text), 443)).toBeUndefined())
})

it('what this computer’s own networks have is not in front of its router, whatever the addresses are', () => {
  const here = policy([], { own: ['8.8.8.9/24', '2606:4700::2/64'] })
  expect([here.judge(at('8.8.8.8'), 53), here.judge(at('2606:4700::1111'), 53)]).toEqual(['own network', 'own network'])
  expect([here.judge(at('8.8.9.8'), 53), here.judge(at('2606:4700:0:1::1'), 53)]).toEqual([undefined, undefined])
})

it('its networks are asked for again, as it may come to others', () => {
  let now = 0
  let own = ['8.8.8.9/24']
  const here = new OutsidePolicy({
    allow: [],
    onlyListed: false,
    ownNetworks: () => own.map(ipNetwork),
    now: () => now,
  })
  expect(here.judge(at('9.9.9.9'), 53)).toBeUndefined()
  own = ['9.9.9.1/24']
  now = 2 * SECOND
  expect(here.judge(at('9.9.9.9'), 53)).toBe('own network')
})

it('what is listed is reached, at that port alone where one is named, and by an echo where none is', () => {
  const listed = policy(['127.0.0.1:8000', '10.1.0.0/16', '[fd00::1]:80', '::1'])
  expect(listed.judge(at('127.0.0.1'), 8000)).toBeUndefined()
  expect(listed.judge(at('127.0.0.1'), 8001)).toBe('loopback')
  expect(listed.judge(at('127.0.0.2'), 8000)).toBe('loopback')
  expect(listed.judge(at('127.0.0.1'), undefined)).toBe('loopback')
  expect([listed.judge(at('10.1.255.1'), 1), listed.judge(at('10.1.0.9'), undefined)]).toEqual([undefined, undefined])
  expect(listed.judge(at('10.2.0.1'), 1)).toBe('private network')
  expect([listed.judge(at('fd00::1'), 80), listed.judge(at('fd00::1'), 81)]).toEqual([undefined, 'private network'])
  expect(listed.judge(at('::1'), 9)).toBeUndefined()
})

it('with nothing else but what is listed, the Internet is not reached either', () => {
  const strict = policy(['9.9.9.9:53'], { onlyListed: true })
  expect([strict.judge(at('9.9.9.9'), 53), strict.judge(at('9.9.9.9'), 80)]).toEqual([undefined, 'not listed'])
  expect(strict.judge(at('10.0.0.1'), 80)).toBe('private network')
})

it('a listed name lets its addresses be reached for as long as they are its, whatever case it is written in', () => {
  let now = 0
  const named = policy(['Printer.LAN:631'], { now: () => now })
  expect([named.listsName('printer.lan'), named.listsName('printer.lan.'), named.listsName('x.printer.lan')]).toEqual([
    true,
    true,
    false,
  ])
  expect(named.judge(at('192.168.1.5'), 631)).toBe('private network')
  named.learn('PRINTER.lan', at('192.168.1.5'), 300)
  expect([named.judge(at('192.168.1.5'), 631), named.judge(at('192.168.1.5'), 22)]).toEqual([
    undefined,
    'private network',
  ])
  now = 301 * SECOND
  expect(named.judge(at('192.168.1.5'), 631)).toBe('private network')
})

it('no more addresses of names are remembered than a bound', () => {
  const named = policy(['many.lan'])
  for (let i = 0; i < 300; i++) named.learn('many.lan', at(`10.0.${i >> 8}.${i & 255}`), 3600)
  expect(named.judge(at('10.0.0.0'), 1)).toBe('private network')
  expect(named.judge(at('10.0.1.43'), 1)).toBeUndefined()
})

it.each([
  ['10.1.2.3/16', '10.1.2.3/16'],
  ['127.0.0.1:8000', '127.0.0.1:8000'],
  ['fd00::/8', 'fd00::/8'],
  ['[fd00::1]:80', '[fd00::1]:80'],
  ['[10.0.0.1]:80', '10.0.0.1:80'],
  ['10.0.0.0/8:53', '10.0.0.0/8:53'],
  ['Printer.lan:631', 'printer.lan:631'],
  ['printer.lan.', 'printer.lan'],
])('"%s" can be allowed', (text, said) => expect(formatRule(allowRule(text))).toBe(said))

it.each([
  '',
  ':80',
  '10.0.0.0/33',
  '10.0.0',
  '300.1.1.1',
  '10.0.0.1:0',
  '10.0.0.1:65536',
  '10.0.0.1:http',
  'fd00::/129',
  '[fd00::1',
  '[fd00::1]80',
  '[]:80',
  'name with space',
  'a/b',
  `${'x'.repeat(64)}.lan`,
  '*.lan',
  'http://10.0.0.1',
])('"%s" cannot', (text) => expect(() => allowRule(text)).toThrow(RangeError))
