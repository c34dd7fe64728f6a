/** `linkpulse mission`: found by measuring in a terminal, handed in as a file, played again for the teacher's table. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { MissionResult } from '../../host/workshop/protocol.js'
import { scratch, start } from './command.js'
import { runHere, runHereWith } from './here.js'

const folder = scratch()
const file = (name: string) => join(folder, name)
/** Silence, seed 3: the far end's RXD is not connected. */
const LINES = ['look', 'probe rx', 'hint', 'repair serial-inverted', 'repair serial-rx-open', 'send', 'send']

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`

function play(words: readonly string[], lines: readonly string[]) {
  return runHereWith(text(lines), 'mission', ...words)
}

describe('linkpulse mission', () => {
  let solved: Awaited<ReturnType<typeof play>>
  beforeAll(async () => {
    const words = ['mission', 'silence', '--seed', '3', '--save', file('a.json')]
    solved = await start(words, {}, Buffer.from(text(LINES))).ended
  })

  it('lists the missions, each with its number, its station and what it is called', async () => {
    const { status, stdout } = await runHere('mission')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^1 +silence +rs232 +Nothing on the line$/m)
    expect(stdout.trim().split('\n').length).toBeGreaterThanOrEqual(15)
  })

  it('says what is seen and what was found, and ends with 0 where it is solved', () => {
    const { status, stdout, stderr } = solved
    expect(stderr).toBe('')
    expect(stdout).toContain('Nothing on the line: The computer sends')
    expect(stdout).toContain('Far end, pin 2 RXD: 0 V, nobody drives it.')
    expect(stdout).toContain('at the far end’s receiver: 0 V')
    expect(stdout).toContain('Probe both ends')
    expect(stdout).toContain('That was not it: an inverter is in the line')
    expect(stdout).toContain('Repaired: the far end’s RXD is not connected')
    expect(stdout).toContain('Solved with 4 of 6 measurements and 1 hint.')
    expect(status).toBe(0)
  })

  it('ends with 1 where it is not solved, and is the same for the same words', async () => {
    const [one, other] = await Promise.all([play(['1', '--seed', '3'], ['send']), play(['1', '--seed', '3'], ['send'])])
    expect(one.status).toBe(1)
    expect(one).toEqual(other)
  })

  it('writes what a teacher plays again: a table, a CSV, and what is not as it says', async () => {
    const result = JSON.parse(readFileSync(file('a.json'), 'utf8')) as MissionResult
    expect(result).toMatchObject({ mission: 'silence', seed: 3, solved: true, spent: 4, repairs: 2, hints: 1 })
    writeFileSync(file('b.json'), JSON.stringify({ ...result, hints: 0 }))
    const { status, stdout } = await runHere('mission', file('a.json'), file('b.json'), '--csv', file('table.csv'))
    expect(status).toBe(1)
    expect(stdout).toMatch(/a\.json +silence +3 +yes +4 +6 +2 +1 +as it says/)
    expect(stdout).toMatch(/b\.json .* hints: it says 0, and played again it is 1/)
    const rows = readFileSync(file('table.csv'), 'utf8').split('\r\n')
    expect(rows[0]).toBe('file,mission,seed,solved,measurements,budget,repairs,hints,replay')
    expect(rows[2]).toContain('"hints: it says 0, and played again it is 1"')
  })

  it.each([
    [['mission', 'silense'], /there is no mission "silense"; did you mean "silence"\?; `linkpulse mission` lists them/],
    [['mission', '--csv', '-'], /--csv means nothing here/],
    [['mission', 'nowhere.json'], /nowhere\.json/],
    [['mission', 'package.json'], /package\.json is not the result of a mission:\n {2}/],
  ])('refuses %j, saying what there is', async (words, message) => {
    const { status, stderr } = await runHere(...(words as string[]))
    expect(status).toBe(2)
    expect(stderr).toMatch(message as RegExp)
  })

  it('does what a station can be asked for, by name, and lists it; the first is `send`', async () => {
    const { status, stdout } = await play(
      ['after-syn-ack', '--seed', '2'],
      ['help', 'send', 'repair firewall-only-syn', 'client-close', 'server-close'],
    )
    expect(stdout).toMatch(/^ +client-connect +connect: a measurement$/m)
    expect(stdout).toContain('Repaired: a firewall on the way lets nothing but a SYN through')
    expect(stdout).toContain('Solved with 4 of 12 measurements and 0 hints.')
    expect(status).toBe(0)
    const asked = await play(['cut-off'], ['hello z'])
    expect(asked.status).toBe(2)
    expect(asked.stderr).toMatch(/there is no choice "z".*there are: a, b, c, d/)
  })

  it('names a word that is wrong, with the nearest there is', async () => {
    const { status, stderr } = await play(['silence'], ['repare serial-noise'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/there is no command "repare"; did you mean "repair"\?/)
  })
})
