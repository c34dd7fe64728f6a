/**
 * A serial port across a network: the client of RFC 2217, as a binding for serialport, so that everything which drives a
 * port of this machine drives one there.
 *
 * Settings are confirmed: a change has been made when its promise resolves, and one that the server did not make is an
 * error. Time is the laptop's.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type {
  BindingInterface,
  BindingPortInterface,
  OpenOptions,
  PortInfo,
  PortStatus,
  SetOptions,
  UpdateOptions,
} from '@serialport/bindings-interface'
import { SerialPortStream } from '@serialport/stream'
import { printable } from '../../../firmware/text/printable.js'
import { TargetError } from '../../errors/errors.js'
import * as com from '../../serial/com-port.js'
import {
  BINARY,
  encodeNegotiation,
  encodeSubnegotiation,
  escapeData,
  SUPPRESS_GO_AHEAD,
  TelnetDecoder,
  TelnetOptions,
} from '../../serial/telnet.js'
import { openOptionsOf } from './open-options.js'

/** Milliseconds until a connection, an agreement, an answer must have come. */
const CONNECT_TIMEOUT_MILLISECONDS = 5_000
const AGREEMENT_TIMEOUT_MILLISECONDS = 3_000
const ANSWER_TIMEOUT_MILLISECONDS = 3_000
/** Some servers leave SET-CONTROL and PURGE-DATA unanswered; they are not waited for long, and it is counted. */
const CONTROL_TIMEOUT_MILLISECONDS = 500
/** The far end's port may hold octets after the server has said all it knows, as an adapter here may. */
const ADAPTER_MILLISECONDS = 20
/** Octets nobody has read: the server is asked to stop at the first, the connection is no longer read at the second. */
const SUSPEND_AT = 65_536
const STOP_AT = 4 * SUSPEND_AT
const RESUME_AT = 4_096
/** Octets written at once, so that a server's "suspend" is heard between two pieces. */
const PIECE = 4_096
/** Octets of a greeting that are kept, to show in an error. */
const GREETING_LIMIT = 80

const OFFERS_RFC2217 =
  'name a port where one is offered (ser2net: `accepter: telnet(rfc2217),tcp,2217`; pyserial: rfc2217_server.py; `linkpulse serve --rfc2217 2217`)'

interface Question {
  readonly command: number
  readonly answers: (payload: Uint8Array) => boolean
  readonly settle: (payload: Uint8Array | undefined) => void
}

export class Rfc2217Binding implements BindingInterface<Rfc2217Port> {
  readonly #host: string
  readonly #tcpPort: number
  readonly #keepsControls: boolean

  constructor(host: string, port: number, keepsControls = false) {
    this.#host = host
    this.#tcpPort = port
    this.#keepsControls = keepsControls
  }

  list(): Promise<PortInfo[]> {
    return Promise.resolve([])
  }

  /** @throws TargetError when nobody is there, or somebody who does not speak RFC 2217, or not as we need it */
  async open(options: OpenOptions): Promise<Rfc2217Port> {
    const socket = await reach(this.#host, this.#tcpPort, options.path)
    const port = new Rfc2217Port(socket, options)
    try {
      await port.begin(this.#keepsControls)
    } catch (error) {
      socket.destroy()
      if (error instanceof TargetError && !port.lost) throw error
      throw new TargetError(
        `${options.path}: the connection broke while the port was being set (${(error as Error).message}); look at what the server says of it, then try again`,
        { cause: error },
      )
    }
    return port
  }
}

/**
 * Opens a port across a network.
 * @param baud symbols a second of the port there
 * @param keepsControls DTR and RTS stay as they are; by default both are switched on
 * @throws TargetError saying what is wrong, and what to do
 */
export async function openNetworkPort(
  host: string,
  tcpPort: number,
  baud: number,
  keepsControls = false,
): Promise<{ readonly port: SerialPortStream<Rfc2217Binding>; readonly counters: Rfc2217Port['counters'] }> {
  const path = networkName(host, tcpPort)
  const port = new SerialPortStream({
    binding: new Rfc2217Binding(host, tcpPort, keepsControls),
    path,
    baudRate: baud,
    autoOpen: false,
  })
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  if (port.port === undefined) throw new Error(`${path} is open and has no port`)
  return { port, counters: port.port.counters }
}

/** `rfc2217://HOST:PORT`, an IPv6 address in brackets. */
export function networkName(host: string, tcpPort: number): string {
  return `rfc2217://${host.includes(':') ? `[${host}]` : host}:${tcpPort}`
}

function reach(host: string, port: number, name: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 5_000 })
    const fail = (why: string, cause?: Error): void => {
      socket.destroy()
      reject(new TargetError(why, { cause }))
    }
    const timer = setTimeout(() => {
      fail(
        `${name}: no connection within ${CONNECT_TIMEOUT_MILLISECONDS / 1000} s; check that ${host} is switched on, and that no firewall drops port ${port}`,
      )
    }, CONNECT_TIMEOUT_MILLISECONDS)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      fail(unreachable(host, port, name, error), error)
    })
  })
}

function unreachable(host: string, port: number, name: string, error: NodeJS.ErrnoException): string {
  // a name with several addresses fails with all of their errors, and a message of none
  const [first] = error instanceof AggregateError ? (error.errors as NodeJS.ErrnoException[]) : [error]
  const code = first?.code ?? error.code
  if (code === 'ECONNREFUSED') {
    return `${name}: ${host} refused the connection; nothing listens on its port ${port}. Start the RFC 2217 server there, or check the number`
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${name}: there is no host named ${host}; check the name, or give its address`
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'ETIMEDOUT') {
    return `${name}: ${host} cannot be reached from here (${code}); check its address and the network between`
  }
  return `${name}: no connection: ${first?.message || error.message || code}; check host and port`
}

/** A lost connection, or a closed port, in the form that serialport's stream takes for "closed meanwhile". */
function canceled(): Error {
  return Object.assign(new Error('Port is not open'), { canceled: true })
}

export class Rfc2217Port implements BindingPortInterface {
  readonly openOptions: Required<OpenOptions>
  isOpen = true
  /** What the server said of the line, and what it left unsaid. */
  readonly counters = {
    octetsReceived: 0,
    octetsSent: 0,
    framingErrors: 0,
    parityErrors: 0,
    overruns: 0,
    breaks: 0,
    suspensions: 0,
    unconfirmed: 0,
    unknownAnswers: 0,
  }
  readonly #socket: Socket
  readonly #name: string
  readonly #decoder: TelnetDecoder
  readonly #options: TelnetOptions
  readonly #questions: Question[] = []
  readonly #input: Uint8Array[] = []
  #unread = 0
  #weSuspended = false
  #read: { deliver(): void; fail(error: Error): void } | undefined
  #greeting = ''
  #modemState = 0
  #suspended = false
  /** What waits for the server to resume, or for the connection to end. */
  readonly #wakers = new Set<() => void>()
  #gone: Error | undefined
  /** When the last octet will have left the far port (milliseconds of `performance.now`). */
  #busyUntilMilliseconds = 0

  constructor(socket: Socket, options: OpenOptions) {
    this.#socket = socket
    this.#name = options.path
    this.openOptions = openOptionsOf(options)
    const both = [BINARY, SUPPRESS_GO_AHEAD, com.COM_PORT_OPTION]
    this.#options = new TelnetOptions({ ours: both, theirs: both }, (verb, option) => {
      this.#put(encodeNegotiation(verb, option))
    })
    this.#options.onChange(() => this.#wake())
    this.#decoder = new TelnetDecoder({
      data: (octets) => this.#received(octets),
      negotiation: (verb, option) => this.#options.receive(verb, option),
      subnegotiation: (option, payload) => {
        if (option === com.COM_PORT_OPTION) this.#heard(payload)
      },
    })
    socket.on('data', (octets) => this.#decoder.push(octets))
    socket.on('error', (error) => this.#lose(error))
    socket.on('close', () => this.#lose(new Error('the connection was closed')))
  }

  /** The connection broke after both had agreed on RFC 2217. */
  get lost(): boolean {
    return this.#gone !== undefined && this.#options.state('ours', com.COM_PORT_OPTION) === 'yes'
  }

  /** Agrees with the server on what it is, and sets the port as asked. */
  async begin(keepsControls = false): Promise<void> {
    for (const option of [BINARY, SUPPRESS_GO_AHEAD]) {
      this.#options.ask('ours', option)
      this.#options.ask('theirs', option)
    }
    this.#options.ask('ours', com.COM_PORT_OPTION)
    await this.#agreement()
    const { baudRate, dataBits, parity, stopBits, rtscts } = this.openOptions
    this.#tell(com.SET_LINESTATE_MASK, [
      com.LINESTATE_OVERRUN | com.LINESTATE_PARITY | com.LINESTATE_FRAMING | com.LINESTATE_BREAK,
    ])
    this.#tell(com.SET_MODEMSTATE_MASK, [0xff])
    await this.#setBaud(baudRate)
    await this.#setting(com.SET_DATASIZE, dataBits, `${dataBits} data bits`)
    await this.#setting(com.SET_PARITY, com.PARITIES.indexOf(parity as 'none') + 1, `parity ${parity}`)
    await this.#setting(com.SET_STOPSIZE, com.STOP_SIZES.indexOf(stopBits as 1) + 1, `${stopBits} stop bits`)
    const flow = rtscts ? com.CONTROL_FLOW_HARDWARE : com.CONTROL_FLOW_NONE
    // A port without control circuits (a pseudo-terminal) cannot switch them, and is as good as any to open.
    const tolerant = (work: Promise<void>): Promise<void> =>
      work.catch(() => {
        this.counters.unconfirmed++
      })
    await Promise.all([
      tolerant(this.#control(flow, [0, 1, 2, 3, 17, 18, 19])),
      ...(keepsControls
        ? []
        : [tolerant(this.#control(com.CONTROL_RTS_ON, [11, 12])), tolerant(this.#control(com.CONTROL_DTR_ON, [8, 9]))]),
      this.flush(),
    ])
    this.#check()
  }

  /** Waits for the server's yes to RFC 2217. */
  async #agreement(): Promise<void> {
    const began = performance.now()
    const agreed = (): boolean =>
      this.#options.state('ours', com.COM_PORT_OPTION) === 'yes' ||
      this.#options.state('theirs', com.COM_PORT_OPTION) === 'yes'
    const refused = (): boolean => this.#options.state('ours', com.COM_PORT_OPTION) === 'refused'
    while (!agreed() && !refused() && this.#gone === undefined) {
      const left = AGREEMENT_TIMEOUT_MILLISECONDS - (performance.now() - began)
      if (left <= 0) break
      await this.#sleep(left)
    }
    if (agreed()) {
      if (this.#options.state('ours', BINARY) !== 'refused' && this.#options.state('theirs', BINARY) !== 'refused')
        return
      throw new TargetError(
        `${this.#name}: the server refuses binary transmission (RFC 856), so octets would be changed on their way; ${OFFERS_RFC2217}`,
      )
    }
    const said = oneLine(this.#greeting)
    const saying = said === '' ? '' : `, saying “${said}”`
    if (this.#gone !== undefined && !refused()) {
      throw new TargetError(
        `${this.#name}: the server closed the connection${saying}; if somebody else has the port, end that program, then try again`,
      )
    }
    throw new TargetError(
      refused()
        ? `${this.#name}: what answers is Telnet without RFC 2217: it refuses COM-PORT-OPTION${saying}; ${OFFERS_RFC2217}`
        : `${this.#name}: no answer to RFC 2217 within ${AGREEMENT_TIMEOUT_MILLISECONDS / 1000} s${saying}: what listens there does not speak Telnet (a raw TCP port?); ${OFFERS_RFC2217}`,
    )
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    if (!this.isOpen) throw canceled()
    if (this.#unread === 0) {
      if (this.#gone !== undefined) throw this.#gone
      await new Promise<void>((resolve, reject) => {
        this.#read = { deliver: resolve, fail: reject }
      })
    }
    let bytesRead = 0
    while (bytesRead < length && this.#input.length > 0) {
      const head = this.#input[0]
      const part = head.subarray(0, length - bytesRead)
      buffer.set(part, offset + bytesRead)
      bytesRead += part.length
      if (part.length === head.length) this.#input.shift()
      else this.#input[0] = head.subarray(part.length)
    }
    this.#unread -= bytesRead
    this.#throttle()
    return { buffer, bytesRead }
  }

  async write(buffer: Buffer): Promise<void> {
    for (let at = 0; at < buffer.length; at += PIECE) {
      while (this.#suspended && this.isOpen && this.#gone === undefined) await this.#sleep()
      this.#check()
      const piece = buffer.subarray(at, at + PIECE)
      const taken = this.#socket.write(escapeData(piece))
      this.counters.octetsSent += piece.length
      const { baudRate } = this.openOptions
      this.#busyUntilMilliseconds =
        Math.max(this.#busyUntilMilliseconds, performance.now()) + (piece.length * 10_000) / baudRate
      while (!taken && this.#socket.writableNeedDrain && this.isOpen && this.#gone === undefined) {
        const wake = (): void => this.#wake()
        this.#socket.once('drain', wake)
        await this.#sleep()
        this.#socket.off('drain', wake)
      }
    }
    this.#check()
  }

  /**
   * Waits until what was written has left the far port, as far as can be known: the server has answered a question that
   * came after it, and the time it takes on the line is over.
   */
  async drain(): Promise<void> {
    this.#check()
    const asked = performance.now()
    if (asked < this.#busyUntilMilliseconds + ADAPTER_MILLISECONDS) {
      await this.#ask(com.SET_BAUDRATE, com.encodeBaud(0), () => true, ANSWER_TIMEOUT_MILLISECONDS)
      const there = performance.now() - asked
      await delay(Math.max(0, this.#busyUntilMilliseconds + there - performance.now()) + ADAPTER_MILLISECONDS)
    }
    this.#check()
  }

  async update({ baudRate }: UpdateOptions): Promise<void> {
    this.#check()
    await this.#setBaud(baudRate)
    this.openOptions.baudRate = baudRate
  }

  async set({ brk, dtr, rts }: SetOptions): Promise<void> {
    this.#check()
    if (brk !== undefined) await this.#control(brk ? com.CONTROL_BREAK_ON : com.CONTROL_BREAK_OFF, [5, 6])
    if (rts !== undefined) await this.#control(rts ? com.CONTROL_RTS_ON : com.CONTROL_RTS_OFF, [11, 12])
    if (dtr !== undefined) await this.#control(dtr ? com.CONTROL_DTR_ON : com.CONTROL_DTR_OFF, [8, 9])
  }

  /** As the server last told. */
  async get(): Promise<PortStatus> {
    this.#check()
    const has = (bit: number): boolean => (this.#modemState & bit) !== 0
    return { cts: has(com.MODEMSTATE_CTS), dsr: has(com.MODEMSTATE_DSR), dcd: has(com.MODEMSTATE_DCD) }
  }

  async getBaudRate(): Promise<{ baudRate: number }> {
    this.#check()
    const answer = await this.#ask(com.SET_BAUDRATE, com.encodeBaud(0), () => true, ANSWER_TIMEOUT_MILLISECONDS)
    return { baudRate: (answer && com.decodeBaud(answer)) ?? this.openOptions.baudRate }
  }

  async flush(): Promise<void> {
    this.#check()
    const answer = await this.#ask(com.PURGE_DATA, [com.PURGE_BOTH], () => true, CONTROL_TIMEOUT_MILLISECONDS)
    if (answer === undefined) this.counters.unconfirmed++
    this.#input.length = 0
    this.#unread = 0
    this.#throttle()
  }

  async close(): Promise<void> {
    if (!this.isOpen) throw new Error('Port is not open')
    this.isOpen = false
    this.#read?.fail(canceled())
    this.#read = undefined
    this.#wake()
    if (this.#socket.destroyed) return
    this.#socket.resume()
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#socket.destroy(), CONTROL_TIMEOUT_MILLISECONDS)
      this.#socket.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      this.#socket.end()
    })
  }

  async #setBaud(baud: number): Promise<void> {
    const answer = await this.#ask(com.SET_BAUDRATE, com.encodeBaud(baud), () => true, ANSWER_TIMEOUT_MILLISECONDS)
    const taken = answer && com.decodeBaud(answer)
    if (taken === baud) return
    throw new TargetError(
      taken === undefined
        ? `${this.#name}: no sound answer to SET-BAUDRATE within ${ANSWER_TIMEOUT_MILLISECONDS / 1000} s; what listens there does not speak RFC 2217 as it should (${OFFERS_RFC2217})`
        : `${this.#name}: the server does not set ${baud} baud (its port is at ${taken}); name a rate that its port has, with --baud or as rfc2217://HOST:PORT@RATE`,
    )
  }

  async #setting(command: number, value: number, words: string): Promise<void> {
    const answer = await this.#ask(command, [value], () => true, ANSWER_TIMEOUT_MILLISECONDS)
    if (answer?.[0] === value) return
    const why = answer === undefined ? 'did not answer' : `answered with its code ${answer[0]}`
    throw new TargetError(
      `${this.#name}: the server was asked for ${words} and ${why}; set its port to 8 data bits, no parity, 1 stop bit`,
    )
  }

  /** @param group the values that an answer about the same thing may have */
  async #control(value: number, group: readonly number[]): Promise<void> {
    const about = (payload: Uint8Array): boolean => group.includes(payload[0])
    const answer = await this.#ask(com.SET_CONTROL, [value], about, CONTROL_TIMEOUT_MILLISECONDS)
    if (answer === undefined) this.counters.unconfirmed++
    else if (answer[0] !== value) throw new Error(`the server keeps its port at SET-CONTROL ${answer[0]}, not ${value}`)
  }

  /** Commands and answers; data waits by itself. */
  #put(octets: Uint8Array): void {
    if (this.#socket.destroyed) return
    this.#socket.write(octets)
    // only a server that asks and asks, and reads no answer, makes these pile up
    if (this.#socket.writableLength > STOP_AT) this.#socket.destroy(new Error('the server does not read its answers'))
  }

  #tell(command: number, payload: ArrayLike<number>): void {
    this.#put(encodeSubnegotiation(com.COM_PORT_OPTION, Uint8Array.of(command, ...Array.from(payload))))
  }

  /** @returns the answer, or undefined when none came in `milliseconds` */
  #ask(
    command: number,
    payload: ArrayLike<number>,
    answers: Question['answers'],
    milliseconds: number,
  ): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      const question: Question = {
        command,
        answers,
        settle: (answer) => {
          clearTimeout(timer)
          const at = this.#questions.indexOf(question)
          if (at >= 0) this.#questions.splice(at, 1)
          resolve(answer)
        },
      }
      const timer = setTimeout(() => question.settle(undefined), milliseconds)
      this.#questions.push(question)
      this.#tell(command, payload)
    })
  }

  /** A com port command from the server. */
  #heard(payload: Uint8Array): void {
    const [code, ...rest] = payload
    const value = Uint8Array.from(rest)
    switch (code) {
      case com.FROM_SERVER + com.NOTIFY_LINESTATE:
        this.#lineState(value[0] ?? 0)
        break
      case com.FROM_SERVER + com.NOTIFY_MODEMSTATE:
        this.#modemState = value[0] ?? 0
        break
      case com.FROM_SERVER + com.FLOWCONTROL_SUSPEND:
        this.#suspended = true
        this.counters.suspensions++
        break
      case com.FROM_SERVER + com.FLOWCONTROL_RESUME:
        this.#suspended = false
        this.#wake()
        break
      case com.SIGNATURE:
      case com.FROM_SERVER + com.SIGNATURE:
        // without text it is a question
        if (value.length === 0) this.#tell(com.SIGNATURE, new TextEncoder().encode('linkpulse'))
        break
      default: {
        const question = this.#questions.find((each) => com.FROM_SERVER + each.command === code && each.answers(value))
        if (question === undefined) this.counters.unknownAnswers++
        else question.settle(value)
      }
    }
  }

  #lineState(state: number): void {
    if (state & com.LINESTATE_OVERRUN) this.counters.overruns++
    if (state & com.LINESTATE_PARITY) this.counters.parityErrors++
    if (state & com.LINESTATE_FRAMING) this.counters.framingErrors++
    if (state & com.LINESTATE_BREAK) this.counters.breaks++
  }

  #received(octets: Uint8Array): void {
    if (this.#options.state('ours', com.COM_PORT_OPTION) !== 'yes' && this.#greeting.length < GREETING_LIMIT) {
      this.#greeting += String.fromCharCode(...octets.subarray(0, GREETING_LIMIT))
    }
    this.counters.octetsReceived += octets.length
    this.#input.push(octets)
    this.#unread += octets.length
    this.#throttle()
    const read = this.#read
    this.#read = undefined
    read?.deliver()
  }

  /** FLOWCONTROL-SUSPEND goes first, because answers still come through; TCP's own window is the last resort. */
  #throttle(): void {
    if (this.#unread >= SUSPEND_AT && !this.#weSuspended) {
      this.#weSuspended = true
      this.#tell(com.FLOWCONTROL_SUSPEND, [])
    } else if (this.#unread <= RESUME_AT && this.#weSuspended) {
      this.#weSuspended = false
      this.#tell(com.FLOWCONTROL_RESUME, [])
    }
    if (this.#unread >= STOP_AT) this.#socket.pause()
    else if (this.#socket.isPaused()) this.#socket.resume()
  }

  #lose(error: Error): void {
    if (this.#gone !== undefined) return
    this.#gone = error
    this.#read?.fail(error)
    this.#read = undefined
    for (const question of [...this.#questions]) question.settle(undefined)
    this.#wake()
  }

  #check(): void {
    if (!this.isOpen) throw canceled()
    if (this.#gone !== undefined) throw this.#gone
  }

  #wake(): void {
    const wakers = [...this.#wakers]
    this.#wakers.clear()
    for (const wake of wakers) wake()
  }

  /** Until something changes, or so long. */
  #sleep(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(() => wake(), milliseconds)
      const wake = (): void => {
        clearTimeout(timer)
        this.#wakers.delete(wake)
        resolve()
      }
      this.#wakers.add(wake)
    })
  }
}

/** A greeting as one line. */
function oneLine(text: string): string {
  return printable(text.slice(0, GREETING_LIMIT).replace(/\s+/g, ' ').trim())
}
