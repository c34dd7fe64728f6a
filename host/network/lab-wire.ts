/** A wire in a lab: a simulated board is at its other end. */
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBench } from '../../boards/faults/create-bench.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { Ipv4Address } from '../../firmware/net/address.js'
import type { Services } from '../../firmware/services/services.js'
import type { Stack } from '../../firmware/stack.js'
import { TargetError } from '../errors/errors.js'
import { LabTime } from '../lab-time.js'
import { Pace } from '../pace.js'
import { RealTimePacer } from '../serial/pacing.js'
import type { ClientWire } from './client-wire.js'
import { FrameWatch } from './frame-watch.js'
import { Waiters } from './waiters.js'

/** The board of the lab, and how long its link may take to come up. */
export const LAB_BOARD = 'uno'
const LINK_LIMIT = 10 * SECOND
/** Wall time for which virtual time may pass before signals and files have their turn, ms. */
const SLICE_MILLISECONDS = 10

export interface LabWire extends ClientWire {
  /** The board's own stack, and what it offers. */
  readonly board: Stack
  readonly boardAddress: Ipv4Address
  readonly services: Services
}

/**
 * In a lab: a simulated board with all services, and a host, whose stack is this end.
 * @param faults what is broken in it, by name
 * @param realTime time passes as it does outside: for a person who types
 */
export async function labWire(
  seed: number | undefined,
  realTime: boolean,
  faults: readonly string[] = [],
): Promise<LabWire> {
  const definition = findBoard(LAB_BOARD)
  const bench = createBench({ board: definition, faults, ...(seed === undefined ? {} : { seed }) })
  const { lab, board, peer } = bench
  const { stack } = peer
  const up = (): boolean => board.state.matches({ on: { link: 'up' } }) && peer.station.linkUp
  if (!lab.runUntil(up, LINK_LIMIT)) throw new TargetError("the lab's link does not come up")
  const { clock } = lab
  const common = {
    stack,
    board: board.controller.stack,
    boardAddress: board.controller.network.address,
    services: board.controller.services,
    clock,
    watches: [new FrameWatch(peer.network, 'lab')],
    far: {
      name: definition.title.replace(/ with .*/, ''),
      stack: board.controller.stack,
      watch: new FrameWatch(board.controller.network),
    },
  }
  if (realTime) {
    const waiters = new Waiters()
    const pacer = new RealTimePacer(clock, { restful: true })
    pacer.start()
    return {
      ...common,
      changed: waiters.changed,
      until(condition, limit) {
        const waiting = waiters.until(clock, condition, limit)
        pacer.poke()
        return waiting
      },
      async close() {
        pacer.stop()
      },
    }
  }
  const time = new LabTime(clock, new Pace(clock, { sliceMilliseconds: SLICE_MILLISECONDS }))
  let closed = false
  return {
    ...common,
    changed: () => {},
    async until(condition, limit) {
      await time.until(() => closed || condition(), limit)
      return condition()
    },
    async close() {
      closed = true // time no longer passes, also where somebody still waits
    },
  }
}
