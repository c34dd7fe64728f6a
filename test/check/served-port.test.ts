import { afterEach, describe, expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { checkTarget } from '../../host/check/run.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { closePort, openPort } from '../../host/node/serial/port.js'
import { type ServedBoard, serveModel } from '../../host/node/serial/served-board.js'

/** A served board's port is as the next program finds it, whatever the one before did there. */
let served: ServedBoard | undefined

afterEach(() => {
  served?.close()
  served = undefined
})

async function serve(): Promise<ServedBoard> {
  served = await serveModel(findBoard('uno'), { seed: 7 })
  return served
}

describe('the port of a served board', () => {
  it('is sound for a check after a program that left octets at 300 baud', async () => {
    const { path } = await serve()
    const before = await openPort(path, 300)
    before.write(Buffer.alloc(2_000, 0x7f)) // more than a minute of them
    await new Promise<void>((resolve, reject) => before.drain((error) => (error ? reject(error) : resolve())))
    await closePort(before)
    const target = await openTarget(path, { sharesTime: true, timeLimit: 300e9 })
    const report = await checkTarget(target, { only: ['serial.echo'] })
    await target.close()
    expect(report.diagnosis).toEqual([])
    expect(report.checks.map(({ id, verdict }) => [id, verdict])).toEqual([['serial.echo', 'pass']])
  })

  it('has the rate of whoever opened it last, also where nothing passed since: the board’s announcement is heard', async () => {
    const board = await serve()
    const slow = await openPort(board.path, 300)
    await closePort(slow)
    const port = await openPort(board.path, findBoard('uno').serial.baud)
    const heard: number[] = []
    const whole = new Promise<void>((resolve) => {
      port.on('data', (octets: Buffer) => {
        heard.push(...octets)
        if (heard.length >= 64) resolve()
      })
    })
    board.restart()
    await whole
    await closePort(port)
    // version 01, kind 11 (session), channel 0: docs/serial-link.md, Cell
    expect(heard[0]).toBe(0x70)
  })
})
