/** A frame octet by octet, in the colours of its fields; one octet is open, and its bits can be turned over. */
import { signal } from '@preact/signals'
import type { FrameField } from '../../../workshop/stations/frame/compose.js'
import type { SceneOctet } from '../../../workshop/stations/frame/scene.js'
import { told } from '../../../workshop/words/told.js'
import { sayIt, word } from '../language.js'

/** The octet whose bits are shown. */
const open = signal(22)

const hex = (value: number) => value.toString(16).toUpperCase().padStart(2, '0')
const fieldWord = (field: FrameField) => word(`frame.field.${field}`)

/** How far an arrow key goes; a row is as long as it was drawn. */
function goal(key: string, at: number, last: number, buttons: HTMLCollection): number | undefined {
  const rows = (direction: number): number => {
    const here = (buttons[at] as HTMLElement).offsetTop
    const left = (buttons[at] as HTMLElement).offsetLeft
    for (let i = at; i >= 0 && i <= last; i += direction) {
      const { offsetTop, offsetLeft } = buttons[i] as HTMLElement
      if (offsetTop !== here && Math.abs(offsetLeft - left) < 2) return i
    }
    return direction < 0 ? 0 : last
  }
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, at + 1)
    case 'ArrowLeft':
      return Math.max(0, at - 1)
    case 'ArrowDown':
      return rows(1)
    case 'ArrowUp':
      return rows(-1)
    case 'Home':
      return 0
    case 'End':
      return last
  }
  return undefined
}

function octetWords({ value, field, turned }: SceneOctet, at: number): string {
  const values = { number: at + 1, field: fieldWord(field), hex: hex(value) }
  return sayIt(
    turned === 0
      ? told('frame.octet', values)
      : told('frame.octet.turned', { ...values, becomes: hex(value ^ turned) }),
  )
}

/** Which colour is which field, and how many octets it has. */
function Legend({ octets }: { readonly octets: readonly SceneOctet[] }) {
  const fields = new Map<FrameField, number>()
  for (const { field } of octets) fields.set(field, (fields.get(field) ?? 0) + 1)
  return (
    <p class="legend">
      {[...fields].map(([field, count]) => (
        <span key={field} class={`field-${field}`}>
          {fieldWord(field)} {count}
        </span>
      ))}
    </p>
  )
}

export function FrameOctets({
  octets,
  onTurn,
}: {
  readonly octets: readonly SceneOctet[]
  /** A bit, counted from the first of the preamble, is to be turned over, or not any more. */
  readonly onTurn: (bit: number) => void
}) {
  const last = octets.length - 1
  const at = Math.min(open.value, last)
  const { field, value, turned } = octets[at]
  return (
    <div class="frame-octets">
      <Legend octets={octets} />
      <div
        class="octets"
        role="toolbar"
        aria-label={word('frame.octets')}
        onKeyDown={(event) => {
          const buttons = event.currentTarget.children
          const next = goal(event.key, at, last, buttons)
          if (next === undefined) return
          event.preventDefault()
          open.value = next
          ;(buttons[next] as HTMLElement).focus()
        }}
      >
        {octets.map((octet, i) => (
          <button
            key={i}
            type="button"
            class={`octet field-${octet.field}${octet.turned === 0 ? '' : ' turned'}`}
            tabIndex={i === at ? 0 : -1}
            aria-pressed={i === at}
            aria-label={octetWords(octet, i)}
            onClick={() => {
              open.value = i
            }}
          >
            {hex(octet.value ^ octet.turned)}
          </button>
        ))}
      </div>
      <fieldset class="bits">
        <legend>{sayIt(told('frame.bits', { number: at + 1, field: fieldWord(field) }))}</legend>
        {Array.from({ length: 8 }, (_, bit) => {
          const isTurned = ((turned >> bit) & 1) === 1
          const shown = ((value ^ turned) >> bit) & 1
          return (
            <button
              key={bit}
              type="button"
              class={isTurned ? 'bit turned' : 'bit'}
              aria-pressed={isTurned}
              aria-label={sayIt(told('frame.bit', { bit, value: shown }))}
              onClick={() => onTurn(at * 8 + bit)}
            >
              {shown}
            </button>
          )
        })}
      </fieldset>
    </div>
  )
}
