/**
 * Every word of the bridge images that ship, taken for an instruction and executed once under simavr and once under ours, from the same state:
 * program counter, cycles, flags, stack pointer, registers, and all of the RAM afterwards. What a running program comes by is a part of
 * its image; this is all of it, and constants among the code besides.
 */
import { describe, expect, it } from 'vitest'
import { AvrCpu } from '../../boards/avr/cpu.js'
import { instructionName, operationsOf } from '../../boards/avr/instruction-set.js'
import { type AvrPart, hasWidePc } from '../../boards/avr/part.js'
import { ATMEGA328P } from '../../boards/avr/parts/atmega328p.js'
import { ATMEGA2560 } from '../../boards/avr/parts/atmega2560.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { bundledImage } from '../../host/node/flash/bundled.js'
import { readImage } from '../../host/node/run/image.js'
import { type ScatteredPlace, simavrEach } from './simavr.js'

/** Among operations: no instruction of the part. */
const NONE = 0
/** They leave the program, or change flash. */
const APART = ['SLEEP', 'BREAK', 'WDR', 'SPM', 'SPM Z+']
/** Of I/O space, what has no peripheral behind it: RAMPZ, EIND, SP, SREG. */
const PLAIN_IO = [0x3b, 0x3c, 0x3d, 0x3e, 0x3f]

/** The state of a seed, as `scatter` in simavr-trace.c makes it. */
function scatter(cpu: AvrCpu, part: AvrPart, seed: number): void {
  const { data } = cpu
  let drawn = seed
  const draw = () => {
    drawn ^= drawn << 13
    drawn ^= drawn >>> 17
    drawn ^= drawn << 5
    return drawn >>> 0
  }
  const { ramStart: start, ramEnd: end } = part
  const room = end - start - 0x100
  for (let at = start; at <= end; at++) data[at] = at * 167 + seed
  for (let r = 0; r < 26; r++) data[r] = draw()
  for (let r = 26; r < 32; r += 2) {
    const pointer = start + 0x80 + (draw() % room)
    data[r] = pointer
    data[r + 1] = pointer >> 8
  }
  data[0x5f] = draw() & 0x7f
  const sp = start + 0x80 + (draw() % room)
  data[0x5d] = sp
  data[0x5e] = sp >> 8
  if (hasWidePc(part)) {
    data[0x5b] = draw() & 3
    data[0x5c] = draw() & 1
    data[sp + 1] &= 1
  } else data[sp + 1] &= 0x3f
}

function sumOfRam({ data }: AvrCpu, { ramStart, ramEnd }: AvrPart): number {
  let sum = 0
  for (let at = ramStart; at <= ramEnd; at++) sum = (Math.imul(sum, 31) + data[at]) >>> 0
  return sum
}

/** Whether it reaches a peripheral, which the two have of their own: the lock steps of sessions judge those. */
function reachesPeripheral(opcode: number, second: number, { ramStart }: AvrPart): boolean {
  const name = instructionName(opcode)
  if (name === 'IN' || name === 'OUT') return !PLAIN_IO.includes(((opcode >> 5) & 0x30) | (opcode & 0x0f))
  if (name === 'SBI' || name === 'CBI' || name === 'SBIS' || name === 'SBIC') return true
  return (name === 'LDS' || name === 'STS') && second < ramStart
}

const IMAGES = [
  { board: 'uno', part: ATMEGA328P, simavr: 'atmega328p' },
  { board: 'mega2560', part: ATMEGA2560, simavr: 'atmega2560' },
] as const

describe.each(IMAGES)('the bridge image of $board', ({ board, part, simavr }) => {
  it('is the same under simavr, instruction by instruction', async () => {
    const image = await readImage(bundledImage(findBoard(board)))
    const flash = new Uint8Array(part.flashWords * 2).fill(0xff)
    const words: number[] = []
    for (const { address, octets } of image.flash) {
      flash.set(octets, address)
      for (let at = 0; at + 1 < octets.length; at += 2) words.push(address + at)
    }
    const cpu = new AvrCpu(part)
    cpu.progBytes.set(flash)
    cpu.restart(0)
    const operations = operationsOf(hasWidePc(part))
    let peripheral = 0
    const names = new Map<number, string>()
    const places: ScatteredPlace[] = []
    for (const pc of words) {
      const opcode = cpu.progMem[pc >> 1]
      const name = instructionName(opcode)
      names.set(pc, name)
      if (operations[opcode] === NONE || APART.includes(name)) continue
      if (reachesPeripheral(opcode, cpu.progMem[(pc >> 1) + 1], part)) {
        peripheral++
        continue
      }
      for (let round = 1; round <= 2; round++) places.push({ pc, seed: pc * 2 + round })
    }
    expect(places.length / 2).toBeGreaterThan(0.8 * words.length)
    expect(peripheral).toBeLessThan(0.03 * words.length)
    for (const [i, { sum, registers, ...theirs }] of simavrEach(flash, places, simavr).entries()) {
      const { pc, seed } = places[i]
      scatter(cpu, part, seed)
      cpu.pc = pc >> 1
      const before = cpu.cycles
      cpu.until = before + 1
      cpu.run()
      const mine = { pc: cpu.pc * 2, cycles: cpu.cycles - before, sreg: cpu.data[0x5f], sp: cpu.SP }
      const same =
        mine.pc === theirs.pc && mine.cycles === theirs.cycles && mine.sreg === theirs.sreg && mine.sp === theirs.sp
      if (same && sumOfRam(cpu, part) === sum && Buffer.compare(cpu.data.subarray(0, 32), registers) === 0) continue
      expect(
        { ...mine, sum: sumOfRam(cpu, part), registers: Array.from(cpu.data.subarray(0, 32)) },
        `${names.get(pc)} at 0x${pc.toString(16)}, seed ${seed}`,
      ).toEqual({ ...theirs, sum, registers: Array.from(registers) })
    }
  })
})
