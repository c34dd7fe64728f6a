/** Why a frame went no further, in words. */
import type { ChipDropReason } from '../../../../boards/chips/enc28j60/drop-reason.js'
import { type PlainKey, type Told, told } from '../../words/told.js'

const WORDS: Readonly<Record<ChipDropReason, PlainKey>> = {
  'receive: disabled': 'controller.drop.disabled',
  'receive: PHY off': 'controller.drop.phy-off',
  'receive: no link': 'controller.drop.no-link',
  'receive: inverted pair': 'controller.drop.inverted',
  'receive: loopback': 'controller.drop.loopback',
  'receive: collision': 'controller.drop.collision',
  'receive: fragment': 'controller.drop.fragment',
  'receive: too long': 'controller.drop.too-long',
  'receive: FCS': 'controller.drop.fcs',
  'receive: filter': 'controller.drop.filter',
  'receive: control frame': 'controller.drop.control',
  'receive: buffer full': 'controller.drop.full',
  'receive: packet count 255': 'controller.drop.count',
  'receive: reset': 'controller.drop.reset',
  'receive: checksum DMA': 'controller.drop.dma',
  'receive: deaf': 'controller.drop.deaf',
  'receive: self-reception lost': 'controller.drop.own',
  'transmit: no link': 'controller.drop.no-link',
  'transmit: driver disabled': 'controller.drop.phy-off',
  'transmit: jabber': 'controller.drop.too-long',
  'transmit: reset': 'controller.drop.reset',
  'transmit: cancelled': 'controller.drop.cancelled',
  'transmit: nothing to send': 'controller.drop.cancelled',
  'transmit: too long': 'controller.drop.too-long',
  'transmit: excessive collisions': 'controller.drop.collision',
  'transmit: late collision': 'controller.drop.collision',
  'transmit: excessive deferral': 'controller.drop.collision',
  'transmit: stalled': 'controller.drop.stalled',
}

export function dropReason(reason: ChipDropReason): Told {
  return told(WORDS[reason])
}
