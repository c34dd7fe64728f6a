/** `check --watch`: in a pipe, in virtual time, at a port that goes away and comes back. */
import { readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { variation } from '../judge/variations.js'
import { roundFaults } from '../schema/judge.js'
import { scratch, serveCli, start, until } from './command.js'
import { runHere } from './here.js'
import { closers, served } from './served.js'

const QUICK = ['--only', 'serial.echo']

describe('check --watch', () => {
  it('prints the first round as a check, a line for each change after it, and how it ended', async () => {
    const folder = scratch()
    const report = join(folder, 'last.json')
    const { status, stdout, stderr } = await runHere(
      ...['check', 'model:uno', '--watch', '--rounds', '8', '--fault', 'cable-intermittent:every=3s'],
      ...['--only', 'phy.link-steady', '--report', report, '--report', join(folder, 'last.xml')],
    )
    const [first, ...lines] = stdout.split(/^[A-Z]+ {2}\d+ checks?: .*\n/m)
    expect(first).toMatch(/^Checking model:uno .*\n\nphy /)
    const changes = lines.join('').trimEnd().split('\n')
    const last = changes.pop()
    const rounds = `8 rounds, ${changes.length} changes; the last round: ${JSON.parse(readFileSync(report, 'utf8')).verdict}`
    expect(last).toMatch(new RegExp(`^ +\\d+\\.\\d\\d s {2}${rounds}$`))
    expect(changes.length).toBeGreaterThan(3)
    const seconds = [...readFileSync(join(folder, 'last.xml'), 'utf8').matchAll(/<testcase [^>]*time="([^"]*)"/g)]
    expect(Math.max(...seconds.map(([, time]) => Number(time)))).toBeGreaterThan(0)
    const told = changes.map((line) => /^ +(\d+\.\d\d) s {2}(?:phy\.|cause ).* → /.exec(line)?.[1])
    expect(told).not.toContain(undefined)
    expect(told).toEqual([...told].sort((a, b) => Number(a) - Number(b)))
    expect(stdout).toMatch(/s {2}phy\.link-steady {2}pass → fail: readings that saw the link lost/)
    expect(stdout).toMatch(/s {2}phy\.link-steady {2}fail → pass \(was: /)
    expect(stderr).toMatch(/^Watching \d+ checks: what changes is told below.* Ctrl-C ends this\.\n$/)
    expect(status).toBe(rounds.endsWith('fail') ? 1 : 0)
  })

  it('with --json prints a line a round, which its schema takes, and the same for the same seed', async () => {
    const words = ['check', 'model:uno', '--watch', '--rounds', '3', '--json', '--seed', '5', ...QUICK]
    const [one, other] = await Promise.all([runHere(...words), runHere(...words)])
    expect([one.status, one.stderr]).toEqual([0, ''])
    expect(other.stdout).toBe(one.stdout)
    const rounds = one.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rounds.map(({ round }) => round)).toEqual([1, 2, 3])
    for (const round of rounds) expect(roundFaults(round)).toEqual([])
    expect(rounds[1].from).toBe(rounds[0].to)
    // Nanoseconds: a round of an emulated board takes milliseconds at least.
    expect(rounds[0].to - rounds[0].from).toBeGreaterThan(1_000_000)
  })

  variation('ends by Ctrl-C in good order, with what the last whole round came to', async () => {
    const command = start(['check', 'model:uno', '--watch', ...QUICK, '--json'])
    await until(() => command.stdout().split('\n').length > 2)
    command.process.kill('SIGINT')
    const { status, stdout, stderr } = await command.ended
    expect([status, stderr]).toEqual([0, ''])
    for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line).report.verdict).toBe('pass')
  })

  it('says when a port is lost, and goes on when it is there again', async () => {
    const port = join(scratch(), 'port')
    const first = await serveCli('model:uno')
    closers.push(() => first.process.kill('SIGKILL'))
    symlinkSync(first.path, port)
    const command = start(['check', port, '--watch', ...QUICK])
    closers.push(() => command.process.kill('SIGKILL'))
    const ended: (number | null)[] = []
    void command.ended.then(({ status }) => ended.push(status))
    const said = (what: string) => until(() => ended.length > 0 || command.stdout().includes(what))
    // Whatever it came to: of a computer that is too busy a check says nothing.
    await said('  1 check: ')
    // Only a round that begins after the first shows that the watch is under way.
    first.process.kill('SIGKILL')
    await said('the target is lost')
    rmSync(port)
    symlinkSync((await served('model:uno')).path, port)
    await said('the target is there again')
    command.process.kill('SIGINT')
    const { status, stdout } = await command.ended
    expect(stdout).toMatch(/ s {2}the target is lost: .*\n +\d+\.\d\d s {2}the target is there again\n/)
    expect(status).toBe(0)
  })

  variation('with --rounds waits for nobody: a target that is lost ends it (exit status 3)', async () => {
    const board = await serveCli('model:uno')
    closers.push(() => board.process.kill('SIGKILL'))
    const command = start(['check', board.path, '--watch', '--rounds', '1000', '--json', ...QUICK])
    await until(() => command.stdout().includes('\n'))
    board.process.kill('SIGKILL')
    const { status, stderr } = await command.ended
    expect(status).toBe(3)
    expect(stderr).toContain('vanished while it was in use')
  })

  it.each([
    [['--rounds', '3'], '--rounds says when a --watch ends; give --watch as well'],
    [['--watch', '--rounds', '0'], '--rounds takes a whole number from 1'],
    [['--watch', '--soak', '60'], '--soak watches at the end of one run'],
    [['--soak', '60', '--only', 'spi'], '--soak is the time that network.steady watches, and --only leaves it out'],
    [['--watch', '--record', 'x.lpr'], '--record keeps one run'],
    [['--watch', '--ask'], '--ask'],
    [['--watch', '--probe'], '--probe asks whoever is there once'],
    [['--watch', '--list'], 'leave --watch out'],
  ])('refuses %o', async (words, reason) => {
    const { status, stdout, stderr } = await runHere('check', ...words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(reason)
  })
})
