/** packetdrill's `--ip_version`: which family the sockets of a script are of, and which its packets. */
import type { Family } from '../../firmware/net/ip.js'
import type { GivenOption } from './script.js'

export const IP_VERSIONS = ['ipv4', 'ipv6', 'ipv4-mapped-ipv6'] as const
export type IpVersion = (typeof IP_VERSIONS)[number]

/** Options that have an address. */
const WITH_ADDRESS = ['local_ip', 'remote_ip', 'gateway_ip']

export function isIpVersion(text: string): text is IpVersion {
  return (IP_VERSIONS as readonly string[]).includes(text)
}

/**
 * What options say together, the later one of two that say it: where none does, the family of their addresses.
 * @param options a script's, and behind them the command line's
 */
export function ipVersionOf(options: readonly GivenOption[]): IpVersion {
  const said = options.filter(({ name, value }) => name === 'ip_version' && isIpVersion(value)).at(-1)?.value
  if (said !== undefined && isIpVersion(said)) return said
  return options.some(({ name, value }) => WITH_ADDRESS.includes(name) && value.includes(':')) ? 'ipv6' : 'ipv4'
}

/** The family of what is on the wire. */
export function wireFamily(version: IpVersion): Family {
  return version === 'ipv6' ? 'ipv6' : 'ipv4'
}

/** The family of a socket whose script leaves it open. */
export function socketFamily(version: IpVersion): Family {
  return version === 'ipv4' ? 'ipv4' : 'ipv6'
}
