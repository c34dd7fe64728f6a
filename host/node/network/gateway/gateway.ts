/**
 * A NAT gateway that needs no privileges: a host of a lab whose stack ends every conversation that a board begins with the outside, and holds
 * another with whom the board means, over the sockets of this computer (what slirp and passt do for virtual machines).
 *
 * The parts: `tcp-out.ts`, `udp-out.ts`, `echo-out.ts` from boards to the outside, `tcp-forward.ts` and `udp-forward.ts` from this computer to
 * boards, `system-names.ts` for names. What may be reached is `host/network/gateway/outside-policy.ts`'s to say.
 */
import { networkInterfaces } from 'node:os'
import { Tally } from '../../../../firmware/hal/counters.js'
import { Listeners } from '../../../../firmware/hal/listeners.js'
import { formatIpv4 } from '../../../../firmware/net/address.js'
import { DnsServer } from '../../../../firmware/net/dns/server.js'
import { serveDns } from '../../../../firmware/net/dns/stack-carrier.js'
import { formatEndpoint, type IpAddress } from '../../../../firmware/net/ip.js'
import { formatIpv6 } from '../../../../firmware/net/ipv6/address.js'
import type { Stack } from '../../../../firmware/stack.js'
import { monotonic } from '../../../event-loop.js'
import type { AllowRule } from '../../../network/gateway/allow-rule.js'
import type { GatewayStatus } from '../../../network/gateway/gateway-status.js'
import { type IpNetwork, ipNetwork } from '../../../network/gateway/ip-network.js'
import { OutsidePolicy } from '../../../network/gateway/outside-policy.js'
import type { PortForward } from '../../../network/gateway/port-forward.js'
import { EchoOut } from './echo-out.js'
import { GATEWAY_LIMITS, type GatewayLimits, type GatewayLoss, type GatewayPlace } from './place.js'
import { SystemNames } from './system-names.js'
import { TcpForward } from './tcp-forward.js'
import { TcpOut } from './tcp-out.js'
import { UdpForward } from './udp-forward.js'
import { UdpOut } from './udp-out.js'

export interface GatewaySettings {
  readonly allow: readonly AllowRule[]
  /** Nothing is reached but what is allowed. */
  readonly onlyListed: boolean
  readonly forwards: readonly PortForward[]
  /** Name servers that are asked instead of the system's, as `127.0.0.1:5353`; undefined: the system's. */
  readonly nameServers: readonly string[] | undefined
  /** Networks that this computer is on; undefined: as the system says. */
  readonly ownNetworks: (() => readonly IpNetwork[]) | undefined
  /** Run in place of the system's ping. */
  readonly ping: string | undefined
  readonly limits: Partial<GatewayLimits>
  /** The board that forwards without an address lead to; undefined while it has none. */
  readonly board: () => IpAddress | undefined
}

export class Gateway {
  readonly #place: GatewayPlace
  readonly #aloneListeners = new Listeners<[]>()
  readonly #tcp: TcpOut
  readonly #udp: UdpOut
  readonly #echo: EchoOut
  readonly #names: SystemNames
  readonly #forwards: readonly (TcpForward | UdpForward)[]
  readonly #endNames: () => void
  readonly #settings: GatewaySettings
  #isClosed = false

  /**
   * @param stack of the host that is to be the gateway; its interfaces have their addresses
   * @param enter hands something of the event loop to the lab, at the present instant
   * @throws NetError EADDRINUSE where the host answers for names already; TargetError where a port cannot be listened on
   */
  static async open(stack: Stack, enter: (input: () => void) => void, settings: GatewaySettings): Promise<Gateway> {
    const gateway = new Gateway(stack, enter, settings)
    try {
      for (const forward of gateway.#forwards) await forward.listen()
      return gateway
    } catch (error) {
      gateway.close()
      throw error
    }
  }

  private constructor(stack: Stack, enter: (input: () => void) => void, settings: GatewaySettings) {
    const { allow, onlyListed, ownNetworks = networksOfThisComputer } = settings
    this.#settings = settings
    const place: GatewayPlace = {
      stack,
      clock: stack.clock,
      policy: new OutsidePolicy({ allow, onlyListed, ownNetworks, now: monotonic }),
      limits: { ...GATEWAY_LIMITS, ...settings.limits },
      lost: new Tally<GatewayLoss>(),
      // What the event loop brings after the end is nobody's.
      enter: (input) => {
        if (!this.#isClosed) enter(input)
      },
    }
    this.#place = place
    this.#names = new SystemNames(place, settings.nameServers)
    this.#endNames = serveDns(stack, new DnsServer({ resolver: this.#names }))
    this.#tcp = new TcpOut(place)
    this.#udp = new UdpOut(place)
    this.#echo = new EchoOut(place, settings.ping, () => this.#aloneListeners.tell())
    this.#forwards = settings.forwards.map((forward) => {
      const board = () => forward.board ?? settings.board()
      return forward.protocol === 'tcp' ? new TcpForward(place, forward, board) : new UdpForward(place, forward, board)
    })
    this.#standIn(true)
  }

  /** There is no ping on this computer: from now on the gateway answers echoes for hosts outside itself. */
  onAlone(listener: () => void): () => void {
    return this.#aloneListeners.add(listener)
  }

  /** Where its forwards listen, in the order in which they were given: of port 0 the port that the system chose. */
  get forwards(): readonly PortForward[] {
    return this.#forwards.map(({ forward, port }) => ({ ...forward, listen: { ...forward.listen, port } }))
  }

  /** What is open, what was counted, and what went no further for which reason. */
  status(): GatewayStatus {
    const { policy, lost, stack } = this.#place
    const settings = this.#settings
    return {
      addresses: addressesOf(stack),
      allowed: policy.rules,
      onlyListed: policy.onlyListed,
      echoes: this.#echo.isAlone ? 'gateway' : 'hosts',
      conversations: [...this.#tcp.describe(), ...this.#udp.describe()],
      forwards: this.#forwards.map((each) => {
        const { protocol, listen, boardPort } = each.forward
        const address = each.forward.board ?? settings.board()
        const board = address === undefined ? `:${boardPort}` : formatEndpoint({ address, port: boardPort })
        return { protocol, listens: formatEndpoint({ ...listen, port: each.port }), board, open: each.open }
      }),
      counters: {
        begun: this.#tcp.begun + this.#udp.begun,
        forwarded: this.#forwards.reduce((sum, { taken }) => sum + taken, 0),
        echoesAnswered: this.#echo.answered,
        namesAsked: this.#names.asked,
      },
      dropped: lost.snapshot(),
    }
  }

  /** Everything that is open is reset, and nothing is listened on any more. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#standIn(false)
    this.#endNames()
    for (const forward of this.#forwards) forward.close()
    for (const part of [this.#tcp, this.#udp, this.#echo, this.#names]) part.close()
  }

  #standIn(does: boolean): void {
    const { ipv4, ipv6 } = this.#place.stack
    ipv4.standsIn = does
    if (ipv6 !== undefined) ipv6.network.standsIn = does
  }
}

function addressesOf({ interfaces }: Stack): readonly string[] {
  return interfaces.flatMap(({ addresses, ipv6 }) => [
    ...addresses.map(({ address }) => formatIpv4(address)),
    ...(ipv6?.addresses.map(({ address }) => formatIpv6(address)) ?? []),
  ])
}

/** As the system says, at this moment. */
function networksOfThisComputer(): readonly IpNetwork[] {
  return Object.values(networkInterfaces()).flatMap((all = []) =>
    all.flatMap(({ cidr }) => (cidr === null ? [] : [ipNetwork(cidr)])),
  )
}
