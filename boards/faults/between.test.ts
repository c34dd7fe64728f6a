import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { PingResult } from '../../firmware/net/icmp/ping.js'
import { Hub } from '../ethernet/hub.js'
import { BOX_KINDS, boxBetween, putBetween } from './between.js'
import { createBench } from './create-bench.js'

/** Echoes from the partner to the board, all at once. */
function pings(kind: (typeof BOX_KINDS)[number], faults: readonly string[] = []) {
  const bench = createBench({ board: 'uno', faults })
  const between = putBetween(bench, kind)
  const { lab, board, peer } = bench
  lab.runUntil(() => board.state.matches({ on: { link: 'up' } }) && peer.network.linkUp, 8 * SECOND)
  lab.runFor(100 * MILLISECOND)
  const results: PingResult[] = []
  for (let i = 0; i < 5; i++) {
    peer.network.ping(board.definition.network.address.split('/')[0], { size: 56 }, (result) => results.push(result))
    lab.runFor(SECOND)
  }
  return { between, lab, came: results.filter(({ ok }) => ok).length }
}

describe('a box between board and partner', () => {
  it.each(BOX_KINDS)('%s: echoes come back', (kind) => {
    const { came, between, lab } = pings(kind)
    expect(came).toBe(5)
    expect(boxBetween(lab)).toEqual(between)
  })

  it('of a hub: what comes in at one port goes out at the other, and is counted there', () => {
    const { between } = pings('hub')
    if (!(between.box instanceof Hub)) throw new Error('no hub')
    const { received, ports } = between.box.counters
    expect(received).toBeGreaterThanOrEqual(10)
    expect(ports[0].received + ports[1].received).toBe(received)
    expect(ports.slice(2).map((port) => port.received)).toEqual([0, 0])
  })

  it('of a switch: forwarded once both addresses are known', () => {
    const { counters } = pings('switch').between.box
    expect(counters).toMatchObject({ addresses: 2 })
    expect('forwarded' in counters && counters.forwarded).toBeGreaterThanOrEqual(10)
  })

  it('leaves a cable unplugged that is', () => {
    const { between, came } = pings('hub', ['cable-unplugged'])
    expect(between.cables[0].plugged).toBe(false)
    expect(came).toBe(0)
  })

  it('has the plug of a loose cable back, each time it was out', () => {
    const { lab, between } = pings('hub', ['cable-intermittent'])
    const [near] = between.cables
    const plugged: boolean[] = []
    for (let i = 0; i < 200; i++) {
      lab.runFor(50 * MILLISECOND)
      plugged.push(near.plugged)
      if (near.plugged) expect(near.ends?.[1]).toBe(between.box.ports[0])
    }
    expect(new Set(plugged)).toEqual(new Set([true, false]))
  })

  it('is what a straight cable is for: MDI to MDI-X', () => {
    expect(pings('hub', ['cable-straight']).came).toBe(5)
  })

  it('is not there unless it was put there', () => {
    expect(boxBetween(createBench({ board: 'uno' }).lab)).toBe(undefined)
  })
})
