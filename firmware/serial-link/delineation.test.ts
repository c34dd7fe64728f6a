import { describe, expect, it } from 'vitest'
import { testRandom } from '../../test/support/random.js'
import { type Cell, decodeCell, encodeCell, headerHolds } from './cell.js'
import { crc16Xmodem } from './crc.js'
import { Delineation } from './delineation.js'

/** Cells whose payload is random, numbered by their sequence. */
function cells(count: number, seed = 1): Uint8Array[] {
  const random = testRandom(seed)
  return Array.from({ length: count }, (_, sequence) =>
    encodeCell({ kind: 0, channel: 1, sequence, acknowledge: 0, payload: random.octets(57) }),
  )
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

function receiver() {
  const got: number[] = []
  const damaged: number[] = []
  const delineation = new Delineation({
    onCell: (cell: Cell) => got.push(cell.sequence),
    onDamaged: (header: Cell) => damaged.push(header.sequence),
  })
  return { delineation, got, damaged }
}

describe('cell delineation (ITU-T I.432.1 4.5.1.1)', () => {
  it('hunts, confirms two headers, and is in sync', () => {
    const { delineation, got } = receiver()
    const [a, b, c] = cells(3)
    expect(delineation.state).toBe('HUNT')
    delineation.push(a)
    expect(delineation.state).toBe('PRESYNC')
    delineation.push(b)
    expect(delineation.state).toBe('PRESYNC')
    delineation.push(c)
    expect(delineation.state).toBe('SYNC')
    expect(got).toEqual([0, 1, 2])
  })

  it('hands over the very first cell, in PRESYNC', () => {
    const { delineation, got } = receiver()
    delineation.push(cells(1)[0])
    expect(got).toEqual([0])
  })

  it('goes from PRESYNC back to HUNT at the first wrong header', () => {
    const { delineation } = receiver()
    const [a] = cells(1)
    delineation.push(join(a, new Uint8Array(5)))
    expect(delineation.state).toBe('HUNT')
  })

  it('stays in SYNC through two wrong headers in a row and leaves it at the third', () => {
    const { delineation, got } = receiver()
    const stream = cells(10)
    for (const i of [3, 4]) stream[i][4] ^= 0xff
    delineation.push(join(...stream.slice(0, 6)))
    expect(delineation.state).toBe('SYNC')
    expect(delineation.counters.headerErrors).toBe(2)
    for (const i of [6, 7, 8]) stream[i][4] ^= 0xff
    delineation.push(join(...stream.slice(6, 9)))
    expect(delineation.state).toBe('HUNT')
    expect(delineation.counters.lost).toBe(1)
    expect(got).toEqual([0, 1, 5]) // 2 waited for the header behind it, which was wrong
  })

  it('drops a cell with a good header and a bad payload, says which, and keeps alignment', () => {
    const { delineation, got, damaged } = receiver()
    const stream = cells(6)
    stream[4][20] ^= 1
    delineation.push(join(...stream))
    expect(delineation.state).toBe('SYNC')
    expect(got).toEqual([0, 1, 2, 3, 5])
    expect(damaged).toEqual([4])
    expect(delineation.counters.payloadErrors).toBe(1)
  })

  it('finds cells behind garbage of any length', () => {
    for (let length = 1; length < 200; length++) {
      const { delineation, got } = receiver()
      delineation.push(join(testRandom(length).octets(length), ...cells(6)))
      expect([length, got.slice(-3)]).toEqual([length, [3, 4, 5]])
      // Every cell is found unless garbage looked like a header, and then too: the octets are searched again.
      expect([length, got]).toEqual([length, [0, 1, 2, 3, 4, 5]])
    }
  })

  it('loses only the cell in which an octet was dropped, wherever in the cell', () => {
    for (let at = 0; at < 64; at++) {
      const { delineation, got } = receiver()
      const stream = cells(12, at)
      const cut = stream.map((cell, i) => (i === 5 ? join(cell.subarray(0, at), cell.subarray(at + 1)) : cell))
      delineation.push(join(...cut))
      expect([at, got]).toEqual([at, [0, 1, 2, 3, ...suspect(at), 6, 7, 8, 9, 10, 11]])
    }
    /** Without the fifth cell's header, the fourth waits in vain for proof. */
    function suspect(at: number): number[] {
      return at < 5 ? [] : [4]
    }
  })

  it('loses only the cell in which an octet was inserted', () => {
    for (let at = 5; at < 64; at++) {
      const { delineation, got } = receiver()
      const stream = cells(12, at)
      const more = stream.map((cell, i) =>
        i === 5 ? join(cell.subarray(0, at), Uint8Array.of(0x5a), cell.subarray(at)) : cell,
      )
      delineation.push(join(...more))
      expect([at, got]).toEqual([at, [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]])
    }
  })

  it('does not believe a slipped cell whose check holds by chance', () => {
    // A cell made so that with octet 40 missing and its follower's first octet behind it, both checks hold.
    const [next] = cells(1, 99)
    const sent = cells(4)[3].slice()
    const seen = new Uint8Array(64)
    let slipped: Uint8Array | undefined
    for (let i = 0; i < 0x40000 && slipped === undefined; i++) {
      sent[10] = i & 0xff
      sent[11] = (i >> 8) & 0xff
      sent[40] = i >> 16
      const check = crc16Xmodem(sent, 0, 62)
      sent[62] = check >> 8
      sent[63] = check & 0xff
      seen.set(sent.subarray(0, 40))
      seen.set(sent.subarray(41), 40)
      seen[63] = next[0]
      if (decodeCell(seen).ok) slipped = seen.slice(0, 63)
    }
    expect(slipped).toBeDefined()
    const { delineation, got, damaged } = receiver()
    const [a, b, c] = cells(3)
    delineation.push(join(a, b, c, slipped!, next))
    expect(got).toEqual([0, 1, 2])
    expect(damaged).toEqual([3])
    expect(delineation.counters.suspects).toBe(1)
  })

  it('a cell that comes octet by octet is handed over once the line is quiet', () => {
    const { delineation, got } = receiver()
    for (const octet of cells(1)[0]) delineation.push(Uint8Array.of(octet))
    expect(got).toEqual([])
    expect(delineation.waiting).toBe(true)
    delineation.silence()
    expect(got).toEqual([0])
  })

  it('finds a whole cell behind one that was cut off, when the line comes to rest', () => {
    for (let cut = 1; cut < 64; cut++) {
      const { delineation, got } = receiver()
      const stream = cells(6, cut)
      delineation.push(join(...stream.slice(0, 4), stream[4].subarray(0, cut), stream[5]))
      delineation.rest()
      expect([cut, got.at(-1)]).toEqual([cut, 5])
    }
  })

  it('does not stay with a false alignment when the same cell comes again and again', () => {
    // A payload that holds, seven octets in, what looks like a header.
    const decoy = encodeCell({ kind: 1, channel: 0, sequence: 9, acknowledge: 9, payload: new Uint8Array(0) }).subarray(
      0,
      5,
    )
    const payload = new Uint8Array(57)
    payload.set(decoy, 2)
    const cell = encodeCell({ kind: 3, channel: 0, sequence: 0, acknowledge: 0, payload })
    expect(headerHolds(cell, 7)).toBe(true)
    const { delineation, got } = receiver()
    delineation.push(cell.subarray(3)) // the receiver began to listen behind the real header
    for (let i = 0; i < 10; i++) delineation.push(cell)
    expect(got.length).toBeGreaterThanOrEqual(5)
    expect(delineation.state).toBe('SYNC')
  })

  it('accounts for every octet: 64 for each cell, the rest discarded or still kept', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = testRandom(seed)
      const { delineation } = receiver()
      const stream = [...join(...cells(30, seed))]
      for (let faults = 0; faults < 20; faults++) {
        const at = random.below(stream.length)
        const kind = random.below(3)
        if (kind === 0) stream[at] ^= 1 << random.below(8)
        else if (kind === 1) stream.splice(at, 1)
        else stream.splice(at, 0, random.below(256))
      }
      for (let at = 0; at < stream.length; ) {
        const length = 1 + random.below(40)
        delineation.push(Uint8Array.from(stream.slice(at, at + length)))
        at += length
      }
      const { cells: good, discardedOctets } = delineation.counters
      expect(64 * good + discardedOctets + delineation.kept).toBe(stream.length)
      expect(good).toBeGreaterThan(5)
    }
  })

  it('keeps no more than a few cells, whatever comes', () => {
    const { delineation } = receiver()
    const random = testRandom(5)
    const templates = cells(4, 6)
    let most = 0
    for (let i = 0; i < 20_000; i++) {
      const kind = random.below(4)
      if (kind === 0) delineation.push(random.octets(1 + random.below(100)))
      else if (kind === 1) delineation.push(templates[random.below(4)])
      else if (kind === 2) delineation.push(join(templates[random.below(4)].subarray(0, 5), random.octets(59)))
      else delineation.push(templates[random.below(4)].subarray(0, random.below(64)))
      most = Math.max(most, delineation.kept)
    }
    expect(most).toBeLessThanOrEqual(6 * 64)
  })
})
