import { SerialPort } from 'serialport'
import { afterEach, describe, expect, it } from 'vitest'
import { UartLine } from '../../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { LINE_FRAMING_ERROR } from '../../../firmware/hal/serial-line.js'
import { LockstepBinding } from './lockstep.js'
import { openPort } from './port.js'
import { PtyBridge } from './pty-bridge.js'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function bench() {
  const scheduler = new Scheduler()
  const line = new UartLine({ clock: scheduler, random: new SeededRandom(1), baud: 1_000_000 })
  const bridge = new PtyBridge(line.a, scheduler, (input) => input())
  open.push(bridge)
  const binding = new LockstepBinding(SerialPort.binding, bridge.pty)
  const port = await openPort(bridge.path, 1_000_000, binding)
  open.push({ close: () => port.close() })
  const heard: number[] = []
  let framingErrors = 0
  line.b.handleOctets = (octets, errors) => {
    heard.push(...octets)
    for (const flags of errors ?? []) if (flags & LINE_FRAMING_ERROR) framingErrors++
  }
  return { scheduler, line, bridge, binding, port, heard, framingErrors: () => framingErrors }
}

// A pseudo-terminal of macOS takes no rate above 230400 and so says nothing about the rate
describe.skipIf(process.platform === 'darwin')('a simulated line behind a pseudo-terminal', () => {
  it('passes every octet value both ways', async () => {
    const { scheduler, line, binding, port, heard } = await bench()
    const every = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet))
    const read: number[] = []
    port.on('data', (chunk: Buffer) => read.push(...chunk))
    port.write(every)
    line.b.write(every)
    await binding.quiet()
    scheduler.runFor(10_000_000)
    await binding.quiet()
    await new Promise((resolve) => setImmediate(resolve))
    expect(heard).toEqual([...every])
    expect(read).toEqual([...every])
  })

  it('lets octets out at the rate they were written at, before it takes a new rate (tcdrain(3))', async () => {
    const { scheduler, line, binding, port, heard, framingErrors } = await bench()
    port.write(Buffer.alloc(100, 0x55))
    await binding.quiet()
    await new Promise<void>((resolve, reject) => {
      port.update({ baudRate: 500_000 }, (error) => (error ? reject(error) : resolve()))
    })
    port.write(Buffer.from([0x33]))
    await binding.quiet()
    // the board follows when the first hundred have arrived: 100 octets of 10 bits at 1 Mbaud are 1 ms
    scheduler.runUntil(1_000_000)
    expect(heard).toHaveLength(100)
    line.b.setBaud(500_000)
    scheduler.runFor(1_000_000)
    expect(heard.at(-1)).toBe(0x33)
    expect(framingErrors()).toBe(0)
    expect(line.a.baud).toBe(500_000)
  })

  it('waits for octets inside the kernel, and for calls under way', async () => {
    const { bridge, binding, port } = await bench()
    let received = 0
    port.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    await new Promise((resolve) => setImmediate(resolve))
    for (let i = 0; i < 50; i++) bridge.pty.write(new Uint8Array(1_000))
    await binding.quiet()
    await new Promise((resolve) => setImmediate(resolve))
    expect(received).toBe(50_000)
  })
})
