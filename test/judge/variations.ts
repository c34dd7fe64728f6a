/**
 * Variations: tests that show with another program, shell, board or wire what a test beside them shows. Most start real programs, and all of
 * them together are most of what a run of the tests lasts. `make test` runs an eighth of them, `make judge` all (its part `variations`).
 */
import { it } from 'vitest'
import { nameHash } from '../../boards/simulation/random.js'
import { type Extent, extentOf, PARTS } from './parts.js'

const EIGHTHS = PARTS.variations.whole

/** Whether a test of this title is run: it stays in its eighth when others come or go. */
export function isTaken(title: string, { first, count }: Extent = extentOf('variations')): boolean {
  const eighth = nameHash(title) % EIGHTHS
  return eighth >= first && eighth < first + count
}

/** vitest's `it`, for a test that is a variation: one that is not run is counted as skipped. */
export function variation(title: string, body: () => void | Promise<void>): void {
  it.skipIf(!isTaken(title))(title, body)
}

/** Of cases that vary one thing those that are run, in their order; one of a few, so that none of their eighths is without any. */
export function variationsOf<Case>(cases: readonly Case[], { first, count }: Extent = extentOf('variations')): Case[] {
  const taken = new Set<number>()
  for (let eighth = first; eighth < first + count; eighth++) {
    if (cases.length < EIGHTHS) taken.add(Math.floor((eighth * cases.length) / EIGHTHS))
    else for (let i = eighth; i < cases.length; i += EIGHTHS) taken.add(i)
  }
  return cases.filter((_, i) => taken.has(i))
}
