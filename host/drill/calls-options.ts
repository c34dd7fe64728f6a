/** setsockopt, getsockopt, fcntl, ioctl and poll. */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { type ActionOptions, type BsdOption, bsdOption, type ReadableOptions } from '../../firmware/socket/options.js'
import { keyed } from '../text/keyed.js'
import { flags, integer, internetAddress, pointedTo } from './call-values.js'
import { argument, onDescriptor } from './calls-connection.js'
import { type CallOutcome, failed, type Process } from './descriptors.js'
import { CONSTANTS, errorName } from './names.js'
import type { PreparedCall } from './prepared-call.js'
import { EVENT_NAMES, readiness } from './readiness.js'
import type { Call, Value } from './script.js'
import { concluded, type Dialogue } from './subject.js'
import { Unsupported } from './unsupported.js'

const CONGESTION: Readonly<Record<string, string>> = { reno: 'newreno', newreno: 'newreno', cubic: 'cubic' }
const EVENTS = [...EVENT_NAMES.map((name) => `POLL${name}`), 'POLLNVAL']

function optionOf(call: Call): BsdOption {
  const level = argument(call, 1)
  const name = argument(call, 2)
  if (level.kind !== 'name' || name.kind !== 'name') throw new Unsupported(keyed('pkt.option-named'), level.at)
  const option = bsdOption(name.name, level.name)
  if (option === undefined)
    throw new Unsupported(keyed('pkt.socket-option', { name: name.name, level: level.name }), name.at)
  return option
}

export function setSocketOption(call: Call): PreparedCall {
  const option = optionOf(call)
  const value = optionValue(option, argument(call, 3))
  const name = option.option as keyof ActionOptions
  return onDescriptor(
    call,
    ({ socket }) =>
      function* () {
        yield* concluded(socket.setOption(name, value as ActionOptions[typeof name]))
        return { value: 0 }
      },
  )
}

function optionValue(option: BsdOption, given: Value): unknown {
  if (option.name === 'SO_LINGER') return lingerOf(given)
  if (option.name === 'TCP_CONGESTION') {
    const name = given.kind === 'text' ? CONGESTION[given.text] : undefined
    if (name === undefined) throw new Unsupported(keyed('pkt.congestion', { known: Object.keys(CONGESTION) }), given.at)
    return name
  }
  if (option.option === 'joinGroup' || option.option === 'leaveGroup') {
    const group =
      given.kind === 'struct'
        ? given.fields.find(({ name }) => /^(?:imr|ipv6mr)_multiaddr$/.test(name ?? ''))
        : undefined
    if (group === undefined) throw new Unsupported(keyed('pkt.membership-form', { name: option.name }), given.at)
    return internetAddress(group.value, option.level === 'IPPROTO_IPV6' ? 'ipv6' : 'ipv4')
  }
  const inner = pointedTo(given)
  if (option.fromInteger === undefined || inner === undefined)
    throw new Unsupported(keyed('pkt.option-set-form', { name: option.name }), given.at)
  return option.fromInteger(integer(inner, option.name))
}

/** `{onoff=1, linger=5}`: nanoseconds, or undefined when it is off. */
function lingerOf(value: Value): number | undefined {
  if (value.kind !== 'struct') throw new Unsupported(keyed('pkt.linger-form'), value.at)
  const field = (name: string) => {
    const found = value.fields.find((each) => each.name === name || each.name === `l_${name}`)
    if (found === undefined) throw new Unsupported(keyed('pkt.linger-form'), value.at)
    return integer(found.value, name)
  }
  return field('onoff') === 0 ? undefined : field('linger') * SECOND
}

export function getSocketOption(call: Call): PreparedCall {
  const option = optionOf(call)
  const name = option.option as keyof ReadableOptions
  const expected = expectedOption(option, argument(call, 3))
  const isBuffer = option.name === 'SO_RCVBUF' || option.name === 'SO_SNDBUF'
  return onDescriptor(
    call,
    ({ socket }, process) =>
      function* () {
        const read = yield* concluded(socket.getOption(name))
        const value = shownOption(option, isBuffer && process.doublesBuffers ? 2 * Number(read) : read)
        const right = expected === undefined || value === expected
        return { value: 0, ...(!right && { wrong: [`${option.name} is ${value}, not ${expected}`] }) }
      },
  )
}

/** As text; undefined: any. */
function expectedOption(option: BsdOption, given: Value): string | undefined {
  if (given.kind === 'any' || option.name === 'TCP_INFO') return undefined
  if (option.name === 'SO_LINGER') return shownOption(option, lingerOf(given))
  if (option.name === 'TCP_CONGESTION')
    return given.kind === 'text' ? (CONGESTION[given.text] ?? given.text) : undefined
  const inner = pointedTo(given)
  if (inner === undefined) throw new Unsupported(keyed('pkt.option-read-form', { name: option.name }), given.at)
  if (inner.kind === 'any') return undefined
  if (option.name === 'SO_ERROR')
    return inner.kind === 'name' ? errorName(inner.name) : String(integer(inner, 'SO_ERROR'))
  return String(integer(inner, option.name))
}

function shownOption(option: BsdOption, value: unknown): string {
  switch (option.name) {
    case 'SO_ERROR':
      return value === undefined ? '0' : String(value)
    case 'SO_LINGER':
      return value === undefined ? '{onoff=0, linger=0}' : `{onoff=1, linger=${Number(value) / SECOND}}`
    case 'SO_TYPE':
      return String(
        CONSTANTS.get(value === 'stream' ? 'SOCK_STREAM' : value === 'datagram' ? 'SOCK_DGRAM' : 'SOCK_RAW'),
      )
    case 'SO_DOMAIN':
      return String(CONSTANTS.get(value === 'ipv6' ? 'AF_INET6' : 'AF_INET'))
    case 'SO_PROTOCOL':
      return String(CONSTANTS.get(`IPPROTO_${String(value).toUpperCase()}`))
    default:
      return String(option.toInteger === undefined ? value : option.toInteger(value))
  }
}

export function fcntl(call: Call): PreparedCall {
  const command = argument(call, 1)
  const name = command.kind === 'name' ? command.name : ''
  const nonBlock = CONSTANTS.get('O_NONBLOCK') ?? 0
  if (name === 'F_GETFL')
    return onDescriptor(call, (descriptor) => () => ({
      value: (CONSTANTS.get('O_RDWR') ?? 0) | (descriptor.nonBlocking ? nonBlock : 0),
    }))
  if (name !== 'F_SETFL') throw new Unsupported(keyed('pkt.fcntl'), command.at)
  const wanted = integer(argument(call, 2), keyed('pkt.what.file-flag'))
  return onDescriptor(call, (descriptor) => () => {
    descriptor.nonBlocking = (wanted & nonBlock) !== 0
    return { value: 0 }
  })
}

export function ioctl(call: Call): PreparedCall {
  const request = argument(call, 1)
  const name = request.kind === 'name' ? request.name : ''
  const given = pointedTo(argument(call, 2)) ?? argument(call, 2)
  if (name === 'FIONBIO') {
    const on = integer(given, 'FIONBIO') !== 0
    return onDescriptor(call, (descriptor) => () => {
      descriptor.nonBlocking = on
      return { value: 0 }
    })
  }
  const field = { SIOCINQ: 'readable', FIONREAD: 'readable', SIOCOUTQ: 'queued', TIOCOUTQ: 'queued' }[name]
  if (field !== 'readable' && field !== 'queued') throw new Unsupported(keyed('pkt.ioctl'), request.at)
  const expected = given.kind === 'any' ? undefined : integer(given, name)
  return onDescriptor(
    call,
    ({ socket }) =>
      function* () {
        if (socket.type !== 'stream') return failed('EOPNOTSUPP')
        const value = (yield* concluded(socket.getOption('info')))[field]
        const right = expected === undefined || value === expected
        return { value: 0, ...(!right && { wrong: [`${name} gives ${value}, not ${expected}`] }) }
      },
  )
}

interface Polled {
  readonly number: number
  readonly events: ReadonlySet<string>
  readonly expected: ReadonlySet<string> | undefined
}

export function poll(call: Call): PreparedCall {
  const list = argument(call, 0)
  if (list.kind !== 'list') throw new Unsupported(keyed('pkt.poll-form'), list.at)
  const all = list.items.map(polled)
  const timeout = integer(argument(call, 2), keyed('pkt.what.timeout'))
  return (process) => {
    const begun = process.now
    let waiting = false
    return function* (): Dialogue<CallOutcome | undefined> {
      const found: ReadonlySet<string>[] = []
      for (const each of all) found.push(yield* readyEvents(each, process))
      const count = found.filter((events) => events.size > 0).length
      if (count === 0 && (timeout < 0 || process.now < begun + timeout * MILLISECOND)) {
        if (timeout > 0 && !waiting) process.wakeAt(begun + timeout * MILLISECOND)
        waiting = true
        return undefined
      }
      const wrong = all.flatMap(({ number, expected }, i) => {
        const names = [...found[i]].sort().join('|') || '0'
        const wanted = expected === undefined ? names : [...expected].sort().join('|') || '0'
        return names === wanted ? [] : [`the revents of ${number} are ${names}, not ${wanted}`]
      })
      return { value: count, ...(wrong.length > 0 && { wrong }) } satisfies CallOutcome
    }
  }
}

function polled(value: Value): Polled {
  if (value.kind !== 'struct') throw new Unsupported(keyed('pkt.poll-form'), value.at)
  const field = (name: string) => value.fields.find((each) => each.name === name)?.value
  const number = field('fd')
  if (number === undefined) throw new Unsupported(keyed('pkt.poll-form'), value.at)
  const revents = field('revents')
  return {
    number: integer(number, 'fd'),
    events: flags(field('events'), keyed('pkt.what.event'), EVENTS),
    expected:
      revents === undefined || revents.kind === 'any' ? undefined : flags(revents, keyed('pkt.what.event'), EVENTS),
  }
}

function* readyEvents({ number, events }: Polled, process: Process): Dialogue<ReadonlySet<string>> {
  const descriptor = process.descriptors.get(number)
  if (descriptor === undefined) return new Set(['POLLNVAL'])
  const asked = new Set(EVENT_NAMES.filter((name) => events.has(`POLL${name}`)))
  return new Set([...(yield* readiness(descriptor.socket, asked))].map((name) => `POLL${name}`))
}
