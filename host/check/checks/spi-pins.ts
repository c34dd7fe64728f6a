/** The wires of SPI as plain pins: what holds one, which touch, and whether the chip answers by others than it should. */
import { OPCODE, REGISTERS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { PIN, PIN_STEP } from '../../../firmware/serial-link/link-table.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed } from '../../text/keyed.js'
import type { BoardCheck, CheckContext } from '../context.js'
import type { Figure } from '../figure.js'
import { BY_HAND, WIRES_ALONE } from '../figures/spi.js'
import { measure } from '../measure.js'
import { blindReset } from '../probe.js'
import type { Measurement, Outcome } from '../types.js'

const OLD_FIRMWARE: Outcome = { measurements: [], verdict: 'skip', reason: keyed('spi.pins.old-firmware') }

const { LEVELS, DRIVE, LOW, RELEASE } = PIN_STEP
/** Nothing of SPI is driven, everything has its pull-up, and RESET stays as it is. */
const RELEASED = [DRIVE | PIN.RESET, LEVELS | 0x3f] as const
const WIRES = [PIN.SCK, PIN.MOSI, PIN.MISO, PIN.CS] as const
/** SCK is low before CS falls, as in mode 0,0 (DS39662 4.1): a chip that is selected must see no edge that was not meant. */
const CALM = [DRIVE | PIN.SCK | PIN.RESET, LEVELS | (0x3f & ~PIN.SCK)] as const

const ONE_OF: ReadonlyMap<number, Figure> = new Map([
  [PIN.SCK, WIRES_ALONE.sck],
  [PIN.MOSI, WIRES_ALONE.mosi],
  [PIN.MISO, WIRES_ALONE.miso],
  [PIN.CS, WIRES_ALONE.cs],
])

/** The wire that is pulled low, the one that must not fall with it, and the figure. */
const PAIRS: readonly (readonly [pulled: number, other: number, figure: Figure])[] = [
  [PIN.SCK, PIN.MOSI, WIRES_ALONE.sckMosi],
  [PIN.SCK, PIN.MISO, WIRES_ALONE.sckMiso],
  [PIN.SCK, PIN.CS, WIRES_ALONE.sckCs],
  [PIN.SCK, PIN.INT, WIRES_ALONE.sckInt],
  [PIN.MOSI, PIN.MISO, WIRES_ALONE.mosiMiso],
  [PIN.MOSI, PIN.CS, WIRES_ALONE.mosiCs],
  [PIN.MOSI, PIN.INT, WIRES_ALONE.mosiInt],
  [PIN.MISO, PIN.CS, WIRES_ALONE.misoCs],
  [PIN.MISO, PIN.INT, WIRES_ALONE.misoInt],
  [PIN.CS, PIN.INT, WIRES_ALONE.csInt],
]

const FREE = 0
const HELD_HIGH = 1
const HELD_LOW = 2

/** The wires of SPI with the peripheral off: levels at rest, with each of them pulled low for a microsecond, and right after. */
const pins: BoardCheck = {
  id: 'spi.pins',
  layer: 'spi',
  reference: 'DS39662 table 1-1 (INT is an output; SO has high impedance while CS is high; CS and RESET are pulled up)',
  needs: ['spi.bridge'],
  after: ['spi.interrupt-pin'],
  async run({ chip }) {
    await chip.run(blindReset())
    const pulled = [...WIRES.slice(0, -1).map((wire) => LOW | wire), ...CALM, LOW | PIN.CS, ...RELEASED]
    const released = [RELEASE | PIN.MISO, LOW | PIN.INT, RELEASE | PIN.INT]
    // Released from low, without a pull-up of the controller's: what raises it is at the chip.
    const selected = [...CALM, DRIVE | PIN.SCK | PIN.CS | PIN.RESET, LEVELS | PIN.RESET, DRIVE | PIN.SCK | PIN.RESET]
    const levels = await chip.stepPins([...RELEASED, ...pulled, ...released, ...selected, LEVELS | PIN.RESET])
    if (levels === undefined) return OLD_FIRMWARE
    const rest = levels[1]
    const whilePulled = new Map(
      WIRES.map((wire) => [wire as number, levels[RELEASED.length + pulled.indexOf(LOW | wire)]]),
    )
    const at = RELEASED.length + pulled.length
    const state = (wire: number, low: number): number =>
      (low & wire) !== 0 ? HELD_HIGH : (rest & wire) === 0 ? HELD_LOW : FREE
    const bit = (octet: number, wire: number): number => Number((octet & wire) !== 0)
    const measurements: Measurement[] = WIRES.map((wire) =>
      measure(ONE_OF.get(wire)!, state(wire, whilePulled.get(wire)!)),
    )
    measurements.push(
      measure(WIRES_ALONE.int, state(PIN.INT, levels[at + 1])),
      ...(chip.hasResetPin ? [measure(WIRES_ALONE.reset, bit(rest, PIN.RESET) === 0 ? HELD_LOW : FREE)] : []),
      measure(WIRES_ALONE.misoDriven, bit(levels[at], PIN.MISO)),
      measure(WIRES_ALONE.intDriven, bit(levels[at + 2], PIN.INT)),
      measure(WIRES_ALONE.csPulled, bit(levels[levels.length - 1], PIN.CS)),
      ...PAIRS.map(([low, other, figure]) =>
        // A wire that is low at rest says nothing of what it touches.
        measure(figure, bit(rest, other) === 1 ? 1 - bit(whilePulled.get(low)!, other) : 0),
      ),
    )
    return { measurements }
  },
}

/** Which pin does what. */
interface Roles {
  readonly sck: number
  readonly mosi: number
  readonly miso: number
  readonly cs: number
}

const STRAIGHT: Roles = { sck: PIN.SCK, mosi: PIN.MOSI, miso: PIN.MISO, cs: PIN.CS }

const TRIALS: readonly (readonly [figure: Figure, roles: Roles])[] = [
  [BY_HAND.straight, STRAIGHT],
  [BY_HAND.sckMosi, { ...STRAIGHT, sck: PIN.MOSI, mosi: PIN.SCK }],
  [BY_HAND.sckCs, { ...STRAIGHT, sck: PIN.CS, cs: PIN.SCK }],
  [BY_HAND.mosiCs, { ...STRAIGHT, mosi: PIN.CS, cs: PIN.MOSI }],
  [BY_HAND.sckMiso, { ...STRAIGHT, sck: PIN.MISO, miso: PIN.SCK }],
  [BY_HAND.mosiMiso, { ...STRAIGHT, mosi: PIN.MISO, miso: PIN.MOSI }],
  [BY_HAND.csMiso, { ...STRAIGHT, cs: PIN.MISO, miso: PIN.CS }],
  // INT is never driven: the chip drives it.
  [BY_HAND.misoInt, { ...STRAIGHT, miso: PIN.INT }],
]

/** An instruction edge by edge in mode 0,0 (DS39662 figure 4-1), and where among the answers each bit that is read stands. */
function frame(
  { sck, mosi, cs, miso }: Roles,
  write: readonly number[],
  read: number,
): { steps: number[]; at: number[] } {
  // What is to be read is no wire of ours while it is read, nor is MOSI, in case that is it.
  const driven = sck | cs | PIN.RESET
  const rest = miso | cs | PIN.RESET
  const steps = [DRIVE | driven | mosi, LEVELS | rest, LEVELS | (rest & ~cs)]
  const at: number[] = []
  const bits = (octet: number) => Array.from({ length: 8 }, (_, index) => (octet >> (7 - index)) & 1)
  for (const bit of write.flatMap(bits)) {
    const level = LEVELS | (rest & ~cs) | (bit === 1 ? mosi : 0)
    steps.push(level, level | sck)
  }
  steps.push(LEVELS | (rest & ~cs), DRIVE | driven)
  for (let bit = 0; bit < 8 * read; bit++) {
    steps.push(LEVELS | (rest & ~cs), LEVELS | (rest & ~cs) | sck)
    at.push(steps.length - 1)
  }
  steps.push(LEVELS | (rest & ~cs), LEVELS | rest)
  return { steps, at }
}

/** ECON2 behind a reset, read by these roles; undefined when the firmware cannot. */
async function readByHand({ chip, clock }: CheckContext, roles: Roles): Promise<number | undefined> {
  if ((await chip.stepPins(frame(roles, [OPCODE.SRC], 0).steps)) === undefined) return undefined
  await sleepOnClock(clock, 1 * MILLISECOND)
  const { steps, at } = frame(roles, [OPCODE.RCR | REGISTERS.ECON2.address], 1)
  const levels = await chip.stepPins(steps)
  return levels === undefined
    ? undefined
    : at.reduce((octet, index) => (octet << 1) | Number((levels[index] & roles.miso) !== 0), 0)
}

const byHand: BoardCheck = {
  id: 'spi.by-hand',
  layer: 'spi',
  reference: 'DS39662 4.1 and figure 4-3 (RCR, mode 0,0) and table 3-2 (ECON2 is 80h after a reset)',
  needs: ['spi.bridge'],
  after: ['spi.pins'],
  async run(context) {
    const measurements: Measurement[] = []
    for (const [figure, roles] of TRIALS) {
      const econ2 = await readByHand(context, roles)
      if (econ2 === undefined) return OLD_FIRMWARE
      const answers = econ2 === REGISTERS.ECON2.reset
      measurements.push(measure(figure, Number(answers)))
      // Where the chip answers as it should there is nothing to look for.
      if (answers) break
    }
    return { measurements }
  },
}

export const PIN_CHECKS: readonly BoardCheck[] = [pins, byHand]
