/** How fast the line may be: rates above the one in use, one after the other, until one does not hold. */
import type { BoardCheck, CheckContext } from '../context.js'
import { SERIAL_FIGURES } from '../figures/serial.js'
import { measure } from '../measure.js'

/** What adapters and operating systems can be set to, in symbols a second; the last is the most that an ATmega328P at 16 MHz divides to. */
const RATES = [19_200, 38_400, 57_600, 115_200, 230_400, 250_000, 500_000, 1_000_000, 2_000_000] as const

const MESSAGES = 20
/** Both levels, and every number of equal bits in a row: 55h changes at each bit, 00h and FFh at none. */
const MESSAGE = Uint8Array.from({ length: 56 }, (_, index) => [0x55, 0x00, 0xff, 0x0f][index & 3])

/** What of the line's two ends has been damaged so far: a cell that was sent again came whole in the end, and was not carried well. */
async function damaged({ serial }: CheckContext): Promise<number> {
  const board = await serial.boardCounts()
  const { headerErrors, payloadErrors } = serial.countsInSession
  return board.framingErrors + board.overruns + board.headerErrors + board.payloadErrors + headerErrors + payloadErrors
}

/** Whether both ends go to this rate, and each of some messages comes there and back in its first cells. */
async function holds(context: CheckContext, rate: number): Promise<boolean> {
  const { serial } = context
  await serial.changeBaud(rate)
  const before = await damaged(context)
  const replies = await Promise.all(Array.from({ length: MESSAGES }, () => serial.echo(MESSAGE)))
  const whole = replies.every((reply) => MESSAGE.every((octet, index) => reply[index] === octet))
  return whole && (await damaged(context)) === before
}

const highest: BoardCheck = {
  id: 'serial.highest-rate',
  layer: 'serial',
  reference:
    'serial-link, Session (change with a fallback after 500 ms); DS40002061 table 20-4 (rates of an ATmega328P)',
  // A line that damages cells as it is has nothing to gain by a faster rate, and a session to lose.
  needs: ['serial.baud-change', 'serial.line-errors', 'serial.error-rate'],
  async run(context) {
    const { serial } = context
    const { askedBaud } = serial
    let held = askedBaud
    let refused: number | null = null
    for (const rate of RATES) {
      if (rate <= askedBaud) continue
      // A board that refuses a rate, or does not confirm it, is back at the one before: that is the answer, and no failure.
      if (await holds(context, rate).catch(() => false)) held = rate
      else {
        refused = rate
        break
      }
    }
    // Back at the rate in use, the line is as it was.
    if (!(await holds(context, askedBaud))) held = 0
    const figures = SERIAL_FIGURES['serial.highest-rate']
    return {
      measurements: [
        measure(figures.held, held, { min: askedBaud }),
        ...(refused === null ? [] : [measure(figures.refused, refused)]),
      ],
    }
  },
}

export const HIGHEST_RATE_CHECKS: readonly BoardCheck[] = [highest]
