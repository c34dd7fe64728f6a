import { describe, expect, it } from 'vitest'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { fcsGood, withFcs } from '../../ethernet/fcs.js'

const EFLOCON = 0x17
const QUANTUM = 51_200
const frame = frameTo(OTHER)

function full(): ChipBench {
  const on = new ChipBench()
  on.bringUp('full')
  return on
}

function pause(quanta: number, destination = [0x01, 0x80, 0xc2, 0x00, 0x00, 0x01], opcode = 1): Uint8Array {
  const octets = frameTo(destination, 60, 0x8808)
  octets.fill(0, 14)
  octets.set([0x00, opcode, quanta >> 8, quanta & 0xff], 14)
  return octets
}

describe('pause frames sent (DS39662 9.2, section 12.4)', () => {
  it('01: one frame with EPAUS, 64 octets, and FCEN goes back to 00', () => {
    const on = full()
    on.write16(3, 0x18, 0x1234)
    on.write(3, EFLOCON, 0x01)
    on.run(1_000_000_000)
    expect(on.partner.sent).toHaveLength(1)
    const { octets } = on.partner.sent[0].signal
    const zeros = new Array<number>(42).fill(0)
    expect([...octets.subarray(0, 60)]).toEqual([
      0x01,
      0x80,
      0xc2,
      0,
      0,
      1,
      ...STATION,
      0x88,
      0x08,
      0x00,
      0x01,
      0x12,
      0x34,
      ...zeros,
    ])
    expect(octets).toHaveLength(64)
    expect(fcsGood(octets)).toBe(true)
    expect(on.eth(3, EFLOCON)).toBe(0x04)
  })

  it('has 1000h in EPAUS after reset: 209.7 ms, and repeats every 104.9 ms with 10', () => {
    const on = full()
    on.write(3, EFLOCON, 0x02)
    on.run(500_000_000)
    const { sent } = on.partner
    expect(sent).toHaveLength(5)
    expect(sent[1].at - sent[0].endedAt).toBe((0x1000 / 2) * QUANTUM)
    expect(on.eth(3, EFLOCON)).toBe(0x06)
    on.write(3, EFLOCON, 0x00)
    on.run(500_000_000)
    expect(on.partner.sent).toHaveLength(5)
  })

  it('11: one frame with zero, then off', () => {
    const on = full()
    on.write(3, EFLOCON, 0x02)
    on.run(1_000_000)
    on.write(3, EFLOCON, 0x03)
    on.run(500_000_000)
    expect(on.partner.sent).toHaveLength(2)
    expect([...on.partner.sent[1].signal.octets.subarray(14, 18)]).toEqual([0, 1, 0, 0])
    expect(on.eth(3, EFLOCON)).toBe(0x04)
  })

  it('goes between two frames of the host, and writes no status vector', () => {
    const on = full()
    on.transmit(frameTo(OTHER, 1000))
    on.run(10_000)
    on.write(3, EFLOCON, 0x01)
    on.run(2_000_000)
    expect(on.partner.sent).toHaveLength(2)
    expect(on.partner.sent[1].at - on.partner.sent[0].endedAt).toBe(9_600)
    expect(on.chip.counters.sent).toBe(1)
  })

  it('leaves a frame of the host whole that is cancelled while the pause frame goes out', () => {
    const on = full()
    on.write(3, EFLOCON, 0x01)
    on.run(1000)
    on.transmit(frame)
    on.clear(0x1f, 0x08)
    on.run(200_000)
    expect(on.partner.sent).toHaveLength(1)
    expect(on.partner.sent[0].signal.intact).toBe(true)
    expect(on.eth(0, 0x1c) & 0x0a).toBe(0x08)
    expect(on.eth(3, EFLOCON) & 0x03).toBe(0)
  })

  it('leaves a frame of the host that already waited its status vector when it is cancelled then', () => {
    const on = full()
    on.partner.send(pause(10))
    on.memoryWrite(0x0c3d, [9, 9, 9, 9, 9, 9, 9])
    on.transmit(frame)
    on.run(1000)
    on.write(3, EFLOCON, 0x01)
    on.run(1000)
    on.clear(0x1f, 0x08)
    on.run(2_000_000)
    expect(on.partner.sent).toHaveLength(1)
    expect(on.partner.sent[0].signal.intact).toBe(true)
    expect([...on.status(60)]).toEqual([0x40, 0, 0x40, 0, 0, 0, 0])
  })

  it('gives up a pause frame that collides because the host went to half duplex under it', () => {
    const on = full()
    on.write(3, EFLOCON, 0x01)
    on.run(10_000)
    on.write(2, 0x02, 0x32)
    on.phyWrite(0x00, 0x0000)
    on.partner.signal(new Uint8Array(64))
    on.run(1_000_000)
    expect(on.partner.sent[0].signal.intact).toBe(false)
    expect(on.eth(0, 0x1c) & 0x0a).toBe(0)
  })

  it('needs TXPAUS: none without, and the first when it is set', () => {
    const on = full()
    on.write(2, 0x00, 0x01)
    on.write(3, EFLOCON, 0x02)
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(0)
    expect(on.chip.findings.map(({ id }) => id)).toContain('pause-without-txpaus')
    on.write(2, 0x00, 0x0d)
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(1)
  })

  it('shows FULDPX in FULDPXS', () => {
    const on = new ChipBench({ partner: false })
    on.write(2, 0x02, 0x01)
    expect(on.eth(3, EFLOCON)).toBe(0x04)
    on.write(2, 0x02, 0x00)
    expect(on.eth(3, EFLOCON)).toBe(0x00)
  })
})

describe('pause frames obeyed (IEEE 802.3 31B.3)', () => {
  it('hold TXRTS until the time is over; reception goes on', () => {
    const on = full()
    on.partner.send(pause(100))
    const from = on.clock.now
    on.transmit(frame)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(1)
    on.run(10_000_000)
    expect(on.partner.sent[0].at).toBe(from + 100 * QUANTUM)
  })

  it('ends when a pause of zero comes, or RXPAUS is cleared', () => {
    for (const release of [
      (on: ChipBench) => on.partner.send(pause(0)),
      (on: ChipBench) => {
        on.run(57_600)
        on.write(2, 0x00, 0x09)
      },
    ]) {
      const on = full()
      on.partner.send(pause(0xffff))
      on.transmit(frame)
      on.run(1_000_000)
      expect(on.partner.sent).toHaveLength(0)
      release(on)
      on.run(100_000)
      expect(on.partner.sent).toHaveLength(1)
    }
  })

  it('are ignored without RXPAUS, in half duplex, with another opcode or another address', () => {
    const prepared: ((on: ChipBench) => void)[] = [
      (on) => {
        on.write(2, 0x00, 0x09)
        on.partner.send(pause(100))
      },
      (on) => {
        on.write(2, 0x02, 0x32)
        on.phyWrite(0x00, 0)
        on.partner.send(pause(100))
      },
      (on) => on.partner.send(pause(100, undefined, 2)),
      (on) => on.partner.send(pause(100, OTHER)),
      (on) => {
        const bad = withFcs(pause(100))
        bad[30] ^= 1
        on.partner.sendRaw(bad)
      },
    ]
    for (const prepare of prepared) {
      const on = full()
      prepare(on)
      on.transmit(frame)
      on.run(1_000_000)
      expect(on.partner.sent).toHaveLength(1)
    }
  })

  it('may be addressed to the station itself', () => {
    const on = full()
    on.partner.send(pause(100, STATION))
    on.transmit(frame)
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(0)
  })

  it('are consumed with PASSALL = 0, and go to the buffer with PASSALL = 1', () => {
    const on = full()
    on.write(1, 0x18, 0x20)
    on.partner.send(pause(1))
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped).toEqual({ 'receive: control frame': 1 })
    on.write(2, 0x00, 0x0f)
    on.partner.send(pause(1))
    expect(on.eth(1, 0x19)).toBe(1)
  })
})

describe('back-pressure in half duplex (DS39662 9.1)', () => {
  function half(): ChipBench {
    const on = new ChipBench()
    on.bringUp('half')
    return on
  }

  it('is preamble without end while FCEN0 is 1', () => {
    const on = half()
    on.write(3, EFLOCON, 0x01)
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(0)
    on.write(3, EFLOCON, 0x00)
    expect(on.partner.sent[0].signal).toMatchObject({ bits: 10_000, intact: false })
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(1)
    expect(on.eth(3, EFLOCON)).toBe(0x00)
  })

  it('gives way to a frame of the host after MABBIPG, and comes back; the vector says so', () => {
    const on = half()
    on.write(3, EFLOCON, 0x01)
    on.run(100_000)
    on.transmit(frame)
    on.run(200_000)
    const { sent } = on.partner
    expect(sent).toHaveLength(2)
    expect(sent[1].at - sent[0].endedAt).toBe(9_600)
    expect(sent[1].signal.intact).toBe(true)
    expect(on.status(60)[6] & 0x04).toBe(0x04)
    on.write(3, EFLOCON, 0x00)
    expect(on.partner.sent).toHaveLength(3)
  })

  it('with BPEN tries again at once after a collision it caused', () => {
    const on = half()
    on.write(2, 0x03, 0x60)
    on.write(3, EFLOCON, 0x01)
    on.run(100_000)
    let collisions = 0
    on.partner.handleStart = () => {
      if (collisions++ < 8) on.clock.after(10_000, () => on.partner.signal(new Uint8Array(0), { bits: 30 }))
    }
    on.transmit(frame)
    on.run(2_000_000)
    const { sent } = on.partner
    for (let n = 2; n < 10; n++) expect(sent[n].at - sent[n - 1].endedAt).toBe(9_600)
  })

  it('trips the jabber function after 150 ms (section 24, 35); it is back 500 ms after it fell silent', () => {
    const on = half()
    on.write(3, EFLOCON, 0x01)
    on.run(160_000_000)
    expect(on.partner.sent[0].signal.bits).toBe(1_500_000)
    expect(on.chip.counters.dropped).toEqual({ 'transmit: jabber': 1 })
    expect(on.phyRead(0x01) & 0x0002).toBe(0x0002)
    expect(on.phyRead(0x01) & 0x0002).toBe(0x0002)
    on.write(3, EFLOCON, 0x00)
    on.transmit(frame)
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(1)
    on.run(500_000_000)
    on.transmit(frame)
    on.run(1_000_000)
    expect(on.partner.sent).toHaveLength(2)
    on.phyRead(0x01)
    expect(on.phyRead(0x01) & 0x0002).toBe(0)
  })

  it('does not trip it with PHCON2.JABBER', () => {
    const on = half()
    on.phyWrite(0x10, 0x0500)
    on.write(3, EFLOCON, 0x01)
    on.run(300_000_000)
    expect(on.partner.sent).toHaveLength(0)
    // Switched on again in mid-flight, it strikes at once.
    on.phyWrite(0x10, 0x0100)
    on.run(1)
    expect(on.partner.sent).toHaveLength(1)
    on.phyWrite(0x10, 0x0500)
    expect(on.phyRead(0x01) & 0x0002).toBe(0x0002)
  })

  it('meets no jabber on a pair it never reached', () => {
    const on = half()
    on.partner.pulsing = false
    on.run(200_000_000)
    on.write(3, EFLOCON, 0x01)
    on.run(200_000_000)
    expect(on.chip.counters.dropped).toEqual({ 'transmit: no link': 1 })
    expect(on.phyRead(0x01) & 0x0002).toBe(0x0002)
  })

  it('takes no link pulse for a collision, even with erratum 13', () => {
    const on = new ChipBench({ errata: { pulseAsCollision: true } })
    on.bringUp('half')
    on.write(3, EFLOCON, 0x01)
    for (let i = 0; i < 50; i++) on.chip.port.receiver?.linkPulse(false)
    on.run(1000)
    on.write(3, EFLOCON, 0x00)
    expect(on.partner.sent).toHaveLength(1)
  })

  it('is cut by a reset', () => {
    const on = half()
    on.write(3, EFLOCON, 0x01)
    on.run(100_000)
    on.frame([0xff])
    expect(on.partner.sent).toHaveLength(1)
    on.run(100_000)
    expect(on.partner.sent).toHaveLength(1)
  })
})
