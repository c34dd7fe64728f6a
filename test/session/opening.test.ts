/** How a session opens, and how it does not, with the board's end in TypeScript and in C (under the sanitizers). */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import type { ReportedCounters } from '../../firmware/serial-link/management.js'
import { buildHost } from '../bridge/build.js'
import { type SessionBenchOptions, sessionBench } from './bench.js'

/** The worst line that the link must survive (design of the serial link, last section). */
const WORST = { bitErrorRate: 1e-4, dropRate: 1 / 2000, insertRate: 1 / 2000 }

let folder: string
beforeAll(() => {
  folder = buildHost()
})

type Bench = ReturnType<typeof sessionBench>

async function openHost(b: Bench, limit = 10 * SECOND): Promise<boolean> {
  b.host.open()
  await b.runWhile(() => b.host.endpoint.state !== 'open', limit)
  return b.host.endpoint.state === 'open'
}

async function counters(b: Bench, since: 'START' | 'SESSION'): Promise<ReportedCounters> {
  let counts: ReportedCounters | undefined
  b.host.readCounters(since, (outcome) => {
    if (outcome.ok) counts = outcome.value
  })
  await b.runWhile(() => counts === undefined, 5 * SECOND)
  if (counts === undefined) throw new Error('the board did not tell its counters')
  return counts
}

async function echoes(b: Bench): Promise<boolean> {
  let answered: boolean | undefined
  b.host.echo(Uint8Array.of(1, 2, 3), ({ ok }) => {
    answered = ok
  })
  await b.runWhile(() => answered === undefined, 5 * SECOND)
  return answered === true
}

describe.each(['TypeScript', 'C'])('a session with the board’s end in %s', (language) => {
  const bench = (options: SessionBenchOptions = {}) =>
    sessionBench({ ...options, ...(language === 'C' && { program: join(folder, 'bridge-host') }) })

  it('opens by OPEN, ACCEPT, CONFIRM; each end has an identifier of its own, and hears it come back', async () => {
    const b = bench()
    await b.runFor(20 * MILLISECOND) // its announcement has passed
    expect(await openHost(b)).toBe(true)
    await b.runFor(2 * MILLISECOND)
    const [open, accept, confirm] = b.said.slice(-3)
    expect([open, accept, confirm].map(({ step, role }) => `${role} ${step}`)).toEqual([
      'host open',
      'board accept',
      'host confirm',
    ])
    expect(accept.peer).toBe(open.identifier)
    expect(accept.identifier).not.toBe(open.identifier)
    expect(confirm).toMatchObject({ identifier: open.identifier, peer: accept.identifier })
    expect(await echoes(b)).toBe(true)
    await b.close()
  })

  it('opens although the board, once it had asked, heard the rest of a cell, which looks like raw serprog', async () => {
    const end = bench()
    await end.runWhile(() => !end.said.some(({ step }) => step === 'open'), 5 * SECOND)
    end.line.b.handleOctets?.(new Uint8Array(30))
    await end.runWhile(() => end.host.endpoint.state !== 'open', 3 * SECOND)
    expect(end.host.endpoint.state).toBe('open')
    expect(end.said.filter(({ step }) => step === 'accept').length).toBeGreaterThan(1)
    await end.close()
  })

  it('never opens while nothing of ours reaches the board, which is heard; and opens when it does', async () => {
    const b = bench()
    b.dead.toBoard = true
    expect(await openHost(b, 20 * SECOND)).toBe(false)
    expect(b.host.endpoint.counters.asked).toBeGreaterThan(10)
    b.dead.toBoard = false
    await b.runWhile(() => b.host.endpoint.state !== 'open', 3 * SECOND)
    expect(await echoes(b)).toBe(true)
    await b.close()
  })

  it('never opens while nothing of the board’s reaches us: it says so again, lends nothing, and counts', async () => {
    let lent = 0
    const b = bench({
      board: {
        bridge: (done) => {
          lent++
          done(true)
        },
        release: (done) => done(true),
      },
    })
    b.dead.toHost = true
    expect(await openHost(b, 20 * SECOND)).toBe(false)
    expect([b.host.endpoint.counters.cellsReceived, lent]).toEqual([0, 0])
    b.dead.toHost = false
    await b.runWhile(() => b.host.endpoint.state !== 'open', 3 * SECOND)
    expect(await echoes(b)).toBe(true)
    expect((await counters(b, 'START')).unconfirmed).toBeGreaterThan(0)
    // Those of the session began with it.
    expect((await counters(b, 'SESSION')).unconfirmed).toBe(0)
    await b.close()
  })

  it('opens within 5 s on the worst line that is to be survived, whoever else was there before', async () => {
    const seeds = language === 'C' ? 20 : 100
    let slowest = 0
    for (let seed = 1; seed <= seeds; seed++) {
      const b = bench({ seed })
      b.line.setFaults(WORST)
      for (let host = 0; host < 2; host++) {
        const from = b.clock.now
        expect(await openHost(b), `seed ${seed}`).toBe(true)
        expect(await echoes(b), `seed ${seed}`).toBe(true)
        slowest = Math.max(slowest, b.clock.now - from)
        b.host.close()
      }
      await b.close()
    }
    expect(slowest / SECOND).toBeLessThan(5)
  })

  it('never opens on a line that gives us our own cells back as well, and says that it does', async () => {
    const b = bench()
    const write = b.line.a.write
    b.line.a.write = (octets) => {
      write(octets)
      b.line.a.handleOctets?.(octets.slice())
    }
    expect(await openHost(b, 20 * SECOND)).toBe(false)
    const { dropped } = b.host.endpoint.counters
    expect(dropped['own session cell']).toBeGreaterThan(10)
    expect(dropped['answer beside an echo']).toBeGreaterThan(10)
    b.line.a.write = write
    await b.runWhile(() => b.host.endpoint.state !== 'open', 3 * SECOND)
    expect(await echoes(b)).toBe(true)
    await b.close()
  })

  it('begins anew for a host that comes while it is open; the counters of the session with it', async () => {
    const b = bench()
    expect(await openHost(b)).toBe(true)
    for (let i = 0; i < 5; i++) expect(await echoes(b)).toBe(true)
    const before = await counters(b, 'SESSION')
    b.host.endpoint.open()
    await b.runWhile(() => b.host.endpoint.state !== 'open', SECOND)
    const [started, session] = [await counters(b, 'START'), await counters(b, 'SESSION')]
    expect(before.cellsReceived).toBeGreaterThan(5)
    expect(session.cellsReceived).toBeLessThan(before.cellsReceived)
    expect(started.cellsReceived).toBeGreaterThan(before.cellsReceived)
    await b.close()
  })

  it('ends when its host is gone for the lease: RESET is high again and the rate is the one at boot', async () => {
    const b = bench()
    expect(await openHost(b)).toBe(true)
    const outcomes: unknown[] = []
    b.host.setResetPin(false, (outcome) => outcomes.push(outcome.ok))
    b.host.changeBaud(500_000, (outcome) => outcomes.push(outcome.ok))
    await b.runWhile(() => outcomes.length < 2, 5 * SECOND)
    expect([outcomes, b.line.b.baud]).toEqual([[true, true], 500_000])
    b.host.close() // without a word
    await b.runFor(4.9 * SECOND)
    expect(b.line.b.baud).toBe(500_000)
    await b.runFor(0.2 * SECOND)
    expect(b.line.b.baud).toBe(1_000_000)
    b.line.a.setBaud(1_000_000)
    expect(await openHost(b)).toBe(true)
    const levels: unknown[] = []
    b.host.readResetPin((outcome) => levels.push(outcome.ok && outcome.value))
    await b.runWhile(() => levels.length === 0, SECOND)
    expect(levels).toEqual([true])
    expect((await counters(b, 'START')).lapses).toBe(1)
    await b.close()
  })

  it('stays open for a host that has nothing to say for two minutes', async () => {
    const b = bench()
    expect(await openHost(b)).toBe(true)
    const sessions: string[] = []
    b.host.onSession(({ kind }) => sessions.push(kind))
    const before = b.host.endpoint.counters.cellsSent
    await b.runFor(120 * SECOND)
    expect(await echoes(b)).toBe(true)
    expect(sessions).toEqual([])
    // One acknowledgement each 1.25 s, and no more.
    expect(b.host.endpoint.counters.cellsSent - before).toBeLessThan(120 / 1.25 + 5)
    await b.close()
  })

  it('is over for a host that was away for longer than the lease, which learns of it by its next cell', async () => {
    const b = bench()
    expect(await openHost(b)).toBe(true)
    const sessions: string[] = []
    b.host.onSession(({ kind }) => sessions.push(kind))
    expect(await echoes(b)).toBe(true)
    b.dead.toBoard = true
    await b.runFor(6 * SECOND)
    b.dead.toBoard = false
    const first = await echoes(b)
    expect([first, sessions]).toEqual([false, ['reset']])
    expect(await echoes(b)).toBe(true)
    await b.close()
  })
})

describe('a line without a board', () => {
  it('that gives us our own cells back opens no session, and they are counted as our own', () => {
    const clock = new Scheduler()
    const random = new SeededRandom(3)
    const line = new UartLine({ clock, random: random.fork('line'), baud: 115_200 })
    line.b.handleOctets = (octets) => line.b.write(octets)
    const host = new HostLink({ clock, random: random.fork('host'), line: line.a })
    host.open()
    clock.runFor(10 * SECOND)
    const { cellsSent, cellsReceived, dropped } = host.endpoint.counters
    expect(host.endpoint.state).toBe('opening')
    expect(cellsReceived).toBeGreaterThan(cellsSent - 2)
    expect(dropped).toEqual({ 'own session cell': cellsReceived })
  })

  it('but with another host opens no session at either', () => {
    const clock = new Scheduler()
    const random = new SeededRandom(4)
    const line = new UartLine({ clock, random: random.fork('line'), baud: 115_200 })
    const hosts = [line.a, line.b].map((end, i) => new HostLink({ clock, random: random.fork(`host ${i}`), line: end }))
    for (const host of hosts) host.open()
    clock.runFor(10 * SECOND)
    for (const { endpoint } of hosts) {
      expect(endpoint.state).toBe('opening')
      expect(endpoint.counters.dropped).toEqual({ 'session cell of the same role': endpoint.counters.cellsReceived })
      expect(endpoint.counters.cellsReceived).toBeGreaterThan(5)
    }
  })
})
