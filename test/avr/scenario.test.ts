/** `linkpulse run` with expectations and scenarios, `lint` and `init`, on a sketch of the unmodified Arduino core. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHereWith } from '../cli/here.js'
import { faultsByItsSchema } from '../schema/judge.js'
import { buildSketch } from './arduino.js'

let folder = ''
const file = (name: string) => join(folder, name)
const run = (...words: readonly string[]) => runHereWith('', ...words)
const scenario = (name: string, ...steps: readonly string[]) => {
  writeFileSync(file(name), `name: ${name}\nversion: 1\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`)
  return file(name)
}

/** The circuit of the sketch, as Wokwi's editor would write it down. */
const DIAGRAM = {
  version: 1,
  author: 'me',
  editor: 'wokwi',
  parts: [
    { id: 'uno', type: 'wokwi-arduino-uno' },
    { id: 'eth', type: 'chip-enc28j60' },
    { id: 'btn1', type: 'wokwi-pushbutton' },
    { id: 'led1', type: 'wokwi-led', attrs: { color: 'red' } },
    { id: 'r1', type: 'wokwi-resistor', attrs: { value: '220' } },
    { id: 'pot1', type: 'wokwi-potentiometer' },
    { id: 'lcd1', type: 'wokwi-lcd1602' },
  ],
  connections: [
    ['uno:10', 'eth:CS'],
    ['uno:13', 'eth:SCK'],
    ['uno:11', 'eth:MOSI'],
    ['uno:12', 'eth:MISO'],
    ['uno:2', 'eth:INT'],
    ['btn1:1.l', 'uno:4'],
    ['btn1:2.l', 'uno:GND.1'],
    ['uno:7', 'r1:1'],
    ['r1:2', 'led1:A'],
    ['led1:C', 'uno:GND.2'],
    ['pot1:SIG', 'uno:A0'],
  ].map(([a, b]) => [a, b, 'green', []]),
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-scenario-'))
  const { elf, hex } = buildSketch('node')
  mkdirSync(file('project/build'), { recursive: true })
  writeFileSync(file('project/build/sketch.hex'), hex)
  writeFileSync(
    file('project/wokwi.toml'),
    "[wokwi]\nversion = 1\nfirmware = 'build/sketch.hex'\nelf = 'build/sketch.elf'\n",
  )
  writeFileSync(file('project/diagram.json'), JSON.stringify(DIAGRAM, null, 2))
  writeFileSync(file('sketch.elf'), elf)
  writeFileSync(file('three.elf'), buildSketch('node', ['-DHOST=3']).elf)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('linkpulse run, with expectations', () => {
  it('ends as soon as all texts are printed, with the serial port alone on standard output', async () => {
    const { status, stdout, stderr } = await run('run', file('sketch.elf'), '--expect', 'IP: ', '--expect', 'link up')
    expect(status).toBe(0)
    expect(stdout).toBe('IP: 192.168.7.2\r\nname? link up')
    expect(stderr).toMatch(/^expect "IP: ": ok at \d+\.\d{3} ms\nexpect "link up": ok at .*\nran 0\.\d+ s/)
  })

  it.each([
    [
      ['--expect', 'IP: ', '--expect', 'nope', '--timeout', '0.2'],
      4,
      /expect "nope": TOO LATE at 200\.000 ms: it was not/,
    ],
    [['--expect', 'nope', '--for', '0.2'], 1, /expect "nope": NOT MET at 200\.000 ms: it was not printed/],
    [['--fail', 'name?', '--for', '0.2'], 1, /fail "name\?": NOT MET at 7\d\.\d+ ms: it was printed/],
    [['--fail', 'panic', '--for', '0.1'], 0, /^ran 0\.100 s/],
    [['--timeout', '0.1'], 4, /^ran 0\.100 s/],
  ])('has an exit status for each end: %j', async (words, status, told) => {
    const outcome = await run('run', file('sketch.elf'), ...words)
    expect(outcome.stderr).toMatch(told)
    expect(outcome.status).toBe(status)
  })

  it('prints events as JSON lines, with frames and the link', async () => {
    const words = ['run', file('sketch.elf'), '--expect', 'peer found', '--json']
    const { status, stdout } = await runHereWith('bad\n', ...words)
    expect(status).toBe(0)
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    for (const event of events) expect(faultsByItsSchema(event)).toEqual([])
    expect(events.map(({ event }) => event)).toContain('finding')
    expect(events.filter(({ event }) => event === 'frame').map(({ text }) => text)).toEqual([
      'ARP, Request who-has 192.168.7.1 tell 192.168.7.2',
      expect.stringMatching(/^ARP, Reply 192\.168\.7\.1 is-at /),
    ])
    expect(events).toContainEqual(expect.objectContaining({ event: 'link', sketch: 'uno', state: 'up' }))
    expect(events).toContainEqual(expect.objectContaining({ event: 'serial', text: 'IP: 192.168.7.2' }))
    expect(events.at(-1)).toMatchObject({ event: 'end', status: 0 })
  })

  it('runs several files on one hub, and names who prints', async () => {
    const { stdout } = await run('run', file('sketch.elf'), file('three.elf'), '--for', '0.15', '--errata', '12=off')
    const lines = stdout.split('\n')
    expect(lines).toEqual(expect.arrayContaining(['sketch: peer found', 'three: IP: 192.168.7.3', 'three: peer found']))
  })

  it.each([
    [['--errata', '12'], /--errata takes an erratum and its state, as 12=off .* not "12"/],
    [['--errata', '77=on'], /no erratum "77"; there are slowSpiMac \(1\)/],
    [['--peer-services', 'gopher'], /--peer-services: .*gopher/],
    [['--json', '--serial', 'pty'], /--json prints events on standard output/],
    [['--scenario', '/nonexistent.yaml'], /cannot read the scenario \/nonexistent\.yaml: there is no such file/],
  ])('explains wrong usage: %j', async (words, message) => {
    const { status, stderr } = await run('run', file('sketch.elf'), ...words)
    expect(stderr).toMatch(message)
    expect(status).toBe(2)
  })
})

describe('linkpulse run --scenario', () => {
  it('does the steps of a project as Wokwi has it, and writes JUnit', async () => {
    const steps = scenario(
      'all.yaml',
      "wait-serial: 'name? '",
      "write-serial: 'Ann\\n'".replaceAll("'", '"'),
      "wait-serial: 'hello, Ann'",
      'expect-pin: { part-id: led1, pin: A, value: 0 }',
      'set-control: { part-id: btn1, control: pressed, value: 1 }',
      'delay: 50ms',
      'expect-pin: { part-id: led1, pin: A, value: 1 }',
      'expect-pin: { part-id: uno, pin: 7, value: 1 }',
      'set-control: { part-id: btn1, control: pressed, value: 0 }',
      "wait-serial: 'button released'",
      'set-control: { part-id: pot1, control: position, value: 0.25 }',
      'write-serial: [97, 110, 97, 108, 111, 103, 10]',
      // A quarter of 1024.
      "wait-serial: 'A0 = 256'",
      'expect-link: up',
      'wait-frame: { protocol: arp, type: request, target: 192.168.7.1 }',
      'ping: 192.168.7.2',
      'wait-frame: { protocol: icmp, type: echo-reply, source: 192.168.7.2 }',
      'unplug:',
      'expect-link: down',
      'plug:',
      'expect-link: up',
      'set-fault: cable-too-long:900m',
      'expect-link: down',
    )
    const { status, stderr } = await run('run', file('project'), '--scenario', steps, '--report', file('all.xml'))
    expect(stderr).toMatch(
      /diagram\.json: the part "lcd1" \(wokwi-lcd1602\) is not simulated: its pins are left open\n/,
    )
    expect(stderr).toMatch(/all\.yaml:4:5 wait-serial "name\? ": ok at /)
    expect(stderr).not.toMatch(/NOT MET|TOO LATE/)
    expect(status).toBe(0)
    // Judged by somebody else's parser.
    const read =
      'import sys, xml.etree.ElementTree as e; s = e.parse(sys.argv[1]).getroot()[0]; print(s.get("tests"), s.get("failures"))'
    const { stdout, stderr: wrong } = spawnSync('python3', ['-c', read, file('all.xml')], { encoding: 'utf8' })
    expect([wrong, stdout]).toEqual(['', '23 0\n'])
  })

  it.each([
    [
      ['expect-pin: { part-id: uno, pin: 7, value: 1 }'],
      1,
      /red\.yaml:4:5 expect-pin .*: NOT MET at .*: pin 7 of uno is 0, expected 1/,
    ],
    [
      ["wait-serial: 'nope'"],
      4,
      /red\.yaml:4:5 wait-serial "nope": TOO LATE at 300\.000 ms: uno did not print "nope" within/,
    ],
    [['delay: 5s'], 4, /TOO LATE at 300\.000 ms: the time was over before 5 s had passed/],
    [['wait-frame: tcp'], 4, /no frame like a tcp frame was sent within 0\.3 s/],
    [['ping: 192.168.7.99'], 4, /192\.168\.7\.99 did not answer a ping: unreachable|no answer/],
    [['plug:'], 1, /the cable of uno was not unplugged by an earlier step/],
  ])('ends at the first step that is not met: %j', async (steps, status, told) => {
    const words = [
      '--scenario',
      scenario('red.yaml', ...steps, 'delay: 1ms'),
      '--timeout',
      '0.3',
      '--report',
      file('red.xml'),
    ]
    const outcome = await run('run', file('sketch.elf'), ...words)
    expect(outcome.stderr).toMatch(told)
    expect(outcome.status).toBe(status)
    const report = readFileSync(file('red.xml'), 'utf8')
    expect(report).toMatch(/tests="1" failures="1"/)
    expect(report).toMatch(/<failure message="/)
  })

  it.each([
    [
      'crystal-missing',
      /faults\.yaml:4:5: steps\[1\] set-fault: crystal-missing is built into the chip .* --fault crystal-missing/,
    ],
    ['crystal', /steps\[1\] set-fault: there is no fault "crystal"/],
    ['cable-noise:9V', /steps\[1\] set-fault: cable-noise: noise is 100 mV to 800 mV; 9V is outside/],
  ])('refuses a fault that cannot come before anything runs: %s', async (fault, told) => {
    const { status, stderr } = await run(
      'run',
      file('sketch.elf'),
      '--scenario',
      scenario('faults.yaml', `set-fault: ${fault}`),
    )
    expect(stderr).toMatch(told)
    expect(status).toBe(2)
  })

  it('names a part that is not there before anything runs', async () => {
    const steps = scenario('parts.yaml', 'delay: 1ms', 'expect-pin: { part-id: led1, pin: A, value: 1 }')
    const { status, stderr, stdout } = await run('run', file('sketch.elf'), '--scenario', steps)
    expect(stderr).toMatch(
      /parts\.yaml:5:5: steps\[2\] expect-pin: there is no pin A at "led1"; there is no diagram: parts are/,
    )
    expect([status, stdout]).toEqual([2, ''])
  })
})

describe('linkpulse lint', () => {
  it('names all that is wrong, without running', async () => {
    const wrong = scenario('wrong.yaml', 'delay: 1', 'wait: x')
    writeFileSync(file('wokwi.toml'), '[wokwi]\nversion = 1\nfirmware = "build/app.bin"\n')
    const { status, stdout } = await run('lint', wrong, file('project'), file('wokwi.toml'))
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toEqual([
      `${wrong}:4:12: steps[1] delay: give a time with its unit, up to a day, as 500ms, 2s or 30us`,
      expect.stringMatching(/wrong\.yaml:5:5: steps\[2\] wait: there is no such step/),
      `${file('project')}: warning: the part "lcd1" (wokwi-lcd1602) is not simulated: its pins are left open`,
      `${file('wokwi.toml')}:3:1: wokwi.firmware: give the path of a .hex or .elf file for an AVR, not "build/app.bin"`,
    ])
    expect(status).toBe(1)
    expect((await run('lint', file('project'))).status).toBe(0)
    expect((await run('lint', '/nonexistent.yaml')).status).toBe(2)
  })

  it('says where a project file is no TOML', async () => {
    writeFileSync(file('wokwi.toml'), '[wokwi]\nversion = = 1\n')
    const { stdout } = await run('lint', file('wokwi.toml'))
    expect(stdout).toMatch(/wokwi\.toml:2:\d+: this is not TOML: /)
  })
})

describe('linkpulse init', () => {
  it('writes a first test, a scenario and a CI file that are sound, and writes over nothing', async () => {
    const made = file('fresh')
    mkdirSync(made)
    writeFileSync(join(made, 'package.json'), '{}')
    const first = await run('init', made, '--firmware', 'build/app.hex')
    expect(first.status).toBe(0)
    expect(first.stdout.trimEnd().split('\n')).toEqual(
      ['scenario.yaml', 'sketch.test.js', '.gitignore', '.github/workflows/firmware.yml'].map(
        (name) => `wrote ${join(made, name)}`,
      ),
    )
    expect(first.stderr).toBe(`${join(made, 'package.json')} is there already, and stays as it is\n`)
    expect(readFileSync(join(made, 'package.json'), 'utf8')).toBe('{}')
    expect(readFileSync(join(made, '.github/workflows/firmware.yml'), 'utf8')).toContain('linkpulse run build/app.hex')
    const lint = await run('lint', join(made, 'scenario.yaml'))
    expect(lint).toMatchObject({ status: 0, stdout: '' })
    const again = await run('init', made)
    expect([again.stdout, again.stderr.split('\n').length]).toEqual(['', 6])
    // What it wrote is met by a sketch as people write them.
    const { status, stderr } = await run('run', file('sketch.elf'), '--scenario', join(made, 'scenario.yaml'))
    expect(stderr).not.toMatch(/NOT MET|TOO LATE/)
    expect(status).toBe(0)
    expect((await run('init', made, '--firmware', 'x y.bin')).status).toBe(2)
    expect(existsSync(join(made, 'build'))).toBe(false)
  })
})
