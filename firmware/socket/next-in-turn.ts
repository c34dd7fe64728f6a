import { familyOf, type IpAddress } from '../net/ip.js'

/**
 * The place of the address that is to be tried next: the first one of the other family than the last, as long as there is one (RFC 8305 4).
 * @param last undefined: none was tried yet
 */
export function nextInTurn(addresses: readonly IpAddress[], last: IpAddress | undefined): number {
  const other = last === undefined ? -1 : addresses.findIndex((each) => familyOf(each) !== familyOf(last))
  return Math.max(0, other)
}
