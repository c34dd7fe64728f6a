/**
 * Reads a board file. A person wrote it, so every complaint names the file, the field and the remedy, and all complaints
 * come at once.
 */

import { REVISION_ID } from '../../firmware/enc28j60/registers.js'
import { parseIpv4 } from '../../firmware/net/address.js'
import { HIGHEST_BAUD, LOWEST_BAUD } from '../../firmware/serial-link/board-link.js'
import { printable } from '../../firmware/text/printable.js'
import { contradictions } from './contradictions.js'
import { type BoardDefinition, LONGEST_START_UP } from './definition.js'
import { tooDeepLine } from './nesting.js'

/** A board, a part of it, its pins; and room for what is wrong to be named with its place. */
const DEPTH = 3
const DEEPEST = 32

export class BoardFileError extends Error {
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source} is not a board file:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'BoardFileError'
  }
}

/** A rule for one value: undefined when it is good, else what it should have been. */
type Rule = (value: unknown) => string | undefined
interface Shape {
  readonly [key: string]: Rule | Shape | { readonly optional: Rule }
}

const text: Rule = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty')

function whole(low: number, high: number, unit: string): Rule {
  return (value) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high
      ? undefined
      : `a whole number from ${low} to ${high} (${unit})`
}

function volts(low: number, high: number): Rule {
  return (value) =>
    typeof value === 'number' && value >= low && value <= high ? undefined : `a number from ${low} to ${high} (volts)`
}

function oneOf(...names: readonly string[]): Rule {
  return (value) => (names.includes(value as string) ? undefined : `one of ${names.join(', ')}`)
}

function matching(pattern: RegExp, what: string): Rule {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : what)
}

const address: Rule = (value) =>
  typeof value === 'string' && parseIpv4(value) !== undefined ? undefined : 'an IPv4 address, as 192.168.7.1'

/** Of a network with room for a board, its gateway, and both of the addresses that no host has. */
const addressWithPrefix: Rule = (value) => {
  const [host, prefix, ...rest] = typeof value === 'string' ? value.split('/') : []
  const sound = parseIpv4(host ?? '') !== undefined && /^([1-9]|[12]\d|30)$/.test(prefix ?? '') && rest.length === 0
  return sound ? undefined : 'an IPv4 address with its prefix length (1 to 30), as 192.168.7.2/24'
}

const truth: Rule = (value) => (typeof value === 'boolean' ? undefined : 'true or false')

const pin = whole(0, 255, 'the board\u2019s pin number')

const modes: Rule = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((mode) => ['model', 'avr', 'serial'].includes(mode as string))
    ? undefined
    : 'a list of at least one of model, avr, serial'

const SHAPE: Shape = {
  name: matching(/^[a-z][a-z0-9-]*$/, 'lower case letters, digits and hyphens, a letter first'),
  title: text,
  controller: {
    part: text,
    clock: whole(1_000_000, 1_000_000_000, 'hertz'),
    flash: whole(1024, 1 << 30, 'octets'),
    ram: whole(256, 1 << 30, 'octets'),
    level: volts(1.8, 5.5),
    brownOut: volts(1.5, 5),
    startUp: whole(0, LONGEST_START_UP, 'milliseconds; a session waits no longer for a board that starts'),
  },
  chip: {
    revision: oneOf(...Object.keys(REVISION_ID)),
    spiClock: whole(10_000, 20_000_000, 'hertz; the ENC28J60 takes 20 MHz at most'),
    highestSpiClock: whole(10_000, 20_000_000, 'hertz; the ENC28J60 takes 20 MHz at most'),
    spiSynchronous: { optional: truth },
    floatingMiso: oneOf('high', 'low', 'echo'),
    pins: { cs: pin, sck: pin, mosi: pin, miso: pin, int: pin, reset: { optional: pin } },
    supply: whole(1, 10_000, 'milliamperes'),
    feed: { optional: text },
  },
  serial: {
    baud: whole(LOWEST_BAUD, HIGHEST_BAUD, 'baud'),
    highestBaud: whole(LOWEST_BAUD, HIGHEST_BAUD, 'baud'),
    bridge: text,
    window: whole(1, 127, 'cells'),
  },
  flash: {
    method: oneOf('stk500v1', 'stk500v2', 'avr109', 'uf2'),
    baud: whole(300, 4_000_000, 'baud'),
    bootLoader: whole(0, 1 << 20, 'octets'),
  },
  network: {
    address: addressWithPrefix,
    gateway: address,
    memory: { optional: whole(256, 1 << 30, 'octets') },
    station: matching(
      /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/i,
      'six octets in hexadecimal, as 02:00:00:00:00:02, the first one even (an individual address)',
    ),
  },
  modes,
}

function isOptional(rule: Rule | Shape | { readonly optional: Rule }): rule is { readonly optional: Rule } {
  return typeof rule === 'object' && typeof rule.optional === 'function'
}

/** As JSON, and short: what stands in the file. */
function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return printable(json.length > 40 ? `${json.slice(0, 37)}...` : json)
}

function compare(shape: Shape, value: unknown, path: string, problems: string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push(
      `${path || 'the file'}: expected an object with ${Object.keys(shape).join(', ')}; found ${show(value)}`,
    )
    return
  }
  const object = value as Readonly<Record<string, unknown>>
  const place = (key: string) => printable(path === '' ? key : `${path}.${key}`)
  for (const key of Object.keys(object)) {
    if (Object.hasOwn(shape, key)) continue
    problems.push(`${place(key)}: unknown key; remove it or use one of ${Object.keys(shape).join(', ')}`)
  }
  for (const [key, rule] of Object.entries(shape)) {
    const optional = isOptional(rule)
    if (!Object.hasOwn(object, key)) {
      if (!optional) problems.push(`${place(key)}: missing; add ${typeof rule === 'function' ? describe(rule) : 'it'}`)
      continue
    }
    const found = object[key]
    const control = typeof found === 'string' ? unprintableIn(found) : undefined
    if (control !== undefined) {
      problems.push(`${place(key)}: ${control}; take it out`)
      continue
    }
    if (typeof rule === 'object' && !optional) {
      compare(rule as Shape, found, place(key), problems)
      continue
    }
    const wrong = optional ? rule.optional(found) : (rule as Rule)(found)
    if (wrong !== undefined) problems.push(`${place(key)}: expected ${wrong}; found ${show(found)}`)
  }
}

/** The first character that nobody can see, and where it stands: a board's words are printed and drawn. */
function unprintableIn(text: string): string | undefined {
  const at = [...text].findIndex((character) => printable(character) !== character)
  return at < 0 ? undefined : `character ${at + 1} is ${printable([...text][at])}, which nobody can see`
}

/** What a rule wants, asked by giving it nothing. */
function describe(rule: Rule): string {
  return rule(undefined) ?? 'it'
}

/**
 * Checks a board that was written as an object.
 * @param source what to call it in errors: a file path.
 * @throws BoardFileError with every problem.
 */
export function validateBoard(value: unknown, source: string): BoardDefinition {
  const problems: string[] = []
  compare(SHAPE, value, '', problems)
  if (problems.length === 0) problems.push(...contradictions(value as BoardDefinition))
  if (problems.length > 0) throw new BoardFileError(source, problems)
  return value as BoardDefinition
}

/**
 * Reads a board file's text.
 * @param source what to call it in errors: its path.
 * @throws BoardFileError with every problem, or with the place where it is not JSON.
 */
export function parseBoard(text: string, source: string): BoardDefinition {
  const line = tooDeepLine(text, DEEPEST)
  if (line !== undefined) {
    throw new BoardFileError(source, [
      `line ${line}: brackets in more than ${DEEPEST} others; a board has ${DEPTH} levels, take out what is too many`,
    ])
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new BoardFileError(source, [
      `not JSON: ${error instanceof Error ? error.message : String(error)}; correct the text there`,
    ])
  }
  return validateBoard(value, source)
}
