import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import type { PingResult } from '../../firmware/net/icmp/ping.js'
import { createBench } from './create-bench.js'

const ARP_REPLY = 2

/** Echoes from the partner to the board, and the ARP replies that the board's address got on the way to the partner. */
function pings(fault: string) {
  const { lab, peer, board } = createBench({ board: 'uno', seed: 4, faults: [fault] })
  const answers: string[] = []
  lab.cables[lab.cables.length > 1 ? 1 : 0].onFrame(({ octets }) => {
    if (((octets[12] << 8) | octets[13]) === 0x0806 && octets[21] === ARP_REPLY)
      answers.push(octets.subarray(6, 12).join())
  })
  lab.runFor(4 * SECOND)
  const results: PingResult[] = []
  for (let sequence = 0; sequence < 4; sequence++) {
    peer.network.ping('192.168.7.2', { size: 56, sequence }, (result) => results.push(result))
    lab.runFor(SECOND)
  }
  return { answers, results, board, lab }
}

describe('what no check sees, and is there', () => {
  it('LEDB the other way round: full duplex after a reset (DS39662 2.6)', () => {
    const duplex = (faults: readonly string[]) => {
      const { board, lab } = createBench({ board: 'uno', faults })
      lab.runFor(SECOND / 1000)
      return board.chip.inspect().phy[0] & 0x0100
    }
    expect(duplex(['ledb-strap'])).toBe(0x0100)
    expect(duplex([])).toBe(0)
  })

  it('a slow SPI: an echo of 98 octets crosses it twice, 8 bits each, at 20 kHz in 80 ms and more', () => {
    const [, second] = pings('spi-slow:20kHz').results
    expect(second?.ok && second.roundTrip).toBeGreaterThan(0.078 * SECOND)
  })
})

describe('others on the wire', () => {
  it('of which only one can be at the partner’s plug', () => {
    expect(() => createBench({ board: 'uno', faults: ['box-drops', 'address-taken'] })).toThrow(
      'box-drops and address-taken both move the plug at the partner; take one of them',
    )
  })

  it('with the board’s IP address answer for it as well', () => {
    expect(new Set(pings('address-taken').answers).size).toBe(2)
    expect(new Set(pings('box-delays:1ms').answers).size).toBe(1)
  })

  it('with the board’s station address get what is meant for it', () => {
    const { answers } = pings('mac-taken')
    expect(answers.length).toBeGreaterThanOrEqual(2)
    expect(new Set(answers).size).toBe(1)
  })

  it('a box holds echoes back twice as long as it is told, there and back', () => {
    const [first] = pings('box-delays:100ms')
      .results.filter(({ ok }) => ok)
      .slice(1)
    expect(first?.ok && first.roundTrip).toBeGreaterThan(0.2 * SECOND)
    expect(first?.ok && first.roundTrip).toBeLessThan(0.21 * SECOND)
  })

  it('a box that reorders brings all echoes, some late', () => {
    const { results } = pings('box-reorders:0.9')
    const times = results.map((each) => (each.ok ? each.roundTrip : Number.NaN))
    expect(times.every((time) => time < 0.05 * SECOND)).toBe(true)
    expect(Math.max(...times)).toBeGreaterThan(0.003 * SECOND)
  })

  it('a box loses what is longer than it carries', () => {
    expect(pings('box-drops-large:64').results.some(({ ok }) => ok)).toBe(false)
    expect(pings('box-drops-large:200').results.filter(({ ok }) => ok).length).toBe(4)
  })

  it.each(['partner-no-ping', 'partner-slow:50ms', 'partner-bad-fcs:0.9'])(
    '%s costs the partner what it says',
    (fault) => {
      const { results } = pings(fault)
      const answered = results.filter(({ ok }) => ok).length
      if (fault === 'partner-no-ping')
        expect(answered).toBe(4) // the board is asked here, and it answers
      else if (fault === 'partner-bad-fcs:0.9') expect(answered).toBeLessThan(4)
      else expect(answered).toBeGreaterThan(0)
    },
  )
})
