import { describe, expect, it } from 'vitest'
import { ChipBench } from '../../test/support/chip-bench.js'
import { SeededRandom } from '../simulation/random.js'
import type { SpiHarness } from './spi-harness.js'
import { SpiWires } from './spi-wires.js'

/** Reads of EREVID and ESTAT, and a buffer memory round trip, through wires of which something may be wrong. */
function session(damage: (harness: SpiHarness) => void = () => {}, plain = false) {
  const { chip } = new ChipBench({ partner: false })
  const wires = new SpiWires({ chip, random: new SeededRandom(1) })
  if (!plain) damage(wires.harness)
  const write = (...octets: number[]) => wires.transfer(Uint8Array.from(octets), 0)
  const read = (octets: number[], count: number) => [...wires.transfer(Uint8Array.from(octets), count)]
  write(0xbf, 0x03)
  write(0x9f, 0x03)
  const revision = read([0x12], 1)
  write(0x5f, 0x00)
  write(0xbf, 0x03)
  write(0x42, 0x34)
  const pointer = read([0x02], 1)
  return { revision, pointer, chip, wires }
}

describe('the wires one by one', () => {
  it('carry the same as all of them together while nothing is wrong', () => {
    const whole = session(undefined, true)
    const single = session()
    expect(single.revision).toEqual(whole.revision)
    expect(single.pointer).toEqual([0x34])
    expect(single.chip.inspect()).toEqual(whole.chip.inspect())
    expect(single.chip.findings).toEqual([])
  })

  it.each([
    ['MISO open', (harness: SpiHarness) => harness.open('miso'), 0xff],
    ['MISO at ground', (harness: SpiHarness) => harness.stick('miso', false), 0x00],
    ['MOSI open: reads of ERDPTL, FAh after a reset', (harness: SpiHarness) => harness.open('mosi'), 0xfa],
    ['SCK at ground', (harness: SpiHarness) => harness.stick('sck', false), 0xff],
    ['CS open', (harness: SpiHarness) => harness.open('cs'), 0xff],
    ['RESET at ground', (harness: SpiHarness) => harness.stick('reset', false), 0xff],
    ['MOSI and MISO exchanged', (harness: SpiHarness) => harness.swap('mosi', 'miso'), 0xff],
  ])('%s', (_what, damage, octet) => {
    const { chip } = new ChipBench({ partner: false })
    const wires = new SpiWires({ chip, random: new SeededRandom(1) })
    damage(wires.harness)
    // RESET takes 400 ns to be believed (DS39662 table 16-3): with no time passing the chip still hears.
    const expected = _what.startsWith('RESET') ? wires.transfer(Uint8Array.of(0x02), 1)[0] : octet
    expect(wires.transfer(Uint8Array.of(0x02), 1)[0]).toBe(expected)
  })

  it('in SPI mode 3 are read as in mode 0, in mode 1 and 2 shifted (DS39662 4.1)', () => {
    const inMode = (mode: 1 | 2 | 3) =>
      session((harness) => {
        harness.mode = mode
      }).pointer
    expect(inMode(3)).toEqual([0x34])
    expect(inMode(1)).not.toEqual([0x34])
    expect(inMode(2)).not.toEqual([0x34])
  })

  it('a wire that was lost for a while carries again', () => {
    const { wires } = session()
    wires.harness.open('miso')
    expect([...wires.transfer(Uint8Array.of(0x02), 1)]).toEqual([0xff])
    wires.harness.mend('miso')
    expect([...wires.transfer(Uint8Array.of(0x02), 1)]).toEqual([0x34])
  })

  it('two that touch are low when one is: zeros sent while reading win over what is read', () => {
    const { wires } = session()
    wires.harness.join('mosi', 'miso')
    expect([...wires.transfer(Uint8Array.of(0x02), 1)]).toEqual([0x00])
  })

  it('an edge that rings puts a frame out of step', () => {
    const { wires } = session()
    wires.harness.ringing = 1
    expect([...wires.transfer(Uint8Array.of(0x02), 1)]).not.toEqual([0x34])
  })
})
