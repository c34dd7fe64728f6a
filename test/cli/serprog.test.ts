/** `serprog:` targets: our client with somebody else's programmer, and with our own bridge in its serprog mode. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { Enc28j60 } from '../../boards/chips/enc28j60/enc28j60.js'
import { createBareLab } from '../../boards/lab.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import type { Report } from '../../host/check/types.js'
import { PseudoTerminal } from '../../host/node/serial/pty.js'
import { RealTimePacer } from '../../host/serial/pacing.js'
import { variation } from '../judge/variations.js'
import { root, runCli } from './command.js'
import { runHere } from './here.js'
import { closers, served } from './served.js'

/** The programmer in Python, with our chip on its SPI pins and a host at the other end of the cable, in real time. */
async function pythonProgrammer(kind: 'full' | 'bare' | 'tiny') {
  const lab = createBareLab({ seed: 1 })
  const peer = lab.addHost({ address: '192.168.7.1/24' })
  const chip = new Enc28j60({ clock: lab.clock, random: new SeededRandom(1) })
  lab.connect(chip.port, peer.port)
  chip.powerOn()
  const pacer = new RealTimePacer(lab.clock)
  pacer.start()
  const child = spawn('/usr/bin/python3', [join(root, 'test/cli/serprog-programmer.py'), kind], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  closers.push(
    () => pacer.stop(),
    () => void child.kill('SIGKILL'),
  )
  const longest = { write: 0, read: 0 }
  const path = await new Promise<string>((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`python3 is the other programmer here (${error.message})`)))
    createInterface(child.stdout).on('line', (line) => {
      const [word, written, read] = line.split(' ')
      if (word !== 'spi') return resolve(word)
      const write = Uint8Array.from(Buffer.from(written === '-' ? '' : written, 'hex'))
      longest.write = Math.max(longest.write, write.length)
      longest.read = Math.max(longest.read, Number(read))
      pacer.enter(() => {
        // No timer of the chip's waits for what comes over SPI, and the host has waited by the wall clock: what is due, late or not, comes first.
        lab.clock.runUntil(Math.max(lab.clock.now, pacer.present))
        child.stdin.write(`${Buffer.from(chip.transfer(write, Number(read))).toString('hex')}\n`)
      })
    })
  })
  return { path, chip, longest }
}

/** What is possible without cells, without an INT pin, and with a peer that is not ours. */
const SKIPPED = [
  'serial.session',
  'serial.rate',
  'serial.link',
  'serial.identity',
  'serial.echo',
  'serial.round-trip',
  'serial.line-errors',
  'serial.retransmissions',
  'serial.octets',
  'serial.quiet',
  'serial.error-rate',
  'serial.baud-change',
  'serial.highest-rate',
  'spi.interrupt-pin',
  'spi.pins',
  'spi.by-hand',
  'phy.partner',
  'mac.simultaneous',
  'network.answers',
  'network.release',
  'network.board-answers',
  'serial.restarts',
  'serial.whole-run',
]

/** In a process of its own where this one is busy with the wire in real time. */
async function check(
  run: typeof runCli,
  ...words: string[]
): Promise<{ readonly status: number | null; readonly report: Report }> {
  const { status, stdout, stderr } = await run('check', ...words, '--json')
  if (stdout === '') throw new Error(stderr)
  return { status, report: JSON.parse(stdout) as Report }
}

/**
 * Those that the computer was too slow for are left out, and those that need one of them: the programmer in Python is in real time, and
 * so is its wire.
 */
function idsWith(report: Report, verdict: string): string[] {
  const late = new Set<string>()
  for (const { id, verdict: its, reason } of report.checks) {
    const needsLate = its === 'skip' && [...late].some((other) => reason.includes(other))
    if (needsLate || reason.startsWith('this computer was too slow')) late.add(id)
  }
  return report.checks
    .filter((each) => each.verdict === verdict && (SKIPPED.includes(each.id) || !late.has(each.id)))
    .map(({ id }) => id)
}

describe('a serprog programmer that somebody else wrote', () => {
  it('is checked as far as the chip goes; what needs cells is skipped by name, and it is said why', async () => {
    const { path } = await pythonProgrammer('full')
    const { status, report } = await check(runCli, `serprog:${path}`, '--peer', '192.168.7.1')
    expect([idsWith(report, 'fail'), idsWith(report, 'warn')]).toEqual([[], []])
    expect(idsWith(report, 'skip')).toEqual(SKIPPED)
    expect(report).toMatchObject({ backend: 'serprog', board: 'python-full', seed: null, diagnosis: [] })
    const session = report.checks.find(({ id }) => id === 'serial.session')
    expect(session?.reason).toMatch(/not over serprog, which has no cells: nothing detects an error on this line/)
    expect(report.counters.host).toMatchObject({ resynchronised: 0, straysReceived: 0 })
    expect(status).toBe(0)
  })

  variation('with the mandatory commands alone has a clock that nobody knows, and the rest passes', async () => {
    const { path } = await pythonProgrammer('bare')
    const only = ['spi', 'chip', 'mac.duplex-flood', 'mac.order', 'mac.close-behind'].flatMap((id) => ['--only', id])
    const { status, report } = await check(runCli, `serprog:${path}`, '--peer', '192.168.7.1', ...only)
    expect(idsWith(report, 'fail')).toEqual([])
    const run = report.checks.map(({ id }) => id)
    const skipped = [...SKIPPED, 'spi.clock', 'mac.duplex-flood', 'mac.order', 'mac.close-behind']
    expect(idsWith(report, 'skip')).toEqual(run.filter((id) => skipped.includes(id)))
    expect(report.checks.find(({ id }) => id === 'spi.clock')?.reason).toMatch(/one SPI clock and does not say which/)
    expect(status).toBe(0)
  })

  variation('with little room is given no more than it takes, and whole frames pass all the same', async () => {
    const { path, longest } = await pythonProgrammer('tiny')
    const only = ['spi.memory', 'mac.frame-check', 'mac.frame-sizes'].flatMap((id) => ['--only', id])
    const { status, report } = await check(runCli, `serprog:${path}`, '--peer', '192.168.7.1', ...only)
    expect(idsWith(report, 'fail')).toEqual([])
    expect(longest).toEqual({ write: 32, read: 48 })
    expect(report.counters.host).toMatchObject({ resynchronised: 0 })
    expect(status).toBe(0)
  })
})

describe('our own bridge in its serprog mode', () => {
  it('is checked by the compiled firmware, then over cells again: the pins it released are driven anew', async () => {
    const { path } = await served('avr:uno')
    const { status, report } = await check(runHere, `serprog:${path}`, '--only', 'spi', '--only', 'chip')
    expect(idsWith(report, 'fail')).toEqual([])
    expect(report.board).toBe('linkpulse')
    expect(status).toBe(0)
    const cells = await check(runHere, path, '--only', 'chip.revision')
    expect(idsWith(cells.report, 'fail')).toEqual([])
  })

  it('shows what is broken behind it', async () => {
    const { path } = await served('avr:uno', '--fault', 'miso-open')
    const { status, report } = await check(runHere, `serprog:${path}`, '--only', 'spi')
    expect(status).toBe(1)
    // Without the INT pin it may be of one class with a chip select that never falls.
    expect(report.diagnosis[0].class).toContain('miso-open')
  })

  variation('says in a report for people that there is no error detection', async () => {
    const { path } = await served('avr:uno')
    const { stdout } = await runHere('check', `serprog:${path}`, '--only', 'spi.bridge', '--only', 'serial.echo')
    expect(stdout).toMatch(/programmer “linkpulse”, serprog: no error detection on its line, no interrupt pin/)
    expect(stdout).toMatch(/skip {2}serial\.echo .*not over serprog/)
  })
})

describe('an invalid serprog: target', () => {
  it('exits with 3 and says what came back', async () => {
    const silent = new PseudoTerminal()
    closers.push(() => silent.close())
    const { status, stderr } = await runHere('check', `serprog:${silent.path}@115200`)
    expect(stderr).toMatch(/^linkpulse: no programmer answers on \S+ at 115200 baud: not one octet came back/)
    expect(status).toBe(3)
  })

  it('exits with 3 when the port is not there, and with 2 when it is not named', async () => {
    expect((await runHere('check', 'serprog:/dev/no-such-port')).status).toBe(3)
    expect((await runHere('check', 'serprog:')).status).toBe(2)
  })

  it.each([
    ['flash', 'uno', 'serprog:/dev/x'],
    ['serve', 'serprog:/dev/x'],
    ['scope', 'serprog:/dev/x'],
    ['check', 'serprog:/dev/x', '--fault', 'miso-open'],
    ['check', 'serprog:/dev/x', '--strict'],
    ['check', 'serprog:/dev/x', '--over-pty'],
  ])('is wrong usage for what needs another: %s %s %s %s', async (...words) => {
    const { status, stderr } = await runHere(...words)
    expect(status).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
