/** The headers of a frame, each in its colour: fields by name, their values, their octets. */
import { HEADER_LAYERS, type HeaderField } from '../../../workshop/network/header-fields.js'
import { sayIt, word } from '../language.js'

export function HeaderTable({ fields, title }: { readonly fields: readonly HeaderField[]; readonly title: string }) {
  return (
    <table class="headers">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{word('header.table.field')}</th>
          <th scope="col">{word('header.table.value')}</th>
          <th scope="col">{word('header.table.octets')}</th>
        </tr>
      </thead>
      {HEADER_LAYERS.filter((layer) => fields.some((field) => field.layer === layer)).map((layer) => (
        <tbody key={layer} class={layer}>
          <tr>
            <th colSpan={3} scope="rowgroup">
              {word(`header.layer.${layer}`)}
            </th>
          </tr>
          {fields
            .filter((field) => field.layer === layer)
            .map(({ name, value, octets, wrong }) => (
              <tr key={name.key} class={wrong === true ? 'wrong' : undefined}>
                <td>{sayIt(name)}</td>
                <td>{sayIt(value)}</td>
                <td>
                  <code>{octets}</code>
                </td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  )
}
