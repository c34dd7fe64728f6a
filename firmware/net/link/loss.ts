/** Why a frame went no further, at an interface. */
import type { ArpLoss } from './arp.js'
import type { NeighbourLoss } from './neighbour-cache.js'

export type InterfaceLoss =
  | ArpLoss
  | NeighbourLoss
  | 'frame truncated'
  | 'frame too long'
  | 'frame for another station'
  | 'VLAN tag'
  | 'EtherType not handled'
  | 'interface stopped'
  | 'refused by the device'
