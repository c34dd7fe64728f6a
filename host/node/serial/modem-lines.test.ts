import { SerialPortStream } from '@serialport/stream'
import { describe, expect, it } from 'vitest'
import { MODEM_CABLES } from '../../../boards/rs232/modem-lines.js'
import { UartLine } from '../../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../../firmware/hal/serial-line.js'
import { SimulationPump } from '../../serial/drive.js'
import { MemoryBinding, type MemoryPort } from './memory-binding.js'

function bench(cable: keyof typeof MODEM_CABLES) {
  const clock = new Scheduler()
  const pump = new SimulationPump(clock)
  const line = new UartLine({ clock, random: new SeededRandom(1), baud: 115_200, modem: MODEM_CABLES[cable] })
  const binding = new MemoryBinding()
  binding.add('a', { line: line.a, clock: pump.clock })
  binding.add('b', { line: line.b, clock: pump.clock })
  const open = (path: string, rtscts = false) => binding.open({ path, baudRate: 115_200, rtscts })
  return { clock, pump, line, binding, open }
}

describe('control circuits through a port', () => {
  it('cross a null-modem cable: RTS to CTS, DTR to DSR and DCD', async () => {
    const { open } = bench('null-modem')
    const a = await open('a')
    expect(await a.get()).toEqual({ cts: false, dsr: false, dcd: false })
    const b = await open('b')
    expect(await a.get()).toEqual({ cts: true, dsr: true, dcd: true })
    await b.set({ rts: false })
    expect(await a.get()).toEqual({ cts: false, dsr: true, dcd: true })
    await b.set({ rts: true, dtr: false })
    expect(await a.get()).toEqual({ cts: true, dsr: false, dcd: false })
  })

  it('hang up when a port is closed, and each change is an event', async () => {
    const { open } = bench('null-modem')
    const a = await open('a')
    const seen: unknown[] = []
    a.onStatus((status) => seen.push(status))
    const b = await open('b')
    await b.close()
    expect(seen.at(-1)).toEqual({ cts: false, dsr: false, dcd: false })
    expect(seen.length).toBeGreaterThanOrEqual(4)
  })

  it('come from the modem on a straight cable, and from nobody on three wires', async () => {
    const { line, open } = bench('straight')
    const a = await open('a')
    line.b.modem.set('dsr', true)
    line.b.modem.set('dcd', true)
    line.b.modem.set('ri', true)
    expect(await a.get()).toEqual({ cts: false, dsr: true, dcd: true })
    expect(line.a.modem.get('ri')).toBe(true)
    expect(line.b.modem.get('rts')).toBe(true)
    expect(line.b.modem.get('dtr')).toBe(true)
    expect(() => line.a.modem.set('cts', true)).toThrow(/CTS is not driven by a DTE/)
    expect(() => line.b.modem.set('rts', true)).toThrow(/RTS is not driven by a DCE/)
    const bare = bench('three-wire')
    const port = await bare.open('a')
    await bare.open('b')
    expect(await port.get()).toEqual({ cts: false, dsr: false, dcd: false })
  })

  it('are bridged in the plug of a cable that pretends: CTS follows the own RTS', async () => {
    const { open } = bench('bridged')
    const a = await open('a')
    expect(await a.get()).toEqual({ cts: true, dsr: true, dcd: true })
    await a.set({ rts: false })
    expect((await a.get()).cts).toBe(false)
  })

  it('work through serialport’s own stream', async () => {
    const { binding, open } = bench('null-modem')
    const b = await open('b')
    const port = new SerialPortStream({ binding, path: 'a', baudRate: 115_200, autoOpen: false })
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
    await new Promise<void>((resolve, reject) =>
      port.set({ rts: false }, (error) => (error ? reject(error) : resolve())),
    )
    expect((await b.get()).cts).toBe(false)
    const status = await new Promise((resolve) => port.get((_, each) => resolve(each)))
    expect(status).toMatchObject({ cts: true, dsr: true, dcd: true })
  })
})

describe('hardware flow control', () => {
  const MANY = 300_000

  /** `b` does not read for ten seconds, then reads all there is. */
  async function transfer(rtscts: boolean) {
    const { clock, pump, open, line } = bench('null-modem')
    const a = await open('a', rtscts)
    const b = (await open('b', rtscts)) as MemoryPort
    const sent = Uint8Array.from({ length: MANY }, (_, i) => (i * 7 + (i >> 8)) & 0xff)
    const write = a.write(Buffer.from(sent)).catch(() => {})
    clock.runFor(10 * SECOND)
    const stalled = line.b.counters.delivered
    const got: number[] = []
    const buffer = Buffer.alloc(65_536)
    const read = async () => {
      while (got.length < MANY - b.counters.unreadOctets) {
        const { bytesRead } = await b.read(buffer, 0, buffer.length)
        got.push(...buffer.subarray(0, bytesRead))
      }
    }
    await pump.drive(read())
    await pump.drive(write)
    return { got, sent, lost: b.counters.unreadOctets, stalled, cts: (await a.get()).cts }
  }

  it('stops the sender before the reader’s buffer is full, and loses nothing', async () => {
    const { got, sent, lost, stalled, cts } = await transfer(true)
    expect(stalled).toBeLessThanOrEqual(65_536)
    expect(stalled).toBeGreaterThan(60_000)
    expect(lost).toBe(0)
    expect(Buffer.from(got).equals(Buffer.from(sent))).toBe(true)
    expect(cts).toBe(true)
  })

  it('is what makes the difference: without it the buffer runs over', async () => {
    const { lost } = await transfer(false)
    expect(lost).toBeGreaterThan(40_000) // 10 s at 11,520 octets a second, into 65,536
  })

  it('holds back what is queued the moment CTS goes off, but for the octet that has begun', async () => {
    const { clock, line, open } = bench('null-modem')
    await open('a', true)
    const b = await open('b')
    line.a.write(new Uint8Array(100))
    clock.runFor(MILLISECOND) // 11 whole octets, and one that has begun
    await b.set({ rts: false })
    clock.runFor(SECOND)
    expect(line.a.pending).toBe(88)
    expect(line.b.counters.delivered).toBe(12)
    await b.set({ rts: true })
    clock.runFor(SECOND)
    expect(line.b.counters.delivered).toBe(100)
  })
})

describe('a port’s framing', () => {
  it('is the line’s: a port opened as 7E1 speaks 7E1, and flags what comes as 8N1', async () => {
    const { clock, line, binding } = bench('three-wire')
    await binding.open({ path: 'a', baudRate: 115_200, dataBits: 7, parity: 'even', stopBits: 1 })
    expect(line.a.framing).toEqual({ dataBits: 7, parity: 'even', stopBits: 1 })
    let flags = 0
    line.b.setFraming({ dataBits: 7, parity: 'odd', stopBits: 1 })
    line.b.handleOctets = (_, errors) => {
      for (const each of errors ?? []) flags |= each
    }
    line.a.write(Uint8Array.of(1, 2, 3))
    clock.runFor(SECOND)
    expect(flags & LINE_PARITY_ERROR).toBe(LINE_PARITY_ERROR)
  })

  it('is refused when no UART has it', async () => {
    const { binding } = bench('three-wire')
    await expect(binding.open({ path: 'a', baudRate: 9600, parity: 'strange' as 'even' })).rejects.toThrow(/parity/)
  })

  it('and its break is the line’s', async () => {
    const { clock, line, open } = bench('three-wire')
    const a = await open('a')
    const seen: [number, number][] = []
    line.b.handleOctets = (octets, errors) => {
      for (const [i, octet] of octets.entries()) seen.push([octet, errors?.[i] ?? 0])
    }
    await a.set({ brk: true })
    clock.runFor(100 * MILLISECOND)
    await a.set({ brk: false })
    clock.runFor(100 * MILLISECOND)
    expect(seen).toEqual([[0, LINE_FRAMING_ERROR]])
  })
})
