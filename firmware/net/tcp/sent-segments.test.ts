import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { MemoryBudget } from '../memory-budget.js'
import { type DeliveryWitness, type LossJudge, RESENT, SentSegments, SpareStretches } from './sent-segments.js'
import { add } from './sequence.js'

/** Numbers wrap within each test. */
const FIRST = 0xffff_f000
const nobody: DeliveryWitness = { onDelivered: () => {} }
/** All that was sent before an instant is lost. */
const sentBefore = (instant: number): LossJudge => ({ timeUntilLost: (sentAt) => sentAt - instant + 1 })

function begun(memory = 1 << 20): SentSegments {
  const sent = new SentSegments(new MemoryBudget(memory), new SpareStretches())
  sent.begin(FIRST)
  return sent
}

const at = (place: number) => add(FIRST, place)

/** What was sent, octet by octet. */
class Model {
  una = 0
  next = 0
  readonly octets: { sentAt: number; sacked: boolean; lost: boolean; resent: boolean }[] = []

  append(octets: number, now: number): void {
    for (let i = 0; i < octets; i++) this.octets.push({ sentAt: now, sacked: false, lost: false, resent: false })
    this.next += octets
  }

  count(which: 'sacked' | 'lost'): number {
    return this.octets.slice(this.una).filter((octet) => octet[which]).length
  }

  /** Returns the octets that have arrived by it. */
  acknowledge(to: number): number {
    const fresh = this.octets.slice(this.una, to).filter(({ sacked }) => !sacked).length
    this.una = to
    return fresh
  }

  report(from: number, to: number): number {
    let fresh = 0
    for (const octet of this.octets.slice(Math.max(from, this.una), to)) {
      if (!octet.sacked) fresh++
      octet.sacked = true
      octet.lost = false
    }
    return fresh
  }

  resend(from: number, to: number, now: number): void {
    for (const octet of this.octets.slice(from, to))
      if (!octet.sacked) Object.assign(octet, { sentAt: now, lost: false, resent: true })
  }

  detect(instant: number): void {
    for (const octet of this.octets.slice(this.una)) if (!octet.sacked && octet.sentAt < instant) octet.lost = true
  }

  get firstLost(): number | undefined {
    const place = this.octets.findIndex(({ lost }, i) => i >= this.una && lost)
    return place < 0 ? undefined : place
  }
}

describe('what was sent', () => {
  it('is one stretch where it went at one instant, and is dropped as it is acknowledged', () => {
    const sent = begun()
    for (let i = 1; i <= 10; i++) sent.append(at(1000 * i), 5)
    expect(sent.stretches).toBe(1)
    sent.append(at(11_000), 6)
    expect(sent.stretches).toBe(2)
    expect(sent.acknowledge(at(10_500), nobody)).toBe(10_500)
    expect(sent.stretches).toBe(1)
    expect(sent.acknowledge(at(11_000), nobody)).toBe(500)
    expect([sent.stretches, sent.disturbed]).toEqual([0, false])
  })

  it('tells when each part was sent, that has arrived, and whether more than once', () => {
    const sent = begun()
    sent.append(at(1000), 1)
    sent.append(at(2000), 2)
    sent.append(at(3000), 3)
    const told: number[][] = []
    const witness: DeliveryWitness = { onDelivered: (sentAt, end, state) => void told.push([sentAt, end, state]) }
    sent.report(at(1500), at(3000), witness)
    sent.resent(at(0), at(1000), 9)
    sent.acknowledge(at(3000), witness)
    expect(told).toEqual([
      [2, at(2000), 0],
      [3, at(3000), 0],
      [9, at(1000), RESENT],
      [2, at(1500), 0],
    ])
  })

  it('is forgotten to have been reported when the receiver takes that back (RFC 2018 8), and else stays so over a time-out', () => {
    const sent = begun()
    sent.append(at(4000), 1)
    sent.report(at(1000), at(2000), nobody)
    sent.loseAll()
    expect([sent.sacked, sent.lost]).toEqual([1000, 3000])
    // SND.UNA stands before what was reported: it would have moved beyond, if the receiver had it still.
    sent.acknowledge(at(1000), nobody)
    sent.loseAll()
    expect([sent.sacked, sent.lost]).toEqual([0, 3000])
    expect(sent.nextLost()).toBe(true)
    expect([sent.from, sent.to]).toEqual([at(1000), at(4000)])
  })

  it('a moment ago is not lost when the timer runs out, but what comes first is (RFC 8985 6.3)', () => {
    const sent = begun()
    sent.append(at(1000), 100)
    sent.append(at(2000), 10)
    sent.append(at(3000), 100)
    sent.loseAll(50)
    expect(sent.lost).toBe(2000)
    expect(sent.nextLost()).toBe(true)
    expect([sent.from, sent.to]).toEqual([at(0), at(2000)])
  })

  it('agrees with a model octet by octet, whatever happens to it', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = new SeededRandom(seed)
      const sent = begun()
      const model = new Model()
      for (let now = 1; now < 200; now++) {
        const from = model.una + random.below(model.next - model.una + 1)
        const to = from + random.below(Math.min(400, model.next - from) + 1)
        switch (random.below(6)) {
          case 0:
          case 1: {
            const octets = 1 + random.below(300)
            model.append(octets, now)
            sent.append(at(model.next), now)
            break
          }
          case 2:
            expect(sent.acknowledge(at(from), nobody)).toBe(model.acknowledge(from))
            break
          case 3:
            if (to > from) expect(sent.report(at(from), at(to), nobody)).toBe(model.report(from, to))
            break
          case 4: {
            const instant = now - random.below(40)
            sent.detectLost(sentBefore(instant))
            model.detect(instant)
            break
          }
          default:
            if (sent.nextLost()) {
              expect(sent.from).toBe(at(model.firstLost!))
              const piece = model.firstLost! + Math.min(100, (sent.to - sent.from) >>> 0)
              sent.resent(sent.from, at(piece), now)
              model.resend(model.firstLost!, piece, now)
            } else expect(model.firstLost).toBeUndefined()
        }
        expect([seed, now, sent.sacked, sent.lost]).toEqual([seed, now, model.count('sacked'), model.count('lost')])
      }
    }
  })

  it('takes no more memory than the budget gives, and never takes for arrived what did not, where it gives none', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = new SeededRandom(seed)
      const budget = new MemoryBudget(1024)
      const sent = new SentSegments(budget, new SpareStretches())
      sent.begin(FIRST)
      const model = new Model()
      for (let now = 1; now < 300; now++) {
        const from = model.una + random.below(model.next - model.una + 1)
        const to = from + random.below(Math.min(400, model.next - from) + 1)
        switch (random.below(6)) {
          case 0:
          case 1:
            model.append(1 + random.below(300), now)
            sent.append(at(model.next), now)
            break
          case 2:
            model.acknowledge(from)
            sent.acknowledge(at(from), nobody)
            break
          case 3:
            if (to > from) {
              const told = model.report(from, to)
              expect(sent.report(at(from), at(to), nobody)).toBeLessThanOrEqual(to - from)
              expect(told).toBeLessThanOrEqual(to - from)
            }
            break
          case 4:
            sent.detectLost(sentBefore(now - random.below(40)))
            break
          default:
            if (sent.nextLost()) sent.resent(sent.from, add(sent.from, Math.min(100, (sent.to - sent.from) >>> 0)), now)
        }
        const outstanding = model.next - model.una
        expect(sent.sacked).toBeGreaterThanOrEqual(0)
        expect(sent.lost).toBeGreaterThanOrEqual(0)
        expect(sent.sacked + sent.lost).toBeLessThanOrEqual(outstanding)
        expect(sent.sacked).toBeLessThanOrEqual(model.count('sacked'))
        expect(budget.used).toBeLessThanOrEqual(budget.capOf('TCP segments sent'))
      }
      sent.clear()
      expect(budget.used).toBe(0)
    }
  })
})
