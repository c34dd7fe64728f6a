import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { LONGEST_PACKET, PacketReader, packetOf } from './packet.js'

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const textOf = (octets: Uint8Array) => String.fromCharCode(...octets)

function reader() {
  const events: string[] = []
  const made = new PacketReader({
    packet: (data) => events.push(`packet ${textOf(data)}`),
    broken: () => events.push('broken'),
    again: () => events.push('again'),
    interrupt: () => events.push('interrupt'),
  })
  return { events, reader: made }
}

/** As a client reads an answer ("Debugging with GDB", E.1): its sum checked, repetitions written out, what is escaped taken back. */
function answerIn(packet: Uint8Array): string {
  const [, body, sum] = /^\$([^$#]*)#([0-9a-f]{2})$/s.exec(textOf(packet))!
  expect(ascii(body).reduce((total, octet) => (total + octet) % 256, 0)).toBe(Number.parseInt(sum, 16))
  return body.replace(/\}(.)|(.)\*(.)/gs, (_, escaped?: string, repeated = '', count = '') =>
    escaped === undefined
      ? repeated.repeat(1 + count.charCodeAt(0) - 29)
      : String.fromCharCode(escaped.charCodeAt(0) ^ 0x20),
  )
}

describe('packets of a client', () => {
  it('are read whole or octet by octet; between them come acknowledgements and Ctrl-C', () => {
    const octets = ascii('+$m0,4#fd-\x03$?#3f')
    for (const pieces of [[octets], [...octets].map((octet) => Uint8Array.of(octet))]) {
      const { events, reader: read } = reader()
      for (const piece of pieces) read.receive(piece)
      expect(events).toEqual(['packet m0,4', 'again', 'interrupt', 'packet ?'])
    }
  })

  it('have escaped octets: a brace, and the octet XOR 0x20', () => {
    const { events, reader: read } = reader()
    const body = 'X0,4:}\x03}\x04}]\x03'
    const sum = ascii(body).reduce((total, octet) => (total + octet) % 256, 0)
    read.receive(ascii(`$${body}#${sum.toString(16).padStart(2, '0')}`))
    expect(events).toEqual(['packet X0,4:#$}\x03'])
  })

  it('that are broken are asked for again and counted by what is wrong; the next one is read', () => {
    const { events, reader: read } = reader()
    read.receive(ascii(`$g#68$g#zz$m0,$g#67xy$${'0'.repeat(LONGEST_PACKET + 1)}#00$g#67`))
    expect(events).toEqual(['broken', 'broken', 'packet g', 'broken', 'packet g'])
    expect(read.counters).toEqual({ stray: 2, wrongSum: 2, tooLong: 1, cutOff: 1 })
  })

  it('as long as allowed are read', () => {
    const { events, reader: read } = reader()
    read.receive(ascii(`$${'0'.repeat(LONGEST_PACKET)}#00`))
    expect(events).toEqual([`packet ${'0'.repeat(LONGEST_PACKET)}`])
  })
})

describe('an answer', () => {
  it.each([
    ['OK', '$OK#9a'],
    ['0000', '$0* #7a'],
    // Six more of them would be said by `#`: five are, and what is left follows.
    ['0000000', '$0*"0#ac'],
    ['', '$#00'],
  ])('%j is %s', (text, packet) => {
    expect(textOf(packetOf(text))).toBe(packet)
  })

  it('is read as what was meant, whatever is in it and however often', () => {
    const random = new SeededRandom(7)
    for (let round = 0; round < 500; round++) {
      let text = ''
      for (let piece = 0; piece < 6; piece++)
        text += 'a0*#$}+-'[random.below(8)].repeat(1 + random.below(round % 3 === 0 ? 260 : 5))
      expect(answerIn(packetOf(text))).toBe(text)
    }
  })
})

it('whatever octets come, nothing is thrown, and a packet behind them is read', () => {
  const random = new SeededRandom(11)
  for (let round = 0; round < 300; round++) {
    const { events, reader: read } = reader()
    const noise = Uint8Array.from({ length: random.below(200) }, () =>
      random.below(2) === 0 ? ascii('$#}*+-\x03')[random.below(7)] : random.below(256),
    )
    read.receive(noise)
    // What has begun is ended: by `$`, or by the two digits of a sum that were due.
    read.receive(ascii('##00$g#67'))
    expect(events.at(-1)).toBe('packet g')
  }
})
