/** Loads the bench into the page: what it is made of stands in the single file as text, and beside the page in a folder. */
import { signal } from '@preact/signals'
import { pageFailure } from '../connection.js'
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
      pageFailure.value = { kind: 'no worker', message: String(error) }
    },
  )
}

async function load(pieces: readonly string[]): Promise<void> {
  for (const name of pieces) await loadPiece(name)
}

function loadPiece(name: string): Promise<void> {
  const text = document.getElementById(name)?.textContent
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    if (typeof text === 'string') script.textContent = text
    else {
      script.src = `${name}.js`
      script.onload = () => resolve()
      script.onerror = () => reject(new Error(`${name}.js could not be loaded`))
    }
    document.head.append(script)
    // A script whose text is there is run at once.
    if (typeof text === 'string') resolve()
  })
}
