/**
 * Logarithms, powers, sines and their like, bit for bit the same in every engine. ECMA-262 leaves `Math.log`, `Math.sin`, `Math.pow`
 * and `**` to the engine ("an implementation-approximated Number value"), and engines differ in the last bit. These are stdlib's
 * JavaScript port of FreeBSD's msun (fdlibm), which needs no more than what the standard makes exact: + - * /, `Math.sqrt`,
 * `Math.floor` and views of a number's bits. Results are within one unit in the last place.
 *
 * The one door to stdlib: nothing else imports it, and what ships has it bundled in. `test/inexact-math.test.ts` holds both.
 */
import atan2Port from '@stdlib/math-base-special-atan2'
import cbrtPort from '@stdlib/math-base-special-cbrt'
import cosPort from '@stdlib/math-base-special-cos'
import expPort from '@stdlib/math-base-special-exp'
import lnPort from '@stdlib/math-base-special-ln'
import log1pPort from '@stdlib/math-base-special-log1p'
import log10Port from '@stdlib/math-base-special-log10'
import powPort from '@stdlib/math-base-special-pow'
import sinPort from '@stdlib/math-base-special-sin'

/** The natural logarithm; NaN below 0, -Infinity at 0. */
export const log: (x: number) => number = lnPort

/** The natural logarithm of 1 + x, exact to the last bit or so where x is small too. */
export const log1p: (x: number) => number = log1pPort

/** The logarithm to the base 10. Of a whole power of ten it is a whole number. */
export const log10: (x: number) => number = log10Port

/** e to the power of x. */
export const exp: (x: number) => number = expPort

/** `base` to the power of `exponent`. For squares and cubes multiply; 2 to a whole power is exact as `2 ** n`. */
export const pow: (base: number, exponent: number) => number = powPort

/** The sine of an angle in radians. */
export const sin: (x: number) => number = sinPort

/** The cosine of an angle in radians. */
export const cos: (x: number) => number = cosPort

/** The angle of the point (x, y) in radians, from -π to π. */
export const atan2: (y: number, x: number) => number = atan2Port

/** The cube root. */
export const cbrt: (x: number) => number = cbrtPort
