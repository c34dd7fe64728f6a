/** One of the families of faults that the station can have, or none yet. */
import { faultTitle } from '../../workshop/words/fault-title.js'
import type { PlainKey } from '../../workshop/words/told.js'
import { description } from './connection.js'
import { sayIt, word } from './language.js'

export function FamilyChoice(props: {
  readonly id: string
  readonly title: PlainKey
  /** What stands there while none is chosen. */
  readonly none: PlainKey
  readonly chosen: string
  readonly choose: (family: string) => void
}) {
  const { id, title, none, chosen, choose } = props
  return (
    <div class="setting">
      <label for={id}>{word(title)}</label>
      <select id={id} value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">{word(none)}</option>
        {description.value!.faults.map(({ name }) => (
          <option key={name} value={name}>
            {sayIt(faultTitle(name))}
          </option>
        ))}
      </select>
    </div>
  )
}
