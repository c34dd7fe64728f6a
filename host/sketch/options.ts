/** What `addSketch` and `addBench` take, each option with its rule. */
import { arduinoPinNumber, slaveSelectPin } from '../../boards/avr/arduino-pins.js'
import type { AvrBoardOptions } from '../../boards/avr/avr-board.js'
import { emulatedPart } from '../../boards/avr/parts/parts.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { ChipDefects } from '../../boards/chips/enc28j60/enc28j60.js'
import { type ErratumName, errataNames, erratumNamed } from '../../boards/chips/enc28j60/errata.js'
import { BOARD, BOARD_OPTIONS } from '../../boards/lab-options.js'
import type { AddHostOptions } from '../../boards/lab-settings.js'
import { listOf, number, type OptionRule, object, type RulesFor } from '../../boards/options.js'
import type { SiliconRevision } from '../../firmware/enc28j60/registers.js'
import { printable } from '../../firmware/text/printable.js'

export interface SketchOptions {
  /** Whose controller: a board of the catalogue, or what `parseBoard` read; `'uno'` by default. */
  readonly board?: string | BoardDefinition
  /** In captures and messages; the board's name by default. */
  readonly name?: string
  /** The chip's CS, in Arduino's numbering (`10`, `'D10'`, `'A0'`); SS by default, which is 10 on an Uno. */
  readonly cs?: number | string
  /** The chip's INT; 2 by default. */
  readonly int?: number | string
  /** The chip's RESET; by default its pull-up only. */
  readonly reset?: number | string
  /** Errata of the chip, by name or by item of the errata sheet, on or off: `{ transmitStall: false, 14: false }`. */
  readonly errata?: Readonly<Record<string, boolean>>
  readonly revision?: SiliconRevision
  /** False: the chip's crystal is not there. */
  readonly crystal?: boolean
  /** What is damaged inside the chip. */
  readonly defects?: ChipDefects
  /** Symbols a second at the far end of the serial line; by default whatever the sketch uses. */
  readonly baud?: number
  /** Leaves the board's supply off; on by default. */
  readonly powered?: boolean
}

export interface SketchBenchOptions extends Omit<SketchOptions, 'powered'> {
  /** What is broken, as on the command line: `miso-open`, `cable-noise:0.32V`. */
  readonly faults?: readonly string[]
  /** Metres from the sketch to its partner; 5 by default. A fault that asks for another length has it. */
  readonly cableLength?: number
  /** What the partner has beside the address that the board's gateway has. */
  readonly peer?: Partial<AddHostOptions>
}

const PIN: OptionRule = {
  holds: (value) => typeof value === 'number' || typeof value === 'string',
  remedy: "give a pin in Arduino's numbering, as 10, 'D10' or 'A0'",
}

export const SKETCH_OPTIONS: RulesFor<SketchOptions> = {
  board: BOARD,
  name: BOARD_OPTIONS.name,
  cs: PIN,
  int: PIN,
  reset: PIN,
  errata: object('give errata by name or item, on or off, as { transmitStall: false, 14: false }'),
  revision: BOARD_OPTIONS.revision,
  crystal: BOARD_OPTIONS.crystal,
  defects: BOARD_OPTIONS.defects,
  baud: number('give symbols a second, as 9600'),
  powered: BOARD_OPTIONS.powered,
}

const { powered: _, ...BUILT } = SKETCH_OPTIONS
export const SKETCH_BENCH_OPTIONS: RulesFor<SketchBenchOptions> = {
  ...BUILT,
  faults: listOf((name) => typeof name === 'string', "give a list of faults by name, as ['miso-open']"),
  cableLength: number('give metres, 0 to 10000'),
  peer: object("give what the partner has, as { services: ['http'] }"),
}

const DEFAULT_INT = 2

/**
 * What a sketch's board is built with, without what the lab gives it.
 * @throws RangeError for a board, a pin or an erratum that there is not
 */
export function boardOptions(options: SketchOptions): Pick<AvrBoardOptions, 'definition' | 'pins' | 'errata'> {
  const { board = 'uno', cs, int, reset, errata } = options
  const definition = typeof board === 'string' ? findBoard(board) : board
  const part = emulatedPart(definition)
  const pin = (given: number | string) => arduinoPinNumber(part, given)
  return {
    definition,
    pins: {
      cs: cs === undefined ? slaveSelectPin(part) : pin(cs),
      int: pin(int ?? DEFAULT_INT),
      reset: reset === undefined ? undefined : pin(reset),
    },
    ...(errata === undefined ? {} : { errata: errataOf(errata) }),
  }
}

/** @throws RangeError for an erratum that there is not, and for a value that is neither true nor false */
function errataOf(given: Readonly<Record<string, boolean>>): Partial<Record<ErratumName, boolean>> {
  const errata: Partial<Record<ErratumName, boolean>> = {}
  for (const [name, on] of Object.entries(given)) {
    const found = erratumNamed(name)
    if (found === undefined)
      throw new RangeError(`there is no erratum "${printable(name)}"; there are ${errataNames()}`)
    if (typeof on !== 'boolean')
      throw new RangeError(`the erratum ${name} is true or false, not ${printable(String(on))}`)
    errata[found] = on
  }
  return errata
}
