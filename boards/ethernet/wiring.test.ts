import { describe, expect, it } from 'vitest'
import {
  assess,
  CROSSOVER_WIRING,
  pinMap,
  SPLIT_PAIR_WIRING,
  STRAIGHT_WIRING,
  swapPins,
  T568A,
  T568B,
} from './wiring.js'

describe('RJ-45 wiring', () => {
  it('has the colours of T568A and T568B on their pins', () => {
    expect(T568A.slice(0, 3)).toEqual(['white/green', 'green', 'white/orange'])
    expect(T568A[5]).toBe('orange')
    expect(T568B.slice(0, 3)).toEqual(['white/orange', 'orange', 'white/green'])
    expect(T568B[5]).toBe('green')
    expect(T568A.slice(3, 5)).toEqual(['blue', 'white/blue'])
  })

  it('shows a crossover as 1-3, 2-6 on the cable tester', () => {
    expect(pinMap(STRAIGHT_WIRING)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(pinMap(CROSSOVER_WIRING)).toEqual([3, 6, 1, 4, 5, 2, 7, 8])
    expect(pinMap({ ...STRAIGHT_WIRING, broken: ['green'] })).toEqual([1, 2, 3, 4, 5, 0, 7, 8])
  })

  it.each([
    { wiring: STRAIGHT_WIRING, a: 'MDI', b: 'MDI-X', connected: true },
    { wiring: STRAIGHT_WIRING, a: 'MDI', b: 'MDI', connected: false },
    { wiring: STRAIGHT_WIRING, a: 'MDI-X', b: 'MDI-X', connected: false },
    { wiring: CROSSOVER_WIRING, a: 'MDI', b: 'MDI', connected: true },
    { wiring: CROSSOVER_WIRING, a: 'MDI-X', b: 'MDI-X', connected: true },
    { wiring: CROSSOVER_WIRING, a: 'MDI', b: 'MDI-X', connected: false },
    { wiring: STRAIGHT_WIRING, a: 'MDI', b: 'auto', connected: true },
    { wiring: CROSSOVER_WIRING, a: 'MDI', b: 'auto', connected: true },
    { wiring: STRAIGHT_WIRING, a: 'auto', b: 'auto', connected: true },
  ] as const)('connects $a to $b: $connected', ({ wiring, a, b, connected }) => {
    const { aToB, bToA } = assess(wiring, a, b)
    expect([aToB.connected, bToA.connected]).toEqual([connected, connected])
  })

  it('says which pins lead where when a straight cable is used where a crossover is needed', () => {
    const { aToB } = assess(STRAIGHT_WIRING, 'MDI', 'MDI')
    expect(aToB.reason).toBe('pins 1 and 2 lead to pins 1 and 2, which do not receive')
  })

  it('finds a reversed pair in the one direction that uses it', () => {
    const { aToB, bToA } = assess({ a: T568B, b: swapPins(T568B, 3, 6) }, 'MDI', 'MDI-X')
    expect([aToB.inverted, bToA.inverted]).toEqual([false, true])
    expect([aToB.connected, bToA.connected]).toEqual([true, true])
  })

  it('finds an open conductor in one direction only: an asymmetrical link', () => {
    const { aToB, bToA } = assess({ ...STRAIGHT_WIRING, broken: ['white/green'] }, 'MDI', 'MDI-X')
    expect([aToB.connected, bToA.connected]).toEqual([true, false])
    expect(bToA.reason).toBe('the white/green conductor from pin 3 is broken')
  })

  it('finds conductors that touch, and a plug with a conductor missing', () => {
    const short = assess({ ...STRAIGHT_WIRING, shorted: [['orange', 'green']] }, 'MDI', 'MDI-X')
    expect([short.aToB.connected, short.bToA.connected]).toEqual([false, false])
    const plug = T568B.map((colour, i) => (i === 0 ? undefined : colour))
    expect(assess({ a: plug, b: T568B }, 'MDI', 'MDI-X').aToB.reason).toBe('pin 1 has no conductor')
  })

  it('finds the split pair that a continuity tester passes', () => {
    expect(pinMap(SPLIT_PAIR_WIRING)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const { aToB, bToA } = assess(SPLIT_PAIR_WIRING, 'MDI', 'MDI-X')
    expect([aToB.split, bToA.split]).toEqual([false, true])
    expect(bToA.connected).toBe(true)
  })

  it('refuses a pin that a plug does not have', () => {
    expect(() => swapPins(T568A, 0, 1)).toThrow(/pins 1 to 8/)
  })
})
