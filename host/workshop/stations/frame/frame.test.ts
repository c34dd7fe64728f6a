/** The frame station as a learner has it: who takes a frame, who drops it and why, on a hub and on a switch; collisions and back-off. */
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { settleFault } from '../../../../boards/faults/settle.js'
import { hashIndex } from '../../../../firmware/enc28j60/hash.js'
import { mac } from '../../../../firmware/net/address.js'
import type { OpenCommand, StationDeed, WorkshopSnapshot } from '../../protocol.js'
import { WorkshopSimulation } from '../../simulation.js'
import type { SettingValues } from '../../station-parts.js'
import { WORKSHOP_EN } from '../../words/en.js'
import { faultTitle } from '../../words/fault-title.js'
import { sayTold } from '../../words/told.js'
import { WORKSHOP_ZH } from '../../words/zh.js'
import { GROUP, GROUP_OF_SAME_HASH } from './filters.js'
import { FRAME_STATION } from './frame.js'
import type { EndId } from './network.js'

const BROADCAST = 'ff:ff:ff:ff:ff:ff'

function open(settings: SettingValues = {}, options: Partial<OpenCommand> = {}) {
  const simulation = new WorkshopSimulation(() => 0)
  simulation.receive({ kind: 'open', station: 'frame', seed: 7, settings, ...options })
  simulation.receive({ kind: 'speed', bitsPerSecond: 0 })
  const settle = () => {
    simulation.receive({ kind: 'play' })
    while (simulation.work() !== undefined);
    return simulation.snapshot()
  }
  return {
    simulation,
    settle,
    deed(deed: StationDeed): WorkshopSnapshot {
      simulation.receive({ kind: 'do', deed })
      return settle()
    },
    act(action: string, argument = ''): WorkshopSnapshot {
      return this.deed({ kind: 'act', action, argument })
    },
    set(name: string, value: string): WorkshopSnapshot {
      return this.deed({ kind: 'set', name, value })
    },
  }
}

function scene({ scene: shown }: WorkshopSnapshot) {
  if (shown.kind !== 'frame') throw new Error(shown.kind)
  return shown
}
const end = (shown: WorkshopSnapshot, id: EndId) => scene(shown).ends.find((each) => each.id === id)!
const takers = (shown: WorkshopSnapshot) =>
  scene(shown)
    .ends.filter(({ taken }) => taken > 0)
    .map(({ id }) => id)
    .join('')
const reasons = (shown: WorkshopSnapshot, id: EndId) =>
  end(shown, id).dropped.map(({ reason, count }) => `${count} ${sayTold(WORKSHOP_EN, reason)}`)

describe('a frame on a hub', () => {
  it('is there with the links up, and time stands until something is sent', () => {
    const { settle } = open()
    const shown = settle()
    expect(scene(shown).ends.map(({ up }) => up)).toEqual([true, true, true, true])
    expect(shown.pace).toBe('resting')
    expect(settle().now).toBe(shown.now)
  })

  it('is heard by all, and taken by whom it is for', () => {
    const shown = open().act('send', 'Hello')
    expect(takers(shown)).toBe('b')
    expect(end(shown, 'b').last).toBe('Hello')
    expect(reasons(shown, 'c')).toEqual([`1 ${WORKSHOP_EN['reason.filter']}`])
    expect(reasons(shown, 'd')).toEqual([`1 ${WORKSHOP_EN['reason.address']}`])
  })

  it('is voltage, bits, octets, fields and packet at one place in the lanes', () => {
    const bench = open()
    const shown = bench.act('send', 'Hello')
    const lane = shown.lanes.find(({ id }) => id === 'b')!
    const row = (key: string) => lane.rows.find(({ name }) => name.key === key)?.marks ?? []
    const fields = row('rj45.row.fields')
    expect(fields.map(({ text }) => (typeof text === 'string' ? text : text.key))).toEqual([
      ...['preamble', 'delimiter', 'destination', 'source', 'type', 'payload', 'fcs', 'idle'].map(
        (name) => `rj45.field.${name}`,
      ),
    ])
    const [packet] = row('frame.row.packet')
    expect(packet.text).toBe('02:00:00:00:00:0a > 02:00:00:00:00:0b, ethertype 0x88b5, length 60')
    expect(packet.from).toBeCloseTo(fields[0].from)
    const volts = [...lane.points].filter((_, i) => i % 2 === 1)
    expect(Math.max(...volts)).toBeGreaterThan(2)
    bench.simulation.receive({ kind: 'look', look: { span: 60, until: shown.now - 20_000, probes: ['b'] } })
    const octets = bench.simulation.snapshot().lanes[0].rows.find(({ name }) => name.key === 'rj45.row.octets')
    expect(octets?.marks.length).toBeGreaterThan(5)
  })

  it('can be seen bit by bit while it is under way', () => {
    const { simulation } = open()
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: '' } })
    for (let i = 0; i < 200; i++) {
      simulation.receive({ kind: 'step', unit: 'bit' })
      while (simulation.work() !== undefined);
    }
    const shown = simulation.snapshot()
    expect(end(shown, 'a').signal).toBe('out')
    expect(end(shown, 'b').signal).toBe('in')
    expect(takers(shown)).toBe('')
    const [lane] = shown.lanes
    const fields = lane.rows.find(({ name }) => name.key === 'rj45.row.fields')!.marks
    expect(fields[0]).toMatchObject({ text: { key: 'rj45.field.preamble' } })
    expect(Math.max(...[...lane.points].filter((_, i) => i % 2 === 1))).toBeGreaterThan(2)
  })

  it.each<[string, SettingValues, string]>([
    ['to nobody', { to: '02:00:00:00:00:99' }, ''],
    ['to nobody, B listening to everything', { to: '02:00:00:00:00:99', b: 'all' }, 'b'],
    ['to everybody', { to: BROADCAST }, 'bcd'],
    ['to everybody, B wanting its own only', { to: BROADCAST, b: 'own' }, 'cd'],
    ['to a group', { to: GROUP }, 'd'],
    ['to a group, B taking every group', { to: GROUP, b: 'groups' }, 'bd'],
    ['to a group, B taking it by its hash', { to: GROUP, b: 'hash' }, 'bd'],
    ['to a group of the same hash', { to: GROUP_OF_SAME_HASH, b: 'hash' }, 'bd'],
    ['to another group, B taking one by its hash', { to: '01:00:5e:00:00:01', b: 'hash' }, 'd'],
    ['to everybody, B with a hash: broadcast means the same bit', { to: BROADCAST, b: 'hash' }, 'bcd'],
    ['to C', { to: '02:00:00:00:00:0c' }, 'c'],
    ['of MAC control, which ends in the chip', { type: '8808' }, ''],
  ])('%s is taken by who wants it', (_, settings, expected) => {
    expect(takers(open(settings).act('send'))).toBe(expected)
  })

  it('names a group that has the hash of another', () => {
    expect(hashIndex(mac(GROUP_OF_SAME_HASH))).toBe(hashIndex(mac(GROUP)))
    expect(hashIndex(mac(BROADCAST))).toBe(hashIndex(mac(GROUP)))
  })
})

describe('a bit that is turned over', () => {
  it('is caught by the FCS, wherever it is, by everybody', () => {
    for (const bit of [64 + 48, 159, 200, 300, 400, 575]) {
      const shown = open({ flips: `${bit}`, to: BROADCAST }).act('send')
      expect(takers(shown), `bit ${bit}`).toBe('')
      for (const id of ['b', 'c', 'd'] as const)
        expect(reasons(shown, id).join(), `bit ${bit} at ${id}`).toContain(WORKSHOP_EN['reason.fcs'])
    }
  })

  it('is shown among the octets, and in the lanes', () => {
    const shown = open({ flips: '300' }).act('send')
    expect(scene(shown).octets[37].turned).toBe(1 << 4)
    const wrong = shown.lanes[0].rows
      .find(({ name }) => name.key === 'rj45.row.fields')!
      .marks.filter((mark) => mark.wrong)
    expect(wrong).toMatchObject([{ text: { key: 'rj45.field.payload' } }])
  })

  it('on B’s cable is wrong for B alone', () => {
    const shown = open({ flips: '300', where: 'b', to: BROADCAST }).act('send')
    expect(takers(shown)).toBe('cd')
    expect(reasons(shown, 'b')).toEqual([`1 ${WORKSHOP_EN['reason.fcs']}`])
  })

  it('is stopped by a switch, which nobody behind it hears of', () => {
    const shown = open({ flips: '300', box: 'switch', to: BROADCAST }).act('send')
    expect(takers(shown)).toBe('')
    expect(scene(shown).ends.flatMap(({ dropped }) => dropped)).toEqual([])
    expect(shown.log.at(-1)).toMatchObject({
      told: { key: 'frame.dropped', values: { end: { key: 'frame.box.is-switch' }, reason: { key: 'reason.fcs' } } },
    })
  })

  it('reaches whoever asked for wrong ones too, and no further than its driver', () => {
    const shown = open({ flips: '300', c: 'raw' }).act('send')
    expect(takers(shown)).toBe('')
    expect(reasons(shown, 'c')).toEqual([`1 ${WORKSHOP_EN['reason.bad-frame']}`])
  })

  it('in the delimiter leaves nothing to take', () => {
    const shown = open({ flips: '63' }).act('send')
    expect(takers(shown)).toBe('')
  })
})

describe('a switch', () => {
  it('sends to everybody until it has heard where a station is, and then to that one', () => {
    const bench = open({ box: 'switch' })
    expect(reasons(bench.act('send'), 'c')).toHaveLength(1)
    const met = bench.act('hello', 'b')
    expect(end(met, 'b').learned).toBe(1)
    const before = end(met, 'c')
    const shown = bench.act('send')
    expect(end(shown, 'b').taken).toBe(2)
    expect(end(shown, 'c')).toMatchObject({ taken: before.taken, dropped: before.dropped })
  })

  it('takes the place of a hub while the page is open, and back, with the links up at once', () => {
    const bench = open()
    for (const box of ['switch', 'hub', 'switch']) {
      bench.set('box', box)
      expect(takers(bench.act('send')), box).toBe('b')
    }
  })

  it('is there at once however slowly time passes: links are not waited for', () => {
    let wall = 0
    const simulation = new WorkshopSimulation(() => wall)
    simulation.receive({ kind: 'open', station: 'frame', seed: 7, settings: {} })
    simulation.receive({ kind: 'speed', bitsPerSecond: 300 })
    const work = (seconds: number) => {
      for (const end = wall + seconds * 1e9; wall < end; wall += 16e6) simulation.work()
    }
    work(0.1)
    simulation.receive({ kind: 'do', deed: { kind: 'set', name: 'box', value: 'switch' } })
    work(0.1)
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: '' } })
    work(2)
    expect(takers(simulation.snapshot())).toBe('')
    // 576 bits to the switch, and as many from it.
    work(3)
    expect(takers(simulation.snapshot())).toBe('b')
  })

  it('lets two send at once', () => {
    const shown = open({ box: 'switch' }).act('both')
    expect(takers(shown)).toBe('bc')
    expect(scene(shown).collided).toBe(false)
  })
})

describe('two that send at once on a hub', () => {
  it('collide, jam, back off by the slots that they draw, and both arrive', () => {
    const shown = open().act('both')
    const { attempts, collided } = scene(shown)
    expect(collided).toBe(true)
    expect(takers(shown)).toBe('bc')
    for (const { drawn, from, to, end: who } of attempts) {
      if (drawn === undefined) continue
      expect(drawn.of).toBe(2 ** drawn.attempt)
      const next = attempts.find((each) => each.end === who && each.from > from)!
      // Not before its back-off is over; the gap between frames, or the other one's frame, may make it later.
      expect(next.from - to).toBeGreaterThanOrEqual(drawn.slots * 51_200)
    }
    expect(shown.log.some(({ told }) => told.key === 'frame.backoff')).toBe(true)
  })

  it('do not when the second hears the first', () => {
    const shown = open({ offset: '5' }).act('both')
    expect(scene(shown).collided).toBe(false)
    expect(takers(shown)).toBe('bc')
  })

  it('are the same run, event for event', () => {
    expect(open().act('both').hash).toBe(open().act('both').hash)
    expect(open({}, { seed: 8 }).act('both').hash).not.toBe(open().act('both').hash)
  })
})

describe('a run', () => {
  it('is played again from its record, networks plugged together anew and all', () => {
    const bench = open()
    bench.act('send')
    bench.set('box', 'switch')
    bench.act('hello', 'b')
    bench.deed({ kind: 'break', fault: 'partner-full-duplex' })
    bench.set('flips', '200')
    const was = bench.act('both')
    const again = open({}, { record: was.record, until: was.now })
    while (again.simulation.work() !== undefined);
    const shown = again.simulation.snapshot()
    expect(shown.now).toBe(was.now)
    expect(shown.executed).toBe(was.executed)
    expect(shown.hash).toBe(was.hash)
    expect(scene(shown).ends).toEqual(scene(was).ends)
  })

  it('goes back to a bookmark behind which everything was changed', () => {
    const bench = open()
    const was = bench.act('send')
    bench.simulation.receive({ kind: 'bookmark' })
    bench.set('box', 'switch')
    bench.deed({ kind: 'surprise', seed: 3 })
    bench.act('both')
    bench.simulation.receive({ kind: 'back', to: 0 })
    while (bench.simulation.work() !== undefined);
    expect(bench.simulation.snapshot().hash).toBe(was.hash)
    bench.simulation.receive({ kind: 'reset' })
    expect(takers(bench.act('send'))).toBe('b')
  })
})

describe('the task', () => {
  const taken = () => {
    const bench = open()
    bench.deed({ kind: 'task' })
    return bench
  }
  it('is not solved by what it begins with, nor by half of what it needs', () => {
    const bench = taken()
    expect(bench.act('send').task.solved).toBe(false)
    bench.set('flips', '')
    expect(bench.act('send').task.solved).toBe(false)
    bench.set('to', '02:00:00:00:00:0b')
    expect(bench.act('send').task.solved).toBe(false)
    bench.set('c', 'usual')
    expect(bench.act('send').task.solved).toBe(true)
  })

  it('is solved by a switch that has heard B, too', () => {
    const bench = taken()
    bench.set('flips', '')
    bench.set('to', '02:00:00:00:00:0b')
    bench.set('box', 'switch')
    expect(bench.act('send').task.solved).toBe(false)
    bench.act('hello', 'b')
    expect(bench.act('send').task.solved).toBe(true)
  })
})

describe('what is typed', () => {
  it.each([
    ['to', 'B'],
    ['to', '02:00:00:00:00'],
    ['type', '88B'],
    ['flips', '3;4'],
  ])('that is no %s is refused, and said: %s', (name, value) => {
    const bench = open()
    const before = bench.settle().settings[name]
    bench.simulation.receive({ kind: 'do', deed: { kind: 'set', name, value } })
    const shown = bench.simulation.snapshot()
    expect(shown.refused).toMatchObject({ key: 'refused.setting', values: { value } })
    expect(shown.settings[name]).toBe(before)
  })

  it('may be a frame of any length or a bit beyond its end', () => {
    const shown = open({ text: '帧'.repeat(40), flips: '9999' }).act('send')
    expect(takers(shown)).toBe('b')
    expect(scene(shown).octets).toHaveLength(8 + 14 + 120 + 4)
  })
})

describe('what can be broken', () => {
  it.each(FRAME_STATION.faults)('has words in both languages, and breaks something: %s', (name) => {
    const { key } = faultTitle(name)
    expect(WORKSHOP_EN[key]).toBeTypeOf('string')
    expect(WORKSHOP_ZH[key]).toBeTypeOf('string')
    for (const parameter of settleFault(name, findBoard('uno')).fault.parameters)
      expect(WORKSHOP_EN).toHaveProperty([`param.${parameter.name}`])
    const bench = open({}, { fault: name })
    expect(bench.settle().fault).toBe(name)
    for (let i = 0; i < 30; i++) bench.act('both')
    const broken = bench.settle()
    const mended = bench.deed({ kind: 'break', fault: '' })
    expect(scene(mended).ends.every(({ up }) => up)).toBe(true)
    for (let i = 0; i < 30; i++) bench.act('both')
    expect([end(broken, 'b').taken, end(broken, 'c').taken]).not.toEqual([
      end(bench.settle(), 'b').taken,
      end(bench.settle(), 'c').taken,
    ])
  })
})
