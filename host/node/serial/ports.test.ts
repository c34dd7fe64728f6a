import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFromSysfs } from './ports.js'

/** A little of /sys as Linux lays it out: class/tty/NAME/device points into devices/, which names its driver. */
function sysfs(terminals: readonly { name: string; driver?: string }[]): string {
  const root = mkdtempSync(join(tmpdir(), 'linkpulse-sysfs-'))
  mkdirSync(join(root, 'class', 'tty'), { recursive: true })
  for (const { name, driver } of terminals) {
    const terminal = join(root, 'class', 'tty', name)
    mkdirSync(terminal)
    if (driver === undefined) continue
    const device = join(root, 'devices', name)
    mkdirSync(device, { recursive: true })
    mkdirSync(join(root, 'drivers', driver), { recursive: true })
    symlinkSync(join(root, 'drivers', driver), join(device, 'driver'))
    symlinkSync(device, join(terminal, 'device'))
    writeFileSync(join(device, 'manufacturer'), 'Arduino (www.arduino.cc)\n')
  }
  return join(root, 'class', 'tty')
}

describe('serial ports from sysfs, where udevadm is missing', () => {
  it('are the terminals with a device and a driver, and not the placeholders for PC ports', async () => {
    const root = sysfs([
      { name: 'tty1' },
      { name: 'ttyS0', driver: 'serial8250' },
      { name: 'ttyUSB0', driver: 'ch341-uart' },
      { name: 'ttyACM0', driver: 'cdc_acm' },
    ])
    const ports = await listFromSysfs(root)
    expect(ports.map(({ path }) => path)).toEqual(['/dev/ttyACM0', '/dev/ttyUSB0'])
    expect(ports[0].manufacturer).toBe('Arduino (www.arduino.cc)')
  })

  it('are none on a machine that has no such directory', async () => {
    expect(await listFromSysfs('/no-such-directory')).toEqual([])
  })
})
