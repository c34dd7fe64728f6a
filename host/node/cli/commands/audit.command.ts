import { command } from '../command.js'

const CHANNEL = { value: 'CHANNEL' } as const

export const AUDIT_COMMAND = command({
  name: 'audit',
  operands: 'FILE',
  minimum: 1,
  maximum: 1,
  takes: [{ files: ['.sr', '.vcd', '.csv'] }],
  summary: 'hold a logic analyser’s recording of a real chip against the data sheet and the model',
  options: {
    cs: { ...CHANNEL, help: 'which channel is chip select (default: guessed)' },
    sck: { ...CHANNEL, help: 'which channel is the clock of the SPI' },
    mosi: { ...CHANNEL, help: 'which channel is what the controller sends, SI of the chip' },
    miso: { ...CHANNEL, help: 'which channel is what the chip sends, its SO' },
    int: { ...CHANNEL, help: 'which channel is INT' },
    uart: { ...CHANNEL, multiple: true, help: 'read the UART on this channel instead; may be given more than once' },
    baud: { value: 'RATE', help: 'its rate (default: measured by its edges)' },
    format: { value: 'FORMAT', help: 'its data bits and parity: 8N1, 7E1 (default: guessed)' },
    json: { help: 'print JSON' },
    capture: {
      value: 'FILE',
      file: 'output',
      takes: { files: ['.pcapng'] },
      help: 'write the frames received and sent as pcapng, for Wireshark',
    },
  },
  notes: [
    'FILE is a sigrok session (.sr), VCD, or CSV as sigrok-cli, Saleae Logic 2 or DSView export it. The SPI of an ENC28J60 is replayed on',
    'the model at its times; where there is none, UARTs are read. A CHANNEL is its name, or D0, D1 and so on in their order.',
    '',
    'For example: linkpulse audit ping.sr --cs D0 --sck D1 --mosi D2 --miso D3 --capture ping.pcapng',
    '',
    'Exit status: 0 nothing is wrong, 1 the driver breaks a rule, wires have trouble or something differs unexplained, 2 wrong usage or a',
    'file that cannot be read.',
  ],
})
