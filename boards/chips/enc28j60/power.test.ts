import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'

const ESTAT = 0x1d
const ECON2 = 0x1e
const ECON1 = 0x1f

describe('power-on and the oscillator (DS39662 2.2, 11.1)', () => {
  it('lets ETH registers and memory be used during OST, MAC and MII not', () => {
    const on = new ChipBench({ cold: true })
    on.write16(0, 0x00, 0x0123)
    expect(on.eth16(0, 0x00)).toBe(0x0123)
    on.memoryWrite(0, [1])
    expect(on.memoryRead(0, 1)[0]).toBe(1)
    on.write(2, 0x02, 0x32)
    expect(on.mac(2, 0x02)).toBe(0)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['mac-access-before-clkrdy', 'mac-access-before-clkrdy'])
    on.run(300_000)
    expect(on.mac(2, 0x02)).toBe(0)
    on.write(2, 0x02, 0x32)
    expect(on.mac(2, 0x02)).toBe(0x32)
  })

  it('never sets CLKRDY without a crystal; ETH registers still answer (section 20)', () => {
    const on = new ChipBench({ crystal: false })
    expect(on.eth(0, ESTAT)).toBe(0)
    expect(on.eth(0, ECON2)).toBe(0x80)
    expect(on.chip.clkoutHertz).toBe(0)
    expect(on.chip.linkUp).toBe(false)
  })

  it('does not let the host write CLKRDY (section 4.3)', () => {
    const on = new ChipBench({ partner: false })
    on.write(0, ESTAT, 0x00)
    on.clear(ESTAT, 0xff)
    expect(on.eth(0, ESTAT)).toBe(0x01)
  })

  it('goes through power-on again after the supply was off: ECOCON and memory too', () => {
    const on = new ChipBench({ partner: false })
    on.write(3, 0x15, 0x01)
    on.memoryWrite(0, new Array(64).fill(0))
    on.chip.powerOff()
    on.chip.powerOff()
    expect(on.chip.powered).toBe(false)
    expect(on.chip.interruptHigh).toBe(true)
    on.chip.powerOn()
    on.chip.powerOn()
    expect(on.eth(0, ESTAT)).toBe(0)
    expect(on.eth(3, 0x15)).toBe(0x04)
    expect(on.memoryRead(0, 64).some((octet) => octet !== 0)).toBe(true)
    on.run(300_000)
    expect(on.eth(0, ESTAT)).toBe(0x01)
  })

  it('cuts what is on the wire when the supply goes', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.transmit(frameTo(OTHER, 1000))
    on.run(100_000)
    on.chip.powerOff()
    expect(on.partner.sent[0].signal.bits).toBe(1000)
    const pulses = on.partner.pulses
    on.run(100 * MILLISECOND)
    expect(on.partner.pulses).toBe(pulses)
    expect(on.chip.linkUp).toBe(false)
  })
})

describe('the RESET pin (DS39662 11.2)', () => {
  it('resets when it is low for 400 ns, and filters what is shorter', () => {
    const on = new ChipBench({ partner: false })
    on.write16(0, 0x00, 0x0123)
    on.chip.setResetPin(false)
    on.run(399)
    on.chip.setResetPin(true)
    expect(on.eth16(0, 0x00)).toBe(0x0123)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['reset-pulse-too-short'])
    on.run(10_000)
    on.chip.setResetPin(false)
    on.run(400)
    on.chip.setResetPin(true)
    on.chip.setResetPin(true)
    expect(on.eth16(0, 0x00)).toBe(0x05fa)
    expect(on.eth(0, ESTAT)).toBe(0x01)
    on.run(1_000)
    on.chip.setResetPin(false)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['reset-pulse-too-short', 'reset-pulses-too-close'])
  })

  it('keeps memory, ECOCON and CLKRDY, and everything else begins anew', () => {
    const on = new ChipBench({ partner: false })
    on.bringUp()
    on.memoryWrite(0x0100, [7])
    on.write(3, 0x15, 0x01)
    on.set(0x1b, 0xff)
    on.chip.setResetPin(false)
    on.run(1000)
    expect(on.chip.linkUp).toBe(false)
    on.chip.setResetPin(true)
    expect(on.frame([ECON1], 1)[0]).toBe(0)
    expect(on.memoryRead(0x0100, 1)[0]).toBe(7)
    expect(on.eth(3, 0x15)).toBe(0x01)
    expect(on.eth(0, ESTAT)).toBe(0x01)
    expect(on.eth(0, 0x1b)).toBe(0)
    expect(on.mac(2, 0x02)).toBe(0)
    on.run(100_000)
    expect(on.phyRead(0x10)).toBe(0)
  })

  it('holds the chip from power-on while it is low', () => {
    const on = new ChipBench({ off: true })
    on.chip.setResetPin(false)
    on.chip.powerOn()
    on.run(MILLISECOND)
    expect(on.frame([ECON2], 1)[0]).toBe(0xff)
    on.chip.setResetPin(true)
    expect(on.eth(0, ESTAT)).toBe(0x01)
    on.run(200 * MILLISECOND)
    expect(on.chip.linkUp).toBe(true)
  })

  it('wakes a sleeping chip', () => {
    const on = new ChipBench({ partner: false })
    on.set(ECON2, 0x20)
    on.chip.setResetPin(false)
    on.run(1000)
    on.chip.setResetPin(true)
    expect(on.eth(0, ECON2)).toBe(0x80)
    expect(on.eth(0, ESTAT)).toBe(0)
    on.run(300_000)
    expect(on.eth(0, ESTAT)).toBe(0x01)
  })
})

describe('SRC (DS39662 11.3)', () => {
  it('drops the link, frees the wire, and INT returns high', () => {
    const on = new ChipBench()
    on.bringUp()
    on.set(0x1b, 0xc0)
    on.partner.send(frameTo(STATION))
    expect(on.chip.interruptHigh).toBe(false)
    on.partner.signal(withFcs(frameTo(STATION)))
    on.transmit(frameTo(OTHER))
    on.run(5_000)
    on.frame([0xff])
    expect(on.chip.interruptHigh).toBe(true)
    expect(on.chip.linkUp).toBe(false)
    expect(on.eth(1, 0x19)).toBe(0)
    on.run(200 * MILLISECOND)
    expect(on.chip.linkUp).toBe(true)
    expect(on.eth(1, 0x19)).toBe(0)
  })

  it('is ignored in power-save (erratum 19), and wakes the chip without the erratum', () => {
    const on = new ChipBench({ partner: false, errata: { resetIgnoredAsleep: true } })
    on.write16(0, 0x00, 0x0123)
    on.set(ECON2, 0x20)
    on.frame([0xff])
    expect(on.eth16(0, 0x00)).toBe(0x0123)
    expect(on.eth(0, ECON2)).toBe(0xa0)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['reset-while-asleep'])
    const fixed = new ChipBench({ partner: false })
    fixed.set(ECON2, 0x20)
    fixed.frame([0xff])
    expect(fixed.eth(0, ECON2)).toBe(0x80)
    fixed.run(300_000)
    expect(fixed.eth(0, ESTAT)).toBe(0x01)
  })
})

describe('power-save (DS39662 14.0, section 16.3)', () => {
  it.each([0x20, 0x28])(
    'ECON2 %i: CLKRDY falls at once, MAC and PHY are dead, ETH lives, and 300 us bring it back',
    (bits) => {
      const on = new ChipBench()
      on.bringUp('full')
      on.clear(ECON1, 0x04)
      on.set(ECON2, bits)
      expect(on.eth(0, ESTAT)).toBe(0)
      expect(on.mac(2, 0x02)).toBe(0)
      expect(on.chip.findings.map(({ id }) => id)).toEqual(['mac-access-asleep'])
      expect(on.eth16(0, 0x0a)).toBe(0x0bff)
      const pulses = on.partner.pulses
      on.run(200 * MILLISECOND)
      expect(on.partner.pulses).toBe(pulses)
      expect(on.chip.linkUp).toBe(false)
      on.clear(ECON2, 0x20)
      on.run(299_999)
      expect(on.eth(0, ESTAT)).toBe(0)
      on.run(1)
      expect(on.eth(0, ESTAT)).toBe(0x01)
      expect(on.mac(2, 0x02)).toBe(0x33)
      on.set(ECON1, 0x04)
      on.run(200 * MILLISECOND)
      expect(on.chip.linkUp).toBe(true)
      on.partner.send(frameTo(STATION))
      expect(on.eth(1, 0x19)).toBe(1)
    },
  )

  it('hears nothing meanwhile, and counts what it does not hear', () => {
    const on = new ChipBench()
    on.bringUp()
    on.clear(ECON1, 0x04)
    on.set(ECON2, 0x20)
    on.partner.send(frameTo(STATION))
    expect(on.chip.counters.dropped).toEqual({ 'receive: PHY off': 1 })
  })

  it('cuts what a careless driver had under way, and says so', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.transmit(frameTo(OTHER, 1000))
    on.partner.signal(withFcs(frameTo(STATION)))
    on.run(10_000)
    on.set(ECON2, 0x20)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['sleep-while-busy'])
    expect(on.partner.sent).toHaveLength(1)
    on.run(MILLISECOND)
    expect(on.eth(1, 0x19)).toBe(0)
    expect(on.chip.counters.dropped).toEqual({ 'transmit: reset': 1, 'receive: reset': 1 })
  })
})

describe('what each reset resets (section 6)', () => {
  it('TXRST: the transmitter only', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.partner.send(frameTo(STATION))
    on.set(ECON1, 0x80)
    expect(on.eth(1, 0x19)).toBe(1)
    expect(on.eth16(0, 0x0e)).toBe(0x0046)
    expect(on.eth(0, ECON1)).toBe(0x84)
    expect(on.mac(2, 0x02)).toBe(0x33)
    on.partner.send(frameTo(STATION))
    expect(on.eth(1, 0x19)).toBe(2)
  })

  it('RXRST: the receiver only', () => {
    const on = new ChipBench()
    on.bringUp('full')
    on.transmit(frameTo(OTHER))
    on.set(ECON1, 0x40)
    on.run(100_000)
    expect(on.partner.sent[0].signal.intact).toBe(true)
    expect(on.mac(2, 0x00)).toBe(0x0d)
  })
})
