import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CommandOutcome, root, scratch } from './command.js'
import { runHere } from './here.js'

/** One message on standard error that names what is wrong, nothing on standard output, and no stack trace. */
function expectRefusal(outcome: CommandOutcome, status: number, message: RegExp): void {
  expect(outcome.stderr).toMatch(message)
  expect(outcome.stderr).toMatch(/^linkpulse: /)
  expect(outcome.stderr).not.toMatch(/\n {4}at |Error:/)
  expect(outcome.stdout).toBe('')
  expect(outcome.status).toBe(status)
}

describe('wrong usage (exit status 2)', () => {
  let folder = ''
  beforeAll(() => {
    folder = scratch()
    writeFileSync(join(folder, 'cut.json'), '{"name": "mine", "title": ')
    writeFileSync(join(folder, 'wrong.json'), '{"name": "mine", "title": 7}')
  })

  it.each<[string[], RegExp]>([
    [[], /Usage|COMMAND/],
    [['chekc'], /"chekc" is not a command; did you mean "check"\?/],
    [['check', '--fualt', 'x'], /no option --fualt; did you mean "--fault"\?/],
    [['check', 'model:una'], /no board "una"; did you mean "uno"\? \(boards: uno, /],
    [['check', 'uno'], /"uno" is not a target; the targets are model:BOARD/],
    [['check', 'avr'], /"avr" is not a target/],
    [['check', '--fault', 'mosi-opne'], /no fault "mosi-opne"; did you mean "mosi-open"\?/],
    [['check', '--only', 'chip.revison'], /no check or layer "chip.revison"; did you mean "chip.revision"\?/],
    [['check', '--seed', 'x'], /--seed takes a whole number from 0 to 4294967295, not "x"/],
    [['check', '--time-limit', '0'], /--time-limit takes a number from 0.001 to 2147483/],
    [['check', '--baud'], /--baud needs a value/],
    [['check', '--baud', '300'], /--baud: the board uno takes 9600 to 2000000 symbols a second, not "300"/],
    [['check', 'model:promini', '--baud', '2000000'], /the board promini takes 9600 to 1000000 .* not "2000000"/],
    [['check', 'serial:/dev/ttyACM0@300'], /the rate of the target: .* takes 9600 to 2000000 .* not "300"/],
    [['check', 'serial:/dev/ttyACM0@9600', '--baud', '19200'], /names 9600 baud and --baud 19200: give one/],
    [['serve', '--baud', '300'], /--baud: the board uno takes 9600 to 2000000/],
    [
      ['check', '--image', 'nope.hex'],
      /--image is the firmware of an emulated board .* model:uno is none; leave it out/,
    ],
    [['check', 'avr:uno', '--image', 'nope.hex'], /nope\.hex/],
    [['check', 'model:uno', '--peer', '1.2.3.4', '--only', 'serial'], /--peer is for a real board/],
    [
      ['check', '/dev/null', '--peer', '1.2.3.4', '--only', 'serial'],
      /--peer is for checks of the layers mac and network/,
    ],
    [['check', '/dev/null', '--address', '192.168.7.255/24'], /--address: .* it is the network's broadcast address/],
    [['check', '/dev/null', '--board-file', 'package.json'], /package\.json is not a board file/],
    [['check', '--list', '--fault', 'miso-open'], /--list lists the checks and runs none; leave --fault out/],
    [['check', '--list', 'model:uno'], /leave model:uno out/],
    [['boards', 'uno', '--wiring', '-', '--json'], /--wiring draws a picture, and --json/],
    [['check', '--report', 'out.pdf'], /\.xml, \.html, \.tap/],
    [['check', '--capture', '/no-such-folder/x.pcapng'], /--capture file .*there is no directory \/no-such-folder/],
    [['check', '--report', '/'], /report/],
    [['check', 'model:uno', 'model:nano'], /does not know what to do with "model:nano"/],
    [['check', '/dev/null', '--fault', 'miso-open'], /breaks something simulated/],
    [['serve', '/dev/ttyACM0'], /is behind a serial port already/],
    [['serve', '--fault', 'no-such'], /no fault "no-such"/],
    [['boards', 'arduino'], /no board "arduino"/],
    [['help', 'chekc'], /did you mean "check"/],
    [['ports', 'x'], /does not know what to do with "x"/],
  ])('linkpulse %j', async (words, message) => {
    const outcome = await runHere(...words)
    if (words.length === 0) {
      expect(outcome.status).toBe(2)
      expect(outcome.stderr).toMatch(message)
    } else {
      expectRefusal(outcome, 2, message)
    }
  })

  it.each([
    ['check', 'seed', 'time-limit', 'baud'],
    ['serve', 'seed', 'baud'],
    ['serve avr:uno --bootloader', 'baud'],
    ['flash uno /dev/null', 'baud'],
    ['run IMAGE', 'for', 'seed', 'baud'],
    ['scope', 'seed', 'frame', 'from'],
    ['scope --format csv', 'rate'],
    ['lines ttl', 'baud', 'metres'],
    ['net up stack: --tap lp0 --address 10.9.0.2/24', 'for', 'memory', 'seed'],
    ['net ping 192.168.7.2', 'count', 'size', 'interval', 'timeout'],
    ['net nc 192.168.7.2 7', 'wait'],
    ['net capture', 'count', 'for'],
    ['net stat', 'seed'],
  ])('linkpulse %s: a number that is too large is told what there is at most', async (line, ...options) => {
    const image = join(root, 'firmware/bridge/images/bridge-uno.hex')
    for (const option of options) {
      const words = line.split(' ').map((word) => (word === 'IMAGE' ? image : word))
      const outcome = await runHere(...words, `--${option}`, option === 'from' ? '1e99s' : '1e99')
      const bounds = option === 'rate' ? /at most 5000000/ : /(?:from -?\d\S*(?: s)?|takes \d+) to \d{2,}/
      expectRefusal(outcome, 2, new RegExp(`^linkpulse: --${option}.*${bounds.source}`))
    }
  })

  it('names the file, the field and the remedy of a corrupt board file', async () => {
    expectRefusal(
      await runHere('check', '--board-file', join(folder, 'cut.json')),
      2,
      /cut\.json is not a board file:\n.*not JSON/,
    )
    expectRefusal(
      await runHere('check', '--board-file', join(folder, 'wrong.json')),
      2,
      /title: expected a text.*found 7/,
    )
    expectRefusal(
      await runHere('boards', '--board-file', join(folder, 'none.json')),
      2,
      /none\.json: there is no such file/,
    )
    expectRefusal(await runHere('boards', '--board-file', folder), 2, /it is a directory/)
  })
})

describe('asking for help', () => {
  it('explains every command, with every option', async () => {
    const overview = await runHere('--help')
    expect(overview.status).toBe(0)
    const names = [...overview.stdout.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1])
    expect(names).toEqual(expect.arrayContaining(['check', 'serve', 'ports', 'boards', 'faults', 'help']))
    // The longest command leaves room before what it does.
    const rows = overview.stdout.split('\n').filter((line) => line.startsWith('  '))
    const columns = rows.map((row) => row.length - (/\S {2,}(\S.*)$/.exec(row)?.[1].length ?? 0))
    expect(new Set(columns).size, overview.stdout).toBe(1)
    const { stdout, status } = await runHere('help', 'check')
    expect(status).toBe(0)
    for (const option of ['--fault', '--seed', '--json', '--report', '--capture', '--only', '--list', '--time-limit']) {
      expect(stdout).toContain(option)
    }
    expect((await runHere('check', '--help')).stdout).toBe(stdout)
  })

  it('prints the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(await runHere('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('lists for programs', () => {
  it.each([
    [
      ['boards', '--json'],
      ['name', 'title'],
    ],
    [
      ['faults', '--json'],
      ['name', 'layer', 'title', 'boards'],
    ],
    [
      ['check', '--list', '--json'],
      ['id', 'layer', 'title', 'reference'],
    ],
  ])('%j is an array of objects with %j', async (words, keys) => {
    const { status, stdout } = await runHere(...words)
    expect(status).toBe(0)
    const list = JSON.parse(stdout) as Record<string, unknown>[]
    expect(list.length).toBeGreaterThan(3)
    for (const entry of list) for (const key of keys) expect(entry).toHaveProperty(key)
  })

  it('has at least 25 checks over the layers serial, spi, chip, phy, mac, network', async () => {
    const checks = JSON.parse((await runHere('check', '--list', '--json')).stdout) as {
      layer: string
      reference: string
    }[]
    expect(checks.length).toBeGreaterThanOrEqual(25)
    expect([...new Set(checks.map(({ layer }) => layer))].sort()).toEqual([
      'chip',
      'mac',
      'network',
      'phy',
      'serial',
      'spi',
    ])
    expect(checks.filter(({ reference }) => reference === '')).toEqual([])
  })

  it('ports --json is an array, on a machine with ports or without', async () => {
    const { status, stdout } = await runHere('ports', '--json')
    expect(status).toBe(0)
    expect(Array.isArray(JSON.parse(stdout))).toBe(true)
  })
})
