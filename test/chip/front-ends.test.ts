/**
 * Two front ends, one chip: the same random programs by octets and by edges leave the same chip. A slice of the million that
 * `make judge` runs.
 */
import { describe, expect, it } from 'vitest'
import type { Enc28j60 } from '../../boards/chips/enc28j60/enc28j60.js'
import { PLACE } from '../../boards/chips/enc28j60/places.js'
import { withFcs } from '../../boards/ethernet/fcs.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { REGISTERS } from '../../firmware/enc28j60/registers.js'
import { extentOf } from '../judge/parts.js'
import { BROADCAST, ChipBench, frameTo, STATION } from '../support/chip-bench.js'

/** Programs on one pair of chips, whose seed is the number of the first. */
const CHUNK = 10_000

const { first, count } = extentOf('front-ends')

/** Shifts octets through the pins; the last one may be cut short. Returns what was on SO, pulled up while it floats. */
function byEdges(chip: Enc28j60, octets: readonly number[], lastBits: number): number[] {
  const { spiPins } = chip
  const seen: number[] = []
  spiPins.setCs(false)
  for (let i = 0; i < octets.length; i++) {
    const bits = i === octets.length - 1 ? lastBits : 8
    let miso = 0
    for (let bit = 7; bit > 7 - bits; bit--) {
      spiPins.setSi(((octets[i] >> bit) & 1) === 1)
      spiPins.setSck(true)
      miso = (miso << 1) | (spiPins.so === false ? 0 : 1)
      spiPins.setSck(false)
    }
    if (bits === 8) seen.push(miso)
  }
  spiPins.setCs(true)
  return seen
}

function byOctets(chip: Enc28j60, octets: readonly number[], lastBits: number): number[] {
  const whole = lastBits === 8 ? octets : octets.slice(0, -1)
  chip.select()
  const seen = whole.map((octet) => chip.exchange(octet))
  chip.deselect()
  return seen
}

const INSTRUCTIONS = [0x00, 0x40, 0x80, 0xa0]

/** One chip select frame: mostly what a driver may send, now and then anything. */
function randomFrame(random: SeededRandom): number[] {
  const kind = random.below(16)
  if (kind === 0) return Array.from({ length: 1 + random.below(6) }, () => random.below(256))
  if (kind === 1) return [0x3a, ...Array.from({ length: random.below(20) }, () => 0)]
  if (kind === 2) return [0x7a, ...Array.from({ length: random.below(20) }, () => random.below(256))]
  if (kind === 3 && random.below(50) === 0) return [0xff]
  // Bank changes often, so that all banks are met.
  if (kind === 4) return [0xbf, 0x03]
  if (kind === 5) return [0x9f, random.below(4)]
  const instruction = INSTRUCTIONS[random.below(4)]
  const length = instruction === 0 ? 1 + random.below(3) : 1
  // ECON2 seldom: asleep, there is little to see.
  let address = random.below(32)
  if (address === 0x1e && random.below(8) !== 0) address = 0x1f
  return [instruction | address, ...Array.from({ length }, () => random.below(256))]
}

function compare(a: ChipBench, b: ChipBench, memory: boolean, where: string): void {
  const left = a.chip.inspect()
  const right = b.chip.inspect()
  for (let i = 0; i < 128; i++) {
    if (left.registers[i] !== right.registers[i])
      throw new Error(
        `${where}: register at place ${i} is ${left.registers[i]} by octets, ${right.registers[i]} by edges`,
      )
  }
  for (const register of Object.values(REGISTERS)) {
    const value = left.registers[PLACE[register.name]]
    const stray = value & ~register.implemented
    if (stray !== 0) throw new Error(`${where}: ${register.name} is ${value}, outside its mask`)
  }
  if (a.chip.interruptHigh !== b.chip.interruptHigh) throw new Error(`${where}: INT differs`)
  if (memory) {
    expect(right.phy, where).toEqual(left.phy)
    expect(Uint8Array.from(right.memory), where).toEqual(left.memory)
    expect(b.chip.counters, where).toEqual(a.chip.counters)
    const { 'incomplete-octet': _, ...byPins } = b.chip.findingCounts
    expect(byPins, where).toEqual(a.chip.findingCounts)
    expect(b.partner.sent.length, where).toBe(a.partner.sent.length)
  }
}

function run(programs: number, seed: number): void {
  const options = { seed, withErrata: true }
  const octets = new ChipBench(options)
  const edges = new ChipBench(options)
  edges.chip.spiPins.limits = false
  const random = new SeededRandom(seed)
  const both = (action: (bench: ChipBench) => void) => {
    action(octets)
    action(edges)
  }
  for (let program = 0; program < programs; program++) {
    const where = `seed ${seed}, program ${program}`
    const frames = 1 + random.below(4)
    for (let i = 0; i < frames; i++) {
      const frame = randomFrame(random)
      const lastBits = random.below(20) === 0 ? random.below(8) : 8
      const seen = byOctets(octets.chip, frame, lastBits)
      const seenByEdges = byEdges(edges.chip, frame, lastBits)
      for (let k = 0; k < seen.length; k++) {
        if (seen[k] !== seenByEdges[k])
          throw new Error(`${where}: ${frame} answers ${seen} by octets, ${seenByEdges} by edges`)
      }
    }
    if (random.below(4) === 0) {
      const wait = random.below(50_000)
      both((bench) => bench.run(wait))
    }
    if (random.below(64) === 0) {
      const raw = withFcs(frameTo(random.below(2) === 0 ? STATION : BROADCAST, 30 + random.below(200)))
      if (random.below(4) === 0) raw[20] ^= 1
      both((bench) => bench.partner.sendRaw(raw))
    }
    if (random.below(2000) === 0) {
      both((bench) => bench.chip.setResetPin(false))
      both((bench) => bench.run(1000))
      both((bench) => bench.chip.setResetPin(true))
      const wait = random.below(2) * 300_000_000
      both((bench) => bench.run(wait))
    }
    if (random.below(500) === 0) {
      const duplex = random.below(2) === 0 ? 'half' : 'full'
      both((bench) => bench.bringUp(duplex))
    }
    compare(octets, edges, program % 2000 === 0 || program === programs - 1, where)
  }
  expect(octets.clock.now).toBe(edges.clock.now)
}

describe('two front ends on one core', () => {
  it(`leave the same chip after ${count} random SPI programs, no register outside its mask`, () => {
    for (let done = 0; done < count; done += CHUNK) run(Math.min(CHUNK, count - done), 1 + (first + done) / CHUNK)
  })
})
