/** The chip, and what it needs around it. */
import { faultFamily } from './fault.js'

export const CHIP_FAULTS = [
  faultFamily({
    name: 'crystal-missing',
    layer: 'chip',
    side: 'chip',
    title: 'the 25 MHz crystal is missing',
    symptom: 'ETH registers answer, CLKRDY never comes, and the PHY is dead',
    breaks: () => ({
      board: { crystal: false },
    }),
  }),
  faultFamily({
    name: 'wrong-revision',
    layer: 'chip',
    side: 'chip',
    title: 'silicon B1 on an SPI clock below 8 MHz',
    symptom: 'MAC and MII registers read wrong now and then, ETH registers never (erratum 1)',
    // The one board of the catalogue that cannot clock SPI at 8 MHz.
    boards: ['promini'],
    breaks: () => ({
      board: { revision: 'B1' },
    }),
  }),
  faultFamily({
    name: 'buffer-memory-bad',
    layer: 'chip',
    side: 'chip',
    title: 'a bit of the buffer memory is stuck',
    symptom: 'long frames come back with one bit wrong, short ones are fine, and registers are perfect',
    parameters: {
      // By default in the middle of the receive FIFO of every driver that begins it at 0000h.
      address: {
        title: 'where in the 8 KB',
        unit: 'address',
        min: 0,
        max: 0x1fff,
        default: 0x0400,
        scale: 'linear',
        whole: true,
      },
      bit: { title: 'which bit of the octet', unit: 'count', min: 0, max: 7, default: 5, scale: 'linear', whole: true },
      level: { title: 'what it is stuck at', choices: ['high', 'low'], default: 'high' },
    },
    breaks: ({ address, bit, level }) => ({
      board: { defects: { memory: { address, bit, high: level === 'high' } } },
    }),
  }),
  faultFamily({
    name: 'phy-dead',
    layer: 'chip',
    side: 'chip',
    title: 'the PHY is dead',
    symptom: 'ETH and MAC registers are perfect, PHY registers read 0000h, and there is no link',
    breaks: () => ({
      board: { defects: { phyDead: true } },
    }),
  }),
] as const
