/** `linkpulse serve --chip-socket`: drivers in C through it, and whoever else connects there. What is answered is judged by host/chip-socket/. */
import { execFileSync, spawnSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createBareBench } from '../../boards/bare-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { ChipDoor } from '../../host/chip-socket/chip-door.js'
import { ChipSocketServer } from '../../host/node/chip-socket/chip-socket-server.js'
import { root, scratch, until } from '../cli/command.js'
import { runHere } from '../cli/here.js'
import { closers, served } from '../cli/served.js'

const folder = scratch()
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
/** A path where nothing is. */
const free = () => join(folder, `chip-${++count}.sock`)

/** Compiles it. @returns the path of the program */
function compiled(source: string, name: string): string {
  const program = join(folder, name)
  const flags = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror']
  execFileSync('cc', [...flags, source, '-o', program], { stdio: ['ignore', 'inherit', 'inherit'] })
  return program
}

const run = (program: string, ...words: readonly string[]) => spawnSync(program, words, { encoding: 'utf8' })

describe('drivers in C', () => {
  it('bring the chip up, ping the partner, and are told what they do wrong; the socket is gone when serve ends', async () => {
    const page = readFileSync(join(root, 'docs/chip-socket.md'), 'utf8')
    const [, client] = /```c\n([\s\S]*?)```/.exec(page)!
    writeFileSync(join(folder, 'client.c'), client)
    const [revision, driver] = [
      compiled(join(folder, 'client.c'), 'client'),
      compiled(join(root, 'test/chip-socket/driver.c'), 'driver'),
    ]
    const path = free()
    const capture = join(folder, 'frames.pcapng')
    const serve = await served('model:uno', '--chip-socket', path, '--capture', capture)
    expect(serve.path).toBe(path)
    expect(run(revision, path)).toMatchObject({ status: 0, stdout: 'revision 6\n', stderr: '' })
    expect(run(driver, path)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^revision 6\nlink up\n192\.168\.7\.1 answered ARP\n192\.168\.7\.1 answered the echo\nfindings: 0\nat \d+ ns\n$/,
      ),
    })
    expect(run(driver, path, 'misuse')).toMatchObject({
      status: 0,
      stdout: 'revision 6\nfindings before: 0\nfindings behind: 3\n',
    })
    serve.process.kill('SIGTERM')
    const { status, stdout, stderr } = await serve.ended
    expect([status, stdout]).toEqual([0, `${path}\n`])
    const [begun, finding, remedy, summary, again, ...rest] = stderr.trimEnd().split('\n')
    expect(begun).toContain(`waits for its driver at ${path}`)
    expect(finding).toMatch(/^\d+\.\d{6} ms: missing-dummy-octet: .* \(octets 00 00\) \[DS39662 4\.2\.1\]$/)
    expect(remedy).toMatch(/^ {2}what to do: clock three octets/)
    expect(summary).toMatch(
      /drivers 3, findings 3, requests refused 0, clients turned away 0, frames sent \d+, received 2$/,
    )
    expect(again).toMatch(/^missing-dummy-octet: 3 times in all/)
    expect(rest).toEqual([])
    expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined()
    const dissected = spawnSync('tshark', ['-r', capture, '-Y', 'icmp', '-T', 'fields', '-e', 'icmp.type'])
    expect(dissected.stdout.toString()).toBe('8\n0\n')
  })
})

const opened: ChipSocketServer[] = []
afterEach(() => {
  for (const server of opened.splice(0)) server.close()
})

async function listening(path: string): Promise<{ readonly server: ChipSocketServer; readonly door: ChipDoor }> {
  const door = new ChipDoor(createBareBench({ board: findBoard('uno') }))
  const server = await ChipSocketServer.listen(door, path)
  opened.push(server)
  return { server, door }
}

/** Connects, and keeps what comes. */
function client(path: string): { readonly socket: Socket; readonly received: () => Buffer; isClosed: boolean } {
  const socket = connect(path)
  closers.push(() => socket.destroy())
  const parts: Buffer[] = []
  const made = { socket, received: () => Buffer.concat(parts), isClosed: false }
  socket.on('data', (octets) => parts.push(octets))
  socket.on('error', () => {}) // it was cut off
  socket.on('close', () => {
    made.isClosed = true
  })
  return made
}

const HELLO = Buffer.from('00000003' + '01' + '0001', 'hex')
const HELLO_REPLY = 4 + 16 + 6
const PLAIN_REPLY = 4 + 16
/** One nanosecond passes. */
const TICK = Buffer.from('00000009' + '03' + '0000000000000001', 'hex')

describe('the socket', () => {
  it('is its user’s alone', async () => {
    const path = free()
    const mask = process.umask()
    await listening(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(process.umask()).toBe(mask)
  })

  it('takes the place of one that was left behind, and of nothing else', async () => {
    const [path, file] = [free(), free()]
    // A server removes what it has made, under the name it had.
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(file, resolve))
    renameSync(file, path)
    await new Promise((resolve) => gone.close(resolve))
    expect(statSync(path).isSocket()).toBe(true)
    await listening(path)
    expect(await runHere('serve', '--chip-socket', path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`another program listens at ${path}`),
    })
    writeFileSync(file, 'mine')
    const report = join(folder, 'kept.pcapng')
    writeFileSync(report, 'of an earlier run')
    expect(await runHere('serve', '--chip-socket', file, '--capture', report)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`${file} is there already, and is no socket`),
    })
    expect([readFileSync(file, 'utf8'), readFileSync(report, 'utf8')]).toEqual(['mine', 'of an earlier run'])
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('is refused where none can be, and with what is not there', async () => {
    const cases: readonly (readonly [number, string, ...string[]])[] = [
      [3, 'there is no directory', '--chip-socket', join(folder, 'nowhere/chip.sock')],
      [2, 'is also the socket', '--chip-socket', join(folder, 'a.sock'), '--spi-log', join(folder, 'a.sock')],
      [2, 'octets at most', '--chip-socket', join(folder, 'x'.repeat(120))],
      [2, 'give model:uno', 'avr:uno', '--chip-socket', free()],
      [2, '--rfc2217 is for a board with its controller', '--chip-socket', free(), '--rfc2217', '0'],
      [2, 'serial-noise is a fault of the controller', '--chip-socket', free(), '--fault', 'serial-noise'],
    ]
    for (const [status, said, ...words] of cases)
      expect(await runHere('serve', ...words)).toMatchObject({ status, stderr: expect.stringContaining(said) })
  })

  it('has one driver at a time: another is told why, and the first goes on', async () => {
    const path = free()
    const { server } = await listening(path)
    const first = client(path)
    first.socket.write(HELLO)
    await until(() => first.received().length === HELLO_REPLY)
    const second = client(path)
    await until(() => second.isClosed)
    const reply = second.received()
    expect([reply[4], reply.readUInt16BE(20)]).toEqual([0xff, 4])
    expect(reply.subarray(22).toString()).toContain('another driver has the chip')
    first.socket.write(TICK)
    await until(() => first.received().length === HELLO_REPLY + PLAIN_REPLY)
    expect(server.counters).toEqual({ drivers: 1, refused: 1 })
    first.socket.end()
    await until(() => first.isClosed)
    const third = client(path)
    third.socket.write(HELLO)
    await until(() => third.received().length === HELLO_REPLY)
    expect(server.counters).toEqual({ drivers: 2, refused: 1 })
  })

  it('has the next driver where the one before has just left, whoever is noticed first', async () => {
    const path = free()
    const { server } = await listening(path)
    for (let i = 1; i <= 5; i++) {
      const each = client(path)
      each.socket.write(HELLO)
      await until(() => each.isClosed || each.received().length >= HELLO_REPLY)
      expect(each.received().length).toBe(HELLO_REPLY)
      // It is closed at once, and the next one connects before the server has had a turn.
      each.socket.destroy()
      expect(server.counters).toEqual({ drivers: i, refused: 0 })
    }
  })

  it('answers who asks much and reads nothing once it reads: every request, in order', async () => {
    const path = free()
    await listening(path)
    const asking = client(path)
    asking.socket.pause()
    const asked = 30_000 // 600 kB of replies: more than the kernel keeps
    asking.socket.write(Buffer.concat([HELLO, ...Array.from({ length: asked }, () => TICK)]))
    asking.socket.resume()
    await until(() => asking.received().length === HELLO_REPLY + asked * PLAIN_REPLY)
    const replies = asking.received().subarray(HELLO_REPLY)
    for (const i of [0, 1, asked / 2, asked - 1])
      expect(Number(replies.readBigUInt64BE(i * PLAIN_REPLY + 5))).toBe(i + 1)
  })

  it('cuts off who is no driver', async () => {
    const path = free()
    const { door } = await listening(path)
    for (const octets of ['GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', '\0\0\0\x02\x03\0'.repeat(1000)]) {
      const stranger = client(path)
      stranger.socket.write(octets, 'latin1')
      await until(() => stranger.isClosed)
    }
    expect(door.refused.snapshot()).toEqual({ length: 1, 'wrong-length': 1 })
  })
})
