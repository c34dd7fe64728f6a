/** `rfc2217:` targets, and `serve --rfc2217`: our client with others' servers, others' client with our server. */
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../host/check/types.js'
import { variation, variationsOf } from '../judge/variations.js'
import { root, start, until } from './command.js'
import { runHere } from './here.js'
import { closers, served } from './served.js'

/** Somebody else's program that says on which TCP port it listens. */
function server(command: string, words: readonly string[], port: RegExp) {
  const child = spawn(command, words, { stdio: 'pipe' })
  closers.push(() => child.kill('SIGKILL'))
  const lines: string[] = []
  const listening = new Promise<string>((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${command} is the server here (${error.message})`)))
    child.on('close', (status) => reject(new Error(`${command} ended with ${status}: ${lines.join('; ')}`)))
    for (const output of [child.stdout, child.stderr]) {
      createInterface(output).on('line', (line) => {
        lines.push(line)
        const found = port.exec(line)
        if (found !== null) resolve(`rfc2217://127.0.0.1:${found[1]}`)
      })
    }
  })
  return { listening, lines }
}

const gensio = (path: string) =>
  server(
    'gensiot',
    ['-a', '-p', '-i', `serialdev,${path},9600n81,local`, 'telnet(rfc2217=true),tcp(nodelay=true),127.0.0.1,0'],
    /ipv4,127\.0\.0\.1,(\d+)/,
  )

const pyserial = (path: string) =>
  server('/usr/bin/python3', [join(root, 'test/cli/rfc2217-server.py'), path], /^(\d+)$/)

/** The line, the wires and the chip; the rest stands on these and takes ten times as long. */
const ONLY = ['--only', 'serial', '--only', 'spi', '--only', 'chip']

async function check(...words: string[]): Promise<{ readonly status: number | null; readonly report: Report }> {
  const { status, stdout, stderr } = await runHere('check', ...words, '--json')
  if (stdout === '') throw new Error(stderr)
  return { status, report: JSON.parse(stdout) as Report }
}

const failed = (report: Report) => report.checks.filter(({ verdict }) => verdict === 'fail')

describe('a port across a network', () => {
  it.each(
    variationsOf([
      ['the library of ser2net', gensio],
      ['pyserial', pyserial],
    ]),
  )('behind %s is checked as a port of this machine, with changes of its rate', async (_, serverAt) => {
    const { path } = await served('model:uno')
    const { listening } = serverAt(path)
    const url = await listening
    const { status, report } = await check(url, ...ONLY)
    expect(failed(report)).toEqual([])
    expect(status).toBe(0)
    expect(report).toMatchObject({ target: url, backend: 'rfc2217', board: 'uno', seed: null })
    expect(report.checks.find(({ id }) => id === 'serial.baud-change')?.verdict).toBe('pass')
    expect(report.counters.port).toMatchObject({ framingErrors: 0, unknownAnswers: 0 })
    expect(report.counters.port.octetsReceived).toBeGreaterThan(10_000)
  })

  it('behind our own server runs every check', async () => {
    const { path } = await served('model:uno', '--rfc2217', '0')
    expect(path).toMatch(/^rfc2217:\/\/127\.0\.0\.1:\d+$/)
    const { status, report } = await check(path)
    expect(failed(report)).toEqual([])
    expect(report.checks.length).toBeGreaterThan(50)
    expect(status).toBe(0)
  })

  variation('has its DTR pulsed by flash, which resets the board into its boot loader', async () => {
    const { path } = await served('avr:uno', '--bootloader', '--rfc2217', '0')
    const { status, stdout } = await runHere('flash', 'uno', path)
    expect(stdout).toMatch(/octets written and read back; next: linkpulse check rfc2217:\/\//)
    expect(status).toBe(0)
    const { report } = await check(`${path}@1000000`, '--only', 'serial.identity')
    expect(report).toMatchObject({ verdict: 'pass', board: 'uno' })
  })

  variation('has the circuits of pyserial’s port switched: DTR off and on', async () => {
    const { path } = await served('model:uno')
    const { listening, lines } = pyserial(path)
    const url = await listening
    const flash = start(['flash', 'uno', url]) // there is no boot loader: the reset is what we look at
    closers.push(() => flash.process.kill('SIGKILL'))
    await until(() => lines.lastIndexOf('dtr on') > lines.indexOf('dtr off') && lines.includes('dtr off'))
    expect(lines.filter((line) => line.startsWith('dtr')).slice(-2)).toEqual(['dtr off', 'dtr on'])
  })

  variation('can have a serprog programmer behind it', async () => {
    const { path } = await served('avr:uno', '--rfc2217', '0')
    const { status, report } = await check(`serprog:${path}`, '--only', 'chip.revision')
    expect(report).toMatchObject({ backend: 'serprog', board: 'linkpulse', verdict: 'pass' })
    expect(status).toBe(0)
  })
})

describe('linkpulse serve --rfc2217', () => {
  variation('is a serial port to pyserial: octets, rates, and DTR as the reset button', async () => {
    const { path } = await served('avr:uno', '--rfc2217', '127.0.0.1:0')
    const child = spawn('/usr/bin/python3', [join(root, 'test/cli/rfc2217-client.py'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString()
    })
    const status = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
    expect(output.trim().split('\n')).toEqual([
      'rate 1000000',
      'sync 1506',
      'name linkpulse',
      'reset 06',
      'write 06',
      'read 06ff00ffff',
      'rate 500000',
      'after DTR 70',
    ])
    expect(status).toBe(0)
  })

  it('is reached on this machine’s loopback address and on no other', async () => {
    const { path } = await served('model:uno', '--rfc2217', '0')
    const [, host, port] = /^rfc2217:\/\/(.+):(\d+)$/.exec(path) ?? []
    expect(host).toBe('127.0.0.1')
    const reached = (address: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), address)
        socket.on('connect', () => resolve('connected'))
        socket.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)))
        closers.push(() => socket.destroy())
      })
    expect(await reached('127.0.0.1')).toBe('connected')
    // another address of the same machine, where whoever listens on all addresses listens, too
    expect(await reached('127.0.0.2')).toBe('ECONNREFUSED')
  })

  it('listens on this machine only, and refuses what is no place to listen', async () => {
    for (const where of ['host', '70000', 'a:b:1', ':5', 'host:', '-1']) {
      const { status, stderr } = await runHere('serve', `--rfc2217=${where}`)
      expect(stderr).toMatch(/--rfc2217 takes a port, or HOST:PORT/)
      expect(status).toBe(2)
    }
  })

  it('exits with 3 when another program listens there', async () => {
    const { path } = await served('model:uno', '--rfc2217', '0')
    const { status, stderr } = await runHere('serve', 'model:uno', '--rfc2217', path.split(':').at(-1)!)
    expect(stderr).toMatch(/^linkpulse: rfc2217:\/\/127\.0\.0\.1:\d+: another program listens on port/)
    expect(status).toBe(3)
  })
})

describe('a port across a network that is not what it should be', () => {
  it('exits with 3 when the connection is refused, and when it is lost during a check', async () => {
    const command = await served('model:uno', '--rfc2217', '0')
    const running = start(['check', command.path])
    closers.push(() => running.process.kill('SIGKILL'))
    await until(() => running.stdout().includes('serial.session'))
    command.process.kill('SIGKILL')
    const lost = await running.ended
    expect(lost.stderr).toMatch(/^linkpulse: the connection to rfc2217:\S+ was lost while it was in use; check the net/)
    expect(lost.stderr.trim().split('\n')).toHaveLength(1)
    expect(lost.status).toBe(3)
    await command.ended
    const refused = await runHere('check', command.path)
    expect(refused.stderr).toMatch(/^linkpulse: rfc2217:\S+ 127\.0\.0\.1 refused the connection/)
    expect(refused.status).toBe(3)
  })

  it.each([
    ['check', 'rfc2217:foo'],
    ['check', 'rfc2217://host'],
    ['check', 'rfc2217://host:2217', '--fault', 'miso-open'],
    ['serve', 'rfc2217://host:2217'],
    ['scope', 'rfc2217://host:2217'],
    ['flash', 'uno', 'rfc2217://host:2217', '--programmer', 'avrdude'],
  ])('is wrong usage: %s %s %s %s', async (...words) => {
    const { status, stderr } = await runHere(...words)
    expect(status).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
