/** The compiled bridge firmware on the emulated Uno: SPI payload over the serial line rate, and one register read. */
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBareLab } from '../../boards/lab.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { CELL_OCTETS } from '../../firmware/serial-link/cell.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { bundledImage } from '../../host/node/flash/bundled.js'
import { readImage } from '../../host/node/run/image.js'
import type { BenchFigure, Benchmark } from './figure.js'

const BAUD = 1_000_000
/** One frame's worth of buffer memory an operation, as many at once as a driver would send. */
const FRAME = 1_500
const AT_ONCE = 8
const ROUNDS = 12
const READS = 200

function* bulk(write: number, read: number): SpiProgram<number> {
  for (let round = 0; round < ROUNDS; round++) {
    yield { transfers: Array.from({ length: AT_ONCE }, () => ({ write: new Uint8Array(write).fill(0x7a), read })) }
  }
  return ROUNDS * AT_ONCE * Math.max(write, read)
}

function* registerReads(): SpiProgram<number> {
  for (let i = 0; i < READS; i++) yield { transfers: [{ write: Uint8Array.of(0x1f), read: 1 }] }
  return READS
}

const definition = findBoard('uno')
const image = await readImage(bundledImage(definition))

function run<T>(program: SpiProgram<T>): { value: T; time: number } {
  const lab = createBareLab({ seed: 1 })
  const board = new AvrBoard({ clock: lab.clock, random: lab.random.fork('board'), definition, image })
  board.replaceChip({ select: () => {}, exchange: () => 0, deselect: () => {} })
  board.powerOn()
  lab.runFor(100 * MILLISECOND)
  const host = new HostLink({ clock: lab.clock, random: lab.random.fork('host'), line: board.serial })
  host.open()
  if (!lab.runUntil(() => host.endpoint.state === 'open', 5 * SECOND)) throw new Error('no session came about')
  let outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error } | undefined
  const begin = lab.now
  host.spi.run(program, (settled) => {
    outcome = settled
  })
  lab.runUntil(() => outcome !== undefined, 60 * SECOND)
  if (outcome === undefined) throw new Error('the SPI program did not end')
  if (!outcome.ok) throw outcome.error
  return { value: outcome.value, time: lab.now - begin }
}

export const bridge: Benchmark = {
  name: 'bridge',
  run() {
    const figures: BenchFigure[] = []
    for (const [what, write, read] of [
      ['read', 1, FRAME],
      ['written', FRAME, 0],
    ] as const) {
      const { value, time } = run(bulk(write, read))
      const rate = (value * 8 * SECOND) / time
      figures.push({
        name: `bridge firmware, SPI payload ${what}`,
        value: rate / 1e3,
        unit: 'kbit/s',
        against: `the line rate, ${BAUD / 1e3} kbit/s`,
        ratio: rate / BAUD,
        aim: '0.6',
      })
    }
    const { value, time } = run(registerReads())
    const cells = (2 * CELL_OCTETS * 10 * SECOND) / BAUD
    figures.push({
      name: 'bridge firmware, one register read',
      value: time / value / MICROSECOND,
      unit: 'us round trip',
      against: `two cells on the line, ${cells / MICROSECOND} us`,
      ratio: time / value / cells,
    })
    return figures
  },
}
