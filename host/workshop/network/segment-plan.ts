/**
 * What is to become of which segment, counted at the box on the way: `2-drop 4-hold-300 5-twice`. It is a setting of a station, so that it
 * stands in the address, and the same run can be had again.
 */

export type SegmentDeed =
  | { readonly kind: 'drop' }
  /** For so many milliseconds. */
  | { readonly kind: 'hold'; readonly milliseconds: number }
  | { readonly kind: 'twice' }

export type SegmentPlan = ReadonlyMap<number, SegmentDeed>

const LONGEST_MILLISECONDS = 60_000

/** What is no plan in it is left out: it comes from an address. */
export function parsePlan(text: string): SegmentPlan {
  const plan = new Map<number, SegmentDeed>()
  for (const part of text.split(/\s+/)) {
    const [, number, kind, time] = /^([1-9]\d{0,3})-(drop|hold|twice)(?:-(\d{1,5}))?$/.exec(part) ?? []
    if (number === undefined) continue
    const n = Number(number)
    if (kind !== 'hold') plan.set(n, { kind: kind as 'drop' | 'twice' })
    else if (time !== undefined)
      plan.set(n, { kind, milliseconds: Math.min(LONGEST_MILLISECONDS, Math.max(1, Number(time))) })
  }
  return plan
}

/** @param deed undefined: it passes like any other */
export function planWith(text: string, number: number, deed: SegmentDeed | undefined): string {
  const plan = new Map(parsePlan(text))
  if (deed === undefined) plan.delete(number)
  else plan.set(number, deed)
  return [...plan]
    .sort(([a], [b]) => a - b)
    .map(([n, each]) => `${n}-${each.kind}${each.kind === 'hold' ? `-${each.milliseconds}` : ''}`)
    .join(' ')
}
