/**
 * Which wire goes where between a board and its ENC28J60: pins by the board's own numbers, the controller's ports, the chip's
 * pins (DS39662 table 1-1), directions and levels. Tables, drawings and diagnoses read it.
 */
import type { BoardDefinition, BoardPins } from './definition.js'

export type Signal = 'SCK' | 'MOSI' | 'CS' | 'MISO' | 'INT' | 'RESET' | '3V3' | 'GND'

/** Milliamperes that the chip takes at most, transmitting (DS39662 16.0). */
export const CHIP_CURRENT = 180

/** Of its supply, what an AVR promises to see as high (DS40002061B 29.2). */
const HIGH_SHARE = 0.6
/** In volts, what the chip promises as high: 0.7 V under its supply (DS39662 16.0). */
const CHIP_HIGH = 2.6

export interface JumperWire {
  readonly signal: Signal
  /** As printed on modules. */
  readonly module: string
  /** Of the 28-pin packages; undefined for the supply, which has several. */
  readonly chipPin: number | undefined
  /** The board's pin as printed on it; undefined where no wire goes. */
  readonly board: string | undefined
  /** The controller's own name of that pin, where the part is known. */
  readonly port: string | undefined
  readonly towards: 'chip' | 'board'
  /** What stands in the wire. */
  readonly through: 'buffer' | 'regulator' | undefined
  /** What a person has to know about it. */
  readonly remark: string
}

const MODULE_PINS: readonly (readonly [Signal, keyof BoardPins, string, number])[] = [
  ['SCK', 'sck', 'SCK', 8],
  ['MOSI', 'mosi', 'SI', 7],
  ['CS', 'cs', 'CS', 9],
  ['MISO', 'miso', 'SO', 6],
  ['INT', 'int', 'INT', 4],
  ['RESET', 'reset', 'RESET', 10],
]

/** Whether the chip's outputs need a buffer to be seen as high for certain. */
function needsBuffer(board: BoardDefinition): boolean {
  return board.controller.level * HIGH_SHARE > CHIP_HIGH
}

/** The wires in the order in which tables and drawings show them. */
export function wiresOf(board: BoardDefinition): readonly JumperWire[] {
  const buffered = needsBuffer(board)
  const wires = MODULE_PINS.map(([signal, key, module, chipPin]): JumperWire => {
    const pin = board.chip.pins[key]
    const output = signal === 'MISO' || signal === 'INT'
    return {
      signal,
      module,
      chipPin,
      board: pin === undefined ? undefined : pinLabel(board, pin),
      port: pin === undefined ? undefined : portName(board.controller.part, pin),
      towards: output ? 'board' : 'chip',
      through: output && buffered ? 'buffer' : undefined,
      remark: remarkOf(signal, pin !== undefined, board),
    }
  })
  const { feed } = board.chip
  wires.push({
    signal: '3V3',
    module: 'VCC',
    chipPin: undefined,
    board: feed,
    port: undefined,
    towards: 'chip',
    through: 'regulator',
    remark: `3.1 to 3.6 V, up to ${CHIP_CURRENT} mA, ${feed === undefined ? 'from a supply of its own' : 'from a 3.3 V regulator'}`,
  })
  wires.push({
    signal: 'GND',
    module: 'GND',
    chipPin: undefined,
    board: 'GND',
    port: undefined,
    towards: 'chip',
    through: undefined,
    remark: 'joins all supplies; the shortest wire of all',
  })
  return wires
}

function remarkOf(signal: Signal, wired: boolean, board: BoardDefinition): string {
  if (signal === 'MISO' || signal === 'INT') {
    return needsBuffer(board) ? 'at least 2.6 V when high; through a buffer at 5 V' : '3.3 V both sides, direct'
  }
  if (!wired) return 'not connected: a pull-up inside the chip holds it high'
  return board.controller.level > 3.6 ? 'the chip takes 5 V here, direct' : '3.3 V both sides, direct'
}

/** What to know before the power is switched on, in sentences. */
export function wiringNotes(board: BoardDefinition): readonly string[] {
  const { controller, chip } = board
  const notes: string[] = []
  const own =
    chip.feed === undefined
      ? 'give it a 3.3 V supply of its own, and join the grounds.'
      : `give it a regulator of its own, fed from ${chip.feed}.`
  const carried =
    chip.feed === undefined
      ? ''
      : ` Some modules and shields carry the regulator: then ${chip.feed} goes to the pin they call 5V.`
  notes.push(
    chip.supply < CHIP_CURRENT
      ? `Supply: the chip takes up to ${CHIP_CURRENT} mA, and this board’s 3.3 V pin is specified for ${chip.supply} mA: ${own}${carried}`
      : `Supply: the chip takes up to ${CHIP_CURRENT} mA at 3.3 V; this board’s 3.3 V pin is specified for ${chip.supply} mA.`,
  )
  if (needsBuffer(board)) {
    notes.push(
      `Levels: SCK, SI, CS and RESET of the chip take 5 V. Its outputs SO and INT promise 2.6 V when high, and a controller at ${controller.level} V promises to see ${(controller.level * HIGH_SHARE).toFixed(1)} V: a 74AHCT125 at 5 V makes that sure. CS enables the gate of MISO, so that the bus is free for other chips; INT’s is always enabled.`,
      'Without the buffer many pairs of boards work, with nothing to spare: the checks spi.miso and spi.memory tell whether yours does.',
    )
  } else {
    notes.push(`Levels: ${controller.level} V on both sides; every wire goes direct.`)
  }
  notes.push(
    'VCC of the chip is 3.3 V: 5 V there destroys it. Only a module with its own regulator takes 5 V, at the pin it calls 5V.',
  )
  notes.push(
    `Wires: under 20 cm at ${chip.spiClock / 1e6} MHz, SCK beside a ground wire; 10 µF and 100 nF across the module’s supply.`,
  )
  return notes.map((note) => note.replace(/(\d) (mA|V|MHz|cm|µF|nF)\b/g, '$1\u00a0$2'))
}

/** A pin as it is printed on the board: analogue inputs of an ATmega328P by their letters. */
function pinLabel({ controller }: BoardDefinition, pin: number): string {
  return controller.part === 'ATmega328P' && pin >= 14 && pin <= 19 ? `A${pin - 14}` : String(pin)
}

/** Runs of Arduino pin numbers on ports: first pin, port, first bit, step (variants/standard and mega, pins_arduino.h). */
const PORTS: Readonly<Record<string, readonly (readonly [number, number, string, number, 1 | -1])[]>> = {
  ATmega328P: [
    [0, 7, 'D', 0, 1],
    [8, 13, 'B', 0, 1],
    [14, 19, 'C', 0, 1],
  ],
  ATmega2560: [
    [0, 1, 'E', 0, 1],
    [2, 3, 'E', 4, 1],
    [4, 4, 'G', 5, 1],
    [5, 5, 'E', 3, 1],
    [6, 9, 'H', 3, 1],
    [10, 13, 'B', 4, 1],
    [14, 15, 'J', 1, -1],
    [16, 17, 'H', 1, -1],
    [18, 21, 'D', 3, -1],
    [22, 29, 'A', 0, 1],
    [30, 37, 'C', 7, -1],
    [38, 38, 'D', 7, 1],
    [39, 41, 'G', 2, -1],
    [42, 49, 'L', 7, -1],
    [50, 53, 'B', 3, -1],
    [54, 61, 'F', 0, 1],
    [62, 69, 'K', 0, 1],
  ],
}

/** `PB5`. @returns undefined for a part or a pin that is not known here. */
export function portName(part: string, pin: number): string | undefined {
  if (!Object.hasOwn(PORTS, part)) return undefined
  const run = PORTS[part].find(([first, last]) => pin >= first && pin <= last)
  if (run === undefined) return undefined
  const [first, , port, bit, step] = run
  return `P${port}${bit + (pin - first) * step}`
}
