import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Arguments } from '../arguments.js'
import { loadCatalogue, pickBoard } from '../catalogue.js'
import { table } from '../table.js'

/** `linkpulse boards [NAME] [--json]` */
export async function boards(given: Arguments): Promise<number> {
  const catalogue = loadCatalogue(given.text('board-file'))
  const name = given.operands[0]
  if (name !== undefined) {
    const board = pickBoard(catalogue, name)
    process.stdout.write(given.has('json') ? `${JSON.stringify(board, null, 2)}\n` : describe(board))
    return 0
  }
  const all = [...catalogue.values()]
  if (given.has('json')) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`)
  else process.stdout.write(table(all.map((board) => [board.name, board.title, board.controller.part])))
  return 0
}

function describe(board: BoardDefinition): string {
  const { controller, chip, serial, network } = board
  const kibibytes = (octets: number): string => `${octets / 1024} KiB`
  const megahertz = (hertz: number): string => `${hertz / 1e6} MHz`
  const wires = Object.entries(chip.pins).map(([pin, number]) => `${pin.toUpperCase()} to pin ${number}`)
  return `${board.name}: ${board.title}\n\n${table([
    ['  controller', `${controller.part}, ${megahertz(controller.clock)}, ${controller.level} V logic`],
    ['  memory', `${kibibytes(controller.flash)} flash, ${kibibytes(controller.ram)} RAM`],
    ['  Ethernet chip', `ENC28J60 ${chip.revision}, SPI at ${megahertz(chip.spiClock)}`],
    ['  wiring', wires.join(', ')],
    ['  supply', `${chip.supply} mA for the chip at 3.3 V`],
    ['  serial', `${serial.baud} baud (at most ${serial.highestBaud}), ${serial.bridge}`],
    ['  flashing', `${board.flash.method} at ${board.flash.baud} baud`],
    ['  address', `${network.address}, station ${network.station}`],
  ])}`
}
