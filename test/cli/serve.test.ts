import { spawn } from 'node:child_process'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, it } from 'vitest'
import { PseudoTerminal } from '../../host/node/serial/pty.js'
import { variation } from '../judge/variations.js'
import { crc, HEC_FINAL, sessionCell } from './cells.js'
import { type RunningCommand, runCli, serveCli, start, until } from './command.js'
import { runHere } from './here.js'

const running: RunningCommand[] = []
const open: { close(): void }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) each.close()
  for (const command of running.splice(0)) {
    command.process.kill('SIGKILL')
    await command.ended
  }
})

async function served(...words: string[]): ReturnType<typeof serveCli> {
  const command = await serveCli(...words)
  running.push(command)
  return command
}

describe('the independent check in these tests', () => {
  it('agrees with published check values over "123456789"', () => {
    const digits = new TextEncoder().encode('123456789')
    expect(crc(digits, { width: 8, polynomial: 0x07, final: 0 })).toBe(0xf4) // CRC-8/SMBUS
    expect(crc(digits, { width: 8, polynomial: 0x07, final: HEC_FINAL })).toBe(0xa1) // CRC-8/I-432-1
    expect(crc(digits, { width: 16, polynomial: 0x1021, final: 0 })).toBe(0x31c3) // CRC-16/XMODEM
  })
})

describe('linkpulse serve', () => {
  it('prints a path that socat can open, and the session cell that socat reads decodes', async () => {
    const { path } = await served()
    const socat = spawn('socat', ['-', `FILE:${path},b1000000,raw,echo=0`], { stdio: ['pipe', 'pipe', 'inherit'] })
    open.push({ close: () => socat.kill() })
    let received = Buffer.alloc(0)
    socat.stdout.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
    })
    // a board that was just switched on boots first, and may open a session itself: the larger identifier wins
    const request = sessionCell(0xfffe)
    const repeat = setInterval(() => socat.stdin.write(request), 100)
    const answer = (): Buffer | undefined => {
      for (let at = 0; at + 64 <= received.length; at++) {
        const cell = received.subarray(at, at + 64)
        if (cell[4] !== crc(cell.subarray(0, 4), { width: 8, polynomial: 0x07, final: HEC_FINAL })) continue
        if (cell.readUInt16BE(62) !== crc(cell.subarray(0, 62), { width: 16, polynomial: 0x1021, final: 0 })) continue
        if (cell.readUInt16BE(5) === 0xfffe) return cell
      }
      return undefined
    }
    await until(() => answer() !== undefined)
    clearInterval(repeat)

    const cell = answer()!
    expect(cell[0] >> 6).toBe(0b01) // version
    expect((cell[0] >> 4) & 3).toBe(3) // kind: session
    expect(cell[3]).toBeLessThanOrEqual(57)
    const payload = cell.subarray(5, 5 + cell[3])
    expect(payload.includes('uno')).toBe(true) // the board's name
    expect(cell.subarray(5 + cell[3], 62).every((octet) => octet === 0)).toBe(true) // zero padded
  })

  it('does not hold against one program what the board heard from the one before', async () => {
    const { path } = await served()
    const stranger = new SerialPort({ path, baudRate: 1_000_000 })
    await new Promise<void>((resolve) => stranger.once('open', resolve))
    // headers that hold and payloads that do not: the board counts them
    const cell = sessionCell(0x1234)
    cell[63] ^= 0xff
    for (let i = 0; i < 20; i++) stranger.write(cell)
    await new Promise<void>((resolve) => stranger.drain(() => stranger.close(() => resolve())))
    const { stdout } = await runHere('check', path, '--only', 'serial.line-errors', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass' })
  })

  it('serves a board that another linkpulse checks through the port, one program after another', async () => {
    const { path } = await served()
    for (let i = 0; i < 2; i++) {
      const { status, stdout } = await runHere(
        'check',
        path,
        '--only',
        'serial.identity',
        '--only',
        'chip.revision',
        '--json',
      )
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ target: path, backend: 'serial', board: 'uno', seed: null })
    }
  })

  variation('ends cleanly on SIGINT and on SIGTERM (exit status 0, no stack trace)', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const command = await served('--seed', '3')
      command.process.kill(signal)
      const { status, stdout, stderr } = await command.ended
      expect(status).toBe(0)
      expect(stdout).toBe(`${command.path}\n`)
      expect(stderr).not.toMatch(/ at .*:\d+/)
    }
  })

  variation('breaks what it is told to break', async () => {
    const { path } = await served('--fault', 'miso-open')
    const { status, stdout } = await runHere('check', path, '--only', 'spi', '--json')
    expect(status).toBe(1)
    expect((JSON.parse(stdout) as { diagnosis: { cause: string }[] }).diagnosis[0]?.cause).toBe('miso-open')
  })
})

describe('a port that is not what it should be (exit status 3)', () => {
  async function expectLost(words: readonly string[], message: RegExp, run = runHere): Promise<void> {
    const { status, stdout, stderr } = await run(...words)
    expect(stderr).toMatch(message)
    expect(stderr.trim().split('\n').length).toBe(1)
    expect(stdout).toBe('')
    expect(status).toBe(3)
  }

  it('does not exist', async () => {
    await expectLost(
      ['check', '/dev/no-such-port', '--json'],
      /^linkpulse: there is no port \/dev\/no-such-port; .*linkpulse ports/,
    )
  })

  it('is no serial port', async () => {
    await expectLost(['check', '/dev/null', '--json'], /^linkpulse: \/dev\/null is not a serial port/)
  })

  it('is in use by another program', async () => {
    const pty = new PseudoTerminal()
    open.push(pty)
    const port = new SerialPort({ path: pty.path, baudRate: 115_200, autoOpen: false })
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
    await expectLost(
      ['check', pty.path, '--json'],
      /is in use by another program .*close it there, then try again/,
      runCli,
    )
    await new Promise((resolve) => port.close(resolve))
  })

  variation('vanishes in the middle of a check', async () => {
    const command = await served()
    const check = start(['check', command.path])
    running.push(check)
    await until(() => check.stdout().includes('serial.session'))
    command.process.kill('SIGKILL')
    const { status, stderr } = await check.ended
    expect(stderr).toMatch(/^linkpulse: the port \/dev\/\S+ vanished while it was in use; check the cable/)
    expect(stderr.trim().split('\n').length).toBe(1)
    expect(status).toBe(3)
  })

  it('is so slow that the time limit runs out (exit status 4)', async () => {
    const pty = new PseudoTerminal()
    open.push(pty)
    const { status, stderr } = await runHere('check', pty.path, '--json', '--time-limit', '0.3')
    expect(stderr).toMatch(/^linkpulse: the time limit of 0\.3 s ran out/)
    expect(status).toBe(4)
  })

  it('is silent: the board is not there (every check that needs it says so, exit status 1)', async () => {
    const pty = new PseudoTerminal()
    open.push(pty)
    const { status, stdout } = await runHere('check', pty.path, '--only', 'serial.session')
    expect(status).toBe(1)
    expect(stdout).toMatch(/not one octet came back/)
  })
})
