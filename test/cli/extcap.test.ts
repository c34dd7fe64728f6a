/** `linkpulse extcap` as Wireshark drives it, and tshark driving it: Debian's dumpcap starts the launcher and reads the pipe. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { variation } from '../judge/variations.js'
import { scratch } from './command.js'
import { runHere } from './here.js'
import { closers, served } from './served.js'

/** A home whose path has a space and a quotation mark: the launcher stands in it. */
const home = join(scratch(), "it's a home")
const launcher = join(home, '.config/wireshark/extcap/linkpulse')
const newLauncher = join(home, '.local/lib/wireshark/extcap/linkpulse')
const dissectors = join(home, '.local/lib/wireshark/plugins/linkpulse.lua')

const { HOME, XDG_CONFIG_HOME } = process.env
beforeAll(() => {
  mkdirSync(home)
  process.env.HOME = home
  delete process.env.XDG_CONFIG_HOME
})
afterAll(() => {
  if (HOME !== undefined) process.env.HOME = HOME
  if (XDG_CONFIG_HOME !== undefined) process.env.XDG_CONFIG_HOME = XDG_CONFIG_HOME
})

interface Tshark {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly stdout: string; readonly stderr: string }>
}

function tshark(...words: readonly string[]): Tshark {
  const child = spawn('tshark', words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  closers.push(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve({ stdout, stderr }))
  })
  return { child, ended }
}

describe('what Wireshark asks', () => {
  it('is answered by interfaces: a board on all its links, and on each', async () => {
    const { stdout, status } = await runHere('extcap', '--extcap-interfaces', '--extcap-version=4.0')
    expect(status).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^extcap \{version=[^}]+\}\{display=linkpulse\}$/)
    const names = ['linkpulse', 'linkpulse-ethernet', 'linkpulse-serial-link', 'linkpulse-spi']
    for (const name of names)
      expect(lines.filter((line) => line.startsWith(`interface {value=${name}}{display=`))).toHaveLength(1)
  })

  // LINKTYPE_ETHERNET, LINKTYPE_USER0 and LINKTYPE_USER1 of tcpdump.org's list.
  it.each([
    ['linkpulse-ethernet', 1, 'EN10MB'],
    ['linkpulse-serial-link', 147, 'USER0'],
    ['linkpulse-spi', 148, 'USER1'],
  ])('is answered by the link type of %s: %d', async (name, number, title) => {
    const { stdout } = await runHere('extcap', '--extcap-interface', name, '--extcap-dlts')
    expect(stdout).toMatch(new RegExp(`^dlt \\{number=${number}\\}\\{name=${title}\\}\\{display=[^}]+\\}\n$`))
  })

  it('is answered by settings, of which each can be given', async () => {
    const { stdout } = await runHere('extcap', '--extcap-interface', 'linkpulse', '--extcap-config')
    const calls = [...stdout.matchAll(/^arg \{number=(\d)\}\{call=--(\w+)\}/gm)].map(([, , call]) => call)
    expect(calls).toEqual(['board', 'fault', 'seed', 'peer', 'activity'])
    expect(stdout).toContain('{value=avr:uno}')
    expect(stdout).not.toContain('avr:esp32')
    const file = join(scratch(), 'checks.pcapng')
    const settings = [
      '--board',
      'model:nano',
      '--fault',
      'miso-open',
      '--seed',
      '5',
      '--peer',
      'nothing',
      '--activity',
      'none',
    ]
    const wrong = await runHere(
      'extcap',
      '--capture',
      '--extcap-interface',
      'linkpulse',
      ...settings,
      '--seed',
      'x',
      '--fifo',
      file,
    )
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('--seed') })
  })

  it.each([
    [['--extcap-interface', 'eth0', '--extcap-dlts'], 2, 'there is no interface "eth0"'],
    [['--capture', '--extcap-interface', 'linkpulse'], 2, '--fifo'],
    [
      ['--capture', '--extcap-interface', 'linkpulse', '--fifo', '/dev/null', '--extcap-capture-filter', 'tcp'],
      2,
      'no capture filter ("tcp")',
    ],
    [['--capture', '--extcap-interface', 'linkpulse', '--fifo', '/dev/null', '--fault', 'no-such'], 2, 'no-such'],
    [
      ['--capture', '--extcap-interface', 'linkpulse', '--fifo', '/dev/null', '--peer', 'hub'],
      2,
      '--peer takes host, nothing',
    ],
    [
      ['--capture', '--extcap-interface', 'linkpulse-serve-1-spi', '--fifo', '/dev/null'],
      3,
      'process 1 does not serve',
    ],
    [[], 2, 'extcap --install'],
  ])('that is wrong is refused: %j', async (words, status, said) => {
    const outcome = await runHere('extcap', ...words)
    expect(outcome.status).toBe(status)
    expect(outcome.stderr).toContain(said)
  })

  variation('can be asked by a person: the checks of a run as a file', async () => {
    const file = join(scratch(), 'checks.pcapng')
    const words = ['--board', 'model:uno', '--fault', 'cable-noise:0.5V', '--activity', 'checks', '--fifo', file]
    expect(await runHere('extcap', '--capture', '--extcap-interface', 'linkpulse-ethernet', ...words)).toMatchObject({
      status: 0,
    })
    const fields = ['-T', 'fields', '-e', 'eth.fcs.status', '-o', 'eth.check_fcs:TRUE']
    const { stdout } = await tshark('-r', file, ...fields).ended
    const statuses = stdout.trimEnd().split('\n')
    // Noise of that size damages some frames and leaves others whole: 1 is a good FCS, 0 a bad one.
    expect(new Set(statuses)).toEqual(new Set(['0', '1']))
  })
})

describe('installed', () => {
  it('stands where Wireshark looks, can be installed again, and tshark lists and captures it live', async () => {
    expect((await runHere('extcap', '--install')).stdout).toContain(launcher)
    const again = await runHere('extcap', '--install')
    expect(again).toMatchObject({ status: 0, stderr: '' })
    for (const path of [launcher, newLauncher]) expect(statSync(path).mode & 0o777).toBe(0o755)
    expect(readFileSync(dissectors, 'utf8')).toContain('Proto("linkpulse_cell"')

    const list = await tshark('-D').ended
    expect(list.stdout).toMatch(/^\d+\. linkpulse-spi \(/m)

    const columns = ['_ws.col.Protocol', '_ws.col.Info'].flatMap((field) => ['-e', field])
    const words = [
      '-l',
      '-i',
      'linkpulse',
      '-o',
      'extcap.linkpulse.seed:3',
      '-a',
      'packets:300',
      '-T',
      'fields',
      ...columns,
    ]
    const { stdout } = await tshark(...words).ended
    const seen = stdout.split('\n')
    expect(seen.length).toBeGreaterThanOrEqual(300)
    expect(seen).toContain('Serial link\tsession: ACCEPT of uno')
    expect(seen).toContain('SPI\tWCR ERXSTL = 00h (bank 0)')
    expect(seen.some((line) => line.startsWith('ARP\tWho has 192.168.7.2?'))).toBe(true)
  })

  it('shows what runs already: a served board, while another program talks to it', async () => {
    await runHere('extcap', '--install')
    const { path, process: server } = await served('model:nano')
    const name = `linkpulse-serve-${server.pid}-serial-link`
    expect((await runHere('extcap', '--extcap-interfaces')).stdout).toContain(
      `{value=${name}}{display=linkpulse serve model:nano on ${path}: `,
    )
    const watching = tshark(
      '-l',
      '-i',
      name,
      '-Y',
      'linkpulse_cell.session.step == 2',
      '-c',
      '20',
      '-T',
      'fields',
      '-e',
      'linkpulse_cell.direction',
    )
    let over = false
    watching.child.on('close', () => {
      over = true
    })
    while (!over) await runHere('check', path, '--only', 'serial.session', '--json')
    // CONFIRM is the host's: to the board.
    expect(new Set((await watching.ended).stdout.trimEnd().split('\n'))).toEqual(new Set(['1']))
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('close', resolve))
    expect((await runHere('extcap', '--extcap-interfaces')).stdout).not.toContain(name)
  })

  variation(
    'ends the capture where a setting is wrong: tshark does not wait for a pipe that nobody will write to',
    async () => {
      await runHere('extcap', '--install')
      const { stderr } = await tshark('-i', 'linkpulse-spi', '-o', 'extcap.linkpulse_spi.fault:no-such', '-c', '1')
        .ended
      expect(stderr).toContain('0 packets captured')
    },
  )

  it('replaces nothing that is not ours, and takes nothing away that is not', async () => {
    await runHere('extcap', '--uninstall')
    expect(existsSync(launcher)).toBe(false)
    expect(existsSync(dissectors)).toBe(false)
    const foreign = '#!/bin/sh\necho somebody else’s\n'
    writeFileSync(launcher, foreign)
    const refused = await runHere('extcap', '--install')
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining(launcher) })
    expect(existsSync(dissectors)).toBe(false)
    const kept = await runHere('extcap', '--uninstall')
    expect(kept.stdout).toContain(`left alone, because linkpulse did not write it: ${launcher}`)
    expect(readFileSync(launcher, 'utf8')).toBe(foreign)
    // Nor through a link.
    symlinkSync(launcher, dissectors)
    expect(await runHere('extcap', '--install')).toMatchObject({ status: 2 })
    expect(readFileSync(launcher, 'utf8')).toBe(foreign)
  })
})
