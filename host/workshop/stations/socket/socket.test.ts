/** The socket station as a learner has it: what each call gives, what it waits for, and what it causes below. */
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { settleFault } from '../../../../boards/faults/settle.js'
import type { OpenCommand, WorkshopCommand } from '../../protocol.js'
import { WorkshopSimulation } from '../../simulation.js'
import type { SettingValues } from '../../station-parts.js'
import { WORKSHOP_EN } from '../../words/en.js'
import { faultTitle } from '../../words/fault-title.js'
import { sayTold } from '../../words/told.js'
import { WORKSHOP_ZH } from '../../words/zh.js'
import type { ProgramName } from './programs.js'
import { SOCKET_STATION } from './socket.js'

class Learner {
  readonly simulation = new WorkshopSimulation(() => 0)

  constructor(settings: SettingValues = {}, open: Partial<OpenCommand> = {}) {
    this.tell({ kind: 'open', station: 'socket', seed: 7, settings, until: 0, ...open })
    this.tell({ kind: 'speed', bitsPerSecond: 0 })
  }

  tell(command: WorkshopCommand): this {
    this.simulation.receive(command)
    while (this.simulation.work() !== undefined);
    return this
  }

  /** Makes calls, one after another; time passes behind each until nothing is under way. */
  step(name: ProgramName, times = 1): this {
    for (let i = 0; i < times; i++) {
      this.tell({ kind: 'do', deed: { kind: 'act', action: `${name}-step`, argument: '' } })
      this.tell({ kind: 'play' }).tell({ kind: 'pause' })
    }
    return this
  }

  run(name: ProgramName): this {
    this.tell({ kind: 'do', deed: { kind: 'act', action: `${name}-run`, argument: '' } })
    return this.tell({ kind: 'play' }).tell({ kind: 'pause' })
  }

  set(name: string, value: string): this {
    return this.tell({ kind: 'do', deed: { kind: 'set', name, value } })
  }

  get shown() {
    return this.simulation.snapshot()
  }

  get scene() {
    const { scene } = this.shown
    if (scene.kind !== 'socket') throw new Error(scene.kind)
    return scene
  }

  program(name: ProgramName) {
    return [...this.scene.client.programs, ...this.scene.server.programs].find((each) => each.name === name)!
  }

  /** `bind(s, "0.0.0.0", 80) → 0`, of the calls that were made. */
  calls(name: ProgramName): readonly string[] {
    return this.program(name)
      .lines.filter(({ call }) => call !== undefined)
      .map(({ text, result }) => `${text} → ${result}`)
  }

  /** Numbers and what they are: `3 stream LISTEN`. */
  descriptors(end: 'client' | 'server'): readonly string[] {
    return this.scene[end].descriptors
      .filter(({ kind }) => kind !== 'terminal')
      .map(({ number, kind, state }) => `${number} ${kind}${state === '' ? '' : ` ${state}`}`)
  }

  below(end: 'client' | 'server'): readonly string[] {
    return this.scene[end].stack.map(({ protocol, state }) => `${protocol} ${state}`)
  }

  /** Segments that go back to the call of a line, as their numbers and flags. */
  causedBy(name: ProgramName, text: string): readonly string[] {
    const line = this.program(name).lines.find((each) => each.text.startsWith(text))!
    return this.scene.ladder.rows
      .filter(({ cause, number }) => cause === line.call && number !== undefined)
      .map(({ number, lines }) => `${number} ${typeof lines[0] === 'string' ? lines[0] : lines[0].key}`)
  }
}

describe('the calls of a stream', () => {
  it('are socket, bind, listen, accept and socket, connect, write, read, close; what each causes is on its account', () => {
    const learner = new Learner().step('server', 3)
    expect(learner.calls('server')).toEqual([
      's = socket(AF_INET, SOCK_STREAM) → 3',
      'bind(s, "0.0.0.0", 80) → 0',
      'listen(s) → 0',
    ])
    expect(learner.descriptors('server')).toEqual(['3 stream LISTEN'])
    expect(learner.scene.ladder.rows).toEqual([])
    learner.step('server')
    expect(learner.program('server')).toMatchObject({ state: 'waits' })
    expect(learner.program('server').lines[3]).toMatchObject({ state: 'waits', result: '…' })

    learner.step('client', 2)
    expect(learner.calls('server').at(-1)).toBe('c = accept(s) → 4')
    expect(learner.descriptors('server')).toEqual(['3 stream LISTEN', '4 stream ESTABLISHED'])
    expect(learner.causedBy('client', 'connect')).toEqual(['1 SYN', '2 SYN, ACK', '3 ACK'])
    expect(learner.causedBy('server', 'c = accept')).toEqual([])

    learner.step('client')
    expect(learner.causedBy('client', 'write')).toEqual(['4 PSH, ACK, len 2'])
    expect(learner.scene.server.descriptors.at(-1)).toMatchObject({ number: 4, queues: '2 / 0' })
    learner.step('server', 2).step('client')
    expect(learner.calls('server').slice(-2)).toEqual(['buf = read(c) → 2 “Hi”', 'write(c, buf) → 2'])
    expect(learner.calls('client').at(-1)).toBe('buf = read(s) → 2 “Hi”')
    learner.step('client').step('server', 2)
    expect(learner.calls('server').slice(-2)).toEqual(['buf = read(c) → 0 ', 'close(c) → 0'])
    expect(learner.below('client')).toEqual(['TCP TIME-WAIT'])
    expect(learner.descriptors('client')).toEqual([])
    expect(learner.step('server').program('server').state).toBe('ended')
    expect(learner.below('server')).toEqual([])
  })

  it('before accept: the stack has shaken hands, and what was written waits', () => {
    const learner = new Learner().step('server', 3).step('client', 3)
    expect(learner.calls('client').slice(1)).toEqual(['connect(s, "192.168.7.1", 80) → 0', 'write(s, "Hi") → 2'])
    expect(learner.below('server')).toEqual(['TCP LISTEN', 'TCP ESTABLISHED'])
    expect(learner.descriptors('server')).toEqual(['3 stream LISTEN'])
    expect(learner.step('server', 2).calls('server').at(-1)).toBe('buf = read(c) → 2 “Hi”')
  })

  it('where nobody listens: ECONNREFUSED, and again when somebody does', () => {
    const learner = new Learner().step('client', 2)
    expect(learner.calls('client').at(-1)).toBe('connect(s, "192.168.7.1", 80) → −1 ECONNREFUSED')
    expect(learner.program('client')).toMatchObject({ state: 'failed' })
    expect(learner.shown.log.some(({ wrong }) => wrong)).toBe(true)
    learner.step('server', 3).step('client')
    expect(learner.calls('client').at(-1)).toBe('connect(s, "192.168.7.1", 80) → 0')
  })

  it('that is blocked lets no other be made', () => {
    const learner = new Learner().step('server', 4).step('server')
    expect(learner.shown.log.at(-1)).toMatchObject({ wrong: true, told: { key: 'socket.waits-still' } })
    expect(learner.shown.pace).toBe('paused')
    expect(learner.calls('server')).toHaveLength(4)
  })

  it('run on by themselves, in either order', () => {
    for (const order of [['server', 'client'] as const, ['client', 'server', 'client'] as const]) {
      const learner = new Learner()
      for (const name of order) learner.run(name)
      expect([learner.program('client').state, learner.program('server').state]).toEqual(['ended', 'ended'])
      expect(learner.calls('client').at(-2)).toBe('buf = read(s) → 2 “Hi”')
    }
  })
})

describe('datagrams', () => {
  it('need no connection: bind and recvfrom, sendto and an answer to where it came from', () => {
    const learner = new Learner({ type: 'datagram' }).step('server', 3)
    expect(learner.program('server').state).toBe('waits')
    learner.step('client', 2)
    expect(learner.causedBy('client', 'sendto')).toEqual(['1 UDP'])
    expect(learner.calls('server').at(-1)).toBe('buf = recvfrom(s, &from) → 2 “Hi”')
    expect(learner.step('client').step('server').calls('client').at(-1)).toBe('buf = recvfrom(s, &from) → 2 “Hi”')
    expect(learner.below('server')).toEqual(['UDP —'])
  })

  it('that are lost are sent again by nobody', () => {
    const learner = new Learner({ type: 'datagram' }, { fault: 'cable-unplugged' }).run('server').run('client')
    expect(learner.program('server').state).toBe('waits')
    expect(learner.program('client').state).toBe('waits')
    expect(learner.scene.ladder.rows.filter(({ number }) => number !== undefined)).toEqual([])
  })

  it('are another program, on computers that restart', () => {
    const learner = new Learner().run('server').run('client').set('type', 'datagram')
    expect(learner.calls('client')).toEqual([])
    expect(learner.descriptors('server')).toEqual([])
    expect(learner.run('server').run('client').program('client').state).toBe('ended')
  })
})

describe('descriptors', () => {
  it('are the lowest numbers that are free, of files and sockets alike', () => {
    const learner = new Learner().step('file', 2).step('client')
    expect(learner.descriptors('client')).toEqual(['3 file', '4 stream CLOSED'])
    expect(learner.scene.client.descriptors[3]).toMatchObject({ place: 'note.txt', queues: '2 / 2' })
    learner.step('file', 3)
    expect(learner.calls('file').slice(1)).toEqual([
      'write(f, "Hi") → 2',
      'lseek(f, 0) → 0',
      'buf = read(f) → 2 “Hi”',
      'close(f) → 0',
    ])
    expect(learner.descriptors('client')).toEqual(['4 stream CLOSED'])
    expect(new Learner().step('client').step('file').descriptors('client')).toEqual(['3 stream CLOSED', '4 file'])
  })

  it('of a program whose text is changed meanwhile are what they were: only what comes is called otherwise', () => {
    const learner = new Learner().step('server', 4).step('client', 2).set('text', 'Servus')
    expect(learner.program('client').lines[2].text).toBe('write(s, "Servus")')
    expect(learner.set('toport', '99').program('client').lines[1].text).toBe('connect(s, "192.168.7.1", 80)')
    expect(learner.step('client').step('server').calls('server').at(-1)).toBe('buf = read(c) → 6 “Servus”')
  })
})

describe('the task', () => {
  const attempt = (repair: (learner: Learner) => void) => {
    const learner = new Learner().tell({ kind: 'do', deed: { kind: 'task' } })
    repair(learner)
    learner.run('server').run('client')
    return { solved: learner.shown.task.solved, calls: learner.calls('client') }
  }

  it.each<[string, (learner: Learner) => void, boolean]>([
    ['nothing', () => undefined, false],
    ['another port', (learner) => learner.set('port', '81').set('toport', '81'), false],
    ['any address', (learner) => learner.set('bindto', '0.0.0.0'), true],
    ['the address of its card', (learner) => learner.set('bindto', '192.168.7.1'), true],
  ])('is solved, or not, by %s', (_, repair, solved) => {
    const attempted = attempt(repair)
    expect(attempted.solved).toBe(solved)
    if (!solved) expect(attempted.calls.at(-1)).toMatch(/ECONNREFUSED$/)
  })
})

describe('a run', () => {
  it('is the same from a link, event for event', () => {
    const learner = new Learner().run('server').step('client', 3)
    const { opened, record, now, hash } = learner.shown
    expect(new Learner(opened.settings, { record, until: now }).shown.hash).toBe(hash)
  })

  it('has a sentence for everything drawn, in both languages', () => {
    const learner = new Learner().step('client', 2).step('server', 4).step('client', 2).step('file', 4)
    for (const { told } of [...learner.scene.things, ...learner.shown.log, ...learner.shown.lanes])
      for (const words of [WORKSHOP_EN, WORKSHOP_ZH]) expect(sayTold(words, told)).not.toMatch(/undefined|NaN|\[object/)
    const [client] = learner.shown.lanes
    expect(client.rows.map(({ name }) => name.key)).toEqual(['socket.lane.calls', 'ladder.lane.sends'])
  })

  it.each(SOCKET_STATION.faults)('is another with %s, which has words in both languages', (name) => {
    const { key } = faultTitle(name)
    expect([WORKSHOP_EN[key], WORKSHOP_ZH[key]].every((words) => typeof words === 'string')).toBe(true)
    for (const parameter of settleFault(name, findBoard('uno')).fault.parameters)
      expect(WORKSHOP_EN).toHaveProperty([`param.${parameter.name}`])
    const run = (fault: string) =>
      new Learner({}, { fault, until: 9e9 }).run('server').run('client').run('client').shown.hash
    expect(run(name)).not.toBe(run(''))
  })
})
