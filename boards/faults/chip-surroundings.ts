/** What the chip needs around it, its memory, and its 3.3 V. Clauses: DS39662 and reference 1 (RBIAS, VCAP, magnetics). */
import { SECOND } from '../../firmware/hal/clock.js'
import type { Bench } from './bench.js'
import { faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'

const CHIP = { layer: 'chip', side: 'chip' } as const
const SUPPLY = { layer: 'supply', side: 'board' } as const

/** Bits of a data line, 0 to 7. */
const BIT = { unit: 'count', min: 0, max: 7, scale: 'linear', whole: true } as const

/** Ohms that revisions B5 and B7 want at RBIAS. */
const RBIAS = 2_320
/** What the chip draws while it sends and while it does not, in amperes (DS39662 table 16-2, typical). */
const SENDING = 0.16
const RESTING = 0.12
const RAIL = 3.3
/** Below, the chip resets. */
const ENOUGH = 2.95
/** How long a rail that gave way takes to come back: what the module's capacitors hold. */
const RECOVERY = 20_000

/** What the chip sends arrives at a share of its level, at the partner and at whoever looks. */
function sendsAt({ cable }: Bench, level: number): void {
  cable.pair('a-to-b').level = level
}

/** The chip's rail gives way as it sends: what it has drawn by the end of a frame is gone. */
function sagsWhenSending({ board, cable }: Bench, volts: number): void {
  cable.onFrame(({ direction }) => {
    if (direction === 'a-to-b') board.sagChipSupply(RECOVERY, volts)
  })
}

export const CHIP_SURROUNDING_FAULTS = [
  faultFamily({
    ...CHIP,
    name: 'memory-data-line',
    title: 'a data line of the buffer memory is stuck',
    symptom: 'one bit of every octet of a frame is wrong, and registers are perfect',
    parameters: {
      bit: { ...BIT, title: 'which bit of the octet', default: 3 },
      level: { title: 'what it is stuck at', choices: ['high', 'low'], default: 'high' },
    },
    breaks: ({ bit, level }) => ({ board: { defects: { memoryLines: { data: { bit, high: level === 'high' } } } } }),
  }),
  faultFamily({
    ...CHIP,
    name: 'memory-address-line',
    title: 'an address line of the buffer memory is stuck',
    symptom: 'frames come back with octets of others in them, and registers are perfect',
    parameters: {
      line: {
        title: 'which of the thirteen lines',
        unit: 'count',
        min: 0,
        max: 12,
        default: 5,
        scale: 'linear',
        whole: true,
      },
    },
    breaks: ({ line }) => ({ board: { defects: { memoryLines: { address: line } } } }),
  }),
  faultFamily({
    ...CHIP,
    name: 'memory-lines-touch',
    title: 'two data lines of the buffer memory touch',
    symptom: 'two bits of every octet are equal, and registers are perfect',
    parameters: {
      bit: { ...BIT, title: 'the lower of the two neighbours', max: 6, default: 2 },
    },
    breaks: ({ bit }) => ({ board: { defects: { memoryLines: { bridged: [bit, bit + 1] } } } }),
  }),
  faultFamily({
    ...CHIP,
    name: 'ledb-strap',
    harmless: true,
    side: 'board',
    title: 'LEDB is wired the other way round',
    symptom: 'after a reset the PHY is in full duplex, and a driver that does not set it sees late collisions',
    // DS39662 2.6: the PHY senses how LEDB is wired, and presets PHCON1.PDPXMD by it.
    breaks: () => ({ board: { ledbStrap: 'full' } }),
  }),
  faultFamily({
    ...CHIP,
    name: 'transmit-weak',
    title: 'the chip’s transmitter is weak',
    symptom: 'link here, and none at the partner or nothing that is sent arrives',
    parameters: {
      left: {
        title: 'what is left of the signal',
        unit: '%',
        min: 2,
        max: 90,
        default: 10,
        scale: 'log',
        worse: 'lower',
        suffers: 18,
      },
    },
    breaks: ({ left }) => ({ apply: (bench) => sendsAt(bench, left / 100) }),
  }),
  faultFamily({
    ...CHIP,
    name: 'bias-resistor',
    side: 'board',
    title: 'the resistor at RBIAS has another value',
    symptom: 'what is sent is too weak: over a long cable or with some partners nothing arrives',
    parameters: {
      ohms: {
        title: 'its value, in place of 2.32 kΩ',
        unit: 'Ω',
        min: 2_700,
        max: 47_000,
        default: 23_200,
        scale: 'log',
        worse: 'higher',
        suffers: 13_000,
      },
    },
    // Its current sets the amplitude: as the resistance grows, that falls.
    breaks: ({ ohms }) => ({ apply: (bench) => sendsAt(bench, Math.min(1, RBIAS / ohms)) }),
  }),
  faultFamily({
    ...CHIP,
    name: 'magnetics-open',
    side: 'board',
    title: 'a winding of the module’s transformer is open',
    symptom: 'as with a broken pair, whatever the cable is',
    parameters: { winding: { title: 'which winding', choices: ['receive', 'transmit'], default: 'receive' } },
    breaks: ({ winding }) => ({
      apply: ({ cable }) => {
        cable.pair(winding === 'receive' ? 'b-to-a' : 'a-to-b').open = true
      },
    }),
  }),
  faultFamily({
    ...CHIP,
    name: 'crystal-off',
    side: 'board',
    title: 'the crystal has another frequency than 25 MHz',
    symptom: 'link at both ends, and long frames arrive damaged either way, or all do',
    parameters: {
      // 802.3 14.3.1.2 allows 100 ppm. A frame of 64 octets loses a bit from 14,000 ppm on, one of 1518 from 660 ppm on.
      off: {
        title: 'how far off',
        unit: 'ppm',
        min: -200_000,
        max: 200_000,
        default: -40_000,
        scale: 'linear',
        worse: 'away',
        suffers: 660,
      },
    },
    refuse: ({ off }) => (off === 0 ? 'a crystal that is off by 0 ppm is not broken; take another value' : undefined),
    breaks: ({ off }) => ({
      apply: ({ cable }) => {
        cable.pair('a-to-b').clockOffset = off / 1e6
        cable.pair('b-to-a').clockOffset = -off / 1e6
      },
    }),
  }),
  faultFamily({
    ...CHIP,
    name: 'vcap-missing',
    side: 'board',
    title: 'the capacitor at VCAP is missing',
    symptom: 'registers answer, and the chip resets itself as soon as it sends',
    // Its own 2.5 V regulator wants 10 µF of low ESR there; without, a step of the current takes the core down.
    breaks: () => ({ apply: (bench) => sagsWhenSending(bench, 2) }),
  }),
  faultFamily({
    ...SUPPLY,
    name: 'supply-low',
    title: 'the chip’s 3.3 V are too low',
    symptom: 'every register reads as a floating wire does, and the chip is cold',
    parameters: {
      volts: {
        title: 'the voltage that it has',
        unit: 'V',
        min: 1,
        max: 3.2,
        default: 2.8,
        scale: 'linear',
        worse: 'lower',
        suffers: 2.94,
      },
    },
    breaks: ({ volts }) => ({
      apply: ({ board }) => {
        board.chipFeed = volts
      },
    }),
  }),
  faultFamily({
    ...SUPPLY,
    name: 'supply-weak',
    title: 'the chip’s 3.3 V give way under load',
    symptom:
      'registers are fine, and the chip is reset as soon as it sends: the 3.3 V pin of an Uno has 50 mA, the chip takes 180',
    parameters: {
      // 3.3 V - 160 mA x 2.2 Ω = 2.95 V.
      resistance: {
        title: 'the resistance inside the supply',
        unit: 'Ω',
        min: 0.1,
        max: 20,
        default: 2.5,
        scale: 'log',
        worse: 'higher',
        suffers: 2.2,
      },
    },
    breaks: ({ resistance }) => ({
      apply: (bench) => {
        bench.board.chipFeed = RAIL - RESTING * resistance
        sagsWhenSending(bench, RAIL - SENDING * resistance)
      },
    }),
  }),
  faultFamily({
    ...SUPPLY,
    name: 'supply-ripple',
    title: 'the chip’s 3.3 V ripple',
    symptom: 'the chip is reset many times a second, or works as if nothing were wrong',
    parameters: {
      ripple: {
        title: 'from peak to trough',
        unit: 'V',
        min: 0.05,
        max: 2,
        default: 0.6,
        scale: 'log',
        worse: 'higher',
        suffers: 0.36,
      },
      frequency: { title: 'how often it falls and rises', unit: 'Hz', min: 50, max: 2000, default: 100, scale: 'log' },
    },
    breaks: ({ ripple, frequency }) => ({
      apply: ({ board, lab }) => {
        const trough = RAIL - ripple
        // A triangle between the two: so much of a period is below what the chip needs.
        const below = trough >= ENOUGH ? 0 : (ENOUGH - trough) / ripple
        const period = nanoseconds(1 / frequency)
        const again = () => {
          if (below > 0) board.sagChipSupply(Math.round(below * period), trough)
          lab.clock.after(period, again)
        }
        lab.clock.after(Math.min(period, SECOND), again)
      },
    }),
  }),
  faultFamily({
    name: 'spi-slow',
    layer: 'timing',
    side: 'board',
    title: 'the controller’s SPI clock is far too slow',
    symptom: 'all is right, and a busy network makes the receive buffer run over',
    modes: ['model'],
    parameters: {
      clock: {
        title: 'the frequency of SCK',
        unit: 'Hz',
        min: 20_000,
        max: 4_000_000,
        default: 125_000,
        scale: 'log',
        worse: 'lower',
        suffers: 400_000,
      },
    },
    breaks: ({ clock }) => ({ board: { spiClock: clock } }),
  }),
] as const
