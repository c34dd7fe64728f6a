/**
 * A circuit as Wokwi writes it down, `diagram.json` (docs.wokwi.com, "diagram.json File Format"): which board, which of its pins the
 * Ethernet chip's are on (a custom part, `chip-enc28j60`), and the buttons, LEDs and potentiometers around it. What is no part of
 * ours is named, and left out.
 */
import { isMap, isSeq, type Node } from 'yaml'
import { parseArduinoPin } from '../../../boards/avr/arduino-pins.js'
import { emulatedPart } from '../../../boards/avr/parts/parts.js'
import { findBoard } from '../../../boards/catalogue/catalogue.js'
import { printable } from '../../../firmware/text/printable.js'
import { YamlText } from '../files/yaml-text.js'
import { FileProblem, reasonOfFault } from './place.js'

/** Wokwi's boards that there are here. */
const BOARDS: Readonly<Record<string, string>> = {
  'wokwi-arduino-uno': 'uno',
  'wokwi-arduino-nano': 'nano',
  'wokwi-arduino-mega': 'mega2560',
}
const CHIP_PART = 'chip-enc28j60'
/** The chip's pins, and what else they are called. */
const CHIP_PINS: Readonly<Record<string, string>> = {
  CS: 'cs',
  INT: 'int',
  RESET: 'reset',
  RST: 'reset',
  SCK: 'sck',
  MOSI: 'mosi',
  SI: 'mosi',
  MISO: 'miso',
  SO: 'miso',
}
const BUTTONS = ['wokwi-pushbutton', 'wokwi-pushbutton-6mm']
const POTENTIOMETERS = ['wokwi-potentiometer', 'wokwi-slide-potentiometer']
/** Parts that are nothing but drawn, or wires. */
const SILENT = [
  'wokwi-text',
  'wokwi-breadboard',
  'wokwi-breadboard-mini',
  'wokwi-breadboard-half',
  'wokwi-vcc',
  'wokwi-gnd',
]
const MOST_PARTS = 1000

export type Rail = 'ground' | 'supply'
/** What a wire leads to. */
export interface Net {
  /** Pins of the board on it, in Arduino's numbering. */
  readonly pins: readonly number[]
  readonly rail: Rail | undefined
}

export type CircuitPart =
  | { readonly kind: 'button'; readonly id: string; readonly pin: number; readonly to: Rail }
  | { readonly kind: 'potentiometer'; readonly id: string; readonly pin: number; readonly value: number }
  | { readonly kind: 'pull'; readonly id: string; readonly pin: number; readonly to: Rail }

export interface Circuit {
  readonly file: string
  /** A board of the catalogue. */
  readonly board: string
  /** What the diagram calls it. */
  readonly boardId: string
  readonly chip: {
    readonly cs: number | undefined
    readonly int: number | undefined
    readonly reset: number | undefined
  }
  readonly parts: readonly CircuitPart[]
  /** What is not done here, in sentences. */
  readonly warnings: readonly string[]
  /** The wire at a pin of a part; undefined where there is no such part, or nothing is connected to that pin. */
  netAt(part: string, pin: string): Net | undefined
  has(part: string): boolean
}

interface Part {
  readonly id: string
  readonly type: string
  readonly attrs: Readonly<Record<string, unknown>>
}

/** @throws FileProblem for the first thing that is wrong */
export function parseDiagram(file: string, text: string): Circuit {
  // JSON is YAML, and this reader knows where things stand.
  const read = new YamlText(text, { schema: 'json', strict: true })
  const wrongAt = (offset: number | undefined, key: string, what: string): FileProblem => {
    const { line, column } = read.placeAt(offset)
    return new FileProblem(file, line, column, key, what)
  }
  const wrong = (node: unknown, key: string, what: string): FileProblem =>
    wrongAt((node as Node | undefined)?.range?.[0], key, what)
  const [fault] = read.faults
  if (fault !== undefined) throw wrongAt(fault.offset, '', `this is not JSON: ${reasonOfFault(fault)}`)
  const top = read.document?.contents
  if (!isMap(top)) throw wrong(top, '', 'a diagram is an object with "parts" and "connections"')
  const partsNode = top.get('parts', true)
  const wiresNode = top.get('connections', true)
  if (!isSeq(partsNode) || partsNode.items.length > MOST_PARTS)
    throw wrong(
      partsNode ?? top,
      'parts',
      `give a list of up to ${MOST_PARTS} parts, as [{ "id": "uno", "type": "wokwi-arduino-uno" }]`,
    )
  if (!isSeq(wiresNode))
    throw wrong(wiresNode ?? top, 'connections', 'give a list of connections, as [["uno:10", "eth:CS", "green", []]]')

  const parts = new Map<string, Part>()
  for (const [index, node] of partsNode.items.entries()) {
    const { id, type, attrs } = (isMap(node) ? node.toJSON() : {}) as Record<string, unknown>
    if (typeof id !== 'string' || typeof type !== 'string')
      throw wrong(node, `parts[${index + 1}]`, 'a part has an "id" and a "type"; give both')
    if (parts.has(id))
      throw wrong(node, `parts[${index + 1}]`, `there are two parts with the id "${printable(id)}"; give each its own`)
    parts.set(id, { id, type, attrs: typeof attrs === 'object' && attrs !== null ? (attrs as Part['attrs']) : {} })
  }
  const boards = [...parts.values()].filter(({ type }) => isBoard(type))
  const [board] = boards
  if (board === undefined || boards.length > 1 || BOARDS[board.type] === undefined) {
    const there = Object.keys(BOARDS).join(', ')
    const what =
      boards.length > 1
        ? `there are ${boards.length} boards`
        : board === undefined
          ? 'there is no board'
          : `the board ${printable(board.type)} is not emulated`
    throw wrong(partsNode, 'parts', `${what}; give one of ${there}`)
  }
  const wires = new Wires()
  for (const [index, node] of wiresNode.items.entries()) {
    const wire = isSeq(node) ? (node.toJSON() as unknown[]) : []
    const ends = wire.slice(0, 2)
    if (ends.length < 2 || !ends.every((end): end is string => typeof end === 'string' && end.includes(':')))
      throw wrong(
        node,
        `connections[${index + 1}]`,
        'a connection begins with two pins, as ["uno:10", "eth:CS", "green", []]',
      )
    for (const end of ends as string[]) {
      const id = end.slice(0, end.indexOf(':'))
      if (!parts.has(id) && !id.startsWith('$'))
        throw wrong(
          node,
          `connections[${index + 1}]`,
          `there is no part "${printable(id)}" for "${printable(end)}"; give it in "parts", or take the connection out`,
        )
    }
    const [a, b] = (ends as string[]).map((end) => terminal(parts, end))
    wires.join(a, b)
  }
  return new Reading(file, board, parts, wires, (what) => wrong(wiresNode, 'connections', what)).circuit()
}

const isBoard = (type: string): boolean => /^(wokwi-(arduino|esp32|pi-pico|attiny|stm32|franzininho)|board-)/.test(type)

/** Pins of one strip of a breadboard are one. */
function terminal(parts: ReadonlyMap<string, Part>, end: string): string {
  const [id, pin] = [end.slice(0, end.indexOf(':')), end.slice(end.indexOf(':') + 1)]
  return parts.get(id)?.type.startsWith('wokwi-breadboard') ? `${id}:${pin.split('.')[0]}` : end
}

/** Which terminals are one. */
class Wires {
  readonly #parent = new Map<string, string>()

  root(terminal: string): string {
    let at = terminal
    for (let up = this.#parent.get(at); up !== undefined; up = this.#parent.get(at)) at = up
    return at
  }

  join(a: string, b: string): void {
    const [x, y] = [this.root(a), this.root(b)]
    if (x !== y) this.#parent.set(x, y)
    this.#known.add(a).add(b)
  }

  readonly #known = new Set<string>()

  knows(terminal: string): boolean {
    return this.#known.has(terminal)
  }

  get terminals(): Iterable<string> {
    return this.#known
  }
}

/** What a diagram's wires mean. */
class Reading {
  readonly #warnings: string[] = []

  constructor(
    readonly file: string,
    readonly board: Part,
    readonly parts: ReadonlyMap<string, Part>,
    readonly wires: Wires,
    readonly wrong: (what: string) => FileProblem,
  ) {}

  circuit(): Circuit {
    const { board, parts, wires } = this
    for (const { id, type } of parts.values()) if (type === 'wokwi-resistor') this.#resistor(id)
    const found: CircuitPart[] = [...this.#pulls]
    for (const part of parts.values()) found.push(...this.#part(part))
    const chip = this.#chip()
    return {
      file: this.file,
      board: BOARDS[board.type],
      boardId: board.id,
      chip,
      parts: found,
      warnings: this.#warnings,
      netAt: (part, pin) => {
        const end = terminal(parts, `${part}:${pin}`)
        if (part === board.id) {
          const number = this.#pinNumber(pin)
          if (number !== undefined) return { pins: [number], rail: undefined }
        }
        return wires.knows(end) ? this.#net(end) : undefined
      },
      has: (part) => parts.has(part),
    }
  }

  readonly #pulls: CircuitPart[] = []

  /** From a pin to a rail it pulls; anywhere else it is a wire. */
  #resistor(id: string): void {
    const [a, b] = [this.#net(`${id}:1`), this.#net(`${id}:2`)]
    for (const [one, other] of [
      [a, b],
      [b, a],
    ]) {
      const [pin] = one.pins
      if (pin !== undefined && other.rail !== undefined && other.pins.length === 0) {
        this.#pulls.push({ kind: 'pull', id, pin, to: other.rail })
        return
      }
    }
    this.wires.join(`${id}:1`, `${id}:2`)
  }

  #part({ id, type, attrs }: Part): CircuitPart[] {
    if (BUTTONS.includes(type)) return this.#button(id)
    if (POTENTIOMETERS.includes(type)) {
      const [pin] = this.#net(`${id}:SIG`).pins
      if (pin === undefined) return this.#unconnected(id)
      const value = Number(attrs.value ?? 0)
      return [{ kind: 'potentiometer', id, pin, value: value >= 0 && value <= 1023 ? value / 1023 : 0 }]
    }
    const known = type === 'wokwi-led' || type === 'wokwi-resistor' || type === CHIP_PART || type === this.board.type
    if (!known && !SILENT.includes(type))
      this.#warnings.push(`the part "${printable(id)}" (${printable(type)}) is not simulated: its pins are left open`)
    return []
  }

  #button(id: string): CircuitPart[] {
    const sides = ['1', '2'].map((side) => [`${id}:${side}.l`, `${id}:${side}.r`].map((end) => this.#net(end)))
    const pinOf = (nets: readonly Net[]) => nets.flatMap(({ pins }) => pins)[0]
    const railOf = (nets: readonly Net[]) => nets.find(({ rail }) => rail !== undefined)?.rail
    for (const [one, other] of [sides, [sides[1], sides[0]]]) {
      const [pin, to] = [pinOf(one), railOf(other)]
      if (pin !== undefined && to !== undefined) return [{ kind: 'button', id, pin, to }]
    }
    return this.#unconnected(id)
  }

  #unconnected(id: string): [] {
    this.#warnings.push(
      `the part "${printable(id)}" is not between a pin of the board and ground or supply: nothing happens when it is used`,
    )
    return []
  }

  #chip(): Circuit['chip'] {
    const chips = [...this.parts.values()].filter(({ type }) => type === CHIP_PART)
    if (chips.length !== 1) {
      if (chips.length > 1)
        throw this.wrong(`there are ${chips.length} parts of type ${CHIP_PART}; one has its place on the SPI pins`)
      this.#warnings.push(
        `there is no part of type ${CHIP_PART}: an ENC28J60 is taken to be there, with its CS on SS and its INT on pin 2`,
      )
      return { cs: undefined, int: undefined, reset: undefined }
    }
    const { id } = chips[0]
    const at: Record<string, number | undefined> = {}
    for (const [name, pin] of Object.entries(CHIP_PINS)) at[pin] ??= this.#net(`${id}:${name}`).pins[0]
    const { spi, arduino } = emulatedPart(findBoard(BOARDS[this.board.type]))
    const numberOf = (mask: number) => arduino.pins.indexOf(`${spi.port}${31 - Math.clz32(mask)}`)
    for (const [name, mask] of [
      ['sck', spi.SCK],
      ['mosi', spi.MOSI],
      ['miso', spi.MISO],
    ] as const) {
      const number = at[name]
      if (number !== undefined && number !== numberOf(mask))
        throw this.wrong(
          `${id}:${name.toUpperCase()} is on pin ${number}, and the board has it on ${numberOf(mask)}; connect it there`,
        )
    }
    if (at.cs === undefined)
      throw this.wrong(
        `${id}:CS is connected to no pin of the board; connect it, as ["${this.board.id}:10", "${id}:CS", "green", []]`,
      )
    return { cs: at.cs, int: at.int, reset: at.reset }
  }

  #pinNumber(name: string): number | undefined {
    return parseArduinoPin(emulatedPart(findBoard(BOARDS[this.board.type])), name.split('.')[0])
  }

  #net(end: string): Net {
    const root = this.wires.root(end)
    const pins: number[] = []
    let rail: Rail | undefined
    for (const terminal of this.wires.terminals) {
      if (this.wires.root(terminal) !== root) continue
      const [id, pin] = [terminal.slice(0, terminal.indexOf(':')), terminal.slice(terminal.indexOf(':') + 1)]
      const { type } = this.parts.get(id) ?? { type: '' }
      if (id === this.board.id) {
        const number = this.#pinNumber(pin)
        if (number !== undefined) pins.push(number)
      }
      if ((id === this.board.id && /^GND/.test(pin)) || type === 'wokwi-gnd') rail = 'ground'
      else if ((id === this.board.id && /^(5V|3\.?3V|3V3|VCC|IOREF)/.test(pin)) || type === 'wokwi-vcc') rail = 'supply'
    }
    return { pins, rail }
  }
}
