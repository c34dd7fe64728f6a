/** What can be done at a station, as buttons: all of its actions, or those of one group. */
import type { PlainKey } from '../../../workshop/words/told.js'
import { description, send, snapshot } from '../connection.js'
import { word } from '../language.js'

export interface DeedGroup {
  readonly title: PlainKey
  readonly actions: readonly string[]
  /** None of them can be done now. */
  readonly idle?: boolean
}

export function Deeds({ groups }: { readonly groups: readonly DeedGroup[] }) {
  const { actions } = description.value!
  const { text = '' } = snapshot.value!.settings
  return (
    <div class="deeds">
      {groups.map(({ title, actions: names, idle = false }) => (
        <fieldset key={title}>
          <legend>{word(title)}</legend>
          {names.map((name) => (
            <button
              key={name}
              type="button"
              disabled={idle}
              onClick={() => {
                send({ kind: 'do', deed: { kind: 'act', action: name, argument: text } })
                send({ kind: 'play' })
              }}
            >
              {word(actions.find((action) => action.name === name)!.title)}
            </button>
          ))}
        </fieldset>
      ))}
    </div>
  )
}
