/** What a person lists as allowed: `10.1.0.0/16`, `127.0.0.1:8000`, `[fd00::1]:80`, `printer.lan:631`. */
import type { IpAddress } from '../../../firmware/net/ip.js'
import { nameKey, nameLabels } from '../../../firmware/net/wire/dns-name.js'
import { formatNetwork, type IpNetwork, ipNetwork, isIn } from './ip-network.js'

export interface AllowRule {
  /** Addresses; undefined: those of `name`. */
  readonly network: IpNetwork | undefined
  /** As `nameKey` has it. */
  readonly name: string | undefined
  /** Undefined: every port, and echoes too. */
  readonly port: number | undefined
}

const EXAMPLES =
  'write a network as 10.1.0.0/16, an address as 192.168.1.5, or a name, with :PORT behind it or in brackets as [fd00::1]:80'

/** @throws RangeError for what is none of these */
export function allowRule(text: string): AllowRule {
  const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(text)
  if (bracketed !== null)
    return { network: networkIn(bracketed[1], text), name: undefined, port: portIn(bracketed[2], text) }
  // Several colons are an address of IPv6, which has its port behind brackets.
  const [, place, port] = /^([^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [undefined, text, undefined]
  if (place.includes(':') || /^[\d./]+$/.test(place))
    return { network: networkIn(place, text), name: undefined, port: portIn(port, text) }
  const labels = place === '' ? 'empty' : nameLabels(place)
  if (typeof labels === 'string' || /[/*]/.test(place)) throw notAllowable(text)
  return { network: undefined, name: nameKey(place).replace(/\.$/, ''), port: portIn(port, text) }
}

/** Whether a rule lets an address and port be reached. @param port undefined: of no transport, as an echo */
export function lets(rule: AllowRule, address: IpAddress, port: number | undefined): boolean {
  return rule.network !== undefined && isIn(address, rule.network) && (rule.port === undefined || rule.port === port)
}

export function formatRule({ network, name, port }: AllowRule): string {
  const place = network === undefined ? (name ?? '') : formatNetwork(network)
  if (port === undefined) return place
  return place.includes(':') ? `[${place}]:${port}` : `${place}:${port}`
}

function networkIn(text: string, whole: string): IpNetwork {
  try {
    return ipNetwork(text)
  } catch (error) {
    if (error instanceof RangeError) throw notAllowable(whole)
    throw error
  }
}

function portIn(text: string | undefined, whole: string): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (port < 1 || port > 0xffff) throw notAllowable(whole)
  return port
}

function notAllowable(text: string): RangeError {
  return new RangeError(`"${text}" is nothing that can be allowed: ${EXAMPLES}`)
}
