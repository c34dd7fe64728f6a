/** Wires between controller and chip. */
import { faultFamily } from './fault.js'

export const WIRING_FAULTS = [
  faultFamily({
    name: 'miso-open',
    layer: 'wiring',
    side: 'wire',
    title: 'MISO is open',
    symptom: 'every register reads FFh, and yet the INT pin follows what is written',
    breaks: () => ({
      apply: ({ board }) => {
        board.wires.misoOpen = true
      },
    }),
  }),
  faultFamily({
    name: 'cs-stuck-high',
    layer: 'wiring',
    side: 'wire',
    title: 'chip select never falls',
    symptom: 'every register reads FFh, and nothing that is written has any effect',
    breaks: () => ({
      apply: ({ board }) => {
        board.wires.csStuckHigh = true
      },
    }),
  }),
  faultFamily({
    name: 'cs-stuck-low',
    layer: 'wiring',
    side: 'wire',
    title: 'chip select is shorted to ground',
    symptom: 'the chip takes everything as one endless command: reads never change',
    breaks: () => ({
      apply: ({ board }) => {
        board.wires.csStuckLow = true
      },
    }),
  }),
  faultFamily({
    name: 'mosi-miso-swapped',
    layer: 'wiring',
    side: 'wire',
    title: 'MOSI and MISO are exchanged',
    symptom: 'every register reads FFh, and nothing that is written has any effect',
    breaks: () => ({
      apply: ({ board }) => {
        board.wires.mosiMisoSwapped = true
      },
    }),
  }),
  faultFamily({
    name: 'int-open',
    layer: 'wiring',
    side: 'wire',
    title: 'INT is open',
    symptom: 'registers are fine, but the INT input never falls and frames are served late',
    breaks: () => ({
      apply: ({ board }) => {
        board.wires.intOpen = true
      },
    }),
  }),
  faultFamily({
    name: 'spi-noise',
    layer: 'wiring',
    side: 'wire',
    title: 'the SPI wires are too long',
    symptom: 'single bits are wrong now and then, in registers and in memory',
    parameters: {
      rate: {
        title: 'the chance of a bit to be read wrong',
        unit: 'share',
        min: 1e-7,
        max: 0.01,
        default: 1e-4,
        scale: 'log',
        worse: 'higher',
        // An echo of 56 octets crosses SPI with some 2,500 bits: one ping of a hundred is hit.
        suffers: 4e-6,
      },
    },
    breaks: ({ rate }) => ({
      apply: ({ board }) => {
        board.wires.bitErrorRate = rate
      },
    }),
  }),
] as const
