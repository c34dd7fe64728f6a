import { afterEach, describe, expect, it } from 'vitest'
import { createBench } from '../../boards/faults/create-bench.js'
import { MODEM_CABLES } from '../../boards/rs232/modem-lines.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { checkTarget } from '../check/run.js'
import { TargetError } from '../errors/errors.js'
import { RealTimePacer } from '../serial/pacing.js'
import type { Target } from '../target/target.js'
import { SimulatedSerialPort } from './simulated-serial-port.js'
import { openWebSerial } from './web-serial-target.js'

const closers: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A simulated Uno at a browser's port, in real time: a busy computer makes a slow board. */
function boardAtPort(resets = false) {
  const { lab, board } = createBench({ board: 'uno', seed: 7 })
  const pacer = new RealTimePacer(lab.clock, { slack: 4 * MILLISECOND, lead: 2 * MILLISECOND })
  pacer.start()
  closers.push(() => pacer.stop())
  const port = new SimulatedSerialPort({
    end: board.serial,
    clock: lab.clock,
    enter: (input) => pacer.enter(input),
    ...(resets ? { onDtr: () => board.restart() } : {}),
  })
  return { port, board }
}

/** Two ends of a line with all circuits, in real time. */
function lineAtPort(options: { readonly busy?: boolean } = {}) {
  const clock = new Scheduler()
  const modem = MODEM_CABLES['null-modem']
  const { a, b } = new UartLine({ clock, random: new SeededRandom(1), baud: 115_200, modem })
  const pacer = new RealTimePacer(clock)
  pacer.start()
  closers.push(() => pacer.stop())
  const enter = (input: () => void) => pacer.enter(input)
  return { port: new SimulatedSerialPort({ end: a, clock, enter, ...options }), a, b, enter }
}

async function open(...given: Parameters<typeof openWebSerial>): Promise<Target> {
  const target = await openWebSerial(...given)
  closers.push(() => target.close())
  return target
}

/** Collects what the target reads; `until` resolves when so many octets are there. */
function heard({ line }: Target) {
  const octets: number[] = []
  let wake = (): void => {}
  line.handleOctets = (part) => {
    octets.push(...part)
    wake()
  }
  const until = (count: number) =>
    new Promise<number[]>((resolve) => {
      wake = () => {
        if (octets.length >= count) resolve(octets)
      }
      wake()
    })
  return { octets, until }
}

describe('a board at a browser’s serial port', () => {
  it('is checked as at any port; its rate is left as it is, and the report says why', async () => {
    const { port } = boardAtPort()
    const target = await open(port, { seed: 1 })
    const report = await checkTarget(target, { only: ['serial', 'chip.revision', 'network.ping'] })
    expect(report).toMatchObject({ target: 'serial:usb-2341-0043', backend: 'serial', board: 'uno', seed: null })
    // What a busy computer spoils is skipped, and never fails.
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([])
    const verdicts = new Map(report.checks.map(({ id, verdict, reason }) => [id, { verdict, reason }]))
    expect(verdicts.get('serial.session')?.verdict).toBe('pass')
    expect(verdicts.get('serial.baud-change')).toMatchObject({
      verdict: 'skip',
      reason: expect.stringMatching(/only by opening it anew/),
    })
    await target.close()
    expect(port.readable).toBeNull()
    expect(port.held).toBe(false)
    expect(port.opened).toEqual([{ baudRate: 1_000_000, bufferSize: 65_536 }])
  })

  it('may be one that DTR resets: it restarts as the port is opened, and is checked all the same', async () => {
    const { port } = boardAtPort(true)
    const target = await open(port)
    const report = await checkTarget(target, { only: ['serial.session', 'serial.restarts'] })
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([])
  })

  it('speaks serprog as well, where it is asked to', async () => {
    const { port } = boardAtPort()
    const target = await open(port, { serprog: true })
    expect(target).toMatchObject({ name: 'serprog:usb-2341-0043', backend: 'serprog', board: 'linkpulse' })
    const report = await checkTarget(target, { only: ['chip.revision'] })
    expect(report.verdict).toBe('pass')
  })
})

describe('a browser’s serial port', () => {
  it('carries octets both ways', async () => {
    const { port, b } = lineAtPort()
    const target = await open(port, { baud: 115_200 })
    const { until } = heard(target)
    b.handleOctets = (octets) => b.write(octets.map((octet) => octet ^ 0xff))
    target.line.write(Uint8Array.of(1, 2, 3))
    expect(await target.drive(until(3))).toEqual([0xfe, 0xfd, 0xfc])
  })

  it('has DTR and RTS on, lets them be set one by one, and tells its inputs', async () => {
    const { port, b } = lineAtPort()
    const { modem } = await open(port, { baud: 115_200 })
    // A null modem: RTS is the other end's CTS, DTR its DSR.
    expect([b.modem.get('cts'), b.modem.get('dsr')]).toEqual([true, true])
    await modem.set({ dtr: false })
    expect([b.modem.get('cts'), b.modem.get('dsr')]).toEqual([true, false])
    b.modem.set('rts', true)
    b.modem.set('dtr', true)
    expect(await modem.get()).toEqual({ cts: true, dsr: true, dcd: b.modem.role === 'dte' })
    b.modem.set('rts', false)
    expect(await modem.get()).toMatchObject({ cts: false, dsr: true })
  })

  it('holds the line in a break, and releases it', async () => {
    const { port, b } = lineAtPort()
    const target = await open(port, { baud: 115_200 })
    const seen: number[][] = []
    const broken = new Promise<void>((resolve) => {
      b.handleOctets = (octets, errors) => {
        seen.push([...octets], [...(errors ?? [])])
        resolve()
      }
    })
    await target.modem.set({ brk: true })
    await target.drive(broken)
    await target.modem.set({ brk: false })
    expect(seen[0]).toEqual([0])
    expect(seen[1]).toEqual([1]) // a framing error
  })

  it('goes on behind a break and behind damage, and counts them', async () => {
    const { port, b, enter } = lineAtPort()
    const target = await open(port, { baud: 115_200 })
    const { until, octets } = heard(target)
    enter(() => b.write(Uint8Array.of(1, 2)))
    await target.drive(until(2))
    port.interrupt('BreakError')
    enter(() => b.write(Uint8Array.of(3)))
    await target.drive(until(3))
    port.interrupt('FramingError')
    enter(() => b.write(Uint8Array.of(4)))
    await target.drive(until(4))
    expect(octets).toEqual([1, 2, 3, 4])
    expect(target.line.portCounters).toMatchObject({ BreakError: 1, FramingError: 1 })
  })

  it('changes its rate between octets, by opening the port anew with its circuits as they were', async () => {
    const { port, a, b, enter } = lineAtPort()
    const target = await open(port, { baud: 115_200 })
    await target.modem.set({ rts: false })
    const rates: [number, number][] = []
    const arrived = new Promise<void>((resolve) => {
      b.handleOctets = (octets) => {
        for (const octet of octets) rates.push([octet, a.baud])
        if (rates.some(([octet]) => octet === 1)) enter(() => b.setBaud(9600)) // as the other end of a change does
        if (rates.length === 3) resolve()
      }
    })
    target.line.write(Uint8Array.of(1))
    target.line.setBaud(9600)
    target.line.write(Uint8Array.of(2, 3))
    expect(target.line.baud).toBe(9600)
    expect(target.line.pending).toBeGreaterThan(0)
    await target.drive(arrived)
    expect(rates).toEqual([
      [1, 115_200],
      [2, 9600],
      [3, 9600],
    ])
    expect(port.opened.map(({ baudRate }) => baudRate)).toEqual([115_200, 9600])
    expect([b.modem.get('cts'), b.modem.get('dsr')]).toEqual([false, true])
  })

  it('can be closed while its rate is being changed', async () => {
    const { port } = lineAtPort()
    const target = await open(port, { baud: 115_200 })
    heard(target)
    target.line.write(Uint8Array.of(1, 2, 3))
    target.line.setBaud(9600)
    await target.close()
    expect(port.readable).toBeNull()
    await openWebSerial(port).then((next) => next.close())
  })

  it('that is pulled ends what is driven, and can be closed', async () => {
    const { port } = lineAtPort()
    const target = await open(port, { baud: 115_200 })
    heard(target)
    const work = target.drive(new Promise<never>(() => {}))
    port.pull()
    const error = await work.catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(TargetError)
    expect((error as Error).message).toMatch(/lost while it was in use \(NetworkError: The device has been lost\.\)/)
    target.line.write(Uint8Array.of(1))
    await target.close()
  })

  it('that another program has is refused, with what to do', async () => {
    const { port } = lineAtPort({ busy: true })
    const error = await openWebSerial(port).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(TargetError)
    expect((error as Error).message).toMatch(/could not open .*NetworkError.*close it in other tabs/)
  })

  it('is as the next one finds it: closed, and free to be opened again', async () => {
    const { port } = lineAtPort()
    const first = await open(port, { baud: 115_200 })
    heard(first)
    await first.close()
    const second = await open(port, { baud: 9600 })
    expect(second.line.baud).toBe(9600)
  })
})
