/** The line between this computer and the board: does anything come back, is it whole, how long does it take. */
import { LONGEST_START_UP_MILLISECONDS } from '../../../boards/catalogue/definition.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { LEASE, LOWEST_BAUD } from '../../../firmware/serial-link/board-link.js'
import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import { SESSION } from '../../../firmware/serial-link/link-table.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed, type Sentence } from '../../text/keyed.js'
import type { BoardCheck, BoardLineCounts, CheckContext } from '../context.js'
import { ADAPTER_DELAY } from '../delays.js'
import { LINE_ERRORS, RESTARTS, SERIAL_FIGURES, SERIAL_SESSION, WHOLE_RUN } from '../figures/serial.js'
import { exactly, measure, median, milliseconds, percentile } from '../measure.js'
import type { Outcome } from '../types.js'
import { HIGHEST_RATE_CHECKS } from './serial-highest.js'
import { MORE_SERIAL_CHECKS } from './serial-more.js'
import { RATE_CHECKS } from './serial-rate.js'

/**
 * A board that was just plugged in may spend two seconds in its boot loader, one whose host died at another rate is back at its own
 * when the lease is over; then each has a second to answer.
 */
const OPEN_LIMIT = Math.max(LONGEST_START_UP_MILLISECONDS * MILLISECOND, LEASE) + SECOND

/** Where a board was found at another rate before, it is known to be up. */
const ANSWER_LIMIT = SECOND

const session: BoardCheck = {
  id: 'serial.session',
  once: true,
  layer: 'serial',
  reference: 'serial-link, Session',
  needs: [],
  watched: 'always',
  async run({ clock, serial, known }) {
    const started = clock.now
    const elsewhere = known?.answered !== undefined && known.answered !== serial.askedBaud
    const limit = elsewhere ? ANSWER_LIMIT : OPEN_LIMIT
    const identity = await serial.open(limit)
    const took = milliseconds(clock.now - started)
    const { octetsReceived, cellsReceived, cellsSent, dropped, asked } = serial.counts
    const ownCells = dropped['own session cell'] ?? 0
    const otherHosts = dropped['session cell of the same role'] ?? 0
    const figures = [
      measure(SERIAL_SESSION.answerTime, identity === undefined ? null : took, { max: limit / MILLISECOND }),
      measure(SERIAL_SESSION.octetsReceived, octetsReceived),
      measure(SERIAL_SESSION.cellsUnderstood, cellsReceived),
      measure(SERIAL_SESSION.cellsSent, cellsSent),
      measure(SERIAL_SESSION.ownCells, ownCells),
      measure(SERIAL_SESSION.otherHosts, otherHosts),
      measure(SERIAL_SESSION.boardAsked, asked),
    ]
    if (identity === undefined) {
      const reason = whyNoSession(limit / SECOND, { octetsReceived, ownCells, otherHosts, asked })
      return { measurements: figures, reason }
    }
    await serial.settle()
    const version = serial.sessionVersion
    if (version < SESSION.VERSION) {
      const reason = keyed('serial.session.version', { board: identity.board, version })
      return { measurements: [...figures, measure(SERIAL_SESSION.version, version)], verdict: 'warn', reason }
    }
    // A board that falls silent now fails by the checks that need an answer.
    const counts = await serial.boardCountsSinceStart().catch(() => undefined)
    const unconfirmed = measure(SERIAL_SESSION.unconfirmed, counts?.unconfirmed ?? null)
    return { measurements: [...figures, unconfirmed, measure(SERIAL_SESSION.version, version)] }
  },
}

interface Heard {
  readonly octetsReceived: number
  readonly ownCells: number
  readonly otherHosts: number
  readonly asked: number
}

/** @param limit seconds that were waited */
function whyNoSession(limit: number, { octetsReceived, ownCells, otherHosts, asked }: Heard): Sentence {
  if (ownCells > 0) return keyed('serial.session.loopback', { limit, cells: ownCells })
  if (otherHosts > 0) return keyed('serial.session.other-host', { limit, cells: otherHosts })
  if (asked > 0) return keyed('serial.session.one-way', { limit, requests: asked })
  if (octetsReceived === 0) return keyed('serial.session.silent', { limit })
  return keyed('serial.session.garbled', { limit, octets: octetsReceived })
}

const identity: BoardCheck = {
  id: 'serial.identity',
  once: true,
  layer: 'serial',
  reference: 'serial-link, Session (window, cells, highest SPI clock)',
  needs: ['serial.link'],
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
  needs: ['serial.link'],
  watched: 'quick',
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
  needs: ['serial.link'],
  after: ['serial.echo'],
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
        measure(figures.median, milliseconds(median(trips)!), { max: limit }),
        // Sooner than cells can cross the line: not an answer now and then, which a simulated board gives that catches up with a busy
        // computer, but nearly every one. Then the line is not at the rate that it is said to be at.
        measure(figures.percentile95, milliseconds(percentile(trips, 95)!), { min: milliseconds(2 * cellTime) / 2 }),
        measure(figures.longest, milliseconds(Math.max(...trips)), { max: Math.max(1000, 4 * limit) }),
        measure(figures.twoCellTimes, milliseconds(2 * cellTime)),
      ],
    }
  },
}

/** Errors a sound line shows now and then (a spark, a plug that was touched): told, and not yet a fault. */
const ODD_ERRORS = 2

const ASKED = 3

/** Asks a board again that restarted before it had answered: as soon as it is back. */
async function insist<T>({ serial }: Pick<CheckContext, 'serial'>, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (attempt === ASKED) throw error
      await serial.recover()
    }
  }
}

async function lineErrors({ serial }: CheckContext, line: typeof LINE_ERRORS): Promise<Outcome> {
  const board: BoardLineCounts = await insist({ serial }, () => serial.boardCounts())
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
  once: true,
  layer: 'serial',
  reference: 'serial-link, line counters; ITU-T I.432.1 (header check)',
  needs: ['serial.link'],
  watched: 'quick',
  after: ['serial.echo'],
  run: (context) => lineErrors(context, LINE_ERRORS),
}

const wholeRun: BoardCheck = {
  id: 'serial.whole-run',
  once: true,
  layer: 'serial',
  reference: 'serial-link, line counters; ITU-T I.432.1 (header check)',
  needs: ['serial.link'],
  watched: 'quick',
  run: (context) => lineErrors(context, WHOLE_RUN),
}

const retransmissions: BoardCheck = {
  id: 'serial.retransmissions',
  once: true,
  layer: 'serial',
  reference: 'serial-link, Retransmission (go-back-N; RFC 6298)',
  needs: ['serial.link'],
  watched: 'quick',
  after: ['serial.echo'],
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
    const { askedBaud } = serial
    // Half, except where that would be slower than any board takes.
    if (serial.baud !== askedBaud) {
      return { measurements: [], verdict: 'skip', reason: keyed('serial.baud-change.off') }
    }
    const other = askedBaud >= 2 * LOWEST_BAUD ? Math.round(askedBaud / 2) : 2 * askedBaud
    const started = clock.now
    const echoes = async (): Promise<number> => {
      const messages = Array.from({ length: BAUD_ECHOES }, (_, index) => Uint8Array.of(index, 0x00, 0xff, 0x55))
      const replies = await Promise.all(messages.map((message) => serial.echo(message)))
      return replies.filter((reply, index) => sameOctets(reply, messages[index])).length
    }
    await serial.changeBaud(other)
    const there = await echoes()
    await serial.changeBaud(askedBaud)
    const back = await echoes()
    const figures = SERIAL_FIGURES['serial.baud-change']
    return {
      measurements: [
        exactly(figures.echoesThere({ baud: other }), there, BAUD_ECHOES),
        exactly(figures.echoesBack({ baud: askedBaud }), back, BAUD_ECHOES),
        measure(figures.thereAndBack, milliseconds(clock.now - started)),
      ],
    }
  },
}

export const SERIAL_CHECKS: readonly BoardCheck[] = [
  session,
  ...RATE_CHECKS,
  identity,
  echo,
  roundTrip,
  clean,
  retransmissions,
  ...MORE_SERIAL_CHECKS,
  baudChange,
  ...HIGHEST_RATE_CHECKS,
]

const WATCH_TIME = 7 * SECOND

const restarts: BoardCheck = {
  id: 'serial.restarts',
  once: true,
  layer: 'serial',
  reference: 'serial-link, Session (a board that resets is noticed within one cell)',
  needs: ['serial.link'],
  watched: 'quick',
  async run({ clock, serial }) {
    // A supply that sags every few seconds must get its chance: a quick run is drawn out to this.
    await sleepOnClock(clock, Math.max(0, WATCH_TIME - clock.now))
    await serial.echo(Uint8Array.of(0x55)).catch(() => serial.recover())
    const cause = await insist({ serial }, () => serial.resetCause()).catch(() => undefined)
    const { resets } = serial
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
