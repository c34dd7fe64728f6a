/** A field of the class: what is typed is nobody else's setting. */
import type { Signal } from '@preact/signals'

export function ClassField(props: { readonly label: string; readonly value: Signal<string> }) {
  const { label, value } = props
  return (
    <label>
      {label}{' '}
      <input
        type="text"
        autocomplete="off"
        value={value.value}
        onInput={({ currentTarget }) => {
          value.value = currentTarget.value
        }}
      />
    </label>
  )
}
