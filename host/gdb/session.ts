/**
 * One client of GDB's remote serial protocol and an emulated AVR ("Debugging with GDB", appendix E): one thread, stopped as a whole. What is not known is
 * answered by an empty packet, as the protocol has it; what cannot be done by an error. While the program runs the client can only interrupt it.
 */
import type { StopReason, WatchKind } from '../../boards/avr/debug-unit.js'
import { hexDigits, octetsOfHex } from '../hex-octets.js'
import { AVR_REGISTERS, type AvrTarget, DATA_BASE, PC_AT } from './avr-target.js'
import { LONGEST_PACKET, PacketReader, packetOf } from './packet.js'

const OK = 'OK'
/** EINVAL and EFAULT of POSIX; clients only show the number. */
const INVALID = 'E16'
const NO_MEMORY = 'E0e'
const NOT_STOPPED = 'E01'
/** Two digits an octet. */
const MOST_READ = (LONGEST_PACKET - 8) / 2
const WATCHES: Readonly<Record<string, WatchKind>> = { '2': 'write', '3': 'read', '4': 'access' }
const WATCH_WORDS: Readonly<Record<WatchKind, string>> = { write: 'watch', read: 'rwatch', access: 'awatch' }
const SIGINT = '02'
const SIGTRAP = '05'

export interface GdbSessionOptions {
  readonly target: AvrTarget
  readonly write: (octets: Uint8Array) => void
  /** The client ends the program. */
  readonly kill: () => void
  /** The client has let the program run on by itself. */
  readonly detached: () => void
}

export class GdbSession {
  readonly #options: GdbSessionOptions
  readonly #reader: PacketReader
  readonly #stopWatching: () => void
  #acknowledges = true
  #last: Uint8Array | undefined
  /** It has asked why the program stands, and so has it in its hands. */
  #isAttached = false
  /** It waits to be told that the program stands. */
  #isWaiting = false
  /** Words for breakpoints that the client understands. */
  #knows = new Set<string>()
  /** By address of words, what kinds of breakpoint are there: software ones are hardware ones here, flash stays as it is. */
  readonly #breakpoints = new Map<number, Set<string>>()

  constructor(options: GdbSessionOptions) {
    this.#options = options
    this.#reader = new PacketReader({
      packet: (data) => this.#packet(data),
      broken: () => this.#acknowledge('-'),
      again: () => {
        if (this.#last !== undefined && this.#acknowledges) options.write(this.#last)
      },
      interrupt: () => this.#interrupt(),
    })
    this.#stopWatching = options.target.unit.onStop((reason) => {
      if (!this.#isWaiting) return
      this.#isWaiting = false
      this.#send(this.#stopReply(reason))
    })
  }

  /** What was dropped of what it sent. */
  get counters(): Readonly<PacketReader['counters']> {
    return this.#reader.counters
  }

  receive(octets: Uint8Array): void {
    this.#reader.receive(octets)
  }

  /** The program is over: whoever waits for it to stop is told. */
  exited(status: number): void {
    if (!this.#isWaiting) return
    this.#isWaiting = false
    this.#send(`W${hex(status, 2)}`)
  }

  /** The client is gone: what it set is taken away, and the program runs on. */
  close(): void {
    this.#stopWatching()
    if (this.#isAttached) this.#detach()
  }

  #detach(): void {
    this.#isAttached = false
    this.#isWaiting = false
    this.#breakpoints.clear()
    this.#options.target.detach()
    this.#options.detached()
  }

  #kill(): undefined {
    this.#isAttached = false
    this.#isWaiting = false
    this.#options.kill()
  }

  #acknowledge(sign: '+' | '-'): void {
    if (this.#acknowledges) this.#options.write(Uint8Array.of(sign.charCodeAt(0)))
  }

  #send(text: string): void {
    this.#last = packetOf(text)
    this.#options.write(this.#last)
  }

  #interrupt(): void {
    if (this.#isWaiting) this.#options.target.unit.interrupt()
  }

  #packet(data: Uint8Array): void {
    this.#acknowledge('+')
    const answer = this.#answer(data)
    if (answer !== undefined) this.#send(answer)
  }

  /** @returns undefined where the answer comes later, or there is none */
  #answer(data: Uint8Array): string | undefined {
    const command = String.fromCharCode(data[0] ?? 0)
    if (command === 'X') return this.#whenStopped(() => this.#writeOctets(data))
    const text = Array.from(data, (octet) => String.fromCharCode(octet)).join('')
    const rest = text.slice(1)
    switch (command) {
      case '?':
        return this.#attach()
      case 'q':
      case 'Q':
        return this.#query(text)
      case 'v':
        return this.#verbose(text)
      case 'H':
      case 'T':
        return OK // there is one thread
      case 'k':
        return this.#kill()
      case 'D':
        if (this.#isAttached) this.#detach()
        return OK
      case 'g':
        return this.#whenStopped((target) => hexDigits(target.registers))
      case 'G':
        return this.#whenStopped((target) => this.#setRegisters(target, octetsOfHex(rest)))
      case 'p':
        return this.#whenStopped((target) => this.#readRegister(target, rest))
      case 'P':
        return this.#whenStopped((target) => this.#writeRegister(target, rest))
      case 'm':
        return this.#whenStopped((target) => this.#readMemory(target, rest))
      case 'M':
        return this.#whenStopped((target) => this.#writeMemory(target, rest))
      case 'Z':
      case 'z':
        return this.#whenStopped((target) => this.#setPoint(target, text))
      case 'c':
      case 's':
        return this.#whenStopped((target) => this.#go(target, command, rest))
      case 'C':
      case 'S':
        // With a signal, which an AVR has none of.
        return this.#whenStopped((target) => this.#go(target, command, /^[0-9a-fA-F]{2};?(.*)$/.exec(rest)?.[1] ?? '-'))
      default:
        return ''
    }
  }

  #whenStopped(act: (target: AvrTarget) => string | undefined): string | undefined {
    const { target } = this.#options
    return target.stopped !== undefined && this.#isAttached ? act(target) : NOT_STOPPED
  }

  /** The client asks why the program stands: a program that runs is stopped for it. */
  #attach(): string | undefined {
    const { target } = this.#options
    this.#isAttached = true
    if (target.stopped !== undefined) return this.#stopReply(target.stopped)
    this.#isWaiting = true
    target.unit.interrupt()
    return undefined
  }

  #query(text: string): string {
    if (text.startsWith('qSupported')) {
      this.#knows = new Set(text.slice('qSupported:'.length).split(';'))
      return `PacketSize=${hex(LONGEST_PACKET, 1)};QStartNoAckMode+;vContSupported+;swbreak+;hwbreak+`
    }
    if (text === 'QStartNoAckMode') {
      this.#acknowledges = false
      return OK
    }
    if (text === 'qC') return 'QC1'
    if (text === 'qfThreadInfo') return 'm1'
    if (text === 'qsThreadInfo') return 'l'
    // It was there before the client: who quits lets it run.
    if (text.startsWith('qAttached')) return '1'
    return ''
  }

  #verbose(text: string): string | undefined {
    if (text === 'vCont?') return 'vCont;c;C;s;S;r'
    if (text.startsWith('vKill')) {
      this.#send(OK)
      return this.#kill()
    }
    if (!text.startsWith('vCont;')) return ''
    // The first action is that of the one thread.
    const [action] = text.slice('vCont;'.length).split(/[;:]/)
    const range = /^r([0-9a-fA-F]{1,8}),([0-9a-fA-F]{1,8})$/.exec(action)
    return this.#whenStopped((target) => {
      if (range !== null)
        return this.#run(target, Number.parseInt(range[1], 16) >> 1, Number.parseInt(range[2], 16) >> 1)
      const known = /^(?:([cs])|([CS])[0-9a-fA-F]{2})$/.exec(action)
      return known === null ? INVALID : this.#go(target, known[1] ?? known[2], '')
    })
  }

  /** @param from hexadecimal address to go on from, or nothing */
  #go(target: AvrTarget, command: string, from: string): string | undefined {
    if (from !== '') {
      const octets = target.registers
      const address = numberOf(from)
      if (address === undefined) return INVALID
      new DataView(octets.buffer).setUint32(PC_AT, address, true)
      if (!target.setRegisters(octets)) return INVALID
    }
    return command.toLowerCase() === 's' ? this.#run(target, target.pc) : this.#run(target)
  }

  #run(target: AvrTarget, from?: number, to?: number): undefined {
    this.#isWaiting = true
    target.resume(from, to)
  }

  #setRegisters(target: AvrTarget, octets: Uint8Array | undefined): string {
    return octets !== undefined && target.setRegisters(octets) ? OK : INVALID
  }

  #readRegister(target: AvrTarget, text: string): string {
    const [at, octets] = AVR_REGISTERS[numberOf(text) ?? -1] ?? []
    return at === undefined || octets === undefined ? INVALID : hexDigits(target.registers.subarray(at, at + octets))
  }

  #writeRegister(target: AvrTarget, text: string): string {
    const [number, value] = text.split('=')
    const register = AVR_REGISTERS[numberOf(number) ?? -1]
    const octets = octetsOfHex(value ?? '')
    if (register === undefined || octets?.length !== register[1]) return INVALID
    const all = target.registers
    all.set(octets, register[0])
    return target.setRegisters(all) ? OK : INVALID
  }

  #readMemory(target: AvrTarget, text: string): string {
    const place = placeOf(text)
    if (place === undefined) return INVALID
    const octets = target.read(place.address, Math.min(place.octets, MOST_READ))
    return octets.length === 0 && place.octets > 0 ? NO_MEMORY : hexDigits(octets)
  }

  #writeMemory(target: AvrTarget, text: string): string {
    const [where, what] = text.split(':')
    const place = placeOf(where)
    const octets = octetsOfHex(what ?? '')
    if (place === undefined || octets?.length !== place.octets) return INVALID
    return target.write(place.address, octets) ? OK : NO_MEMORY
  }

  /** `X`: as `M`, with the octets as they are. */
  #writeOctets(data: Uint8Array): string {
    const colon = data.indexOf(0x3a)
    const place = placeOf(String.fromCharCode(...data.subarray(1, Math.max(1, Math.min(colon, 20)))))
    const octets = data.slice(colon + 1)
    if (colon < 0 || place === undefined || octets.length !== place.octets) return INVALID
    return this.#options.target.write(place.address, octets) ? OK : NO_MEMORY
  }

  /** `Z` sets, `z` takes away: a breakpoint (0, 1) or a watchpoint (2, 3, 4). Conditions and commands of a client stay with it. */
  #setPoint(target: AvrTarget, text: string): string {
    const place = placeOf(text.slice(3).split(';')[0])
    const type = text[1]
    const isSet = text[0] === 'Z'
    if (text[2] !== ',' || place === undefined) return INVALID
    const { address, octets } = place
    const watch = Object.hasOwn(WATCHES, type) ? WATCHES[type] : undefined
    if (watch !== undefined) {
      // Setting one twice is setting it once.
      target.removeWatchpoint(watch, address, octets)
      return !isSet || target.addWatchpoint(watch, address, octets) ? OK : NO_MEMORY
    }
    if (type !== '0' && type !== '1') return ''
    return this.#setBreakpoint(target, address, type, isSet)
  }

  #setBreakpoint({ unit }: AvrTarget, address: number, type: string, isSet: boolean): string {
    const word = Math.floor(address / 2)
    const types = this.#breakpoints.get(word) ?? new Set<string>()
    if (isSet) {
      if ((address & 1) !== 0 || !unit.addBreakpoint(word)) return NO_MEMORY
      this.#breakpoints.set(word, types.add(type))
    } else if (types.delete(type) && types.size === 0) {
      this.#breakpoints.delete(word)
      unit.removeBreakpoint(word)
    }
    return OK
  }

  #stopReply(reason: StopReason): string {
    const { target } = this.#options
    const signal = reason.kind === 'interrupted' ? SIGINT : SIGTRAP
    const registers = [32, 33, 34].map((number) => {
      const [at, octets] = AVR_REGISTERS[number]
      return `${hex(number, 2)}:${hexDigits(target.registers.subarray(at, at + octets))};`
    })
    return `T${signal}${registers.join('')}thread:1;${this.#why(reason)}`
  }

  #why(reason: StopReason): string {
    if (reason.kind === 'watchpoint') return `${WATCH_WORDS[reason.watch]}:${hex(DATA_BASE + reason.address, 1)};`
    if (reason.kind !== 'breakpoint') return ''
    const types = this.#breakpoints.get(this.#options.target.pc)
    const word = types?.has('1') ? 'hwbreak' : 'swbreak'
    return this.#knows.has(`${word}+`) ? `${word}:;` : ''
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

/** @returns undefined for what is no number of up to eight hexadecimal digits */
function numberOf(text: string): number | undefined {
  return /^[0-9a-fA-F]{1,8}$/.test(text) ? Number.parseInt(text, 16) : undefined
}

/** `ADDRESS,OCTETS` */
function placeOf(text: string): { readonly address: number; readonly octets: number } | undefined {
  const [address, octets, ...others] = text.split(',').map(numberOf)
  return address === undefined || octets === undefined || others.length > 0 ? undefined : { address, octets }
}
