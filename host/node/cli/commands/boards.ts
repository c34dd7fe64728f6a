import type { BoardDefinition } from '../../../../boards/catalogue/definition.js'
import { boardDocument } from '../../../../boards/catalogue/document.js'
import { CHIP_CURRENT, type JumperWire, wiresOf, wiringNotes } from '../../../../boards/catalogue/wiring.js'
import { LOWEST_BAUD } from '../../../../firmware/serial-link/board-link.js'
import { UsageError } from '../../../errors/errors.js'
import { wiringDiagram } from '../../../physical/wiring-diagram.js'
import { table } from '../../../text/table.js'
import { wordWrap } from '../../../text/word-wrap.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue, pickBoard } from '../catalogue.js'
import { drawnSvg, tellDrawn } from '../drawings.js'
import { Outputs } from '../outputs.js'
import { givenLook, refuseLook } from '../picture-file.js'
import { printJson } from '../print-json.js'
import { print, tell } from '../say.js'
import type { BOARDS_COMMAND } from './boards.command.js'

type Given = ArgumentsOf<typeof BOARDS_COMMAND>

/** `linkpulse boards [NAME] [--wiring FILE] [--json]` */
export async function listBoards(given: Given): Promise<number> {
  const catalogue = await loadCatalogue(given.text('board-file'))
  const name = given.operands[0]
  const path = given.text('wiring')
  if (path === undefined) refuseLook(given, 'add --wiring FILE.svg')
  if (path !== undefined) return drawWiring(given, path, name === undefined ? undefined : pickBoard(catalogue, name))
  if (name !== undefined) {
    const board = pickBoard(catalogue, name)
    if (given.has('json')) printJson(boardDocument(board))
    else print(describe(board))
    return 0
  }
  const all = [...catalogue.values()]
  if (given.has('json')) printJson(all.map(boardDocument))
  else print(table(all.map((board) => [board.name, tellDrawn(board.title), board.controller.part])))
  return 0
}

function drawWiring(given: Given, path: string, board: BoardDefinition | undefined): number {
  if (board === undefined)
    throw new UsageError('--wiring draws one board: name it, as in `linkpulse boards uno --wiring uno.svg`')
  if (given.has('json'))
    throw new UsageError('--wiring draws a picture, and --json prints a document: give one of them')
  const drawing = drawnSvg(wiringDiagram(board, givenLook(given), tellDrawn))
  if (path === '-') {
    print(drawing)
    return 0
  }
  if (!path.endsWith('.svg'))
    throw new UsageError(`--wiring takes a file that ends in .svg, or - for standard output, not ${path}`)
  const out = new Outputs(given).file('wiring')
  out?.write(drawing)
  out?.close()
  tell(`the wiring of ${board.title} is drawn in ${path}\n`)
  return 0
}

function describe(board: BoardDefinition): string {
  const { controller, chip, serial, network } = board
  const kibibytes = (octets: number): string => `${octets / 1024} KiB`
  const megahertz = (hertz: number): string => `${hertz / 1e6} MHz`
  const facts = table([
    ['  controller', `${controller.part}, ${megahertz(controller.clock)}, ${controller.level} V logic`],
    ['  memory', `${kibibytes(controller.flash)} flash, ${kibibytes(controller.ram)} RAM`],
    ['  Ethernet chip', `ENC28J60 ${chip.revision}, SPI at ${megahertz(chip.spiClock)}, 3.3 V`],
    ['  supply', `${chip.supply} mA at the board’s own 3.3 V pin; the chip takes up to ${CHIP_CURRENT} mA`],
    ['  serial', `${serial.baud} baud (${LOWEST_BAUD} to ${serial.highestBaud}), ${serial.bridge}`],
    ['  flashing', `${board.flash.method} at ${board.flash.baud} baud: linkpulse flash ${board.name} PORT`],
    ['  address', `${network.address}, station ${network.station}`],
    [
      '  targets',
      board.modes.map((mode) => (mode === 'serial' ? 'a serial port' : `${mode}:${board.name}`)).join(', '),
    ],
  ])
  const wires = wiresOf(board)
  const wiring = table([
    ['  wire', 'board', '', 'chip', '', ''],
    ...wires.map((wire) => [`  ${wire.signal}`, boardEnd(wire), arrow(wire), chipEnd(wire), wire.remark]),
  ])
  const notes = wiringNotes(board).map((note) => wordWrap(note, 116).join('\n    '))
  return [
    `${board.name}: ${board.title}\n`,
    facts,
    `Wiring (--wiring FILE.svg draws it)\n`,
    wiring,
    `${notes.map((note) => `  * ${note}`).join('\n')}\n`,
  ].join('\n')
}

function boardEnd({ board, port }: JumperWire): string {
  if (board === undefined) return '-'
  return port === undefined ? board : `${board} (${port})`
}

function chipEnd({ module, chipPin }: JumperWire): string {
  return chipPin === undefined ? module : `${module} (pin ${chipPin})`
}

/** Characters of a wire in the table. */
const WIRE = 22
/** What stands in a wire, as it is called there. */
const PARTS = { buffer: 'buffer', regulator: '3.3 V regulator' } as const
const OWN_SUPPLY = '3.3 V supply'

/** The wire, with what stands in it: where it is not drawn, somebody leaves it out. */
function arrow({ signal, board, towards, through }: JumperWire): string {
  if (board === undefined && through === undefined) return ''
  const part = through === 'regulator' && board === undefined ? OWN_SUPPLY : through && PARTS[through]
  const label = part === undefined ? '' : ` ${part} `
  const before = Math.ceil((WIRE - label.length) / 2)
  const line = `${'─'.repeat(before)}${label}`.padEnd(WIRE, '─')
  if (signal === 'GND') return line
  return towards === 'chip' ? `${line.slice(1)}►` : `◄${line.slice(1)}`
}
