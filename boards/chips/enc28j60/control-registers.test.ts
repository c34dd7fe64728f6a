/** Every bit of every register, by SPI, against the table typed in from the data sheet. */
import { describe, expect, it } from 'vitest'
import { ChipBench } from '../../../test/support/chip-bench.js'
import {
  REFERENCE_PHY_REGISTERS,
  REFERENCE_REGISTERS,
  REFERENCE_RESERVED,
  type ReferenceRegister,
  referenceMask,
} from '../../../test/support/registers.reference.js'

const banks = ({ bank }: ReferenceRegister) => (bank === undefined ? [0, 1, 2, 3] : [bank])

/** A chip on which a write sets nothing going: for ETH registers without a crystal. */
const bench = ({ kind }: ReferenceRegister) => new ChipBench(kind === 'ETH' ? { crystal: false } : { partner: false })

function read(on: ChipBench, { kind, address }: ReferenceRegister, bank: number): number {
  if (address < 0x1b) on.bank(bank)
  else on.frame([0x5f, bank])
  const answer = on.frame([address], 2)
  // An ETH register answers at once and repeats itself, the others after a dummy octet.
  if (kind === 'ETH') expect(answer[1]).toBe(answer[0])
  return answer[1]
}

/** ECON1 keeps the bank: written and read as it is. */
function write(on: ChipBench, { address }: ReferenceRegister, bank: number, value: number): void {
  on.write(bank, address, value)
  // ERXRDPTL waits for its high octet (DS39662 7.2.3).
  if (bank === 0 && address === 0x0c) on.write(0, 0x0d, 0x05)
}

describe('control registers by SPI', () => {
  for (const register of REFERENCE_REGISTERS) {
    const { name, address, reset, kind } = register
    const common = register.bank === undefined

    it(`${name} is ${reset.toString(16)}h after power-on, and after SRC`, () => {
      const on = bench(register)
      for (const bank of banks(register)) {
        if (name === 'ECON1') continue
        expect(read(on, register, bank)).toBe(reset)
      }
      if (name === 'ECON1') expect(on.frame([0x1f], 1)[0]).toBe(reset)
      const kept = name === 'ECOCON'
      for (let bit = 0; bit < 8; bit++)
        if (register.bits[bit] === 'w' && !kept) write(on, register, banks(register)[0], 1 << bit)
      on.frame([0xff])
      on.run(1_000_000)
      expect(name === 'ECON1' ? on.frame([0x1f], 1)[0] : read(on, register, banks(register)[0])).toBe(reset)
    })

    it(`${name} lets exactly its writable bits be written, by WCR${kind === 'ETH' ? ', BFS and BFC' : ''}`, () => {
      for (let bit = 0; bit < 8; bit++) {
        const mask = 1 << bit
        const access = register.bits[bit]
        const stays = access === 'w' || access === 'r'
        const on = bench(register)
        const bank = banks(register)[banks(register).length - 1]
        // A transmission needs something to send, a self-test its test mode.
        if (name === 'EBSTCON' && bit === 0) write(on, register, bank, 0x02)
        const with1 = name === 'EBSTCON' && bit === 0 ? 0x03 : mask
        if (name !== 'ECON1') {
          write(on, register, bank, with1)
          expect(read(on, register, bank) & mask, `bit ${bit} set`).toBe(stays ? mask : reset & mask)
          write(on, register, bank, 0)
          expect(read(on, register, bank) & mask, `bit ${bit} cleared`).toBe(stays ? 0 : reset & mask)
        }
        if (kind !== 'ETH' || (bank === 0 && address === 0x0c)) continue
        if (common) on.frame([0x5f, 0])
        else on.bank(bank)
        if (name === 'EBSTCON' && bit === 0) on.set(address, 0x02)
        on.clear(address, mask)
        on.set(address, mask)
        expect(on.frame([address], 1)[0] & mask, `BFS of bit ${bit}`).toBe(stays ? mask : reset & mask)
        on.clear(address, mask)
        expect(on.frame([address], 1)[0] & mask, `BFC of bit ${bit}`).toBe(stays ? 0 : reset & mask)
      }
    })
  }

  it('reads 00h where nothing is implemented or where it is reserved, and ignores writes there', () => {
    const on = new ChipBench({ partner: false })
    for (let bank = 0; bank < 4; bank++) {
      for (let address = 0; address < 0x1a; address++) {
        if (REFERENCE_REGISTERS.some((each) => each.bank === bank && each.address === address)) continue
        on.write(bank, address, 0xff)
        expect([...on.frame([address], 2)], `bank ${bank} address ${address}`).toEqual([0, 0])
      }
    }
    expect(on.chip.findingCounts['unimplemented-register']).toBeGreaterThan(0)
    expect(on.chip.findingCounts['reserved-register']).toBe(REFERENCE_RESERVED.length)
  })

  it('keeps what is written to the withdrawn MACON2, with no function (contract 5)', () => {
    const on = new ChipBench({ partner: false })
    on.write(2, 0x01, 0x80)
    expect(on.mac(2, 0x01)).toBe(0x80)
    on.write(2, 0x01, 0x00)
    expect(on.mac(2, 0x01)).toBe(0x00)
  })

  it('answers 00h at 1Ah, and calls it misuse', () => {
    const on = new ChipBench({ partner: false })
    expect(on.frame([0x1a], 1)[0]).toBe(0)
    expect(on.chip.findings.map(({ id }) => id)).toContain('address-1a')
    on.frame([0xba, 0x01])
    expect(on.chip.findingCounts['address-1a']).toBe(2)
  })
})

describe('PHY registers by MII', () => {
  for (const register of REFERENCE_PHY_REGISTERS) {
    const { name, address, reset } = register
    it(`${name} is ${reset.toString(16).padStart(4, '0')}h after reset and lets exactly its writable bits be written`, () => {
      const on = new ChipBench({ partner: false })
      expect(on.phyRead(address)).toBe(reset)
      for (let bit = 0; bit < 16; bit++) {
        const mask = 1 << bit
        const access = register.bits[bit]
        // PRST resets the PHY and is a test of its own.
        if (access === 's') continue
        const stays = access === 'w' || access === 'r'
        on.phyWrite(address, mask)
        expect(on.phyRead(address) & mask, `bit ${bit} set`).toBe(stays ? mask : reset & mask)
        on.phyWrite(address, 0)
        expect(on.phyRead(address) & mask, `bit ${bit} cleared`).toBe(stays ? 0 : reset & mask)
      }
    })
  }

  it('reads 0000h and ignores writes at the other addresses', () => {
    const on = new ChipBench({ partner: false })
    for (let address = 0; address < 32; address++) {
      if (REFERENCE_PHY_REGISTERS.some((each) => each.address === address)) continue
      on.phyWrite(address, 0xffff)
      expect(on.phyRead(address)).toBe(0)
    }
    expect(on.chip.findingCounts['phy-unimplemented-register']).toBe(23)
  })

  it('sets every PHY bit back on PRST, which clears itself within 100 us', () => {
    const on = new ChipBench({ partner: false })
    on.phyWrite(0x10, 0x0100)
    on.phyWrite(0x14, 0x3476)
    on.phyWrite(0x00, 0x8100)
    expect(on.phyRead(0x00) & 0x8000).toBe(0x8000)
    on.run(100_000)
    for (const register of REFERENCE_PHY_REGISTERS) expect(on.phyRead(register.address)).toBe(register.reset)
  })

  it('has a mask for each of the nine registers', () => {
    expect(REFERENCE_PHY_REGISTERS).toHaveLength(9)
    for (const each of REFERENCE_PHY_REGISTERS) expect(referenceMask(each, 'w', 'o', 'c', 's', 'r')).toBeGreaterThan(0)
  })
})
