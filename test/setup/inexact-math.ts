/**
 * Finds arithmetic of which ECMA-262 leaves the last bit to the engine. What decides about a run has none of it: the same seed
 * gives the same run in every engine (docs/determinism.md).
 */
import { transformSync } from 'esbuild'

/** What the standard gives one exact value: IEEE 754 operations, integers, constants. Everything else on `Math` is approximated. */
const EXACT = new Set(
  `abs ceil clz32 floor fround imul max min round sign sqrt trunc
  E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2`.split(/\s+/),
)

/** Where esbuild says that there is an exponentiation. */
const POWER = '__pow'

/**
 * What a TypeScript source takes from the engine that is not exact, as `Math.log`, `x ** y`, or the name of what depends on a locale.
 * 2 to a power may stand: every engine has whole powers of two exact, and `test/browser/` holds that.
 */
export function inexactMath(source: string): string[] {
  // Without types and comments, and every `**` and `**=` as a call.
  const { code } = transformSync(source, { loader: 'ts', target: 'esnext', supported: { 'exponent-operator': false } })
  const found: string[] = []
  for (const [, name] of code.replace(`var ${POWER} = Math.pow;`, '').matchAll(/\bMath\b(?:\.(\w+))?/g)) {
    if (name === undefined) found.push('Math as a value')
    else if (!EXACT.has(name)) found.push(`Math.${name}`)
  }
  for (const [, base] of code.matchAll(new RegExp(`${POWER}\\(([^,]*)`, 'g')))
    if (base !== '2') found.push(`${base} ** …`)
  for (const [name] of code.matchAll(/\b(?:localeCompare|toLocale\w+|Intl)\b/g)) found.push(name)
  return found
}
