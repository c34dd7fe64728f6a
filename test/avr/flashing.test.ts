/** avrdude flashes the emulated Uno through a pseudo-terminal, under the boot loader that Unos are sold with. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { PtyBridge } from '../../host/node/serial/pty-bridge.js'
import { RealTimePacer } from '../../host/serial/pacing.js'
import { cli } from '../cli/command.js'
import { variation } from '../judge/variations.js'
import { compile } from './assembler.js'
import { optiboot } from './boot-loaders.js'

const APPLICATION = `
  #include <avr/io.h>
  #include <avr/pgmspace.h>
  static const char filler[5000] PROGMEM = "an application of several pages";
  int main(void) {
    UCSR0A = 1 << U2X0; UBRR0 = 16; UCSR0B = (1 << TXEN0) | (1 << RXEN0);
    const char *text = "application runs\\r\\n";
    for (;;) {
      for (const char *p = text; *p; p++) { while (!(UCSR0A & (1 << UDRE0))); UDR0 = *p; }
      for (volatile long i = 0; i < 20000; i++) if (pgm_read_byte(filler + (i & 1023)) == 0xff) break;
    }
  }`

interface Outcome {
  readonly status: number | null
  readonly output: string
}

function run(command: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args)
    let output = ''
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
    })
    child.stderr.on('data', (data: Buffer) => {
      output += data.toString()
    })
    child.on('error', (error) =>
      reject(new Error(`${command} is needed for this test (${error.message}). On Debian: apt-get install avrdude`)),
    )
    child.on('close', (status) => resolve({ status, output }))
  })
}

describe('the boot loader of an Arduino Uno', () => {
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })

  it('lets avrdude write and verify an application through the pty, and starts it', async () => {
    const clock = new Scheduler()
    const definition = { ...findBoard('uno'), serial: { ...findBoard('uno').serial, baud: 115_200 } }
    const board = new AvrBoard({ clock, random: new SeededRandom(1), definition, bootLoader: optiboot() })
    const application = compile(APPLICATION)
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
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-flash-'))
    closers.push(() => rmSync(folder, { recursive: true, force: true }))
    const hex = join(folder, 'application.hex')
    writeFileSync(hex, application.hex)
    const { status, output } = await run('avrdude', [
      ...['-p', 'm328p', '-c', 'arduino', '-P', bridge.path, '-b', '115200', '-D'],
      ...['-U', `flash:w:${hex}:i`],
    ])
    expect(output).toMatch(/verified/)
    expect(status, output).toBe(0)
    for (const { address, octets } of application.image.flash) {
      expect(board.mcu.flash.slice(address, address + octets.length)).toEqual(octets)
    }
    expect(board.mcu.selfProgramming.written).toBe(Math.ceil(application.image.flash[0].octets.length / 128))
    pacer.stop()
    let text = ''
    board.uart.a.handleOctets = (octets) => {
      text += String.fromCharCode(...octets)
    }
    clock.runFor(3_000_000_000)
    expect(text).toContain('application runs\r\n')
  })

  variation(
    'waits behind `linkpulse serve avr:uno --bootloader` until it is flashed; SIGUSR2 presses reset',
    async () => {
      const server = spawn(process.execPath, [cli, 'serve', 'avr:uno', '--bootloader'], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const ended = new Promise<number | null>((resolve) => server.on('close', resolve))
      closers.push(() => server.kill('SIGKILL'))
      const path = await new Promise<string>((resolve) =>
        server.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())),
      )
      const folder = mkdtempSync(join(tmpdir(), 'linkpulse-flash-'))
      closers.push(() => rmSync(folder, { recursive: true, force: true }))
      const hex = join(folder, 'application.hex')
      writeFileSync(hex, compile(APPLICATION).hex)
      const flash = ['-p', 'm328p', '-c', 'arduino', '-P', path, '-b', '115200', '-D', '-U', `flash:w:${hex}:i`]
      const first = await run('avrdude', flash)
      expect(first.status, first.output).toBe(0)
      const { output } = await run('timeout', ['10', 'sh', '-c', `head -c 200 ${path}`])
      expect(output).toContain('application runs\r\n')
      // a board that has been flashed runs its application: only the button brings its boot loader back
      server.kill('SIGUSR2')
      const second = await run('avrdude', flash)
      expect(second.status, second.output).toBe(0)
      server.kill('SIGTERM')
      expect(await ended).toBe(0)
    },
  )
})
