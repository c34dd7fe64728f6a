/** Somebody else's device at the port that was named. */
import { SECOND } from '../../firmware/hal/clock.js'
import { FRAMING_8N1 } from '../rs232/framing.js'
import type { Bench } from './bench.js'
import { plugInstead } from './computer.js'
import { faultFamily } from './fault.js'

const CR = 0x0d

function octets(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

/** NMEA 0183: `$` to `*`, the XOR of what is between, in hexadecimal. */
function nmea(sentence: string): string {
  const sum = octets(sentence).reduce((all, octet) => all ^ octet, 0)
  return `$${sentence}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`
}

/** A receiver without a fix says so once a second. */
function gps(second: number): string {
  const time = String(120_000 + (second % 60)).padStart(6, '0')
  return nmea(`GPRMC,${time}.00,V,,,,,,,291126,,,N`) + nmea(`GPGGA,${time}.00,,,,,0,00,99.99,,,,,,`)
}

/** Echoes, and answers each line (V.250 5.2, 5.7). */
function modem(heard: readonly number[]): readonly number[] | undefined {
  if (heard[heard.length - 1] !== CR) return undefined
  const line = heard.map((octet) => String.fromCharCode(octet)).join('')
  return octets(`${line}\r\n${/^at[a-z0-9&+?=]*\r$/i.test(line) ? 'OK' : 'ERROR'}\r\n`)
}

/** A getty asks for a name, and for a password whatever the name is. */
function login(heard: readonly number[]): readonly number[] | undefined {
  if (heard[heard.length - 1] !== CR) return undefined
  return heard.length === 1 ? octets('\r\nrouter login: ') : octets('\r\nPassword: ')
}

/** STK500: Sync_CRC_EOP is 20h; GET_SYNC and READ_SIGN of an ATmega328P are answered (AVR061). */
function bootLoader(heard: readonly number[]): readonly number[] | undefined {
  const [command, end] = heard.slice(-2)
  if (heard.length < 2 || end !== 0x20) return undefined
  if (command === 0x30) return [0x14, 0x10]
  return command === 0x75 ? [0x14, 0x1e, 0x95, 0x0f, 0x10] : undefined
}

/** RXD and TXD are joined: each character comes back in the time it takes. */
function loopBack({ board }: Bench): void {
  board.supplyConnected = false
  const { b } = board.uart
  b.setFraming(FRAMING_8N1)
  board.uart.observe('a-to-b', {
    sent: ({ bitTime, character }) => {
      const baud = Math.round(SECOND / bitTime)
      if (baud !== b.baud) b.setBaud(baud)
      b.write(Uint8Array.of(character & 0xff))
    },
  })
}

const RATES = ['4800', '9600', '38400', '57600', '115200'] as const

const DEVICE = { layer: 'computer', side: 'computer' } as const

export const OTHER_DEVICE_FAULTS = [
  faultFamily({
    ...DEVICE,
    name: 'port-gps',
    title: 'a GPS receiver is at this port',
    symptom: 'text comes every second, and nothing that is asked is answered',
    parameters: { baud: { title: 'the rate at which it talks', choices: RATES, default: '9600' } },
    breaks: ({ baud }) => ({ apply: (bench) => plugInstead(bench, { baud: Number(baud), says: gps }) }),
  }),
  faultFamily({
    ...DEVICE,
    name: 'port-modem',
    title: 'a modem is at this port',
    symptom: 'what is sent comes back, with ERROR behind it now and then',
    parameters: { baud: { title: 'the rate at which it talks', choices: RATES, default: '115200' } },
    breaks: ({ baud }) => ({ apply: (bench) => plugInstead(bench, { baud: Number(baud), answers: modem }) }),
  }),
  faultFamily({
    ...DEVICE,
    name: 'port-login',
    title: 'the console of another computer is at this port',
    symptom: 'something asks for a name and a password',
    parameters: { baud: { title: 'the rate at which it talks', choices: RATES, default: '115200' } },
    breaks: ({ baud }) => ({ apply: (bench) => plugInstead(bench, { baud: Number(baud), answers: login }) }),
  }),
  faultFamily({
    ...DEVICE,
    name: 'port-loopback',
    title: 'a loopback plug is at this port',
    symptom: 'exactly what is sent comes back',
    breaks: () => ({ apply: loopBack }),
  }),
  faultFamily({
    ...DEVICE,
    name: 'port-boot-loader',
    side: 'board',
    title: 'an Arduino without any sketch is at this port',
    symptom: 'nothing is answered but what a programmer asks',
    parameters: { baud: { title: 'the rate of its boot loader', choices: ['57600', '115200'], default: '115200' } },
    breaks: ({ baud }) => ({ apply: (bench) => plugInstead(bench, { baud: Number(baud), answers: bootLoader }) }),
  }),
  faultFamily({
    ...DEVICE,
    name: 'port-sketch',
    side: 'board',
    title: 'an Arduino with another sketch is at this port',
    symptom: 'text comes every second, and nothing that is asked is answered',
    parameters: { baud: { title: 'the rate at which it talks', choices: RATES, default: '9600' } },
    breaks: ({ baud }) => ({
      apply: (bench) =>
        plugInstead(bench, { baud: Number(baud), says: (second) => `sensor: ${400 + (second % 7)}\r\n` }),
    }),
  }),
] as const
