/** Learners on one wire, in memory: what they do there, on a hub, a switch and a router. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import {
  KEY,
  keysOf,
  MemoryClass,
  memberView,
  seatOf,
  teacherView,
  whyOut,
} from '../../../test/support/memory-class.js'
import type { ClassMember } from './class-member.js'
import { CLASS_BOXES } from './facts.js'
import type { ClassPassage } from './wire-log.js'

function twoLearners(lesson: MemoryClass): readonly [ClassMember, ClassMember] {
  const ada = lesson.member('Ada')
  const bo = lesson.member('Bo')
  lesson.until(() => memberView(ada).linkUp && memberView(bo).linkUp)
  return [ada, bo]
}

describe.each(CLASS_BOXES)('two learners at a %s', (box) => {
  it('see each other, ping, chat by datagram and by stream', () => {
    const lesson = new MemoryClass({ box })
    const [ada, bo] = twoLearners(lesson)
    const [peer] = memberView(ada).peers
    expect(peer.name).toBe('Bo')
    expect(memberView(bo).address.split('/')[0]).toBe(peer.address)

    ada.do({ kind: 'ping', to: peer.address })
    lesson.until(() => keysOf(ada).includes('class.ping.answer'))
    const answer = memberView(ada).log.at(-1)!.told
    expect(answer.values).toMatchObject({ to: 'Bo', ttl: box === 'router' ? 63 : 64 })
    // Each way waits for the frames of its instant.
    expect(Number(answer.values.milliseconds)).toBeGreaterThanOrEqual(2 * memberView(ada).waitMilliseconds)

    ada.do({ kind: 'say', how: 'UDP', to: peer.address, text: '你好' })
    lesson.until(() => keysOf(bo).includes('class.heard'))
    expect(memberView(bo).log.at(-1)!.told.values).toEqual({ from: 'Ada', how: 'UDP', text: '你好' })
    ada.do({ kind: 'say', how: 'TCP', to: peer.address, text: 'over a stream' })
    lesson.until(() => keysOf(ada).includes('class.said.delivered'))
    expect(memberView(bo).log.at(-1)!.told.values).toEqual({ from: 'Ada', how: 'TCP', text: 'over a stream' })
  })

  it('send a file, octet for octet', () => {
    const lesson = new MemoryClass({ box })
    const [ada, bo] = twoLearners(lesson)
    const random = new SeededRandom(7)
    const octets = Uint8Array.from({ length: 100_000 }, () => random.below(256))
    bo.do({ kind: 'file', to: memberView(bo).peers[0].address, name: '../a\u202ename.bin', octets })
    lesson.until(() => keysOf(bo).includes('class.file.delivered'))
    expect(lesson.files).toEqual([{ to: 'Ada', from: 'Bo', name: '_a\\u202ename.bin'.replace('\\', '_'), octets }])
    expect(keysOf(ada)).toContain('class.file.came')
    const { counters } = memberView(ada)
    expect(counters.dropped).toEqual({})
  })
})

describe('a roll call', () => {
  it('is answered by all at the same instant: on a hub they collide, and all come through', () => {
    const lesson = new MemoryClass({ box: 'hub', places: 12 })
    const names = Array.from({ length: 10 }, (_, i) => `L${i}`)
    const members = names.map((name) => lesson.member(name))
    lesson.until(() => members.every((member) => memberView(member).linkUp))
    members[0].do({ kind: 'roll' })
    const answers = () => memberView(members[0]).log.filter(({ told }) => told.key === 'class.answered')
    lesson.until(() => answers().length === 9)
    expect(
      answers()
        .map(({ told }) => told.values.name)
        .sort(),
    ).toEqual(names.slice(1))
    const collided = lesson.wire.state().seats.filter(({ collisions }) => collisions > 0)
    expect(collided.length).toBeGreaterThanOrEqual(2)
    const passage = members.flatMap((member) => memberView(member).passages).find(({ kind }) => kind === 'collision')
    expect(passage?.told.key).toBe('class.collision')
  })

  it('meets nobody on a switch, and does not pass a router', () => {
    const atSwitch = new MemoryClass({ box: 'switch' })
    const [ada] = twoLearners(atSwitch)
    ada.do({ kind: 'roll' })
    atSwitch.until(() => keysOf(ada).includes('class.answered'))
    expect(atSwitch.wire.state().seats.every(({ collisions }) => collisions === 0)).toBe(true)

    const atRouter = new MemoryClass({ box: 'router' })
    const [cy, di] = twoLearners(atRouter)
    cy.do({ kind: 'roll' })
    // What was sent after it has come, and it has not.
    cy.do({ kind: 'ping', to: memberView(cy).peers[0].address })
    atRouter.until(() => keysOf(cy).includes('class.ping.answer'))
    expect(keysOf(di)).not.toContain('class.called')
  })
})

describe('what passes', () => {
  const said = ({ from, to, behind, text }: ClassPassage) => [...from, to, behind, text]

  it('is a ladder of one’s own frames, from whom to whom', () => {
    const lesson = new MemoryClass({ box: 'switch' })
    const [ada, bo] = twoLearners(lesson)
    ada.do({ kind: 'ping', to: memberView(bo).address.split('/')[0] })
    lesson.until(() => keysOf(ada).includes('class.ping.answer'))
    const ladder = [
      [0, 'everybody', undefined, 'ARP 192.168.7.11?'],
      [1, 0, undefined, 'ARP 192.168.7.11!'],
      [0, 1, undefined, 'echo 1, TTL 64'],
      [1, 0, undefined, 'reply 1, TTL 64'],
    ]
    expect(memberView(ada).passages.map(said)).toEqual(ladder)
    expect(memberView(bo).passages.map(said)).toEqual(ladder)
    expect(memberView(ada).passages[2].told.values).toMatchObject({ from: 'Ada', to: 'Bo' })
  })

  it('ends at a router, and says who is behind it', () => {
    const lesson = new MemoryClass({ box: 'router' })
    const teacher = lesson.member({ kind: 'teacher', key: KEY })
    const [ada, bo] = twoLearners(lesson)
    ada.do({ kind: 'ping', to: memberView(bo).address.split('/')[0] })
    lesson.until(() => keysOf(ada).includes('class.ping.answer'))
    expect(memberView(ada).passages.slice(2).map(said)).toEqual([
      [0, 'box', 1, 'echo 1, TTL 64'],
      ['box', 0, 1, 'reply 1, TTL 63'],
    ])
    // A broadcast ends where the network does.
    expect(memberView(ada).passages.slice(0, 1).map(said)).toEqual([[0, 'box', undefined, 'ARP 192.168.10.1?']])
    expect(teacherView(teacher).passages.map(said)).toContainEqual(['box', 1, undefined, 'ARP 192.168.11.2?'])
    // The teacher sees each of them on both sides.
    expect(
      teacherView(teacher)
        .passages.filter(({ text }) => text.startsWith('echo'))
        .map(said),
    ).toEqual([
      [0, 'box', 1, 'echo 1, TTL 64'],
      ['box', 1, 0, 'echo 1, TTL 63'],
    ])
  })

  it('is seen by the teacher once for each frame, and collisions by who was in them', () => {
    const lesson = new MemoryClass({ box: 'hub', places: 12 })
    const teacher = lesson.member({ kind: 'teacher', key: KEY })
    const members = Array.from({ length: 6 }, (_, i) => lesson.member(`L${i}`))
    lesson.until(() => members.every((member) => memberView(member).linkUp))
    members[0].do({ kind: 'roll' })
    const answers = () => memberView(members[0]).log.filter(({ told }) => told.key === 'class.answered')
    lesson.until(() => answers().length === 5)
    lesson.tick(200)
    const { passages } = teacherView(teacher)
    const counted = (place: number) => passages.filter(({ kind, from }) => kind === 'frame' && from[0] === place).length
    const { seats } = lesson.wire.state()
    expect(seats.map(({ seat }) => counted(seat))).toEqual(seats.map(({ sent }) => sent))
    const collided = passages.filter(({ kind }) => kind === 'collision')
    expect(collided.length).toBeGreaterThan(0)
    expect(collided.every(({ from }) => from.length >= 2)).toBe(true)
    const inOne = (seat: number) => collided.filter(({ from }) => from.includes(seat)).length
    expect(seats.map(({ seat }) => inOne(seat))).toEqual(seats.map(({ collisions }) => collisions))
  })

  it('is more than anybody reads: what is not shown is counted', () => {
    const lesson = new MemoryClass({ box: 'switch' })
    const teacher = lesson.member({ kind: 'teacher', key: KEY })
    const [ada, bo] = twoLearners(lesson)
    const octets = new Uint8Array(200_000)
    ada.do({ kind: 'file', to: memberView(bo).address.split('/')[0], name: 'x', octets })
    const passedOver = () => teacherView(teacher).passages.some(({ kind }) => kind === 'passed over')
    lesson.until(passedOver)
    expect(teacherView(teacher).passages.length).toBeLessThanOrEqual(40)
    expect(teacherView(teacher).passages.at(-1)!.told.key).toBe('class.passed-over')
  })
})

describe('what does not work', () => {
  it('is told: nobody there, nobody listening, a file too large', () => {
    const lesson = new MemoryClass({ box: 'hub' })
    const [ada] = twoLearners(lesson)
    ada.do({ kind: 'ping', to: '192.168.7.200' })
    lesson.until(() => keysOf(ada).includes('class.failed.to'))
    expect(memberView(ada).log.at(-1)).toMatchObject({ wrong: true, told: { values: { to: '192.168.7.200' } } })
    ada.do({ kind: 'file', to: '192.168.7.11', name: 'x', octets: new Uint8Array(256 * 1024 + 1) })
    expect(keysOf(ada).at(-1)).toBe('class.file.too-large')
    ada.do({ kind: 'say', how: 'TCP', to: '192.168.7.200', text: 'is anybody there?' })
    lesson.until(() => keysOf(ada).filter((key) => key === 'class.failed.to').length === 2)
  })

  it('is a learner who pauses: unplugged, told, and the others go on', () => {
    const lesson = new MemoryClass({ box: 'switch' })
    const [ada, bo] = twoLearners(lesson)
    const cy = lesson.member('Cy')
    lesson.until(() => memberView(cy).linkUp)
    ada.leave('paused')
    lesson.deliver()
    expect(whyOut(ada.view())).toBe('class.out.paused')
    expect(lesson.wire.state()).toMatchObject({ unplugged: { paused: 1 } })
    expect(memberView(bo).peers.map(({ name }) => name)).toEqual(['Cy'])
    bo.do({ kind: 'ping', to: memberView(bo).peers[0].address })
    lesson.until(() => keysOf(bo).includes('class.ping.answer'))
    // And may come again.
    const again = lesson.member('Ada')
    lesson.until(() => memberView(again).linkUp)
    expect(seatOf(lesson.wire.state(), 'Ada').address).toBe('192.168.7.10/24')
  })
})
