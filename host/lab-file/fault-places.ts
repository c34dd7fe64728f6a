/** Faults of a lab: where each sits, and the bench as it sees it from there. */
import { findBoard } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { ChipBoard } from '../../boards/chip-board.js'
import type { Cable } from '../../boards/ethernet/cable.js'
import type { Bench } from '../../boards/faults/bench.js'
import type { FaultLayer } from '../../boards/faults/fault.js'
import { faultName, faultNamed, type SettledFault, settleFault } from '../../boards/faults/settle.js'
import type { Lab } from '../../boards/lab.js'
import type { LabHost } from '../../boards/lab-host.js'
import type { SchemaPath, SchemaProblem } from '../../boards/schema/problems.js'
import type { JackPlace, LabPlan, PlannedCable } from './plan.js'
import type { LabDefinition } from './schema.js'

export type FaultHolder = 'board' | 'host' | 'cable'

/** A fault of the file, and whom it is about: what is undefined is not at its cable. */
export interface PlacedFault {
  readonly settled: SettledFault
  readonly path: SchemaPath
  readonly board: string | undefined
  readonly host: string | undefined
  readonly cable: string | undefined
}

function holderOf(layer: FaultLayer): FaultHolder {
  if (layer === 'cable') return 'cable'
  return layer === 'partner' ? 'host' : 'board'
}

const BELONGS: Readonly<Record<FaultHolder, string>> = {
  board: 'it is of a board: write it under `faults` of the board',
  host: 'it is of the partner at the other end: write it under `faults` of a host',
  cable: 'it is of a cable: write it under `faults` of the cable',
}

/** Faults of every board, host and cable of a definition. */
export function faultsIn(definition: LabDefinition, plan: LabPlan, problems: SchemaProblem[]): PlacedFault[] {
  const placed: PlacedFault[] = []
  const each = (holder: FaultHolder, name: string, path: SchemaPath, faults: readonly string[] = []) => {
    for (const [i, text] of faults.entries()) {
      const at = [...path, 'faults', i]
      const found = placeFault(plan, holder, name, text, at, problems)
      if (found !== undefined) placed.push(found)
    }
  }
  for (const [name, { faults }] of Object.entries(definition.boards ?? {}))
    each('board', name, ['boards', name], faults)
  for (const [name, { faults }] of Object.entries(definition.hosts ?? {})) each('host', name, ['hosts', name], faults)
  for (const { name, entry, path } of plan.cables) each('cable', name, path, entry.faults)
  return placed
}

/** @returns the fault as it sits there; undefined where it cannot, which is then among the problems */
export function placeFault(
  plan: LabPlan,
  holder: FaultHolder,
  name: string,
  text: string,
  path: SchemaPath,
  problems: SchemaProblem[],
): PlacedFault | undefined {
  const about = surroundings(plan, holder, name)
  const planned = about.board === undefined ? undefined : plan.boards.get(about.board)
  // Without a board: what is broken on a cable or a host asks a board for no more than its usual addresses.
  const definition: BoardDefinition = planned?.definition ?? findBoard('uno')
  try {
    const { layer } = faultNamed(faultName(text))
    const right = holderOf(layer)
    if (right !== holder) {
      problems.push({ path, problem: `${faultName(text)} does not belong here: ${BELONGS[right]}` })
      return undefined
    }
    const settled = settleFault(text, definition, planned?.mode)
    const missing = missingFor(settled, about)
    if (missing === undefined) return { settled, path, ...about }
    problems.push({ path, problem: `the fault ${settled.fault.name} needs ${missing}` })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    problems.push({ path, problem: error.message })
  }
  return undefined
}

function missingFor(
  { breakage }: SettledFault,
  { board, host, cable }: Omit<PlacedFault, 'settled' | 'path'>,
): string | undefined {
  if (breakage.board !== undefined && board === undefined) return 'a board at one end of the cable'
  if ((breakage.peer !== undefined || breakage.movesPlug) && (host === undefined || board === undefined))
    return 'a cable from a board straight to a host'
  if (breakage.cable !== undefined && cable === undefined) return 'a cable'
  return undefined
}

function surroundings(plan: LabPlan, holder: FaultHolder, name: string): Omit<PlacedFault, 'settled' | 'path'> {
  const cable = plan.cables.find((each) =>
    holder === 'cable' ? each.name === name : each.ends.some((end) => end?.owner === name && end.port === 0),
  )
  const at = (kind: JackPlace['kind']) => cable?.ends.find((end) => end?.kind === kind && end.port === 0)?.owner
  return {
    board: holder === 'board' ? name : at('board'),
    host: holder === 'host' ? name : at('host'),
    cable: cable?.name,
  }
}

/** The board is at end a, as on every bench; without one the ends are as the file has them. */
export function boardFirst({ ends: [a, b] }: PlannedCable): readonly [JackPlace | undefined, JackPlace | undefined] {
  return b?.kind === 'board' && a?.kind !== 'board' ? [b, a] : [a, b]
}

/** The part of a lab around a fault, as a bench: what is not there is refused when it is asked for. */
export class LabBench implements Bench {
  readonly lab: Lab
  readonly #fault: string
  readonly #board: ChipBoard | undefined
  readonly #peer: LabHost | undefined
  readonly #cable: Cable | undefined

  constructor(
    lab: Lab,
    fault: string,
    board: ChipBoard | undefined,
    peer: LabHost | undefined,
    cable: Cable | undefined,
  ) {
    this.lab = lab
    this.#fault = fault
    this.#board = board
    this.#peer = peer
    this.#cable = cable
  }

  get board(): ChipBoard {
    return this.#board ?? this.#refuse('a board at one end of the cable')
  }

  get peer(): LabHost {
    return this.#peer ?? this.#refuse('a host at one end of the cable')
  }

  get cable(): Cable {
    return this.#cable ?? this.#refuse('a cable')
  }

  #refuse(what: string): never {
    throw new RangeError(`the fault ${this.#fault} needs ${what}`)
  }
}
