/** REPAIR: in a mission nothing is broken at will; what one takes to be broken is repaired, and each try counts. */
import { signal } from '@preact/signals'
import { description, send, snapshot } from './connection.js'
import { Drawer } from './drawer.js'
import { FamilyChoice } from './family-choice.js'
import { sayIt, word } from './language.js'

const chosen = signal('')

export function Repair() {
  const { faults } = description.value!
  const { log } = snapshot.value!
  // What was chosen at another station is no family of this one.
  const family = faults.find(({ name }) => name === chosen.value)
  const last = log.findLast(({ told: { key } }) => key === 'repair.was' || key === 'repair.whole')
  return (
    <Drawer name="break" title={word('repair.area')}>
      <div role="status" class={last?.wrong === false ? 'whole' : 'broken'}>
        {last !== undefined && <p>{sayIt(last.told)}</p>}
      </div>
      <FamilyChoice
        id="repair"
        title="repair.what"
        none="repair.nothing"
        chosen={chosen.value}
        choose={(family) => {
          chosen.value = family
        }}
      />
      <div class="buttons">
        <button
          type="button"
          disabled={family === undefined}
          onClick={() => send({ kind: 'do', deed: { kind: 'repair', fault: family!.name } })}
        >
          {word('repair.apply')}
        </button>
      </div>
    </Drawer>
  )
}
