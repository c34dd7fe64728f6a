/** Goodput of the serial link over its line rate at 1 Mbaud, one way and both, and how fast the simulation of it runs. */

import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LinkEndpoint } from '../../firmware/serial-link/link.js'
import { type BenchFigure, type Benchmark, timed } from './figure.js'

const BAUD = 1_000_000
/** What an Arduino Uno offers. */
const WINDOW = 4
const OCTETS = 2_000_000
/** 57 of 64 octets of a cell are payload, 8 of 10 bits of an octet are data. */
const BOUND = (57 / 64) * (8 / 10)

function transfer(bothWays: boolean): { goodput: number; speed: number } {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const line = new UartLine({ clock, random: random.fork('line'), baud: BAUD })
  const identity = { board: 'bench', firmware: '', window: WINDOW, highestSpiClock: 0, capabilities: 0, cells: 0 }
  const ends = (['a', 'b'] as const).map(
    (name) =>
      new LinkEndpoint({
        clock,
        random: random.fork(name),
        line: line[name],
        role: name === 'a' ? 'host' : 'board',
        identity,
      }),
  )
  const [a, b] = ends
  a.open()
  clock.runFor(10 * MILLISECOND)
  const directions = bothWays
    ? [
        { from: a, to: b },
        { from: b, to: a },
      ]
    : [{ from: a, to: b }]
  let received = 0
  for (const { from, to } of directions) {
    to.handleData = (_channel, payload) => {
      received += payload.length
    }
    from.send(3, new Uint8Array(OCTETS))
  }
  const begin = clock.now
  const whole = OCTETS * directions.length
  const { seconds } = timed(() => {
    if (!clock.runWhile(() => received < whole, begin + 60 * SECOND))
      throw new Error(`${received} of ${whole} octets arrived`)
  })
  const virtual = (clock.now - begin) / SECOND
  return { goodput: (OCTETS * 8) / virtual, speed: virtual / seconds }
}

export const serialLink: Benchmark = {
  name: 'serial-link',
  run() {
    const figures: BenchFigure[] = []
    for (const bothWays of [false, true]) {
      const { goodput, speed } = transfer(bothWays)
      const ways = bothWays ? 'both ways at once' : 'one way'
      figures.push({
        name: `serial link goodput, ${ways}`,
        value: goodput / 1e3,
        unit: 'kbit/s each way',
        against: `the line rate, ${BAUD / 1e3} kbit/s; cells and start bits leave ${BOUND.toFixed(4)}; window ${WINDOW}`,
        ratio: goodput / BAUD,
        aim: '0.70',
      })
      figures.push({
        name: `serial link simulation, ${ways}`,
        value: speed,
        unit: 'virtual s/s',
        against: 'real time (1)',
        ratio: speed,
      })
    }
    return figures
  },
}
