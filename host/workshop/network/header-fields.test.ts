/** Headers field by field: frames whose values others wrote down, and octets at random. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { WORKSHOP_EN } from '../words/en.js'
import { sayTold, type Told } from '../words/told.js'
import { type HeaderField, headerFields } from './header-fields.js'

const octets = (hex: string) => Uint8Array.from(hex.match(/[0-9a-f]{2}/gi)!, (pair) => Number.parseInt(pair, 16))
const say = (what: Told | string) => sayTold(WORKSHOP_EN, what)
const lines = (fields: readonly HeaderField[]) =>
  fields.map(
    ({ layer, name, value, wrong }) => `${layer} ${say(name)}: ${say(value)}${wrong === true ? ' (wrong)' : ''}`,
  )

const ETHERNET = '00005e00530100005e0053020800'
// The header of the worked example in Wikipedia's “Internet checksum”; UDP behind it, as its Protocol says.
const IP = '4500007300004000 4011b861c0a80001c0a800c7'
const UDP = '0035e97c005f0000'
const DATA = '00'.repeat(0x5f - 8)
const FCS = '12345678'

describe('the fields of a frame', () => {
  it('are those of an IPv4 header whose checksum is known', () => {
    const frame = octets(`${ETHERNET}${IP}${UDP}${DATA}${FCS}`)
    expect(lines(headerFields(frame))).toEqual([
      'ethernet Destination Address: 00:00:5e:00:53:01',
      'ethernet Source Address: 00:00:5e:00:53:02',
      'ethernet Type: 0800h IPv4',
      'ipv4 Version, IHL: 4, 5 × 4',
      'ipv4 Type of Service: 00h',
      'ipv4 Total Length: 115',
      'ipv4 Identification: 0',
      'ipv4 Flags, Fragment Offset: DF, 0',
      'ipv4 Time to Live: 64',
      'ipv4 Protocol: 17 UDP',
      'ipv4 Header Checksum: B861h, right',
      'ipv4 Source Address: 192.168.0.1',
      'ipv4 Destination Address: 192.168.0.199',
      'udp Source Port: 53',
      'udp Destination Port: 59772',
      'udp Length: 95',
      'udp Checksum: 0000h',
      'data data: 87 octets',
      'ethernet Frame Check Sequence: ',
    ])
    frame[14 + 8]--
    expect(lines(headerFields(frame))).toContain('ipv4 Header Checksum: B861h, wrong (wrong)')
  })

  it('of a fragment behind the first are data, and nobody says whether its checksum holds', () => {
    const later = octets(`${ETHERNET}4500001c0001200740010000c0a80001c0a800c70102030405060708${FCS}`)
    expect(headerFields(later).map(({ layer }) => layer)).not.toContain('icmp')
    expect(lines(headerFields(later))).toContain('ipv4 Flags, Fragment Offset: MF, 56')
    const first = octets(`${ETHERNET}4500001c0001200040010000c0a80001c0a800c70800ffff00010002${FCS}`)
    expect(lines(headerFields(first))).toContain('icmp Checksum: FFFFh')
  })

  it('are each octet of the frame, once and in their order, whatever they hold', () => {
    const random = new SeededRandom(7)
    const whole = octets(`${ETHERNET}${IP}${UDP}${DATA}${FCS}`)
    for (let round = 0; round < 4000; round++) {
      const frame = whole.slice(0, random.below(whole.length + 1))
      // Every protocol, and the fields that lead to others, at random
      const protocol = [1, 6, 17, 99][random.below(4)]
      if (frame.length > 23) frame[23] = protocol
      if (frame.length > 13 && random.below(3) === 0) frame[13] = 6
      for (let n = random.below(4); n > 0; n--)
        if (frame.length > 0) frame[random.below(frame.length)] = random.below(256)
      const fields = headerFields(frame)
      if (frame.length < 18) {
        expect(fields).toEqual([])
        continue
      }
      let at = 0
      for (const field of fields) {
        const count = field.layer === 'data' ? Number(/\d+/.exec(say(field.value))![0]) : field.octets.split(' ').length
        const shown = field.octets.replace(/ …$/, '').split(' ')
        const inFrame = [...frame.subarray(at, at + shown.length)].map((octet) =>
          octet.toString(16).padStart(2, '0').toUpperCase(),
        )
        expect(shown.map((each) => each.toUpperCase())).toEqual(inFrame)
        at += count
      }
      expect(at).toBe(frame.length)
    }
  })
})
