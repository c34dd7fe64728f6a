import { SerialPortStream } from '@serialport/stream'
import { describe, expect, it } from 'vitest'
import { mega2560 } from '../../../boards/catalogue/mega2560.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'
import { TargetError } from '../../errors/errors.js'
import { SimulationPump } from '../../serial/drive.js'
import { MemoryBinding } from '../serial/memory-binding.js'
import { flashBoard } from './flash.js'
import type { Image } from './image.js'

/**
 * The answers of a boot loader as AVR068 gives them. Octet values are written out here, not shared with the code under test.
 * Whether the real boot loader agrees is tested against it (test/cli/flash.test.ts).
 */
class Version2Loader implements SerialLine {
  baud = 115_200
  readonly pending = 0
  handleOctets: ((octets: Uint8Array) => void) | undefined
  readonly flash = new Uint8Array(262_144).fill(0xff)
  readonly commands: number[] = []
  readonly addresses: number[] = []
  silent = false
  /** Messages that it does not hear before it is awake. */
  deafFor = 0
  latency = MILLISECOND
  /** What it answers instead, by command. */
  readonly odd = new Map<number, readonly number[]>()
  /** The command whose answer is damaged on the way. */
  spoils: number | undefined
  /** Until then what is sent waits in an adapter; then it is answered, message by message, and what comes meanwhile is lost. */
  wakesAt: number | undefined
  #kept: number[] = []
  #busyUntil = 0
  /** Sends this before its first answer. */
  noise: readonly number[] = []
  #address = 0
  #input: number[] = []

  constructor(private readonly scheduler: Scheduler) {}

  setBaud(baud: number): void {
    this.baud = baud
  }

  write(octets: Uint8Array): void {
    const { now } = this.scheduler
    if (this.wakesAt !== undefined && now < this.wakesAt) {
      if (this.#kept.length === 0) this.scheduler.after(this.wakesAt - now, () => this.#take(this.#kept))
      this.#kept.push(...octets)
    } else if (now >= this.#busyUntil) this.#take(octets)
  }

  #take(octets: Iterable<number>): void {
    this.#input.push(...octets)
    for (;;) {
      const [start, number, high, low, token] = this.#input
      if (token === undefined) return
      expect([start, token]).toEqual([0x1b, 0x0e])
      const length = 5 + high * 256 + low + 1
      if (this.#input.length < length) return
      const message = this.#input.splice(0, length)
      expect(message.reduce((sum, octet) => sum ^ octet, 0)).toBe(0)
      if (this.silent || this.deafFor-- > 0) continue
      const body = message.slice(5, -1)
      this.commands.push(body[0])
      const answer = this.odd.get(body[0]) ?? this.#answer(body)
      const framed = [0x1b, number, answer.length >> 8, answer.length & 0xff, 0x0e, ...answer]
      const sum = framed.reduce((all, octet) => all ^ octet, 0) ^ (this.spoils === body[0] ? 0x40 : 0)
      const noise = this.noise
      this.noise = []
      const { now } = this.scheduler
      const at = Math.max(now, this.#busyUntil) + this.latency
      if (this.wakesAt !== undefined) this.#busyUntil = at
      this.scheduler.after(at - now, () => this.handleOctets?.(Uint8Array.from([...noise, ...framed, sum])))
    }
  }

  #answer([command, ...rest]: readonly number[]): readonly number[] {
    switch (command) {
      case 0x01:
        return [command, 0, 8, ...new TextEncoder().encode('AVRISP_2')]
      case 0x06: {
        const [a, b, c, d] = rest
        this.addresses.push(a * 2 ** 24 + b * 65_536 + c * 256 + d)
        this.#address = ((a & 0x7f) * 2 ** 24 + b * 65_536 + c * 256 + d) * 2
        return [command, 0]
      }
      case 0x13:
        this.flash.set(rest.slice(9, 9 + rest[0] * 256 + rest[1]), this.#address)
        return [command, 0]
      case 0x14:
        return [command, 0, ...this.flash.subarray(this.#address, this.#address + rest[0] * 256 + rest[1]), 0]
      case 0x1b:
        return [command, 0, [0x1e, 0x98, 0x01][rest[3]], 0]
      default:
        return [command, 0]
    }
  }
}

async function version2Bench() {
  const scheduler = new Scheduler()
  const pump = new SimulationPump(scheduler, 100 * SECOND)
  const loader = new Version2Loader(scheduler)
  const binding = new MemoryBinding()
  binding.add('/dev/test', { line: loader, clock: pump.clock })
  const port = new SerialPortStream({ binding, path: '/dev/test', baudRate: 115_200, autoOpen: false })
  await new Promise<void>((resolve) => port.open(() => resolve()))
  if (port.port) port.port.onDelivered(() => pump.touch())
  const clock = pump.clock
  const flash = (image: Image): Promise<void> =>
    pump.drive(
      flashBoard({ board: mega2560, port, clock, path: '/dev/test', image, verify: true, onProgress: () => {} }),
    )
  return { scheduler, loader, flash }
}

/** Across the end of the first 64 Ki words. */
const image: Image = { start: 0x1_ff00, octets: Uint8Array.from({ length: 1_000 }, (_, i) => (i * 7 + 3) & 0xff) }

describe('flashing with STK500 version 2 (AVR068)', () => {
  it('writes whole pages, reads them back, and starts the program', async () => {
    const { loader, flash } = await version2Bench()
    await flash(image)
    expect(Buffer.compare(loader.flash.subarray(0x1_ff00, 0x1_ff00 + 1_000), image.octets)).toBe(0)
    expect(loader.flash.subarray(0x2_02e8, 0x2_0300).every((octet) => octet === 0xff)).toBe(true)
    // 1000 octets are 4 pages of 256, whose word addresses are told with bit 31 set
    expect(loader.commands.filter((command) => command === 0x13).length).toBe(4)
    expect(loader.addresses.slice(0, 4)).toEqual([0x8000_ff80, 0x8001_0000, 0x8001_0080, 0x8001_0100])
    expect(loader.commands.slice(0, 6)).toEqual([0x01, 0x01, 0x1b, 0x1b, 0x1b, 0x10])
    expect(loader.commands.at(-1)).toBe(0x11)
  })

  it('keeps asking while the boot loader wakes up, and passes over late answers to that and noise before them', async () => {
    const { loader, flash } = await version2Bench()
    loader.deafFor = 3
    loader.latency = 450 * MILLISECOND
    loader.noise = [0x00, 0x1b, 0xff]
    await flash({ start: 0, octets: Uint8Array.of(1, 2, 3) })
    expect([...loader.flash.subarray(0, 4)]).toEqual([1, 2, 3, 0xff])
  })

  it('asks nothing further before a boot loader has answered all that was sent while it woke up', async () => {
    const { loader, flash, scheduler } = await version2Bench()
    loader.wakesAt = scheduler.now + SECOND
    loader.latency = 20 * MILLISECOND
    await flash({ start: 0, octets: Uint8Array.of(1, 2, 3) })
    expect([...loader.flash.subarray(0, 4)]).toEqual([1, 2, 3, 0xff])
    expect(loader.commands.filter((command) => command === 0x01).length).toBeGreaterThan(3)
  })

  it('says what to do when nobody answers', async () => {
    const { loader, flash, scheduler } = await version2Bench()
    loader.silent = true
    const error = await flash(image).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(TargetError)
    expect((error as Error).message).toMatch(/no boot loader answers on \/dev\/test: press the board's RESET/)
    expect(scheduler.now).toBeLessThan(10 * SECOND)
  })

  it('says that what answers is something else', async () => {
    const { loader, flash } = await version2Bench()
    loader.odd.set(0x01, [0x01, 0xc9])
    await expect(flash(image)).rejects.toThrow(
      /what answers on \/dev\/test is no boot loader that speaks STK500 version 2/,
    )
  })

  it('does not write where a command is refused, and says which it was', async () => {
    const { loader, flash } = await version2Bench()
    loader.odd.set(0x13, [0x13, 0xc0])
    await expect(flash(image)).rejects.toThrow(
      /was asked to write the page at 1FF00h, and it answered something else \(13 C0\)/,
    )
    expect(loader.commands.filter((command) => command === 0x13).length).toBe(1)
  })

  it('does not take a damaged answer', async () => {
    const { loader, flash } = await version2Bench()
    loader.spoils = 0x13
    await expect(flash(image)).rejects.toThrow(
      /was asked to write the page at 1FF00h, and the board answered with 0 of 5 octets in 300\d ms/,
    )
  })
})
