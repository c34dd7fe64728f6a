/** The rate at which the board really talks, and a session at it: what is checked above goes on there. */
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed } from '../../text/keyed.js'
import { COMMON_RATES } from '../common-rates.js'
import type { BoardCheck, CheckContext } from '../context.js'
import { ADAPTER_DELAY } from '../delays.js'
import { RATE, SERIAL_FIGURES } from '../figures/serial.js'
import { measure } from '../measure.js'
import type { Measurement } from '../types.js'

/** Where a board may be found that is not where it should be: off by a few per cent, or at another common rate. */
const DEVIATIONS = [0.06, -0.06, 0.035, -0.035, 0.09, -0.09] as const
/** A receiver bears some 4.6 %, so that these two reach from 1.4 to 10 % either way; the others are for a line that damages cells. */
const WIDEST_DEVIATIONS = DEVIATIONS.slice(0, 2)
/** After this long a board that took our octets for raw serprog has made up its mind anew (500 ms). */
const SILENCE = 600 * MILLISECOND
const SCAN_LIMIT = 500 * MILLISECOND
/** What was misread has run out by then, and a cell that comes alone is one even to a board that speaks raw serprog (100 ms). */
const CALM = 120 * MILLISECOND

/** No clock is so far off: a board that answers there was set to another rate. */
const ANOTHER_RATE = 0.15
/** This near to a usual rate it is meant: divisors of a crystal are off by as much. */
const USUAL = 0.03

/** Where a run before found the board, if that was not where it should be; nobody waits for a look at all the other rates again. */
async function findAgain(context: CheckContext, answered: number | undefined): Promise<Scan> {
  const { serial } = context
  if (answered === undefined || answered === serial.askedBaud) return { found: undefined, tried: 0, unquiet: 0 }
  if (await answersAt(context, answered)) return { found: answered, tried: 1, unquiet: 0 }
  serial.setOwnBaud(serial.askedBaud)
  return { found: undefined, tried: 1, unquiet: 0 }
}

interface Scan {
  readonly found: number | undefined
  readonly tried: number
  /** Pauses between two tries in which octets came: on a line at rest there are none. */
  readonly unquiet: number
}

/**
 * Leaves this end at the rate that was found, with a session open. Where not one octet ever came, the search is kept short: one cell is sent at
 * each rate that is far enough from the others, and its answer waited for as long as it takes.
 */
async function findRate(context: CheckContext): Promise<Scan> {
  const { clock, serial } = context
  const { askedBaud } = serial
  const isDead = (): boolean => serial.ratesAreFree && serial.counts.octetsReceived === 0
  const candidates = [
    ...(isDead() ? WIDEST_DEVIATIONS : DEVIATIONS).map((deviation) => Math.round(askedBaud * (1 + deviation))),
    ...COMMON_RATES.filter((rate) => rate !== askedBaud),
  ]
  let tried = 0
  let unquiet = 0
  for (const rate of candidates) {
    serial.setOwnBaud(rate)
    const before = serial.counts.octetsReceived
    await sleepOnClock(clock, isDead() ? CALM : SILENCE)
    if (serial.counts.octetsReceived > before) unquiet++
    tried++
    const limit = isDead() ? answerLimit(context, rate) : SCAN_LIMIT
    if ((await serial.open(limit)) !== undefined) return { found: rate, tried, unquiet }
  }
  serial.setOwnBaud(askedBaud)
  return { found: undefined, tried, unquiet }
}

/** Farthest from the rate that answered where an edge of the window is looked for: the window is some 9 % wide. */
const FARTHEST = 0.1
/** Halvings of that: the edge is known to 0.2 %. */
const STEPS = 6
/** A cell that noise has spoilt is no edge. */
const TRIES = 2

/** Session cells that go out at once and, spoilt by chance, once more; what the board says back, and an adapter that waits. */
function answerLimit({ serial }: CheckContext, baud: number): number {
  return Math.round((6 * CELL_OCTETS * 10 * 1e9) / baud) + 2 * ADAPTER_DELAY + serial.transit
}

async function answersAt(context: CheckContext, baud: number): Promise<boolean> {
  const { clock, serial } = context
  serial.setOwnBaud(baud)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if ((await serial.open(answerLimit(context, baud))) !== undefined) return true
    await sleepOnClock(clock, CALM)
  }
  return false
}

/** How far from `baud` the board still answers, as a share of it, upwards or downwards; undefined where it does as far as is looked. */
async function edgeOf(context: CheckContext, baud: number, direction: 1 | -1): Promise<number | undefined> {
  const at = (offset: number): number => Math.round(baud * (1 + direction * offset))
  if (await answersAt(context, at(FARTHEST))) return undefined
  let within = 0
  let beyond = FARTHEST
  for (let step = 0; step < STEPS; step++) {
    const middle = (within + beyond) / 2
    if (await answersAt(context, at(middle))) within = middle
    else beyond = middle
  }
  return (within + beyond) / 2
}

/**
 * The board's rate by its own clock: the middle between the lowest and the highest of ours at which both ends understand each other. Both
 * sample in the middle of a bit, so that the window lies around the rate of the other end, as ratios (ATmega328P data sheet 20.8.3).
 * @returns undefined on a line that does not care for rates, as a pseudo-terminal is
 */
async function measureRate(context: CheckContext, near: number): Promise<number | undefined> {
  const above = await edgeOf(context, near, 1)
  const below = above === undefined ? undefined : await edgeOf(context, near, -1)
  return above === undefined || below === undefined ? undefined : near * Math.sqrt((1 + above) * (1 - below))
}

async function measured(context: CheckContext, near: number): Promise<number | undefined> {
  return context.serial.ratesAreFree ? measureRate(context, near) : undefined
}

const rate: BoardCheck = {
  id: 'serial.rate',
  once: true,
  layer: 'serial',
  reference:
    'ATmega328P data sheet, table 20-12 (an Uno at 115200 is 2.1 % off by its divisor) and USART receiver tolerance (8N1: +4.58 % to −4.64 %)',
  needs: [],
  async run(context) {
    const { serial, known } = context
    const wanted = serial.askedBaud
    // Run alone (`--only serial.rate`) nobody has asked yet at the rate that is wanted.
    const identity = serial.identity ?? (await serial.open(SCAN_LIMIT))
    const find = known === undefined ? findRate : (each: CheckContext) => findAgain(each, known.answered)
    const { found, tried, unquiet } =
      identity === undefined ? await find(context) : { found: wanted, tried: 0, unquiet: 0 }
    const real = found === undefined ? undefined : known === undefined ? await measured(context, found) : known.measured
    const figures: Measurement[] = [
      measure(RATE.answered, found ?? null),
      measure(RATE.tried, tried),
      ...(real === undefined ? [] : [measure(RATE.measured, Math.round(real))]),
    ]
    if (found === undefined) {
      const reason = keyed('serial.rate.none', { wanted, tried })
      return { measurements: [...figures, measure(RATE.deviation, null), measure(RATE.unquiet, unquiet)], reason }
    }
    const seen = real ?? found
    // At the rate that was asked for where the board bears that, or else in the middle of what it bears.
    const usual = COMMON_RATES.some((each) => each === found) && Math.abs(seen / found - 1) < USUAL
    const best = tried === 0 ? wanted : usual ? found : Math.round(seen)
    // A port that is where it was is not set anew: some open again for it, and reset the board.
    if (serial.baud !== best && !(await answersAt(context, best))) await answersAt(context, found)
    await serial.settle()
    const far = Math.abs(seen / wanted - 1) > ANOTHER_RATE
    const deviation = Math.round(((seen - wanted) / wanted) * 1e4) / 100
    const named = far
      ? [measure(RATE.share, Math.round((seen / wanted) * 1e4) / 100)]
      : real === undefined && tried === 0
        ? []
        : [measure(RATE.deviation, deviation)]
    if (tried === 0) return { measurements: [...named, ...figures] }
    return { measurements: [...named, ...figures], reason: keyed('serial.rate.another', { wanted, found: best }) }
  },
}

/** Whatever the two checks above have said: is there somebody to talk to? */
const link: BoardCheck = {
  id: 'serial.link',
  once: true,
  layer: 'serial',
  reference: 'serial-link, Session; ITU-T I.432.1 (cells are found at any rate that both ends share)',
  needs: [],
  after: ['serial.session', 'serial.rate'],
  async run({ serial }) {
    const figures = SERIAL_FIGURES['serial.link']
    return {
      measurements: [measure(figures.open, Number(serial.identity !== undefined)), measure(figures.baud, serial.baud)],
    }
  },
}

export const RATE_CHECKS: readonly BoardCheck[] = [rate, link]
