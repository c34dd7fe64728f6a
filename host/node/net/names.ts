/** `dns.lookup` of a program whose sockets are a lab's: addresses as they are written, the hosts by their names, and what the host's name servers say. */
import dns, { type LookupAddress, type LookupOptions } from 'node:dns'
import { promisify } from 'node:util'
import { familyOf, formatIp, type IpAddress, parseAnyIp } from '../../../firmware/net/ip.js'
import { lookupError, nodeError } from './system-error.js'
import type { Turns, TurnTaker } from './turns.js'
import type { Whereabouts } from './whereabouts.js'

/** @param address of the first one, or with `all` of each */
export type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address?: string | LookupAddress[],
  family?: number,
) => void

/** `dns.lookup`; the options may be left out, or be a family. */
export type Lookup = (
  hostname: string,
  options: LookupOptions | number | LookupCallback | null | undefined,
  callback?: LookupCallback,
) => void

/** What `nodeModules` gives as `dns`. */
export interface DnsLookAlike {
  readonly lookup: Lookup
  readonly promises: {
    readonly lookup: (
      hostname: string,
      options?: LookupOptions | number,
    ) => Promise<LookupAddress | readonly LookupAddress[]>
  }
  readonly ADDRCONFIG: number
  readonly V4MAPPED: number
  readonly ALL: number
}

const NUMBERS = { ipv4: 4, ipv6: 6 } as const
const FAMILIES: Readonly<Record<string, 0 | 4 | 6>> = { 0: 0, 4: 4, 6: 6, IPv4: 4, IPv6: 6 }

function familyAsked({ family = 0 }: LookupOptions): 0 | 4 | 6 {
  const asked = FAMILIES[family]
  if (asked !== undefined) return asked
  throw nodeError(
    TypeError,
    'ERR_INVALID_ARG_VALUE',
    `The property 'options.family' must be one of: 0, 4, 6. Received ${String(family)}`,
  )
}

/** That there is none is known; of everything else a later try may have another end. */
const isKnownToBeNone = (reason: string) => ['NXDOMAIN', 'NODATA', 'not a name'].includes(reason)

export function makeLookup(whereabouts: Whereabouts, turns: Turns): Lookup {
  const { stack } = whereabouts.client
  return (hostname, options, callback) => {
    const done = typeof options === 'function' ? options : callback
    if (typeof done !== 'function')
      throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "callback" argument must be of type function.')
    const given: LookupOptions =
      typeof options === 'number' ? { family: options } : typeof options === 'object' && options !== null ? options : {}
    const family = familyAsked(given)
    const settle = (addresses: readonly IpAddress[], otherwise: string) => {
      const those = addresses
        .map((each) => ({ address: formatIp(each), family: NUMBERS[familyOf(each)] }))
        .filter((each) => family === 0 || each.family === family)
      if (given.order === 'ipv4first') those.sort((a, b) => a.family - b.family)
      if (given.order === 'ipv6first') those.sort((a, b) => b.family - a.family)
      if (those.length === 0) done(lookupError(otherwise, hostname))
      else if (given.all) done(null, those)
      else done(null, those[0].address, those[0].family)
    }
    const literal = parseAnyIp(hostname)
    const known = literal === undefined ? whereabouts.named(hostname) : [literal]
    if (known !== undefined) return process.nextTick(settle, known, 'ENOTFOUND')
    let addresses: readonly IpAddress[] = []
    let failure = 'ENOTFOUND'
    const taker: TurnTaker = {
      isUnsettled: true,
      serve: () => {
        turns.remove(taker)
        turns.release()
        settle(addresses, failure)
      },
    }
    turns.add(taker)
    turns.hold()
    stack.resolver.lookup(hostname, (outcome) => {
      if (outcome.ok) addresses = outcome.addresses
      // Where there is nobody to ask, nobody will know later.
      else if (!isKnownToBeNone(outcome.reason) && stack.resolver.servers.length > 0) failure = 'EAI_AGAIN'
      turns.due(taker)
    })
    turns.begin()
  }
}

export function makeDns(lookup: Lookup): DnsLookAlike {
  const waited = promisify((hostname: string, options: LookupOptions, done: (e: unknown, v?: unknown) => void) =>
    lookup(hostname, options, (error, address, family) =>
      done(error, options.all ? address : error === null ? { address, family } : undefined),
    ),
  ) as (hostname: string, options: LookupOptions) => Promise<LookupAddress | readonly LookupAddress[]>
  return {
    lookup,
    promises: {
      lookup: (hostname, options = {}) => waited(hostname, typeof options === 'number' ? { family: options } : options),
    },
    ADDRCONFIG: dns.ADDRCONFIG,
    V4MAPPED: dns.V4MAPPED,
    ALL: dns.ALL,
  }
}
