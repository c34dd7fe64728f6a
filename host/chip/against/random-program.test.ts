import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { type ChipOperation, isLegal } from './operation.js'
import { randomProgram } from './random-program.js'

const RESET: ChipOperation = { do: 'reset' }
const fill = (address: number, length: number): ChipOperation => ({
  do: 'fill',
  address,
  octets: Array.from({ length }, () => 0x55),
})
const fetch = (address: number, length: number): ChipOperation => ({ do: 'fetch', address, length })

describe('a random program', () => {
  it('is legal, is its own with each seed, and knows every kind of operation', () => {
    const kinds = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      const program = randomProgram(new SeededRandom(seed), seed + 1)
      expect(isLegal(program)).toBe(true)
      expect(randomProgram(new SeededRandom(seed), seed + 1)).toEqual(program)
      for (const operation of program) kinds.add(operation.do)
    }
    expect([...kinds].sort()).toEqual([
      ...['checksum', 'clear', 'copy', 'fetch', 'fifo', 'fill', 'phy read', 'phy write'],
      ...['read', 'read pair', 'reset', 'set', 'write', 'write pair'],
    ])
  })

  it('has 31 others with which it writes each bit of memory both ways', () => {
    const random = new SeededRandom(1)
    const [ones, zeros] = [new Uint8Array(8192), new Uint8Array(8192)]
    for (let number = 1; number <= 32; number++) {
      for (const operation of randomProgram(random.fork(`${number}`), number).slice(0, 4)) {
        if (operation.do !== 'fill') continue
        for (const [at, octet] of operation.octets.entries()) {
          ones[operation.address + at] |= octet
          zeros[operation.address + at] |= ~octet
        }
      }
    }
    expect([...ones, ...zeros].every((each) => each === 0xff)).toBe(true)
  })
})

describe('a program is legal', () => {
  it('where it begins with a reset, and reads memory that it has written', () => {
    expect(isLegal([fill(0, 4), fetch(0, 4)])).toBe(false)
    expect(isLegal([RESET, fill(0, 4), fetch(0, 4)])).toBe(true)
    expect(isLegal([RESET, fill(0, 4), fetch(1, 4)])).toBe(false)
  })

  it('where what is read behind ERXND is known at ERXST (DS39662 3.2.2): 05FAh after a reset', () => {
    expect(isLegal([RESET, fill(0x1ffe, 4), fetch(0x1ffe, 2)])).toBe(true)
    // WBM goes on at 0000h, and RBM at ERXST.
    expect(isLegal([RESET, fill(0x1ffe, 4), fetch(0x1ffe, 3)])).toBe(false)
    expect(isLegal([RESET, fill(0x1ffe, 4), fill(0x05fa, 1), fetch(0x1ffe, 3)])).toBe(true)
    expect(isLegal([RESET, { do: 'fifo', end: 0x1fff }, fill(0x1ffe, 4), fetch(0x1ffe, 4)])).toBe(true)
  })

  it('where pointers stand still, of one octet', () => {
    const still: ChipOperation = { do: 'clear', register: 'ECON2', mask: 0x80 }
    expect(isLegal([RESET, still, fill(7, 3), fetch(7, 9)])).toBe(true)
    expect(isLegal([RESET, still, fill(7, 3), { ...still, do: 'set' }, fetch(7, 2)])).toBe(false)
  })

  it('where the DMA reads what is known, more than one octet, and writes elsewhere', () => {
    const copy = (from: number, to: number, target: number): ChipOperation => ({ do: 'copy', from, to, target })
    expect(isLegal([RESET, fill(0, 8), copy(0, 7, 0x100), fetch(0x100, 8)])).toBe(true)
    expect(isLegal([RESET, fill(0, 8), copy(0, 8, 0x100)])).toBe(false)
    expect(isLegal([RESET, fill(0, 8), copy(3, 3, 0x100)])).toBe(false)
    expect(isLegal([RESET, fill(0, 8), copy(0, 7, 7)])).toBe(false)
  })
})
