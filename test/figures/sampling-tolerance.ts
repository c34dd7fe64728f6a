/** How far baud rates may be apart, measured on our receiver, beside the theory and the data sheet: a table for docs/rs232.md. */
import { framingName, type SerialFraming } from '../../boards/rs232/framing.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { signedText } from '../../host/number-text.js'
import { dataSheetTolerance, measuredTolerance, theoreticalTolerance } from '../support/tolerance.js'

const FRAMINGS: readonly SerialFraming[] = ([5, 6, 7, 8, 9] as const).flatMap((dataBits) =>
  (['none', 'even', 'mark'] as const).flatMap((parity) =>
    ([1, 2] as const).map((stopBits): SerialFraming => ({ dataBits, parity, stopBits })),
  ),
)

/** Every other one is 0: its last bit differs from the stop bit, and shows an error there. */
function characters({ dataBits }: SerialFraming, count: number): number[] {
  const random = new SeededRandom(17)
  return Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 0 : random.next32() & ((1 << dataBits) - 1)))
}

const percent = (ratio: number) => signedText((ratio - 1) * 100, 2)

/** @param count of characters at each rate tried: the more, the sharper the limits */
function toleranceTable(count = 1000): string {
  const lines = [
    '| framing | slow: measured | theory | data sheet | fast: measured | theory | data sheet |',
    '|---|---|---|---|---|---|---|',
  ]
  for (const framing of FRAMINGS) {
    const measured = measuredTolerance(framing, characters(framing, count))
    const theory = theoreticalTolerance(framing)
    const sheet = dataSheetTolerance(framing)
    // The data sheet counts with one stop bit, and with a parity bit that is not always 1.
    const counted = framing.stopBits === 1 && framing.parity !== 'mark'
    const cells = [
      framingName(framing),
      percent(measured.slow),
      percent(theory.slow),
      counted ? percent(sheet.slow) : '',
      percent(measured.fast),
      percent(theory.fast),
      counted ? percent(sheet.fast) : '',
    ]
    lines.push(`| ${cells.join(' | ')} |`)
  }
  return lines.join('\n')
}

const BEGIN = '<!-- sampling tolerance: make docs -->'
const END = '<!-- end of sampling tolerance -->'

/** The document with its table made anew. @throws Error when the places for it are gone. */
export function withToleranceTable(document: string): string {
  const from = document.indexOf(BEGIN)
  const to = document.indexOf(END)
  if (from < 0 || to < from) throw new Error(`the table stands between ${BEGIN} and ${END}, and they are not there`)
  return `${document.slice(0, from + BEGIN.length)}\n\n${toleranceTable()}\n\n${document.slice(to)}`
}
