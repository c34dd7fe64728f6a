/** Keeps a simulation going beside whoever listens: a slice, a snapshot at most fifty times a second, and time for messages between. */
import { later, monotonic, nextTurn } from '../event-loop.js'
import type { WorkshopCommand, WorkshopMessage } from './protocol.js'
import { WorkshopSimulation } from './simulation.js'
import type { WorkshopStation } from './station.js'

/** Between two snapshots, in milliseconds of wall time. */
const LEAST_MILLISECONDS = 20

export interface WorkshopRunner {
  receive(command: WorkshopCommand): void
  stop(): void
}

/**
 * @param post takes each snapshot
 * @param stations that may be opened
 */
export function runWorkshop(
  post: (message: WorkshopMessage) => void,
  stations: readonly WorkshopStation[],
): WorkshopRunner {
  const simulation = new WorkshopSimulation(monotonic, stations)
  let cancelWork: (() => void) | undefined
  let cancelPost: (() => void) | undefined
  let failed = false
  let received = 0

  /** A fault of ours is told, with where it was; the simulation stands until a station is opened. */
  const guarded = (act: () => void): void => {
    if (failed) return
    try {
      act()
    } catch (error) {
      failed = true
      cancelWork?.()
      cancelPost?.()
      cancelPost = undefined
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
      post({ kind: 'failed', message, stack })
    }
  }
  const postSoon = () => {
    cancelPost ??= later(LEAST_MILLISECONDS, () => {
      cancelPost = undefined
      guarded(() => post({ ...simulation.snapshot(), done: received - simulation.waiting }))
    })
  }
  const work = () => {
    cancelWork = undefined
    guarded(() => {
      const milliseconds = simulation.work()
      postSoon()
      if (milliseconds !== undefined) cancelWork = milliseconds === 0 ? nextTurn(work) : later(milliseconds, work)
    })
  }
  return {
    receive(command) {
      received++
      if (command.kind === 'open') failed = false
      guarded(() => {
        simulation.receive(command)
        if (command.kind === 'open') post(simulation.describe())
        cancelWork?.()
        work()
      })
    },
    stop() {
      cancelWork?.()
      cancelPost?.()
    },
  }
}
