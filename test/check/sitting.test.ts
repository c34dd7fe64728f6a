/** Checks of what shows only in one sitting, behind a rest, or close behind another frame. */
import { describe, expect, it } from 'vitest'
import { OPCODE } from '../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { checkOpened } from '../../host/check/run.js'
import { openBench } from '../../host/target/simulated-target.js'
import { brokenBench } from '../judge/unlisted/broken-bench.js'
import {
  atChipPins,
  atJack,
  decode,
  everyNth,
  Inside,
  interruptWire,
  isAbout,
  type ModelBench,
  misread,
} from '../judge/unlisted/instruments.js'
import { runCheck } from './run-check.js'

const SEED = 41

/** What a check comes to, and its figures by their keys. */
async function checked(check: string, breakIt: (bench: ModelBench) => void) {
  const bench = brokenBench(undefined, SEED)
  breakIt(bench)
  // Once: a second time is met by another instruction that is lost, and may leave a driver in a wrong bank.
  const report = await checkOpened(openBench('model:uno', bench, 'model'), { only: [check], again: false })
  expect(report.findings).toEqual([])
  const { verdict, measurements } = report.checks.find(({ id }) => id === check)!
  return { verdict, values: measurements.map(({ value }) => value) }
}

describe.each([1_000_000, 115_200, 9_600])('a sound board at %d baud', (baud) => {
  it.each(['spi.bank-changes', 'phy.packet-count', 'mac.close-behind', 'mac.after-rest', 'mac.sitting'])(
    'passes %s',
    async (check) => {
      const { report } = await runCheck({ only: [check], baud })
      expect(report.checks.find(({ id }) => id === check)?.verdict).toBe('pass')
    },
  )
})

describe('a hundred echoes in one sitting', () => {
  it('tell of a transmitter that stands still now and then (DS39662 7.1: TXRTS is cleared at the end)', async () => {
    const found = await checked('mac.sitting', (bench) => {
      const lost = everyNth(33)
      let pending = false
      atChipPins(bench, (sound) => (write, read) => {
        const instruction = decode(write, sound)
        const about = isAbout(instruction, 'ECON1')
        if (about && instruction.opcode === OPCODE.BFC && (write[1] & 0x08) !== 0) pending = false
        if (about && instruction.opcode === OPCODE.BFS && (write[1] & 0x08) !== 0 && lost()) {
          pending = true
          return new Uint8Array(read)
        }
        const reply = sound(write, read)
        if (about && instruction.opcode === OPCODE.RCR && pending) reply[reply.length - 1] |= 0x08
        return reply
      })
    })
    expect(found.verdict).toBe('fail')
    expect(found.values[0]).toBeGreaterThanOrEqual(2)
  })

  it('tell of a filter that is forgotten on the way', async () => {
    const found = await checked('mac.sitting', ({ board, cable }) => {
      const inside = new Inside(board.chip.transfer.bind(board.chip))
      const forgets = everyNth(70)
      cable.onFrame(({ direction }) => {
        if (direction === 'b-to-a' && forgets()) inside.poke('ERXFCON', inside.peek('ERXFCON') & ~0x80)
      })
    })
    expect(found.verdict).toBe('fail')
    expect(found.values[1]).toBeGreaterThan(15)
  })
})

describe('the first frame behind a rest', () => {
  it('is missed where the partner’s receiver falls asleep, and the second is heard', async () => {
    const found = await checked('mac.after-rest', ({ lab, peer }) => {
      let last = 0
      atJack(
        peer.port,
        (octets) => octets,
        () => {
          const slept = lab.now - last > 200 * MILLISECOND
          last = lab.now
          return !slept
        },
      )
    })
    expect(found).toEqual({ verdict: 'fail', values: [0, 3, 3] })
  })
})

describe('two echoes close behind each other', () => {
  it('are never both answered by a partner that is deaf for 3 ms behind what it sends', async () => {
    const found = await checked('mac.close-behind', ({ lab, peer, cable }) => {
      let sentAt = Number.NEGATIVE_INFINITY
      cable.onFrame(({ direction }) => {
        if (direction === 'b-to-a') sentAt = lab.now
      })
      atJack(
        peer.port,
        (octets) => octets,
        () => lab.now - sentAt > 3 * MILLISECOND,
      )
    })
    expect(found).toEqual({ verdict: 'fail', values: [0, 12, 12] })
  })
})

describe('waiting packets', () => {
  it('are not counted one by one where a bit of EPKTCNT is stuck', async () => {
    expect(
      (await checked('phy.packet-count', (bench) => misread(bench, 'EPKTCNT', (value) => value & ~2))).verdict,
    ).toBe('fail')
  })
})

describe('bank changes', () => {
  it('show one of 200 that does not take', async () => {
    const found = await checked('spi.bank-changes', (bench) => {
      const lost = everyNth(200)
      atChipPins(bench, (sound) => (write, read) => {
        const { opcode, place } = decode(write, sound)
        const bank = place === 0x1f && (opcode === OPCODE.BFS || opcode === OPCODE.BFC) && (write[1] & ~3) === 0
        return bank && lost() ? new Uint8Array(read) : sound(write, read)
      })
    })
    expect(found.verdict).toBe('fail')
    expect(found.values[0]).toBeGreaterThanOrEqual(3)
  })
})

describe('an INT that follows late', () => {
  it('is told from one that does not follow: a warning', async () => {
    const found = await checked('spi.interrupt-pin', (bench) => {
      const { lab, board } = bench
      const wire = interruptWire(bench)
      board.chip.onInterrupt((high) => {
        if (high) wire.drive(true)
        else lab.clock.after(20 * MILLISECOND, () => wire.drive(false))
      })
    })
    expect(found).toEqual({ verdict: 'warn', values: [0, 1, 1, 1] })
  })
})
