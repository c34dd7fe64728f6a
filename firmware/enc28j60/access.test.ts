import { describe, expect, it } from 'vitest'
import { readRegister } from '../../test/support/read-register.js'
import type { SpiProgram, SpiTransfer } from '../hal/spi.js'
import { Batch, ChipAccess, readPair } from './access.js'

const hex = (octets: Uint8Array) => Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ')

/** Runs a program, answering the n-th octet read with n; returns what went out. */
function record<T>(program: SpiProgram<T>) {
  const steps: string[][] = []
  let next = 0
  const answer = ({ read }: SpiTransfer) => Uint8Array.from({ length: read }, () => ++next)
  let result = program.next([])
  while (!result.done) {
    const step = result.value
    if ('wait' in step) {
      steps.push([`wait ${step.wait}`])
      result = program.next([])
    } else {
      steps.push(step.transfers.map(({ write, read }) => hex(write) + ' ??'.repeat(read)))
      result = program.next(step.transfers.map(answer))
    }
  }
  return { steps, value: result.value }
}

describe('register access (reference 2.4: frames as seen on the bus)', () => {
  it('reads ESTAT with 1D and one octet, in any bank', () => {
    expect(record(readRegister(new ChipAccess(), 'ESTAT'))).toEqual({ steps: [['1d ??']], value: 1 })
  })

  it('reads a MAC register with a dummy octet, and takes the second one (DS39662 4.2.1)', () => {
    expect(record(readRegister(new ChipAccess(), 'MACON1'))).toEqual({
      steps: [['bf 03', '9f 02', '00 ?? ??']],
      value: 2,
    })
  })

  it('reads MISTAT with a dummy octet and EREVID without, both in bank 3', () => {
    const access = new ChipAccess()
    expect(record(readRegister(access, 'MISTAT')).steps).toEqual([['bf 03', '9f 03', '0a ?? ??']])
    expect(record(readRegister(access, 'EREVID')).steps).toEqual([['12 ??']])
  })

  it('writes ERXND = 0BFFh low octet first', () => {
    const access = new ChipAccess()
    access.bank = 0
    expect(record(new Batch(access).writePair('ERXND', 0x0bff).run()).steps).toEqual([['4a ff', '4b 0b']])
  })

  it('sets RXEN, decrements the packet count and clears transmit flags with bit field instructions', () => {
    const batch = new Batch(new ChipAccess()).set('ECON1', 0x04).set('ECON2', 0x40).clear('EIR', 0x0a)
    expect(record(batch.run()).steps).toEqual([['9f 04', '9e 40', 'bc 0a']])
  })

  it('refuses a bit field instruction on a MAC register', () => {
    expect(() => new Batch(new ChipAccess()).set('MACON3', 0x32)).toThrow(/MACON3 is a MAC register/)
  })

  it('knows the bank it has selected, and changes only the bits that differ', () => {
    const access = new ChipAccess()
    record(readRegister(access, 'ERXFCON'))
    expect(record(readRegister(access, 'EPKTCNT')).steps).toEqual([['19 ??']])
    expect(record(readRegister(access, 'EREVID')).steps).toEqual([['9f 02', '12 ??']])
    expect(record(readRegister(access, 'MACON1')).steps).toEqual([['bf 01', '00 ?? ??']])
    expect(record(readPair(access, 'ERXWRPT'))).toEqual({ steps: [['bf 02', '0e ??', '0f ??']], value: 0x0201 })
  })

  it('is in bank 0 after a system reset', () => {
    const access = new ChipAccess()
    access.bank = 3
    record(new Batch(access).reset().run())
    expect(record(readPair(access, 'ERDPT')).steps).toEqual([['00 ??', '01 ??']])
  })

  it('reads memory with RBM behind ERDPT: the first octet is data (DS39662 4.2.2)', () => {
    const access = new ChipAccess()
    access.bank = 0
    const batch = new Batch(access).writePair('ERDPT', 0x1234)
    const reply = batch.readBuffer(3)
    expect(record(batch.run()).steps).toEqual([['40 34', '41 12', '3a ?? ?? ??']])
    expect([...reply.octets]).toEqual([1, 2, 3])
  })

  it('knows nothing any more when a step was not answered', () => {
    const access = new ChipAccess()
    const program = readRegister(access, 'MACON1')
    program.next([])
    expect(access.bank).toBe(2)
    expect(() => program.throw(new Error('the line is gone'))).toThrow('the line is gone')
    expect(access.bank).toBeUndefined()
  })
})
