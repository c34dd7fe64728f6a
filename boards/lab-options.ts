/** Every option of a lab's calls, with what it takes. A new option does not compile until it has its rule here. */
import type { DhcpServerSettings, DhcpSettings } from '../firmware/net/dhcp/start.js'
import type { DnsServerOptions } from '../firmware/net/dns/server.js'
import type { AdvertisedPrefix, AdvertisedRoute, RouterSettings } from '../firmware/net/nd/router-settings.js'
import { SERVICES } from '../firmware/services/service.js'
import { REVISION, spiClockField, stackMemoryField } from './catalogue/fields.js'
import { ERRATA } from './chips/enc28j60/errata.js'
import { type CableWiring, type Colour, T568B } from './ethernet/wiring.js'
import type { CardIpv6, ExtraCardOptions } from './lab-host-options.js'
import type {
  AddBoardOptions,
  AddHostOptions,
  HubSettings,
  LabConnectOptions,
  LabOptions,
  SwitchSettings,
} from './lab-settings.js'
import {
  callback,
  flag,
  listOf,
  number,
  type OptionRule,
  object,
  oneOf,
  option,
  type Rules,
  type RulesFor,
  required,
  text,
  whole,
} from './options.js'

const isText = (value: unknown): boolean => typeof value === 'string'
const names = SERVICES.map(({ name }) => name)

const NAME = text("give a text, as 'alice'")
const ADDRESS = text("give an address with its prefix length, as '192.168.7.2/24', or 'dhcp'")
const ROUTER = text("give a router's address, as '192.168.7.1'")
const STATION = text("give six octets in hexadecimal, as '02:00:00:00:00:02'")
const DEFENCE = oneOf('cease', 'defend', 'keep')
const RUNNING = listOf(isText, `give a list of services, as ['http']; there are ${names.join(', ')}`)
const MEMORY = option(stackMemoryField('What the buffers of the stack may take', 1))
const NANOSECONDS = number('give nanoseconds (SECOND is a thousand million)')
const DELAY: OptionRule = {
  holds: (value) => typeof value === 'number' && value >= 0,
  remedy: 'give nanoseconds, 0 or more (SECOND is a thousand million)',
}
/** The chip's buffer, and the longest frame it can hold. */
const BUFFER = whole(0, 0x1fff, 'its addresses')

const DHCP: RulesFor<DhcpSettings> = {
  hostName: text("give a text, as 'board'"),
  remembered: {
    holds: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff,
    remedy: 'give an address as a number, 0 to 4294967295',
  },
  startDelay: DELAY,
  checkAddress: flag,
  broadcast: flag,
  fuzz: { holds: (value) => typeof value === 'number' && value >= 0 && value <= 1, remedy: 'give a share, 0 to 1' },
}

const DHCP_SERVER: RulesFor<DhcpServerSettings> = {
  pool: required(
    listOf(
      (value) => typeof value === 'string' || typeof value === 'number',
      "give the first address and the last, as ['10.9.0.100', '10.9.0.199']",
    ),
  ),
  leaseSeconds: whole(1, 0xffff_ffff, 'seconds'),
  options: object('give what clients are told, as { routers: … }'),
  reserved: object("give addresses by station, as { '02:00:00:00:00:02': '10.9.0.7' }"),
  probe: flag,
}

const DNS_SERVER: RulesFor<DnsServerOptions> = {
  zones: listOf(
    (zone) => typeof zone === 'object' && zone !== null && 'name' in zone && typeof zone.name === 'string',
    "give a list of zones, as [{ name: 'lab.test', records: [] }]",
  ),
  resolver: object('give a DnsResolver'),
}

/** A member of a list that has options of its own: all that it must have, nothing else, and each as it has to be. */
const fits = (given: unknown, rules: Readonly<Record<string, OptionRule>>): boolean =>
  typeof given === 'object' &&
  given !== null &&
  Object.keys(rules).every((name) => rules[name].required !== true || name in given) &&
  Object.entries(given).every(([name, value]) => value === undefined || rules[name]?.holds(value) === true)
const PREFERENCE = oneOf('high', 'medium', 'low')
const NETWORKS6 = "give a list of networks, as ['2001:db8:1::/64']"
const NETWORK6 = required(text("give a network, as '2001:db8:1::/64'"))
const LIFETIME = whole(0, 0xffff_ffff, 'seconds')
const PREFIX: RulesFor<AdvertisedPrefix> = {
  prefix: NETWORK6,
  onLink: flag,
  autonomous: flag,
  validSeconds: LIFETIME,
  preferredSeconds: LIFETIME,
}
const ROUTE: RulesFor<AdvertisedRoute> = { prefix: NETWORK6, preference: PREFERENCE, lifetimeSeconds: LIFETIME }
const ADVERTISE: RulesFor<RouterSettings> = {
  prefixes: listOf((given) => isText(given) || fits(given, PREFIX), NETWORKS6),
  lifetimeSeconds: whole(0, 9000, 'seconds'),
  preference: PREFERENCE,
  routes: listOf((given) => isText(given) || fits(given, ROUTE), NETWORKS6),
  hopLimit: whole(0, 255, 'hops'),
  mtu: whole(1280, 0xffff, 'octets'),
  reachableMilliseconds: whole(0, 3_600_000, 'milliseconds'),
  retransMilliseconds: whole(0, 0xffff_ffff, 'milliseconds'),
  nameServers: listOf(isText, "give a list of addresses, as ['2001:db8::53']"),
  searchDomains: listOf(isText, "give a list of domains, as ['lab.test']"),
  managed: flag,
  otherConfiguration: flag,
  maximumIntervalSeconds: whole(4, 1800, 'seconds'),
  minimumIntervalSeconds: whole(3, 1350, 'seconds'),
}
const DHCP6: RulesFor<NonNullable<CardIpv6['dhcp6']>> = {
  start: required(callback('give startDhcpv6, of linkpulse/net')),
  mode: oneOf('auto', 'stateful', 'stateless'),
  startDelay: DELAY,
  rapidCommit: flag,
}
const DHCP6_SERVER: RulesFor<NonNullable<CardIpv6['dhcp6Server']>> = {
  start: required(callback('give startDhcpv6Server, of linkpulse/net')),
  nameServers: listOf(isText, "give a list of addresses, as ['2001:db8::53']"),
  searchDomains: listOf(isText, "give a list of domains, as ['lab.test']"),
  refreshSeconds: whole(600, 0xffff_ffff, 'seconds'),
}
const CARD_IPV6: RulesFor<CardIpv6> = {
  dhcp6: object('give what asks, as { start: startDhcpv6 }', DHCP6),
  dhcp6Server: object(
    "give what answers, as { start: startDhcpv6Server, nameServers: ['2001:db8::53'] }",
    DHCP6_SERVER,
  ),
  addresses: listOf(isText, "give a list of addresses with their prefix lengths, as ['2001:db8::2/64']"),
  gateways: listOf(isText, "give a list of routers, as ['fe80::1']"),
  temporary: callback('give TemporaryAddresses, of linkpulse/net'),
  advertise: object("give what a router tells its hosts, as { prefixes: ['2001:db8:1::/64'] }", ADVERTISE),
}

const CARD: RulesFor<Omit<ExtraCardOptions, 'ipv6'>> = {
  duplex: oneOf('auto', 'half', 'full'),
  correctsPolarity: flag,
  jack: oneOf('MDI', 'MDI-X', 'auto'),
  only100: flag,
  silent: flag,
  mac: STATION,
}

export const LAB_OPTIONS: RulesFor<LabOptions> = {
  seed: number('give a whole number from 0 to 4294967295'),
}

export const BOARD_OPTIONS: RulesFor<AddBoardOptions> = {
  name: NAME,
  powered: flag,
  revision: option(REVISION),
  errata: object('give errata by name, as { transmitStall: false }', each(Object.keys(ERRATA), flag)),
  crystal: flag,
  ledbStrap: oneOf('half', 'full'),
  defects: object('give what is damaged, as { phyDead: true }', {
    memory: object('give a stuck bit, as { address: 0, bit: 0, high: true }', {
      address: required(BUFFER),
      bit: required(whole(0, 7, 'the bit')),
      high: required(flag),
    }),
    memoryLines: object('give the lines that are damaged, as { data: { bit: 0, high: true } }', {
      data: object('give a data line, as { bit: 0, high: true }', {
        bit: required(whole(0, 7, 'the bit')),
        high: required(flag),
      }),
      address: whole(0, 12, 'the address line'),
      bridged: listOf((bit) => Number.isInteger(bit), 'give two data lines that touch, as [2, 3]'),
    }),
    phyDead: flag,
  }),
  address: ADDRESS,
  gateway: ROUTER,
  ipv6: object("give what makes it, as { side: Ipv6Side, addresses: ['2001:db8::2/64'] }", {
    side: required(callback('give Ipv6Side, of linkpulse/net')),
    addresses: listOf(isText, "give a list of addresses with their prefix lengths, as ['2001:db8::2/64']"),
  }),
  dhcp: object("give what the client is set to, as { hostName: 'board' }", DHCP),
  addressDefence: DEFENCE,
  station: STATION,
  driver: object('give settings of the driver, as { fullDuplex: true }', {
    fullDuplex: flag,
    filters: object('give all receive filters, as { ...DEFAULT_FILTERS, multicast: true }', {
      unicast: required(flag),
      broadcast: required(flag),
      multicast: required(flag),
      promiscuous: required(flag),
      discardBadFcs: required(flag),
      hashTable: { holds: (value) => value instanceof Uint8Array && value.length === 8, remedy: 'give 8 octets' },
    }),
    receiveEnd: BUFFER,
    maximumFrame: whole(64, 0xffff, 'octets'),
    flowControl: flag,
    leds: whole(0, 0xffff, 'PHLCON'),
  }),
  spiClock: option(spiClockField('SCK')),
  timedBus: flag,
  memory: MEMORY,
  services: RUNNING,
  wallClock: callback('give a function that returns milliseconds since 1970, as Date.now'),
}

export const HOST_OPTIONS: RulesFor<AddHostOptions> = {
  address: required(ADDRESS),
  name: NAME,
  ...CARD,
  gateway: ROUTER,
  ipv6: object("give what makes it, as { side: Ipv6Side, addresses: ['2001:db8::2/64'] }", {
    side: required(callback('give Ipv6Side or Ipv6RouterSide, of linkpulse/net')),
    ...CARD_IPV6,
  }),
  dhcp: BOARD_OPTIONS.dhcp,
  addressDefence: DEFENCE,
  dhcpServer: object("give a pool of addresses, as { pool: ['192.168.7.100', '192.168.7.199'] }", DHCP_SERVER),
  dnsServer: object('give zones to answer for, as { zones: [zone] }', DNS_SERVER),
  memory: MEMORY,
  forwarding: flag,
  services: RUNNING,
}

export const CARD_OPTIONS: RulesFor<ExtraCardOptions> = {
  ...CARD,
  ipv6: object("give what it has of IPv6, as { addresses: ['2001:db8:2::1/64'] }", CARD_IPV6),
}

export const HUB_OPTIONS: RulesFor<HubSettings> = { ports: number('give a whole number'), name: NAME }

export const SWITCH_OPTIONS: RulesFor<SwitchSettings> = {
  ports: number('give a whole number'),
  name: NAME,
  duplex: oneOf('auto', 'half', 'full'),
  flowControl: flag,
}

const isColour = (value: unknown): boolean => T568B.includes(value as Colour)
const PLUG: OptionRule = required({
  holds: (value) =>
    Array.isArray(value) && value.length === 8 && value.every((pin) => pin === undefined || isColour(pin)),
  remedy: 'give the colour on each of eight pins, undefined for none, as T568A or T568B',
})
const WIRING: RulesFor<CableWiring> = {
  a: PLUG,
  b: PLUG,
  broken: listOf(isColour, `give a list of colours: ${T568B.join(', ')}`),
  shorted: listOf(
    (value) => Array.isArray(value) && value.length === 2 && value.every(isColour),
    "give pairs of colours, as [['orange', 'green']]",
  ),
}

export const CABLE_OPTIONS: RulesFor<LabConnectOptions> = {
  length: number('give metres, 0 to 10000'),
  category: oneOf('3', '5e', '6'),
  wiring: object('give the colours on both plugs, as STRAIGHT or CROSSOVER', WIRING),
  sameAddresses: flag,
}

/** A jack: what a board and a host have as `port`, and a hub or a switch in `ports`. */
export const JACK: OptionRule = {
  holds: (value) => typeof value === 'object' && value !== null && 'receiver' in value && 'medium' in value,
  remedy: 'give board.port, host.port, or one of hub.ports',
}

export const BOARD: OptionRule = {
  holds: (value) =>
    typeof value === 'string' ||
    (typeof value === 'object' && value !== null && 'controller' in value && 'chip' in value && 'network' in value),
  remedy: "give a board of the catalogue by its name, as 'uno', or what parseBoard read",
}

export const CARD_ADDRESS = text("give an address with its prefix length, as '192.168.8.1/24'")
export const CONDITION = callback('give a function that says whether it holds')
export { NANOSECONDS }

function each(all: readonly string[], rule: OptionRule): Rules {
  return Object.fromEntries(all.map((name) => [name, rule]))
}
