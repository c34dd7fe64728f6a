import { describe, expect, it, vi } from 'vitest'
import { SeededRandom } from '../../simulation/random.js'
import { AvrCpu } from '../cpu.js'
import { INSTRUCTIONS } from '../instruction-set.js'
import { ATMEGA328P } from '../parts/atmega328p.js'
import { INTERPRETED } from './loops.js'

/** What loops are made of, often enough, and a few things that no loop of ours has. */
const USUAL = INSTRUCTIONS.filter(([operation]) => ![36, 47, 48, 51, 52, 53, 54, 56, 57, 59, 60].includes(operation))
  .filter(([operation]) => operation < 38 || operation > 48 || operation === 43 || operation === 45)
  .filter(([, , , wide]) => wide === undefined)
const CHAINED = [8, 9, 20].map((operation) => INSTRUCTIONS.find(([each]) => each === operation)![2])
const BRANCHES = INSTRUCTIONS.filter(([operation]) => operation === 59 || operation === 60)

function opcodeOf(random: SeededRandom, pattern: string, given: Readonly<Record<string, number>> = {}): number {
  let opcode = 0
  const left = { ...given }
  for (const digit of [...pattern].reverse().entries()) {
    const [bit, letter] = digit
    if (letter === '1') opcode |= 1 << bit
    else if (letter !== '0') {
      if (left[letter] === undefined) opcode |= random.below(2) << bit
      else {
        opcode |= (left[letter] & 1) << bit
        left[letter] >>= 1
      }
    }
  }
  return opcode
}

/** A random loop at word 16: straight code, branches forward and back, and a jump to its beginning. */
function randomLoop(random: SeededRandom): number[] {
  const words: number[] = []
  const length = 4 + random.below(26)
  while (words.length < length) {
    const pick = random.below(10)
    if (pick < 3) {
      const [, , pattern] = BRANCHES[random.below(2)]
      const by = random.below(4) === 0 ? -1 - random.below(words.length + 1) : random.below(8)
      words.push(opcodeOf(random, pattern, { k: by & 0x7f }))
      continue
    }
    const [operation, , pattern] = USUAL[random.below(USUAL.length)]
    // SREG and SP are left to the interpreter, so most of IN and OUT is to general purpose registers: GPIOR0.
    const io = operation === 90 || operation === 106
    const given =
      io && random.below(8) > 0 ? { A: 0x1e } : { K: operation === 49 || operation === 50 ? 1 : randomOctet(random) }
    words.push(opcodeOf(random, pattern, given))
    // A subtraction of several octets: SUB or CP, then SBC, SBCI or CPC.
    if ([12, 13, 19, 21].includes(operation) && random.below(2) === 0)
      words.push(opcodeOf(random, CHAINED[random.below(3)], { K: randomOctet(random) }))
    if (operation === 80 || operation === 96)
      words.push(random.below(8) === 0 ? random.below(0x10000) : 0x100 + random.below(0x700))
  }
  const back = -(words.length + 1)
  words.push(0xc000 | (back & 0xfff))
  return words
}

function controller(words: readonly number[], data: Uint8Array, translating: boolean): AvrCpu {
  return begin(new AvrCpu(ATMEGA328P), words, data, translating)
}

function begin(cpu: AvrCpu, words: readonly number[], data: Uint8Array, translating: boolean): AvrCpu {
  cpu.progMem.fill(0)
  cpu.progMem.set(words, 16)
  cpu.restart(16)
  cpu.data.set(data.subarray(0, 32))
  cpu.data.set(data.subarray(0x100), 0x100)
  // SPL and SPH: whatever the stack does, it does in memory.
  cpu.data[0x5d] = 0x80
  cpu.data[0x5e] = 0x04
  cpu.data[0x5f] = data[0x5f] & 0x7f
  if (translating) cpu.loops!.heat.fill(INTERPRETED - 1)
  else cpu.loops = undefined
  return cpu
}

/** Everything that a program can notice. */
function stateOf({ cycles, pc, sleeping, data }: AvrCpu): string {
  return `cycle ${cycles}, word ${pc}, ${sleeping ? 'asleep' : 'awake'}, ${Buffer.from(data.buffer, 0, data.length).toString('latin1')}`
}

/** Values at which flags turn, as often as any. */
const EDGES = [0, 0, 1, 0x7f, 0x80, 0xff]

function randomOctet(random: SeededRandom): number {
  return random.below(2) === 0 ? EDGES[random.below(EDGES.length)] : random.below(256)
}

/** Runs both in slices of random length, and looks after each; in the middle somebody begins to watch memory. @returns loops translated */
function compare(pair: readonly AvrCpu[], seed: number, slices: number): number {
  const random = new SeededRandom(seed)
  const words = randomLoop(random)
  const data = Uint8Array.from({ length: ATMEGA328P.ramEnd + 1 }, () => randomOctet(random))
  // Pointers into memory, most of the time.
  for (const high of [27, 29, 31]) if (random.below(4) > 0) data[high] = 1 + random.below(7)
  const [one, other] = pair.map((cpu, i) => begin(cpu, words, data, i === 0))
  const watched: number[][][] = [[], []]
  const ends: (() => void)[] = []
  for (let slice = 0; slice < slices; slice++) {
    if (slice === slices >> 1 && seed % 8 < 2) {
      const from = 0x100 + random.below(0x700)
      for (const [i, cpu] of pair.entries())
        ends.push(
          cpu.watch(from, from + 64, (...said) => watched[i].push([...said, cpu.cycles, cpu.SREG]), seed % 2 === 0),
        )
    }
    const cycles = 1 + random.below([40, 400, 4000][random.below(3)])
    for (const cpu of pair) {
      cpu.until = cpu.cycles + cycles
      cpu.run()
    }
    if (stateOf(one) !== stateOf(other))
      expect.fail(`seed ${seed}, slice ${slice}: ${words.map((each) => each.toString(16))}`)
  }
  expect(watched[0]).toEqual(watched[1])
  for (const end of ends) end()
  return one.loops!.size
}

describe('translated loops', () => {
  it('do in each cycle what the interpreter does: random loops, random slices', () => {
    const data = new Uint8Array(ATMEGA328P.ramEnd + 1)
    const pair = [controller([], data, true), controller([], data, false)]
    let translated = 0
    for (let seed = 1; seed <= 3000; seed++) translated += compare(pair, seed, 10)
    expect(translated).toBeGreaterThan(1500)
  })

  /** LDI r24, `turns`; DEC r24; BRNE -2; RJMP back to the LDI. */
  const counting = (turns: number) => [0xe080 | ((turns & 0xf0) << 4) | (turns & 15), 0x958a, 0xf7f1, 0xcffc]
  const DEC = 17

  function run(cpu: AvrCpu, cycles: number): void {
    cpu.until = cpu.cycles + cycles
    cpu.run()
  }

  it('are given up where entering one costs more than it gains', () => {
    const data = new Uint8Array(ATMEGA328P.ramEnd + 1)
    const long = controller(counting(200), data, true)
    const short = controller(counting(3), data, true)
    // The loop around it is left alone, or the one inside would be part of it.
    for (const cpu of [long, short]) cpu.loops!.heat[16] = INTERPRETED
    for (let slice = 0; slice < 200; slice++) for (const cpu of [long, short]) run(cpu, 1600)
    expect(long.loops!.heat[DEC]).toBeGreaterThan(INTERPRETED)
    expect(short.loops!.heat[DEC]).toBe(INTERPRETED)
  })

  it('are forgotten with the flash that they were read from', () => {
    const data = new Uint8Array(ATMEGA328P.ramEnd + 1)
    const cpu = controller(counting(200), data, true)
    run(cpu, 1600)
    expect(cpu.loops!.size).toBeGreaterThan(0)
    cpu.progMem[DEC] = 0x9583 // INC r24
    cpu.restart(16)
    const other = controller(counting(200), data, false)
    other.progMem[DEC] = 0x9583
    other.restart(16)
    const begin = cpu.cycles
    for (let slice = 0; slice < 20; slice++) for (const each of [cpu, other]) run(each, 1600)
    expect([cpu.cycles - begin, cpu.pc, cpu.data[24]]).toEqual([other.cycles, other.pc, other.data[24]])
  })

  it('stay with the interpreter where a policy forbids functions of text', async () => {
    vi.resetModules()
    const Refused = class {
      constructor() {
        throw new EvalError('refused by the policy')
      }
    }
    vi.stubGlobal('Function', Refused)
    try {
      const { AvrCpu: Fresh } = await import('../cpu.js')
      const make = () => {
        const cpu = new Fresh(ATMEGA328P)
        cpu.progMem.set(counting(200), 16)
        cpu.restart(16)
        cpu.loops?.heat.fill(INTERPRETED - 1)
        return cpu
      }
      const cpu = make()
      run(cpu, 16_000)
      expect(cpu.cycles).toBeGreaterThanOrEqual(16_000)
      expect(cpu.loops!.size).toBe(0)
      expect(make().loops).toBeUndefined()
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
