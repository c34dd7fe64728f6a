/** Which of a link's addresses something is sent from: the rules of RFC 6724 5, in their order. */
import { commonPrefix, type Ipv6Address, PREFIX_BITS, scopeOf } from './address.js'
import type { SourceAddress } from './link.js'
import { policyOf } from './policy-table.js'

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
  const label = policyOf(destination).label
  const [fitsA, fitsB] = [policyOf(a.address).label === label, policyOf(b.address).label === label]
  if (fitsA !== fitsB) return fitsA
  // Rule 7.
  if (a.temporary !== b.temporary) return a.temporary
  // Rule 8: of 64 bits, since what is behind them says nothing about the way.
  return commonBits(a.address, destination) > commonBits(b.address, destination)
}

function commonBits(a: Ipv6Address, b: Ipv6Address): number {
  return Math.min(PREFIX_BITS, commonPrefix(a, b))
}
