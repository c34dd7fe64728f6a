import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TargetError } from '../../errors/errors.js'
import { answerOf, ControlServer, running } from './control.js'

const before = process.env.XDG_RUNTIME_DIR
let place = ''
const open: { close(): void }[] = []
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'linkpulse-control-'))
  process.env.XDG_RUNTIME_DIR = place
})
afterEach(() => {
  for (const each of open.splice(0)) each.close()
  if (before === undefined) delete process.env.XDG_RUNTIME_DIR
  else process.env.XDG_RUNTIME_DIR = before
})

async function listening(): Promise<string> {
  open.push(
    await ControlServer.listen({
      who: { process: process.pid, target: 'stack:', taps: ['lp0'] },
      status: () => ({ up: true }),
      capture: () => () => {},
    }),
  )
  return join(place, 'linkpulse', `net-${process.pid}.sock`)
}

describe('the control socket of net up', () => {
  it('is in a folder that only its user may enter, and is its user’s alone itself', async () => {
    const path = await listening()
    expect(lstatSync(join(place, 'linkpulse')).mode & 0o777).toBe(0o700)
    expect(lstatSync(path).mode & 0o777).toBe(0o600)
    expect(await running()).toMatchObject([{ target: 'stack:', path }])
  })

  it.each<[string, (folder: string) => void]>([
    [
      'others may enter',
      (folder) => {
        mkdirSync(folder)
        chmodSync(folder, 0o755)
      },
    ],
    ['is a link to somewhere else', (folder) => symlinkSync(tmpdir(), folder)],
  ])('is not made in a folder that %s', async (_, make) => {
    make(join(place, 'linkpulse'))
    await expect(listening()).rejects.toThrow(TargetError)
    await expect(listening()).rejects.toThrow(/not a folder of yours alone.*set XDG_RUNTIME_DIR/)
  })

  it('answers the three questions it knows, changes nothing, and hangs up on any other', async () => {
    const path = await listening()
    expect(JSON.parse(await answerOf(path, 'status'))).toEqual({ up: true })
    for (const question of ['stop\n', 'x'.repeat(100_000)]) {
      const socket = connect(path)
      let said = ''
      socket.on('data', (octets) => {
        said += octets.toString()
      })
      socket.on('error', () => {}) // it may be disconnected before all is sent
      socket.write(question)
      await new Promise((resolve) => socket.once('close', resolve))
      expect(said).toBe('')
    }
    expect(JSON.parse(await answerOf(path, 'who'))).toMatchObject({ target: 'stack:' })
  })

  it('is gone when its net up ends', async () => {
    await listening()
    for (const each of open.splice(0)) each.close()
    expect(readdirSync(join(place, 'linkpulse'))).toEqual([])
  })
})
