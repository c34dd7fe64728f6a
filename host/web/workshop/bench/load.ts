/** Loads the bench into the page. */
import { signal } from '@preact/signals'
import { tellMissing } from '../connection.js'
import { loadPiece } from '../load-piece.js'
import type { BenchDoors } from './doors.js'

/** Undefined until it is there. */
export const loadedBench = signal<BenchDoors | undefined>(undefined)

let asked = false

/** What is loaded for it, in this order. */
const PIECES = ['shared', 'bench']

export function loadBench(): void {
  if (asked) return
  asked = true
  load(PIECES).then(
    () => {
      loadedBench.value = (globalThis as unknown as { linkpulseBench: BenchDoors }).linkpulseBench
    },
    (error: unknown) => {
      asked = false
      tellMissing(error)
    },
  )
}

async function load(pieces: readonly string[]): Promise<void> {
  for (const name of pieces) await loadPiece(name)
}
