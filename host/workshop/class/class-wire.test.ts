/** The wire of a class, and those who want no good of it: each is refused or unplugged, counted under its reason, and the others go on. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import {
  CODE,
  KEY,
  keysOf,
  MemoryClass,
  memberView,
  type RawGuest,
  seatOf,
  whyOut,
} from '../../../test/support/memory-class.js'
import { MOST_ATTEMPTS } from './attempts.js'
import { ClassWire } from './class-wire.js'
import { CLASS_PROTOCOL } from './facts.js'
import { CLASS_LIMITS } from './limits.js'
import { writeTimed } from './message.js'
import { type ToWire, writeToWire } from './to-wire.js'

function join(guest: RawGuest, name: string, code = CODE): void {
  guest.say(writeToWire({ kind: 'join', version: CLASS_PROTOCOL, name, code }))
}

function lastWords(guest: RawGuest): unknown {
  const last = guest.heard.at(-1)
  return typeof last === 'string' ? JSON.parse(last) : last
}

/** A frame from the card at a place to everybody. */
function frameOf(place: number, octets = 60): Uint8Array {
  const frame = new Uint8Array(octets)
  frame.fill(0xff, 0, 6)
  frame.set([2, 0, 0, 0, 0, 10 + place, 0x88, 0xb5], 6)
  return frame
}

/** Two honest learners, who can still ping each other. */
function withTwo(options: ConstructorParameters<typeof MemoryClass>[0] = {}) {
  const lesson = new MemoryClass({ box: 'switch', ...options })
  const ada = lesson.member('Ada')
  const bo = lesson.member('Bo')
  lesson.until(() => memberView(ada).linkUp && memberView(bo).linkUp)
  const stillPing = () => {
    const before = keysOf(ada).filter((key) => key === 'class.ping.answer').length
    ada.do({ kind: 'ping', to: memberView(bo).address.split('/')[0] })
    lesson.until(() => keysOf(ada).filter((key) => key === 'class.ping.answer').length > before)
  }
  return { lesson, ada, bo, stillPing }
}

describe('who is not let in', () => {
  it('has the wrong code, and after ten of them is not listened to for a minute, with the right one neither', () => {
    const { lesson, stillPing } = withTwo()
    for (let i = 0; i < MOST_ATTEMPTS; i++) {
      const guest = lesson.raw('evil')
      join(guest, 'Eve', `WRONG${i}`)
      expect(lastWords(guest)).toEqual({ kind: 'refused', why: 'wrong code' })
      expect(guest.socket.closed).toBe(true)
    }
    const right = lesson.raw('evil')
    join(right, 'Eve')
    expect(lastWords(right)).toEqual({ kind: 'refused', why: 'too many tries' })
    // Whoever comes from elsewhere is let in, and so is this one after a minute.
    const other = lesson.raw('good')
    join(other, 'Gus')
    expect(other.socket.closed).toBe(false)
    lesson.wall += 60e9
    const later = lesson.raw('evil')
    join(later, 'Eve')
    expect(later.socket.closed).toBe(false)
    expect(lesson.wire.state().refused).toEqual({ 'wrong code': MOST_ATTEMPTS, 'too many tries': 1 })
    stillPing()
  })

  it('takes a code as people type it', () => {
    const lesson = new MemoryClass()
    const guest = lesson.raw()
    join(guest, 'Ada', ` ${CODE.toLowerCase()} `)
    expect(lesson.wire.state().seats).toHaveLength(1)
  })

  it.each<[string, ToWire | string, string]>([
    ['has another version of the page', { kind: 'join', version: 99, name: 'Eve', code: CODE }, 'version'],
    ['has no name', { kind: 'join', version: CLASS_PROTOCOL, name: '\u202e', code: CODE }, 'name'],
    ['takes the name of another', { kind: 'join', version: CLASS_PROTOCOL, name: ' Ada', code: CODE }, 'name taken'],
    ['says that it is the teacher', { kind: 'teach', version: CLASS_PROTOCOL, key: 'x' }, 'wrong key'],
    ['gives orders before it is in', { kind: 'pause', paused: true }, 'malformed'],
    ['says what is no message', '{"kind":', 'malformed'],
  ])('%s', (_, message, why) => {
    const { lesson, stillPing } = withTwo()
    const guest = lesson.raw()
    guest.say(typeof message === 'string' ? message : writeToWire(message as Exclude<ToWire, { at: number }>))
    expect(lastWords(guest)).toEqual({ kind: 'refused', why })
    expect(guest.socket.closed).toBe(true)
    expect(lesson.wire.state().refused).toEqual({ [why]: 1 })
    stillPing()
  })

  it('says nothing at all', () => {
    const { lesson, stillPing } = withTwo()
    const guest = lesson.raw()
    lesson.until(() => guest.socket.closed)
    expect(lastWords(guest)).toEqual({ kind: 'refused', why: 'silent' })
    stillPing()
  })

  it('comes when every place is taken, or among too many who say nothing', () => {
    const lesson = new MemoryClass({ places: 2, limits: { strangers: 3 } })
    for (const name of ['Ada', 'Bo']) join(lesson.raw(), name)
    const third = lesson.raw()
    join(third, 'Cy')
    expect(lastWords(third)).toEqual({ kind: 'refused', why: 'full' })
    const crowd = Array.from({ length: 4 }, () => lesson.raw())
    expect(crowd.map(({ socket }) => socket.closed)).toEqual([false, false, false, true])
    expect(lesson.wire.state().refused).toEqual({ full: 2 })
  })
})

it('one computer takes four places at most', () => {
  const lesson = new MemoryClass()
  const closed = Array.from({ length: 5 }, (_, i) => {
    const guest = lesson.raw('one')
    join(guest, `N${i}`)
    return guest.socket.closed
  })
  expect(closed).toEqual([false, false, false, false, true])
  const other = lesson.raw('other')
  join(other, 'Other')
  expect(other.socket.closed).toBe(false)
})

describe('who is unplugged', () => {
  it('floods: beyond its messages it is out, and its frames never were more than allowed', () => {
    const { lesson, stillPing } = withTwo()
    const eve = lesson.raw()
    join(eve, 'Eve')
    lesson.tick(200)
    const { now } = lesson.wire
    let said = 1
    while (!eve.socket.closed) {
      eve.say(writeTimed(now, frameOf(2)))
      said++
      if (said === CLASS_LIMITS.framesWaiting + 100)
        expect(seatOf(lesson.wire.state(), 'Eve').dropped).toEqual({ 'too many waiting': 99 })
    }
    expect(said).toBeGreaterThan(CLASS_LIMITS.messagesAtOnce)
    expect(said).toBeLessThan(CLASS_LIMITS.messagesAtOnce + CLASS_LIMITS.messagesPerSecond)
    expect(lastWords(eve)).toEqual({ kind: 'unplugged', why: 'flood' })
    expect(lesson.wire.state().unplugged).toEqual({ flood: 1 })
    stillPing()
  })

  it('says what is no message, or gives the teacher’s orders', () => {
    const { lesson, stillPing } = withTwo()
    for (const [name, data] of [
      ['Eve', Uint8Array.of(1, 2, 3)],
      ['Mal', '{"kind":"lock"}'],
      ['Odd', writeTimed(1e12)],
    ] as const) {
      const guest = lesson.raw()
      join(guest, name)
      guest.say(data)
      expect(lastWords(guest)).toEqual({ kind: 'unplugged', why: 'malformed' })
      // What it says afterwards is heard by nobody.
      guest.say(writeToWire({ kind: 'leave', why: 'left' }))
      guest.hangUp()
    }
    expect(lesson.wire.state()).toMatchObject({ code: CODE, unplugged: { malformed: 3 } })
    stillPing()
  })

  it('is half open: it hears nothing any more, and did not say so', () => {
    const { lesson, stillPing } = withTwo()
    const gone = lesson.raw()
    join(gone, 'Gone')
    lesson.until(() => gone.socket.closed)
    expect(lastWords(gone)).toEqual({ kind: 'unplugged', why: 'too slow' })
    expect(lesson.wire.state().unplugged).toEqual({ 'too slow': 1 })
    stillPing()
  })

  it('reads too slowly: what waits for it is bounded', () => {
    const { lesson, stillPing } = withTwo()
    const slow = lesson.raw()
    join(slow, 'Slow')
    slow.socket.waiting = CLASS_LIMITS.octetsUnsent + 1
    lesson.tick()
    expect(lastWords(slow)).toEqual({ kind: 'unplugged', why: 'too slow' })
    stillPing()
  })

  it('is not whoever was there while the teacher’s laptop slept', () => {
    const { lesson, stillPing } = withTwo()
    const { now } = lesson.wire
    lesson.tick(3_600_000)
    expect(lesson.wire.state().seats).toHaveLength(2)
    // An hour is not caught up with.
    expect(lesson.wire.now - now).toBeLessThanOrEqual(250e6)
    stillPing()
  })
})

describe('a frame that is not let onto the wire', () => {
  it.each([
    ['has another’s address', 'foreign sender', (now: number) => writeTimed(now, frameOf(0))],
    ['is of an instant that has not come', 'ahead of the clock', (now: number) => writeTimed(now + 1e9, frameOf(2))],
  ])('is dropped and counted: it %s', (_, reason, make) => {
    const { lesson, bo, stillPing } = withTwo()
    const eve = lesson.raw()
    join(eve, 'Eve')
    lesson.tick(200)
    const before = memberView(bo).passages.length
    eve.say(make(lesson.wire.now))
    expect(seatOf(lesson.wire.state(), 'Eve').dropped).toEqual({ [reason]: 1 })
    lesson.tick(200)
    lesson.tick(200)
    expect(memberView(bo).passages.length).toBe(before)
    expect(eve.socket.closed).toBe(false)
    stillPing()
  })

  it('goes onto the wire all the same where it came too late to meet the others of its instant, and is counted', () => {
    const { lesson } = withTwo()
    const guest = lesson.raw()
    join(guest, 'Gus')
    lesson.until(() => lesson.wire.now > 2 * CLASS_LIMITS.wait)
    const counters = () => seatOf(lesson.wire.state(), 'Gus')
    guest.say(writeTimed(lesson.wire.now, frameOf(2)))
    expect(counters().late).toBe(0)
    guest.say(writeTimed(lesson.wire.now - CLASS_LIMITS.wait - 1, frameOf(2)))
    expect(counters().late).toBe(1)
    lesson.until(() => counters().sent === 2)
  })

  it('is one of too many a second, or of too many octets', () => {
    const limits = { framesPerSecond: 10, framesAtOnce: 5, octetsPerSecond: 1_000, octetsAtOnce: 1_500 }
    const { lesson } = withTwo({ limits })
    const eve = lesson.raw()
    join(eve, 'Eve')
    lesson.tick(200)
    const send = (octets: number) => eve.say(writeTimed(lesson.wire.now, frameOf(2, octets)))
    for (let i = 0; i < 8; i++) send(60)
    expect(seatOf(lesson.wire.state(), 'Eve').dropped).toEqual({ 'too many frames': 3 })
    // Ten a second: after 0.2 s there are two more, of which one has too many octets.
    lesson.tick(200)
    send(1_400)
    send(1_400)
    send(60)
    expect(seatOf(lesson.wire.state(), 'Eve').dropped).toEqual({ 'too many frames': 4, 'too many octets': 1 })
  })
})

describe('the teacher', () => {
  it('pauses, and time stands for everybody; slows it; pulls somebody out; changes the code', () => {
    const { lesson, ada, bo, stillPing } = withTwo()
    const teacher = lesson.member({ kind: 'teacher', key: KEY })
    const state = () => {
      const view = teacher.view()
      if (view.kind !== 'teacher') throw new Error(view.kind)
      return view.state
    }
    expect(state().seats.map(({ name }) => name)).toEqual(['Ada', 'Bo'])

    teacher.rule({ kind: 'pause', paused: true })
    lesson.deliver()
    const { now } = lesson.wire
    // For longer than anybody may be behind.
    for (let i = 0; i < 20; i++) lesson.tick(500)
    expect(lesson.wire.now).toBe(now)
    expect(memberView(ada).paused).toBe(true)
    ada.do({ kind: 'ping', to: memberView(bo).address.split('/')[0] })
    lesson.tick()
    expect(keysOf(ada)).toEqual([])
    teacher.rule({ kind: 'pause', paused: false })
    lesson.until(() => keysOf(ada).includes('class.ping.answer'))

    teacher.rule({ kind: 'speed', speed: 0.01 })
    lesson.deliver()
    const slowFrom = lesson.wire.now
    for (let i = 0; i < 50; i++) lesson.tick()
    expect((lesson.wire.now - slowFrom) / 1e6).toBeCloseTo(10, 1)
    expect(memberView(ada).speed).toBe(0.01)
    teacher.rule({ kind: 'speed', speed: 1 })

    teacher.rule({ kind: 'lock' })
    lesson.deliver()
    expect(state().code).not.toBe(CODE)
    const late = lesson.raw()
    join(late, 'Late')
    expect(lastWords(late)).toEqual({ kind: 'refused', why: 'wrong code' })
    stillPing()

    teacher.rule({ kind: 'kick', seat: seatOf(state(), 'Bo').seat })
    lesson.deliver()
    expect(whyOut(bo.view())).toBe('class.out.kicked')
    expect(state()).toMatchObject({ unplugged: { kicked: 1 }, seats: [{ name: 'Ada' }] })
  })

  it('ends the class, and everybody is told', () => {
    const { lesson, ada } = withTwo()
    const stranger = lesson.raw()
    lesson.wire.end()
    lesson.deliver()
    expect(whyOut(ada.view())).toBe('class.out.over')
    expect(lastWords(stranger)).toEqual({ kind: 'refused', why: 'class over' })
  })
})

describe('whatever anybody says', () => {
  it('the wire lives, and the others ping each other (seeds 1 to 6)', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = new SeededRandom(seed)
      const { lesson, stillPing } = withTwo({ box: seed % 2 === 0 ? 'hub' : 'router', seed })
      for (let i = 0; i < 40; i++) {
        const guest = lesson.raw(`origin ${i}`)
        if (random.below(4) > 0) join(guest, `G${random.below(6)}`)
        for (let n = random.below(30); n > 0 && !guest.socket.closed; n--) {
          const frame = frameOf(2 + random.below(3), 14 + random.below(1_500))
          for (let k = random.below(40); k > 0; k--) frame[12 + random.below(frame.length - 12)] = random.below(256)
          const odd = random.below(50)
          if (odd === 0) guest.say(frame)
          else if (odd === 1) guest.say(String.fromCharCode(random.below(0x300)).repeat(random.below(9)))
          else guest.say(writeTimed(Math.max(0, lesson.wire.now - random.below(1e9)), frame))
        }
        if (random.below(2) === 0) guest.hangUp()
        lesson.tick()
      }
      stillPing()
    }
  })
})

it('a class has two places or more, and at most sixty-four', () => {
  const make = (places: number) => () =>
    new ClassWire({ box: 'hub', places, seed: 1, key: KEY, drawCode: () => CODE, wall: () => 0 })
  expect(make(1)).toThrow(/2 to 64 places; got 1/)
  expect(make(65)).toThrow(RangeError)
  expect(make(2)).not.toThrow()
})
