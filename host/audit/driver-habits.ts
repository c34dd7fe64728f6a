/**
 * Rules that a driver breaks by what it never does: no single instruction is wrong, so the chip cannot find them. They are judged over all that
 * crossed, from the reset on. What people reported of real drivers is behind each of them.
 */
import { BITS, PHY_BITS, PHY_REGISTERS } from '../../firmware/enc28j60/registers.js'
import { RegisterShadow } from './register-shadow.js'
import type { SelectFrame } from './spi-frames.js'

/** Rules, and where the data sheet has them; their words are `audit.habit.…`. */
export const HABITS = {
  /** Zephyr's driver had this: each frame after an aborted one counted as failed. */
  'abort-never-cleared': 'DS39662 12.1.3',
  'link-interrupt-without-phie': 'DS39662 12.1.5',
  /** Linux's recovery from a bad pointer frees memory and no packet: EPKTCNT runs to 255 and reception ends. */
  'packet-never-freed': 'DS39662 7.2.4',
} as const
export type HabitId = keyof typeof HABITS

export interface Habit {
  readonly id: HabitId
  readonly count: number
  /** The first instruction that shows it. */
  readonly frame: SelectFrame
}

/** ERXRDPT is moved for each packet; once or twice may be set-up. */
const MANY_MOVES = 3
const LINK_INTERRUPTS = PHY_BITS.PHIE.PGEIE | PHY_BITS.PHIE.PLNKIE

interface Sign {
  count: number
  readonly frame: SelectFrame
}

/** @param frames in order, with the driver's set-up of the chip among them */
export function habitsOf(frames: readonly SelectFrame[]): readonly Habit[] {
  const shadow = new RegisterShadow()
  /** TXABRT was seen, and another transmission begun since, without its being cleared. */
  let abort: 'none' | 'seen' | 'sent since' = 'none'
  let aborts: Sign | undefined
  let linkEnabled: SelectFrame | undefined
  let phyEnabled = false
  let moves: Sign | undefined
  let freed = false
  for (const frame of frames) {
    const { mosi, miso } = frame
    const { operation, register, first } = shadow.follow(mosi)
    if (operation === 'SRC') abort = 'none'
    if (register === undefined || mosi.length < 2) continue
    const { name } = register
    const value = mosi[1]
    const sets = operation === 'WCR' || operation === 'BFS'
    if (name === 'ESTAT') {
      if (operation === 'BFC' && (value & BITS.ESTAT.TXABRT) !== 0) abort = 'none'
      if (operation === 'RCR' && (miso[first] & BITS.ESTAT.TXABRT) !== 0) {
        if (abort === 'sent since') aborts = counted(aborts, frame)
        else abort = 'seen'
      }
    } else if (name === 'ECON1' && sets && (value & BITS.ECON1.TXRTS) !== 0) {
      if (abort === 'seen') abort = 'sent since'
    } else if (name === 'EIE' && sets && (value & BITS.EIE.LINKIE) !== 0) linkEnabled ??= frame
    else if (name === 'MIWRH' && sets && shadow.value('MIREGADR') === PHY_REGISTERS.PHIE.address) {
      const written = shadow.value('MIWRL') | (value << 8)
      phyEnabled ||= (written & LINK_INTERRUPTS) === LINK_INTERRUPTS
    } else if (name === 'ERXRDPTH' && sets && (shadow.value('ECON1') & BITS.ECON1.RXEN) !== 0)
      moves = counted(moves, frame)
    else if (name === 'ECON2' && sets && (value & BITS.ECON2.PKTDEC) !== 0) freed = true
  }
  const habits: Habit[] = []
  if (aborts !== undefined) habits.push({ id: 'abort-never-cleared', ...aborts })
  if (linkEnabled !== undefined && !phyEnabled)
    habits.push({ id: 'link-interrupt-without-phie', count: 1, frame: linkEnabled })
  if (moves !== undefined && moves.count >= MANY_MOVES && !freed) habits.push({ id: 'packet-never-freed', ...moves })
  return habits
}

function counted(sign: Sign | undefined, frame: SelectFrame): Sign {
  if (sign === undefined) return { count: 1, frame }
  sign.count++
  return sign
}
