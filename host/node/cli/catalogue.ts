/** The boards a command knows: those of the catalogue, and one from a file. */
import { BOARDS } from '../../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { BoardFileError, parseBoard } from '../../../boards/catalogue/parse.js'
import { UsageError } from '../../errors/errors.js'
import { BOARD_FILE_INPUT, readTextFile } from '../files/input.js'
import { interruptible } from './interruption.js'

export type Catalogue = ReadonlyMap<string, BoardDefinition>

/** @throws UsageError when the file cannot be read or does not describe a board, saying where and what to write instead. */
export async function loadCatalogue(boardFile: string | undefined): Promise<Catalogue> {
  if (boardFile === undefined) return BOARDS
  const text = await interruptible((signal) => readTextFile(boardFile, BOARD_FILE_INPUT, signal))
  try {
    const board = parseBoard(text, boardFile)
    return new Map([...BOARDS, [board.name, board]])
  } catch (error) {
    if (error instanceof BoardFileError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
