/** The serial line between host and board. */
import type { Fault } from './fault.js'

/** What the board's firmware was set to, when this computer believes something else. */
const OTHER_RATES = [115_200, 500_000] as const

export const SERIAL_FAULTS = [
  {
    name: 'serial-noise',
    layer: 'serial',
    title: 'noise on the serial line flips bits',
    symptom: 'cells arrive with wrong checks and are sent again; everything is slower, nothing is wrong',
    apply: ({ board }) => board.uart.setFaults({ bitErrorRate: 2e-4 }),
  },
  {
    name: 'baud-off-6-percent',
    layer: 'serial',
    title: 'the board’s baud rate is 6 % too fast',
    symptom: 'octets arrive with framing errors and wrong bits; no session comes about',
    apply: ({ board }) => {
      // A wrong crystal or a wrong F_CPU: 6 % is beyond the 4.6 % that 16-fold sampling of ten bits can bear (reference 22).
      board.uart.b.clockError = 0.06
    },
  },
  {
    name: 'serial-wrong-baud',
    layer: 'serial',
    title: 'the board talks at another baud rate than this computer was told',
    symptom: 'not one cell is understood either way; at another rate the board answers at once',
    apply: ({ board }) => {
      const { baud } = board.definition.serial
      const other = OTHER_RATES.find((rate) => rate !== baud) ?? baud
      board.uart.b.clockError = other / baud - 1
    },
  },
  {
    name: 'serial-drops',
    layer: 'serial',
    title: 'octets are lost on the serial line',
    symptom: 'cells arrive short, delineation is lost and found again; everything is slower, nothing is wrong',
    apply: ({ board }) => board.uart.setFaults({ dropRate: 1e-3 }),
  },
] as const satisfies readonly Fault[]
