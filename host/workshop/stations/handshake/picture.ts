/** The scene of the handshake station: both ends, every segment between them, and a sentence for each. */
import { faultName } from '../../../../boards/faults/settle.js'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import { numberText } from '../../../number-text.js'
import type { LadderFate, LadderMark, LadderRow } from '../../ladder.js'
import type { EndName, Flight } from '../../network/flights.js'
import { flagsText } from '../../network/frame-reading.js'
import { parsePlan } from '../../network/segment-plan.js'
import type { StreamEnd } from '../../network/stream-end.js'
import type { StreamNumbers } from '../../network/stream-numbers.js'
import { END_ADDRESSES, type TwoComputers } from '../../network/two-computers.js'
import type { SceneThing } from '../../scene-thing.js'
import type { SettingValues } from '../../station-parts.js'
import { faultTitle } from '../../words/fault-title.js'
import { type Told, told } from '../../words/told.js'
import { ARTICLE_NAMES } from './chart-edges.js'
import type { HandshakeScene, SceneTcpEnd } from './scene.js'

export interface HandshakePicture {
  readonly ends: Readonly<Record<EndName, StreamEnd>>
  readonly computers: TwoComputers
  readonly port: number
  readonly marks: readonly LadderMark[]
  readonly settings: SettingValues
  readonly fault: string
  readonly now: number
}

/** Segments that are drawn, with what is among them; what came before has gone up out of sight. */
const MOST_SEGMENTS = 24
/** A frame that left the box is there by then, if it ever is. */
const ON_THE_CABLE = 3 * MILLISECOND

export function handshakeScene(picture: HandshakePicture): HandshakeScene {
  const { settings, fault, now } = picture
  const { flights, numbers } = picture.computers
  const client = sceneEnd(picture, 'client')
  const server = sceneEnd(picture, 'server')
  const drawn = latest(flights.all)
  const rows = drawn.map((flight) => ladderRow(flight, numbers, now))
  const first = drawn[0]?.sentAt ?? drawn[0]?.boxAt ?? now
  const whole = drawn.length === flights.all.length
  const things: SceneThing[] = [
    { id: 'client', told: endTold(client) },
    { id: 'server', told: endTold(server) },
    { id: 'box', told: boxTold(settings) },
    ...[client, server].flatMap(timerThings),
    ...[client, server].map(({ end, received }) => ({
      id: `${end}-received`,
      told:
        received === ''
          ? told('handshake.received.nothing', { end: told(`handshake.end.${end}`) })
          : told('handshake.received.all', { end: told(`handshake.end.${end}`), text: received }),
    })),
    ...rows,
  ]
  if (fault !== '') things.push({ id: 'fault', told: faultTitle(faultName(fault)), wrong: true })
  return {
    kind: 'handshake',
    client,
    server,
    ladder: {
      rows,
      marks: picture.marks.filter(({ at }) => whole || at >= first),
      now,
      next: flights.next,
      plan: settings.plan,
    },
    things,
  }
}

function latest(flights: readonly Flight[]): readonly Flight[] {
  let segments = 0
  let from = flights.length
  while (from > 0 && segments < MOST_SEGMENTS) if (flights[--from].reading.kind !== 'arp') segments++
  return segments < MOST_SEGMENTS ? flights : flights.slice(from)
}

function sceneEnd({ ends, computers, port: open, now }: HandshakePicture, name: EndName): SceneTcpEnd {
  const end = ends[name]
  const { connection, state, previous, listens, received, can } = end
  const live = connection !== undefined && connection.state !== 'CLOSED'
  const port = live ? connection.local.port : listens ? open : undefined
  const beginnings = connection === undefined ? undefined : computers.numbers.of(clientPort(name, connection))
  const due = live ? connection.due : undefined
  const until = (at: number | undefined) => (at === undefined ? undefined : Math.max(0, at - now))
  return {
    end: name,
    address: port === undefined ? END_ADDRESSES[name] : `${END_ADDRESSES[name]}:${port}`,
    state,
    previous,
    linkUp: computers.linkUp(name),
    listens,
    initial: name === 'client' ? beginnings?.j : beginnings?.k,
    received,
    again: until(due?.again),
    over: until(due?.end),
    can,
  }
}

function clientPort(name: EndName, { local, remote }: NonNullable<StreamEnd['connection']>): number {
  return name === 'client' ? local.port : remote.port
}

function stateTold(state: TcpState): Told | string {
  const article = ARTICLE_NAMES[state]
  return article === undefined || article === state ? state : told('handshake.state.named', { state, article })
}

function endTold({ end, address, state, listens, initial, linkUp }: SceneTcpEnd): Told {
  const values = { end: told(`handshake.end.${end}`), address, state: stateTold(state) }
  if (!linkUp) return told('handshake.at.no-link', values)
  if (initial !== undefined && state !== 'CLOSED' && state !== 'LISTEN')
    return told('handshake.at.numbered', { ...values, letter: end === 'client' ? 'j' : 'k', initial: `${initial}` })
  return told(end === 'server' && !listens ? 'handshake.at.closed-port' : 'handshake.at', values)
}

function timerThings({ end, again, over }: SceneTcpEnd): SceneThing[] {
  const seconds = (span: number) => numberText(span / SECOND, 2)
  const named = told(`handshake.end.${end}`)
  return [
    ...(again === undefined
      ? []
      : [{ id: `${end}-again`, told: told('handshake.timer.again', { end: named, seconds: seconds(again) }) }]),
    ...(over === undefined
      ? []
      : [{ id: `${end}-over`, told: told('handshake.timer.over', { end: named, seconds: seconds(over) }) }]),
  ]
}

function boxTold({ delay, plan }: SettingValues): Told {
  const asked = [...parsePlan(plan)].map(([number, deed]) =>
    deed.kind === 'hold'
      ? `${number}: +${deed.milliseconds} ms`
      : deed.kind === 'drop'
        ? `${number}: ✗`
        : `${number}: ×2`,
  )
  return asked.length === 0
    ? told('handshake.box', { delay })
    : told('handshake.box.asked', { delay, asked: asked.join(', ') })
}

function ladderRow(flight: Flight, numbers: StreamNumbers, now: number): LadderRow {
  const { id, from, reading, number, sentAt, boxAt, copies, taken } = flight
  const fate: LadderFate = !taken || copies.some(({ refused }) => refused) ? 'refused' : flight.deed
  const what = { end: told(`handshake.end.${from}`), number: number ?? 0 }
  const named = rowLines(flight, numbers)
  const outcome = outcomeTold(flight, now)
  const wrong = fate === 'drop' || fate === 'refused' || reading.kind === 'spoilt'
  return {
    id: `flight-${id}`,
    told:
      number === undefined
        ? told('handshake.row.unnumbered', { end: what.end, what: named.name, outcome })
        : told('handshake.row', { ...what, what: named.name, outcome }),
    from: from === 'client' ? 'left' : 'right',
    number,
    lines: named.lines,
    sentAt,
    boxAt,
    fate,
    copies: copies.map(({ leavesAt, arrivedAt }) => ({ leavesAt, arrivedAt })),
    ...(wrong ? { wrong } : {}),
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
      const flags = flagsText(reading.flags)
      return {
        name: told(again ? 'handshake.segment.again' : 'handshake.segment', { flags, formula, values }),
        lines: [again ? told('handshake.flags.again', { flags }) : flags, formula, values],
      }
    }
    case 'udp':
      return { name: 'UDP', lines: ['UDP', `len = ${reading.octets}`] }
    case 'arp': {
      const name = told(reading.request ? 'handshake.arp.request' : 'handshake.arp.reply')
      return { name, lines: [name] }
    }
    case 'spoilt': {
      const name = told('handshake.spoilt', { why: reading.why })
      return { name, lines: [name] }
    }
  }
}

function outcomeTold({ taken, deed, boxAt, sentAt, copies }: Flight, now: number): Told {
  if (!taken) return told('handshake.fate.no-link')
  if (deed === 'drop') return told('handshake.fate.dropped')
  const arrived = copies.flatMap(({ arrivedAt }) => (arrivedAt === undefined ? [] : [arrivedAt]))
  if (arrived.length > 0) {
    const milliseconds = numberText((arrived[0] - (sentAt ?? boxAt ?? arrived[0])) / MILLISECOND)
    if (deed === 'twice') return told('handshake.fate.twice', { times: arrived.length })
    return told(deed === 'hold' ? 'handshake.fate.held' : 'handshake.fate.arrived', { milliseconds })
  }
  if (copies.some(({ refused }) => refused)) return told('handshake.fate.refused')
  const last = copies.reduce((latest, { leavesAt }) => Math.max(latest, leavesAt), boxAt ?? sentAt ?? now)
  return told(now > last + ON_THE_CABLE ? 'handshake.fate.missing' : 'handshake.fate.under-way')
}
