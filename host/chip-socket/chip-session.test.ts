import { describe, expect, it } from 'vitest'
import { createBareBench } from '../../boards/bare-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import { testRandom } from '../../test/support/random.js'
import { ChipDoor } from './chip-door.js'
import { ChipSession } from './chip-session.js'

const HELLO = [1, 0, 1]
const WHOLE = 3
/** BFS ECON1, 3; then RCR EREVID and an octet to read it (DS39662 4.2, table 3-1). */
const BANK_3 = [2, WHOLE, 0x9f, 3]
const READ_REVISION = [2, WHOLE, 0x12, 0]
const B7 = 6

function withLength(...messages: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((message) => [0, 0, message.length >> 8, message.length & 0xff, ...message]))
}

function time(type: 3 | 4, nanoseconds: number): number[] {
  const octets = Buffer.alloc(8)
  octets.writeBigUInt64BE(BigInt(nanoseconds))
  return [type, ...octets]
}

/** As docs/chip-socket.md has it, read by hand. */
function readReply(octets: Uint8Array, payload: number) {
  const buffer = Buffer.from(octets)
  const edges = buffer.subarray(20 + payload)
  return {
    type: buffer[4],
    at: Number(buffer.readBigUInt64BE(5)),
    interrupt: buffer[13],
    findings: buffer.readUInt32BE(14),
    edgeCount: buffer.readUInt16BE(18),
    octets: [...buffer.subarray(20, 20 + payload)],
    edges: Array.from({ length: edges.length / 9 }, (_, i) => ({
      at: Number(edges.readBigUInt64BE(9 * i)),
      level: edges[9 * i + 8],
    })),
  }
}

/** A driver, its chip 1 ms after power-on. */
function driver(options: { readonly faults?: readonly string[] } = {}) {
  const bench = createBareBench({ board: findBoard('uno'), ...options })
  bench.lab.runFor(MILLISECOND)
  const door = new ChipDoor(bench)
  const session = new ChipSession(door)
  const answers = (octets: Uint8Array) => [...session.receive(octets)]
  const ask = (...message: number[]) => {
    const [answer] = answers(withLength(message))
    const payload = message[0] === 2 ? message.length - 2 : message[0] === 1 ? 6 : 0
    return { ...readReply(answer.octets, answer.octets[4] === 0xff ? 2 : payload), isLast: answer.isLast }
  }
  return { ...bench, door, session, answers, ask }
}

function greeted(options = {}) {
  const made = driver(options)
  expect(made.ask(...HELLO)).toMatchObject({ type: 0x81, octets: [0, 1, 0, 0x7a, 0x12, 0], isLast: false }) // 8 MHz
  return made
}

describe('a driver', () => {
  it('says hello first, in the version that is spoken, or nothing is done for it', () => {
    for (const [message, code] of [
      [READ_REVISION, 2],
      [[1, 0, 2], 3],
      [[9], 5],
      [[1], 6],
    ] as const) {
      const { ask, answers, door } = driver()
      expect(ask(...message)).toMatchObject({ type: 0xff, octets: [0, code], at: MILLISECOND, isLast: true })
      expect(answers(withLength(HELLO, READ_REVISION))).toEqual([])
      expect(door.refused.total).toBe(1)
    }
  })

  it('reads a register under one chip select, whole or in pieces, and MISO floats where the chip drives nothing', () => {
    const { ask } = greeted()
    ask(...BANK_3)
    expect(ask(...READ_REVISION)).toMatchObject({ type: 0x82, octets: [0xff, B7], findings: 0 })
    ask(2, 1)
    expect(ask(2, 0, 0x12)).toMatchObject({ octets: [0xff] })
    ask(...time(3, MICROSECOND))
    expect(ask(2, 0, 0)).toMatchObject({ octets: [B7] })
    expect(ask(2, 2)).toMatchObject({ findings: 0 })
  })

  it('has its time passed by octets at their clock, by CS and by what it asks for', () => {
    const { ask } = greeted()
    // CS 50 ns before the first clock, two octets of 1 us at 8 MHz, CS 210 ns behind the last (table 16-6).
    const first = ask(...READ_REVISION)
    expect(first.at).toBe(MILLISECOND + 50 + 2_000 + 210)
    // CS is high for 50 ns.
    expect(ask(...READ_REVISION).at).toBe(first.at + 50 + 2_260)
    // 3 MHz: ends of octets are rounded, not added up. Hold of 10 ns, high for 1000 ns.
    const { at } = ask(6, ...[0, 0x2d, 0xc6, 0xc0], ...[0, 0, 0, 10], ...[0, 0, 3, 0xe8])
    expect(ask(2, WHOLE, 0x1f, 0, 0).at).toBe(at + 1_000 + 50 + 8_000 + 10)
    expect(ask(...time(3, 12_345)).at).toBe(at + 9_060 + 12_345)
  })

  it('is told a finding in the reply to what made it: a hold that is too short for a MAC register', () => {
    const { ask } = greeted()
    ask(6, ...[0, 0x7a, 0x12, 0], ...[0, 0, 0, 10], ...[0, 0, 0, 50])
    expect(ask(2, WHOLE, 0x9f, 2).findings).toBe(0) // ETH: 10 ns will do
    expect(ask(2, WHOLE, 0x00, 0, 0).findings).toBe(1)
    // Held until it is long enough, CS rises in a message of its own.
    ask(2, 1, 0x00, 0, 0)
    ask(...time(3, 200))
    expect(ask(2, 2).findings).toBe(1)
    expect(ask(6, ...[0x01, 0x7d, 0x78, 0x40], ...[0, 0, 0, 210], ...[0, 0, 0, 50]).findings).toBe(1)
    expect(ask(2, WHOLE, 0x1f, 0).findings).toBe(2) // 25 MHz
  })

  it('waits until INT falls and no longer, and is told its edges', () => {
    const { ask } = greeted()
    const nothing = ask(...time(4, 5 * MICROSECOND))
    expect(nothing).toMatchObject({ at: MILLISECOND + 5 * MICROSECOND, interrupt: 1, edgeCount: 0, edges: [] })
    // DMAIE and INTIE; a copy of memory to itself ends by an interrupt (DS39662 12.1.4, 13.1).
    ask(2, WHOLE, 0x40 | 0x1b, 0xa0)
    ask(2, WHOLE, 0x40 | 0x12, 0x3f) // EDMANDL
    const begun = ask(2, WHOLE, 0x80 | 0x1f, 0x20) // DMAST
    const fallen = ask(...time(4, 10 * MILLISECOND))
    expect(fallen).toMatchObject({ interrupt: 0, edgeCount: 1, edges: [{ at: fallen.at, level: 0 }] })
    expect(fallen.at).toBeGreaterThan(begun.at)
    expect(fallen.at).toBeLessThan(begun.at + 10 * MILLISECOND)
    expect(ask(...time(4, MILLISECOND))).toMatchObject({ at: fallen.at, interrupt: 0, edgeCount: 0 })
    const risen = ask(2, WHOLE, 0xa0 | 0x1c, 0x20)
    expect(risen).toMatchObject({ interrupt: 1, edgeCount: 1, edges: [{ level: 1 }], findings: 0 })
  })

  it('resets the chip by its pin', () => {
    const { ask } = greeted()
    ask(...BANK_3)
    ask(5, 0)
    ask(...time(3, MICROSECOND))
    expect(ask(...READ_REVISION).octets).toEqual([0xff, 0xff])
    ask(5, 1)
    ask(...time(3, MILLISECOND))
    expect(ask(2, WHOLE, 0x1f, 0).octets[1]).toBe(0) // ECON1: bank 0
  })

  it('is refused what cannot be done: nothing happens, and no time passes', () => {
    const { ask, door } = greeted()
    const refused = (code: number, ...message: number[]) =>
      expect(ask(...message)).toMatchObject({ type: 0xff, octets: [0, code], at: MILLISECOND, isLast: false })
    refused(5, 77)
    refused(6, 2)
    refused(7, 2, 0, 0x12)
    refused(7, 2, 2)
    refused(9, 2, 8)
    refused(9, ...time(3, 10_000_000_001))
    expect(door.refused.snapshot()).toEqual({ type: 1, 'wrong-length': 1, 'not-selected': 2, value: 2 })
    const { at } = ask(2, 1, 0x12)
    expect(ask(...READ_REVISION)).toMatchObject({ type: 0xff, octets: [0, 8], at })
    expect(ask(2, 2)).toMatchObject({ type: 0x82 })
  })

  it('that leaves lets CS and RESET go, and what it had begun to say is counted', () => {
    const { ask, answers, session, door } = greeted()
    ask(...BANK_3)
    ask(5, 0)
    ask(2, 1, 0x12)
    answers(Uint8Array.of(0, 0, 0, 9, 3))
    session.close()
    session.close()
    expect(answers(withLength(READ_REVISION))).toEqual([])
    expect(door.refused.snapshot()).toEqual({ 'cut-short': 1 })
    const next = new ChipSession(door)
    const replies = [...next.receive(withLength(HELLO, time(3, MILLISECOND), BANK_3, READ_REVISION))]
    expect(readReply(replies[3].octets, 2).octets).toEqual([0xff, B7])
  })

  it('reads through broken wires what they make of it', () => {
    const { ask } = greeted({ faults: ['miso-open'] })
    ask(...BANK_3)
    expect(ask(...READ_REVISION).octets).toEqual([0xff, 0xff])
    const swapped = greeted({ faults: ['miso-stuck-low'] })
    expect(swapped.ask(...READ_REVISION).octets).toEqual([0, 0])
  })
})

/** Sound requests, broken ones, and octets of no kind. */
function anything(seed: number): Uint8Array {
  const random = testRandom(seed)
  const pieces = Array.from({ length: 120 }, () => {
    const sound = [BANK_3, READ_REVISION, [2, 1, 0x3a], [2, 0, 0, 0], [2, 2], time(3, random.below(20_000)), [5, 1]]
    const message = [...sound[random.below(sound.length)]]
    switch (random.below(6)) {
      case 0:
        message[random.below(message.length)] = random.below(256)
        break
      case 1:
        return withLength([...random.octets(1 + random.below(40))])
      case 2:
        return withLength([2, random.below(4), ...random.octets(random.below(60))])
    }
    return withLength(message)
  })
  return Buffer.concat([withLength(HELLO), ...pieces])
}

describe('octets of anybody', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'have the same replies in whatever pieces they come, and harm nothing (seed %i)',
    (seed) => {
      const stream = anything(seed)
      const random = testRandom(seed + 100)
      const whole = driver()
      const replies = whole.answers(stream)
      expect(replies.length).toBe(121)
      const inPieces = driver()
      const others: typeof replies = []
      for (let at = 0; at < stream.length; ) {
        const size = 1 + random.below(40)
        others.push(...inPieces.answers(stream.subarray(at, at + size)))
        at += size
      }
      expect(
        Buffer.compare(
          Buffer.concat(replies.map((each) => each.octets)),
          Buffer.concat(others.map((each) => each.octets)),
        ),
      ).toBe(0)
      expect(inPieces.lab.clock.executed).toBe(whole.lab.clock.executed)
      for (const { octets } of replies) expect(new DataView(octets.buffer).getUint32(0)).toBe(octets.length - 4)
      // The next driver resets the chip and has it.
      whole.session.close()
      const next = new ChipSession(whole.door)
      const sound = [
        ...next.receive(withLength(HELLO, [5, 0], time(3, 1_000), [5, 1], time(3, MILLISECOND), BANK_3, READ_REVISION)),
      ]
      expect(readReply(sound[6].octets, 2).octets).toEqual([0xff, B7])
    },
  )

  it.each([7, 8, 9])('without a length that fits end the connection, or wait for the rest (seed %i)', (seed) => {
    const random = testRandom(seed)
    for (let round = 0; round < 50; round++) {
      const { answers, session } = driver()
      const replies = answers(random.octets(random.below(300)))
      expect(replies.length).toBeLessThanOrEqual(1)
      for (const { octets, isLast } of replies) expect([octets[4], isLast]).toEqual([0xff, true])
      session.close()
    }
  })
})
