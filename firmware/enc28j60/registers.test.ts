import { describe, expect, it } from 'vitest'
import {
  ECON1,
  ECON2,
  EIE,
  EIR,
  ERXFCON,
  ESTAT,
  MACON1,
  MACON3,
  MACON4,
  MISTAT,
  PHCON1,
  PHCON2,
  PHSTAT1,
  PHSTAT2,
} from '../../test/chip/bench.js'
import {
  REFERENCE_PHY_REGISTERS,
  REFERENCE_REGISTERS,
  REFERENCE_RESERVED,
  referenceMask,
} from '../../test/support/registers.reference.js'
import { BITS, OPCODE, PHY_BITS, phyRegisterAt, REVISION_ID, registerAt } from './registers.js'

describe('the register table against the data sheet (DS39662 tables 3-1 to 3-3)', () => {
  for (const reference of REFERENCE_REGISTERS) {
    it(`has ${reference.name} where it belongs, with its reset value and every bit's access`, () => {
      for (const bank of reference.bank === undefined ? [0, 1, 2, 3] : [reference.bank]) {
        const register = registerAt(bank, reference.address)
        expect(register).toMatchObject({
          name: reference.name,
          kind: reference.kind,
          reset: reference.name === 'EREVID' ? 0 : reference.reset,
          readOnly: referenceMask(reference, 'o'),
          clearOnly: referenceMask(reference, 'c'),
          selfClearing: referenceMask(reference, 's'),
          writable: referenceMask(reference, 'w', 'r'),
          reserved: referenceMask(reference, 'r', '0', 'h'),
          implemented: referenceMask(reference, 'w', 'r', 'o', 'c', 'h'),
        })
      }
    })
  }

  for (const reference of REFERENCE_PHY_REGISTERS) {
    it(`has ${reference.name} where it belongs, with its reset value and every bit's access`, () => {
      expect(phyRegisterAt(reference.address)).toMatchObject({
        name: reference.name,
        reset: reference.reset,
        readOnly: referenceMask(reference, 'o'),
        selfClearing: referenceMask(reference, 's'),
        writable: referenceMask(reference, 'w', 'r'),
        reserved: referenceMask(reference, 'r'),
      })
    })
  }

  it('has nothing beyond that: reserved addresses are marked, all others are empty', () => {
    for (let bank = 0; bank < 4; bank++) {
      for (let address = 0; address < 0x20; address++) {
        const register = registerAt(bank, address)
        const known = REFERENCE_REGISTERS.some(
          (each) => each.address === address && (each.bank ?? bank) === bank && each.name === register?.name,
        )
        const reserved = REFERENCE_RESERVED.some(([b, a]) => b === bank && a === address)
        if (reserved) expect(register?.withdrawn).toBe(true)
        else expect(register !== undefined, `bank ${bank} address ${address}`).toBe(known)
      }
    }
    for (let address = 0; address < 0x20; address++)
      expect(phyRegisterAt(address) !== undefined).toBe(REFERENCE_PHY_REGISTERS.some((r) => r.address === address))
  })

  it('names bits as the data sheet does', () => {
    expect(BITS.ECON1).toEqual({ TXRST: 0x80, RXRST: 0x40, DMAST: 0x20, CSUMEN: 0x10, TXRTS: 8, RXEN: 4, BSEL: 3 })
    expect(BITS.EIR).toMatchObject({ PKTIF: 0x40, DMAIF: 0x20, LINKIF: 0x10, TXIF: 0x08, TXERIF: 0x02, RXERIF: 0x01 })
    expect(BITS.ESTAT).toMatchObject({ INT: 0x80, BUFER: 0x40, LATECOL: 0x10, RXBUSY: 4, TXABRT: 2, CLKRDY: 1 })
    expect(BITS.ECON2).toEqual({ AUTOINC: 0x80, PKTDEC: 0x40, PWRSV: 0x20, VRPS: 0x08 })
    expect(BITS.MACON3.PADCFG).toBe(0xe0)
    expect(PHY_BITS.PHCON1).toEqual({ PRST: 0x8000, PLOOPBK: 0x4000, PPWRSV: 0x0800, PDPXMD: 0x0100 })
    expect(PHY_BITS.PHCON2).toEqual({ FRCLNK: 0x4000, TXDIS: 0x2000, JABBER: 0x0400, HDLDIS: 0x0100 })
    expect(PHY_BITS.PHSTAT2).toMatchObject({ LSTAT: 0x0400, PLRITY: 0x0020 })
  })

  it.each([
    ['ECON1', ECON1],
    ['ECON2', ECON2],
    ['ESTAT', ESTAT],
    ['EIR', EIR],
    ['EIE', EIE],
    ['ERXFCON', ERXFCON],
    ['MACON1', MACON1],
    ['MACON3', MACON3],
    ['MACON4', MACON4],
    ['MISTAT', MISTAT],
  ] as const)('has the bits of %s where the tests of the chip have them', (name, bits) => {
    expect(BITS[name]).toMatchObject(bits)
  })

  it.each([
    ['PHCON1', PHCON1],
    ['PHCON2', PHCON2],
    ['PHSTAT1', PHSTAT1],
    ['PHSTAT2', PHSTAT2],
  ] as const)('has the bits of %s where the tests of the chip have them', (name, bits) => {
    expect(PHY_BITS[name]).toMatchObject(bits)
  })

  it('has the opcodes of table 4-1 and the revisions of DS80349C', () => {
    expect(OPCODE).toEqual({ RCR: 0, RBM: 0x3a, WCR: 0x40, WBM: 0x7a, BFS: 0x80, BFC: 0xa0, SRC: 0xff })
    expect(REVISION_ID).toEqual({ B1: 2, B4: 4, B5: 5, B7: 6 })
  })
})
