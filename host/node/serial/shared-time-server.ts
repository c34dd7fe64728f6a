/** The board's end of shared time (see shared-time.ts): lets virtual time go on as far as a check on this machine says. */
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { SerialLine } from '../../../firmware/hal/serial-line.js'
import { TargetError } from '../../errors/errors.js'
import { monotonic } from '../../event-loop.js'
import type { RealTimePacer } from '../../serial/pacing.js'
import { runtimeFolder } from '../files/runtime-folder.js'
import type { PtyBridge } from './pty-bridge.js'
import {
  GREETING,
  LineReader,
  readQuestion,
  sharedTimePath,
  type TimeAnswer,
  type TimeQuestion,
} from './shared-time.js'

/** A cell: with so many octets in hand the check can do something. */
const ENOUGH_OCTETS = 64
/** The line delivers sixteen octets at a time; when nothing came for longer than those take, what came was all. */
const GAP_OCTETS = 17
const BITS_AN_OCTET = 10
/** Real time that one stretch may simulate before signals and other input get their turn. */
const STRETCH = 20 * MILLISECOND

export interface SharedTimeOptions {
  readonly clock: Scheduler
  readonly pacer: RealTimePacer
  readonly bridge: PtyBridge
  /** The end of the line that the terminal stands for. */
  readonly line: SerialLine
}

export class SharedTimeServer {
  /** Connections that were ended: they did not speak our protocol, or came while another had the time. */
  readonly counters = { refused: 0, ended: 0 }
  readonly #options: SharedTimeOptions
  readonly #server: Server
  #client: Client | undefined

  /** Never fails: where no socket can be made, the board is in real time for everybody. */
  constructor(options: SharedTimeOptions) {
    this.#options = options
    this.#server = createServer((socket) => this.#accept(socket))
    this.#server.on('error', () => this.#server.close()) // the folder or the name is somebody else's: nobody can ask for the time
    this.#server.unref()
    try {
      runtimeFolder('the time of a served board')
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      return // no folder that is ours alone: as above
    }
    const path = sharedTimePath(options.bridge.path)
    rmSync(path, { force: true }) // of a process that was killed: the terminal is ours now, so this is nobody's
    this.#server.listen(path, () => chmodSync(path, 0o600))
  }

  close(): void {
    this.#client?.end()
    this.#server.close()
  }

  #accept(socket: Socket): void {
    if (this.#client !== undefined) {
      this.counters.refused++
      socket.destroy()
      return
    }
    this.#client = new Client(socket, this.#options, (proper) => {
      this.#client = undefined
      if (!proper) this.counters.ended++
    })
  }
}

/** A check that has the time. */
class Client {
  readonly #socket: Socket
  readonly #options: SharedTimeOptions
  readonly #lines = new LineReader()
  readonly #onEnd: (proper: boolean) => void
  readonly #begin: number
  readonly #received: number
  readonly #sent: number
  readonly #unhook: () => void
  /** Asked and not answered. */
  #question: TimeQuestion | undefined
  #stretch: NodeJS.Immediate | undefined
  /** Octets delivered since the last answer, and when the last of them were. */
  #heard = 0
  #heardAt = 0
  #ended = false

  constructor(socket: Socket, options: SharedTimeOptions, onEnd: (proper: boolean) => void) {
    this.#socket = socket
    this.#options = options
    this.#onEnd = onEnd
    const { clock, pacer, bridge, line } = options
    const { pty } = bridge
    pacer.stop()
    // What it writes is to be taken while time stands still: it asks for time when it has been.
    bridge.restrains = false
    bridge.discard()
    this.#begin = clock.now
    this.#received = pty.counters.received
    this.#sent = pty.counters.sent
    const toPort = line.handleOctets
    const fromPort = pty.handleOctets
    line.handleOctets = (octets, errors) => {
      toPort?.(octets, errors)
      this.#heard += octets.length
      this.#heardAt = clock.now
    }
    pty.handleOctets = (octets) => {
      fromPort?.(octets)
      this.#consider()
    }
    this.#unhook = () => {
      line.handleOctets = toPort
      pty.handleOctets = fromPort
    }
    socket.setEncoding('utf8')
    socket.on('data', (text: unknown) => this.#read(String(text)))
    socket.on('error', () => this.end(false))
    socket.on('close', () => this.end())
    this.#write(GREETING)
  }

  /** Real time goes on from where virtual time stands. */
  end(proper = true): void {
    if (this.#ended) return
    this.#ended = true
    clearImmediate(this.#stretch)
    this.#unhook()
    this.#socket.destroy()
    this.#options.pacer.start()
    this.#options.bridge.restrains = true
    this.#onEnd(proper)
  }

  #read(text: string): void {
    for (const line of this.#lines.push(text) ?? ['']) {
      const question = readQuestion(line)
      if (question === undefined || this.#question !== undefined) {
        this.end(false)
        return
      }
      this.#question = question
    }
    this.#consider()
  }

  /** Answers the question if its time has come, or sees to it that it does. */
  #consider(): void {
    const question = this.#question
    if (question === undefined || this.#stretch !== undefined || this.#ended) return
    const { clock, bridge } = this.#options
    const { pty } = bridge
    const received = pty.counters.received - this.#received
    if ('settle' in question) {
      if (received >= question.settle) this.#answer({ settled: received })
      return
    }
    if (received < question.written) return
    pty.noticeBaud() // the check has changed it while time stood still
    if (this.#advance(this.#begin + question.until)) {
      this.#heard = 0
      this.#answer({ now: clock.now - this.#begin, sent: pty.counters.sent + pty.pending - this.#sent })
      return
    }
    this.#stretch = setImmediate(() => {
      this.#stretch = undefined
      this.#consider()
    })
  }

  /** Goes on to `until`, or to what the check must be notified of first. False when the stretch was too short for either. */
  #advance(until: number): boolean {
    const { clock, line } = this.#options
    const began = monotonic()
    while (monotonic() - began < STRETCH) {
      if (this.#heard >= ENOUGH_OCTETS) return true
      const gap = this.#heardAt + (GAP_OCTETS * BITS_AN_OCTET * SECOND) / line.baud
      const limit = this.#heard > 0 ? Math.min(until, Math.ceil(gap)) : until
      const next = clock.nextAt
      if (next === undefined || next > limit) {
        clock.runUntil(Math.max(clock.now, limit))
        return true
      }
      clock.step()
    }
    return false
  }

  #answer(answer: TimeAnswer): void {
    this.#question = undefined
    this.#write(answer)
  }

  #write(line: TimeAnswer | typeof GREETING): void {
    this.#socket.write(`${JSON.stringify(line)}\n`)
  }
}
