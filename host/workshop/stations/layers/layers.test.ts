/** The layers station as a learner has it: what each layer adds, in the frame that was sent, and which one drops what is spoilt. */
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { fcsGood } from '../../../../boards/ethernet/fcs.js'
import { settleFault } from '../../../../boards/faults/settle.js'
import { printFrame } from '../../../../firmware/net/wire/print.js'
import type { OpenCommand, StationDeed, WorkshopSnapshot } from '../../protocol.js'
import { WorkshopSimulation } from '../../simulation.js'
import type { SettingValues } from '../../station-parts.js'
import { WORKSHOP_EN } from '../../words/en.js'
import { faultTitle } from '../../words/fault-title.js'
import { sayTold } from '../../words/told.js'
import { WORKSHOP_ZH } from '../../words/zh.js'
import { LAYERS_STATION } from './layers.js'

function open(settings: SettingValues = {}, options: Partial<OpenCommand> = {}) {
  const simulation = new WorkshopSimulation(() => 0)
  simulation.receive({ kind: 'open', station: 'layers', seed: 7, settings, ...options })
  const settle = () => {
    simulation.receive({ kind: 'play' })
    while (simulation.work() !== undefined);
    return simulation.snapshot()
  }
  const deed = (what: StationDeed) => {
    simulation.receive({ kind: 'do', deed: what })
    return settle()
  }
  return {
    simulation,
    settle,
    deed,
    send: (text = '') => deed({ kind: 'act', action: 'send', argument: text }),
    set: (name: string, value: string) => deed({ kind: 'set', name, value }),
  }
}

function scene({ scene: shown }: WorkshopSnapshot) {
  if (shown.kind !== 'layers') throw new Error(shown.kind)
  return shown
}
const copyOf = (shown: WorkshopSnapshot, index = 0) => scene(shown).copies[index]
const layerOf = (shown: WorkshopSnapshot, layer: number) => copyOf(shown).layers.find((each) => each.layer === layer)!
const outcomes = (shown: WorkshopSnapshot) =>
  scene(shown).copies.map(({ outcome }) =>
    outcome.kind === 'dropped' ? `${outcome.layer} ${sayTold(WORKSHOP_EN, outcome.reason)}` : outcome.kind,
  )

describe('a message over TCP', () => {
  it('is taken apart as it was sent: every octet of the frame belongs to one layer', () => {
    const shown = open().send('Hello')
    expect(scene(shown).shown).toEqual(['Hello'])
    expect(outcomes(shown)).toEqual(['shown'])
    const { parts } = copyOf(shown)
    const octets = Uint8Array.from(parts.flatMap((part) => part.octets))
    const frame = octets.subarray(8)
    expect(fcsGood(frame)).toBe(true)
    expect(printFrame(frame.subarray(0, -4))).toMatch(/^IP 192\.168\.7\.1\.\d+ > 192\.168\.7\.2\.2525: Flags \[P\.\]/)
    expect(parts.map(({ name, layer, octets: own }) => `${layer} ${name} ${own.length}`)).toEqual([
      '1 preamble 8',
      '2 ethernet 14',
      '3 ip 20',
      expect.stringMatching(/^4 transport \d+$/),
      '7 command 4',
      '6 text 5',
      '7 line-end 2',
      '2 fcs 4',
    ])
    expect(copyOf(shown).layers.reduce((sum, { added }) => sum + added, 0)).toBe(octets.length)
    expect(String.fromCharCode(...parts.find(({ name }) => name === 'text')!.octets)).toBe('Hello')
  })

  it('shows headers by the fields of their standards', () => {
    const shown = open().send('Hello')
    const fields = (layer: number) =>
      Object.fromEntries(layerOf(shown, layer).fields.map(({ name, value }) => [name.key, value]))
    expect(fields(3)).toMatchObject({
      'header.field.source': '192.168.7.1',
      'header.field.destination': '192.168.7.2',
      'header.field.ttl': '64',
      'header.field.protocol': '6 TCP',
    })
    expect(fields(4)).toMatchObject({
      'header.field.destination-port': '2525',
      'header.field.control-bits': 'PSH, ACK',
    })
    for (const { layer, added, fields: own } of copyOf(shown).layers.filter((each) => each.fields.length > 0)) {
      const octets = own.reduce((sum, field) => sum + field.octets.split(' ').length, 0)
      expect(octets, `layer ${layer}`).toBe(added)
    }
  })

  it('is a dialogue that begins with a greeting', () => {
    const bench = open()
    bench.send('one')
    const shown = bench.send('two')
    expect(scene(shown).dialogue.map(({ text }) => text)).toEqual([
      ...['HELLO teller', '250 hello teller', 'SAY one', '250 shown', 'SAY two', '250 shown'],
    ])
    expect(scene(shown).shown).toEqual(['one', 'two'])
  })

  it('stands in the lanes with its layers beneath the voltage', () => {
    const { simulation, send } = open()
    const { now } = send('Hello')
    const frame = copyOf(simulation.snapshot())
    simulation.receive({ kind: 'look', look: { span: 760, until: frame.at + 74_000, probes: ['wire'] } })
    const [lane] = simulation.snapshot().lanes
    const row = (key: string) => lane.rows.find(({ name }) => name.key === key)!.marks
    const layers = row('layers.row.layers')
    expect(layers.map(({ short }) => short)).toEqual(['1', '2', '3', '4', '7', '6', '7', '2'])
    const fields = row('rj45.row.fields')
    expect(layers[0].from).toBeCloseTo(fields[0].from)
    expect(layers.at(-1)!.to).toBeCloseTo(
      fields.find(({ text }) => typeof text !== 'string' && text.key === 'rj45.field.fcs')!.to,
    )
    expect(now).toBeGreaterThan(frame.at)
  })

  it('is on its way at once, however slowly time passes: connection and greeting are not waited for', () => {
    let wall = 0
    const simulation = new WorkshopSimulation(() => wall)
    simulation.receive({ kind: 'open', station: 'layers', seed: 7, settings: {} })
    simulation.receive({ kind: 'speed', bitsPerSecond: 300 })
    const work = (seconds: number) => {
      for (const end = wall + seconds * 1e9; wall < end; wall += 16e6) simulation.work()
      return simulation.snapshot()
    }
    work(1)
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'send', argument: 'Hello' } })
    expect(scene(work(1)).signal).toBe('to-board')
    expect(scene(work(2)).shown).toEqual(['Hello'])
  })

  it('has as many octets as UTF-8 makes of its characters', () => {
    const shown = open().send('你好')
    expect(scene(shown).shown).toEqual(['你好'])
    expect(layerOf(shown, 6)).toMatchObject({ added: 6, down: { values: { characters: 2, octets: 6 } } })
  })
})

describe('a message over UDP', () => {
  it('has a header of eight octets, and no dialogue', () => {
    const bench = open({ transport: 'udp' })
    const shown = bench.send('Hello')
    expect(outcomes(shown)).toEqual(['shown'])
    expect(layerOf(shown, 4).added).toBe(8)
    expect(layerOf(shown, 5).down.key).toBe('layers.down.5.udp')
    // Too short for a frame of 64 octets.
    expect(outcomes(bench.send('!'))).toEqual(['shown'])
    expect(copyOf(bench.settle()).parts.find(({ name }) => name === 'padding')?.octets).toHaveLength(11)
  })

  it('takes the place of TCP while the page is open, and back', () => {
    const bench = open()
    for (const transport of ['udp', 'tcp', 'udp', 'tcp']) {
      bench.set('transport', transport)
      expect(outcomes(bench.send(transport)), transport).toEqual(['shown'])
    }
    expect(scene(bench.settle()).shown).toEqual(['udp', 'tcp', 'udp', 'tcp'])
  })
})

describe('a layer that is spoilt', () => {
  const words = WORKSHOP_EN
  it.each([
    ['port', 'tcp', `4 ${words['layers.loss.no-connection']}`, 'shown'],
    ['transport-checksum', 'tcp', `4 ${words['layers.loss.checksum']}`, 'shown'],
    ['ip-address', 'tcp', `3 ${words['layers.loss.address']}`, 'shown'],
    ['ip-checksum', 'tcp', `3 ${words['layers.loss.header-checksum']}`, 'shown'],
    ['mac', 'tcp', `2 ${words['reason.address']}`, 'shown'],
    ['ether-type', 'tcp', `2 ${words['layers.loss.ether-type']}`, 'shown'],
    ['fcs', 'tcp', `2 ${words['reason.fcs']}`, 'shown'],
    ['silence', 'tcp', `1 ${words['layers.loss.open-pair']}`, 'shown'],
    ['command', 'tcp', `7 ${words['layers.loss.command']}`, undefined],
    ['encoding', 'tcp', `6 ${words['layers.loss.encoding']}`, undefined],
    ['session', 'tcp', `5 ${words['layers.loss.session']}`, undefined],
    ['port', 'udp', `4 ${words['layers.loss.port-closed']}`, undefined],
    ['transport-checksum', 'udp', `4 ${words['layers.loss.checksum']}`, undefined],
    ['silence', 'udp', `1 ${words['layers.loss.open-pair']}`, undefined],
    ['encoding', 'udp', `6 ${words['layers.loss.encoding']}`, undefined],
    // Nothing is there that could be missed.
    ['session', 'udp', 'shown', undefined],
  ])('%s over %s is dropped there, and counted', (spoil, transport, first, then) => {
    const bench = open({ spoil, transport })
    const shown = bench.send('Hello')
    expect(outcomes(shown)).toEqual(then === undefined ? [first] : [first, then])
    expect(scene(shown).shown).toEqual(first === 'shown' || then === 'shown' ? ['Hello'] : [])
    const dropped = Number(first[0])
    for (const { layer, state } of copyOf(shown).layers)
      expect(state, `layer ${layer}`).toBe(
        first === 'shown' || layer < dropped ? 'passed' : layer === dropped ? 'dropped' : 'never',
      )
    // And what is sound gets through behind it.
    bench.set('spoil', 'none')
    expect(outcomes(bench.send('again'))).toEqual(['shown'])
  })

  it('shows each copy of what TCP sent again', () => {
    const bench = open({ spoil: 'fcs' })
    bench.send('Hello')
    const first = bench.settle()
    expect(scene(first).copy).toBe(0)
    const second = bench.deed({ kind: 'act', action: 'copy', argument: '1' })
    expect(scene(second).copy).toBe(1)
    expect(scene(second).copies[1].at - scene(second).copies[0].at).toBeGreaterThan(1e6)
    expect(scene(second).things.find(({ id }) => id === 'u7')?.told.key).toBe('layers.up.7')
    // What is asked for and is not there is the nearest that is.
    expect(scene(bench.deed({ kind: 'act', action: 'copy', argument: '99' })).copy).toBe(1)
  })

  it('is the same run, event for event', () => {
    expect(open({ spoil: 'fcs' }).send('x').hash).toBe(open({ spoil: 'fcs' }).send('x').hash)
    expect(open({ spoil: 'fcs' }).send('x').hash).not.toBe(open({ spoil: 'mac' }).send('x').hash)
  })
})

describe('a run', () => {
  it('is played again from its record, conversations and all', () => {
    const bench = open()
    bench.send('one')
    bench.set('spoil', 'fcs')
    bench.send('two')
    bench.set('transport', 'udp')
    bench.deed({ kind: 'break', fault: 'cable-noise' })
    const was = bench.send('three')
    const again = open({}, { record: was.record, until: was.now })
    while (again.simulation.work() !== undefined);
    const shown = again.simulation.snapshot()
    expect([shown.now, shown.executed, shown.hash]).toEqual([was.now, was.executed, was.hash])
    expect(scene(shown).copies).toEqual(scene(was).copies)
  })
})

describe('the task', () => {
  it.each([
    ['Hello!', 'tcp', 82, false],
    ['Hello, twelve', 'tcp', 89, false],
    ['Hello, world', 'tcp', 88, false],
    ['你好你好ab', 'tcp', 90, false],
    ['éééééé', 'tcp', 88, true],
    ['你你你abc', 'tcp', 88, true],
    ['😀😀ello', 'tcp', 88, true],
    ['😀😀😀😀😀😀', 'udp', 76, false],
  ])('%s over %s', (text, transport, octets, solved) => {
    const bench = open()
    bench.deed({ kind: 'task' })
    bench.set('transport', transport)
    const shown = bench.send(text)
    expect(copyOf(shown).parts.reduce((sum, part) => sum + part.octets.length, -8)).toBe(octets)
    expect(shown.task.solved).toBe(solved)
  })

  it('counts what arrives: a copy that is dropped solves nothing, the one sent again does', () => {
    const bench = open({ spoil: 'command' })
    bench.deed({ kind: 'task' })
    bench.set('spoil', 'encoding')
    // UTF-16 of three characters and its mark makes eight octets; six make fourteen.
    expect(bench.send('abcdef').task.solved).toBe(false)
    bench.set('spoil', 'fcs')
    const shown = bench.send('éééééé')
    expect(outcomes(shown)).toHaveLength(2)
    expect(shown.task.solved).toBe(true)
  })
})

describe('what can be broken', () => {
  it.each(LAYERS_STATION.faults)('has words in both languages, and breaks something: %s', (name) => {
    const { key } = faultTitle(name)
    expect(WORKSHOP_EN[key]).toBeTypeOf('string')
    expect(WORKSHOP_ZH[key]).toBeTypeOf('string')
    for (const parameter of settleFault(name, findBoard('uno')).fault.parameters)
      expect(WORKSHOP_EN).toHaveProperty([`param.${parameter.name}`])
    const run = (fault: string) => {
      const bench = open({}, { fault })
      for (let i = 0; i < 12; i++) bench.send(`text ${i}`)
      return bench
    }
    const broken = run(name)
    expect(broken.settle().hash).not.toBe(run('').settle().hash)
    broken.deed({ kind: 'break', fault: '' })
    expect(outcomes(broken.send('mended'))).toEqual(['shown'])
  })
})
