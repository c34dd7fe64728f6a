/** Results as features read them: by check and by the figure's name in the document, so that a stored report serves as well. */
import { EN } from '../../../text/en.js'
import { figureName } from '../../../text/figure-name.js'
import type { Figure } from '../../figure.js'
import type { CheckResult, Measurement, ReportedOccupant } from '../../types.js'

/** What of a result a diagnosis needs: a stored report has it, and a campaign keeps no more. */
export type JudgedResult = Pick<CheckResult, 'id' | 'verdict'> & {
  readonly measurements: readonly Pick<Measurement, 'name' | 'value' | 'min' | 'max'>[]
  /** Where it failed and was run once more. */
  readonly again?: Pick<JudgedResult, 'verdict' | 'measurements'>
}

/** Who was heard at the port where no session came about; null where one did. */
export type JudgedOccupant = Pick<ReportedOccupant, 'who' | 'probability'> | null

export type Taken = JudgedResult['measurements'][number]

export class ReadResults {
  readonly #checks: ReadonlyMap<string, JudgedResult>

  readonly occupant: JudgedOccupant

  constructor(results: readonly JudgedResult[], occupant: JudgedOccupant = null) {
    this.occupant = occupant
    this.#checks = new Map(results.map((result) => [result.id, result]))
  }

  /** The result of a check that ran; undefined for one that was skipped or is not in the report. */
  ran(id: string): JudgedResult | undefined {
    const result = this.#checks.get(id)
    return result?.verdict === 'skip' ? undefined : result
  }

  get anyRan(): boolean {
    return [...this.#checks.values()].some(({ verdict }) => verdict !== 'skip')
  }

  get failed(): readonly JudgedResult[] {
    return [...this.#checks.values()].filter(({ verdict }) => verdict === 'fail')
  }

  /** The figure as it was taken, of a check that ran. */
  taken(figure: Figure): Taken | undefined {
    const name = figureName(EN, figure)
    return this.ran(figure.check)?.measurements.find((each) => each.name === name)
  }

  /** Undefined where it was not taken. */
  value(figure: Figure): number | undefined {
    return this.taken(figure)?.value ?? undefined
  }
}
