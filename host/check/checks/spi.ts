/** The wires between the controller and the chip: what an SPI master can know of them without trusting any register. */
import type { PairName } from '../../../firmware/enc28j60/access.js'
import { BITS, REGISTERS, REVISION_ID } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed } from '../../text/keyed.js'
import type { BoardCheck, ChipUnderTest } from '../context.js'
import type { Figure } from '../figure.js'
import { INTERRUPT_PIN, MISO, POINTERS, READS, SPI_CLOCK, SPI_FIGURES, SPI_MEMORY } from '../figures/spi.js'
import { exactly, measure, milliseconds } from '../measure.js'
import { blindReset, fresh, pause } from '../probe.js'
import type { Measurement } from '../types.js'
import { WIRE_CHECKS } from './spi-wires.js'

/** serprog's bus type bits: 8 is SPI. */
const BUS_SPI = 0x08

const bridge: BoardCheck = {
  id: 'spi.bridge',
  once: true,
  layer: 'spi',
  reference: 'serial-link, channel 0 "bridge"; serprog version 1, Q_IFACE and Q_BUSTYPE',
  needs: ['serial.link'],
  timed: 'check',
  async run({ clock, chip }) {
    const started = clock.now
    await chip.bridge()
    const took = clock.now - started
    const { version, busTypes } = await chip.interface()
    const figures = SPI_FIGURES['spi.bridge']
    return {
      measurements: [
        measure(figures.handOver, milliseconds(took)),
        measure(figures.serprogVersion, version),
        measure(figures.hasSpi, (busTypes & BUS_SPI) === 0 ? 0 : 1),
      ],
    }
  },
}

/** Below this the MAC registers of the first two revisions are unreliable (DS80349C 1). */
const EARLY_SILICON_CLOCK = 8

const spiClock: BoardCheck = {
  id: 'spi.clock',
  layer: 'spi',
  reference: 'DS39662 16.0 (at most 20 MHz); DS80349C 1 (at least 8 MHz on revisions B1 and B4)',
  needs: ['spi.bridge'],
  async run({ chip }) {
    const { clock } = await chip.interface()
    const revision = await chip.run(
      (function* (): SpiProgram<number> {
        const batch = fresh()
        const answer = batch.read('EREVID')
        yield* batch.run()
        return answer.value
      })(),
    )
    if (clock === undefined) {
      return {
        measurements: [measure(SPI_CLOCK.erevid, revision)],
        verdict: 'skip',
        reason: keyed('spi.clock.unknown'),
      }
    }
    const early = revision === REVISION_ID.B1 || revision === REVISION_ID.B4
    const { limits } = SPI_CLOCK.clock
    return {
      measurements: [
        measure(SPI_CLOCK.clock, clock / 1e6, early ? { ...limits, min: EARLY_SILICON_CLOCK } : limits),
        measure(SPI_CLOCK.erevid, revision),
      ],
    }
  },
}

interface Answers {
  readonly name: 'ESTAT' | 'ECON2' | 'EREVID'
  readonly values: readonly number[]
}

function* readManyTimes(): SpiProgram<Answers[]> {
  yield* blindReset()
  const batch = fresh()
  const revisions = Array.from({ length: READS }, () => batch.read('EREVID'))
  const status = Array.from({ length: READS }, () => batch.read('ESTAT'))
  const control = Array.from({ length: READS }, () => batch.read('ECON2'))
  yield* batch.run()
  return [
    { name: 'ESTAT', values: status.map((answer) => answer.value) },
    { name: 'ECON2', values: control.map((answer) => answer.value) },
    { name: 'EREVID', values: revisions.map((answer) => answer.value) },
  ]
}

/** The value seen most often, and how often; the smallest of equals. */
function mostCommon(values: readonly number[]): { readonly value: number; readonly count: number } {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best = { value: 0, count: 0 }
  for (const [value, count] of counts) {
    if (count > best.count || (count === best.count && value < best.value)) best = { value, count }
  }
  return best
}

/** SCK that any wire of a bench carries, in hertz. */
const SLOW_CLOCK = 500_000

/** Reads again at a clock that cannot be too fast: tells wires that are slow from wires that are broken. */
async function readAgain(chip: ChipUnderTest): Promise<Measurement[]> {
  const { clock } = await chip.interface()
  if (clock === undefined) return []
  const right = async (): Promise<number> => {
    const answers = await chip.run(readManyTimes())
    const econ2 = answers.find(({ name }) => name === 'ECON2')!.values
    return (100 * econ2.filter((value) => value === REGISTERS.ECON2.reset).length) / econ2.length
  }
  let slow: number | undefined = 0
  let rightWhenSlow = 0
  try {
    slow = await chip.setClock(SLOW_CLOCK)
    rightWhenSlow = await right()
  } finally {
    await chip.setClock(clock)
  }
  return [
    measure(MISO.rightWhenSlow, rightWhenSlow),
    measure(MISO.slowClock, (slow ?? 0) / 1e6),
    measure(MISO.rightAgain, await right()),
  ]
}

/** Of ECON2 as it was read: so much of it at most one bit off is a chip that can be talked to. */
const ANSWERS_PARTLY = 0.25

/** Whether the chip answers at all, through wires that spoil a bit of each octet, or a whole answer now and then. */
function answersPartly(econ2: readonly number[]): boolean {
  const wanted = REGISTERS.ECON2.reset
  // All zeros and all ones are a wire, whatever the register.
  const close = econ2.filter((value) => value !== 0x00 && value !== 0xff && oneBit(value ^ wanted))
  return close.length >= ANSWERS_PARTLY * econ2.length
}

function oneBit(bits: number): boolean {
  return (bits & (bits - 1)) === 0
}

const miso: BoardCheck = {
  id: 'spi.miso',
  layer: 'spi',
  reference: 'DS39662 4.2.1 (RCR) and table 3-2 (ESTAT, ECON2, EREVID)',
  needs: ['spi.bridge'],
  watched: 'quick',
  async run({ chip }) {
    const answers = await chip.run(readManyTimes())
    const all = answers.flatMap(({ values }) => values)
    const equal = (test: (value: number, name: Answers['name']) => boolean): number =>
      answers.reduce((sum, { name, values }) => sum + values.filter((value) => test(value, name)).length, 0)
    const odd = answers.reduce((sum, { values }) => sum + values.length - mostCommon(values).count, 0)
    const typical = Object.fromEntries(answers.map(({ name, values }) => [name, mostCommon(values).value]))
    const again = odd > 0 || typical.ECON2 !== 0x80 ? await readAgain(chip) : []
    return {
      measurements: [
        measure(MISO.differing, odd),
        measure(
          MISO.allOnes,
          equal((value) => value === 0xff),
        ),
        measure(
          MISO.allZeros,
          equal((value) => value === 0x00),
        ),
        measure(
          MISO.echoes,
          equal((value, name) => value === REGISTERS[name].address),
        ),
        measure(MISO.estat, typical.ESTAT),
        measure(MISO.econ2, typical.ECON2),
        measure(MISO.erevid, typical.EREVID),
        measure(MISO.answers, all.length),
        ...again,
      ],
      goesOn: answersPartly(answers.find(({ name }) => name === 'ECON2')!.values),
    }
  },
}

const zeroBit: BoardCheck = {
  id: 'spi.zero-bit',
  layer: 'spi',
  reference: 'DS39662 12.0 (ESTAT bit 3 is not implemented and reads 0)',
  needs: ['spi.bridge'],
  watched: 'quick',
  async run({ chip }) {
    const ones = await chip.run(
      (function* (): SpiProgram<number> {
        const batch = fresh()
        const answers = Array.from({ length: READS }, () => batch.read('ESTAT'))
        yield* batch.run()
        return answers.filter((answer) => (answer.value & 0x08) !== 0).length
      })(),
    )
    const figures = SPI_FIGURES['spi.zero-bit']
    return { measurements: [measure(figures.ones, ones), measure(figures.readings, READS)] }
  },
}

/**
 * Makes the chip pull INT low without reading anything from it: the DMA checksums 16 octets of its own memory and is
 * allowed to say so (DS39662 12.1, 13.0). If INT moves, the chip has power, hears its chip select and understands MOSI,
 * whatever MISO says.
 */
function* raiseInterrupt(): SpiProgram<void> {
  const batch = fresh()
  batch.writePair('EDMAST', 0x0000)
  batch.writePair('EDMAND', 0x000f)
  batch.clear('EIR', BITS.EIR.DMAIF)
  batch.write('EIE', BITS.EIE.INTIE | BITS.EIE.DMAIE)
  batch.set('ECON1', BITS.ECON1.CSUMEN)
  batch.set('ECON1', BITS.ECON1.DMAST)
  yield* batch.run()
  yield* pause(1 * MILLISECOND)
}

function* lowerInterrupt(): SpiProgram<void> {
  const batch = fresh()
  batch.clear('ECON1', BITS.ECON1.DMAST | BITS.ECON1.CSUMEN)
  batch.write('EIE', 0x00)
  batch.clear('EIR', BITS.EIR.DMAIF)
  yield* batch.run()
}

function* readFlag(): SpiProgram<number> {
  const batch = fresh()
  const eir = batch.read('EIR')
  yield* batch.run()
  // A register that reads all ones says nothing.
  return eir.value === 0xff ? 0 : Number((eir.value & BITS.EIR.DMAIF) !== 0)
}

/** A chip that answers as it should, except that CLKRDY is 0: its DMA stands still. */
function* answersWithoutClock(): SpiProgram<boolean> {
  const batch = fresh()
  const estat = batch.read('ESTAT')
  const econ2 = batch.read('ECON2')
  yield* batch.run()
  return estat.value === 0 && econ2.value === REGISTERS.ECON2.reset
}

/** Of a wire of a hand's length with its pull-up a microsecond is long; whatever hangs on it has done its worst by then, ns. */
const SLOW_INTERRUPT = 60 * MILLISECOND

const interruptPin: BoardCheck = {
  id: 'spi.interrupt-pin',
  layer: 'spi',
  reference: 'DS39662 12.1 (INT is driven, active low) and 13.0 (DMAIF)',
  needs: ['spi.bridge'],
  watched: 'quick',
  async run({ chip, clock }) {
    const before = await chip.interruptHigh()
    if (before === undefined) {
      return { measurements: [], verdict: 'skip', reason: keyed('spi.interrupt-pin.unreadable') }
    }
    let slow = false
    /** The level once it has had its time: one that comes late is another thing than one that never comes. */
    const settled = async (high: boolean): Promise<boolean | undefined> => {
      const atOnce = await chip.interruptHigh()
      if (atOnce === high) return atOnce
      await sleepOnClock(clock, SLOW_INTERRUPT)
      const later = await chip.interruptHigh()
      if (later === high) slow = true
      return later
    }
    await chip.run(blindReset())
    const rest = await settled(true)
    await chip.run(raiseInterrupt())
    const pending = await settled(false)
    const flag = await chip.run(readFlag())
    await chip.run(lowerInterrupt())
    const cleared = await settled(true)
    if (pending === true && (await chip.run(answersWithoutClock()))) {
      return {
        measurements: [],
        verdict: 'skip',
        reason: keyed('spi.interrupt-pin.no-clock'),
      }
    }
    const level = (figure: Figure, high: boolean | undefined): Measurement =>
      measure(figure, high === undefined ? null : Number(high))
    return {
      measurements: [
        level(INTERRUPT_PIN.pending, pending),
        level(INTERRUPT_PIN.rest, rest),
        level(INTERRUPT_PIN.cleared, cleared),
        measure(INTERRUPT_PIN.flag, flag),
      ],
      ...(slow && pending === false && rest === true && cleared === true
        ? { verdict: 'warn', reason: keyed('spi.interrupt-pin.slow', { milliseconds: SLOW_INTERRUPT / MILLISECOND }) }
        : {}),
    }
  },
}

const PATTERNS = [0x0000, 0x1fff, 0x0aaa, 0x1555] as const
const POINTER_ROUNDS = 5
const POINTER_REGISTERS = ['ERDPT', 'EWRPT', 'ETXST'] as const satisfies readonly PairName[]

const pointers: BoardCheck = {
  id: 'spi.pointers',
  layer: 'spi',
  reference: 'DS39662 3.2 and table 3-1 (13-bit pointers)',
  needs: ['spi.miso'],
  async run({ chip }) {
    const readings = await chip.run(
      (function* (): SpiProgram<{ wrote: number; read: number }[]> {
        const batch = fresh()
        const answers = Array.from({ length: POINTER_ROUNDS }, () => PATTERNS).flatMap((patterns) =>
          patterns.flatMap((pattern) => {
            for (const name of POINTER_REGISTERS) batch.writePair(name, pattern)
            return POINTER_REGISTERS.map((name) => ({ wrote: pattern, answer: batch.readPair(name) }))
          }),
        )
        yield* batch.run()
        return answers.map(({ wrote, answer }) => ({ wrote, read: answer.value }))
      })(),
    )
    const wrongBits = readings.reduce((bits, { wrote, read }) => bits | (wrote ^ read), 0)
    const wrong = readings.filter(({ wrote, read }) => wrote !== read).length
    return {
      measurements: [
        measure(POINTERS.wrong, wrong),
        measure(POINTERS.wrongBits, wrongBits),
        measure(POINTERS.written, readings.length),
      ],
      // Noise spoils some, a wire that is stuck for one bit spoils that bit: what is asked above is still understood.
      goesOn: wrong < readings.length / 2 || oneBit(wrongBits),
    }
  },
}

const banks: BoardCheck = {
  id: 'spi.banks',
  layer: 'spi',
  reference: 'DS39662 3.1 and table 3-1 (address 06h of banks 0, 1 and 3; bank 2 holds MAC registers)',
  needs: ['spi.miso'],
  async run({ chip }) {
    const { etxndl, eht6, ebstsd } = SPI_FIGURES['spi.banks']
    const registers = ['ETXNDL', 'EHT6', 'EBSTSD'] as const
    const figures = [etxndl, eht6, ebstsd] as const
    const values = [0x5a, 0xa5, 0x69] as const
    const read = await chip.run(
      (function* (): SpiProgram<number[]> {
        const batch = fresh()
        for (const [index, name] of registers.entries()) batch.write(name, values[index])
        const answers = registers.map((name) => batch.read(name))
        for (const name of registers) batch.write(name, 0)
        yield* batch.run()
        return answers.map((answer) => answer.value)
      })(),
    )
    return { measurements: figures.map((figure, index) => exactly(figure, read[index], values[index])) }
  },
}

const bitFields: BoardCheck = {
  id: 'spi.bit-fields',
  layer: 'spi',
  reference: 'DS39662 4.2 (bit field set and clear: F1h, BFC 17h gives E0h)',
  needs: ['spi.miso'],
  async run({ chip }) {
    const [cleared, set] = await chip.run(
      (function* (): SpiProgram<[number, number]> {
        const batch = fresh()
        batch.write('EHT0', 0xf1)
        batch.clear('EHT0', 0x17)
        const afterClear = batch.read('EHT0')
        batch.write('EHT0', 0xf1)
        batch.set('EHT0', 0x17)
        const afterSet = batch.read('EHT0')
        batch.write('EHT0', 0x00)
        yield* batch.run()
        return [afterClear.value, afterSet.value]
      })(),
    )
    const figures = SPI_FIGURES['spi.bit-fields']
    return { measurements: [measure(figures.cleared, cleared), measure(figures.set, set)] }
  },
}

/** Enough that a wire which spoils one bit in ten thousand is caught. */
const MEMORY_OCTETS = 4096
/** One WBM or RBM command; small enough for every bridge's buffer. */
const CHUNK = 256

function randomOctets(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256))
}

const memory: BoardCheck = {
  id: 'spi.memory',
  layer: 'spi',
  reference: 'DS39662 3.2 and 4.2 (RBM, WBM)',
  needs: ['spi.pointers'],
  watched: 'quick',
  async run({ clock, chip, random }) {
    const octets = randomOctets(random.fork('spi.memory'), MEMORY_OCTETS)
    const started = clock.now
    const read = await chip.run(
      (function* (): SpiProgram<Uint8Array> {
        const batch = fresh()
        batch.writePair('EWRPT', 0x0800)
        for (let at = 0; at < MEMORY_OCTETS; at += CHUNK) batch.writeBuffer(octets.subarray(at, at + CHUNK))
        batch.writePair('ERDPT', 0x0800)
        const answers = Array.from({ length: MEMORY_OCTETS / CHUNK }, () => batch.readBuffer(CHUNK))
        yield* batch.run()
        return Uint8Array.from(answers.flatMap((answer) => [...answer.octets]))
      })(),
    )
    const took = Math.max(1, clock.now - started)
    const wrong = octets.reduce((count, octet, index) => count + (octet === read[index] ? 0 : 1), 0)
    return {
      measurements: [
        measure(SPI_MEMORY.wrong, wrong),
        measure(SPI_MEMORY.rate, Math.round((2 * MEMORY_OCTETS * SECOND) / took) / 1000),
        measure(SPI_MEMORY.written, MEMORY_OCTETS),
      ],
      goesOn: wrong < MEMORY_OCTETS / 2,
    }
  },
}

const autoIncrement: BoardCheck = {
  id: 'spi.auto-increment',
  layer: 'spi',
  reference: 'DS39662 3.2.2 and 4.2.2 (ERXND wraps to ERXST, 1FFFh to 0000h; ECON2.AUTOINC)',
  needs: ['spi.memory'],
  async run({ chip }) {
    const result = await chip.run(
      (function* (): SpiProgram<{ wrapped: number[]; end: number; fixed: number[]; writeWrap: number }> {
        const batch = fresh()
        batch.writePair('ERXST', 0x0000)
        batch.writePair('ERXND', 0x07ff)
        batch.writePair('EWRPT', 0x07fe)
        batch.writeBuffer(Uint8Array.of(0x11, 0x22))
        batch.writePair('EWRPT', 0x1fff)
        batch.writeBuffer(Uint8Array.of(0x55, 0x33, 0x44))
        const writeWrap = batch.readPair('EWRPT')
        batch.writePair('ERDPT', 0x07fe)
        const first = batch.readBuffer(1)
        const rest = batch.readBuffer(3)
        const end = batch.readPair('ERDPT')
        batch.clear('ECON2', BITS.ECON2.AUTOINC)
        const fixed = batch.readBuffer(3)
        batch.set('ECON2', BITS.ECON2.AUTOINC)
        yield* batch.run()
        return {
          wrapped: [...first.octets, ...rest.octets],
          end: end.value,
          fixed: [...fixed.octets],
          writeWrap: writeWrap.value,
        }
      })(),
    )
    const expected = [0x11, 0x22, 0x33, 0x44]
    const wrong = expected.filter((octet, index) => octet !== result.wrapped[index]).length
    const moved = result.fixed.filter((octet) => octet !== result.fixed[0]).length
    const figures = SPI_FIGURES['spi.auto-increment']
    return {
      measurements: [
        measure(figures.wrong, wrong),
        measure(figures.readPointer, result.end),
        measure(figures.writePointer, result.writeWrap),
        measure(figures.moved, moved),
      ],
    }
  },
}

/** Two registers at one address, each with what the other must not read. */
const BANK_ZERO = 0x5a
const BANK_ONE = 0xa5
const CHANGES_A_BATCH = 50
const MOST_BATCHES = 16
/** Symbols a second for each batch: a slow line takes a second for one. */
const BAUD_A_BATCH = 28_800

/** One bank change that does not take, of a thousand, sends what follows into another register. */
const bankChanges: BoardCheck = {
  id: 'spi.bank-changes',
  layer: 'spi',
  reference: 'DS39662 3.1 and table 3-1 (ECON1.BSEL; address 00h is ERDPTL in bank 0 and EHT0 in bank 1)',
  needs: ['spi.banks'],
  async run({ chip, serial }) {
    const batches = Math.min(MOST_BATCHES, Math.max(2, Math.floor(serial.baud / BAUD_A_BATCH)))
    let wrong = 0
    for (let each = 0; each < batches; each++) {
      wrong += await chip.run(
        (function* (): SpiProgram<number> {
          const batch = fresh().write('ERDPTL', BANK_ZERO).write('EHT0', BANK_ONE)
          const replies = Array.from({ length: CHANGES_A_BATCH / 2 }, () => [batch.read('ERDPTL'), batch.read('EHT0')])
          yield* batch.run()
          return replies.reduce(
            (sum, [zero, one]) => sum + Number(zero.value !== BANK_ZERO) + Number(one.value !== BANK_ONE),
            0,
          )
        })(),
      )
    }
    await chip.run(fresh().write('EHT0', 0).run())
    const figures = SPI_FIGURES['spi.bank-changes']
    return {
      measurements: [measure(figures.wrong, wrong), measure(figures.changes, batches * CHANGES_A_BATCH)],
    }
  },
}

export const SPI_CHECKS: readonly BoardCheck[] = [
  bridge,
  spiClock,
  interruptPin,
  miso,
  ...WIRE_CHECKS,
  zeroBit,
  pointers,
  banks,
  bitFields,
  memory,
  autoIncrement,
  bankChanges,
]
