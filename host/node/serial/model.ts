/**
 * Simulated boards as targets: one board, a cable, and a lab host that answers ARP and ping. The host reaches the board
 * through serialport: in virtual time over a line in memory, or in real time over a pseudo-terminal.
 */

import { SerialPortStream } from '@serialport/stream'
import { createAvrBench } from '../../../boards/avr/bench.js'
import { BOARDS } from '../../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { type Bench, createBench } from '../../../boards/faults/bench.js'
import { findFault } from '../../../boards/faults/registry.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { StrictError, TargetError, UsageError } from '../../errors/errors.js'
import { hexOctets } from '../../hex-octets.js'
import { Pump } from '../../serial/drive.js'
import { monotonic, type PacerOptions, RealTimePacer } from '../../serial/pacing.js'
import { ReaderWatch } from '../../serial/reader-watch.js'
import { bundledImage } from '../flash/bundled.js'
import { readImage } from '../run/image.js'
import { LockstepBinding } from './lockstep.js'
import { MemoryBinding } from './memory-binding.js'
import { openPort, PortWatch } from './port.js'
import { PtyBridge } from './pty-bridge.js'
import { Rfc2217Server } from './rfc2217-server.js'
import { SharedTimeServer } from './shared-time-server.js'
import { closePort, type Target, type TargetOptions } from './target.js'

const DEFAULT_SEED = 1

/** Who executes the firmware: a state chart, or an emulated microcontroller. */
export type SimulatedBackend = 'model' | 'avr'

/** @throws UsageError for a fault nobody knows, or that this board cannot have, and for an image that cannot be read. */
export async function buildBench(
  definition: BoardDefinition,
  options: TargetOptions,
  backend: SimulatedBackend,
): Promise<Bench> {
  const { baud, faults = [], seed = DEFAULT_SEED } = options
  for (const name of faults) {
    try {
      findFault(name, definition.name)
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(error.message, { cause: error })
      throw error
    }
  }
  const board = baud === undefined ? definition : { ...definition, serial: { ...definition.serial, baud } }
  if (backend === 'model') return createBench({ board, faults, seed })
  const given = options.image ?? bundledImage(definition)
  const image = typeof given === 'string' ? await readImage(given) : given
  try {
    return createAvrBench({ board, faults, seed, image })
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

/**
 * @param board a name in the catalogue, or a definition
 * @throws UsageError for a board or fault nobody knows
 */
export async function openModel(
  name: string,
  board: string | BoardDefinition,
  options: TargetOptions = {},
  backend: SimulatedBackend = 'model',
): Promise<Target> {
  const definition = typeof board === 'string' ? BOARDS.get(board) : board
  if (definition === undefined) {
    throw new UsageError(`there is no board "${board}"; the boards are ${[...BOARDS.keys()].join(', ')}`)
  }
  return options.overPty
    ? openOverPty(name, definition, options, backend)
    : openInMemory(name, definition, options, backend)
}

/** Tells of the first use of the chip that its data sheet forbids. */
function onMisuse({ board }: Bench, tell: (error: StrictError) => void): void {
  board.chip.onFinding((finding) => {
    const octets = hexOctets(finding.octets)
    tell(
      new StrictError(
        `stopped at ${finding.at} ns: ${finding.rule} (${finding.id}, octets ${octets}) [${finding.source}]; leave --strict out to go on after such findings`,
      ),
    )
  })
}

async function openInMemory(
  name: string,
  definition: BoardDefinition,
  options: TargetOptions,
  backend: SimulatedBackend,
): Promise<Target> {
  return openBench(name, await buildBench(definition, options, backend), backend, options)
}

/** A bench that stands already, as a target in virtual time. */
export async function openBench(
  name: string,
  bench: Bench,
  backend: SimulatedBackend,
  options: Pick<TargetOptions, 'timeLimit' | 'strict'> = {},
): Promise<Target> {
  const { definition } = bench.board
  const pump = new Pump(bench.lab.clock, options.timeLimit)
  const binding = new MemoryBinding()
  binding.add(name, { line: bench.board.serial, clock: pump.clock })
  const port = new SerialPortStream({
    binding,
    path: name,
    baudRate: definition.serial.baud,
    autoOpen: false,
  })
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(new TargetError(error.message, { cause: error })) : resolve()))
  })
  if (port.port !== undefined) port.port.onDelivered = () => pump.touch()
  if (options.strict) onMisuse(bench, (error) => pump.abandon(error))
  return {
    name,
    backend,
    board: definition.name,
    seed: bench.lab.seed,
    port,
    clock: pump.clock,
    random: bench.lab.random.fork('host end'),
    lead: 0,
    virtual: true,
    bench,
    drive: (work) => pump.drive(work),
    close: () => closePort(port),
  }
}

/** Through a pseudo-terminal, in lockstep: the port is real, time is virtual. */
async function openOverPty(
  name: string,
  definition: BoardDefinition,
  options: TargetOptions,
  backend: SimulatedBackend,
): Promise<Target> {
  const bench = await buildBench(definition, options, backend)
  const { lab, board } = bench
  const { baud } = board.definition.serial
  board.serial.setBaud(baud)
  const bridge = new PtyBridge(board.serial, lab.clock, (input) => input())
  const { SerialPort } = await import('serialport')
  const binding = new LockstepBinding(SerialPort.binding, bridge.pty)
  const pump = new Pump(lab.clock, options.timeLimit, () => binding.quiet())
  const toHost = board.serial.handleOctets
  board.serial.handleOctets = (octets, errors) => {
    pump.touch()
    toHost?.(octets, errors)
  }
  bridge.pty.onError = (error) => pump.abandon(terminalFailed(bridge, error))
  if (options.strict) onMisuse(bench, (error) => pump.abandon(error))
  let port: SerialPortStream
  try {
    // macOS refuses the higher rates on a pseudo-terminal, where the rate means nothing anyway
    port = await openPort(bridge.path, process.platform === 'darwin' ? 115_200 : baud, binding)
  } catch (error) {
    bridge.close()
    throw error
  }
  const watch = new PortWatch(port)
  watch.lost.catch((error: Error) => pump.abandon(error))
  return {
    name,
    backend,
    board: definition.name,
    seed: lab.seed,
    port,
    clock: pump.clock,
    random: lab.random.fork('host end'),
    lead: 0,
    virtual: true,
    bench,
    drive: (work) => pump.drive(work),
    async close() {
      watch.end()
      await closePort(port)
      bridge.close()
    },
  }
}

function terminalFailed(bridge: PtyBridge, error: Error): TargetError {
  return new TargetError(`the pseudo-terminal ${bridge.path} failed: ${error.message}; start again`, { cause: error })
}

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
  options: TargetOptions = {},
  backend: SimulatedBackend = 'model',
): Promise<ServedBoard> {
  return serveBench(await buildBench(definition, options, backend))
}

/** How often a served board looks which rate its port has. */
const RATE_MILLISECONDS = 20

/** A busy computer makes a slow board, not one that rushes: what was missed by more than a cell or two is let go. */
const SERVED: PacerOptions = { slack: 4 * MILLISECOND, lead: 2 * MILLISECOND }

/** Puts a bench's board behind a pseudo-terminal, in real time. */
export function serveBench(bench: Bench): ServedBoard {
  const { baud } = bench.board.definition.serial
  bench.board.serial.setBaud(baud)
  const pacer: RealTimePacer = new RealTimePacer(bench.lab.clock, { ...SERVED, hold: () => reader.holdAt })
  const bridge = new PtyBridge(bench.board.serial, bench.lab.clock, (input) => pacer.enter(input))
  const { clock } = bench.lab
  const reader = new ReaderWatch(() => bridge.pty.unread + bridge.pty.pending, monotonic)
  const toPort = bench.board.serial.handleOctets
  bench.board.serial.handleOctets = (octets, errors) => {
    toPort?.(octets, errors)
    reader.handed(octets.length, clock.now)
  }
  const failed = new Promise<never>((_, reject) => {
    bridge.pty.onError = (error) => reject(terminalFailed(bridge, error))
  })
  failed.catch(() => {}) // whoever waits for it hears of it
  pacer.start()
  // At a rate that is far off nothing passes with which a change of it would be noticed.
  const rates = setInterval(() => bridge.pty.noticeBaud(), RATE_MILLISECONDS)
  const sharing = new SharedTimeServer({ clock, pacer, bridge, line: bench.board.serial })
  return {
    path: bridge.path,
    baud,
    bench,
    failed,
    restart: () => pacer.enter(() => bench.board.restart()),
    enter: (input) => pacer.enter(input),
    close: () => {
      clearInterval(rates)
      sharing.close()
      pacer.stop()
      bridge.close()
    },
  }
}

/**
 * Puts a bench's board behind a port on the network (RFC 2217), in real time. DTR resets it, as it does an Arduino.
 * @throws TargetError when nothing can listen there
 */
export async function serveBenchOnNetwork(bench: Bench, host: string, port: number): Promise<ServedBoard> {
  const { baud } = bench.board.definition.serial
  const { clock } = bench.lab
  bench.board.serial.setBaud(baud)
  const pacer = new RealTimePacer(clock, SERVED)
  const server = await Rfc2217Server.listen({
    line: bench.board.serial,
    clock,
    enter: (input) => pacer.enter(input),
    onDtr: () => bench.board.restart(),
    host,
    port,
  })
  pacer.start()
  return {
    path: server.url,
    baud,
    bench,
    failed: server.failed,
    restart: () => pacer.enter(() => bench.board.restart()),
    enter: (input) => pacer.enter(input),
    close: () => {
      pacer.stop()
      server.close()
    },
  }
}
