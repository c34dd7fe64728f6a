/** Registers with their bits by name; what has changed is marked. */
import type { ShownField, ShownRegister } from '../../../workshop/stations/controller/scene.js'
import { sayIt } from '../language.js'

function Field({ field: { name, width, value, changed } }: { readonly field: ShownField }) {
  const text = width === 1 ? name : `${name}=${value}`
  return <span class={`bit ${value !== 0 ? 'set' : ''} ${changed ? 'changed' : ''}`}>{text}</span>
}

function Register({ register }: { readonly register: ShownRegister }) {
  const { id, name, value, changed, fields, told } = register
  return (
    <li data-thing={id} class={changed ? 'register changed' : 'register'} title={sayIt(told)}>
      <span class="name">{name}</span> <code>{value}</code>
      {changed && <span aria-hidden="true"> ●</span>}
      {fields.length > 0 && (
        <span class="bits" aria-hidden="true">
          {fields.map((field) => (
            <Field key={field.name} field={field} />
          ))}
        </span>
      )}
    </li>
  )
}

export function RegisterTable({
  registers,
  bank,
}: {
  readonly registers: readonly ShownRegister[]
  readonly bank: string
}) {
  return (
    <div class="registers">
      <ul class="common">
        {registers
          .filter(({ common }) => common)
          .map((register) => (
            <Register key={register.id} register={register} />
          ))}
      </ul>
      <p class="bank">{bank}</p>
      <ul class="banked">
        {registers
          .filter(({ common }) => !common)
          .map((register) => (
            <Register key={register.id} register={register} />
          ))}
      </ul>
    </div>
  )
}
