/** Buffer memory cell by cell and line by line: which bit, which address, always or sometimes. */
import { ChipAccess } from '../../../firmware/enc28j60/access.js'
import { BITS, BUFFER_SIZE } from '../../../firmware/enc28j60/registers.js'
import { builtInSelfTest } from '../../../firmware/enc28j60/self-test.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { BoardCheck } from '../context.js'
import { ADDRESS_LINES, CELLS_OF_MEMORY, CHIP_FIGURES, UNROTATED } from '../figures/chip.js'
import { measure, withinLimits } from '../measure.js'
import { blindReset, fresh, pause } from '../probe.js'
import type { Measurement } from '../types.js'

const CHUNK = 256

function* readAll(): SpiProgram<Uint8Array> {
  const batch = fresh()
  batch.writePair('ERDPT', 0)
  const chunks = Array.from({ length: BUFFER_SIZE / CHUNK }, () => batch.readBuffer(CHUNK))
  yield* batch.run()
  const all = new Uint8Array(BUFFER_SIZE)
  for (const [index, { octets }] of chunks.entries()) all.set(octets, index * CHUNK)
  return all
}

function* filledWith(seed: number): SpiProgram<Uint8Array> {
  yield* builtInSelfTest(new ChipAccess(), 'pattern', { seed })
  return yield* readAll()
}

/** Octets that do not hold what all of them were filled with: bits that read 1 where 0 was written, and the other way. */
interface Stuck {
  first: number | undefined
  count: number
  high: number
  low: number
}

function compare(memory: Uint8Array, expected: number, into: Stuck): void {
  for (const [address, octet] of memory.entries()) {
    if (octet === expected) continue
    into.first = into.first === undefined ? address : Math.min(into.first, address)
    into.count++
    into.high |= octet & ~expected & 0xff
    into.low |= ~octet & expected & 0xff
  }
}

/**
 * Both patterns as they are: with a rotation an odd address holds AAh whichever is asked for, so that a bit which is stuck there at what
 * AAh wants shows in neither.
 */
const unrotated: BoardCheck = {
  id: 'chip.self-test-unrotated',
  layer: 'chip',
  reference:
    'DS39662 15.2 (pattern fill, PSV 000) and 13.2: the sum of 4096 words of 5555h is AAAAh, of AAAAh it is 5555h',
  needs: ['chip.clock', 'spi.pointers'],
  after: ['chip.reset'],
  async run({ chip }) {
    const measurements: Measurement[] = []
    for (const [seed, read, written] of [
      [0x55, UNROTATED.readFives, UNROTATED.writtenFives],
      [0xaa, UNROTATED.readTens, UNROTATED.writtenTens],
    ] as const) {
      const checksums = await chip.run(builtInSelfTest(new ChipAccess(), 'pattern', { seed }))
      measurements.push(
        measure(read, checksums.ended ? checksums.found : null),
        measure(written, checksums.ended ? checksums.written : null),
      )
    }
    if (measurements.every(withinLimits)) return { measurements }
    const stuck: Stuck = { first: undefined, count: 0, high: 0, low: 0 }
    for (const seed of [0x55, 0xaa]) compare(await chip.run(filledWith(seed)), seed, stuck)
    measurements.push(
      measure(UNROTATED.wrong, stuck.count),
      measure(UNROTATED.firstWrong, stuck.first ?? null),
      measure(UNROTATED.stuckHigh, stuck.high),
      measure(UNROTATED.stuckLow, stuck.low),
    )
    return { measurements }
  },
}

/** 0 and one address for each line (DS39662 3.2: 13 of them). */
const WALKING = [0, ...Array.from({ length: 13 }, (_, line) => 1 << line)]

/** Every address line at both levels: an octet of its own at each address that has one line high. */
const addressLines: BoardCheck = {
  id: 'chip.address-lines',
  layer: 'chip',
  reference: 'DS39662 3.2 (8192 octets, 13 address lines)',
  needs: ['spi.pointers'],
  async run({ chip }) {
    const read = await chip.run(
      (function* (): SpiProgram<number[]> {
        yield* blindReset()
        const batch = fresh()
        batch.clear('ECON1', BITS.ECON1.RXEN)
        // No address of these is where the receive buffer wraps.
        batch.writePair('ERXST', 0).writePair('ERXND', BUFFER_SIZE - 1)
        for (const [index, address] of WALKING.entries()) {
          batch.writePair('EWRPT', address).writeBuffer(Uint8Array.of(0x11 * (index + 1)))
        }
        const answers = WALKING.map((address) => {
          batch.writePair('ERDPT', address)
          return batch.readBuffer(1)
        })
        yield* batch.run()
        return answers.map(({ octets }) => octets[0])
      })(),
    )
    const wrong = WALKING.filter((_, index) => read[index] !== ((0x11 * (index + 1)) & 0xff))
    return {
      measurements: [
        measure(ADDRESS_LINES.wrong, wrong.length),
        measure(
          ADDRESS_LINES.lines,
          wrong.reduce((mask, address) => mask | address, 0),
        ),
      ],
    }
  },
}

const RESTING = 512
const REST = 300 * MILLISECOND

/** The same addresses read twice at once, and again after a rest: what is stuck is the same each time, what is noise is not. */
const cells: BoardCheck = {
  id: 'chip.memory-at-rest',
  layer: 'chip',
  reference: 'DS39662 3.2 (static memory) and 4.2.2 (RBM changes nothing)',
  needs: ['spi.pointers'],
  async run({ chip, random }) {
    const source = random.fork('chip.memory-at-rest')
    const wrote = Uint8Array.from({ length: RESTING }, () => source.below(256))
    const [first, again, rested] = await chip.run(
      (function* (): SpiProgram<[Uint8Array, Uint8Array, Uint8Array]> {
        const at = 0x0c00
        const write = fresh()
        write.writePair('EWRPT', at)
        for (let from = 0; from < RESTING; from += CHUNK) write.writeBuffer(wrote.subarray(from, from + CHUNK))
        yield* write.run()
        const read = function* (): SpiProgram<Uint8Array> {
          const batch = fresh()
          batch.writePair('ERDPT', at)
          const answers = Array.from({ length: RESTING / CHUNK }, () => batch.readBuffer(CHUNK))
          yield* batch.run()
          return Uint8Array.from(answers.flatMap(({ octets }) => [...octets]))
        }
        const one = yield* read()
        const two = yield* read()
        yield* pause(REST)
        return [one, two, yield* read()]
      })(),
    )
    const differing = (a: Uint8Array, b: Uint8Array): number => a.filter((octet, index) => octet !== b[index]).length
    return {
      measurements: [
        measure(CELLS_OF_MEMORY.wrong, differing(first, wrote)),
        measure(CELLS_OF_MEMORY.twice, differing(first, again)),
        measure(CELLS_OF_MEMORY.rested, differing(again, rested)),
        measure(CELLS_OF_MEMORY.octets, RESTING),
      ],
    }
  },
}

/** The first command behind a system reset, with no pause but the one that erratum 2 asks for: it must be taken whole. */
const firstCommand: BoardCheck = {
  id: 'chip.first-command',
  layer: 'chip',
  reference: 'DS39662 11.2 and 4.2.6 (SRC); DS80349C 2 (1 ms after the reset)',
  needs: ['spi.miso'],
  async run({ chip }) {
    const { kept, gone } = await chip.run(
      (function* (): SpiProgram<{ kept: number; gone: number }> {
        const before = fresh()
        before.writePair('EWRPT', 0x0aa5)
        yield* before.run()
        const reset = fresh()
        reset.reset()
        yield* reset.run()
        yield* pause(1 * MILLISECOND)
        const first = fresh()
        const after = first.readPair('EWRPT')
        first.writePair('EWRPT', 0x155a)
        const written = first.readPair('EWRPT')
        yield* first.run()
        yield* blindReset()
        return { gone: after.value, kept: written.value }
      })(),
    )
    const figures = CHIP_FIGURES['chip.first-command']
    return { measurements: [measure(figures.reset, gone), measure(figures.written, kept)] }
  },
}

/** Flag, enable bit and their sum, without the pin: the interrupt logic as registers show it. */
const interrupts: BoardCheck = {
  id: 'chip.interrupts',
  layer: 'chip',
  reference: 'DS39662 12.1 (EIE, EIR, ESTAT.INT) and 13.1 (DMAIF)',
  needs: ['chip.clock', 'spi.pointers'],
  async run({ chip }) {
    const { INT } = BITS.ESTAT
    const read = await chip.run(
      (function* (): SpiProgram<{ masked: number; shown: number; cleared: number }> {
        yield* blindReset()
        const start = fresh()
        start.writePair('EDMAST', 0).writePair('EDMAND', 15)
        start.set('ECON1', BITS.ECON1.CSUMEN).set('ECON1', BITS.ECON1.DMAST)
        yield* start.run()
        yield* pause(1 * MILLISECOND)
        const batch = fresh()
        const masked = batch.read('ESTAT')
        batch.write('EIE', BITS.EIE.INTIE | BITS.EIE.DMAIE)
        const shown = batch.read('ESTAT')
        batch.clear('ECON1', BITS.ECON1.CSUMEN).clear('EIR', BITS.EIR.DMAIF)
        const cleared = batch.read('ESTAT')
        batch.write('EIE', 0)
        yield* batch.run()
        const bit = (value: number): number => Number((value & INT) !== 0)
        return { masked: bit(masked.value), shown: bit(shown.value), cleared: bit(cleared.value) }
      })(),
    )
    const figures = CHIP_FIGURES['chip.interrupts']
    return {
      measurements: [
        measure(figures.shown, read.shown),
        measure(figures.masked, read.masked),
        measure(figures.cleared, read.cleared),
      ],
    }
  },
}

export const MEMORY_CHECKS: readonly BoardCheck[] = [unrotated, addressLines, cells, firstCommand, interrupts]
