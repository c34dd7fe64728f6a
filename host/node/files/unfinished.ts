/**
 * Temporary files of outputs that are not whole yet. None of them outlives the process: they are removed when it exits, and
 * when a signal ends it.
 */
import { rmSync } from 'node:fs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const unfinished = new Set<string>()

export function addUnfinished(path: string): void {
  if (unfinished.size === 0) {
    process.on('exit', removeAll)
    // Before any other listener: one that ends the work in good order removes itself from the list while it is called.
    for (const name of SIGNALS) process.prependListener(name, onSignal)
  }
  unfinished.add(path)
}

/** It is whole and has its name, or is gone. */
export function forgetUnfinished(path: string): void {
  unfinished.delete(path)
  if (unfinished.size > 0) return
  process.removeListener('exit', removeAll)
  for (const name of SIGNALS) process.removeListener(name, onSignal)
}

function removeAll(): void {
  for (const path of unfinished) {
    rmSync(path, { force: true })
    forgetUnfinished(path)
  }
}

function onSignal(name: NodeJS.Signals): void {
  // Somebody else listens, ends the work in good order and closes the files.
  if (process.listenerCount(name) > 1) return
  removeAll()
  process.kill(process.pid, name) // nobody listens any more: the signal ends this program as it ends any
}
