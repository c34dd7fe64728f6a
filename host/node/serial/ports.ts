/** The serial ports of this machine. */
import { readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PortInfo } from '@serialport/bindings-interface'

/**
 * serialport's own list. On Linux it asks udevadm, which a small system may not have: then the kernel is asked directly.
 */
export async function listPorts(): Promise<PortInfo[]> {
  const { SerialPort } = await import('serialport')
  try {
    return await SerialPort.list()
  } catch (error) {
    if (process.platform === 'linux' && (error as NodeJS.ErrnoException).code === 'ENOENT') return listFromSysfs()
    throw error
  }
}

/** Terminals in sysfs that have a device behind them; the kernel's four placeholders for PC ports (serial8250) do not count. */
export async function listFromSysfs(root = '/sys/class/tty'): Promise<PortInfo[]> {
  const found: PortInfo[] = []
  for (const name of (await readdir(root).catch(() => [])).sort()) {
    const device = await realpath(join(root, name, 'device')).catch(() => undefined)
    if (device === undefined) continue
    const driver = await realpath(join(device, 'driver')).catch(() => undefined)
    if (driver === undefined || driver.endsWith('/serial8250')) continue
    // the USB device is some levels above its interface and its port
    let usb = device
    while (usb.startsWith('/sys/devices/') && (await attribute(usb, 'idVendor')) === undefined) usb = dirname(usb)
    found.push({
      path: `/dev/${name}`,
      manufacturer: await attribute(usb, 'manufacturer'),
      serialNumber: await attribute(usb, 'serial'),
      pnpId: undefined,
      locationId: undefined,
      productId: await attribute(usb, 'idProduct'),
      vendorId: await attribute(usb, 'idVendor'),
    })
  }
  return found
}

/** A sysfs attribute, or undefined when the device has none of that name. */
function attribute(device: string, name: string): Promise<string | undefined> {
  return readFile(join(device, name), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
}
