/** Routers that contradict what is advertised here, in words for the person who runs a stack. */
import { formatIpv6 } from '../../firmware/net/ipv6/address.js'
import type { Stack } from '../../firmware/stack.js'

/**
 * Reports routers whose advertisements contradict ours (RFC 4861 6.2.7), whenever they do in something else.
 * @returns what ends that
 */
export function watchRouters({ interfaces }: Pick<Stack, 'interfaces'>, tell: (line: string) => void): () => void {
  const ends = interfaces.flatMap(({ name, ipv6 }) => {
    const router = ipv6?.router
    if (router === undefined) return []
    return router.onInconsistent((other, what) =>
      tell(`${name}: the router ${formatIpv6(other)} says something else than is advertised here: ${what.join(', ')}`),
    )
  })
  return () => {
    for (const end of ends) end()
  }
}
