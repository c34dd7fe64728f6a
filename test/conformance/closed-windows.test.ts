import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { extentOf, PARTS } from '../judge/parts.js'
import { closedWindowsByChance, everyClosedWindow, judgeClosedWindows, passClosedWindows } from './closed-windows.js'

/** Of the sweep a slice; all of it in `make judge`. */
const { first, count } = extentOf('closed-windows')

function take<T>(values: Iterable<T>, count: number): T[] {
  const taken: T[] = []
  for (const value of values) {
    if (taken.length === count) break
    taken.push(value)
  }
  return taken
}

describe('two stacks whose windows are both closed', () => {
  it('deliver both streams though both ask at one instant and both open at another (RFC 9293 3.8.6.1)', () => {
    // What is asked by an octet beyond the window, and is taken, makes each end refuse all that the other says.
    for (let wake = 556; wake < 572; wake += 2)
      expect(
        passClosedWindows({ delay: 20, buffer: 1000, octets: 3000, timestamps: wake % 4 === 0, wakes: [wake, wake] })
          .faults,
        `woken at ${wake} ms`,
      ).toEqual([])
  })

  it('deliver both streams whenever the readers wake, at every delay, with every buffer', () => {
    const all = [...everyClosedWindow()]
    expect(all.length).toBe(PARTS['closed-windows'].whole)
    // A slice is drawn from all of the sweep, a piece is the next of it.
    const random = new SeededRandom(11)
    const cases =
      count > PARTS['closed-windows'].slice
        ? all.slice(first, first + count)
        : Array.from({ length: count }, () => all[random.below(all.length)])
    expect(judgeClosedWindows(cases).faults).toEqual([])
  })

  it('deliver both streams to readers that take sips, through windows that are scaled too', () => {
    expect(judgeClosedWindows(take(closedWindowsByChance(5), 30)).faults).toEqual([])
  })
})
