/** A host of the lab: a stack with a plain network card. It answers ARP and ping, and is otherwise silent. */

import type { Clock } from '../firmware/hal/clock.js'
import type { Random } from '../firmware/hal/random.js'
import { mac } from '../firmware/net/address.js'
import type { NetworkInterface } from '../firmware/net/network-interface.js'
import { Stack } from '../firmware/net/stack.js'
import type { ServiceName } from '../firmware/services/service.js'
import { Services } from '../firmware/services/services.js'
import type { EthernetPort } from './ethernet/port.js'
import { Station, type StationOptions } from './ethernet/station.js'

/** What a host's card may be set up with. */
type CardOptions = Pick<StationOptions, 'duplex' | 'correctsPolarity' | 'jack' | 'only100' | 'silent'>

export interface LabHostOptions extends CardOptions {
  clock: Clock
  random: Random
  /** Address and prefix length, `192.168.7.1/24`. */
  address: string
  gateway?: string
  /** What the buffers of its stack may take, in octets; 1 MiB unless told otherwise. */
  memory?: number
  /** Passes on datagrams for other hosts; false unless told otherwise. */
  forwarding?: boolean
  /** What runs on it; nothing unless told otherwise. */
  services?: readonly ServiceName[]
  name?: string
  /** Ethernet address, `02:…`; one drawn from the seed unless told otherwise. */
  mac?: string
}

export class LabHost {
  readonly name: string
  readonly station: Station
  readonly stack: Stack
  /** The stack's interface on the card. */
  readonly network: NetworkInterface
  readonly services: Services

  /** @throws RangeError when an address is none. */
  constructor(options: LabHostOptions) {
    const { clock, duplex, correctsPolarity, jack, only100, silent, gateway } = options
    this.name = options.name ?? 'host'
    const random = options.random.fork(this.name)
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
    })
    this.network = this.stack.addInterface({
      name: 'eth0',
      device: this.station,
      address,
      ...(gateway === undefined ? {} : { gateway }),
    })
    this.services = new Services(this.stack)
    for (const service of options.services ?? []) this.services.start(service)
  }

  /** Its RJ-45 jack. */
  get port(): EthernetPort {
    return this.station.port
  }
}

/** A locally administered individual address (IEEE 802.3 3.2.3). */
function localMac(random: Random): Uint8Array {
  const source = random.fork('mac')
  const octets = Uint8Array.from({ length: 6 }, () => source.below(256))
  octets[0] = (octets[0] & 0xfc) | 0x02
  return octets
}
