/** Opens targets: simulated boards, ports of this computer and of others, programmers. */
import type { SerialPortStream } from '@serialport/stream'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { UsageError } from '../../errors/errors.js'
import { RealClock } from '../../serial/real-clock.js'
import { isSimulated, type PortSpecification, parseTarget } from '../../serial/specification.js'
import { PORT_LEAD, realTarget } from '../../target/real-target.js'
import { serprogTarget } from '../../target/serprog-target.js'
import { boardNamed, openSimulated } from '../../target/simulated-target.js'
import { type Backend, DEFAULT_BAUD, type Target } from '../../target/target.js'
import { computerLateness } from './computer-lateness.js'
import { CountedBinding } from './counted-port.js'
import { type NodeSimulationOptions, withFirmware } from './firmware.js'
import { closePort, openPort, PortWatch } from './port.js'
import { SharedClock } from './shared-clock.js'
import { StreamLine, StreamModem } from './stream-line.js'

/** A network across a country, or a server that holds small segments back (Nagle) and a peer that acknowledges late. */
const NETWORK_TRANSIT = 100 * MILLISECOND

/** What of it is for simulated targets is refused for a real one. */
export interface TargetOptions extends NodeSimulationOptions {
  /** A simulated board that is reached through a pseudo-terminal of the operating system. */
  readonly overPty?: boolean
  /**
   * Where the port is a served board's on this machine (`linkpulse serve`), its virtual time is this target's: how busy the machine is
   * then makes no difference. For what waits for nothing but the target, such as a check.
   */
  readonly sharesTime?: boolean
}

/**
 * @param name `model:BOARD`, `avr:BOARD`, a serial port's path, `serial:PATH@RATE`, `rfc2217://HOST:PORT` or `serprog:PATH`
 * @throws UsageError for a name or option that means nothing; TargetError when the port cannot be opened.
 */
export async function openTarget(name: string, options: TargetOptions = {}): Promise<Target> {
  const specification = parseTarget(name)
  if (isSimulated(specification)) {
    const { backend } = specification
    const definition = options.board ?? boardNamed(specification.board)
    const simulation = await withFirmware(definition, options, backend)
    if (!options.overPty) return openSimulated(name, definition, simulation, backend)
    const { openOverPty } = await import('./over-pty.js')
    return openOverPty(name, definition, simulation, backend)
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
  if (specification.backend !== 'serprog') return openPortTarget(name, specification, options)
  const target = await openPortTarget(name, specification.port, options)
  const rate = options.baud ?? specification.port.baud
  return serprogTarget({ ...target, backend: 'serprog' }, target.port, rate)
}

/** A target that is a port of serialport's. */
export interface PortTarget extends Target {
  readonly port: SerialPortStream
}

/** @throws TargetError when the port cannot be opened */
export async function openPortTarget(
  name: string,
  where: PortSpecification,
  options: Pick<TargetOptions, 'baud' | 'seed' | 'sharesTime' | 'timeLimit'>,
): Promise<PortTarget> {
  const shared = options.sharesTime && where.backend === 'serial' ? await SharedClock.of(where.path) : undefined
  const opened = await openAnyPort(where, options.baud ?? where.baud ?? DEFAULT_BAUD, shared)
  return portTarget(name, where.backend, options, opened)
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

/** The port is read by a thread of Node's: octets that came in time take it some turns of the event loop to hand over. */
const PORT_CLOCK = { grace: 8 } as const

/** A target behind a port of the operating system: time is this computer's, or the board's where it shares it. */
function portTarget(
  name: string,
  backend: Backend,
  options: Pick<TargetOptions, 'seed' | 'timeLimit'>,
  opened: OpenedPort,
): PortTarget {
  const { port, across, portCounters, shared } = opened
  const clock = shared ?? new RealClock(PORT_CLOCK)
  const lateness = shared === undefined ? computerLateness() : undefined
  const watch = new PortWatch(port, across)
  const target = realTarget({
    name,
    backend,
    board: '',
    line: new StreamLine(port),
    modem: new StreamModem(port),
    clock,
    random: new SeededRandom(options.seed ?? Date.now()),
    lead: shared === undefined ? PORT_LEAD : 0,
    lost: shared === undefined ? watch.lost : Promise.race([watch.lost, shared.lost]),
    timeLimit: options.timeLimit,
    ...(lateness === undefined ? {} : { lateness }),
    ...(portCounters === undefined ? {} : { portCounters }),
    ...(across === undefined ? {} : { transit: NETWORK_TRANSIT }),
    async close() {
      watch.end()
      lateness?.close()
      await closePort(port)
      clock.close()
    },
  })
  return { ...target, port }
}
