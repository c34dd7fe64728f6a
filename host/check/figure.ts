/**
 * A figure is declared once: its unit, its limits, and the check that takes it. Checks measure it, rules and reports ask for it,
 * and languages name it, all by this one object: a figure that is renamed or gone does not compile.
 */

export interface Limits {
  readonly min?: number
  readonly max?: number
}

export interface Figure {
  /** Id of the check that takes it. */
  readonly check: string
  /** Among the figures of its check; languages name it by this. */
  readonly key: string
  /** SI symbol, `%`, or empty for a count or a register. */
  readonly unit: string
  /** Those that are the same in every run; others are given with the value. */
  readonly limits: Limits
  /** Registers are shown as the data sheet prints them, in so many hexadecimal digits (0083h). */
  readonly digits?: number
  /** A name of the data sheet, which is the same in every language. */
  readonly symbol?: string
  /** What tells it from others of its family; its name says it. */
  readonly of?: object
}

/** One that needs no words: the data sheet has named it. */
export interface SymbolFigure extends Figure {
  readonly symbol: string
}

type Spec = Pick<Figure, 'unit' | 'limits' | 'digits'>
type SymbolSpec = Spec & Pick<SymbolFigure, 'symbol'>

/** Figures that differ in something known only when they are taken. */
interface Family<Of extends object> {
  figure(check: string, key: string, of: Of): Figure
}

/** A number alone is the only right value. */
type GivenLimits = Limits | number

function limitsOf(given: GivenLimits): Limits {
  return typeof given === 'number' ? { min: given, max: given } : given
}

export function quantity(unit: string, limits: GivenLimits = {}): Spec {
  return { unit, limits: limitsOf(limits) }
}

export function count(limits: GivenLimits = {}): Spec {
  return quantity('', limits)
}

/** Of 8 bits with two digits, of 16 with four. */
export function hex(digits: 2 | 4, limits: GivenLimits = {}): Spec {
  return { ...count(limits), digits }
}

/** A register or a bit under its name in the data sheet. */
export function named(symbol: string, spec: Spec): SymbolSpec {
  return { ...spec, symbol }
}

/** @param spec what all of them have in common */
export function family<Of extends object>(spec: Spec): Family<Of> {
  return { figure: (check, key, of) => ({ ...spec, check, key, of }) }
}

type Declared<S> =
  S extends Family<infer Of>
    ? (of: Of) => Figure
    : S extends SymbolSpec
      ? SymbolFigure
      : S extends Spec
        ? Figure
        : never

/** The figures of checks, by the check's id and by key. */
export function declare<const T extends Readonly<Record<string, Readonly<Record<string, Spec | Family<never>>>>>>(
  checks: T,
): { readonly [C in keyof T]: { readonly [K in keyof T[C]]: Declared<T[C][K]> } } {
  const declared = Object.entries(checks).map(([check, specs]) => {
    const figures = Object.entries(specs).map(([key, spec]) => [
      key,
      'figure' in spec ? (of: never) => spec.figure(check, key, of) : { ...spec, check, key },
    ])
    return [check, Object.fromEntries(figures)]
  })
  return Object.fromEntries(declared)
}
