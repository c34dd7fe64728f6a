/** Which of a link's addresses something is sent from: the rules of RFC 6724 5, in their order. */
import { commonPrefix, type Ipv6Address, ipv6Interface, prefixOf, scopeOf, underPrefix } from './address.js'
import type { SourceAddress } from './link.js'

/** RFC 6724 2.1, the longest prefixes first. */
const POLICIES = [
  ['::1/128', 0],
  ['::ffff:0:0/96', 4],
  ['2001::/32', 5],
  ['2002::/16', 2],
  ['3ffe::/16', 12],
  ['fec0::/10', 11],
  ['fc00::/7', 13],
  ['::/0', 1],
].map(([text, label]) => ({ ...ipv6Interface(String(text)), label: Number(label) }))
/** Addresses that are of one kind but for IPv4-compatible ones, which nobody has any more (RFC 4291 2.5.5.1). */
const OTHERS = 1

function labelOf(address: Ipv6Address): number {
  return POLICIES.find((policy) => underPrefix(address, policy.address, policy.prefixLength))?.label ?? OTHERS
}

/** @returns undefined where there is none to choose from */
export function selectSource(candidates: readonly SourceAddress[], destination: Ipv6Address): Ipv6Address | undefined {
  let best: SourceAddress | undefined
  for (const candidate of candidates) if (best === undefined || isBetter(candidate, best, destination)) best = candidate
  return best?.address
}

/** Whether `a` goes before `b`, which came first and stays where they are equal. */
function isBetter(a: SourceAddress, b: SourceAddress, destination: Ipv6Address): boolean {
  // Rule 1: the address itself.
  if (a.address === destination || b.address === destination) return a.address === destination
  // Rule 2: a scope that reaches the destination, and no further than it must.
  const [scopeA, scopeB, wanted] = [scopeOf(a.address), scopeOf(b.address), scopeOf(destination)]
  if (scopeA !== scopeB) return scopeA < scopeB ? scopeA >= wanted : scopeB < wanted
  // Rule 3.
  if (a.deprecated !== b.deprecated) return b.deprecated
  // Rule 6: an address of the destination's kind.
  const label = labelOf(destination)
  const [fitsA, fitsB] = [labelOf(a.address) === label, labelOf(b.address) === label]
  if (fitsA !== fitsB) return fitsA
  // Rule 7.
  if (a.temporary !== b.temporary) return a.temporary
  // Rule 8: of 64 bits, since what is behind them says nothing about the way.
  return commonBits(a.address, destination) > commonBits(b.address, destination)
}

function commonBits(a: Ipv6Address, b: Ipv6Address): number {
  return Math.min(64, commonPrefix(prefixOf(a, 64), prefixOf(b, 64)))
}
