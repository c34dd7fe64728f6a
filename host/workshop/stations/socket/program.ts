/** A program that is gone through call by call: where it stands, what each call gave, and the one that waits. */
import { NetError, type NetErrorCode } from '../../../../firmware/net/errors.js'
import type { Attempt, CallValue, SocketProcess } from './process.js'
import type { CodeLine, ProgramName, Variable } from './programs.js'

/** A call that was made. */
export interface CallRecord {
  /** Counted over all programs of a run. */
  readonly id: number
  readonly line: CodeLine
  readonly at: number
  /** The descriptor that it is about, or that it gave. */
  descriptor: number | undefined
  /** Undefined: it waits. */
  ended: number | undefined
  result: CallValue | undefined
  error: NetErrorCode | undefined
}

export type ProgramState = 'ready' | 'waits' | 'failed' | 'ended'

export interface ProgramOptions {
  readonly name: ProgramName
  readonly process: SocketProcess
  readonly now: () => number
  readonly type: 'stream' | 'datagram'
  /** As the code is now: lines that were not come to may change. */
  readonly code: () => readonly CodeLine[]
  readonly nextId: () => number
  /** Does what a call does, on its account. */
  readonly onAccountOf: (id: number, act: () => void) => void
  /** A call began, waits, or has come back. */
  readonly changed: (call: CallRecord) => void
}

export class Program {
  readonly name: ProgramName
  /** By the line's place; of one that was tried again, the last. */
  readonly calls: CallRecord[] = []
  readonly #options: ProgramOptions
  #at = 0
  #waits: { readonly call: CallRecord; readonly attempt: Attempt } | undefined
  #failed = false
  readonly #variables = new Map<Variable, number>()
  #buffer: Uint8Array = new Uint8Array(0)
  #from: CallValue['from']

  constructor(options: ProgramOptions) {
    this.name = options.name
    this.#options = options
  }

  /** The code: what was called as it was called, and the rest as it is now. */
  get lines(): readonly CodeLine[] {
    return this.#options
      .code()
      .map((line, i) => (i < this.#at || this.#waits?.call === this.calls[i] ? (this.calls[i]?.line ?? line) : line))
  }

  /** The place of the next call, or of the one that waits. */
  get at(): number {
    return this.#at
  }

  get state(): ProgramState {
    if (this.#waits !== undefined) return 'waits'
    if (this.#at >= this.#options.code().length) return 'ended'
    return this.#failed ? 'failed' : 'ready'
  }

  /** What was read last. */
  get buffer(): Uint8Array {
    return this.#buffer
  }

  /** Makes the next call, or the one that failed again. @returns false where it cannot: one waits, or the program has ended */
  step(): boolean {
    const line = this.#options.code()[this.#at]
    if (line === undefined || this.#waits !== undefined) return false
    this.#failed = false
    const { now, nextId, onAccountOf, process, type } = this.#options
    const on = line.on === undefined ? undefined : this.#variables.get(line.on)
    const call: CallRecord = {
      id: nextId(),
      line,
      at: now(),
      descriptor: on,
      ended: undefined,
      result: undefined,
      error: undefined,
    }
    this.calls[this.#at] = call
    onAccountOf(call.id, () =>
      this.#guarded(call, () => {
        const attempt = process.begin(line, { on, buffer: this.#buffer, from: this.#from, type })
        this.#try(call, attempt)
      }),
    )
    return true
  }

  /** Something changed: the call that waits may come back. */
  wake(): void {
    const waits = this.#waits
    if (waits === undefined) return
    this.#options.onAccountOf(waits.call.id, () =>
      this.#guarded(waits.call, () => this.#try(waits.call, waits.attempt)),
    )
  }

  #try(call: CallRecord, attempt: Attempt): void {
    const result = attempt()
    if (result === undefined) {
      if (this.#waits?.call === call) return
      this.#waits = { call, attempt }
      this.#options.changed(call)
      return
    }
    this.#waits = undefined
    const { line } = call
    if (line.assigns !== undefined) {
      this.#variables.set(line.assigns, result.value)
      call.descriptor = result.value
    }
    if (result.octets !== undefined) this.#buffer = result.octets
    if (result.from !== undefined) this.#from = result.from
    call.result = result
    this.#over(call)
    this.#at++
    this.#options.changed(call)
  }

  #guarded(call: CallRecord, act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      this.#waits = undefined
      this.#failed = true
      call.error = error.code
      this.#over(call)
      this.#options.changed(call)
    }
  }

  #over(call: CallRecord): void {
    call.ended = this.#options.now()
  }
}
