/**
 * A character display with a Hitachi HD44780U ("HD44780U (LCD-II)", ADE-207-272): data over four or eight wires, written at the falling
 * edge of E. What it shows is its lines as text.
 *
 * Not modelled: reading (R/W is at ground, as most sketches have it), so that nobody sees it busy; characters of a user's own are shown
 * by their numbers, as `\x00` to `\x07`; how the lines shift on the glass.
 */

/** Address counters of the lines (figure 4): of two lines, 40 characters each. */
const SECOND_LINE = 0x40
const LINE = 40

export interface LcdWires {
  /** RS: high is data, low an instruction. */
  readonly rs: boolean
  /** DB0 to DB7; with four wires DB4 to DB7, and the others are low. */
  readonly data: number
}

export class CharacterLcd {
  readonly columns: number
  readonly rows: number
  readonly #memory = new Uint8Array(0x80).fill(0x20)
  #address = 0
  /** The address counter is one of character generator RAM: what is written goes to no place that is shown. */
  #generator = false
  #increment = true
  #on = false
  #fourWires = false
  #high: number | undefined

  constructor(columns = 16, rows = 2) {
    this.columns = columns
    this.rows = rows
  }

  /** What is shown, a text a line, with its spaces; empty lines while the display is off. */
  get lines(): readonly string[] {
    return Array.from({ length: this.rows }, (_, row) => {
      if (!this.#on) return ''.padEnd(this.columns)
      // Of four lines the third goes on where the first ends on the glass (as modules of 4 × 20 are wired).
      const from = (row % 2 === 0 ? 0 : SECOND_LINE) + (row >> 1) * this.columns
      return String.fromCharCode(...this.#memory.subarray(from, from + this.columns))
    })
  }

  /** E falls. */
  strobe({ rs, data }: LcdWires): void {
    if (!this.#fourWires) {
      this.#take(rs, data)
      return
    }
    // Four wires: the higher half comes first (figure 9)
    if (this.#high === undefined) {
      this.#high = data & 0xf0
      return
    }
    const octet = this.#high | (data >> 4)
    this.#high = undefined
    this.#take(rs, octet)
  }

  #take(rs: boolean, octet: number): void {
    if (rs) this.#write(octet)
    else this.#instruct(octet)
  }

  #write(octet: number): void {
    if (this.#generator) return
    this.#memory[this.#address] = octet
    this.#move(this.#increment ? 1 : -1)
  }

  /** Behind the end of a line comes the other one. */
  #move(by: 1 | -1): void {
    const second = this.#address >= SECOND_LINE
    const place = this.#address - (second ? SECOND_LINE : 0) + by
    if (place >= 0 && place < LINE) this.#address += by
    else this.#address = (second ? 0 : SECOND_LINE) + (by > 0 ? 0 : LINE - 1)
  }

  /** Table 6: the highest one says which instruction it is. */
  #instruct(octet: number): void {
    if (octet & 0x80) {
      this.#generator = false
      this.#address = octet & 0x7f
    } else if (octet & 0x40) this.#generator = true
    else if (octet & 0x20) {
      this.#fourWires = (octet & 0x10) === 0
      this.#high = undefined
    } else if (octet & 0x10) {
      // Cursor shift; a shift of the display is not modelled
      if ((octet & 0x08) === 0) this.#move(octet & 0x04 ? 1 : -1)
    } else if (octet & 0x08) this.#on = (octet & 0x04) !== 0
    else if (octet & 0x04) this.#increment = (octet & 0x02) !== 0
    else if (octet & 0x02) this.#home()
    else if (octet & 0x01) {
      this.#memory.fill(0x20)
      this.#increment = true
      this.#home()
    }
  }

  #home(): void {
    this.#generator = false
    this.#address = 0
  }
}
