/** Every fault there is, by name. */
import { CABLE_FAULTS } from './cable.js'
import { CHIP_FAULTS } from './chip.js'
import { FAULT_LAYERS, type Fault } from './fault.js'
import { PARTNER_FAULTS } from './partner.js'
import { SERIAL_FAULTS } from './serial.js'
import { SERIAL_WIRING_FAULTS } from './serial-wiring.js'
import { SUPPLY_FAULTS } from './supply.js'
import { TIMING_FAULTS } from './timing.js'
import { WIRING_FAULTS } from './wiring.js'

const ALL = [
  ...SUPPLY_FAULTS,
  ...SERIAL_FAULTS,
  ...SERIAL_WIRING_FAULTS,
  ...WIRING_FAULTS,
  ...CHIP_FAULTS,
  ...CABLE_FAULTS,
  ...PARTNER_FAULTS,
  ...TIMING_FAULTS,
] as const satisfies readonly Fault[]

export type FaultName = (typeof ALL)[number]['name']

/** By name, layer after layer. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  FAULT_LAYERS.flatMap((layer) => ALL.filter((fault) => fault.layer === layer)).map((fault): [string, Fault] => [
    fault.name,
    fault,
  ]),
)

/**
 * Looks a fault up for a board.
 * @throws RangeError that names the faults there are, or the boards that can have this one.
 */
export function findFault(name: string, board: string): Fault {
  const fault = FAULTS.get(name)
  if (fault === undefined)
    throw new RangeError(`there is no fault "${name}"; known are ${[...FAULTS.keys()].join(', ')}`)
  if (fault.boards !== undefined && !fault.boards.includes(board)) {
    throw new RangeError(`${name} cannot happen to ${board}, only to ${fault.boards.join(', ')}`)
  }
  return fault
}
