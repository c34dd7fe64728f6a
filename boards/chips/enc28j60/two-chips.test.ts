/** Two chips on one cable: what each does to the other, half and full duplex. */
import { describe, expect, it } from 'vitest'
import { NO_ERRATA } from '../../../test/support/no-errata.js'
import { Cable } from '../../ethernet/cable.js'
import { SeededRandom } from '../../simulation/random.js'
import { Scheduler } from '../../simulation/scheduler.js'
import { Enc28j60 } from './enc28j60.js'

const ADDRESSES = [
  [0x00, 0x04, 0xa3, 0x00, 0x00, 0x01],
  [0x00, 0x04, 0xa3, 0x00, 0x00, 0x02],
]

interface Pair {
  clock: Scheduler
  chips: Enc28j60[]
  /** When each signal began to cross, and how many octets it had. */
  crossed: [at: number, octets: number][]
}

function write(chip: Enc28j60, ...octets: number[]): void {
  chip.transfer(Uint8Array.from(octets), 0)
}

function bank(chip: Enc28j60, number: number): void {
  write(chip, 0xbf, 0x03)
  write(chip, 0x9f, number)
}

function pair(seed: number, duplex: readonly ('half' | 'full')[], length = 100, errata = {}): Pair {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const chips = duplex.map((mode, i) => {
    const chip = new Enc28j60({
      clock,
      random: random.fork(`chip ${i}`),
      name: `chip ${i}`,
      errata: { ...NO_ERRATA, ...errata },
      ledbStrap: mode,
    })
    chip.powerOn()
    return chip
  })
  const cable = new Cable({ clock, random, length })
  const crossed: [number, number][] = []
  cable.onFrame(({ at, sent }) => crossed.push([at, sent.length]))
  cable.plug(chips[0].port, chips[1].port)
  clock.runFor(200_000_000)
  for (const [i, chip] of chips.entries()) {
    const full = duplex[i] === 'full'
    bank(chip, 0)
    for (const [address, value] of [
      [0x08, 0x00],
      [0x09, 0x00],
      [0x0a, 0xff],
      [0x0b, 0x0b],
      [0x0c, 0xff],
      [0x0d, 0x0b],
    ])
      write(chip, 0x40 | address, value)
    bank(chip, 2)
    write(chip, 0x40, 0x01)
    write(chip, 0x42, full ? 0x33 : 0x32)
    write(chip, 0x43, full ? 0x00 : 0x40)
    write(chip, 0x44, full ? 0x15 : 0x12)
    write(chip, 0x46, 0x12)
    write(chip, 0x47, 0x0c)
    // HDLDIS
    write(chip, 0x54, 0x10)
    write(chip, 0x56, 0x00)
    write(chip, 0x57, full ? 0x00 : 0x01)
    clock.runFor(20_000)
    bank(chip, 3)
    for (const [octet, address] of [4, 5, 2, 3, 0, 1].entries()) write(chip, 0x40 | address, ADDRESSES[i][octet])
    bank(chip, 0)
    write(chip, 0x9f, 0x04)
  }
  return { clock, chips, crossed }
}

function send(chip: Enc28j60, from: number, length: number): void {
  const frame = [...ADDRESSES[1 - from], ...ADDRESSES[from], 0x08, 0x00]
  while (frame.length < length) frame.push(frame.length & 0xff)
  write(chip, 0x42, 0x00)
  write(chip, 0x43, 0x0c)
  write(chip, 0x7a, 0x00, ...frame)
  write(chip, 0x44, 0x00)
  write(chip, 0x45, 0x0c)
  write(chip, 0x46, length & 0xff)
  write(chip, 0x47, 0x0c + (length >> 8))
  write(chip, 0xbc, 0x0a)
  write(chip, 0x9f, 0x08)
}

/** Lets a packet go: the receive buffer is emptied without a look at it. */
function drain(chip: Enc28j60): void {
  const low = chip.transfer(Uint8Array.of(0x0e), 1)[0]
  const high = chip.transfer(Uint8Array.of(0x0f), 1)[0]
  const last = ((low | (high << 8)) + 0x0c00 - 1) % 0x0c00
  write(chip, 0x4c, last & 0xff)
  write(chip, 0x4d, last >> 8)
  write(chip, 0x9e, 0x40)
}

const flags = (chip: Enc28j60) => chip.transfer(Uint8Array.of(0x1c), 1)[0] & 0x0a

describe('two chips on 100 m of cable', () => {
  it('that begin at the same instant collide, back off and both get through', () => {
    const collisions: number[] = []
    for (let seed = 0; seed < 30; seed++) {
      const { clock, chips } = pair(seed, ['half', 'half'])
      for (const [i, chip] of chips.entries()) send(chip, i, 300)
      clock.runFor(400_000_000)
      for (const chip of chips) {
        expect(flags(chip), `seed ${seed}`).toBe(0x08)
        expect(chip.counters.received).toBe(1)
        expect(chip.counters.sent).toBe(1)
        collisions.push(chip.counters.dropped['receive: collision'] ?? 0)
      }
    }
    expect(Math.min(...collisions)).toBeGreaterThan(0)
    expect(Math.max(...collisions)).toBeGreaterThan(1)
  })

  it('that talk all the time in half duplex lose nothing, and collide', () => {
    const { clock, chips } = pair(1, ['half', 'half'])
    let rounds = 0
    while (rounds < 400) {
      for (const [i, chip] of chips.entries()) send(chip, i, 60 + (rounds % 20) * 10)
      expect(clock.runWhile(() => chips.some((chip) => flags(chip) === 0), clock.now + 1e9)).toBe(true)
      for (const chip of chips) expect(flags(chip)).toBe(0x08)
      clock.runFor(100_000)
      for (const chip of chips) drain(chip)
      rounds++
    }
    for (const chip of chips) {
      expect(chip.counters.received).toBe(400)
      expect(chip.counters.sent).toBe(400)
      expect(chip.counters.dropped['receive: collision']).toBeGreaterThan(300)
    }
  })

  it('are the same run to the nanosecond for the same seed, collisions and errata and all', () => {
    const run = (seed: number) => {
      const errata = { transmitStall: true, pulseAsCollision: true }
      const { clock, chips, crossed } = pair(seed, ['half', 'half'], 100, errata)
      for (let i = 0; i < 50; i++) {
        for (const [k, chip] of chips.entries()) send(chip, k, 200)
        clock.runFor(5_000_000)
        for (const chip of chips) drain(chip)
      }
      return {
        crossed,
        executed: clock.executed,
        state: chips.map((chip) => [chip.counters, [...chip.inspect().memory]]),
      }
    }
    expect(run(5)).toEqual(run(5))
    expect(run(5).crossed.length).toBeGreaterThan(150)
    expect(run(5).crossed).not.toEqual(run(6).crossed)
  })

  it('in full duplex pass each other', () => {
    const { clock, chips } = pair(1, ['full', 'full'])
    for (const [i, chip] of chips.entries()) send(chip, i, 1000)
    clock.runFor(1_000_000)
    for (const chip of chips) expect(chip.counters).toEqual({ received: 1, sent: 1, dropped: {} })
  })

  it('in half and full duplex: the half one meets late collisions, the full one gets fragments (section 12.3)', () => {
    const { clock, chips } = pair(3, ['half', 'full'])
    let late = 0
    for (let i = 0; i < 60; i++) {
      send(chips[0], 0, 1000)
      clock.runFor(20_000 + i * 10_000)
      send(chips[1], 1, 1000)
      clock.runFor(20_000_000)
      if (flags(chips[0]) === 0x0a) late++
      expect(flags(chips[1])).toBe(0x08)
      for (const chip of chips) drain(chip)
    }
    expect(late).toBeGreaterThan(20)
    expect(chips[0].counters.dropped['transmit: late collision']).toBe(late)
    const { dropped } = chips[1].counters
    expect((dropped['receive: FCS'] ?? 0) + (dropped['receive: fragment'] ?? 0)).toBeGreaterThan(20)
  })
})
