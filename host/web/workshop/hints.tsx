/** The hints that were asked for. */
import { snapshot } from './connection.js'
import { sayIt } from './language.js'

export function Hints() {
  const { hints } = snapshot.value!.task
  if (hints.length === 0) return null
  return (
    <ol class="hints">
      {hints.map((hint) => (
        <li key={hint.key}>{sayIt(hint)}</li>
      ))}
    </ol>
  )
}
