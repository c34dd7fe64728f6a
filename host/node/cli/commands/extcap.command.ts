import { command } from '../command.js'
import { BOARD_FILE_OPTION, SEED_OPTION } from '../options.js'

export const EXTCAP_COMMAND = command({
  name: 'extcap',
  operands: '',
  minimum: 0,
  maximum: 0,
  summary: 'make boards and their wires interfaces of Wireshark, live',
  options: {
    install: { help: 'put a launcher and the dissectors where Wireshark looks for them' },
    uninstall: { help: 'take them away again' },
    'extcap-interfaces': { help: 'list the interfaces (Wireshark asks)' },
    'extcap-version': { value: 'VERSION', help: 'which Wireshark asks' },
    'extcap-interface': { value: 'NAME', help: 'the interface that is meant: linkpulse, linkpulse-spi …' },
    'extcap-dlts': { help: 'list the link types of an interface' },
    'extcap-config': { help: 'list the settings of an interface' },
    'extcap-capture-filter': { value: 'FILTER', help: 'a capture filter, which is refused: use a display filter' },
    capture: { help: 'capture on an interface' },
    fifo: { value: 'FILE', file: 'output', help: 'where the capture goes, as pcapng' },
    board: {
      value: 'TARGET',
      takes: 'simulated target',
      help: 'the board that is made for the capture: model:BOARD or avr:BOARD (default model:uno)',
    },
    fault: { value: 'LIST', takes: 'fault', help: 'what is broken on it, with spaces between' },
    seed: SEED_OPTION,
    peer: { value: 'host|nothing', takes: ['host', 'nothing'], help: 'what its cable goes to (default host)' },
    activity: {
      value: 'ping|checks|none',
      takes: ['ping', 'checks', 'none'],
      help: 'what goes on: a ping and a question each second (default), the check suite once, nothing',
    },
    'board-file': BOARD_FILE_OPTION,
  },
  notes: [
    'Install it once; from then on Wireshark and tshark list the interfaces: linkpulse (a board that is made for the capture, whose settings are',
    'the gear beside it), and each `linkpulse serve` and `linkpulse net up` of yours that runs, with everything on one, and with frames,',
    'cells of the serial link or SPI transactions alone. For example: tshark -i linkpulse -o extcap.linkpulse.fault:miso-open',
    '',
    'A file can be written without Wireshark: linkpulse extcap --capture --extcap-interface linkpulse --activity checks --fifo checks.pcapng',
    '',
    'Exit status: 0 done, the capture was ended or the activity is over, 2 wrong usage, 3 what is to be captured does not run any more.',
  ],
})
