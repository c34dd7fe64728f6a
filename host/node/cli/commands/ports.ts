import { jsonText } from '../../../json-text.js'
import { listPorts } from '../../serial/ports.js'
import type { ArgumentsOf } from '../arguments.js'
import { print } from '../say.js'
import { table } from '../table.js'
import type { PORTS_COMMAND } from './ports.command.js'

type Given = ArgumentsOf<typeof PORTS_COMMAND>

/** `linkpulse ports [--json]`: the serial ports of this machine. */
export async function ports(given: Given): Promise<number> {
  const found = await listPorts()
  if (given.has('json')) {
    print(jsonText(found))
    return 0
  }
  if (found.length === 0) {
    print('no serial ports found; plug a board in, or try `linkpulse serve model:uno` for a simulated one\n')
    return 0
  }
  print(
    table(
      found.map(({ path, manufacturer, vendorId, productId }) => [
        path,
        vendorId === undefined ? '' : `${vendorId}:${productId ?? ''}`,
        manufacturer ?? '',
      ]),
    ),
  )
  return 0
}
