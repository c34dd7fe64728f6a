/** The headers of a frame, each layer in its colour: fields by name, their values, their octets. */
import type { HeaderField, HeaderLayer } from '../../../workshop/stations/packets/scene.js'
import { sayIt, word } from '../language.js'

const LAYERS: readonly HeaderLayer[] = ['ethernet', 'arp', 'ipv4', 'icmp', 'data']

export function HeaderTable({ fields, title }: { readonly fields: readonly HeaderField[]; readonly title: string }) {
  return (
    <table class="headers">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{word('packets.stage.field')}</th>
          <th scope="col">{word('packets.stage.value')}</th>
          <th scope="col">{word('packets.stage.octets')}</th>
        </tr>
      </thead>
      {LAYERS.filter((layer) => fields.some((field) => field.layer === layer)).map((layer) => (
        <tbody key={layer} class={layer}>
          <tr>
            <th colSpan={3} scope="rowgroup">
              {word(`packets.layer.${layer}`)}
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
