/**
 * A simulated line's end as a serial port on the network: the server of RFC 2217. One client at a time has the port, as one
 * program at a time has a port of the operating system.
 */
import { createServer, type Server, type Socket } from 'node:net'
import type { SerialFraming } from '../../../boards/rs232/framing.js'
import { type Clock, MILLISECOND, SECOND, type Timer } from '../../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR } from '../../../firmware/hal/serial-line.js'
import { TargetError } from '../../errors/errors.js'
import * as com from '../../serial/com-port.js'
import {
  BINARY,
  encodeNegotiation,
  encodeNop,
  encodeSubnegotiation,
  escapeData,
  SUPPRESS_GO_AHEAD,
  TelnetDecoder,
  TelnetOptions,
} from '../../serial/telnet.js'
import { listeningAt } from '../tcp-listener.js'
import type { ControlledLine } from './memory-binding.js'
import { networkName } from './rfc2217-port.js'

const BITS_PER_OCTET = 10
/** Octets kept for a client that does not read; what comes after is lost, as in a terminal's buffer. */
const QUEUE_LIMIT = 65_536
/** Octets of answers that a client leaves unread before it is dropped. */
const ANSWERS_LIMIT = 4 * QUEUE_LIMIT
/** Octets kept of what a client sends, until the line has room; a client that is faster waits, by TCP's window. */
const HELD_LIMIT = 16_384
/** What a change of settings that waits for its turn counts for among them. */
const CHANGE_OCTETS = 16
/**
 * What a UART was given leaves it, whoever goes away: that of a 16550A has 16 octets, and a faster one what it sends in this
 * time. All the rest is the server's, and can be dropped.
 */
const FIFO_OCTETS = 16
const FIFO_TIME = 2 * MILLISECOND
/** Between two looks whether the line has caught up. */
const SHORTEST_LOOK = 1 * MILLISECOND
const LONGEST_LOOK = 20 * MILLISECOND
/** A client that is made to wait is not read, so its end would not be seen: so often it is sent a NOP, which a dead one answers with a reset. */
const PROBE_INTERVAL = 1 * SECOND
/** A client that says nothing may be a machine that lost its supply: TCP asks after so many milliseconds (RFC 9293 3.8.4). */
const KEEP_ALIVE_MILLISECONDS = 30_000
/** Whoever was refused and does not hang up is disconnected, after so many milliseconds. */
const LINGER_MILLISECONDS = 1_000
/** Connections at once, those that are about to be refused among them. */
const MOST_CONNECTIONS = 16
const FRAMING: SerialFraming = { dataBits: 8, parity: 'none', stopBits: 1 }
const LOWEST_BAUD = 300
const HIGHEST_BAUD = 4_000_000

export interface Rfc2217ServerOptions {
  /** The host's end of the line. */
  readonly line: ControlledLine
  /** The line's clock. */
  readonly clock: Clock
  /** Hands what comes from outside to the simulation, at the instant it shall happen. */
  enter(input: () => void): void
  /** DTR went from off to on: what resets an Arduino, through its capacitor. */
  onDtr?(): void
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
}

export class Rfc2217Server {
  readonly counters = { clients: 0, refused: 0, octetsReceived: 0, octetsSent: 0, unreadOctets: 0 }
  /** What a client opens: `rfc2217://HOST:PORT`. */
  readonly url: string
  /** Rejects when the server fails for good. */
  readonly failed: Promise<never>
  readonly #server: Server
  readonly #options: Rfc2217ServerOptions
  #client: Client | undefined

  private constructor(server: Server, options: Rfc2217ServerOptions) {
    this.#server = server
    this.#options = options
    this.url = networkName(options.host, listeningAt(server).port)
    this.failed = new Promise((_, reject) => server.on('error', reject))
    this.failed.catch(() => {}) // whoever waits for it gets the error
    options.line.handleOctets = (octets, errors) => {
      if (this.#client === undefined) this.counters.unreadOctets += octets.length
      else this.#client.send(octets, errors)
    }
    server.on('connection', (socket) => this.#welcome(socket))
    server.on('drop', () => this.counters.refused++)
  }

  /** @throws TargetError when the port is taken, or not ours to take */
  static listen(options: Rfc2217ServerOptions): Promise<Rfc2217Server> {
    const { host, port } = options
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MILLISECONDS })
      server.maxConnections = MOST_CONNECTIONS
      server.once('error', (error: NodeJS.ErrnoException) => {
        const why =
          error.code === 'EADDRINUSE'
            ? `another program listens on port ${port} of ${host} already; end it, or name another port`
            : error.code === 'EACCES'
              ? `no permission to listen on port ${port}; name one from 1024 up`
              : error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND'
                ? `${host} is no address of this machine; leave it out to listen on this machine only`
                : error.message
        reject(new TargetError(`${networkName(host, port)}: ${why}`, { cause: error }))
      })
      server.listen(port, host, () => {
        server.removeAllListeners('error')
        resolve(new Rfc2217Server(server, options))
      })
    })
  }

  close(): void {
    this.#server.close()
    this.#client?.end()
    this.#options.line.handleOctets = undefined
  }

  #welcome(socket: Socket): void {
    socket.on('error', () => socket.destroy()) // a client that resets its connection is gone, no more
    if (this.#client !== undefined) {
      this.counters.refused++
      refuse(socket)
      return
    }
    this.counters.clients++
    const client = new Client(socket, this.#options, this.counters)
    this.#client = client
    const gone = (): void => {
      if (this.#client !== client) return
      this.#client = undefined
      client.leave()
    }
    // Whoever ends its half of the connection has hung up: the port is free for the next one from here on.
    socket.once('end', gone)
    socket.once('close', gone)
  }
}

/** Tells why, ends our half at once, and has no ear for what comes: unread octets would have a reset overtake the reason. */
function refuse(socket: Socket): void {
  socket.resume()
  socket.end('the port is in use\r\n')
  const timer = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS)
  socket.once('close', () => clearTimeout(timer))
}

class Client {
  readonly #socket: Socket
  readonly #options: Rfc2217ServerOptions
  readonly #counters: Rfc2217Server['counters']
  readonly #telnet: TelnetOptions
  readonly #deaf: (() => void) | undefined
  /** What waits for room on the line: octets, and changes of settings in their turn between them. */
  #held: (Uint8Array | (() => void))[] = []
  #heldOctets = 0
  #look: Timer | undefined
  #probe: Timer | undefined
  #left = false
  #framing = FRAMING
  // The server has the port open all the time, with both on: a client that merely connects resets nothing.
  #dtr = true
  #rts = true
  #break = false
  #suspended = false
  #queue: Uint8Array[] = []
  #queued = 0
  #lineMask = 0
  #modemMask = 0xff
  #modemState = 0

  constructor(socket: Socket, options: Rfc2217ServerOptions, counters: Rfc2217Server['counters']) {
    this.#socket = socket
    this.#options = options
    this.#counters = counters
    const both = [BINARY, SUPPRESS_GO_AHEAD, com.COM_PORT_OPTION]
    this.#telnet = new TelnetOptions({ ours: both, theirs: both }, (verb, option) => {
      this.#put(encodeNegotiation(verb, option))
    })
    this.#telnet.onChange((_, option, on) => {
      if (option === com.COM_PORT_OPTION && on) this.#modem(true)
    })
    const decoder = new TelnetDecoder({
      data: (octets) => {
        this.#counters.octetsReceived += octets.length
        options.enter(() => this.#take(octets))
      },
      negotiation: (verb, option) => this.#telnet.receive(verb, option),
      subnegotiation: (option, payload) => {
        if (option === com.COM_PORT_OPTION) this.#heard(payload)
      },
    })
    socket.on('data', (octets) => {
      // the answers to one segment leave together
      socket.cork()
      decoder.push(octets)
      socket.uncork()
    })
    this.#telnet.ask('ours', BINARY)
    this.#telnet.ask('theirs', BINARY)
    this.#telnet.ask('ours', SUPPRESS_GO_AHEAD)
    this.#telnet.ask('theirs', com.COM_PORT_OPTION)
    this.#deaf = options.line.modem?.onChange(() => this.#modem(false))
  }

  /** What the line delivered, for the client. */
  send(octets: Uint8Array, errors: Uint8Array | undefined): void {
    if (errors !== undefined) this.#lineState(errors)
    const room = QUEUE_LIMIT - this.#queued - this.#socket.writableLength
    const taken = octets.slice(0, Math.max(0, room))
    this.#counters.unreadOctets += octets.length - taken.length
    if (taken.length === 0) return
    this.#queue.push(taken)
    this.#queued += taken.length
    this.#flush()
  }

  end(): void {
    this.#socket.destroy()
  }

  /** The client is gone: what it queued goes with it, and nothing that it set stays on the line but its rate. */
  leave(): void {
    this.#left = true
    this.#deaf?.()
    this.#socket.destroy()
    this.#held = []
    const { line, clock, enter, onDtr } = this.#options
    clock.cancel(this.#look)
    clock.cancel(this.#probe)
    enter(() => {
      if (this.#break) line.setBreak?.(false)
      if (this.#framing !== FRAMING) line.setFraming?.(FRAMING)
      line.modem?.set('dtr', true)
      line.modem?.set('rts', true)
      if (!this.#dtr) onDtr?.() // as at any time when DTR goes on
    })
  }

  #put(octets: Uint8Array): void {
    if (this.#socket.destroyed) return
    this.#socket.write(octets)
    // data is bounded by the queue: only a client that asks and asks, and reads no answer, comes here
    if (this.#socket.writableLength > ANSWERS_LIMIT) this.#socket.destroy()
  }

  #tell(command: number, payload: ArrayLike<number>): void {
    const octets = Uint8Array.of(com.FROM_SERVER + command, ...Array.from(payload))
    this.#put(encodeSubnegotiation(com.COM_PORT_OPTION, octets))
  }

  #flush(): void {
    if (this.#suspended) return
    for (const octets of this.#queue.splice(0)) {
      this.#counters.octetsSent += octets.length
      this.#put(escapeData(octets))
    }
    this.#queued = 0
  }

  #take(what: Uint8Array | (() => void)): void {
    if (this.#left) return
    this.#held.push(what)
    this.#heldOctets += sizeOf(what)
    if (this.#look === undefined) this.#next()
    else this.#restrain()
  }

  /** Hands the line what it has room for. A UART finishes what it was given before its settings change. */
  #next(): void {
    const { line, clock } = this.#options
    this.#look = undefined
    const octetTime = (BITS_PER_OCTET * SECOND) / line.baud
    const fifo = Math.max(FIFO_OCTETS, Math.floor(FIFO_TIME / octetTime))
    while (this.#held.length > 0) {
      const head = this.#held[0]
      const room = typeof head === 'function' ? (line.pending > 0 ? 0 : 1) : fifo - line.pending
      if (room <= 0) {
        const surplus = typeof head === 'function' ? line.pending : line.pending - fifo / 2
        const wait = Math.min(LONGEST_LOOK, Math.max(SHORTEST_LOOK, Math.ceil(surplus * octetTime)))
        this.#look = clock.after(wait, () => this.#next())
        break
      }
      if (typeof head === 'function' || head.length <= room) this.#held.shift()
      else this.#held[0] = head.subarray(room)
      this.#heldOctets -= typeof head === 'function' ? CHANGE_OCTETS : Math.min(room, head.length)
      if (typeof head === 'function') head()
      else line.write(head.subarray(0, room))
    }
    this.#restrain()
  }

  /** A client that is faster than the line waits, as at a port whose buffer is full. */
  #restrain(): void {
    const socket = this.#socket
    if (this.#heldOctets >= HELD_LIMIT && !socket.isPaused()) {
      socket.pause()
      this.#ask()
    } else if (this.#heldOctets < HELD_LIMIT / 2 && socket.isPaused()) {
      this.#options.clock.cancel(this.#probe)
      socket.resume()
    }
  }

  /** Again and again while it waits. */
  #ask(): void {
    this.#probe = this.#options.clock.after(PROBE_INTERVAL, () => {
      this.#put(encodeNop())
      this.#ask()
    })
  }

  /** Drops octets that were not yet written to the line; changes of settings stay. */
  #forget(): void {
    this.#held = this.#held.filter((each) => typeof each === 'function')
    this.#heldOctets = this.#held.length * CHANGE_OCTETS
    this.#restrain()
  }

  /** A change of settings, made in its turn; the answer says what holds then. */
  #change(change: () => void, answer: () => void): void {
    this.#options.enter(() =>
      this.#take(() => {
        change()
        answer()
      }),
    )
  }

  #heard(payload: Uint8Array): void {
    const { line } = this.#options
    const [command, value = 0] = payload
    switch (command) {
      case com.SIGNATURE:
        if (payload.length === 1) this.#tell(com.SIGNATURE, new TextEncoder().encode('linkpulse'))
        break
      case com.SET_BAUDRATE: {
        const baud = com.decodeBaud(payload.subarray(1)) ?? 0
        const sound = baud >= LOWEST_BAUD && baud <= HIGHEST_BAUD
        this.#change(
          () => {
            if (sound) line.setBaud(baud)
          },
          () => this.#tell(command, com.encodeBaud(line.baud)),
        )
        break
      }
      case com.SET_DATASIZE:
        if (value >= 5 && value <= 8)
          this.#frame(command, { ...this.#framing, dataBits: value as SerialFraming['dataBits'] })
        else this.#frame(command, this.#framing)
        break
      case com.SET_PARITY:
        this.#frame(command, { ...this.#framing, parity: com.PARITIES[value - 1] ?? this.#framing.parity })
        break
      case com.SET_STOPSIZE:
        this.#frame(command, { ...this.#framing, stopBits: com.STOP_SIZES[value - 1] ?? this.#framing.stopBits })
        break
      case com.SET_CONTROL:
        this.#control(value)
        break
      case com.NOTIFY_MODEMSTATE:
        this.#modem(true)
        break
      case com.NOTIFY_LINESTATE:
        this.#tell(command, [0])
        break
      case com.FLOWCONTROL_SUSPEND:
        this.#suspended = true
        break
      case com.FLOWCONTROL_RESUME:
        this.#suspended = false
        this.#flush()
        break
      case com.SET_LINESTATE_MASK:
        this.#lineMask = value
        this.#tell(command, [value])
        break
      case com.SET_MODEMSTATE_MASK:
        this.#modemMask = value
        this.#tell(command, [value])
        break
      case com.PURGE_DATA:
        if (value === com.PURGE_RECEIVED || value === com.PURGE_BOTH) {
          this.#queue = []
          this.#queued = 0
        }
        // what the UART was given leaves it, as octets in a real one would
        if (value === com.PURGE_TO_SEND || value === com.PURGE_BOTH) this.#forget()
        this.#tell(command, [value])
        break
    }
  }

  /** Without framing of its own a line stays as it is, and the answer says so. */
  #frame(command: number, wanted: SerialFraming): void {
    const { line } = this.#options
    this.#change(
      () => {
        if (line.setFraming === undefined) return
        line.setFraming(wanted)
        this.#framing = wanted
      },
      () => {
        const { dataBits, parity, stopBits } = this.#framing
        if (command === com.SET_DATASIZE) this.#tell(command, [dataBits])
        else if (command === com.SET_PARITY) this.#tell(command, [com.PARITIES.indexOf(parity) + 1])
        else this.#tell(command, [com.STOP_SIZES.indexOf(stopBits) + 1])
      },
    )
  }

  #control(value: number): void {
    const { line, onDtr } = this.#options
    const answer = (state: number): void => this.#tell(com.SET_CONTROL, [state])
    const circuits = (): void => {
      line.modem?.set('dtr', this.#dtr)
      line.modem?.set('rts', this.#rts)
    }
    switch (value) {
      case com.CONTROL_BREAK_ON:
      case com.CONTROL_BREAK_OFF:
        this.#break = value === com.CONTROL_BREAK_ON && line.setBreak !== undefined
        this.#change(
          () => line.setBreak?.(value === com.CONTROL_BREAK_ON),
          () => answer(this.#break ? com.CONTROL_BREAK_ON : com.CONTROL_BREAK_OFF),
        )
        break
      case com.CONTROL_BREAK_QUERY:
        answer(this.#break ? com.CONTROL_BREAK_ON : com.CONTROL_BREAK_OFF)
        break
      case com.CONTROL_DTR_ON:
      case com.CONTROL_DTR_OFF: {
        const before = this.#dtr
        this.#dtr = value === com.CONTROL_DTR_ON
        const rises = this.#dtr && !before
        this.#options.enter(() => {
          circuits()
          if (rises) onDtr?.()
          answer(value)
        })
        break
      }
      case com.CONTROL_DTR_QUERY:
        answer(this.#dtr ? com.CONTROL_DTR_ON : com.CONTROL_DTR_OFF)
        break
      case com.CONTROL_RTS_ON:
      case com.CONTROL_RTS_OFF:
        this.#rts = value === com.CONTROL_RTS_ON
        this.#options.enter(() => {
          circuits()
          answer(value)
        })
        break
      case com.CONTROL_RTS_QUERY:
        answer(this.#rts ? com.CONTROL_RTS_ON : com.CONTROL_RTS_OFF)
        break
      default:
        // flow control: there is none, whatever is asked for
        answer(value >= com.CONTROL_INBOUND_QUERY ? com.CONTROL_INBOUND_NONE : com.CONTROL_FLOW_NONE)
    }
  }

  /** CTS, DSR and DCD, and in the low half which of them changed. */
  #modem(always: boolean): void {
    const { modem } = this.#options.line
    const state =
      (modem?.get('cts') ? com.MODEMSTATE_CTS : 0) |
      (modem?.get('dsr') ? com.MODEMSTATE_DSR : 0) |
      (modem?.get('dcd') ? com.MODEMSTATE_DCD : 0)
    const changed = (state ^ this.#modemState) >> 4
    this.#modemState = state
    const told = (state | changed) & this.#modemMask
    if (always || (changed & this.#modemMask) !== 0) this.#tell(com.NOTIFY_MODEMSTATE, [told])
  }

  #lineState(errors: Uint8Array): void {
    let state = 0
    for (const flags of errors) {
      if (flags & LINE_OVERRUN) state |= com.LINESTATE_OVERRUN
      if (flags & LINE_PARITY_ERROR) state |= com.LINESTATE_PARITY
      if (flags & LINE_FRAMING_ERROR) state |= com.LINESTATE_FRAMING
    }
    if (state & this.#lineMask) this.#tell(com.NOTIFY_LINESTATE, [state & this.#lineMask])
  }
}

/** What it counts for while it waits. */
function sizeOf(what: Uint8Array | (() => void)): number {
  return typeof what === 'function' ? CHANGE_OCTETS : what.length
}
