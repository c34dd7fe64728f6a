import { describe, expect, it } from 'vitest'
import { parseIpv6 } from '../../firmware/net/ipv6/address.js'
import { scriptAddress } from './addresses.js'
import { wireAnswer } from './neighbours.js'
import { readWirePacket } from './wire.js'

const ENDS = { own: parseIpv6('fd00::1') ?? 0, gateway: parseIpv6('fd00::2') ?? 0 }

/** An IPv6 frame from a line of hexadecimal: version, length, next header, hop limit; addresses; what is behind them. */
function frame(...parts: readonly string[]): Uint8Array {
  const digits = parts.join('').replaceAll(' ', '')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const ETHERNET = '3333ff000002 020000000001 86dd'
const HEADER = '60000000 0020 3a ff'
const OWN = 'fd000000000000000000000000000001'
const NONE = '00000000000000000000000000000000'
/** RFC 4861 4.3: asked for fd00::2, or fd00::9. */
const SOLICITATION = (target: string) =>
  `87 00 0000 00000000 fd00000000000000000000000000000${target} 01 01 020000000001`
const GROUP = 'ff0200000000000000000001ff000002'

describe('the wire of a script answers for every neighbour (RFC 4861 7.2.4)', () => {
  it.each([
    // Flags: router, solicited, override; the gateway is a router, nobody else.
    ['2', 0xe0],
    ['9', 0x60],
  ])('fd00::%s advertises itself to who asked', (target, flags) => {
    const reply = wireAnswer(frame(ETHERNET, HEADER, OWN, GROUP, SOLICITATION(target)), ENDS)
    if (typeof reply !== 'object') throw new Error('no answer')
    const packet = readWirePacket(reply)
    expect(packet).toMatchObject({
      source: scriptAddress('ipv6', `fd00::${target}`),
      destination: ENDS.own,
      timeToLive: 255,
      transport: { kind: 'icmp', type: 136, code: 0 },
      faults: [],
    })
    expect([...reply.slice(0, 12)]).toEqual([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2])
    // The flags, the target, and its link-layer address as an option (4.6.1).
    expect(reply[14 + 40 + 4]).toBe(flags)
    expect([...reply.slice(14 + 40 + 24)]).toEqual([2, 1, 2, 0, 0, 0, 0, 2])
  })

  it('not to a probe, which asks whether an address is free (RFC 4862 5.4.2); what else is said of neighbours goes by', () => {
    expect(wireAnswer(frame(ETHERNET, HEADER, NONE, GROUP, SOLICITATION('1')), ENDS)).toBe('nothing')
    const routerSolicitation = '85 00 0000 00000000'
    expect(wireAnswer(frame(ETHERNET, '60000000 0008 3a ff', OWN, GROUP, routerSolicitation), ENDS)).toBe('nothing')
    // RFC 9777 5: a report behind a router alert.
    const report = '3a00 0502 0000 0100 8f 00 0000 0000 0000'
    expect(wireAnswer(frame(ETHERNET, '60000000 0010 00 01', OWN, GROUP, report), ENDS)).toBe('nothing')
  })

  it('and leaves the rest to the script', () => {
    const echo = '80 00 0000 00070000'
    expect(wireAnswer(frame(ETHERNET, '60000000 0008 3a 40', OWN, GROUP, echo), ENDS)).toBeUndefined()
    expect(wireAnswer(frame(ETHERNET, '60000000 0008 3a 40', OWN), ENDS)).toBeUndefined()
    expect(wireAnswer(frame('020000000002 020000000001 0800 45000014'), ENDS)).toBeUndefined()
  })
})
