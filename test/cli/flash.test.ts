import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { PseudoTerminal } from '../../host/node/serial/pty.js'
import { PtyBridge } from '../../host/node/serial/pty-bridge.js'
import { RealTimePacer } from '../../host/serial/pacing.js'
import { optiboot, stk500boot } from '../avr/boot-loaders.js'
import { variation, variationsOf } from '../judge/variations.js'
import { runCli, start } from './command.js'
import { runHere } from './here.js'

/** Intel HEX by hand: records of 16 octets from 0, and the end of the file. */
function hex(octets: Uint8Array): string {
  const lines: string[] = []
  const record = (address: number, type: number, data: Uint8Array): void => {
    const body = [data.length, address >> 8, address & 0xff, type, ...data]
    const sum = (256 - (body.reduce((a, b) => a + b, 0) & 0xff)) & 0xff
    lines.push(`:${[...body, sum].map((octet) => octet.toString(16).padStart(2, '0').toUpperCase()).join('')}`)
  }
  for (let at = 0; at < octets.length; at += 16) record(at, 0, octets.subarray(at, at + 16))
  record(0, 1, new Uint8Array(0))
  return `${lines.join('\n')}\n`
}

/** An application that does nothing: rjmp .-2 (FFh CFh), then octets that only flash has to remember. */
const application = Uint8Array.from({ length: 1_500 }, (_, i) => (i < 2 ? [0xff, 0xcf][i] : (i * 13) & 0xff))

describe('linkpulse flash, on an emulated board under the boot loader that it is sold with', () => {
  let folder = ''
  let image = ''
  const closers: (() => void)[] = []
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'linkpulse-flash-'))
    image = join(folder, 'application.hex')
    writeFileSync(image, hex(application))
    return () => rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })

  const BOOT_LOADERS = { uno: optiboot, mega2560: stk500boot }

  function boardInBootLoader(name: keyof typeof BOOT_LOADERS = 'uno'): { board: AvrBoard; path: string } {
    const clock = new Scheduler()
    const known = findBoard(name)
    const definition = { ...known, serial: { ...known.serial, baud: known.flash.baud } }
    const board = new AvrBoard({ clock, random: new SeededRandom(1), definition, bootLoader: BOOT_LOADERS[name]() })
    const pacer = new RealTimePacer(clock)
    const bridge = new PtyBridge(board.serial, clock, (input) => pacer.enter(input))
    closers.push(() => {
      pacer.stop()
      bridge.close()
    })
    board.powerOn()
    pacer.start()
    board.staysInBootLoader = true
    pacer.enter(() => board.restart())
    return { board, path: bridge.path }
  }

  // 1500 octets are 12 pages of 128, and 6 of 256
  it.each(
    variationsOf([
      ['uno', 'own', 12],
      ['uno', 'avrdude', 12],
      ['mega2560', 'own', 6],
      ['mega2560', 'avrdude', 6],
    ] as const),
  )('writes the image to %s and reads it back (--programmer %s)', async (name, programmer, pages) => {
    const { board, path } = boardInBootLoader(name)
    const { status, stdout, stderr } = await runCli('flash', name, path, '--image', image, '--programmer', programmer)
    expect(stderr).not.toMatch(/linkpulse: /)
    expect(status).toBe(0)
    expect(stdout).toBe(`${name} on ${path}: 1500 octets written and read back; next: linkpulse check ${path}\n`)
    expect(Buffer.compare(Buffer.from(board.mcu.flash.slice(0, 1_500)), Buffer.from(application))).toBe(0)
    expect(board.mcu.selfProgramming.written).toBe(pages)
  })

  variation('shows the steps, a line each in a pipe', async () => {
    const { path } = boardInBootLoader()
    const { stderr } = await runCli('flash', 'uno', path, '--image', image, '--programmer', 'own')
    const steps = [
      'resetting the board',
      'looking for the boot loader',
      'writing',
      'reading back',
      'starting the program',
    ]
    expect(stderr.split('\n').filter((line) => steps.includes(line))).toEqual(steps)
  })

  variation('takes avrdude where it is installed, and its own programmer where not', async () => {
    const { path } = boardInBootLoader()
    const command = start(['flash', 'uno', path, '--image', image], { PATH: '/no-such-folder' })
    const { status, stderr } = await command.ended
    expect(stderr).toMatch(/looking for the boot loader/)
    expect(stderr).not.toMatch(/linkpulse: /)
    expect(status).toBe(0)
  })

  it('says what to try when nothing answers (exit status 3)', async () => {
    const pty = new PseudoTerminal()
    closers.push(() => pty.close())
    const { status, stderr, stdout } = await runHere('flash', 'uno', pty.path, '--image', image, '--programmer', 'own')
    expect(status).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/linkpulse: no boot loader answers on .*: press the board's RESET button/)
  })

  it('hands on what avrdude said, and what to try (exit status 3)', async () => {
    const words = ['flash', 'uno', '/dev/no-such-port', '--image', image, '--programmer', 'avrdude']
    const { status, stderr } = await runHere(...words)
    expect(status).toBe(3)
    expect(stderr).toMatch(/linkpulse: avrdude could not flash the board on \/dev\/no-such-port: .*linkpulse ports/)
  })

  it.each<[string[], RegExp]>([
    [['flash', 'uno'], /flash needs BOARD PORT/],
    [['flash', 'una', '/dev/x'], /did you mean "uno"/],
    [['flash', 'uno', 'model:uno'], /needs a serial port/],
    [['flash', 'uno', '/dev/x', '--image', '/no-such.hex'], /\/no-such\.hex: there is no such file/],
    [
      ['flash', 'uno', '/dev/x', '--image', '/etc/passwd'],
      /\/etc\/passwd: this is neither an Intel HEX file .* nor an ELF file/,
    ],
    [['flash', 'uno', '/dev/x', '--programmer', 'jtag'], /--programmer is avrdude or own/],
  ])('refuses %j (exit status 2)', async (words, message) => {
    const { status, stderr } = await runHere(...words)
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^linkpulse: /)
    expect(status).toBe(2)
  })

  it('refuses to do it itself where it does not speak what the boot loader speaks', async () => {
    const file = join(folder, 'leonardo.json')
    const leonardo = { ...findBoard('uno'), name: 'leonardo', flash: { ...findBoard('uno').flash, method: 'avr109' } }
    writeFileSync(file, JSON.stringify(leonardo))
    const words = ['flash', 'leonardo', '/dev/x', '--board-file', file, '--programmer', 'own']
    const { status, stderr } = await runHere(...words)
    expect(stderr).toMatch(
      /our own programmer speaks STK500, and the boot loader of leonardo speaks avr109; use --programmer avrdude/,
    )
    expect(status).toBe(2)
  })

  it('refuses an image that does not leave room for the boot loader, or is cut short', async () => {
    const big = join(folder, 'big.hex')
    writeFileSync(big, hex(new Uint8Array(32_300)))
    expect((await runHere('flash', 'uno', '/dev/x', '--image', big)).stderr).toMatch(
      /ends at 32300 octets, and uno has room/,
    )
    const cut = join(folder, 'cut.hex')
    writeFileSync(cut, readFileSync(image, 'utf8').slice(0, 200))
    expect((await runHere('flash', 'uno', '/dev/x', '--image', cut)).stderr).toMatch(/cut\.hex: Intel HEX, line \d+/)
  })
})
