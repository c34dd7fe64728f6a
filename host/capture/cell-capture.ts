/**
 * The cells of a serial link as packets, both directions, with what is on the line beside them: cells that came damaged, and octets that
 * are part of no cell. Each packet begins with four octets of our own:
 *
 *     0  version of this layout, 1
 *     1  direction: 0 to the host, 1 to the board
 *     2  what follows: 0 a cell (64 octets), whether its checks hold or not; 1 octets that are part of no cell
 *     3  what the receiver found wrong with the characters, bits as in LINE_ (firmware/hal/serial-line.ts), of all of them together
 *
 * An instant is that at which the last octet had arrived.
 */
import type { LineDirection, UartLine } from '../../boards/rs232/uart-line.js'
import { type Clock, SECOND, type Timer } from '../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { CELL_OCTETS, HEADER_OCTETS, headerHolds, payloadHolds } from '../../firmware/serial-link/cell.js'
import type { PacketSink } from './pcapng.js'

const LAYOUT_VERSION = 1
const LEADING_OCTETS = 4
const TO_HOST = 0
const TO_BOARD = 1
const A_CELL = 0
const NO_CELL = 1
const LINE_ERRORS = LINE_FRAMING_ERROR | LINE_OVERRUN | LINE_PARITY_ERROR

/** Octets that are part of no cell, in one packet at most. */
const MOST_OUTSIDE = 1024
/** Bits of a character, about: for how long a line has to be quiet until nothing more comes of what was begun. */
const CHARACTER_BITS = 11

export interface CellCaptureOptions {
  readonly clock: Clock
  /** End a is the host's, end b the board's. */
  readonly line: UartLine
  readonly sink: PacketSink
  /** Of the interface. */
  readonly name: string
}

export class CellCapture {
  readonly #ends: readonly { close(): void }[]

  /** Listens from now on. */
  constructor({ clock, line, sink, name }: CellCaptureOptions) {
    const port = sink.addInterface({ name, link: 'serial-link', description: 'cells of the serial link' })
    const rate = () => line.a.baud
    const watch = (direction: LineDirection, code: number) => {
      const found = new CellFinder({
        clock,
        quiet: () => (CELL_OCTETS * CHARACTER_BITS * SECOND) / rate(),
        take: (kind, octets, errors, at) => {
          const packet = new Uint8Array(LEADING_OCTETS + octets.length)
          packet.set([LAYOUT_VERSION, code, kind, errors])
          packet.set(octets, LEADING_OCTETS)
          sink.packet(port, packet, { at: Math.round(at), direction: code === TO_HOST ? 'inbound' : 'outbound' })
        },
      })
      const stop = line.observe(direction, { received: (octet, flags, at) => found.push(octet, flags, at) })
      return {
        close: () => {
          stop()
          found.close()
        },
      }
    }
    this.#ends = [watch('a-to-b', TO_BOARD), watch('b-to-a', TO_HOST)]
  }

  /** Stops listening and hands on what was begun. */
  close(): void {
    for (const end of this.#ends) end.close()
  }
}

interface CellFinderOptions {
  readonly clock: Clock
  /** For how long a line has to be quiet, in nanoseconds, until a cell that is not whole will not be. */
  quiet(): number
  take(kind: number, octets: Uint8Array, errors: number, at: number): void
}

/**
 * Where cells are in what one end receives. It has more time than a receiver (firmware/serial-link/delineation.ts), which must not wait for
 * what comes behind a cell: one whose checks do not hold is taken for a cell where the one before it ended, and the next header stands behind it.
 */
class CellFinder {
  readonly #options: CellFinderOptions
  #octets: number[] = []
  readonly #flags: number[] = []
  readonly #times: number[] = []
  /** So many of the first octets are part of no cell. */
  #outside = 0
  /** A cell ended before the first octet. */
  #aligned = false
  #lastAt = 0
  #timer: Timer | undefined

  constructor(options: CellFinderOptions) {
    this.#options = options
  }

  push(octet: number, flags: number, at: number): void {
    this.#octets.push(octet)
    this.#flags.push(flags & LINE_ERRORS)
    this.#times.push(at)
    this.#lastAt = at
    this.#work(false)
    if (this.#octets.length > 0) this.#arm()
  }

  close(): void {
    this.#options.clock.cancel(this.#timer)
    this.#timer = undefined
    this.#work(true)
  }

  #arm(): void {
    const { clock, quiet } = this.#options
    this.#timer ??= clock.after(quiet(), () => {
      this.#timer = undefined
      if (clock.now - this.#lastAt >= quiet()) this.#work(true)
      else this.#arm()
    })
  }

  /** @param ended nothing more comes of what is here */
  #work(ended: boolean): void {
    for (;;) {
      const here = this.#octets.length - this.#outside
      if (here === 0) break
      const length = this.#lengthOfCell(here, ended)
      if (length === undefined) return
      if (length > 0) {
        this.#hand(NO_CELL, this.#outside)
        this.#hand(A_CELL, length)
        this.#aligned = true
      } else {
        this.#outside++
        if (this.#outside >= MOST_OUTSIDE) this.#hand(NO_CELL, this.#outside)
      }
    }
    if (ended) this.#hand(NO_CELL, this.#outside)
  }

  /** Of the cell that begins behind the octets outside; 0: none does, undefined: nobody can say yet. */
  #lengthOfCell(here: number, ended: boolean): number | undefined {
    const at = this.#outside
    const octets = this.#octets as unknown as Uint8Array
    const due = this.#aligned && at === 0
    if (here < HEADER_OCTETS) return ended ? 0 : undefined
    const header = headerHolds(octets, at)
    if (!header && !due) return 0
    if (here < CELL_OCTETS) return ended ? 0 : undefined
    if (header && payloadHolds(octets, at)) return CELL_OCTETS
    // Damaged, or no cell at all: what is behind it tells.
    if (ended && here === CELL_OCTETS) return due ? CELL_OCTETS : 0
    if (here < CELL_OCTETS + HEADER_OCTETS) return ended ? 0 : undefined
    return headerHolds(octets, at + CELL_OCTETS) ? CELL_OCTETS : 0
  }

  #hand(kind: number, length: number): void {
    if (length === 0) return
    const octets = Uint8Array.from(this.#octets.splice(0, length))
    const errors = this.#flags.splice(0, length).reduce((all, each) => all | each, 0)
    const at = this.#times.splice(0, length)[length - 1]
    if (kind === NO_CELL) {
      this.#outside = 0
      this.#aligned = false
    }
    this.#options.take(kind, octets, errors, at)
  }
}
