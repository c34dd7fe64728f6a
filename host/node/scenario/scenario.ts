/**
 * A scenario: what is done to a sketch and what is expected of it, one step after the other, in virtual time. The steps of Wokwi's automation
 * scenarios (docs.wokwi.com, "Automation Scenarios") mean what they mean there; further ones are about the wire.
 */
import { type Document, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { suggestion } from '../../../boards/nearest.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { printable } from '../../../firmware/text/printable.js'
import {
  FRAME_PROTOCOLS,
  type FrameFields,
  type FramePattern,
  type FrameProtocol,
  framePattern,
} from '../../expect/frame-pattern.js'
import { MOST_ALIASES, YamlText } from '../files/yaml-text.js'
import { FileProblem, reasonOfFault } from './place.js'

/** One thing that is done or expected. */
export type ScenarioAction =
  | { readonly kind: 'delay'; readonly duration: number }
  | { readonly kind: 'wait-serial'; readonly text: string; readonly part: string | undefined }
  | { readonly kind: 'write-serial'; readonly octets: Uint8Array | string; readonly part: string | undefined }
  | { readonly kind: 'expect-pin'; readonly part: string; readonly pin: string; readonly value: 0 | 1 }
  | { readonly kind: 'set-control'; readonly part: string; readonly control: string; readonly value: number }
  | { readonly kind: 'wait-frame'; readonly pattern: FramePattern }
  | { readonly kind: 'expect-link'; readonly up: boolean; readonly part: string | undefined }
  | { readonly kind: 'set-fault'; readonly fault: string; readonly part: string | undefined }
  | { readonly kind: 'plug' | 'unplug'; readonly part: string | undefined }
  | { readonly kind: 'ping'; readonly address: string }

export interface ScenarioStep {
  readonly action: ScenarioAction
  /** As a person reads it: `wait-serial "IP: "`. */
  readonly words: string
  readonly line: number
  readonly column: number
  /** `steps[2]`, counted from 1. */
  readonly key: string
}

export interface Scenario {
  readonly file: string
  readonly name: string
  readonly steps: readonly ScenarioStep[]
}

const TOP = ['name', 'version', 'author', 'steps'] as const
const STEPS = [
  'delay',
  'wait-serial',
  'write-serial',
  'expect-pin',
  'set-control',
  'wait-frame',
  'expect-link',
  'set-fault',
  'plug',
  'unplug',
  'ping',
] as const
/** Steps of Wokwi's that need a picture of the parts, which nobody draws here. */
const UNSUPPORTED = ['take-screenshot', 'touch', 'touch-press', 'touch-move', 'touch-release']

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: MICROSECOND, ms: MILLISECOND, s: SECOND }
const LONGEST_DELAY = 86_400 * SECOND
/** Steps of a file, at most. */
const MOST_STEPS = 10_000

/** @throws FileProblem for the first thing that is wrong */
export function parseScenario(file: string, text: string): Scenario {
  const { scenario, problems } = readScenario(file, text)
  if (scenario === undefined) throw problems[0]
  return scenario
}

/** A scenario, or all that is wrong with it. */
export function readScenario(
  file: string,
  text: string,
): { readonly scenario?: Scenario; readonly problems: readonly FileProblem[] } {
  return new Reader(file, text).read()
}

class Reader {
  readonly #file: string
  readonly #text: YamlText
  readonly #problems: FileProblem[] = []

  constructor(file: string, text: string) {
    this.#file = file
    this.#text = new YamlText(text)
  }

  read(): { readonly scenario?: Scenario; readonly problems: readonly FileProblem[] } {
    const { document, faults } = this.#text
    for (const fault of faults) this.#problem(fault.offset, '', `this is not YAML: ${reasonOfFault(fault)}`)
    const problems = this.#problems
    if (problems.length > 0 || document === undefined) return { problems }
    const steps = this.#top(document)
    if (problems.length > 0 || steps === undefined) return { problems }
    const name = document.get('name')
    return { scenario: { file: this.#file, name: typeof name === 'string' ? name : this.#file, steps }, problems }
  }

  #problem(offset: number | undefined, key: string, what: string): void {
    const { line, column } = this.#text.placeAt(offset)
    this.#problems.push(new FileProblem(this.#file, line, column, key, what))
  }

  #top(document: Document.Parsed): ScenarioStep[] | undefined {
    const { contents } = document
    if (!isMap(contents)) {
      this.#problem(0, '', 'a scenario is a mapping with version and steps; give "version: 1" and "steps:"')
      return undefined
    }
    let steps: ScenarioStep[] | undefined
    for (const pair of contents.items) {
      const key = keyOf(pair)
      const at = offsetOf(pair.key)
      switch (key) {
        case 'version':
          if (plain(pair.value) !== 1)
            this.#problem(offsetOf(pair.value) ?? at, 'version', 'there is version 1; give version: 1')
          break
        case 'name':
        case 'author':
          if (typeof plain(pair.value) !== 'string') this.#problem(offsetOf(pair.value) ?? at, key, 'give a text')
          break
        case 'steps':
          steps = this.#steps(pair)
          break
        default:
          this.#problem(at, key, `there is no such key${suggestion(key, TOP)}; give some of ${TOP.join(', ')}`)
      }
    }
    if (!contents.has('version')) this.#problem(0, 'version', 'it is missing; give version: 1')
    if (!contents.has('steps'))
      this.#problem(0, 'steps', 'they are missing; give a list of steps, as "- wait-serial: ready"')
    return steps
  }

  #steps(pair: Pair): ScenarioStep[] | undefined {
    const { value } = pair
    if (!isSeq(value) || value.items.length === 0 || value.items.length > MOST_STEPS) {
      this.#problem(
        offsetOf(value) ?? offsetOf(pair.key),
        'steps',
        `give a list of 1 to ${MOST_STEPS} steps, as "- wait-serial: ready"`,
      )
      return undefined
    }
    return value.items.flatMap((item, index) => this.#step(item as Node, `steps[${index + 1}]`) ?? [])
  }

  #step(node: Node, key: string): ScenarioStep | undefined {
    const at = offsetOf(node)
    if (!isMap(node) || node.items.length === 0) {
      this.#problem(at, key, `a step is a name with its value, as "wait-serial: ready"; there are ${STEPS.join(', ')}`)
      return undefined
    }
    const [pair, other] = node.items
    const name = keyOf(pair)
    if (other !== undefined) {
      this.#problem(
        offsetOf(other.key),
        key,
        `a step has one name, and here are ${name} and ${printable(keyOf(other))}; begin each step with "- "`,
      )
      return undefined
    }
    if (UNSUPPORTED.includes(name)) {
      this.#problem(
        at,
        `${key} ${name}`,
        'this step is not supported: nothing is drawn here that could be looked at or touched; leave it out',
      )
      return undefined
    }
    if (!(STEPS as readonly string[]).includes(name)) {
      this.#problem(
        at,
        `${key} ${name}`,
        `there is no such step${suggestion(name, STEPS)}; there are ${STEPS.join(', ')}`,
      )
      return undefined
    }
    const place = `${key} ${name}`
    try {
      const value = toPlain(pair.value, this.#text.document!)
      const action = actionOf(name as ScenarioAction['kind'], value)
      return { action, words: wordsOf(name, value), key, ...this.#text.placeAt(offsetOf(pair.key)) }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#problem(offsetOf(pair.value) ?? at, place, error.message)
      return undefined
    }
  }
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key)
}

function offsetOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0]
}

function plain(node: unknown): unknown {
  return isScalar(node) ? node.value : undefined
}

function toPlain(node: unknown, document: Document): unknown {
  if (node === null || node === undefined) return null
  try {
    return (node as Node).toJS(document, { maxAliasCount: MOST_ALIASES })
  } catch (error) {
    if (error instanceof ReferenceError) throw new RangeError(`${error.message}; write the value out`)
    throw error
  }
}

/** @throws RangeError that says what to give */
function actionOf(kind: ScenarioAction['kind'], value: unknown): ScenarioAction {
  switch (kind) {
    case 'delay':
      return { kind, duration: durationOf(value) }
    case 'wait-serial': {
      if (isText(value)) return { kind, text: String(value), part: undefined }
      const { text, 'part-id': part } = fieldsOf(value, ['text'], ['part-id'], 'a text, as "IP: "')
      return { kind, text: textOf('text', text), part: part === undefined ? undefined : textOf('part-id', part) }
    }
    case 'write-serial': {
      if (isText(value)) return { kind, octets: String(value), part: undefined }
      if (Array.isArray(value)) return { kind, octets: octetsOf(value), part: undefined }
      const given = fieldsOf(value, ['value'], ['part-id'], 'a text, or a list of octets, as [104, 105, 10]')
      const octets = Array.isArray(given.value) ? octetsOf(given.value) : textOf('value', given.value)
      return { kind, octets, part: given['part-id'] === undefined ? undefined : textOf('part-id', given['part-id']) }
    }
    case 'expect-pin': {
      // Wokwi has had two names for each of both.
      const given = fieldsOf(
        value,
        ['part-id'],
        ['pin', 'name', 'value', 'expected'],
        '{ part-id: uno, pin: 13, value: 1 }',
      )
      const pin = given.pin ?? given.name
      const level = given.value ?? given.expected
      if (pin === undefined) throw new RangeError('pin is missing; give the name of a pin, as 13 or A')
      if (level !== 0 && level !== 1) throw new RangeError('give value: 0 or value: 1')
      return { kind, part: textOf('part-id', given['part-id']), pin: textOf('pin', pin), value: level }
    }
    case 'set-control': {
      const given = fieldsOf(
        value,
        ['part-id', 'control', 'value'],
        [],
        '{ part-id: btn1, control: pressed, value: 1 }',
      )
      const number = typeof given.value === 'boolean' ? Number(given.value) : given.value
      if (typeof number !== 'number' || !Number.isFinite(number)) throw new RangeError('value: give a number')
      return {
        kind,
        part: textOf('part-id', given['part-id']),
        control: textOf('control', given.control),
        value: number,
      }
    }
    case 'wait-frame':
      return { kind, pattern: patternOf(value) }
    case 'expect-link': {
      if (value === 'up' || value === 'down') return { kind, up: value === 'up', part: undefined }
      const given = fieldsOf(value, ['state'], ['part-id'], 'up or down')
      if (given.state !== 'up' && given.state !== 'down') throw new RangeError('state: give up or down')
      return { kind, up: given.state === 'up', part: partOf(given) }
    }
    case 'set-fault': {
      if (isText(value)) return { kind, fault: String(value), part: undefined }
      const given = fieldsOf(value, ['fault'], ['part-id'], 'a fault, as cable-noise:0.3V')
      return { kind, fault: textOf('fault', given.fault), part: partOf(given) }
    }
    case 'plug':
    case 'unplug':
      if (value === null || isText(value)) return { kind, part: value === null ? undefined : String(value) }
      return { kind, part: partOf(fieldsOf(value, [], ['part-id'], 'nothing, or { part-id: … }')) }
    case 'ping':
      return { kind, address: addressOf(value) }
  }
}

const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

const partOf = (given: Readonly<Record<string, unknown>>): string | undefined =>
  given['part-id'] === undefined ? undefined : textOf('part-id', given['part-id'])

function textOf(name: string, value: unknown): string {
  if (!isText(value) || value === '') throw new RangeError(`${name}: give a text`)
  return String(value)
}

/** @throws RangeError for what is no mapping, lacks a field, or has another */
function fieldsOf(
  value: unknown,
  required: readonly string[],
  optional: readonly string[],
  example: string,
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`give ${example}`)
  const all = [...required, ...optional]
  for (const name of Object.keys(value)) {
    if (!all.includes(name))
      throw new RangeError(`there is no "${printable(name)}" in it${suggestion(name, all)}; give ${example}`)
  }
  for (const name of required) if (!(name in value)) throw new RangeError(`${name} is missing; give ${example}`)
  return value as Readonly<Record<string, unknown>>
}

function durationOf(value: unknown): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ns|us|ms|s)$/.exec(typeof value === 'string' ? value.trim() : '') ?? []
  const duration = Math.round(Number(number) * (UNITS[unit] ?? Number.NaN))
  if (!(duration >= 0 && duration <= LONGEST_DELAY))
    throw new RangeError('give a time with its unit, up to a day, as 500ms, 2s or 30us')
  return duration
}

function octetsOf(value: readonly unknown[]): Uint8Array {
  if (!value.every((each) => Number.isInteger(each) && (each as number) >= 0 && (each as number) <= 255))
    throw new RangeError('an octet is a number from 0 to 255; give a list of them, as [104, 105, 10]')
  return Uint8Array.from(value as number[])
}

function patternOf(value: unknown): FramePattern {
  if (typeof value === 'string' && isProtocol(value)) return framePattern(value)
  const example = '{ protocol: arp, type: request, target: 192.168.7.1 }'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`give ${example}`)
  const { protocol, ...fields } = value as { readonly protocol?: unknown } & FrameFields
  if (typeof protocol !== 'string' || !isProtocol(protocol))
    throw new RangeError(`protocol: give one of ${FRAME_PROTOCOLS.join(', ')}`)
  return framePattern(protocol, fields)
}

const isProtocol = (text: string): text is FrameProtocol => (FRAME_PROTOCOLS as readonly string[]).includes(text)

function addressOf(value: unknown): string {
  const octets = typeof value === 'string' ? value.split('.') : []
  if (octets.length !== 4 || !octets.every((each) => /^\d{1,3}$/.test(each) && Number(each) < 256))
    throw new RangeError('give the address that is to answer, as 192.168.7.2')
  return value as string
}

function wordsOf(name: string, value: unknown): string {
  if (value === null) return name
  return `${name} ${printable(JSON.stringify(value))}`
}
