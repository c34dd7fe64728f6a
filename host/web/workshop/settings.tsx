/** CHANGE: the few settings of a station, and behind a fold those that are seldom wanted. */
import type { WorkshopSetting } from '../../workshop/station-parts.js'
import { description, send } from './connection.js'
import { Drawer } from './drawer.js'
import { word } from './language.js'
import { set, textIn, type } from './typed.js'

function TextField({ setting }: { readonly setting: WorkshopSetting & { readonly kind: 'text' } }) {
  const { name, title, longest } = setting
  const value = textIn(name)
  const action = description.value!.actions[0]
  if (setting.quiet === true) return <QuietTextField setting={setting} />
  return (
    <form
      class="setting text"
      onSubmit={(event) => {
        event.preventDefault()
        send({ kind: 'do', deed: { kind: 'act', action: action.name, argument: set(name) } })
        send({ kind: 'play' })
      }}
    >
      <label for={`set-${name}`}>{word(title)}</label>
      <span class="pair">
        <input
          id={`set-${name}`}
          value={value}
          maxLength={longest}
          autocomplete="off"
          onInput={({ currentTarget }) => type(name, currentTarget.value)}
        />
        <button type="submit" class="main">
          {word(action.title)}
        </button>
      </span>
    </form>
  )
}

/** A text that is only set; what may be put there is offered. */
function QuietTextField({ setting }: { readonly setting: WorkshopSetting & { readonly kind: 'text' } }) {
  const { name, title, longest, suggestions } = setting
  const list = `suggest-${name}`
  return (
    <div class="setting">
      <label for={`set-${name}`}>{word(title)}</label>
      <input
        id={`set-${name}`}
        value={textIn(name)}
        maxLength={longest}
        autocomplete="off"
        spellcheck={false}
        {...(suggestions === undefined ? {} : { list })}
        onInput={({ currentTarget }) => type(name, currentTarget.value)}
        // What was refused does not stay in the field as if it had been taken.
        onChange={() => set(name)}
      />
      {suggestions !== undefined && (
        <datalist id={list}>
          {Object.entries(suggestions).map(([value, what]) => (
            <option key={value} value={value} label={word(what)} />
          ))}
        </datalist>
      )}
    </div>
  )
}

function Field({ setting }: { readonly setting: WorkshopSetting }) {
  if (setting.kind === 'text') return <TextField setting={setting} />
  const { name, title } = setting
  const value = textIn(name)
  return (
    <div class="setting">
      <label for={`set-${name}`}>{word(title)}</label>
      {setting.kind === 'choice' ? (
        <select id={`set-${name}`} value={value} onChange={({ currentTarget }) => set(name, currentTarget.value)}>
          {setting.choices.map((choice) => (
            <option key={choice} value={choice}>
              {setting.words?.[choice] === undefined ? choice : word(setting.words[choice])}
            </option>
          ))}
          {Object.entries(setting.notYet ?? {}).map(([choice, { title: missing }]) => (
            <option key={choice} disabled>
              {word(missing)}
            </option>
          ))}
        </select>
      ) : (
        <span class="pair">
          <input
            id={`set-${name}`}
            type="number"
            min={setting.min}
            max={setting.max}
            step={setting.step}
            value={value}
            onInput={({ currentTarget }) => type(name, currentTarget.value)}
            // What was refused does not stay in the field as if it had been taken.
            onChange={() => set(name)}
          />
          <span class="unit">{setting.unit}</span>
        </span>
      )}
      {setting.kind === 'choice' &&
        Object.values(setting.notYet ?? {}).map(({ why }) => (
          <p key={why} class="help">
            {word(why)}
          </p>
        ))}
    </div>
  )
}

export function Settings() {
  const { settings } = description.value!
  const usual = settings.filter(({ seldom, onStage }) => seldom !== true && onStage !== true)
  const seldom = settings.filter((setting) => setting.seldom === true)
  return (
    <Drawer name="change" title={word('area.change')}>
      {usual.map((setting) => (
        <Field key={setting.name} setting={setting} />
      ))}
      {seldom.length > 0 && (
        <details>
          <summary>{word('area.more')}</summary>
          {seldom.map((setting) => (
            <Field key={setting.name} setting={setting} />
          ))}
        </details>
      )}
    </Drawer>
  )
}
