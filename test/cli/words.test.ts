/**
 * Whatever a command is told, and whatever a file or a server tells it, no control character reaches standard output or
 * standard error: every command is given hostile words in every place that takes one.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { UNPRINTABLE } from '../setup/unprintable.js'
import { type CommandOutcome, scratch, start } from './command.js'
import { runHere } from './here.js'

/** Sets a title, rings, clears the screen by C1, ends a line, turns a direction, hides; and would be a path. An argument has no null. */
const HOSTILE = '/nowhere/\x1b]0;x\x07\x9b2J\x7f\r\u2028\u202e\u2066\u200b\u{e0041}\ufffe'

/** Words that a command takes, so that an option behind them is looked at. */
const SOUND: Readonly<Record<string, readonly string[]>> = {
  flash: ['uno', '/dev/null'],
  run: ['firmware/bridge/images/bridge-uno.hex', '--for', '0.001'],
  'net up': ['stack:', '--tap', 'x', '--address', '10.9.0.2/24', '--for', '0.001'],
  'net ping': ['192.168.7.2', '--count', '1'],
  'net nc': ['192.168.7.2', '7'],
  'net http': ['http://192.168.7.2/'],
  drill: ['test/drill/reset.pkt'],
  check: ['--only', 'serial.session'],
}

function expectPrintable(words: readonly string[], { stdout, stderr }: CommandOutcome): void {
  const what = JSON.stringify(words)
  expect(UNPRINTABLE.exec(stdout), what).toBeNull()
  expect(UNPRINTABLE.exec(stderr), what).toBeNull()
}

describe.each(COMMANDS.map((command) => [command.name, command] as const))('%s', (name, command) => {
  it('says no hostile operand as it is', async () => {
    const word = name === 'net http' ? `file:${HOSTILE}` : HOSTILE
    const operands = command.maximum === 2 ? [word, word] : [word]
    const words = [...name.split(' '), ...operands]
    const outcome = await runHere(...words)
    expect(outcome.status).not.toBe(0)
    // What doctor says of a port is its result.
    const said = name === 'doctor' ? outcome.stdout : outcome.stderr
    if (name !== 'net http') expect(said).toContain('\\x1b]0;x\\x07\\x9b2J') // a URL is ASCII
    expectPrintable(words, outcome)
  })

  // An option that several commands take is tried at the first of them.
  const before = COMMANDS.slice(0, COMMANDS.indexOf(command)).flatMap(({ options }) => Object.keys(options))
  const taking = Object.entries(command.options).filter(
    ([option, { value }]) => value !== undefined && !before.includes(option),
  )
  it.each(taking.map(([option]) => option))('says no hostile --%s as it is', async (option) => {
    const words = [...name.split(' '), ...(SOUND[name] ?? []), `--${option}=${HOSTILE}`]
    const outcome = await runHere(...words)
    expectPrintable(words, outcome)
    expect(outcome.status).not.toBe(0)
  })
})

describe('words that are no command', () => {
  it.each([
    [HOSTILE],
    [`--${HOSTILE}`],
    ['net', HOSTILE],
    ['check', `--${HOSTILE}`],
    ['check', `--seed=1\n2${HOSTILE}`],
  ])('are named as what they are', async (...words) => {
    const outcome = await runHere(...words)
    expect(outcome.status).toBe(2)
    expectPrintable(words, outcome)
  })

  it('say nothing in a line that looks like ours', async () => {
    const { stderr } = await runHere('check', '--seed', 'x"\nlinkpulse: everything passed')
    expect(stderr.split('\n').filter((line) => line.startsWith('linkpulse:'))).toHaveLength(1)
  })
})

describe('files with hostile words', () => {
  const folder = join(scratch(), 'a\x1b[2J\x9b\u202eb')
  mkdirSync(folder)
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const bad = '\x1b[31m\x07\u202e\x9b'

  it.each<[string, () => string[]]>([
    ['a board file that is not JSON', () => ['boards', '--board-file', file('a.json', `{"name": ${bad}`)]],
    [
      'a board file with hostile names and values',
      () => ['boards', '--board-file', file('b.json', JSON.stringify({ name: bad, [bad]: 1, title: bad }))],
    ],
    [
      'a board whose title is hostile',
      () => ['boards', '--board-file', file('t.json', JSON.stringify({ ...BOARDS.get('uno'), name: 'x', title: bad }))],
    ],
    ['a script with a hostile token', () => ['drill', file('c.pkt', `+0 ${bad}(3) = 0\n`)]],
    [
      'a script that fails on a hostile text',
      () => ['drill', '--trace', file('d.pkt', `0 socket(..., SOCK_STREAM, 0) = 3 // ${bad}\n+0 ${bad}`)],
    ],
    ['an invalid image', () => ['run', file('e.hex', `:${bad}\n`)]],
  ])('%s', async (_, words) => {
    const given = words()
    const outcome = await runHere(...given)
    expect(outcome.status).toBe(2)
    expect(outcome.stderr + outcome.stdout).toContain('\\x1b')
    expectPrintable(given, outcome)
  })

  it('a report has none of it, and --json has it escaped', async () => {
    const script = file('g.pkt', `0 socket(..., SOCK_STREAM, 0) = 3\n`)
    const { stdout, status } = await runHere('drill', '--json', script)
    expect(status).toBe(0)
    expect(UNPRINTABLE.exec(stdout)).toBeNull()
    const report = JSON.parse(stdout) as { scripts: { file: string }[] }
    expect(report.scripts[0].file).toBe(script)
  })
})

describe('octets that are not ours', () => {
  it('go to a pipe as they are', async () => {
    const octets = Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0x00, 0xff, 0x9b, 0x0d, 0x0a, 0x07])
    const command = start(['net', 'nc', '192.168.7.2', '7'], {}, octets)
    command.process.stdout?.setEncoding('latin1')
    const { stdout, status } = await command.ended
    expect(status).toBe(0)
    expect(Buffer.from(stdout, 'latin1')).toEqual(octets)
  })
})
