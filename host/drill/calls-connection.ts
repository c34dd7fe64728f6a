/** socket, bind, listen, accept, connect, getsockname, getpeername, shutdown, close. */
import type { NetErrorCode } from '../../firmware/net/errors.js'
import { type Family, unmapped } from '../../firmware/net/ip.js'
import type { SocketAddress } from '../../firmware/socket/endpoint.js'
import type { SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import { keyed } from '../text/keyed.js'
import { scriptAddress } from './addresses.js'
import {
  type Address,
  endText,
  familyConstant,
  flags,
  integer,
  isNull,
  pointedTo,
  socketAddressValue,
} from './call-values.js'
import { type CallOutcome, type Descriptor, failed, guarded, type Process } from './descriptors.js'
import type { End } from './flow.js'
import type { Operation, PreparedCall } from './prepared-call.js'
import type { Call, Value } from './script.js'
import { concluded, type Dialogue } from './subject.js'
import { Unsupported, WrongStatement } from './unsupported.js'

const SOCKET_TYPES: Readonly<Record<string, SocketType>> = {
  SOCK_STREAM: 'stream',
  SOCK_DGRAM: 'datagram',
  SOCK_RAW: 'raw',
}
const PROTOCOLS: Readonly<Record<string, SocketProtocol>> = {
  IPPROTO_TCP: 'tcp',
  IPPROTO_UDP: 'udp',
  IPPROTO_ICMP: 'icmp',
}
const SOCKET_FLAGS = ['SOCK_NONBLOCK', 'SOCK_CLOEXEC']
const HOW = ['read', 'write', 'both'] as const
/** Of a sockaddr_in and a sockaddr_in6, on Linux. */
const SOCKADDR_OCTETS: Readonly<Record<Family, number>> = { ipv4: 16, ipv6: 28 }

/** @throws Unsupported when a call has too few arguments */
export function argument(call: Call, index: number): Value {
  const value = call.arguments[index]
  if (value === undefined)
    throw new Unsupported(
      keyed('pkt.too-few-arguments', { name: call.name, given: call.arguments.length, least: index + 1 }),
    )
  return value
}

function descriptorNumber(call: Call): number {
  return integer(argument(call, 0), keyed('pkt.what.descriptor'))
}

/** Runs `work` with the descriptor that the first argument names; EBADF where it is not open. */
export function onDescriptor(call: Call, work: (descriptor: Descriptor, process: Process) => Operation): PreparedCall {
  const number = descriptorNumber(call)
  return (process) => {
    const descriptor = process.descriptors.get(number)
    if (descriptor === undefined) return () => failed('EBADF')
    const operation = work(descriptor, process)
    return () => guarded(operation)
  }
}

/** The number that the script gives a new socket. */
export function newNumber(call: Call): number | undefined {
  if (call.result.kind !== 'number')
    throw new Unsupported(keyed('pkt.returns-number', { name: call.name }), call.result.at)
  return call.result.value < 0 ? undefined : call.result.value
}

/** An end as it is on the wire. @throws WrongStatement where a stack shows it otherwise than its family is written */
function endOf({ family, address, port }: Pick<SocketAddress, 'family' | 'address' | 'port'>): End {
  const found = scriptAddress(family, address)
  if (found === undefined) throw new WrongStatement(keyed('pkt.stack-address', { address }))
  return { address: unmapped(found), port }
}

/** @returns what is wrong with an address that a call gave */
function addressFault(what: string, expected: Address | undefined, given: SocketAddress): string[] {
  if (expected === undefined) return []
  const { family, address, port } = given
  const same = family === expected.family && address === expected.address && port === expected.port
  return same ? [] : [`the ${what} is ${endText(given)}`]
}

export function socket(call: Call): PreparedCall {
  const number = newNumber(call)
  const domain = argument(call, 0)
  const named = domain.kind === 'any' ? undefined : familyConstant(domain, keyed('pkt.what.domain'))
  if (named === undefined && domain.kind !== 'any' && number !== undefined)
    throw new Unsupported(keyed('pkt.socket-family'), domain.at)
  // One that is not there: the call is to fail.
  const unknown = named === undefined && domain.kind !== 'any'
  const names = flags(argument(call, 1), keyed('pkt.what.socket-type'), [...Object.keys(SOCKET_TYPES), ...SOCKET_FLAGS])
  const typeName = [...names].find((name) => Object.hasOwn(SOCKET_TYPES, name))
  if (typeName === undefined)
    throw new Unsupported(keyed('pkt.socket-type', { types: Object.keys(SOCKET_TYPES) }), argument(call, 1).at)
  const protocolName = argument(call, 2)
  const protocol = protocolName.kind === 'name' ? PROTOCOLS[protocolName.name] : undefined
  if (protocol === undefined && protocolName.kind !== 'any' && !isNull(protocolName) && !isIp(protocolName))
    throw new Unsupported(keyed('pkt.protocol', { protocols: Object.keys(PROTOCOLS) }), protocolName.at)
  return (process) => () =>
    guarded(function* () {
      const created = yield* concluded(
        process.createSocket(unknown ? 'unknown' : (named ?? process.defaultFamily), SOCKET_TYPES[typeName], protocol),
      )
      if (number === undefined) {
        yield* concluded(created.close())
        return { value: 3 }
      }
      addDescriptor(process, number, created, names.has('SOCK_NONBLOCK'))
      return { value: number }
    })
}

function isIp(value: Value): boolean {
  return value.kind === 'name' && value.name === 'IPPROTO_IP'
}

function addDescriptor(
  process: Process,
  number: number,
  created: Descriptor['socket'],
  nonBlocking: boolean,
): Descriptor {
  if (process.descriptors.has(number) || process.polls.has(number))
    throw new WrongStatement(keyed('pkt.descriptor-open', { number }))
  const descriptor = { number, socket: created, nonBlocking, flow: undefined, read: 0, written: 0 }
  process.descriptors.set(number, descriptor)
  return descriptor
}

export function bind(call: Call): PreparedCall {
  const given = socketAddressValue(argument(call, 1), keyed('pkt.what.bind-address'))
  return onDescriptor(
    call,
    ({ socket: own }, process) =>
      function* () {
        yield* concluded(own.bind(given ?? process.defaultBind))
        return { value: 0 }
      },
  )
}

export function listen(call: Call): PreparedCall {
  const backlog = integer(argument(call, 1), keyed('pkt.what.backlog'))
  return onDescriptor(
    call,
    ({ socket: own }) =>
      function* () {
        yield* concluded(own.listen(backlog))
        return { value: 0 }
      },
  )
}

export function accept(call: Call): PreparedCall {
  const number = newNumber(call)
  const expected = socketAddressValue(call.arguments[1], keyed('pkt.what.peer-address'))
  const names = flags(call.arguments[3], keyed('pkt.what.flag-of', { name: call.name }), SOCKET_FLAGS)
  return onDescriptor(
    call,
    (listener, process) =>
      function* () {
        const accepted = yield* concluded(listener.socket.accept())
        if (accepted === undefined) return listener.nonBlocking ? failed('EAGAIN') : undefined
        const remote = yield* concluded(accepted.remoteEndpoint())
        if (number === undefined) return { value: 4, wrong: ['a connection was accepted'] }
        const descriptor = addDescriptor(process, number, accepted, names.has('SOCK_NONBLOCK'))
        descriptor.flow = process.opened('tcp', endOf(yield* concluded(accepted.localEndpoint())), endOf(remote))
        process.lookAt(descriptor.flow)
        return {
          value: number,
          ...wrongOf(addressFault('peer', expected, remote)),
        }
      },
  )
}

export function connect(call: Call): PreparedCall {
  const given = socketAddressValue(argument(call, 1), keyed('pkt.what.connect-address'))
  return onDescriptor(call, (descriptor, process) => {
    const { socket: own } = descriptor
    let begun = false
    return function* (): Dialogue<CallOutcome | undefined> {
      if (!begun) {
        const remote = given ?? process.defaultConnect
        yield* concluded(own.connect(remote))
        begun = true
        const local = endOf(yield* concluded(own.localEndpoint()))
        descriptor.flow = process.opened(own.type === 'stream' ? 'tcp' : 'udp', local, endOf(remote))
        process.lookAt(descriptor.flow)
        if (own.type !== 'stream') return { value: 0 }
        if (descriptor.nonBlocking) return failed('EINPROGRESS')
      }
      const { writable, error } = yield* concluded(own.poll())
      if (!writable && !error) return undefined
      const code: NetErrorCode | undefined = yield* concluded(own.error())
      return code === undefined ? { value: 0 } : failed(code)
    }
  })
}

/** `getsockname(3, {sa_family=AF_INET6, …}, [28]) = 0`, and getpeername. */
export function socketName(call: Call): PreparedCall {
  const expected = socketAddressValue(argument(call, 1), keyed('pkt.what.end'))
  const length = pointedTo(call.arguments[2])
  const octets = length === undefined || length.kind === 'any' ? undefined : integer(length, keyed('pkt.what.length'))
  const own = call.name === 'getsockname'
  return onDescriptor(
    call,
    ({ socket: asked }) =>
      function* () {
        const given = yield* concluded(own ? asked.localEndpoint() : asked.remoteEndpoint())
        const wrong = addressFault(own ? 'own end' : 'peer', expected, given)
        const real = SOCKADDR_OCTETS[given.family]
        if (octets !== undefined && octets !== real) wrong.push(`the address has ${real} octets, not ${octets}`)
        return { value: 0, ...wrongOf(wrong) }
      },
  )
}

function wrongOf(wrong: readonly string[]): { readonly wrong?: readonly string[] } {
  return wrong.length > 0 ? { wrong } : {}
}

export function shutdown(call: Call): PreparedCall {
  const how = HOW[integer(argument(call, 1), keyed('pkt.what.half'))]
  if (how === undefined) throw new Unsupported(keyed('pkt.half'), argument(call, 1).at)
  return onDescriptor(
    call,
    ({ socket: own }) =>
      function* () {
        yield* concluded(own.shutdown(how))
        return { value: 0 }
      },
  )
}

export function close(call: Call): PreparedCall {
  const closeSocket = onDescriptor(
    call,
    ({ socket: own, number }, process) =>
      function* () {
        yield* concluded(own.close())
        process.descriptors.delete(number)
        for (const { interests } of process.polls.values()) interests.delete(number)
        return { value: 0 }
      },
  )
  const poll = descriptorNumber(call)
  return (process) =>
    process.polls.has(poll) ? () => ({ value: process.polls.delete(poll) ? 0 : -1 }) : closeSocket(process)
}
