/**
 * One board, two makers: `model:uno` and `avr:uno` do the same, and what the data sheets say, when supply, RESET pin, processor,
 * chip and host do what chance has them do. A failure prints the seed and the fewest deeds that show it.
 */
import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { extentOf } from '../judge/parts.js'
import { disagreement, disagreements } from './agreement.js'
import type { Deed, Step } from './deeds.js'

/** A slice of the 2,000 of `make judge`. */
const { first, count } = extentOf('resets')

const step = (pause: number, deed: Deed): Step => ({ deed, pause: pause * MILLISECOND })
const POWER_ON = step(300, { what: 'power on' })
const sag = (duration: number): Deed => ({ what: 'board sags', volts: 2.5, duration: duration * MILLISECOND })

describe('model:uno and avr:uno', () => {
  it.each<readonly [string, readonly Step[]]>([
    [
      'RESET low while a sag ends',
      [POWER_ON, step(10, { what: 'RESET low' }), step(400, sag(60)), step(0, { what: 'look' })],
    ],
    [
      'RESET low before there is power',
      [step(1, { what: 'RESET low' }), step(400, { what: 'power on' }), step(0, { what: 'look' })],
    ],
    [
      'a second sag that outlasts the first',
      [POWER_ON, step(40, sag(60)), step(30, sag(130)), step(40, { what: 'look' })],
    ],
    [
      'a sag, a power cycle and another sag',
      [
        POWER_ON,
        step(0, sag(130)),
        step(0, { what: 'power off' }),
        step(100, { what: 'power on' }),
        step(40, sag(400)),
        step(0, { what: 'look' }),
      ],
    ],
    [
      'the chip’s RESET low over a press of RESET',
      [POWER_ON, step(0, { what: 'chip RESET low' }), step(200, { what: 'press RESET' })],
    ],
    [
      'the chip’s RESET low over a power cycle',
      [POWER_ON, step(0, { what: 'chip RESET low' }), step(1, { what: 'power off' }), step(200, { what: 'power on' })],
    ],
    [
      'the chip’s RESET low over a restart that the host asked for',
      [POWER_ON, step(0, { what: 'chip RESET low' }), step(200, { what: 'restart' })],
    ],
    [
      'a hang with the chip’s RESET low, and the watchdog’s reset',
      [POWER_ON, step(0, { what: 'chip RESET low' }), step(100, { what: 'hang' }), step(2_400, { what: 'look' })],
    ],
    [
      'a hang that a press of RESET ends',
      [POWER_ON, step(400, { what: 'hang' }), step(2_400, { what: 'press RESET' }), step(0, { what: 'look' })],
    ],
    [
      'a hang with the chip lent and a dead chip',
      [
        POWER_ON,
        step(0, { what: 'ask for the chip' }),
        step(0, { what: 'chip RESET low' }),
        step(100, { what: 'look' }),
        step(100, { what: 'hang' }),
        step(0, { what: 'look' }),
      ],
    ],
    [
      'a hang while it would try again a chip that had lost its supply',
      [
        step(3_000, { what: 'power on' }),
        step(2_300, { what: 'chip sags', volts: 1.8, duration: 3_500 * MILLISECOND }),
        step(1_900, { what: 'hang' }),
        step(0, { what: 'look' }),
      ],
    ],
    [
      'a hang, while it would answer a ping',
      [step(3_000, { what: 'power on' }), step(500, { what: 'hang' }), step(0, { what: 'look' })],
    ],
    [
      'another rate that a reset ends',
      [
        POWER_ON,
        step(0, { what: 'change the rate' }),
        step(0, { what: 'look' }),
        step(200, sag(20)),
        step(0, { what: 'look' }),
      ],
    ],
  ])('do what the data sheets say after %s', (_, steps) => {
    expect(disagreement(1, steps)).toBeUndefined()
  })

  it(`do what the data sheets say in ${count} random sequences`, () => {
    expect(disagreements(first, first + count)).toEqual([])
  })
})
