/** The scene of the frame station: the frame, what stands where, and a sentence for each. */
import { PREAMBLE_OCTETS } from '../../../../boards/ethernet/port.js'
import { faultName } from '../../../../boards/faults/settle.js'
import { formatMac, mac } from '../../../../firmware/net/address.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { isUsual, reasonTold } from '../../drop-reason.js'
import type { SceneThing } from '../../scene-thing.js'
import type { SettingValues } from '../../station-parts.js'
import { faultTitle } from '../../words/fault-title.js'
import { type Told, told } from '../../words/told.js'
import { type ComposedFrame, turnedBits } from './compose.js'
import { type FilterName, GROUP, GROUP_OF_SAME_HASH } from './filters.js'
import { END_IDS, type EndId, FRAME_ADDRESSES, type FrameNetwork } from './network.js'
import type { FrameScene, SceneAttempt, SceneEnd, SceneOctet } from './scene.js'

/** What a station took. */
export interface TakenFrames {
  readonly count: number
  readonly last: string | undefined
}

export interface FramePicture {
  readonly network: FrameNetwork
  readonly settings: SettingValues
  readonly fault: string
  readonly composed: ComposedFrame
  readonly taken: Readonly<Record<EndId, TakenFrames>>
  /** Cables and directions on which a signal is now: `a in`. */
  readonly signals: ReadonlySet<string>
  readonly attempts: readonly SceneAttempt[]
}

export function frameScene(picture: FramePicture): FrameScene {
  const { network, settings, fault, composed, attempts } = picture
  const bits = turnedBits(settings, composed)
  const octets = composed.octets.map(
    ({ value, field }, at): SceneOctet => ({
      value,
      field,
      turned: bits.reduce((mask, bit) => (bit >> 3 === at ? mask | (1 << (bit & 7)) : mask), 0),
    }),
  )
  const ends = END_IDS.map((id) => sceneEnd(id, picture))
  const { counters } = network.hub ?? {}
  const box = settings.box as FrameScene['box']
  const things: SceneThing[] = [
    { id: 'frame', told: frameTold(composed, settings) },
    ...(bits.length === 0 ? [] : [{ id: 'turned', told: turnedTold(bits, settings), wrong: true }]),
    box === 'hub'
      ? { id: 'box', told: told('frame.box.hub', { collisions: counters?.collisions ?? 0 }) }
      : { id: 'box', told: switchTold(network) },
    ...ends,
    ...attempts.map((attempt, i) => ({ id: `attempt-${i}`, told: attemptTold(attempt), wrong: attempt.collided })),
  ]
  if (fault !== '')
    things.push({ id: 'fault', told: told('frame.fault', { fault: faultTitle(faultName(fault)) }), wrong: true })
  return {
    kind: 'frame',
    box,
    octets,
    ends,
    attempts,
    collided: attempts.some(({ collided }) => collided),
    things,
  }
}

/** A frame's address, in words where it is somebody's here. */
export function addressTold(text: string): Told {
  const address = formatMac(mac(text))
  if (address === 'ff:ff:ff:ff:ff:ff') return told('frame.address.broadcast')
  if (address === GROUP || address === GROUP_OF_SAME_HASH || (mac(text)[0] & 1) !== 0)
    return told('frame.address.group', { address })
  const id = END_IDS.find((each) => formatMac(FRAME_ADDRESSES[each]) === address)
  return id === undefined ? told('frame.address.nobody', { address }) : told(`frame.end.${id}`)
}

function frameTold({ octets, padding, text, etherType }: ComposedFrame, { to, from }: SettingValues): Told {
  const fcs = octets.slice(-4).map(({ value }) => hexText(value))
  return told('frame.frame', {
    octets: octets.length - PREAMBLE_OCTETS,
    to: addressTold(to),
    from: addressTold(from),
    type: `${etherType.toString(16).toUpperCase().padStart(4, '0')}h`,
    text,
    padding,
    fcs: fcs.join(' '),
  })
}

function turnedTold(bits: readonly number[], { where }: SettingValues): Told {
  const places = bits.map((bit) => `${(bit >> 3) + 1}.${bit & 7}`).join(', ')
  return told('frame.turned', {
    count: bits.length,
    places,
    cable: told(where === 'b' ? 'frame.end.b' : 'frame.end.a'),
  })
}

function switchTold(network: FrameNetwork): Told {
  const { forwarded, flooded } = network.switch!.counters
  const known = END_IDS.flatMap((id) => {
    const port = network.switch!.portOf(FRAME_ADDRESSES[id])
    return port === undefined ? [] : [`${id.toUpperCase()}→${port + 1}`]
  })
  if (known.length === 0) return told('frame.box.switch.empty', { flooded })
  return told('frame.box.switch', { known: known.join(', '), forwarded, flooded })
}

function sceneEnd(id: EndId, { network, settings, taken, signals }: FramePicture): SceneEnd {
  const end = network.ends[id]
  const up = end.linkUp && network.boxLink(id)
  const filter = id === 'b' || id === 'c' ? (settings[id] as FilterName) : undefined
  const dropped = Object.entries(end.dropped).map(([reason, count]) => ({
    reason: reasonTold(reason),
    count,
    usual: isUsual(reason),
  }))
  const sum = dropped.reduce((all, { count }) => all + count, 0)
  const values = { end: told(`frame.end.${id}`), taken: taken[id].count, dropped: sum }
  const [into, out] = [signals.has(`${id} in`), signals.has(`${id} out`)]
  return {
    id,
    address: formatMac(FRAME_ADDRESSES[id]),
    up,
    filter,
    taken: taken[id].count,
    dropped,
    last: taken[id].last,
    learned: network.switch?.portOf(FRAME_ADDRESSES[id]),
    signal: into ? (out ? 'both' : 'in') : out ? 'out' : 'none',
    told: !up
      ? told('frame.at.down', { end: values.end })
      : sum === 0
        ? told('frame.at.clean', { end: values.end, taken: values.taken })
        : told('frame.at', { ...values, reasons: listTold(dropped) }),
    wrong: !up,
    probe: id,
  }
}

/** As many reasons as there are, in one text: `2 × not its address, 1 × wrong FCS`. */
function listTold(dropped: SceneEnd['dropped']): Told | string {
  const [first, ...others] = dropped.map(({ reason, count }) => told('frame.times', { count, reason }))
  return others.reduce<Told>((list, next) => told('frame.list', { list, next }), first)
}

function attemptTold({ end, drawn, collided }: SceneAttempt): Told {
  const who = told(`frame.end.${end}`)
  if (drawn !== undefined) return told('frame.backoff', { end: who, ...drawn, highest: drawn.of - 1 })
  return told(collided ? 'frame.attempt.broken' : 'frame.attempt.sent', { end: who })
}
