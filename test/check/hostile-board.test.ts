import { describe, expect, it } from 'vitest'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import type { SerialLine } from '../../firmware/hal/serial-line.js'
import { LinkEndpoint } from '../../firmware/serial-link/link.js'
import { checkTarget } from '../../host/check/run.js'
import type { Report } from '../../host/check/types.js'
import { SimulationPump } from '../../host/serial/drive.js'
import { SimulatedLine } from '../../host/target/simulated-line.js'
import type { Target } from '../../host/target/target.js'

interface Board {
  readonly clock: Scheduler
  readonly random: Random
  readonly line: SerialLine
}

/** Checks whatever is put at the other end of a sound line. */
async function checkAgainst(seed: number, board: (parts: Board) => void): Promise<{ report: Report; took: number }> {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const pump = new SimulationPump(clock, 3600 * SECOND)
  const line = new UartLine({ clock, random: random.fork('line'), baud: 1_000_000 })
  board({ clock, random: random.fork('board'), line: line.b })
  const end = new SimulatedLine({
    end: line.a,
    clock: pump.clock,
    baud: 1_000_000,
    onDelivered: () => pump.touch(),
  })
  const target: Target = {
    name: 'stranger',
    backend: 'serial',
    board: '',
    seed: null,
    line: end,
    modem: end,
    clock: pump.clock,
    random: random.fork('host'),
    drive: (work) => pump.drive(work),
    close: async () => end.close(),
  }
  try {
    return { report: await checkTarget(target), took: clock.now }
  } finally {
    await target.close()
  }
}

const IDENTITY = {
  board: 'stranger',
  firmware: '?',
  window: 4,
  highestSpiClock: 8_000_000,
  capabilities: 0xff,
  cells: 0,
}

function randomOctets(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256))
}

function every(clock: Scheduler, interval: number, action: () => void): void {
  clock.after(interval, () => {
    action()
    every(clock, interval, action)
  })
}

describe('whatever is at the other end of the line', () => {
  it('noise without end makes a report: no session, and no claim of a board without power', async () => {
    const { report } = await checkAgainst(1, ({ clock, random, line }) => {
      every(clock, 10 * MILLISECOND, () => line.write(randomOctets(random, 200)))
    })
    expect(report.verdict).toBe('fail')
    expect(report.checks.find(({ id }) => id === 'serial.session')?.verdict).toBe('fail')
    expect(report.diagnosis.map(({ cause }) => cause)).not.toContain('no-power')
  })

  it('a board that opens a session and then says nothing more makes a report in bounded time', async () => {
    const { report, took } = await checkAgainst(2, ({ clock, random, line }) => {
      const link = new LinkEndpoint({ clock, random, line, role: 'board', identity: IDENTITY })
      link.handleData = () => {}
    })
    expect(report.verdict).toBe('fail')
    expect(report.checks.find(({ id }) => id === 'serial.session')?.verdict).toBe('pass')
    expect(report.checks.find(({ id }) => id === 'serial.echo')?.verdict).toBe('fail')
    expect(took).toBeLessThan(300 * SECOND)
  })

  it('a board that answers everything with random octets makes a report', async () => {
    for (let seed = 10; seed < 16; seed++) {
      const { report } = await checkAgainst(seed, ({ clock, random, line }) => {
        const link = new LinkEndpoint({ clock, random, line, role: 'board', identity: IDENTITY })
        link.handleData = (channel) =>
          link.send(random.below(4) === 0 ? random.below(16) : channel, randomOctets(random, 1 + random.below(100)))
      })
      expect(report.verdict).toBe('fail')
      expect(report.checks.length).toBeGreaterThan(25)
    }
  })

  it('a board that mirrors management requests and SPI octets as they are makes a report', async () => {
    const { report } = await checkAgainst(3, ({ clock, random, line }) => {
      const link = new LinkEndpoint({ clock, random, line, role: 'board', identity: IDENTITY })
      link.handleData = (channel, payload) => link.send(channel, payload)
    })
    expect(report.verdict).toBe('fail')
  })

  it('a board that acknowledges every SPI octet and echoes every message, but has no chip, is no pass', async () => {
    const { report } = await checkAgainst(4, ({ clock, random, line }) => {
      const link = new LinkEndpoint({
        clock,
        random,
        line,
        role: 'board',
        identity: { ...IDENTITY, board: 'mirror\x1b[2J<b>' },
      })
      link.handleData = (channel, payload) => {
        if (channel === 1) link.send(1, new Uint8Array(payload.length).fill(0x06))
        // A management reply: operation + 80h, the same identifier, status 0, and the argument handed back.
        else if (channel === 0 && payload.length >= 4) {
          const reply = new Uint8Array(payload.length + 1)
          reply.set(payload.subarray(0, 4))
          const length = ((payload[0] << 8) | payload[1]) + 1
          reply[0] = length >> 8
          reply[1] = length & 0xff
          reply[2] |= 0x80
          reply.set(payload.subarray(4), 5)
          link.send(0, reply)
        }
      }
    })
    expect(report.verdict).toBe('fail')
  })

  it('a session cell that announces nonsense is shown as it is and believed in nothing', async () => {
    const { report } = await checkAgainst(5, ({ clock, random, line }) => {
      const nonsense = { ...IDENTITY, window: 1, highestSpiClock: 0xffff_ffff, capabilities: 0xffff_ffff }
      new LinkEndpoint({ clock, random, line, role: 'board', identity: nonsense })
    })
    expect(report.checks.find(({ id }) => id === 'serial.identity')?.verdict).toBe('fail')
  })
})
