import type { BoardDefinition } from '../../../../boards/catalogue/definition.js'
import { boardDocument } from '../../../../boards/catalogue/document.js'
import { CHIP_CURRENT, type JumperWire, wiresOf, wiringNotes } from '../../../../boards/catalogue/wiring.js'
import { LOWEST_BAUD } from '../../../../firmware/serial-link/board-link.js'
import { UsageError } from '../../../errors/errors.js'
import { wiringDiagram } from '../../../physical/wiring-diagram.js'
import { pickBoard } from '../../../target/pick-board.js'
import { columnsOf } from '../../../text/columns.js'
import { keyed, type SentenceKey } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { table } from '../../../text/table.js'
import { wordWrap } from '../../../text/word-wrap.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue } from '../catalogue.js'
import { drawnSvg, tellDrawn } from '../drawings.js'
import { Outputs } from '../outputs.js'
import { givenLook, refuseLook } from '../picture-file.js'
import { printJson } from '../print-json.js'
import { print, tell } from '../say.js'
import { WORDS } from '../words.js'
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
  tell(`the wiring of ${tellDrawn(board.title)} is drawn in ${path}\n`)
  return 0
}

const told = <K extends SentenceKey>(...sentence: Parameters<typeof keyed<K>>): string => say(WORDS, keyed(...sentence))

function describe(board: BoardDefinition): string {
  const { name, controller, chip, serial, network, flash } = board
  const kibibytes = (octets: number): string => `${octets / 1024} KiB`
  const megahertz = (hertz: number): string => `${hertz / 1e6} MHz`
  const { part, level: volts } = controller
  const targets = board.modes.map((mode) => (mode === 'serial' ? told('board-sheet.serial-port') : `${mode}:${name}`))
  const facts = [
    [
      told('board-sheet.controller'),
      told('board-sheet.controller-is', { part, clock: megahertz(controller.clock), volts }),
    ],
    [
      told('board-sheet.memory'),
      told('board-sheet.memory-is', { flash: kibibytes(controller.flash), ram: kibibytes(controller.ram) }),
    ],
    [
      told('board-sheet.chip'),
      told('board-sheet.chip-is', { revision: chip.revision, clock: megahertz(chip.spiClock) }),
    ],
    [told('board-sheet.supply'), told('board-sheet.supply-is', { supply: chip.supply, most: CHIP_CURRENT })],
    [
      told('board-sheet.serial'),
      told('board-sheet.serial-is', {
        baud: serial.baud,
        lowest: LOWEST_BAUD,
        highest: serial.highestBaud,
        bridge: tellDrawn(serial.bridge),
      }),
    ],
    [told('board-sheet.flashing'), told('board-sheet.flashing-is', { method: flash.method, baud: flash.baud, name })],
    [
      told('board-sheet.address'),
      told('board-sheet.address-is', { address: network.address, station: network.station }),
    ],
    [told('board-sheet.targets'), targets.join(', ')],
  ]
  const heads = [told('board-sheet.wire'), told('board-sheet.board'), '', told('board-sheet.chip-end'), '', '']
  const wires = wiresOf(board).map((wire) => [
    wire.signal,
    boardEnd(wire),
    arrow(wire),
    chipEnd(wire),
    tellDrawn(wire.remark),
  ])
  const indented = (rows: readonly (readonly string[])[]) =>
    table(rows.map(([first, ...rest]) => [`  ${first}`, ...rest]))
  const notes = wiringNotes(board).map((note) => wordWrap(tellDrawn(note), 116).join('\n    '))
  return [
    `${told('board-sheet.title', { name, title: tellDrawn(board.title) })}\n`,
    indented(facts),
    `${told('board-sheet.wiring')}\n`,
    indented([heads, ...wires]),
    `${notes.map((note) => `  * ${note}`).join('\n')}\n`,
  ].join('\n')
}

function boardEnd({ board, port }: JumperWire): string {
  if (board === undefined) return '-'
  return port === undefined ? board : `${board} (${port})`
}

function chipEnd({ module, chipPin }: JumperWire): string {
  return chipPin === undefined ? module : told('board-sheet.pin', { module, pin: chipPin })
}

/** Columns of a wire in the table. */
const WIRE = 22

/** The wire, with what stands in it: where it is not drawn, somebody leaves it out. */
function arrow({ signal, board, towards, through }: JumperWire): string {
  if (board === undefined && through === undefined) return ''
  const part =
    through === undefined
      ? undefined
      : told(through === 'regulator' && board === undefined ? 'board-sheet.own-supply' : `board-sheet.${through}`)
  const label = part === undefined ? '' : ` ${part} `
  const left = WIRE - columnsOf(label)
  const before = Math.ceil(left / 2)
  const line = `${'─'.repeat(before)}${label}${'─'.repeat(left - before)}`
  if (signal === 'GND') return line
  return towards === 'chip' ? `${line.slice(1)}►` : `◄${line.slice(1)}`
}
