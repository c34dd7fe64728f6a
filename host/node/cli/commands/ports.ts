import type { PortInfo } from '@serialport/bindings-interface'
import { table } from '../../../text/table.js'
import { serialPortDocument } from '../../serial/port-document.js'
import { listPorts } from '../../serial/ports.js'
import { usbAdapter } from '../../serial/usb-adapters.js'
import type { ArgumentsOf } from '../arguments.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import type { PORTS_COMMAND } from './ports.command.js'

type Given = ArgumentsOf<typeof PORTS_COMMAND>

/** `linkpulse ports [--json]`: the serial ports of this machine. */
export async function ports(given: Given): Promise<number> {
  const found = await listPorts()
  if (given.has('json')) {
    printJson(found.map(serialPortDocument))
    return 0
  }
  if (found.length === 0) {
    print('no serial ports found; plug a board in, or try `linkpulse serve model:uno` for a simulated one\n')
    return 0
  }
  print(portTable(found))
  return 0
}

/** A line each: path, USB identity, maker, what it is, and which of our boards that may be. */
export function portTable(found: readonly PortInfo[]): string {
  return table(
    found.map(({ path, manufacturer, vendorId, productId }) => {
      const adapter = usbAdapter(vendorId, productId)
      return [
        path,
        vendorId === undefined ? '' : `${vendorId}:${productId ?? ''}`,
        adapter?.maker ?? manufacturer ?? '',
        adapter?.title ?? '',
        adapter?.boards.join(', ') ?? '',
      ]
    }),
  )
}
