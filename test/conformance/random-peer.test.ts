/**
 * A peer that keeps to the form and not to the sense: it acknowledges by chance, moves its window either way, sends its stream
 * in pieces that overlap and repeat, reports blocks that are true or not, and is silent for a while. Whatever it does, what
 * RFC 9293 says of every segment holds; and when it comes to its senses, both streams arrive whole.
 */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { extentOf } from '../judge/parts.js'
import type { SentSegment } from '../support/segment.js'
import { patternOctet } from '../support/stack-bench.js'
import { bench } from './bench.js'

/** A slice of the seeds of `make judge`, so many in a test. */
const { first, count } = extentOf('random-peer')
const TOGETHER = 20

const OCTETS = 30_000

/** The first octet that is not the pattern's, `place` octets into the stream; -1: none. */
const firstWrong = (data: Uint8Array, place: number) => data.findIndex((octet, i) => octet !== patternOctet(place + i))

function run(seed: number): void {
  const random = new SeededRandom(seed)
  const chance = (share: number) => random.float() < share
  const table = bench({}, seed)
  const mss = [100, 536, 1000, 1460][random.below(4)]
  const { connection, peer } = table.established({
    window: random.below(20_000),
    syn: {
      mss,
      sackPermitted: chance(0.6),
      timestamps: chance(0.5),
      ...(chance(0.5) ? { windowScale: random.below(5) } : {}),
    },
    connection: {
      congestion: chance(0.5) ? 'cubic' : 'newreno',
      noDelay: chance(0.5),
      receiveBuffer: 500 + random.below(20_000),
      sendBuffer: 1000 + random.below(60_000),
      userTimeout: Number.POSITIVE_INFINITY,
    },
  })
  const r = peer.seq
  const s = peer.ack
  const sendShift = connection.info().sendScale ?? 0
  const receiveShift = connection.info().receiveScale ?? 0

  let written = 0
  let read = 0
  // What the peer knows: its own places in both streams.
  let acknowledged = 0 // of its stream, by the stack
  let edge = connection.info().receiveWindow
  const received: { from: number; to: number }[] = []
  let widest = peer.window
  let sober = false
  let least = 0 // the least that the peer has acknowledged
  let whole = 0
  const inOrder = () => {
    for (let moved = true; moved; ) {
      moved = false
      for (const { from, to } of received)
        if (from <= whole && to > whole) {
          whole = to
          moved = true
        }
    }
    // What the stream has passed is of no more interest.
    for (let i = received.length - 1; i >= 0; i--) if (received[i].to <= whole) received.splice(i, 1)
    return whole
  }

  const look = (segments: SentSegment[]) => {
    for (const segment of segments) {
      const place = (segment.seq - s) | 0
      const { data, flags, ack, window } = segment
      expect(flags).not.toMatch(/[RSF]/)
      expect(data.length + segment.headerOctets).toBeLessThanOrEqual(mss + 20)
      expect(firstWrong(data, place)).toBe(-1)
      // One octet asks after a window; more goes only as far as a window that was offered reaches from SND.UNA.
      if (data.length > 1) expect(place + data.length).toBeLessThanOrEqual(least + widest)
      if (data.length > 0 && (sober || !chance(0.2))) received.push({ from: place, to: place + data.length })
      const upTo = (ack - r) | 0
      expect(upTo).toBeGreaterThanOrEqual(acknowledged)
      acknowledged = upTo
      const right = upTo + (window << receiveShift)
      expect(right).toBeGreaterThanOrEqual(edge)
      edge = right
    }
  }

  const application = (share: number) => {
    if (written < OCTETS && chance(share)) {
      const n = Math.min(OCTETS - written, connection.writable, 1 + random.below(5000))
      if (n > 0) table.write(connection, n)
      written += n
    }
    if (chance(share)) {
      const got = table.read(connection, random.below(5000))
      expect(firstWrong(got, read)).toBe(-1)
      read += got.length
    }
  }

  const speak = () => {
    const sane = sober
    inOrder()
    const ack = sane || chance(0.6) ? whole : least + random.below(Math.max(1, whole - least + 1))
    least = Math.max(least, ack)
    const window = sane ? 20_000 >> sendShift : chance(0.2) ? 0 : random.below(3000)
    widest = Math.max(widest, window << sendShift)
    const ahead = sane || chance(0.7) ? 0 : random.below(3000) - 1000
    const from = Math.max(0, acknowledged + ahead)
    const data = Math.max(0, Math.min(OCTETS - from, edge - from + (sane ? 0 : 50), random.below(1400)))
    const held = received.filter(({ to }) => to > whole).slice(-2)
    const sack = held.map(({ from: left, to }) => [(s + Math.max(left, whole)) >>> 0, (s + to) >>> 0] as const)
    if (!sane && chance(0.1)) sack.unshift([(s + random.below(60_000)) >>> 0, (s + random.below(60_000)) >>> 0])
    const { timestamps } = peer.segment().options
    peer.inject({
      seq: r + from,
      ack: s + ack,
      window,
      data,
      options: {
        ...(timestamps === undefined ? {} : { timestamps }),
        ...(peer.syn.sackPermitted && sack.length > 0 ? { sack } : {}),
      },
    })
  }

  for (let step = 0; step < 250; step++) {
    application(0.4)
    if (chance(0.8)) speak()
    table.advance(chance(0.1) ? random.below(3 * SECOND) : random.below(50 * MILLISECOND))
    look(peer.takeAll())
  }
  sober = true
  for (let step = 0; step < 5000 && (read < OCTETS || inOrder() < OCTETS || written < OCTETS); step++) {
    application(1)
    speak()
    table.advance(100 * MILLISECOND)
    look(peer.takeAll())
  }
  table.expectState(connection, 'ESTABLISHED')
  expect({ read, written, arrived: inOrder() }).toEqual({ read: OCTETS, written: OCTETS, arrived: OCTETS })
}

describe('a peer that acts by chance', () => {
  const end = first + count
  it.each(Array.from({ length: Math.ceil(count / TOGETHER) }, (_, i) => first + TOGETHER * i))(
    'keeps no connection from delivering both streams: seeds from %i',
    (from) => {
      for (let seed = from; seed < Math.min(end, from + TOGETHER); seed++) {
        try {
          run(seed)
        } catch (error) {
          throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error })
        }
      }
    },
  )
})
