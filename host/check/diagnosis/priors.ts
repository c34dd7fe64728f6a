/**
 * What is assumed before anything was measured, all of it in this one table. Nobody counts what breaks on desks; who asks for help
 * is counted: the reports behind the field failures of the reference (section 20: EtherCard, UIPEthernet, EthernetENC, RIOT, Zephyr,
 * ESP-IDF) are mostly about supply and wires between controller and chip, then about cables and partners, and rarely about a chip
 * that is damaged. `flat` is without these assumptions; docs/diagnosis.md has the results under both.
 */
import { FAULTS, type FaultName } from '../../../boards/faults/registry.js'
import { HEALTHY } from './dictionary/model.js'

/** A board that somebody checks is sound half of the time. */
const SOUND = 0.5
/** Of those that are not: broken in a way that is not in the list. */
export const UNLISTED = 0.1
/** Of those that are not: broken in two ways at once. */
export const TWO_AT_ONCE = 0.1

/** How often by layer, relative to one another: a fault of a layer is as frequent as the others of its layer but for `OFTEN`. */
const BY_LAYER: Readonly<Record<string, number>> = {
  supply: 1.5,
  serial: 1,
  wiring: 1.5,
  chip: 0.5,
  cable: 1,
  partner: 0.7,
  timing: 1,
}

/** What the reports name again and again, against others of the same layer (reference 20, in the order of its table). */
const OFTEN: Partial<Record<FaultName, number>> = {
  'miso-open': 2,
  'cs-stuck-high': 2,
  'no-power': 3,
  'chip-brown-out': 2,
  'cable-unplugged': 3,
  'cable-straight': 1,
  'partner-full-duplex': 2,
  'spi-too-fast': 1.5,
  'serial-wrong-baud': 2,
}

export type Prior = 'assumed' | 'flat'

/** @returns a probability for each of these causes, `healthy` among them; together they are 1 */
export function priorsOf(causes: readonly string[], prior: Prior = 'assumed'): Float64Array {
  const shares = causes.map((cause) => {
    if (cause === HEALTHY) return 0
    if (prior === 'flat') return 1
    return (BY_LAYER[FAULTS.get(cause)?.layer ?? ''] ?? 1) * (OFTEN[cause as FaultName] ?? 1)
  })
  const all = shares.reduce((sum, share) => sum + share, 0)
  return Float64Array.from(causes, (cause, index) => (cause === HEALTHY ? SOUND : ((1 - SOUND) * shares[index]) / all))
}
