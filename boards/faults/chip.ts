/** The chip, and what it needs around it. */
import type { Fault } from './fault.js'

export const CHIP_FAULTS = [
  {
    name: 'crystal-missing',
    layer: 'chip',
    title: 'the 25 MHz crystal is missing',
    symptom: 'ETH registers answer, CLKRDY never comes, and the PHY is dead',
    board: { crystal: false },
  },
  {
    name: 'wrong-revision',
    layer: 'chip',
    title: 'silicon B1 on an SPI clock below 8 MHz',
    symptom: 'MAC and MII registers read wrong now and then, ETH registers never (erratum 1)',
    // The one board of the catalogue that cannot clock SPI at 8 MHz.
    boards: ['promini'],
    board: { revision: 'B1' },
  },
  {
    name: 'buffer-memory-bad',
    layer: 'chip',
    title: 'a bit of the buffer memory is stuck',
    symptom: 'long frames come back with one bit wrong, short ones are fine, and registers are perfect',
    // In the middle of the receive FIFO of every driver that begins it at 0000h.
    board: { defects: { memory: { address: 0x0400, bit: 5, high: true } } },
  },
  {
    name: 'phy-dead',
    layer: 'chip',
    title: 'the PHY is dead',
    symptom: 'ETH and MAC registers are perfect, PHY registers read 0000h, and there is no link',
    board: { defects: { phyDead: true } },
  },
] as const satisfies readonly Fault[]
