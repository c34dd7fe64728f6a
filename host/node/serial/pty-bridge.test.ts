import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, it } from 'vitest'
import { UartLine } from '../../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR } from '../../../firmware/hal/serial-line.js'
import { LockstepBinding } from './lockstep.js'
import { openPort } from './port.js'
import { HELD_LIMIT, PtyBridge } from './pty-bridge.js'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}

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

  it('makes a program wait that is faster than the line, as a real port does, and takes all of it in its time', async () => {
    const scheduler = new Scheduler()
    const line = new UartLine({ clock: scheduler, random: new SeededRandom(1), baud: 300 })
    const bridge = new PtyBridge(line.a, scheduler, (input) => input(), true)
    open.push(bridge)
    let heard = 0
    line.b.handleOctets = (octets) => {
      heard += octets.length
    }
    const received = bridge.pty.counters
    const program = openSync(bridge.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
    open.push({ close: () => closeSync(program) })
    const file = new Uint8Array(100_000)
    /** Writes what the port takes, until it takes no more although the reader had its turns. */
    let written = 0
    const write = async () => {
      for (let idle = 0; idle < 20 && written < file.length; ) {
        try {
          written += writeSync(program, file, written)
          idle = 0
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
          idle++
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      }
    }
    await write()
    // A chunk may follow the one with which the limit was reached; the kernel keeps some as well.
    const taken = received.received
    expect(taken).toBeGreaterThanOrEqual(HELD_LIMIT)
    expect(taken).toBeLessThan(4 * HELD_LIMIT)
    expect(written).toBeLessThan(60_000)
    // Nothing more is taken until the line has caught up: 2048 octets of 10 bits at 300 baud are 68 s.
    scheduler.runFor(30 * SECOND)
    await write()
    expect(received.received).toBe(taken)
    while (written < file.length) {
      scheduler.runFor(60 * SECOND)
      await write()
    }
    for (let i = 0; i < 200 && heard < file.length; i++) {
      scheduler.runFor(60 * SECOND)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(heard).toBe(file.length)
  })

  it('lets the program go on when what it wrote is thrown away, or when others say when time passes', async () => {
    const scheduler = new Scheduler()
    const line = new UartLine({ clock: scheduler, random: new SeededRandom(1), baud: 300 })
    const bridge = new PtyBridge(line.a, scheduler, (input) => input(), true)
    open.push(bridge)
    const program = openSync(bridge.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
    open.push({ close: () => closeSync(program) })
    const { counters } = bridge.pty
    const write = async (octets: number) => {
      const before = counters.received
      writeSync(program, new Uint8Array(octets))
      await until(() => counters.received >= before + octets)
    }
    await write(HELD_LIMIT / 2)
    writeSync(program, new Uint8Array(HELD_LIMIT))
    await until(() => counters.received >= HELD_LIMIT)
    bridge.discard()
    expect(line.a.pending).toBe(0)
    await write(HELD_LIMIT / 2)
    bridge.restrains = false
    for (let i = 0; i < 4; i++) await write(HELD_LIMIT / 2)
    expect(line.a.pending).toBeGreaterThan(2 * HELD_LIMIT)
  })

  it('does not keep the next program for longer than 30 s from a port that is full at a low rate', async () => {
    const scheduler = new Scheduler()
    const line = new UartLine({ clock: scheduler, random: new SeededRandom(1), baud: 300 })
    const bridge = new PtyBridge(line.a, scheduler, (input) => input(), true)
    open.push(bridge)
    let heard = 0
    line.b.handleOctets = (octets) => {
      heard += octets.length
    }
    const program = openSync(bridge.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
    writeSync(program, new Uint8Array(3_000)) // 100 s
    await until(() => bridge.pty.counters.received === 3_000)
    closeSync(program)
    await new Promise<void>((resolve, reject) => {
      const next = new SerialPort({ path: bridge.path, baudRate: 9_600, lock: false }, (error) =>
        error ? reject(error) : resolve(),
      )
      open.push({ close: () => next.close() })
    })
    bridge.pty.noticeBaud()
    scheduler.runFor(29 * SECOND)
    expect(line.a.baud).toBe(300)
    scheduler.runFor(2 * SECOND)
    expect(line.a.baud).toBe(9_600)
    // 30 s of 10 bits at 300 baud; one more may have begun.
    expect(heard).toBeGreaterThanOrEqual(899)
    expect(heard).toBeLessThanOrEqual(901)
    expect(line.a.pending).toBe(0)
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
