import { describe, expect, it } from 'vitest'
import { formatIp, type IpAddress, parseAnyIp } from '../ip.js'
import type { Ipv6Address } from './address.js'
import { orderDestinations } from './destination-order.js'
import { selectSource } from './source-selection.js'

const ip = (text: string) => parseAnyIp(text) as IpAddress

/** Sorts destinations as a host with these addresses would; one in parentheses is deprecated. Each with the source that it has. */
function ordered(sources: string, destinations: string): string {
  const own = sources.split(' ').map((text) => ({
    address: ip(text.replace(/[()]/g, '')),
    deprecated: text.startsWith('('),
    temporary: false,
  }))
  const six = own.filter((each): each is typeof each & { address: Ipv6Address } => typeof each.address !== 'number')
  const sourceTo = (destination: IpAddress) => {
    if (typeof destination === 'number') return own.find(({ address }) => typeof address === 'number')
    const address = selectSource(six, destination)
    return six.find((each) => each.address === address)
  }
  return orderDestinations(destinations.split(' ').map(ip), sourceTo)
    .map((destination) => `${formatIp(destination)} (${formatIp(sourceTo(destination)?.address ?? 0)})`)
    .join(', ')
}

/** RFC 6724 10.2, all but that of a home address. */
const EXAMPLES = [
  [
    'matching scope',
    '2001:db8:1::2 fe80::1 169.254.13.78',
    '2001:db8:1::1 198.51.100.121',
    '2001:db8:1::1 (2001:db8:1::2), 198.51.100.121 (169.254.13.78)',
  ],
  [
    'matching scope, of IPv4',
    'fe80::1 198.51.100.117',
    '2001:db8:1::1 198.51.100.121',
    '198.51.100.121 (198.51.100.117), 2001:db8:1::1 (fe80::1)',
  ],
  [
    'higher precedence',
    '2001:db8:1::2 fe80::1 10.1.2.4',
    '2001:db8:1::1 10.1.2.3',
    '2001:db8:1::1 (2001:db8:1::2), 10.1.2.3 (10.1.2.4)',
  ],
  [
    'smaller scope',
    '2001:db8:1::2 fe80::2',
    '2001:db8:1::1 fe80::1',
    'fe80::1 (fe80::2), 2001:db8:1::1 (2001:db8:1::2)',
  ],
  [
    'not from a deprecated address',
    '2001:db8:1::2 (fe80::2)',
    '2001:db8:1::1 fe80::1',
    '2001:db8:1::1 (2001:db8:1::2), fe80::1 (fe80::2)',
  ],
  [
    'longest matching prefix',
    '2001:db8:1::2 2001:db8:3f44::2 fe80::2',
    '2001:db8:1::1 2001:db8:3ffe::1',
    '2001:db8:1::1 (2001:db8:1::2), 2001:db8:3ffe::1 (2001:db8:3f44::2)',
  ],
  [
    'matching label',
    '2002:c633:6401::2 fe80::2',
    '2002:c633:6401::1 2001:db8:1::1',
    '2002:c633:6401::1 (2002:c633:6401::2), 2001:db8:1::1 (2002:c633:6401::2)',
  ],
  [
    'higher precedence, of IPv6',
    '2002:c633:6401::2 2001:db8:1::2 fe80::2',
    '2002:c633:6401::1 2001:db8:1::1',
    '2001:db8:1::1 (2001:db8:1::2), 2002:c633:6401::1 (2002:c633:6401::2)',
  ],
] as const

describe('destinations in the order in which they are tried', () => {
  it.each(EXAMPLES)('[6724 §10.2] %s', (_, sources, destinations, result) => {
    expect(ordered(sources, destinations)).toBe(result)
    expect(ordered(sources, destinations.split(' ').reverse().join(' '))).toBe(result)
  })

  it('[6724 §6 rule 1] last where there is no way to them', () => {
    expect(ordered('10.1.2.4', '2001:db8::1 10.1.2.3')).toBe('10.1.2.3 (10.1.2.4), 2001:db8::1 (0.0.0.0)')
    expect(ordered('2001:db8::2', '10.1.2.3 fe80::1')).toBe('fe80::1 (2001:db8::2), 10.1.2.3 (0.0.0.0)')
  })

  it('[6724 §3.2] addresses of IPv4 that are private are global, and 127.0.0.1 is of the link', () => {
    expect(ordered('fe80::1 10.1.2.4', '2001:db8::1 10.1.2.3')).toMatch(/^10\.1\.2\.3/)
    expect(ordered('fd00::2 169.254.13.78', '192.0.2.1 fd00::1')).toMatch(/^fd00::1/)
    expect(ordered('fd00::2 10.1.2.4', '192.0.2.1 fd00::1')).toMatch(/^192\.0\.2\.1/)
    expect(ordered('2001:db8::2 127.0.0.1', '127.0.0.1 2001:db8::1')).toMatch(/^2001:db8::1/)
  })

  it('[6724 §6 rules 9, 10] as they came where they are equal, and always among those of IPv4', () => {
    const four = '192.0.2.9 10.1.2.3 10.9.9.9'
    expect(ordered('10.1.2.4', four)).toBe('192.0.2.9 (10.1.2.4), 10.1.2.3 (10.1.2.4), 10.9.9.9 (10.1.2.4)')
    // Only the interface identifier has more in common.
    expect(ordered('2001:db8::2', '2001:db8::ff 2001:db8::3')).toMatch(/^2001:db8::ff/)
  })

  it('[6724 §2.1] unique local addresses behind those of IPv4, unless they are what this host has itself', () => {
    expect(ordered('2001:db8::2 10.1.2.4', 'fd00::1 192.0.2.1')).toMatch(/^192\.0\.2\.1/)
    expect(ordered('fd00::2 10.1.2.4', '2001:db8::1 192.0.2.1')).toMatch(/^192\.0\.2\.1/)
  })
})
