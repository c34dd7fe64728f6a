import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeWhole } from '../../../test/support/write-whole.js'
import { UsageError } from '../../errors/errors.js'
import { refuseSameFile } from './distinct.js'
import { OutputFile } from './output.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-output-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => join(folder, name)
const text = (name: string) => readFileSync(inFolder(name), 'utf8')
/** A file with what an earlier run wrote. */
function old(name: string): string {
  writeFileSync(inFolder(name), 'old')
  return inFolder(name)
}

describe('a file that is written', () => {
  it('has its name when it is whole, and until then the one before has it', () => {
    const file = new OutputFile('--report', old('a'))
    file.write('ne')
    file.write(Uint8Array.of(0x77))
    expect(text('a')).toBe('old')
    expect(readdirSync(folder)).toHaveLength(2)
    file.close()
    expect(text('a')).toBe('new')
    expect(readdirSync(folder)).toEqual(['a'])
  })

  it('leaves no trace while nothing came into it, nor when nothing came of it', () => {
    old('a')
    for (const name of ['a', 'b']) {
      new OutputFile('--report', inFolder(name)).close()
      const file = new OutputFile('--report', inFolder(name))
      file.write('half')
      file.discard()
      file.write('late')
      file.close()
    }
    expect(readdirSync(folder)).toEqual(['a'])
    expect(text('a')).toBe('old')
  })

  it('adds to what others wrote where it is told to, and leaves that alone where nothing comes of it', () => {
    old('a')
    const append = () => {
      const file = new OutputFile('--report', inFolder('a'))
      file.append()
      return file
    }
    const file = append()
    // Another program, after the file was looked at.
    writeFileSync(inFolder('a'), 'old and more, ')
    file.write('new')
    file.close()
    expect(text('a')).toBe('old and more, new')
    const given = append()
    given.write('nothing')
    given.discard()
    append().close()
    expect(text('a')).toBe('old and more, new')
    expect(readdirSync(folder)).toEqual(['a'])
  })

  it.each([0o640, 0o666, 0o4755])('keeps the mode bits %o of the one before', (mode) => {
    chmodSync(old('a'), mode)
    writeWhole('--report', inFolder('a'), 'new')
    expect(statSync(inFolder('a')).mode & 0o7777).toBe(mode)
    expect(text('a')).toBe('new')
  })

  it('has the mode of any new file where there was none (umask)', () => {
    writeFileSync(inFolder('any'), '')
    writeWhole('--report', inFolder('a'), 'new')
    expect(statSync(inFolder('a')).mode).toBe(statSync(inFolder('any')).mode)
  })

  it('takes the place of what a symbolic link points to, in its folder; the link stays', () => {
    mkdirSync(inFolder('there'))
    old('there/a')
    symlinkSync('there/a', inFolder('link'))
    symlinkSync('there/none', inFolder('dangling'))
    for (const name of ['link', 'dangling']) writeWhole('--report', inFolder(name), 'new')
    expect([readlinkSync(inFolder('link')), readlinkSync(inFolder('dangling'))]).toEqual(['there/a', 'there/none'])
    expect([text('there/a'), text('there/none')]).toEqual(['new', 'new'])
    expect(readdirSync(folder).sort()).toEqual(['dangling', 'link', 'there'])
  })

  it('may have a name as long as names are, of characters of several octets', () => {
    const name = 'é'.repeat(127)
    writeWhole('--report', inFolder(name), 'new')
    expect(text(name)).toBe('new')
  })

  it('is refused where none can be written, in words, with its option and path', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(inFolder('socket'), resolve))
    symlinkSync('loop', inFolder('loop'))
    old('file')
    const refusals: readonly [string, RegExp][] = [
      ['', /it is a directory/],
      ['none/a', /there is no directory .*none/],
      ['none/', /there is no directory/],
      ['file/a', /file is not a directory/],
      ['loop', /in a circle/],
      ['socket', /it is a socket/],
      ['x'.repeat(300), /its name is too long/],
    ]
    for (const [name, reason] of refusals) {
      const path = `${folder}/${name}`
      const refuse = () => new OutputFile('--report', path)
      expect(refuse).toThrow(UsageError)
      expect(refuse).toThrow(reason)
      expect(refuse).toThrow(`cannot write the --report file ${path}: `)
    }
    server.close()
  })

  it('says that the disk is full once, drops what follows, and leaves what was there', () => {
    const file = new OutputFile('--report', '/dev/full')
    file.open()
    expect(() => file.write('x')).toThrow(
      'cannot write the --report file /dev/full: the disk is full; give another path',
    )
    file.write('y')
    file.close()
  })
})

describe.skipIf(process.platform === 'win32')('what is written straight through', () => {
  it('is a named pipe: its reader has each octet at once; one that went away is reported, or is an error', () => {
    const path = inFolder('pipe')
    spawnSync('mkfifo', [path])
    for (const listens of [true, false]) {
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
      const file = new OutputFile('--output', path)
      file.open()
      file.write('live')
      const octets = new Uint8Array(10)
      expect(readSync(reader, octets)).toBe(4)
      closeSync(reader)
      let told = 0
      if (listens) {
        file.handleReaderGone = () => {
          told++
        }
        file.write('more')
        file.write('and more')
      } else expect(() => file.write('more')).toThrow(/pipe: nobody reads it any more/)
      expect(told).toBe(listens ? 1 : 0)
      file.close()
    }
    expect(readdirSync(folder)).toEqual(['pipe'])
  })
})

describe('a process that ends', () => {
  /** Runs a program that has written half a file `a` and waits. */
  function waiting(more: string) {
    const from = pathToFileURL(join(import.meta.dirname, 'output.ts')).href
    const program = `import { OutputFile } from ${JSON.stringify(from)}
      ${more}
      const file = new OutputFile('--report', ${JSON.stringify(inFolder('a'))})
      file.write('half')
      process.stdin.resume().once('data', () => process.exit(7))
      console.log('waiting')`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ready = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
    const ended = new Promise((resolve) => child.on('close', (status, signal) => resolve(status ?? signal)))
    return { child, ready, ended }
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'] as const)('takes what is not whole with it: %s', async (end) => {
    old('a')
    const { child, ready, ended } = waiting('')
    await ready
    expect(readdirSync(folder)).toHaveLength(2)
    if (end === 'exit') child.stdin.write('end')
    else child.kill(end)
    expect(await ended).toBe(end === 'exit' ? 7 : end)
    expect(readdirSync(folder)).toEqual(['a'])
    expect(text('a')).toBe('old')
  })

  it('in good order, because somebody listens for the signal, may still finish it', async () => {
    old('a')
    const { child, ready, ended } = waiting(
      `process.once('SIGINT', () => { file.write(' and whole'); file.close(); process.exit(9) })`,
    )
    await ready
    child.kill('SIGINT')
    expect(await ended).toBe(9)
    expect(text('a')).toBe('half and whole')
    expect(readdirSync(folder)).toEqual(['a'])
  })
})

describe('one file under two names', () => {
  const output = (path: string, what = '--capture') => new OutputFile(what, path)

  it('is refused as input and output: its own name, a symbolic link, a hard link, another spelling', () => {
    const input = [{ what: 'the --board-file file', path: old('in') }]
    symlinkSync('in', inFolder('symbolic'))
    linkSync(inFolder('in'), inFolder('hard'))
    mkdirSync(inFolder('sub'))
    for (const name of ['in', 'symbolic', 'hard', 'sub/../in']) {
      const path = `${folder}/${name}`
      expect(() => refuseSameFile([output(path)], input)).toThrow(
        `the --capture file ${path} would be written over what is read: it is the same file as the --board-file file ${inFolder('in')}; give another path`,
      )
    }
    refuseSameFile([output(inFolder('other'))], input)
  })

  it('is refused as two outputs, also where it is not there yet; a device may be both', () => {
    symlinkSync('new', inFolder('dangling'))
    mkdirSync(inFolder('sub'))
    for (const name of ['new', 'dangling', 'sub/../new']) {
      const two = [output(inFolder('new'), '--trace'), output(`${folder}/${name}`)]
      expect(() => refuseSameFile(two, [])).toThrow(
        `the --capture file ${folder}/${name} is also the --trace file ${inFolder('new')}: each needs a file of its own; give another path`,
      )
    }
    refuseSameFile([output(inFolder('new'), '--trace'), output(inFolder('sub/new'))], [])
    if (existsSync('/dev/null')) refuseSameFile([output('/dev/null', '--trace'), output('/dev/null')], [])
  })
})
