/**
 * Reads comma-separated values as logic analysers export them, piece by piece:
 *
 * - Saleae Logic 2: `Time [s],Channel 0,…`, a line a change
 * - sigrok-cli and PulseView: comments behind `;` with names and sample rate, a line a sample; a column of time on request
 * - DSView: comments behind `;` with the sample rate, `Time(s),…`, a line a change or a sample
 *
 * A column of 0 and 1 is a digital channel; one with other values in its first line is a voltage.
 */
import { type LogicRecording, MOST_CHANNELS, RecordingBuilder, tooManyChannels } from './logic-recording.js'

const LONGEST_LINE = 65_536
/** Nanoseconds. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  ns: 1,
  seconds: 1e9,
  milliseconds: 1e6,
  microseconds: 1e3,
  nanoseconds: 1,
}
const RATES: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 }

export class CsvReader {
  #rest = ''
  #line = 0
  #rate: number | undefined
  #commented: readonly string[] = []
  #header: readonly string[] | undefined
  #timeUnit = 0
  #builder: RecordingBuilder | undefined
  /** By column: bit of a digital channel, or place of an analogue one. */
  #columns: readonly { readonly bit?: number; readonly place?: number }[] = []
  #before = ''
  #rows = 0
  #first = 0
  #now = 0

  /** @throws RangeError that names the line and says what is wrong */
  take(piece: string): void {
    const lines = (this.#rest + piece).split('\n')
    this.#rest = lines.pop() ?? ''
    if (this.#rest.length > LONGEST_LINE)
      throw new RangeError(`line ${this.#line + 1} has more than ${LONGEST_LINE} characters`)
    for (const line of lines) {
      this.#line++
      this.#take(line.endsWith('\r') ? line.slice(0, -1) : line)
    }
  }

  /** @throws RangeError where there is no recording */
  end(): LogicRecording {
    this.take('\n')
    if (this.#builder === undefined) throw new RangeError('it has no line of levels: it is cut short, or no recording')
    return this.#builder.finish(this.#now)
  }

  #take(line: string): void {
    if (line === '') return
    if (line[0] === ';' || line[0] === '#') {
      this.#comment(line.slice(1))
      return
    }
    if (this.#builder === undefined) {
      const cells = cellsOf(line)
      if (!cells.every((cell) => cell !== '' && Number.isFinite(Number(cell)))) {
        if (this.#header !== undefined) throw this.#wrong(`"${cells[0].slice(0, 40)}" is no number`)
        this.#header = cells
        return
      }
      this.#begin(cells)
    }
    this.#row(line)
  }

  #comment(text: string): void {
    const [, number, unit] = /sample ?rate:\s*([\d.]+)\s*(k|M|G)?Hz/i.exec(text) ?? []
    if (number !== undefined) this.#rate = Number(number) * RATES[unit ?? '']
    const [, names] = /^\s*Channels[^:]*:\s*(.+)$/.exec(text) ?? []
    if (names !== undefined) this.#commented = names.split(',').map((name) => name.trim())
  }

  #begin(cells: readonly string[]): void {
    const header = this.#header ?? []
    const unit = this.#unitOf(header[0] ?? '', Number(cells[0]))
    if (unit !== undefined) this.#timeUnit = UNITS[unit.toLowerCase()]
    else if (this.#rate === undefined || this.#rate === 0) {
      throw this.#wrong(
        'there is neither a column of time nor a sample rate in front; export with one of them (sigrok-cli -O csv:time=true)',
      )
    }
    const values = cells.slice(unit === undefined ? 0 : 1)
    if (values.length === 0) throw this.#wrong('there is no channel')
    if (values.length > MOST_CHANNELS) throw tooManyChannels(values.length)
    const titles = header.slice(unit === undefined ? 0 : 1)
    // sigrok-cli titles its columns by their units, and names the channels in a comment.
    const named =
      titles.length === values.length && titles.some((title) => !/^(logic|m?V|A)$/.test(title))
        ? titles
        : this.#commented
    const name = (i: number) => named[i] ?? `Channel ${i}`
    const digital: string[] = []
    const analogue: string[] = []
    this.#columns = values.map((value, i) => {
      if (value === '0' || value === '1') return { bit: digital.push(name(i)) - 1 }
      return { place: analogue.push(name(i)) - 1 }
    })
    this.#builder = new RecordingBuilder(digital, this.#rate === undefined ? 0 : 1e9 / this.#rate, analogue)
  }

  /** Of a column of time; undefined where it is none. sigrok-cli may leave the unit out: its first sample is a period old. */
  #unitOf(title: string, first: number): string | undefined {
    const [, named] =
      /^(?:time\s*)?[[(]?\s*(s|ms|us|ns|seconds|milliseconds|microseconds|nanoseconds)\s*[\])]?$/i.exec(title) ?? []
    if (named !== undefined || !/^time$/i.test(title)) return named
    const period = 1e9 / (this.#rate ?? 1)
    return ['s', 'ms', 'us', 'ns'].find((unit) => Math.abs(first * UNITS[unit] - period) < period / 100) ?? 's'
  }

  #row(line: string): void {
    if (this.#timeUnit === 0 && line === this.#before) {
      this.#rows++
      this.#now = (this.#rows - 1) * this.#builder!.period
      return
    }
    this.#before = line
    const cells = cellsOf(line)
    const shift = this.#timeUnit === 0 ? 0 : 1
    if (cells.length !== this.#columns.length + shift)
      throw this.#wrong(`there are ${cells.length} columns, and the first line has ${this.#columns.length + shift}`)
    if (shift === 0) this.#now = this.#rows * this.#builder!.period
    else {
      const at = Number(cells[0]) * this.#timeUnit
      if (this.#rows === 0) this.#first = at
      const since = Math.round((at - this.#first) * 1000) / 1000
      if (!(since >= this.#now)) throw this.#wrong(`"${cells[0].slice(0, 40)}" lies before the line in front of it`)
      this.#now = since
    }
    this.#rows++
    let levels = 0
    for (let i = 0; i < this.#columns.length; i++) {
      const cell = cells[i + shift]
      const { bit, place } = this.#columns[i]
      if (place !== undefined) {
        const volts = Number(cell)
        if (cell === '' || !Number.isFinite(volts)) throw this.#wrong(`"${cell.slice(0, 40)}" is no voltage`)
        this.#builder!.voltage(place, this.#now, volts)
      } else if (cell === '1') levels |= 1 << bit!
      else if (cell !== '0') throw this.#wrong(`"${cell.slice(0, 40)}" is no level`)
    }
    this.#builder!.change(this.#now, levels)
  }

  #wrong(what: string): RangeError {
    return new RangeError(`line ${this.#line}: ${what}`)
  }
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}
