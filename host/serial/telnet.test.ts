import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { encodeSubnegotiation, escapeData, TelnetDecoder, TelnetOptions, type Verb } from './telnet.js'

// RFC 854, "Telnet command structure"
const SE = 0xf0
const NOP = 0xf1
const SB = 0xfa
const WILL = 0xfb
const WONT = 0xfc
const DO = 0xfd
const DONT = 0xfe
const IAC = 0xff

function decoder() {
  const data: number[] = []
  const negotiations: [number, number][] = []
  const subnegotiations: [number, number[]][] = []
  const telnet = new TelnetDecoder({
    data: (octets) => data.push(...octets),
    negotiation: (verb, option) => negotiations.push([verb, option]),
    subnegotiation: (option, payload) => subnegotiations.push([option, [...payload]]),
  })
  return { telnet, data, negotiations, subnegotiations }
}

describe('Telnet octets (RFC 854, RFC 855)', () => {
  it('doubles 255 in data, and only 255', () => {
    expect([...escapeData(Uint8Array.of(0, 254, 255, 255, 1))]).toEqual([0, 254, 255, 255, 255, 255, 1])
  })

  it('doubles 255 inside a subnegotiation', () => {
    expect([...encodeSubnegotiation(44, Uint8Array.of(1, 255))]).toEqual([IAC, SB, 44, 1, 255, 255, IAC, SE])
  })

  it('tells data, negotiation and subnegotiation apart, however they are cut', () => {
    const wire = [
      ...[1, 2, IAC, IAC, 3],
      ...[IAC, DO, 44],
      ...[IAC, SB, 44, 101, 0, IAC, IAC, 2, 0, IAC, SE],
      ...[IAC, NOP, 4],
      ...[IAC, WONT, 0, 5],
    ]
    for (const size of [1, 2, 3, 5, 100]) {
      const { telnet, data, negotiations, subnegotiations } = decoder()
      for (let at = 0; at < wire.length; at += size) telnet.push(Uint8Array.from(wire.slice(at, at + size)))
      expect(data).toEqual([1, 2, 255, 3, 4, 5])
      expect(negotiations).toEqual([
        [DO, 44],
        [WONT, 0],
      ])
      expect(subnegotiations).toEqual([[44, [101, 0, 255, 2, 0]]])
      expect(telnet.counters).toEqual({ commands: 1, brokenSubnegotiations: 0 })
    }
  })

  it('gives up a subnegotiation that is broken off, empty, or without end, and counts it', () => {
    const { telnet, data, negotiations, subnegotiations } = decoder()
    telnet.push(Uint8Array.of(IAC, SB, 44, 1, IAC, WILL, 3, 7))
    telnet.push(Uint8Array.of(IAC, SB, IAC, SE))
    telnet.push(Uint8Array.of(IAC, SB, 44))
    telnet.push(new Uint8Array(1_000_000))
    telnet.push(Uint8Array.of(IAC, SE, 8))
    expect(data).toEqual([7, 8])
    expect(negotiations).toEqual([[WILL, 3]])
    expect(subnegotiations).toEqual([])
    expect(telnet.counters.brokenSubnegotiations).toBe(3)
  })

  it('any data comes back as it was, with commands between (200 seeds)', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = new SeededRandom(seed)
      const { telnet, data } = decoder()
      const sent: number[] = []
      const wire: number[] = []
      for (let i = 0; i < 30; i++) {
        const octets = Uint8Array.from({ length: random.below(40) }, () => (random.below(3) ? random.below(256) : 255))
        sent.push(...octets)
        wire.push(...escapeData(octets))
        if (random.below(2)) wire.push(...encodeSubnegotiation(random.below(255), octets))
        else wire.push(IAC, [WILL, WONT, DO, DONT][random.below(4)], random.below(256))
      }
      let at = 0
      while (at < wire.length) {
        const size = 1 + random.below(50)
        telnet.push(Uint8Array.from(wire.slice(at, at + size)))
        at += size
      }
      expect(data).toEqual(sent)
    }
  })

  it('hostile octets: nothing throws, and no more data comes out than went in (500 seeds)', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const random = new SeededRandom(seed)
      const { telnet, data, subnegotiations } = decoder()
      let count = 0
      for (let i = 0; i < 20; i++) {
        const octets = Uint8Array.from({ length: random.below(80) }, () =>
          random.below(2) ? 240 + random.below(16) : random.below(256),
        )
        count += octets.length
        telnet.push(octets)
      }
      expect(data.length + subnegotiations.reduce((sum, [, payload]) => sum + payload.length, 0)).toBeLessThanOrEqual(
        count,
      )
    }
  })
})

describe('Telnet options (RFC 1143)', () => {
  function options() {
    const sent: [Verb, number][] = []
    const telnet = new TelnetOptions({ ours: [0, 44], theirs: [0] }, (verb, option) => sent.push([verb, option]))
    const changes: string[] = []
    telnet.onChange((side, option, on) => changes.push(`${side} ${option} ${on}`))
    return { telnet, sent, changes }
  }

  it('asks once, and takes the answer without another', () => {
    const { telnet, sent, changes } = options()
    telnet.ask('ours', 44)
    telnet.ask('ours', 44)
    telnet.receive(DO, 44)
    telnet.receive(DO, 44)
    expect(sent).toEqual([[WILL, 44]])
    expect(changes).toEqual(['ours 44 true'])
  })

  it('agrees to what it knows, refuses the rest, and confirms an end', () => {
    const { telnet, sent } = options()
    telnet.receive(WILL, 0)
    telnet.receive(WILL, 44)
    telnet.receive(DO, 1)
    telnet.receive(WONT, 0)
    telnet.receive(WONT, 0)
    expect(sent).toEqual([
      [DO, 0],
      [DONT, 44],
      [WONT, 1],
      [DONT, 0],
    ])
  })

  it('two ends that answer each other come to rest, whatever both ask for (200 seeds)', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = new SeededRandom(seed)
      const wire: { to: number; verb: Verb; option: number }[] = []
      const some = () => [0, 1, 3, 44].filter(() => random.below(2) === 1)
      const ends = [0, 1].map(
        (end) =>
          new TelnetOptions({ ours: some(), theirs: some() }, (verb, option) =>
            wire.push({ to: 1 - end, verb, option }),
          ),
      )
      for (const end of ends) {
        for (const option of some()) end.ask('ours', option)
        for (const option of some()) end.ask('theirs', option)
      }
      let steps = 0
      for (let next = wire.shift(); next !== undefined && steps < 1000; next = wire.shift()) {
        ends[next.to].receive(next.verb, next.option)
        steps++
      }
      expect(steps).toBeLessThan(100)
      for (const option of [0, 1, 3, 44]) {
        for (const side of ['ours', 'theirs'] as const) {
          const other = side === 'ours' ? 'theirs' : 'ours'
          expect(ends[0].state(side, option) === 'yes').toBe(ends[1].state(other, option) === 'yes')
        }
      }
    }
  })
})
