/** Misuse is loud: each rule with a driver that breaks it, and good drivers that break none. */
import { describe, expect, it } from 'vitest'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import type { FindingId } from './finding-rules.js'
import { FINDING_RULES } from './finding-rules.js'
import type { Finding } from './findings.js'

type Breaker = (on: ChipBench) => void

/** Rules of the pins are broken in pin-front-end.test.ts. */
const BY_PINS: FindingId[] = [
  'cs-setup-too-short',
  'cs-high-too-short',
  'sck-not-idle-low',
  'si-setup-too-short',
  'si-hold-too-short',
  'incomplete-octet',
]

/** Rules that are broken by what a driver does not do: found when something happens on the wire. */
const BY_THE_WIRE: readonly FindingId[] = ['link-interrupt-without-phie', 'interrupt-edge-missed', 'receiver-left-full']

const breakers: Partial<Record<FindingId, Breaker>> = {
  'invalid-instruction': (on) => on.frame([0xc0]),
  'address-1a': (on) => on.frame([0x1a], 1),
  'bit-field-on-mac-register': (on) => {
    on.bank(2)
    on.set(0x02, 0x10)
  },
  'missing-dummy-octet': (on) => {
    on.bank(2)
    on.frame([0x02], 1)
  },
  'incomplete-instruction': (on) => on.frame([0x42]),
  'octets-after-data': (on) => on.frame([0x42, 1, 2]),
  'reserved-bit': (on) => on.write(0, 0x1e, 0x90),
  'reserved-register': (on) => on.write(1, 0x16, 1),
  'unimplemented-register': (on) => on.eth(0, 0x18),
  'read-only-register': (on) => on.write(0, 0x0e, 1),
  'mac-access-asleep': (on) => {
    on.set(0x1e, 0x20)
    on.mac(2, 0x02)
  },
  'mac-access-before-clkrdy': (on) => {
    on.chip.powerOff()
    on.chip.powerOn()
    on.mac(2, 0x02)
  },
  'enable-before-clkrdy': (on) => {
    on.chip.powerOff()
    on.chip.powerOn()
    on.set(0x1f, 0x04)
  },
  'phy-too-soon-after-reset': (on) => {
    on.frame([0xff])
    on.phyRead(0x02)
  },
  'reset-while-asleep': (on) => {
    on.set(0x1e, 0x20)
    on.frame([0xff])
  },
  'spi-too-fast': (on) => {
    on.chip.spiClock = 20_000_001
    on.eth(0, 0x00)
  },
  'spi-too-slow': (on) => {
    on.chip.spiClock = 7_999_999
    on.mac(2, 0x02)
  },
  'cs-hold-too-short': (on) => {
    on.chip.csHold = 9
    on.eth(0, 0x00)
  },
  'cs-hold-too-short-mac': (on) => {
    on.chip.csHold = 209
    on.mac(2, 0x02)
  },
  'reset-pulse-too-short': (on) => {
    on.chip.setResetPin(false)
    on.chip.setResetPin(true)
  },
  'reset-pulses-too-close': (on) => {
    on.chip.setResetPin(false)
    on.run(400)
    on.chip.setResetPin(true)
    on.run(1999)
    on.chip.setResetPin(false)
  },
  'sleep-while-busy': (on) => on.set(0x1e, 0x20),
  'transmit-while-in-reset': (on) => {
    on.set(0x1f, 0x80)
    on.set(0x1f, 0x08)
  },
  'receive-while-in-reset': (on) => {
    on.set(0x1f, 0x40)
    on.set(0x1f, 0x04)
  },
  'packet-count-below-zero': (on) => on.set(0x1e, 0x40),
  'even-read-pointer': (on) => on.write16(0, 0x0c, 0x0046),
  'read-pointer-outside-fifo': (on) => on.write16(0, 0x0c, 0x0c01),
  'fifo-not-at-zero': (on) => {
    on.clear(0x1f, 0x04)
    on.write16(0, 0x08, 0x0200)
    on.set(0x1f, 0x04)
  },
  'fifo-changed-while-receiving': (on) => on.write16(0, 0x0a, 0x0aff),
  'duplex-disagreement': (on) => {
    on.write(2, 0x02, 0x33)
    on.transmit(frameTo(OTHER))
  },
  'receive-without-marxen': (on) => {
    on.clear(0x1f, 0x04)
    on.write(2, 0x00, 0x00)
    on.set(0x1f, 0x04)
  },
  'no-payload': (on) => {
    on.write16(0, 0x06, 0x0c00)
    on.set(0x1f, 0x08)
  },
  'status-vector-in-fifo': (on) => {
    on.write16(0, 0x04, 0x1fc0)
    on.write16(0, 0x06, 0x1ffa)
    on.set(0x1f, 0x08)
  },
  'buffer-changed-while-sending': (on) => {
    on.transmit(frameTo(OTHER))
    on.memoryWrite(0x0c10, [0])
  },
  'transmit-pointer-changed': (on) => {
    on.transmit(frameTo(OTHER))
    on.write(0, 0x04, 0x10)
  },
  'mac-changed-while-sending': (on) => {
    on.transmit(frameTo(OTHER))
    on.write(2, 0x08, 0x07)
  },
  'pattern-with-other-filters': (on) => on.write(1, 0x18, 0xb1),
  'bist-while-busy': (on) => on.write(3, 0x07, 0x07),
  'stale-transmit-flags': (on) => {
    on.set(0x1b, 0x88)
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    on.transmit(frameTo(OTHER))
  },
  'stale-transmit-flags-unused': (on) => {
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    on.transmit(frameTo(OTHER))
  },
  'abort-never-cleared': (on) => {
    on.write16(2, 0x0a, 40) // MAMXFL: every frame is too long
    for (let round = 0; round < 2; round++) {
      on.transmit(frameTo(OTHER))
      on.run(1_000_000)
      on.eth(0, 0x1d)
      on.clear(0x1f, 0x08)
    }
  },
  'link-interrupt-without-phie': (on) => {
    on.set(0x1b, 0x90)
    on.partner.pulsing = false
    on.run(200_000_000)
  },
  'packet-never-freed': (on) => {
    let next = 0
    for (let i = 0; i < 8; i++) {
      on.partner.send(frameTo(STATION))
      const header = on.memoryRead(next, 6)
      next = header[0] | (header[1] << 8)
      on.write16(0, 0x0c, next - 1)
    }
  },
  'header-read-elsewhere': (on) => {
    on.partner.send(frameTo(STATION))
    on.memoryRead(2, 6)
  },
  'interrupt-edge-missed': (on) => {
    on.set(0x1b, 0xc8)
    on.partner.send(frameTo(STATION))
    on.transmit(frameTo(OTHER))
    on.run(1_000_000)
    on.memoryRead(0, 6)
    on.set(0x1e, 0x40) // the packet is counted down, and TXIF stands
    on.run(6_000_000_000)
    on.partner.send(frameTo(STATION))
  },
  'receiver-left-full': (on) => {
    for (let i = 0; i < 4; i++) on.partner.send(frameTo(STATION, 1000))
    on.run(6_000_000_000)
    on.partner.send(frameTo(STATION, 1000))
  },
  'gap-not-programmed': (on) => {
    on.write(2, 0x04, 0x00)
    on.transmit(frameTo(OTHER))
  },
  'duplex-changed-while-active': (on) => on.write(2, 0x02, 0x33),
  'fifo-alignment': (on) => {
    on.clear(0x1f, 0x04)
    on.write(0, 0x0a, 0xfe)
    on.set(0x1f, 0x04)
  },
  'odd-pattern-offset': (on) => on.write(1, 0x14, 0x07),
  'dma-changed-while-running': (on) => {
    on.write16(0, 0x12, 0x0100)
    on.set(0x1f, 0x20)
    on.write(0, 0x14, 0x01)
  },
  'clkout-reserved': (on) => on.write(3, 0x15, 0x06),
  'led-reserved': (on) => on.phyWrite(0x14, 0x3f76),
  'padding-without-crc': (on) => {
    on.write(2, 0x02, 0x20)
    on.transmit(frameTo(OTHER))
  },
  'mii-busy': (on) => {
    on.write(2, 0x14, 0x14)
    on.write(2, 0x16, 0x76)
    on.write(2, 0x17, 0x34)
    on.write(2, 0x17, 0x34)
  },
  'mii-scanning': (on) => {
    on.write(2, 0x12, 0x02)
    on.run(20_000)
    on.write(2, 0x17, 0x00)
  },
  'mii-read-too-soon': (on) => {
    on.write(2, 0x12, 0x01)
    on.mac(2, 0x18)
  },
  'dma-without-end': (on) => on.set(0x1f, 0x20),
  'checksum-while-receiving': (on) => {
    on.write16(0, 0x12, 0x0010)
    on.partner.signal(frameTo(STATION))
    on.set(0x1f, 0x30)
  },
  'bist-without-test-mode': (on) => on.write(3, 0x07, 0x01),
  'bist-reserved-mode': (on) => on.write(3, 0x07, 0x0f),
  'test-mode-in-use': (on) => {
    on.write(3, 0x07, 0x02)
    on.transmit(frameTo(OTHER))
  },
  'pause-without-txpaus': (on) => {
    on.write(2, 0x02, 0x33)
    on.write(3, 0x17, 0x01)
  },
  'phy-reserved-bit': (on) => on.phyWrite(0x10, 0x0001),
  'phy-unimplemented-register': (on) => on.phyWrite(0x05, 0x0001),
}

describe('findings', () => {
  it('has a test for every rule', () => {
    expect([...Object.keys(breakers), ...BY_PINS].sort()).toEqual(Object.keys(FINDING_RULES).sort())
  })

  for (const [id, action] of Object.entries(breakers) as [FindingId, Breaker][]) {
    it(`${id}: is found, with time, octets, rule and source`, () => {
      // B4 has the errata that ask something of the driver.
      const on = new ChipBench({ withErrata: true, revision: 'B4' })
      on.bringUp()
      const known = on.chip.findings.length
      const heard: Finding[] = []
      on.chip.onFinding((finding) => heard.push(finding))
      action(on)
      const found = on.chip.findings.slice(known)
      expect(found.map((each) => each.id)).toContain(id)
      const finding = found.find((each) => each.id === id)
      expect(heard).toContain(finding)
      expect(finding?.rule.length).toBeGreaterThan(10)
      expect(finding?.source).toMatch(/DS39662|DS80349C/)
      expect(finding?.at).toBeLessThanOrEqual(on.clock.now)
      if (!id.startsWith('reset-pulse') && !BY_THE_WIRE.includes(id)) expect(finding?.octets.length).toBeGreaterThan(0)
    })
  }

  it('makes none on the reference initialisation of section 18, and on traffic after it', () => {
    for (const duplex of ['half', 'full'] as const) {
      const on = new ChipBench({ withErrata: true })
      on.chip.spiClock = 8_000_000
      on.chip.csHold = 250
      on.clear(0x1e, 0x20)
      on.run(1_000_000)
      on.frame([0xff])
      on.run(2_000_000)
      on.bringUp(duplex)
      on.run(200_000_000)
      on.set(0x1b, 0xdb)
      let next = 0
      for (let i = 0; i < 50; i++) {
        on.partner.send(frameTo(STATION, 60 + 20 * i))
        const header = on.memoryRead(next, 6)
        next = header[0] | (header[1] << 8)
        on.write16(0, 0x0c, next === 0 ? 0x0bff : next - 1)
        on.set(0x1e, 0x40)
        on.set(0x1f, 0x80)
        on.clear(0x1f, 0x80)
        on.clear(0x1c, 0x0a)
        on.transmit(frameTo(OTHER, 60 + 20 * i))
        on.run(2_000_000)
        expect(on.eth(0, 0x1c) & 0x0a).toBe(0x08)
        on.clear(0x1f, 0x08)
      }
      expect(on.chip.findings).toEqual([])
    }
  })

  it('finds the second way to break a rule too', () => {
    const on = new ChipBench({ withErrata: true })
    on.bringUp()
    on.phyWrite(0x00, 0x0100)
    expect(on.chip.findingCounts['duplex-changed-while-active']).toBe(1)
    on.phyWrite(0x14, 0x347e)
    on.phyWrite(0x14, 0x3406)
    on.phyWrite(0x14, 0x3466)
    expect(on.chip.findingCounts['led-reserved']).toBe(3)
    on.write16(0, 0x12, 0x0100)
    on.set(0x1f, 0x20)
    on.set(0x1f, 0x10)
    expect(on.chip.findingCounts['dma-changed-while-running']).toBe(1)
  })

  it('does not blame a driver for what a loss of the supply undid, until it begins anew', () => {
    const on = new ChipBench()
    on.bringUp()
    on.chip.powerOff()
    on.chip.powerOn()
    on.run(1_000_000)
    const goOn = () => {
      on.transmit(frameTo(OTHER)) // the gap is not programmed any more
      on.clear(0x1f, 0x08) // TXRTS: there is no link yet
      on.set(0x1e, 0x40) // PKTDEC, of a packet that came before
      on.write(0, 0x0c, 0xfe) // ERXRDPT, even
      on.write(0, 0x0d, 0x05)
    }
    goOn()
    expect(on.chip.findingCounts).toEqual({})
    // What is asked of the wires is asked whatever the registers hold.
    on.chip.transfer(Uint8Array.of(0x40), 0)
    expect(on.chip.findingCounts).toEqual({ 'incomplete-instruction': 1 })
    on.write(2, 0x00, 0x01) // MACON1.MARXEN: it begins anew (DS39662 6.5)
    goOn()
    expect(on.chip.findingCounts).toMatchObject({ 'gap-not-programmed': 1, 'packet-count-below-zero': 1 })
  })

  it('changes nothing in what the chip does: the same program with and without a listener', () => {
    const run = (listen: boolean) => {
      const on = new ChipBench({ withErrata: true, seed: 9 })
      if (listen) on.chip.onFinding(() => {})
      on.bringUp()
      for (const action of Object.values(breakers)) action(on)
      return on.chip.inspect()
    }
    expect(run(true)).toEqual(run(false))
  })

  it('keeps the first thousand, counts all, and still tells a listener', () => {
    const on = new ChipBench({ partner: false })
    for (let i = 0; i < 1500; i++) on.frame([0x42])
    expect(on.chip.findings).toHaveLength(1000)
    let heard = 0
    on.chip.onFinding(() => {
      heard++
    })
    on.frame([0x42])
    expect(heard).toBe(1)
    expect(on.chip.findings).toHaveLength(1000)
    expect(on.chip.findingCounts['incomplete-instruction']).toBe(1501)
  })

  it('shows at most 32 octets of a long frame', () => {
    const on = new ChipBench({ partner: false })
    on.frame([0x42, ...new Array<number>(100).fill(7)])
    expect(on.chip.findings[0].octets).toHaveLength(32)
  })
})
