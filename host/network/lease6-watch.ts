/** What happens to the addresses that DHCPv6 servers lend a stack, in words for the person who runs it. */
import { type Clock, SECOND, type Timer } from '../../firmware/hal/clock.js'
import type { Dhcpv6Client, Dhcpv6LeaseEnd } from '../../firmware/net/dhcpv6/client.js'
import type { Dhcpv6Lease } from '../../firmware/net/dhcpv6/lease.js'
import { formatIpv6 } from '../../firmware/net/ipv6/address.js'

/** After so long without an answer the person is told that it goes on asking: three messages were sent. */
const SILENCE = 10 * SECOND

const WHY: Readonly<Record<Exclude<Dhcpv6LeaseEnd, 'given back'>, string>> = {
  expired: 'its time is over, and no server has extended it',
  refused: 'the server takes it back, or it is of another link',
  taken: 'another station has it, which the server was told (DHCPv6 Decline)',
}

/**
 * Reports addresses that are lent, which a router may have us ask for long after the start; those that are lost, with the reason; and when
 * nobody answers. Says nothing of those that are extended, or given back.
 * @param clients by the interface's name
 * @returns what ends that
 */
export function watchLeases6(
  clock: Clock,
  clients: ReadonlyMap<string, Dhcpv6Client>,
  tell: (line: string) => void,
): () => void {
  const ends = [...clients].map(([name, client]) => watch(clock, name, client, tell))
  return () => {
    for (const end of ends) end()
  }
}

function watch(clock: Clock, name: string, client: Dhcpv6Client, tell: (line: string) => void): () => void {
  const addressesOf = (lease: Dhcpv6Lease | undefined) =>
    lease?.addresses.map(({ address }) => formatIpv6(address)) ?? []
  let had = addressesOf(client.lease)
  const isAsking = () => client.state === 'SOLICITING' || client.state === 'INFORMING'
  const asked = () => (client.counters.sent.SOLICIT ?? 0) + (client.counters.sent['INFORMATION-REQUEST'] ?? 0)
  const ask = (): Timer => {
    const before = asked()
    return clock.after(SILENCE, () => {
      // Without a link nobody was asked: it begins when there is one.
      if (asked() === before) silence = ask()
      else tell(`${name}: no DHCPv6 server has answered for ${SILENCE / SECOND} s; asking goes on`)
    })
  }
  let silence: Timer | undefined
  if (isAsking()) silence = ask()
  const endStates = client.onState(() => {
    clock.cancel(silence)
    silence = isAsking() ? ask() : undefined
  })
  const endLeases = client.onLease((lease, why) => {
    const has = addressesOf(lease)
    for (const each of has.filter((address) => !had.includes(address))) tell(`${name}: ${each} is lent by DHCPv6`)
    if (why !== undefined && why !== 'given back')
      for (const each of had)
        tell(
          `${name}: ${each} is lost, which DHCPv6 lent: ${WHY[why]}; it is not used any more, and servers are asked for another until one answers`,
        )
    had = has
  })
  return () => {
    clock.cancel(silence)
    endStates()
    endLeases()
  }
}
