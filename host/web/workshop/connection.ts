/** The page's end of the protocol: the worker, what it last said, and what it is told. */
import { signal } from '@preact/signals'
import { type ClassCommand, type ClassMessage, type ClassView, isOfClass } from '../../workshop/class/class-view.js'
import type { PageSnapshot, StationDescription, WorkshopCommand, WorkshopMessage } from '../../workshop/protocol.js'

export const snapshot = signal<PageSnapshot | undefined>(undefined)
export const description = signal<StationDescription | undefined>(undefined)
/** Of the class; undefined: nobody asked to be in one. */
export const classView = signal<ClassView | undefined>(undefined)
/** Files of other learners, the newest first. */
export const classFiles = signal<readonly Extract<ClassMessage, { kind: 'class-file' }>[]>([])
const MOST_FILES = 8
/** A fault of ours, or of the browser: the page says so, and offers to begin anew. */
export const pageFailure = signal<
  { readonly kind: 'simulation' | 'no worker' | 'no piece'; readonly message: string } | undefined
>(undefined)

/** A piece of the page could not be loaded. */
export function tellMissing(error: unknown): void {
  pageFailure.value = { kind: 'no piece', message: String(error) }
}

let worker: Worker | undefined
/** It has the bench. */
let withBench = false
let messages = 0
/** Commands to the simulation, since its worker was started. */
let sent = 0

/** Messages of the simulation so far. */
export function heard(): number {
  return messages
}

const awaiting: (() => void)[] = []

/** Resolves once there are more messages than so many. */
export function heardMoreThan(count: number): Promise<void> {
  return messages > count ? Promise.resolve() : new Promise((resolve) => awaiting.push(resolve))
}

/** Of the single file the pieces of the simulation are blocks of text in the page; of the folder, files beside it. */
function startWorker(): Worker {
  const pieces = withBench ? ['shared', 'bench', 'simulation'] : ['shared', 'simulation']
  const texts = pieces.flatMap((name) => document.getElementById(name)?.textContent ?? [])
  if (texts.length === 0) return new Worker(withBench ? 'bench-worker.js' : 'worker.js')
  const url = URL.createObjectURL(new Blob([texts.join('\n')], { type: 'text/javascript' }))
  const started = new Worker(url)
  URL.revokeObjectURL(url)
  return started
}

/** @returns the number of the command among those to the simulation: see `done` of a snapshot */
export function send(command: WorkshopCommand | ClassCommand): number {
  if (command.kind === 'open') {
    snapshot.value = undefined
    description.value = undefined
    pageFailure.value = undefined
    if (command.station === 'bench' && !withBench) {
      withBench = true
      worker?.terminate()
      worker = undefined
    }
  }
  try {
    worker ??= listenTo(startWorker())
  } catch (error) {
    pageFailure.value = { kind: 'no worker', message: String(error) }
    return sent
  }
  worker.postMessage(command)
  return isOfClass(command) ? sent : ++sent
}

function listenTo(started: Worker): Worker {
  sent = 0
  started.onmessage = ({ data }: MessageEvent<WorkshopMessage | ClassMessage>) => {
    messages++
    if (data.kind === 'described') description.value = data
    else if (data.kind === 'snapshot') snapshot.value = data
    else if (data.kind === 'class') classView.value = data.view
    else if (data.kind === 'class-file') classFiles.value = [data, ...classFiles.value].slice(0, MOST_FILES)
    else {
      pageFailure.value = { kind: 'simulation', message: data.message }
      // Where it was, for whoever looks under the bonnet
      reportError(Object.assign(new Error(data.message), { stack: data.stack }))
    }
    for (const go of awaiting.splice(0)) go()
  }
  started.onerror = ({ message }) => {
    worker = undefined
    pageFailure.value = { kind: 'no worker', message }
  }
  return started
}
