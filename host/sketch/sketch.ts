/** A sketch in a lab: anyone's firmware on an emulated board with an ENC28J60, its serial port, its pins, and what it does wrong. */
import { arduinoPin, arduinoPinNumber } from '../../boards/avr/arduino-pins.js'
import type { AvrBoard } from '../../boards/avr/avr-board.js'
import type { AvrFault } from '../../boards/avr/cpu.js'
import { instructionName } from '../../boards/avr/instruction-set.js'
import { type PlaceLack, type ProgramPlace, ProgramPlaces } from '../../boards/avr/source/program-places.js'
import { CharacterLcd } from '../../boards/chips/character-lcd.js'
import type { Enc28j60 } from '../../boards/chips/enc28j60/enc28j60.js'
import { type FindingId, MILD_RULES } from '../../boards/chips/enc28j60/finding-rules.js'
import { I2cEeprom } from '../../boards/chips/i2c-eeprom.js'
import { SdCard } from '../../boards/chips/sd-card.js'
import { SpiFlash } from '../../boards/chips/spi-flash.js'
import type { EthernetPort } from '../../boards/ethernet/port.js'
import { Tally } from '../../firmware/hal/counters.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { chipFindingText } from '../chip/finding-text.js'
import type { LabTime } from '../lab-time.js'
import { SketchButton, SketchPin } from './pin.js'
import { SketchSerial } from './serial.js'

/** A rule of the chip's data sheet, or of the program's own controller. */
export type RuleId = FindingId | 'spi-mode' | AvrFault['kind']

/** Something that the firmware does against a data sheet: to the chip, or with its own controller. */
export interface SketchFinding {
  /** Virtual time, nanoseconds. */
  readonly at: number
  /** Stable name of the rule. */
  readonly id: RuleId
  /** In words, with the octets and the section. */
  readonly text: string
  /** Broken by drivers that work: worth a word, and no reason to fail. */
  readonly mild: boolean
  /**
   * Where the program was, the innermost function first, and from where it came there, as far as the stack shows it. With symbols of an ELF
   * file functions have names, with debug information (`-g`) places have lines; of Intel HEX there are none.
   */
  readonly where: readonly ProgramPlace[]
}

/** On which pins a character display is. */
export interface LcdConnection {
  readonly rs: number | string
  /** E. */
  readonly enable: number | string
  /** D4 to D7, or D0 to D7. */
  readonly data: readonly (number | string)[]
  /** 16 by default. */
  readonly columns?: number
  /** 2 by default. */
  readonly rows?: number
}

/** Findings kept; all are counted. */
const KEPT = 1000
/** How often the same fault of a program is told: each is counted. */
const TOLD_FAULTS = 20

export class Sketch {
  readonly name: string
  /** The board that executes it: supply, chip, wires, controller. */
  readonly board: AvrBoard
  readonly serial: SketchSerial
  /** Findings, the first thousand. */
  readonly findings: SketchFinding[] = []
  readonly #time: LabTime
  readonly #pins = new Map<number, SketchPin>()
  readonly #findingListeners = new Listeners<[finding: SketchFinding]>()
  /** By rule. */
  readonly #findingCounts = new Tally<RuleId>()
  readonly #places: ProgramPlaces

  constructor(board: AvrBoard, time: LabTime, baud?: number) {
    this.name = board.name
    this.board = board
    this.#time = time
    this.serial = new SketchSerial(board.name, board, time, baud)
    this.#places = new ProgramPlaces(board.image)
    board.chip.onFinding((finding) => this.#find(finding.id, chipFindingText(finding)))
    board.mcu.onFault((fault) => this.#fault(fault))
    board.onWrongMode((mode) =>
      this.#find('spi-mode', `SPI mode ${mode} is used with the chip selected; it has mode 0 only [DS39662 4.1]`),
    )
  }

  /** The RJ-45. */
  get port(): EthernetPort {
    return this.board.port
  }

  /** The ENC28J60. */
  get chip(): Enc28j60 {
    return this.board.chip
  }

  /** What the chip's link partner makes of it: the chip has a link. */
  get linkUp(): boolean {
    return this.board.chip.linkUp
  }

  /** A pin of the controller: `10`, `'D10'`, `'A0'`. @throws RangeError for one that the board does not have */
  pin(pin: number | string): SketchPin {
    const { mcu, definition } = this.board
    const number = arduinoPinNumber(mcu.part, pin)
    let found = this.#pins.get(number)
    if (found === undefined) {
      found = new SketchPin(number, mcu, arduinoPin(mcu, number), definition.controller.level, this.#time)
      this.#pins.set(number, found)
    }
    return found
  }

  /** A push button at a pin, to ground unless told otherwise: not pressed. */
  button(pin: number | string, { to = 'ground' }: { readonly to?: 'ground' | 'supply' } = {}): SketchButton {
    return new SketchButton(this.pin(pin), to)
  }

  /**
   * Puts an SPI flash (a W25X10, 128 KiB) on the bus, with its chip select on a pin of its own.
   * @param image what is in it at first
   * @throws RangeError for a pin that is not there or taken by the ENC28J60, and for an image that is too large
   */
  addSpiFlash(cs: number | string, image?: Uint8Array): SpiFlash {
    const flash = new SpiFlash(this.#time.clock, image)
    this.board.addSpiPart(flash, arduinoPinNumber(this.board.mcu.part, cs))
    return flash
  }

  /**
   * Puts an SD card on the SPI bus, with its chip select on a pin of its own.
   * @param image its contents, as `dd` reads a card; changes stay in the card's `image`
   * @throws RangeError as `addSpiFlash`
   */
  addSdCard(cs: number | string, image: Uint8Array): SdCard {
    const card = new SdCard(this.#time.clock, image)
    this.board.addSpiPart(card, arduinoPinNumber(this.board.mcu.part, cs))
    return card
  }

  /**
   * Connects a character display (HD44780) by four wires or eight; R/W is at ground.
   * @returns what it shows, in `lines`
   * @throws RangeError for a pin that is not there, and for another number of wires
   */
  addLcd({ rs, enable, data, columns, rows }: LcdConnection): CharacterLcd {
    if (data.length !== 4 && data.length !== 8)
      throw new RangeError(`a display has four data wires (D4 to D7) or eight (D0 to D7), not ${data.length}`)
    const lcd = new CharacterLcd(columns, rows)
    const [select, ...wires] = [rs, ...data].map((pin) => this.pin(pin))
    this.pin(enable).onEdge((high) => {
      if (high) return
      const octet = wires.reduce((bits, { high: one }, bit) => bits | (one ? 1 << bit : 0), 0)
      lcd.strobe({ rs: select.high, data: wires.length === 4 ? octet << 4 : octet })
    })
    return lcd
  }

  /**
   * Puts an EEPROM (a 24LC256, 32 KiB) on SDA and SCL.
   * @param address of seven bits: 0x50 with A0 to A2 at ground
   * @throws RangeError for an address that is taken or that no part has, and for an image that is too large
   */
  addEeprom(address = 0x50, image?: Uint8Array): I2cEeprom {
    const eeprom = new I2cEeprom(this.#time.clock, image)
    this.board.mcu.twoWire.add(address, eeprom)
    return eeprom
  }

  /** Is called with each finding, at its instant. */
  onFinding(listener: (finding: SketchFinding) => void): () => void {
    return this.#findingListeners.add(listener)
  }

  /** A press of the reset button. */
  reset(): void {
    this.board.restart()
  }

  /** Findings so far. */
  get findingCount(): number {
    return this.#findingCounts.total
  }

  /** How often a rule was broken so far, those times included of which no listener is notified. */
  timesFound(id: RuleId): number {
    return this.#findingCounts.count(id)
  }

  /** Why findings have no source lines, or not all of them; undefined where they do, and before the first. */
  get placeLack(): PlaceLack | undefined {
    return this.#places.lack
  }

  powerOn(): void {
    this.board.powerOn()
  }

  powerOff(): void {
    this.board.powerOff()
  }

  #fault({ kind, pc, value }: AvrFault): void {
    const what = {
      'illegal-opcode': `opcode ${value.toString(16)} (${instructionName(value)}) does not exist on this part`,
      'store-outside-memory': `a store to ${value.toString(16)}, where there is no memory`,
      'load-outside-memory': `a load from ${value.toString(16)}, where there is no memory`,
      'spm-outside-boot-section': `SPM outside the boot section has no effect`,
    }[kind]
    const count = this.timesFound(kind) + 1
    if (count > TOLD_FAULTS) {
      this.#findingCounts.add(kind)
      return
    }
    const last = count === TOLD_FAULTS ? ' (further ones are counted only)' : ''
    this.#find(kind, `${kind} at 0x${pc.toString(16)}: ${what}${last}`)
  }

  #find(id: RuleId, text: string): void {
    this.#findingCounts.add(id)
    if (this.findings.length >= KEPT && this.#findingListeners.idle) return
    const where = this.#places.now(this.board.mcu.cpu)
    const finding = { at: this.#time.now, id, text, mild: MILD_RULES.has(id), where }
    if (this.findings.length < KEPT) this.findings.push(finding)
    this.#findingListeners.tell(finding)
  }
}
