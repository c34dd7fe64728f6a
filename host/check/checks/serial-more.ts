/** What the serial line loses, and how far it can be trusted. */
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import { sleepOnClock } from '../../serial/drive.js'
import type { BoardCheck, CheckContext } from '../context.js'
import { SERIAL_FIGURES } from '../figures/serial.js'
import { measure } from '../measure.js'

const BURST = 40
const BURST_OCTETS = 57

/**
 * Octets between two looks at the counts of both ends: what one end sent and the other has not received. Cells are whole, so that
 * cells still under way differ by multiples of their length; what is left of that is lost, or has come from nowhere.
 */
const octets: BoardCheck = {
  id: 'serial.octets',
  layer: 'serial',
  reference: 'serial-link, Cell (64 octets) and line counters; ITU-T V.24 (an octet is carried or not)',
  needs: ['serial.link'],
  async run({ serial }) {
    const look = async () => ({ board: await serial.boardCounts(), host: { ...serial.countsInSession } })
    const before = await look()
    const messages = Array.from({ length: BURST }, (_, index) => new Uint8Array(BURST_OCTETS).fill(index))
    await Promise.all(messages.map((message) => serial.echo(message).catch(() => undefined)))
    const after = await look()
    const out = after.host.octetsSent - before.host.octetsSent
    const there = after.board.octetsReceived - before.board.octetsReceived
    const back = after.board.octetsSent - before.board.octetsSent
    const here = after.host.octetsReceived - before.host.octetsReceived
    const figures = SERIAL_FIGURES['serial.octets']
    return {
      measurements: [
        measure(figures.lostThere, brokenOff(out - there)),
        measure(figures.lostHere, brokenOff(back - here)),
        measure(figures.out, out),
        measure(figures.back, back),
      ],
    }
  },
}

/** Of a difference of two counts, what no number of whole cells explains: from half a cell lost to half a cell too many. */
function brokenOff(difference: number): number {
  const rest = ((difference % CELL_OCTETS) + CELL_OCTETS) % CELL_OCTETS
  return rest > CELL_OCTETS / 2 ? rest - CELL_OCTETS : rest
}

const QUIET = 300 * MILLISECOND

/** Nobody is asked anything: acknowledgements of what was said may come, and nothing that is no cell. */
const quiet: BoardCheck = {
  id: 'serial.quiet',
  layer: 'serial',
  reference: 'serial-link, Session (nothing is sent unasked but events); ITU-T V.28 2.6 (a line at rest is in state 1)',
  needs: ['serial.link'],
  async run({ clock, serial }) {
    await sleepOnClock(clock, 20 * MILLISECOND)
    const before = { ...serial.countsInSession }
    await sleepOnClock(clock, QUIET)
    const after = serial.countsInSession
    const figures = SERIAL_FIGURES['serial.quiet']
    return {
      measurements: [
        measure(figures.damaged, after.headerErrors + after.payloadErrors - before.headerErrors - before.payloadErrors),
        measure(figures.skipped, after.discardedOctets - before.discardedOctets),
        measure(figures.octets, after.octetsReceived - before.octetsReceived),
        measure(figures.listened, QUIET / MILLISECOND),
      ],
    }
  },
}

/** Normal quantile of a two-sided interval of 95 %. */
const Z = 1.96

/** The upper end of Wilson's interval for `errors` of `trials`, as a share. */
function upperBound(errors: number, trials: number): number {
  if (trials === 0) return 1
  const share = errors / trials
  const z2 = (Z * Z) / trials
  return (share + z2 / 2 + Z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials))) / (1 + z2)
}

const PROBES = 120

async function echoLoss({ serial }: CheckContext): Promise<{ damaged: number; cells: number }> {
  const damage = (counts: { headerErrors: number; payloadErrors: number }): number =>
    counts.headerErrors + counts.payloadErrors
  const board = await serial.boardCounts()
  const { cellsSent, cellsReceived, ...host } = serial.countsInSession
  const messages = Array.from({ length: PROBES }, (_, index) =>
    new Uint8Array(BURST_OCTETS).fill(index % 2 === 0 ? 0x55 : 0x00),
  )
  await Promise.all(messages.map((message) => serial.echo(message).catch(() => undefined)))
  const boardAfter = await serial.boardCounts()
  const after = serial.countsInSession
  return {
    damaged: damage(after) - damage(host) + damage(boardAfter) - damage(board),
    cells: after.cellsSent - cellsSent + after.cellsReceived - cellsReceived,
  }
}

/** Cells damaged of those that crossed, both ways, and how many it could be with as few seen. */
const errorRate: BoardCheck = {
  id: 'serial.error-rate',
  layer: 'serial',
  reference: 'ITU-T V.52 (error ratio of a loop); E. B. Wilson 1927 (interval of a share, 95 %); serial-link, Cell',
  needs: ['serial.link'],
  timed: 'check',
  async run(context) {
    const { damaged, cells } = await echoLoss(context)
    const figures = SERIAL_FIGURES['serial.error-rate']
    return {
      measurements: [
        measure(figures.share, cells === 0 ? null : Math.round((1e4 * damaged) / cells) / 100),
        measure(figures.atMost, Math.round(1e4 * upperBound(damaged, cells)) / 100),
        measure(figures.cells, cells),
      ],
    }
  },
}

/** Between the counts of the line, which they add to, and the change of rate. */
export const MORE_SERIAL_CHECKS: readonly BoardCheck[] = [octets, quiet, errorRate]
