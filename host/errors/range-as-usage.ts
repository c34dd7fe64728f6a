import { UsageError } from './errors.js'

/**
 * What a lower floor refuses with a RangeError is wrong usage where a person gave it.
 * @param place what the person gave, in front of the message; left out where the message says it
 * @throws UsageError for a RangeError of `call`; anything else as it is
 */
export function rangeAsUsage<T>(call: () => T, place?: string): T {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new UsageError(place === undefined ? error.message : `${place}: ${error.message}`, { cause: error })
  }
}
