/** What a message of somebody else's must look like before anything is done with it: small checks, put together. */

export type MessageCheck<T> = (value: unknown) => value is T
export type Checked<Shape> = { readonly [Name in keyof Shape]: Shape[Name] extends MessageCheck<infer T> ? T : never }

/** Code points at most. */
export function textUpTo(longest: number): MessageCheck<string> {
  return (value): value is string => typeof value === 'string' && value.length <= longest
}

export function wholeWithin(least: number, most: number): MessageCheck<number> {
  return (value): value is number => Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}

/** A finite number. */
export function numberWithin(least: number, most: number): MessageCheck<number> {
  return (value): value is number => typeof value === 'number' && value >= least && value <= most
}

export const yesOrNo: MessageCheck<boolean> = (value): value is boolean => typeof value === 'boolean'

export function oneOfThese<const T extends string>(...names: readonly T[]): MessageCheck<T> {
  return (value): value is T => names.some((name) => name === value)
}

export function manyOf<T>(each: MessageCheck<T>, most: number): MessageCheck<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.length <= most && value.every(each)
}

/** Counts by their reason, or names by a number: an object whose values are all such. */
export function tableOf<T>(each: MessageCheck<T>, most: number): MessageCheck<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.keys(value).length <= most && Object.values(value).every(each)
}

export function recordOf<Shape extends Readonly<Record<string, MessageCheck<unknown>>>>(
  shape: Shape,
): MessageCheck<Checked<Shape>> {
  return (value): value is Checked<Shape> =>
    isObject(value) && Object.entries(shape).every(([name, check]) => Object.hasOwn(value, name) && check(value[name]))
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
