/** A serial port of this machine as a document: an element of what `linkpulse ports --json` prints. */
import type { PortInfo } from '@serialport/bindings-interface'
import * as v from 'valibot'
import { documentFields, listField, textField, wordsField } from '../../../boards/schema/fields.js'
import { documentHead } from '../../../boards/schema/published.js'
import { usbAdapter } from './usb-adapters.js'

/** The version of this form; another number where a reader of the form before would misread a port. */
const PORT_VERSION = 1

/** As the system has it; left out where it does not say. */
const perhaps = (title: string) => v.optional(wordsField(title))
const orNull = (title: string) => v.pipe(v.nullable(v.string()), v.title(title), v.description('a text, or null'))

export const SERIAL_PORT_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(PORT_VERSION),
    path: textField('What it is opened by'),
    manufacturer: perhaps('Who made it, as the device says'),
    serialNumber: perhaps('Its serial number'),
    pnpId: perhaps('Its name among the system’s devices'),
    locationId: perhaps('Where it is plugged in'),
    productId: perhaps('USB product, in hexadecimal'),
    vendorId: perhaps('USB vendor, in hexadecimal'),
    friendlyName: perhaps('What Windows calls it'),
    maker: orNull('Who made what has its USB identity; null where neither that nor the device says'),
    guess: orNull('What it is by its USB identity; null where that is not known'),
    boards: listField(textField('A board of ours that it may be, the likeliest first')),
  }),
  v.title('A serial port of this machine'),
)

export function serialPortDocument(
  port: PortInfo & { readonly friendlyName?: string },
): v.InferOutput<typeof SERIAL_PORT_DOCUMENT> {
  const { path, manufacturer, serialNumber, pnpId, locationId, productId, vendorId, friendlyName } = port
  const adapter = usbAdapter(vendorId, productId)
  return {
    ...documentHead('serial-port', PORT_VERSION),
    path,
    manufacturer,
    serialNumber,
    pnpId,
    locationId,
    productId,
    vendorId,
    friendlyName,
    maker: adapter?.maker ?? manufacturer ?? null,
    guess: adapter?.title ?? null,
    boards: adapter?.boards ?? [],
  }
}
