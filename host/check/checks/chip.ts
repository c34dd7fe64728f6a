/** The digital half of the chip: what it holds after a reset, its clock, its memory, its engines. */
import { type Batch, ChipAccess, type PairReply } from '../../../firmware/enc28j60/access.js'
import { BITS, BUFFER_SIZE, REVISION_ID } from '../../../firmware/enc28j60/registers.js'
import { builtInSelfTest } from '../../../firmware/enc28j60/self-test.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { keyed } from '../../text/keyed.js'
import type { BoardCheck } from '../context.js'
import type { Figure } from '../figure.js'
import { CHIP_CLOCK, CHIP_FIGURES, RESET, SELF_TEST } from '../figures/chip.js'
import { exactly, measure, withinLimits } from '../measure.js'
import { blindReset, fresh, pause } from '../probe.js'
import type { Measurement } from '../types.js'
import { MEMORY_CHECKS } from './chip-memory.js'

/** The registers looked at, each with its value after a system reset in the limits of its figure. */
const AFTER_RESET: readonly { figure: Figure; read: (batch: Batch) => PairReply }[] = [
  { figure: RESET.econ1, read: (batch) => batch.read('ECON1') },
  { figure: RESET.econ2, read: (batch) => batch.read('ECON2') },
  { figure: RESET.eie, read: (batch) => batch.read('EIE') },
  { figure: RESET.erxst, read: (batch) => batch.readPair('ERXST') },
  { figure: RESET.erxnd, read: (batch) => batch.readPair('ERXND') },
  { figure: RESET.erxfcon, read: (batch) => batch.read('ERXFCON') },
  { figure: RESET.epktcnt, read: (batch) => batch.read('EPKTCNT') },
  { figure: RESET.maclcon2, read: (batch) => batch.read('MACLCON2') },
  { figure: RESET.mamxfl, read: (batch) => batch.readPair('MAMXFL') },
  { figure: RESET.epaus, read: (batch) => batch.readPair('EPAUS') },
]

const reset: BoardCheck = {
  id: 'chip.reset',
  layer: 'chip',
  reference: 'DS39662 table 3-2 and 11.2; DS80349C 2 and 19',
  // MAC registers are not to be touched without a clock (DS39662 2.2).
  needs: ['spi.pointers', 'chip.clock'],
  async run({ chip }) {
    const read = await chip.run(
      (function* (): SpiProgram<number[]> {
        const before = fresh()
        before.writePair('ERXST', 0x0123) // so that a reset that does nothing is seen
        yield* before.run()
        yield* blindReset()
        const batch = fresh()
        const answers = AFTER_RESET.map(({ read }) => read(batch))
        yield* batch.run()
        return answers.map((answer) => answer.value)
      })(),
    )
    const registers = AFTER_RESET.map(({ figure }, index) => measure(figure, read[index]))
    const differing = registers.filter((register) => !withinLimits(register)).length
    return { measurements: [measure(RESET.differing, differing), ...registers] }
  },
}

const CLOCK_LIMIT = 1 * MILLISECOND

const clockReady: BoardCheck = {
  id: 'chip.clock',
  layer: 'chip',
  reference: 'DS39662 2.2 (7500 clocks, 300 µs) and 14.0; DS80349C 2',
  needs: ['spi.miso'],
  async run({ clock, chip }) {
    const result = await chip.run(
      (function* (): SpiProgram<{ asleep: number; awake: number; took: number }> {
        const sleeping = fresh()
        sleeping.set('ECON2', BITS.ECON2.PWRSV)
        const asleep = sleeping.read('ESTAT')
        yield* sleeping.run()
        const waking = fresh()
        waking.clear('ECON2', BITS.ECON2.PWRSV)
        const started = clock.now
        yield* waking.run()
        yield* pause(CLOCK_LIMIT)
        const took = clock.now - started
        const afterwards = fresh()
        const awake = afterwards.read('ESTAT')
        yield* afterwards.run()
        return { asleep: asleep.value & BITS.ESTAT.CLKRDY, awake: awake.value & BITS.ESTAT.CLKRDY, took }
      })(),
    )
    return {
      measurements: [
        measure(CHIP_CLOCK.awake, result.awake),
        measure(CHIP_CLOCK.asleep, result.asleep),
        measure(CHIP_CLOCK.waited, Math.round(result.took / 1000) / 1000),
      ],
      goesOn: result.awake !== 0,
    }
  },
}

const KNOWN_REVISIONS = Object.entries(REVISION_ID)

const revision: BoardCheck = {
  id: 'chip.revision',
  layer: 'chip',
  reference: 'DS80349C table 1 (B1 02h, B4 04h, B5 05h, B7 06h)',
  needs: ['spi.miso'],
  async run({ chip }) {
    const value = await chip.run(
      (function* (): SpiProgram<number> {
        const batch = fresh()
        const answer = batch.read('EREVID')
        yield* batch.run()
        return answer.value
      })(),
    )
    const known = KNOWN_REVISIONS.find(([, id]) => id === value)
    const measurements = [measure(CHIP_FIGURES['chip.revision'].erevid, value)]
    if (known !== undefined) return { measurements, reason: keyed('chip.revision.name', { revision: known[0] }) }
    return {
      measurements,
      verdict: 'fail',
      reason: keyed('chip.revision.none'),
    }
  },
}

const BIST_RUNS = [
  // DS39662 15: address fill has one checksum whatever the memory holds, through either port.
  { read: SELF_TEST.addressRead, written: SELF_TEST.addressWritten, mode: 'address', options: {} },
  {
    read: SELF_TEST.otherPortRead,
    written: SELF_TEST.otherPortWritten,
    mode: 'address',
    options: { swapPorts: true },
  },
  {
    read: SELF_TEST.rotatedRead,
    written: SELF_TEST.rotatedWritten,
    mode: 'pattern',
    options: { seed: 0x55, shift: 1 },
  },
  { read: SELF_TEST.patternRead, written: SELF_TEST.patternWritten, mode: 'pattern', options: { seed: 0xaa } },
] as const

/** Octets of one RBM while memory is searched; every bridge can hold them. */
const SEARCH_CHUNK = 256

/** Where memory does not hold what address fill left in it: octet a is the low octet of a (DS39662 15.0). */
function* findBadMemory(): SpiProgram<{ first: number | undefined; count: number; bits: number }> {
  yield* builtInSelfTest(new ChipAccess(), 'address', {})
  const batch = fresh()
  batch.writePair('ERDPT', 0x0000)
  const chunks = Array.from({ length: BUFFER_SIZE / SEARCH_CHUNK }, () => batch.readBuffer(SEARCH_CHUNK))
  yield* batch.run()
  let first: number | undefined
  let count = 0
  let bits = 0
  for (const [chunk, { octets }] of chunks.entries()) {
    for (const [offset, octet] of octets.entries()) {
      const address = chunk * SEARCH_CHUNK + offset
      if (octet === (address & 0xff)) continue
      first ??= address
      count++
      bits |= octet ^ (address & 0xff)
    }
  }
  return { first, count, bits }
}

const selfTests: BoardCheck = {
  id: 'chip.self-test',
  layer: 'chip',
  reference: 'DS39662 15.0 (address fill F807h; EBSTCS equals EDMACS)',
  needs: ['chip.clock', 'spi.pointers'],
  after: ['chip.reset'],
  async run({ chip }) {
    const measurements: Measurement[] = []
    for (const { read, written, mode, options } of BIST_RUNS) {
      const checksums = await chip.run(builtInSelfTest(new ChipAccess(), mode, options))
      measurements.push(
        measure(read, checksums.ended ? checksums.found : null),
        measure(written, checksums.ended ? checksums.written : null),
      )
    }
    if (measurements.every(withinLimits)) return { measurements }
    const { first, count, bits } = await chip.run(findBadMemory())
    measurements.push(
      measure(SELF_TEST.wrong, count),
      measure(SELF_TEST.firstWrong, first ?? null),
      measure(SELF_TEST.wrongBits, bits),
    )
    return { measurements }
  },
}

const CHECKSUM_VECTORS = [
  { octets: [0x89, 0xab, 0xcd], expected: 0xa953 },
  { octets: [0x00, 0x04, 0xa3, 0xff, 0xff, 0xff], expected: 0x5bfc },
  { octets: [0x88, 0xaa, 0x09, 0x0a, 0x0b, 0x0c, 0x0d], expected: 0x563f },
] as const

const dmaChecksum: BoardCheck = {
  id: 'chip.dma-checksum',
  layer: 'chip',
  reference: 'DS39662 13.2 and its worked example (89h ABh CDh gives A953h); RFC 1071',
  needs: ['chip.clock', 'spi.pointers'],
  after: ['chip.reset', 'spi.memory'],
  async run({ chip }) {
    const measurements: Measurement[] = []
    for (const { octets, expected } of CHECKSUM_VECTORS) {
      const sum = await chip.run(
        (function* (): SpiProgram<number> {
          const batch = fresh()
          batch.writePair('EWRPT', 0x1000)
          batch.writeBuffer(Uint8Array.from(octets))
          batch.writePair('EDMAST', 0x1000)
          batch.writePair('EDMAND', 0x1000 + octets.length - 1)
          batch.set('ECON1', BITS.ECON1.CSUMEN | BITS.ECON1.DMAST)
          yield* batch.run()
          yield* pause(100_000)
          const result = fresh()
          const answer = result.readPair('EDMACS')
          result.clear('ECON1', BITS.ECON1.CSUMEN)
          yield* result.run()
          return answer.value
        })(),
      )
      const figure = CHIP_FIGURES['chip.dma-checksum'].sum({ octets: octets.length })
      measurements.push(exactly(figure, sum, expected))
    }
    return { measurements }
  },
}

const COPY_OCTETS = 64

const dmaCopy: BoardCheck = {
  id: 'chip.dma-copy',
  layer: 'chip',
  reference: 'DS39662 13.1 (DMAIF set, DMAST cleared at the end)',
  needs: ['chip.clock', 'spi.pointers'],
  after: ['chip.reset', 'spi.memory'],
  async run({ chip }) {
    const result = await chip.run(
      (function* (): SpiProgram<{ copy: Uint8Array; econ1: number; eir: number }> {
        const batch = fresh()
        batch.clear('EIR', BITS.EIR.DMAIF)
        batch.writePair('EWRPT', 0x1000)
        batch.writeBuffer(Uint8Array.from({ length: COPY_OCTETS }, (_, index) => (index * 37 + 11) & 0xff))
        batch.writePair('EDMAST', 0x1000)
        batch.writePair('EDMAND', 0x1000 + COPY_OCTETS - 1)
        batch.writePair('EDMADST', 0x1200)
        batch.clear('ECON1', BITS.ECON1.CSUMEN)
        batch.set('ECON1', BITS.ECON1.DMAST)
        yield* batch.run()
        yield* pause(100_000)
        const after = fresh()
        after.writePair('ERDPT', 0x1200)
        const copy = after.readBuffer(COPY_OCTETS)
        const econ1 = after.read('ECON1')
        const eir = after.read('EIR')
        after.clear('EIR', BITS.EIR.DMAIF)
        yield* after.run()
        return { copy: copy.octets, econ1: econ1.value, eir: eir.value }
      })(),
    )
    const wrong = result.copy.reduce((count, octet, i) => count + (octet === ((i * 37 + 11) & 0xff) ? 0 : 1), 0)
    const figures = CHIP_FIGURES['chip.dma-copy']
    return {
      measurements: [
        measure(figures.wrong, wrong),
        measure(figures.busy, (result.econ1 & BITS.ECON1.DMAST) === 0 ? 0 : 1),
        measure(figures.done, (result.eir & BITS.EIR.DMAIF) === 0 ? 0 : 1),
      ],
    }
  },
}

const MAC_ROUNDS = 10
const MAC_ADDRESS = ['MAADR1', 'MAADR2', 'MAADR3', 'MAADR4', 'MAADR5', 'MAADR6'] as const

const macRegisters: BoardCheck = {
  id: 'chip.mac-registers',
  layer: 'chip',
  reference: 'DS39662 4.2.1 (dummy octet) and 16.0 (CS hold 210 ns); DS80349C 1',
  needs: ['chip.clock', 'spi.pointers'],
  after: ['chip.reset'],
  async run({ chip, random }) {
    const source = random.fork('chip.mac-registers')
    const { wrong, reads } = await chip.run(
      (function* (): SpiProgram<{ wrong: number; reads: number }> {
        const batch = fresh()
        const expectations: { answer: PairReply; expected: number }[] = []
        for (let round = 0; round < MAC_ROUNDS; round++) {
          const octets = MAC_ADDRESS.map(() => source.below(256))
          for (const [index, name] of MAC_ADDRESS.entries()) batch.write(name, octets[index])
          for (const [index, name] of MAC_ADDRESS.entries()) {
            expectations.push({ answer: batch.read(name), expected: octets[index] })
          }
        }
        for (const length of [0x05ee, 0x0a55, 0x05aa, 0x0600]) {
          batch.writePair('MAMXFL', length)
          expectations.push({ answer: batch.readPair('MAMXFL'), expected: length })
        }
        yield* batch.run()
        return {
          wrong: expectations.filter(({ answer, expected }) => answer.value !== expected).length,
          reads: expectations.length,
        }
      })(),
    )
    const figures = CHIP_FIGURES['chip.mac-registers']
    return { measurements: [measure(figures.wrong, wrong), measure(figures.read, reads)] }
  },
}

const receivePointer: BoardCheck = {
  id: 'chip.receive-pointer',
  layer: 'chip',
  reference: 'DS39662 6.1 (the low octet is held back until the high one is written)',
  needs: ['spi.pointers'],
  async run({ chip }) {
    const [before, halfway, after] = await chip.run(
      (function* (): SpiProgram<[number, number, number]> {
        const batch = fresh()
        batch.writePair('ERXRDPT', 0x0aa5)
        const first = batch.readPair('ERXRDPT')
        batch.write('ERXRDPTL', 0x5b)
        const second = batch.readPair('ERXRDPT')
        batch.write('ERXRDPTH', 0x15)
        const third = batch.readPair('ERXRDPT')
        yield* batch.run()
        return [first.value, second.value, third.value]
      })(),
    )
    const figures = CHIP_FIGURES['chip.receive-pointer']
    return {
      measurements: [measure(figures.both, before), measure(figures.lowAlone, halfway), measure(figures.high, after)],
    }
  },
}

export const CHIP_CHECKS: readonly BoardCheck[] = [
  clockReady,
  reset,
  revision,
  selfTests,
  ...MEMORY_CHECKS,
  dmaChecksum,
  dmaCopy,
  macRegisters,
  receivePointer,
]
