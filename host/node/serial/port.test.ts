import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BindingInterface } from '@serialport/bindings-interface'
import { describe, expect, it } from 'vitest'
import { openPort } from './port.js'
import { PseudoTerminal } from './pty.js'

/** An operating system whose `open` fails so. */
function failing(message: string, before: () => void = () => {}): BindingInterface {
  return {
    list: () => Promise.resolve([]),
    open: () => {
      before()
      return Promise.reject(new Error(message))
    },
  }
}

describe('a port that is gone', () => {
  it('before it was open is said to have vanished, and not that there is none', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'linkpulse-port-')), 'ttyX')
    writeFileSync(path, '')
    const vanishing = failing(`Error: No such file or directory, cannot open ${path}`, () => rmSync(path))
    await expect(openPort(path, 9600, vanishing)).rejects.toThrow(
      new RegExp(`^the port ${path} vanished before it was open; .*serve it anew`),
    )
    const absent = failing(`Error: No such file or directory, cannot open ${path}`)
    await expect(openPort(path, 9600, absent)).rejects.toThrow(`there is no port ${path}`)
  })

  it.each(['Error: Input/output error setting custom baud rate', 'Error: No such device, cannot open /dev/ttyX'])(
    'while it was opened has vanished too: %s',
    async (message) => {
      await expect(openPort('/dev/ttyX', 9600, failing(message))).rejects.toThrow(
        'the port /dev/ttyX vanished before it was open',
      )
    },
  )

  it('because its board is served no more: a pseudo-terminal', async () => {
    const pty = new PseudoTerminal()
    const { path } = pty
    pty.close()
    await expect(openPort(path, 115_200)).rejects.toThrow(
      new RegExp(`^the (pseudo-terminal ${path} is gone|port ${path} vanished before it was open); .*linkpulse serve`),
    )
  })
})
