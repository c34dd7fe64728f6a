import { describe, expect, it } from 'vitest'
import { openTarget } from '../../target/open-target.js'
import { Watch } from './watch.js'

const LINK = ['phy.link', 'mac.receive']

describe('a watch', () => {
  it('of a board that nobody touches: rounds are quick, and tell nothing', async () => {
    const target = await openTarget('model:uno')
    const told: unknown[] = []
    const note = (change: unknown): void => void told.push(change)
    const watch = new Watch({ verdict: note, figure: note, cause: note })
    const rounds = []
    for (let round = 0; round < 6; round++) rounds.push(await watch.round(target, {}))
    await target.close()
    const [first, ...others] = rounds
    expect(first.report.checks.length).toBeGreaterThan(80)
    for (const { from, to, report, changes } of others) {
      expect(to - from).toBeLessThan(3)
      expect(report.checks.map(({ id }) => id)).toEqual(watch.repeated)
      expect(report.verdict).toBe('pass')
      expect(changes).toEqual({ verdicts: [], figures: [], causes: [] })
    }
    expect(told).toEqual([])
    // The port was never opened anew: the board has not started again.
    expect(others.at(-1)!.report.counters.host.sessionsResetByBoard).toBe(0)
  })

  it('tells when a cable is pulled and plugged, once each, with what comes and goes because of it', async () => {
    const target = await openTarget('model:uno')
    const { cable } = target.bench!
    const [board, peer] = cable.ends!
    const told: string[] = []
    const watch = new Watch({
      verdict: ({ check, from, to }) => told.push(`${check} ${from} → ${to}`),
      cause: ({ cause, to }) => told.push(to === null ? `not ${cause}` : cause),
    })
    const round = () => watch.round(target, { only: LINK })
    await round()
    cable.unplug()
    const { from, to, changes, report } = await round()
    // Whether the link alone is enough for nine tenths, or `unknown` stands beside it, is the dictionary's affair.
    const came = told.splice(0)
    expect(came).toEqual(expect.arrayContaining(['cable-unplugged', 'phy.link pass → fail']))
    expect(report.verdict).toBe('fail')
    // What stands on the link was skipped, and has said nothing.
    expect(changes.verdicts).toMatchObject([{ check: 'phy.link', from: 'pass', to: 'fail', was: '' }])
    expect(changes.verdicts[0].reason).toMatch(/^no link/)
    for (const { at } of [...changes.verdicts, ...changes.causes]) {
      expect(at).toBeGreaterThan(from)
      expect(at).toBeLessThanOrEqual(to)
    }
    await round()
    expect(told).toEqual([])
    cable.plug(board, peer)
    await round()
    const causes = came.filter((name) => name !== 'phy.link pass → fail').map((name) => `not ${name}`)
    expect(told.sort()).toEqual([...causes, 'phy.link fail → pass'].sort())
    await target.close()
  })

  it('finds a board at another rate again, without a look at all the others', async () => {
    const target = await openTarget('model:uno', { faults: ['serial-wrong-baud:baud=500000'] })
    const watch = new Watch()
    const only = ['spi.bridge']
    const first = await watch.round(target, { only })
    const second = await watch.round(target, { only })
    await target.close()
    expect(second.to - second.from).toBeLessThan((first.to - first.from) / 2)
    for (const { report } of [first, second]) {
      expect(report.checks.find(({ id }) => id === 'spi.bridge')?.verdict).toBe('pass')
    }
    expect(second.changes.verdicts).toEqual([])
  })

  it.each(['port-loopback', 'port-sketch'])(
    'has nothing to tell of who is at the port, once the first round has: %s',
    async (who) => {
      const target = await openTarget('model:uno', { faults: [who] })
      const told: unknown[] = []
      const watch = new Watch({ cause: (change) => told.push(change) })
      const reports = []
      for (let round = 0; round < 3; round++) reports.push((await watch.round(target, {})).report)
      await target.close()
      expect(reports.map(({ diagnosis }) => diagnosis.map(({ cause }) => cause))).toEqual(Array(3).fill([who]))
      expect(told).toEqual([])
    },
  )

  it('leaves the rest of a round that lost its board to the next, which finds it again', async () => {
    const target = await openTarget('model:uno')
    const { uart } = target.bench!.board
    const told: string[] = []
    const watch = new Watch({ verdict: ({ check, from, to }) => told.push(`${check} ${from} → ${to}`) })
    const only = ['serial.session', 'spi.miso', 'spi.memory', 'spi.zero-bit', 'serial.restarts']
    await watch.round(target, { only })
    const listener = {
      started: ({ id }: { readonly id: string }) => {
        if (id === 'spi.miso') uart.setFaults({ dropRate: 1 })
      },
    }
    const lost = await watch.round(target, { only, listener })
    expect(told.splice(0)).toEqual(['spi.miso pass → fail'])
    const skipped = lost.report.checks.filter(({ verdict }) => verdict === 'skip')
    expect(skipped.map(({ id, reason }) => [id, reason])).toEqual(
      ['spi.zero-bit', 'spi.pointers', 'spi.memory', 'serial.restarts'].map((id) => [
        id,
        'the board does not answer any more',
      ]),
    )
    await watch.round(target, { only })
    const line = ['serial.session', 'serial.rate', 'serial.link']
    expect(told.splice(0)).toEqual(line.map((id) => `${id} pass → fail`))
    uart.setFaults({ dropRate: 0 })
    const { report } = await watch.round(target, { only })
    await target.close()
    expect(told).toEqual([...line, 'spi.miso'].map((id) => `${id} fail → pass`))
    expect(report.verdict).toBe('pass')
  })
})
