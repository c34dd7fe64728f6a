import { describe, expect, it } from 'vitest'
import { BROADCAST, ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'
import { internetChecksum } from './checksum.js'
import { hashFilterIndex } from './receive-filters.js'

const UCEN = 0x80
const ANDOR = 0x40
const CRCEN = 0x20
const PMEN = 0x10
const MPEN = 0x08
const HTEN = 0x04
const MCEN = 0x02
const BCEN = 0x01

const MULTICAST = [0x01, 0x00, 0x5e, 0x00, 0x00, 0x01]

/** Does a chip with this ERXFCON take the frame? */
function takes(rxfcon: number, raw: Uint8Array, prepare?: (on: ChipBench) => void): boolean {
  const on = new ChipBench()
  on.bringUp('half', rxfcon)
  prepare?.(on)
  on.partner.sendRaw(raw)
  return on.eth(1, 0x19) === 1
}

function spoilt(frame: Uint8Array): Uint8Array {
  const raw = withFcs(frame)
  raw[40] ^= 1
  return raw
}

describe('which frames go on (DS39662 8.0, section 9.1)', () => {
  const good = {
    own: withFcs(frameTo(STATION)),
    other: withFcs(frameTo(OTHER)),
    multicast: withFcs(frameTo(MULTICAST)),
    broadcast: withFcs(frameTo(BROADCAST)),
  }

  it.each([
    // ERXFCON, own, other, multicast, broadcast
    [0x00, true, true, true, true],
    [CRCEN, true, true, true, true],
    [0xa1, true, false, false, true],
    [UCEN | CRCEN, true, false, false, false],
    [BCEN | CRCEN, false, false, false, true],
    [MCEN | CRCEN, false, false, true, true],
    [UCEN | MCEN | BCEN, true, false, true, true],
    [ANDOR, true, true, true, true],
    [ANDOR | UCEN, true, false, false, false],
    [ANDOR | UCEN | BCEN, false, false, false, false],
    [ANDOR | MCEN | BCEN, false, false, false, true],
    [ANDOR | MCEN, false, false, true, true],
  ])('ERXFCON %i', (rxfcon, own, other, multicast, broadcast) => {
    expect(takes(rxfcon, good.own)).toBe(own)
    expect(takes(rxfcon, good.other)).toBe(other)
    expect(takes(rxfcon, good.multicast)).toBe(multicast)
    expect(takes(rxfcon, good.broadcast)).toBe(broadcast)
  })

  it('asks for a good FCS in addition to everything else when CRCEN is set, and not otherwise', () => {
    const bad = spoilt(frameTo(STATION))
    expect(takes(UCEN | CRCEN, bad)).toBe(false)
    expect(takes(CRCEN, bad)).toBe(false)
    expect(takes(ANDOR | UCEN | CRCEN, bad)).toBe(false)
    expect(takes(UCEN, bad)).toBe(true)
    expect(takes(0x00, bad)).toBe(true)
  })

  it('counts what it turned away under its reason', () => {
    const on = new ChipBench()
    on.bringUp()
    on.partner.sendRaw(good.other)
    on.partner.sendRaw(spoilt(frameTo(STATION)))
    expect(on.chip.counters.dropped).toEqual({ 'receive: filter': 1, 'receive: FCS': 1 })
  })

  it('compares all six octets of the address, in the order of MAADR1 to MAADR6', () => {
    for (let i = 0; i < 6; i++) {
      const address = [...STATION]
      address[i] ^= 0x02
      expect(takes(UCEN | CRCEN, withFcs(frameTo(address))), `octet ${i}`).toBe(false)
    }
  })
})

describe('hash table (DS39662 8.5, vectors of 9.3)', () => {
  const vectors: [string, number][] = [
    ['01:00:5E:00:00:01', 63],
    ['01:00:5E:00:00:FB', 62],
    ['01:00:5E:7F:FF:FA', 28],
    ['33:33:00:00:00:01', 51],
    ['01:80:C2:00:00:00', 15],
    ['01:80:C2:00:00:01', 29],
    ['FF:FF:FF:FF:FF:FF', 62],
    ['00:04:A3:00:00:01', 14],
  ]
  it.each(vectors)('%s is entry %i', (text, index) => {
    const address = text.split(':').map((octet) => Number.parseInt(octet, 16))
    expect(hashFilterIndex(Uint8Array.from(address))).toBe(index)
    const enter = (on: ChipBench) => on.write(1, index >> 3, 1 << (index & 7))
    expect(takes(HTEN | CRCEN, withFcs(frameTo(address)), enter)).toBe(true)
    expect(takes(HTEN | CRCEN, withFcs(frameTo(address)))).toBe(false)
    expect(takes(ANDOR | HTEN | CRCEN, withFcs(frameTo(address)), enter)).toBe(true)
  })
})

describe('pattern match (DS39662 8.2, vectors of 9.4)', () => {
  it('sums up to the data sheet’s values', () => {
    const sum = (octets: number[]) => internetChecksum(Uint8Array.from(octets), 0, octets.length)
    expect(sum([0x89, 0xab, 0xcd])).toBe(0xa953)
    expect(sum([0x00, 0x04, 0xa3, 0xff, 0xff, 0xff])).toBe(0x5bfc)
    expect(sum([0x88, 0xaa, 0x09, 0x0a, 0x0b, 0x0c, 0x0d])).toBe(0x563f)
    expect(sum([...BROADCAST, 0x08, 0x06])).toBe(0xf7f9)
  })

  const pattern = (offset: number, mask: number, checksum: number) => (on: ChipBench) => {
    on.write16(1, 0x14, offset)
    on.write16(1, 0x08, mask)
    on.write16(1, 0x10, checksum)
  }

  it('takes the data sheet’s figure: offset 6, mask 1F0Ah, 563Fh', () => {
    const frame = new Uint8Array(70)
    frame.set([0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0x00, 0x5a, 9, 10, 11, 12, 13])
    expect(takes(PMEN | CRCEN, withFcs(frame), pattern(6, 0x1f0a, 0x563f))).toBe(true)
    frame[14] = 8
    expect(takes(PMEN | CRCEN, withFcs(frame), pattern(6, 0x1f0a, 0x563f))).toBe(false)
  })

  it('takes EtherCard’s broadcast ARP pattern: mask 303Fh, F7F9h', () => {
    const arp = pattern(0, 0x303f, 0xf7f9)
    expect(takes(PMEN | CRCEN, withFcs(frameTo(BROADCAST, 60, 0x0806)), arp)).toBe(true)
    expect(takes(PMEN | CRCEN, withFcs(frameTo(BROADCAST, 60, 0x0800)), arp)).toBe(false)
    expect(takes(0xb1, withFcs(frameTo(OTHER, 60, 0x0806)), arp)).toBe(false)
    expect(takes(ANDOR | PMEN | BCEN | CRCEN, withFcs(frameTo(BROADCAST, 60, 0x0806)), arp)).toBe(true)
    expect(takes(ANDOR | PMEN | UCEN | CRCEN, withFcs(frameTo(BROADCAST, 60, 0x0806)), arp)).toBe(false)
  })

  it('matches a source address at offset 0 and at offset 6, where the window must fit: 70 octets with FCS', () => {
    const source = [0x00, 0x04, 0xa3, 0xff, 0xff, 0xff]
    const frame = (length: number) => withFcs(frameTo(OTHER, length, 0x0800, source))
    const atZero = (on: ChipBench) => {
      on.write(1, 0x08, 0xc0)
      on.write(1, 0x09, 0x0f)
      on.write16(1, 0x10, 0x5bfc)
    }
    expect(takes(PMEN | CRCEN, frame(60), atZero)).toBe(true)
    const atSix = pattern(6, 0x003f, 0x5bfc)
    expect(takes(PMEN | CRCEN, frame(65), atSix)).toBe(false)
    expect(takes(PMEN | CRCEN, frame(66), atSix)).toBe(true)
  })

  it('finds nothing in a window beyond the frame, even with no bit of the mask set', () => {
    expect(takes(PMEN | CRCEN, withFcs(frameTo(OTHER, 59)), pattern(0, 0, 0xffff))).toBe(false)
    expect(takes(PMEN | CRCEN, withFcs(frameTo(OTHER, 60)), pattern(0, 0, 0xffff))).toBe(true)
  })
})

describe('magic packet (DS39662 8.3)', () => {
  const magic = (at: number, copies = 16, destination = STATION) => {
    const frame = frameTo(destination, 200)
    frame.fill(0x11, 14)
    frame.fill(0xff, at, at + 6)
    for (let i = 0; i < copies; i++) frame.set(STATION, at + 6 + 6 * i)
    return withFcs(frame)
  }

  it('is found anywhere in the data of a frame to this station, with sixteen addresses', () => {
    expect(takes(MPEN | CRCEN, magic(14))).toBe(true)
    expect(takes(MPEN | CRCEN, magic(37))).toBe(true)
    expect(takes(MPEN | CRCEN, magic(98))).toBe(true)
    expect(takes(MPEN | CRCEN, magic(40, 15))).toBe(false)
    expect(takes(MPEN | CRCEN, magic(40, 16, BROADCAST))).toBe(false)
    expect(takes(MPEN | CRCEN, withFcs(frameTo(STATION)))).toBe(false)
  })

  it('obeys AND logic', () => {
    expect(takes(ANDOR | MPEN | UCEN | CRCEN, magic(40))).toBe(true)
    expect(takes(ANDOR | MPEN | UCEN | CRCEN, withFcs(frameTo(STATION)))).toBe(false)
  })
})
