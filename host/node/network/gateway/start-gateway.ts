/**
 * A gateway in a lab of the library's: what runs in the lab reaches this computer's network through one of its hosts.
 *
 *     const lab = createLab()
 *     const board = lab.addBoard('uno', { address: 'dhcp' })
 *     const host = lab.addHost({ name: 'gateway', address: '192.168.7.1/24' })
 *     lab.connect(board.port, host.port)
 *     const gateway = await startGateway(host, { allow: ['127.0.0.1:8000'], forward: ['8080:192.168.7.2:80'] })
 */
import type { DhcpServer } from '../../../../firmware/net/dhcp/server.js'
import { startDhcpServer } from '../../../../firmware/net/dhcp/start.js'
import type { LabPeer } from '../../../lab.js'
import { allowRule } from '../../../network/gateway/allow-rule.js'
import type { GatewayStatus } from '../../../network/gateway/gateway-status.js'
import { ipNetwork } from '../../../network/gateway/ip-network.js'
import { formatForward, portForward } from '../../../network/gateway/port-forward.js'
import { addressPool } from './address-pool.js'
import { Gateway, type GatewaySettings } from './gateway.js'
import type { GatewayLimits } from './place.js'
import { checkNameServers } from './system-names.js'

export interface GatewayOptions {
  /**
   * What of this computer and its networks may be reached: `127.0.0.1:8000` (by a board: port 8000 of the gateway's own address), `10.1.0.0/16`,
   * `[fd00::1]:80`, a name as `printer.lan:631`. Nothing by default.
   */
  readonly allow?: readonly string[]
  /** Nothing else is reached, the Internet neither; false by default. */
  readonly onlyAllowed?: boolean
  /** Ports of this computer that lead to boards: `8080:192.168.7.2:80`, `udp:127.0.0.1:5353:192.168.7.2:53`; on loopback where no address is given. */
  readonly forward?: readonly string[]
  /** Name servers that are asked instead of this computer's resolver, as `127.0.0.1:5353`. */
  readonly nameServers?: readonly string[]
  /** Gives addresses by DHCP on the host's network, where the host has no server yet; true by default. */
  readonly dhcp?: boolean
  /** Networks that this computer is on, which are refused; asked of the system by default. */
  readonly ownNetworks?: readonly string[]
  /** A program that is run in place of the system's ping. */
  readonly ping?: string
  readonly limits?: Partial<GatewayLimits>
}

export interface RunningGateway {
  /** Where its forwards listen, as they were given; of port 0 with the port that the system chose. */
  readonly forwards: readonly string[]
  status(): GatewayStatus
  /** There is no ping on this computer: from now on the gateway answers echoes for hosts outside itself. Returns what unsubscribes. */
  onAlone(listener: () => void): () => void
  /** Resets what is open and listens no more; time passes as it did before. */
  close(): void
}

const OPTIONS: readonly (keyof GatewayOptions)[] = [
  'allow',
  'onlyAllowed',
  'forward',
  'nameServers',
  'dhcp',
  'ownNetworks',
  'ping',
  'limits',
]

/**
 * Makes a host of a lab the gateway of its network: the default router and name server of whoever asks DHCP there. A host that was made with
 * `ipv6: { side: Ipv6RouterSide, advertise }` is one for IPv6 as well. Time passes with the wall clock from now on (at the lab's own speed, where that
 * is not free), also while nothing is awaited: what is outside takes the time that it takes.
 * @throws RangeError for an option that cannot be; NetError EADDRINUSE where the host answers for names already; TargetError where a forward cannot
 *   listen
 */
export async function startGateway(host: LabPeer, options: GatewayOptions = {}): Promise<RunningGateway> {
  const unknown = Object.keys(options).find((name) => !OPTIONS.some((each) => each === name))
  if (unknown !== undefined)
    throw new RangeError(`there is no option "${unknown}"; a gateway has ${OPTIONS.join(', ')}`)
  const { time, stack } = host
  const settings = settingsOf(options)
  const dhcp = options.dhcp === false || host.dhcpServer !== undefined ? host.dhcpServer : giveAddresses(host)
  const stopDhcp = () => {
    if (dhcp !== host.dhcpServer) dhcp?.stop()
  }
  const board = () => dhcp?.leases[0]?.address
  const enter = (input: () => void) => time.enter(input)
  const gateway = await Gateway.open(stack, enter, { ...settings, board }).catch((error: unknown) => {
    stopDhcp()
    throw error
  })
  const { pace } = time
  const wasFree = pace.speed === Number.POSITIVE_INFINITY
  if (wasFree) pace.speed = 1
  const stop = time.play()
  return {
    forwards: gateway.forwards.map(formatForward),
    status: () => gateway.status(),
    onAlone: (listener) => gateway.onAlone(listener),
    close() {
      gateway.close()
      stopDhcp()
      stop()
      if (wasFree) pace.speed = Number.POSITIVE_INFINITY
    },
  }
}

function settingsOf(options: GatewayOptions): Omit<GatewaySettings, 'board'> {
  const networks = options.ownNetworks?.map(ipNetwork)
  if (options.nameServers !== undefined) checkNameServers(options.nameServers)
  return {
    allow: (options.allow ?? []).map(allowRule),
    onlyListed: options.onlyAllowed ?? false,
    forwards: (options.forward ?? []).map(portForward),
    nameServers: options.nameServers,
    ownNetworks: networks === undefined ? undefined : () => networks,
    ping: options.ping,
    limits: options.limits ?? {},
  }
}

/** A pool of the upper half of the host's network, with the host as router and name server. */
function giveAddresses({ stack, network }: LabPeer): DhcpServer {
  const { address, prefixLength } = network
  return startDhcpServer(stack, network, {
    pool: addressPool({ address, prefixLength }),
    options: { routers: [address], dnsServers: [address] },
  })
}
