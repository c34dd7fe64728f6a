/**
 * Rules that a driver breaks by what it never does: no single instruction is wrong. The chip's model finds them where they do harm
 * (`driver-watch.ts`); a recording shows them before that, and answers that the model, which does not know the wire, did not give. They are
 * judged over all that crossed, from the reset on.
 */
import { FINDING_RULES, type FindingId } from '../../boards/chips/enc28j60/finding-rules.js'
import { BITS, PHY_BITS, PHY_REGISTERS } from '../../firmware/enc28j60/registers.js'
import { RegisterShadow } from './register-shadow.js'
import type { SelectFrame } from './spi-frames.js'

export interface Habit {
  readonly id: FindingId
  readonly source: string
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
  const add = (id: FindingId, sign: Sign) => habits.push({ id, source: FINDING_RULES[id][1], ...sign })
  // Zephyr's driver had this: each frame after an aborted one counted as failed.
  if (aborts !== undefined) add('abort-never-cleared', aborts)
  if (linkEnabled !== undefined && !phyEnabled) add('link-interrupt-without-phie', { count: 1, frame: linkEnabled })
  // Linux's recovery from a bad pointer frees memory and no packet: EPKTCNT runs to 255 and reception ends.
  if (moves !== undefined && moves.count >= MANY_MOVES && !freed) add('packet-never-freed', moves)
  return habits
}

function counted(sign: Sign | undefined, frame: SelectFrame): Sign {
  if (sign === undefined) return { count: 1, frame }
  sign.count++
  return sign
}
