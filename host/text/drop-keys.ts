/** What is said of each reason for which the chip took a frame no further; one sentence may serve for both directions. */
import type { ChipDropReason } from '../../boards/chips/enc28j60/drop-reason.js'
import type { DROP_WORDS } from './en/drop-reasons.js'

export const DROP_KEYS: Readonly<Record<ChipDropReason, keyof typeof DROP_WORDS>> = {
  'receive: disabled': 'drop.disabled',
  'receive: PHY off': 'drop.phy-off',
  'receive: no link': 'drop.no-link',
  'receive: inverted pair': 'drop.inverted',
  'receive: loopback': 'drop.loopback',
  'receive: collision': 'drop.collision',
  'receive: fragment': 'drop.fragment',
  'receive: too long': 'drop.too-long',
  'receive: FCS': 'drop.fcs',
  'receive: filter': 'drop.filter',
  'receive: control frame': 'drop.control',
  'receive: buffer full': 'drop.full',
  'receive: packet count 255': 'drop.count',
  'receive: reset': 'drop.reset',
  'receive: checksum DMA': 'drop.dma',
  'receive: deaf': 'drop.deaf',
  'receive: self-reception lost': 'drop.own',
  'transmit: no link': 'drop.no-link',
  'transmit: driver disabled': 'drop.phy-off',
  'transmit: jabber': 'drop.too-long',
  'transmit: reset': 'drop.reset',
  'transmit: cancelled': 'drop.cancelled',
  'transmit: nothing to send': 'drop.cancelled',
  'transmit: too long': 'drop.too-long',
  'transmit: excessive collisions': 'drop.collision',
  'transmit: late collision': 'drop.collision',
  'transmit: excessive deferral': 'drop.collision',
  'transmit: stalled': 'drop.stalled',
}
