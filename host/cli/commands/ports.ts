import { listPorts } from '../../serial/ports.js'
import type { Arguments } from '../arguments.js'
import { table } from '../table.js'

/** `linkpulse ports [--json]`: the serial ports of this machine. */
export async function ports(given: Arguments): Promise<number> {
  const found = await listPorts()
  if (given.has('json')) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
    return 0
  }
  if (found.length === 0) {
    process.stdout.write(
      'no serial ports found; plug a board in, or try `linkpulse serve model:uno` for a simulated one\n',
    )
    return 0
  }
  process.stdout.write(
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
