import { describe, expect, it } from 'vitest'
import { type DataSheetBench, ECON1, ECON2, EIR, ESTAT, inHex, linked, MACON1, MACON3, OP } from './bench.js'
import { BROADCAST_STATION, damaged, frame, STRANGER } from './frames.js'

/** A receiver that takes all with a good FCS, half of 0000-0BFF below and all above it free. */
const open = (filter = 0x20) => linked({ filter })

/** Receives and frees frames of `lengths`, so that the next packet starts at a chosen place. */
function advance(bench: DataSheetBench, lengths: readonly number[]): void {
  for (const length of lengths) {
    bench.deliverFrame({ length })
    if (bench.receive() === undefined) throw new Error(`a frame of ${length} octets did not arrive`)
  }
}

describe('layout of a received packet (8.2, 23)', () => {
  it('64 octets at 0000h: 46 00 40 00 C0 00, then the frame with its FCS', () => {
    const bench = open()
    const sent = bench.deliverFrame({ length: 64 })
    expect(inHex(bench.memory(0x0000, 6))).toBe('46 00 40 00 c0 00')
    expect(bench.memory(0x0006, 64)).toEqual(sent)
    expect(bench.read16('ERXWRPT')).toBe(0x0046)
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('65 octets at 0000h: raw end 0047h, the next packet at 0048h; the count stays 65', () => {
    const bench = open()
    bench.deliverFrame({ length: 65 })
    expect(inHex(bench.memory(0x0000, 4))).toBe('48 00 41 00')
    expect(bench.read16('ERXWRPT')).toBe(0x0048)
  })

  it('every length from 18 to 1518 gives a count that is exact and a next pointer rounded up to even', () => {
    for (const length of [18, 19, 20, 63, 64, 65, 66, 127, 128, 1023, 1024, 1513, 1514, 1515, 1516, 1517, 1518]) {
      const bench = open()
      const sent = bench.deliverFrame({ length })
      const received = bench.receive()!
      expect(received.count).toBe(length)
      expect(received.octets).toEqual(sent)
      expect(received.next).toBe(6 + length + (length & 1))
    }
  })

  it('a header that ends at ERXND: P = 0BFAh, 60 octets start at 0000h, next 003Ch', () => {
    const bench = open()
    advance(bench, [1016, 1016, 1016])
    expect(bench.read16('ERXWRPT')).toBe(0x0bfa)
    const sent = bench.deliverFrame({ length: 60 })
    expect(inHex(bench.memory(0x0bfa, 4))).toBe('3c 00 3c 00')
    expect(bench.memory(0x0000, 60)).toEqual(sent)
    expect(bench.receive()!.octets).toEqual(sent)
  })

  it('data that wraps: P = 0BD0h, 64 octets, next 0016h', () => {
    const bench = open()
    advance(bench, [1002, 1002, 1002])
    expect(bench.read16('ERXWRPT')).toBe(0x0bd0)
    const sent = bench.deliverFrame({ length: 64 })
    expect(inHex(bench.memory(0x0bd0, 4))).toBe('16 00 40 00')
    expect(bench.receive()!.octets).toEqual(sent)
  })

  it('a header that itself wraps: P = 0BFEh', () => {
    const bench = open()
    advance(bench, [1018, 1018, 1016])
    expect(bench.read16('ERXWRPT')).toBe(0x0bfe)
    const sent = bench.deliverFrame({ length: 64 })
    expect(inHex(bench.memory(0x0bfe, 2))).toBe('44 00')
    expect(inHex(bench.memory(0x0000, 4))).toBe('40 00 c0 00')
    expect(bench.receive()!.octets).toEqual(sent)
  })

  it('a packet that ends at ERXND: the next pointer is ERXST, never ERXND + 1', () => {
    const bench = open()
    advance(bench, [1018, 1018])
    bench.deliverFrame({ length: 1018 })
    expect(bench.receive()!.next).toBe(0x0000)
    expect(bench.read16('ERXWRPT')).toBe(0x0000)
  })

  it('an odd packet whose pad octet is ERXND: the next pointer is ERXST', () => {
    const bench = open()
    advance(bench, [1018, 1018])
    bench.deliverFrame({ length: 1017 })
    expect(bench.receive()!.next).toBe(0x0000)
  })

  it('random access: octet 20 of a packet at 0BF0h lies at 000Ah (7, 23)', () => {
    const bench = open()
    advance(bench, [1014, 1012, 1012])
    expect(bench.read16('ERXWRPT')).toBe(0x0bf0)
    const sent = bench.deliverFrame({ length: 64 })
    expect(bench.memory(0x000a, 1)).toEqual([sent[20]])
  })

  it('a FIFO that does not begin at 0000h wraps to its own beginning', () => {
    const bench = linked({ filter: 0x20, fifo: [0x0400, 0x07ff] })
    const lengths = [500, 500, 64, 301, 18, 700]
    for (const length of lengths) {
      const sent = bench.deliverFrame({ length })
      expect(bench.receive()!.octets).toEqual(sent)
    }
    expect(bench.read16('ERXWRPT')).toBe(0x0400 + ((506 + 506 + 70 + 308 + 24 + 706) % 0x0400))
  })

  it('a FIFO across 1FFFh to 0000h takes packets over both ends (7)', () => {
    const bench = linked({ filter: 0x20, fifo: [0x1e00, 0x01ff] })
    for (const length of [450, 64, 400, 300, 64, 64]) {
      const sent = bench.deliverFrame({ length })
      expect(`${length}: ${inHex(bench.receive()?.octets ?? [])}`).toBe(`${length}: ${inHex(sent)}`)
    }
  })

  it('packets of a thousand lengths follow each other through the FIFO without a flaw', () => {
    const bench = open()
    let seed = 12345
    for (let i = 0; i < 1_000; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      const length = 18 + ((seed >>> 8) % 1501)
      const sent = bench.deliverFrame({ length })
      const received = bench.receive()!
      expect(received.count).toBe(length)
      expect(received.octets).toEqual(sent)
    }
    expect(bench.chip.counters.received).toBe(1_000)
  })
})

describe('accepting a frame (8.1, 8.4)', () => {
  it('RXBUSY is 1 from the first bit to the last, also for a frame that is then rejected', () => {
    for (const octets of [frame(), frame({ da: STRANGER }), damaged()]) {
      const bench = linked({ filter: 0xa1 })
      bench.wire.send(octets)
      bench.run(100)
      expect(bench.read('ESTAT') & ESTAT.RXBUSY).toBe(ESTAT.RXBUSY)
      bench.run(57_400)
      expect(bench.read('ESTAT') & ESTAT.RXBUSY).toBe(ESTAT.RXBUSY)
      bench.run(10_000)
      expect(bench.read('ESTAT') & ESTAT.RXBUSY).toBe(0)
    }
  })

  it('EPKTCNT, PKTIF and ERXWRPT move at the end of the frame, not before', () => {
    const bench = open()
    bench.wire.send(frame())
    bench.run(57_500)
    expect([bench.read('EPKTCNT'), bench.read('EIR') & EIR.PKTIF, bench.read16('ERXWRPT')]).toEqual([0, 0, 0])
    bench.run(1_000)
    expect([bench.read('EPKTCNT'), bench.read('EIR') & EIR.PKTIF, bench.read16('ERXWRPT')]).toEqual([
      1,
      EIR.PKTIF,
      0x46,
    ])
  })

  it.each([0, 1, 8, 14, 17])('%i octets are never accepted, even with every filter off', (length) => {
    const bench = linked({ filter: 0x00 })
    bench.deliver(Array.from({ length }, (_, i) => i))
    expect(bench.read('EPKTCNT')).toBe(0)
    expect(bench.read16('ERXWRPT')).toBe(0)
  })

  it.each([18, 40, 63])('a runt of %i octets with a good FCS is accepted if the filters pass', (length) => {
    const bench = open()
    const sent = bench.deliverFrame({ length })
    expect(bench.receive()!.octets).toEqual(sent)
  })

  it('a frame longer than MAMXFL leaves no trace', () => {
    const bench = open()
    bench.deliverFrame({ length: 1519 })
    expect(bench.read('EPKTCNT')).toBe(0)
    expect(bench.read16('ERXWRPT')).toBe(0)
    const sent = bench.deliverFrame({ length: 1518 })
    expect(bench.receive()).toMatchObject({ start: 0, octets: sent })
  })

  it('MAMXFL = 1500 loses frames of 1501 to 1518 octets (10, 20)', () => {
    const bench = linked({ filter: 0x20, maximum: 1500 })
    bench.deliverFrame({ length: 1501 })
    bench.deliverFrame({ length: 1518 })
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.deliverFrame({ length: 1500 })
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('HFRMEN takes frames of any size (4.7)', () => {
    const bench = linked({ filter: 0x20, macon3: 0x33 | MACON3.HFRMEN })
    const sent = bench.deliverFrame({ length: 2_500 })
    expect(bench.receive()!.octets).toEqual(sent)
  })

  it('with MARXEN 0 nothing is stored (8.1)', () => {
    const bench = linked({ filter: 0x00, macon1: 0x0c })
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.write('MACON1', 0x0c | MACON1.MARXEN)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('with RXEN 0 nothing is stored (8.1)', () => {
    const bench = linked({ filter: 0x00, receive: false })
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.set('ECON1', ECON1.RXEN)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('a frame that is on the wire when RXEN is set is ignored, the next one taken (8.1)', () => {
    const bench = linked({ filter: 0x00, receive: false })
    bench.wire.send(frame())
    bench.run(20_000)
    bench.set('ECON1', ECON1.RXEN)
    bench.run(60_000)
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('RXRST aborts a reception, clears RXEN and keeps ERXWRPT and EPKTCNT (4.1, 6, 24 item 10)', () => {
    const bench = open()
    bench.deliverFrame()
    bench.wire.send(frame())
    bench.run(20_000)
    bench.set('ECON1', ECON1.RXRST)
    bench.run(60_000)
    expect(bench.read('ECON1') & ECON1.RXEN).toBe(0)
    expect(bench.read('EPKTCNT')).toBe(1)
    expect(bench.read16('ERXWRPT')).toBe(0x46)
    expect(bench.read16('ERXND')).toBe(0x0bff)
    bench.clear('ECON1', ECON1.RXRST)
    bench.set('ECON1', ECON1.RXEN)
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(2)
  })

  it('writing ERXST loads the write pointer: the next packet starts there (7)', () => {
    const bench = open()
    bench.deliverFrame()
    bench.clear('ECON1', ECON1.RXEN)
    bench.write16('ERXST', 0x0200)
    bench.set('ECON1', ECON1.RXEN)
    bench.deliverFrame()
    expect(inHex(bench.memory(0x0200, 4))).toBe('46 02 40 00')
  })

  it('with the reset pointers the first packet starts at 05FAh (7)', () => {
    const bench = linked({ receive: false })
    bench.reset()
    bench.write('MACON1', MACON1.MARXEN)
    bench.write('ERXFCON', 0x00)
    bench.set('ECON1', ECON1.RXEN)
    bench.run(200_000_000)
    bench.deliver(frame())
    expect(inHex(bench.memory(0x05fa, 4))).toBe('40 06 40 00')
  })
})

describe('signals that overlap on the pair', () => {
  it('leave no good packet that was not sent, RXBUSY 0, and a receiver that goes on', () => {
    const bench = open(0x00)
    const sent = [frame({ length: 300 }), frame({ length: 100, da: BROADCAST_STATION })]
    bench.wire.send(sent[0])
    bench.run(50_000)
    bench.wire.send(sent[1])
    bench.run(500_000)
    expect(bench.read('ESTAT') & ESTAT.RXBUSY).toBe(0)
    for (let packet = bench.receive(); packet !== undefined; packet = bench.receive()) {
      if (packet.status & 0x80) expect(sent).toContainEqual(packet.octets)
    }
    const next = bench.deliverFrame({ length: 64 })
    expect(bench.receive()!.octets).toEqual(next)
  })
})

describe('releasing packets (8.5)', () => {
  it('PKTDEC counts down, not below 0, and PKTIF goes with the last (4.2, 8.5)', () => {
    const bench = open()
    bench.deliverFrame()
    bench.deliverFrame()
    bench.set('ECON2', ECON2.PKTDEC)
    expect([bench.read('EPKTCNT'), bench.read('EIR') & EIR.PKTIF]).toEqual([1, EIR.PKTIF])
    bench.set('ECON2', ECON2.PKTDEC)
    expect([bench.read('EPKTCNT'), bench.read('EIR') & EIR.PKTIF]).toEqual([0, 0])
    bench.set('ECON2', ECON2.PKTDEC)
    expect(bench.read('EPKTCNT')).toBe(0)
    expect(bench.read('ECON2')).toBe(0x80)
  })

  it('PKTDEC by WCR counts down as well', () => {
    const bench = open()
    bench.deliverFrame()
    bench.write('ECON2', 0xc0)
    expect(bench.read('EPKTCNT')).toBe(0)
    expect(bench.read('ECON2')).toBe(0x80)
  })

  it('PKTIF cannot be cleared by BFC: it follows EPKTCNT (4.4)', () => {
    const bench = open()
    bench.deliverFrame()
    bench.clear('EIR', 0xff)
    expect(bench.read('EIR') & EIR.PKTIF).toBe(EIR.PKTIF)
  })

  it('ERXRDPT frees memory and EPKTCNT counts: each without the other', () => {
    const bench = open()
    bench.deliverFrame()
    bench.write16('ERXRDPT', 0x0045)
    expect(bench.read('EPKTCNT')).toBe(1)
    bench.set('ECON2', ECON2.PKTDEC)
    expect(bench.read16('ERXRDPT')).toBe(0x0045)
  })
})

describe('at full load (8.6)', () => {
  it('takes 64-octet frames every 67.2 µs while the host keeps up', () => {
    const bench = open()
    const start = bench.now
    for (let i = 0; i < 500; i++) {
      bench.wire.send(frame({ length: 64 }))
      bench.run(67_200)
      expect(bench.receive()?.count).toBe(64)
    }
    expect(bench.now - start).toBe(500 * 67_200)
  })

  it('a FIFO of 0000h to 19FFh holds four frames of 1518 octets', () => {
    const bench = linked({ filter: 0x20, fifo: [0x0000, 0x19ff] })
    for (let i = 0; i < 4; i++) bench.deliverFrame({ length: 1518 })
    expect(bench.read('EPKTCNT')).toBe(4)
    expect(bench.read('EIR') & EIR.RXERIF).toBe(0)
    bench.deliverFrame({ length: 1518 })
    expect(bench.read('EPKTCNT')).toBe(4)
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
  })

  it('a frame may be read while the next one arrives', () => {
    const bench = open()
    const first = bench.deliverFrame({ length: 500 })
    bench.wire.send(frame({ length: 700 }))
    bench.run(100_000)
    expect(bench.receive()!.octets).toEqual(first)
    bench.run(700_000)
    expect(bench.receive()!.count).toBe(700)
  })
})

describe('broadcasts', () => {
  it('arrive with the reset filter A1h', () => {
    const bench = linked()
    const sent = bench.deliverFrame({ da: BROADCAST_STATION, type: 0x0806 })
    expect(bench.receive()!.octets).toEqual(sent)
    expect(bench.spi([OP.RCR | 0x1f], 1)[0] & ECON1.RXEN).toBe(ECON1.RXEN)
  })
})
