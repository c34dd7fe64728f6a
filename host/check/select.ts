/** `--only LAYER|ID`: which checks a person asked for, and what these stand on. */
import { type Check, LAYERS } from './types.js'

export class UnknownCheckError extends Error {
  constructor(
    readonly asked: string,
    readonly known: readonly string[],
  ) {
    super(
      `there is no check or layer named "${asked}"; the layers are ${LAYERS.join(', ')}, and \`linkpulse check --list\` names the checks`,
    )
    this.name = 'UnknownCheckError'
  }
}

export interface Selection<Context> {
  /** In running order, with everything they need. */
  readonly toRun: readonly Check<Context>[]
  /** Ids that were asked for; the others are run in silence and reported only when they do not pass. */
  readonly asked: ReadonlySet<string>
}

/**
 * @param only layers or check ids; empty for every check.
 * @throws UnknownCheckError for a name that is neither.
 */
export function selectChecks<Context>(checks: readonly Check<Context>[], only: readonly string[]): Selection<Context> {
  if (only.length === 0) return { toRun: checks, asked: new Set(checks.map((check) => check.id)) }
  const asked = new Set<string>()
  for (const name of only) {
    const matching = checks.filter((check) => check.layer === name || check.id === name)
    if (matching.length === 0)
      throw new UnknownCheckError(
        name,
        checks.map((check) => check.id),
      )
    for (const check of matching) asked.add(check.id)
  }
  const byId = new Map(checks.map((check) => [check.id, check]))
  const wanted = new Set<string>()
  const want = (id: string): void => {
    if (wanted.has(id)) return
    wanted.add(id)
    const check = byId.get(id)
    for (const other of [...(check?.needs ?? []), ...(check?.after ?? [])]) want(other)
  }
  for (const id of asked) want(id)
  return { toRun: checks.filter((check) => wanted.has(check.id)), asked }
}
