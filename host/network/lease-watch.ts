/** What happens to the addresses that DHCP servers lent a stack, in words for the person who runs it. */
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import { formatIpv4 } from '../../firmware/net/address.js'
import type { DhcpClient, LeaseEnd } from '../../firmware/net/dhcp/client.js'
import type { DhcpLease } from '../../firmware/net/dhcp/lease.js'

/** After so long without an answer the person is told that it goes on asking: two messages were sent, and a server would have answered both. */
const SILENCE = 10 * SECOND

const WHY: Readonly<Record<Exclude<LeaseEnd, 'given back'>, string>> = {
  expired: 'its time is over, and no server extended it',
  refused: 'the server refused to extend it (DHCP NAK)',
  taken: 'another station has the address, which the server was told (DHCP DECLINE)',
}

/**
 * Reports a lost lease, with the reason and what happens next, the next lease after it, and when nobody answers. Says nothing of the
 * first lease, of one that is extended, and of one that we give back.
 * @param clients by the interface's name
 * @returns what ends that
 */
export function watchLeases(
  clock: Clock,
  clients: ReadonlyMap<string, DhcpClient>,
  tell: (line: string) => void,
): () => void {
  const ends = [...clients].map(([name, client]) => watch(clock, name, client, tell))
  return () => {
    for (const end of ends) end()
  }
}

function watch(clock: Clock, name: string, client: DhcpClient, tell: (line: string) => void): () => void {
  let lost = client.lease
  let had = client.lease
  const ask = () =>
    clock.after(SILENCE, () => tell(`${name}: no DHCP server has answered for ${SILENCE / SECOND} s; asking goes on`))
  let silence = had === undefined ? ask() : undefined
  const end = client.onLease((lease, why) => {
    clock.cancel(silence)
    silence = undefined
    if (lease !== undefined) {
      if (had === undefined && lost !== undefined) tell(`${name}: ${leased(lease)}`)
    } else if (had !== undefined && why !== undefined && why !== 'given back') {
      tell(
        `${name}: the lease of ${formatIpv4(had.address)} is lost: ${WHY[why]}; the address is not used any more, and a server is asked for one until it answers`,
      )
      lost = had
      silence = ask()
    }
    had = lease
  })
  return () => {
    clock.cancel(silence)
    end()
  }
}

function leased({ address, prefixLength, server, duration }: DhcpLease): string {
  const time = duration === undefined ? 'for ever' : `for ${Math.round(duration / SECOND)} s`
  return `${formatIpv4(address)}/${prefixLength} is leased ${time} by ${formatIpv4(server)}; it is in use`
}
