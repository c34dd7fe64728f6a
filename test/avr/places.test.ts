/** Where a sketch was when it broke a rule: lines and functions judged by GNU addr2line, names by c++filt, calls by avr-gdb and by what the source says. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ElfFile } from '../../boards/avr/elf.js'
import { parseImage } from '../../boards/avr/flash-image.js'
import { CallChains } from '../../boards/avr/source/call-chain.js'
import { readableName } from '../../boards/avr/source/demangle.js'
import { FunctionTable } from '../../boards/avr/source/function-table.js'
import { readLines } from '../../boards/avr/source/read-lines.js'
import { sectionNamed } from '../../boards/avr/source/sections.js'
import { createLab } from '../../host/index.js'
import { start } from '../cli/command.js'
import { runHere } from '../cli/here.js'
import { buildSketch } from './arduino.js'
import { build } from './assembler.js'

const SKETCHES = fileURLToPath(new URL('./sketches/', import.meta.url))
const CPP = '-std=gnu++11'
/** Loops and branches, functions in others, a macro of several lines, and a header. */
const X86_SOURCE = `#include "x86.h"
#define TWICE(a) do { \\
  sum += a; \\
  sum ^= a; \\
} while (0)
volatile int sum;
static int step(int a, int b) {
  if (a > b) return within(a - b);
  for (int i = a; i < b; i++) TWICE(i);
  return within(sum);
}
int second(int a) {
  switch (a & 7) {
    case 0: return step(a, 9);
    case 1: sum = 4; break;
    case 2: return within(a) * 3;
    default: sum -= a;
  }
  return sum;
}
int first(void) {
  int all = 0;
  while (all < 100)
    all += second(all) + step(1, all);
  return all;
}
`
const X86_HEADER = `static inline int within(int a) {
  int b = a * a;
  while (b > 1000) b >>= 1;
  return b;
}
`

let folder = ''
const file = (name: string) => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-places-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function tool(command: string, words: readonly string[], input = ''): string {
  const { error, status, stdout, stderr } = spawnSync(command, words, { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (error !== undefined || status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`)
  return stdout
}

const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** What addr2line says of addresses: the line, and the function that the code is in, though a line may be of another that is inlined there. */
function addr2line(command: string, path: string, addresses: readonly number[]): { line: string; function: string }[] {
  const input = addresses.map((address) => `0x${address.toString(16)}\n`).join('')
  return tool(command, ['-f', '-i', '-a', '-e', path], input)
    .split(/^0x[0-9a-f]+\n/m)
    .slice(1)
    .map((block) => {
      const lines = block.trimEnd().split('\n')
      const [, of, line] = /^(.*):(\d+|\?)(?: \(discriminator \d+\))?$/.exec(lines[1])!
      return { line: line === '?' || line === '0' ? '' : `${lastPart(of)}:${line}`, function: lines[lines.length - 2] }
    })
}

/** Of one program. */
const MOST_ADDRESSES = 400

interface Compared {
  readonly lines: number
  readonly wrong: readonly string[]
}

/** Each instruction of the program, or each octet where instructions may begin anywhere. @param upTo the last function that is looked at */
function compare(command: string, path: string, octets: Uint8Array, upTo?: string, step = 2): Compared {
  const { flash, functions: functionsByName } = parseImage(octets)
  const elf = new ElfFile(octets)
  const functions = new FunctionTable(elf)
  const { lines, problem } = readLines(elf, functions)
  expect(problem).toBeUndefined()
  const end = upTo === undefined ? octets.length : functions.sized.find(({ name }) => name === upTo)!.end
  const all: number[] = []
  for (const { address, octets: code } of flash) {
    for (let at = address; at < Math.min(address + code.length, end); at += step)
      if (functions.at(at)?.isSized) all.push(at)
  }
  // addr2line reads all tables for each address anew: it is asked for every so many of them, from a different one on in each program.
  const apart = Math.ceil(all.length / MOST_ADDRESSES)
  const addresses = all.filter((_, i) => i % apart === octets.length % apart)
  const names = new Map<number, string[]>()
  for (const [name, at] of functionsByName) names.set(at, [...(names.get(at) ?? []), readableName(name)])
  let known = 0
  const wrong: string[] = []
  for (const [i, theirs] of addr2line(command, path, addresses).entries()) {
    const found = lines.lineAt(addresses[i])
    const line = found === undefined ? '' : `${lastPart(found.file)}:${found.line}`
    if (line !== '') known++
    const { start: begin, name } = functions.at(addresses[i])!
    // Two names of one function are both right. What has no lines is assembler, with labels in one another.
    const named = line === '' || names.get(begin)?.includes(readableName(theirs.function)) === true
    if (line !== theirs.line || !named)
      wrong.push(`0x${addresses[i].toString(16)}: ${line} in ${name}; addr2line: ${theirs.line} in ${theirs.function}`)
  }
  return { lines: known, wrong }
}

describe('lines and functions', () => {
  it('of avr-gcc are those of avr-addr2line, however the program was compiled', () => {
    let lines = 0
    for (const [name, ...flags] of [
      ['ping.c', '-gdwarf-2'],
      ['ping.c', '-gdwarf-4', '-O0'],
      ['ping.c', '-gdwarf-4', '-flto'],
      ['places.cpp', '-gdwarf-4', CPP],
      ['places.cpp', '-gdwarf-2', CPP, '-mmcu=atmega2560', '-O2'],
      ['ping.c', '-gstabs'],
      ['places.cpp', '-gstabs', '-O0', CPP],
    ]) {
      const { elf } = build([join(SKETCHES, name)], ['-w', ...flags])
      writeFileSync(file('a.elf'), elf)
      // addr2line goes on with the last line of stabs through the libraries behind.
      const compared = compare('avr-addr2line', file('a.elf'), elf, flags.includes('-gstabs') ? 'main' : undefined)
      expect(compared.wrong, `${name} ${flags.join(' ')}`).toEqual([])
      lines += compared.lines
    }
    const { elf } = buildSketch('node', ['-gdwarf-4'])
    writeFileSync(file('a.elf'), elf)
    const compared = compare('avr-addr2line', file('a.elf'), elf)
    expect(compared.wrong).toEqual([])
    expect(lines + compared.lines).toBeGreaterThan(1_000)
  })

  // What avr-gcc 5 cannot write: versions 3 to 5, by the computer's own compiler for 32-bit x86, whose tables differ in nothing but the machine.
  it.runIf(process.arch === 'x64')('of DWARF 3 to 5 of a new compiler are those of its addr2line', () => {
    const source = file('x86.c')
    writeFileSync(source, X86_SOURCE)
    writeFileSync(file('x86.h'), X86_HEADER)
    for (const version of [3, 4, 5]) {
      const path = file(`x86-${version}.elf`)
      const object = file('x86.o')
      const plain = ['-m32', '-Os', '-ffreestanding', '-fno-pic', '-fno-pie', '-fno-asynchronous-unwind-tables']
      tool('cc', [...plain, `-gdwarf-${version}`, '-ffunction-sections', '-c', source, '-o', object])
      tool('ld', ['-m', 'elf_i386', '-Ttext=0x100', '-e', 'first', object, '-o', path])
      const octets = new Uint8Array(readFileSync(path))
      octets[18] = 83 // EM_AVR
      expect((sectionNamed(new ElfFile(octets), '.debug_line') as Uint8Array)[4]).toBe(version)
      const compared = compare('addr2line', path, octets, undefined, 1)
      expect(compared.wrong).toEqual([])
      expect(compared.lines).toBeGreaterThan(150)
    }
  })

  it('names are those of c++filt', () => {
    const { elf } = buildSketch('node')
    const names = new FunctionTable(new ElfFile(elf)).sized
      .map(({ name }) => name)
      .filter((name) => name.startsWith('_Z'))
    const theirs = tool('avr-c++filt', ['-p'], `${names.join('\n')}\n`)
      .trimEnd()
      .split('\n')
    expect(names.length).toBeGreaterThan(20)
    for (const [i, name] of names.entries()) expect([readableName(name), name]).toContain(theirs[i])
    expect(names.filter((name) => readableName(name) === name)).toEqual([])
  })
})

/** The line of `places.cpp` that a comment names. */
const SOURCE = readFileSync(join(SKETCHES, 'places.cpp'), 'utf8').split('\n')
function marked(comment: string): number {
  const found = SOURCE.findIndex((line) => line.endsWith(`/* ${comment} */`))
  if (found < 0) throw new Error(`no line of places.cpp has the comment ${comment}`)
  return found + 1
}

/** Ways to the line in which the rule is broken: function and line from the outside in, in the order in which the program takes them. */
const TRANSFER = [
  ['Chip::writeOp', marked('writeOp')],
  ['transfer', marked('transfer')],
] as const
const WAYS: readonly (readonly (readonly [string, number])[])[] = [
  [
    ['main', marked('main setup')],
    ['setup', marked('setup')],
    ['Chip::init', marked('init')],
  ],
  [
    ['main', marked('main passOn')],
    ['Chip::passOn', marked('passOn')],
  ],
  [
    ['main', marked('main byPointer')],
    ['Chip::byPointer', marked('byPointer')],
  ],
  [
    ['main', marked('main waitForTick')],
    ['waitForTick', marked('waitForTick')],
    ['handler', marked('handler')],
  ],
  [
    ['main', marked('main many')],
    ['many', marked('many')],
  ],
  [
    ['main', marked('main large')],
    ['large', marked('large')],
  ],
  [
    ['main', marked('main deep')],
    ...Array.from({ length: 10 }, () => ['deep', marked('deeper')] as const),
    ['deep', marked('deepest')],
  ],
]

/** JMP, RJMP, IJMP. */
function isJump(opcode: number): boolean {
  return (opcode & 0xfe0e) === 0x940c || opcode >> 12 === 0xc || opcode === 0x9409
}

function places(...flags: readonly string[]) {
  return build([join(SKETCHES, 'places.cpp')], ['-w', CPP, ...flags])
}

describe('the way of a program to where it broke a rule', () => {
  it.each([
    ['uno', '-Os', '-gstabs'],
    ['uno', '-O0', '-gdwarf-4'],
    ['uno', '-O2', '-gdwarf-2', '-mcall-prologues'],
    ['mega2560', '-Os', '-gdwarf-4', '-mmcu=atmega2560'],
  ])('is each call with its line, through tail calls, pointers and interrupts: %s %s %s', async (board, ...flags) => {
    const lab = createLab()
    const sketch = lab.addSketch(places(...flags).elf, { board })
    await lab.run({ for: 200e6 })
    const ways = sketch.findings.map(({ where }) =>
      where.map(({ function: name, line, handler }) => [handler ? 'handler' : name, line]).reverse(),
    )
    expect(ways).toEqual(WAYS.map((way) => [...way, ...TRANSFER]))
    expect(sketch.findings[0].where[0].file).toBe(join(SKETCHES, 'places.cpp'))
    expect(sketch.placeLack).toBeUndefined()
  })

  it('is that of the calls that were made, at thousands of instants: in the midst of beginnings and ends of functions, and of handlers', async () => {
    for (const elf of [buildSketch('node').elf, places('-O0').elf, places('-O2', '-mcall-prologues').elf]) {
      const lab = createLab()
      const { sketch } = lab.addBench(elf)
      const { cpu } = sketch.board.mcu
      const functions = new FunctionTable(new ElfFile(elf))
      const chains = new CallChains(functions)
      const nameAt = (address: number) => functions.at(address)?.name ?? ''
      /** Calls that have not returned: where they are, and SP before them. */
      const open: { readonly site: number; readonly sp: number }[] = []
      const forgetReturned = () => {
        while (open.length > 0 && cpu.SP >= open[open.length - 1].sp) open.pop()
      }
      const wrong: string[] = []
      let [instructions, looks] = [0, 0]
      cpu.probe = {
        stops: () => false,
        interrupted: () => {
          forgetReturned()
          open.push({ site: 2 * cpu.pc, sp: cpu.SP })
        },
        allows: () => {
          forgetReturned()
          const at = 2 * cpu.pc
          const made = [at, ...open.map(({ site }) => site).reverse()]
          const main = made.findIndex((address) => nameAt(address) === 'main')
          // Before main nothing is certain; the vectors and the helpers of -mcall-prologues are parts of others.
          if (++instructions % 101 === 0 && main >= 0 && !/^__(?:vectors|prologue|epilogue)/.test(nameAt(at))) {
            looks++
            const found = chains.of(cpu).map(({ address }) => address)
            // Those that jumped have returned, as far as the stack goes.
            const calls = found.filter(
              (address, i) => i === 0 || made.includes(address) || !isJump(cpu.progMem[address / 2]),
            )
            const expected = made.slice(0, main + 1)
            if (calls.join() !== expected.join()) wrong.push(`${found.map(nameAt)} in place of ${expected.map(nameAt)}`)
          }
          const opcode = cpu.progMem[cpu.pc]
          const calls = (opcode & 0xfe0e) === 0x940e || (opcode >> 12 === 0xd && opcode !== 0xd000) || opcode === 0x9509
          if (calls) open.push({ site: at, sp: cpu.SP })
          return true
        },
      }
      await lab.run({ for: 150e6 })
      expect(wrong).toEqual([])
      expect(looks).toBeGreaterThan(5_000)
    }
  })

  it('is what avr-gdb says, which knows no tail calls, and goes no further than a handler', async () => {
    writeFileSync(file('places.elf'), places('-gdwarf-4').elf)
    const run = start(['run', file('places.elf'), '--for', '0.2', '--gdb', '0'])
    const port = await new Promise<string>((resolve, reject) => {
      run.process.stderr!.on('data', (text: string) => {
        const found = /target remote :(\d+)/.exec(text)
        if (found !== null) resolve(found[1])
      })
      void run.ended.then(({ stderr }) => reject(new Error(stderr)))
    })
    const commands = [
      ...[
        'set confirm off',
        'set width 0',
        `target remote :${port}`,
        'break *transfer if $r24 >= 1 && $r24 <= 7',
        'continue',
      ],
      ...WAYS.flatMap(() => ['continue', 'echo \\n', 'backtrace']),
      'kill',
    ]
    const said = tool('avr-gdb', ['-nx', '-q', file('places.elf')], `${commands.join('\n')}\n`)
    const theirs = said
      .split(/^(?:\(gdb\) )*#0 /m)
      .slice(1)
      .map((trace) =>
        [...`#0 ${trace}`.matchAll(/^#\d+ +(?:0x[0-9a-f]+ in )?([\w:]+) \(.*:(\d+)$/gm)].map(([, name, line]) => [
          name,
          Number(line),
        ]),
      )
    const ours = WAYS.map((way) => {
      const from = way.findIndex(([name]) => name === 'handler')
      const seen = from < 0 ? way.filter(([name]) => name !== 'Chip::passOn') : [['__vector_16', way[from][1]] as const]
      // It stands at the first line of the function there.
      return [...seen, TRANSFER[0], ['transfer', TRANSFER[1][1] - 1] as const].reverse()
    })
    expect(theirs).toEqual(ours)
    await run.ended
  })
})

describe('linkpulse run', () => {
  it('says it once for each rule, in all outputs; what is missing and what helps once for each program', async () => {
    const { elf, hex } = places('-gdwarf-4')
    writeFileSync(file('places.elf'), elf)
    writeFileSync(file('places.hex'), hex)
    const words = ['--for', '0.2']
    const whole = await runHere(
      'run',
      file('places.elf'),
      ...words,
      '--json',
      '--report',
      file('r.json'),
      '--report',
      file('r.md'),
    )
    const at = (comment: string) => `places.cpp:${marked(comment)}`
    const place = `at ${at('transfer')} in transfer, called from Chip::writeOp (${at('writeOp')}), Chip::init (${at('init')}), setup (${at('setup')}), main (${at('main setup')})`
    expect(whole.stderr.split('\n').slice(0, 4)).toEqual([
      expect.stringContaining('ms: bit-field-on-mac-register: '),
      `  ${place}`,
      expect.stringMatching(/^ {2}what to do: /),
      expect.stringMatching(/^ran /),
    ])
    const events = whole.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const found = events.filter(({ event }) => event === 'finding')
    expect(found).toHaveLength(WAYS.length)
    const { findings } = JSON.parse(readFileSync(file('r.json'), 'utf8'))
    expect(findings).toHaveLength(1)
    expect(findings[0].where).toEqual(found[0].where)
    expect(findings[0].where[0]).toEqual({
      address: expect.any(Number),
      function: 'transfer',
      file: join(SKETCHES, 'places.cpp'),
      line: marked('transfer'),
    })
    expect(readFileSync(file('r.md'), 'utf8')).toContain(place)

    const ofHex = await runHere('run', file('places.hex'), ...words, '--json')
    expect(ofHex.stderr.split('\n')[1]).toMatch(/^ {2}Intel HEX has no source lines: run the \.elf/)
    expect(ofHex.stdout).toContain('"where":[]')

    const stripped = elf.slice()
    writeFileSync(file('stripped.elf'), stripped)
    tool('avr-strip', ['--strip-debug', file('stripped.elf')])
    const named = await runHere('run', file('stripped.elf'), ...words)
    expect(named.stderr.split('\n').slice(1, 3)).toEqual([
      '  in transfer, called from Chip::writeOp, Chip::init, setup, main',
      '  the .elf has no source lines: compile with -g, and findings say theirs',
    ])

    // A broken table: the length of its second unit.
    const broken = elf.slice()
    const table = sectionNamed(new ElfFile(broken), '.debug_line') as Uint8Array
    const second = 4 + new DataView(table.buffer, table.byteOffset).getUint32(0, true)
    table.fill(0x7f, second, second + 4)
    writeFileSync(file('broken.elf'), broken)
    const without = await runHere('run', file('broken.elf'), ...words)
    expect(without.status).toBe(0)
    expect(without.stderr.split('\n').slice(1, 3)).toEqual([
      '  in transfer, called from Chip::writeOp, Chip::init, setup, main',
      `  source lines are left out: section .debug_line is broken at 0x${second.toString(16)}; link the program again`,
    ])
  })

  it('says it in Chinese', async () => {
    const { stderr } = await start(['run', file('places.elf'), '--for', '0.2'], { LC_ALL: 'zh_CN.UTF-8' }).ended
    expect(stderr).toContain(
      `\n  位于 places.cpp:${marked('transfer')}，transfer 中，调用者由内到外为 Chip::writeOp（places.cpp:${marked('writeOp')}）、Chip::init（`,
    )
  })
})
