/** The bench of a check with an emulated board on it: the same partner, cable and faults as around a model. */
import type { BoardDefinition } from '../catalogue/definition.js'
import type { Bench } from '../faults/bench.js'
import type { BenchOptions } from '../faults/create-bench.js'
import { type BrokenBoard, createBenchWith } from '../faults/create-bench.js'
import type { Lab } from '../lab.js'
import type { AvrBoardOptions } from './avr-board.js'
import { AvrBoard } from './avr-board.js'

export type AvrBenchOptions = BenchOptions & Pick<AvrBoardOptions, 'image' | 'bootLoader' | 'pins'>

/** The part this emulator is. */
const PART = 'ATmega328P'

/** @throws RangeError when the board has another controller: only this one is emulated. */
function requireAvr(definition: BoardDefinition): void {
  if (definition.controller.part !== PART) {
    throw new RangeError(
      `${definition.name} has ${/^[AEIOU]/i.test(definition.controller.part) ? 'an' : 'a'} ${definition.controller.part}, and only the ${PART} is emulated; use a board that has one (uno, nano)`,
    )
  }
}

/**
 * Builds the bench, breaks what is to be broken, and switches the board on.
 * @throws RangeError for a board, a fault or an image that does not fit.
 */
export function createAvrBench(options: AvrBenchOptions): Bench<AvrBoard> {
  const { image, bootLoader, pins } = options
  const make = (lab: Lab, definition: BoardDefinition, broken: BrokenBoard): AvrBoard => {
    requireAvr(definition)
    const { spiClock, ...chip } = broken
    if (spiClock !== undefined) {
      throw new RangeError(
        'on an emulated board the firmware chooses the SPI clock; use this fault with a model: target',
      )
    }
    return new AvrBoard({
      clock: lab.clock,
      random: lab.random.fork(`board ${definition.name}`),
      definition,
      ...(image === undefined ? {} : { image }),
      ...(bootLoader === undefined ? {} : { bootLoader }),
      ...(pins === undefined ? {} : { pins }),
      ...chip,
    })
  }
  return createBenchWith(options, make, 'avr')
}
