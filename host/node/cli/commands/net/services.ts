/** `--services` of the commands that put a stack on a wire. */
import { SERVICES, type ServiceName } from '../../../../../firmware/services/service.js'
import { parseServices } from '../../../../../firmware/services/services.js'
import { parseNetTarget } from '../../../../serial/specification.js'
import type { Arguments } from '../../arguments.js'
import { parsed } from './wires.js'

/**
 * A simulated board has its own services; a stack of this machine's, or on a real wire, has none that nobody asked for.
 * @throws UsageError for an unknown service
 */
export function readServices(given: Arguments, target: string): readonly ServiceName[] {
  const text = given.text('services') ?? (parseNetTarget(target).backend === 'model' ? 'all' : 'none')
  if (text === 'none') return []
  return text === 'all' ? SERVICES.map((each) => each.name) : parsed('--services', text, parseServices)
}
