/** What checks take, as it was measured on a simulated board (`cost-data.ts`). */
import { COST_DATA } from './cost-data.js'

/** Seconds, with a serial line of so many symbols a second: what is waited, and what passes on the line. */
export interface Cost {
  readonly waited: number
  readonly spoken: number
}

export const NOTHING: Cost = { waited: 0, spoken: 0 }

/** @param baud symbols a second */
export function costOf(check: string, baud: number): Cost {
  const [waited, bits] = (COST_DATA as Readonly<Record<string, readonly [number, number]>>)[check] ?? [0, 0]
  return { waited, spoken: bits / baud }
}

export function sumOf(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (sum, { waited, spoken }) => ({ waited: sum.waited + waited, spoken: sum.spoken + spoken }),
    NOTHING,
  )
}

/** Seconds. */
export function total({ waited, spoken }: Cost): number {
  return waited + spoken
}
