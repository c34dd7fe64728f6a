/**
 * A wire for the commands that use the stack: in a lab with a board at its other end, in virtual time, or on a TAP device, in
 * real time. Both wait in the same way: until a condition holds, asked after everything that happens.
 */
import { createBench } from '../../../boards/faults/create-bench.js'
import type { Clock } from '../../../firmware/hal/clock.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import type { Ipv4Address } from '../../../firmware/net/address.js'
import type { Services } from '../../../firmware/services/services.js'
import type { Stack } from '../../../firmware/stack.js'
import { TargetError } from '../../errors/errors.js'
import { FrameWatch } from '../../network/frame-watch.js'
import type { UplinkOptions } from '../../network/uplink.js'
import { Waiters } from '../../network/waiters.js'
import { RealTimePacer } from '../../serial/pacing.js'
import { bareStack } from './bare-stack.js'

export interface ClientWire {
  /** This end. */
  readonly stack: Stack
  readonly clock: Clock
  readonly watches: readonly FrameWatch[]
  /** To be called when something changed that somebody may wait for: `socket.onReady(wire.changed)`. */
  readonly changed: () => void
  /**
   * Lets time pass until `condition` holds.
   * @param limit nanoseconds; without limit where left out
   * @returns whether it holds
   */
  until(condition: () => boolean, limit?: number): Promise<boolean>
  close(): Promise<void>
}

/** On a TAP device: the kernel has the other end. @throws TapError */
export function tapWire(options: Omit<UplinkOptions, 'offers'>): ClientWire {
  const uplink = bareStack({ ...options, forwarding: false, offers: [], impairments: undefined })
  const waiters = new Waiters()
  let lost: Error | undefined
  uplink.failed.catch((error: Error) => {
    lost = error
    waiters.changed()
  })
  return {
    stack: uplink.stack,
    clock: uplink.clock,
    watches: uplink.watches,
    changed: waiters.changed,
    async until(condition, limit) {
      const holds = await waiters.until(uplink.clock, () => lost !== undefined || condition(), limit)
      if (lost !== undefined) throw lost
      return holds
    },
    close: () => uplink.close(),
  }
}

/** The board of the lab, and how long its link may take to come up. */
const LAB_BOARD = 'uno'
const LINK_LIMIT = 10 * SECOND
/** Virtual time that may pass before signals and files get their turn. */
const TURN = SECOND / 100

export interface LabWire extends ClientWire {
  /** The board's own stack, and what it offers. */
  readonly board: Stack
  readonly boardAddress: Ipv4Address
  readonly services: Services
}

/**
 * In a lab: a simulated board with all services, and a host, whose stack is this end.
 * @param realTime time passes as it does outside: for a person who types
 */
export async function labWire(seed: number | undefined, realTime: boolean): Promise<LabWire> {
  const bench = createBench({ board: LAB_BOARD, ...(seed === undefined ? {} : { seed }) })
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
  let closed = false
  return {
    ...common,
    changed: () => {},
    async until(condition, limit = Number.POSITIVE_INFINITY) {
      const end = clock.now + limit
      while (!closed && !condition() && clock.now < end) {
        clock.runWhile(() => !condition(), Math.min(end, clock.now + TURN))
        await new Promise((resolve) => setImmediate(resolve))
      }
      return condition()
    },
    async close() {
      closed = true // time passes no more, also for who still waits
    },
  }
}
