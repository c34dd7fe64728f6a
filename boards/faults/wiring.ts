/** Wires between controller and chip. */
import type { Fault } from './fault.js'

export const WIRING_FAULTS = [
  {
    name: 'miso-open',
    layer: 'wiring',
    title: 'MISO is open',
    symptom: 'every register reads FFh, and yet the INT pin follows what is written',
    apply: ({ board }) => {
      board.wires.misoOpen = true
    },
  },
  {
    name: 'cs-stuck-high',
    layer: 'wiring',
    title: 'chip select never falls',
    symptom: 'every register reads FFh, and nothing that is written has any effect',
    apply: ({ board }) => {
      board.wires.csStuckHigh = true
    },
  },
  {
    name: 'cs-stuck-low',
    layer: 'wiring',
    title: 'chip select is shorted to ground',
    symptom: 'the chip takes everything as one endless command: reads never change',
    apply: ({ board }) => {
      board.wires.csStuckLow = true
    },
  },
  {
    name: 'mosi-miso-swapped',
    layer: 'wiring',
    title: 'MOSI and MISO are exchanged',
    symptom: 'every register reads FFh, and nothing that is written has any effect',
    apply: ({ board }) => {
      board.wires.mosiMisoSwapped = true
    },
  },
  {
    name: 'int-open',
    layer: 'wiring',
    title: 'INT is open',
    symptom: 'registers are fine, but the INT input never falls and frames are served late',
    apply: ({ board }) => {
      board.wires.intOpen = true
    },
  },
  {
    name: 'spi-noise',
    layer: 'wiring',
    title: 'the SPI wires are too long',
    symptom: 'single bits are wrong now and then, in registers and in memory',
    apply: ({ board }) => {
      board.wires.bitErrorRate = 1e-4
    },
  },
] as const satisfies readonly Fault[]
