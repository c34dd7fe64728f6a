/** The boards a command knows: those of the catalogue, and one from a file. */
import { readFileSync } from 'node:fs'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { BoardFileError, parseBoard } from '../../boards/catalogue/parse.js'
import { UsageError } from '../serial/errors.js'
import { suggestion } from './nearest.js'

export type Catalogue = ReadonlyMap<string, BoardDefinition>

/** Larger than any board file: a wrong path to something huge is not read into memory. */
const LARGEST_FILE = 1 << 20

/** @throws UsageError when the file cannot be read or does not describe a board, saying where and what to write instead. */
export function loadCatalogue(boardFile: string | undefined): Catalogue {
  if (boardFile === undefined) return BOARDS
  let text: string
  try {
    text = readFileSync(boardFile, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a directory' : message
    throw new UsageError(`cannot read the board file ${boardFile}: ${reason}; give the path of a JSON file`)
  }
  if (text.length > LARGEST_FILE)
    throw new UsageError(`${boardFile} is ${text.length} characters long, which no board file is`)
  try {
    const board = parseBoard(text, boardFile)
    return new Map([...BOARDS, [board.name, board]])
  } catch (error) {
    if (error instanceof BoardFileError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

/** @throws UsageError naming the boards there are. */
export function pickBoard(catalogue: Catalogue, name: string): BoardDefinition {
  const board = catalogue.get(name)
  if (board !== undefined) return board
  const names = [...catalogue.keys()]
  throw new UsageError(`there is no board "${name}"${suggestion(name, names)} (boards: ${names.join(', ')})`)
}
