import { expect, it } from 'vitest'
import { fillRandom, RandomFile } from './random-file.js'

it('a random file has the same octets however it is read', () => {
  const whole = new Uint8Array(1000)
  fillRandom(whole, 0, 1000, 0)
  for (let place = 0; place < 40; place++) {
    const part = new Uint8Array(17)
    fillRandom(part, 2, 15, place)
    expect(part.subarray(2, 15)).toEqual(whole.subarray(place, place + 13))
    expect([part[1], part[15]]).toEqual([0, 0])
  }
  const file = new RandomFile(1000)
  const into = new Uint8Array(77)
  let at = 0
  for (let octets = file.fill(into, 0, 77); octets > 0; octets = file.fill(into, 0, 77)) {
    expect(into.subarray(0, octets)).toEqual(whole.subarray(at, at + octets))
    at += octets
  }
  expect(at).toBe(1000)
})

it('a random file looks random: each octet about as often, and no repetition after 4 GiB of places', () => {
  const part = new Uint8Array(65536)
  fillRandom(part, 0, 65536, 0)
  const counts = new Array(256).fill(0)
  for (const octet of part) counts[octet]++
  expect(Math.min(...counts)).toBeGreaterThan(180)
  expect(Math.max(...counts)).toBeLessThan(340)
})
