/** What the checks of the serial line measure. */
import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import { SESSION } from '../../../firmware/serial-link/link-table.js'
import { count, declare, family, quantity } from '../figure.js'

const LINE = {
  boardFraming: count({ max: 0 }),
  boardParity: count({ max: 0 }),
  boardOverruns: count({ max: 0 }),
  boardHeaders: count({ max: 0 }),
  boardPayloads: count({ max: 0 }),
  hostHeaders: count({ max: 0 }),
  hostPayloads: count({ max: 0 }),
  errorsPerMillion: count(),
  skipped: count(),
  octets: count(),
} as const

export const SERIAL_FIGURES = declare({
  'serial.session': {
    answerTime: quantity('ms'),
    octetsReceived: count({ min: CELL_OCTETS }),
    cellsUnderstood: count({ min: 1 }),
    cellsSent: count(),
    /** Session cells of our own that came back. */
    ownCells: count({ max: 0 }),
    /** Session cells of another host. */
    otherHosts: count({ max: 0 }),
    /** Sessions that the board asked for while ours was not accepted. */
    boardAsked: count(),
    /** Acceptances that the board repeated since its start, because nothing confirmed them. */
    unconfirmed: count(),
    version: count({ min: SESSION.VERSION }),
  },
  'serial.rate': {
    answered: quantity('baud'),
    share: quantity('%', { min: 98, max: 102 }),
    deviation: quantity('%', { min: -3, max: 3 }),
    measured: quantity('baud'),
    tried: count(),
    unquiet: count(),
  },
  'serial.link': {
    open: count(1),
    baud: quantity('baud'),
  },
  'serial.identity': {
    window: quantity('cells', { min: 1, max: 127 }),
    highestSpiClock: quantity('MHz', { min: 0.1, max: 20 }),
  },
  'serial.echo': {
    wrong: count(0),
    payloadShare: quantity('%'),
    messages: count(),
  },
  'serial.round-trip': {
    median: quantity('ms'),
    percentile95: quantity('ms'),
    longest: quantity('ms'),
    twoCellTimes: quantity('ms'),
  },
  'serial.line-errors': LINE,
  'serial.whole-run': LINE,
  'serial.retransmissions': {
    host: count({ max: 0 }),
    board: count({ max: 0 }),
    sent: count(),
  },
  'serial.octets': {
    lostThere: count(0),
    lostHere: count(0),
    out: count(),
    back: count(),
  },
  'serial.quiet': {
    damaged: count(0),
    skipped: count(0),
    octets: count(),
    listened: quantity('ms'),
  },
  'serial.error-rate': {
    // One cell in a hundred is noticed by nobody but the clock: each is sent again.
    share: quantity('%', { max: 1 }),
    atMost: quantity('%'),
    cells: count(),
  },
  'serial.baud-change': {
    echoesThere: family<{ baud: number }>(count()),
    echoesBack: family<{ baud: number }>(count()),
    thereAndBack: quantity('ms', { max: 2000 }),
  },
  'serial.highest-rate': {
    held: quantity('baud'),
    refused: quantity('baud'),
  },
  'serial.restarts': {
    starts: count(0),
    watched: quantity('s'),
    brownOut: count(),
    watchdog: count(),
  },
})

export const SERIAL_SESSION = SERIAL_FIGURES['serial.session']
export const RATE = SERIAL_FIGURES['serial.rate']
export const LINE_ERRORS = SERIAL_FIGURES['serial.line-errors']
export const WHOLE_RUN = SERIAL_FIGURES['serial.whole-run']
export const RESTARTS = SERIAL_FIGURES['serial.restarts']
