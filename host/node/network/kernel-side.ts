/** The kernel's end of a TAP device: its address and its being up, by iproute2, so that ping and curl work at once. */
import { spawnSync } from 'node:child_process'
import {
  formatIpv4,
  type Ipv4Address,
  type Ipv4Interface,
  interfaceFault,
  onLink,
  parseIpv4,
  prefixMask,
} from '../../../firmware/net/address.js'
import {
  formatIpv6Interface,
  type Ipv6InterfaceAddress,
  ipv6Address,
  prefixOf,
} from '../../../firmware/net/ipv6/address.js'
import { UsageError } from '../../errors/errors.js'

/** What was done, or what a person still has to do. */
export type KernelSide =
  | { readonly done: true; readonly address: Ipv4Interface | undefined }
  | { readonly done: false; readonly reason: string; readonly remedy: string }

/**
 * Switches the kernel's end on and gives it its address.
 * @param address undefined: it gets none
 * @param addresses6 of IPv6; its link-local address it gives itself
 */
export function bringUp(
  tap: string,
  address: Ipv4Interface | undefined,
  addresses6: readonly Ipv6InterfaceAddress[] = [],
): KernelSide {
  const commands = [['link', 'set', tap, 'up']]
  for (const own of addresses6)
    commands.unshift(['-6', 'addr', 'replace', formatIpv6Interface(own), 'dev', tap, 'nodad'])
  if (address !== undefined) {
    const { address: own, prefixLength } = address
    commands.unshift(['addr', 'replace', `${formatIpv4(own)}/${prefixLength}`, 'dev', tap])
  }
  for (const words of commands) {
    const { status, stderr, error } = spawnSync('ip', words, { encoding: 'utf8' })
    if (status === 0) continue
    const missing = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
    return {
      done: false,
      reason: missing ? 'this machine has no ip command (package iproute2)' : stderr.trim() || String(error),
      remedy: commands.map((command) => `sudo ip ${command.join(' ')}`).join(' && '),
    }
  }
  return { done: true, address }
}

/**
 * What the kernel's end is called.
 * @param own the stack's address on that wire; undefined where DHCP will tell
 * @param text as given with --kernel-address: an address, with or without prefix length, or `none`
 * @throws UsageError for an address that cannot be
 */
export function kernelAddress(own: Ipv4Interface | undefined, text: string | undefined): Ipv4Interface | undefined {
  if (text === 'none') return undefined
  if (text === undefined) return own === undefined ? undefined : firstOther(own)
  const [host, prefix, ...rest] = text.split('/')
  const address = parseIpv4(host)
  const prefixLength = prefix === undefined ? own?.prefixLength : /^\d{1,2}$/.test(prefix) ? Number(prefix) : undefined
  if (address === undefined || rest.length > 0 || prefixLength === undefined || prefixLength > 32) {
    throw new UsageError(
      `--kernel-address takes an address like 10.9.0.1 or 10.9.0.1/24, or none; not "${text}"${own === undefined ? ' (with --dhcp its prefix length is needed)' : ''}`,
    )
  }
  const fault = interfaceFault({ address, prefixLength })
  if (fault !== undefined) {
    throw new UsageError(
      `--kernel-address ${text} is no address for the kernel's end: ${fault}; give a host's, or none`,
    )
  }
  if (own !== undefined && address === own.address) {
    throw new UsageError(
      `--kernel-address ${text} is the address of the stack itself; give the kernel's end another one of its network, or none`,
    )
  }
  return { address, prefixLength }
}

/** The kernel's end of a network of IPv6: the address 1 there, or 2 where the stack has that. */
export function kernelAddress6({ address, prefixLength }: Ipv6InterfaceAddress): Ipv6InterfaceAddress {
  const { word0, word1, word2, word3 } = prefixOf(address, prefixLength)
  const [one, two] = [1, 2].map((number) => ipv6Address(word0, word1, word2, word3 | number))
  return { address: one === address ? two : one, prefixLength }
}

/** The first address of the network that a host can have and that is not `own`; undefined where there is no other. */
function firstOther(own: Ipv4Interface): Ipv4Interface | undefined {
  const { address, prefixLength } = own
  const network = (address & prefixMask(prefixLength)) >>> 0
  // The first address of a network is the network itself, but where there are only two (RFC 3021)
  const first: Ipv4Address = prefixLength >= 31 ? network : network + 1
  const other = first === address ? first + 1 : first
  return onLink(own, other) && prefixLength < 32 ? { address: other, prefixLength } : undefined
}
