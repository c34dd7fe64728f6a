/**
 * Ends of session version 1, as they were when version 2 came: the Uno's image, and what a host wrote (`version-1/`). A board of that
 * version works and is named; a host of that version is served as it was.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { parseImage } from '../../boards/avr/flash-image.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBareLab } from '../../boards/lab.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { type Cell, decodeCell, encodeCell } from '../../firmware/serial-link/cell.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { KIND } from '../../firmware/serial-link/link-table.js'
import { decodeSession } from '../../firmware/serial-link/session.js'
import { checkTarget } from '../../host/check/run.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { buildHost } from '../bridge/build.js'
import { sessionBench } from './bench.js'

const IMAGE = join(import.meta.dirname, 'version-1/bridge-uno.hex')

interface Wrote {
  readonly at: number
  readonly octets: string
}
const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'version-1/host.json'), 'utf8')) as {
  readonly host: readonly Wrote[]
  readonly board: readonly Wrote[]
}

let folder: string
beforeAll(() => {
  folder = buildHost()
})

const cellOf = (octets: Uint8Array): Cell => {
  const decoded = decodeCell(octets)
  if (!decoded.ok) throw new Error(`no cell: ${decoded.error}`)
  return decoded.cell
}
const isOpen = ({ kind, payload }: Cell) => kind === KIND.SESSION && decodeSession(payload)?.step === 'open'

describe('a host of version 1', () => {
  it('is served as before, octet for octet: session, echo, pins, SPI, and after 8 s in which it said nothing', () => {
    const b = sessionBench({
      board: {
        bus: { transfer: (write, read) => Uint8Array.from({ length: read }, (_, i) => ((write[0] ?? 0) + i) & 0xff) },
      },
    })
    b.host.close()
    const answers: string[] = []
    const write = b.line.b.write.bind(b.line.b)
    b.line.b.write = (octets) => {
      if (!isOpen(cellOf(octets))) answers.push(Buffer.from(octets).toString('hex'))
      write(octets)
    }
    const began = b.clock.now
    for (const { at, octets } of recorded.host)
      b.clock.after(at * MICROSECOND, () => b.line.a.write(Uint8Array.from(Buffer.from(octets, 'hex'))))
    b.clock.runFor(11 * SECOND)
    expect(b.clock.now - began).toBe(11 * SECOND)
    // What each board says to announce itself is its own.
    const before = recorded.board.map(({ octets }) => octets)
    expect(answers).toEqual(before.filter((octets) => !isOpen(cellOf(Uint8Array.from(Buffer.from(octets, 'hex'))))))
  })

  it.each(['TypeScript', 'C'])('has a session at once, and no lease (board in %s)', async (language) => {
    const b = sessionBench(language === 'C' ? { program: join(folder, 'bridge-host') } : {})
    b.host.close()
    const heard: Cell[] = []
    b.host.endpoint.onCell((cell) => heard.push(cell))
    const say = async (octets: Uint8Array) => {
      b.line.a.write(octets)
      await b.runFor(30 * MILLISECOND)
    }
    await b.runFor(50 * MILLISECOND)
    heard.length = 0
    const open = Uint8Array.from(Buffer.from(recorded.host[0].octets, 'hex'))
    await say(open)
    const identifier = decodeSession(cellOf(open).payload)?.identifier
    expect(heard.map(({ payload }) => decodeSession(payload))).toEqual([
      expect.objectContaining({ step: 'reply', identifier, role: 'board', speaks: 1 }),
    ])
    const echo = (sequence: number, acknowledge: number) =>
      encodeCell({
        kind: KIND.DATA,
        channel: 0,
        sequence,
        acknowledge,
        payload: Uint8Array.of(0, 3, 1, sequence, 0xaa),
      })
    await say(echo(0, 0))
    await b.runFor(30 * SECOND)
    await say(echo(1, 1))
    const replies = heard.filter(({ kind, channel }) => kind === KIND.DATA && channel === 0)
    const texts = new Set(replies.map(({ payload }) => Buffer.from(payload).toString('hex')))
    expect([...texts]).toEqual(['0004810000aa', '0004810100aa'])
    await b.close()
  })
})

describe('a board of version 1', () => {
  function uno(seed: number) {
    const lab = createBareLab({ seed })
    const board = new AvrBoard({
      clock: lab.clock,
      random: lab.random.fork('board'),
      definition: findBoard('uno'),
      image: parseImage(new Uint8Array(readFileSync(IMAGE))),
    })
    board.powerOn()
    const host = new HostLink({ clock: lab.clock, random: lab.random.fork('host'), line: board.serial })
    const echo = (): boolean => {
      let outcome: boolean | undefined
      host.echo(Uint8Array.of(7), ({ ok }) => {
        outcome = ok
      })
      lab.runUntil(() => outcome !== undefined, 5 * SECOND)
      return outcome === true
    }
    return { lab, board, host, echo }
  }

  it('opens a session, asked while it announces itself, in a session of another host, and after its reset', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { lab, board, host, echo } = uno(seed)
      // At its own instant in each: from before it starts to long after.
      lab.runFor(seed * 37 * MILLISECOND)
      host.open()
      lab.runUntil(() => host.endpoint.state === 'open', 2 * SECOND)
      expect([host.endpoint.state, host.endpoint.sessionVersion, echo()]).toEqual(['open', 1, true])
      host.open()
      lab.runUntil(() => host.endpoint.state === 'open', 2 * SECOND)
      expect([host.endpoint.sessionVersion, echo()]).toEqual([1, true])
      const events: string[] = []
      host.onSession(({ kind }) => events.push(kind))
      board.restart()
      lab.runUntil(() => events.length > 0, 2 * SECOND)
      expect([events, echo()]).toEqual([['reset'], true])
    }
  })

  it('that is heard and hears nothing never looks open', () => {
    const { lab, board, host } = uno(2)
    board.serial.write = () => {}
    host.open()
    lab.runFor(20 * SECOND)
    expect(host.endpoint.state).toBe('opening')
    expect(host.endpoint.counters.asked).toBeGreaterThan(10)
  })

  it('passes a check but for the warning that names the command which flashes it', async () => {
    const target = await openTarget('avr:uno', { seed: 1, image: IMAGE })
    try {
      const report = await checkTarget(target, { only: ['serial'] })
      const session = report.checks.find(({ id }) => id === 'serial.session')
      expect(session?.verdict).toBe('warn')
      expect(session?.reason).toContain('linkpulse flash uno PORT')
      expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([])
      expect(report.checks.find(({ id }) => id === 'serial.line-errors')?.verdict).toBe('pass')
    } finally {
      await target.close()
    }
  })
})
