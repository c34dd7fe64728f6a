/** The compiled bridge firmware against broken lines and hostile octets. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { type FlashImage, parseImage } from '../../boards/avr/flash-image.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBareLab } from '../../boards/lab.js'
import type { SeededRandom } from '../../boards/simulation/random.js'
import type { SpiSlave } from '../../boards/spi/spi-pins.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram, SpiTransfer } from '../../firmware/hal/spi.js'
import { type Cell, encodeCell } from '../../firmware/serial-link/cell.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { extentOf } from '../judge/parts.js'
import { hostileSession } from '../support/hostile-session.js'
import { MemoryGuard } from './ownership.js'

const BRIDGE = fileURLToPath(new URL('../../firmware/bridge', import.meta.url))
const MINUTE = 60 * SECOND

/** A slice of the hours of `make judge`. */
const { first, count: minutes } = extentOf('hostile-octets')
let image: FlashImage

beforeAll(() => {
  // from the source: the image that ships has no symbols
  const out = mkdtempSync(join(tmpdir(), 'linkpulse-bridge-'))
  execFileSync('make', ['-s', '-C', BRIDGE, join(out, 'uno.elf'), `OUT=${out}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  image = parseImage(new Uint8Array(readFileSync(join(out, 'uno.elf'))))
})

/** Numbers each chip select frame, and keeps what it was sent: one lost, repeated or out of order is seen. */
class CountingSlave implements SpiSlave {
  readonly frames: number[] = []
  #sum = 0
  #place = 0

  select(): void {
    this.#sum = 0
    this.#place = 0
  }

  exchange(mosi: number): number {
    this.#sum = (Math.imul(this.#sum, 31) + mosi + 1) >>> 0
    return pattern(this.frames.length, this.#place++)
  }

  deselect(): void {
    this.frames.push(this.#sum)
  }
}

function pattern(frame: number, place: number): number {
  return (frame * 7 + place * 13 + (frame >> 8)) & 0xff
}

function bench(seed: number) {
  const lab = createBareLab({ seed })
  const board = new AvrBoard({
    clock: lab.clock,
    random: lab.random.fork('board'),
    definition: findBoard('uno'),
    image,
  })
  const slave = new CountingSlave()
  board.replaceChip(slave)
  board.powerOn()
  lab.runFor(100 * MILLISECOND)
  const link = (name: string) =>
    new HostLink({ clock: lab.clock, random: lab.random.fork(name), line: board.serial, timeLimit: 60 * SECOND })
  return { lab, board, slave, link }
}

/** What the slave must have been sent: a frame's octets, then zeros for those that were read. */
function sumOf({ write, read }: SpiTransfer): number {
  let sum = 0
  for (const octet of write) sum = (Math.imul(sum, 31) + octet + 1) >>> 0
  for (let i = 0; i < read; i++) sum = (Math.imul(sum, 31) + 1) >>> 0
  return sum
}

/** SPI operations until so many octets were carried; throws at the first reply that is not its frame's. */
function* traffic(octets: number, random: SeededRandom, sent: number[]): SpiProgram<number> {
  let carried = 0
  while (carried < octets) {
    const transfers = Array.from({ length: 1 + random.below(10) }, () => ({
      write: Uint8Array.from({ length: 1 + random.below(120) }, () => random.below(256)),
      read: random.below(200),
    }))
    const replies = yield { transfers }
    transfers.forEach((transfer, i) => {
      const frame = sent.length
      sent.push(sumOf(transfer))
      const { write, read } = transfer
      for (let place = 0; place < read; place++) {
        if (replies[i][place] !== pattern(frame, write.length + place))
          throw new Error(`frame ${frame} has a reply not its own`)
      }
      carried += write.length + read
    })
  }
  return carried
}

function carry(b: ReturnType<typeof bench>, host: HostLink, octets: number, sent: number[], limit: number): unknown {
  let outcome: unknown
  host.spi.run(traffic(octets, b.lab.random.fork(`traffic ${sent.length}`), sent), (settled) => {
    outcome = settled.ok ? settled.value : settled.error.message
  })
  b.lab.runUntil(() => outcome !== undefined, limit)
  return outcome
}

describe('the bridge firmware on a broken line', () => {
  it.each([
    ['bit errors of 1 in 10 000', { bitErrorRate: 1e-4 }, 300_000],
    ['dropped and inserted octets', { dropRate: 5e-4, insertRate: 5e-4 }, 100_000],
  ])('carries SPI traffic over %s: nothing lost, repeated or reordered', (_what, faults, octets) => {
    const b = bench(11)
    const host = b.link('host')
    host.open()
    b.lab.runUntil(() => host.endpoint.state === 'open', 5 * SECOND)
    b.board.uart.setFaults(faults)
    const sent: number[] = []
    expect(carry(b, host, octets, sent, 2_000 * SECOND)).toBeGreaterThanOrEqual(octets)
    expect(b.slave.frames).toEqual(sent)
    expect(host.endpoint.counters.sessionsOpened).toBe(1)
    expect(b.board.mcu.resets).toEqual({ 'power-on': 1, external: 0, 'brown-out': 0, watchdog: 0 })
  })

  it('goes on after bursts of 200 ms, and opens a session after garbage and a reset in mid-cell', () => {
    const b = bench(12)
    const random = b.lab.random.fork('garbage')
    b.board.serial.write(Uint8Array.from({ length: 700 }, () => random.below(256)))
    const host = b.link('host')
    host.open()
    b.lab.runUntil(() => host.endpoint.state === 'open', 10 * SECOND)
    expect(host.endpoint.state).toBe('open')
    const sent: number[] = []
    for (let round = 0; round < 3; round++) {
      b.lab.clock.after(20 * MILLISECOND, () => b.board.uart.burst(200 * MILLISECOND))
      expect(carry(b, host, 30_000, sent, 120 * SECOND)).toBeGreaterThanOrEqual(30_000)
    }
    expect(b.slave.frames).toEqual(sent)
    b.lab.clock.after(5 * MILLISECOND, () => b.board.restart())
    carry(b, host, 100_000, sent, 20 * SECOND)
    b.lab.runFor(SECOND)
    const again = b.link('another host')
    again.open()
    b.lab.runUntil(() => again.endpoint.state === 'open', 10 * SECOND)
    expect(again.endpoint.state).toBe('open')
  })
})

describe('the bridge firmware and hostile octets', () => {
  it(`takes ${minutes} minutes of random and mutated cells and serprog commands, stays within its buffers, and answers the next good session`, () => {
    const b = bench(13 + first)
    const { lab, board } = b
    const { mcu } = board
    const random = lab.random.fork('hostile')
    const guard = new MemoryGuard(mcu, image.symbols)
    // it learns from a session as it should be: cells, then raw serprog
    const host = b.link('good host')
    host.open()
    lab.runUntil(() => host.endpoint.state === 'open', 5 * SECOND)
    expect(carry(b, host, 50_000, [], 60 * SECOND)).toBeGreaterThanOrEqual(50_000)
    host.close()
    guard.enforce()
    board.uart.a.handleOctets = () => {}
    const end = lab.now + minutes * MINUTE
    let octets = 0
    while (lab.now < end) {
      const burst = hostileOctets(random)
      octets += burst.length
      board.serial.write(burst)
      lab.runFor((burst.length + random.below(100)) * 10_000 + random.below(1_000) * MILLISECOND)
      guard.check()
    }
    expect(octets).toBeGreaterThan(8_000 * minutes)
    expect(guard.violations).toEqual([])
    // it may have been told to restart; the watchdog must not have had to
    expect(mcu.resets).toMatchObject({ 'brown-out': 0, watchdog: 0 })
    expect(mcu.usart.dropped.count('overrun')).toBe(0)
    lab.runFor(6 * SECOND)
    const next = b.link('next host')
    next.open()
    lab.runUntil(() => next.endpoint.state === 'open', 10 * SECOND)
    expect(next.endpoint.state).toBe('open')
    b.slave.frames.length = 0
    const sent: number[] = []
    expect(carry(b, next, 20_000, sent, 60 * SECOND)).toBeGreaterThanOrEqual(20_000)
    expect(b.slave.frames).toEqual(sent)
  })
})

/** Random octets, cells of every kind that are nearly or wholly right, serprog commands with impossible lengths. */
function hostileOctets(random: SeededRandom): Uint8Array {
  const octet = () => random.below(256)
  const some = (most: number) => Uint8Array.from({ length: random.below(most) }, octet)
  const kind = random.below(8)
  if (kind === 0) return some(600)
  if (kind === 1) {
    const command = Uint8Array.of(0x13, octet(), random.below(3), 0, octet(), random.below(3), 0)
    return Uint8Array.from([...command, ...some(300)])
  }
  if (kind === 2) return Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(0x20))
  const cells: number[] = []
  for (let count = 1 + random.below(6); count > 0; count--) {
    const cell: Cell = {
      kind: random.below(4) as Cell['kind'],
      channel: random.below(4) === 0 ? random.below(16) : random.below(2),
      sequence: random.below(4) === 0 ? octet() : random.below(8),
      acknowledge: octet(),
      payload: some(58),
    }
    if (cell.kind === 3 && random.below(2) === 0) {
      cells.push(...encodeCell({ ...cell, payload: hostileSession(random) }))
    } else cells.push(...encodeCell(cell))
    if (random.below(3) === 0) cells[random.below(cells.length)] ^= 1 << random.below(8)
    if (random.below(8) === 0) cells.splice(random.below(cells.length), 1 + random.below(3))
  }
  return Uint8Array.from(cells)
}
