/** The cable between board and partner. */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { type CableWiring, type Colour, SPLIT_PAIR_WIRING, STRAIGHT_WIRING } from '../ethernet/wiring.js'
import type { Bench } from './bench.js'
import type { Fault } from './fault.js'

/** Out for 300 ms, long enough for the link to drop, in for two to four seconds. */
function intermittent({ lab, board, peer, cable }: Bench): void {
  const random = lab.random.fork('intermittent cable')
  const plugged = () => (2_000 + random.below(2_000)) * MILLISECOND
  const out = () => {
    cable.unplug()
    lab.clock.after(300 * MILLISECOND, () => {
      cable.plug(board.port, peer.port)
      lab.clock.after(plugged(), out)
    })
  }
  lab.clock.after(plugged(), out)
}

/** Pins 2 and 3 of the plug lie side by side: one conductor of each pair. */
const TOUCHING: readonly [Colour, Colour] = ['orange', 'white/green']
const SHORTED: CableWiring = { ...STRAIGHT_WIRING, shorted: [TOUCHING] }

/** As long as the standard allows: what arrives is weakest there, and noise does most. */
const NOISY_LENGTH = 100
/**
 * Volts rms at the receiver in 10 MHz: over that length of category 5e it turns some 2 bits of 10,000 over (`bitErrorRate`), a
 * frame of 64 octets in ten, one of 1518 nearly always.
 */
const NOISE = 0.386

export const CABLE_FAULTS = [
  {
    name: 'cable-unplugged',
    layer: 'cable',
    title: 'the cable is not plugged in',
    symptom: 'no link, and the receive pair is silent',
    apply: ({ cable }) => cable.unplug(),
  },
  {
    name: 'cable-straight',
    layer: 'cable',
    title: 'a straight cable to a partner that is wired as the board is, and does not cross by itself',
    symptom: 'no link at either end, although the cable is whole and works elsewhere',
    peer: { jack: 'MDI' },
    cable: { wiring: STRAIGHT_WIRING },
  },
  {
    name: 'cable-shorted',
    layer: 'cable',
    title: 'two conductors of the cable touch',
    symptom: 'no link at either end',
    peer: { jack: 'MDI-X' },
    cable: { wiring: SHORTED },
  },
  {
    name: 'cable-too-long',
    layer: 'cable',
    title: 'the cable is 600 m long',
    symptom: 'no link at either end, although every conductor is whole',
    cable: { length: 600 },
  },
  {
    name: 'cable-split-pair',
    layer: 'cable',
    title: 'the conductors of a pair are not twisted around each other',
    symptom: 'link at both ends and a tester finds every pin in its place, but each frame collides with itself',
    peer: { jack: 'MDI-X' },
    // Over fewer than 13 m not enough of it comes together.
    cable: { wiring: SPLIT_PAIR_WIRING, length: 30 },
  },
  {
    name: 'rx-pair-reversed',
    layer: 'cable',
    title: 'the wires of the receive pair are exchanged',
    symptom: 'link pulses arrive upside down; no frame is received',
    apply: ({ cable }) => {
      cable.pair('b-to-a').inverted = true
    },
  },
  {
    name: 'rx-pair-open',
    layer: 'cable',
    title: 'a wire of the receive pair is broken',
    symptom: 'no link here, while the partner sees one',
    apply: ({ cable }) => {
      cable.pair('b-to-a').open = true
    },
  },
  {
    name: 'tx-pair-open',
    layer: 'cable',
    title: 'a wire of the transmit pair is broken',
    symptom: 'link here, none at the partner: nothing that is sent arrives',
    apply: ({ cable }) => {
      cable.pair('a-to-b').open = true
    },
  },
  {
    name: 'cable-noise',
    layer: 'cable',
    title: 'noise on 100 m of cable flips bits',
    symptom: 'link is up, some frames arrive with a wrong FCS and some are never answered',
    cable: { length: NOISY_LENGTH },
    apply: ({ cable }) => {
      for (const direction of ['a-to-b', 'b-to-a'] as const) cable.pair(direction).noise = NOISE
    },
  },
  {
    name: 'cable-intermittent',
    layer: 'cable',
    title: 'a loose plug',
    symptom: 'the link comes and goes',
    apply: intermittent,
  },
] as const satisfies readonly Fault[]
