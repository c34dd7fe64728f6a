/** A host of the lab: a stack with a plain network card. It answers ARP and ping, and is otherwise silent. */

import type { Clock } from '../firmware/hal/clock.js'
import type { Random } from '../firmware/hal/random.js'
import { hostInterface, mac, onlyGateway } from '../firmware/net/address.js'
import type { DhcpClient } from '../firmware/net/dhcp/client.js'
import type { DhcpServer } from '../firmware/net/dhcp/server.js'
import { type DhcpServerSettings, startDhcp, startDhcpServer } from '../firmware/net/dhcp/start.js'
import type { Dhcpv6Client } from '../firmware/net/dhcpv6/client.js'
import type { Dhcpv6Server } from '../firmware/net/dhcpv6/server.js'
import { DnsServer } from '../firmware/net/dns/server.js'
import { serveDns } from '../firmware/net/dns/stack-carrier.js'
import type { InterfaceOptions, NetworkInterface } from '../firmware/net/network-interface.js'
import { Services } from '../firmware/services/services.js'
import { Stack } from '../firmware/stack.js'
import type { EthernetPort } from './ethernet/port.js'
import { Station } from './ethernet/station.js'
import type { CardIpv6, ExtraCardOptions, LabHostOptions } from './lab-host-options.js'
import { CARD_ADDRESS, CARD_OPTIONS } from './lab-options.js'
import { checkOptions, checkValue } from './options.js'

/** One more card of a host, with its address. */
export interface ExtraCard {
  /** Its RJ-45 jack. */
  readonly port: EthernetPort
  readonly station: Station
  /** The stack's interface on it. */
  readonly network: NetworkInterface
  /** Its DHCPv6 client and server, where it has them. */
  readonly dhcp6: Dhcpv6Client | undefined
  readonly dhcp6Server: Dhcpv6Server | undefined
}

export class LabHost {
  readonly #clock: Clock
  readonly #random: Random
  readonly #cards: ExtraCard[] = []
  readonly name: string
  readonly station: Station
  readonly stack: Stack
  /** The stack's interface on the card. */
  readonly network: NetworkInterface
  readonly services: Services
  /** The DHCP client, where its address comes from a server. */
  readonly dhcp: DhcpClient | undefined
  readonly dhcpServer: DhcpServer | undefined
  /** Likewise of IPv6. */
  readonly dhcp6: Dhcpv6Client | undefined
  readonly dhcp6Server: Dhcpv6Server | undefined
  readonly dnsServer: DnsServer | undefined

  /** @throws RangeError when an address can be no station's, the gateway no router's, or there is no service of a name */
  constructor(options: LabHostOptions) {
    const { clock, duplex, correctsPolarity, jack, only100, silent, gateway } = options
    this.name = options.name ?? 'host'
    const random = options.random.fork(this.name)
    this.#clock = clock
    this.#random = random
    this.station = new Station({
      clock,
      random,
      name: this.name,
      address: options.mac === undefined ? localMac(random) : mac(options.mac),
      ...(duplex === undefined ? {} : { duplex }),
      ...(correctsPolarity === undefined ? {} : { correctsPolarity }),
      ...(jack === undefined ? {} : { jack }),
      ...(only100 === undefined ? {} : { only100 }),
      ...(silent === undefined ? {} : { silent }),
    })
    const { address } = options
    this.stack = new Stack({
      clock,
      random,
      name: this.name,
      ...(options.memory === undefined ? {} : { memory: options.memory }),
      ...(options.forwarding === undefined ? {} : { forwarding: options.forwarding }),
      ...(options.ipv6 === undefined ? {} : { ipv6: options.ipv6.side }),
    })
    this.network = this.stack.addInterface({
      name: 'eth0',
      device: this.station,
      addressDefence: options.addressDefence ?? (address === 'dhcp' ? 'defend' : 'keep'),
      ...(address === 'dhcp' ? {} : addresses(address, gateway)),
      ...(options.ipv6 === undefined ? {} : { ipv6: options.ipv6 }),
    })
    this.services = new Services(this.stack)
    for (const service of options.services ?? []) this.services.start(service)
    if (address === 'dhcp') this.dhcp = startDhcp(this.stack, this.network, { hostName: this.name, ...options.dhcp })
    const ends6 = dhcp6Of(this.stack, this.network, options.ipv6)
    this.dhcp6 = ends6.dhcp6
    this.dhcp6Server = ends6.dhcp6Server
    if (options.dnsServer !== undefined) {
      this.dnsServer = new DnsServer(options.dnsServer)
      serveDns(this.stack, this.dnsServer)
    }
    if (options.dhcpServer !== undefined) this.dhcpServer = this.#giveAddresses(options.dhcpServer, options.forwarding)
  }

  #giveAddresses(settings: DhcpServerSettings, forwarding = false): DhcpServer {
    const own = [this.network.address]
    const told = {
      ...(forwarding ? { routers: own } : {}),
      ...(this.dnsServer === undefined ? {} : { dnsServers: own }),
      ...settings.options,
    }
    return startDhcpServer(this.stack, this.network, { ...settings, options: told })
  }

  /** Its RJ-45 jack. */
  get port(): EthernetPort {
    return this.station.port
  }

  /**
   * Puts one more card into the host: a router (`forwarding`, or of IPv6 `side: Ipv6RouterSide`) has one for each of its networks.
   * @param address and prefix length, as `192.168.8.1/24`
   * @throws RangeError when an address is invalid; TypeError for an option that is unknown or of the wrong type
   */
  addCard(address: string, options: ExtraCardOptions = {}): ExtraCard {
    checkValue('addCard', 'the address', address, CARD_ADDRESS)
    checkOptions('addCard', options, CARD_OPTIONS)
    const name = `eth${this.#cards.length + 1}`
    const { mac: given, ipv6, ...card } = options
    const random = this.#random.fork(name)
    const station = new Station({
      ...card,
      clock: this.#clock,
      random,
      name: `${this.name} ${name}`,
      address: given === undefined ? localMac(random) : mac(given),
    })
    const network = this.stack.addInterface({
      name,
      device: station,
      address,
      addressDefence: 'keep',
      ...(ipv6 === undefined ? {} : { ipv6 }),
    })
    const added = { port: station.port, station, network, ...dhcp6Of(this.stack, network, ipv6) }
    this.#cards.push(added)
    return added
  }
}

/** Starts what a card has of DHCPv6. It is handed in, so that who has none of it has none of it in a bundle. */
function dhcp6Of(
  stack: Stack,
  network: NetworkInterface,
  { dhcp6, dhcp6Server }: CardIpv6 = {},
): Pick<ExtraCard, 'dhcp6' | 'dhcp6Server'> {
  return { dhcp6: dhcp6?.start(stack, network, dhcp6), dhcp6Server: dhcp6Server?.start(stack, network, dhcp6Server) }
}

function addresses(text: string, router: string | undefined): Pick<InterfaceOptions, 'address' | 'gateway'> {
  const address = hostInterface(text)
  return { address, ...(router === undefined ? {} : { gateway: onlyGateway(address, router) }) }
}

/** A locally administered individual address (IEEE 802.3 3.2.3). */
function localMac(random: Random): Uint8Array {
  const source = random.fork('mac')
  const octets = Uint8Array.from({ length: 6 }, () => source.below(256))
  octets[0] = (octets[0] & 0xfc) | 0x02
  return octets
}
