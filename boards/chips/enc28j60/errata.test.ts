import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { BROADCAST, ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'
import { ERRATA, type ErratumName, errataOf } from './errata.js'

const EIR = 0x1c
const ESTAT = 0x1d
const ECON1 = 0x1f

/** A chip of the data sheet with this one erratum. */
const only = (name: ErratumName, options = {}) => new ChipBench({ ...options, errata: { [name]: true } })

describe('which revision has what (DS80349C table 2)', () => {
  /** Item, then B1, B4, B5, B7, as the sheet has its crosses. */
  const sheet: Record<string, string> = {
    1: 'xx--',
    2: 'xxxx',
    4: 'xxxx',
    5: 'xxxx',
    6: 'xxxx',
    7: 'xxxx',
    9: 'xxxx',
    10: 'xxxx',
    11: 'xxxx',
    12: 'xxxx',
    13: '--xx',
    14: 'xxxx',
    15: 'xxxx',
    16: 'xxxx',
    17: 'xxxx',
    18: 'xxxx',
    19: 'xxxx',
    b: 'xx--',
    c: 'xx--',
  }
  const revisions = ['B1', 'B4', 'B5', 'B7'] as const

  it('is as in the sheet, and on by default there unless it hangs on the board', () => {
    const offByDefault: ErratumName[] = ['ledPolarity', 'deafAfterOverflow']
    for (const [i, revision] of revisions.entries()) {
      const errata = errataOf(revision)
      for (const name of Object.keys(ERRATA) as ErratumName[]) {
        const crosses = sheet[String(ERRATA[name].item)] ?? 'xxxx'
        expect(errata[name], `${name} on ${revision}`).toBe(crosses[i] === 'x' && !offByDefault.includes(name))
      }
    }
    for (const item of Object.keys(sheet))
      expect(Object.values(ERRATA).some((each) => `${each.item}` === item)).toBe(true)
  })

  it('lets a board or a test flip any of them', () => {
    expect(errataOf('B7', { slowSpiMac: true, pktifUnreliable: false })).toMatchObject({
      slowSpiMac: true,
      pktifUnreliable: false,
      transmitStall: true,
    })
    expect(new ChipBench({ withErrata: true, revision: 'B4', off: true }).chip.errata).toEqual(errataOf('B4'))
  })

  it('gives each its own chance: one erratum more does not change when another strikes', () => {
    const strikes = (errata: Partial<Record<ErratumName, boolean>>) => {
      const on = new ChipBench({ errata, partner: false })
      on.frame([0xff])
      return Array.from({ length: 100 }, () => {
        on.write(0, 0x08, 0x40)
        return on.eth16(0, 0x0e) === 0
      })
    }
    const alone = strikes({ writePointerZero: true })
    expect(alone).toContain(true)
    expect(strikes({ writePointerZero: true, phyClockAfterReset: true, slowSpiMac: true })).toEqual(alone)
  })

  it('shows in EREVID', () => {
    for (const [revision, id] of [
      ['B1', 2],
      ['B4', 4],
      ['B5', 5],
      ['B7', 6],
    ] as const)
      expect(new ChipBench({ revision, partner: false }).eth(3, 0x12)).toBe(id)
  })
})

describe('errata one by one', () => {
  it('1: below 8 MHz MAC and MII access fails now and then, in both directions; ETH registers never', () => {
    const failures = (spiClock: number, spiSynchronous = false) => {
      const on = only('slowSpiMac', { partner: false })
      on.chip.spiClock = spiClock
      on.chip.spiSynchronous = spiSynchronous
      let writes = 0
      let eth = 0
      for (let i = 0; i < 400; i++) {
        on.write(2, 0x0a, i)
        if (on.chip.inspect().registers[0x4a] !== (i & 0xff)) writes++
        on.write(0, 0x00, i)
        if (on.eth(0, 0x00) !== (i & 0xff)) eth++
      }
      on.write(2, 0x0a, 0x5a)
      const reads = Array.from({ length: 400 }, () => on.mac(2, 0x0a)).filter((value) => value !== 0x5a).length
      return { writes, reads, eth }
    }
    const slow = failures(4_000_000)
    expect(slow.eth).toBe(0)
    expect(slow.writes).toBeGreaterThan(8)
    expect(slow.writes).toBeLessThan(60)
    expect(slow.reads).toBeGreaterThan(8)
    for (const good of [failures(8_000_000), failures(0), failures(1_000_000, true)])
      expect(good).toEqual({ writes: 0, reads: 0, eth: 0 })
  })

  it('2: after SRC CLKRDY stays, and the PHY is without clock for up to 1 ms: reads 0000h, writes lost', () => {
    let dead = 0
    for (let seed = 0; seed < 20; seed++) {
      const on = only('phyClockAfterReset', { partner: false, seed })
      on.frame([0xff])
      expect(on.eth(0, ESTAT) & 0x01).toBe(1)
      on.run(300_000)
      on.phyWrite(0x10, 0x0100)
      const lost = on.phyRead(0x02) === 0
      if (lost) dead++
      on.run(MILLISECOND)
      expect(on.phyRead(0x02)).toBe(0x0083)
      if (lost) expect(on.phyRead(0x10)).toBe(0x0000)
    }
    expect(dead).toBeGreaterThan(5)
  })

  it('5: a write of ERXST or ERXND sometimes loads the write pointer with 0000h; a buffer at 0000h is safe', () => {
    const on = only('writePointerZero', { partner: false })
    let zero = 0
    for (let i = 0; i < 200; i++) {
      on.write(0, 0x08, 0x40)
      if (on.eth16(0, 0x0e) !== 0x0540) zero++
    }
    expect(zero).toBeGreaterThan(10)
    expect(zero).toBeLessThan(50)
    on.write16(0, 0x08, 0)
    for (let i = 0; i < 50; i++) {
      on.write(0, 0x0b, 0x0b)
      expect(on.eth16(0, 0x0e)).toBe(0)
    }
    on.write(0, 0x09, 0x06)
    on.set(ECON1, 0x04)
    expect(on.chip.findings.map(({ id }) => id)).toContain('fifo-not-at-zero')
  })

  it('6: PKTIF sometimes reads 0 while packets wait; EPKTCNT and INT are right', () => {
    const on = only('pktifUnreliable')
    on.bringUp()
    on.set(0x1b, 0xc0)
    on.partner.send(frameTo(STATION))
    const reads = Array.from({ length: 200 }, () => on.eth(0, EIR) & 0x40)
    const wrong = reads.filter((value) => value === 0).length
    expect(wrong).toBeGreaterThan(5)
    expect(wrong).toBeLessThan(60)
    expect(on.eth(1, 0x19)).toBe(1)
    expect(on.chip.interruptHigh).toBe(false)
  })

  it('9: half-duplex self-reception loses frames, and wants a link', () => {
    const on = only('halfDuplexLoopback')
    on.bringUp('half', 0x20)
    on.phyWrite(0x10, 0x0000)
    for (let i = 0; i < 20; i++) {
      on.transmit(frameTo(BROADCAST, 60))
      on.run(200_000)
    }
    const got = on.eth(1, 0x19)
    expect(got).toBeGreaterThan(8)
    expect(got).toBeLessThan(20)
    expect(on.chip.counters.dropped['receive: self-reception lost']).toBe(20 - got)
    const unplugged = only('halfDuplexLoopback', { partner: false })
    unplugged.bringUp('half', 0x20)
    unplugged.phyWrite(0x10, 0x0000)
    unplugged.transmit(frameTo(BROADCAST, 60))
    unplugged.run(200_000)
    expect(unplugged.eth(1, 0x19)).toBe(0)
  })

  it('10: the PHY loopback loses frames', () => {
    const on = only('fullDuplexLoopback')
    on.bringUp('full', 0x20)
    on.phyWrite(0x00, 0x4100)
    for (let i = 0; i < 20; i++) {
      on.transmit(frameTo(BROADCAST, 60))
      on.run(200_000)
    }
    expect(on.eth(1, 0x19)).toBeGreaterThan(8)
    expect(on.eth(1, 0x19)).toBeLessThan(20)
  })

  /** Collides until it gives up. */
  function abort(on: ChipBench): void {
    on.partner.handleStart = () => {
      on.clock.after(10_000, () => on.partner.signal(new Uint8Array(0), { bits: 30 }))
    }
    on.write(2, 0x08, 0x00)
    on.transmit(frameTo(OTHER))
    on.run(MILLISECOND)
    on.partner.handleStart = undefined
    expect(on.eth(0, EIR) & 0x0a).toBe(0x0a)
    on.clear(EIR, 0x0a)
  }

  it('12: after an abort the next request may never end; TXRST cures it', () => {
    let stalled = 0
    let raised = 0
    for (let seed = 0; seed < 24; seed++) {
      const on = only('transmitStall', { seed })
      on.bringUp()
      abort(on)
      on.transmit(frameTo(OTHER))
      on.run(400 * MILLISECOND)
      if ((on.eth(0, ECON1) & 0x08) === 0) continue
      stalled++
      expect(on.eth(0, EIR) & 0x0a).toBe(0)
      on.set(ECON1, 0x80)
      on.clear(ECON1, 0x80)
      if (on.eth(0, EIR) & 0x02) raised++
      on.clear(EIR, 0x0a)
      on.transmit(frameTo(OTHER))
      on.run(MILLISECOND)
      expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    }
    expect(stalled).toBeGreaterThan(6)
    expect(stalled).toBeLessThan(20)
    expect(raised).toBeGreaterThan(0)
  })

  it('12: clearing TXRTS ends the request, and the next one hangs again', () => {
    let seed = 0
    let on = only('transmitStall', { seed })
    for (; ; seed++) {
      on = only('transmitStall', { seed })
      on.bringUp()
      abort(on)
      on.transmit(frameTo(OTHER))
      on.run(MILLISECOND)
      if (on.eth(0, ECON1) & 0x08) break
    }
    on.clear(ECON1, 0x08)
    expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
    on.transmit(frameTo(OTHER))
    on.run(MILLISECOND)
    expect(on.eth(0, ECON1) & 0x08).toBe(0x08)
    expect(on.chip.counters.dropped['transmit: stalled']).toBe(2)
  })

  it('13: a link pulse while sending is a collision: early a retry, late TXERIF, and TXRTS may stay', () => {
    const outcomes = new Set<string>()
    for (let seed = 0; seed < 200; seed++) {
      const on = only('pulseAsCollision', { seed })
      on.bringUp()
      const late = seed % 2 === 0
      on.transmit(frameTo(OTHER, 500))
      on.run(late ? 200_000 : 20_000)
      on.chip.port.receiver?.linkPulse(false)
      on.run(100 * MILLISECOND)
      const stuck = (on.eth(0, ECON1) & 0x08) !== 0
      const flags = on.eth(0, EIR) & 0x0a
      if (on.partner.sent.length === 1 && flags === 0x08) outcomes.add('not taken')
      else if (!late) {
        expect(flags).toBe(0x08)
        expect(on.status(500)[2] & 0x0f).toBe(1)
        outcomes.add('retry')
      } else if (stuck) {
        // ESTAT is then 13h, as OpenSprinkler reported.
        expect(on.eth(0, ESTAT)).toBe(0x13)
        expect(flags).toBe(0x02)
        expect(on.status(500)[3] & 0x20).toBe(0x20)
        on.clear(ECON1, 0x08)
        on.clear(EIR, 0x0a)
        on.transmit(frameTo(OTHER))
        on.run(MILLISECOND)
        expect(on.eth(0, EIR) & 0x0a).toBe(0x08)
        outcomes.add('stuck')
      } else {
        expect(flags).toBe(0x0a)
        outcomes.add('late')
      }
    }
    expect([...outcomes].sort()).toEqual(['late', 'not taken', 'retry', 'stuck'])
  })

  it('14: an even ERXRDPT may corrupt a header', () => {
    const corrupt = (pointer: number) => {
      let count = 0
      const on = only('evenReadPointer')
      on.bringUp()
      for (let i = 0; i < 400; i++) {
        on.write16(0, 0x08, 0)
        on.write16(0, 0x0c, pointer)
        on.partner.send(frameTo(STATION))
        if (on.memoryRead(0, 4).join() !== '70,0,64,0') count++
        on.set(0x1e, 0x40)
      }
      return count
    }
    expect(corrupt(0x0bff)).toBe(0)
    expect(corrupt(0x0bfe)).toBeGreaterThan(0)
    expect(corrupt(0x0bfe)).toBeLessThan(30)
  })

  it('15: LATECOL sometimes stays 0; the status vector is right', () => {
    let missing = 0
    for (let seed = 0; seed < 24; seed++) {
      const on = only('lateCollisionFlag', { seed })
      on.bringUp()
      on.partner.handleStart = () => on.clock.after(200_000, () => on.partner.signal(new Uint8Array(64)))
      on.transmit(frameTo(OTHER, 500))
      on.run(MILLISECOND)
      expect(on.eth(0, ESTAT) & 0x02).toBe(0x02)
      expect(on.status(500)[3] & 0x20).toBe(0x20)
      if ((on.eth(0, ESTAT) & 0x10) === 0) missing++
    }
    expect(missing).toBeGreaterThan(5)
    expect(missing).toBeLessThan(20)
  })

  it('16: the strap is taken the wrong way round at each reset', () => {
    expect(only('ledPolarity', { partner: false, ledbStrap: 'half' }).phyRead(0x00)).toBe(0x0100)
    expect(only('ledPolarity', { partner: false, ledbStrap: 'full' }).phyRead(0x00)).toBe(0x0000)
  })

  it('18: PMEN with OR and another filter lets short frames in', () => {
    const takes = (patternAcceptsShort: boolean, rxfcon: number, length: number, offset = 0) => {
      const on = new ChipBench({ errata: { patternAcceptsShort } })
      on.bringUp('half', rxfcon)
      on.write16(1, 0x14, offset)
      on.write16(1, 0x10, 0x1234)
      on.partner.sendRaw(withFcs(frameTo(OTHER, length)))
      return on.eth(1, 0x19) === 1
    }
    expect(takes(true, 0xb1, 60)).toBe(true)
    expect(takes(true, 0xb1, 61)).toBe(false)
    expect(takes(true, 0xb1, 70, 10)).toBe(true)
    expect(takes(true, 0x30, 60)).toBe(false)
    expect(takes(true, 0xf1, 60)).toBe(false)
    expect(takes(false, 0xb1, 60)).toBe(false)
  })

  it('conformance note b: the first frame in link test fail is accepted', () => {
    const on = only('acceptsInLinkFail', { partner: false })
    on.bringUp()
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(1)
  })

  it('field: deaf after an overflow, until RXRST', () => {
    const on = only('deafAfterOverflow')
    on.bringUp()
    on.write16(0, 0x0c, 0x0021)
    on.partner.send(frameTo(STATION))
    on.write16(0, 0x0c, 0x0bff)
    on.clear(EIR, 0x01)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped).toEqual({ 'receive: buffer full': 1, 'receive: deaf': 1 })
    on.set(ECON1, 0x40)
    on.clear(ECON1, 0x40)
    on.set(ECON1, 0x04)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(1)
  })
})
