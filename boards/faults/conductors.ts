/** Single conductors and pairs of the cable, each in one direction. The board is at end a: what it receives goes b to a. */
import type { Direction } from '../ethernet/cable.js'
import { type Colour, STRAIGHT_WIRING, swapPins, T568B } from '../ethernet/wiring.js'
import { type Fault, faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'

const LONG = { title: 'from plug to plug', unit: 'm', min: 1, max: 100, default: 100, scale: 'linear' } as const

/** Noise on one pair. */
function noisy<const Name extends string>(
  name: Name,
  direction: Direction,
  title: string,
  symptom: string,
): Fault<Name, 'noise' | 'length'> {
  return faultFamily({
    name,
    layer: 'cable',
    side: 'wire',
    title,
    symptom,
    parameters: {
      noise: {
        title: 'noise at the receiver, rms in 10 MHz of bandwidth',
        unit: 'V',
        min: 0.1,
        max: 0.8,
        default: 0.42,
        scale: 'linear',
        worse: 'higher',
        suffers: 0.34,
      },
      length: LONG,
    },
    breaks: ({ noise, length }) => ({
      cable: { length },
      apply: ({ cable }) => {
        cable.pair(direction).noise = noise
      },
    }),
  })
}

/** Contacts that let through little. */
function weak<const Name extends string>(
  name: Name,
  direction: Direction,
  title: string,
  symptom: string,
): Fault<Name, 'left'> {
  return faultFamily({
    name,
    layer: 'cable',
    side: 'wire',
    title,
    symptom,
    parameters: {
      // 2.5 V are sent, and a receiver takes nothing under 300 to 585 mV (802.3 14.3.1.3.2).
      left: {
        title: 'what is left of the signal',
        unit: '%',
        min: 2,
        max: 90,
        default: 10,
        scale: 'log',
        worse: 'lower',
        suffers: 20,
      },
    },
    breaks: ({ left }) => ({
      apply: ({ cable }) => {
        cable.pair(direction).level = left / 100
      },
    }),
  })
}

function loose<const Name extends string>(
  name: Name,
  direction: Direction,
  title: string,
  symptom: string,
): Fault<Name, 'every' | 'away'> {
  return faultFamily({
    name,
    layer: 'cable',
    side: 'wire',
    title,
    symptom,
    parameters: {
      every: {
        title: 'from one loss of contact to the next',
        unit: 's',
        min: 0.1,
        max: 90,
        default: 2,
        scale: 'log',
        worse: 'lower',
        suffers: 90,
      },
      away: {
        title: 'how long the contact is lost',
        unit: 's',
        min: 1e-5,
        max: 2,
        default: 0.3,
        scale: 'log',
        worse: 'higher',
        suffers: 1e-5,
      },
    },
    breaks: ({ every, away }) => ({
      apply: ({ cable, lab }) => {
        const pair = cable.pair(direction)
        const lose = () => {
          pair.open = true
          lab.clock.after(nanoseconds(away), () => {
            pair.open = false
          })
          lab.clock.after(nanoseconds(away + every), lose)
        }
        lab.clock.after(nanoseconds(every), lose)
      },
    }),
  })
}

const IN_USE = ['1', '2', '3', '6'] as const
const SWAPS = ['1-2', '3-6', '2-3', '1-3', '1-6', '2-6'] as const

export const CONDUCTOR_FAULTS = [
  faultFamily({
    name: 'tx-pair-reversed',
    layer: 'cable',
    side: 'wire',
    title: 'the wires of the transmit pair are exchanged, and the partner does not put them right',
    symptom: 'link here, and none at the partner or nothing that is sent arrives',
    breaks: () => ({
      peer: { correctsPolarity: false },
      apply: ({ cable }) => {
        cable.pair('a-to-b').inverted = true
      },
    }),
  }),
  faultFamily({
    name: 'cable-wire-open',
    layer: 'cable',
    side: 'wire',
    title: 'one conductor of the cable is broken',
    symptom: 'link at one end only; a tester finds which pin',
    parameters: {
      // 10BASE-T uses four of the eight (802.3 14.5.1).
      pin: {
        title: 'the pin of the plug',
        choices: ['1', '2', '3', '4', '5', '6', '7', '8'],
        default: '3',
        suffers: IN_USE,
      },
    },
    breaks: ({ pin }) => ({
      peer: { jack: 'MDI-X' },
      cable: { wiring: { ...STRAIGHT_WIRING, broken: [T568B[Number(pin) - 1] as Colour] } },
    }),
  }),
  faultFamily({
    name: 'cable-wires-swapped',
    layer: 'cable',
    side: 'wire',
    title: 'two conductors are exchanged in one plug',
    symptom: 'no link, or link at one end; a tester finds two pins exchanged',
    // Both ends of a pair exchanged is what most receivers put right; the ENC28J60 does not, on the way to it.
    parameters: {
      pins: {
        title: 'the pins of the plug',
        choices: SWAPS,
        default: '2-3',
        suffers: ['3-6', '2-3', '1-3', '1-6', '2-6'],
      },
    },
    breaks: ({ pins }) => {
      const [one, other] = pins.split('-').map(Number)
      return { peer: { jack: 'MDI-X' }, cable: { wiring: { a: T568B, b: swapPins(T568B, one, other) } } }
    },
  }),
  noisy(
    'rx-noise',
    'b-to-a',
    'noise on the receive pair flips bits',
    'link is up, frames arrive with a wrong FCS, and what is sent arrives',
  ),
  noisy(
    'tx-noise',
    'a-to-b',
    'noise on the transmit pair flips bits',
    'link is up, frames arrive well, and some of what is sent never arrives',
  ),
  weak(
    'rx-pair-weak',
    'b-to-a',
    'the contacts of the receive pair are corroded',
    'no link here, or a link over which nothing comes',
  ),
  weak(
    'tx-pair-weak',
    'a-to-b',
    'the contacts of the transmit pair are corroded',
    'link here, and nothing that is sent arrives',
  ),
  loose(
    'rx-pair-loose',
    'b-to-a',
    'a contact of the receive pair is loose',
    'the link here comes and goes, or frames are cut short',
  ),
  loose(
    'tx-pair-loose',
    'a-to-b',
    'a contact of the transmit pair is loose',
    'the link here stays, and the partner’s comes and goes',
  ),
  faultFamily({
    name: 'cable-bursts',
    layer: 'cable',
    side: 'wire',
    title: 'a dimmer or motor beside the cable',
    symptom: 'some frames arrive with a wrong FCS, long ones more often, in step with the mains',
    parameters: {
      length: {
        title: 'of each burst',
        unit: 's',
        min: 10e-6,
        max: 0.005,
        default: 0.001,
        scale: 'log',
        worse: 'higher',
        suffers: 100e-6,
      },
      every: {
        title: 'from one burst to the next',
        unit: 's',
        min: 0.005,
        max: 1,
        default: 0.01,
        scale: 'log',
        worse: 'lower',
        suffers: 1,
      },
      noise: {
        title: 'noise at the receivers, rms in 10 MHz of bandwidth',
        unit: 'V',
        min: 0.3,
        max: 3,
        default: 1.5,
        scale: 'log',
        worse: 'higher',
        suffers: 0.5,
      },
    },
    breaks: ({ length, every, noise }) => ({
      apply: ({ cable, lab }) => {
        const pairs = [cable.pair('a-to-b'), cable.pair('b-to-a')]
        const burst = () => {
          for (const pair of pairs) pair.noise += noise
          lab.clock.after(nanoseconds(length), () => {
            for (const pair of pairs) pair.noise -= noise
          })
          lab.clock.after(nanoseconds(every), burst)
        }
        lab.clock.after(nanoseconds(every), burst)
      },
    }),
  }),
] as const
