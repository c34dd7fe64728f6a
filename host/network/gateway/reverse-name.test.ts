import { expect, it } from 'vitest'
import { reverseName } from '../../../firmware/net/dns/resolver.js'
import { formatIp, parseAnyIp } from '../../../firmware/net/ip.js'
import { addressOfReverseName } from './reverse-name.js'

// RFC 1035 3.5 and RFC 3596 2.5 have these as examples.
it.each([
  ['52.0.2.10.IN-ADDR.ARPA', '10.2.0.52'],
  ['b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.IP6.ARPA', '4321:0:1:2:3:4:567:89ab'],
])('%s is of %s', (name, address) => {
  expect(formatIp(addressOfReverseName(name)!)).toBe(address)
  expect(reverseName(parseAnyIp(address)!)).toBe(name.toLowerCase())
})

it.each(['2.0.10.in-addr.arpa', '300.0.2.10.in-addr.arpa', 'x.ip6.arpa', '10.2.0.52', 'a.52.0.2.10.in-addr.arpa'])(
  '%s is of no address',
  (name) => expect(addressOfReverseName(name)).toBeUndefined(),
)
