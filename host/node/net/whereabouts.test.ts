import { describe, expect, it } from 'vitest'
import { formatIp, parseAnyIp } from '../../../firmware/net/ip.js'
import { createLab } from '../../lab.js'
import { Whereabouts } from './whereabouts.js'

const ip = (text: string) => parseAnyIp(text)!

function hosts(count: number): Whereabouts {
  const lab = createLab()
  return new Whereabouts(
    Array.from({ length: count }, (_, i) => lab.addHost({ name: `h${i + 1}`, address: `10.0.0.${i + 1}/24` })),
  )
}

describe('where a program’s socket is', () => {
  it('with one host it is that one, and its loopback is its own', () => {
    const one = hosts(1)
    expect(one.forBind(ip('127.0.0.1'))).toEqual({ host: one.client, address: ip('127.0.0.1') })
    expect(one.forConnect(ip('127.0.0.1'), undefined)).toEqual({ host: one.client, address: ip('127.0.0.1') })
    expect(one.named('localhost')).toBeUndefined()
  })

  it.each([
    // to whom, from which address: who connects, and to whom on the wire
    ['127.0.0.1', undefined, 'h1', '10.0.0.2'],
    ['0.0.0.0', undefined, 'h1', '10.0.0.2'],
    ['10.0.0.2', undefined, 'h1', '10.0.0.2'],
    ['10.0.0.1', undefined, 'h2', '10.0.0.1'], // FTP in active mode: the server connects to its client
    ['10.0.0.2', '10.0.0.2', 'h2', '10.0.0.2'],
    ['203.0.113.1', undefined, 'h1', '203.0.113.1'],
    ['::1', undefined, 'h1', '::1'], // no host here speaks IPv6
  ])('with two hosts, to %s from %s', (to, from, host, remote) => {
    const found = hosts(2).forConnect(ip(to), from === undefined ? undefined : ip(from))
    expect([found.host.name, formatIp(found.address)]).toEqual([host, remote])
  })

  it.each([
    ['0.0.0.0', 'h2', '0.0.0.0'],
    ['127.0.0.1', 'h2', '10.0.0.2'],
    ['10.0.0.1', 'h1', '10.0.0.1'],
    ['203.0.113.1', 'h2', '203.0.113.1'],
  ])('with two hosts, who binds %s', (address, host, bound) => {
    const found = hosts(2).forBind(ip(address))
    expect([found.host.name, formatIp(found.address)]).toEqual([host, bound])
  })

  it('knows its hosts by their names', () => {
    const two = hosts(2)
    expect(two.named('H1.')?.map(formatIp)).toEqual(['10.0.0.1'])
    expect(two.named('localhost')?.map(formatIp)).toEqual(['10.0.0.2'])
    expect(two.named('somewhere')).toBeUndefined()
  })
})
