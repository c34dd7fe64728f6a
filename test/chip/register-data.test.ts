/** The one table that driver, chip, checks and documents read, against the table of these tests. */
import { describe, expect, it } from 'vitest'
import {
  BITS,
  OPCODE,
  PHY_BITS,
  PHY_REGISTERS as PHY_TABLE,
  REGISTERS as TABLE,
} from '../../firmware/enc28j60/registers.js'
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
  OP,
  PHCON1,
  PHCON2,
  PHSTAT1,
  PHSTAT2,
} from './bench.js'
import { mask, PHY_REGISTERS, REGISTERS } from './register-table.js'

const KINDS = { E: 'ETH', A: 'MAC', I: 'MII' } as const
const entries = new Map(Object.entries(TABLE))
const phyEntries = new Map(Object.entries(PHY_TABLE))

describe('the register table as data (3, 5)', () => {
  it.each(REGISTERS)('$name: place, kind, reset value, masks', ({ name, bank, address, kind, reset, access }) => {
    const entry = entries.get(name)!
    expect(entry.address).toBe(address)
    expect(entry.banks).toEqual(bank === undefined ? [0, 1, 2, 3] : [bank])
    expect(entry.kind).toBe(KINDS[kind])
    // CLKRDY comes 300 µs after power-on; EREVID is the revision's
    if (name !== 'ESTAT' && name !== 'EREVID') expect(entry.reset).toBe(reset)
    const stated = 0xff & ~mask(access, '?')
    // reserved bits are stored, and a write to them is a finding
    expect((entry.writable | entry.selfClearing) & stated & ~mask(access, 'x')).toBe(mask(access, 'ws'))
    expect(entry.clearOnly & stated).toBe(mask(access, 'c'))
    expect(entry.readOnly & stated).toBe(mask(access, 'r'))
    expect(entry.reserved & stated).toBe(mask(access, 'x'))
  })

  it('has no other names than these, reserved addresses apart', () => {
    const names = [...entries].filter(([, entry]) => !entry.withdrawn).map(([name]) => name)
    expect(names.sort()).toEqual(REGISTERS.map(({ name }) => name).sort())
  })

  it.each(PHY_REGISTERS)('$name: address, reset value, masks', ({ name, address, reset, access }) => {
    const entry = phyEntries.get(name)!
    expect(entry.address).toBe(address)
    expect(entry.reset).toBe(reset)
    expect(entry.writable & mask(access, 'w')).toBe(mask(access, 'w'))
    expect(entry.writable & mask(access, 'r-')).toBe(0)
  })

  it('has the nine PHY registers and no more', () => {
    expect([...phyEntries.keys()].sort()).toEqual(PHY_REGISTERS.map(({ name }) => name).sort())
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
  ] as const)('the bits of %s are where section 4 puts them', (name, bits) => {
    expect(BITS[name]).toMatchObject(bits)
  })

  it.each([
    ['PHCON1', PHCON1],
    ['PHCON2', PHCON2],
    ['PHSTAT1', PHSTAT1],
    ['PHSTAT2', PHSTAT2],
  ] as const)('the bits of %s are where section 5.2 puts them', (name, bits) => {
    expect(PHY_BITS[name]).toMatchObject(bits)
  })

  it('the opcodes are those of section 2.2', () => {
    expect(OPCODE).toEqual(OP)
  })
})
