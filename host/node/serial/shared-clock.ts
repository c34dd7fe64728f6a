/** The check's end of shared time (see shared-time.ts): a clock whose time is the served board's. */
import { connect, type Socket } from 'node:net'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import type { Clock, Timer } from '../../../firmware/hal/clock.js'
import { TargetError } from '../../errors/errors.js'
import { isOwnFolder, runtimePlace } from '../files/runtime-folder.js'
import type { CountedPort } from './counted-port.js'
import { vanished } from './port.js'
import {
  isGreeting,
  LineReader,
  readAnswer,
  sharedTimePath,
  type TimeAnswer,
  type TimeQuestion,
} from './shared-time.js'

/** Everything the host does between two instants is made of microtasks and `nextTick`: both queues are empty after this. */
function barrier(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Resolves with the next change of a port. */
function change(port: CountedPort): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = port.onChange(() => {
      unsubscribe()
      resolve()
    })
  })
}

export class SharedClock implements Clock {
  /** Rejects when the board stops sharing its time: it was ended, most likely. */
  readonly lost: Promise<never>
  readonly #scheduler = new Scheduler()
  readonly #socket: Socket
  readonly #path: string
  readonly #lines = new LineReader()
  #fail: (error: Error) => void = () => {}
  #port: CountedPort | undefined
  /** Whoever waits for an answer, for octets to have been read, or for something to do. */
  #answered: ((answer: TimeAnswer) => void) | undefined
  #wake: (() => void) | undefined
  #asking: Promise<unknown> = Promise.resolve()
  #closed = false

  private constructor(socket: Socket, path: string) {
    this.#socket = socket
    this.#path = path
    this.lost = new Promise<never>((_, reject) => {
      this.#fail = reject
    })
    this.lost.catch(() => {}) // whoever drives work gets the error
    socket.on('data', (text: unknown) => this.#read(String(text)))
    socket.on('error', () => this.#lose())
    socket.on('close', () => this.#lose())
  }

  /** The clock of the board behind a port; undefined where the port is no served board's, or has another check already. */
  static async of(path: string): Promise<SharedClock | undefined> {
    if (process.getuid === undefined || !isOwnFolder(runtimePlace())) return undefined
    const socket = connect(sharedTimePath(path)).setEncoding('utf8')
    const lines = new LineReader()
    const greeted = await new Promise<boolean>((resolve) => {
      socket.on('error', () => resolve(false)) // nobody listens: a real port
      socket.on('close', () => resolve(false))
      socket.once('data', (text: unknown) => {
        const first = lines.push(String(text))?.[0]
        resolve(first !== undefined && isGreeting(first))
      })
    })
    if (!greeted) {
      socket.destroy()
      return undefined
    }
    socket.removeAllListeners()
    return new SharedClock(socket, path)
  }

  /** Nanoseconds since the board began to share its time. */
  get now(): number {
    return this.#scheduler.now
  }

  after(delay: number, callback: () => void): Timer {
    const timer = this.#scheduler.after(delay, callback)
    this.#wake?.()
    return timer
  }

  cancel(timer: Timer | undefined): void {
    this.#scheduler.cancel(timer)
  }

  /** Resolves when what was written to the port has reached the board. */
  async quiet(): Promise<void> {
    await this.#ask({ settle: this.#port?.writtenOctets ?? 0 })
  }

  /** From here on time goes on whenever the host waits for it. */
  start(port: CountedPort): void {
    this.#port = port
    this.#run(port).catch((error: Error) => this.#fail(error))
  }

  close(): void {
    this.#closed = true
    this.#wake?.()
    this.#socket.destroy()
  }

  async #run(port: CountedPort): Promise<void> {
    for (;;) {
      await barrier()
      while (port.calls > 0 && !this.#closed) {
        await change(port)
        await barrier()
      }
      if (this.#closed) return
      const until = this.#scheduler.nextAt
      if (until === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        this.#wake = undefined
        continue
      }
      const answer = await this.#ask({ until, written: port.writtenOctets })
      if (!('now' in answer)) throw new TargetError(`${this.#path} answered a question about time with something else`)
      await this.#haveRead(port, answer.sent)
      this.#scheduler.runUntil(answer.now)
    }
  }

  /** Resolves when the host has been handed `octets` in all. */
  async #haveRead(port: CountedPort, octets: number): Promise<void> {
    let read = () => {}
    const stop = port.onRead(() => read())
    while (port.readOctets < octets && port.isOpen) {
      await new Promise<void>((resolve) => {
        read = resolve
      })
    }
    stop()
    await barrier()
  }

  /** One question at a time: the next waits for the answer to the one before. Rejects when the board is lost. */
  #ask(question: TimeQuestion): Promise<TimeAnswer> {
    const answer = this.#asking.then(() => {
      const said = new Promise<TimeAnswer>((resolve) => {
        this.#answered = resolve
        this.#socket.write(`${JSON.stringify(question)}\n`)
      })
      return Promise.race([said, this.lost])
    })
    this.#asking = answer
    return answer
  }

  #read(text: string): void {
    for (const line of this.#lines.push(text) ?? ['']) {
      const answer = readAnswer(line)
      const settle = this.#answered
      if (answer === undefined || settle === undefined) {
        this.#lose()
        return
      }
      this.#answered = undefined
      settle(answer)
    }
  }

  #lose(): void {
    if (this.#closed) return
    this.close()
    this.#fail(vanished(this.#path))
  }
}
