/** `linkpulse doctor` at pseudo-terminals with somebody else's devices behind them. Words and what was sent are asserted; time is the command's own. */
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SerialPort } from 'serialport'
import { describe, expect, it } from 'vitest'
import { parseReport } from '../../host/check/report/parse.js'
import type { PortDocument } from '../../host/port-guess/guess-schema.js'
import { variationsOf } from '../judge/variations.js'
import { portFaults } from '../schema/judge.js'
import {
  atModem,
  bootLoader,
  gps,
  loopback,
  nobody,
  type PortDevice,
  sketch,
  waitingGetty,
} from '../support/port-device.js'
import { ptyDevice } from '../support/pty-device.js'
import { runCli } from './command.js'
import { runHere } from './here.js'
import { closers, served } from './served.js'

function device(kind: PortDevice) {
  const made = ptyDevice(kind)
  closers.push(() => made.close())
  return made
}

describe('linkpulse doctor', () => {
  it.each(
    variationsOf([
      [
        'a GPS receiver',
        gps,
        /GPS receiver.*\n +heard +\d+ NMEA sentences with a checksum that holds[\s\S]*it said +.*GPGGA/,
      ],
      [
        'a sketch',
        sketch,
        /program that prints text[\s\S]*Sensor value: \d+, t = 21.5[\s\S]*No bridge firmware: linkpulse flash uno \/dev\/pts\/\d+/,
      ],
      [
        'nobody',
        nobody,
        /silence: nobody speaks \(75 %\)[\s\S]*would be sent +the cell of 64 octets[\s\S]*GET_SYNC[\s\S]*--probe/,
      ],
    ] as const),
  )('hears %s without a word, and exits with 1', async (_, kind, words) => {
    const { path, told } = device(kind)
    const { status, stdout } = await runHere('doctor', path)
    expect(stdout).toMatch(words)
    expect(stdout).toMatch(/this port does not tell line errors/)
    expect(status).toBe(1)
    expect(told()).toBe(0)
  })

  it.each(
    variationsOf([
      ['a modem', atModem, 'modem', /OK/],
      ['a loopback', loopback, 'loopback', /^$/],
      ['a boot loader', bootLoader, 'boot-loader', /14 10/],
      ['a login prompt', waitingGetty, 'login', /raspberrypi login:/],
    ] as const),
  )('asks %s with --probe, and tells other programs of it', async (_, kind, who, said) => {
    const { path, told } = device(kind)
    const { status, stdout } = await runHere('doctor', path, '--probe', '--json')
    const document = JSON.parse(stdout) as PortDocument
    expect(portFaults(document)).toEqual([])
    expect(document).toMatchObject({ version: 1, port: path, who, asked: true })
    expect(document.said.join('\n')).toMatch(said)
    expect(document.listenedSeconds).toBeLessThanOrEqual(10)
    expect(status).toBe(1)
    expect(told()).toBeGreaterThan(0)
  })

  it('knows a bridge board of ours, and exits with 0', async () => {
    const { path } = await served('model:uno')
    const { status, stdout } = await runCli('doctor', path, '--probe')
    expect(stdout).toMatch(
      /a bridge board of ours \(99 %\)[\s\S]*calls itself uno, with firmware[\s\S]*linkpulse check \/dev\/pts/,
    )
    expect(status).toBe(0)
  })

  it('is quoted by a check, whose time limit leaves time to tell who is there (status 4)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-test-'))
    closers.push(() => rmSync(folder, { recursive: true }))
    const { path } = device(nobody)
    const file = join(folder, 'report.json')
    const { status, stdout } = await runHere('check', path, '--time-limit', '1', '--report', file)
    expect(stdout).toMatch(
      /At the port: silence: nobody speaks \(75 %\)\n +heard +Not one octet came in \d\.\d s\.\n +next +Ask it as well: linkpulse doctor \/dev\/pts\/\d+ --probe/,
    )
    expect(stdout).toMatch(/the time limit ran out before it was done/)
    expect(parseReport(readFileSync(file, 'utf8'), file).occupant?.title).toBe('silence: nobody speaks')
    expect(status).toBe(4)
  })

  it('knows a line that is upside down, and one without a ground, on the simulated line', async () => {
    const upsideDown = await runHere('doctor', 'model:uno', '--fault', 'serial-ttl-meets-rs232')
    expect(upsideDown.stdout).toMatch(/a line that is upside down[\s\S]*RS-232 has up to ±15 V/)
    const groundless = await runHere('doctor', 'model:uno', '--fault', 'serial-ground-missing')
    expect(groundless.stdout).toMatch(/noise[\s\S]*in step with the mains[\s\S]*Connect GND/)
  })

  it('says why a port does not open, and exits with 3', async () => {
    const missing = await runHere('doctor', '/dev/no-such-port')
    expect(missing.stdout).toMatch(/there is no such port\n +heard +there is no port \/dev\/no-such-port\./)
    expect(missing.status).toBe(3)

    const busy = device(nobody)
    const holder = new SerialPort({ path: busy.path, baudRate: 9_600, autoOpen: false })
    await new Promise<void>((resolve, reject) => holder.open((error) => (error ? reject(error) : resolve())))
    closers.push(() => new Promise<void>((resolve) => holder.close(() => resolve())))
    const taken = await runCli('doctor', busy.path, '--json')
    expect(portFaults(JSON.parse(taken.stdout))).toEqual([])
    expect(JSON.parse(taken.stdout)).toMatchObject({
      who: 'busy',
      evidence: [expect.stringMatching(/in use by another program/)],
    })
    expect(taken.status).toBe(3)

    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-test-'))
    closers.push(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'port')
    closeSync(openSync(path, 'w'))
    chmodSync(path, 0o600)
    const file = await runHere('doctor', path)
    expect(file.stdout).toMatch(/not a serial port/)
    expect(file.status).toBe(3)
  })

  it('says what it takes', async () => {
    const { status, stderr } = await runHere('doctor')
    expect(stderr).toMatch(/doctor needs PORT/)
    expect(status).toBe(2)
  })
})
