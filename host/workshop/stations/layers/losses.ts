/** Why the receiving side dropped a message, in words: what its layers count. */
import { reasonTold } from '../../drop-reason.js'
import { type PlainKey, type Told, told } from '../../words/told.js'

const WORDS: Readonly<Record<string, PlainKey>> = {
  'open pair': 'layers.loss.open-pair',
  'under the squelch': 'layers.loss.squelch',
  'delimiter lost': 'layers.loss.delimiter',
  'delimiter early': 'layers.loss.delimiter',
  unplugged: 'layers.loss.unplugged',
  'EtherType not handled': 'layers.loss.ether-type',
  'frame for another station': 'reason.address',
  'IPv4 header checksum': 'layers.loss.header-checksum',
  'not for this host': 'layers.loss.address',
  'no connection': 'layers.loss.no-connection',
  'port closed': 'layers.loss.port-closed',
  checksum: 'layers.loss.checksum',
  'duplicate data': 'layers.loss.duplicate',
  '503 HELLO first': 'layers.loss.session',
  '501 not UTF-8': 'layers.loss.encoding',
  '500 unknown command': 'layers.loss.command',
}

export function lossTold(reason: string): Told | string {
  const key = WORDS[reason]
  return key === undefined ? reasonTold(reason) : told(key)
}
