/** Whom routers name to ask for names, in words for the person who runs a stack. */
import { formatIp } from '../../firmware/net/ip.js'
import type { Stack } from '../../firmware/stack.js'

/**
 * Reports name servers and search domains that routers tell of (RFC 8106), whenever they are others.
 * @returns what ends that
 */
export function watchNames({ interfaces }: Pick<Stack, 'interfaces'>, tell: (line: string) => void): () => void {
  const ends = interfaces.flatMap(({ name, ipv6 }) => {
    if (ipv6 === undefined) return []
    let had = false
    return ipv6.onNames(({ servers, search }) => {
      const asked = servers.map(formatIp).join(', ')
      // Domains alone are of no use to anybody.
      if (servers.length === 0 && had) tell(`${name}: no router names a name server any more`)
      had = servers.length > 0
      if (!had) return
      if (search.length === 0) tell(`${name}: routers name ${asked} to ask for names`)
      else tell(`${name}: routers name ${asked} to ask for names, and to look for them in ${search.join(', ')}`)
    })
  })
  return () => {
    for (const end of ends) end()
  }
}
