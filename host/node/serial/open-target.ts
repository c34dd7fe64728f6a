/** Opens targets: simulated boards, ports of this computer and of others, programmers. */
import { UsageError } from '../../errors/errors.js'
import { isSimulated, parseTarget } from '../../serial/specification.js'
import { serprogTarget } from '../../target/serprog-target.js'
import { boardNamed, openSimulated } from '../../target/simulated-target.js'
import type { Target } from '../../target/target.js'
import { type NodeSimulationOptions, withFirmware } from './firmware.js'
import type { PortOptions } from './port-target.js'

/** What of it is for simulated targets is refused for a real one. */
export interface TargetOptions extends NodeSimulationOptions, PortOptions {
  /** A simulated board that is reached through a pseudo-terminal of the operating system. */
  readonly overPty?: boolean
  /** Puts something around what is at the port, beneath what speaks serprog on it. */
  readonly around?: TargetWrapper | undefined
}

/** @param programmer where serprog will be spoken on its line: the rate at which the programmer is looked for */
export type TargetWrapper = (target: Target, programmer?: { readonly rate?: number }) => Target

/**
 * @param name `model:BOARD`, `avr:BOARD`, a serial port's path, `serial:PATH@RATE`, `rfc2217://HOST:PORT`, `serprog:PATH`, or
 * `replay:FILE` (which takes no options)
 * @throws UsageError for a name or option that means nothing; TargetError when the port cannot be opened.
 */
export async function openTarget(name: string, options: TargetOptions = {}): Promise<Target> {
  const specification = parseTarget(name)
  if (specification.backend === 'replay') {
    const { openRecording } = await import('./open-recording.js')
    return openRecording(specification.path)
  }
  const { around = (target: Target) => target } = options
  if (isSimulated(specification)) {
    const { backend } = specification
    const definition = options.board ?? boardNamed(specification.board)
    const simulation = await withFirmware(definition, options, backend)
    if (!options.overPty) return around(openSimulated(name, definition, simulation, backend))
    const { openOverPty } = await import('./over-pty.js')
    return around(await openOverPty(name, definition, simulation, backend))
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
  // Simulated boards need no serialport, and do not wait for it to be loaded.
  const { openPortTarget } = await import('./port-target.js')
  if (specification.backend !== 'serprog') return around(await openPortTarget(name, specification, options))
  const target = await openPortTarget(name, specification.port, options)
  const rate = options.baud ?? specification.port.baud
  const programmer = rate === undefined ? {} : { rate }
  return serprogTarget(around({ ...target, backend: 'serprog' }, programmer), target.port, rate)
}
