import { existsSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import type { SimulatedBoard } from '../../boards/model/board.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { checkTarget } from '../../host/check/run.js'
import type { Report } from '../../host/check/types.js'
import { runtimePlace } from '../../host/node/files/runtime-folder.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { type ServedBoard, serveModel } from '../../host/node/serial/served-board.js'
import { sharedTimePath } from '../../host/node/serial/shared-time.js'

/**
 * A check of a served board on one machine shares the board's time, so that how busy the machine is makes no difference: not to a figure,
 * not to a count.
 */
let served: ServedBoard | undefined
/** Behind the start of any board, on a busy machine too. */
const BEGIN = 20 * SECOND

afterEach(() => {
  served?.close()
  served = undefined
  vi.unstubAllEnvs()
})

async function serve(): Promise<ServedBoard> {
  served = await serveModel(findBoard('uno'), { seed: 7 })
  return served
}

/** Takes the processor away from this process, and so from both ends, for about a third of the time. */
function beBusy(): () => void {
  const timer = setInterval(() => {
    const until = process.hrtime.bigint() + 30_000_000n
    while (process.hrtime.bigint() < until);
  }, 60)
  return () => clearInterval(timer)
}

/** A board on which nothing happens by itself any more: what it has to say of its start it has said. */
async function serveStarted(): Promise<ServedBoard> {
  const board = await serve()
  const isUp = () => (board.bench.board as SimulatedBoard).state.matches({ on: { link: 'up', services: 'running' } })
  while (!isUp()) await new Promise((resolve) => setTimeout(resolve, 1))
  // Ahead of the wall clock it stands still: each check begins at the same instant, as the phase of link pulses shows in its figures.
  const { lab } = board.bench
  lab.runFor(BEGIN - lab.now)
  return board
}

async function check(path: string): Promise<Report> {
  const target = await openTarget(path, { sharesTime: true, seed: 3, timeLimit: 300e9 })
  try {
    return await checkTarget(target, { peer: '192.168.7.1', only: ['serial', 'spi', 'network'] })
  } finally {
    await target.close()
  }
}

/** One line to the board's end of shared time, and what becomes of the connection. */
function say(path: string, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(sharedTimePath(path)).setEncoding('utf8')
    socket.on('data', (text: unknown) => {
      heard += String(text)
      if (heard === `${heard.split('\n')[0]}\n`) socket.write(words)
    })
    // An end that closes with octets unread resets the connection (RFC 9293 3.6.1): it is closed all the same.
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)))
    socket.on('close', () => resolve(heard))
  })
}

describe('a check of a served board', () => {
  it('finds on a busy computer what it finds on an idle one, to the last figure', async () => {
    const idle = await check((await serveStarted()).path)
    expect(idle.verdict).toBe('pass')
    served?.close()
    const again = beBusy()
    try {
      const busy = await check((await serveStarted()).path)
      expect(busy.diagnosis).toEqual([])
      expect(busy.checks).toEqual(idle.checks)
      expect(busy.counters).toEqual(idle.counters)
    } finally {
      again()
    }
  })

  it('gives the board back to real time when it is done', async () => {
    const board = await serve()
    const target = await openTarget(board.path, { sharesTime: true })
    const { now } = board.bench.lab
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(board.bench.lab.now).toBe(now) // the check has nothing to wait for, so no time passes
    await target.close()
    while (board.bench.lab.now < now + MILLISECOND) await new Promise((resolve) => setTimeout(resolve, 1))
  })

  it('is refused the time while another has it, and is then in real time as with any port', async () => {
    const board = await serve()
    const first = await openTarget(board.path, { sharesTime: true })
    await expect(say(board.path, '')).resolves.toBe('')
    await first.close()
  })

  it.each([
    ['what is no JSON', 'nonsense\n'],
    ['a time before the beginning', '{"until":-1,"written":0}\n'],
    ['a time without end', '{"until":1e400,"written":0}\n'],
    ['three questions at once', '{"settle":0}\n{"settle":0}\n{"settle":0}\n'],
    ['a number of ten thousand digits', `{"until":0,"written":${'0'.repeat(10_000)}}\n`],
    ['a line without end', 'x'.repeat(100_000)],
    ['brackets', '[[[[\n'],
    ['null', 'null\n'],
  ])('ends a connection that says %s, and goes on in real time', async (_, words) => {
    const board = await serve()
    const heard = await say(board.path, words)
    expect(heard.split('\n')[0]).toBe('{"linkpulse":"shared time","version":1}')
    const { now } = board.bench.lab
    while (board.bench.lab.now < now + MILLISECOND) await new Promise((resolve) => setTimeout(resolve, 1))
  })

  it('has a socket that is its user’s alone, in a folder that only its user may enter, and none in any other folder', async () => {
    const { path } = await serve()
    await say(path, 'x\n')
    expect(lstatSync(sharedTimePath(path)).mode & 0o777).toBe(0o600)
    expect(lstatSync(runtimePlace()).mode & 0o777).toBe(0o700)
    served?.close()
    const place = mkdtempSync(join(tmpdir(), 'linkpulse-time-'))
    vi.stubEnv('XDG_RUNTIME_DIR', place)
    mkdirSync(join(place, 'linkpulse'), { mode: 0o755 })
    const board = await serve()
    const target = await openTarget(board.path, { sharesTime: true })
    expect(existsSync(sharedTimePath(board.path))).toBe(false)
    expect(target.lateness).toBeDefined() // in real time, like any port
    await target.close()
  })

  it('leaves nothing behind: the socket goes with the board', async () => {
    const { path } = await serve()
    await say(path, 'x\n')
    expect(existsSync(sharedTimePath(path))).toBe(true)
    served?.close()
    served = undefined
    while (existsSync(sharedTimePath(path))) await new Promise((resolve) => setTimeout(resolve, 1))
  })
})
