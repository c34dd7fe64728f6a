/** One wire between controller and chip: open, or short to a rail. */
import type { SpiHarness, SpiWire } from '../spi/spi-harness.js'
import { type Fault, faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'

/** A fault of the wires that is there from the beginning, and has no measure. */
export function wired<const Name extends string>(
  name: Name,
  title: string,
  symptom: string,
  damage: (harness: SpiHarness) => void,
): Fault<Name, never> {
  return faultFamily({
    name,
    layer: 'wiring',
    side: 'wire',
    title,
    symptom,
    breaks: () => ({ apply: ({ board }) => damage(board.wires.harness) }),
  })
}

const stuck = (wire: SpiWire, high: boolean) => (harness: SpiHarness) => harness.stick(wire, high)

export const SINGLE_WIRE_FAULTS = [
  wired(
    'miso-stuck-low',
    'MISO is shorted to ground',
    'every register reads 00h, and yet INT follows what is written',
    stuck('miso', false),
  ),
  wired(
    'miso-stuck-high',
    'MISO is shorted to its supply',
    'every register reads FFh, and yet INT follows what is written',
    stuck('miso', true),
  ),
  faultFamily({
    name: 'mosi-open',
    layer: 'wiring',
    side: 'wire',
    title: 'MOSI is open',
    symptom:
      'whatever is asked, the chip takes it for a read of register 00h, and nothing that is written has any effect',
    parameters: { floats: { title: 'what the chip’s input drifts to', choices: ['low', 'high'], default: 'low' } },
    breaks: ({ floats }) => ({ apply: ({ board }) => board.wires.harness.open('mosi', floats === 'high') }),
  }),
  wired(
    'mosi-stuck-low',
    'MOSI is shorted to ground',
    'whatever is asked, the chip takes it for a read of register 00h',
    stuck('mosi', false),
  ),
  wired(
    'mosi-stuck-high',
    'MOSI is shorted to its supply',
    'whatever is asked, the chip takes it for a reset and does nothing else',
    stuck('mosi', true),
  ),
  wired(
    'sck-open',
    'SCK is open',
    'every register reads as a floating wire does, and nothing that is written has any effect',
    (harness) => harness.open('sck'),
  ),
  wired(
    'sck-stuck-low',
    'SCK is shorted to ground',
    'every register reads as a floating wire does, and nothing that is written has any effect',
    stuck('sck', false),
  ),
  wired(
    'sck-stuck-high',
    'SCK is shorted to its supply',
    'every register reads as a floating wire does, and nothing that is written has any effect',
    stuck('sck', true),
  ),
  faultFamily({
    name: 'cs-open',
    layer: 'wiring',
    side: 'wire',
    title: 'chip select is open',
    symptom: 'the chip is deaf, or hears everything, as its input drifts',
    // Pulled up inside the chip (DS39662 table 1-1), unless leakage or a wet board says otherwise.
    parameters: { floats: { title: 'what the chip’s input drifts to', choices: ['high', 'low'], default: 'high' } },
    breaks: ({ floats }) => ({ apply: ({ board }) => board.wires.harness.open('cs', floats === 'high') }),
  }),
  wired(
    'int-stuck-low',
    'INT is shorted to ground',
    'registers are fine, and the controller sees an interrupt that never ends',
    stuck('int', false),
  ),
  wired(
    'int-stuck-high',
    'INT is shorted to its supply',
    'registers are fine, but the INT input never falls and frames are served late',
    stuck('int', true),
  ),
  wired(
    'reset-held',
    'RESET of the chip is shorted to ground',
    'every register reads as a floating wire does, although all wires of SPI are sound',
    stuck('reset', false),
  ),
  faultFamily({
    name: 'reset-glitch',
    layer: 'wiring',
    side: 'wire',
    title: 'RESET of the chip picks up spikes',
    symptom: 'works for a while, then registers are back at their reset values and nothing is received',
    parameters: {
      every: {
        title: 'from one spike to the next',
        unit: 's',
        min: 0.2,
        max: 90,
        default: 2,
        scale: 'log',
        worse: 'lower',
        suffers: 90,
      },
      // Shorter than 400 ns is filtered out (DS39662 table 16-3).
      length: {
        title: 'how long it is low',
        unit: 's',
        min: 100e-9,
        max: 0.001,
        default: 10e-6,
        scale: 'log',
        worse: 'higher',
        suffers: 400e-9,
      },
    },
    breaks: (values) => ({
      apply: ({ board, lab }) => {
        const { harness } = board.wires
        const spike = () => {
          harness.drive('reset', false)
          lab.clock.after(nanoseconds(values.length), () => harness.drive('reset', true))
          lab.clock.after(nanoseconds(values.every), spike)
        }
        lab.clock.after(nanoseconds(values.every), spike)
      },
    }),
  }),
  faultFamily({
    name: 'spi-wire-loose',
    layer: 'wiring',
    side: 'wire',
    title: 'a wire of SPI has a loose contact',
    symptom: 'it works, and every few seconds registers read nonsense for a moment',
    parameters: {
      wire: { title: 'which wire', choices: ['miso', 'mosi', 'sck', 'cs'], default: 'miso' },
      every: {
        title: 'from one loss of contact to the next',
        unit: 's',
        min: 0.1,
        max: 90,
        default: 1,
        scale: 'log',
        worse: 'lower',
        suffers: 90,
      },
      away: {
        title: 'how long the contact is lost',
        unit: 's',
        min: 1e-6,
        max: 0.5,
        default: 0.005,
        scale: 'log',
        worse: 'higher',
        suffers: 1e-6,
      },
    },
    breaks: (values) => ({
      apply: ({ board, lab }) => {
        const { harness } = board.wires
        const lose = () => {
          harness.open(values.wire)
          lab.clock.after(nanoseconds(values.away), () => harness.mend(values.wire))
          lab.clock.after(nanoseconds(values.away + values.every), lose)
        }
        lab.clock.after(nanoseconds(values.every), lose)
      },
    }),
  }),
] as const
