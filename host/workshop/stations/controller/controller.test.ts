/** The controller station as a learner has it: chart, registers, ring and SPI, for the reasons that chip and firmware have. */
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { settleFault } from '../../../../boards/faults/settle.js'
import type { OpenCommand, WorkshopSnapshot } from '../../protocol.js'
import { WorkshopSimulation } from '../../simulation.js'
import type { SettingValues } from '../../station-parts.js'
import { WORKSHOP_EN } from '../../words/en.js'
import { faultTitle } from '../../words/fault-title.js'
import { sayTold } from '../../words/told.js'
import { WORKSHOP_ZH } from '../../words/zh.js'
import { CONTROLLER_STATION } from './controller.js'

const MILLISECOND = 1e6
const SECOND = 1e9

/** Opened, and run as fast as it goes. */
class Visit {
  #wall = 0
  readonly simulation = new WorkshopSimulation(() => this.#wall)

  constructor(settings: SettingValues = {}, options: Partial<OpenCommand> = {}) {
    const { until = 400 * MILLISECOND } = options
    this.simulation.receive({ kind: 'open', station: 'controller', seed: 7, settings, ...options, until })
    while (this.simulation.work() !== undefined);
    this.simulation.receive({ kind: 'speed', bitsPerSecond: 8_000_000 })
  }

  get shown(): WorkshopSnapshot {
    return this.simulation.snapshot()
  }

  get scene() {
    const { scene } = this.shown
    if (scene.kind !== 'controller') throw new Error(scene.kind)
    return scene
  }

  do(action: string, milliseconds = 50): this {
    this.simulation.receive({ kind: 'do', deed: { kind: 'act', action, argument: '' } })
    return this.pass(milliseconds)
  }

  set(name: string, value: string, milliseconds = 50): this {
    this.simulation.receive({ kind: 'do', deed: { kind: 'set', name, value } })
    return this.pass(milliseconds)
  }

  /** Time passes at the chip's own pace. */
  pass(milliseconds: number): this {
    this.simulation.receive({ kind: 'play' })
    this.simulation.work()
    const end = this.shown.now + milliseconds * MILLISECOND
    while (this.shown.now < end) {
      this.#wall += 5 * MILLISECOND
      while (this.simulation.work() === 0);
    }
    this.simulation.receive({ kind: 'pause' })
    return this
  }

  state(region: string): string | undefined {
    return this.scene.chart.find((each) => each.region === region)?.active
  }

  register(name: string): string | undefined {
    return this.scene.registers.find((each) => each.name === name)?.value
  }

  flag(name: string, bit: string): number | undefined {
    return this.scene.registers.find((each) => each.name === name)?.fields.find((each) => each.name === bit)?.value
  }

  get packets() {
    return this.scene.memory.pieces.filter(({ kind }) => kind === 'packet')
  }

  get said(): string[] {
    return this.shown.log.map(({ told }) => sayTold(WORKSHOP_EN, told))
  }
}

/** The chip in hand and initialised, with a link. */
function inHand(settings: SettingValues = {}): Visit {
  return new Visit({ driver: 'hand', bank: '1', ...settings }).do('init', 300).do('clear')
}

describe('the chart', () => {
  it('is that of the machine: states, and what leads from one to another', () => {
    const { chart } = new Visit().scene
    expect(chart.map(({ region }) => region)).toEqual([
      ...['controller', 'reset', 'boot', 'chip', 'link', 'address', 'services', 'mode', 'fault'],
    ])
    const chip = chart.find(({ region }) => region === 'chip')!
    expect(chip.arcs).toContainEqual({ from: 'failed', to: 'bringing-up', event: 'after retry' })
    expect(chip.arcs).toContainEqual({ from: 'running', to: 'failed', event: 'CHIP TROUBLE' })
    const fault = chart.find(({ region }) => region === 'fault')!
    expect(fault.states).not.toContain('asking')
    expect(fault.arcs).toContainEqual({ from: 'none', to: 'spi-dead', event: 'CHIP TROUBLE' })
    // Without DHCP its states are not on this chart.
    expect(chart.find(({ region }) => region === 'address')!.states).toEqual([
      'none',
      'configured',
      'contested',
      'given-up',
    ])
  })

  it('stands where the firmware stands: up, held in reset, up again', () => {
    const visit = new Visit()
    expect(['controller', 'chip', 'link', 'mode'].map((region) => visit.state(region))).toEqual([
      ...['on', 'running', 'up', 'controlling'],
    ])
    visit.do('reset-board', 5)
    expect(visit.state('controller')).toBe('held')
    expect(visit.state('RESET pin')).toBe('low')
    visit.pass(400)
    expect([visit.state('reset'), visit.state('chip')]).toEqual(['pin', 'running'])
  })

  it('goes through a brown-out, and through one of the chip alone, of which the firmware finds out', () => {
    const visit = new Visit().do('brown-out', 10)
    expect(visit.state('controller')).toBe('held')
    expect(visit.scene.powered).toBe(false)
    visit.pass(500)
    expect([visit.state('reset'), visit.state('chip')]).toEqual(['brown-out', 'running'])
    visit.do('chip-sag', 1_100)
    expect(visit.said.some((said) => /fault: none → registers/.test(said))).toBe(true)
    visit.pass(1_000)
    expect(visit.state('fault')).toBe('none')
  })

  it('shows the chip lent while it is in the learner’s hands', () => {
    const visit = new Visit({ driver: 'hand' })
    expect([visit.state('chip'), visit.state('mode'), visit.scene.lent]).toEqual(['lent', 'bridging', true])
    visit.set('driver', 'firmware', 300)
    expect([visit.state('chip'), visit.state('mode'), visit.scene.lent]).toEqual(['running', 'controlling', false])
  })
})

describe('by hand', () => {
  it('the chip is initialised, sends, receives and is read out, each to be seen in registers, ring and SPI', () => {
    const visit = inHand()
    expect(visit.register('EREVID')).toBeUndefined()
    expect(visit.flag('ECON1', 'RXEN')).toBe(1)
    expect(visit.scene.memory).toMatchObject({ start: 0, end: 0x19ff, pieces: [], free: 0x19fe })

    visit.do('receive')
    expect(visit.packets).toMatchObject([{ from: 0, label: 'Hello #1', next: 606 }])
    expect(visit.register('EPKTCNT')).toBe('01h')
    expect([visit.flag('EIR', 'PKTIF'), visit.scene.interrupt.chip]).toEqual([1, false])
    const { registers } = visit.scene
    expect(registers.filter(({ changed }) => changed).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['EIR', 'EPKTCNT']),
    )

    visit.do('read')
    expect(visit.packets).toEqual([])
    expect(visit.scene.interrupt).toEqual({ chip: true, controller: true })
    expect(visit.scene.transfers.at(-1)?.text).toBe('BFS ECON2 PKTDEC')
    expect(visit.said.at(-1)).toContain('“Hello #1”')

    visit.do('send')
    expect(visit.flag('EIR', 'TXIF')).toBe(1)
    expect(visit.scene.memory.pieces).toMatchObject([{ kind: 'transmit', from: 0x1a00, label: 'Hello #2' }])
  })

  it('a full ring overflows, and receives again once memory is given back', () => {
    const visit = inHand().do('fill', 200)
    expect(visit.packets).toHaveLength(10)
    expect(visit.flag('EIR', 'RXERIF')).toBe(1)
    expect(visit.said).toContain('The chip drops a frame: the ring has no room for it (EIR.RXERIF).')
    visit.do('read').do('receive')
    expect(visit.packets.map(({ label }) => label)).toEqual([
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 12].map((n) => `Hello #${n}`),
    ])
    // Over the end of the ring and on at its beginning.
    const last = visit.packets.at(-1)!
    expect(last.to).toBeLessThan(last.from)
    expect(visit.flag('EIR', 'RXERIF')).toBe(1)
    expect(visit.do('clear').flag('EIR', 'RXERIF')).toBe(0)
  })

  it('is refused while the firmware has the chip, in words', () => {
    const visit = new Visit().do('read', 5)
    expect(visit.shown.log.at(-1)).toMatchObject({ wrong: true, told: { key: 'controller.not-yours' } })
  })

  it('says what is wrong when no chip answers', () => {
    const visit = new Visit({ driver: 'hand' }, { fault: 'miso-open' }).do('init', 100)
    expect(visit.said.at(-1)).toMatch(/no ENC28J60 answers/)
  })
})

describe('the lanes', () => {
  it('show a transfer bit for bit, its octets and its instruction', () => {
    const visit = inHand().do('receive').do('read', 1)
    const now = visit.shown.log.at(-1)!.at + 2_000
    const probes = ['cs', 'sck', 'mosi', 'miso', 'int']
    visit.simulation.receive({ kind: 'look', look: { span: 8_000, until: now, probes } })
    const find = (id: string) => visit.shown.lanes.find((lane) => lane.id === id)!
    const row = (id: string, key: string) => find(id).rows.find(({ name }) => name.key === key)?.marks ?? []
    const instructions = row('mosi', 'controller.row.instruction').map(({ text }) => text)
    expect(instructions).toContain('RBM × 70')
    expect(instructions).toContain('BFS ECON2 PKTDEC')
    const dec = row('mosi', 'controller.row.instruction').at(-1)!
    visit.simulation.receive({
      kind: 'look',
      look: { span: 26, until: now - 8_000 * 125 + dec.to + 500, probes },
    })
    expect(row('mosi', 'controller.row.octets').map(({ text }) => text)).toEqual(['9E', '40'])
    expect(
      row('mosi', 'controller.row.bits')
        .map(({ text }) => text)
        .join(''),
    ).toBe('1001111001000000')
    // Sixteen clocks, each up and down.
    const { points } = find('sck')
    const volts = [...points].filter((_, i) => i % 2 === 1)
    const rises = volts.filter((each, i) => i > 0 && each > volts[i - 1]).length
    expect(rises).toBe(16)
  })
})

describe('the task', () => {
  function taken(): Visit {
    const visit = new Visit()
    visit.simulation.receive({ kind: 'do', deed: { kind: 'task' } })
    return visit.pass(600)
  }

  it('begins with a ring that has run over', () => {
    const visit = taken()
    expect(visit.scene.lent).toBe(true)
    expect(visit.packets).toHaveLength(10)
    expect([visit.flag('EIR', 'RXERIF'), visit.scene.interrupt.chip]).toEqual([1, false])
    expect(visit.shown.task.solved).toBe(false)
  })

  it('is solved by reading, clearing, receiving and reading, and not before', () => {
    const visit = taken()
    for (let i = 0; i < 10; i++) visit.do('read', 10)
    expect(visit.do('clear', 10).scene.interrupt.chip).toBe(true)
    expect(visit.shown.task.solved).toBe(false)
    visit.do('receive', 10)
    expect(visit.shown.task.solved).toBe(false)
    expect(visit.do('read', 10).shown.task.solved).toBe(true)
  })

  it('is solved by giving the chip back to the firmware, too', () => {
    const visit = taken().set('driver', 'firmware', 300)
    expect(visit.shown.task.solved).toBe(false)
    expect(visit.do('receive').shown.task.solved).toBe(true)
  })
})

describe('what can be broken', () => {
  const busy = (fault: string) => new Visit({}, { fault, until: 3 * SECOND }).do('fill', 200).do('send').shown
  const sound = busy('')
  it.each(CONTROLLER_STATION.faults)('has words in both languages, and breaks something: %s', (name) => {
    const { key } = faultTitle(name)
    expect(WORKSHOP_EN[key]).toBeTypeOf('string')
    expect(WORKSHOP_ZH[key]).toBeTypeOf('string')
    for (const parameter of settleFault(name, findBoard('uno')).fault.parameters)
      expect(WORKSHOP_EN).toHaveProperty([`param.${parameter.name}`])
    const broken = busy(name)
    expect(broken.fault).toBe(name)
    expect(broken.hash).not.toBe(sound.hash)
  })

  it('is mended by one click, and the board is as it was', () => {
    const visit = new Visit()
    visit.simulation.receive({ kind: 'do', deed: { kind: 'break', fault: 'miso-open' } })
    visit.pass(300)
    expect(visit.state('fault')).toBe('spi-dead')
    visit.simulation.receive({ kind: 'do', deed: { kind: 'break', fault: '' } })
    visit.pass(400)
    expect([visit.state('fault'), visit.state('link')]).toEqual(['none', 'up'])
  })
})

describe('going back', () => {
  it('comes to the very same state, across a bench that was built anew', () => {
    const visit = inHand().do('receive')
    visit.simulation.receive({ kind: 'do', deed: { kind: 'break', fault: 'int-open' } })
    visit.pass(120)
    visit.simulation.receive({ kind: 'bookmark' })
    const there = visit.shown
    visit.do('brown-out', 100)
    visit.simulation.receive({ kind: 'back', to: 0 })
    while (visit.simulation.work() !== undefined);
    const { hash, now, executed, scene, record } = there
    expect(visit.shown).toMatchObject({ hash, now, executed, scene, record })
  })
})
