/** The scene of the handshake station: both ends, every segment between them, and a sentence for each. */
import { faultName } from '../../../../boards/faults/settle.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import { numberText } from '../../../number-text.js'
import type { LadderMark } from '../../ladder.js'
import type { EndName } from '../../network/flights.js'
import { ladderRow, latestFlights } from '../../network/ladder-rows.js'
import { parsePlan } from '../../network/segment-plan.js'
import type { StreamEnd } from '../../network/stream-end.js'
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

export function handshakeScene(picture: HandshakePicture): HandshakeScene {
  const { settings, fault, now } = picture
  const { flights, numbers } = picture.computers
  const client = sceneEnd(picture, 'client')
  const server = sceneEnd(picture, 'server')
  const drawn = latestFlights(flights.all)
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
          ? told('handshake.received.nothing', { end: told(`ladder.end.${end}`) })
          : told('handshake.received.all', { end: told(`ladder.end.${end}`), text: received }),
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
  const values = { end: told(`ladder.end.${end}`), address, state: stateTold(state) }
  if (!linkUp) return told('handshake.at.no-link', values)
  if (initial !== undefined && state !== 'CLOSED' && state !== 'LISTEN')
    return told('handshake.at.numbered', { ...values, letter: end === 'client' ? 'j' : 'k', initial: `${initial}` })
  return told(end === 'server' && !listens ? 'handshake.at.closed-port' : 'handshake.at', values)
}

function timerThings({ end, again, over }: SceneTcpEnd): SceneThing[] {
  const seconds = (span: number) => numberText(span / SECOND, 2)
  const named = told(`ladder.end.${end}`)
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
