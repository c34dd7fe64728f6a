import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import { suggestion } from '../../boards/nearest.js'
import { UsageError } from '../errors/errors.js'

/** A board by its name, of those that somebody may choose from. @throws UsageError naming the boards there are. */
export function pickBoard(catalogue: ReadonlyMap<string, BoardDefinition>, name: string): BoardDefinition {
  const board = catalogue.get(name)
  if (board !== undefined) return board
  const names = [...catalogue.keys()]
  throw new UsageError(`there is no board "${name}"${suggestion(name, names)} (boards: ${names.join(', ')})`)
}
