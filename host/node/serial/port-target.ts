/** Serial ports as targets: this computer's, and others' across a network. */
import type { SerialPortStream } from '@serialport/stream'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { RealClock } from '../../serial/real-clock.js'
import type { PortSpecification } from '../../serial/specification.js'
import type { HostLine } from '../../target/host-line.js'
import { realTarget } from '../../target/real-target.js'
import { type Backend, DEFAULT_BAUD, type Target } from '../../target/target.js'
import { computerLateness } from './computer-lateness.js'
import { CountedBinding } from './counted-port.js'
import { kernelLineErrors } from './kernel-line-errors.js'
import { closePort, openPort, PortWatch } from './port.js'
import { SharedClock } from './shared-clock.js'
import { StreamLine, StreamModem } from './stream-line.js'

/** A network across a country, or a server that holds small segments back (Nagle) and a peer that acknowledges late. */
const NETWORK_TRANSIT = 100 * MILLISECOND

export interface PortOptions {
  /** Symbols a second; as the port's name says, or what the bridge firmware begins with by default. */
  readonly baud?: number
  /** What the run draws from; the time of day by default. */
  readonly seed?: number
  /** Nanoseconds after which `drive` gives up. */
  readonly timeLimit?: number
  /**
   * Where the port is a served board's on this machine (`linkpulse serve`), its virtual time is this target's: how busy the machine is
   * then makes no difference. For what waits for nothing but the target, such as a check.
   */
  readonly sharesTime?: boolean
  /** DTR and RTS of a port across a network stay as they are; a port of this machine has them switched on by the system that opens it. */
  readonly keepsControls?: boolean
}

/** A target that is a port of serialport's. */
export interface PortTarget extends Target {
  readonly port: SerialPortStream
}

/** @throws TargetError when the port cannot be opened */
export async function openPortTarget(
  name: string,
  where: PortSpecification,
  options: PortOptions,
): Promise<PortTarget> {
  const shared = options.sharesTime && where.backend === 'serial' ? await SharedClock.of(where.path) : undefined
  const opened = await openAnyPort(where, options.baud ?? where.baud ?? DEFAULT_BAUD, shared, options.keepsControls)
  return portTarget(name, where.backend, options, opened)
}

interface OpenedPort {
  readonly port: SerialPortStream
  /** The host that the port is on, when it is not this one. */
  readonly across?: string
  readonly portCounters?: Readonly<Record<string, number>>
  /** Where somebody counts them. */
  readonly lineErrors?: HostLine['lineErrors']
  /** The board's own time, where it shares it. */
  readonly shared?: SharedClock
}

async function openAnyPort(
  where: PortSpecification,
  baud: number,
  shared: SharedClock | undefined,
  keepsControls: boolean | undefined,
): Promise<OpenedPort> {
  if (where.backend === 'serial') {
    if (shared === undefined) {
      const port = await openPort(where.path, baud)
      const lineErrors = kernelLineErrors(port)
      return { port, ...(lineErrors === undefined ? {} : { lineErrors }) }
    }
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
  const { port, counters } = await openNetworkPort(where.host, where.tcpPort, baud, keepsControls)
  return {
    port,
    portCounters: counters,
    across: where.host,
    lineErrors: () => ({
      framing: counters.framingErrors,
      parity: counters.parityErrors,
      overruns: counters.overruns,
      breaks: counters.breaks,
    }),
  }
}

/** The port is read by a thread of Node's: octets that came in time take it some turns of the event loop to hand over. */
const PORT_CLOCK = { grace: 8 } as const

/** A target behind a port of the operating system: time is this computer's, or the board's where it shares it. */
function portTarget(name: string, backend: Backend, options: PortOptions, opened: OpenedPort): PortTarget {
  const { port, across, portCounters, lineErrors, shared } = opened
  const clock = shared ?? new RealClock(PORT_CLOCK)
  const lateness = shared === undefined ? computerLateness() : undefined
  const watch = new PortWatch(port, across)
  const target = realTarget({
    name,
    backend,
    board: '',
    line: new StreamLine(port, {
      ...(shared === undefined ? {} : { lead: 0 }),
      ...(across === undefined ? {} : { transit: NETWORK_TRANSIT }),
      ...(portCounters === undefined ? {} : { portCounters }),
      ...(lineErrors === undefined ? {} : { lineErrors }),
    }),
    modem: new StreamModem(port),
    clock,
    random: new SeededRandom(options.seed ?? Date.now()),
    lost: shared === undefined ? watch.lost : Promise.race([watch.lost, shared.lost]),
    timeLimit: options.timeLimit,
    ...(lateness === undefined ? {} : { lateness }),
    async close() {
      watch.end()
      lateness?.close()
      await closePort(port)
      clock.close()
    },
  })
  return { ...target, port }
}
