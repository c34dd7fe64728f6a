/** Flights as rows of a ladder: what is written beside each, and the sentence that says it. */
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { numberText } from '../../number-text.js'
import type { LadderFate, LadderRow } from '../ladder.js'
import { type Told, told } from '../words/told.js'
import type { Flight } from './flights.js'
import { segmentText } from './frame-reading.js'
import { headerFaultTold } from './header-fault.js'
import type { StreamNumbers } from './stream-numbers.js'

/** Segments that are drawn, with what is among them; what came before has gone up out of sight. */
const MOST_SEGMENTS = 24
/** A frame that left the box is there by then, if it ever is. */
const ON_THE_CABLE = 3 * MILLISECOND

/** What is drawn of a ladder. */
export function latestFlights(flights: readonly Flight[]): readonly Flight[] {
  let segments = 0
  let from = flights.length
  while (from > 0 && segments < MOST_SEGMENTS) if (flights[--from].reading.kind !== 'arp') segments++
  return segments < MOST_SEGMENTS ? flights : flights.slice(from)
}

export function ladderRow(flight: Flight, numbers: StreamNumbers, now: number, cause?: number): LadderRow {
  const { id, from, reading, number, sentAt, boxAt, copies, taken } = flight
  const fate: LadderFate = !taken || copies.some(({ refused }) => refused) ? 'refused' : flight.deed
  const what = { end: told(`ladder.end.${from}`), number: number ?? 0 }
  const named = rowLines(flight, numbers)
  const outcome = outcomeTold(flight, now)
  const wrong = fate === 'drop' || fate === 'refused' || reading.kind === 'spoilt'
  return {
    id: `flight-${id}`,
    told:
      number === undefined
        ? told('ladder.row.unnumbered', { end: what.end, what: named.name, outcome })
        : told('ladder.row', { ...what, what: named.name, outcome }),
    from: from === 'client' ? 'left' : 'right',
    number,
    lines: named.lines,
    sentAt,
    boxAt,
    fate,
    copies: copies.map(({ leavesAt, arrivedAt }) => ({ leavesAt, arrivedAt })),
    ...(wrong ? { wrong } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(reading.kind === 'arp' ? { faint: true } : {}),
  }
}

/** What it is called in a sentence, and beside the ladder. */
function rowLines(
  { from, reading, again }: Flight,
  numbers: StreamNumbers,
): { readonly name: string | Told; readonly lines: readonly (string | Told)[] } {
  switch (reading.kind) {
    case 'tcp': {
      const [formula, values] = numbers.told(from, reading)
      const flags = segmentText(reading)
      return {
        name: told(again ? 'ladder.segment.again' : 'ladder.segment', { flags, formula, values }),
        lines: [again ? told('ladder.flags.again', { flags }) : flags, formula, values],
      }
    }
    case 'udp':
      return { name: 'UDP', lines: ['UDP', `len = ${reading.octets}`] }
    case 'arp': {
      const name = told(reading.request ? 'ladder.arp.request' : 'ladder.arp.reply')
      return { name, lines: [name] }
    }
    case 'spoilt': {
      const name = told('ladder.spoilt', { why: headerFaultTold(reading.fault) })
      return { name, lines: [name] }
    }
  }
}

function outcomeTold({ taken, deed, boxAt, sentAt, copies }: Flight, now: number): Told {
  if (!taken) return told('ladder.fate.no-link')
  if (deed === 'drop') return told('ladder.fate.dropped')
  const arrived = copies.flatMap(({ arrivedAt }) => (arrivedAt === undefined ? [] : [arrivedAt]))
  if (arrived.length > 0) {
    const milliseconds = numberText((arrived[0] - (sentAt ?? boxAt ?? arrived[0])) / MILLISECOND)
    if (deed === 'twice') return told('ladder.fate.twice', { times: arrived.length })
    return told(deed === 'hold' ? 'ladder.fate.held' : 'ladder.fate.arrived', { milliseconds })
  }
  if (copies.some(({ refused }) => refused)) return told('ladder.fate.refused')
  const last = copies.reduce((latest, { leavesAt }) => Math.max(latest, leavesAt), boxAt ?? sentAt ?? now)
  return told(now > last + ON_THE_CABLE ? 'ladder.fate.missing' : 'ladder.fate.under-way')
}
