import { suggestion } from '../../../../boards/nearest.js'
import { CONNECTORS, type Connector, circuitsOf, type PinDirection } from '../../../../boards/rs232/connectors.js'
import { CONSOLE_PINS, CONSOLE_REFERENCE } from '../../../../boards/rs232/console-port.js'
import { LINE_STANDARDS } from '../../../../boards/rs232/standards.js'
import { UsageError } from '../../../errors/errors.js'
import { connectorDocument } from '../../../physical/connector-document.js'
import { connectorSvg, rj45Svg } from '../../../physical/connector-svg.js'
import { RJ45, RJ45_REFERENCE, RJ45_TITLE, rj45Pins } from '../../../physical/rj45.js'
import { table } from '../../../text/table.js'
import type { ArgumentsOf } from '../arguments.js'
import { tellDrawn } from '../drawings.js'
import { refuseLook, writePicture } from '../picture-file.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import type { CONNECTORS_COMMAND } from './connectors.command.js'

type Given = ArgumentsOf<typeof CONNECTORS_COMMAND>

const DIRECTIONS: Readonly<Record<PinDirection, string>> = {
  out: 'from the DTE',
  in: 'to the DTE',
  both: 'both ways',
  ground: '',
}

/** What people call them, written without anything between letters and digits. */
const ALIASES: Readonly<Record<string, string>> = {
  db9: 'DE-9',
  dsub9: 'DE-9',
  rs232: 'DB-25',
  eia232: 'DB-25',
  rs449: 'DC-37',
  db37: 'DC-37',
  v35: 'M/34',
  '8p8c': RJ45,
  '10baset': RJ45,
}
const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** `linkpulse connectors [NAME] [--out FILE] [--json]` */
export async function connectors(given: Given): Promise<number> {
  const asked = given.operands[0]
  if (!given.has('out')) refuseLook(given, 'add --out FILE.svg')
  if (asked === undefined) return list(given)
  const found = findConnector(asked)
  if (given.has('out')) {
    await writePicture(given, `the face of ${found === RJ45 ? 'an RJ-45 jack' : `a ${found.name} plug`}`, (look) =>
      found === RJ45 ? rj45Svg(look) : connectorSvg(found, look),
    )
    return 0
  }
  if (given.has('json')) {
    printJson(connectorDocument(found))
    return 0
  }
  print(found === RJ45 ? describeRj45() : describe(found))
  return 0
}

/** @throws UsageError for a connector nobody knows, with the nearest there is. */
export function findConnector(name: string): Connector | typeof RJ45 {
  const wanted = bare(ALIASES[bare(name)] ?? name)
  if (wanted === bare(RJ45)) return RJ45
  const found = CONNECTORS.find((each) => bare(each.name) === wanted)
  if (found !== undefined) return found
  const names = [...CONNECTORS.map((each) => each.name), RJ45]
  throw new UsageError(`there is no connector "${name}"${suggestion(name, names)} (connectors: ${names.join(', ')})`)
}

function list(given: Given): number {
  if (given.has('out'))
    throw new UsageError('--out draws one connector: name it, as in `linkpulse connectors DE-9 --out de9.svg`')
  const rows = [...CONNECTORS.map(connectorDocument), connectorDocument(RJ45)]
  if (given.has('json')) printJson(rows)
  else {
    const cells = rows.map(({ name, title, positions }) => [name, `${positions} contacts`, title].map(tellDrawn))
    const more =
      '`linkpulse connectors NAME` has the pins, --out FILE.svg draws the face; `linkpulse cables` joins them.'
    print(`${table(cells)}\n${tellDrawn(more)}\n`)
  }
  return 0
}

function describe({ name, title, positions, pins, data, control, reference }: Connector): string {
  const rows = pins.map((pin) => [pin.pin, pin.name, circuitsOf(pin), DIRECTIONS[pin.direction], pin.title])
  return [
    `${tellDrawn(`${name}: ${title}`)}\n`,
    table([['pin', 'name', 'V.24', 'direction', 'circuit'], ...rows].map((cells) => cells.map(tellDrawn))),
    positions > pins.length ? tellDrawn(`${positions - pins.length} of ${positions} contacts are not assigned.`) : '',
    tellDrawn(
      `Levels: data ${LINE_STANDARDS[data].name}, control ${LINE_STANDARDS[control].name} (\`linkpulse lines ${data}\`).`,
    ),
    `${tellDrawn(`Source: ${reference}`)}\n`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function describeRj45(): string {
  const rows = rj45Pins().map(({ pin, mdi, mdix, t568a, t568b, pairs }) => [
    `${pin}`,
    mdi,
    mdix,
    `${t568a} (pair ${pairs[0]})`,
    `${t568b} (pair ${pairs[1]})`,
    `${CONSOLE_PINS[pin - 1].name}`,
  ])
  const notes = [
    'MDI is a station’s jack, MDI-X a hub’s or switch’s: what one sends on is what the other receives on.',
    'Pins 4, 5, 7 and 8 carry nothing in 10BASE-T. Console: RS-232 on the same jack, a DTE.',
    `Source: ${RJ45_REFERENCE}`,
    `Console port: ${CONSOLE_REFERENCE}`,
  ]
  const cells = [['pin', 'MDI', 'MDI-X', 'T568A', 'T568B', 'console port'], ...rows]
  return [
    `${tellDrawn(`${RJ45}: ${RJ45_TITLE}`)}\n`,
    table(cells.map((row) => row.map(tellDrawn))),
    ...notes.map(tellDrawn),
    '',
  ].join('\n')
}
