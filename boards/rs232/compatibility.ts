/**
 * What a receiver of one line standard makes of a driver of another: found by sending every octet across a line between the
 * two (`LineReception` on a `UartLine`), not by rule.
 *
 * How they are joined: conductor A to the receiver's input. A receiver that looks at a difference has its second input on
 * conductor B, or on the driver's ground where there is no B; one that does not leaves B alone, and sees A over ground.
 */
import { SECOND } from '../../firmware/hal/clock.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { LineReception } from './reception.js'
import { CABLE_CAPACITANCE, type DriverLevels, driverAt, type LineStandard } from './standards.js'
import { UartLine } from './uart-line.js'

/**
 * Right: each octet as it was sent. Inverted: right once mark and space are exchanged. Nothing: one level, whatever is sent,
 * which is rest, or a break without end. Wrong: anything else.
 */
export type Reading = 'right' | 'inverted' | 'nothing' | 'wrong'

export interface LineCompatibility {
  /** What a typical part reads. */
  readonly reading: Reading
  /** A level lies where the receiver's standard says nothing: another part may read it otherwise. */
  readonly undefined: boolean
  /** Whether a level is more than the receiver survives: a typical part's, or the most that the driver's standard allows. */
  readonly damages: 'no' | 'may' | 'does'
  /** Volts at the receiver's input, of mark and of space. */
  readonly mark: number
  readonly space: number
}

/** A rate at which edges of every standard are short. */
const RATE = 9_600

/** A driver's levels as this receiver's input has them, at a rate in baud. */
export function levelsAt(driver: LineStandard, receiver: LineStandard, rate = RATE): DriverLevels {
  const sent = driverAt(driver, rate)
  if (!driver.balanced || receiver.differential) return sent
  const { mark, space, slew, current } = sent
  const overGround = (volts: number) => driver.common + volts / 2
  return { mark: overGround(mark), space: overGround(space), slew: slew / 2, current: current / 2 }
}

/** Every octet, once, from a driver to a receiver. */
function octetsAcross(
  driver: DriverLevels,
  { receiver }: LineStandard,
  options: { readonly rate?: number; readonly metres?: number } = {},
): { readonly right: boolean; readonly arrived: number } {
  const { rate = RATE, metres = 0 } = options
  const clock = new Scheduler()
  const line = new UartLine({ clock, random: new SeededRandom(1), baud: rate })
  line.setReception(new LineReception({ driver, receiver, capacitance: metres * CABLE_CAPACITANCE }), 'a-to-b')
  // The line has been at rest for long: a break that its level is to the receiver is over before the first octet.
  clock.runFor((3 * 10 * SECOND) / rate)
  let arrived = 0
  let right = true
  line.b.handleOctets = (octets, errors) => {
    for (const [i, octet] of octets.entries()) {
      right &&= octet === (arrived & 0xff) && (errors?.[i] ?? 0) === 0
      arrived++
    }
  }
  line.a.write(Uint8Array.from({ length: 256 }, (_, i) => i))
  clock.runFor((300 * 10 * SECOND) / rate)
  return { right: right && arrived === 256, arrived }
}

export function lineCompatibility(driver: LineStandard, receiver: LineStandard): LineCompatibility {
  const levels = levelsAt(driver, receiver)
  const { mark, space } = levels
  const { survives, undefinedWithin } = receiver.limits
  const [from, to] = undefinedWithin
  const most = Math.max(Math.abs(driver.driver.mark), Math.abs(driver.driver.space))
  const beyond = (factor: number) =>
    [mark, space].some((volts) => volts * factor < survives[0] || volts * factor > survives[1])
  return {
    reading: readingOf(levels, receiver),
    undefined: [mark, space].some((volts) => volts > from && volts < to),
    damages: beyond(1) ? 'does' : beyond(driver.limits.driver[1] / most) ? 'may' : 'no',
    mark,
    space,
  }
}

function readingOf(levels: DriverLevels, receiver: LineStandard): Reading {
  const plain = octetsAcross(levels, receiver)
  if (plain.right) return 'right'
  const { mark, space } = levels
  if (octetsAcross({ ...levels, mark: space, space: mark }, receiver).right) return 'inverted'
  return plain.arrived === 0 ? 'nothing' : 'wrong'
}

const USUAL_RATES = [300, 1_200, 2_400, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 500_000, 1e6, 2e6, 5e6, 10e6]

/**
 * The highest usual rate at which every octet gets over `metres` in this model: what the driver's current makes of the cable's
 * capacitance. Reflections and termination are not modelled.
 */
export function carriedRate(standard: LineStandard, metres: number): number | undefined {
  return [...USUAL_RATES]
    .reverse()
    .find((rate) => octetsAcross(driverAt(standard, rate), standard, { rate, metres }).right)
}
