/** What a port says, as lines for whoever watches it: text or octets with their time, control lines, errors of the line. */
import { SECOND } from '../../firmware/hal/clock.js'
import { printable } from '../../firmware/text/printable.js'
import { decodeText } from '../../firmware/text/utf8.js'
import { HEX_ROW, hexRow } from '../hex-octets.js'
import type { LineErrorCounts, ModemInputs } from '../target/host-line.js'
import { counted } from '../text/en/counted.js'

/** Text that goes on without an end of line is broken here. */
const LONGEST = 200
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export class MonitorLines {
  readonly #print: (line: string) => void
  readonly #hex: boolean
  #pending: number[] = []
  #at = 0
  #afterReturn = false
  #inputs = ''
  #errors: LineErrorCounts | undefined

  /** @param print a line without its end */
  constructor(print: (line: string) => void, hex: boolean) {
    this.#print = print
    this.#hex = hex
  }

  /** @param at nanoseconds since the port was opened */
  octets(at: number, octets: Uint8Array): void {
    if (this.#hex) {
      for (let from = 0; from < octets.length; from += HEX_ROW) this.#row(at, octets.subarray(from, from + HEX_ROW))
      return
    }
    for (const octet of octets) {
      if (this.#pending.length === 0) this.#at = at
      if (octet === LINE_FEED || octet === CARRIAGE_RETURN) {
        if (!(octet === LINE_FEED && this.#afterReturn)) this.#line()
      } else {
        this.#pending.push(octet)
        if (this.#pending.length >= LONGEST) this.#line()
      }
      this.#afterReturn = octet === CARRIAGE_RETURN
    }
  }

  /** The line is at rest: what has no end yet, a prompt, is shown. */
  rest(): void {
    if (this.#pending.length > 0) this.#line()
  }

  /** Tells what changed. */
  inputs(at: number, { cts, dsr, dcd }: ModemInputs): void {
    const on = (value: boolean): string => (value ? 'on' : 'off')
    const text = `CTS ${on(cts)}, DSR ${on(dsr)}, DCD ${on(dcd)}`
    if (text !== this.#inputs) this.note(at, text)
    this.#inputs = text
  }

  /** Tells how many more there are; those from before the port was opened are not counted. */
  errors(at: number, counts: LineErrorCounts): void {
    const before = this.#errors ?? counts
    this.#errors = counts
    const more: readonly (readonly [number, string])[] = [
      [counts.framing - before.framing, 'framing error'],
      [counts.parity - before.parity, 'parity error'],
      [counts.overruns - before.overruns, 'overrun'],
      [counts.breaks - before.breaks, 'break'],
    ]
    const words = more.filter(([count]) => count > 0).map(([count, what]) => counted(count, what))
    if (words.length > 0) this.note(at, words.join(', '))
  }

  note(at: number, text: string): void {
    this.rest()
    this.#print(`${stamp(at)}  -- ${text}`)
  }

  #line(): void {
    this.#print(`${stamp(this.#at)}  ${printable(decodeText(Uint8Array.from(this.#pending)))}`)
    this.#pending = []
  }

  #row(at: number, octets: Uint8Array): void {
    this.#print(`${stamp(at)}  ${hexRow(octets)}`)
  }
}

function stamp(at: number): string {
  return (at / SECOND).toFixed(3).padStart(9)
}

const ESCAPES: Readonly<Record<string, number>> = { r: 0x0d, n: 0x0a, t: 0x09, '\\': 0x5c, '0': 0x00 }

/**
 * Octets of a text with \r, \n, \t, \\, \0 and \xNN in it; other characters in UTF-8.
 * @returns undefined for any other escape
 */
export function unescaped(text: string, encode: (text: string) => Uint8Array): Uint8Array | undefined {
  const octets: number[] = []
  for (const [, hex, letter, plain] of text.matchAll(/\\x([0-9a-fA-F]{2})|\\(.?)|([^\\]+)/gs)) {
    if (hex !== undefined) octets.push(Number.parseInt(hex, 16))
    else if (plain !== undefined) octets.push(...encode(plain))
    else if (letter !== undefined && Object.hasOwn(ESCAPES, letter)) octets.push(ESCAPES[letter])
    else return undefined
  }
  return Uint8Array.from(octets)
}
