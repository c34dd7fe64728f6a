/** `check --through BOX`: a hub, a repeater or a switch between the board and its partner. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { BOX_KINDS, type BoxKind, putBetween } from '../../../boards/faults/between.js'
import { settleFault } from '../../../boards/faults/settle.js'
import { suggestion } from '../../../boards/nearest.js'
import { UsageError } from '../../errors/errors.js'
import { openBench } from '../../target/simulated-target.js'
import type { SimulatedBackend, Target } from '../../target/target.js'
import { benchOf } from '../serial/firmware.js'
import type { TargetOptions } from '../serial/open-target.js'
import type { Arguments } from './arguments.js'

/** @throws UsageError for an invalid box, or with what goes on without one only. */
export function boxOf(given: Arguments, faults: readonly string[], board: BoardDefinition): BoxKind | undefined {
  const text = given.text('through')
  if (text === undefined) return undefined
  const kind = BOX_KINDS.find((each) => each === text)
  if (kind === undefined) {
    throw new UsageError(`--through takes ${BOX_KINDS.join(', ')}, not "${text}"${suggestion(text, BOX_KINDS)}`)
  }
  if (given.has('over-pty')) throw new UsageError('--through and --over-pty do not go together; leave one of them out')
  const moving = faults.map((text) => settleFault(text, board)).find(({ breakage }) => breakage.movesPlug)
  if (moving !== undefined) {
    throw new UsageError(`${moving.fault.name} moves the plug at the partner itself; leave --through out`)
  }
  return kind
}

/** @throws UsageError, TargetError as `openTarget` */
export async function openThrough(
  name: string,
  backend: SimulatedBackend,
  board: BoardDefinition,
  options: TargetOptions,
  kind: BoxKind,
): Promise<Target> {
  const bench = await benchOf(board, options, backend)
  putBetween(bench, kind)
  const target = openBench(name, bench, backend, options)
  return options.around?.(target) ?? target
}
