/**
 * Waveforms as Value Change Dump (IEEE 1364 clause 18), for PulseView, sigrok and GTKWave: digital and real-valued
 * signals, only what changes. The same changes give the same text: no date, no name of a machine.
 */

import { InPieces } from './in-pieces.js'

export type VcdTimescale = '1 ps' | '10 ps' | '100 ps' | '1 ns' | '10 ns' | '100 ns' | '1 us'

/** Units a nanosecond. */
const UNITS: Readonly<Record<VcdTimescale, number>> = {
  '1 ps': 1000,
  '10 ps': 100,
  '100 ps': 10,
  '1 ns': 1,
  '10 ns': 0.1,
  '100 ns': 0.01,
  '1 us': 0.001,
}

/** z: nobody drives the wire; x: its level is not known. */
export type VcdLevel = 0 | 1 | 'x' | 'z'

export interface DigitalSignal {
  readonly kind: 'digital'
  readonly name: string
}

export interface RealSignal {
  readonly kind: 'real'
  readonly name: string
}

/** What a trace draws into: a file, or something that sorts before it, or a scope. */
export interface TraceSink {
  digital(name: string, initial?: VcdLevel, scope?: string): DigitalSignal
  real(name: string, initial?: number, scope?: string): RealSignal
  change(signal: DigitalSignal, at: number, value: VcdLevel): void
  change(signal: RealSignal, at: number, value: number): void
}

interface Declared {
  readonly identifier: string
  readonly scope: string
  readonly name: string
  readonly kind: 'digital' | 'real'
  value: VcdLevel | number
}

export interface VcdOptions {
  /** Takes the text in order, in pieces of some 64 KiB. */
  write(text: string): void
  /** 1 ns by default. Instants between two units are rounded. */
  timescale?: VcdTimescale
  /** When the waveform begins, in nanoseconds; 0 by default. Readers that sample do not have to begin at 0. */
  start?: number
  comment?: string
}

/** Identifiers are made of the printable characters ! to ~. */
const FIRST_IDENTIFIER = 33
const IDENTIFIERS = 94

export class VcdWriter implements TraceSink {
  readonly #options: VcdOptions
  readonly #pieces: InPieces
  readonly #unitsPerNanosecond: number
  readonly #signals = new Map<DigitalSignal | RealSignal, Declared>()
  #begun = false
  #time = -1

  constructor(options: VcdOptions) {
    this.#options = options
    this.#pieces = new InPieces((text) => options.write(text))
    this.#unitsPerNanosecond = UNITS[options.timescale ?? '1 ns']
  }

  /**
   * Declares a wire. All signals are declared before the first change.
   * @throws Error after the first change, or for a name with white space.
   */
  digital(name: string, initial: VcdLevel = 'x', scope = 'linkpulse'): DigitalSignal {
    const signal: DigitalSignal = { kind: 'digital', name }
    this.#declare(signal, initial, scope)
    return signal
  }

  /** Declares a voltage or another number. @throws as `digital` does. */
  real(name: string, initial = 0, scope = 'linkpulse'): RealSignal {
    const signal: RealSignal = { kind: 'real', name }
    this.#declare(signal, initial, scope)
    return signal
  }

  /**
   * A signal has this value from `at` (nanoseconds) on. The value it has already leaves no trace.
   * @throws RangeError when `at` lies before a change already written.
   */
  change(signal: DigitalSignal, at: number, value: VcdLevel): void
  change(signal: RealSignal, at: number, value: number): void
  change(signal: DigitalSignal | RealSignal, at: number, value: VcdLevel | number): void {
    const declared = this.#signals.get(signal)
    if (declared === undefined) throw new Error(`the signal ${signal.name} belongs to another waveform`)
    if (declared.value === value) return
    this.#begin()
    this.#advance(at)
    declared.value = value
    this.#pieces.write(`${shown(declared)}\n`)
  }

  /** Ends the waveform at `at`, or with its last change, and writes what is left. */
  close(at?: number): void {
    this.#begin()
    if (at !== undefined && Math.round(at * this.#unitsPerNanosecond) > this.#time) this.#advance(at)
    this.#pieces.close()
  }

  #declare(signal: DigitalSignal | RealSignal, value: VcdLevel | number, scope: string): void {
    if (this.#begun) throw new Error(`${signal.name}: signals are declared before the first change`)
    if (!/^\S+$/.test(signal.name) || !/^\S+$/.test(scope))
      throw new Error(`"${signal.name}" in "${scope}" is no name of a signal: it must have no white space`)
    const { kind, name } = signal
    this.#signals.set(signal, { identifier: identifier(this.#signals.size), scope, name, kind, value })
  }

  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    const { timescale = '1 ns', comment } = this.#options
    if (comment !== undefined) this.#pieces.write(`$comment ${comment.replaceAll('$end', '$ end')} $end\n`)
    this.#pieces.write(`$version linkpulse $end\n$timescale ${timescale} $end\n`)
    const scopes = new Map<string, Declared[]>()
    for (const declared of this.#signals.values()) {
      const members = scopes.get(declared.scope)
      if (members === undefined) scopes.set(declared.scope, [declared])
      else members.push(declared)
    }
    for (const [scope, members] of scopes) {
      this.#pieces.write(`$scope module ${scope} $end\n`)
      for (const { kind, name, identifier } of members)
        this.#pieces.write(`$var ${kind === 'digital' ? 'wire 1' : 'real 64'} ${identifier} ${name} $end\n`)
      this.#pieces.write('$upscope $end\n')
    }
    this.#time = Math.round((this.#options.start ?? 0) * this.#unitsPerNanosecond)
    this.#pieces.write(`$enddefinitions $end\n#${this.#time}\n$dumpvars\n`)
    for (const declared of this.#signals.values()) this.#pieces.write(`${shown(declared)}\n`)
    this.#pieces.write('$end\n')
  }

  #advance(at: number): void {
    const time = Math.round(at * this.#unitsPerNanosecond)
    if (time < this.#time) throw new RangeError(`a change at ${at} ns comes after one was written that is later`)
    if (time === this.#time) return
    this.#time = time
    this.#pieces.write(`#${time}\n`)
  }
}

function shown({ kind, value, identifier }: Declared): string {
  return kind === 'digital' ? `${value}${identifier}` : `r${value} ${identifier}`
}

function identifier(index: number): string {
  let text = ''
  for (let rest = index; ; rest = Math.floor(rest / IDENTIFIERS) - 1) {
    text = String.fromCharCode(FIRST_IDENTIFIER + (rest % IDENTIFIERS)) + text
    if (rest < IDENTIFIERS) return text
  }
}
