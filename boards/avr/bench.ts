/** The bench of a check with an emulated board on it: the same partner, cable and faults as around a model. */
import type { BoardDefinition } from '../catalogue/definition.js'
import type { Bench } from '../faults/bench.js'
import type { BenchOptions } from '../faults/create-bench.js'
import { type BrokenBoard, createBenchWith } from '../faults/create-bench.js'
import type { Lab } from '../lab.js'
import type { AvrBoardOptions } from './avr-board.js'
import { AvrBoard } from './avr-board.js'
import { emulatedPart } from './parts/parts.js'

export type AvrBenchOptions = BenchOptions & Pick<AvrBoardOptions, 'image' | 'bootLoader' | 'pins'>

/**
 * Builds the bench, breaks what is to be broken, and switches the board on.
 * @throws RangeError for a board, a fault or an image that does not fit.
 */
export function createAvrBench(options: AvrBenchOptions): Bench<AvrBoard> {
  const { image, bootLoader, pins } = options
  const make = (lab: Lab, definition: BoardDefinition, broken: BrokenBoard): AvrBoard => {
    emulatedPart(definition) // another controller is refused before anything else is
    return new AvrBoard({
      clock: lab.clock,
      random: lab.random.fork(`board ${definition.name}`),
      definition,
      ...(image === undefined ? {} : { image }),
      ...(bootLoader === undefined ? {} : { bootLoader }),
      ...(pins === undefined ? {} : { pins }),
      ...chipOf(broken),
    })
  }
  return createBenchWith(options, make, 'avr')
}

/** What faults ask an emulated board to be built with. @throws RangeError for what its firmware decides */
export function chipOf({ spiClock, ...chip }: BrokenBoard): Omit<BrokenBoard, 'spiClock'> {
  if (spiClock !== undefined) {
    throw new RangeError('on an emulated board the firmware chooses the SPI clock; use this fault with a model: target')
  }
  return chip
}
