import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, it } from 'vitest'
import { PseudoTerminal } from './pty.js'

const open: { close(): void }[] = []
afterEach(() => {
  for (const it of open.splice(0)) it.close()
})

function terminal(options?: { baud?: number }): PseudoTerminal {
  const pty = new PseudoTerminal(options)
  open.push(pty)
  return pty
}

/** Waits for something that happens in real time; the test's own time limit bounds it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

const everyOctet = Uint8Array.from({ length: 256 }, (_, octet) => octet)

describe('a pseudo-terminal', () => {
  it('is for programs of its own user: nobody else may read or write it', () => {
    const { uid, mode } = statSync(terminal().path)
    expect(uid).toBe(process.getuid?.())
    // grantpt(3): the group tty may write at most (write(1), wall(1))
    expect(mode & 0o557).toBe(0o400)
  })

  it('is raw: every octet value passes unchanged both ways, and nothing is echoed (cfmakeraw(3))', async () => {
    const pty = terminal()
    const received: number[] = []
    pty.handleOctets = (octets) => received.push(...octets)
    const descriptor = openSync(pty.path, 'r+')
    open.push({ close: () => closeSync(descriptor) })
    writeSync(descriptor, everyOctet)
    await until(() => received.length >= 256)
    expect(received).toEqual([...everyOctet])
    pty.write(everyOctet)
    const inbound = new Uint8Array(1024)
    let count = 0
    while (count < 256) count += readSync(descriptor, inbound, count, 1024 - count, null)
    expect([...inbound.subarray(0, count)]).toEqual([...everyOctet])
    expect(received.length).toBe(256)
  })

  it('lives on when the program that had it open closes it: the next one finds it working', async () => {
    const pty = terminal()
    const received: number[] = []
    const errors: Error[] = []
    pty.handleOctets = (octets) => received.push(...octets)
    pty.onError((error) => errors.push(error))
    for (const octet of [1, 2, 3]) {
      const descriptor = openSync(pty.path, 'r+')
      writeSync(descriptor, Uint8Array.of(octet))
      await until(() => received.length >= octet)
      closeSync(descriptor)
    }
    expect(received).toEqual([1, 2, 3])
    expect(errors).toEqual([])
  })

  it('is a port to serialport, and notices the rate it chose', async () => {
    const pty = terminal({ baud: 115_200 })
    expect(pty.baud).toBe(115_200)
    const rates: number[] = []
    const received: number[] = []
    pty.handleBaud = (baud) => rates.push(baud)
    pty.handleOctets = (octets) => received.push(...octets)
    const port = new SerialPort({ path: pty.path, baudRate: 57_600 })
    open.push({ close: () => port.close() })
    await new Promise((resolve) => port.once('open', resolve))
    port.write(Buffer.from([0x55]))
    await until(() => received.length > 0)
    expect(rates).toEqual([57_600])
  })

  it('counts octets that nobody reads instead of blocking or keeping them for ever', () => {
    const pty = terminal()
    const block = new Uint8Array(50_000)
    for (let i = 0; i < 10; i++) pty.write(block)
    const { sent, unreadOctets } = pty.counters
    expect(sent + pty.pending + unreadOctets).toBe(500_000)
    expect(unreadOctets).toBeGreaterThan(300_000)
  })

  it('loses not an octet for a reader that is slow', async () => {
    const pty = terminal()
    const port = new SerialPort({ path: pty.path, baudRate: 115_200 })
    open.push({ close: () => port.close() })
    await new Promise((resolve) => port.once('open', resolve))
    port.pause()
    const sent = Uint8Array.from({ length: 60_000 }, (_, i) => (i * 31) & 0xff)
    pty.write(sent)
    const received: number[] = []
    port.on('data', (chunk: Buffer) => received.push(...chunk))
    port.resume()
    await until(() => received.length >= sent.length)
    expect(Buffer.compare(Buffer.from(received), Buffer.from(sent))).toBe(0)
    expect(pty.counters.unreadOctets).toBe(0)
  })
})
