/** A host and a board on a line, the board's end in TypeScript or in C, and what a test does to the line between them. */
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Random } from '../../firmware/hal/random.js'
import { BoardLink, type BoardLinkOptions } from '../../firmware/serial-link/board-link.js'
import { type Cell, decodeCell } from '../../firmware/serial-link/cell.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { KIND } from '../../firmware/serial-link/link-table.js'
import { decodeSession, type SessionPayload } from '../../firmware/serial-link/session.js'
import { HostBoard } from '../bridge/host-board.js'

/** Who the C core says it is (firmware/bridge/host/port.h). */
const IDENTITY = {
  board: 'uno',
  firmware: '0.1.0',
  window: 4,
  highestSpiClock: 8_000_000,
  capabilities: 0x2f,
  cells: 4,
}

/** Draws what the C core for this machine draws (`port_random` in firmware/bridge/host/port.c). */
function portRandom(seed: number): Random {
  let state = seed & 0xffff
  const below = () => {
    state = (Math.imul(state, 25173) + 13849) & 0xffff
    return state
  }
  return { next32: below, float: () => below() / 0x10000, below, fork: () => portRandom(seed) }
}

class TestPin {
  high = true
  set(high: boolean): void {
    this.high = high
  }
  onEdge(): () => void {
    return () => {}
  }
}

export interface SessionBenchOptions {
  readonly seed?: number
  /** Of the C core; left out: the end in TypeScript. */
  readonly program?: string | undefined
  readonly board?: Partial<BoardLinkOptions>
  readonly baud?: number
}

export function sessionBench({ seed = 1, program, board: more, baud = 1_000_000 }: SessionBenchOptions = {}) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const line = new UartLine({ clock, random: random.fork('line'), baud })
  const reset = new TestPin()
  const core = program === undefined ? undefined : new HostBoard(program, clock, line.b, seed)
  const link =
    core === undefined
      ? new BoardLink({
          clock,
          random: portRandom(seed),
          line: line.b,
          identity: IDENTITY,
          bus: { transfer: (_write, read) => new Uint8Array(read) },
          intPin: new TestPin(),
          resetPin: reset,
          ...more,
        })
      : undefined
  link?.start()
  const host = new HostLink({ clock, random: random.fork('host'), line: line.a })
  /** Session cells: the host's as they leave, the board's as they arrive. */
  const said: SessionPayload[] = []
  const note = (cell: Cell) => {
    const session = cell.kind === KIND.SESSION ? decodeSession(cell.payload) : undefined
    if (session !== undefined) said.push(session)
  }
  host.endpoint.onCell(note)
  /** A direction that is true carries nothing. */
  const dead = { toBoard: false, toHost: false }
  const write = line.a.write.bind(line.a)
  line.a.write = (octets) => {
    const decoded = decodeCell(octets)
    if (decoded.ok) note(decoded.cell)
    if (!dead.toBoard) write(octets)
  }
  const hear = line.a.handleOctets
  line.a.handleOctets = (octets, errors) => {
    if (!dead.toHost) hear?.(octets, errors)
  }
  const runWhile = async (condition: () => boolean, limit: number): Promise<void> => {
    if (core !== undefined) await core.runWhile(condition, limit)
    else clock.runWhile(condition, clock.now + limit)
  }
  const runFor = async (duration: number): Promise<void> => {
    if (core !== undefined) await core.runFor(duration)
    else clock.runFor(duration)
  }
  return { clock, random, line, host, link, reset, said, dead, runWhile, runFor, close: async () => core?.close() }
}
