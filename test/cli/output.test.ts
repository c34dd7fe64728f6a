import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { PseudoTerminal } from '../../host/node/serial/pty.js'
import { variation, variationsOf } from '../judge/variations.js'
import { cli, root } from './command.js'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

/** Runs the command with a terminal as its standard output, and returns what the terminal was sent. */
async function onTerminal(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  columns?: number,
  input?: string,
): Promise<string> {
  const pty = new PseudoTerminal()
  open.push(pty)
  let shown = ''
  pty.handleOctets = (octets) => {
    shown += Buffer.from(octets).toString('utf8')
  }
  const terminal = openSync(pty.path, 'r+')
  if (columns !== undefined) spawnSync('stty', ['cols', String(columns)], { stdio: [terminal, 'ignore', 'inherit'] })
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: root,
    stdio: ['pipe', terminal, 'inherit'],
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '', ...environment },
  })
  closeSync(terminal)
  child.stdin?.end(input)
  await new Promise((resolve) => child.on('close', resolve))
  await new Promise((resolve) => setImmediate(resolve))
  return shown
}

/** ECMA-48 control sequence introducer. */
const CSI = '\u001b['

const words = ['check', '--only', 'serial.session']

describe('what a person sees', () => {
  it('is coloured on a terminal, and shows the check that is running', async () => {
    const shown = await onTerminal(words, {})
    expect(
      shown
        .split(CSI)
        .slice(1)
        .filter((rest) => /^\d+(;\d+)*m/.test(rest)).length,
    ).toBeGreaterThan(3)
    expect(shown).toMatch(/\.\.\. +1 of \d+[^\n]* serial\.session[^\n]*\r/)
    expect(shown).toContain('PASS')
  })

  it('is shown anew each second while a check waits, in a check and in the first round of a watch', async () => {
    const shown = (...more: readonly string[]) => {
      const silent = new PseudoTerminal()
      open.push(silent)
      return onTerminal(['check', silent.path, '--only', 'serial.session', ...more], { NO_COLOR: '1' })
    }
    // A session is waited for as long as a board may take to start, which is some seconds.
    for (const text of await Promise.all([shown(), shown('--watch', '--rounds', '1')])) {
      expect(text.match(/ {2}\.\.\. {3}1 of 1 {2}serial\.session /g)?.length, text).toBeGreaterThan(3)
    }
  })

  it('is text, whatever the other end of a connection sends: its escape sequences are shown', async () => {
    const words = ['net', 'nc', '192.168.7.2', '7'] // echo
    const shown = await onTerminal(words, {}, undefined, `a${CSI}2J\u0007b\n`)
    expect(shown).toBe('a\\x1b[2J\\x07b\n')
  })

  variation('has no colour when NO_COLOR says so (no-color.org)', async () => {
    const shown = await onTerminal(words, { NO_COLOR: '1' })
    expect(
      shown
        .split(CSI)
        .slice(1)
        .filter((rest) => /^\d+(;\d+)*m/.test(rest)),
    ).toEqual([])
  })

  variation('is plain on a terminal that can do nothing (TERM=dumb)', async () => {
    expect(await onTerminal(words, { TERM: 'dumb' })).not.toContain('\u001b')
  })

  it.each(
    variationsOf([
      ['check', '--only', 'serial'],
      ['check', '--fault', 'miso-open', '--only', 'spi'],
      ['check', '--list'],
      ['faults'],
    ]),
  )('is no wider than its terminal: %s %s', async (...narrow) => {
    const shown = await onTerminal(narrow, { NO_COLOR: '1' }, 40)
    // What the line of the running check leaves is written over.
    const lines = shown.split(/\r?\n/).map((line) => line.slice(line.lastIndexOf('\r') + 1).replace(`${CSI}K`, ''))
    expect(lines.length).toBeGreaterThan(10)
    // A word that is longer than a line stays whole.
    expect(lines.filter((line) => line.length > 40 && line.trim().includes(' '))).toEqual([])
  })

  it('has its lines whole in a pipe, where a program reads them', () => {
    const { stdout } = spawnSync(process.execPath, [cli, 'check', '--list'], { cwd: root, encoding: 'utf8' })
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeGreaterThan(120)
    expect(stdout).toMatch(/^serial +serial\.session +The board answers .*\]$/m)
  })

  it('ends in silence when the reader goes away', () => {
    const pipe = `'${process.execPath}' '${cli}' faults --json | head -c 10`
    const { stdout, stderr } = spawnSync('sh', ['-c', pipe], { cwd: root, encoding: 'utf8' })
    expect(stdout).toHaveLength(10)
    expect(stderr).toBe('')
  })
})
