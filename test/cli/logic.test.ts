/** `linkpulse serve --logic`, with sigrok's own driver at its pins, and its own decoders behind it. */
import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { crc, HEC_FINAL } from './cells.js'
import { start, until } from './command.js'
import { runHere } from './here.js'
import { closers } from './served.js'

/** Of the driver's inputs, in their order: CS, SCK, MOSI, MISO, INT, TX, RX. */
const [CS, SCK, MOSI, MISO, , , RX] = ['P8_45', 'P8_46', 'P8_43', 'P8_44', 'P8_41', 'P8_42', 'P8_39']
const DECODERS = [
  ...['-P', `spi:clk=${SCK}:mosi=${MOSI}:miso=${MISO}:cs=${CS}`],
  ...['-P', `uart:rx=${RX}:baudrate=1000000`],
  ...['-A', 'spi=mosi-transfer:miso-transfer,uart=rx-data'],
]

/** Captures at 25 MHz until its standard input ends, as when a person presses a key. */
function sigrok(connection: string) {
  const driver = `beaglelogic:conn=${connection}:logic_channels=8`
  const words = ['--driver', driver, '--config', 'samplerate=25m', '--continuous', ...DECODERS]
  const child = spawn('sigrok-cli', words, { stdio: ['pipe', 'pipe', 'pipe'] })
  closers.push(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  let isOver = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.on('close', () => {
    isOver = true
  })
  return { stdout: () => stdout, stderr: () => stderr, isOver: () => isOver, end: () => child.stdin.end('\n') }
}

it('sigrok captures the pins live, and its decoders find what crossed SPI and UART', async () => {
  const server = start(['serve', 'model:uno', '--logic', '0'])
  closers.push(() => {
    server.process.kill('SIGKILL')
    return server.ended
  })
  await until(() => server.stdout().split('\n').length > 2)
  const [path, connection] = server.stdout().split('\n')
  expect(connection).toMatch(/^tcp-raw\/127\.0\.0\.1\/\d+$/)

  const capture = sigrok(connection)
  // RCR of EREVID, 12h of bank 3 (DS39662 table 3-1), and 06h, B7's number (DS80349C table 1): SO while nobody drives it is pulled up.
  const revision = 'spi-1: FF 06\nspi-1: 12 00\n'
  // Octets of a session are seen once it looks; then one check is enough.
  while (capture.stdout() === '' && !capture.isOver())
    await runHere('check', path, '--only', 'serial.session', '--json')
  await runHere('check', path, '--only', 'chip.revision', '--json')
  await until(() => capture.stdout().includes(revision) || capture.isOver())
  capture.end()
  await until(capture.isOver)
  expect(capture.stderr()).toBe('')
  expect(capture.stdout()).toContain(revision)
  const lines = capture.stdout().split('\n')

  // A cell on the way to the board: both checks hold.
  const octets = Uint8Array.from(
    lines.filter((line) => line.startsWith('uart-1: ')).map((line) => Number(`0x${line.slice(8)}`)),
  )
  const isCell = (at: number): boolean => {
    const cell = Buffer.from(octets.subarray(at, at + 64))
    if (cell.length < 64 || cell[4] !== crc(cell.subarray(0, 4), { width: 8, polynomial: 0x07, final: HEC_FINAL }))
      return false
    return cell.readUInt16BE(62) === crc(cell.subarray(0, 62), { width: 16, polynomial: 0x1021, final: 0 })
  }
  expect(octets.some((_, at) => isCell(at))).toBe(true)
})

it('a port that is no port is refused', async () => {
  expect(await runHere('serve', '--logic', '65536')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--logic takes a port'),
  })
})
