import { beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../../../test/avr/assembler.js'
import { SeededRandom } from '../../simulation/random.js'
import { AvrCpu } from '../cpu.js'
import { ElfFile } from '../elf.js'
import { ATMEGA328P } from '../parts/atmega328p.js'
import { CallChains } from './call-chain.js'
import { FunctionTable } from './function-table.js'

/** `inner` is called by `outer`, and reached by a jump at the end of `passOn`; nobody calls `alone`. */
const SOURCE = `
  #define ALONE __attribute__((noinline, noclone, used))
  volatile char sink;
  ALONE void inner(void) { sink = 1; }
  ALONE void outer(void) { inner(); sink = 2; }
  ALONE void passOn(void) { sink = 3; inner(); }
  ALONE void alone(void) { sink = 4; }
  int main(void) { outer(); passOn(); for (;;); }`

let cpu: AvrCpu
let functions: FunctionTable
let starts: ReadonlyMap<string, number>

beforeAll(() => {
  const { elf, image } = compile(SOURCE)
  functions = new FunctionTable(new ElfFile(elf))
  starts = image.functions
  cpu = new AvrCpu(ATMEGA328P)
  for (const { address, octets } of image.flash) cpu.progBytes.set(octets, address)
})

/** The word behind the call of one function in another one. */
function behindCall(from: string, to: string): number {
  const { start, end } = functions.at(starts.get(from)!)!
  for (let word = start / 2; word < end / 2; word++) {
    const near = ((word + 1 + ((cpu.progMem[word] << 20) >> 20)) & 0x3fff) * 2
    if (cpu.progMem[word] >> 12 === 0xd && near === starts.get(to)) return word + 1
    if (cpu.progMem[word] === 0x940e && 2 * cpu.progMem[word + 1] === starts.get(to)) return word + 2
  }
  throw new Error(`${from} does not call ${to}`)
}

/** Names of the chain where the program is at the beginning of a function, with that on its stack. */
function chain(at: string, ...stack: readonly number[]): (string | undefined)[] {
  cpu.data.fill(0, 0x100)
  cpu.SP = ATMEGA328P.ramEnd - stack.length
  cpu.data.set(stack, cpu.SP + 1)
  cpu.pc = starts.get(at)! / 2
  return new CallChains(functions).of(cpu).map(({ address }) => functions.at(address)?.name)
}

const word = (value: number) => [value >> 8, value & 0xff]

describe('a chain of calls', () => {
  it('goes out to main by return addresses behind calls', () => {
    const stack = [...word(behindCall('outer', 'inner')), ...word(behindCall('main', 'outer'))]
    expect(chain('inner', ...stack)).toEqual(['inner', 'outer', 'main'])
  })

  it('has a function that ended in a jump, of which the stack knows nothing', () => {
    expect(chain('inner', ...word(behindCall('main', 'passOn')))).toEqual(['inner', 'passOn', 'main'])
  })

  it('goes past what else is on the stack to the nearest address that is certain', () => {
    const stack = [0x12, ...word(behindCall('main', 'outer')), 0x34, ...word(behindCall('outer', 'inner'))]
    expect(chain('inner', ...stack, ...word(behindCall('main', 'outer')))).toEqual(['inner', 'outer', 'main'])
  })

  it('ends where no address is behind a call of the function that was entered', () => {
    expect(chain('alone', ...word(behindCall('main', 'outer')), ...word(behindCall('outer', 'inner')))).toEqual([
      'alone',
    ])
    expect(chain('inner')).toEqual(['inner'])
    expect(chain('inner', ...word(behindCall('outer', 'inner')))).toEqual(['inner', 'outer'])
  })

  it('is short and of instructions in flash, whatever is in memory and wherever SP and PC are', () => {
    const random = new SeededRandom(23)
    const chains = new CallChains(functions)
    const calls = [behindCall('outer', 'inner'), behindCall('main', 'outer'), behindCall('main', 'passOn')]
    let long = 0
    for (let round = 0; round < 1_000; round++) {
      for (let at = 0x100; at < cpu.data.length; at++) cpu.data[at] = random.below(256)
      for (let at = 0x700; at < 0x8f0; at += 1 + random.below(9)) cpu.data.set(word(calls[random.below(3)]), at)
      cpu.SP = random.below(4) === 0 ? random.below(0x10000) : 0x700 + random.below(0x200)
      cpu.pc = random.below(2) === 0 ? random.below(cpu.progMem.length) : starts.get('inner')! / 2
      const sites = chains.of(cpu)
      expect(sites.length).toBeLessThanOrEqual(40)
      for (const { address } of sites) expect(address).toBeLessThan(cpu.progBytes.length)
      if (sites.length > 2) long++
    }
    expect(long).toBeGreaterThan(100)
  })
})
