/** The board's end in TypeScript and in C, given the same session cells, good and hostile: they say the same, octet for octet. */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { encodeCell } from '../../firmware/serial-link/cell.js'
import { KIND } from '../../firmware/serial-link/link-table.js'
import { decodeSession } from '../../firmware/serial-link/session.js'
import { buildHost } from '../bridge/build.js'
import { hostileSession } from '../support/hostile-session.js'
import { sessionBench } from './bench.js'

let folder: string
beforeAll(() => {
  folder = buildHost()
})

const SEEDS = 12
const CELLS = 120

describe('the exchange that opens a session', () => {
  it(`is the same in both languages, under ${SEEDS} times ${CELLS} session cells that nobody would say`, async () => {
    let opened = 0
    for (let seed = 1; seed <= SEEDS; seed++) {
      const ends = [sessionBench({ seed }), sessionBench({ seed, program: join(folder, 'bridge-host') })]
      const heard = ends.map((end) => {
        const cells: string[] = []
        end.host.close()
        end.host.endpoint.onCell(({ kind, sequence, acknowledge, payload }) => {
          if (kind !== KIND.SESSION) return
          const cell = `${sequence} ${acknowledge} ${Buffer.from(payload).toString('hex')}`
          // What is said again is said at other microseconds by the two.
          if (cell !== cells.at(-1)) cells.push(cell)
        })
        // This host only listens.
        end.line.a.write = () => {}
        return cells
      })
      for (const end of ends) await end.runFor(10 * MILLISECOND) // each has announced itself
      const random = new SeededRandom(seed)
      const known: number[] = []
      for (let i = 0; i < CELLS; i++) {
        const payload = hostileSession(random, known)
        const session = decodeSession(payload)
        // Cells of a session, too: what the peer thinks is open.
        const kind = random.below(6) === 0 ? KIND.ACKNOWLEDGEMENT : KIND.SESSION
        const cell = encodeCell({
          kind,
          channel: 0,
          sequence: kind === KIND.SESSION && random.below(6) === 0 ? random.below(3) : 0,
          acknowledge: random.below(6) === 0 ? random.below(3) : 0,
          payload: kind === KIND.SESSION ? payload : new Uint8Array(0),
        })
        for (const { line } of ends) line.b.handleOctets?.(cell.slice())
        for (const end of ends) await end.runFor(7 * MILLISECOND)
        known.push(...(session === undefined ? [] : [session.identifier]))
        const last = heard[0].at(-1)
        if (last !== undefined) known.push(Number.parseInt(last.split(' ')[2].slice(0, 4), 16))
        known.splice(0, Math.max(0, known.length - 4))
        expect(heard[1], `seed ${seed}, cell ${i}`).toEqual(heard[0])
      }
      opened += ends[0].link?.endpoint.counters.sessionsOpened ?? 0
      for (const end of ends) await end.close()
    }
    expect(opened).toBeGreaterThan(SEEDS)
  })
})
