/** Whoever is at the other end of the cable. */
import type { Fault } from './fault.js'

export const PARTNER_FAULTS: readonly Fault[] = [
  {
    name: 'partner-full-duplex',
    layer: 'partner',
    title: 'the partner is forced to full duplex',
    symptom: 'ping works, and under load come late collisions here and FCS errors there',
    peer: { duplex: 'full' },
  },
  {
    name: 'partner-off',
    layer: 'partner',
    title: 'the partner is switched off',
    symptom: 'no link, although the cable is plugged in at both ends',
    apply: ({ peer }) => peer.station.powerOff(),
  },
]
