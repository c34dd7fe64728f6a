/** What `linkpulse audit` says of a recording. */
import { counted } from './counted.js'

export const AUDIT_WORDS = {
  'audit.recording': ({ file, channels, seconds, changes }: AuditedRecording) =>
    `${file}: ${counted(channels, 'channel')}, ${seconds} s, ${counted(changes, 'change')} of level`,
  'audit.guessed': ({ list }: { readonly list: string }) =>
    `${list} (guessed; where this is wrong, name them: --cs, --sck, --mosi, --miso)`,
  'audit.spi': ({ transactions, octets, megahertz }: AuditedSpi) =>
    `${counted(transactions, 'transaction')}, ${counted(octets, 'octet')}, SCK at ${megahertz} MHz at most`,
  'audit.revision': ({ revision }: { readonly revision: string }) => `silicon revision ${revision}`,
  'audit.no-revision': ({ model }: { readonly model: string }) =>
    `the driver never asks for the silicon revision: held against ${model}`,
  'audit.not-set-up':
    'The recording begins after the driver has set the chip up: only what needs no past is judged. Record from the reset on.',
  'audit.misuse': 'What the driver does against the data sheet:',
  'audit.no-misuse': 'What the driver does against the data sheet: nothing.',
  'audit.rule': ({ count, rule, source, at, example }: MisuseInWords) =>
    `${count} × ${rule} [${source}]; first at ${at} ms: ${example}`,
  'audit.differences': 'Where the chip answers otherwise than the model:',
  'audit.no-differences': 'Where the chip answers otherwise than the model: nowhere.',
  'audit.difference': ({ count, where, at, values, meaning }: AnsweredOtherwise) =>
    `${count} × ${where}, first at ${at} ms${values}: ${meaning}`,
  'audit.values': ({ chip, model }: { readonly chip: string; readonly model: string }) =>
    ` (chip ${chip}, model ${model})`,
  'audit.means.network':
    'decided by what happens on the wire, which a recording of the SPI does not show: no fault can be told from it',
  'audit.means.open-bits': 'bits that the data sheet leaves open; nothing is wrong',
  'audit.means.dummy-octet':
    'the octet before the value of a MAC or MII register, which the data sheet leaves open; nothing is wrong',
  'audit.means.revision': 'another revision of the silicon; nothing is wrong',
  'audit.means.unknown-revision':
    'EREVID is that of no revision that was made: a clone, or wire trouble; see what else differs',
  'audit.means.erratum-1':
    'MAC and MII registers are unreliable below 8 MHz on this silicon (DS80349C item 1): clock SCK faster',
  'audit.means.erratum-2': 'the PHY has no clock for up to 1 ms after SRC (DS80349C item 2): wait for 1 ms',
  'audit.means.erratum-5':
    'the receive buffer does not begin at 0000h, and the chip put a packet elsewhere (DS80349C item 5): set ERXST to 0',
  'audit.means.erratum-6': 'packets wait and PKTIF does not say so (DS80349C item 6): read EPKTCNT instead',
  'audit.means.erratum-14': 'ERXRDPT is even, and the chip damaged a packet (DS80349C item 14): write odd values only',
  'audit.means.erratum-15': 'a late collision that LATECOL does not show (DS80349C item 15): read the status vector',
  'audit.means.refused-frame': 'the chip took a frame that its registers tell it to drop; see what else differs',
  'audit.means.contradicting-header':
    'what the driver takes for a packet’s header is none: it reads where no packet begins, or the chip or the wire damaged it',
  'audit.means.bad-frame-check':
    'the chip says that the frame was received well, and its FCS is wrong as the driver read it: SO is disturbed, or SCK is too fast',
  'audit.means.wire-stuck-low':
    'SO is low always: it is open or shorted to ground, the chip has no supply, or is held in reset',
  'audit.means.wire-stuck-high':
    'SO is high always: it is open or shorted to the supply, CS does not reach the chip, or it is held in reset',
  'audit.means.wire-stuck-bit':
    'one bit of each octet never changes: it is taken at the wrong instant, or a level shifter is too slow',
  'audit.means.wire-shifted':
    'octets are shifted by a bit: SCK has an edge too many or too few for the chip; mode 0,0 and clean edges are wanted',
  'audit.means.wire-bit-errors':
    'single bits are wrong now and then: SO or SCK is disturbed; shorten the wires, give ground beside them, or clock slower',
  'audit.means.wire-int-silent':
    'INT never falls although packets wait with INTIE and PKTIE set: its wire is open, or held high',
  'audit.means.unexplained':
    'nothing that is known explains it: another chip, a clone, or a fault of the recording; compare with a second one',
  'audit.int': ({ count }: { readonly count: number }) => `INT fell ${counted(count, 'time')}.`,
  'audit.frames': ({ received, sent }: { readonly received: number; readonly sent: number }) =>
    `Frames: ${received} received, ${sent} sent.`,
  'audit.unread': ({ count }: { readonly count: number }) => `${count} more were counted by the chip and never read.`,
  'audit.uart': ({ channel, rate, format, octets }: AuditedUart) =>
    `${channel}: a UART, ${rate} baud ${format}, ${counted(octets, 'octet')}`,
  'audit.uart-inverted': 'it rests low: recorded at an RS-232 connector, or behind an inverter',
  'audit.uart-measured': ({ measured, percent }: { readonly measured: string; readonly percent: string }) =>
    `measured ${measured} baud (${percent} %)`,
  'audit.uart-off': 'the sender’s rate is too far off for a receiver: check its clock and its divider',
  'audit.uart-volts': ({ low, high }: { readonly low: string; readonly high: string }) =>
    `levels ${low} V and ${high} V`,
  'audit.uart-few': 'few octets tell little of rate and format; give --baud and --format if they are known',
  'audit.uart-frame-errors': ({ count, at }: TimesOnLine) =>
    `${count} × no stop bit, or no start bit; first at ${at} ms: another rate or format, a break, or a disturbed line`,
  'audit.uart-parity-errors': ({ count, at }: TimesOnLine) =>
    `${count} × wrong parity; first at ${at} ms: a disturbed line, or another format`,
  'audit.uart-glitches': ({ count, at }: TimesOnLine) =>
    `${count} × an octet with a pulse shorter than a bit; first at ${at} ms: the line is disturbed, and the octet may be wrong`,
  'audit.wrong': 'Verdict: something is wrong; see above.',
  'audit.right': 'Verdict: nothing wrong was found.',
}

export interface AuditedRecording {
  readonly file: string
  readonly channels: number
  readonly seconds: string
  readonly changes: number
}

export interface AuditedSpi {
  readonly transactions: number
  readonly octets: number
  readonly megahertz: string
}

export interface MisuseInWords {
  readonly count: number
  readonly rule: string
  readonly source: string
  readonly at: string
  readonly example: string
}

export interface AnsweredOtherwise {
  readonly count: number
  readonly where: string
  readonly at: string
  readonly values: string
  readonly meaning: string
}

export interface AuditedUart {
  readonly channel: string
  readonly rate: string
  readonly format: string
  readonly octets: number
}

export interface TimesOnLine {
  readonly count: number
  readonly at: string
}
