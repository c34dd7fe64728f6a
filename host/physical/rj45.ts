/** The RJ-45 of 10BASE-T as a person sees it: eight pins, four pairs, two ways to crimp and two ways to use them. */
import { type Colour, PINS, T568A, T568B } from '../../boards/ethernet/wiring.js'

/** ANSI/TIA-568 calls this pair 1: blue, 2: orange, 3: green, 4: brown. */
const PAIRS: readonly string[] = ['blue', 'orange', 'green', 'brown']

export const RJ45 = 'RJ-45'
export const RJ45_TITLE = '10BASE-T on twisted pair: an 8P8C jack, known as RJ-45'
export const RJ45_REFERENCE =
  'IEEE 802.3 14.5.1 (pins of 10BASE-T), ISO/IEC 8877 (the jack), ANSI/TIA-568-C.2 (T568A, T568B, pairs); MDI-X: 802.3 14.5.2'

export interface Rj45Pin {
  readonly pin: number
  /** What a station's jack does there, and a hub's. */
  readonly mdi: string
  readonly mdix: string
  readonly t568a: Colour
  readonly t568b: Colour
  /** Numbers of the pair, by T568A and by T568B. */
  readonly pairs: readonly [number, number]
}

export function pairNumber(colour: Colour): number {
  return PAIRS.indexOf(colour.replace('white/', '')) + 1
}

function contactOf(kind: 'MDI' | 'MDI-X', pin: number): string {
  const { transmit, receive } = PINS[kind]
  if (pin === transmit.plus) return 'TD+'
  if (pin === transmit.minus) return 'TD-'
  if (pin === receive.plus) return 'RD+'
  return pin === receive.minus ? 'RD-' : '-'
}

export function rj45Pins(): readonly Rj45Pin[] {
  return Array.from({ length: 8 }, (_, i) => {
    const a = T568A[i]!
    const b = T568B[i]!
    return {
      pin: i + 1,
      mdi: contactOf('MDI', i + 1),
      mdix: contactOf('MDI-X', i + 1),
      t568a: a,
      t568b: b,
      pairs: [pairNumber(a), pairNumber(b)] as const,
    }
  })
}

/** The colour of a conductor's insulation, and whether it is striped with white. */
export function insulation(colour: Colour): { readonly paint: string; readonly striped: boolean } {
  const paints: Readonly<Record<string, string>> = {
    orange: '#e5761a',
    green: '#2a8a3a',
    blue: '#2f6fd0',
    brown: '#7a4a21',
  }
  return { paint: paints[colour.replace('white/', '')], striped: colour.startsWith('white/') }
}
