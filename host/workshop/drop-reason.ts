/** Why a frame went no further, in words: reasons of cards, boxes, the chip and its driver that say the same are said the same. */
import { type PlainKey, type Told, told } from './words/told.js'

const WORDS: Readonly<Record<string, PlainKey>> = {
  'FCS error': 'reason.fcs',
  'receive: FCS': 'reason.fcs',
  'receive: bad frame': 'reason.bad-frame',
  'other station': 'reason.address',
  'receive: filter': 'reason.filter',
  runt: 'reason.runt',
  'receive: fragment': 'reason.runt',
  'collision fragment': 'reason.collision',
  'receive: collision': 'reason.collision',
  'alignment error': 'reason.alignment',
  'too long': 'reason.too-long',
  'receive: too long': 'reason.too-long',
  'receive: control frame': 'reason.control',
  'link down': 'reason.no-link',
  'receive: no link': 'reason.no-link',
  'transmit: no link': 'reason.no-link',
  'inverted pair': 'reason.inverted',
  'receive: inverted pair': 'reason.inverted',
  'late collision': 'reason.late-collision',
  'excessive collisions': 'reason.excessive-collisions',
  'same port': 'reason.same-port',
  'group source': 'reason.group-source',
  'reserved address': 'reason.reserved',
  'output link down': 'reason.no-link',
}

/** Nothing is wrong with a frame that is for somebody else. */
export function isUsual(reason: string): boolean {
  return reason === 'other station' || reason === 'receive: filter'
}

/** One that has no words stands as it is counted. */
export function reasonTold(reason: string): Told | string {
  const key = WORDS[reason]
  return key === undefined ? reason : told(key)
}
