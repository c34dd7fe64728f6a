import { describe, expect, it } from 'vitest'
import { ipv4 } from './address.js'
import { type IpEndpoint, unspecified } from './ip.js'
import { PortTable } from './port-table.js'

const A = { address: ipv4('10.0.0.1'), port: 80 }
const B = { address: ipv4('10.0.0.2'), port: 80 }
const ALL = { address: unspecified('ipv4'), port: 80 }

function tableOf(...owners: IpEndpoint[]): PortTable<IpEndpoint> {
  const table = new PortTable<IpEndpoint>((owner) => owner)
  for (const owner of owners) table.add(owner)
  return table
}

describe('a port', () => {
  it('belongs to the owner of that address, before an owner of all addresses', () => {
    const table = tableOf(ALL, A)
    expect(table.find(A.address, 80)).toBe(A)
    expect(table.find(B.address, 80)).toBe(ALL)
    expect(table.find(A.address, 81)).toBeUndefined()
    expect(tableOf(A).find(B.address, 80)).toBeUndefined()
  })

  it('is taken where another would get the same segments, unless that one shares it', () => {
    expect([A, B, ALL].map((end) => tableOf(A).isTaken(end))).toEqual([true, false, true])
    expect([A, B, ALL].map((end) => tableOf(ALL).isTaken(end))).toEqual([true, true, true])
    expect(tableOf(A).isTaken({ ...A, port: 81 })).toBe(false)
    expect(tableOf(A).isTaken(ALL, (owner) => owner === A)).toBe(false)
    expect(tableOf(A, B).isTaken(ALL, (owner) => owner === A)).toBe(true)
  })

  it('is free when all who had it are gone, each as often as it came', () => {
    const table = tableOf(A, B)
    expect(table.on(80)).toEqual([A, B])
    table.remove(A)
    table.remove(A)
    expect([...table]).toEqual([B])
    table.remove(B)
    expect([table.has(80), table.on(80)]).toEqual([false, undefined])
  })
})
