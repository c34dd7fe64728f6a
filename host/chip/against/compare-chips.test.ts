import { describe, expect, it } from 'vitest'
import { OPCODE, REGISTERS } from '../../../firmware/enc28j60/registers.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { openTarget } from '../../target/open-target.js'
import { type ChipDriver, openChip } from '../driver.js'
import { type ChipComparison, compareChips } from './compare-chips.js'
import { chipComparisonText } from './in-words.js'
import { operationWords } from './operation.js'

type Runner = Pick<ChipDriver, 'run'>

interface Pair {
  readonly seed?: number
  readonly programs?: number
  readonly name?: string
  readonly faults?: readonly string[]
  readonly change?: (chip: ChipDriver) => Runner
}

async function compare({ seed = 1, programs = 32, name = 'model:uno', faults = [], change = (chip) => chip }: Pair) {
  const target = await openTarget(name, { faults })
  const reference = await openTarget('model:uno')
  const chips = [await openChip(target), await openChip(reference)] as const
  const result = await compareChips(change(chips[0]), chips[1], { seed, programs })
  const findings = chips[1].findings.map(({ id, octets }) => `${id} by ${octets}`)
  for (const chip of chips) await chip.close()
  await target.close()
  await reference.close()
  return { result, findings }
}

const shown = ({ difference }: ChipComparison) => difference?.steps.map(({ operation }) => operationWords(operation))

/** A chip whose answers to an RCR of a MAC or MII register at an address, or to RBM, come changed. */
function changedAnswers(chip: ChipDriver, opcode: number, change: (octet: number) => number): Runner {
  function* through<T>(program: SpiProgram<T>): SpiProgram<T> {
    for (let next = program.next(); ; ) {
      if (next.done) return next.value
      const step = next.value
      const replies = yield step
      const transfers = 'transfers' in step ? step.transfers : []
      next = program.next(
        replies.map((octets, index) => {
          const { write, read } = transfers[index]
          return write[0] === opcode && read === 2 ? octets.map(change) : octets
        }),
      )
    }
  }
  return { run: (program) => chip.run(through(program)) }
}

describe('two chips that run the same programs', () => {
  it.each([
    ['model:uno', 1],
    ['model:uno', 2],
    // Another revision of the silicon, another clock.
    ['model:promini', 3],
  ])('do not differ where both are good (%s, seed %i), and use is legal', async (name, seed) => {
    const { result, findings } = await compare({ name, seed, programs: 12 })
    expect(result).toMatchObject({ programs: 12, difference: undefined })
    expect(result.operations).toBeGreaterThan(12 * 24)
    expect(findings).toEqual([])
  })

  it('are the same comparison with the same seed', async () => {
    const once = await compare({ seed: 5, faults: ['memory-data-line'] })
    expect(await compare({ seed: 5, faults: ['memory-data-line'] })).toEqual(once)
  })

  it('differ in a bit of memory that is stuck, whichever octet it is: three steps show it', async () => {
    const { result } = await compare({ faults: ['buffer-memory-bad'] })
    const { difference } = result
    const [reset, fill, fetch] = shown(result)!
    expect(shown(result)).toHaveLength(3)
    expect(reset).toBe('reset')
    const [, address] = /^fill ([0-9A-F]{4})h [0-9A-F]{2}$/.exec(fill)!
    expect(fetch).toBe(`fetch ${address}h 1`)
    expect(difference).toMatchObject({ again: { of: 3, differed: 3 }, reading: { of: 'octet 0' } })
    // One bit of it, and the rule.
    expect(difference!.bits & (difference!.bits - 1)).toBe(0)
    expect(chipComparisonText(result)).toMatch(
      /DIFFERENT {2}in program \d+, after \d+ operations[\s\S]*octet 0 is [0-9A-F]{2}h and should be [0-9A-F]{2}h: bit \d\n +rule: RBM reads what WBM wrote: .* \[DS39662 3\.2, 4\.2\.2 and 4\.2\.4\]\n +It differs each time\./,
    )
  })

  it('differ in a register that does not keep a bit, with its field and its clause', async () => {
    const { address } = REGISTERS.MACLCON1
    const { result } = await compare({
      change: (chip) => changedAnswers(chip, OPCODE.RCR | address, (value) => value & 0xfe),
    })
    expect(shown(result)).toEqual(['reset', 'read MACLCON1'])
    expect(result.difference).toMatchObject({
      // DS39662 table 3-2: MACLCON1 is 0Fh after a reset.
      reading: { of: 'MACLCON1', expected: 0x0f, got: 0x0e },
      bits: 1,
      rule: { clause: 'DS39662 6.5 and table 3-2; DS39662 4.2.1' },
    })
  })

  it('differ now and then where the wires are noisy, which is said', async () => {
    const { result } = await compare({ seed: 3, faults: ['spi-noise'] })
    expect(result.difference?.again.differed).toBeLessThan(3)
    expect(chipComparisonText(result)).toMatch(/Run again 3 times, the program differed .*it comes and goes/)
  })

  it('differ at once where one does not answer', async () => {
    const { result } = await compare({ faults: ['mosi-open'] })
    expect(shown(result)).toEqual(['reset'])
    expect(chipComparisonText(result)).toMatch(/should be: done; is: failed: after a system reset ESTAT reads/)
  })
})
