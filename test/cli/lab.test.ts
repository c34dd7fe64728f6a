/** `linkpulse lab up` and `lab check` as a person runs them: the files of docs/labs, what they print, write and end with. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { variation } from '../judge/variations.js'
import { judgeByTshark, LOSS, ORDINARY, unexplained } from '../net/tshark.js'
import { xmlFault } from '../setup/xml.js'
import { root, scratch, start, until } from './command.js'
import { runHere } from './here.js'

const folder = scratch()
afterAll(() => rmSync(folder, { recursive: true }))

function lab(name: string, definition: object): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(definition))
  return path
}

const TWO = {
  hosts: { a: { address: '10.0.0.1/24' }, b: { address: '10.0.0.2/24' } },
  cables: [{ name: 'wire', between: ['a', 'b'] }],
}

/** What tshark shows of the packets that a filter takes, a line each. */
function shownBy(capture: string, filter: string): string[] {
  const text = execFileSync('tshark', ['-r', capture, '-Y', filter], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return text.split('\n').filter((line) => line !== '')
}

describe('the labs of docs/labs', () => {
  const files = readdirSync(join(root, 'docs/labs')).filter((name) => name.endsWith('.yaml'))

  it.each(files)('%s does what it says', async (name) => {
    const { status, stdout, stderr } = await runHere('lab', 'up', `docs/labs/${name}`, '--captures', folder)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^ +\d+\.\d{6} {2}ended: .*, all as expected$/m)
    expect(stdout).not.toMatch(/FAILS/)
    // A capture of several cables has what crosses two of them twice.
    const captures = [...stdout.matchAll(/ frames in (.*)$/gm)].map(([, path]) => path)
    const explained = name === 'two-networks.yaml' ? [...ORDINARY, ...LOSS, /^DNS .* retransmission/] : ORDINARY
    for (const path of captures) expect(unexplained(judgeByTshark(path), explained)).toEqual({})
  })

  it('first.yaml shows a ping, a page and a cable that is pulled', async () => {
    const made = join(folder, 'made', 'for-it')
    const { stdout } = await runHere('lab', 'up', 'docs/labs/first.yaml', '--captures', made)
    expect(readdirSync(made)).toEqual([expect.stringMatching(/\.pcapng$/)])
    expect(stdout).toMatch(/^A board on the desk: 1 board, 1 host, 0 boxes, 1 cable; seed 7$/m)
    expect(stdout).toMatch(/^desk +uno \(Arduino Uno R3\) +192\.168\.7\.2\/24 +offers http, echo$/m)
    expect(stdout).toMatch(/ {2}ok {2}GET http:\/\/desk\/ from laptop: 200, \d+ octets$/m)
    expect(stdout).toMatch(/ {2}desk: link down$/m)
    const capture = join(made, 'first.pcapng')
    expect(shownBy(capture, 'http.response.code == 200')).toHaveLength(1)
    const [asked, answered] = ['icmp.type == 8', 'icmp.type == 0'].map((filter) => shownBy(capture, filter).length)
    expect([asked, answered]).toEqual([6, 6])
  })

  variation(
    'two-networks.yaml: a capture at some jacks has what crosses those, and the same seed the same frames',
    async () => {
      const captures: Buffer[] = []
      for (let i = 0; i < 2; i++) {
        await runHere('lab', 'up', 'docs/labs/two-networks.yaml', '--captures', folder)
        captures.push(readFileSync(join(folder, 'everything.pcapng')))
      }
      expect(captures[1].equals(captures[0])).toBe(true)
      const home = execFileSync(
        'tshark',
        ['-r', join(folder, 'home.pcapng'), '-T', 'fields', '-e', 'frame.interface_name'],
        { encoding: 'utf8' },
      )
      expect([...new Set(home.trim().split('\n'))].sort()).toEqual(['lamp', 'laptop'])
      expect(shownBy(join(folder, 'everything.pcapng'), 'dns.qry.name == "meter.lab.test"').length).toBeGreaterThan(0)
      expect(shownBy(join(folder, 'everything.pcapng'), 'icmpv6.type == 134').length).toBeGreaterThan(0)
    },
  )
})

describe('a board whose compiled firmware is executed', () => {
  it('is driven across its bridge, and serves pages', async () => {
    const path = lab('avr.json', {
      boards: { desk: { board: 'avr:uno', address: '10.0.0.2/24', services: ['http'] } },
      hosts: { a: { address: '10.0.0.1/24' } },
      cables: [{ between: ['a', 'desk'] }],
      captures: [{ file: 'avr.pcapng' }],
      steps: [{ expect: { up: 'all' } }, { get: { from: 'a', url: 'http://desk/', contains: 'serial bridge' } }],
    })
    const { status, stdout } = await runHere('lab', 'up', path, '--captures', folder)
    expect(stdout).toMatch(/GET http:\/\/desk\/ from a: 200/)
    expect(status).toBe(0)
    const first = readFileSync(join(folder, 'avr.pcapng'))
    await runHere('lab', 'up', path, '--captures', folder)
    expect(readFileSync(join(folder, 'avr.pcapng')).equals(first)).toBe(true)
  })
})

describe('lab up', () => {
  it('ends with 1 where a step is not as expected, 4 where time is over before', async () => {
    const unanswered = lab('fails.json', {
      ...TWO,
      steps: [{ wait: '1s' }, { ping: { from: 'a', to: 'b', answered: 'none' } }],
    })
    const failed = await runHere('lab', 'up', unanswered)
    expect(failed.status).toBe(1)
    expect(failed.stdout).toMatch(/ {2}FAILS {2}ping from a to b \(10\.0\.0\.2\): 3 of 3 answered/)
    const late = await runHere('lab', 'up', lab('late.json', { ...TWO, until: { up: 'all' } }), '--for', '0.01')
    expect(late.status).toBe(4)
    expect(late.stdout).toMatch(/what was waited for is not up$/m)
    // Nanoseconds, as `run --json` has them.
    const events = await runHere('lab', 'up', join(folder, 'late.json'), '--for', '0.01', '--json')
    expect(JSON.parse(events.stdout.trim().split('\n').at(-1)!)).toMatchObject({ event: 'end', at: 10_000_000 })
  })

  it('ends with 2 for a file that is wrong, and touches no capture', async () => {
    const path = lab('wrong.yaml', { ...TWO, duration: '1s', captures: [{ file: 'kept.pcapng' }], cabels: [] })
    writeFileSync(join(folder, 'kept.pcapng'), 'before')
    const { status, stdout, stderr } = await runHere('lab', 'up', path, '--captures', folder)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /^linkpulse: .*wrong\.yaml is not a lab that can be built:\n {2}.*wrong\.yaml:1:\d+: cabels: unknown key; .*did you mean "cables"\?\n$/,
    )
    expect(readFileSync(join(folder, 'kept.pcapng'), 'utf8')).toBe('before')
    const into = ['--captures', join(folder, 'kept.pcapng', 'in-a-file')]
    const nowhere = await runHere('lab', 'up', 'docs/labs/first.yaml', ...into)
    expect([nowhere.status, nowhere.stderr]).toEqual([
      2,
      expect.stringContaining('cannot make the folder of --captures'),
    ])
    const absent = await runHere('lab', 'check', 'nothing.yaml')
    expect([absent.status, absent.stderr]).toEqual([
      2,
      'linkpulse: cannot read the lab file nothing.yaml: there is no such file; give the path of a YAML file\n',
    ])
  })

  it.each<[string, object, number]>([
    ['with 130 when it is interrupted before its end', { duration: '1h', pace: 'wall' }, 130],
    ['with 0 when it has no end of its own', {}, 0],
  ])('ends %s, and its capture is whole', async (_, more, expected) => {
    const into = join(folder, `interrupted-${expected}`)
    mkdirSync(into)
    const path = lab(`long-${expected}.json`, { ...TWO, ...more, captures: [{ file: 'all.pcapng' }] })
    const running = start(['lab', 'up', path, '--captures', into])
    let over = false
    void running.ended.then(() => {
      over = true
    })
    await until(() => over || running.stdout().includes('all links are up'))
    running.process.kill('SIGINT')
    const { status, stdout } = await running.ended
    expect(status).toBe(expected)
    expect(stdout).toMatch(/ended: interrupted$/m)
    expect(readdirSync(into)).toEqual(['all.pcapng'])
    expect(readFileSync(join(into, 'all.pcapng')).readUInt32LE(0)).toBe(0x0a0d0d0a)
  })
})

describe('a board with its serial port outside', () => {
  variation('is checked by another program, in the lab', async () => {
    const path = lab('outside.json', {
      boards: {
        desk: { board: 'uno', address: '10.0.0.2/24', serial: 'pty' },
        executed: { board: 'avr:uno', serial: 'pty' },
      },
      hosts: { a: { address: '10.0.0.1/24' } },
      cables: [{ between: ['a', 'desk'] }],
    })
    const running = start(['lab', 'up', path, '--json'])
    let over = false
    void running.ended.then(() => {
      over = true
    })
    await until(() => over || running.stdout().includes('"event":"up"'))
    const events = running
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; name: string; value: string })
    const ports = events.filter(({ event }) => event === 'serial')
    expect(ports.map(({ name }) => name)).toEqual(['desk', 'executed'])
    for (const { value } of ports) {
      const { status, stdout } = await runHere('check', value, '--only', 'serial.session', '--json')
      expect([status, JSON.parse(stdout).checks[0].verdict]).toEqual([0, 'pass'])
    }
    running.process.kill('SIGTERM')
    expect((await running.ended).status).toBe(0)
    const hurried = lab('hurried.json', { boards: { desk: { board: 'uno', serial: 'pty' } }, duration: '1s' })
    const { status, stderr } = await runHere('lab', 'check', hurried)
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(
        'boards.desk.serial: programs of this computer have its clock; add pace: wall to the lab',
      ),
    ])
  })
})

describe('lab check', () => {
  it('says that a file is right, and runs nothing', async () => {
    const { status, stdout } = await runHere('lab', 'check', 'docs/labs/two-networks.yaml')
    expect([status, stdout]).toEqual([
      0,
      'docs/labs/two-networks.yaml is right: 2 boards, 2 hosts, 1 box, 4 cables, 4 steps\n',
    ])
    expect(existsSync(join(root, 'home.pcapng'))).toBe(false)
  })

  it('prints it as JSON, which is a lab file again', async () => {
    const { stdout } = await runHere('lab', 'check', 'docs/labs/bad-day.yaml', '--json')
    const path = join(folder, 'again.json')
    writeFileSync(path, stdout)
    const again = await runHere('lab', 'check', path, '--json')
    expect(again.stdout).toBe(stdout)
  })

  it('draws it', async () => {
    const svg = join(folder, 'graph.svg')
    const { stderr } = await runHere('lab', 'check', 'docs/labs/bad-day.yaml', '--graph', svg)
    expect(stderr).toBe(`drawn in ${svg}\n`)
    expect(xmlFault(readFileSync(svg, 'utf8'))).toBe('')
    const refused = await runHere('lab', 'check', 'docs/labs/bad-day.yaml', '--graph', 'x.txt')
    expect(refused.stderr).toBe('linkpulse: --graph takes a file that ends in .svg or .png, not x.txt\n')
    const look = await runHere('lab', 'check', 'docs/labs/bad-day.yaml', '--theme', 'projector')
    expect(look.status).toBe(2)
  })
})
