/** What becomes of the files a command reads and writes: nothing that anybody had is lost, and nothing is read for ever. */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  linkSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { PcapngWriter } from '../../host/capture/pcapng.js'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { ControlServer } from '../../host/node/network/control.js'
import { variationsOf } from '../judge/variations.js'
import { cli, root, scratch, start, until } from './command.js'
import { runHere } from './here.js'

const HEX = join(root, 'firmware/bridge/images/bridge-uno.hex')
const SCRIPT = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 close(3) = 0\n'
const SECTION_HEADER = 0x0a0d0d0a // pcapng

let folder = ''
let old = ''
beforeEach(() => {
  folder = scratch()
  old = put('old.html', 'what an earlier run wrote')
  put('x.pkt', SCRIPT)
})

function put(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** Temporary files that something was written to; an empty one only tried whether it can be made. */
const unfinished = () =>
  readdirSync(folder).filter(
    (name) => name.endsWith('.part') && (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > 0,
  ).length

const shell = (words: string) => spawnSync('sh', ['-c', words], { cwd: folder, encoding: 'utf8' })
const linkpulse = `'${process.execPath}' '${cli}'`

it('each option that takes a FILE says whether it is read or written', () => {
  const options = COMMANDS.flatMap(({ name, options }) =>
    Object.entries(options).map(([option, { value, file }]) => ({ name: `${name} --${option}`, value, file })),
  )
  const files = options.filter(({ value }) => value === 'FILE')
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter(({ file }) => file === undefined)).toEqual([])
  expect(options.filter(({ value, file }) => value !== 'FILE' && file !== undefined)).toEqual([])
})

describe('a run that comes to nothing leaves what was there', () => {
  it('because its target could not be opened, also behind a symbolic link', async () => {
    symlinkSync(old, join(folder, 'link.html'))
    const { status } = await runHere('check', '/dev/ttyNOPE', '--report', join(folder, 'link.html'))
    expect(status).toBe(3)
    expect(readFileSync(old, 'utf8')).toBe('what an earlier run wrote')
    expect(readdirSync(folder).sort()).toEqual(['link.html', 'old.html', 'x.pkt'])
  })

  it.each(['check /dev/null --baud 9600 --capture', 'net ping 192.168.7.2 --address 10.0.0.2/24 --capture'])(
    'linkpulse %s',
    async (words) => {
      const { status } = await runHere(...words.split(' '), old)
      expect(status).not.toBe(0)
      expect(readFileSync(old, 'utf8')).toBe('what an earlier run wrote')
      expect(readdirSync(folder).sort()).toEqual(['old.html', 'x.pkt'])
    },
  )

  it('because no script was run', async () => {
    const { status } = await runHere('drill', put('wrong.pkt', 'nonsense'), '--capture', old)
    expect(status).toBe(2)
    expect(readFileSync(old, 'utf8')).toBe('what an earlier run wrote')
  })
})

describe('an output that is an input is refused, and both are left as they were', () => {
  it.each(
    variationsOf<[string, (path: string, output: string) => string[]]>([
      ['a script', (path, output) => ['drill', path, '--capture', output]],
      ['a script in a folder', (_path, output) => ['drill', folder, '--capture', output]],
      ['the image of run', (path, output) => ['run', path, '--for', '1', '--capture', output]],
      ['--image', (path, output) => ['check', 'avr:uno', '--image', path, '--trace', output]],
      ['--board-file', (path, output) => ['boards', 'uno', '--board-file', path, '--wiring', output]],
    ]),
  )('%s', async (what, words) => {
    const path = join(folder, 'input.pkt')
    if (what.includes('script')) writeFileSync(path, SCRIPT)
    else if (what === '--board-file') {
      const board = (await runHere('boards', 'uno', '--json')).stdout.replace('"name": "uno"', '"name": "mine"')
      writeFileSync(path, board)
    } else copyFileSync(HEX, path)
    const before = readFileSync(path, 'utf8')
    linkSync(path, join(folder, 'hard.svg'))
    const { status, stderr } = await runHere(...words(path, join(folder, 'hard.svg')))
    expect(stderr).toMatch(/^linkpulse: the --\w+ file .*hard\.svg would be written over what is read: .*input\.pkt;/)
    expect(status).toBe(2)
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('standard input', () => {
    const { status, stderr } = shell(`${linkpulse} run '${HEX}' --for 0.01 --capture x.pkt < x.pkt`)
    expect(stderr).toMatch(/it is the same file as standard input; give another path/)
    expect(status).toBe(2)
  })
})

describe('two outputs in one file are refused', () => {
  it('by two options', async () => {
    const { status, stderr } = await runHere('check', '--capture', join(folder, 'a'), '--trace', `${folder}/./a`)
    expect(stderr).toMatch(/the --trace file .* is also the --capture file/)
    expect(status).toBe(2)
  })

  it('by an option and standard output, unless the option names standard output', () => {
    const { status, stderr } = shell(`${linkpulse} drill x.pkt --capture out > out`)
    expect(stderr).toMatch(/the --capture file out is also standard output/)
    expect(status).toBe(2)
    expect(shell(`${linkpulse} drill x.pkt --capture /dev/stdout > out`).status).toBe(0)
    const both = readFileSync(join(folder, 'out'))
    // One after the other, and neither over the other.
    expect(both.toString('latin1')).toContain('1 script: 1 passed')
    expect(both.indexOf(Buffer.from(Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a)))).toBeGreaterThanOrEqual(0)
    expect(both.toString('latin1')).toContain('linkpulse')
  })
})

it('a full disk is said (exit status 2), and what was there is whole', (context) => {
  const inside = `mount -t tmpfs -o size=8k none disk && echo old > disk/a.html && ${linkpulse} check --only serial.session --report disk/a.html; echo "status $?"; cat disk/a.html; ls -A disk`
  shell('mkdir disk')
  const { stdout, stderr, status } = spawnSync('unshare', ['-rm', 'sh', '-c', inside], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0 && /unshare|mount/.test(stderr)) return context.skip('no file system of our own may be mounted here')
  expect(stderr).toBe('linkpulse: cannot write the --report file disk/a.html: the disk is full; give another path\n')
  expect(stdout).toMatch(/\nstatus 2\nold\na\.html\n$/)
})

describe('what is read', () => {
  it.each([
    'boards --board-file /dev/zero',
    'check avr:uno --image /dev/zero',
    'run /dev/zero',
    'drill /dev/zero',
    'serve avr:uno --bootloader-image /dev/zero',
  ])('is no device: linkpulse %s', async (words) => {
    const { status, stderr } = await runHere(...words.split(' '))
    expect(stderr).toMatch(
      /^linkpulse: cannot read the [a-z ]+ \/dev\/zero: it is a device, neither a file nor a pipe; /,
    )
    expect(status).toBe(2)
  })

  it.skipIf(process.platform !== 'linux').each<[NodeJS.Signals, number, string[]]>([
    ['SIGINT', 130, ['check', 'avr:uno', '--image']],
    ['SIGTERM', 143, ['drill']],
  ])(
    'is waited for until a signal, where nobody writes to a pipe: %s (exit status %i)',
    async (signal, code, words) => {
      const pipe = join(folder, 'pipe')
      shell('mkfifo pipe')
      const command = start([...words, pipe])
      await until(() => isOpen(command.process.pid, pipe))
      command.process.kill(signal)
      const { status, stderr } = await command.ended
      expect([status, stderr]).toEqual([code, 'linkpulse: interrupted\n'])
    },
  )

  it('may have brackets in brackets only so deep: the user is told the line (exit status 2)', async () => {
    const deep = (bracket: string) => bracket.repeat(200_000)
    const board = await runHere('boards', '--board-file', put('deep.json', `{"name":\n${deep('[')}${deep(']')}}`))
    expect([board.status, board.stderr]).toEqual([2, expect.stringMatching(/deep\.json .*:\n {2}line 2: brackets/)])
    const drilled = await runHere('drill', put('deep.pkt', `0 socket(\n${deep('(')}`))
    expect([drilled.status, drilled.stdout]).toEqual([2, expect.stringMatching(/deep\.pkt:2:\d+: brackets/)])
  })
})

/** Whether a process has a file open (proc(5)). */
function isOpen(process: number | undefined, path: string): boolean {
  const folder = `/proc/${process}/fd`
  return readdirSync(folder).some((name) => {
    try {
      return readlinkSync(join(folder, name)) === path
    } catch {
      return false // closed meanwhile
    }
  })
}

describe('standard input of run', () => {
  it('is read from a pipe only as fast as the line takes it: 1 MiB waits, and its writer with the rest', () => {
    // A second at 1 Mbaud takes 100,000 octets; read in every turn, 4 MB would be.
    const { stderr } = shell(
      `{ head -c 4000000 /dev/zero && echo all of it was read >&2; } | ${linkpulse} run '${HEX}' --for 1 > none`,
    )
    expect(stderr).toMatch(/^ran 1\.000 s/m)
    expect(stderr).not.toContain('all of it was read')
  })

  it('that is a file has a limit, and beyond it nothing is run (exit status 2)', () => {
    const { status, stderr } = shell(
      `truncate -s 17M large && ${linkpulse} run '${HEX}' --for 1 --capture old.html < large`,
    )
    expect([status, stderr]).toEqual([
      2,
      'linkpulse: standard input is a file of more than 16777216 octets; give less, or a pipe\n',
    ])
    expect(readFileSync(old, 'utf8')).toBe('what an earlier run wrote')
  })
})

describe('net capture', () => {
  /** A `net up` that has one frame a moment. */
  async function withRunning(work: (environment: Record<string, string>) => Promise<void>): Promise<void> {
    const before = process.env.XDG_RUNTIME_DIR
    process.env.XDG_RUNTIME_DIR = folder
    const control = await ControlServer.listen({
      who: { process: process.pid, target: 'stack:', taps: ['lp9'] },
      status: () => ({}),
      capture(write) {
        const writer = new PcapngWriter((octets) => write(octets.slice()))
        const port = writer.addInterface({ name: 'lp9', speed: 0, fcs: false })
        const timer = setInterval(() => writer.packet(port, new Uint8Array(60), { at: 0, direction: 'inbound' }), 5)
        return () => clearInterval(timer)
      },
    })
    try {
      await work({ XDG_RUNTIME_DIR: folder })
    } finally {
      control.close()
      if (before === undefined) delete process.env.XDG_RUNTIME_DIR
      else process.env.XDG_RUNTIME_DIR = before
    }
  }

  it('into a named pipe is live, and ends quietly when its reader goes away', () =>
    withRunning(async (environment) => {
      shell('mkfifo live')
      const command = start(['net', 'capture', '-o', join(folder, 'live')], environment)
      const reader = await open(join(folder, 'live'), 'r') // waits for the writer
      const { buffer } = await reader.read(new Uint8Array(4), 0, 4)
      expect(new DataView(buffer.buffer).getUint32(0, true)).toBe(SECTION_HEADER)
      await reader.close()
      const { status, stderr } = await command.ended
      expect([status, stderr]).toEqual([0, expect.stringMatching(/^\d+ frames?\n$/)])
    }))

  it('into a file has it under its name when it ends', () =>
    withRunning(async (environment) => {
      const command = start(['net', 'capture', '-o', old], environment)
      await until(() => unfinished() === 1)
      expect(readFileSync(old, 'utf8')).toBe('what an earlier run wrote')
      command.process.kill('SIGINT')
      expect((await command.ended).status).toBe(0)
      expect(readFileSync(old).readUInt32LE(0)).toBe(SECTION_HEADER)
    }))
})

it('a reader of standard output that goes away leaves the capture so far', () => {
  const { status } = shell(
    `${linkpulse} net ping 192.168.7.2 -c 100000 --capture old.html | head -n 1; test -s old.html`,
  )
  expect(status).toBe(0)
  expect(readFileSync(old).readUInt32LE(0)).toBe(SECTION_HEADER)
})

it('half a page is none; the capture so far is kept (Ctrl-C)', async () => {
  const capture = join(folder, 'c.pcapng')
  const command = start(['net', 'http', 'http://192.168.7.2/random/200000000', '-o', old, '--capture', capture])
  await until(() => unfinished() === 2)
  command.process.kill('SIGINT')
  const { status, stderr } = await command.ended
  expect([status, stderr]).toEqual([130, 'linkpulse: interrupted\n'])
  expect(readFileSync(old, 'utf8')).toBe('what an earlier run wrote')
  expect(readFileSync(capture).readUInt32LE(0)).toBe(SECTION_HEADER)
  expect(readdirSync(folder).sort()).toEqual(['c.pcapng', 'old.html', 'x.pkt'])
})
