/** The RS-232 station as a learner has it: what is typed arrives, or does not, for the reasons that the model has. */
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { settleFault } from '../../../../boards/faults/settle.js'
import type { WorkshopSnapshot } from '../../protocol.js'
import { WorkshopSimulation } from '../../simulation.js'
import type { SettingValues } from '../../station-parts.js'
import { WORKSHOP_EN } from '../../words/en.js'
import { faultTitle } from '../../words/fault-title.js'
import { WORKSHOP_ZH } from '../../words/zh.js'
import { RS232_STATION } from './rs232.js'

/** To where nothing is under way, or for so many character times. */
function run(
  settings: SettingValues,
  fault = '',
  seed = 7,
): { shown: WorkshopSnapshot; simulation: WorkshopSimulation } {
  const simulation = new WorkshopSimulation(() => 0)
  simulation.receive({ kind: 'open', station: 'rs232', seed, settings, fault })
  advance(simulation, 60)
  return { shown: simulation.snapshot(), simulation }
}

function advance(simulation: WorkshopSimulation, characters: number): void {
  for (let i = 0; i < characters * 12; i++) {
    simulation.receive({ kind: 'step', unit: 'bit' })
    while (simulation.work() !== undefined);
  }
}

const scene = ({ scene: shown }: WorkshopSnapshot) => {
  if (shown.kind !== 'rs232') throw new Error(shown.kind)
  return shown
}
const arrived = (shown: WorkshopSnapshot) =>
  scene(shown)
    .arrived.map(({ text }) => text)
    .join(' ')
const thing = (shown: WorkshopSnapshot, id: string) => scene(shown).things.find((each) => each.id === id)

describe('what is typed', () => {
  it.each([
    ['rs-232', 'null-modem', 'computer'],
    ['rs-422', 'null-modem', 'computer'],
    ['v.35', 'serial-straight', 'modem'],
    ['ttl', 'null-modem-three-wire', 'computer'],
    ['rs-232', 'null-modem-bridged', 'computer'],
  ])('arrives over %s with a %s cable at a %s', (line, cable, far) => {
    expect(arrived(run({ line, cable, far, text: 'Hi' }).shown)).toBe('48h “H” 69h “i”')
  })

  it('arrives as the octets of UTF-8, where it is no ASCII', () => {
    expect(arrived(run({ text: '你' }).shown)).toBe('E4h BDh A0h')
  })

  it.each([
    ['serial-straight', 'computer'],
    ['null-modem', 'modem'],
  ])('does not arrive over a %s cable at a %s: two outputs meet', (cable, far) => {
    const { shown } = run({ cable, far })
    expect(arrived(shown)).toBe('')
    expect(thing(shown, 'cable')?.wrong).toBe(true)
    expect(scene(shown).things.filter(({ id }) => id.startsWith('clash-')).length).toBeGreaterThan(0)
  })

  it('waits for CTS, and leaves when the far end is ready', () => {
    const { shown, simulation } = run({ flow: 'rts-cts', ready: 'no' })
    expect(arrived(shown)).toBe('')
    expect(thing(shown, 'uart')?.told.key).toBe('rs232.uart.held')
    simulation.receive({ kind: 'do', deed: { kind: 'set', name: 'ready', value: 'yes' } })
    advance(simulation, 4)
    expect(arrived(simulation.snapshot())).toBe('48h “H” 69h “i”')
  })

  it('arrives with errors where the rates, the framings or the grounds differ', () => {
    expect(arrived(run({ farbaud: '19200' }).shown)).toBe('80h 98h 86h 9Eh')
    expect(arrived(run({ farframing: '8E1' }).shown)).toMatch(/[FP]E/)
    expect(arrived(run({ ground: '40', text: 'a long text that lasts for a while' }).shown)).not.toBe(
      arrived(run({ text: 'a long text that lasts for a while' }).shown),
    )
    // A receiver that looks at a difference is above that.
    expect(arrived(run({ ground: '40', line: 'rs-422' }).shown)).toBe('48h “H” 69h “i”')
  })

  it('is too fast for a long cable, and not for a balanced one', () => {
    expect(arrived(run({ metres: '1000', baud: '19200' }).shown)).not.toBe('48h “H” 69h “i”')
    expect(arrived(run({ metres: '1000', baud: '19200', line: 'rs-422' }).shown)).toBe('48h “H” 69h “i”')
  })
})

describe('the lanes', () => {
  it('show the pin in 0 and 5 V, the line in ±9 V, bits, sixteen samples a bit, and what arrived', () => {
    const { shown } = run({})
    const simulation = new WorkshopSimulation(() => 0)
    simulation.receive({ kind: 'open', station: 'rs232', seed: 7, settings: {} })
    for (let i = 0; i < 14; i++) {
      simulation.receive({ kind: 'step', unit: 'bit' })
      while (simulation.work() !== undefined);
    }
    const { lanes } = simulation.snapshot()
    const volts = (id: string) => {
      const { points } = lanes.find((lane) => lane.id === id)!
      const seen = [...points].filter((_, i) => i % 2 === 1)
      return [Math.min(...seen), Math.max(...seen)]
    }
    expect(volts('pin')).toEqual([0, 5])
    expect(volts('rx')).toEqual([-9, 9])
    const [bits] = lanes[0].rows
    // H is 48h: 0001 0010 with the lowest bit first, between start and stop.
    expect(bits.marks.slice(1, 9).map(({ text }) => text)).toEqual([...'00010010'])
    const [samples, received] = lanes[1].rows
    const inBit = samples.marks.filter(({ from }) => from >= bits.marks[1].from && from < bits.marks[1].to)
    expect(inBit.length).toBeGreaterThanOrEqual(15)
    expect(received.marks.map(({ text }) => text)).toEqual(['48h “H”'])
    expect(shown.lanes).toHaveLength(2)
  })
})

describe('the task', () => {
  const attempt = (settings: SettingValues, mend = false) => {
    const { simulation } = run({})
    simulation.receive({ kind: 'do', deed: { kind: 'task' } })
    if (mend) simulation.receive({ kind: 'do', deed: { kind: 'break', fault: '' } })
    for (const [name, value] of Object.entries(settings)) {
      simulation.receive({ kind: 'do', deed: { kind: 'set', name, value } })
    }
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: 'Hi' } })
    advance(simulation, 6)
    return simulation.snapshot().task
  }

  it('is not solved by sending as before, nor by mending the clock', () => {
    expect(attempt({})).toMatchObject({ taken: true, solved: false })
    expect(attempt({}, true)).toMatchObject({ solved: false })
  })

  it.each<[string, SettingValues]>([
    ['a slower sender', { baud: '9120', farbaud: '9600' }],
    ['a shorter character with a longer stop', { framing: '7N2' }],
  ])('is solved by %s', (_, settings) => {
    expect(attempt(settings)).toMatchObject({ taken: true, solved: true })
  })
})

describe('what can be broken', () => {
  it.each(RS232_STATION.faults)('has words in both languages, and a station that goes on: %s', (name) => {
    const { key } = faultTitle(name)
    expect(WORKSHOP_EN[key]).toBeTypeOf('string')
    expect(WORKSHOP_ZH[key]).toBeTypeOf('string')
    for (const parameter of settleFault(name, findBoard('uno')).fault.parameters)
      expect(WORKSHOP_EN).toHaveProperty([`param.${parameter.name}`])
    const sound = run({ text: 'The quick brown fox' })
    const broken = run({ text: 'The quick brown fox' }, name)
    expect(broken.shown.executed).toBeGreaterThan(0)
    expect(broken.shown.fault).toBe(name)
    expect(arrived(sound.shown)).toMatch(/^54h/)
  })

  it.each([
    'serial-rx-open',
    'serial-tx-rx-swapped',
    'serial-inverted',
    'serial-ttl-meets-rs232',
    'serial-wrong-parity',
    'baud-off-6-percent',
    'serial-too-long:length=900',
  ])('spoils what arrives: %s', (fault) => {
    expect(arrived(run({}, fault).shown)).not.toBe('48h “H” 69h “i”')
  })
})
