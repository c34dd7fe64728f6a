/** What a sketch is run with where nobody says otherwise: by `run` and in a campaign. */
import { SECOND } from '../../../firmware/hal/clock.js'

/** The chip's INT, in Arduino numbering. */
export const DEFAULT_INT_PIN = 2
/** Nanoseconds of simulated time after which what was expected is too late. */
export const DEFAULT_TIMEOUT = 30 * SECOND
