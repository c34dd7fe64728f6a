import { suggestion } from '../../../../boards/nearest.js'
import { SERIAL_CABLES, type SerialCable } from '../../../../boards/rs232/cables.js'
import { type Connector, DB25, DE9 } from '../../../../boards/rs232/connectors.js'
import { UsageError } from '../../../errors/errors.js'
import { cableDocument } from '../../../physical/cable-document.js'
import { type CableSheet, serialSheet, TWISTED_PAIR_CABLES, twistedSheet } from '../../../physical/cable-sheet.js'
import { cableSvg } from '../../../physical/cable-svg.js'
import { keyed } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { table } from '../../../text/table.js'
import type { ArgumentsOf } from '../arguments.js'
import { tellDrawn } from '../drawings.js'
import { refuseLook, writePicture } from '../picture-file.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import { WORDS } from '../words.js'
import type { CABLES_COMMAND } from './cables.command.js'
import { findConnector } from './connectors.js'

type Given = ArgumentsOf<typeof CABLES_COMMAND>

/** `linkpulse cables [NAME] [--ends A,B] [--out FILE] [--json]` */
export async function cables(given: Given): Promise<number> {
  const asked = given.operands[0]
  if (!given.has('out')) refuseLook(given, 'add --out FILE.svg')
  const all = [...SERIAL_CABLES, ...TWISTED_PAIR_CABLES]
  if (asked === undefined) {
    if (given.has('out') || given.has('ends')) {
      throw new UsageError(
        '--out and --ends want one cable: name it, as in `linkpulse cables null-modem --out null-modem.svg`',
      )
    }
    if (given.has('json')) {
      const sheets = [
        ...SERIAL_CABLES.map((cable) => serialSheet(cable, endsOf(given, cable))),
        ...TWISTED_PAIR_CABLES.map(twistedSheet),
      ]
      printJson(sheets.map(cableDocument))
    } else print(table(all.map(({ name, title }) => [name, tellDrawn(title)])))
    return 0
  }
  const names = all.map(({ name }) => name)
  const serial = SERIAL_CABLES.find(({ name }) => name === asked)
  const twisted = TWISTED_PAIR_CABLES.find(({ name }) => name === asked)
  if (twisted !== undefined && given.has('ends')) {
    throw new UsageError(`--ends chooses the connectors of a serial cable; ${asked} has an RJ-45 plug at both ends`)
  }
  if (serial === undefined && twisted === undefined) {
    throw new UsageError(`there is no cable "${asked}"${suggestion(asked, names)} (cables: ${names.join(', ')})`)
  }
  const sheet = serial === undefined ? twistedSheet(twisted!) : serialSheet(serial, endsOf(given, serial))
  if (given.has('out')) await writePicture(given, sheet.title, (look) => cableSvg(sheet.picture(look.theme), look))
  else if (given.has('json')) {
    printJson(cableDocument(sheet))
  } else print(sheetText(sheet))
  return 0
}

function sheetText({ name, title, ends, label, wires, notes, reference }: CableSheet): string {
  const rows = wires.map(([from, to]) => [label(0, from), from, '───', to, label(1, to)])
  return [
    `${say(WORDS, keyed('lines.title', { name, title: tellDrawn(title) }))}\n`,
    table([[ends[0], 'pin', '', 'pin', ends[1]], ...rows].map((cells) => cells.map(tellDrawn))),
    ...notes.map(tellDrawn),
    `${tellDrawn(`Source: ${reference}`)}\n`,
  ].join('\n')
}

function endsOf(given: Given, cable: SerialCable): readonly [Connector, Connector] {
  const text = given.text('ends')
  if (text === undefined) return cable.name === 'serial-straight' ? [DE9, DB25] : [DE9, DE9]
  const found = text.split(',').map((name) => findConnector(name.trim()))
  const [a, b = a] = found
  if (found.length > 2 || a === 'RJ-45' || b === 'RJ-45') {
    throw new UsageError(`--ends takes one or two serial connectors, as DE-9,DB-25, not "${text}"`)
  }
  return [a, b]
}
