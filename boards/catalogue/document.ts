/** A board as the file that describes it. */
import type * as v from 'valibot'
import { documentHead, type PublishedDocument } from '../schema/published.js'
import type { BoardDefinition } from './definition.js'
import { type BOARD_FILE_SCHEMA, BOARD_FILE_VERSION } from './schema.js'

/** The document that `parseBoard` reads back: an editor finds its schema, and with it what each field takes. */
export function boardDocument(board: BoardDefinition): PublishedDocument & v.InferOutput<typeof BOARD_FILE_SCHEMA> {
  return { ...documentHead('board', BOARD_FILE_VERSION), ...board, modes: [...board.modes] }
}
