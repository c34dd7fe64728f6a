/** NTP (RFC 5905), as a client that asks once: two datagrams with four instants, and from them how far its clock is off. */
import { once } from 'node:events'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { keyed } from '../../text/keyed.js'
import { type Demo, DemoFailure, type ServerStage } from './demo.js'

/** RFC 5905 7.3: the header without extensions. */
const OCTETS = 48
const [CLIENT, SERVER] = [3, 4]
const VERSION = 4
/** Where the instants are in it (figure 8). */
const [ORIGIN_AT, RECEIVE_AT, TRANSMIT_AT] = [24, 32, 40]
/** Seconds from 1900-01-01, where era 0 begins (RFC 5905 6), to 2026-01-01. */
const FIRST = (Date.UTC(2026, 0, 1) - Date.UTC(1900, 0, 1)) / 1_000
const UNIX_EPOCH = Date.UTC(1970, 0, 1) - Date.UTC(1900, 0, 1)
const FRACTIONS = 2 ** 32
/** The lab begins at noon of that day. */
const NOON = 12 * 3_600 * SECOND
/** How slow the client's clock is. */
const SLOW = 1_250 * MILLISECOND
/** Nobody sends a datagram again but who has sent it: so long the client waits before it asks anew. */
const ANSWER_TIMEOUT = 2 * SECOND
const MOST_QUESTIONS = 30

/** An instant as 32 bits of seconds since 1900, and 32 of fractions. @param at nanoseconds since 2026-01-01 */
function write(message: Buffer, offset: number, at: number): void {
  message.writeUInt32BE(FIRST + Math.floor(at / SECOND), offset)
  message.writeUInt32BE(Math.floor(((at % SECOND) / SECOND) * FRACTIONS), offset + 4)
}

/** @returns seconds since 2026-01-01: of these a double has more digits than of those since 1900 */
function read(message: Buffer, offset: number): number {
  return message.readUInt32BE(offset) - FIRST + message.readUInt32BE(offset + 4) / FRACTIONS
}

/** As people write it, to a microsecond. @param seconds since 2026-01-01 */
function written(seconds: number): string {
  const whole = Math.floor(seconds)
  const day = new Date((FIRST + whole) * 1_000 - UNIX_EPOCH).toISOString().slice(0, 19)
  return `${day}${(seconds - whole).toFixed(6).slice(1)}Z`
}

async function serve(stage: ServerStage): Promise<() => Promise<void>> {
  const socket = stage.server.dgram.createSocket('udp4')
  socket.on('message', (asked, from) => {
    const received = NOON + stage.now()
    const answer = Buffer.alloc(OCTETS)
    answer[0] = (VERSION << 3) | SERVER
    answer[1] = 1 // stratum: a reference clock of its own
    answer[2] = asked[2]
    answer.writeInt8(-20, 3) // precision: 2^-20 s, a microsecond
    answer.write('LAB', 12, 'ascii')
    write(answer, 16, NOON)
    asked.copy(answer, ORIGIN_AT, TRANSMIT_AT, TRANSMIT_AT + 8)
    write(answer, RECEIVE_AT, received)
    write(answer, TRANSMIT_AT, NOON + stage.now())
    stage.says(
      'server',
      `received at ${written(read(answer, RECEIVE_AT))}, sent at ${written(read(answer, TRANSMIT_AT))}`,
    )
    socket.send(answer, from.port, from.address)
  })
  socket.bind(123)
  await once(socket, 'listening')
  return async () => {
    socket.close()
  }
}

export const NTP_DEMO: Demo = {
  name: 'ntp',
  transport: 'UDP',
  port: 123,
  example: (address) => `ntpdig ${address}`,
  serve,
  async use(stage) {
    const socket = stage.client.dgram.createSocket('udp4')
    const clock = () => NOON + stage.now() - SLOW
    const answers: Buffer[] = []
    const arrived = Buffer.alloc(8)
    socket.on('message', (octets) => {
      write(arrived, 0, clock())
      answers.push(octets)
    })
    const asked = Buffer.alloc(OCTETS)
    asked[0] = (VERSION << 3) | CLIENT
    asked[2] = 6 // it would ask again in 64 s
    let questions = 0
    do {
      if (questions++ === MOST_QUESTIONS)
        throw new DemoFailure(`no answer to ${MOST_QUESTIONS} questions from ${stage.serverAddress}:123`)
      write(asked, TRANSMIT_AT, clock())
      socket.send(asked, 123, stage.serverAddress)
      stage.says('client', `my clock says ${written(read(asked, TRANSMIT_AT))}`)
    } while (!(await stage.until(() => answers.length > 0, ANSWER_TIMEOUT)))
    const [first, second, third] = [ORIGIN_AT, RECEIVE_AT, TRANSMIT_AT].map((at) => read(answers[0], at))
    const fourth = read(arrived, 0)
    stage.explains(5, keyed('demo.no-session'))
    stage.explains(6, keyed('demo.ntp-fractions'))
    // RFC 5905 8.
    const offset = (second - first + (third - fourth)) / 2
    const delay = fourth - first - (third - second)
    stage.says('client', `offset ${signed(offset)} s, delay ${delay.toFixed(6)} s`)
    socket.close()
  },
}

const signed = (value: number) => `${value < 0 ? '' : '+'}${value.toFixed(6)}`
