import { SerialPortStream } from '@serialport/stream'
import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'
import { SimulationPump, sleepOnClock } from '../../serial/drive.js'
import { MemoryBinding } from './memory-binding.js'
import { StreamLine } from './stream-line.js'

/** One octet after another, ten bit times each (8N1), to the other end. The real line model has tests of its own. */
class PlainEnd implements SerialLine {
  other: PlainEnd | undefined
  handleOctets: ((octets: Uint8Array) => void) | undefined
  readonly rates: { at: number; baud: number }[] = []
  #queue: number[] = []
  #busy = false
  constructor(
    readonly scheduler: Scheduler,
    public baud: number,
  ) {}
  setBaud(baud: number): void {
    this.baud = baud
    this.rates.push({ at: this.scheduler.now, baud })
  }
  get pending(): number {
    return this.#queue.length
  }
  write(octets: Uint8Array): void {
    this.#queue.push(...octets)
    if (!this.#busy) this.#next()
  }
  #next(): void {
    const octet = this.#queue.shift()
    this.#busy = octet !== undefined
    if (octet === undefined) return
    this.scheduler.after((10 * SECOND) / this.baud, () => {
      this.other?.handleOctets?.(Uint8Array.of(octet))
      this.#next()
    })
  }
}

function bench() {
  const scheduler = new Scheduler()
  const pump = new SimulationPump(scheduler)
  const board = new PlainEnd(scheduler, 1_000_000)
  const host = new PlainEnd(scheduler, 1_000_000)
  board.other = host
  host.other = board
  const binding = new MemoryBinding()
  binding.add('model:uno', { line: host, clock: pump.clock })
  const port = new SerialPortStream({ binding, path: 'model:uno', baudRate: 1_000_000, autoOpen: false })
  const opened = new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  port.on('open', () => {
    if (port.port) port.port.onDelivered(() => pump.touch())
  })
  return { scheduler, pump, board, host, binding, port, opened }
}

describe('serialport over a simulated line', () => {
  it('takes 10 bit times an octet at 8N1: an octet echoed at 1 Mbaud is back after 20 µs', async () => {
    const { scheduler, pump, board, port, opened } = bench()
    board.handleOctets = (octets) => board.write(octets)
    await opened
    const back = new Promise<number>((resolve) => port.once('data', () => resolve(scheduler.now)))
    port.write(Buffer.from([0x42]))
    expect(await pump.drive(back)).toBe(20 * MICROSECOND)
  })

  it('lets the host answer each octet at the instant it arrived: virtual time waits for its promises', async () => {
    const { scheduler, pump, board, port, opened } = bench()
    const heard: { octet: number; at: number }[] = []
    board.handleOctets = (octets) => {
      heard.push({ octet: octets[0], at: scheduler.now })
      if (octets[0] < 5) board.write(octets)
    }
    await opened
    port.on('data', async (chunk: Buffer) => {
      for (let i = 0; i < 50; i++) await Promise.resolve()
      await new Promise<void>((resolve) => process.nextTick(resolve))
      port.write(Buffer.from([chunk[0] + 1]))
    })
    port.write(Buffer.from([0]))
    await pump.drive(sleepOnClock(pump.clock, MILLISECOND))
    expect(heard).toEqual([0, 1, 2, 3, 4, 5].map((octet) => ({ octet, at: (10 + 20 * octet) * MICROSECOND })))
  })

  it('gives the same run twice, event for event', async () => {
    const run = async (): Promise<string> => {
      const { scheduler, pump, board, port, opened } = bench()
      const story: string[] = []
      board.handleOctets = (octets) => {
        story.push(`${scheduler.now} board ${octets}`)
        board.write(octets.map((octet) => octet ^ 0xff))
        scheduler.after(3 * MICROSECOND, () => board.write(Uint8Array.of(7)))
      }
      await opened
      let chunks = 0
      port.on('data', (chunk: Buffer) => {
        story.push(`${scheduler.now} host ${[...chunk]}`)
        if (++chunks < 40)
          void sleepOnClock(pump.clock, chunks * 1_700).then(() => port.write(Buffer.from([chunks, chunks])))
      })
      port.write(Buffer.from('begin'))
      await pump.drive(sleepOnClock(pump.clock, 20 * MILLISECOND))
      story.push(`${scheduler.executed} events`)
      return story.join('\n')
    }
    const first = await run()
    expect(first.split('\n').length).toBeGreaterThan(100)
    // something else going on in the process must not show
    const noise = setInterval(() => Buffer.alloc(100_000), 0)
    const second = await run()
    clearInterval(noise)
    expect(second).toBe(first)
  })

  it('makes a writer wait once more than 4096 octets are on their way, and drain waits for the last stop bit', async () => {
    const { scheduler, pump, port, opened } = bench()
    await opened
    const written = new Promise<number>((resolve) => port.write(Buffer.alloc(5_096), () => resolve(scheduler.now)))
    const drained = new Promise<number>((resolve) => port.drain(() => resolve(scheduler.now)))
    // one octet is in the shift register, 5095 wait; 999 or 1000 must go for 4096 to be left
    const at = await pump.drive(written)
    expect(at).toBeGreaterThanOrEqual(9_990 * MICROSECOND)
    expect(at).toBeLessThanOrEqual(10_000 * MICROSECOND)
    expect(await pump.drive(drained)).toBeGreaterThanOrEqual(50_960 * MICROSECOND)
  })

  it('refuses a second opener, and says so as the operating system does', async () => {
    const { binding, opened } = bench()
    await opened
    await expect(binding.open({ path: 'model:uno', baudRate: 9600 })).rejects.toThrow(/Cannot lock port/)
    await expect(binding.open({ path: 'model:due', baudRate: 9600 })).rejects.toThrow(/No such file/)
    expect((await binding.list()).map(({ path }) => path)).toEqual(['model:uno'])
  })

  it('tells the stream when the device vanishes', async () => {
    const { binding, port, opened } = bench()
    await opened
    port.on('data', () => {})
    const closed = new Promise<Error & { disconnected?: boolean }>((resolve) => port.once('close', resolve))
    binding.remove('model:uno')
    expect((await closed).disconnected).toBe(true)
    expect(port.isOpen).toBe(false)
  })

  it('changes the rate between octets: those before at the old one, those after at the new one', async () => {
    const { scheduler, pump, host, board, port, opened } = bench()
    await opened
    const line = new StreamLine(port)
    const arrived: number[] = []
    board.handleOctets = () => arrived.push(scheduler.now)
    line.write(new Uint8Array(4))
    line.setBaud(500_000)
    line.write(new Uint8Array(2))
    expect(line.baud).toBe(500_000)
    expect(line.pending).toBeGreaterThan(0)
    await pump.drive(sleepOnClock(pump.clock, MILLISECOND))
    expect(arrived.slice(0, 4)).toEqual([10, 20, 30, 40].map((us) => us * MICROSECOND))
    expect(host.rates.at(-1)?.baud).toBe(500_000)
    expect(host.rates.at(-1)?.at).toBeGreaterThanOrEqual(40 * MICROSECOND)
    expect(arrived[5] - arrived[4]).toBe(20 * MICROSECOND)
    expect(line.pending).toBe(0)
  })
})
