import { describe, expect, it } from 'vitest'
import { uno } from '../../boards/catalogue/uno.js'
import { createBench } from '../../boards/faults/create-bench.js'
import { MODEM_CABLES } from '../../boards/rs232/modem-lines.js'
import { LineReception, type LineReceptionOptions } from '../../boards/rs232/reception.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { sin } from '../../firmware/math/elementary.js'
import { printable } from '../../firmware/text/printable.js'
import {
  ascii,
  atModem,
  bootLoader,
  type DeskOptions,
  getty,
  gps,
  loopback,
  nobody,
  PortDesk,
  type PortDevice,
  repeatedly,
  sketch,
} from '../../test/support/port-device.js'
import { openBench } from '../target/simulated-target.js'
import { EN } from '../text/en.js'
import { say } from '../text/say.js'
import { type GuessOptions, guessPort, type PortGuess } from './guess-port.js'
import { evidenceOf, nextOf } from './in-sentences.js'
import { saidLines } from './said.js'

const { driver, receiver } = LINE_STANDARDS.ttl
/** What this computer receives. */
const wired = (reception: Partial<LineReceptionOptions>): NonNullable<DeskOptions['wire']> => {
  return (line) => line.setReception(new LineReception({ driver, receiver, ...reception }), 'b-to-a')
}
const consent: GuessOptions = { mayAsk: () => true }

async function heard(device: PortDevice, desk: DeskOptions = {}, options: GuessOptions = {}) {
  const bench = new PortDesk(device, desk)
  const guess = await bench.guess(options)
  return { guess, bench, words: wordsFor(guess), who: guess.suspects[0].who }
}

function wordsFor(guess: PortGuess): string {
  return [...evidenceOf(guess), ...nextOf(guess, '/dev/ttyUSB0')].map((each) => say(EN, each)).join(' ')
}

describe('who only listens', () => {
  it.each([
    [
      'a GPS receiver at 9600',
      gps,
      { deviceBaud: 9_600 },
      'nmea',
      9_600,
      /2 NMEA sentences with a checksum that holds: GPGGA, GPRMC/,
    ],
    [
      'a GPS receiver at 4800',
      gps,
      { deviceBaud: 4_800 },
      'nmea',
      4_800,
      /speaks at 4800 baud, and 115200 was listened at first/,
    ],
    ['a GPS receiver at 115200', gps, { deviceBaud: 115_200 }, 'nmea', 115_200, /Look for the board at another port/],
    [
      'a sketch at 9600',
      sketch,
      { deviceBaud: 9_600 },
      'sketch',
      9_600,
      /No bridge firmware: linkpulse flash uno \/dev\/ttyUSB0/,
    ],
    ['a sketch at 57600', sketch, { deviceBaud: 57_600 }, 'sketch', 57_600, /Another rate: it speaks at 57600 baud/],
    ['a sketch at 1000000', sketch, { deviceBaud: 1_000_000 }, 'sketch', 1_000_000, /Another rate/],
    ['a login prompt', getty, { deviceBaud: 115_200 }, 'login', 115_200, /asks for a name.*do not flash it/],
  ] as const)(
    'hears %s, finds its rate and says what to do, in 10 s of the clock and without a word',
    async (_, device, desk, who, baud, words) => {
      const { guess, bench, ...found } = await heard(device, desk)
      expect(found.who).toBe(who)
      expect(guess.baud).toBe(baud)
      expect(guess.suspects[0].probability).toBeGreaterThan(0.9)
      expect(found.words).toMatch(words)
      expect(bench.told).toEqual([])
      expect(guess.asked).toBe(false)
      expect(guess.listened).toBeLessThanOrEqual(10 * SECOND)
      expect(bench.scheduler.now).toBeLessThanOrEqual(10 * SECOND)
    },
  )

  it.each([
    ['7E1', { dataBits: 7, parity: 'even', stopBits: 1 }, /it sends 7E1, and 8N1 was listened for/],
    ['7O1', { dataBits: 7, parity: 'odd', stopBits: 1 }, /it sends 7O1/],
    [
      '8E1',
      { dataBits: 8, parity: 'even', stopBits: 1 },
      /many lack their stop bit: it sends a parity bit \(8E1 or 8O1\)/,
    ],
    ['8O1', { dataBits: 8, parity: 'odd', stopBits: 1 }, /it sends a parity bit/],
  ] as const)('notices a sketch that sends %s', async (_, framing, words) => {
    const { guess, who, words: said } = await heard(sketch, { deviceBaud: 115_200, framing })
    expect(who).toBe('sketch')
    expect(said).toMatch(words)
    expect(saidLines(guess.said)[0]).toBe('Sensor value: 1, t = 21.5')
  })

  it('says that it is silent, what else that may be, and how to ask', async () => {
    const { guess, words, bench } = await heard(nobody)
    expect(guess.suspects.map(({ who }) => who)).toEqual(['silence', 'swapped'])
    expect(words).toMatch(/Not one octet came in 2.5 s.*doctor \/dev\/ttyUSB0 --probe.*power LED/)
    expect(bench.told).toEqual([])
  })

  it('hears a line that is upside down, at whatever rate it is', async () => {
    for (const deviceBaud of [9_600, 115_200]) {
      const { who, words } = await heard(sketch, {
        deviceBaud,
        wire: wired({ driver: LINE_STANDARDS['rs-232'].driver }),
      })
      expect(who).toBe('inverted')
      expect(words).toMatch(/rests low.*RS-232 has up to ±15 V/)
    }
  })

  it('does not take a rate that it does not know for levels', async () => {
    const { who, words } = await heard(sketch, { deviceBaud: 31_250 })
    expect(who).toBe('another-rate')
    expect(words).toMatch(/no language that is known.*doctor \/dev\/ttyUSB0@RATE/)
  })

  it('hears the mains where the ground is missing', async () => {
    const groundOffset = (at: number): number => 40 * sin((2 * Math.PI * 50 * at) / SECOND)
    const { who, words } = await heard(nobody, { wire: wired({ groundOffset }) })
    expect(who).toBe('noise')
    expect(words).toMatch(/in step with the mains.*Connect GND/)
  })

  it('takes a wire that nobody drives for swapped ones where the control circuits show that somebody is there', async () => {
    const { guess, words } = await heard(sketch, {
      modem: MODEM_CABLES['null-modem'],
      wire: (line) => {
        wired({ connected: false })(line)
        line.b.modem.set('dtr', true)
        line.b.modem.set('rts', true)
      },
    })
    expect(guess.inputs).toEqual({ cts: true, dsr: true, dcd: true })
    expect(guess.suspects.map(({ who }) => who)).toEqual(['swapped', 'silence'])
    expect(words).toMatch(/control circuits are on.*Exchange the wires TXD and RXD/)
  })

  it('hears a bridge board that announces itself: its cells, its name, its session', async () => {
    const target = openBench('model:uno', createBench({ board: uno, seed: 3 }), 'model')
    const { line, modem, clock } = target
    const guess = await target.drive(guessPort({ line, modem, clock, random: new SeededRandom(1) }))
    expect(guess.suspects[0]).toMatchObject({ who: 'bridge', probability: 0.99 })
    expect(wordsFor(guess)).toMatch(
      /cells? of the serial link.*calls itself uno, with firmware .*linkpulse check \/dev\/ttyUSB0/,
    )
    expect(guess.baud).toBe(1_000_000)
    expect(line.baud).toBe(1_000_000)
  })
})

describe('who may ask', () => {
  it.each([
    ['a modem that echoes', atModem, { deviceBaud: 9_600 }, 'modem', /It answers AT with OK/],
    ['a modem that finds the rate', atModem, { follows: true }, 'modem', /It answers AT with OK/],
    ['a loopback', loopback, { follows: true }, 'loopback', /What was sent came back, \d+ octets, and nothing else/],
    [
      'a boot loader',
      bootLoader,
      { deviceBaud: 115_200 },
      'boot-loader',
      /signature is 1E 95 0F.*No bridge firmware: linkpulse flash uno/,
    ],
    [
      'a Nano’s boot loader',
      bootLoader,
      { deviceBaud: 57_600 },
      'boot-loader',
      /No bridge firmware: linkpulse flash nano/,
    ],
    ['a prompt that was there before', getty, { deviceBaud: 38_400 }, 'login', /It asks for a name/],
  ] as const)('knows %s', async (_, device, desk, who, words) => {
    const { guess, who: found, words: said } = await heard(device, desk, consent)
    expect(found).toBe(who)
    expect(said).toMatch(words)
    expect(guess.asked).toBe(true)
  })

  it('is asked first, with what would be sent, and sends nothing without a yes', async () => {
    const offered: string[] = []
    const mayAsk: GuessOptions['mayAsk'] = (what) => {
      offered.push(...what.map((each) => say(EN, each)))
      return false
    }
    const { guess, bench } = await heard(atModem, {}, { mayAsk })
    expect(offered.join('\n')).toMatch(/cell of 64 octets[\s\S]*“AT”[\s\S]*GET_SYNC of STK500 \(30 20\).*DTR/)
    expect(bench.told).toEqual([])
    expect(guess.asked).toBe(false)
    expect(guess.suspects[0].who).toBe('silence')
  })

  it('does not ask who was understood already', async () => {
    const { bench } = await heard(gps, {}, { mayAsk: () => expect.unreachable('nobody need be asked') })
    expect(bench.told).toEqual([])
  })

  it('names nobody where nobody answers', async () => {
    const { guess, words } = await heard(nobody, {}, consent)
    expect(guess.suspects[0].who).toBe('silence')
    expect(words).toMatch(/Nothing answered, though it was asked \d+ times/)
    expect(guess.listened).toBeLessThan(10 * SECOND)
  })
})

describe('hostile octets', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'of any kind (seed %d) are named without an error, with a probability, in bounded time',
    async (seed) => {
      const random = new SeededRandom(seed)
      const words = [
        '$GPGGA,',
        '*00\r\n',
        'login:',
        'OK\r\n',
        '\x1b[2J',
        '\u0014\u0010',
        '*47',
        'AT\r',
        '\r',
        'password: ',
      ]
      const device: PortDevice = ({ clock, say: speak, hear }) => {
        const blurt = (): void => {
          const noise = Uint8Array.from({ length: random.below(90) }, () => random.below(256))
          if (random.below(3) > 0) speak(noise)
          if (random.below(2) > 0) speak(ascii(words[random.below(words.length)]))
        }
        repeatedly(clock, SECOND / (1 + random.below(40)), blurt)
        hear(blurt)
      }
      const { guess, bench } = await heard(device, { follows: true }, consent)
      expect(guess.suspects.length).toBeGreaterThan(0)
      const sum = guess.suspects.reduce((total, { probability }) => total + probability, 0)
      expect(sum).toBeGreaterThan(0.9)
      expect(sum).toBeLessThan(1.05)
      expect(['bridge', 'nmea']).not.toContain(guess.suspects[0].who)
      expect(bench.scheduler.now).toBeLessThan(25 * SECOND)
      for (const line of saidLines(guess.said)) expect(line).toBe(printable(line))
    },
  )
})
