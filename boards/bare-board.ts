/**
 * A board without its controller: supply, chip, wires and jack. Whoever is in the controller's place drives the wires: a driver that runs
 * somewhere else.
 */
import type { BoardDefinition } from './catalogue/definition.js'
import { ChipBoard, type ChipBoardOptions } from './chip-board.js'
import type { Bench } from './faults/bench.js'
import { type BenchOptions, createBenchWith } from './faults/create-bench.js'
import { settleFault } from './faults/settle.js'
import { UartLine } from './rs232/uart-line.js'

export class BareBoard extends ChipBoard {
  /** Where the controller would be, at end b, nobody is: the line rests. */
  readonly uart: UartLine

  constructor(options: ChipBoardOptions) {
    super(options)
    const { clock, random, definition } = options
    this.uart = new UartLine({ clock, random: random.fork('line'), baud: definition.serial.baud })
  }

  // What would happen to a controller happens to nobody here.
  protected startController(): void {}
  protected stopController(): void {}
  protected brownOut(): void {}
  setResetPin(): void {}
  hang(): void {}
  restart(): void {}
}

/**
 * A bench with such a board: the same partner, cable and faults as around a model. Nobody but who drives the wires does anything on it.
 * @throws RangeError for a board or a fault that does not exist, and for a fault of what is not there
 */
export function createBareBench(options: BenchOptions & { readonly board: BoardDefinition }): Bench<BareBoard> {
  for (const text of options.faults ?? []) refuseFault(text, options.board)
  return createBenchWith(
    options,
    (lab, definition, broken) =>
      new BareBoard({ clock: lab.clock, random: lab.random.fork(`board ${definition.name}`), definition, ...broken }),
  )
}

/** @throws RangeError for what a controller's firmware does wrong, and for what happens on its serial line */
function refuseFault(text: string, definition: BoardDefinition): void {
  const { layer, modes, name } = settleFault(text, definition, 'model').fault
  const isOfController = layer === 'computer' || layer === 'serial' || modes?.includes('avr') === false
  if (isOfController)
    throw new RangeError(
      `${name} is a fault of the controller or its serial line, and here the client is in their place; take one of the supply, the wires, the chip, the cable or the partner`,
    )
}
