/** Somebody else's devices at the far end of a simulated line, and the port that listens to them, in virtual time. */
import type { ModemCable } from '../../boards/rs232/modem-lines.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { type Clock, SECOND } from '../../firmware/hal/clock.js'
import type { SerialFraming } from '../../firmware/hal/serial-line.js'
import { type GuessOptions, guessPort, type PortGuess } from '../../host/port-guess/guess-port.js'
import { SimulationPump } from '../../host/serial/drive.js'
import { SimulatedLine } from '../../host/target/simulated-line.js'
import type { Target } from '../../host/target/target.js'

/** A device, as it is switched on: `say` sends, `hear` is called with what it is told. */
export type PortDevice = (device: {
  readonly clock: Clock
  readonly say: (octets: Uint8Array | string) => void
  readonly hear: (listener: (octets: Uint8Array) => void) => void
}) => void

export interface DeskOptions {
  /** Of the port, as it is opened. */
  readonly baud?: number
  /** The device is at whatever rate the port is: a wire, or something that finds the rate by itself. */
  readonly follows?: boolean
  readonly deviceBaud?: number
  readonly framing?: SerialFraming
  /** The control circuits; none by default. */
  readonly modem?: ModemCable
  /** Changes the line before anybody speaks. */
  readonly wire?: (line: UartLine) => void
}

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

export class PortDesk {
  readonly scheduler = new Scheduler()
  readonly line: UartLine
  readonly pump = new SimulationPump(this.scheduler, 1_000 * SECOND)
  readonly random = new SeededRandom(7)
  /** What the device was told. */
  readonly told: number[] = []
  readonly port: SimulatedLine

  constructor(
    device: PortDevice,
    { baud = 115_200, deviceBaud = 9_600, follows = false, framing, modem, wire }: DeskOptions = {},
  ) {
    this.line = new UartLine({
      clock: this.scheduler,
      random: this.random.fork('line'),
      baud: deviceBaud,
      ...(framing === undefined ? {} : { framing }),
      ...(modem === undefined ? {} : { modem }),
    })
    wire?.(this.line)
    const { b } = this.line
    this.port = new SimulatedLine({
      end: this.line.a,
      clock: this.pump.clock,
      baud,
      onDelivered: () => this.pump.touch(),
    })
    if (follows) {
      const setBaud = this.port.setBaud.bind(this.port)
      b.setBaud(this.port.baud)
      this.port.setBaud = (baud) => {
        setBaud(baud)
        b.setBaud(baud)
      }
    }
    let listener: (octets: Uint8Array) => void = () => {}
    b.handleOctets = (octets) => {
      this.told.push(...octets)
      listener(octets)
    }
    device({
      clock: this.scheduler,
      say: (octets) => b.write(typeof octets === 'string' ? ascii(octets) : octets),
      hear: (by) => {
        listener = by
      },
    })
  }

  guess(options: GuessOptions = {}): Promise<PortGuess> {
    const line = this.port
    const { pump, random } = this
    return pump.drive(guessPort({ line, modem: line, clock: pump.clock, random }, options))
  }
}

/** A desk as a target that a check opens. */
export function deskTarget(desk: PortDesk): Target {
  const { pump, random, port } = desk
  return {
    name: '/dev/ttyUSB0',
    backend: 'serial',
    board: '',
    seed: null,
    line: port,
    modem: port,
    clock: pump.clock,
    random,
    drive: (work) => pump.drive(work),
    close: async () => port.close(),
  }
}

/** Calls again and again, the first time after one interval. */
export function repeatedly(clock: Clock, interval: number, work: () => void): void {
  clock.after(interval, () => {
    work()
    repeatedly(clock, interval, work)
  })
}

const RMC = 'GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W'
const GGA = 'GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,'

/** With the checksums of the published examples (NMEA 0183: GGA …*47, RMC …*6A). */
export const gps: PortDevice = ({ clock, say }) => repeatedly(clock, SECOND, () => say(`$${GGA}*47\r\n$${RMC}*6A\r\n`))

export const sketch: PortDevice = ({ clock, say }) => {
  let count = 0
  repeatedly(clock, SECOND / 4, () => say(`Sensor value: ${++count}, t = 21.5\r\n`))
}

/** getty: says who it is once, and asks again for every line. */
export const getty: PortDevice = (device) => {
  device.clock.after(SECOND / 2, () =>
    device.say('\r\nDebian GNU/Linux 12 raspberrypi ttyS0\r\n\r\nraspberrypi login: '),
  )
  waitingGetty(device)
}

/** One that said who it is before anybody listened. */
export const waitingGetty: PortDevice = ({ say, hear }) =>
  hear((octets) => {
    if (octets.includes(0x0d)) say('\r\nraspberrypi login: ')
  })

/** One that echoes (V.250 6.2.4: E1 is the default). */
export const atModem: PortDevice = ({ clock, say, hear }) => {
  let line = ''
  hear((octets) => {
    say(octets.slice())
    for (const octet of octets) {
      if (octet !== 0x0d) {
        line += String.fromCharCode(octet)
        continue
      }
      const answer = /AT$/i.test(line) ? '\r\nOK\r\n' : line === '' ? '' : '\r\nERROR\r\n'
      line = ''
      clock.after(SECOND / 100, () => say(answer))
    }
  })
}

export const loopback: PortDevice = ({ say, hear }) => hear((octets) => say(octets.slice()))

/** Optiboot's answers (AVR061), of an ATmega328P. */
export const bootLoader: PortDevice = ({ say, hear }) => {
  const input: number[] = []
  hear((octets) => {
    input.push(...octets)
    for (;;) {
      const end = input.indexOf(0x20)
      if (end < 0) return
      const [command] = input.splice(0, end + 1).slice(-2)
      say(Uint8Array.of(0x14, ...(command === 0x75 ? [0x1e, 0x95, 0x0f] : []), 0x10))
    }
  })
}

export const nobody: PortDevice = () => {}
