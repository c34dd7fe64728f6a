/**
 * What other models of this chip get wrong, and what drivers in the field got wrong that only a faithful model shows: one
 * test for each line.
 */
import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { BROADCAST, ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'

function bench(duplex: 'half' | 'full' = 'half'): ChipBench {
  const on = new ChipBench()
  on.bringUp(duplex)
  return on
}

describe('what is wrong in Renode’s model', () => {
  it('soft reset does something', () => {
    const on = bench()
    on.frame([0xff])
    expect([on.eth(0, 0x1f), on.eth16(0, 0x08), on.eth(1, 0x18), on.mac(2, 0x02)]).toEqual([0, 0x05fa, 0xa1, 0])
  })

  it('a buffer read wraps when the pointer equals ERXND, not whenever it is beyond', () => {
    const on = bench()
    on.memoryWrite(0x0c00, [1, 2, 3])
    expect([...on.memoryRead(0x0c00, 3)]).toEqual([1, 2, 3])
    on.memoryRead(0x0bff, 1)
    expect(on.eth16(0, 0x00)).toBe(0x0000)
  })

  it('there is a destination filter', () => {
    const on = bench()
    on.partner.send(frameTo(OTHER))
    expect(on.eth(1, 0x19)).toBe(0)
  })

  it('a 42-octet ARP leaves padded', () => {
    const on = bench()
    on.transmit(frameTo(BROADCAST, 42, 0x0806))
    on.run(MILLISECOND)
    expect(on.partner.sent[0].signal.octets).toHaveLength(64)
  })

  it('overflow raises RXERIF', () => {
    const on = bench()
    on.write16(0, 0x0c, 0x0011)
    on.partner.send(frameTo(STATION))
    expect(on.eth(0, 0x1c) & 0x01).toBe(1)
  })

  it('PKTIF does not depend on PKTIE', () => {
    const on = bench()
    on.partner.send(frameTo(STATION))
    expect(on.eth(0, 0x1b)).toBe(0)
    expect(on.eth(0, 0x1c) & 0x40).toBe(0x40)
  })

  it('PHSTAT1 and PHSTAT2 are there: a driver that waits for link starts', () => {
    const on = bench()
    expect(on.phyRead(0x11) & 0x0400).toBe(0x0400)
    on.phyRead(0x01)
    expect(on.phyRead(0x01)).toBe(0x1804)
  })

  it('there are status vectors', () => {
    const on = bench()
    on.transmit(frameTo(OTHER))
    on.run(MILLISECOND)
    expect(on.status(60)[2] & 0x80).toBe(0x80)
    on.partner.send(frameTo(STATION))
    expect(on.memoryRead(4, 1)[0] & 0x80).toBe(0x80)
  })

  it('there is a DMA', () => {
    const on = bench()
    on.memoryWrite(0x1000, [0x89, 0xab, 0xcd])
    on.write16(0, 0x10, 0x1000)
    on.write16(0, 0x12, 0x1002)
    on.set(0x1f, 0x30)
    on.run(120)
    expect(on.eth16(0, 0x16)).toBe(0xa953)
  })
})

describe('what is wrong in softgun’s model', () => {
  it('the transmit status vector begins at ETXND + 1', () => {
    const on = bench()
    on.memoryWrite(0x0c3c, [0, 0xee, 0xee])
    on.transmit(frameTo(OTHER))
    on.run(MILLISECOND)
    expect(on.memoryRead(0x0c3c, 1)[0]).toBe(frameTo(OTHER)[59])
    expect([...on.memoryRead(0x0c3d, 2)]).toEqual([0x40, 0x00])
  })

  it('the done bit is in the vector that is stored', () => {
    const on = bench()
    on.transmit(frameTo(OTHER))
    on.run(MILLISECOND)
    expect(on.memoryRead(0x0c3f, 1)[0]).toBe(0xc0)
  })

  it('INT obeys INTIE', () => {
    const on = bench()
    on.write(0, 0x1b, 0x40)
    on.partner.send(frameTo(STATION))
    expect(on.chip.interruptHigh).toBe(true)
    on.write(0, 0x1b, 0xc0)
    expect(on.chip.interruptHigh).toBe(false)
  })

  it('a received length is not rounded up to even', () => {
    const on = bench()
    on.partner.send(frameTo(STATION, 61))
    expect([...on.memoryRead(2, 2)]).toEqual([65, 0])
  })
})

describe('what others lack', () => {
  it('a finding when the driver breaks a rule (CHARLIE-v2’s idea)', () => {
    const on = bench()
    on.bank(2)
    on.set(0x02, 0x10)
    expect(on.chip.findings[0]).toMatchObject({
      id: 'bit-field-on-mac-register',
      at: on.clock.now,
      octets: Uint8Array.of(0x82, 0x10),
      source: 'DS39662 4.2.4, 4.2.5',
    })
  })

  it('BIST, errata, collisions and link changes (Proteus has none)', () => {
    const on = bench()
    on.write(3, 0x07, 0x07)
    on.run(MILLISECOND)
    expect(on.eth16(3, 0x08)).toBe(0xf807)
    on.write(3, 0x07, 0x00)
    on.partner.handleStart = () => {
      on.partner.handleStart = undefined
      on.clock.after(10_000, () => on.partner.signal(new Uint8Array(10)))
    }
    on.transmit(frameTo(OTHER))
    on.run(10 * MILLISECOND)
    expect(on.status(60)[2] & 0x0f).toBe(1)
    on.partner.pulsing = false
    on.run(200 * MILLISECOND)
    expect(on.chip.linkUp).toBe(false)
  })
})

describe('driver bugs seen in the field', () => {
  it('ERXRDPT written as -1 when the next pointer is 0: reception freezes after hours', () => {
    const on = bench()
    let next = 0
    let received = 0
    // The bug: next - 1 without a look at ERXST.
    for (let i = 0; i < 2000; i++) {
      on.partner.send(frameTo(STATION, 154))
      if (on.eth(1, 0x19) === 0) break
      const header = on.memoryRead(next, 6)
      next = header[0] | (header[1] << 8)
      on.write16(0, 0x0c, (next - 1) & 0xffff)
      on.set(0x1e, 0x40)
      received++
    }
    // 164 octets a packet: the pointer meets 0000h exactly once in 768 packets (lcm of 164 and 3072).
    expect(received).toBe(768)
    expect(on.eth16(0, 0x0c)).toBe(0x1fff)
    expect(on.eth(0, 0x1c) & 0x01).toBe(1)
    on.clear(0x1c, 0x01)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(0)
  })

  it('TXRTS stuck after a late collision: no flag ever comes, TXRST cures it', () => {
    let stuck = 0
    for (let seed = 0; seed < 8; seed++) {
      const on = new ChipBench({ withErrata: true, seed })
      on.bringUp()
      on.partner.handleStart = () => {
        on.partner.handleStart = undefined
        on.clock.after(100_000, () => on.partner.signal(new Uint8Array(64)))
      }
      on.transmit(frameTo(OTHER, 500))
      on.run(MILLISECOND)
      on.clear(0x1c, 0x0a)
      on.transmit(frameTo(OTHER))
      on.run(400 * MILLISECOND)
      if ((on.eth(0, 0x1f) & 0x08) === 0) continue
      stuck++
      expect(on.eth(0, 0x1c) & 0x0a).toBe(0)
      on.set(0x1f, 0x80)
      on.clear(0x1f, 0x80)
      on.clear(0x1c, 0x0a)
      on.transmit(frameTo(OTHER))
      on.run(MILLISECOND)
      expect(on.eth(0, 0x1c) & 0x08).toBe(0x08)
    }
    expect(stuck).toBeGreaterThan(0)
  })

  it('TXABRT and LATECOL never cleared: every later frame counts as failed', () => {
    const on = bench()
    on.partner.handleStart = () => {
      on.partner.handleStart = undefined
      on.clock.after(100_000, () => on.partner.signal(new Uint8Array(64)))
    }
    on.transmit(frameTo(OTHER, 500))
    on.run(MILLISECOND)
    for (let i = 0; i < 3; i++) {
      on.transmit(frameTo(OTHER))
      on.run(MILLISECOND)
      expect(on.status(60)[2] & 0x80).toBe(0x80)
      expect(on.eth(0, 0x1d) & 0x12).toBe(0x12)
    }
  })

  it('PKTIF trusted instead of EPKTCNT: a packet is left lying', () => {
    let missed = 0
    for (let seed = 0; seed < 40; seed++) {
      const on = new ChipBench({ withErrata: true, seed })
      on.bringUp()
      on.partner.send(frameTo(STATION))
      expect(on.eth(1, 0x19)).toBe(1)
      if ((on.eth(0, 0x1c) & 0x40) === 0) missed++
    }
    expect(missed).toBeGreaterThan(0)
  })

  it('the stale TXIF ends the wait at once, and the next TXRST cuts the frame', () => {
    const on = bench()
    const careless = (length: number) => {
      on.set(0x1f, 0x80)
      on.clear(0x1f, 0x80)
      on.transmit(frameTo(OTHER, length))
      for (let polls = 0; polls < 1000 && (on.eth(0, 0x1c) & 0x08) === 0; polls++) on.run(10_000)
    }
    careless(1000)
    on.run(100_000)
    careless(1000)
    on.run(100_000)
    careless(60)
    on.run(MILLISECOND)
    expect(on.partner.sent.map(({ signal }) => signal.intact)).toEqual([true, false, true])
  })

  it('even ERXRDPT', () => {
    const on = new ChipBench({ withErrata: true })
    on.bringUp()
    on.write16(0, 0x0c, 0x0046)
    expect(on.chip.findingCounts['even-read-pointer']).toBe(1)
    expect(on.eth16(0, 0x0c)).toBe(0x0046)
    on.write16(0, 0x0c, 0x0045)
    expect(on.chip.findingCounts['even-read-pointer']).toBe(1)
  })

  it('pause frames left on (RIOT wrote 06h to EFLOCON)', () => {
    const on = bench('full')
    on.write(3, 0x17, 0x06)
    on.run(1_000 * MILLISECOND)
    expect(on.partner.sent.length).toBeGreaterThan(8)
    expect(on.partner.sent.every(({ signal }) => signal.octets[12] === 0x88)).toBe(true)
  })

  it('own broadcasts received because HDLDIS is 0', () => {
    const on = bench()
    on.phyWrite(0x10, 0x0000)
    on.transmit(frameTo(BROADCAST, 42, 0x0806, STATION))
    on.run(MILLISECOND)
    expect(on.eth(1, 0x19)).toBe(1)
    expect([...on.memoryRead(12, 6)]).toEqual(STATION)
  })

  it('even MAC registers read without the dummy octet: the data comes one octet late', () => {
    const on = bench()
    on.bank(2)
    expect(on.frame([0x02], 1)[0]).toBe(0x00)
    expect(on.frame([0x02], 2)[1]).toBe(0x32)
    expect(on.chip.findingCounts['missing-dummy-octet']).toBe(1)
  })
})
