/** The bench as a learner has it: checks that are those of the command line, a program of one’s own, the same run again. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { settleFault } from '../../../../boards/faults/settle.js'
import { build } from '../../../../test/avr/assembler.js'
import { variation } from '../../../../test/judge/variations.js'
import { jsonReport } from '../../../check/report/document.js'
import { turn } from '../../../event-loop.js'
import { runChecks } from '../../../index.js'
import type { OpenCommand, StationDeed, WorkshopCommand, WorkshopSnapshot } from '../../protocol.js'
import { WorkshopSimulation } from '../../simulation.js'
import { WORKSHOP_EN } from '../../words/en.js'
import { sayTold } from '../../words/told.js'
import { BENCH_STATION } from './bench.js'

const sketch = (name: string, flags: readonly string[] = []) =>
  build([new URL(`../../../../test/avr/sketches/${name}.c`, import.meta.url).pathname], flags)
const octetsOf = (text: string) => new TextEncoder().encode(text)

/** As a worker has it: the event loop turns between two slices. */
class Visit {
  /** Nanoseconds: time passes with every look at it, so that slices end anywhere. */
  #wall = 0
  readonly simulation: WorkshopSimulation

  /** @param look how many nanoseconds pass with a look */
  constructor(options: Partial<OpenCommand> = {}, look = 300_000) {
    this.simulation = new WorkshopSimulation(() => (this.#wall += look), [BENCH_STATION])
    this.send({ kind: 'open', station: 'bench', seed: 3, settings: {}, ...options })
  }

  send(command: WorkshopCommand): this {
    this.simulation.receive(command)
    return this
  }

  do(deed: StationDeed): this {
    return this.send({ kind: 'do', deed })
  }

  act(action: string, argument = ''): this {
    return this.do({ kind: 'act', action, argument })
  }

  async until(holds: (shown: WorkshopSnapshot) => boolean): Promise<WorkshopSnapshot> {
    for (;;) {
      const wait = this.simulation.work()
      await turn()
      const shown = this.simulation.snapshot()
      if (holds(shown)) return shown
      if (wait === undefined) throw new Error('time stands, and it does not hold')
    }
  }

  /** Checks, and waits until they are done. */
  async check(): Promise<NonNullable<NonNullable<ReturnType<Visit['scene']>['suite']>['report']>> {
    this.act('check')
    await this.until((shown) => sceneOf(shown).suite?.report !== undefined)
    return this.scene().suite!.report!
  }

  scene() {
    return sceneOf(this.simulation.snapshot())
  }

  get said(): string[] {
    return this.simulation.snapshot().log.map(({ told }) => sayTold(WORKSHOP_EN, told))
  }
}

function sceneOf({ scene }: WorkshopSnapshot) {
  if (scene.kind !== 'bench') throw new Error(scene.kind)
  return scene
}

describe('the checks on the bench', () => {
  it('come to what the command line says of the same board, to the letter', async () => {
    const visit = new Visit({ fault: 'miso-open' })
    const there = await runChecks('model:uno', { seed: 3, faults: ['miso-open'] })
    const report = await visit.check()
    expect(jsonReport(report)).toBe(jsonReport(there))
    expect(visit.scene().layers.map(({ layer, state }) => `${layer} ${state}`)).toEqual([
      'serial pass',
      'spi fail',
      'chip skip',
      'phy skip',
      'mac skip',
      'network skip',
    ])
    // It crosses from a worker to a page as it is.
    expect(structuredClone(visit.simulation.snapshot())).toEqual(visit.simulation.snapshot())
  })

  it('are the same run again from what was recorded, event for event', async () => {
    const visit = new Visit({ settings: { only: 'spi' } })
    await visit.check()
    visit.do({ kind: 'break', fault: 'mosi-open' })
    await visit.check()
    const there = visit.simulation.snapshot()
    const again = new Visit({ settings: there.opened.settings, record: there.record, until: there.now })
    const here = await again.until(({ pace }) => pace === 'paused')
    expect({ hash: here.hash, executed: here.executed }).toEqual({ hash: there.hash, executed: there.executed })
    expect(sceneOf(here).suite?.report?.diagnosis[0].cause).toBe('mosi-open')
  })

  it('can be stepped event by event: what is written in promises has its turn in between', async () => {
    const visit = new Visit()
    visit.act('check').send({ kind: 'pause' })
    const steps = 2_000
    for (let i = 0; i < steps; i++) {
      const { executed } = visit.simulation.snapshot()
      visit.send({ kind: 'step', unit: 'event' })
      await visit.until((shown) => shown.executed === executed + 1)
    }
    const stepped = visit.simulation.snapshot()
    const flown = new Visit({ record: stepped.record, until: stepped.now, untilExecuted: steps })
    expect((await flown.until(({ pace }) => pace === 'paused')).hash).toBe(stepped.hash)
  })

  it('can be ended: what was checked by then is reported, the rest is skipped', async () => {
    const visit = new Visit()
    visit.act('check')
    await visit.until((shown) => sceneOf(shown).suite?.done === 5)
    visit.act('stop')
    const shown = await visit.until((each) => sceneOf(each).suite?.report !== undefined)
    const { checks, verdict } = sceneOf(shown).suite!.report!
    expect(verdict).toBe('skip')
    expect(checks.slice(0, 5).every((check) => check.verdict === 'pass')).toBe(true)
    expect(checks.slice(6).every((check) => check.verdict === 'skip')).toBe(true)
  })

  it('are broken off when the board is changed', async () => {
    const visit = new Visit()
    visit.act('check')
    await visit.until((shown) => sceneOf(shown).suite?.done === 5)
    visit.do({ kind: 'break', fault: 'int-open' })
    await visit.until((shown) => sceneOf(shown).suite === undefined)
    expect(visit.said.at(-1)).toBe(WORKSHOP_EN['bench.did.broken-off'])
    await visit.until(({ pace }) => pace === 'resting')
  })
})

describe('the task of the bench', () => {
  // The page is gone through so with another seed.
  for (const seed of [1, 4])
    variation(`with seed ${seed} is solved by repairing what the diagnosis names, and by nothing else`, async () => {
      const visit = new Visit({ seed })
      visit.do({ kind: 'task' })
      expect(visit.simulation.snapshot().fault).toBe('?')
      const { diagnosis, verdict } = await visit.check()
      expect(verdict).toBe('fail')
      visit.do({ kind: 'repair', fault: 'cable-split-pair' })
      expect(visit.simulation.snapshot().fault).toBe('?')
      expect(visit.simulation.snapshot().task.solved).toBe(false)
      for (const cause of diagnosis.flatMap((each) => each.class)) visit.do({ kind: 'repair', fault: cause })
      expect(visit.simulation.snapshot().fault).toBe('')
      expect(visit.scene().suite?.stale).toBe(true)
      const { verdict: after } = await visit.check()
      expect(after).toBe('pass')
      await visit.until(({ task }) => task.solved)
    })

  it('is not solved by checking a part', async () => {
    const visit = new Visit()
    visit.do({ kind: 'task' }).do({ kind: 'set', name: 'only', value: 'serial' })
    await visit.check()
    const shown = await visit.until(({ pace }) => pace === 'resting')
    expect(shown.task).toMatchObject({ taken: true, solved: false })
  })
})

it('every fault of the bench can be on an emulated board as well', () => {
  for (const name of BENCH_STATION.faults) expect(settleFault(name, findBoard('uno'), 'avr').fault.name).toBe(name)
})

describe('a program of one’s own', () => {
  it('runs: what it says is read, what is typed is answered, and the chip answers a ping', async () => {
    const visit = new Visit()
    visit.send({ kind: 'file', name: 'echo.hex', octets: octetsOf(sketch('echo').hex) })
    await visit.until((shown) => sceneOf(shown).program?.said === 'ready\n')
    visit.act('type', 'HAL')
    await visit.until((shown) => sceneOf(shown).program?.said === 'ready\nIBM')
    expect(visit.scene().program).toMatchObject({ file: 'echo.hex', format: 'hex', baud: 57_143, running: true })

    visit.send({ kind: 'file', name: 'ping.elf', octets: sketch('ping').elf })
    await visit.until((shown) => sceneOf(shown).things.some(({ told }) => told.key === 'bench.program.link'))
    visit.act('ping')
    const answered = await visit.until(({ log }) => log.some(({ told }) => told.key === 'packets.result.reply'))
    expect(sceneOf(answered).program?.findings).toEqual([])
  })

  it('answers whoever asks in the instant in which its link is shown, once it has set up its chip', async () => {
    // Every slice is one event. The reset by the program ends the link that the chip came up with.
    const visit = new Visit({}, 20_000_000)
    visit.send({ kind: 'file', name: 'ping.elf', octets: sketch('ping').elf })
    await visit.until((shown) => sceneOf(shown).program?.said.includes('up\n') === true)
    await visit.until((shown) => sceneOf(shown).things.some(({ told }) => told.key === 'bench.program.link'))
    visit.act('ping')
    const { log } = await visit.until(({ log }) => log.length > 1)
    expect(log[1].told.key).toBe('packets.result.reply')
  })

  it('that breaks a rule is told which, once, and counted', async () => {
    const visit = new Visit()
    visit.send({ kind: 'file', name: 'misuse.hex', octets: octetsOf(sketch('misuse').hex) })
    await visit.until((shown) => (sceneOf(shown).program?.findings[0]?.count ?? 0) >= 3)
    expect(visit.scene().program?.findings).toMatchObject([{ id: 'bit-field-on-mac-register', source: /DS39662 4\.2/ }])
    expect(visit.said.filter((said) => said.includes('BFS'))).toHaveLength(1)

    visit.send({ kind: 'file', name: 'astray.elf', octets: sketch('misuse', ['-DASTRAY']).elf })
    await visit.until((shown) => sceneOf(shown).program?.findings.length === 1)
    expect(visit.scene().program?.findings[0].id).toBe('store-outside-memory')
  })

  it('may be the bridge firmware: then the checks are made on it', async () => {
    const visit = new Visit({ settings: { only: 'spi' } })
    const hex = readFileSync(new URL('../../../../firmware/bridge/images/bridge-uno.hex', import.meta.url))
    visit.send({ kind: 'file', name: 'bridge.hex', octets: new Uint8Array(hex) })
    const report = await visit.check()
    expect(report).toMatchObject({ target: 'avr:uno', verdict: 'pass' })
    expect(visit.scene().program).toMatchObject({ file: 'bridge.hex', running: false })
  })

  it('that is none is refused with what is wrong, and nothing runs', () => {
    const visit = new Visit()
    const refusal = (name: string, octets: Uint8Array) => {
      visit.send({ kind: 'file', name, octets })
      expect(visit.scene().program).toBeUndefined()
      return visit.scene().refused?.message
    }
    expect(refusal('cut.hex', octetsOf(':10000000FF'))).toMatch(/line 1: says 16 data octets/)
    expect(refusal('photo.jpg', Uint8Array.of(0xff, 0xd8, 0xff))).toMatch(/neither an Intel HEX file/)
    expect(refusal('empty.hex', new Uint8Array(0))).toMatch(/neither an Intel HEX file/)
    expect(refusal('head.elf', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46))).toMatch(/ELF: .* it was cut short/)
    // For a Mega: beyond an Uno's flash.
    expect(refusal('mega.hex', octetsOf(':020000021000EC\n:0100000000FF\n:00000001FF\n'))).toMatch(/another part/)
  })

  it('that a link does not carry is asked for', () => {
    const visit = new Visit().act('load', '00000000 mine.hex')
    expect(visit.said.at(-1)).toMatch(/mine\.hex.*Give it again/)
    expect(visit.scene().program).toBeUndefined()
  })
})
