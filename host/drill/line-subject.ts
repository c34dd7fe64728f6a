/**
 * Somebody else's stack as the subject of a run, by the line protocol of docs/drill.md: each question is a line, its answer lines of
 * what happened (`frame`, `state`) and a last one, `ok …` or `error NAME`.
 */
import { NET_ERRORS, NetError, type NetErrorCode } from '../../firmware/net/errors.js'
import { type Family, familyOf, type IpAddress, isUnspecified } from '../../firmware/net/ip.js'
import type { TcpDefaults, TcpInfo, TcpState } from '../../firmware/net/tcp/tcp.js'
import { type Endpoint, resolveEndpoint, type SocketAddress, socketAddress } from '../../firmware/socket/endpoint.js'
import type { ActionOptions, ReadableOptions, SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import type { DatagramInfo, SocketReadiness } from '../../firmware/socket/socket.js'
import { hexDigits, octetsOfHex } from '../hex-octets.js'
import { keyed } from '../text/keyed.js'
import { addressText, scriptAddress } from './addresses.js'
import { socketFamily } from './ip-version.js'
import { STATE_NUMBERS } from './names.js'
import { wireAnswer } from './neighbours.js'
import type { Settings } from './settings.js'
import type { Dialogue, Subject, SubjectConnection, SubjectSocket, SubjectWatcher } from './subject.js'
import { WrongStatement } from './unsupported.js'

/** The most lines of one answer, and octets of a frame in one. */
const MOST_LINES = 10_000
/** Answers to `run`, of a whole script, and of one instant: a stack that has no end would have none. */
const MOST_RUNS = 1_000_000
const MOST_AT_ONCE = 1_000
const LARGEST_FRAME = 70_000

interface KnownConnection extends SubjectConnection {
  state: TcpState
}

export class LineSubject implements Subject {
  now = 0
  readonly #settings: Settings
  readonly #watcher: SubjectWatcher
  readonly #connections = new Map<string, KnownConnection>()
  readonly #listening = new Map<number, number>()
  #families: readonly string[] | undefined
  #wakeUps: number[] = []
  #runs = 0
  #runsAtOnce = 0

  constructor(settings: Settings, watcher: SubjectWatcher) {
    this.#settings = settings
    this.#watcher = watcher
  }

  /** The stack at the other end begins anew. @throws WrongStatement where it does not speak the protocol */
  *begin(): Dialogue<void> {
    const { localAddress, prefixLength, gatewayAddress, mtu, tcp, ipVersion } = this.#settings
    if (socketFamily(ipVersion) === 'ipv6' && !(yield* this.#speaksIpv6()))
      throw new WrongStatement(keyed('pkt.speaks-no-ipv6'))
    yield* this.#told(`begin ${addressText(localAddress)}/${prefixLength} ${addressText(gatewayAddress)} ${mtu}`)
    yield* this.setDefaults(tcp)
  }

  /** Asked once, and of scripts only that need it: who has never heard of the question speaks IPv4. */
  *#speaksIpv6(): Dialogue<boolean> {
    try {
      this.#families ??= yield* this.ask('families')
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      this.#families = []
    }
    return this.#families.includes('ipv6')
  }

  /**
   * Asks, and sees to what happened meanwhile.
   * @returns the words behind `ok`
   * @throws NetError where the answer is an error; WrongStatement where it is none of the protocol
   */
  *ask(line: string): Dialogue<readonly string[]> {
    const asked: string[] = []
    const answer = yield* this.#exchange(line, asked)
    // The wire answers for every neighbour (RFC 826, RFC 4861), before anything else happens.
    for (let next = asked.shift(); next !== undefined; next = asked.shift()) yield* this.#exchange(next, asked)
    const [word, ...rest] = answer.split(' ')
    if (word === 'ok') return rest
    const [code = ''] = rest
    if (word !== 'error' || !Object.hasOwn(NET_ERRORS, code)) throw notInProtocol(line, answer)
    throw new NetError(code as NetErrorCode, line.split(' ', 1)[0], 'see docs/drill.md')
  }

  /** As `ask`, where nothing can go wrong. */
  *#told(line: string): Dialogue<readonly string[]> {
    try {
      return yield* this.ask(line)
    } catch (error) {
      throw error instanceof NetError ? notInProtocol(line, `error ${error.code}`) : error
    }
  }

  *#exchange(line: string, asked: string[]): Dialogue<string> {
    const lines = yield line
    const last = lines.at(-1) ?? ''
    if (lines.length > MOST_LINES) throw notInProtocol(line, `${lines.length} lines`)
    const passed = /^run /.test(line) ? /^ok (\d+)$/.exec(last)?.[1] : undefined
    if (passed !== undefined) this.now = Math.max(this.now, Number(passed))
    for (const each of lines.slice(0, -1)) {
      const reply = this.#happened(line, each)
      if (reply !== undefined) asked.push(`frame ${hexDigits(reply)}`)
    }
    return last
  }

  /** @returns a frame that answers, of the wire itself */
  #happened(line: string, event: string): Uint8Array | undefined {
    const [word, ...rest] = event.split(' ')
    if (word === 'frame' && rest.length === 1) {
      const frame = octetsOfHex(rest[0])
      if (frame === undefined || frame.length < 14 || frame.length > LARGEST_FRAME)
        throw notInProtocol(line, event.slice(0, 100))
      this.#watcher.onFrame('outbound', frame)
      const { localAddress: own, gatewayAddress: gateway } = this.#settings
      const reply = wireAnswer(frame, { own, gateway })
      if (reply === undefined) this.#watcher.onSent(frame)
      return typeof reply === 'object' ? reply : undefined
    }
    if (word === 'state' && rest.length === 5) this.#enter(line, event, rest)
    else throw notInProtocol(line, event)
    return undefined
  }

  #enter(line: string, event: string, [address, port, peer, peerPort, state]: readonly string[]): void {
    const [local, remote] = [plainAddress(address), plainAddress(peer)]
    if (local === undefined || remote === undefined || !Object.hasOwn(STATE_NUMBERS, state))
      throw notInProtocol(line, event)
    const key = `${address}:${port} ${peer}:${peerPort}`
    const known = this.#connections.get(key)
    if (state === 'CLOSED') this.#connections.delete(key)
    if (known !== undefined) known.state = state as TcpState
    else if (state !== 'CLOSED')
      this.#connections.set(key, {
        local: { address: local, port: Number(port) },
        remote: { address: remote, port: Number(peerPort) },
        state: state as TcpState,
        info: (): TcpInfo | undefined => undefined,
      })
  }

  *advance(instant: number): Dialogue<boolean> {
    const wake = Math.min(instant, ...this.#wakeUps)
    const before = this.now
    const [now = ''] = yield* this.#told(`run ${wake}`)
    this.#runsAtOnce = this.now > before ? 0 : this.#runsAtOnce + 1
    // Time passes, to where it was told at most, or something happens; neither without end.
    const stands = this.now < wake && (this.#runsAtOnce > MOST_AT_ONCE || ++this.#runs > MOST_RUNS)
    if (stands || this.now > wake || !/^\d+$/.test(now)) throw notInProtocol(`run ${wake}`, `ok ${now}`)
    this.#wakeUps = this.#wakeUps.filter((at) => at > this.now)
    return this.now < instant
  }

  *deliver(frames: readonly Uint8Array[]): Dialogue<void> {
    for (const frame of frames) {
      this.#watcher.onFrame('inbound', frame)
      yield* this.#told(`frame ${hexDigits(frame)}`)
    }
  }

  *socket(family: string, type: SocketType, _protocol: SocketProtocol | undefined): Dialogue<SubjectSocket> {
    const wide = family === 'ipv6'
    if ((!wide && family !== 'ipv4') || (wide && !(yield* this.#speaksIpv6())))
      throw new NetError('EAFNOSUPPORT', 'socket', 'see docs/drill.md')
    const [number] = yield* this.ask(`socket ${type}${wide ? ' ipv6' : ''}`)
    return new LineSocket(this, numberIn('socket', number), type, wide ? 'ipv6' : 'ipv4')
  }

  /** What it cannot be told is noted: it then does as it does. */
  *setDefaults(defaults: Partial<TcpDefaults>): Dialogue<void> {
    for (const [name, value] of Object.entries(defaults)) {
      if (typeof value !== 'number' && typeof value !== 'boolean' && typeof value !== 'string') continue
      try {
        yield* this.ask(`default ${name} ${value}`)
      } catch (error) {
        if (!(error instanceof NetError) || error.code !== 'ENOPROTOOPT') throw error
      }
    }
  }

  wakeAt(instant: number): void {
    this.#wakeUps.push(instant)
  }

  get connections(): Iterable<SubjectConnection> {
    return this.#connections.values()
  }

  get listeningPorts(): Iterable<number> {
    return this.#listening.values()
  }

  /** A socket listens on a port, or does so no more. */
  noteListening(socket: number, port: number | undefined): void {
    if (port === undefined) this.#listening.delete(socket)
    else this.#listening.set(socket, port)
  }
}

class LineSocket implements SubjectSocket {
  readonly type: SocketType
  readonly #subject: LineSubject
  readonly #number: number
  readonly #family: Family
  #local: SocketAddress
  #remote: SocketAddress | undefined

  constructor(subject: LineSubject, number: number, type: SocketType, family: Family) {
    this.#subject = subject
    this.#number = number
    this.type = type
    this.#family = family
    this.#local = { family, address: family === 'ipv6' ? '::' : '0.0.0.0', port: 0 }
  }

  /**
   * An address as the line has it: plain, of IPv4 too where a socket of IPv6 speaks with it (RFC 3493 3.7).
   * @throws NetError EAFNOSUPPORT, EINVAL
   */
  #plain(endpoint: Endpoint): { address: string; port: number } {
    const { address, port } = resolveEndpoint('line protocol', endpoint, this.#family)
    return { address: isUnspecified(address) && this.#family === 'ipv6' ? '::' : addressText(address), port }
  }

  /** As a socket of the family shows what the line has. @throws WrongStatement where the line has none of it */
  #shown(call: string, text: string | undefined, port: string | undefined): SocketAddress {
    const address = plainAddress(text ?? '')
    if (address === undefined || (this.#family === 'ipv4' && familyOf(address) !== 'ipv4'))
      throw notInProtocol(call, `ok ${text ?? ''}`)
    return socketAddress(this.#family, address, numberIn(call, port) & 0xffff)
  }

  *#ask(call: string, ...words: readonly (string | number)[]): Dialogue<readonly string[]> {
    return yield* this.#subject.ask([call, this.#number, ...words].join(' '))
  }

  /** As `#ask`, and undefined where it would have to wait. */
  *#tried(call: string, ...words: readonly (string | number)[]): Dialogue<readonly string[] | undefined> {
    try {
      return yield* this.#ask(call, ...words)
    } catch (error) {
      if (error instanceof NetError && error.code === 'EAGAIN') return undefined
      throw error
    }
  }

  *bind(local: Endpoint): Dialogue<void> {
    const { address, port } = this.#plain(local)
    yield* this.#ask('bind', address, port)
    this.#local = this.#shown('bind', address, String(port))
  }

  *listen(backlog: number): Dialogue<void> {
    yield* this.#ask('listen', backlog)
    this.#subject.noteListening(this.#number, this.#local.port)
  }

  *accept(): Dialogue<SubjectSocket | undefined> {
    const answer = yield* this.#tried('accept')
    if (answer === undefined) return undefined
    const [number, address, port] = answer
    const accepted = new LineSocket(this.#subject, numberIn('accept', number), 'stream', this.#family)
    accepted.#local = { ...this.#local }
    accepted.#remote = this.#shown('accept', address, port)
    return accepted
  }

  *connect(remote: Endpoint): Dialogue<void> {
    const { address, port } = this.#plain(remote)
    const [own, ownPort] = yield* this.#ask('connect', address, port)
    this.#local = this.#shown('connect', own, ownPort)
    this.#remote = this.#shown('connect', address, String(port))
  }

  localEndpoint(): SocketAddress {
    return this.#local
  }

  remoteEndpoint(): SocketAddress {
    if (this.#remote === undefined) throw new NetError('ENOTCONN', 'remoteEndpoint', 'connect first')
    return this.#remote
  }

  /** Letters: r readable, w writable, e error, h hung up, u urgent; `-` for none. */
  *poll(): Dialogue<SocketReadiness> {
    const [letters = ''] = yield* this.#ask('poll')
    const has = (letter: string) => letters.includes(letter)
    return { readable: has('r'), writable: has('w'), error: has('e'), hangUp: has('h'), urgent: has('u') }
  }

  *error(): Dialogue<NetErrorCode | undefined> {
    const [name = '0'] = yield* this.#ask('error')
    return Object.hasOwn(NET_ERRORS, name) ? (name as NetErrorCode) : undefined
  }

  *read(into: Uint8Array): Dialogue<number | undefined> {
    return this.#taken(yield* this.#tried('read', into.length), into)
  }

  *peek(into: Uint8Array): Dialogue<number | undefined> {
    return this.#taken(yield* this.#tried('peek', into.length), into)
  }

  #taken(answer: readonly string[] | undefined, into: Uint8Array): number | undefined {
    if (answer === undefined) return undefined
    const octets = octetsOfHex(answer[0] ?? '')
    if (octets === undefined || octets.length > into.length) throw notInProtocol('read', answer.join(' ').slice(0, 100))
    into.set(octets)
    return octets.length
  }

  *write(octets: Uint8Array, options?: { urgent?: boolean; push?: boolean }): Dialogue<number | undefined> {
    const how = options?.urgent ? ['urgent'] : options?.push === false ? ['more'] : []
    const answer = yield* this.#tried('write', hexDigits(octets), ...how)
    if (answer === undefined) return undefined
    const taken = numberIn('write', answer[0])
    if (taken > octets.length) throw notInProtocol('write', `ok ${taken}`)
    return taken
  }

  *sendTo(octets: Uint8Array, to: Endpoint): Dialogue<number | undefined> {
    const { address, port } = this.#plain(to)
    const answer = yield* this.#tried('sendto', address, port, hexDigits(octets))
    return answer === undefined ? undefined : octets.length
  }

  *receiveFrom(into: Uint8Array): Dialogue<DatagramInfo | undefined> {
    const answer = yield* this.#tried('recvfrom', into.length)
    if (answer === undefined) return undefined
    const [address, port, size, ...data] = answer
    const length = this.#taken(data, into) ?? 0
    return {
      length,
      size: numberIn('recvfrom', size),
      from: this.#shown('recvfrom', address, port),
      to: this.#local.address,
    }
  }

  *shutdown(how: 'read' | 'write' | 'both'): Dialogue<void> {
    yield* this.#ask('shutdown', how)
  }

  *close(): Dialogue<void> {
    this.#subject.noteListening(this.#number, undefined)
    yield* this.#ask('close')
  }

  *setOption<Name extends keyof ActionOptions>(name: Name, value: ActionOptions[Name]): Dialogue<void> {
    yield* this.#ask('setoption', name, String(value))
  }

  *getOption<Name extends keyof ReadableOptions>(name: Name): Dialogue<ReadableOptions[Name]> {
    if (name === 'error') return (yield* this.error()) as ReadableOptions[Name]
    // As it was asked for.
    if (name === 'family') return this.#family as ReadableOptions[Name]
    if (name === 'type') return this.type as ReadableOptions[Name]
    const [text = ''] = yield* this.#ask('getoption', name)
    const value = text === 'true' ? true : text === 'false' ? false : /^-?\d+$/.test(text) ? Number(text) : text
    return value as ReadableOptions[Name]
  }
}

/** An address of either family, as the line has it. */
function plainAddress(text: string): IpAddress | undefined {
  return scriptAddress(text.includes(':') ? 'ipv6' : 'ipv4', text)
}

function numberIn(call: string, text: string | undefined): number {
  if (text === undefined || !/^\d{1,9}$/.test(text)) throw notInProtocol(call, `ok ${text ?? ''}`)
  return Number(text)
}

/** The other end does not keep to the protocol. */
function notInProtocol(asked: string, answer: string): WrongStatement {
  return new WrongStatement(keyed('pkt.not-in-protocol', { asked: asked.slice(0, 60), answer: answer.slice(0, 100) }))
}
