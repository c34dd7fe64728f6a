/** The line between this computer and the board: does anything come back, is it whole, how long does it take. */
import { LONGEST_START_UP } from '../../../boards/catalogue/definition.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { LOWEST_BAUD } from '../../../firmware/serial-link/board-link.js'
import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed } from '../../text/keyed.js'
import type { BoardCheck, BoardLineCounts, CheckContext } from '../context.js'
import { ADAPTER_DELAY } from '../delays.js'
import { LINE_ERRORS, RATE, RESTARTS, SERIAL_FIGURES, SERIAL_SESSION, WHOLE_RUN } from '../figures/serial.js'
import { exactly, measure, median, milliseconds, percentile } from '../measure.js'
import type { Outcome } from '../types.js'

/** A board that was just plugged in may spend two seconds in its boot loader, and has a second to answer after its start. */
const OPEN_LIMIT = LONGEST_START_UP * MILLISECOND + SECOND

const session: BoardCheck = {
  id: 'serial.session',
  layer: 'serial',
  reference: 'serial-link, Session',
  needs: [],
  async run({ clock, serial }) {
    const started = clock.now
    const identity = await serial.open(OPEN_LIMIT)
    const took = milliseconds(clock.now - started)
    const { octetsReceived, cellsReceived, cellsSent } = serial.counts
    const figures = [
      measure(SERIAL_SESSION.answerTime, identity === undefined ? null : took, { max: OPEN_LIMIT / MILLISECOND }),
      measure(SERIAL_SESSION.octetsReceived, octetsReceived),
      measure(SERIAL_SESSION.cellsUnderstood, cellsReceived),
      measure(SERIAL_SESSION.cellsSent, cellsSent),
    ]
    if (identity !== undefined) {
      await serial.settle()
      return { measurements: figures }
    }
    const limit = OPEN_LIMIT / SECOND
    const reason =
      octetsReceived === 0
        ? keyed('serial.session.silent', { limit })
        : keyed('serial.session.garbled', { limit, octets: octetsReceived })
    return { measurements: figures, reason }
  },
}

/** Where a board may be found that is not where it should be: off by a few per cent, or at another common rate. */
const DEVIATIONS = [0.06, -0.06, 0.035, -0.035, 0.09, -0.09] as const
const COMMON_RATES = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 250_000, 500_000, 1_000_000] as const
/** After this long a board that took our octets for raw serprog has made up its mind anew (500 ms). */
const SILENCE = 600 * MILLISECOND
const SCAN_LIMIT = 500 * MILLISECOND

/** No clock is so far off: a board that answers there was set to another rate. */
const ANOTHER_RATE = 0.15

interface Scan {
  readonly found: number | undefined
  readonly tried: number
  /** Pauses between two tries in which octets came: on a line at rest there are none. */
  readonly unquiet: number
}

async function findRate({ clock, serial }: CheckContext): Promise<Scan> {
  const candidates = [
    ...DEVIATIONS.map((deviation) => Math.round(serial.baud * (1 + deviation))),
    ...COMMON_RATES.filter((rate) => rate !== serial.baud),
  ]
  let tried = 0
  let unquiet = 0
  try {
    for (const rate of candidates) {
      serial.setOwnBaud(rate)
      const before = serial.counts.octetsReceived
      await sleepOnClock(clock, SILENCE)
      if (serial.counts.octetsReceived > before) unquiet++
      tried++
      if ((await serial.open(SCAN_LIMIT)) !== undefined) return { found: rate, tried, unquiet }
    }
    return { found: undefined, tried, unquiet }
  } finally {
    serial.setOwnBaud(serial.baud)
  }
}

const rate: BoardCheck = {
  id: 'serial.rate',
  layer: 'serial',
  reference: 'ATmega328P data sheet, USART receiver tolerance (8N1: +4.58 % to −4.64 %, recommended 2 %)',
  needs: [],
  async run(context) {
    const { serial } = context
    const wanted = serial.baud
    const figures = (found: number | null, tried: number): Outcome['measurements'] => [
      measure(RATE.answered, found),
      found !== null && Math.abs(found / wanted - 1) > ANOTHER_RATE
        ? measure(RATE.share, (found / wanted) * 100)
        : measure(RATE.deviation, found === null ? null : ((found - wanted) / wanted) * 100),
      measure(RATE.tried, tried),
    ]
    // Run alone (`--only serial.rate`) nobody has asked yet at the rate that is wanted.
    const identity = serial.identity ?? (await serial.open(SCAN_LIMIT))
    if (identity !== undefined) return { measurements: figures(wanted, 0) }
    const { found, tried, unquiet } = await findRate(context)
    if (found === undefined) {
      const measurements = [...figures(null, tried), measure(RATE.unquiet, unquiet)]
      return { measurements, reason: keyed('serial.rate.none', { wanted, tried }) }
    }
    return {
      measurements: figures(found, tried),
      reason: keyed('serial.rate.another', { wanted, found }),
    }
  },
}

const identity: BoardCheck = {
  id: 'serial.identity',
  layer: 'serial',
  reference: 'serial-link, Session (window, cells, highest SPI clock)',
  needs: ['serial.session'],
  async run({ serial }) {
    const { window, highestSpiClock, board, firmware } = serial.identity!
    const figures = SERIAL_FIGURES['serial.identity']
    return {
      measurements: [measure(figures.window, window), measure(figures.highestSpiClock, highestSpiClock / 1e6)],
      reason: keyed('serial.identity.firmware', { board, firmware }),
    }
  },
}

const ECHOES = 100
const ECHO_OCTETS = 48

const echo: BoardCheck = {
  id: 'serial.echo',
  layer: 'serial',
  reference: 'serial-link, channel 0 "echo"; ITU-T V.52 (error ratio of a loop)',
  needs: ['serial.session'],
  timed: 'check',
  async run({ clock, random, serial }) {
    const source = random.fork('serial.echo')
    const messages = Array.from({ length: ECHOES }, () =>
      Uint8Array.from({ length: ECHO_OCTETS }, () => source.below(256)),
    )
    const started = clock.now
    // An echo that does not come in time is one of those that are counted as lost.
    const replies = await Promise.all(messages.map((message) => serial.echo(message).catch(() => undefined)))
    const took = Math.max(1, clock.now - started)
    const wrong = replies.filter((reply, index) => !sameOctets(reply, messages[index])).length
    // One direction's payload over what the line could carry meanwhile, 10 bits an octet.
    const share = (ECHOES * ECHO_OCTETS * 10 * SECOND) / (took * serial.baud)
    const figures = SERIAL_FIGURES['serial.echo']
    return {
      measurements: [
        measure(figures.wrong, wrong),
        measure(figures.payloadShare, share * 100),
        measure(figures.messages, ECHOES),
      ],
    }
  },
}

function sameOctets(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && a.length === b.length && a.every((octet, index) => octet === b[index])
}

const TRIPS = 20

const roundTrip: BoardCheck = {
  id: 'serial.round-trip',
  layer: 'serial',
  reference: 'serial-link, Cell (64 octets, 10 bits each, both ways)',
  needs: ['serial.echo'],
  timed: 'check',
  async run({ clock, serial }) {
    const trips: number[] = []
    for (let trip = 0; trip < TRIPS; trip++) {
      const started = clock.now
      await serial.echo(Uint8Array.of(trip, 0x55, 0xaa))
      trips.push(clock.now - started)
    }
    const cellTime = (CELL_OCTETS * 10 * SECOND) / serial.baud
    // Half a cell time more at each end: an acknowledgement may wait for data to ride on.
    const limit = milliseconds(3 * cellTime + ADAPTER_DELAY + serial.transit)
    const figures = SERIAL_FIGURES['serial.round-trip']
    return {
      measurements: [
        measure(figures.median, milliseconds(median(trips)!), { min: milliseconds(2 * cellTime) / 2, max: limit }),
        measure(figures.percentile95, milliseconds(percentile(trips, 95)!)),
        measure(figures.longest, milliseconds(Math.max(...trips)), { max: Math.max(1000, 4 * limit) }),
        measure(figures.twoCellTimes, milliseconds(2 * cellTime)),
      ],
    }
  },
}

/** Errors a sound line shows now and then (a spark, a plug that was touched): told, and not yet a fault. */
const ODD_ERRORS = 2

async function lineErrors({ serial }: CheckContext, line: typeof LINE_ERRORS): Promise<Outcome> {
  const board: BoardLineCounts = await serial.boardCounts()
  const host = serial.countsInSession
  const octets = host.octetsReceived + board.octetsReceived
  const figures = [
    measure(line.boardFraming, board.framingErrors),
    measure(line.boardParity, board.parityErrors),
    measure(line.boardOverruns, board.overruns),
    measure(line.boardHeaders, board.headerErrors),
    measure(line.boardPayloads, board.payloadErrors),
    measure(line.hostHeaders, host.headerErrors),
    measure(line.hostPayloads, host.payloadErrors),
  ]
  const errors = figures.reduce((sum, { value }) => sum + (value ?? 0), 0)
  const rate = octets === 0 ? 0 : Math.round((errors * 1e9) / octets) / 1e3
  const measurements = [
    ...figures,
    measure(line.errorsPerMillion, rate),
    measure(line.skipped, host.discardedOctets + board.discardedOctets),
    measure(line.octets, octets),
  ]
  if (errors === 0) return { measurements }
  const reason = keyed('serial.line.errors', { errors, octets })
  return { measurements, reason, verdict: errors > ODD_ERRORS ? 'fail' : 'warn' }
}

const clean: BoardCheck = {
  id: 'serial.line-errors',
  layer: 'serial',
  reference: 'serial-link, line counters; ITU-T I.432.1 (header check)',
  needs: ['serial.echo'],
  run: (context) => lineErrors(context, LINE_ERRORS),
}

const wholeRun: BoardCheck = {
  id: 'serial.whole-run',
  layer: 'serial',
  reference: 'serial-link, line counters; ITU-T I.432.1 (header check)',
  needs: ['serial.session'],
  run: (context) => lineErrors(context, WHOLE_RUN),
}

const retransmissions: BoardCheck = {
  id: 'serial.retransmissions',
  layer: 'serial',
  reference: 'serial-link, Retransmission (go-back-N; RFC 6298)',
  needs: ['serial.echo'],
  timed: 'run',
  async run({ serial }) {
    const board = await serial.boardCounts()
    const figures = SERIAL_FIGURES['serial.retransmissions']
    const measurements = [
      measure(figures.host, serial.counts.retransmissions),
      measure(figures.board, board.retransmissions),
      measure(figures.sent, serial.counts.cellsSent),
    ]
    if (serial.counts.retransmissions + board.retransmissions === 0) return { measurements }
    // Not a fault by itself: a computer that was busy for a moment does the same. The line errors tell which it was.
    return { measurements, verdict: 'warn', reason: keyed('serial.retransmissions.repeated') }
  },
}

const BAUD_ECHOES = 10

const baudChange: BoardCheck = {
  id: 'serial.baud-change',
  layer: 'serial',
  reference: 'serial-link, Session (change with a fallback after 500 ms)',
  needs: ['serial.echo'],
  timed: 'check',
  async run({ clock, serial }) {
    // Half, except where that would be slower than any board takes.
    const other = serial.baud >= 2 * LOWEST_BAUD ? Math.round(serial.baud / 2) : 2 * serial.baud
    const started = clock.now
    const echoes = async (): Promise<number> => {
      const messages = Array.from({ length: BAUD_ECHOES }, (_, index) => Uint8Array.of(index, 0x00, 0xff, 0x55))
      const replies = await Promise.all(messages.map((message) => serial.echo(message)))
      return replies.filter((reply, index) => sameOctets(reply, messages[index])).length
    }
    await serial.changeBaud(other)
    const there = await echoes()
    await serial.changeBaud(serial.baud)
    const back = await echoes()
    const figures = SERIAL_FIGURES['serial.baud-change']
    return {
      measurements: [
        exactly(figures.echoesThere({ baud: other }), there, BAUD_ECHOES),
        exactly(figures.echoesBack({ baud: serial.baud }), back, BAUD_ECHOES),
        measure(figures.thereAndBack, milliseconds(clock.now - started)),
      ],
    }
  },
}

export const SERIAL_CHECKS: readonly BoardCheck[] = [
  session,
  rate,
  identity,
  echo,
  roundTrip,
  clean,
  retransmissions,
  baudChange,
]

const WATCH_TIME = 7 * SECOND

const restarts: BoardCheck = {
  id: 'serial.restarts',
  layer: 'serial',
  reference: 'serial-link, Session (a board that resets is noticed within one cell)',
  needs: ['serial.session'],
  async run({ clock, serial }) {
    // A supply that sags every few seconds must get its chance: a quick run is drawn out to this.
    await sleepOnClock(clock, Math.max(0, WATCH_TIME - clock.now))
    await serial.echo(Uint8Array.of(0x55)).catch(() => undefined)
    const { resets } = serial
    const cause = await serial.resetCause()
    const figures = [
      measure(RESTARTS.starts, resets),
      measure(RESTARTS.watched, milliseconds(clock.now) / 1000),
      measure(RESTARTS.brownOut, cause === undefined ? null : Number(cause === 'brown-out')),
      measure(RESTARTS.watchdog, cause === undefined ? null : Number(cause === 'watchdog')),
    ]
    if (resets === 0) return { measurements: figures }
    const reason =
      cause === undefined
        ? keyed('serial.restarts.anew', { count: resets })
        : keyed('serial.restarts.anew-by', { count: resets, cause })
    return { measurements: figures, reason }
  },
}

/** Run after everything else: the whole run is their sample. */
export const CLOSING_CHECKS: readonly BoardCheck[] = [restarts, wholeRun]
