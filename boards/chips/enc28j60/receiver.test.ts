import { describe, expect, it } from 'vitest'
import { BROADCAST, ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'

function bench(duplex: 'half' | 'full' = 'half', rxfcon = 0xa1): ChipBench {
  const on = new ChipBench()
  on.bringUp(duplex, rxfcon)
  return on
}

const count = (on: ChipBench) => on.eth(1, 0x19)
const header = (on: ChipBench, at: number) => [...on.memoryRead(at, 6)]
/** Moves the buffer's write pointer to `at`: ERXST there, then back to 0000h is not possible, so packets fill it up. */
function release(on: ChipBench, pointer: number): void {
  on.write16(0, 0x0c, pointer)
}

/** Receives and releases until the next packet begins at `at`; 66-octet and 64-octet frames take 72 and 70 octets. */
function moveTo(on: ChipBench, at: number): void {
  for (;;) {
    const now = on.eth16(0, 0x0e)
    if (now === at) return
    const room = at - now
    // A packet of n octets takes 6 + n, at least 18 of them; the last two share what is left.
    const take = room > 1024 ? 1000 : room > 200 ? room - 100 : room
    on.partner.send(frameTo(STATION, take - 10))
    on.set(0x1e, 0x40)
    release(on, on.eth16(0, 0x0e) - 1)
  }
}

describe('layout in memory (DS39662 7.2.2, vectors of section 23)', () => {
  it('a 65-octet frame at 0000h: raw end 0047h, next packet 0048h', () => {
    const on = bench()
    on.partner.send(frameTo(STATION, 61))
    expect(header(on, 0).slice(0, 4)).toEqual([0x48, 0x00, 0x41, 0x00])
    expect(on.eth16(0, 0x0e)).toBe(0x0048)
  })

  it('a broadcast ARP frame shows C0h 02h: bit 25, not bit 24', () => {
    const on = bench()
    on.partner.send(frameTo(BROADCAST, 60, 0x0806))
    expect(header(on, 0).slice(4)).toEqual([0xc0, 0x02])
  })

  it('keeps the FCS with the packet, in wire order: 23 60 15 11 for the check frame of 21.6', () => {
    const on = bench()
    const frame = new Uint8Array(60)
    frame.set([...BROADCAST, 0x00, 0x04, 0xa3, 0x00, 0x00, 0x01, 0x08, 0x06])
    on.partner.send(frame)
    expect([...on.memoryRead(6 + 60, 4)]).toEqual([0x23, 0x60, 0x15, 0x11])
  })

  it('wraps data after a header that ends at ERXND: packet at 0BFAh, 60 octets, next 003Ch', () => {
    const on = bench()
    moveTo(on, 0x0bfa)
    on.partner.send(frameTo(STATION, 56))
    expect(header(on, 0x0bfa).slice(0, 4)).toEqual([0x3c, 0x00, 0x3c, 0x00])
    expect(on.memoryRead(0, 56)).toEqual(frameTo(STATION, 56))
    expect(on.eth16(0, 0x0e)).toBe(0x003c)
  })

  it('packet at 0BD0h, 64 octets: next 0016h', () => {
    const on = bench()
    moveTo(on, 0x0bd0)
    on.partner.send(frameTo(STATION, 60))
    expect(header(on, 0x0bd0).slice(0, 4)).toEqual([0x16, 0x00, 0x40, 0x00])
    on.write16(0, 0x00, 0x0bd6)
    expect(on.frame([0x3a], 60)).toEqual(frameTo(STATION, 60))
  })

  it('never writes ERXND + 1 as the next pointer: it is ERXST', () => {
    const on = bench()
    moveTo(on, 0x0c00 - 70)
    on.partner.send(frameTo(STATION, 60))
    expect(header(on, 0x0c00 - 70).slice(0, 2)).toEqual([0x00, 0x00])
  })

  it('leaves the octet that pads a packet to an even address as it was', () => {
    const on = bench()
    on.memoryWrite(6 + 65, [0x5a])
    on.partner.send(frameTo(STATION, 61))
    expect(on.memoryRead(6 + 65, 1)[0]).toBe(0x5a)
  })

  it('does not round the count up to even', () => {
    const on = bench()
    on.partner.send(frameTo(STATION, 97))
    expect(header(on, 0)[2]).toBe(101)
  })

  it('takes a buffer that spans 1FFFh to 0000h', () => {
    const on = bench()
    on.clear(0x1f, 0x04)
    on.write16(0, 0x08, 0x1fc0)
    on.write16(0, 0x0a, 0x00ff)
    on.write16(0, 0x0c, 0x00ff)
    on.set(0x1f, 0x04)
    on.partner.send(frameTo(STATION))
    expect(header(on, 0x1fc0).slice(0, 4)).toEqual([0x06, 0x00, 0x40, 0x00])
    expect(on.eth16(0, 0x0e)).toBe(0x0006)
    expect(on.memoryRead(0x1fc6, 58)).toEqual(frameTo(STATION).slice(0, 58))
  })

  it('aligns even when ERXST is odd', () => {
    const on = bench()
    on.clear(0x1f, 0x04)
    on.write16(0, 0x08, 0x0101)
    on.set(0x1f, 0x04)
    on.partner.send(frameTo(STATION))
    expect(on.eth16(0, 0x0e)).toBe(0x0148)
  })
})

describe('receive status vector (DS39662 table 7-3)', () => {
  const status = (on: ChipBench) => header(on, 0).slice(4)

  it('marks multicast, control frames, VLAN and unknown opcodes', () => {
    const cases: [Uint8Array, number[]][] = [
      [frameTo([0x01, 0x00, 0x5e, 0, 0, 1]), [0xc0, 0x01]],
      [frameTo(STATION, 60, 0x8100), [0xc0, 0x40]],
    ]
    for (const [frame, expected] of cases) {
      const on = bench('half', 0x20)
      on.partner.send(frame)
      expect(status(on)).toEqual(expected)
    }
    const control = frameTo(STATION, 60, 0x8808)
    control.set([0x00, 0x02], 14)
    const on = bench('half', 0x20)
    on.write(2, 0x00, 0x03)
    on.partner.send(control)
    expect(status(on)).toEqual([0xc0, 0x28])
  })

  it('marks a pause frame: bits 27 and 28, multicast', () => {
    const on = bench('half', 0x20)
    on.write(2, 0x00, 0x03)
    const pause = frameTo([0x01, 0x80, 0xc2, 0, 0, 1], 60, 0x8808)
    pause.set([0x00, 0x01, 0x00, 0x10], 14)
    on.partner.send(pause)
    expect(status(on)).toEqual([0xc0, 0x19])
  })

  it('marks a pause opcode to another address as control, and no more', () => {
    const on = bench('half', 0x20)
    on.write(2, 0x00, 0x03)
    const other = frameTo(OTHER, 60, 0x8808)
    other.set([0x00, 0x01], 14)
    on.partner.send(other)
    expect(status(on)).toEqual([0xc0, 0x08])
  })

  it('checks a length field against the data, padding allowed', () => {
    const cases: [number, number, number][] = [
      [46, 60, 0x80],
      [10, 60, 0x80],
      [100, 114, 0x80],
      [100, 60, 0xa0],
      [60, 114, 0xa0],
      [1500, 60, 0xa0],
      [1501, 60, 0xc0],
      [0x0600, 60, 0xc0],
    ]
    for (const [type, length, expected] of cases) {
      const on = bench()
      on.partner.send(frameTo(STATION, length, type))
      expect(status(on)[0], `type ${type}, ${length} octets`).toBe(expected)
    }
  })

  it('checks no length without FRMLNEN (section 26, 10)', () => {
    const on = bench()
    on.write(2, 0x02, 0x30)
    on.partner.send(frameTo(STATION, 60, 100))
    expect(status(on)[0]).toBe(0x80)
  })

  it('marks dribble bits, and a bad FCS where it is let through', () => {
    const on = bench('half', 0x00)
    on.partner.sendRaw(withFcs(frameTo(STATION)), { dribbleBits: 3 })
    expect(status(on)).toEqual([0xc0, 0x04])
    const bad = withFcs(frameTo(STATION))
    bad[30] ^= 0x10
    on.partner.sendRaw(bad)
    expect(header(on, 0x46).slice(4)).toEqual([0x50, 0x00])
  })

  it('reports a dropped packet and stray carrier, once', () => {
    const on = bench()
    on.partner.sendRaw(new Uint8Array(0), { bits: 40 })
    on.partner.send(frameTo(STATION))
    expect(status(on)[0]).toBe(0xc4)
    release(on, 0x0049)
    on.partner.send(frameTo(STATION))
    release(on, 0x0045)
    on.partner.send(frameTo(STATION))
    expect(header(on, 0x46)[4]).toBe(0xc1)
  })

  it('reports a signal longer than 50,000 bit times', () => {
    const on = bench('half', 0x20)
    on.write(2, 0x02, 0x36)
    on.partner.sendRaw(withFcs(frameTo(STATION)), { bits: 50_001 })
    expect(status(on)[0]).toBe(0xc1)
  })
})

describe('what is not accepted (DS39662 7.2, section 8.4)', () => {
  it('frames under 18 octets never, runts of 18 to 63 if they pass', () => {
    const on = bench('half', 0x00)
    on.partner.sendRaw(frameTo(STATION, 17))
    expect(count(on)).toBe(0)
    on.partner.sendRaw(frameTo(STATION, 18))
    expect(count(on)).toBe(1)
    expect(on.chip.counters.dropped).toEqual({ 'receive: fragment': 1 })
  })

  it('frames beyond MAMXFL, unless HFRMEN', () => {
    const on = bench()
    on.partner.send(frameTo(STATION, 1515))
    expect(count(on)).toBe(0)
    on.partner.send(frameTo(STATION, 1514))
    expect(count(on)).toBe(1)
    on.write(2, 0x02, 0x36)
    on.partner.send(frameTo(STATION, 1515))
    expect(count(on)).toBe(2)
    expect(on.chip.counters.dropped).toEqual({ 'receive: too long': 1 })
  })

  it('with MAMXFL = 1500, as two Arduino libraries have it, frames of 1501 to 1518', () => {
    const on = bench()
    on.write16(2, 0x0a, 0x05dc)
    on.partner.send(frameTo(STATION, 1497))
    expect(count(on)).toBe(0)
    on.partner.send(frameTo(STATION, 1496))
    expect(count(on)).toBe(1)
  })

  it('anything without RXEN or MARXEN; a frame on the wire when RXEN comes is not taken', () => {
    const on = bench()
    on.clear(0x1f, 0x04)
    on.partner.send(frameTo(STATION))
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(10_000)
    on.set(0x1f, 0x04)
    on.run(100_000)
    expect(count(on)).toBe(0)
    on.write(2, 0x00, 0x00)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(0)
    on.write(2, 0x00, 0x01)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(1)
    expect(on.chip.counters.dropped).toEqual({ 'receive: disabled': 3 })
  })

  it('lets a frame that is coming in be finished when RXEN falls (16.3: wait for RXBUSY = 0)', () => {
    const on = bench()
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(10_000)
    expect(on.eth(0, 0x1d) & 0x04).toBe(0x04)
    on.clear(0x1f, 0x04)
    on.run(100_000)
    expect(on.eth(0, 0x1d) & 0x04).toBe(0)
    expect(count(on)).toBe(1)
  })

  it('RXRST cuts a reception and clears RXEN; pointers and EPKTCNT stay (section 24, 10)', () => {
    const on = bench()
    on.partner.send(frameTo(STATION))
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(10_000)
    on.set(0x1f, 0x40)
    expect(on.eth(0, 0x1f) & 0x04).toBe(0)
    expect(on.eth(0, 0x1d) & 0x04).toBe(0)
    on.run(100_000)
    expect(count(on)).toBe(1)
    expect(on.eth16(0, 0x0e)).toBe(0x0046)
    on.set(0x1f, 0x04)
    expect(on.eth(0, 0x1f) & 0x04).toBe(0)
    on.clear(0x1f, 0x40)
    on.set(0x1f, 0x04)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(2)
    expect(on.chip.counters.dropped).toEqual({ 'receive: reset': 1 })
  })

  it('sets RXBUSY for every frame, also one that is rejected', () => {
    const on = bench()
    on.partner.signal(withFcs(frameTo(OTHER)))
    expect(on.eth(0, 0x1d) & 0x04).toBe(0x04)
    on.run(57_600)
    expect(on.eth(0, 0x1d) & 0x04).toBe(0)
    expect(count(on)).toBe(0)
    expect(on.eth16(0, 0x0e)).toBe(0)
  })
})

describe('a full buffer (DS39662 7.2.3, section 8.4)', () => {
  it('is empty when ERXRDPT equals the write pointer at the start: EtherCard’s 0000h (section 8.4)', () => {
    const on = bench()
    release(on, 0x0000)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(1)
  })

  it('takes a packet that leaves ERXRDPT untouched, and none that would reach it', () => {
    for (const [length, accepted] of [
      [60, 1],
      [61, 0],
    ]) {
      const on = bench()
      // WR 0000h < RD: RD - WR - 1 octets are free; 6 + 64 are needed.
      release(on, 0x0047)
      on.partner.send(frameTo(STATION, length))
      expect(count(on), `${length} octets`).toBe(accepted)
    }
  })

  it('computes free space as in the vectors: 3000 and 2047 octets', () => {
    const first = bench('half', 0x20)
    first.write(2, 0x02, 0x36)
    first.partner.send(frameTo(STATION))
    // WR 0046h, RD 0BFFh: 3000. 6 + 2994 fits, 2 more do not.
    first.partner.send(frameTo(STATION, 2992))
    expect(count(first)).toBe(1)
    first.partner.send(frameTo(STATION, 2990))
    expect(count(first)).toBe(2)
    const second = bench('half', 0x20)
    second.write(2, 0x02, 0x36)
    moveTo(second, 0x0800)
    release(second, 0x0400)
    // 2047: 6 + 2041 with its pad octet does not fit, 6 + 2040 does.
    second.partner.send(frameTo(STATION, 2037))
    expect(count(second)).toBe(0)
    second.partner.send(frameTo(STATION, 2036))
    expect(count(second)).toBe(1)
  })

  it('raises RXERIF and BUFER when the octet arrives that has no room, not later', () => {
    const on = bench()
    // 0020h - 1 octets free: 6 of header, 25 of data; the 26th octet is one too many.
    release(on, 0x0020)
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run((8 + 26) * 800 - 1)
    expect(on.eth(0, 0x1c) & 0x01).toBe(0)
    on.run(1)
    expect(on.eth(0, 0x1c) & 0x01).toBe(0x01)
    expect(on.eth(0, 0x1d) & 0x40).toBe(0x40)
    on.run(100_000)
    expect(count(on)).toBe(0)
    expect(on.eth16(0, 0x0e)).toBe(0)
    expect(on.chip.counters.dropped).toEqual({ 'receive: buffer full': 1 })
  })

  it('is not full when the host frees room in time', () => {
    const on = bench()
    release(on, 0x0020)
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(20_000)
    release(on, 0x0bff)
    on.run(100_000)
    expect(count(on)).toBe(1)
    expect(on.eth(0, 0x1c) & 0x01).toBe(0)
  })

  it('is full at the end when the host takes room back', () => {
    const on = bench()
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(20_000)
    release(on, 0x0021)
    on.run(100_000)
    expect(count(on)).toBe(0)
    expect(on.eth(0, 0x1c) & 0x01).toBe(0x01)
  })

  it('goes on receiving by itself once there is room (section 24, 13)', () => {
    const on = bench()
    release(on, 0x0021)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(0)
    on.clear(0x1c, 0x01)
    release(on, 0x0bff)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(1)
  })

  it('stands still while ERXRDPT lies outside it', () => {
    const on = bench()
    release(on, 0x1fff)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(0)
    expect(on.chip.findings.map(({ id }) => id)).toContain('read-pointer-outside-fifo')
    release(on, 0x0bff)
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(1)
  })
})

describe('EPKTCNT and PKTIF (DS39662 7.2.4, 12.1.6)', () => {
  it('counts up, down by PKTDEC which reads back 0, and not below 0', () => {
    const on = bench()
    on.partner.send(frameTo(STATION))
    on.partner.send(frameTo(STATION))
    expect(count(on)).toBe(2)
    on.set(0x1e, 0x40)
    expect(on.eth(0, 0x1e)).toBe(0x80)
    expect(on.eth(0, 0x1c) & 0x40).toBe(0x40)
    on.set(0x1e, 0x40)
    expect(on.eth(0, 0x1c) & 0x40).toBe(0)
    on.set(0x1e, 0x40)
    expect(count(on)).toBe(0)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['packet-count-below-zero'])
  })

  it('stops at 255 with RXERIF', () => {
    const on = bench('half', 0x00)
    on.clear(0x1f, 0x04)
    on.write16(0, 0x0a, 0x1fff)
    on.write16(0, 0x0c, 0x1fff)
    on.set(0x1f, 0x04)
    for (let i = 0; i < 255; i++) on.partner.sendRaw(frameTo(STATION, 18))
    expect(count(on)).toBe(255)
    expect(on.eth(0, 0x1c) & 0x01).toBe(0)
    on.partner.sendRaw(frameTo(STATION, 18))
    expect(count(on)).toBe(255)
    expect(on.eth(0, 0x1c) & 0x01).toBe(0x01)
    expect(on.chip.counters.dropped).toEqual({ 'receive: packet count 255': 1 })
  })

  it('does not let PKTIF be cleared by the host', () => {
    const on = bench()
    on.partner.send(frameTo(STATION))
    on.clear(0x1c, 0x40)
    expect(on.eth(0, 0x1c) & 0x40).toBe(0x40)
    on.write(0, 0x1c, 0x00)
    expect(on.eth(0, 0x1c) & 0x40).toBe(0x40)
  })
})

describe('proprietary header (DS39662 register 6-2, PHDREN)', () => {
  it('leaves four octets out of the FCS in both directions', () => {
    const on = bench('half', 0x20)
    on.write(2, 0x02, 0x3a)
    const plain = withFcs(frameTo(STATION))
    on.partner.sendRaw(Uint8Array.from([9, 9, 9, 9, ...plain]))
    expect(count(on)).toBe(1)
    on.partner.sendRaw(plain)
    expect(count(on)).toBe(1)
    on.transmit([1, 2, 3, 4, ...frameTo(OTHER)])
    on.run(100_000)
    const { signal } = on.partner.sent[0]
    expect([...signal.octets.subarray(4)]).toEqual([...withFcs(frameTo(OTHER))])
    expect(signal.intact).toBe(false)
  })
})
