import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scoreboard } from './scoreboard.js'

const SMSS = 100

/** The definitions of RFC 6675 4 octet by octet. Octets are counted from the first of the connection. */
class Reference {
  readonly reported = new Set<number>()
  una = 0
  nxt = 0
  highRxt: number | undefined

  get highest(): number | undefined {
    return this.reported.size > 0 ? Math.max(...this.reported) + 1 : undefined
  }

  /** The unreported octets that have three stretches, or more than two segments, reported beyond them. */
  lost(): Set<number> {
    const lost = new Set<number>()
    let octets = 0
    let stretches = 0
    for (let i = this.nxt - 1; i >= this.una; i--) {
      if (this.reported.has(i)) {
        octets++
        if (!this.reported.has(i + 1)) stretches++
      } else if (stretches >= 3 || octets > 2 * SMSS) {
        lost.add(i)
      }
    }
    return lost
  }

  pipe(): number {
    const lost = this.lost()
    let pipe = 0
    for (let i = this.una; i < this.nxt; i++) {
      if (this.reported.has(i)) continue
      if (!lost.has(i)) pipe++
      if (this.highRxt !== undefined && i < this.highRxt) pipe++
    }
    return pipe
  }

  hole(): number | undefined {
    const highest = this.highest ?? 0
    for (let i = Math.max(this.una, this.highRxt ?? 0); i < highest; i++) if (!this.reported.has(i)) return i
    return undefined
  }

  acknowledge(una: number): void {
    this.una = una
    for (const octet of this.reported) if (octet < una) this.reported.delete(octet)
  }
}

function report(board: Scoreboard, blocks: [number, number][], una: number, nxt: number): number {
  return board.update(Uint32Array.from(blocks.flat()), blocks.length, una, nxt, SMSS)
}

describe('the scoreboard (RFC 6675)', () => {
  it('counts octets reported once, however often they are', () => {
    const board = new Scoreboard()
    expect(report(board, [[200, 300]], 0, 1000)).toBe(100)
    expect(
      report(
        board,
        [
          [250, 400],
          [600, 700],
        ],
        0,
        1000,
      ),
    ).toBe(200)
    expect(report(board, [[200, 400]], 0, 1000)).toBe(0)
    expect([board.octets, board.highest, board.isReported(399), board.isReported(400)]).toEqual([300, 700, true, false])
    report(board, [], 650, 1000)
    expect(board.octets).toBe(50)
    report(board, [], 700, 1000)
    expect([board.octets, board.empty, board.highest]).toEqual([0, true, undefined])
  })

  it('takes an octet for lost once more than two segments, or three stretches, are reported beyond it (IsLost)', () => {
    const board = new Scoreboard()
    report(board, [[100, 300]], 0, 1000)
    expect(board.isLost(0)).toBe(false)
    report(board, [[100, 301]], 0, 1000)
    expect(board.isLost(0)).toBe(true)
    const small = new Scoreboard()
    report(
      small,
      [
        [500, 510],
        [300, 310],
      ],
      0,
      1000,
    )
    expect(small.isLost(0)).toBe(false)
    report(small, [[700, 710]], 0, 1000)
    expect([small.isLost(0), small.isLost(299), small.isLost(310)]).toEqual([true, true, false])
  })

  it('passes over blocks that are reversed, beyond what was sent, or before the acknowledgement', () => {
    const board = new Scoreboard()
    const blocks: [number, number][] = [
      [300, 200],
      [200, 200],
      [900, 1100],
      [50, 250],
    ]
    expect(report(board, blocks, 100, 1000)).toBe(0)
    expect(board.empty).toBe(true)
  })

  it('knows a duplicate by its first block: below the acknowledgement, or within the second (RFC 2883 4)', () => {
    const board = new Scoreboard()
    report(board, [[50, 80]], 100, 1000)
    expect([board.duplicate, board.empty]).toEqual([true, true])
    report(board, [[200, 300]], 100, 1000)
    expect(board.duplicate).toBe(false)
    report(
      board,
      [
        [220, 240],
        [200, 300],
      ],
      100,
      1000,
    )
    expect([board.duplicate, board.octets]).toEqual([true, 100])
  })

  it('sends lost octets first, then new ones, then holes not yet lost, then one rescue a recovery (NextSeg)', () => {
    const board = new Scoreboard()
    report(
      board,
      [
        [250, 600],
        [700, 800],
      ],
      0,
      1000,
    )
    board.startRecovery()
    const rules: string[] = []
    for (const canSendNew of [false, false, false, true, false, false, false]) {
      const rule = board.next(0, 1000, SMSS, canSendNew, 1000)
      rules.push(rule === 'new' || rule === 'none' ? rule : `${rule} ${board.from}-${board.to}`)
      if (rule === 'lost' || rule === 'not yet lost') board.resent(board.to)
    }
    expect(rules).toEqual([
      'lost 0-100',
      'lost 100-200',
      'lost 200-250',
      'new',
      'not yet lost 600-700',
      'rescue 900-1000',
      'none',
    ])
    // Beyond the recovery point there may be another rescue.
    board.startRecovery()
    expect(board.next(800, 1000, SMSS, false, 1000)).toBe('rescue')
  })

  it('118 [2018 §8] forgets every report when the timer runs out, for the receiver may have reneged', () => {
    const board = new Scoreboard()
    report(board, [[100, 700]], 0, 1000)
    board.resent(100)
    board.forget()
    expect([board.empty, board.octets, board.isLost(0), board.pipe(0, 1000)]).toEqual([true, 0, false, 1000])
    expect(board.unreportedFrom(100)).toBe(100)
  })

  it('finds the next reported and the next unreported octet', () => {
    const board = new Scoreboard()
    report(
      board,
      [
        [100, 200],
        [300, 400],
      ],
      0,
      1000,
    )
    expect([50, 100, 199, 200, 350].map((n) => board.unreportedFrom(n))).toEqual([50, 200, 200, 200, 400])
    expect([50, 100, 250, 400].map((n) => board.reportedAfter(n, 1000))).toEqual([100, 300, 300, 1000])
    expect(board.reportedAfter(50, 80)).toBe(80)
  })

  it('keeps 64 stretches apart and passes over further ones until some are joined', () => {
    const board = new Scoreboard()
    for (let i = 0; i < 70; i++) report(board, [[100 + 20 * i, 110 + 20 * i]], 0, 5000)
    expect(board.octets).toBe(640)
    expect(report(board, [[100, 2000]], 0, 5000)).toBe(1900 - 640)
    expect(report(board, [[3000, 3010]], 0, 5000)).toBe(10)
  })

  it('equals the definitions applied octet by octet in 200 random recoveries, across 2^32', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = new SeededRandom(seed)
      const base = (0xffff_ffff - random.below(1500)) >>> 0
      const at = (n: number) => (base + n) >>> 0
      const board = new Scoreboard()
      const reference = new Reference()
      reference.nxt = 200 + random.below(1500)
      board.startRecovery()
      for (let step = 0; step < 25; step++) {
        reference.nxt += random.below(2) * random.below(150)
        if (random.below(4) === 0)
          reference.acknowledge(reference.una + random.below(Math.min(200, reference.nxt - reference.una + 1)))
        const blocks: [number, number][] = []
        let fresh = 0
        for (let i = 0, count = random.below(4); i < count; i++) {
          const left = reference.una + random.below(reference.nxt - reference.una + 1)
          const right = Math.min(reference.nxt, left + random.below(150))
          blocks.push([at(left), at(right)])
          for (let octet = left; octet < right; octet++) {
            if (reference.reported.has(octet)) continue
            reference.reported.add(octet)
            fresh++
          }
        }
        const label = `seed ${seed} step ${step}`
        expect(report(board, blocks, at(reference.una), at(reference.nxt)), label).toBe(fresh)
        expect(board.octets, label).toBe(reference.reported.size)
        expect(board.pipe(at(reference.una), at(reference.nxt)), label).toBe(reference.pipe())
        const lost = reference.lost()
        for (let i = 0; i < 10; i++) {
          const octet = reference.una + random.below(Math.max(1, reference.nxt - reference.una))
          expect(board.isReported(at(octet)), label).toBe(reference.reported.has(octet))
          if (!reference.reported.has(octet)) expect(board.isLost(at(octet)), label).toBe(lost.has(octet))
        }
        const hole = reference.hole()
        const rule = board.next(at(reference.una), at(reference.nxt), SMSS, true, at(reference.nxt))
        if (hole !== undefined && lost.has(hole)) {
          expect(rule, label).toBe('lost')
          expect(board.from, label).toBe(at(hole))
          let end = hole
          while (end < hole + SMSS && end < reference.nxt && !reference.reported.has(end)) end++
          expect(board.to, label).toBe(at(end))
          board.resent(board.to)
          reference.highRxt = end
        } else {
          expect(rule, label).toBe('new')
          if (hole !== undefined)
            expect(board.next(at(reference.una), at(reference.nxt), SMSS, false, 0)).toBe('not yet lost')
        }
      }
    }
  })
})
