/** Opens the targets that need nothing of a platform: simulated boards. */
import { UsageError } from '../errors/errors.js'
import { isSimulated, parseTarget } from '../serial/specification.js'
import { boardNamed, openSimulated } from './simulated-target.js'
import type { SimulationOptions, Target } from './target.js'

/**
 * @param name `model:BOARD`, or `avr:BOARD` with an `image`
 * @throws UsageError for a name or option that means nothing, and for a real port
 */
export async function openTarget(name: string, options: SimulationOptions = {}): Promise<Target> {
  const specification = parseTarget(name)
  if (!isSimulated(specification)) {
    if (specification.backend === 'replay') {
      throw new UsageError(`${name} is in a file: open it with openTarget of 'linkpulse/node'`)
    }
    throw new UsageError(
      `${name} is a real port: open it with openTarget of 'linkpulse/node', or in a browser with openWebSerial of 'linkpulse/web'`,
    )
  }
  const definition = options.board ?? boardNamed(specification.board)
  return openSimulated(name, definition, options, specification.backend)
}
