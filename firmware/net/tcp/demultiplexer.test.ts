import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import type { ControlBlock } from './control-block.js'
import { Demultiplexer } from './demultiplexer.js'

/** As much of a control block as the table looks at. */
type Ends = Pick<ControlBlock, 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort' | 'sibling' | 'listed'>

function ends(localAddress: number, localPort: number, remoteAddress: number, remotePort: number): ControlBlock {
  const block: Ends = { localAddress, localPort, remoteAddress, remotePort, sibling: undefined, listed: false }
  return block as ControlBlock
}

describe('the table of connections', () => {
  it('finds by all four: addresses and ports of both ends', () => {
    const table = new Demultiplexer<ControlBlock>()
    const block = ends(1, 80, 2, 40000)
    table.add(block)
    expect(table.find(1, 80, 2, 40000)).toBe(block)
    for (const [a, b, c, d] of [
      [9, 80, 2, 40000],
      [1, 81, 2, 40000],
      [1, 80, 9, 40000],
      [1, 80, 2, 40001],
      [2, 40000, 1, 80],
    ])
      expect(table.find(a, b, c, d)).toBeUndefined()
  })

  it('equals a plain list under 20,000 random additions, removals and look-ups', () => {
    const random = new SeededRandom(1)
    const table = new Demultiplexer<ControlBlock>()
    const list: ControlBlock[] = []
    // Few of each, so that lists of the same ports are long, and addresses beyond 2^31.
    const draw = () =>
      [
        0xc0a80001 + random.below(2),
        80 + random.below(3),
        0xfffffff0 + random.below(8),
        65533 + random.below(3),
      ] as const
    const same = (block: ControlBlock, [a, b, c, d]: ReturnType<typeof draw>) =>
      block.localAddress === a && block.localPort === b && block.remoteAddress === c && block.remotePort === d
    for (let i = 0; i < 20_000; i++) {
      const four = draw()
      const known = list.find((block) => same(block, four))
      expect(table.find(...four)).toBe(known)
      if (known === undefined && random.below(2) === 0) {
        const block = ends(...four)
        table.add(block)
        list.push(block)
      } else if (known !== undefined && random.below(2) === 0) {
        table.remove(known)
        table.remove(known)
        list.splice(list.indexOf(known), 1)
      }
      expect(table.size).toBe(list.length)
      expect(table.countOnPort(81)).toBe(list.filter(({ localPort }) => localPort === 81).length)
    }
    expect(new Set(table)).toEqual(new Set(list))
  })
})
