/**
 * Witnesses: some of the runs that a dictionary was learned from, kept with what was seen of them. Run again, they tell whether figures
 * are still what they were when it was learned. Which sources changed would not: a comment changes a source and no figure, and a model
 * whose SPI begins to take time changes figures of checks that nobody has touched.
 */
import type { Symptoms } from '../../check/diagnosis/features/features.js'
import type { PlannedRun } from '../plan.js'

export interface Witness {
  readonly run: PlannedRun
  /** What depends on chance is left out. */
  readonly symptoms: Symptoms
}

/** Slower than this a line takes its time over every check, and what chance of time there is in a figure shows. */
const SLOW = 38_400
const SOUND_EACH = 3
/** Of the faults one of so many. */
const ONE_OF = 6

/** The first of runs that differ in their seed alone, with what all of them show. */
function steadyOf([first, ...others]: readonly Witness[]): Witness {
  const steady = first.symptoms.map((which, index) =>
    others.every(({ symptoms }) => symptoms[index] === which) ? which : -1,
  )
  return { run: first.run, symptoms: steady }
}

/**
 * Sound boards on slow lines and on others, with nobody else about; and faults on a plain bench, as they are seen from a desk.
 * @param plain of each fault several that differ in their seed alone
 */
export function chooseWitnesses(sound: readonly Witness[], plain: readonly Witness[]): Witness[] {
  const alone = sound.filter(({ run: { backend, traffic } }) => backend === undefined && traffic === undefined)
  const isSlow = ({ run: { baud = Number.POSITIVE_INFINITY } }: Witness): boolean => baud <= SLOW
  const byFault = new Map<string, Witness[]>()
  for (const witness of plain) {
    if (witness.run.view === 'bench') continue
    const [fault] = witness.run.faults
    byFault.set(fault, [...(byFault.get(fault) ?? []), witness])
  }
  return [
    ...alone.filter(isSlow).slice(0, SOUND_EACH),
    ...alone.filter((witness) => !isSlow(witness)).slice(0, SOUND_EACH),
    ...[...byFault.values()].filter((_, index) => index % ONE_OF === 0).map(steadyOf),
  ]
}
