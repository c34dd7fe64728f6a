import { command } from '../command.js'
import { SEED_OPTION } from '../options.js'
import { ADDRESS } from './net/wire-options.js'

export const DEMO_COMMAND = command({
  name: 'demo',
  operands: '[NAME...]',
  minimum: 0,
  maximum: 12,
  summary: 'show an application of the article, client and server, layer by layer, and keep a capture of it',
  options: {
    capture: {
      value: 'FILE',
      file: 'output',
      takes: { files: ['.pcapng'] },
      help: 'where the frames go as pcapng, with the keys of TLS (default demo-NAME.pcapng)',
    },
    board: {
      value: 'BOARD',
      help: 'the server is on this board (default: on another host): uno, or avr:uno, whose firmware bridges the chip to a stack at the serial port',
    },
    tap: {
      value: 'NAME',
      help: "the client is somebody else's: the server waits for it on this TAP device of the kernel, until Ctrl-C",
    },
    address: { ...ADDRESS, help: "the server's address on the TAP device, as 10.9.0.2/24 (the default)" },
    for: { value: 'SECONDS', help: 'with --tap: end after so much time' },
    impair: {
      value: 'LIST',
      help: 'what a box on the way does to the frames, for example loss=5,delay=10 (percent, ms): loss, duplicate, reorder, corrupt, mark, delay, jitter',
    },
    octets: { help: 'the first exchange of the application, octet by octet, and which layer has put what there' },
    quiet: { short: 'q', help: 'without the packets: what the application says, and what each layer had of it' },
    seed: SEED_OPTION,
  },
  notes: [
    'Without a name it lists the demos: http, https, http2, websocket, ftp, telnet, ssh, smtp, pop3, mqtt, dns and ntp. Client and server are programs of Node’s on two hosts of a',
    'lab, with 10BASE-T between them. Each line has its time in seconds and its layer: 7 application, 6 presentation, 5 session, 4 transport (states of',
    'TCP), and what is sent and received. Where SSLKEYLOGFILE is set, the keys of TLS are added to that file too. ssh needs the package ssh2.',
    '',
    'For a client of your own (Linux, root): sudo linkpulse demo http --tap lp0, and then what it tells you to type. With --tap',
    'there may be several at once, each on its port: sudo linkpulse demo http ftp ssh --tap lp0',
    '',
    'Exit status: 0 done, 1 the application failed, 2 wrong usage.',
  ],
})
