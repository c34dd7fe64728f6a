/** The boards we know, each checked as a board file would be. */
import type { BoardDefinition } from './definition.js'
import { mega2560 } from './mega2560.js'
import { nano } from './nano.js'
import { validateBoard } from './parse.js'
import { promini } from './promini.js'
import { uno } from './uno.js'

/** By name, in the order in which a list shows them. */
export const BOARDS: ReadonlyMap<string, BoardDefinition> = new Map(
  [uno, nano, mega2560, promini].map((board) => [board.name, validateBoard(board, `the catalogue's ${board.name}`)]),
)

/** @throws RangeError that names the boards there are. */
export function findBoard(name: string): BoardDefinition {
  const board = BOARDS.get(name)
  if (board === undefined)
    throw new RangeError(`there is no board "${name}"; known are ${[...BOARDS.keys()].join(', ')}`)
  return board
}
