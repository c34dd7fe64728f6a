/**
 * The chip's prompt: a line of words in, what the chip answered out, as text and as a plain value. Knows nothing of terminals: a command
 * line, a script and a page can all feed it.
 */
import { suggestion } from '../../boards/nearest.js'
import { ChipError } from '../../firmware/enc28j60/chip-error.js'
import { RECEIVE_STATUS } from '../../firmware/enc28j60/receive.js'
import { PHY_REGISTERS, REGISTERS } from '../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { hexText } from '../../firmware/text/hex-text.js'
import { UsageError } from '../errors/errors.js'
import { HEX_ROW, hexOctets, hexRow } from '../hex-octets.js'
import { EN } from '../text/en.js'
import { keyed, type Sentence } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import type { ChipAnswer, ChipResult, RegisterAnswer } from './answer.js'
import type { ChipDriver } from './driver.js'
import { frameWords } from './frame-words.js'
import {
  bitsNamed,
  fieldValues,
  PHY_NAMES,
  phyRegisterNamed,
  REGISTER_NAMES,
  registerClause,
  registerNamed,
} from './register-words.js'

export interface ChipPromptOptions {
  /** The frames of a capture, for `send FILE`; left out where there are no files. */
  readonly loadFrames?: (path: string) => Promise<readonly Uint8Array[]>
  /** In which language lines for a person are; English by default, as plain values are always. */
  readonly words?: Words
}

/** Lines for a person, and the same as a plain value. */
interface PromptOutcome {
  readonly text: string
  readonly result: ChipResult
}

interface Reading extends PromptOutcome {
  readonly result: RegisterAnswer
}

interface ChipCommand {
  readonly usage: string
  readonly help: Sentence
  readonly minimum: number
  readonly maximum: number
  run(words: readonly string[]): Promise<PromptOutcome>
}

/** Milliseconds that `receive` waits by default. */
const RECEIVE_WAIT_MILLISECONDS = 1_000

export class ChipPrompt {
  readonly #chip: ChipDriver
  readonly #options: ChipPromptOptions
  readonly #commands: ReadonlyMap<string, ChipCommand>
  #findings: number

  constructor(chip: ChipDriver, options: ChipPromptOptions = {}) {
    this.#chip = chip
    this.#options = options
    this.#findings = chip.findings.length
    this.#commands = this.#table()
  }

  /**
   * Runs the commands of a text, one after another: they end with a line or a semicolon, and `#` begins a remark.
   * @throws UsageError for what is no command, register or bit, with the nearest there is; ChipError, TargetError
   */
  async *run(text: string): AsyncGenerator<ChipAnswer> {
    for (const [at, line] of text.split('\n').entries()) {
      for (const part of line.replace(/#.*/, '').split(';')) {
        const command = part.trim()
        if (command === '') continue
        try {
          yield await this.#one(command)
        } catch (error) {
          if (!(error instanceof RangeError || error instanceof UsageError)) throw error
          const place = text.includes('\n') ? `line ${at + 1}: ` : ''
          throw new UsageError(`${place}${command}: ${error.message}`, { cause: error })
        }
      }
    }
  }

  /** What the last word of a line may become. */
  complete(line: string): { readonly words: readonly string[]; readonly last: string } {
    const all = line.split(/[;\n]/).at(-1)?.trimStart().split(/\s+/) ?? ['']
    const last = all.at(-1) ?? ''
    const [verb, second] = all
    const words =
      all.length <= 1
        ? [...new Set([...this.#commands.keys()].map((name) => name.split(' ')[0]))]
        : this.#proposals(verb, all.length === 2 ? undefined : second, all.length)
    return { words: words.filter((word) => word.toLowerCase().startsWith(last.toLowerCase())), last }
  }

  #proposals(verb: string, second: string | undefined, count: number): readonly string[] {
    const under = [...this.#commands.keys()]
      .filter((name) => name.startsWith(`${verb} `))
      .map((name) => name.split(' ')[1])
    if (count === 2 && under.length > 0) return under
    if (verb === 'phy') return count === 3 ? PHY_NAMES : []
    if (count === 2 && ['read', 'write', 'set', 'clear'].includes(verb)) return REGISTER_NAMES
    const register = REGISTERS[(second ?? '').toUpperCase() as keyof typeof REGISTERS]
    return ['set', 'clear'].includes(verb) && register !== undefined ? register.fields.map(({ name }) => name) : []
  }

  #say(sentence: Sentence): string {
    return say(this.#options.words ?? EN, sentence)
  }

  async #one(text: string): Promise<ChipAnswer> {
    const words = text.split(/\s+/)
    const two = `${words[0]} ${words[1] ?? ''}`.toLowerCase()
    const name = this.#commands.has(two) ? two : words[0].toLowerCase()
    const command = this.#commands.get(name)
    if (command === undefined) {
      const names = [...this.#commands.keys()]
      const under = names.filter((each) => each.startsWith(`${name} `))
      if (under.length > 0)
        throw new UsageError(`${name} is followed by one of ${under.map((each) => each.split(' ')[1]).join(', ')}`)
      throw new UsageError(`there is no command "${words[0]}"${suggestion(name, names)} (\`help\` lists them)`)
    }
    const rest = words.slice(name.split(' ').length)
    if (rest.length < command.minimum || rest.length > command.maximum) throw new UsageError(`say ${command.usage}`)
    const answer = await command.run(rest)
    return { command: text, ...this.#withFindings(answer) }
  }

  /** What the data sheet says against it, where a chip model watches. */
  #withFindings({ text, result }: PromptOutcome): Omit<ChipAnswer, 'command'> {
    const news = this.#chip.findings.slice(this.#findings)
    this.#findings += news.length
    if (news.length === 0) return { text, result }
    const lines = news.map(({ id, rule, source, octets }) => {
      return `  ${this.#say(keyed('chip-says.finding', { rule, id, octets: `${octets}`, source }))}`
    })
    return { text: [text, ...lines].filter((line) => line !== '').join('\n'), result: { result, findings: news } }
  }

  #table(): ReadonlyMap<string, ChipCommand> {
    const chip = this.#chip
    const commands: Record<string, ChipCommand> = {
      read: {
        usage: 'read REGISTER...',
        help: keyed('chip-help.read'),
        minimum: 1,
        maximum: 32,
        run: (words) => this.#each(words, (word) => this.#read(word)),
      },
      write: {
        usage: 'write REGISTER VALUE',
        help: keyed('chip-help.write'),
        minimum: 2,
        maximum: 2,
        run: async ([name, value]) => {
          const register = registerNamed(name)
          await chip.write(typeof register === 'string' ? register : register.name, numberIn(value))
          return { text: '', result: null }
        },
      },
      set: this.#bits('set'),
      clear: this.#bits('clear'),
      'phy read': {
        usage: 'phy read REGISTER...',
        help: keyed('chip-help.phy-read'),
        minimum: 1,
        maximum: 16,
        run: (words) => this.#each(words, (word) => this.#readPhy(word)),
      },
      'phy write': {
        usage: 'phy write REGISTER VALUE',
        help: keyed('chip-help.phy-write'),
        minimum: 2,
        maximum: 2,
        run: async ([name, value]) => {
          await chip.writePhy(phyRegisterNamed(name).name, numberIn(value))
          return { text: '', result: null }
        },
      },
      'mem read': {
        usage: 'mem read ADDRESS [LENGTH]',
        help: keyed('chip-help.mem-read'),
        minimum: 1,
        maximum: 2,
        run: async ([address, length = '64']) => {
          const from = numberIn(address)
          const octets = await chip.readMemory(from, numberIn(length))
          return { text: hexDump(octets, from), result: { address: from, octets: hexOctets(octets) } }
        },
      },
      'mem write': {
        usage: 'mem write ADDRESS OCTETS...',
        help: keyed('chip-help.mem-write'),
        minimum: 2,
        maximum: 8_192,
        run: async ([address, ...octets]) => {
          await chip.writeMemory(numberIn(address), octetsIn(octets))
          return { text: '', result: null }
        },
      },
      init: {
        usage: 'init',
        help: keyed('chip-help.init'),
        minimum: 0,
        maximum: 0,
        run: async () => {
          const { address, fullDuplex, receiveEnd } = await chip.init()
          const result = { address: hexOctets(address), fullDuplex, receiveEnd }
          const receiving = keyed('chip-says.receiving', { station: hexOctets(address), duplex: duplexOf(fullDuplex) })
          return { text: this.#say(receiving), result }
        },
      },
      send: {
        usage: 'send OCTETS... | send FILE [N]',
        help: keyed('chip-help.send'),
        minimum: 1,
        maximum: 1_600,
        run: (words) => this.#send(words),
      },
      receive: {
        usage: 'receive [MILLISECONDS]',
        help: keyed('chip-help.receive', { wait: RECEIVE_WAIT_MILLISECONDS }),
        minimum: 0,
        maximum: 1,
        run: ([wait = `${RECEIVE_WAIT_MILLISECONDS}`]) => this.#receive(numberIn(wait)),
      },
      wait: {
        usage: 'wait MILLISECONDS',
        help: keyed('chip-help.wait'),
        minimum: 1,
        maximum: 1,
        run: async ([milliseconds]) => {
          await chip.wait(numberIn(milliseconds) * MILLISECOND)
          return { text: '', result: null }
        },
      },
      link: {
        usage: 'link',
        help: keyed('chip-help.link'),
        minimum: 0,
        maximum: 0,
        run: async () => {
          const link = await chip.link()
          const state = keyed(`chip-says.link-${link.linkUp ? 'up' : 'down'}`, { duplex: duplexOf(link.fullDuplex) })
          const told = link.polarityReversed ? keyed('chip-says.reversed', { link: state }) : state
          return { text: this.#say(told), result: link }
        },
      },
      int: {
        usage: 'int',
        help: keyed('chip-help.int'),
        minimum: 0,
        maximum: 0,
        run: async () => {
          const high = await chip.interruptHigh()
          const level = high === undefined ? 'unknown' : high ? 'high' : 'low'
          return { text: this.#say(keyed(`chip-says.int-${level}`)), result: high ?? null }
        },
      },
      reset: {
        usage: 'reset',
        help: keyed('chip-help.reset'),
        minimum: 0,
        maximum: 0,
        run: async () => {
          const identity = await chip.reset()
          const value = hexText(identity.revisionId, 2)
          const told = keyed('chip-says.revision', { revision: identity.revision, value })
          return { text: this.#say(told), result: identity }
        },
      },
      dump: {
        usage: 'dump',
        help: keyed('chip-help.dump'),
        minimum: 0,
        maximum: 0,
        run: () => this.#dump(),
      },
      raw: {
        usage: 'raw OCTETS... [? COUNT]',
        help: keyed('chip-help.raw'),
        minimum: 1,
        maximum: 300,
        run: async (words) => {
          const mark = words.indexOf('?')
          const written = mark < 0 ? words : words.slice(0, mark)
          const reply = await chip.raw(octetsIn(written), mark < 0 ? 0 : numberIn(words[mark + 1] ?? ''))
          return { text: hexOctets(reply), result: hexOctets(reply) }
        },
      },
      help: {
        usage: 'help',
        help: keyed('chip-help.help'),
        minimum: 0,
        maximum: 1,
        run: async () => {
          const rows = [...this.#commands.values()]
          const width = Math.max(...rows.map(({ usage }) => usage.length))
          const text = rows.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${this.#say(help)}`).join('\n')
          return { text, result: rows.map(({ usage, help }) => ({ usage, help: say(EN, help) })) }
        },
      },
    }
    return new Map(Object.entries(commands))
  }

  #bits(verb: 'set' | 'clear'): ChipCommand {
    return {
      usage: `${verb} REGISTER BIT...`,
      help: keyed(`chip-help.${verb}`),
      minimum: 2,
      maximum: 9,
      run: async ([name, ...bits]) => {
        const register = registerNamed(name)
        if (typeof register === 'string') throw new UsageError(`${register} is two registers, and bits are in one`)
        await this.#chip[verb](register.name, bitsNamed(register, bits))
        return { text: '', result: null }
      },
    }
  }

  async #each(words: readonly string[], one: (word: string) => Promise<Reading>): Promise<PromptOutcome> {
    const answers: Reading[] = []
    for (const word of words) answers.push(await one(word))
    return {
      text: answers.map(({ text }) => text).join('\n'),
      result: answers.length === 1 ? answers[0].result : answers.map(({ result }) => result),
    }
  }

  async #read(word: string): Promise<Reading> {
    const register = registerNamed(word)
    if (typeof register === 'string') {
      const value = await this.#chip.read(register)
      const clause = registerClause(register)
      return { text: `${register} = ${hexText(value, 4)} (${value})  [${clause}]`, result: { register, value, clause } }
    }
    const { name, kind, banks, reset } = register
    const value = await this.#chip.read(name)
    const clause = registerClause(name)
    const bits = fieldValues(register, value)
    const bank = banks.length > 1 ? keyed('chip-says.every-bank') : keyed('chip-says.bank', { bank: banks[0] })
    const place = keyed('chip-says.place', { kind, bank, address: hexText(register.address, 2) })
    const about = this.#say(keyed('chip-says.after-reset', { place, value: hexText(reset, 2) }))
    const head = `${name} = ${hexText(value, 2)}  ${value.toString(2).padStart(8, '0')}  ${about}  [${clause}]`
    return { text: withBits(head, bits, name), result: { register: name, value, bits, reset, clause } }
  }

  async #readPhy(word: string): Promise<Reading> {
    const register = phyRegisterNamed(word)
    const { name, reset } = register
    const value = await this.#chip.readPhy(name)
    const clause = registerClause(name)
    const bits = fieldValues(register, value)
    const place = keyed('chip-says.phy-place', { address: hexText(register.address, 2) })
    const about = this.#say(keyed('chip-says.after-reset', { place, value: hexText(reset, 4) }))
    const head = `${name} = ${hexText(value, 4)}  ${value.toString(2).padStart(16, '0')}  ${about}  [${clause}]`
    return { text: withBits(head, bits, name), result: { register: name, value, bits, reset, clause } }
  }

  async #send(words: readonly string[]): Promise<PromptOutcome> {
    const frame = /^[0-9a-fA-F]+$/.test(words[0]) ? octetsIn(words) : await this.#fromFile(words[0], words[1] ?? '1')
    const outcome = await this.#chip.send(frame)
    if (outcome.kind === 'stuck') {
      throw new ChipError(
        'transmitter-stuck',
        'the transmission did not end, and was taken back; `read ESTAT EIR` says more',
      )
    }
    const { status } = outcome
    const result = {
      sent: outcome.kind === 'sent',
      octets: status.byteCount,
      collisions: status.collisionCount,
      repeated: outcome.retries,
    }
    const collisions = keyed('chip-says.collisions', { count: result.collisions })
    const told = keyed(result.sent ? 'chip-says.sent' : 'chip-says.aborted', { frame: frameWords(frame), collisions })
    return { text: this.#say(told), result }
  }

  async #fromFile(path: string, number: string): Promise<Uint8Array> {
    const { loadFrames } = this.#options
    if (loadFrames === undefined) throw new UsageError(`"${path}" is no octets in hexadecimal`)
    const frames = await loadFrames(path)
    const frame = frames[numberIn(number) - 1]
    if (frame === undefined)
      throw new UsageError(`${path} has ${frames.length} frames, and none of the number ${number}`)
    return frame
  }

  async #receive(milliseconds: number): Promise<PromptOutcome> {
    const outcome = await this.#chip.receive(milliseconds * MILLISECOND)
    if (outcome === undefined)
      return { text: this.#say(keyed('chip-says.nothing-came', { wait: milliseconds })), result: null }
    if (outcome.kind === 'corrupt') {
      const header = hexOctets(outcome.header)
      return {
        text: this.#say(keyed('chip-says.corrupt', { header })),
        result: { corrupt: header },
      }
    }
    if (outcome.kind === 'bad-status') {
      const status = hexText(outcome.status, 4)
      const wrongFcs = (outcome.status & RECEIVE_STATUS.CRC_ERROR) !== 0
      return {
        text: this.#say(keyed(wrongFcs ? 'chip-says.damaged-fcs' : 'chip-says.damaged', { status })),
        result: { damaged: outcome.status },
      }
    }
    const { frame } = outcome
    return {
      text: `${frameWords(frame)}\n${hexDump(frame, 0)}`,
      result: { headers: frameWords(frame), octets: hexOctets(frame) },
    }
  }

  async #dump(): Promise<PromptOutcome> {
    const values = await this.#chip.dump()
    const rows: string[] = []
    const result: { register: string; value: number; reset: number }[] = []
    for (const [name, value] of values) {
      const { reset } = REGISTERS[name]
      result.push({ register: name, value, reset })
      rows.push(
        `${value === reset ? ' ' : '*'} ${name.padEnd(9)}${hexText(value, 2)}${value === reset ? '    ' : ` ${hexText(reset, 2)}`}`,
      )
    }
    const columns = 4
    const height = Math.ceil(rows.length / columns)
    const lines = Array.from({ length: height }, (_, row) =>
      rows
        .filter((_, at) => at % height === row)
        .join('  ')
        .trimEnd(),
    )
    for (const name of Object.keys(PHY_REGISTERS) as (keyof typeof PHY_REGISTERS)[]) {
      const value = await this.#chip.readPhy(name)
      const { reset } = PHY_REGISTERS[name]
      result.push({ register: name, value, reset })
      lines.push(
        `${value === reset ? ' ' : '*'} ${name.padEnd(9)}${hexText(value, 4)}${value === reset ? '' : ` ${hexText(reset, 4)}`}`,
      )
    }
    return { text: lines.join('\n'), result }
  }
}

function duplexOf(full: boolean): Sentence {
  return keyed(full ? 'chip-says.full-duplex' : 'chip-says.half-duplex')
}

/** A register with one field of its own name has no bits to tell. */
function withBits(head: string, bits: Readonly<Record<string, number>>, name: string): string {
  const fields = Object.entries(bits)
  if (fields.length === 0 || (fields.length === 1 && fields[0][0] === name)) return head
  return `${head}\n  ${fields.map(([field, value]) => `${field} ${value}`).join('  ')}`
}

/** @throws UsageError for what is no number */
function numberIn(word: string): number {
  const [, digits] = /^(?:0x([0-9a-f]+)|([0-9a-f]+)h)$/i.exec(word)?.filter((part) => part !== undefined) ?? []
  const value = digits === undefined ? (/^\d+$/.test(word) ? Number(word) : Number.NaN) : Number.parseInt(digits, 16)
  if (Number.isSafeInteger(value)) return value
  throw new UsageError(`"${word}" is no number; write 18, 0x12 or 12h`)
}

/** @throws UsageError for what is no octets in hexadecimal */
function octetsIn(words: readonly string[]): Uint8Array {
  const text = words.join('')
  if (words.length === 0 || !words.every((word) => /^([0-9a-f]{2})+$/i.test(word)))
    throw new UsageError('octets are two hexadecimal digits each, as FF 0A or FF0A')
  return Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
}

function hexDump(octets: Uint8Array, from: number): string {
  const lines: string[] = []
  for (let at = 0; at < octets.length; at += HEX_ROW) {
    const row = octets.subarray(at, at + HEX_ROW)
    const address = ((from + at) & 0xffff).toString(16).toUpperCase().padStart(4, '0')
    lines.push(`${address}  ${hexRow(row)}`)
  }
  return lines.join('\n')
}
