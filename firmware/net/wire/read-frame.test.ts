/** One reading of a frame's headers: what is in order, and the first that is not. */
import { describe, expect, it } from 'vitest'
import { readFrame } from './read-frame.js'

const octets = (hex: string) => Uint8Array.from(hex.match(/[0-9a-f]{2}/gi)!, (pair) => Number.parseInt(pair, 16))

const ETHERNET = '00005e00530100005e005302'
// RFC 1071's sum, by hand: 4500 0024 0001 0000 4001 → B8B1 with 192.168.0.1 to 192.168.0.199 (B8B1 + what is summed = FFFF).
const ip = (protocol: string, sum: string, flags = '0000') => `450000240001${flags}40${protocol}${sum}c0a80001c0a800c7`

describe('what a frame holds', () => {
  it('is an ARP packet (RFC 826), or why it is none', () => {
    const arp = `${ETHERNET}08060001080006040001020000000001c0a80701000000000000c0a80702`
    expect(readFrame(octets(arp))).toMatchObject({ arp: { operation: 1, senderAddress: 0xc0a80701 } })
    expect(readFrame(octets(arp.slice(0, -2)))).toMatchObject({ fault: { header: 'ARP', why: 'truncated' } })
    expect(readFrame(octets(arp.replace('08060001', '08060002')))).toMatchObject({ fault: { header: 'ARP' } })
  })

  it('is a header with the one below it, and nothing behind the first that is not in order', () => {
    const headerSum = (protocol: number, flags: number) => {
      const sum = 0x4500 + 0x0024 + 0x0001 + flags + 0x4000 + protocol + 0xc0a8 + 0x0001 + 0xc0a8 + 0x00c7
      return (0xffff - ((sum & 0xffff) + (sum >>> 16))).toString(16).padStart(4, '0')
    }
    const udp = `${ETHERNET}0800${ip('11', headerSum(17, 0))}0035e97c001000000102030405060708`
    expect(readFrame(octets(udp))).toMatchObject({
      ip: { protocol: 17 },
      udp: { sourcePort: 53, destinationPort: 59772, checked: false },
    })
    expect(readFrame(octets(udp)).fault).toBeUndefined()
    const wrongSum = `${ETHERNET}0800${ip('11', '1234')}0035e97c001000000102030405060708`
    const { ip: none, udp: neither, fault } = readFrame(octets(wrongSum))
    expect([none, neither, fault]).toEqual([undefined, undefined, { header: 'IP', why: 'header checksum' }])
    const short = `${ETHERNET}0800${ip('11', headerSum(17, 0))}0035e97c000700000102030405060708`
    expect(readFrame(octets(short))).toMatchObject({ ip: {}, fault: { header: 'UDP', why: 'length' } })
    const icmp = `${ETHERNET}0800${ip('01', headerSum(1, 0))}0800f7ff00000000`.padEnd(2 * 50, '0')
    expect(readFrame(octets(icmp))).toMatchObject({ icmp: { type: 8, code: 0 } })
    expect(readFrame(octets(icmp.replace('0800f7ff', '0800f7fe')))).toMatchObject({ fault: { header: 'ICMP' } })
    // The first fragment of a datagram has a header that nobody can check.
    const fragment = `${ETHERNET}0800${ip('11', headerSum(17, 0x2000), '2000')}0035e97c001000000102030405060708`
    expect(readFrame(octets(fragment))).toMatchObject({ ip: { moreFragments: true } })
    expect(readFrame(octets(fragment)).udp).toBeUndefined()
  })

  it('is nothing where there is no header of Ethernet', () => {
    expect(readFrame(new Uint8Array(13))).toEqual({ fault: { header: 'Ethernet', why: 'truncated' } })
  })
})
