/** Runs a script against a stack of ours, in virtual time: the same script gives the same run, to the nanosecond. */
import { SECOND } from '../../firmware/hal/clock.js'
import { addressShownIn, type Family, familyOf, formatIp, type IpAddress } from '../../firmware/net/ip.js'
import type { SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { integer } from './call-values.js'
import { observePolls } from './calls-epoll.js'
import { Conversations } from './conversations.js'
import type { CallOutcome, Descriptor, EventPoll, Process } from './descriptors.js'
import { type CodeStatement, type CodeValue, shownValue } from './expression.js'
import type { End, Flow } from './flow.js'
import { injectedFrames } from './inject.js'
import { socketFamily } from './ip-version.js'
import { doublesBuffers } from './likeness.js'
import { differences } from './match.js'
import { errorName } from './names.js'
import { OwnSubject } from './own-subject.js'
import type { PreparedScript, PreparedStatement } from './prepare.js'
import type { Operation } from './prepared-call.js'
import { printPacket, printPeer, printSent, printTime } from './print.js'
import { ScriptError } from './reader.js'
import type { Call, Packet, Statement } from './script.js'
import type { CommonSettings } from './settings.js'
import { concluded, type Dialogue, type Subject, type SubjectWatcher } from './subject.js'
import { codeVariables, isOfInfo } from './tcp-info.js'
import { WrongStatement } from './unsupported.js'
import { readWirePacket } from './wire.js'
import type { WirePacket } from './wire-packet.js'

/** How long `*` waits for a packet. */
const ANY_TIME_LIMIT = 3600 * SECOND

export interface DrillOptions extends CommonSettings {
  /** What words of the script stand for, as `--define` says. */
  readonly definitions?: ReadonlyMap<string, string>
  /** A packet that no line expects fails the script, at its end too. */
  readonly strict?: boolean
  /** What the stack did not agree on is not expected of it, and the options of its SYN are not compared: for somebody else's. */
  readonly agreedOnly?: boolean
  /** Takes every frame, ARP included. */
  readonly onFrame?: (at: number, direction: 'inbound' | 'outbound', frame: Uint8Array) => void
}

export interface StoryLine {
  /** Nanoseconds since the script began. */
  readonly at: number
  readonly text: string
}

export interface Failure {
  readonly line: number
  readonly column: number
  readonly statement: string
  readonly message: string
  /** Packets in the script's words, where one was compared with another. */
  readonly expected?: string
  readonly actual?: string
}

export interface RunResult {
  readonly failure: Failure | undefined
  /** Everything that happened, as sentences. */
  readonly story: readonly StoryLine[]
  /** What code printed, and remarks on what was taken and did nothing. */
  readonly notes: readonly LocalizableText[]
  /** Packets that no line expected, left over at the end. */
  readonly surplus: readonly string[]
  /** Virtual, in nanoseconds. */
  readonly duration: number
}

/** @throws ScriptError when the script turns out to be wrong only as it runs */
export function runScript(prepared: PreparedScript, options: DrillOptions = {}): RunResult {
  const dialogue = runScriptAgainst(prepared, options, (watcher) => new OwnSubject(prepared.settings, watcher))
  const { done, value } = dialogue.next()
  if (!done) throw new RangeError(`our own stack was asked "${value}" by a line`)
  return value
}

/** A run as a dialogue, with whatever stack. @throws ScriptError when the script turns out to be wrong only as it runs */
export function* runScriptAgainst(
  prepared: PreparedScript,
  options: DrillOptions,
  open: (watcher: SubjectWatcher) => Subject,
): Dialogue<RunResult> {
  const run = new ScriptRun(prepared, options)
  return yield* run.run(open(run))
}

class DrillFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
  }
}

interface Sent {
  readonly at: number
  readonly packet: WirePacket
  readonly flow: Flow | undefined
}

interface BlockedCall {
  readonly statement: Statement
  readonly call: Call
  readonly operation: Operation
  /** When it is to return. */
  readonly due: number
}

class ScriptRun implements Process, SubjectWatcher {
  readonly descriptors = new Map<number, Descriptor>()
  readonly polls = new Map<number, EventPoll>()
  readonly #prepared: PreparedScript
  readonly #options: DrillOptions
  #subject!: Subject
  #conversations!: Conversations
  /** Sent and not yet expected, in order. */
  readonly #sent: Sent[] = []
  #latestFrame: Uint8Array | undefined
  /** Sentences are made when they are read: until then the script settles what its numbers mean. */
  readonly #story: { readonly at: number; readonly text: () => string }[] = []
  readonly #notes: LocalizableText[]
  /** Answers to queries of the script's (an echo), which no line expects. */
  readonly #answers: Sent[] = []
  /** What code gave a value to. */
  readonly #assigned = new Map<string, CodeValue>()
  #blocked: BlockedCall | undefined
  /** When the statement before was due, or was met. */
  #previous = 0

  constructor(prepared: PreparedScript, options: DrillOptions) {
    const { settings } = prepared
    this.#prepared = prepared
    this.#options = options
    this.#notes = [...settings.notes]
  }

  *run(subject: Subject): Dialogue<RunResult> {
    this.#subject = subject
    this.#conversations = new Conversations(subject, this.#prepared.settings, this.descriptors)
    yield* concluded(subject.begin())
    let failure: Failure | undefined
    try {
      for (const statement of this.#prepared.statements) yield* this.#executePlaced(statement)
      yield* this.#finishBlocked()
      this.#finishStrict()
    } catch (error) {
      if (!(error instanceof DrillFailure)) throw error
      failure = error.failure
    }
    return {
      failure,
      story: this.#story.map(({ at, text }) => ({ at, text: text() })),
      notes: this.#notes,
      surplus: [...this.#answers, ...this.#sent].map(
        ({ at, packet, flow }) => `${printTime(at)} ${printSent(packet, flow)}`,
      ),
      duration: this.now,
    }
  }

  #finishStrict(): void {
    const first = this.#options.strict ? (this.#answers[0] ?? this.#sent[0]) : undefined
    const last = this.#prepared.statements.at(-1)?.statement
    if (first === undefined || last === undefined) return
    this.#fail(last, {
      message: `the script ends, and no line expects what the stack sent at ${printTime(first.at)}`,
      actual: printSent(first.packet, first.flow),
    })
  }

  // Statements

  *#executePlaced(prepared: PreparedStatement): Dialogue<void> {
    try {
      yield* this.#execute(prepared)
    } catch (error) {
      throw this.#withPlace(prepared.statement, error)
    }
  }

  *#execute({ statement, step }: PreparedStatement): Dialogue<void> {
    if (step.kind === 'packet' && step.packet.direction === 'expect') {
      yield* this.#expect(statement, step.packet)
      return
    }
    const due = this.#dueAt(statement)
    yield* this.#runUntil(due)
    this.#previous = due
    if (step.kind === 'packet') yield* this.#inject(statement, step.packet)
    else if (step.kind === 'call') {
      yield* this.#finishBlocked()
      yield* this.#call(statement, step.call(this))
    } else if (step.kind === 'code') this.#runCode(statement, step.code)
    else if (step.kind === 'defaults') yield* concluded(this.#subject.setDefaults(step.defaults))
    yield* this.#observe()
  }

  #dueAt(statement: Statement): number {
    const { time, text } = statement
    if (time.kind === 'any') return this.now
    if (time.kind === 'relative') return this.#previous + time.at
    if (time.at < this.#previous) {
      const [due, above] = [printTime(time.at), printTime(this.#previous)]
      throw new ScriptError(this.#file, statement, keyed('pkt.due-before', { text, due, above }))
    }
    return time.at
  }

  get #file(): string {
    return this.#prepared.script.file
  }

  /** How far off a time may be that is so long after the one before. */
  #toleranceOf(interval: number): number {
    const { tolerance, tolerancePart } = this.#prepared.settings
    return Math.max(tolerance, Math.round(tolerancePart * interval))
  }

  /** Runs the stack up to an instant, or until there is enough, and looks at it after every event. */
  *#runUntil(instant: number, enough: () => boolean = () => false): Dialogue<void> {
    const limit = Math.max(instant, this.#subject.now)
    for (;;) {
      yield* this.#observe()
      if (enough()) return
      if (!(yield* concluded(this.#subject.advance(limit)))) break
    }
    yield* this.#observe()
  }

  /** Notes what changed, and asks a call that blocks again. */
  *#observe(): Dialogue<void> {
    this.#conversations.observe((sentence) => this.#tell(sentence))
    yield* observePolls(this)
    const blocked = this.#blocked
    if (blocked === undefined) return
    const outcome = yield* this.#attempt(blocked.statement, blocked.operation)
    if (outcome === undefined) return
    this.#blocked = undefined
    this.#returned(blocked.statement, blocked.call, outcome, blocked.due)
  }

  // Packets

  *#inject(statement: Statement, packet: Packet): Dialogue<void> {
    const flow = this.#conversations.ofInjected(packet)
    this.#tell(() => `the peer sends ${printPacket(packet)}${this.#whichOf(flow)}`)
    const { settings } = this.#prepared
    const frames = this.#placed(statement, () => injectedFrames(packet, flow, settings, this.#latestFrame))
    noteInjected(packet, flow)
    yield* concluded(this.#subject.deliver(frames))
  }

  onFrame(direction: 'inbound' | 'outbound', frame: Uint8Array): void {
    this.#options.onFrame?.(this.now, direction, frame)
  }

  onSent(frame: Uint8Array): void {
    const packet = readWirePacket(frame)
    if (packet === undefined) return
    const flow = this.#conversations.ofSent(packet)
    if (packet.transport.kind === 'tcp') {
      const { flags, sequence, data } = packet.transport
      flow?.ledger.sent({ flags, sequence, length: data.length })
    }
    if (packet.transport.kind === 'tcp' || packet.transport.kind === 'udp') this.#latestFrame = frame
    this.#sent.push({ at: this.now, packet, flow })
    this.#tell(() => `the stack sends ${printSent(packet, flow)}${this.#whichOf(flow)}`)
  }

  *#expect(statement: Statement, packet: Packet): Dialogue<void> {
    const { time } = statement
    const { settings } = this.#prepared
    const any = time.kind === 'any'
    const earliest = any ? 0 : this.#dueAt(statement)
    const latest = any
      ? this.now + ANY_TIME_LIMIT
      : time.latest === undefined
        ? earliest
        : earliest + (time.latest - time.at)
    const tolerance = this.#toleranceOf(latest - this.#previous)
    const deadline = any ? latest : latest + tolerance
    const first = yield* this.#nextSent(statement, packet, deadline)
    const shown = { expected: printPacket(packet), actual: printSent(first.packet, first.flow) }
    if (!any && (first.at > deadline || first.at < earliest - tolerance)) {
      const end = latest === earliest ? '' : ` to ${printTime(latest)}`
      const message = `it was sent at ${printTime(first.at)}, and expected at ${printTime(earliest)}${end}`
      this.#fail(statement, { message, ...shown })
    }
    const whole = yield* this.#whole(statement, packet, first, deadline)
    const matching = { ...settings, agreedOnly: this.#options.agreedOnly ?? false }
    const wrong = differences(packet, whole, first.flow, matching)
    if (wrong.length > 0)
      this.#fail(statement, {
        message: `the stack sent another packet at ${printTime(first.at)}: ${wrong.join('; ')}`,
        expected: printPacket(packet),
        actual: printSent(whole, first.flow),
      })
    if (first.flow !== undefined) this.#conversations.lookAt(first.flow)
    this.#previous = latest === earliest ? earliest : Math.max(first.at, this.#previous)
  }

  *#nextSent(statement: Statement, packet: Packet, deadline: number, octets = 0, begun?: Sent): Dialogue<Sent> {
    if (this.#sent.length === 0) yield* this.#runUntil(deadline, () => this.#sent.length > 0)
    const first = this.#sent.shift()
    if (first !== undefined && packet.transport.kind !== 'icmp' && isAnswer(first.packet)) {
      this.#answers.push(first)
      return yield* this.#nextSent(statement, packet, deadline, octets, begun)
    }
    if (first !== undefined) return first
    const what = octets > 0 ? `only ${octets} octets of it were sent` : 'nothing was sent'
    return this.#fail(statement, {
      message: `${what} by ${printTime(deadline)}`,
      expected: printPacket(packet),
      ...(begun !== undefined && { actual: printSent(begun.packet, begun.flow) }),
    })
  }

  /** An expected segment that is longer than what was sent stands for several in a row, as with segmentation offload. */
  *#whole(statement: Statement, packet: Packet, first: Sent, deadline: number): Dialogue<WirePacket> {
    const { transport } = first.packet
    if (this.#prepared.settings.strictSegments) return first.packet
    if (packet.transport.kind !== 'tcp' || transport.kind !== 'tcp' || transport.data.length === 0) return first.packet
    let { flags } = transport
    const data = [...transport.data]
    while (data.length < packet.transport.length) {
      const next = yield* this.#nextSent(statement, packet, deadline, data.length, first)
      const { transport: more } = next.packet
      const follows =
        next.flow === first.flow &&
        more.kind === 'tcp' &&
        more.sequence === (transport.sequence + data.length) >>> 0 &&
        more.acknowledgement === transport.acknowledgement &&
        more.data.length > 0
      if (!follows) {
        this.#sent.unshift(next)
        break
      }
      flags |= more.flags
      data.push(...more.data)
    }
    return { ...first.packet, transport: { ...transport, flags, data: Uint8Array.from(data) } }
  }

  // Calls

  *#call(statement: Statement, operation: Operation): Dialogue<void> {
    const call = statement.action as Call
    // The end of a call counts from where its beginning does.
    const origin = statement.time.kind === 'relative' ? this.#previous - statement.time.at : 0
    const due = call.returnsAt === undefined ? undefined : origin + call.returnsAt
    const outcome = yield* this.#attempt(statement, operation)
    if (outcome !== undefined) {
      this.#returned(statement, call, outcome, due)
      return
    }
    this.#tell(() => `${printCall(statement)} blocks`)
    if (due === undefined)
      this.#fail(statement, {
        message: `${call.name}() blocks: say when it returns (0.1...0.2 ${call.name}(…)), or make the socket non-blocking`,
      })
    this.#blocked = { statement, call, operation, due }
  }

  *#attempt(statement: Statement, operation: Operation): Dialogue<CallOutcome | undefined> {
    try {
      return yield* concluded(operation())
    } catch (error) {
      throw this.#withPlace(statement, error)
    }
  }

  /** What is wrong with a statement is told with its place. */
  #placed<T>(statement: Statement, work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw this.#withPlace(statement, error)
    }
  }

  #withPlace(statement: Statement, error: unknown): unknown {
    return error instanceof WrongStatement ? new ScriptError(this.#file, statement, error.sentence) : error
  }

  #returned(statement: Statement, call: Call, outcome: CallOutcome, due: number | undefined): void {
    const shown = `${outcome.value}${outcome.error === undefined ? '' : ` ${outcome.error}`}`
    this.#tell(() => `${printCall(statement)} returns ${shown}`)
    const { now } = this
    const wanted = call.result.kind === 'any' ? outcome.value : integer(call.result, keyed('pkt.what.result'))
    const { error = '' } = call
    const expected = `${wanted} ${error}`.trim()
    if (outcome.value !== wanted || (error !== '' && outcome.error !== errorName(error)))
      this.#fail(statement, { message: `${call.name}() returned ${shown}, not ${expected}` })
    if (outcome.wrong !== undefined) this.#fail(statement, { message: `${call.name}(): ${outcome.wrong.join('; ')}` })
    if (due !== undefined && Math.abs(now - due) > this.#prepared.settings.tolerance)
      this.#fail(statement, {
        message: `${call.name}() returned at ${printTime(now)}, and was to return at ${printTime(due)}`,
      })
  }

  /** The process makes one call at a time: the one that blocks must have returned. */
  *#finishBlocked(): Dialogue<void> {
    if (this.#blocked === undefined) return
    const { statement, call, due } = this.#blocked
    yield* this.#runUntil(due + this.#prepared.settings.tolerance, () => this.#blocked === undefined)
    if (this.#blocked !== undefined)
      this.#fail(statement, { message: `${call.name}() still blocks at ${printTime(this.now)}` })
  }

  get now(): number {
    return this.#subject.now
  }

  get defaultBind() {
    const { localAddress, bindPort } = this.#prepared.settings
    return { ...this.#shown(localAddress), port: bindPort }
  }

  get defaultConnect() {
    const { remoteAddress, connectPort } = this.#prepared.settings
    return { ...this.#shown(remoteAddress), port: connectPort }
  }

  get defaultFamily(): Family {
    return socketFamily(this.#prepared.settings.ipVersion)
  }

  /** An address as a socket of the script's family has it: of IPv6 one of IPv4 is mapped. */
  #shown(address: IpAddress): { family: Family; address: string } {
    const family = this.defaultFamily
    return { family, address: formatIp(addressShownIn(family, address)) }
  }

  get doublesBuffers(): boolean {
    return doublesBuffers(this.#prepared.settings.like)
  }

  createSocket(family: string, type: SocketType, protocol: SocketProtocol | undefined) {
    return this.#subject.socket(family, type, protocol)
  }

  wakeAt(instant: number): void {
    this.#subject.wakeAt(instant)
  }

  opened(protocol: Flow['protocol'], local: End, remote: End): Flow {
    return this.#conversations.claim(protocol, local, remote)
  }

  lookAt(flow: Flow): void {
    this.#conversations.lookAt(flow)
  }

  // Code

  #runCode(statement: Statement, code: readonly CodeStatement[]): void {
    const { current, state } = this.#conversations
    const connection = this.#conversations.connectionOf(current)
    const info = connection?.info()
    for (const name of connection !== undefined && info === undefined ? code.flatMap(({ names }) => names) : [])
      if (isOfInfo(name)) throw new WrongStatement(keyed('pkt.not-told', { name }))
    const variables = codeVariables(state, info, current?.ledger)
    for (const [name, value] of this.#assigned) variables.set(name, value)
    for (const { kind, text, names, target, evaluate } of code) {
      const value = evaluate(variables)
      if (target !== undefined) {
        this.#assigned.set(target, value)
        variables.set(target, value)
      } else if (kind === 'print') this.#notes.push(`${printTime(this.now)} ${text}: ${shownValue(value)}`)
      else if (!isTrue(value)) {
        const values = [...new Set(names)]
          .filter((name) => name.startsWith('tcpi_'))
          .map((name) => `${name} is ${variables.get(name)}${name === 'tcpi_state' ? ` (${state})` : ''}`)
        this.#fail(statement, { message: `${text} does not hold: ${values.join(', ') || 'it never does'}` })
      }
    }
  }

  // What is told

  #tell(text: () => string): void {
    this.#story.push({ at: this.now, text })
  }

  /** The peer of a conversation, where there are several. */
  #whichOf(flow: Flow | undefined): string {
    return flow === undefined || !this.#conversations.several ? '' : ` (peer ${printPeer(flow)})`
  }

  #fail(statement: Statement, failure: Omit<Failure, 'line' | 'column' | 'statement'>): never {
    const { line, column, text } = statement
    throw new DrillFailure({ line, column, statement: text, ...failure })
  }
}

/** What the peer says by it is counted. */
function noteInjected({ transport }: Packet, flow: Flow): void {
  if (transport.kind !== 'tcp' || flow.protocol !== 'tcp') return
  const options = transport.options === 'any' ? [] : transport.options
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []))
  flow.ledger.arrived(
    transport,
    flow.toLive(transport.acknowledgement ?? 0),
    blocks.map(([left, right]) => [flow.toLive(left), flow.toLive(right)] as const),
  )
}

/** As Python sees it. */
function isTrue(value: CodeValue): boolean {
  return typeof value === 'object' ? value.length > 0 : Boolean(value)
}

/** What a host sends because the script asked it something: the replies of RFC 792 and 950, and of RFC 4443 4.2. */
const ANSWERS = { ipv4: [0, 14, 16, 18], ipv6: [129] } as const

function isAnswer({ transport, source }: WirePacket): boolean {
  const types: readonly number[] = ANSWERS[familyOf(source)]
  return transport.kind === 'icmp' && types.includes(transport.type)
}

/** The call without its time and result. */
function printCall({ text }: Statement): string {
  return text.replace(/^[\s+*\d.~]*(?=[A-Za-z])/, '').replace(/\s*=[^=]*$/, '')
}
