/** The RJ-45 station as a learner has it: links that come up or do not, frames that arrive or do not, for the reasons that the model has. */
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { settleFault } from '../../../../boards/faults/settle.js'
import type { OpenCommand, WorkshopSnapshot } from '../../protocol.js'
import { WorkshopSimulation } from '../../simulation.js'
import type { SettingValues } from '../../station-parts.js'
import { WORKSHOP_EN } from '../../words/en.js'
import { faultTitle } from '../../words/fault-title.js'
import { WORKSHOP_ZH } from '../../words/zh.js'
import { RJ45_STATION } from './rj45.js'

const MILLISECOND = 1e6

/** To an instant; then a frame is sent, if one is, and a little time passes. */
function run(settings: SettingValues, options: Partial<OpenCommand> & { readonly send?: string } = {}) {
  const { send, ...open } = options
  const simulation = new WorkshopSimulation(() => 0)
  simulation.receive({ kind: 'open', station: 'rj45', seed: 7, settings, until: 300 * MILLISECOND, ...open })
  while (simulation.work() !== undefined);
  if (send !== undefined) {
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: send } })
    simulation.receive({ kind: 'step', unit: 'frame' })
    while (simulation.work() !== undefined);
  }
  return { simulation, shown: simulation.snapshot() }
}

function scene({ scene: shown }: WorkshopSnapshot) {
  if (shown.kind !== 'rj45') throw new Error(shown.kind)
  return shown
}
const links = (shown: WorkshopSnapshot) => [scene(shown).near.up, scene(shown).farJack.up]

describe('the link', () => {
  it('comes up by three link test pulses, the chart stepping through its states', () => {
    const { shown } = run({})
    expect(links(shown)).toEqual([true, true])
    const entered = shown.log.flatMap(({ told }) => (told.key === 'rj45.state' ? [told.values.state] : []))
    expect(entered).toEqual(expect.arrayContaining(['Link Test Fail Extend', 'Link Test Pass']))
    // 16 ms from one to the next: after two of them it is not up.
    const early = run({}, { until: 40 * MILLISECOND }).shown
    expect(links(early)).toEqual([false, false])
    expect(scene(early).near.count).toBe(2)
  })

  it.each<[string, SettingValues, readonly [boolean, boolean]]>([
    ['a straight cable between two computers', { far: 'computer' }, [false, false]],
    ['a crossover cable between them', { far: 'computer', cable: 'crossover' }, [true, true]],
    ['a crossover cable to a hub', { cable: 'crossover' }, [false, false]],
    ['a straight cable by T568A', { cable: 'straight-a' }, [true, true]],
    ['a jack that crosses by itself', { far: 'auto', cable: 'crossover' }, [true, true]],
    ['no cable', { plugged: 'no' }, [false, false]],
    ['a cut white/orange, this computer’s TD+', { cut: 'white/orange' }, [true, false]],
    ['a cut green, this computer’s RD−', { cut: 'green' }, [false, true]],
    ['a cut blue, which nobody uses', { cut: 'blue' }, [true, true]],
    ['a cable of 900 m', { metres: '900' }, [false, false]],
  ])('with %s', (_, settings, expected) => {
    expect(links(run(settings).shown)).toEqual(expected)
  })

  it('goes down when the cable is pulled, and comes back', () => {
    const { simulation } = run({})
    for (const [plugged, up] of [
      ['no', false],
      ['yes', true],
    ] as const) {
      simulation.receive({ kind: 'do', deed: { kind: 'set', name: 'plugged', value: plugged } })
      for (let i = 0; i < 40; i++) {
        simulation.receive({ kind: 'step', unit: 'event' })
      }
      expect(links(simulation.snapshot())).toEqual([up, up])
    }
  })
})

describe('a frame', () => {
  it('arrives, and is seen as volts, bits, octets, fields, and by the clock that the receiver recovers', () => {
    const { simulation, shown } = run({}, { send: 'Hello' })
    expect(scene(shown).arrived).toEqual([{ text: '“Hello”', wrong: false }])
    simulation.receive({ kind: 'look', look: { span: 800, probes: ['rx'] } })
    const [lane] = simulation.snapshot().lanes
    const row = (key: string) => lane.rows.find(({ name }) => name.key === key)?.marks ?? []
    expect(row('rj45.row.fields').map(({ text }) => (typeof text === 'string' ? text : text.key))).toEqual(
      expect.arrayContaining(['rj45.field.preamble', 'rj45.field.destination', 'rj45.field.fcs']),
    )
    const volts = [...lane.points].filter((_, i) => i % 2 === 1)
    expect(Math.max(...volts)).toBeGreaterThan(2)
    expect(Math.min(...volts)).toBeLessThan(-2)
    // Looked at closely, the receiver's own clock is there, within a tenth of a bit of the sender's.
    const end = simulation.snapshot().now
    simulation.receive({ kind: 'look', look: { span: 60, until: end - 10_000, probes: ['rx'] } })
    const close = simulation.snapshot().lanes[0].rows
    const bits = close.find(({ name }) => name.key === 'rj45.row.bits')!.marks
    const clock = close.find(({ name }) => name.key === 'rj45.row.clock')!.marks
    expect(clock.length).toBeGreaterThan(50)
    for (const mark of bits.slice(2, -2)) {
      const own = clock.find(({ from }) => Math.abs(from - mark.from) < 10)
      expect(own?.text).toBe(mark.text)
    }
  })

  it('is not sent without a link, and that is said', () => {
    const { simulation } = run({ plugged: 'no' })
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: 'x' } })
    expect(simulation.snapshot().log.at(-1)).toMatchObject({ wrong: true, told: { key: 'rj45.no-link' } })
  })

  it('is dropped for its FCS where noise turned bits over', () => {
    const { shown } = run({ noise: '0.6', metres: '100' }, { send: 'a text that is long enough to be hit' })
    expect(scene(shown).arrived.at(-1)).toMatchObject({ wrong: true })
  })
})

describe('the task', () => {
  it.each<[string, SettingValues, boolean]>([
    ['nothing', {}, false],
    ['a crossover cable', { cable: 'crossover' }, true],
    ['a hub', { far: 'hub' }, true],
    ['a jack that crosses', { far: 'auto' }, true],
  ])('is solved, or not, by %s', (_, settings, solved) => {
    const { simulation } = run({})
    simulation.receive({ kind: 'do', deed: { kind: 'task' } })
    for (const [name, value] of Object.entries(settings))
      simulation.receive({ kind: 'do', deed: { kind: 'set', name, value } })
    for (let i = 0; i < 60; i++) simulation.receive({ kind: 'step', unit: 'event' })
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: 'Hello' } })
    simulation.receive({ kind: 'step', unit: 'frame' })
    while (simulation.work() !== undefined);
    expect(simulation.snapshot().task.solved).toBe(solved)
  })
})

describe('what can be broken', () => {
  it.each(RJ45_STATION.faults)('has words in both languages, and breaks something: %s', (name) => {
    const { key } = faultTitle(name)
    expect(WORKSHOP_EN[key]).toBeTypeOf('string')
    expect(WORKSHOP_ZH[key]).toBeTypeOf('string')
    for (const parameter of settleFault(name, findBoard('uno')).fault.parameters)
      expect(WORKSHOP_EN).toHaveProperty([`param.${parameter.name}`])
    const sound = run({}, { send: 'Hello' }).shown
    const broken = run({}, { send: 'Hello', fault: name, until: 3_000 * MILLISECOND }).shown
    expect(broken.fault).toBe(name)
    expect(broken.hash).not.toBe(sound.hash)
  })
})
