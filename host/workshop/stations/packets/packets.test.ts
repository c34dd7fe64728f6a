/** The packets station as a learner has it: who is asked, who passes on, who says no, and what becomes of fragments. */
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
import { PACKETS_STATION } from './packets.js'
import type { SegmentName } from './scene.js'

const MILLISECOND = 1e6

class Visit {
  readonly simulation = new WorkshopSimulation(() => 0)

  constructor(settings: SettingValues = {}, options: Partial<OpenCommand> = {}) {
    this.simulation.receive({ kind: 'open', station: 'packets', seed: 7, settings, ...options })
    this.simulation.receive({ kind: 'speed', bitsPerSecond: 0 })
    this.rest()
  }

  get shown(): WorkshopSnapshot {
    return this.simulation.snapshot()
  }

  get scene() {
    const { scene } = this.shown
    if (scene.kind !== 'packets') throw new Error(scene.kind)
    return scene
  }

  /** Until nothing is under way. */
  rest(): this {
    while (this.simulation.work() !== undefined);
    expect(this.shown.pace).toBe('resting')
    return this
  }

  set(settings: SettingValues): this {
    for (const [name, value] of Object.entries(settings))
      this.simulation.receive({ kind: 'do', deed: { kind: 'set', name, value } })
    return this.rest()
  }

  do(action: string): this {
    this.simulation.receive({ kind: 'do', deed: { kind: 'act', action, argument: '' } })
    return this.rest()
  }

  /** What passed a cable since the beginning. */
  on(segment: SegmentName): string[] {
    this.simulation.receive({ kind: 'look', look: { span: 1e9, probes: [segment] } })
    const [{ rows }] = this.shown.lanes
    const marks = rows.flatMap((row) => row.marks).sort((a, b) => a.from - b.from)
    return marks.map(({ text }) => (typeof text === 'string' ? text : text.key))
  }

  neighbours(name: string): string[] {
    return this.scene.nodes.find((node) => node.name === name)!.neighbours.map(({ address }) => address)
  }

  get said(): string[] {
    return this.shown.log.map(({ told }) => sayTold(WORKSHOP_EN, told))
  }

  get hops(): string[] {
    return this.scene.hops.map(({ told }) => sayTold(WORKSHOP_EN, told))
  }
}

describe('a ping', () => {
  it('is preceded by ARP on each link, and loses one of its TTL at each router', () => {
    const visit = new Visit()
    expect(visit.scene.frames).toEqual([])
    visit.do('ping')
    expect(visit.on('board')).toEqual(expect.arrayContaining(['echo 1, TTL 64', 'reply 1, TTL 62']))
    expect(visit.on('transit')).toEqual([
      ...['ARP 192.168.8.2?', 'ARP 192.168.8.2!', 'echo 1, TTL 63', 'reply 1, TTL 63'],
    ])
    expect(visit.on('far')).toEqual(['ARP 192.168.9.2?', 'ARP 192.168.9.2!', 'echo 1, TTL 62', 'reply 1, TTL 64'])
    expect(visit.said.at(-1)).toMatch(/^Answer from 192.168.9.2: 56 octets after \d+\.\d+ ms, TTL 62/)
    expect(visit.neighbours('board')).toEqual(['192.168.7.1'])
    expect(visit.neighbours('router-a')).toEqual(['192.168.7.2', '192.168.8.2'])
    expect(visit.neighbours('far')).toEqual(['192.168.9.1'])
    // Known now: nobody has to be asked.
    const { number } = visit.scene.frames.at(-1)!
    visit.do('ping')
    const later = visit.scene.frames.filter((frame) => frame.number > number).map(({ text }) => text)
    expect(later).toHaveLength(8)
    expect(later.every((text) => /^(echo|reply) 2/.test(text))).toBe(true)
    visit.do('forget')
    expect(visit.neighbours('board')).toEqual([])
  })

  it('is a traceroute by hand: each TTL shows the router that took the last of it', () => {
    const visit = new Visit()
    for (const ttl of ['1', '2', '3']) visit.set({ ttl }).do('ping')
    expect(visit.hops.slice(0, 2)).toEqual([
      ...['TTL 1: Time exceeded, says 192.168.7.1.', 'TTL 2: Time exceeded, says 192.168.8.2.'],
    ])
    expect(visit.hops[2]).toMatch(/^TTL 3: Answer from 192.168.9.2/)
  })

  it.each<[string, SettingValues, RegExp]>([
    ['to whom nobody has', { to: 'nobody' }, /192.168.7.99 cannot be reached: nobody answers the board’s ARP/],
    ['to where no router knows a way', { to: 'nowhere' }, /10.1.2.3 cannot be reached, says 192.168.7.1/],
    ['without a gateway', { gateway: 'none' }, /The board has no route to 192.168.9.2/],
    ['by a gateway that is no router', { gateway: 'neighbour' }, /No answer from 192.168.9.2/],
    [
      'with a netmask that takes it for a neighbour',
      { mask: '16' },
      /192.168.9.2 cannot be reached: nobody answers the board’s ARP/,
    ],
    ['with everything lost between the routers', { lost: 'all' }, /No answer/],
  ])('%s fails as it should', (_, settings, said) => {
    expect(new Visit(settings).do('ping').said.at(-1)).toMatch(said)
  })

  it('goes by whatever the board has as gateway, on its network or not: ARP finds it', () => {
    const visit = new Visit({ mask: '28', gateway: 'neighbour' })
    expect(visit.scene.nodes[0].routes.map(({ to, via }) => [to, via])).toEqual([
      ['192.168.7.0/28', ''],
      ['0.0.0.0/0', '192.168.7.20'],
    ])
    expect(visit.do('ping').on('board')[0]).toBe('ARP 192.168.7.20?')
  })
})

describe('time', () => {
  it('passes at once where a ping waits and no frame is under way, however slow it is otherwise', () => {
    let wall = 0
    const simulation = new WorkshopSimulation(() => wall)
    simulation.receive({ kind: 'open', station: 'packets', seed: 7, settings: { to: 'nobody' } })
    simulation.receive({ kind: 'speed', bitsPerSecond: 30_000 })
    simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'ping', argument: '' } })
    for (let wait = simulation.work(); wait !== undefined; wait = simulation.work()) wall += wait * MILLISECOND
    const { now, log } = simulation.snapshot()
    // Three seconds of ARP would take a quarter of an hour at this pace.
    expect(log.at(-1)?.told.key).toBe('packets.result.no-arp')
    expect(now).toBeGreaterThan(3e9)
    expect(wall).toBeGreaterThan(1e9)
    expect(wall).toBeLessThan(10e9)
  })
})

describe('a frame', () => {
  it('is taken apart into its fields, and its checksums are checked', () => {
    const visit = new Visit().do('ping')
    const frame = visit.scene.frames.find(({ text, segment }) => segment === 'transit' && text === 'echo 1, TTL 63')!
    const values = frame.fields.map(({ layer, name, value }) => {
      const text = typeof value === 'string' ? value : sayTold(WORKSHOP_EN, value)
      return `${layer} ${sayTold(WORKSHOP_EN, name)}: ${text}`
    })
    expect(values).toEqual(
      expect.arrayContaining([
        ...['ethernet Type: 0800h IPv4', 'ipv4 Version, IHL: 4, 5 × 4', 'ipv4 Total Length: 84'],
        ...['ipv4 Time to Live: 63', 'ipv4 Protocol: 1 ICMP', 'ipv4 Source Address: 192.168.7.2'],
        ...['icmp Type: 8, echo request', 'icmp Sequence Number: 1', 'data data: 56 octets'],
      ]),
    )
    expect(values.filter((value) => /Checksum: [0-9A-F]{4}h, right$/.test(value))).toHaveLength(2)
    expect(frame.fields.some(({ wrong }) => wrong)).toBe(false)
  })

  it('that a box has changed on the way has a checksum that is wrong', () => {
    const visit = new Visit({}, { fault: 'box-mangles:0.9' })
    const wrong = new Set<string>()
    for (let i = 0; i < 8; i++)
      for (const { fields } of visit.do('ping').scene.frames)
        for (const field of fields) if (field.wrong === true) wrong.add(field.name.key)
    expect([...wrong]).toContain('header.field.checksum')
    expect(visit.shown.log.some((each) => each.wrong)).toBe(true)
  })
})

describe('a datagram that is longer than a link takes', () => {
  it('is cut by the board where it leaves, with offsets in eights and MF on all but the last', () => {
    const visit = new Visit({ size: '3000' }).do('ping')
    const request = visit.on('far').filter((text) => / TTL 62/.test(text))
    expect(request.map((text) => text.replace(/^\d+: /, ''))).toEqual([
      ...['0+1480 MF, TTL 62', '1480+1480 MF, TTL 62', '2960+48, TTL 62'],
    ])
    const [there, back] = visit.scene.datagrams
    expect(there).toMatchObject({ whole: true, total: 3008 })
    expect(there.pieces).toHaveLength(3)
    expect(back).toMatchObject({ whole: true, total: 3008 })
    expect(visit.said.at(-1)).toMatch(/Answer from 192.168.9.2: 3000 octets/)
  })

  it('is cut by the router whose next link is narrower', () => {
    const visit = new Visit({ size: '1000', mtu: '576' }).do('ping')
    expect(visit.on('board').filter((text) => text.startsWith('echo'))).toEqual(['echo 1, TTL 64'])
    expect(
      visit
        .on('far')
        .filter((text) => / TTL 62/.test(text))
        .map((text) => text.replace(/^\d+: /, '')),
    ).toEqual(['0+552 MF, TTL 62', '552+456, TTL 62'])
    expect(visit.said.at(-1)).toMatch(/Answer/)
  })

  it('is lost as a whole where one fragment is, and who waited for it says so after a minute', () => {
    const visit = new Visit({ size: '3000', lost: 'later' })
    visit.simulation.receive({ kind: 'do', deed: { kind: 'act', action: 'ping', argument: '' } })
    visit.rest()
    expect(visit.said).toContain('No answer from 192.168.9.2 within four seconds.')
    expect(visit.scene.datagrams[0]).toMatchObject({ whole: false, total: undefined })
    expect(visit.shown.now).toBeGreaterThan(59e9)
    expect(visit.said.some((said) => /^Time exceeded, from 192.168.9.2 .* did not come in time/.test(said))).toBe(true)
  })
})

describe('the task', () => {
  const task = (visit: Visit) => {
    visit.simulation.receive({ kind: 'do', deed: { kind: 'task' } })
    return visit.rest().do('ping')
  }

  it.each<[string, SettingValues, boolean]>([
    ['nothing', {}, false],
    ['the netmask alone', { mask: '24' }, false],
    ['the netmask and the gateway', { mask: '24', gateway: 'router-a' }, false],
    ['netmask, gateway and TTL', { mask: '24', gateway: 'router-a', ttl: '3' }, true],
    ['another netmask that leaves the host outside', { mask: '28', gateway: 'router-a', ttl: '9' }, true],
  ])('is solved, or not, by %s', (_, settings, solved) => {
    const visit = task(new Visit())
    expect(visit.shown.task.solved).toBe(false)
    expect(visit.set(settings).do('ping').shown.task.solved).toBe(solved)
  })

  it('is not solved by a ping of somebody else', () => {
    const visit = task(new Visit()).set({ to: 'router-a' }).do('ping')
    expect(visit.said.at(-1)).toMatch(/Answer from 192.168.7.1/)
    expect(visit.shown.task.solved).toBe(false)
  })
})

describe('what can be broken', () => {
  it.each(PACKETS_STATION.faults)('has words in both languages, and breaks something: %s', (name) => {
    const { key } = faultTitle(name)
    expect(WORKSHOP_EN[key]).toBeTypeOf('string')
    expect(WORKSHOP_ZH[key]).toBeTypeOf('string')
    for (const parameter of settleFault(name, findBoard('uno')).fault.parameters)
      expect(WORKSHOP_EN).toHaveProperty([`param.${parameter.name}`])
    const pings = (visit: Visit) => {
      for (let i = 0; i < 12; i++) visit.do('ping')
      return visit.shown
    }
    const size = '1400'
    const broken = pings(new Visit({ size }, { fault: name }))
    expect(broken.fault).toBe(name)
    expect(broken.hash).not.toBe(pings(new Visit({ size })).hash)
  })
})

describe('going back', () => {
  it('comes to the very same state, across a network that was built anew', () => {
    const visit = new Visit().do('ping')
    visit.simulation.receive({ kind: 'do', deed: { kind: 'break', fault: 'box-drops' } })
    visit.do('ping')
    visit.simulation.receive({ kind: 'pause' })
    visit.simulation.receive({ kind: 'bookmark' })
    const there = visit.shown
    visit.simulation.receive({ kind: 'play' })
    visit.set({ ttl: '1' }).do('ping')
    visit.simulation.receive({ kind: 'back', to: 0 })
    while (visit.simulation.work() !== undefined);
    const { hash, now, executed, scene, record } = there
    expect(visit.shown).toMatchObject({ hash, now, executed, scene, record })
  })
})
