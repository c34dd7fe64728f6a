import { Listeners } from '../../firmware/hal/listeners.js'

/** Telnet as a stream of octets: RFC 854 (commands), RFC 855 (options and subnegotiation), RFC 1143 (no endless answering). */

/** RFC 854, "Telnet command structure". */
const SE = 240
const NOP = 241
const SB = 250
export const WILL = 251
export const WONT = 252
export const DO = 253
export const DONT = 254
const IAC = 255

/** RFC 856: octets are octets, not lines of text. */
export const BINARY = 0
/** RFC 858: nobody waits for a "go ahead". */
export const SUPPRESS_GO_AHEAD = 3

export type Verb = typeof WILL | typeof WONT | typeof DO | typeof DONT

/** No subnegotiation we know is longer; what does not end by then is not kept. */
const LONGEST_SUBNEGOTIATION = 512

/** Data with every octet 255 doubled (RFC 854: IAC IAC is data 255). */
export function escapeData(octets: Uint8Array): Uint8Array {
  let doubled = 0
  for (const octet of octets) if (octet === IAC) doubled++
  if (doubled === 0) return octets
  const escaped = new Uint8Array(octets.length + doubled)
  let at = 0
  for (const octet of octets) {
    escaped[at++] = octet
    if (octet === IAC) escaped[at++] = IAC
  }
  return escaped
}

export function encodeNegotiation(verb: Verb, option: number): Uint8Array {
  return Uint8Array.of(IAC, verb, option)
}

/** RFC 855: IAC SB option … IAC SE, octets 255 between them doubled. */
export function encodeSubnegotiation(option: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(IAC, SB, option, ...escapeData(payload), IAC, SE)
}

/** What is sent to see whether anybody is there. */
export function encodeNop(): Uint8Array {
  return Uint8Array.of(IAC, NOP)
}

export interface TelnetListener {
  data(octets: Uint8Array): void
  negotiation(verb: Verb, option: number): void
  /** `payload` is the listener's own. */
  subnegotiation(option: number, payload: Uint8Array): void
}

type Mode = 'data' | 'command' | 'option' | 'subnegotiation' | 'command in subnegotiation'

/** Takes octets however they are cut, and tells what they mean. Nothing it is given makes it throw. */
export class TelnetDecoder {
  /** What was not understood, or had no meaning for us. */
  readonly counters = { commands: 0, brokenSubnegotiations: 0 }
  readonly #listener: TelnetListener
  #mode: Mode = 'data'
  #verb: Verb = WILL
  #payload: number[] = []
  #overlong = false

  constructor(listener: TelnetListener) {
    this.#listener = listener
  }

  push(octets: Uint8Array): void {
    let at = 0
    while (at < octets.length) {
      if (this.#mode !== 'data') {
        this.#take(octets[at++])
        continue
      }
      const command = octets.indexOf(IAC, at)
      const end = command < 0 ? octets.length : command
      if (end > at) this.#listener.data(octets.slice(at, end))
      at = end
      if (command >= 0) {
        this.#mode = 'command'
        at++
      }
    }
  }

  #take(octet: number): void {
    switch (this.#mode) {
      case 'command':
        this.#command(octet)
        break
      case 'option':
        this.#mode = 'data'
        this.#listener.negotiation(this.#verb, octet)
        break
      case 'subnegotiation':
        if (octet === IAC) this.#mode = 'command in subnegotiation'
        else this.#keep(octet)
        break
      case 'command in subnegotiation':
        if (octet === IAC) {
          this.#mode = 'subnegotiation'
          this.#keep(octet)
        } else if (octet === SE) {
          this.#end()
        } else {
          // Only 255 and SE may follow here: whoever sent this has given the subnegotiation up.
          this.counters.brokenSubnegotiations++
          this.#command(octet)
        }
    }
  }

  #command(octet: number): void {
    this.#mode = 'data'
    if (octet === IAC) this.#listener.data(Uint8Array.of(IAC))
    else if (octet === WILL || octet === WONT || octet === DO || octet === DONT) {
      this.#verb = octet
      this.#mode = 'option'
    } else if (octet === SB) {
      this.#payload = []
      this.#overlong = false
      this.#mode = 'subnegotiation'
    } else this.counters.commands++ // NOP, data mark, an SE without SB …
  }

  #keep(octet: number): void {
    if (this.#payload.length < LONGEST_SUBNEGOTIATION) this.#payload.push(octet)
    else this.#overlong = true
  }

  #end(): void {
    this.#mode = 'data'
    const [option, ...payload] = this.#payload
    if (option === undefined || this.#overlong) this.counters.brokenSubnegotiations++
    else this.#listener.subnegotiation(option, Uint8Array.from(payload))
  }
}

/** Whose option: `ours` we perform (WILL, DO), `theirs` they perform (DO, WILL). */
export type Side = 'ours' | 'theirs'
type State = 'no' | 'asked' | 'yes' | 'refused'

/**
 * Agrees on options: says yes to those it was given, no to all others, and answers nothing that changes nothing (RFC 1143:
 * so two ends never answer each other for ever).
 */
export class TelnetOptions {
  readonly #send: (verb: Verb, option: number) => void
  readonly #accepted: Readonly<Record<Side, readonly number[]>>
  readonly #states = { ours: new Map<number, State>(), theirs: new Map<number, State>() }
  readonly #changeListeners = new Listeners<[side: Side, option: number, on: boolean]>()

  constructor(accepted: Readonly<Record<Side, readonly number[]>>, send: (verb: Verb, option: number) => void) {
    this.#accepted = accepted
    this.#send = send
  }

  onChange(listener: (side: Side, option: number, on: boolean) => void): () => void {
    return this.#changeListeners.add(listener)
  }

  state(side: Side, option: number): State {
    return this.#states[side].get(option) ?? 'no'
  }

  ask(side: Side, option: number): void {
    if (this.state(side, option) !== 'no') return
    this.#states[side].set(option, 'asked')
    this.#send(side === 'ours' ? WILL : DO, option)
  }

  receive(verb: Verb, option: number): void {
    const side: Side = verb === DO || verb === DONT ? 'ours' : 'theirs'
    const on = verb === DO || verb === WILL
    const states = this.#states[side]
    const before = this.state(side, option)
    const agree = side === 'ours' ? WILL : DO
    const disagree = side === 'ours' ? WONT : DONT
    if (on) {
      if (before === 'yes') return
      if (!this.#accepted[side].includes(option)) {
        this.#send(disagree, option)
        return
      }
      states.set(option, 'yes')
      if (before !== 'asked') this.#send(agree, option)
    } else {
      if (before === 'no' || before === 'refused') return
      states.set(option, 'refused')
      if (before === 'yes') this.#send(disagree, option)
    }
    this.#changeListeners.tell(side, option, on)
  }
}
