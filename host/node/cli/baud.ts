/** Rates of the serial link, held against what the board can do before anything is opened. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { HIGHEST_BAUD, LOWEST_BAUD } from '../../../firmware/serial-link/board-link.js'
import { UsageError } from '../../errors/errors.js'
import type { TargetSpecification } from '../../serial/specification.js'
import type { Arguments } from './arguments.js'

/**
 * @param board undefined where nobody knows yet which it is
 * @returns undefined when no rate was asked for
 * @throws UsageError for a rate that the serial link, or this board, does not have
 */
export function linkRate(given: Arguments, board: BoardDefinition | undefined): number | undefined {
  const text = given.text('baud')
  return text === undefined ? undefined : checkedRate('--baud', text, board)
}

function checkedRate(where: string, text: string, board: BoardDefinition | undefined): number {
  const highest = board?.serial.highestBaud ?? HIGHEST_BAUD
  const rate = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (rate >= LOWEST_BAUD && rate <= highest) return rate
  const who = board === undefined ? 'a board on the serial link' : `the board ${board.name}`
  throw new UsageError(`${where}: ${who} takes ${LOWEST_BAUD} to ${highest} symbols a second, not "${text}"`)
}

/** The rate for a target, named by --baud or in the target itself. A programmer that speaks serprog has limits of its own. */
export function rateOf(
  given: Arguments,
  specification: TargetSpecification,
  board: BoardDefinition | undefined,
): number | undefined {
  const port = specification.backend === 'serprog' ? specification.port : specification
  const named = 'baud' in port ? port.baud : undefined
  const isLink = specification.backend !== 'serprog'
  const rate = isLink ? linkRate(given, board) : given.whole('baud', 300, 4_000_000)
  if (isLink && named !== undefined) checkedRate('the rate of the target', `${named}`, board)
  if (rate !== undefined && named !== undefined && rate !== named)
    throw new UsageError(`the target names ${named} baud and --baud ${rate}: give one of them`)
  return rate
}
