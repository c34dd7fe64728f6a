/** epoll_create, epoll_ctl and epoll_wait (epoll(7)): level triggered, edge triggered and one-shot. */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { keyed } from '../text/keyed.js'
import { flags, integer } from './call-values.js'
import { argument, newNumber } from './calls-connection.js'
import { type CallOutcome, type EventPoll, failed, type Interest, type Process } from './descriptors.js'
import type { PreparedCall } from './prepared-call.js'
import { EVENT_NAMES, type EventName, readiness } from './readiness.js'
import type { Call, Value } from './script.js'
import type { Dialogue } from './subject.js'
import { Unsupported, WrongStatement } from './unsupported.js'

const PREFIX = 'EPOLL'
const [EDGE, ONE_SHOT] = ['EPOLLET', 'EPOLLONESHOT']
/** They only say who is woken first. */
const QUIET = ['EPOLLEXCLUSIVE', 'EPOLLWAKEUP']
const KNOWN = [...EVENT_NAMES.map((name) => `${PREFIX}${name}`), EDGE, ONE_SHOT, ...QUIET]
const OPERATIONS = ['EPOLL_CTL_ADD', 'EPOLL_CTL_MOD', 'EPOLL_CTL_DEL']

interface Wanted {
  readonly events: ReadonlySet<EventName>
  readonly modes: ReadonlySet<string>
  /** What comes back with an event: the descriptor, mostly. */
  readonly data: string
}

export function epollCreate(call: Call): PreparedCall {
  const number = newNumber(call)
  return (process) => () => {
    if (number === undefined) return { value: 3 }
    if (process.descriptors.has(number) || process.polls.has(number))
      throw new WrongStatement(keyed('pkt.descriptor-open', { number }))
    process.polls.set(number, { number, interests: new Map() })
    return { value: number }
  }
}

export function epollControl(call: Call): PreparedCall {
  const poll = integer(argument(call, 0), keyed('pkt.what.descriptor'))
  const named = argument(call, 1)
  const operation = named.kind === 'name' ? named.name : ''
  if (!OPERATIONS.includes(operation)) throw new Unsupported(keyed('pkt.epoll-operation'), named.at)
  const number = integer(argument(call, 2), keyed('pkt.what.descriptor'))
  const given = call.arguments[3]
  const wanted = operation === 'EPOLL_CTL_DEL' ? undefined : wantedOf(given ?? argument(call, 3), number)
  return (process) =>
    function* () {
      const interests = process.polls.get(poll)?.interests
      if (interests === undefined || !process.descriptors.has(number)) return failed('EBADF')
      const known = interests.has(number)
      if (operation === 'EPOLL_CTL_ADD' && known) return failed('EEXIST')
      if (operation !== 'EPOLL_CTL_ADD' && !known) return failed('ENOENT')
      if (wanted === undefined) interests.delete(number)
      else interests.set(number, yield* interestIn(wanted, number, process))
      return { value: 0 }
    }
}

/** `{events=EPOLLIN|EPOLLET, fd=4}` */
function wantedOf(value: Value, number: number): Wanted {
  if (value.kind !== 'struct') throw new Unsupported(keyed('pkt.epoll-form'), value.at)
  const names = new Set<string>()
  let data = `fd=${number}`
  for (const field of value.fields) {
    if (field.name === 'events') for (const name of flags(field.value, keyed('pkt.what.event'), KNOWN)) names.add(name)
    else if (field.name !== undefined && ['fd', 'ptr', 'u32', 'u64'].includes(field.name))
      data = `${field.name}=${integer(field.value, field.name)}`
    else throw new Unsupported(keyed('pkt.epoll-form'), field.value.at)
  }
  const events = new Set(EVENT_NAMES.filter((name) => names.has(`${PREFIX}${name}`)))
  return { events, modes: new Set([EDGE, ONE_SHOT].filter((name) => names.has(name))), data }
}

function* interestIn({ events, modes, data }: Wanted, number: number, process: Process): Dialogue<Interest> {
  const interest: Interest = {
    events,
    data,
    edge: modes.has(EDGE),
    oneShot: modes.has(ONE_SHOT),
    off: false,
    before: new Set(),
    available: 0,
    news: new Set(),
  }
  yield* look(interest, number, process)
  return interest
}

/** What is new since the socket was looked at last: an edge is what was not so, or data that came on top of others. */
function* look(interest: Interest, number: number, process: Process): Dialogue<void> {
  const descriptor = process.descriptors.get(number)
  if (descriptor === undefined) return
  const now = yield* readiness(descriptor.socket, interest.events)
  const available = descriptor.socket.available ?? 0
  for (const name of now)
    if (!interest.before.has(name) || (name === 'IN' && available > interest.available)) interest.news.add(name)
  interest.before = now
  interest.available = available
}

/** Looks at all that is waited for edge by edge; something may have happened. */
export function* observePolls(process: Process): Dialogue<void> {
  for (const { interests } of process.polls.values())
    for (const [number, interest] of interests) if (interest.edge) yield* look(interest, number, process)
}

interface Happened {
  readonly events: readonly string[]
  readonly data: string
}

export function epollWait(call: Call): PreparedCall {
  const number = integer(argument(call, 0), keyed('pkt.what.descriptor'))
  const expected = expectedEvents(argument(call, 1))
  const most = integer(argument(call, 2), keyed('pkt.what.count'))
  const timeout = integer(argument(call, 3), keyed('pkt.what.timeout'))
  return (process) => {
    const begun = process.now
    let waiting = false
    return function* (): Dialogue<CallOutcome | undefined> {
      const poll = process.polls.get(number)
      if (poll === undefined) return failed('EBADF')
      if (most <= 0) return failed('EINVAL')
      const happened = yield* taken(poll, process, most)
      if (happened.length === 0 && (timeout < 0 || process.now < begun + timeout * MILLISECOND)) {
        if (timeout > 0 && !waiting) process.wakeAt(begun + timeout * MILLISECOND)
        waiting = true
        return undefined
      }
      const wrong = differences(happened, expected)
      return { value: happened.length, ...(wrong.length > 0 && { wrong }) }
    }
  }
}

/** The events that are due, which are reported by this. */
function* taken({ interests }: EventPoll, process: Process, most: number): Dialogue<Happened[]> {
  const happened: Happened[] = []
  for (const [number, interest] of interests) {
    const descriptor = process.descriptors.get(number)
    if (descriptor === undefined) interests.delete(number)
    if (descriptor === undefined || interest.off || happened.length === most) continue
    const now = yield* readiness(descriptor.socket, interest.events)
    if (now.size === 0 || (interest.edge && interest.news.size === 0)) continue
    interest.news.clear()
    if (interest.oneShot) interest.off = true
    happened.push({ events: [...now].map((name) => `${PREFIX}${name}`).sort(), data: interest.data })
  }
  return happened
}

/** One event, several in brackets, or undefined for any. */
function expectedEvents(value: Value): readonly Happened[] | undefined {
  if (value.kind === 'any') return undefined
  const items = value.kind === 'list' ? value.items : [value]
  return items.map((item) => {
    const { events, data } = wantedOf(item, 0)
    return { events: [...events].map((name) => `${PREFIX}${name}`).sort(), data }
  })
}

function differences(happened: readonly Happened[], expected: readonly Happened[] | undefined): string[] {
  // Of none nothing was written: what stands there is what was there before.
  if (expected === undefined || happened.length === 0) return []
  const show = ({ events, data }: Happened) => `{events=${events.join('|') || '0'}, ${data}}`
  const [got, wanted] = [happened.map(show).sort().join(', '), expected.map(show).sort().join(', ')]
  return got === wanted ? [] : [`the events are ${got}, not ${wanted}`]
}
