import { describe, expect, it } from 'vitest'
import { ChipBench } from '../../../test/support/chip-bench.js'

const bench = (options = {}) => new ChipBench({ partner: false, ...options })

describe('the seven instructions (DS39662 4.2)', () => {
  it('answers an ETH read in the second octet, a MAC read in the third', () => {
    const on = bench()
    expect([...on.frame([0x1e], 1)]).toEqual([0x80])
    on.bank(2)
    expect([...on.frame([0x0b], 2)]).toEqual([0x00, 0x06])
    on.bank(3)
    expect([...on.frame([0x12], 1)]).toEqual([0x06])
    expect([...on.frame([0x0a], 2)]).toEqual([0x00, 0x00])
  })

  it('repeats a register for as long as it is clocked, without harm (contract 20)', () => {
    const on = bench()
    expect([...on.frame([0x1e], 3)]).toEqual([0x80, 0x80, 0x80])
    on.bank(2)
    expect([...on.frame([0x0b], 4)]).toEqual([0x00, 0x06, 0x06, 0x06])
    expect(on.chip.findings).toHaveLength(0)
  })

  it('writes nothing when CS rises before the data octet', () => {
    const on = bench()
    on.write(0, 0x02, 0x55)
    on.frame([0x42])
    on.frame([0x82])
    on.frame([0xa2])
    expect(on.eth(0, 0x02)).toBe(0x55)
    expect(on.chip.findingCounts['incomplete-instruction']).toBe(3)
  })

  it('ignores octets after the data octet, and says so', () => {
    const on = bench()
    on.frame([0x42, 0x11, 0x22, 0x33])
    expect(on.eth(0, 0x02)).toBe(0x11)
    expect(on.eth(0, 0x03)).toBe(0x00)
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['octets-after-data'])
    expect([...on.chip.findings[0].octets]).toEqual([0x42, 0x11, 0x22, 0x33])
  })

  it('ORs with BFS and AND-NOTs with BFC on MACON3, which EtherCard and UIPEthernet rely on (contract 4)', () => {
    const on = bench()
    on.bank(2)
    on.set(0x02, 0x32)
    expect(on.mac(2, 0x02)).toBe(0x32)
    on.clear(0x02, 0x02)
    expect(on.mac(2, 0x02)).toBe(0x30)
    expect(on.chip.findingCounts['bit-field-on-mac-register']).toBe(2)
  })

  it('ignores what is no instruction, until CS rises', () => {
    const on = bench()
    for (const octet of [0x20, 0x3b, 0x60, 0x7b, 0xc0, 0xdf, 0xe0, 0xfe]) {
      expect([...on.frame([octet, 0x12], 2)]).toEqual([0xff, 0xff])
    }
    expect(on.chip.findingCounts).toEqual({ 'invalid-instruction': 8 })
    expect(on.eth(0, 0x1e)).toBe(0x80)
  })

  it('resets on SRC at its eighth clock, whatever follows under the same chip select (contract 1)', () => {
    for (const octets of [[0xff], [0xff, 0xff], [0xff, 0x42, 0x55]]) {
      const on = bench()
      on.write16(0, 0x00, 0x1234)
      on.bank(3)
      on.frame(octets)
      expect(on.frame([0x1f], 1)[0]).toBe(0x00)
      expect(on.eth16(0, 0x00)).toBe(0x05fa)
      expect(on.eth(0, 0x1d)).toBe(0x01)
    }
  })

  it('keeps the content of memory, ECOCON and CLKRDY through SRC', () => {
    const on = bench()
    on.memoryWrite(0x0100, [1, 2, 3])
    on.write(3, 0x15, 0x02)
    on.frame([0xff])
    expect([...on.memoryRead(0x0100, 3)]).toEqual([1, 2, 3])
    expect(on.eth(3, 0x15)).toBe(0x02)
    expect(on.eth(0, 0x1d)).toBe(0x01)
  })

  it('does octet by octet what it does at once', () => {
    const at_once = bench({ seed: 5 })
    const stepped = bench({ seed: 5 })
    stepped.chip.observePins({})
    for (const on of [at_once, stepped]) {
      on.memoryWrite(0x1ffe, [1, 2, 3, 4])
      on.write(0, 0x0c, 0x11)
      on.set(0x1b, 0xc0)
    }
    expect([...at_once.memoryRead(0x1ffe, 2)]).toEqual([1, 2])
    expect([...stepped.memoryRead(0x1ffe, 2)]).toEqual([1, 2])
    expect(stepped.chip.inspect()).toEqual(at_once.chip.inspect())
  })
})

describe('SO outside the data phase (DS39662 4.1)', () => {
  it.each([
    ['high', 0xff],
    ['low', 0x00],
    ['echo', 0xa5],
  ] as const)('floats %s: the host reads %i while it sends A5h', (floatingMiso, read) => {
    const on = bench({ floatingMiso })
    on.chip.select()
    expect(on.chip.exchange(0x42)).toBe(floatingMiso === 'echo' ? 0x42 : read)
    expect(on.chip.exchange(0xa5)).toBe(read)
    on.chip.deselect()
    expect(on.chip.exchange(0xa5)).toBe(read)
  })

  it('floats while the chip has no power or is held in reset', () => {
    const on = bench({ off: true })
    expect([...on.frame([0x1e], 2)]).toEqual([0xff, 0xff])
    on.chip.powerOn()
    on.run(300_000)
    on.chip.setResetPin(false)
    on.run(1000)
    expect([...on.frame([0x1e], 2)]).toEqual([0xff, 0xff])
    on.chip.setResetPin(true)
    expect([...on.frame([0x1e], 1)]).toEqual([0x80])
  })

  it('gives up a frame in which the reset came', () => {
    const on = bench()
    on.chip.select()
    on.chip.exchange(0x42)
    on.chip.setResetPin(false)
    on.run(1000)
    on.chip.setResetPin(true)
    on.chip.exchange(0x77)
    on.chip.deselect()
    expect(on.eth(0, 0x02)).toBe(0x00)
  })

  it('takes a second select or deselect as nothing', () => {
    const on = bench()
    on.chip.select()
    on.chip.exchange(0x42)
    on.chip.select()
    on.chip.exchange(0x77)
    on.chip.deselect()
    on.chip.deselect()
    expect(on.eth(0, 0x02)).toBe(0x77)
  })

  it('takes clocks without anything to write for 00h: a read of ERDPTL', () => {
    const on = bench()
    expect([...on.frame([], 2)]).toEqual([0xff, 0xfa])
  })
})

describe('buffer reads and writes (DS39662 4.2.2, 4.2.4, section 7)', () => {
  it('enters the receive buffer only by address, and wraps only where it meets ERXND', () => {
    const on = bench()
    on.write16(0, 0x08, 0x0000)
    on.write16(0, 0x0a, 0x0bff)
    on.memoryWrite(0x0bff, [0x01, 0x02])
    expect([...on.memoryRead(0x0c00, 1)]).toEqual([0x02])
    expect(on.eth16(0, 0x00)).toBe(0x0c01)
  })

  it('holds 13 bits in a pointer: FFFFh reads back 1FFFh', () => {
    const on = bench()
    on.write16(0, 0x00, 0xffff)
    expect(on.eth16(0, 0x00)).toBe(0x1fff)
  })

  it('has FAh in the latch of ERXRDPT after a reset, whatever was in it (section 24, 16)', () => {
    const on = bench()
    on.write(0, 0x0c, 0x45)
    on.frame([0xff])
    on.write(0, 0x0d, 0x01)
    expect(on.eth16(0, 0x0c)).toBe(0x01fa)
  })

  it('reads on whatever the host sends meanwhile', () => {
    const on = bench()
    on.memoryWrite(0x0300, [1, 2, 3])
    on.write16(0, 0x00, 0x0300)
    expect([...on.frame([0x3a, 0x55], 2)]).toEqual([2, 3])
  })
})
