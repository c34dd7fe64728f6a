/** The cable of a simulated board plugged into a gateway: a host of the bench's lab that is router, name server and DHCP server there. */
import type { Bench } from '../../../../boards/faults/bench.js'
import type { Random } from '../../../../firmware/hal/random.js'
import { formatIpv4, type Ipv4Address, type Ipv4Interface } from '../../../../firmware/net/address.js'
import { formatIpv6, type Ipv6Address, ipv6Address } from '../../../../firmware/net/ipv6/address.js'
import { Ipv6RouterSide } from '../../../../firmware/net/ipv6/ipv6-router-side.js'
import { failure } from '../../../network/uplink.js'
import type { PluggedCable } from '../board-uplink.js'
import { addressPool } from './address-pool.js'
import { Gateway, type GatewaySettings } from './gateway.js'

export interface GatewayPlan extends Omit<GatewaySettings, 'board' | 'ownNetworks' | 'ping' | 'limits'> {
  /** Of the gateway on the board's wire. */
  readonly address: Ipv4Interface
  /** The board's own; undefined: it asks for one. */
  readonly boardAddress: Ipv4Address | undefined
  /** Announces a network of IPv6 as well. */
  readonly ipv6: boolean
}

export interface GatewayCable extends PluggedCable {
  readonly gateway: Gateway
}

/**
 * Plugs the board's end of the bench's cable into a gateway, in place of the bench's own host.
 * @param enter hands something from outside to the simulation, at the present instant
 * @throws TargetError where a forward cannot listen
 */
export async function plugIntoGateway(
  bench: Bench,
  plan: GatewayPlan,
  enter: (input: () => void) => void,
): Promise<GatewayCable> {
  const { board, cable, lab } = bench
  const { address, prefixLength } = plan.address
  const own = formatIpv4(address)
  const host = lab.addHost({
    name: 'gateway',
    address: `${own}/${prefixLength}`,
    dhcpServer: { pool: addressPool(plan.address), options: { routers: [address], dnsServers: [address] } },
    ...(plan.ipv6 ? { ipv6: routerOf(lab.random.fork('gateway network')) } : {}),
  })
  cable.unplug()
  cable.plug(board.port, host.port)
  const boardAddress = () => plan.boardAddress ?? host.dhcpServer?.leases[0]?.address
  const gateway = await Gateway.open(host.stack, enter, {
    ...plan,
    board: boardAddress,
    ownNetworks: undefined,
    ping: undefined,
    limits: {},
  })
  return {
    gateway,
    failed: failure().failed,
    describe: () => ({ gateway: gateway.status() }),
    close: () => gateway.close(),
  }
}

/** A router of a network that is nobody else's (RFC 4193 3.2). */
function routerOf(random: Random) {
  const network = ipv6Address(0xfd000000 | (random.next32() & 0xffffff), (random.next32() & 0xffff0000) | 0, 0, 0)
  const own = formatIpv6(hostOne(network))
  const prefix = `${formatIpv6(network)}/64`
  return {
    side: Ipv6RouterSide,
    addresses: [`${own}/64`],
    advertise: { prefixes: [prefix], nameServers: [own] },
  }
}

function hostOne({ word0, word1 }: Ipv6Address): Ipv6Address {
  return ipv6Address(word0, word1, 0, 1)
}
