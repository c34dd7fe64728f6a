import { command } from '../command.js'
import { BOARD_FILE_OPTION, FAULT_OPTION, LOOK_OPTIONS, SEED_OPTION } from '../options.js'

export const SCOPE_COMMAND = command({
  name: 'scope',
  operands: '[TARGET]',
  minimum: 0,
  maximum: 1,
  takes: ['simulated target'],
  summary: 'draw the voltage on a conductor of a simulated board, with what it means',
  options: {
    probe: {
      value: 'NAME',
      multiple: true,
      takes: 'probe',
      commas: true,
      help: 'where to look (default rd); several are drawn one below the other',
    },
    list: { help: 'list the probes and look at none' },
    window: {
      value: 'TIME',
      help: 'how much, as 250us from the trigger on; or 1.5ms..2ms after power-on (default: as suits the first probe)',
    },
    from: { value: 'TIME', help: 'begin so long after the trigger, or before it: --from 12us, --from -1us' },
    frame: { value: 'N', help: 'wait for the Nth frame on rd or td, whether it gets through or not (default 1)' },
    damaged: { help: 'wait for a frame in which noise inverted bits; with --frame N for the Nth' },
    collision: { help: 'wait for a frame that its sender broke off; with --frame N for the Nth' },
    pulse: { help: 'wait for a link test pulse on rd or td' },
    during: {
      value: 'LAYER|ID',
      takes: 'check',
      help: 'run these checks meanwhile (default: something that suits the first probe)',
    },
    'serial-cable': {
      value: 'NAME',
      takes: 'serial cable',
      help: 'three-wire, straight, null-modem or bridged: which of RTS, CTS and the others are connected',
    },
    out: {
      value: 'FILE',
      file: 'output or -',
      takes: { files: ['.svg', '.png', '.csv'] },
      help: 'a picture (.svg, .png) or values (.csv); - or nothing is standard output',
    },
    format: {
      value: 'FORMAT',
      takes: ['svg', 'png', 'csv'],
      help: 'svg, png or csv, where the name of the file does not say',
    },
    rate: { value: 'HZ', help: 'values a second in a .csv file, as 1000000, 1e6 or 1M' },
    ...LOOK_OPTIONS,
    fault: FAULT_OPTION,
    seed: SEED_OPTION,
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'TARGET is model:BOARD or avr:BOARD. Times take ns, us, ms or s; a bare number is microseconds. For example:',
    'linkpulse scope --probe rs232-txd --out txd.png',
    'linkpulse scope --probe spi-cs,spi-sck,spi-si,spi-miso --out spi.svg',
    'linkpulse scope --probe td,rd --fault cable-split-pair --collision --window 20us --out collision.svg',
    'linkpulse scope --probe cts,uart-rxd --serial-cable null-modem --out handshake.svg',
    '',
    'Exit status: 0 something was drawn, 2 wrong usage, 4 the trigger did not happen.',
  ],
})
