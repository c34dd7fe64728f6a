/** A program with somebody else's stack in it, as `linkpulse drill --against exec:COMMAND` speaks with it: lines on standard input and output. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Dialogue } from '../../drill/subject.js'
import { WrongStatement } from '../../drill/unsupported.js'
import { later } from '../../event-loop.js'
import { keyed } from '../../text/keyed.js'

/** How long one line may wait for its answer. */
const ANSWER_SECONDS = 20
/** Characters of one answer: frames and what was read, in hexadecimal. */
const LARGEST_ANSWER = 1 << 24

export class LineProgram {
  readonly #process: ChildProcess
  readonly #closed: Promise<void>
  #text = ''
  #ended: string | undefined
  #answered: (() => void) | undefined

  /** Starts it, by the shell. */
  constructor(command: string) {
    this.#process = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#closed = new Promise((resolve) => this.#process.once('close', () => resolve()))
    this.#process.once('error', (error) => this.#end(error.message))
    this.#process.once('close', (status, signal) => this.#end(signal ?? `exit status ${status}`))
    // It has ended, or does not read: its end, or its silence, tells whoever waits for an answer.
    this.#process.stdin?.on('error', () => {})
    this.#process.stdout?.setEncoding('utf8')
    this.#process.stdout?.on('data', (text: string) => {
      this.#text += text
      this.#answered?.()
    })
  }

  /**
   * Leads a dialogue to its end.
   * @param signal ends it early
   * @throws what the dialogue throws; WrongStatement within it when the program ends or is silent; the signal's reason
   */
  async converse<T>(dialogue: Dialogue<T>, signal?: AbortSignal): Promise<T> {
    let next = dialogue.next([])
    while (!next.done) {
      signal?.throwIfAborted()
      let answer: readonly string[]
      try {
        answer = await this.#ask(next.value, signal)
      } catch (error) {
        next = dialogue.throw(error)
        continue
      }
      next = dialogue.next(answer)
    }
    return next.value
  }

  /** Ends the program, and resolves when it has ended. */
  async close(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#closed
  }

  async #ask(line: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
    this.#process.stdin?.write(`${line}\n`)
    let silent = false
    const disarm = later(ANSWER_SECONDS * 1000, () => {
      silent = true
      this.#answered?.()
    })
    const interrupt = (): void => this.#answered?.()
    signal?.addEventListener('abort', interrupt)
    try {
      for (;;) {
        const answer = this.#takeAnswer()
        if (answer !== undefined) return answer
        signal?.throwIfAborted()
        const asked = line.slice(0, 60)
        if (this.#ended !== undefined) throw new WrongStatement(keyed('pkt.program-ended', { asked, how: this.#ended }))
        if (silent || this.#text.length > LARGEST_ANSWER)
          throw new WrongStatement(keyed('pkt.program-silent', { asked, seconds: ANSWER_SECONDS }))
        await new Promise<void>((resolve) => {
          this.#answered = resolve
        })
      }
    } finally {
      disarm()
      signal?.removeEventListener('abort', interrupt)
    }
  }

  /** Lines up to one that ends an answer, once they are all there. */
  #takeAnswer(): readonly string[] | undefined {
    const end = /^(?:ok|error)\b[^\n]*\n/m.exec(this.#text)
    if (end === null) return undefined
    const whole = this.#text.slice(0, end.index + end[0].length)
    this.#text = this.#text.slice(whole.length)
    return whole.trimEnd().split(/\r?\n/)
  }

  #end(how: string): void {
    this.#ended ??= how
    this.#answered?.()
  }
}
