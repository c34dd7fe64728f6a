import { describe, expect, it } from 'vitest'
import { PIN, PIN_STEP } from '../../firmware/serial-link/link-table.js'
import { ChipBench } from '../../test/support/chip-bench.js'
import { SeededRandom } from '../simulation/random.js'
import { PlainPins } from './plain-pins.js'
import { SpiWires } from './spi-wires.js'

const { SCK, MOSI, MISO, CS, INT, RESET } = PIN
const { LEVELS, DRIVE, LOW, RELEASE } = PIN_STEP
const ALL = SCK | MOSI | MISO | CS | INT | RESET

function look(steps: readonly number[], damage: (wires: SpiWires) => void = () => {}) {
  const { chip } = new ChipBench({ partner: false })
  const wires = new SpiWires({ chip, random: new SeededRandom(1) })
  damage(wires)
  const pins = new PlainPins(wires, true)
  pins.begin()
  const levels = steps.map((step) => pins.step(step))
  pins.end()
  return { levels, wires, chip }
}

/** Nothing of SPI driven, and everything with its pull-up. */
const LET_GO = [DRIVE | RESET, LEVELS | ALL]

describe('the wires of SPI as plain pins', () => {
  it('of a sound board are high with their pull-ups, and each falls alone', () => {
    const pulled = [SCK, MOSI, MISO, CS, INT]
    const { levels } = look([...LET_GO, ...pulled.map((wire) => LOW | wire)])
    expect(levels.slice(1)).toEqual([ALL, ...pulled.map((wire) => ALL & ~wire)])
  })

  it('are no longer low right behind a release where the chip drives: INT always, MISO only while it is selected (DS39662 table 1-1)', () => {
    const { levels } = look([...LET_GO, RELEASE | INT, RELEASE | MISO])
    expect(levels[2] & INT).toBe(INT)
    expect(levels[3] & MISO).toBe(0)
    const open = look([...LET_GO, RELEASE | INT], (wires) => {
      wires.intOpen = true
    })
    expect(open.levels[2] & INT).toBe(0)
  })

  it('show a short to the supply, a short to ground and two that touch', () => {
    const steps = [...LET_GO, LOW | MISO, LOW | SCK]
    const high = look(steps, ({ harness }) => harness.stick('miso', true)).levels
    expect(high[2] & MISO).toBe(MISO)
    const low = look(steps, ({ harness }) => harness.stick('miso', false)).levels
    expect(low[1] & MISO).toBe(0)
    const touching = look(steps, ({ harness }) => harness.join('sck', 'mosi')).levels
    expect(touching[1]).toBe(ALL)
    expect(touching[3] & MOSI).toBe(0)
  })

  it('rise by the pull-up inside the chip, which does not reach past an open chip select', () => {
    const steps = [DRIVE | CS | RESET, LEVELS | RESET, DRIVE | RESET, LEVELS | RESET]
    expect(look(steps).levels[3] & CS).toBe(CS)
    expect(look(steps, ({ harness }) => harness.open('cs')).levels[3] & CS).toBe(0)
  })

  it('are as SPI has them again afterwards, with what was wrong with them', () => {
    const { wires } = look([...LET_GO, LOW | CS])
    // RCR of ECON2, 80h after a reset (DS39662 table 3-2).
    expect([...wires.transfer(Uint8Array.of(0x1e), 1)]).toEqual([0x80])
    const open = look(LET_GO, (each) => {
      each.misoOpen = true
    }).wires
    expect([...open.transfer(Uint8Array.of(0x1e), 1)]).toEqual([0xff])
  })
})
