/** The scene of the layers station: the message as each layer has it, down one side and up the other, and a sentence for each. */
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { faultName } from '../../../../boards/faults/settle.js'
import { formatIpv4 } from '../../../../firmware/net/address.js'
import { readUint16, readUint32 } from '../../../../firmware/net/wire/octets.js'
import { numberText } from '../../../number-text.js'
import { type HeaderLayer, headerFields } from '../../network/header-fields.js'
import type { SceneThing } from '../../scene-thing.js'
import type { SettingValues } from '../../station-parts.js'
import { faultTitle } from '../../words/fault-title.js'
import { type Told, told } from '../../words/told.js'
import { type Carried, carriedIn, type Layer, NETWORK_AT, OSI_LAYERS, partsOf, TRANSPORT_AT } from './encapsulation.js'
import type { Message, SentCopy } from './message.js'
import type { CopyOutcome, LayersScene, SceneCopy, SceneLayer, SceneLine } from './scene.js'

export interface LayersPicture {
  readonly settings: SettingValues
  readonly fault: string
  readonly message: Message | undefined
  readonly copy: number
  readonly dialogue: readonly SceneLine[]
  readonly shown: readonly string[]
  readonly underway: ReadonlySet<'to-board' | 'to-teller'>
}

const PREAMBLE_BITS = 64
/** Whose header is whose. */
const HEADER_OF: Readonly<Partial<Record<Layer, readonly HeaderLayer[]>>> = {
  2: ['ethernet'],
  3: ['ipv4'],
  4: ['tcp', 'udp'],
}
const NOTHING = new Uint8Array(8)

export function layersScene(picture: LayersPicture): LayersScene {
  const { settings, fault, message, dialogue, shown, underway } = picture
  const copies = message === undefined ? [] : message.copies.map((copy) => sceneCopy(copy, message))
  const copy = Math.min(picture.copy, Math.max(0, copies.length - 1))
  const things: SceneThing[] = [
    message === undefined
      ? { id: 'message', told: told('layers.message.none') }
      : { id: 'message', told: told('layers.message', { text: message.text, octets: message.line.length }) },
    ...copies.map(({ outcome }, i) => ({
      id: `copy-${i}`,
      told: told('layers.copy', { number: i + 1, outcome: outcomeTold(outcome) }),
      wrong: outcome.kind === 'dropped',
    })),
    ...(copies[copy]?.layers ?? []).map(({ layer, down }) => ({ id: `d${layer}`, told: down })),
    ...[...(copies[copy]?.layers ?? [])]
      .reverse()
      .map(({ layer, up, state }) => ({ id: `u${layer}`, told: up, wrong: state === 'dropped' })),
    ...dialogue.map(({ from, text }, i) => ({
      id: `line-${i}`,
      told: told(from === 'teller' ? 'layers.line.teller' : 'layers.line.board', { text }),
      wrong: from === 'board' && !text.startsWith('250'),
    })),
    shown.length === 0
      ? { id: 'board', told: told('layers.board.empty') }
      : { id: 'board', told: told('layers.board', { text: shown[shown.length - 1], count: shown.length }) },
  ]
  if (fault !== '')
    things.push({ id: 'fault', told: told('layers.fault', { fault: faultTitle(faultName(fault)) }), wrong: true })
  const [there, back] = [underway.has('to-board'), underway.has('to-teller')]
  return {
    kind: 'layers',
    model: settings.model as LayersScene['model'],
    transport: settings.transport as LayersScene['transport'],
    look: settings.look,
    copies,
    copy,
    dialogue,
    shown,
    signal: there ? (back ? 'both' : 'to-board') : back ? 'to-teller' : 'none',
    things,
  }
}

function outcomeTold(outcome: CopyOutcome): Told {
  if (outcome.kind !== 'dropped')
    return told(outcome.kind === 'shown' ? 'layers.outcome.shown' : 'layers.outcome.underway')
  return told('layers.outcome.dropped', { layer: told(`layers.name.${outcome.layer}`), reason: outcome.reason })
}

function sceneCopy({ at, octets, outcome }: SentCopy, message: Message): SceneCopy {
  const carried = carriedIn(octets.subarray(0, -4))!
  const whole = [...NOTHING, ...octets].map((octet, i) => (i < 7 ? 0x55 : i === 7 ? 0xd5 : octet))
  const parts = partsOf(octets, carried, message.command.length, message.lineEnd).map(({ name, layer, from, to }) => ({
    name,
    layer,
    octets: whole.slice(from, to),
  }))
  const fields = headerFields(octets)
  const layers = OSI_LAYERS.map((layer): SceneLayer => {
    const added = parts.reduce((sum, part) => (part.layer === layer ? sum + part.octets.length : sum), 0)
    const state = stateOf(layer, outcome)
    return {
      layer,
      added,
      fields: fields.filter((field) => HEADER_OF[layer]?.includes(field.layer)),
      down: downTold(layer, octets, carried, message),
      up: upTold(layer, state, outcome, added, message),
      state,
    }
  })
  return { at, parts, layers, outcome }
}

function stateOf(layer: Layer, outcome: CopyOutcome): SceneLayer['state'] {
  if (outcome.kind === 'shown') return 'passed'
  if (outcome.kind === 'underway') return 'waits'
  return layer < outcome.layer ? 'passed' : layer === outcome.layer ? 'dropped' : 'never'
}

function downTold(layer: Layer, octets: Uint8Array, { transport, from }: Carried, message: Message): Told {
  switch (layer) {
    case 7:
      return told('layers.down.7', { command: message.command.trim(), text: message.text })
    case 6:
      return told(message.spoil === 'encoding' ? 'layers.down.6.utf-16' : 'layers.down.6', {
        characters: [...message.text].length,
        octets: message.encoded.length,
      })
    case 5:
      return told(transport === 'udp' ? 'layers.down.5.udp' : 'layers.down.5')
    case 4:
      return told(`layers.down.4.${transport}`, {
        octets: from - TRANSPORT_AT,
        from: readUint16(octets, TRANSPORT_AT),
        to: readUint16(octets, TRANSPORT_AT + 2),
      })
    case 3:
      return told('layers.down.3', {
        octets: TRANSPORT_AT - NETWORK_AT,
        from: formatIpv4(readUint32(octets, NETWORK_AT + 12)),
        to: formatIpv4(readUint32(octets, NETWORK_AT + 16)),
      })
    case 2:
      return told('layers.down.2', { octets: octets.length })
    case 1: {
      const bits = PREAMBLE_BITS + octets.length * 8
      return told('layers.down.1', { bits, time: numberText((bits * BIT_TIME) / 1000) })
    }
  }
}

function upTold(layer: Layer, state: SceneLayer['state'], outcome: CopyOutcome, added: number, message: Message): Told {
  const name = told(`layers.name.${layer}`)
  if (state === 'waits') return told('layers.up.waits', { layer: name })
  if (state === 'never') return told('layers.up.never', { layer: name })
  if (state === 'dropped' && outcome.kind === 'dropped')
    return told('layers.up.dropped', { layer: name, reason: outcome.reason })
  if (layer === 7) return told('layers.up.7', { text: message.text })
  if (layer === 5 && message.transport === 'udp') return told('layers.up.5.udp')
  if (layer === 6) return told('layers.up.6', { octets: message.encoded.length, characters: [...message.text].length })
  if (layer === 5) return told('layers.up.5')
  return told(`layers.up.${layer}`, { octets: added })
}
