/** Simulated boards that other programs open: in real time, behind a pseudo-terminal or a port on the network. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { monotonic } from '../../event-loop.js'
import { type PacerOptions, RealTimePacer } from '../../serial/pacing.js'
import { ReaderWatch } from '../../serial/reader-watch.js'
import type { SimulatedBackend } from '../../target/target.js'
import { benchOf, type NodeSimulationOptions } from './firmware.js'
import { terminalFailed } from './over-pty.js'
import { PtyBridge } from './pty-bridge.js'
import { Rfc2217Server } from './rfc2217-server.js'
import { SharedTimeServer } from './shared-time-server.js'

/** A simulated board that runs in real time behind a port that other programs open. */
export interface ServedBoard {
  /** What they open: the path of a pseudo-terminal, or `rfc2217://HOST:PORT`. */
  readonly path: string
  readonly baud: number
  readonly bench: Bench
  /** Rejects when the port fails for good. */
  readonly failed: Promise<never>
  /** A press of the board's reset button: a pseudo-terminal has no DTR that could do it. */
  restart(): void
  /** Hands something else from outside to the simulation, at the present instant. */
  enter(input: () => void): void
  close(): void
}

/** @throws Error on a platform without pseudo-terminals; UsageError for a fault nobody knows. */
export async function serveModel(
  definition: BoardDefinition,
  options: NodeSimulationOptions = {},
  backend: SimulatedBackend = 'model',
): Promise<ServedBoard> {
  return serveBench(await benchOf(definition, options, backend))
}

/** How often a served board looks which rate its port has. */
const RATE_MILLISECONDS = 20

/** A busy computer makes a slow board, not one that rushes: what was missed by more than a cell or two is skipped. */
const SERVED: PacerOptions = { slack: 4 * MILLISECOND, lead: 2 * MILLISECOND }

/** What other programs open. */
interface OpenedPort {
  readonly path: string
  readonly failed: Promise<never>
  close(): void
}

/** Lets time pass, and puts the reset button beside the port. */
function serve(bench: Bench, pacer: RealTimePacer, port: OpenedPort): ServedBoard {
  pacer.start()
  return {
    path: port.path,
    baud: bench.board.definition.serial.baud,
    bench,
    failed: port.failed,
    restart: () => pacer.enter(() => bench.board.restart()),
    enter: (input) => pacer.enter(input),
    close: () => {
      pacer.stop()
      port.close()
    },
  }
}

/** Puts a bench's board behind a pseudo-terminal, in real time. */
export function serveBench(bench: Bench): ServedBoard {
  const { serial: line, definition } = bench.board
  const { clock } = bench.lab
  line.setBaud(definition.serial.baud)
  const pacer: RealTimePacer = new RealTimePacer(clock, { ...SERVED, hold: () => reader.holdAt })
  const bridge = new PtyBridge(line, clock, (input) => pacer.enter(input), true)
  const reader = new ReaderWatch(() => bridge.pty.unread + bridge.pty.pending, monotonic)
  const toPort = line.handleOctets
  line.handleOctets = (octets, errors) => {
    toPort?.(octets, errors)
    reader.handed(octets.length, clock.now)
  }
  const failed = new Promise<never>((_, reject) => {
    bridge.pty.onError((error) => reject(terminalFailed(bridge, error)))
  })
  failed.catch(() => {}) // whoever waits for it gets the error
  // At a rate that is far off nothing passes with which a change of it would be noticed.
  const rates = setInterval(() => bridge.pty.noticeBaud(), RATE_MILLISECONDS)
  const sharing = new SharedTimeServer({ clock, pacer, bridge, line })
  return serve(bench, pacer, {
    path: bridge.path,
    failed,
    close: () => {
      clearInterval(rates)
      sharing.close()
      bridge.close()
    },
  })
}

/**
 * Puts a bench's board behind a port on the network (RFC 2217), in real time. DTR resets it, as it does an Arduino.
 * @throws TargetError when nothing can listen there
 */
export async function serveBenchOnNetwork(bench: Bench, host: string, port: number): Promise<ServedBoard> {
  const { serial: line, definition } = bench.board
  const { clock } = bench.lab
  line.setBaud(definition.serial.baud)
  const pacer = new RealTimePacer(clock, SERVED)
  const enter = (input: () => void) => pacer.enter(input)
  const onDtr = () => bench.board.restart()
  const server = await Rfc2217Server.listen({ line, clock, enter, onDtr, host, port })
  return serve(bench, pacer, { path: server.url, failed: server.failed, close: () => server.close() })
}
