/** A target: a board that the host reaches through a serial port, simulated or real. */
import type { SerialPortStream } from '@serialport/stream'
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { type Clock, MILLISECOND } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import { TimeLimitError, UsageError } from '../../errors/errors.js'
import { LatenessMeter } from '../../serial/lateness.js'
import { RealClock } from '../../serial/real-clock.js'
import type { SerprogProgrammer } from '../../serial/serprog-programmer.js'
import { isSimulated, type PortSpecification, parseTarget } from '../../serial/specification.js'
import { CountedBinding } from './counted-port.js'
import { openPort, PortWatch } from './port.js'
import { SharedClock } from './shared-clock.js'

export type Backend = 'model' | 'avr' | 'serial' | 'rfc2217' | 'serprog'

/** What a real board is opened at when nothing says otherwise: the rate the bridge firmware begins with. */
export const DEFAULT_BAUD = 1_000_000

/** A network across a country, or a server that holds small segments back (Nagle) and a peer that acknowledges late. */
const NETWORK_TRANSIT = 100 * MILLISECOND

/** Where a programmer is looked for: at the rate of our bridge, and at that of frser-duino. One on USB has no rate. */
const SERPROG_RATES = [DEFAULT_BAUD, 115_200] as const

export interface Target {
  /** As the person named it. */
  readonly name: string
  readonly backend: Backend
  /** The board's name in the catalogue; empty when only the board itself knows. */
  readonly board: string
  /** What the run draws from; null where nothing simulated takes part. */
  readonly seed: number | null
  /** An open serial port. */
  readonly port: SerialPortStream
  /** Virtual time for a simulated board in memory, the laptop's monotonic time otherwise. All waiting goes through it. */
  readonly clock: Clock
  readonly random: Random
  /** Cells that may wait in the port behind the one that leaves (see `hostEnd`). */
  readonly lead: number
  /** True where time is simulated and passes only in `drive`. */
  readonly virtual: boolean
  /**
   * Lets time pass until `work` has settled. In virtual time, `work` may wait for nothing but the target.
   * @throws what `work` throws; TimeLimitError; TargetError when the port vanishes first.
   */
  drive<T>(work: Promise<T>): Promise<T>
  /** What is simulated around the port, for captures and for looking inside; undefined with a real board. */
  readonly bench: Bench | undefined
  /** What speaks serprog at the port, without cells; undefined where the serial link is spoken. */
  readonly programmer?: SerprogProgrammer
  /** Nanoseconds that a network between here and the port may add to an answer; left out where there is none. */
  readonly transit?: number
  /** What the port itself has counted, where it counts. */
  readonly portCounters?: Readonly<Record<string, number>>
  /** How late this computer is; left out where time waits for it. */
  readonly lateness?: LatenessMeter
  close(): Promise<void>
}

export interface TargetOptions {
  /** Default 1. */
  readonly seed?: number
  /** Names from the faults registry; a simulated target only. */
  readonly faults?: readonly string[]
  /** Nanoseconds on the target's clock after which `drive` gives up. */
  readonly timeLimit?: number
  /** A simulated board that is reached through a pseudo-terminal of the operating system. */
  readonly overPty?: boolean
  /** Symbols a second; default as the board file says. */
  readonly baud?: number
  /** The firmware of an `avr:` target, or the path of its file; the bridge firmware of this package unless told otherwise. */
  readonly image?: FlashImage | string
  /**
   * Where the port is a served board's on this machine (`linkpulse serve`), its virtual time is this target's: how busy the machine is
   * then makes no difference. For what waits for nothing but the target, such as a check.
   */
  readonly sharesTime?: boolean
  /** Stop at the first use of the chip that its data sheet forbids. */
  readonly strict?: boolean
  /** What model:NAME or avr:NAME stands for when it is not in the catalogue: a board read from a file. */
  readonly board?: BoardDefinition
}

/**
 * @param name `model:BOARD`, `avr:BOARD`, a serial port's path, `serial:PATH@RATE`, `rfc2217://HOST:PORT` or `serprog:PATH`
 * @throws UsageError for a name or option that means nothing; TargetError when the port cannot be opened.
 */
export async function openTarget(name: string, options: TargetOptions = {}): Promise<Target> {
  const specification = parseTarget(name)
  if (isSimulated(specification)) {
    const { openModel } = await import('./model.js')
    return openModel(name, options.board ?? specification.board, options, specification.backend)
  }
  const [fault] = options.faults ?? []
  if (fault !== undefined) {
    throw new UsageError(
      `--fault ${fault} breaks something simulated, and ${name} is a real port; use it with model:uno`,
    )
  }
  if (options.strict) {
    throw new UsageError(`--strict watches a simulated chip, and ${name} is a real board; leave it out`)
  }
  if (options.overPty) throw new UsageError(`--over-pty is for simulated boards, and ${name} is a port already`)
  const { backend } = specification
  const where = backend === 'serprog' ? specification.port : specification
  const rate = options.baud ?? where.baud
  const shared = options.sharesTime && where.backend === 'serial' ? await SharedClock.of(where.path) : undefined
  const opened = await openAnyPort(where, rate ?? DEFAULT_BAUD, shared)
  const parts = {
    name,
    backend,
    board: '',
    seed: null,
    random: new SeededRandom(options.seed ?? Date.now()),
    timeLimit: options.timeLimit,
    ...opened,
  }
  return backend === 'serprog' ? serprogTarget(parts, rate) : realTarget(parts)
}

interface OpenedPort {
  readonly port: SerialPortStream
  /** The host that the port is on, when it is not this one. */
  readonly across?: string
  readonly portCounters?: Readonly<Record<string, number>>
  /** The board's own time, where it shares it. */
  readonly shared?: SharedClock
}

async function openAnyPort(
  where: PortSpecification,
  baud: number,
  shared: SharedClock | undefined,
): Promise<OpenedPort> {
  if (where.backend === 'serial') {
    if (shared === undefined) return { port: await openPort(where.path, baud) }
    try {
      const { SerialPort } = await import('serialport')
      const binding = new CountedBinding(SerialPort.binding, () => shared.quiet())
      const port = await openPort(where.path, baud, binding)
      if (binding.port !== undefined) shared.start(binding.port)
      return { port, shared }
    } catch (error) {
      shared.close()
      throw error
    }
  }
  const { openNetworkPort } = await import('./rfc2217-port.js')
  const { port, counters } = await openNetworkPort(where.host, where.tcpPort, baud)
  return { port, portCounters: counters, across: where.host }
}

/** A port with a programmer behind it, found and asked what it can do. */
async function serprogTarget(parts: RealTargetParts, rate: number | undefined): Promise<Target> {
  const target = realTarget(parts)
  try {
    const { SerprogProgrammer } = await import('../../serial/serprog-programmer.js')
    const { port, clock } = target
    const rates = rate === undefined ? SERPROG_RATES : [rate]
    const programmer = await target.drive(SerprogProgrammer.open(port, clock, port.path, rates))
    return {
      ...target,
      board: programmer.name,
      programmer,
      drive: (work) => target.drive(Promise.race([work, programmer.lost])),
      async close() {
        if (port.isOpen) await programmer.release()
        programmer.detach()
        await target.close()
      },
    }
  } catch (error) {
    await target.close()
    throw error
  }
}

/** The port is read by a thread of Node's: octets that came in time take it some turns of the event loop to hand over. */
const PORT_CLOCK = { grace: 8 } as const

/**
 * A window of an Uno's: a computer that wakes up for each cell does so late when it is busy, and the line stands still meanwhile. What
 * is behind in the port goes out late by as much, at worst: 2.6 ms at 1 Mbaud.
 */
const PORT_LEAD = 4

interface RealTargetParts extends OpenedPort {
  readonly name: string
  readonly backend: Backend
  readonly board: string
  readonly seed: number | null
  readonly random: Random
  readonly timeLimit: number | undefined
}

/** A target behind a port of the operating system: time is the laptop's. */
function realTarget(parts: RealTargetParts): Target {
  const { name, backend, board, seed, port, across, portCounters, random, timeLimit } = parts
  const clock = parts.shared ?? new RealClock(PORT_CLOCK)
  const lateness = parts.shared === undefined ? new LatenessMeter() : undefined
  const watch = new PortWatch(port, across)
  const lost = parts.shared === undefined ? watch.lost : Promise.race([watch.lost, parts.shared.lost])
  lost.catch(() => {}) // whoever drives work hears of it
  return {
    name,
    backend,
    board,
    seed,
    port,
    clock,
    random,
    lead: parts.shared === undefined ? PORT_LEAD : 0,
    virtual: false,
    bench: undefined,
    ...(lateness === undefined ? {} : { lateness }),
    ...(portCounters === undefined ? {} : { portCounters }),
    ...(across === undefined ? {} : { transit: NETWORK_TRANSIT }),
    async drive<T>(work: Promise<T>): Promise<T> {
      if (timeLimit === undefined) return Promise.race([work, lost])
      let fail: (error: Error) => void = () => {}
      const expired = new Promise<never>((_, reject) => {
        fail = reject
      })
      const timer = clock.after(Math.max(0, timeLimit - clock.now), () => fail(new TimeLimitError(timeLimit, false)))
      return Promise.race([work, lost, expired]).finally(() => clock.cancel(timer))
    },
    async close() {
      watch.end()
      lateness?.close()
      await closePort(port)
      clock.close()
    },
  }
}

/** Closes a port that may have vanished meanwhile. */
export function closePort(port: SerialPortStream): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!port.isOpen) resolve()
    else port.close((error) => (error ? reject(error) : resolve()))
  })
}
