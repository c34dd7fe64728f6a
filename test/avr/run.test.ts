/** `linkpulse run`: anyone's firmware on an emulated board, from the command line. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../cli/command.js'
import { runHereWith } from '../cli/here.js'
import { build } from './assembler.js'

const SKETCHES = fileURLToPath(new URL('./sketches/', import.meta.url))

interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

let folder = ''
const image = (name: string) => join(folder, name)

function command(words: readonly string[], before: readonly string[] = []) {
  const all = [...before, process.execPath, cli, ...words]
  return spawn(all[0], all.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] })
}

/** As a program of its own. */
function start(words: readonly string[], input?: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = command(['run', ...words])
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString()
    })
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString()
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
    if (input !== undefined) child.stdin.end(input)
  })
}

function run(words: readonly string[], input: string): Promise<Outcome> {
  return runHereWith(input, 'run', ...words)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-run-'))
  for (const name of ['ping', 'echo', 'misuse']) {
    const { elf, hex } = build([join(SKETCHES, `${name}.c`)])
    writeFileSync(image(`${name}.elf`), elf)
    writeFileSync(image(`${name}.hex`), hex)
  }
  for (const [name, how] of [
    ['burst', '-DBURST'],
    ['astray', '-DASTRAY'],
  ])
    writeFileSync(image(`${name}.elf`), build([join(SKETCHES, 'misuse.c')], [how]).elf)
  writeFileSync(image('by-hand.elf'), build([join(SKETCHES, 'ping.c')], ['-DBIT_BANG']).elf)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('linkpulse run', () => {
  it('begins its summary on a line of its own where both outputs are one', () => {
    // echo.c answers each octet with the next one: it ends no line.
    const words = `run '${image('echo.hex')}' --for 0.2 2>&1`
    const together = spawnSync('sh', ['-c', `printf x | '${process.execPath}' '${cli}' ${words}`], { encoding: 'utf8' })
    expect(together.stdout).toMatch(/y\nran 0\.200 s of simulated time/)
  })

  it('runs HEX and ELF alike, with the serial port on standard output, for as long as it is told', async () => {
    const [hex, elf] = await Promise.all([
      start([image('ping.hex'), '--for', '0.5'], ''),
      run([image('ping.elf'), '--for', '0.5'], ''),
    ])
    expect(hex.stderr).toMatch(/^ran 0\.500 s of simulated time: 0 findings/)
    expect(hex).toEqual(elf)
    expect(hex.stdout).toBe('starting\r\nup\r\n')
    expect(hex.status).toBe(0)
  })

  it('gives standard input to the firmware once its receiver is on, and does the same each time', async () => {
    const first = await start([image('echo.hex'), '--for', '0.3'], 'HAL')
    expect(first.stdout).toBe('ready\r\nIBM')
    expect(await run([image('echo.hex'), '--for', '0.3'], 'HAL')).toEqual(first)
  })

  it('does not wait for a standard input that stays open', async () => {
    const { stdout, status } = await start([image('echo.hex'), '--for', '0.2'])
    expect(stdout).toBe('ready\r\n')
    expect(status).toBe(0)
  })

  it('prints what the firmware does against the data sheet, each rule once and how often in the summary, and goes on', async () => {
    const log = image('misuse.txt')
    const { status, stderr } = await run([image('misuse.elf'), '--for', '0.2', '--spi-log', log], '')
    expect(stderr.match(/bit-field-on-mac-register: .*\(octets 80 01\) \[DS39662 4\.2\.4/g)).toHaveLength(1)
    const [, at] = stderr.match(/^([\d.]+) ms: bit-field/) ?? []
    const [, count] = stderr.match(/: (\d+) findings/) ?? []
    expect(Number(count)).toBeGreaterThan(5)
    expect(stderr).toContain(`\nbit-field-on-mac-register: ${count} times in all, first at ${at} ms\n`)
    expect(stderr).toMatch(/\(octets 80 01\).*(?:\n {2}.*)*\n {2}what to do: read the register, change the bits/)
    // The bank is selected, and then each time the same; a line is as early as CS fell.
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => line.replace(/^ *[\d.]+ ms {2}/, '')).slice(0, 3)).toEqual([
      'BFS  ECON1 |= 02h (BSEL=10)',
      'BFS  MACON1 |= 01h (MARXEN)',
      '!    bit-field-on-mac-register: BFS and BFC work on ETH registers only [DS39662 4.2.4, 4.2.5]',
    ])
    expect(lines.filter((line) => line.includes('MACON1'))).toHaveLength(Number(count))
    expect(lines[2]).toContain(`${at} ms`)
    expect(status).toBe(0)
  })

  it('says why frames went no further, in either language', async () => {
    const words = [image('ping.elf'), '--for', '1', '--fault', 'broadcast-storm']
    const [{ stderr: english }, { stderr: chinese }] = await Promise.all([
      run(words, ''),
      start([...words, '--lang', 'zh'], ''),
    ])
    const [, full] = english.match(/\nframes not received: .*(?:; |: )(\d+) × the ring has no room/) ?? []
    expect(Number(full)).toBeGreaterThan(0)
    expect(chinese).toMatch(new RegExp(`\n没有收下的帧：.*环里放不下（EIR.RXERIF）：${full} 次`))
  })

  it('asks whether --cs is right where the chip was never selected', async () => {
    const [right, wrong] = [
      await run([image('ping.elf'), '--for', '0.1'], ''),
      await run([image('ping.elf'), '--for', '0.1', '--cs', '8'], ''),
    ]
    expect(right.stderr).not.toContain('--cs')
    expect(wrong.stderr).toMatch(/the chip was never selected: is --cs 8 right\?/)
  })

  it('refuses an ELF file that is compiled for another architecture', async () => {
    const { status, stderr } = await run([image('misuse.elf'), '--board', 'mega2560'], '')
    expect(stderr).toMatch(/compiled for architecture avr5, and an ATmega2560 is avr6; give --board uno, or compile/)
    expect(status).toBe(2)
  })

  it('stops at the first finding with --strict, and exits with 1', async () => {
    const { status, stderr } = await run([image('misuse.elf'), '--strict', '--for', '10'], '')
    expect(stderr.match(/bit-field-on-mac-register/g)).toHaveLength(1)
    expect(stderr).toMatch(/ran 0\.0\d+ s/)
    expect(status).toBe(1)
  })

  it.each([
    ['burst', /bit-field-on-mac-register: .*\[DS39662 4\.2\.4/],
    ['astray', /store-outside-memory at 0x[0-9a-f]+: a store to f000/],
  ])('stops at the first of a burst with --strict, at its instant, and prints that one: %s', async (name, finding) => {
    // Virtual time as fast as it goes, and real time, where others follow before anybody looks.
    for (const how of [['--for', '10'], []]) {
      const { status, stderr } = await run([image(`${name}.elf`), '--strict', ...how], '')
      const lines = stderr.trimEnd().split('\n')
      expect(lines).toHaveLength(6)
      expect(lines[0]).toMatch(finding)
      expect(lines[1]).toMatch(/^ {2}in (?:spi, called from )?main$/)
      expect(lines[2]).toMatch(/^ {2}the \.elf has no source lines: compile with -g/)
      expect(lines[3]).toMatch(/^ {2}what to do: /)
      expect(lines[4]).toBe('stopped at the first finding; leave --strict out to go on after it')
      expect(lines[5]).toMatch(/^ran 0\.\d+ s of simulated time: 1 finding, /)
      expect(status).toBe(1)
      if (how.length === 0) continue
      const at = Number(/^([\d.]+) ms: /.exec(lines[0])?.[1])
      expect(Number(/^ran ([\d.]+) s/.exec(lines[5])?.[1])).toBeCloseTo(at / 1000, 3)
    }
  })

  it('counts every finding of a burst without --strict, also those that --json leaves out', async () => {
    const chip = await run([image('burst.elf'), '--for', '0.1'], '')
    const processor = await run([image('astray.elf'), '--for', '0.1'], '')
    for (const [{ stderr, status }, rule, least] of [
      [chip, 'bit-field-on-mac-register', 1_000],
      [processor, 'store-outside-memory', 10_000],
    ] as const) {
      const found = Number(/: (\d+) findings, /.exec(stderr)?.[1])
      expect(found).toBeGreaterThan(least)
      expect(stderr).toContain(`\n${rule}: ${found} times in all, first at `)
      expect(status).toBe(0)
    }
    const { stdout } = await run([image('astray.elf'), '--for', '0.1', '--json'], '')
    expect(stdout.match(/"finding".*store-outside-memory/g)).toHaveLength(20)
    expect(stdout).toContain('(further ones are counted only)')
  })

  it.each([
    [['/nonexistent.hex'], /\/nonexistent\.hex: there is no such file/],
    [['/etc/passwd'], /neither an Intel HEX file .* nor an ELF file/],
    [['ELF', '--cs', '33'], /--cs takes an Arduino pin number/],
    [['ELF', '--serial', 'tcp'], /--serial takes - .* or pty/],
    [
      ['ELF', '--cs', 'A16', '--board', 'mega2560'],
      /Arduino pin number, 0 to 53, and A0 to A15 as 54 to 69, not "A16"/,
    ],
    [['ELF', '--tap', 'x', '--unplugged'], /give one of them/],
  ])('explains wrong usage: %j', async (words, message) => {
    const { status, stderr } = await run(
      words.map((word) => (word === 'ELF' ? image('ping.elf') : word)),
      '',
    )
    expect(stderr).toMatch(message)
    expect(status).toBe(2)
  })

  it('keeps frames as pcapng and pins as VCD', async () => {
    const { status } = await run(
      [image('ping.elf'), '--for', '0.1', '--capture', image('c.pcapng'), '--trace', image('t.vcd')],
      '',
    )
    expect(status).toBe(0)
    expect(readFileSync(image('c.pcapng')).readUInt32LE(0)).toBe(0x0a0d0d0a) // section header block
    const waveform = readFileSync(image('t.vcd'), 'utf8')
    expect(waveform).toMatch(/\$var wire 1 \S+ SCK \$end/)
    expect(waveform.length).toBeGreaterThan(10_000)
  })

  it('runs a driver that moves the SPI pins itself, without a finding, and traces its edges', async () => {
    const { status, stdout, stderr } = await run(
      [image('by-hand.elf'), '--cs', '10', '--for', '0.1', '--strict', '--trace', image('by-hand.vcd')],
      '',
    )
    expect(stdout).toBe('starting\r\nup\r\n')
    expect(stderr).toMatch(/^ran 0\.100 s of simulated time: 0 findings/)
    expect(status).toBe(0)
    const waveform = readFileSync(image('by-hand.vcd'), 'utf8')
    const sck = /\$var wire 1 (\S+) SCK \$end/.exec(waveform)![1]
    expect(waveform.split('\n').filter((line) => line === `1${sck}`).length).toBeGreaterThan(1000)
  })

  it('offers the serial port as a pseudo-terminal in real time, until it is interrupted', async () => {
    const child = command(['run', image('echo.hex'), '--serial', 'pty'])
    let path = ''
    let stderr = ''
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString()
    })
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
    try {
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (data: Buffer) => {
          path += data.toString()
          if (path.includes('\n')) resolve()
        })
      })
      const port = openSync(path.trim(), 'r+')
      const heard = spawnSync('timeout', ['3', 'sh', '-c', 'head -c 7; printf abc >&0; head -c 3'], {
        stdio: [port, 'pipe', 'pipe'],
        encoding: 'utf8',
      })
      expect(heard.stdout).toBe('ready\r\nbcd')
    } finally {
      child.kill('SIGINT')
    }
    expect(await closed, stderr).toBe(0)
  })
})

describe('linkpulse run --tap', () => {
  const namespace = `lp${process.pid}`
  const ip = (...words: string[]) => spawnSync('ip', words, { encoding: 'utf8' })
  const inside = (...words: string[]) => spawnSync('ip', ['netns', 'exec', namespace, ...words], { encoding: 'utf8' })
  let made = false
  afterEach(() => {
    if (made) ip('netns', 'del', namespace)
  })

  it("lets this machine's kernel ping the sketch through a TAP device", async () => {
    const { status, stderr, error } = ip('netns', 'add', namespace)
    expect(error?.message ?? stderr, 'this test makes a network namespace: it needs root and iproute2').toBe('')
    expect(status).toBe(0)
    made = true
    const child = command(['run', image('ping.elf'), '--tap', 'lp0'], ['ip', 'netns', 'exec', namespace])
    let output = ''
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
    try {
      await new Promise<void>((resolve, reject) => {
        const listen = (data: Buffer) => {
          output += data.toString()
          if (output.includes('up\r\n')) resolve()
        }
        child.stdout.on('data', listen)
        child.stderr.on('data', listen)
        child.on('close', () => reject(new Error(`it ended: ${output}`)))
      })
      expect(inside('ip', 'addr', 'add', '192.168.7.1/24', 'dev', 'lp0').stderr).toBe('')
      expect(inside('ip', 'link', 'set', 'lp0', 'up').stderr).toBe('')
      await new Promise((resolve) => setTimeout(resolve, 1_000)) // real time: the card's link comes up
      const ping = await new Promise<Outcome>((resolve) => {
        const pinging = spawn('ip', [
          'netns',
          'exec',
          namespace,
          'ping',
          // At once, and then until all are answered: see `Namespace.ping`.
          ...['-c', '5', '-l', '5', '-i', '60'],
          '192.168.7.2',
        ])
        let stdout = ''
        pinging.stdout.on('data', (data: Buffer) => {
          stdout += data.toString()
        })
        pinging.stderr.on('data', (data: Buffer) => {
          stdout += data.toString()
        })
        pinging.on('close', (code) => resolve({ status: code, stdout, stderr: '' }))
      })
      expect(ping.stdout).toMatch(/5 packets transmitted, 5 received, 0% packet loss/)
    } finally {
      child.kill('SIGTERM')
    }
    expect(await closed, output).toBe(0)
  })

  it('says what is needed when the device cannot be had', async () => {
    const { status, stderr } = await run([image('ping.elf'), '--tap', 'a name too long for it', '--for', '1'], '')
    expect(stderr).toMatch(/1 to 15 characters/)
    expect(status).toBe(3)
  })
})
