/** The cable between board and partner. */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { type CableWiring, type Colour, SPLIT_PAIR_WIRING, STRAIGHT_WIRING } from '../ethernet/wiring.js'
import type { Bench } from './bench.js'
import { faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'

/** Out for a while, in for two thirds to four thirds of an interval. */
function intermittent(bench: Bench, away: number, every: number): void {
  const { lab, cable } = bench
  const random = lab.random.fork('intermittent cable')
  const shortest = Math.round((every * 2_000) / 3)
  const plugged = () => (shortest + random.below(shortest)) * MILLISECOND
  const out = () => {
    // What is plugged in where depends on what stands between board and partner.
    const [near, far] = cable.ends ?? [bench.board.port, bench.peer.port]
    cable.unplug()
    lab.clock.after(nanoseconds(away), () => {
      cable.plug(near, far)
      lab.clock.after(plugged(), out)
    })
  }
  lab.clock.after(plugged(), out)
}

/**
 * Volts rms at the receiver in 10 MHz: over that length of category 5e it turns some 2 bits of 10,000 over (`bitErrorRate`), a
 * frame of 64 octets in ten, one of 1518 nearly always.
 */
const NOISE = 0.386

/** A conductor of each pair, by pins of the plug: 2 and 3 lie side by side. */
const TOUCHING = {
  '2-3': ['orange', 'white/green'],
  '1-2': ['white/orange', 'orange'],
  '3-6': ['white/green', 'green'],
  '1-3': ['white/orange', 'white/green'],
  '1-6': ['white/orange', 'green'],
  '2-6': ['orange', 'green'],
} as const satisfies Readonly<Record<string, readonly [Colour, Colour]>>

function shorted(pins: keyof typeof TOUCHING): CableWiring {
  return { ...STRAIGHT_WIRING, shorted: [TOUCHING[pins]] }
}

export const CABLE_FAULTS = [
  faultFamily({
    name: 'cable-unplugged',
    layer: 'cable',
    side: 'wire',
    title: 'the cable is not plugged in',
    symptom: 'no link, and the receive pair is silent',
    breaks: () => ({
      apply: ({ cable }) => cable.unplug(),
    }),
  }),
  faultFamily({
    name: 'cable-straight',
    layer: 'cable',
    side: 'wire',
    title: 'a straight cable to a partner that is wired as the board is, and does not cross by itself',
    symptom: 'no link at either end, although the cable is whole and works elsewhere',
    breaks: () => ({
      peer: { jack: 'MDI' },
      cable: { wiring: STRAIGHT_WIRING },
    }),
  }),
  faultFamily({
    name: 'cable-shorted',
    layer: 'cable',
    side: 'wire',
    title: 'two conductors of the cable touch',
    symptom: 'no link at either end',
    parameters: {
      pins: {
        title: 'the pins whose conductors touch',
        choices: ['2-3', '1-2', '3-6', '1-3', '1-6', '2-6'],
        default: '2-3',
      },
    },
    breaks: ({ pins }) => ({
      peer: { jack: 'MDI-X' },
      cable: { wiring: shorted(pins) },
    }),
  }),
  faultFamily({
    name: 'cable-too-long',
    layer: 'cable',
    side: 'wire',
    title: 'the cable is far too long',
    symptom: 'no link at either end, although every conductor is whole',
    parameters: {
      length: {
        title: 'from plug to plug',
        unit: 'm',
        min: 110,
        max: 1000,
        default: 600,
        scale: 'log',
        worse: 'higher',
        // Category 5e carries frames over 240 m or so, and pulses further (`squelchReach`).
        suffers: 240,
      },
    },
    breaks: ({ length }) => ({
      cable: { length },
    }),
  }),
  faultFamily({
    name: 'cable-split-pair',
    layer: 'cable',
    side: 'wire',
    title: 'the conductors of a pair are not twisted around each other',
    symptom: 'link at both ends and a tester finds every pin in its place, but each frame collides with itself',
    parameters: {
      // Over fewer than 13 m not enough of it comes together to open the squelch (`hearsItself`).
      length: {
        title: 'from plug to plug',
        unit: 'm',
        min: 2,
        max: 100,
        default: 30,
        scale: 'log',
        worse: 'higher',
        suffers: 13,
      },
    },
    breaks: ({ length }) => ({
      peer: { jack: 'MDI-X' },
      cable: { wiring: SPLIT_PAIR_WIRING, length },
    }),
  }),
  faultFamily({
    name: 'rx-pair-reversed',
    layer: 'cable',
    side: 'wire',
    title: 'the wires of the receive pair are exchanged',
    symptom: 'link pulses arrive upside down; no frame is received',
    breaks: () => ({
      apply: ({ cable }) => {
        cable.pair('b-to-a').inverted = true
      },
    }),
  }),
  faultFamily({
    name: 'rx-pair-open',
    layer: 'cable',
    side: 'wire',
    title: 'a wire of the receive pair is broken',
    symptom: 'no link here, while the partner sees one',
    breaks: () => ({
      apply: ({ cable }) => {
        cable.pair('b-to-a').open = true
      },
    }),
  }),
  faultFamily({
    name: 'tx-pair-open',
    layer: 'cable',
    side: 'wire',
    title: 'a wire of the transmit pair is broken',
    symptom: 'link here, none at the partner: nothing that is sent arrives',
    breaks: () => ({
      apply: ({ cable }) => {
        cable.pair('a-to-b').open = true
      },
    }),
  }),
  faultFamily({
    name: 'cable-noise',
    layer: 'cable',
    side: 'wire',
    title: 'noise on a long cable flips bits',
    symptom: 'link is up, some frames arrive with a wrong FCS and some are never answered',
    parameters: {
      noise: {
        title: 'noise at the receivers, rms in 10 MHz of bandwidth',
        unit: 'V',
        min: 0.1,
        max: 0.8,
        default: NOISE,
        scale: 'linear',
        worse: 'higher',
        // Over 100 m one echo of 56 octets in a hundred, there and back, is hit (`bitErrorRate` of 8e-6).
        suffers: 0.33,
      },
      // As long as the standard allows: what arrives is weakest there, and noise does most.
      length: { title: 'from plug to plug', unit: 'm', min: 1, max: 100, default: 100, scale: 'linear' },
    },
    breaks: ({ noise, length }) => ({
      cable: { length },
      apply: ({ cable }) => {
        for (const direction of ['a-to-b', 'b-to-a'] as const) cable.pair(direction).noise = noise
      },
    }),
  }),
  faultFamily({
    name: 'cable-intermittent',
    layer: 'cable',
    side: 'wire',
    title: 'a loose plug',
    symptom: 'the link comes and goes',
    parameters: {
      every: {
        title: 'from one loss of contact to the next, on average',
        unit: 's',
        min: 0.6,
        max: 90,
        default: 3,
        scale: 'log',
        worse: 'lower',
        suffers: 90,
      },
      // The link drops after 50 to 150 ms without a pulse (802.3 14.2.1.7); a shorter gap costs the frame that is under way.
      away: {
        title: 'how long the contact is lost',
        unit: 's',
        min: 0.001,
        max: 2,
        default: 0.3,
        scale: 'log',
        worse: 'higher',
        suffers: 0.05,
      },
    },
    breaks: ({ every, away }) => ({
      movesPlug: true,
      apply: (bench) => intermittent(bench, away, every),
    }),
  }),
] as const
