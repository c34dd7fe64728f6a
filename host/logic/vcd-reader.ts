/**
 * Reads Value Change Dump (IEEE 1364 clause 18) as logic analysers and simulators write it, piece by piece: one-bit wires are channels, reals
 * are voltages. Wires of several bits are left out. A wire that nobody drives (z) reads high, as by a pull-up; one that is not known (x) low.
 */
import { type LogicRecording, MOST_CHANNELS, RecordingBuilder, tooManyChannels } from './logic-recording.js'

/** Nanoseconds of each unit of time. */
const UNITS: Readonly<Record<string, number>> = { s: 1e9, ms: 1e6, us: 1e3, ns: 1, ps: 1e-3, fs: 1e-6 }
/** Identifiers, values and names are short; whatever is longer is no VCD. */
const LONGEST_WORD = 4096
/** A simulation declares thousands; what would fill the memory is refused. */
const MOST_DECLARED = 65_536

interface Declared {
  readonly kind: 'wire' | 'real'
  readonly name: string
}

export class VcdReader {
  /** Channels that are wanted, by name; all of them where nobody says. */
  readonly #wanted: ReadonlySet<string> | undefined
  #rest = ''
  /** Of the section that is being read: its words so far. */
  #section: string[] | undefined
  #scale = 0
  readonly #scopes: string[] = []
  readonly #declared = new Map<string, Declared>()
  readonly #names = new Set<string>()
  #declarations = 0
  #builder: RecordingBuilder | undefined
  /** By identifier: bit of a digital channel, or place of an analogue one. */
  readonly #bits = new Map<string, number>()
  readonly #reals = new Map<string, number>()
  #value: string | undefined
  #levels = 0
  #first: number | undefined
  #now = 0

  constructor(wanted?: readonly string[]) {
    this.#wanted = wanted === undefined ? undefined : new Set(wanted)
  }

  /** @throws RangeError that says what is wrong */
  take(piece: string): void {
    const text = this.#rest + piece
    let at = 0
    for (;;) {
      while (at < text.length && text.charCodeAt(at) <= 0x20) at++
      let end = at
      while (end < text.length && text.charCodeAt(end) > 0x20) end++
      if (end - at > LONGEST_WORD) throw new RangeError(`a word of it has more than ${LONGEST_WORD} characters`)
      if (end === text.length) break
      this.#word(text.slice(at, end))
      at = end
    }
    this.#rest = text.slice(at)
  }

  /** @throws RangeError where there is no waveform */
  end(): LogicRecording {
    if (this.#rest !== '') this.#word(this.#rest)
    if (this.#builder === undefined || this.#first === undefined)
      throw new RangeError('it ends before its first change: it is cut short, or no VCD')
    this.#write()
    return this.#builder.finish(this.#now - this.#first)
  }

  #word(word: string): void {
    if (this.#section !== undefined) {
      if (word === '$end') {
        const section = this.#section
        this.#section = undefined
        this.#declare(section)
      } else if (this.#section.length < 16) this.#section.push(word)
      return
    }
    if (this.#value !== undefined) {
      const value = this.#value
      this.#value = undefined
      this.#vector(value, word)
      return
    }
    const first = word.charCodeAt(0)
    if (first === 0x24) {
      // Values stand between $dumpvars (and its kin) and $end: they are read as any others.
      if (!/^\$(end|dump\w*)$/.test(word)) this.#section = [word]
    } else if (first === 0x23) this.#time(Number(word.slice(1)) * this.#scale, word)
    else if ('bBrR'.includes(word[0])) this.#value = word
    else if ('01xXzZ'.includes(word[0])) this.#scalar(word[0], word.slice(1))
    else if (this.#builder === undefined) throw new RangeError(`"${word.slice(0, 40)}" is no declaration of a VCD`)
  }

  #declare([section, ...words]: readonly string[]): void {
    if (section === '$timescale') {
      const [, number, unit] = /^(\d+)(s|ms|us|ns|ps|fs)$/.exec(words.join('')) ?? []
      if (number === undefined) throw new RangeError(`"${words.join(' ')}" is no time scale`)
      this.#scale = Number(number) * UNITS[unit]
    } else if (section === '$scope') this.#scopes.push(words[1] ?? '')
    else if (section === '$upscope') this.#scopes.pop()
    else if (section === '$var') this.#variable(words)
    else if (section === '$enddefinitions') this.#begin()
  }

  #variable([type, width, identifier, name]: readonly string[]): void {
    if (name === undefined) throw new RangeError('a $var has no name')
    if (++this.#declarations > MOST_DECLARED) throw tooManyChannels(this.#declarations)
    const kind = type === 'real' ? 'real' : width === '1' ? 'wire' : undefined
    if (kind === undefined || this.#declared.has(identifier)) return
    const scoped = this.#names.has(name) ? [...this.#scopes, name].join('.') : name
    if (this.#wanted !== undefined && !this.#wanted.has(scoped)) return
    this.#names.add(scoped)
    this.#declared.set(identifier, { kind, name: scoped })
  }

  #begin(): void {
    if (this.#scale === 0) throw new RangeError('it has no $timescale')
    const of = (wanted: Declared['kind']) => [...this.#declared].filter(([, { kind }]) => kind === wanted)
    const [wires, reals] = [of('wire'), of('real')]
    if (wires.length + reals.length > MOST_CHANNELS) throw tooManyChannels(wires.length + reals.length)
    for (const [bit, [identifier]] of wires.entries()) this.#bits.set(identifier, bit)
    for (const [place, [identifier]] of reals.entries()) this.#reals.set(identifier, place)
    const names = (some: typeof wires) => some.map(([, { name }]) => name)
    this.#builder = new RecordingBuilder(names(wires), 0, names(reals))
  }

  #time(at: number, word: string): void {
    if (!(at >= this.#now)) throw new RangeError(`"${word}" is no time, or lies before the one in front of it`)
    if (this.#first === undefined) this.#first = at
    else this.#write()
    this.#now = at
  }

  #write(): void {
    this.#builder?.change(this.#now - (this.#first ?? 0), this.#levels)
  }

  #scalar(value: string, identifier: string): void {
    const bit = this.#bits.get(identifier)
    if (bit === undefined) return
    const high = value === '1' || value === 'z' || value === 'Z'
    this.#levels = high ? this.#levels | (1 << bit) : this.#levels & ~(1 << bit)
  }

  #vector(value: string, identifier: string): void {
    if (/^b/i.test(value)) {
      this.#scalar(value.at(-1) ?? '', identifier)
      return
    }
    const place = this.#reals.get(identifier)
    const volts = Number(value.slice(1))
    if (place !== undefined && Number.isFinite(volts))
      this.#builder?.voltage(place, this.#now - (this.#first ?? this.#now), volts)
  }
}
