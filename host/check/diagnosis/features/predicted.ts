/**
 * Figures that say more together than alone: shares of what was counted, and ratios to what board, rate and clock predict. A figure
 * that stands here is not taken by itself as well.
 */
import { CELL_OCTETS } from '../../../../firmware/serial-link/cell.js'
import type { Figure } from '../../figure.js'
import { BYSTANDERS, FLOOD, FRAME_CHECK, MAC_FIGURES, SIMULTANEOUS, TRANSMIT } from '../../figures/mac.js'
import { NETWORK_FIGURES } from '../../figures/network.js'
import { LINK, LINK_STEADY, POLARITY } from '../../figures/phy.js'
import { LINE_ERRORS, RATE, SERIAL_FIGURES, SERIAL_SESSION, WHOLE_RUN } from '../../figures/serial.js'
import { INTERRUPT_PIN, MISO, POINTERS, SPI_FIGURES, SPI_MEMORY } from '../../figures/spi.js'
import { type Binning, DEVIATION_BINS, RATIO_BINS, SHARE_BINS, SIZE_BINS, TAKEN_BINS } from './bins.js'
import type { ReadResults } from './results.js'

/** A feature made of figures of one check. */
export interface PredictedFeature {
  /** The one it is named after. */
  readonly figure: Figure
  /** Beside the figure's key, where a figure takes part in more than one. */
  readonly suffix?: string
  readonly binning: Binning
  /** Null where the figure could not be taken, undefined where there is nothing to hold it against. */
  value(results: ReadResults): number | null | undefined
}

function sum(results: ReadResults, figures: readonly Figure[]): number | undefined {
  let total: number | undefined
  for (const figure of figures) {
    const value = results.value(figure)
    if (value !== undefined) total = (total ?? 0) + value
  }
  return total
}

/** The share of `of` that `figures` are together. */
function share(figures: Figure | readonly Figure[], of: Figure | readonly Figure[], suffix?: string): PredictedFeature {
  const parts = Array.isArray(figures) ? (figures as readonly Figure[]) : [figures as Figure]
  const whole = Array.isArray(of) ? (of as readonly Figure[]) : [of as Figure]
  return {
    figure: parts[0],
    ...(suffix === undefined ? {} : { suffix }),
    binning: SHARE_BINS,
    value: (results) => {
      const total = sum(results, whole)
      const part = sum(results, parts)
      if (part === undefined || total === undefined || total === 0) return undefined
      return part / total
    },
  }
}

/** Times that are made of cells to and fro: in round trips of two cells at the rate of the line. */
function roundTrips(figure: Figure, trips: number): PredictedFeature {
  return {
    figure,
    binning: RATIO_BINS,
    value: (results) => {
      const taken = results.taken(figure)
      const trip = results.value(SERIAL_FIGURES['serial.round-trip'].twoCellTimes)
      if (taken === undefined || trip === undefined || trip === 0) return undefined
      return taken.value === null ? null : taken.value / (trips * trip)
    },
  }
}

/** As the figure is, in other cases than its unit would give it. */
function plain(figure: Figure, binning: Binning): PredictedFeature {
  return { figure, binning, value: (results) => results.taken(figure)?.value }
}

type LineFigures = typeof LINE_ERRORS

/** What a line's counts say: how much is damaged, at which end, and in what. */
function line(figures: LineFigures): PredictedFeature[] {
  const { boardFraming, boardParity, boardOverruns, boardHeaders, boardPayloads, hostHeaders, hostPayloads } = figures
  const damaged = [boardHeaders, boardPayloads, hostHeaders, hostPayloads]
  return [
    share([boardFraming], figures.octets),
    share([boardParity], figures.octets),
    share([boardOverruns], figures.octets),
    share([figures.skipped], figures.octets),
    // A flipped bit hits a payload nine times of ten; an octet that is missing spoils the headers behind it.
    share([boardHeaders, hostHeaders], damaged, 'of damaged'),
    share([boardHeaders, boardPayloads], damaged, 'at the board'),
    plain(figures.errorsPerMillion, SIZE_BINS),
  ]
}

const { 'serial.round-trip': TRIP, 'serial.echo': ECHO, 'serial.retransmissions': AGAIN } = SERIAL_FIGURES

/** Octets of the cells that were sent. */
function sessionOctets(): PredictedFeature {
  return {
    figure: SERIAL_SESSION.octetsReceived,
    binning: SHARE_BINS,
    value: (results) => {
      const sent = results.value(SERIAL_SESSION.cellsSent)
      const received = results.value(SERIAL_SESSION.octetsReceived)
      return sent === undefined || sent === 0 || received === undefined ? undefined : received / (sent * CELL_OCTETS)
    },
  }
}

/** How many times as fast or as slow as it was asked for, no matter which: a rate is wrong either way. */
function answeredFactor(): PredictedFeature {
  return {
    figure: RATE.share,
    binning: RATIO_BINS,
    value: (results) => {
      const share = results.value(RATE.share)
      return share === undefined || share <= 0 ? undefined : Math.max(share / 100, 100 / share)
    },
  }
}

const IN_A_ROW = NETWORK_FIGURES['network.ping-row']
const ORDER = MAC_FIGURES['mac.order']

/** The share of the answers of rounds of two requests. */
function answered({ answers, rounds }: { readonly answers: Figure; readonly rounds: Figure }): PredictedFeature {
  return {
    figure: answers,
    binning: SHARE_BINS,
    value: (results) => {
      const heard = results.value(answers)
      const asked = results.value(rounds)
      return heard === undefined || asked === undefined || asked === 0 ? undefined : heard / (2 * asked)
    },
  }
}

export const PREDICTED: readonly PredictedFeature[] = [
  sessionOctets(),
  share(SERIAL_SESSION.cellsUnderstood, SERIAL_SESSION.cellsSent),
  share(RATE.unquiet, RATE.tried),
  // The rate itself is the board's; that it answers at any is a symptom.
  plain(RATE.answered, TAKEN_BINS),
  answeredFactor(),
  plain(RATE.deviation, DEVIATION_BINS),
  share(ECHO.wrong, ECHO.messages),
  roundTrips(TRIP.median, 1),
  roundTrips(TRIP.percentile95, 1),
  roundTrips(TRIP.longest, 1),
  share(AGAIN.host, AGAIN.sent),
  share(AGAIN.board, AGAIN.sent),
  ...line(LINE_ERRORS),
  ...line(WHOLE_RUN),
  share(MISO.differing, MISO.answers),
  share(MISO.allOnes, MISO.answers),
  share(MISO.allZeros, MISO.answers),
  share(MISO.echoes, MISO.answers),
  share(SPI_FIGURES['spi.zero-bit'].ones, SPI_FIGURES['spi.zero-bit'].readings),
  share(POINTERS.wrong, POINTERS.written),
  share(SPI_MEMORY.wrong, SPI_MEMORY.written),
  share(LINK.receiving, LINK.readings),
  share(POLARITY.reversed, POLARITY.readings),
  share(BYSTANDERS.busy, BYSTANDERS.readings),
  share(ORDER.overtaken, ORDER.whole),
  share(ORDER.whole, ORDER.rounds),
  answered(ORDER),
  share(FLOOD.overlaps, FLOOD.rounds),
  answered(FLOOD),
  share(FLOOD.damaged, FLOOD.rounds),
  share(FRAME_CHECK.wrongFcs, FRAME_CHECK.sent),
  share(FRAME_CHECK.lost, FRAME_CHECK.sent),
  share(FRAME_CHECK.otherwiseBad, FRAME_CHECK.sent),
  share(FRAME_CHECK.repeated, FRAME_CHECK.sent),
  share(SIMULTANEOUS.broken, SIMULTANEOUS.rounds),
  share(SIMULTANEOUS.ended, SIMULTANEOUS.rounds),
  share(SIMULTANEOUS.late, SIMULTANEOUS.rounds),
  share(IN_A_ROW.answered, IN_A_ROW.echoes),
  roundTrips(NETWORK_FIGURES['network.ping'].median, 10),
  roundTrips(NETWORK_FIGURES['network.ping-large'].median, 60),
  roundTrips(NETWORK_FIGURES['network.arp'].time, 10),
]

/** What says nothing of a cause, and why. */
export const NO_SYMPTOM: ReadonlyMap<Figure, string> = new Map<Figure, string>([
  [SERIAL_SESSION.cellsSent, 'what was sent is no symptom'],
  [RATE.tried, 'what was tried is no symptom'],
  [SERIAL_FIGURES['serial.identity'].window, 'of the board'],
  [SERIAL_FIGURES['serial.identity'].highestSpiClock, 'of the board'],
  [ECHO.messages, 'what was sent is no symptom'],
  [TRIP.twoCellTimes, 'of the rate'],
  [AGAIN.sent, 'what was sent is no symptom'],
  [LINE_ERRORS.octets, 'what was sent is no symptom'],
  [WHOLE_RUN.octets, 'what was sent is no symptom'],
  [SERIAL_FIGURES['serial.restarts'].watched, 'how long was watched'],
  [SPI_FIGURES['spi.clock'].clock, 'of the board'],
  [MISO.answers, 'how many were read'],
  [MISO.slowClock, 'of the board'],
  [SPI_MEMORY.rate, 'of the clock'],
  [INTERRUPT_PIN.cleared, 'follows from what it was before'],
  [TRANSMIT.octets, 'as long as it was made'],
  [MAC_FIGURES['mac.frame-check'].octets, 'what was sent is no symptom'],
  [FRAME_CHECK.sent, 'what was sent is no symptom'],
  [SIMULTANEOUS.rounds, 'how often was tried'],
  [ORDER.rounds, 'how often was tried'],
  [FLOOD.rounds, 'how often was tried'],
  [SPI_FIGURES['spi.zero-bit'].readings, 'how many were read'],
  [POINTERS.written, 'how many were written'],
  [SPI_MEMORY.written, 'how many were written'],
  [LINK.readings, 'how many were read'],
  [POLARITY.readings, 'how many were read'],
  [LINK_STEADY.watched, 'how long was watched'],
  [BYSTANDERS.readings, 'how many were read'],
  [BYSTANDERS.listened, 'how long was listened'],
  [NETWORK_FIGURES['network.ping'].size, 'as large as it was made'],
  [NETWORK_FIGURES['network.ping-large'].size, 'as large as it was made'],
  [IN_A_ROW.echoes, 'how many were sent'],
  [NETWORK_FIGURES['network.ping'].echoes, 'how many were sent'],
  [NETWORK_FIGURES['network.ping-large'].echoes, 'how many were sent'],
  [NETWORK_FIGURES['network.steady'].watched, 'how long was watched'],
])
