/** The address that a name under in-addr.arpa or ip6.arpa stands for (RFC 1035 3.5, RFC 3596 2.5). */
import { parseIpv4 } from '../../../firmware/net/address.js'
import type { IpAddress } from '../../../firmware/net/ip.js'
import { parseIpv6 } from '../../../firmware/net/ipv6/address.js'
import { nameKey } from '../../../firmware/net/wire/dns-name.js'

/** @returns undefined where it is no whole address */
export function addressOfReverseName(name: string): IpAddress | undefined {
  const key = nameKey(name)
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa$/.exec(key)
  if (four !== null) return parseIpv4(four.slice(1).reverse().join('.'))
  const six = /^((?:[0-9a-f]\.){32})ip6\.arpa$/.exec(key)
  if (six === null) return undefined
  const digits = six[1].replaceAll('.', '').split('').reverse().join('')
  return parseIpv6((digits.match(/.{4}/g) ?? []).join(':'))
}
