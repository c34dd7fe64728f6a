/** A run again with one setting as if it had been so from the beginning: what was done since is done at the same instants. */
import type { RecordedDeed, StationDeed } from './protocol.js'
import type { SettingValues } from './station-parts.js'

/** What a station began with. */
export interface Opening {
  readonly settings: SettingValues
  readonly fault: string
}

/** A deed that is to be done again. In another run other events happen before it, so that its instant alone counts. */
export type DeedAhead = Omit<RecordedDeed, 'executed'> & Partial<Pick<RecordedDeed, 'executed'>>

export function rerunWith(
  opened: Opening,
  record: readonly RecordedDeed[],
  name: string,
  value: string,
): { readonly opened: Opening; readonly ahead: readonly DeedAhead[] } {
  const ahead = record.flatMap(({ at, deed }): DeedAhead[] => {
    if (deed.kind === 'set' && deed.name === name) return []
    // A task sets what it asks for; what was said last stands above it.
    const again: StationDeed = { kind: 'set', name, value }
    return deed.kind === 'task'
      ? [
          { at, deed },
          { at, deed: again },
        ]
      : [{ at, deed }]
  })
  return { opened: { ...opened, settings: { ...opened.settings, [name]: value } }, ahead }
}
