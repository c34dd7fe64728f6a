/**
 * Downloads over wires that lose, repeat, overtake and change frames in both directions, in virtual time: every octet arrives, and
 * how long that takes stays within a bound. A slice of the whole that `make judge` runs; `npx tsx test/net/downloads.ts` prints the
 * figures with where the time goes, and `--seed N --mixture` one run segment for segment.
 */
import { describe, expect, it } from 'vitest'
import { extentOf } from '../judge/parts.js'
import { badWireOf, download, downloads, REFERENCE_WIRE } from './download.js'

const { first, count } = extentOf('downloads')
const OCTETS = 200_000

describe(`downloads of 200 kB, seeds ${first + 1} to ${first + count}`, () => {
  it('over the reference wire take a median of two seconds at most', () => {
    const { median, runs } = downloads(count, { octets: OCTETS, wire: REFERENCE_WIRE }, first + 1)
    expect(runs).toHaveLength(count)
    expect(median).toBeLessThan(2)
  })

  it('over mixtures take a median of two seconds at most', () => {
    expect(downloads(count, { octets: OCTETS }, first + 1).median).toBeLessThan(2)
  })

  it('are the same run for the same seed, frame for frame', () => {
    const trace = () => {
      const frames: string[] = []
      download({
        octets: 30_000,
        seed: 7,
        wire: badWireOf(7),
        onFrame: (at, direction, frame) => frames.push(`${at} ${direction} ${Buffer.from(frame).toString('hex')}`),
      })
      return frames
    }
    expect(trace()).toEqual(trace())
  })
})
