import { describe, expect, it } from 'vitest'
import { ChipBench, type ChipBenchOptions, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'
import { SeededRandom } from '../../simulation/random.js'
import { backoffSlots } from './backoff.js'

function bench(options: ChipBenchOptions = {}): ChipBench {
  const on = new ChipBench(options)
  on.bringUp('half')
  return on
}

const EIR = 0x1c
const ESTAT = 0x1d
const ECON1 = 0x1f
const frame = frameTo(OTHER)

/** The partner begins to send whenever the chip does, `delay` ns later. */
function collideAfter(on: ChipBench, delay: number, octets = 64): void {
  on.partner.handleStart = () => {
    on.clock.after(delay, () => on.partner.signal(new Uint8Array(octets)))
  }
}

describe('carrier sense and deferral (IEEE 802.3 4.2.3.2.1)', () => {
  it('holds a frame back while another station sends, and 9.6 us beyond', () => {
    const on = bench()
    on.partner.signal(withFcs(frameTo(STATION)))
    const from = on.clock.now
    on.run(10_000)
    on.transmit(frame)
    on.run(200_000)
    expect(on.partner.sent[0].at - from).toBe(57_600 + 9_600)
    // Deferred, not excessively.
    expect(on.status(60)[3] & 0x0c).toBe(0x04)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
  })

  it('starts the gap over when carrier comes in its first part (MAIPGH)', () => {
    const on = bench()
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(1000)
    on.transmit(frame)
    on.run(56_600 + 6_300)
    const second = on.clock.now
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(300_000)
    expect(on.partner.sent[0].at).toBe(second + 57_600 + 9_600)
    expect(on.partner.sent).toHaveLength(1)
  })

  it('goes out at its time when carrier comes in the second part, and collides', () => {
    const on = bench()
    on.partner.signal(withFcs(frameTo(STATION)))
    const end = on.clock.now + 57_600
    on.run(1000)
    on.transmit(frame)
    on.run(56_600 + 6_500)
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(1_000_000)
    expect(on.partner.sent[0].at).toBe(end + 9_600)
    expect(on.partner.sent.length).toBeGreaterThan(1)
    // The other station's second frame is spoilt for this one too.
    expect(on.eth(1, 0x19)).toBe(1)
    expect(on.chip.counters.dropped).toEqual({ 'receive: collision': 1 })
    expect(on.status(60)[2] & 0x0f).toBe(1)
  })

  it('keeps that instant also when the carrier has gone before it', () => {
    const on = bench()
    on.partner.signal(withFcs(frameTo(STATION)))
    const end = on.clock.now + 57_600
    on.run(1000)
    on.transmit(frame)
    on.run(56_600 + 6_500)
    on.partner.signal(new Uint8Array(0), { bits: 10 })
    on.run(1_000_000)
    expect(on.partner.sent[0].at).toBe(end + 9_600)
    expect(on.partner.sent).toHaveLength(1)
  })

  it('honours MAIPGL: a longer gap after another station', () => {
    const on = bench()
    on.write(2, 0x06, 0x22)
    on.partner.signal(withFcs(frameTo(STATION)))
    const from = on.clock.now
    on.transmit(frame)
    on.run(300_000)
    expect(on.partner.sent[0].at - from).toBe(57_600 + 16_000)
  })

  it('waits without limit with DEFER, and gives up after 24,287 bit times without', () => {
    const on = bench()
    on.partner.signal(new Uint8Array(0), { bits: 100_000 })
    on.transmit(frame)
    on.run(5_000_000)
    expect(on.eth(0, ECON1) & 0x08).toBe(0x08)
    on.run(10_000_000)
    expect(on.partner.sent).toHaveLength(1)

    const short = bench()
    short.write(2, 0x03, 0x00)
    short.partner.signal(new Uint8Array(0), { bits: 100_000 })
    short.run(1000)
    short.transmit(frame)
    short.run(2_428_699)
    expect(short.eth(0, EIR) & 0x0a).toBe(0)
    short.run(1)
    expect(short.eth(0, EIR) & 0x0a).toBe(0x0a)
    expect(short.eth(0, ESTAT) & 0x12).toBe(0x02)
    expect(short.status(60)[3]).toBe(0x08)
    expect(short.chip.counters.dropped['transmit: excessive deferral']).toBe(1)
    short.run(20_000_000)
    expect(short.partner.sent).toHaveLength(0)
  })

  it('does not count backing off as deferral: carrier in the slots harms nothing', () => {
    for (let seed = 0; seed < 12; seed++) {
      const on = bench({ seed })
      on.write(2, 0x03, 0x00)
      let collisions = 0
      on.partner.handleStart = () => {
        if (++collisions <= 8) on.clock.after(10_000, () => on.partner.signal(new Uint8Array(0), { bits: 30 }))
      }
      const chatter = () => {
        if (on.chip.inspect().registers[0x1f] & 0x08) on.partner.signal(new Uint8Array(0), { bits: 20 })
        on.clock.after(150_000, chatter)
      }
      chatter()
      on.transmit(frame)
      on.run(400_000_000)
      // It may still collide late with the chatter; but it never waited too long.
      expect(on.eth(0, ECON1) & 0x08, `seed ${seed}`).toBe(0)
      expect(on.status(60)[3] & 0x08, `seed ${seed}`).toBe(0)
      expect(on.chip.counters.dropped['transmit: excessive deferral']).toBeUndefined()
    }
  })

  it('counts one deferral across carriers: busy again and again is still waiting', () => {
    const on = bench()
    on.write(2, 0x03, 0x00)
    on.transmit(frame)
    on.run(57_600)
    // Frames 5 us apart: the gap never ends.
    const busy = () => {
      on.partner.signal(new Uint8Array(64))
      on.clock.after(57_600 + 5_000, busy)
    }
    busy()
    on.transmit(frame)
    on.run(3_000_000)
    expect(on.status(60)[3] & 0x08).toBe(0x08)
  })
})

describe('collision (IEEE 802.3 4.2.3.2.4, 4.2.3.2.5)', () => {
  it('sends 32 bits of jam after at most 36 bit times, and tries again', () => {
    const on = bench()
    collideAfter(on, 20_000)
    on.transmit(frame)
    on.run(40_000)
    on.partner.handleStart = undefined
    on.run(2_000_000)
    const { signal } = on.partner.sent[0]
    expect(signal.bits).toBeGreaterThanOrEqual(200 + 32)
    expect(signal.bits).toBeLessThanOrEqual(200 + 36 + 32)
    expect(signal.intact).toBe(false)
    expect(signal.octets.length).toBe((signal.bits - 64) >> 3)
    expect([...on.partner.sent[1].signal.octets.subarray(0, 60)]).toEqual([...frame])
    const status = on.status(60)
    expect(status[2]).toBe(0xc1)
    // Both attempts, without preambles.
    expect(status[4] | (status[5] << 8)).toBe(64 + signal.octets.length)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
  })

  it('finishes preamble and delimiter before the jam: 96 bits at least', () => {
    const on = bench()
    collideAfter(on, 1_000)
    on.transmit(frame)
    on.run(11_000)
    expect(on.partner.sent[0].signal).toMatchObject({ bits: 96, intact: false })
    expect(on.partner.sent[0].signal.octets).toHaveLength(4)
  })

  it('takes about 50 bit times to jam on B1 and B4 (DS80349C, conformance note c)', () => {
    const on = bench({ revision: 'B4', errata: { slowJam: true } })
    collideAfter(on, 20_000)
    on.transmit(frame)
    on.run(40_000)
    expect(on.partner.sent[0].signal.bits).toBe(200 + 50 + 32)
  })

  it('waits a whole number of slots of 51.2 us after the jam, fewer than 2^n', () => {
    for (let seed = 0; seed < 20; seed++) {
      const on = bench({ seed })
      let collisions = 0
      on.partner.handleStart = () => {
        if (++collisions <= 3) on.clock.after(10_000, () => on.partner.signal(new Uint8Array(0), { bits: 30 }))
      }
      on.transmit(frame)
      on.run(5_000_000)
      const { sent } = on.partner
      expect(sent).toHaveLength(4)
      for (let n = 1; n <= 3; n++) {
        const wait = sent[n].at - sent[n - 1].endedAt
        // No wait at all still leaves the inter-frame gap.
        const slots = wait === 9_600 ? 0 : wait / 51_200
        expect(Number.isInteger(slots), `${wait}`).toBe(true)
        expect(slots).toBeLessThan(2 ** n)
      }
    }
  })

  it('draws r uniformly from 0 to 2^min(n, 10) - 1', () => {
    const random = new SeededRandom(7)
    for (const [n, limit] of [
      [1, 2],
      [3, 8],
      [10, 1024],
      [15, 1024],
    ]) {
      const drawn = Array.from({ length: 20_000 }, () => backoffSlots(random, n))
      expect(Math.max(...drawn)).toBe(limit - 1)
      expect(Math.min(...drawn)).toBe(0)
      const mean = drawn.reduce((sum, each) => sum + each, 0) / drawn.length
      expect(Math.abs(mean / ((limit - 1) / 2) - 1)).toBeLessThan(0.05)
    }
  })

  it('gives up after RETMAX retransmissions: 16 attempts, TXERIF, TXABRT, bit 28, count 15', () => {
    const on = bench()
    collideAfter(on, 10_000, 8)
    on.transmit(frame)
    on.run(500_000_000)
    expect(on.partner.sent).toHaveLength(16)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x0a)
    expect(on.eth(0, ESTAT) & 0x12).toBe(0x02)
    const status = on.status(60)
    expect(status[2] & 0x8f).toBe(0x0f)
    expect(status[3] & 0x30).toBe(0x10)
    expect(on.chip.counters.dropped['transmit: excessive collisions']).toBe(1)
  })

  it('honours RETMAX', () => {
    const on = bench()
    on.write(2, 0x08, 0x02)
    collideAfter(on, 10_000, 8)
    on.transmit(frame)
    on.run(50_000_000)
    expect(on.partner.sent).toHaveLength(3)
  })

  it('tries again at once with NOBKOFF', () => {
    const on = bench()
    on.write(2, 0x03, 0x50)
    on.partner.handleStart = () => {
      on.clock.after(10_000, () => on.partner.signal(new Uint8Array(0), { bits: 30 }))
    }
    on.transmit(frame)
    on.run(10_000_000)
    const { sent } = on.partner
    expect(sent).toHaveLength(16)
    for (let n = 1; n < 16; n++) expect(sent[n].at - sent[n - 1].endedAt).toBe(9_600)
  })

  it('is late beyond COLWIN: no retry, TXERIF, TXABRT, LATECOL, bit 29', () => {
    // 37h octets and 8 of preamble: 504 bit times.
    for (const [delay, late] of [
      [50_400, false],
      [50_600, true],
    ] as const) {
      const on = bench()
      on.partner.handleStart = () => {
        on.partner.handleStart = undefined
        on.clock.after(delay, () => on.partner.signal(new Uint8Array(64)))
      }
      on.transmit(frameTo(OTHER, 500))
      on.run(5_000_000)
      expect(on.eth(0, ESTAT) & 0x12, `${delay}`).toBe(late ? 0x12 : 0)
      expect(on.eth(0, EIR) & 0x0a).toBe(late ? 0x0a : 0x08)
      expect(on.status(500)[3] & 0x20).toBe(late ? 0x20 : 0)
      expect(on.partner.sent).toHaveLength(late ? 1 : 2)
      expect(on.chip.counters.dropped['transmit: late collision'] ?? 0).toBe(late ? 1 : 0)
    }
  })

  it('keeps LATECOL until BFC, through TXRST', () => {
    const on = bench()
    collideAfter(on, 60_000)
    on.transmit(frameTo(OTHER, 500))
    on.run(5_000_000)
    on.set(ECON1, 0x80)
    on.clear(ECON1, 0x80)
    expect(on.eth(0, ESTAT) & 0x12).toBe(0x12)
    on.clear(ESTAT, 0x12)
    expect(on.eth(0, ESTAT) & 0x12).toBe(0)
  })

  it('honours COLWIN', () => {
    const on = bench()
    on.write(2, 0x09, 0x3f)
    on.partner.handleStart = () => {
      on.partner.handleStart = undefined
      on.clock.after(56_000, () => on.partner.signal(new Uint8Array(64)))
    }
    on.transmit(frameTo(OTHER, 500))
    on.run(5_000_000)
    expect(on.eth(0, ESTAT) & 0x12).toBe(0)
  })

  it('does not lengthen a frame by more than its jam when it collides in its last bits', () => {
    const on = bench()
    on.partner.handleStart = () => {
      on.partner.handleStart = undefined
      on.clock.after(57_500, () => on.partner.signal(new Uint8Array(64)))
    }
    on.write(2, 0x09, 0x3f)
    on.transmit(frame)
    on.run(60_000)
    on.run(200_000)
    expect(on.partner.sent[0].signal.bits).toBe(576 + 32)
  })

  it('is cut in mid-jam by TXRST', () => {
    const on = bench()
    collideAfter(on, 20_000)
    on.transmit(frame)
    on.run(22_000)
    on.set(ECON1, 0x80)
    expect(on.partner.sent[0].signal.bits).toBe(220)
    expect(on.phyRead(0x11) & 0x0800).toBe(0)
  })

  it('shows COLSTAT while it lasts', () => {
    const on = bench()
    collideAfter(on, 10_000)
    on.write(2, 0x14, 0x11)
    on.write(2, 0x12, 0x01)
    on.run(10_240)
    on.write(2, 0x12, 0x00)
    on.transmit(frameTo(OTHER, 500))
    on.run(2_000)
    on.write(2, 0x12, 0x01)
    on.run(10_240)
    expect(on.mac(2, 0x19) & 0x38).toBe(0x38)
  })

  it('loses the other station’s frame too, and says so', () => {
    const on = bench()
    on.partner.handleStart = () => {
      on.partner.handleStart = undefined
      on.clock.after(10_000, () => on.partner.signal(withFcs(frameTo(STATION))))
    }
    on.transmit(frame)
    on.run(5_000_000)
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped['receive: collision']).toBe(1)
  })

  it('is the same run, to the nanosecond, for the same seed', () => {
    const run = (seed: number) => {
      const on = bench({ seed, withErrata: true })
      collideAfter(on, 10_000, 8)
      on.transmit(frame)
      on.run(400_000_000)
      return on.partner.sent.map(({ at, endedAt }) => [at, endedAt])
    }
    expect(run(3)).toEqual(run(3))
    expect(run(3)).not.toEqual(run(4))
  })
})

describe('self-reception (DS39662 10.1, section 16.4)', () => {
  it('brings own broadcasts back while HDLDIS is 0, and own unicasts to others not', () => {
    const on = bench()
    on.phyWrite(0x10, 0x0000)
    on.transmit(frameTo([0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 60, 0x0806, STATION))
    on.run(100_000)
    expect(on.eth(1, 0x19)).toBe(1)
    expect([...on.memoryRead(6 + 6, 6)]).toEqual(STATION)
    on.transmit(frame)
    on.run(100_000)
    expect(on.eth(1, 0x19)).toBe(1)
  })

  it('is off with HDLDIS', () => {
    const on = bench()
    on.transmit(frameTo([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))
    on.run(100_000)
    expect(on.eth(1, 0x19)).toBe(0)
  })

  it('gives nothing of a frame that begins into another station’s', () => {
    const on = bench()
    on.phyWrite(0x10, 0x0000)
    on.partner.signal(withFcs(frameTo(OTHER)))
    on.run(1000)
    on.transmit(frameTo([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))
    on.run(56_600 + 6_500)
    on.partner.signal(withFcs(frameTo(OTHER)))
    on.run(10_000)
    expect(on.chip.counters.dropped['receive: self-reception lost']).toBe(1)
  })

  it('gives nothing of a frame that meets another because the PHY went to full duplex under it', () => {
    const on = bench()
    on.phyWrite(0x10, 0x0000)
    on.transmit(frameTo([0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 500))
    on.phyWrite(0x00, 0x0100)
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(1_000_000)
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped).toEqual({ 'receive: collision': 2 })
  })

  it('gives nothing of a frame that collided', () => {
    const on = bench()
    on.phyWrite(0x10, 0x0000)
    collideAfter(on, 10_000, 8)
    on.write(2, 0x08, 0x00)
    on.transmit(frameTo([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))
    on.run(1_000_000)
    expect(on.eth(1, 0x19)).toBe(0)
  })
})

describe('duplex mismatch (section 12.3)', () => {
  it('chip half, partner full: late collisions and fragments, the partner’s frames lost to the chip', () => {
    const on = bench()
    // A full-duplex partner sends whenever it likes.
    const talk = () => {
      on.partner.signal(withFcs(frameTo(STATION, 600)))
      on.clock.after(1_000_000 / 2 + 67_200, talk)
    }
    on.clock.after(100_000, talk)
    let late = 0
    for (let i = 0; i < 40; i++) {
      on.transmit(frameTo(OTHER, 1000))
      on.run(2_000_000)
      if (on.eth(0, ESTAT) & 0x10) late++
      on.clear(ESTAT, 0x12)
    }
    expect(late).toBeGreaterThan(5)
    expect(on.chip.counters.dropped['receive: collision']).toBeGreaterThan(5)
    expect(on.partner.sent.some(({ signal }) => !signal.intact)).toBe(true)
  })

  it('chip full, partner half: the chip never sees a collision, and drops the partner’s fragments', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.transmit(frameTo(OTHER, 1000))
    // The partner sees the collision and stops: a fragment arrives.
    on.clock.after(100_000, () => on.partner.signal(new Uint8Array(30)))
    on.run(2_000_000)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    expect(on.eth(0, ESTAT) & 0x12).toBe(0)
    expect(on.partner.sent[0].signal.intact).toBe(true)
    expect(on.chip.counters.dropped).toEqual({ 'receive: filter': 1 })
  })

  it('full and full: both at once, nothing lost', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.transmit(frameTo(OTHER, 1000))
    on.run(10_000)
    on.partner.send(frameTo(STATION, 1000))
    on.run(1_000_000)
    expect(on.eth(1, 0x19)).toBe(1)
    expect(on.chip.counters).toEqual({ received: 1, sent: 1, dropped: {} })
  })

  it('MAC and PHY disagreeing is a finding, on RXEN and on TXRTS', () => {
    const on = new ChipBench()
    on.bringUp('half')
    on.clear(ECON1, 0x04)
    on.write(2, 0x02, 0x33)
    on.set(ECON1, 0x04)
    on.transmit(frame)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['duplex-disagreement', 'duplex-disagreement'])
  })

  it('MAC half on a full-duplex PHY: nobody tells the MAC of collisions', () => {
    const on = bench()
    on.phyWrite(0x00, 0x0100)
    collideAfter(on, 10_000)
    on.transmit(frame)
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(1)
    expect(on.partner.sent[0].signal.intact).toBe(true)
  })
})
