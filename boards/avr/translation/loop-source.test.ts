import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../simulation/random.js'
import { AvrCpu } from '../cpu.js'
import { ATMEGA328P } from '../parts/atmega328p.js'
import { readLoop } from './loop-shape.js'
import { loopSource } from './loop-source.js'

/** What the text is made of beside numbers and signs: parameters, variables, labels, and JavaScript's own. */
const WORDS = /^(?:r\d+|[fl]\d+|a|b|q|pc|s|c|z|n|v|x|h|t|i|let|const|if|for|break|continue|return|out)$/
const NAMES = /^(?:cpu|lpmAsks|data|loadKind|storeKind|flash|length|byteMask|left)$/

const SIGNS = '.,:;=<>!?&|^~*+-()[]{}'

describe('the JavaScript of a loop', () => {
  it('has nothing of an image but numbers, whatever the image is', () => {
    const cpu = new AvrCpu(ATMEGA328P)
    const random = new SeededRandom(7)
    let written = 0
    const used = new Set<string>()
    for (let round = 0; round < 12_000; round++) {
      const words = 1 + random.below(5)
      for (let at = 0; at < words; at++) cpu.progMem[at] = random.below(0x10000)
      cpu.progMem[words] = 0xf401 | (((-1 - words) & 0x7f) << 3) // BRBC 1
      const shape = readLoop(cpu, 0, words)
      if (shape === undefined) continue
      written++
      const source = loopSource(shape)
      for (const [part] of source.matchAll(/[A-Za-z_]\w*|[^\w\s]/g)) used.add(part)
    }
    expect(written).toBeGreaterThan(1000)
    const other = [...used].filter((part) => !SIGNS.includes(part) && !WORDS.test(part) && !NAMES.test(part))
    expect(other).toEqual([])
  })
})
