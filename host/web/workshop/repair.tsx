/** REPAIR: in a mission nothing is broken at will; what one takes to be broken is repaired, and each try counts. */
import { signal } from '@preact/signals'
import { faultTitle } from '../../workshop/words/fault-title.js'
import { description, send, snapshot } from './connection.js'
import { sayIt, word } from './language.js'

const chosen = signal('')

export function Repair() {
  const { faults } = description.value!
  const { log } = snapshot.value!
  const last = log.findLast(({ told: { key } }) => key === 'repair.was' || key === 'repair.whole')
  return (
    <section class="break" aria-labelledby="break-title">
      <h2 id="break-title">{word('repair.area')}</h2>
      <div role="status" class={last?.wrong === false ? 'whole' : 'broken'}>
        {last !== undefined && <p>{sayIt(last.told)}</p>}
      </div>
      <div class="setting">
        <label for="repair">{word('repair.what')}</label>
        <select
          id="repair"
          value={chosen.value}
          onChange={({ currentTarget }) => {
            chosen.value = currentTarget.value
          }}
        >
          <option value="">{word('repair.nothing')}</option>
          {faults.map(({ name }) => (
            <option key={name} value={name}>
              {sayIt(faultTitle(name))}
            </option>
          ))}
        </select>
      </div>
      <div class="buttons">
        <button
          type="button"
          disabled={chosen.value === ''}
          onClick={() => send({ kind: 'do', deed: { kind: 'repair', fault: chosen.peek() } })}
        >
          {word('repair.apply')}
        </button>
      </div>
    </section>
  )
}
