/** Who is at a serial port. */
import { counted } from './counted.js'
import { times } from './times.js'

export interface AtPort {
  readonly port: string
}

export interface ForBoard extends AtPort {
  readonly board: string
}

export const PORT_WORDS = {
  'port.who.bridge': 'a bridge board of ours',
  'port.who.boot-loader': 'an Arduino boot loader (it answers STK500)',
  'port.who.nmea': 'a GPS receiver, or something else that speaks NMEA 0183',
  'port.who.modem': 'a modem that takes AT commands',
  'port.who.login': 'a login prompt: the console of a computer',
  'port.who.sketch': 'a program that prints text, as an Arduino sketch does',
  'port.who.loopback': 'a loopback: what is sent comes back, TXD and RXD are joined',
  'port.who.another-rate': 'something that talks at another rate or in another format than those listened for',
  'port.who.inverted': 'a line that is upside down: RS-232 levels at TTL pins, or TTL at an RS-232 port',
  'port.who.noise': 'noise: octets without a pause, as on a line whose ground is missing',
  'port.who.swapped': 'nobody on the wire that is listened to, as where TX and RX are swapped',
  'port.who.silence': 'silence: nobody speaks',
  'port.who.no-permission': 'no permission to open the port',
  'port.who.busy': 'the port is busy: another program has it open',
  'port.who.missing': 'there is no such port',
  'port.who.vanished': 'the port is gone',
  'port.who.not-a-port': 'not a serial port',
  'port.who.unopened': 'the port could not be opened',

  'port.heard.refused': ({ reason }: { readonly reason: string }) => `${reason}.`,
  'port.heard.nothing': ({ seconds }: { readonly seconds: string }) => `Not one octet came in ${seconds} s.`,
  'port.heard.no-answer': ({ count }: { readonly count: number }) =>
    `Nothing answered, though it was asked ${times(count)}.`,
  'port.heard.rests-low': 'The line rests low, where a line at rest is high: nobody drives it, or it is upside down.',
  'port.heard.alive':
    'The control circuits are on, so somebody with power is at the other end: it is the data wires that do not meet.',
  'port.heard.cells': ({ cells }: { readonly cells: number }) =>
    `${counted(cells, 'cell')} of the serial link, both checks right.`,
  'port.heard.own-cells': ({ cells }: { readonly cells: number }) =>
    `${counted(cells, 'cell')} of this computer came back: nobody else speaks like that.`,
  'port.heard.session': ({
    board,
    firmware,
    version,
  }: {
    readonly board: string
    readonly firmware: string
    readonly version: number
  }) => `It calls itself ${board === '' ? 'nothing' : board}, with firmware ${firmware}, session version ${version}.`,
  'port.heard.version': 'That is not the session version of this linkpulse.',
  'port.heard.nmea': ({ count, addresses }: { readonly count: number; readonly addresses: string }) =>
    `${counted(count, 'NMEA sentence')} with a checksum that holds: ${addresses}.`,
  'port.heard.login': 'It asks for a name or a password.',
  'port.heard.modem-answer': ({ answer }: { readonly answer: string }) => `It answers AT with ${answer}.`,
  'port.heard.modem': ({ words }: { readonly words: string }) => `It says what modems say: ${words}.`,
  'port.heard.text': ({ octets }: { readonly octets: number }) => `${counted(octets, 'octet')} of text came.`,
  'port.heard.own': ({ octets }: { readonly octets: number }) =>
    `What was sent came back, ${counted(octets, 'octet')}, and nothing else.`,
  'port.heard.echoes': 'A modem in its command mode, or a shell, gives back what it is told as well.',
  'port.heard.in-sync': 'It answers GET_SYNC of STK500 with 14 10: in sync.',
  'port.heard.signature': ({ signature }: { readonly signature: string }) =>
    `Its controller’s signature is ${signature}.`,
  'port.heard.garbled': ({ octets, rates }: { readonly octets: number; readonly rates: string }) =>
    `${counted(octets, 'octet')} came, in no language that is known, listened for at ${rates} baud.`,
  'port.heard.framing': ({ framing, breaks }: { readonly framing: number; readonly breaks: number }) =>
    `The port counted ${counted(framing, 'framing error')} and ${counted(breaks, 'break')}.`,
  'port.heard.low-at-rest':
    'The line rests low, where it is high between two characters: nearly all of what a slow receiver sees of it ends in zeros.',
  'port.heard.upright': ({ text }: { readonly text: string }) => `Turned the other way up it says “${text}”.`,
  'port.heard.no-rate': 'None of the common rates makes sense of it, so that it may be the levels and not the rate.',
  'port.heard.hum': 'Octets come in step with the mains, a hundred or so a second.',
  'port.heard.other-rate': ({ rate, first }: { readonly rate: number; readonly first: number }) =>
    `Another rate: it speaks at ${rate} baud, and ${first} was listened at first.`,
  'port.heard.parity': ({ framing }: { readonly framing: string }) =>
    `Another format: it sends ${framing}, and 8N1 was listened for.`,
  'port.heard.parity-bit':
    'Every octet makes sense, and many lack their stop bit: it sends a parity bit (8E1 or 8O1), and 8N1 was listened for.',

  'port.session': ({ who, said }: { readonly who: string; readonly said: string }) =>
    `no session came about: ${who}${said === '' ? '' : `; it said “${said}”`}`,
  'port.is': ({ who }: { readonly who: string }) => `At the port there is ${who}.`,
  'port.said': ({ said }: { readonly said: string }) => `It said: ${said}`,
  'port.no-other-rate': 'it is known who is at the port, and it is no board of ours',

  'port.next.bridge': ({ port }: AtPort) => `linkpulse check ${port}`,
  'port.next.bridge-old': ({ port, board }: ForBoard) =>
    `Give it the firmware of this version, then check it: linkpulse flash ${board} ${port}`,
  'port.next.boot-loader': ({ port, board }: ForBoard) => `No bridge firmware: linkpulse flash ${board} ${port}`,
  'port.next.sketch': ({ port, board }: ForBoard) =>
    `No bridge firmware: linkpulse flash ${board} ${port} (it takes the place of the program that is there)`,
  'port.next.nmea':
    'This is no board of ours. Look for the board at another port: linkpulse ports, before and after it is plugged in.',
  'port.next.modem':
    'This is no board of ours. Look for the board at another port: linkpulse ports, before and after it is plugged in.',
  'port.next.login':
    'This is a computer that waits for somebody to log in, and no board of ours: do not flash it. Look for the board at another port: linkpulse ports.',
  'port.next.loopback':
    'Take away the plug or jumper that joins TXD and RXD. If there is none, the two wires touch: look at the plug, and measure between them with the cable unplugged.',
  'port.next.another-rate': ({ port }: AtPort) =>
    `If you know the rate it talks at, name it: linkpulse doctor ${port}@RATE. A board with another crystal than its firmware was built for talks like this as well: flash it again. See that GND of both ends is joined.`,
  'port.next.inverted':
    'Stop before something is destroyed: RS-232 has up to ±15 V, the pins of a board stand 5 V. A DE-9 connector needs a level converter (MAX232); a board wants a USB adapter with TTL pins.',
  'port.next.noise':
    'Connect GND of the board with GND of the adapter, with a wire of its own beside TXD and RXD. Then look again.',
  'port.next.swapped':
    'Exchange the wires TXD and RXD at one end: nothing breaks by it. Between two DE-9 sockets use a null-modem cable. Then look again.',
  'port.next.silence':
    'See whether the board’s power LED is lit; try another USB cable (many carry power only) and another socket, and make sure this is the right port: linkpulse ports. If its supply is there, TX and RX may be swapped: exchange the two wires at one end.',
  'port.next.ask': ({ port }: AtPort) => `Ask it as well: linkpulse doctor ${port} --probe`,

  'port.probe.cell': ({ rates }: { readonly rates: string }) =>
    `the cell of 64 octets that opens a session with a bridge board, at ${rates} baud`,
  'port.probe.attention':
    'an empty line and “AT” with a carriage return, at 115200 and 9600 baud: a login prompt and a modem answer them',
  'port.probe.boot-loader':
    'GET_SYNC of STK500 (30 20), at 115200 and 57600 baud, each time after a pulse on DTR and RTS, which restarts an Arduino',
} as const
