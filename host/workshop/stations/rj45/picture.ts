/** The scene of the RJ-45 station: both jacks, each conductor, both link charts, and a sentence for each. */
import type { Cable } from '../../../../boards/ethernet/cable.js'
import type { Station } from '../../../../boards/ethernet/station.js'
import {
  assess,
  type CableWiring,
  type JackKind,
  type PairPath,
  PINS,
  type Plug,
} from '../../../../boards/ethernet/wiring.js'
import { faultName } from '../../../../boards/faults/settle.js'
import { numberText } from '../../../number-text.js'
import type { SceneThing } from '../../scene-thing.js'
import type { SettingValues } from '../../station-parts.js'
import { faultTitle } from '../../words/fault-title.js'
import { type Told, told } from '../../words/told.js'
import type { Rj45Scene, SceneConductor, SceneContact, SceneJack, SceneSignal } from './scene.js'

export interface Rj45Picture {
  readonly cable: Cable
  readonly wiring: CableWiring
  readonly near: Station
  readonly far: Station
  readonly settings: SettingValues
  readonly fault: string
  /** What is broken inside the cable is to be found: it is drawn as it was set. */
  readonly hidden: boolean
  readonly arrived: Rj45Scene['arrived']
  readonly signal: SceneSignal | undefined
}

/** Pulses in a row that bring the link up (lc_max of `Station`). */
const LINK_COUNT = 3

export function rj45Scene(picture: Rj45Picture): Rj45Scene {
  const { cable, wiring, near, far, settings, arrived, signal, hidden } = picture
  const metres = hidden ? Number(settings.metres) : cable.length
  const plugged = cable.plugged
  const jack = (kind: string): JackKind => (kind === 'hub' ? 'MDI-X' : kind === 'auto' ? 'auto' : 'MDI')
  const assessment = hidden ? undefined : cable.assessment
  const { aToB, bToA, jacks } = assessment ?? assess(wiring, jack(settings.far), 'MDI')
  const conductors = conductorsOf(wiring, jacks)
  const nearJack = jackOf(near, jacks.b, wiring.b)
  const farJack = jackOf(far, jacks.a, wiring.a)
  const things: SceneThing[] = [
    { id: 'near', told: linkTold('rj45.end.near', nearJack), wrong: !nearJack.up },
    { id: 'far', told: linkTold('rj45.end.far', farJack), wrong: !farJack.up },
    plugged
      ? {
          id: 'cable',
          told: told('rj45.cable', { metres: numberText(metres), category: cable.category }),
        }
      : { id: 'cable', told: told('rj45.cable.out'), wrong: true },
    { id: 'to-far', told: pathTold('rj45.way.to-far', bToA, hidden), wrong: !hidden && !works(bToA), probe: 'rx' },
    { id: 'to-near', told: pathTold('rj45.way.to-near', aToB, hidden), wrong: !hidden && !works(aToB), probe: 'tx' },
    {
      id: 'screen',
      told:
        arrived.length === 0
          ? told('rj45.screen.empty')
          : told('rj45.screen', { text: arrived.map(({ text }) => text).join(' ') }),
      wrong: arrived.some(({ wrong }) => wrong),
    },
    ...conductors,
  ]
  if (picture.fault !== '') things.push({ id: 'fault', told: faultTitle(faultName(picture.fault)), wrong: true })
  return {
    kind: 'rj45',
    plugged,
    far: settings.far as Rj45Scene['far'],
    near: nearJack,
    farJack,
    conductors,
    metres,
    signal: signal === undefined ? undefined : { kind: signal.kind, towards: signal.towards },
    arrived,
    things,
  }
}

function jackOf({ link }: Station, kind: 'MDI' | 'MDI-X', plug: Plug): SceneJack {
  return {
    kind,
    contacts: plug.map((colour, i): SceneContact => ({ pin: i + 1, colour, use: useOf(kind, i + 1) })),
    state: link.state,
    count: link.state === 'Link Test Pass' ? LINK_COUNT : link.linkCount,
    up: link.up,
  }
}

function useOf(kind: 'MDI' | 'MDI-X', pin: number): string {
  const { transmit, receive } = PINS[kind]
  if (pin === transmit.plus) return 'TD+'
  if (pin === transmit.minus) return 'TD−'
  if (pin === receive.plus) return 'RD+'
  return pin === receive.minus ? 'RD−' : ''
}

/** From the near plug (end b) to the far one. */
function conductorsOf(
  { a, b, broken = [], shorted = [] }: CableWiring,
  jacks: { a: 'MDI' | 'MDI-X'; b: 'MDI' | 'MDI-X' },
): SceneConductor[] {
  return b.flatMap((colour, i) => {
    if (colour === undefined) return []
    const from = i + 1
    const to = a.indexOf(colour) + 1
    const state = broken.includes(colour)
      ? 'broken'
      : shorted.some((pair) => pair.includes(colour))
        ? 'shorted'
        : 'whole'
    const key = state === 'broken' ? 'rj45.wire.broken' : state === 'shorted' ? 'rj45.wire.shorted' : 'rj45.wire'
    const named = (pin: number, use: string) => (use === '' ? `${pin}` : `${pin} ${use}`)
    return [
      {
        id: `wire-${from}`,
        colour,
        from,
        to,
        state,
        told: told(key, {
          colour: told(`colour.${colour}`),
          from: named(from, useOf(jacks.b, from)),
          to: named(to, useOf(jacks.a, to)),
        }),
        ...(state === 'whole' ? {} : { wrong: true }),
      } satisfies SceneConductor,
    ]
  })
}

const works = ({ connected, inverted, split }: PairPath) => connected && !inverted && !split

function linkTold(end: 'rj45.end.near' | 'rj45.end.far', { state, count, up }: SceneJack): Told {
  const values = { end: told(end), state, count, of: LINK_COUNT }
  return told(up ? 'rj45.link.up' : 'rj45.link.down', values)
}

function pathTold(way: 'rj45.way.to-far' | 'rj45.way.to-near', path: PairPath, hidden: boolean): Told {
  const values = { way: told(way) }
  if (hidden) return told('rj45.path.hidden', values)
  if (!path.connected) return told('rj45.path.none', values)
  if (path.split) return told('rj45.path.split', values)
  return told(path.inverted ? 'rj45.path.inverted' : 'rj45.path.works', values)
}
