/** Who claims the addresses of a stack, in words for the person who runs it (RFC 5227 2.4: reported, and not too often). */
import { formatIpv4, formatMac, type Ipv4Address } from '../../firmware/net/address.js'
import { DEFEND_INTERVAL } from '../../firmware/net/link/address-conflicts.js'
import type { Stack } from '../../firmware/stack.js'

/**
 * Tells of each address of the stack that another station claims, once in DEFEND_INTERVAL as long as it does, and when the
 * address is given up or regained. Returns what ends that.
 */
export function watchClaims(stack: Stack, tell: (line: string) => void): () => void {
  const told = new Map<Ipv4Address, number>()
  const ends = stack.interfaces.flatMap((each) => [
    each.onConflict((mac, givenUp, address) => {
      const { now } = stack.clock
      const before = told.get(address)
      if (!givenUp && before !== undefined && now - before < DEFEND_INTERVAL) return
      told.set(address, now)
      const outcome = givenUp ? 'it is not used until nobody else has it' : 'it is kept, and they were told'
      tell(`${each.name}: ${formatMac(mac)} claims the address ${formatIpv4(address)} too; ${outcome}`)
    }),
    each.onRegain((address) => {
      told.delete(address)
      tell(`${each.name}: nobody else has the address ${formatIpv4(address)} any more; it is in use again`)
    }),
  ])
  return () => {
    for (const end of ends) end()
  }
}
