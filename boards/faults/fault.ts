/**
 * A fault: something physical that is broken, the name it goes by, and what a person would see of it. It is a family: how
 * much, where or how often are its parameters, and a name alone means each at its default.
 */
import type { BoardDefinition, BoardMode } from '../catalogue/definition.js'
import type { CableMake } from '../ethernet/cable.js'
import type { LabHostOptions } from '../lab-host-options.js'
import type { SimulatedBoardOptions } from '../model/board.js'
import type { Bench } from './bench.js'
import type {
  ChoiceParameter,
  DeclaredParameters,
  FaultParameter,
  ParameterValue,
  QuantityParameter,
} from './parameter.js'

/** Where it sits: the order is the one in which a person meets them, from the plug in the hand to the partner far away. */
export const FAULT_LAYERS = ['computer', 'supply', 'serial', 'wiring', 'chip', 'cable', 'partner', 'timing'] as const
export type FaultLayer = (typeof FAULT_LAYERS)[number]

/** Who is to be mended: the answer that a person needs first. */
export const FAULT_SIDES = ['board', 'chip', 'wire', 'partner', 'computer'] as const
export type FaultSide = (typeof FAULT_SIDES)[number]

/** Who executes the firmware of a board that something can be broken on. */
export type BreakableMode = Exclude<BoardMode, 'serial'>

/** What is broken on a bench. */
export interface Breakage {
  /** What the board is built with. */
  readonly board?: Pick<SimulatedBoardOptions, 'revision' | 'errata' | 'crystal' | 'defects' | 'ledbStrap' | 'spiClock'>
  /** What the partner is built with. */
  readonly peer?: Partial<
    Pick<LabHostOptions, 'duplex' | 'jack' | 'only100' | 'silent' | 'correctsPolarity' | 'mac' | 'address'>
  >
  /** What the cable is made of. */
  readonly cable?: CableMake
  /** It moves the plug at the partner, as only one of all that is broken can. */
  readonly movesPlug?: true
  /** Breaks it, on a bench where the board has no supply yet. */
  readonly apply?: (bench: Bench) => void
}

/** Of each parameter its value, by name. */
export type FaultValues = Readonly<Record<string, ParameterValue>>

interface FaultWords<Name extends string> {
  /** As on the command line, and as a diagnosis names its cause. */
  readonly name: Name
  readonly layer: FaultLayer
  readonly side: FaultSide
  readonly title: string
  /** What a person would see who does not know of it. */
  readonly symptom: string
  /** Boards it can happen to; left out: all. */
  readonly boards?: readonly string[]
  /** Ways of simulating a board in which it can be meant; left out: all. */
  readonly modes?: readonly BreakableMode[]
  /** However much of it there is, no ping is lost or late: worth knowing, and no harm to a driver like ours. */
  readonly harmless?: true
}

export interface Fault<Name extends string = string, Parameter extends string = string> extends FaultWords<Name> {
  /** The first may be told without its name. */
  readonly parameters: readonly FaultParameter<Parameter>[]
  /** Why values that are each in their range break nothing on this board; undefined where they break it. */
  readonly refuse?: (values: FaultValues, definition: BoardDefinition) => string | undefined
  /** @param values of all parameters, as `settleFault` has made sure */
  readonly breaks: (values: FaultValues, definition: BoardDefinition) => Breakage
}

type ValuesOf<Parameters> = {
  readonly [Name in keyof Parameters]: Parameters[Name] extends ChoiceParameter<infer Choice>
    ? Choice
    : Parameters[Name] extends QuantityParameter
      ? number
      : ParameterValue
}

interface Declared<Name extends string, Parameters> extends FaultWords<Name> {
  readonly parameters?: Parameters
  refuse?(values: ValuesOf<Parameters>, definition: BoardDefinition): string | undefined
  breaks(values: ValuesOf<Parameters>, definition: BoardDefinition): Breakage
}

/** Whether it can be meant on a board whose firmware is executed so. */
export function happensIn({ modes }: Pick<Fault, 'modes'>, mode: BreakableMode): boolean {
  return modes?.includes(mode) ?? true
}

/** Declares a family: what breaks it is given values of the types that its parameters have. */
export function faultFamily<
  const Name extends string,
  const Parameters extends DeclaredParameters = Record<never, never>,
>({ parameters, refuse, breaks, ...words }: Declared<Name, Parameters>): Fault<Name, keyof Parameters & string> {
  // What is settled has a value for each parameter, of its type: `settle.ts` lets no other through.
  const typed = (values: FaultValues) => values as ValuesOf<Parameters>
  return {
    ...words,
    parameters: Object.entries(parameters ?? {}).map(([name, parameter]) => ({
      name: name as keyof Parameters & string,
      ...parameter,
    })),
    ...(refuse === undefined ? {} : { refuse: (values, definition) => refuse(typed(values), definition) }),
    breaks: (values, definition) => breaks(typed(values), definition),
  }
}
