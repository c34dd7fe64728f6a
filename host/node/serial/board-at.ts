/** Which of our boards the adapter at a serial port belongs to. */
import type { LiveSpecification } from '../../serial/specification.js'
import { listPorts } from './ports.js'
import { usbAdapter } from './usb-adapters.js'

/** By the USB identity of the port; undefined where it has none, or one that is no board's. */
export async function boardAt(specification: LiveSpecification): Promise<string | undefined> {
  if (specification.backend !== 'serial') return undefined
  // A hint that nobody asked for: without the list it is left out.
  const found = (await listPorts().catch(() => [])).find(({ path }) => path === specification.path)
  return usbAdapter(found?.vendorId, found?.productId)?.boards[0]
}
