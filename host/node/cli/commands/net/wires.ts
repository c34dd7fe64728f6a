/** The wire that a `net` command was given: TAP devices, addresses, budget. */
import {
  formatIpv4,
  hostInterface,
  type Ipv4Address,
  type Ipv4Interface,
  ipv4,
  onLink,
  routersFor,
} from '../../../../../firmware/net/address.js'
import type { Dhcpv6Mode } from '../../../../../firmware/net/dhcpv6/start.js'
import { formatIp, type IpAddress, isUnspecified, parseAnyIp } from '../../../../../firmware/net/ip.js'
import {
  formatIpv6,
  hostInterface6,
  type Ipv6InterfaceAddress,
  ipv6Interface,
  underPrefix,
} from '../../../../../firmware/net/ipv6/address.js'
import { announcementOf, type RouterSettings } from '../../../../../firmware/net/nd/router-settings.js'
import { ETHERNET_MTU } from '../../../../../firmware/net/wire/ethernet.js'
import { UsageError } from '../../../../errors/errors.js'
import { rangeAsUsage } from '../../../../errors/range-as-usage.js'
import type { UplinkOptions, UplinkWire } from '../../../../network/uplink.js'
import { bringUp, kernelAddress, kernelAddress6 } from '../../../network/kernel-side.js'
import type { Arguments } from '../../arguments.js'
import { tell } from '../../say.js'
import { DHCP6_MODES } from './wire-options.js'

/** Below this not even one connection has its buffers. */
const LEAST_MEMORY = 1_024
const MOST_MEMORY = 2 ** 31

/** Turns a RangeError of the address parsers into wrong usage. */
export function parsed<T>(option: string, text: string, parse: (text: string) => T): T {
  return rangeAsUsage(() => parse(text), option)
}

export interface PlannedWire extends UplinkWire {
  readonly kernel: Ipv4Interface | undefined
}

export interface NetPlan extends Omit<UplinkOptions, 'offers'> {
  readonly wires: readonly PlannedWire[]
  readonly dhcp: boolean
}

/** @throws UsageError for what is missing, or does not fit together */
export function readWires(given: Arguments): NetPlan {
  const taps = given.all('tap')
  const addresses = given.all('address').map((text) => parsed('--address', text, hostInterface))
  const kernels = given.all('kernel-address')
  const dhcp = given.has('dhcp')
  const dhcp6 = readDhcp6(given)
  const six = given.all('address6').map(readAddress6)
  // Who asks DHCPv6 speaks IPv6.
  const sixes =
    dhcp6 === undefined || dhcp6 === 'off' ? six : [...six, ...taps.slice(six.length).map(() => readAddress6('auto'))]
  if (sixes.length > taps.length && taps.length > 0) {
    throw new UsageError(`${sixes.length} --address6 and ${taps.length} --tap: give at most one for each device`)
  }
  if (new Set(taps).size < taps.length) throw new UsageError(`--tap ${taps.join(' --tap ')}: each device once`)
  if (dhcp && addresses.length > 0) {
    throw new UsageError('--dhcp has the address assigned, and --address gives one: leave one of them out')
  }
  const missing = taps.slice(addresses.length).find((_, at) => sixes[addresses.length + at] === undefined)
  if (!dhcp && missing !== undefined) {
    throw new UsageError(
      `the stack has no address on ${missing}: add --address ADDRESS/PREFIX (for example --address 10.9.0.2/24), or --dhcp`,
    )
  }
  if (taps.length > 0 && addresses.length > taps.length) {
    throw new UsageError(`${addresses.length} --address and ${taps.length} --tap: give as many of one as of the other`)
  }
  const advertised = readAdvertised(given, taps, sixes)
  const gateway = given.text('gateway')
  return {
    wires: taps.map((tap, at) => ({
      tap,
      address: addresses[at],
      dhcp,
      addresses6: sixes[at],
      advertise: advertised.at(at),
      temporary: given.has('temporary'),
      dhcp6: dhcp6 === 'off' ? undefined : (dhcp6 ?? 'auto'),
      dhcp6Server: advertised.at(at)?.otherConfiguration === true ? namesOf(given) : undefined,
      kernel: kernelAddress(addresses[at], kernels[at]),
    })),
    gateway: gateway === undefined ? undefined : parsed('--gateway', gateway, (text) => readGateway(text, addresses)),
    memory: readMemory(given),
    seed: given.whole('seed', 0, 0xffff_ffff),
    dhcp,
  }
}

/** The budget of the stack, in octets; undefined: as it is usual. */
export function readMemory(given: Arguments): number | undefined {
  return given.whole('memory', LEAST_MEMORY, MOST_MEMORY)
}

/**
 * What is announced on each wire, with --advertise: prefixes where the stack has an address in them.
 * @throws UsageError for what cannot be announced, or nowhere
 */
function readAdvertised(
  given: Arguments,
  taps: readonly string[],
  sixes: readonly (readonly Ipv6InterfaceAddress[])[],
): readonly (RouterSettings | undefined)[] {
  const { nameServers, searchDomains } = namesOf(given)
  const serves = given.has('dhcp6-server')
  const said: RouterSettings = { nameServers, searchDomains, ...(serves ? { otherConfiguration: true } : {}) }
  const judge = (option: string, settings: RouterSettings) =>
    rangeAsUsage(() => announcementOf(settings, taps[0] ?? 'eth0', ETHERNET_MTU), option)
  judge('--advertise-dns', { nameServers })
  judge('--advertise-search', { searchDomains })
  const prefixes = given.all('advertise').map((text) => {
    judge('--advertise', { prefixes: [text] })
    const { address, prefixLength } = ipv6Interface(text)
    const at = sixes.findIndex((own) => own.some((each) => underPrefix(each.address, address, prefixLength)))
    if (at >= 0 && at < taps.length) return { text, at }
    throw new UsageError(
      `--advertise ${text}: the stack has no address in it; give a --tap one with --address6, as --address6 ${formatIpv6(address)}1/${prefixLength}`,
    )
  })
  if (prefixes.length === 0 && serves)
    throw new UsageError('--dhcp6-server goes with --advertise PREFIX, which tells hosts to ask it: add it')
  if (serves && nameServers.length + searchDomains.length === 0)
    throw new UsageError('--dhcp6-server has nothing to tell: add --advertise-dns or --advertise-search')
  if (prefixes.length === 0 && nameServers.length + searchDomains.length > 0)
    throw new UsageError('--advertise-dns and --advertise-search go with --advertise PREFIX: add it')
  return taps.map((_, wire) => {
    const own = prefixes.filter(({ at }) => at === wire).map(({ text }) => text)
    return own.length === 0 ? undefined : { ...said, prefixes: own }
  })
}

/** Name servers and domains that are announced. */
function namesOf(given: Arguments): { readonly nameServers: string[]; readonly searchDomains: string[] } {
  const list = (option: string) => given.text(option)?.split(',') ?? []
  return { nameServers: list('advertise-dns'), searchDomains: list('advertise-search') }
}

/** @returns undefined where nothing is said of it: then it is as routers say */
function readDhcp6(given: Arguments): Dhcpv6Mode | 'off' | undefined {
  const text = given.text('dhcp6')
  const mode = DHCP6_MODES.find((each) => each === text)
  if (text !== undefined && mode === undefined)
    throw new UsageError(`--dhcp6 "${text}" is not known: give one of ${DHCP6_MODES.join(', ')}`)
  return mode
}

/** `auto` has its link-local address, and what routers announce, alone. */
export function readAddress6(text: string): readonly Ipv6InterfaceAddress[] {
  return text === 'auto' ? [] : [parsed('--address6', text, hostInterface6)]
}

/**
 * The server to ask for names, with --dns; of either family.
 * @throws UsageError for what is no address, and for one of IPv6 where the stack speaks IPv4 alone
 */
export function readNameServer(given: Arguments): IpAddress | undefined {
  const text = given.text('dns')
  if (text === undefined) return undefined
  const server = parseAnyIp(text)
  if (server === undefined || isUnspecified(server)) {
    throw new UsageError(`--dns "${text}" is not an IP address: write it like 192.168.7.2 or 2001:db8::2`)
  }
  if (typeof server !== 'number' && given.has('tap') && !given.has('address6')) {
    throw new UsageError(
      `--dns ${formatIp(server)} is an address of IPv6, which the stack does not speak: add --address6 auto, or an address of its own`,
    )
  }
  return server
}

/** Whether the network may tell of a name server: routers do, to who speaks IPv6. */
export function learnsNameServers(given: Arguments): boolean {
  return given.has('tap') && given.has('address6')
}

/** @throws RangeError for what can be no router, or is on none of the networks */
function readGateway(text: string, addresses: readonly Ipv4Interface[]): Ipv4Address {
  const gateway = ipv4(text)
  for (const own of addresses) routersFor(own, gateway)
  if (addresses.length > 0 && !addresses.some((own) => onLink(own, gateway)))
    throw new RangeError(
      `${text} is on no network of the stack: give a router's address on the network of an --address`,
    )
  return gateway
}

/** Gives the kernel its end of each wire, and says on standard error what was done or is left to do. */
export function bringUpKernel(wires: readonly PlannedWire[]): void {
  for (const { tap, kernel, address, dhcp, addresses6, advertise } of wires) {
    // To whom a prefix is announced, it makes its own address.
    const side = bringUp(tap, kernel, advertise === undefined ? addresses6?.map(kernelAddress6) : [])
    if (!side.done) {
      tell(`the kernel's end of ${tap} is not ready (${side.reason}); run: ${side.remedy}\n`)
      continue
    }
    if (address === undefined && !dhcp) {
      tell(`${tap}: the stack speaks IPv6 alone\n`)
      continue
    }
    const own = kernel === undefined ? 'has no address of its own' : `is ${formatIpv4(kernel.address)}`
    const ours = address === undefined ? 'the stack asks DHCP' : `the stack is ${formatIpv4(address.address)}`
    tell(`${tap}: ${ours}, this machine ${own}\n`)
  }
}
