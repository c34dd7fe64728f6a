/** BREAK IT: families of faults with what they can be told, and a hidden one for whoever wants to search. */
import { signal } from '@preact/signals'
import type { FaultParameterDescription } from '../../workshop/protocol.js'
import { faultTitle } from '../../workshop/words/fault-title.js'
import { type PlainKey, told } from '../../workshop/words/told.js'
import { description, send, snapshot } from './connection.js'
import { Drawer } from './drawer.js'
import { FamilyChoice } from './family-choice.js'
import { sayIt, word } from './language.js'

/** The family that is chosen, and what it was told so far. */
const chosen = signal('')
const values = signal<Readonly<Record<string, string>>>({})

/** A choice that has words of its own is said, another stands as it is. */
const CHOICES = ['even', 'odd', 'mark', 'space', 'both', 'to-board', 'from-board', 'high', 'low'] as const
function choiceText(choice: string): string {
  const named = CHOICES.find((each) => each === choice)
  return named === undefined ? choice : word(`param.choice.${named}`)
}

function Parameter({ parameter }: { readonly parameter: FaultParameterDescription }) {
  const { name } = parameter
  const value = values.value[name] ?? parameter.default
  const take = (text: string) => {
    values.value = { ...values.value, [name]: text }
  }
  const id = `param-${name}`
  return (
    <div class="setting">
      <label for={id}>{word(`param.${name}` as PlainKey)}</label>
      {'choices' in parameter ? (
        <select id={id} value={value} onChange={({ currentTarget }) => take(currentTarget.value)}>
          {parameter.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceText(choice)}
            </option>
          ))}
        </select>
      ) : (
        <span class="pair">
          <input
            id={id}
            type="number"
            min={parameter.min}
            max={parameter.max}
            step="any"
            value={value}
            onInput={({ currentTarget }) => take(currentTarget.value)}
          />
          <span class="unit">{parameter.unit}</span>
        </span>
      )}
    </div>
  )
}

export function BreakIt() {
  const { fault, seed, record } = snapshot.value!
  const { faults, repairs } = description.value!
  const family = faults.find(({ name }) => name === chosen.value)
  const breakIt = (text: string) => send({ kind: 'do', deed: { kind: 'break', fault: text } })
  return (
    <Drawer name="break" title={word('area.break')}>
      <div role="status" class={fault === '' ? 'whole' : 'broken'}>
        {fault === '?' && <p>{word('break.hidden')}</p>}
        {fault !== '' && fault !== '?' && (
          <p>
            {sayIt(told('break.now', { fault: faultTitle(fault.split(':')[0]) }))} <code>{fault}</code>
          </p>
        )}
      </div>
      <FamilyChoice
        id="fault"
        title="break.what"
        none="break.nothing"
        chosen={chosen.value}
        choose={(name) => {
          chosen.value = name
          values.value = {}
        }}
      />
      {family?.parameters.map((parameter) => (
        <Parameter key={`${family.name} ${parameter.name}`} parameter={parameter} />
      ))}
      <div class="buttons">
        <button
          type="button"
          disabled={family === undefined}
          onClick={() => {
            const told = family!.parameters.map(({ name, default: usual }) => `${name}=${values.peek()[name] ?? usual}`)
            breakIt(told.length === 0 ? family!.name : `${family!.name}:${told.join(',')}`)
          }}
        >
          {word('break.apply')}
        </button>
        <button type="button" disabled={fault === '' || (repairs && fault === '?')} onClick={() => breakIt('')}>
          {word('break.mend')}
        </button>
        <button
          type="button"
          onClick={() => send({ kind: 'do', deed: { kind: 'surprise', seed: seed + record.length + 1 } })}
        >
          {word('break.surprise')}
        </button>
        {fault === '?' && (
          <button type="button" onClick={() => send({ kind: 'reveal' })}>
            {word('break.reveal')}
          </button>
        )}
      </div>
    </Drawer>
  )
}
