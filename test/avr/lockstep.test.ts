/**
 * Our instruction core in lock step with two others: simavr (C, of its own origin) and avr8js's. After every instruction
 * program counter, cycles, SREG, stack pointer and all registers must agree.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { avrInstruction, CPU } from 'avr8js'
import { describe, expect, it } from 'vitest'
import { AvrCpu } from '../../boards/avr/cpu.js'
import { INSTRUCTIONS, instructionName, operationsOf } from '../../boards/avr/instruction-set.js'
import { ATMEGA328P } from '../../boards/avr/parts/atmega328p.js'
import { ATMEGA2560 } from '../../boards/avr/parts/atmega2560.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { compile } from './assembler.js'
import { simavrSteps } from './simavr.js'

/** Needs more than an instruction core: tested where its peripheral is. */
const ELSEWHERE = ['SLEEP', 'SPM', 'WDR', 'BREAK', 'RETI', 'ICALL', 'IJMP', 'CALL', 'RCALL', 'RET', 'JMP', 'RJMP']
const SKIPS = ['CPSE', 'SBRC', 'SBRS', 'SBIC', 'SBIS']
/** I/O register without a meaning of its own in any of the three: GPIOR0. */
const GPIOR0 = 0x1e

/** A program without loops in which every instruction occurs with random operands; calls and jumps have their own part. */
function randomProgram(seed: number, length: number, without: readonly string[] = []): Uint8Array {
  const random = new SeededRandom(seed)
  const words: number[] = []
  const entries = INSTRUCTIONS.filter(
    ([, name, , wide]) => wide === undefined && !ELSEWHERE.includes(name) && !without.includes(name),
  )
  const pick = () => entries[random.below(entries.length)]
  const pointer = (low: number, k: number) => 0xe000 | ((k & 0xf0) << 4) | ((low & 15) << 4) | (k & 15)
  const push = ([, name, pattern]: (typeof INSTRUCTIONS)[number], alone: boolean) => {
    let opcode = Number.parseInt(
      pattern.replace(/[^01]/g, () => String(random.below(2))),
      2,
    )
    if (/^(LD|ST|LDD|STD|LPM)/.test(name) && !/^(LDS|STS)/.test(name)) {
      // pointers into SRAM, and not the register that is loaded or stored (undefined in the manual)
      if (!alone) return
      if (/[XYZ]/.test(name)) opcode &= ~0x0100 // registers r0 to r15
      for (const low of [26, 28, 30]) words.push(pointer(low, random.below(256)), pointer(low + 1, 2 + random.below(4)))
    }
    if (/^(IN|OUT)$/.test(name)) opcode = (opcode & ~0x060f) | ((GPIOR0 & 0x30) << 5) | (GPIOR0 & 15)
    if (/^(SBI|CBI|SBIC|SBIS)$/.test(name)) opcode = (opcode & ~0xf8) | (GPIOR0 << 3)
    if (/^BR/.test(name)) opcode = (opcode & ~0x3f8) | (random.below(3) << 3)
    if (/^BSET/.test(name) && (opcode & 0x70) === 0x70) return
    if (name === 'POP' || name === 'PUSH') {
      if (!alone) return
    }
    if (/^(LDS|STS)/.test(name)) {
      if (!alone) return
      words.push(opcode, 0x200 + random.below(0x400))
    } else words.push(opcode)
  }
  // SP into the middle of SRAM: r16 = 5, SPH = r16
  words.push(0xe005, 0xbf0e, 0xef0f, 0xbf0d)
  for (let i = 0; i < 16; i++) words.push(pointer(i, random.below(256)))
  for (let r = 0; r < 16; r++) words.push(0x2e00 | (r << 4) | random.below(16)) // MOV r0..r15, r16..r31
  while (words.length < length) {
    const entry = pick()
    push(entry, true)
    if (SKIPS.includes(entry[1]) || /^BR/.test(entry[1])) {
      // what may be skipped, or jumped into, is one word or two of plain arithmetic
      if (random.below(3) === 0) words.push(0x9000 | (random.below(32) << 4), 0x200 + random.below(256))
      words.push(0x0000, 0x0000, 0x0000)
    }
  }
  // calls and jumps: CALL f, RCALL f, ICALL f; JMP, RJMP, IJMP over a word; then a loop to stand in
  const f = words.length + 24
  words.push(0x940e, f, 0xd000 | ((f - (words.length + 3)) & 0xfff))
  words.push(pointer(14, f & 0xff), pointer(15, f >> 8), 0x9509)
  words.push(0x940c, words.length + 3, 0x9503, 0xc001, 0x9503)
  words.push(pointer(14, (words.length + 4) & 0xff), pointer(15, (words.length + 4) >> 8), 0x9409, 0x9503)
  words.push(0xcfff)
  while (words.length < f) words.push(0x0000)
  words.push(0x9503, 0x9508)
  return new Uint8Array(Uint16Array.from(words).buffer)
}

function image(code: Uint8Array): Uint8Array {
  const flash = new Uint8Array(32_768).fill(0xff)
  flash.set(code)
  return flash
}

function ours(flash: Uint8Array, part = ATMEGA328P): AvrCpu {
  const cpu = new AvrCpu(part)
  cpu.progBytes.set(flash)
  cpu.restart(0)
  return cpu
}

function state(cpu: CPU) {
  return {
    pc: cpu.pc * 2,
    cycles: cpu.cycles,
    sreg: cpu.data[0x5f],
    sp: cpu.SP,
    registers: Array.from(cpu.data.subarray(0, 32)),
  }
}

function step(cpu: AvrCpu): void {
  cpu.until = cpu.cycles + 1
  cpu.run()
}

const WORDS = 6_000
/** avr8js 0.21.1 takes one cycle for CBI (the data sheet: two) and sets Z of FMULSU the wrong way round. */
const AVR8JS_DIFFERS = ['CBI', 'FMULSU']
/** SREG's half carry. */
const H = 0x20

describe('the instruction core', () => {
  it.each([1, 2, 3])('agrees with simavr after each of thousands of random instructions (seed %i)', (seed) => {
    const flash = image(randomProgram(seed, WORDS))
    const trace = simavrSteps(flash, WORDS - 500)
    const cpu = ours(flash)
    let before = 0
    trace.steps.forEach(({ pc, cycles, sreg, sp, registers }, index) => {
      step(cpu)
      const expected = { pc, cycles, sreg, sp, registers: Array.from(registers) }
      if (JSON.stringify(state(cpu)) !== JSON.stringify(expected)) {
        const opcode = cpu.progMem[before / 2]
        expect(
          state(cpu),
          `step ${index}: ${instructionName(opcode)} (0x${opcode.toString(16)}) at 0x${before.toString(16)}`,
        ).toEqual(expected)
      }
      before = pc
    })
    expect(cpu.data.subarray(0x100, 0x900)).toEqual(new Uint8Array(trace.sram))
  })

  it.each([4, 5, 6, 7])('agrees with avr8js in the same way, but for what avr8js has wrong (seed %i)', (seed) => {
    const flash = image(randomProgram(seed, WORDS, AVR8JS_DIFFERS))
    const cpu = ours(flash)
    const other = new CPU(new Uint16Array(flash.slice().buffer), 2_048)
    for (let index = 0; index < WORDS + 2_000; index++) {
      const opcode = cpu.progMem[cpu.pc]
      step(cpu)
      avrInstruction(other)
      // avr8js 0.21.1 works H out from bit 0 instead of bit 3: not compared, and not kept
      other.data[0x5f] = (other.data[0x5f] & ~H) | (cpu.data[0x5f] & H)
      if (JSON.stringify(state(cpu)) !== JSON.stringify(state(other))) {
        expect(state(cpu), `step ${index}: ${instructionName(opcode)} (0x${opcode.toString(16)})`).toEqual(state(other))
      }
    }
    expect(cpu.data.subarray(0, 0x900)).toEqual(other.data)
  })

  it('agrees with simavr on a part whose program counter has more than 16 bits: far calls, jumps and loads', () => {
    const { image: built } = compile(
      `
      #include <avr/io.h>
      #include <avr/pgmspace.h>
      #define FAR __attribute__((section(".far"), noinline))
      #define FAR_DATA __attribute__((section(".far_data")))
      volatile uint16_t sum;
      // Beyond 128 KB: a return address of three octets, and constants that LPM does not reach.
      FAR_DATA const uint8_t table[6] = { 3, 1, 4, 1, 5, 9 };
      FAR uint16_t twice(uint16_t x) { sum += x; return 2 * x; }
      FAR void land(void) { sum ^= 0x55aa; }
      int main(void) {
        SPH = 0x21; SPL = 0xff;
        for (uint8_t i = 0; ; i++) {
          uint_farptr_t place = pgm_get_far_address(table);
          sum += pgm_read_word_far(place + i % 5);
          sum += twice(i);
          __asm__ volatile("ldi r30, lo8(pm(land)) \\n ldi r31, hi8(pm(land)) \\n ldi r18, hh8(pm(land)) \\n out %0, r18 \\n eicall"
            :: "I"(_SFR_IO_ADDR(EIND)) : "r30", "r31", "r18", "r19", "r24", "r25", "memory");
          __asm__ volatile("ldi r30, lo8(pm(1f)) \\n ldi r31, hi8(pm(1f)) \\n ldi r18, hh8(pm(1f)) \\n out %0, r18 \\n eijmp \\n nop \\n 1:"
            :: "I"(_SFR_IO_ADDR(EIND)) : "r30", "r31", "r18");
        }
      }`,
      ['-mmcu=atmega2560', '-Wl,--section-start=.far=0x20100', '-Wl,--section-start=.far_data=0x30100'],
    )
    const flash = new Uint8Array(262_144).fill(0xff)
    for (const { address, octets } of built.flash) flash.set(octets, address)
    const trace = simavrSteps(flash, 20_000, 0, 'atmega2560')
    const cpu = ours(flash, ATMEGA2560)
    const met = new Set<string>()
    trace.steps.forEach(({ pc, cycles, sreg, sp, registers }, index) => {
      const name = instructionName(cpu.progMem[cpu.pc])
      met.add(name)
      step(cpu)
      const expected = { pc, cycles, sreg, sp, registers: Array.from(registers) }
      if (JSON.stringify(state(cpu)) !== JSON.stringify(expected))
        expect(state(cpu), `step ${index}: ${name}`).toEqual(expected)
    })
    expect([...met]).toEqual(expect.arrayContaining(['CALL', 'RET', 'EICALL', 'EIJMP', 'ELPM Z', 'ELPM Z+']))
    expect(trace.steps.some(({ pc }) => pc >= 0x20000)).toBe(true)
  })

  it('has met every instruction of the part in those programs', () => {
    const met = new Set<number>()
    for (const seed of [1, 2, 3]) {
      const cpu = ours(image(randomProgram(seed, WORDS)))
      for (let index = 0; index < WORDS + 2_000; index++) {
        met.add(operationsOf(false)[cpu.progMem[cpu.pc]])
        step(cpu)
      }
    }
    const missing = INSTRUCTIONS.filter(([operation, , , wide]) => wide === undefined && !met.has(operation)).map(
      ([, name]) => name,
    )
    expect(missing).toEqual(['RETI', 'SLEEP', 'BREAK', 'WDR', 'SPM'])
  })

  it('has been judged in every instruction that the bridge image uses', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-bridge-'))
    const path = join(folder, 'uno.elf')
    const bridge = fileURLToPath(new URL('../../firmware/bridge', import.meta.url))
    execFileSync('make', ['-s', '-C', bridge, path, `OUT=${folder}`], { stdio: ['ignore', 'ignore', 'pipe'] })
    const listing = execFileSync('avr-objdump', ['-d', path], { encoding: 'utf8', maxBuffer: 1 << 26 })
    // "000000f7 l     O .text  00000011 mode": constants that stay in flash stand among the code, and are none
    const table = execFileSync('avr-objdump', ['-t', path], { encoding: 'utf8' })
    const constants = [...table.matchAll(/^([0-9a-f]{8}) .{6}O \.text\t([0-9a-f]{8}) /gm)].map(([, from, octets]) => {
      const at = Number.parseInt(from, 16)
      return { at, end: at + Number.parseInt(octets, 16) }
    })
    expect(constants.length).toBeGreaterThan(5)
    const used = new Set<string>()
    // "   1a2:  0e 94 5b 01   call ...": the opcode is the first word, low octet first
    for (const [, place, low, high] of listing.matchAll(
      /^ *([0-9a-f]+):\t([0-9a-f]{2}) ([0-9a-f]{2}) .*\t(?!\.word)/gm,
    )) {
      const address = Number.parseInt(place, 16)
      if (constants.some(({ at, end }) => address >= at && address < end)) continue
      used.add(instructionName(Number.parseInt(high + low, 16)))
    }
    expect(used.size).toBeGreaterThan(50)
    // compared after each step above, or in recorded sessions (session.test.ts, bridge-session.test.ts)
    const inSessions = ['RETI', 'SLEEP', 'WDR']
    const judged = INSTRUCTIONS.map(([, name]) => name).filter((name) => !['BREAK', 'SPM'].includes(name))
    expect([...used].filter((name) => !judged.includes(name))).toEqual([])
    expect([...used].filter((name) => inSessions.includes(name))).toEqual(
      expect.arrayContaining(['RETI', 'SLEEP', 'WDR']),
    )
  })

  it('agrees with simavr through a compiled program: 32-bit, floating point, division, library calls', () => {
    const { image: built } = compile(`
      #include <avr/io.h>
      #include <stdint.h>
      #include <string.h>
      volatile uint32_t sum;
      static uint32_t mix(uint32_t x) { x ^= x << 13; x ^= x >> 17; x ^= x << 5; return x; }
      int main(void) {
        char text[32]; float f = 1.5; int16_t d = 12345; uint32_t x = 1;
        for (;;) {
          x = mix(x); f = f * 1.01f + (float)(x & 15); d = (int16_t)(x % 1000) / 7;
          memset(text, d, sizeof text); sum += x + (uint32_t)f + (uint32_t)text[d & 31];
        }
      }`)
    const flash = new Uint8Array(32_768).fill(0xff)
    for (const { address, octets } of built.flash) flash.set(octets, address)
    const count = 60_000
    const trace = simavrSteps(flash, count)
    const cpu = ours(flash)
    let before = 0
    trace.steps.forEach(({ pc, cycles, sreg, sp, registers }, index) => {
      step(cpu)
      const mine = state(cpu)
      const expected = { pc, cycles, sreg, sp, registers: Array.from(registers) }
      if (JSON.stringify(mine) !== JSON.stringify(expected)) {
        expect(mine, `step ${index}: ${instructionName(cpu.progMem[before / 2])} at 0x${before.toString(16)}`).toEqual(
          expected,
        )
      }
      before = pc
    })
  })
})
