/** Bugs of drivers in the field that only a faithful model shows (sections 19 and 20). */
import { describe, expect, it } from 'vitest'
import { type DataSheetBench, ECON1, ECON2, EIE, EIR, ESTAT, erratum, linked, MS, OP, PHCON2, US } from './bench.js'
import { BROADCAST_STATION, body, CHIP, checkedFrame, frame, PEER } from './frames.js'
import { status } from './status-vector.js'

const to = (length: number) => body({ da: PEER, sa: CHIP, length })

/** Takes frames out as a driver does, with its own idea of ERXRDPT. Returns how many frames arrived out of `count`. */
function receiveMany(
  bench: DataSheetBench,
  count: number,
  readPointer: (next: number) => number,
  length = 250,
): number {
  let at = 0
  let received = 0
  for (let i = 0; i < count; i++) {
    bench.deliverFrame({ length })
    if (bench.read('EPKTCNT') === 0) continue
    bench.write16('ERDPT', at)
    const header = bench.spi([OP.RBM], 6)
    at = header[0] | (header[1] << 8)
    bench.write16('ERXRDPT', readPointer(at))
    bench.set('ECON2', ECON2.PKTDEC)
    received++
  }
  return received
}

describe('ERXRDPT written as -1 when the next pointer is 0: a freeze after hours', () => {
  // 256 octets a packet, 12 to a turn of 3072: the twelfth next pointer is 0
  it('reads back 1FFFh and nothing more is received', () => {
    const bench = linked({ filter: 0x20 })
    expect(receiveMany(bench, 100, (next) => next - 1)).toBe(12)
    expect(bench.read16('ERXRDPT')).toBe(0x1fff)
    expect(bench.read('EPKTCNT')).toBe(0)
    expect(bench.read('EIR') & EIR.RXERIF).toBe(EIR.RXERIF)
  })

  it('the right value, ERXND, receives for ever', () => {
    expect(receiveMany(linked({ filter: 0x20 }), 100, (next) => (next === 0 ? 0x0bff : next - 1))).toBe(100)
  })

  it('with lengths that never end a turn exactly it takes long to show', () => {
    expect(receiveMany(linked({ filter: 0x20 }), 50, (next) => next - 1, 251)).toBe(50)
  })
})

describe('TXRTS stuck after a late collision', () => {
  function stuck(): DataSheetBench {
    for (let seed = 1; seed < 60; seed++) {
      const bench = linked({ duplex: 'half' }, { errata: { [erratum(12)]: true, [erratum(13)]: true }, seed })
      bench.wire.onStart = () => {
        bench.wire.onStart = undefined
        bench.scheduler.after(100 * US, () => bench.wire.send([], { bits: 96 }))
      }
      bench.request(to(400))
      bench.run(10 * MS)
      bench.clear('ECON1', ECON1.TXRTS)
      bench.request(to(64))
      bench.run(400 * MS)
      if ((bench.read('ECON1') & ECON1.TXRTS) !== 0) return bench
    }
    throw new Error('none of 59 seeds got stuck')
  }

  it('a driver that polls TXRTS or TXIF without a limit waits for ever; ESTAT shows TXABRT', () => {
    const bench = stuck()
    bench.run(10_000 * MS)
    expect(bench.read('ECON1') & ECON1.TXRTS).toBe(ECON1.TXRTS)
    expect(bench.read('EIR') & (EIR.TXIF | EIR.TXERIF)).toBe(0)
    expect(bench.read('ESTAT') & ESTAT.TXABRT).toBe(ESTAT.TXABRT)
  })

  it('reception goes on: "only RX works"', () => {
    const bench = stuck()
    bench.deliverFrame()
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('TXRST, clearing TXERIF and sending again recovers', () => {
    const bench = stuck()
    bench.set('ECON1', ECON1.TXRST)
    bench.clear('ECON1', ECON1.TXRST)
    bench.clear('EIR', EIR.TXERIF | EIR.TXIF)
    bench.wire.heard.length = 0
    bench.transmit(to(64))
    expect(bench.wire.frames).toEqual([checkedFrame(to(64))])
  })
})

describe('TXABRT and LATECOL never cleared', () => {
  it('every later frame, good on the wire, looks failed until BFC clears them', () => {
    const bench = linked({ duplex: 'half' })
    bench.wire.onStart = () => {
      bench.wire.onStart = undefined
      bench.scheduler.after(100 * US, () => bench.wire.send([], { bits: 96 }))
    }
    bench.transmit(to(400))
    for (let i = 0; i < 3; i++) {
      bench.set('ECON1', ECON1.TXRST) // the driver of Zephyr PR 72097 pulsed it before each frame
      bench.clear('ECON1', ECON1.TXRST)
      expect(status(bench.transmit(to(64)))).toMatchObject({ done: true, lateCollision: false })
      expect(bench.read('EIR') & EIR.TXERIF).toBe(0)
      expect(bench.read('ESTAT') & (ESTAT.TXABRT | ESTAT.LATECOL)).toBe(ESTAT.TXABRT | ESTAT.LATECOL)
    }
    bench.clear('ESTAT', ESTAT.TXABRT | ESTAT.LATECOL)
    bench.transmit(to(64))
    expect(bench.read('ESTAT') & (ESTAT.TXABRT | ESTAT.LATECOL)).toBe(0)
  })
})

describe('PKTIF trusted instead of EPKTCNT', () => {
  it('on silicon a driver that looks at PKTIF alone leaves packets behind; one that reads EPKTCNT does not', () => {
    const left = (trusting: boolean) => {
      const bench = linked({ filter: 0x20 }, { errata: { [erratum(6)]: true } })
      for (let i = 0; i < 60; i++) {
        bench.deliverFrame()
        const waiting = trusting ? (bench.read('EIR') & EIR.PKTIF) !== 0 : bench.read('EPKTCNT') > 0
        if (waiting) bench.receive()
      }
      return bench.read('EPKTCNT')
    }
    expect(left(true)).toBeGreaterThan(0)
    expect(left(false)).toBe(0)
  })
})

describe('a stale TXIF', () => {
  it('ends the wait for the next frame at once, and the TXRST of the one after cuts it', () => {
    const bench = linked()
    bench.transmit(to(64))
    expect(bench.read('EIR') & EIR.TXIF).toBe(EIR.TXIF)
    bench.wire.heard.length = 0
    bench.fill(0x0c00, [0x00, ...to(1500)])
    bench.write16('ETXND', 0x0c00 + 1496)
    bench.set('ECON1', ECON1.TXRTS) // without clearing TXIF
    expect(bench.read('EIR') & EIR.TXIF).toBe(EIR.TXIF)
    bench.run(50 * US)
    bench.set('ECON1', ECON1.TXRST)
    bench.clear('ECON1', ECON1.TXRST)
    bench.run(2 * MS)
    expect(bench.wire.heard).toHaveLength(1)
    expect(bench.wire.heard[0].octets.length).toBeLessThan(100)
  })
})

describe('an even ERXRDPT', () => {
  it('in the end gives a next pointer or a status that cannot be', () => {
    const bench = linked({ filter: 0x20 }, { errata: { [erratum(14)]: true } })
    let at = 0
    let impossible = false
    for (let i = 0; i < 2_000 && !impossible; i++) {
      bench.deliverFrame({ length: 64 })
      bench.write16('ERDPT', at)
      const header = bench.spi([OP.RBM], 6)
      const next = header[0] | (header[1] << 8)
      const count = header[2] | (header[3] << 8)
      const wanted = (at + 70) % 0x0c00
      impossible = next !== wanted || count !== 64 || (header[4] & 0x80) === 0
      at = wanted
      bench.write16('ERXRDPT', at)
      bench.set('ECON2', ECON2.PKTDEC)
    }
    expect(impossible).toBe(true)
    expect(bench.chip.findings.some(({ id }) => id === 'even-read-pointer')).toBe(true)
  })
})

describe('pause frames left on', () => {
  it('EFLOCON 02h floods the link for as long as it stands, and a partner that obeys never sends', () => {
    const bench = linked()
    bench.write('EFLOCON', 0x02)
    bench.run(10_000 * MS)
    const pauses = bench.wire.frames.filter((octets) => octets[12] === 0x88 && octets[13] === 0x08)
    expect(pauses.length).toBeGreaterThanOrEqual(95)
    for (const octets of pauses) expect(octets.slice(14, 18)).toEqual([0x00, 0x01, 0x10, 0x00])
  })
})

describe('own broadcasts received because HDLDIS is 0', () => {
  it('an ARP request comes back with the own source address', () => {
    const bench = linked({ duplex: 'half', phcon2: 0x0000 })
    bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP, type: 0x0806, payload: new Array<number>(28).fill(1) }))
    bench.run(20 * US)
    const received = bench.receive()!
    expect(received.octets.slice(6, 12)).toEqual(CHIP)
    expect(received.count).toBe(64)
  })

  it('0001h instead of 0100h, as an older Zephyr wrote it, does not help', () => {
    const bench = linked({ duplex: 'half', phcon2: 0x0001 })
    bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
    bench.run(20 * US)
    expect(bench.read('EPKTCNT')).toBe(1)
  })

  it('HDLDIS keeps them away', () => {
    const bench = linked({ duplex: 'half', phcon2: PHCON2.HDLDIS })
    bench.transmit(body({ da: BROADCAST_STATION, sa: CHIP }))
    bench.run(20 * US)
    expect(bench.read('EPKTCNT')).toBe(0)
  })
})

describe('MAC registers read without the dummy octet', () => {
  it('every one of them seems to hold the dummy: the value comes one octet later', () => {
    const bench = linked()
    bench.bank(3)
    for (const [address, value] of [
      [0x04, 0x00],
      [0x05, 0x04],
      [0x02, 0xa3],
      [0x01, 0x01],
    ]) {
      expect(bench.spi([OP.RCR | address], 1)).toEqual([0x00])
      expect(bench.spi([OP.RCR | address], 2)).toEqual([0x00, value])
    }
    expect(bench.chip.findings.filter(({ id }) => id === 'missing-dummy-octet')).toHaveLength(4)
  })
})

describe('other failures of section 20', () => {
  it('interrupt never again: an edge-triggered host that does not toggle INTIE', () => {
    const bench = linked()
    let edges = 0
    bench.write('EIE', EIE.INTIE | EIE.PKTIE)
    bench.chip.onInterrupt((high) => {
      if (!high) edges++
    })
    bench.deliverFrame()
    bench.deliverFrame()
    bench.set('ECON2', ECON2.PKTDEC) // the handler takes one of two and returns
    for (let i = 0; i < 5; i++) bench.deliverFrame()
    expect(edges).toBe(1)
    expect(bench.chip.interruptHigh).toBe(false)
    expect(bench.read('ESTAT') & ESTAT.INT).toBe(ESTAT.INT)
  })

  it('a reset by brown-out: MAADR 0, ERXFCON A1h, RXEN 0, EIE 00h', () => {
    const bench = linked()
    bench.write('EIE', 0xff)
    bench.chip.powerOff()
    bench.run(5 * MS)
    bench.chip.powerOn()
    bench.run(MS)
    expect([bench.read('MAADR1'), bench.read('MAADR2'), bench.read('MAADR3')]).toEqual([0, 0, 0])
    expect([bench.read('ERXFCON'), bench.read('ECON1') & ECON1.RXEN, bench.read('EIE')]).toEqual([0xa1, 0x00, 0x00])
  })

  it('reset has no effect: PWRSV is set, ECON2 is not 80h after SRC', () => {
    const bench = linked({}, { errata: 'silicon', revision: 'B7' })
    bench.set('ECON2', ECON2.PWRSV)
    bench.spi([OP.SRC])
    bench.run(MS)
    expect(bench.read('ECON2')).not.toBe(0x80)
  })

  it('the status vector overwrites what lies behind the frame: a driver must keep seven octets free', () => {
    const bench = linked()
    bench.fill(0x0c00 + 61, new Array<number>(7).fill(0xee))
    bench.transmit(to(64))
    expect(bench.memory(0x0c00 + 61, 7)).not.toContain(0xee)
  })

  it('frames over 1500 octets are missing: MAMXFL 1500', () => {
    const bench = linked({ filter: 0x20, maximum: 1500 })
    bench.deliver(frame({ length: 1514 }))
    expect(bench.read('EPKTCNT')).toBe(0)
    bench.transmit(to(1514))
    expect(bench.read('EIR') & EIR.TXERIF).toBe(EIR.TXERIF)
  })

  it('ERXFCON 20h against 00h: the difference is the FCS error rate', () => {
    const bench = linked({ filter: 0x20 })
    const bad = frame()
    bad[30] ^= 0x04
    const stream = [frame(), bad, frame(), bad, frame()]
    for (const octets of stream) bench.deliver(octets)
    const good = bench.read('EPKTCNT')
    bench.write('ERXFCON', 0x00)
    for (const octets of stream) bench.deliver(octets)
    expect([good, bench.read('EPKTCNT') - good]).toEqual([3, 5])
  })
})
