/** `linkpulse run --gdb`, judged by avr-gdb. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { start } from '../cli/command.js'
import { runHere } from '../cli/here.js'
import { build } from './assembler.js'

const SKETCHES = fileURLToPath(new URL('./sketches/', import.meta.url))

let folder = ''
const file = (name: string) => join(folder, name)
const programs: ChildProcess[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-gdb-'))
  const debug = join(SKETCHES, 'debug.c')
  const symbols = ['-g', '-Og']
  writeFileSync(file('debug.elf'), build([debug], symbols).elf)
  writeFileSync(file('ping.elf'), build([join(SKETCHES, 'ping.c')], ['-g']).elf)
  // On the Mega the function lies where 16 bits of program counter do not reach.
  const far = [
    '-mmcu=atmega2560',
    '-DWHERE=__attribute__((noinline,section(".far")))',
    '-Wl,--section-start=.far=0x20100',
  ]
  writeFileSync(file('far.elf'), build([debug], [...symbols, ...far]).elf)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => {
  for (const program of programs.splice(0)) program.kill('SIGKILL')
})

/** What a program says, and a wait for words in it. */
function listener(stream: NodeJS.ReadableStream, ended: Promise<unknown>) {
  let text = ''
  let over = false
  const waits = new Set<() => void>()
  stream.on('data', (data: Buffer) => {
    text += data.toString()
    for (const look of waits) look()
  })
  void ended.finally(() => {
    over = true
    for (const look of waits) look()
  })
  const said = (words: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = words.exec(text)
        if (found === null && !over) return
        waits.delete(look)
        if (found === null) reject(new Error(`it ended without ${words}: ${text}`))
        else resolve(found)
      }
      waits.add(look)
      look()
    })
  return { said, text: () => text }
}

/** `linkpulse run`, once it waits for a debugger. */
async function debugged(...words: string[]) {
  const command = start(['run', ...words, '--gdb', '0'])
  programs.push(command.process)
  const { said } = listener(command.process.stderr!, command.ended)
  const [, port] = await said(
    /^the program waits for a debugger at its first instruction: avr-gdb .* -ex 'target remote :(\d+)'$/m,
  )
  return { ...command, said, port: Number(port) }
}

/** avr-gdb, to be given commands. */
function debuggerOf(name: string) {
  const child = spawn('avr-gdb', ['-nx', '-q', ...(name === '' ? [] : [file(name)])], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  programs.push(child)
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const both = listener(child.stdout, ended)
  child.stderr.on('data', (data: Buffer) => child.stdout.emit('data', data))
  const type = (...commands: string[]) => child.stdin.write(commands.map((command) => `${command}\n`).join(''))
  type('set pagination off', 'set confirm off', 'set width 0')
  return { child, ended, type, ...both }
}

/** Everything that avr-gdb says to these commands. */
async function asked(name: string, ...commands: string[]): Promise<string> {
  const gdb = debuggerOf(name)
  gdb.type(...commands, 'quit')
  await gdb.ended
  return gdb.text()
}

describe('avr-gdb', () => {
  it('breaks, steps, watches, reads and writes registers and memory, and leaves the program running', async () => {
    const run = await debugged(file('debug.elf'), '--for', '0.2')
    const said = await asked(
      'debug.elf',
      `target remote :${run.port}`,
      ...['info registers pc', 'info registers sp', 'info registers SREG'],
      ...['break work', 'continue', 'print count', 'backtrace', 'continue', 'print count', 'print counter'],
      ...['delete', 'watch counter', 'continue', 'delete', 'rwatch seen', 'awatch counter', 'continue', 'delete'],
      ...['hbreak put', 'continue', 'backtrace', 'finish'],
      ...['set var counter = 77', 'print counter', 'set $r20 = 0x42', 'info registers r20'],
      ...['set {char}0x810010 = 0x5a', 'x/2xb 0x810010', 'x/2xb 0', 'print/x $sp', 'delete'],
      ...['stepi', 'next', 'detach'],
    )
    const places = [
      /^0x00000000 in __vectors \(\)$/m,
      /^pc +0x0 .*\nsp +0x8ff .*|sp +0x8ff/m,
      /^\(gdb\) SREG +0x0 /m,
      /^Breakpoint 1, work \(count=0 .*\) at .*debug\.c:\d+$/m,
      /#1 +0x[0-9a-f]+ in main \(\) at .*debug\.c/,
      /^Breakpoint 1, work \(count=1 /m,
      /\$\d+ = 1 '\\001'/,
      /^Hardware watchpoint 2: counter\n\nOld value = 0 '\\000'\nNew value = 1 '\\001'$/m,
      /^Hardware access \(read\/write\) watchpoint 4: counter\n\nOld value = 1 '\\001'\nNew value = 2 '\\002'$/m,
      /^Breakpoint 5, put \(character=53 '5'\)/m,
      /#1 .* work \(count=5 .*\n#2 .* main \(\)/,
      /Run till exit from #0 +put \(character=53 '5'\)/m,
      /\$\d+ = 77 'M'/,
      /r20 +0x42 /,
      /0x810010.*:\t0x5a\t0xff/,
      /0x0 <__vectors>:\t0x0c\t0x94/,
      /^\[Inferior 1 \(Remote target\) detached\]$/m,
    ]
    let rest = said
    for (const place of places) {
      const found = place.exec(rest)
      expect(found, `${place}\n${said}`).not.toBeNull()
      rest = rest.slice(found!.index)
    }
    const { status, stdout, stderr } = await run.ended
    expect(stderr).toMatch(/^the debugger is gone; the program runs on.*\nran 0\.200 s of simulated time: 0 findings/m)
    expect(stdout.length).toBeGreaterThan(100)
    expect(stdout).toMatch(/^5+$/)
    expect(status).toBe(0)
  })

  it('has time stand while it thinks: the run is the same as without it, pin by pin and frame by frame', async () => {
    const words = (name: string) =>
      [file('ping.elf'), '--for', '0.075', '--trace', file(`${name}.vcd`), '--capture', file(`${name}.pcapng`)] as const
    const [run, alone] = [await debugged(...words('debugged')), await runHere('run', ...words('alone'))]
    const said = await asked(
      'ping.elf',
      `target remote :${run.port}`,
      ...['break main', 'continue', 'stepi 200', 'shell sleep 0.3', 'break spi', 'ignore 2 10', 'continue'],
      ...['next', 'finish', 'watch next_packet', 'delete', 'stepi 200', 'continue'],
    )
    expect(said).toMatch(/^\[Inferior 1 \(Remote target\) exited normally\]$/m)
    expect(said).toMatch(/^Breakpoint 1, /m)
    const { stdout, status, stderr } = await run.ended
    expect([status, stdout]).toEqual([alone.status, alone.stdout])
    expect(stderr.split('\n').slice(1)).toEqual(alone.stderr.split('\n'))
    for (const kind of ['vcd', 'pcapng'])
      expect(readFileSync(file(`debugged.${kind}`)).equals(readFileSync(file(`alone.${kind}`))), kind).toBe(true)
  })

  it('interrupts by Ctrl-C; a stranger and a second one are refused; one that vanishes leaves the program running, and the next may kill it', async () => {
    const run = await debugged(file('debug.elf'))
    // Who connects and asks nothing starts nothing; from another address there is nobody.
    await new Promise<void>((resolve) => {
      const silent = connect(run.port, '127.0.0.1', () => silent.end())
      silent.on('close', () => resolve()).resume()
    })
    // A page in a browser can send such a request, with packets in it; it is cut off before they are read.
    const answer = await fetch(`http://127.0.0.1:${run.port}/`, { method: 'POST', body: '$?#3f$k#6b' }).catch(String)
    expect(answer).toMatch(/fetch failed/)
    const elsewhere = await new Promise((resolve) => {
      connect(run.port, '127.0.0.2').on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
    expect(elsewhere).toBe('ECONNREFUSED')
    const first = debuggerOf('debug.elf')
    first.type(`target remote :${run.port}`)
    await first.said(/0x00000000 in __vectors/)
    expect(await asked('debug.elf', `target remote :${run.port}`)).toContain(
      'another debugger has this program: quit that one first',
    )
    await run.said(/^another debugger was refused: there is one already/m)
    first.type('continue')
    await first.said(/Continuing/)
    first.child.kill('SIGINT')
    await first.said(/Program received signal SIGINT, Interrupt/)
    first.type('continue')
    await first.said(/Continuing[\s\S]*Continuing/)
    first.child.kill('SIGKILL')
    await run.said(/^the debugger is gone; the program runs on, and another may connect$/m)
    const said = await asked('debug.elf', `target remote :${run.port}`, 'print ticks > 0', 'kill')
    expect(said).toMatch(/\$1 = 1[\s\S]*Inferior 1 \(Remote target\) killed/)
    const { status, stderr } = await run.ended
    expect(stderr.match(/debugger is gone/g)).toHaveLength(1)
    expect(status).toBe(0)
  })

  it('has the program counter of an ATmega2560 whole, and is told the status of a run that is too late', async () => {
    const run = await debugged(file('far.elf'), '--board', 'mega2560', '--expect', 'never', '--timeout', '0.1')
    const said = await asked(
      'far.elf',
      `target remote :${run.port}`,
      ...['break work', 'continue', 'print/x $pc', 'backtrace', 'delete', 'finish', 'continue'],
    )
    expect(said).toMatch(/Breakpoint 1 at 0x201[\s\S]*\$1 = 0x1008/)
    expect(said).toMatch(/#1 +0x[0-9a-f]+ in main \(\)/)
    expect(said).toMatch(/Value returned is \$2 = 1 /)
    expect(said).toContain('[Inferior 1 (Remote target) exited with code 04]')
    expect((await run.ended).status).toBe(4)
  })
})

it('is told of a port that is none, or taken', async () => {
  expect(await runHere('run', file('debug.elf'), '--gdb', '65536')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--gdb takes a whole number from 0 to 65535'),
  })
  const run = await debugged(file('debug.elf'))
  expect(await runHere('run', file('debug.elf'), '--gdb', String(run.port))).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/cannot listen on 127\.0\.0\.1:\d+ for --gdb: .*; give another port/),
  })
  run.process.kill('SIGINT')
  expect((await run.ended).status).toBe(0)
})
