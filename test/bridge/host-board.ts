/** The bridge's C core as a board on a simulated line: a process in lock step with virtual time. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { UartEnd } from '../../boards/rs232/uart-line.js'
import type { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Timer } from '../../firmware/hal/clock.js'

/** Octets that the process may put on the line at once: what its UART takes before the line has moved on. */
const ROOM = 32

export class HostBoard {
  readonly #clock: Scheduler
  readonly #line: UartEnd
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>
  #received: number[] = []
  #due = true
  #timer: Timer | undefined
  #answer: Buffer = Buffer.alloc(0)
  #arrived: (() => void) | undefined
  #complaints = ''
  #exit: number | null | undefined
  interruptHigh = true
  exchanges = 0

  constructor(program: string, clock: Scheduler, line: UartEnd, seed = 1) {
    this.#clock = clock
    this.#line = line
    this.#process = spawn(program, [String(seed)], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#process.stdout.on('data', (chunk: Buffer) => {
      this.#answer = this.#answer.length === 0 ? chunk : Buffer.concat([this.#answer, chunk])
      this.#arrived?.()
    })
    this.#process.stderr.on('data', (chunk: Buffer) => {
      this.#complaints += chunk
    })
    this.#process.on('close', (code) => {
      this.#exit = code
      this.#arrived?.()
    })
    line.handleOctets = (octets, errors) => {
      octets.forEach((octet, i) => {
        this.#received.push(octet, errors?.[i] ?? 0)
      })
      this.#due = true
    }
  }

  /** Runs the simulation, and the process whenever it has something to do, while `condition` holds. */
  async runWhile(condition: () => boolean, limit: number): Promise<void> {
    const end = this.#clock.now + limit
    while (condition() && this.#clock.now < end) {
      if (this.#due) await this.#exchange()
      else if (!this.#clock.step()) return
    }
  }

  async runFor(duration: number): Promise<void> {
    const end = this.#clock.now + duration
    this.#clock.after(duration, () => {})
    await this.runWhile(() => this.#clock.now < end, duration)
  }

  /** Ends the process. Throws what the sanitizers found. */
  async close(): Promise<void> {
    this.#process.stdin.end()
    while (this.#exit === undefined) await this.#more()
    if (this.#exit !== 0) throw new Error(`the core ended with status ${this.#exit}: ${this.#complaints}`)
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve
    })
  }

  async #exchange(): Promise<void> {
    this.#due = false
    this.exchanges++
    const request = Buffer.alloc(9 + this.#received.length)
    const micros = Math.floor(this.#clock.now / 1000)
    request.writeUInt32LE(micros % 2 ** 32, 0)
    request[4] = this.interruptHigh ? 1 : 0
    request.writeUInt16LE(Math.max(0, ROOM - this.#line.pending), 5)
    request.writeUInt16LE(this.#received.length / 2, 7)
    request.set(this.#received, 9)
    this.#received = []
    this.#answer = Buffer.alloc(0)
    this.#process.stdin.write(request)
    while (this.#answer.length < 10 || this.#answer.length < 10 + this.#answer.readUInt16LE(8)) {
      await this.#more()
      if (this.#exit !== undefined) throw new Error(`the core ended with status ${this.#exit}: ${this.#complaints}`)
    }
    const wait = this.#answer.readUInt32LE(0)
    const baud = this.#answer.readUInt32LE(4)
    const count = this.#answer.readUInt16LE(8)
    if (baud !== this.#line.baud) this.#line.setBaud(baud)
    if (count > 0) this.#line.write(this.#answer.subarray(10, 10 + count))
    this.#clock.cancel(this.#timer)
    // With octets on the line it runs again when half of them have left.
    const octetTime = 1e10 / this.#line.baud
    const leaves = this.#line.pending > 0 ? Math.max(octetTime, (this.#line.pending - ROOM / 2) * octetTime) : Infinity
    this.#timer = this.#clock.after(Math.round(Math.min(wait * 1000, leaves)), () => {
      this.#due = true
    })
  }
}
