/**
 * For the inner loops of tests, a hundred thousand rounds and more: an `expect` takes some ten microseconds even where it holds, and this nothing.
 * @throws Error with what is said, where it does not hold
 */
export function ensure(holds: boolean, said: () => string): void {
  if (!holds) throw new Error(said())
}
