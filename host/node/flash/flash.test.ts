import { SerialPortStream } from '@serialport/stream'
import { describe, expect, it } from 'vitest'
import { uno } from '../../../boards/catalogue/uno.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'
import { TargetError } from '../../errors/errors.js'
import { SimulationPump } from '../../serial/drive.js'
import { MemoryBinding } from '../serial/memory-binding.js'
import { type FlashProgress, flashBoard } from './flash.js'
import { checkImage, type Image, pagesOf, wholeImage } from './image.js'

/**
 * The answers of a boot loader as AVR061 gives them, for protocol tests. Octet values are written out here, not shared with
 * the code under test. Whether real boot loaders agree is tested against one.
 */
class Loader implements SerialLine {
  baud = 115_200
  readonly pending = 0
  handleOctets: ((octets: Uint8Array) => void) | undefined
  readonly flash = new Uint8Array(32_768).fill(0xff)
  readonly commands: string[] = []
  signature = [0x1e, 0x95, 0x0f]
  /** Commands it does not hear before it is awake. */
  deafFor = 0
  silent = false
  /** How long an answer takes: the loader's own time, and that of a busy computer. */
  latency = MILLISECOND
  stuckBit: number | undefined
  #address = 0
  #input: number[] = []

  constructor(private readonly scheduler: Scheduler) {}

  setBaud(baud: number): void {
    this.baud = baud
  }

  write(octets: Uint8Array): void {
    this.#input.push(...octets)
    for (;;) {
      const length = this.#commandLength()
      if (length === undefined || this.#input.length < length) return
      const command = this.#input.splice(0, length)
      if (this.silent || this.deafFor-- > 0) continue
      const answer = this.#answer(command)
      this.scheduler.after(this.latency, () => this.handleOctets?.(Uint8Array.from(answer)))
    }
  }

  #commandLength(): number | undefined {
    const [command, high, low] = this.#input
    if (command === undefined) return undefined
    if (command === 0x64) return low === undefined ? undefined : 4 + high * 256 + low + 1
    return { 48: 2, 65: 3, 80: 2, 81: 2, 85: 4, 116: 5, 117: 2 }[command] ?? 1
  }

  #answer(command: number[]): number[] {
    this.commands.push(command[0].toString(16))
    if (command.at(-1) !== 0x20) return [0x15]
    switch (command[0]) {
      case 0x41:
        return [0x14, command[1] === 0x81 ? 4 : 4, 0x10]
      case 0x55:
        this.#address = (command[1] | (command[2] << 8)) * 2
        return [0x14, 0x10]
      case 0x64:
        expect(command[3]).toBe(0x46)
        this.flash.set(command.slice(4, -1), this.#address)
        if (this.stuckBit !== undefined) this.flash[this.stuckBit] &= 0xfe
        return [0x14, 0x10]
      case 0x74:
        return [0x14, ...this.flash.subarray(this.#address, this.#address + command[1] * 256 + command[2]), 0x10]
      case 0x75:
        return [0x14, ...this.signature, 0x10]
      default:
        return [0x14, 0x10]
    }
  }
}

async function bench() {
  const scheduler = new Scheduler()
  const pump = new SimulationPump(scheduler, 100 * SECOND)
  const loader = new Loader(scheduler)
  const binding = new MemoryBinding()
  binding.add('/dev/test', { line: loader, clock: pump.clock })
  const port = new SerialPortStream({ binding, path: '/dev/test', baudRate: 115_200, autoOpen: false })
  await new Promise<void>((resolve) => port.open(() => resolve()))
  if (port.port) port.port.onDelivered(() => pump.touch())
  const progress: FlashProgress[] = []
  const flash = (image: Image, verify = true): Promise<void> =>
    pump.drive(
      flashBoard({
        board: uno,
        port,
        clock: pump.clock,
        path: '/dev/test',
        image,
        verify,
        onProgress: (step) => progress.push(step),
      }),
    )
  return { scheduler, loader, flash, progress }
}

const image: Image = { start: 0, octets: Uint8Array.from({ length: 1_000 }, (_, i) => (i * 7 + 3) & 0xff) }

describe('flashing with STK500 version 1 (AVR061)', () => {
  it.each([150, 250, 330, 450])('waits for answers that a busy computer hands over %d ms late', async (late) => {
    const { loader, flash } = await bench()
    loader.latency = late * MILLISECOND
    await flash(image)
    expect([...loader.flash.subarray(0, 1_000)]).toEqual([...image.octets])
  })

  it('writes whole pages, reads them back, and starts the program', async () => {
    const { loader, flash, progress } = await bench()
    await flash(image)
    expect([...loader.flash.subarray(0, 1_000)]).toEqual([...image.octets])
    expect([...loader.flash.subarray(1_000, 1_024)]).toEqual(new Array(24).fill(0xff))
    // 1000 octets are 8 pages of 128: an address and a page each, twice; then STK_LEAVE_PROGMODE
    expect(loader.commands.filter((command) => command === '64').length).toBe(8)
    expect(loader.commands.filter((command) => command === '74').length).toBe(8)
    expect(loader.commands.at(-1)).toBe('51')
    expect(progress.map(({ step }) => step).filter((step, i, all) => step !== all[i - 1])).toEqual([
      'reset',
      'synchronise',
      'write',
      'verify',
      'start',
    ])
    expect(progress.find(({ step, done, total }) => step === 'verify' && done === total)?.total).toBe(1_024)
  })

  it('keeps asking while the boot loader wakes up', async () => {
    const { loader, flash } = await bench()
    loader.deafFor = 5
    await flash(image)
    expect(loader.flash[999]).toBe(image.octets[999])
  })

  it('says what to do when nobody answers', async () => {
    const { loader, flash, scheduler } = await bench()
    loader.silent = true
    const error = await flash(image).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(TargetError)
    expect((error as Error).message).toMatch(/no boot loader answers on \/dev\/test: press the board's RESET/)
    expect(scheduler.now).toBeLessThan(10 * SECOND)
  })

  it('does not write to another controller than the one that was named', async () => {
    const { loader, flash } = await bench()
    loader.signature = [0x1e, 0x93, 0x07]
    await expect(flash(image)).rejects.toThrow(/signature 1E 93 07, and an ATmega328P has 1E 95 0F/)
    expect(loader.flash.every((octet) => octet === 0xff)).toBe(true)
  })

  it('notices a bit that did not take, and names its place', async () => {
    const { loader, flash } = await bench()
    loader.stuckBit = 0x0102 // (0x102 * 7 + 3) & 0xff = 0x11, an odd octet
    await expect(flash(image)).rejects.toThrow(/reads back 10 at 0102h where 11 was written/)
  })

  it('says which page was being written when the board went silent', async () => {
    const { loader, flash, scheduler } = await bench()
    scheduler.after(420 * MILLISECOND, () => {
      loader.silent = true
    })
    await expect(flash(image)).rejects.toThrow(
      /was asked to (write|go)[^;]*h, and the board answered with 0 of 2 octets/,
    )
  })
})

describe('an image for a board', () => {
  it('must leave room for the boot loader', () => {
    const full = { start: 0, octets: new Uint8Array(32_768 - 511) }
    expect(() => checkImage(full, uno, 'big.hex')).toThrow(/ends at 32257 octets, and uno has room for 32256/)
    expect(() => checkImage({ start: 0, octets: new Uint8Array(32_768 - 512) }, uno, 'ok.hex')).not.toThrow()
  })

  it('fills the gaps between its parts with what erased flash reads as', () => {
    const parts = [
      { address: 0x14, octets: Uint8Array.of(2) },
      { address: 0x10, octets: Uint8Array.of(1, 1) },
    ]
    const image = wholeImage({ format: 'hex', flash: parts, eeprom: [], symbols: new Map(), functions: new Map() })
    expect(image).toEqual({ start: 0x10, octets: Uint8Array.of(1, 1, 0xff, 0xff, 2) })
  })

  it('is cut at page boundaries even when it begins or ends inside a page', () => {
    const pages = pagesOf({ start: 100, octets: new Uint8Array(60).fill(1) }, 128)
    expect(pages.map(({ address }) => address)).toEqual([0, 128])
    expect(pages[0].octets.indexOf(1)).toBe(100)
    expect(pages[1].octets.lastIndexOf(1)).toBe(31)
  })
})
