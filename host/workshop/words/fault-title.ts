/** What a fault is called on the page. */
import type { PlainKey, Told } from './told.js'
import { told } from './told.js'

type FaultKey = Extract<PlainKey, `fault.${string}`>

/** A station offers only faults that have words: `stations.test.ts` goes through them. */
export function faultTitle(name: string): Told {
  return told(`fault.${name}` as FaultKey)
}
