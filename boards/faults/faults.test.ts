import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { LinkEndpoint } from '../../firmware/serial-link/link.js'
import { BOARDS } from '../catalogue/catalogue.js'
import type { SimulatedBoard } from '../model/board.js'
import type { Bench } from './bench.js'
import { createBench } from './create-bench.js'
import { FAULT_LAYERS } from './fault.js'
import { FAULTS } from './registry.js'

const ON = { link: 'up', chip: 'running', fault: 'none' }

function bench(...faults: string[]): Bench<SimulatedBoard> {
  return createBench({ board: 'uno', seed: 5, faults })
}

/** The states of `on`, after some time; a controller that is not on: how it is. */
function states({ board }: Bench<SimulatedBoard>): unknown {
  const { value } = board.state
  if (typeof value === 'string') return value
  return 'on' in value ? value.on : Object.keys(value)[0]
}

/** Echo requests from the partner, answered and asked. */
function pings(on: Bench<SimulatedBoard>, count = 20): number {
  let answered = 0
  for (let sequence = 0; sequence < count; sequence++) {
    on.peer.network.ping('192.168.7.2', { size: 56, sequence }, (result) => {
      if (result.ok) answered++
    })
    on.lab.runFor(SECOND / 5)
  }
  on.lab.runFor(3 * SECOND)
  return answered
}

/** A host that opens a session on the board's serial port and asks nothing. */
function session({ lab, board }: Bench<SimulatedBoard>): LinkEndpoint {
  return new LinkEndpoint({
    clock: lab.clock,
    random: lab.random.fork('host'),
    line: board.serial,
    role: 'host',
    identity: { board: '', firmware: 'test', window: 32, highestSpiClock: 0, capabilities: 0, cells: 0 },
    initiate: true,
  })
}

describe('the fault registry', () => {
  it('has the faults that the diagnosis names', () => {
    const names = 'miso-open cs-stuck-high crystal-missing cable-unplugged rx-pair-reversed cable-noise serial-noise'
    expect([...FAULTS.keys()]).toEqual(expect.arrayContaining([...names.split(' '), 'baud-off-6-percent', 'no-power']))
  })

  it('says of each where it sits and what a person would see', () => {
    for (const [name, fault] of FAULTS) {
      expect(name).toMatch(/^[a-z0-9-]+$/)
      expect(FAULT_LAYERS).toContain(fault.layer)
      expect(fault.title.length).toBeGreaterThan(5)
      expect(fault.symptom.length).toBeGreaterThan(20)
      for (const board of fault.boards ?? []) expect(BOARDS.has(board)).toBe(true)
    }
  })

  it('answers an unknown name with those there are', () => {
    expect(() => bench('miso-opne')).toThrow(/^there is no fault "miso-opne"; did you mean "miso-open"\?/)
  })
})

describe('a bench', () => {
  it('without a fault has link and answers every ping', () => {
    const good = bench()
    good.lab.runFor(2 * SECOND)
    expect(states(good)).toMatchObject(ON)
    expect(pings(good)).toBe(20)
    expect(good.board.chip.findings).toEqual([])
  })

  it.each([
    ['no-power', 'off'],
    ['miso-open', { fault: 'spi-dead', chip: 'failed' }],
    ['cs-stuck-high', { fault: 'spi-dead', chip: 'failed' }],
    ['cs-stuck-low', { fault: 'spi-dead', chip: 'failed' }],
    ['mosi-miso-swapped', { fault: 'spi-dead', chip: 'failed' }],
    ['spi-too-fast', { fault: 'spi-dead', chip: 'failed' }],
    ['crystal-missing', { fault: 'clock-missing', chip: 'failed' }],
    ['phy-dead', { fault: 'phy', chip: 'failed' }],
    ['cable-unplugged', { link: 'down', chip: 'running', fault: 'none' }],
    ['rx-pair-open', { link: 'down', chip: 'running', fault: 'none' }],
    ['partner-off', { link: 'down', chip: 'running', fault: 'none' }],
    ['cable-straight', { link: 'down', chip: 'running', fault: 'none' }],
    ['cable-shorted', { link: 'down', chip: 'running', fault: 'none' }],
    ['cable-too-long', { link: 'down', chip: 'running', fault: 'none' }],
    ['partner-100-only', { link: 'down', chip: 'running', fault: 'none' }],
    ['partner-silent', { link: 'down', chip: 'running', fault: 'none' }],
    ['cable-split-pair', ON],
    ['partner-jabber', ON],
    ['tx-pair-open', ON],
    ['rx-pair-reversed', ON],
  ])('with %s shows it in the controller’s states and answers no ping', (name, expected) => {
    const broken = bench(name)
    broken.lab.runFor(2 * SECOND)
    if (typeof expected === 'string') expect(states(broken)).toBe(expected)
    else expect(states(broken)).toMatchObject(expected)
    expect(pings(broken, 5)).toBe(0)
  })

  it.each(['cable-noise', 'cable-intermittent', 'chip-brown-out', 'spi-noise'])('with %s loses some pings', (name) => {
    const broken = bench(name)
    broken.lab.runFor(2 * SECOND)
    const answered = pings(broken)
    expect(answered).toBeGreaterThan(0)
    expect(answered).toBeLessThan(20)
  })

  it.each(['partner-pause-flood', 'partner-runts'])('with %s still answers pings, on a busier line', (name) => {
    const broken = bench(name)
    broken.lab.runFor(2 * SECOND)
    const before = broken.cable.counters.frames
    broken.lab.runFor(SECOND)
    expect(broken.cable.counters.frames - before).toBeGreaterThan(500)
    expect(pings(broken, 5)).toBe(5)
  })

  it('tells apart by the partner’s link what is silent one way and what is silent both ways', () => {
    const partnerSees = (name: string) => {
      const broken = bench(name)
      broken.lab.runFor(2 * SECOND)
      return broken.peer.station.linkUp
    }
    for (const name of ['cable-straight', 'cable-shorted', 'cable-too-long', 'partner-100-only'])
      expect(partnerSees(name), name).toBe(false)
    for (const name of ['partner-silent', 'rx-pair-open', 'cable-split-pair'])
      expect(partnerSees(name), name).toBe(true)
  })

  it('with a split pair collides with itself, and not over a short one', () => {
    const broken = bench('cable-split-pair')
    broken.lab.runFor(2 * SECOND)
    expect(pings(broken, 3)).toBe(0)
    expect(broken.peer.station.collisions).toBeGreaterThan(15)
    const short = bench('cable-split-pair')
    short.cable.unplug()
    short.cable.rewire({ length: 5 })
    short.cable.plug(short.board.port, short.peer.port)
    short.lab.runFor(4 * SECOND)
    expect(pings(short, 3)).toBe(3)
  })

  it('with a stuck memory bit answers small pings and not large ones', () => {
    const broken = bench('buffer-memory-bad')
    broken.lab.runFor(2 * SECOND)
    let answered = 0
    for (let i = 0; i < 30; i++) {
      broken.peer.network.ping('192.168.7.2', { size: 1400, sequence: i }, ({ ok }) => {
        if (ok) answered++
      })
      broken.lab.runFor(SECOND / 5)
    }
    broken.lab.runFor(3 * SECOND)
    expect(answered).toBeLessThan(28)
    expect(pings(broken, 5)).toBeGreaterThan(3)
  })

  it('with silicon B1 behind a slow SPI is refused by the boards that are fast enough, and fails on the one that is not', () => {
    expect(() => bench('wrong-revision')).toThrow('wrong-revision cannot happen to uno, only to promini')
    const broken = createBench({ board: 'promini', seed: 5, faults: ['wrong-revision'] })
    broken.lab.runFor(5 * SECOND)
    expect(states(broken)).toMatchObject({ chip: 'failed' })
  })

  it('with brown-out restarts every three seconds', () => {
    const broken = bench('brown-out')
    const causes: string[] = []
    broken.board.onReport(({ region, to }) => region === 'reset' && causes.push(to))
    broken.lab.runFor(10 * SECOND)
    expect(causes).toEqual(['brown-out', 'brown-out', 'brown-out'])
  })

  it('with INT open answers late at first, then polls and answers', () => {
    const broken = bench('int-open')
    broken.lab.runFor(6 * SECOND)
    pings(broken)
    expect(broken.board.controller.device.polling).toBe(true)
    expect(pings(broken)).toBe(20)
  })
})

describe('the serial line of a bench', () => {
  it('opens a session on a sound line', () => {
    const good = bench()
    const host = session(good)
    good.lab.runFor(SECOND)
    expect(host.state).toBe('open')
    expect(host.peer?.board).toBe('uno')
    expect(host.counters.headerErrors + host.counters.payloadErrors).toBe(0)
  })

  it.each(['no-power', 'baud-off-6-percent'])('opens none with %s', (name) => {
    const broken = bench(name)
    const host = session(broken)
    broken.lab.runFor(5 * SECOND)
    expect(host.state).not.toBe('open')
    expect(host.counters.octetsReceived > 0).toBe(name !== 'no-power')
  })

  it.each(['serial-noise', 'serial-drops'])('opens one with %s and counts what it costs', (name) => {
    const broken = bench(name)
    const host = session(broken)
    broken.lab.runFor(5 * SECOND)
    for (let i = 0; i < 200; i++) host.send(4, new Uint8Array(57))
    broken.lab.runFor(5 * SECOND)
    expect(host.state).toBe('open')
    const { retransmissions } = host.counters
    expect(retransmissions).toBeGreaterThan(0)
  })
})

describe('determinism', () => {
  it('gives the same run for the same seed, and another for another', () => {
    const run = (seed: number) => {
      const { lab, board, peer } = createBench({ board: 'uno', seed, faults: ['cable-noise', 'spi-noise'] })
      const log: string[] = []
      board.onReport((change) => log.push(JSON.stringify(change)))
      for (let i = 0; i < 20; i++) {
        lab.runFor(SECOND / 4)
        peer.network.ping('192.168.7.2', { size: 200, sequence: i }, (result) => log.push(JSON.stringify(result)))
      }
      return [...log, lab.clock.executed, JSON.stringify(board.chip.counters)].join('\n')
    }
    expect(run(1)).toBe(run(1))
    expect(run(1)).not.toBe(run(2))
  })
})
