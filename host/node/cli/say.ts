/**
 * The one way from a command to standard output and standard error. What is said as text is made printable here, whatever
 * it is made of: a board's name, a path, what a server answered. What is handed on octet by octet stays as it is in a
 * pipe or a file; on a terminal it is text as well.
 */
import { printable, printableLines } from '../../../firmware/text/printable.js'
import { inLanguage } from './messages.js'
import { isTerminal } from './terminal.js'

/** Text for standard output: whole lines. */
export function print(text: string): void {
  process.stdout.write(printableLines(text))
}

/** What is said beside the result, on standard error: a message a line. */
export function tell(text: string): void {
  const told = text.replace(
    /^(linkpulse: | *)(.+)$/gm,
    (_, name: string, message: string) => name + inLanguage(message),
  )
  process.stderr.write(printableLines(told))
}

/**
 * A report's lines in colour, on standard output.
 * @param paint the control sequences that the report paints with, in one group; no others pass
 */
export function printPainted(text: string, paint: RegExp): void {
  const parts = text.split(paint)
  process.stdout.write(parts.map((part, at) => (at % 2 === 1 ? part : printableLines(part))).join(''))
}

/** Octets that are not ours, as text for a terminal: in pieces as they come, though a character may be in two of them. */
export class ConsoleText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #return = false

  /** Lines may end in CR LF; a carriage return alone would write over the line, and is shown. */
  take(octets: Uint8Array): string {
    const text = (this.#return ? '\r' : '') + this.#decoder.decode(octets, { stream: true })
    this.#return = text.endsWith('\r')
    return printableLines((this.#return ? text.slice(0, -1) : text).replaceAll('\r\n', '\n'))
  }
}

const consoleText = new ConsoleText()

/**
 * Octets for standard output, exactly as they are unless it is a terminal.
 * @returns whether the reader takes more at once; else `roomToPrint` waits for it
 */
export function printOctets(octets: Uint8Array): boolean {
  return process.stdout.write(process.stdout.isTTY ? consoleText.take(octets) : octets)
}

/** Resolves when the reader of standard output has taken what was printed. */
export function roomToPrint(): Promise<void> {
  return new Promise((resolve) => process.stdout.once('drain', resolve))
}

/** A line of standard error that is written over as the work goes on; on a terminal only. */
export class StatusLine {
  /** Whether it is shown at all. */
  readonly live = isTerminal(process.stderr)
  #shown = false

  show(text: string): void {
    if (!this.live) return
    process.stderr.write(`\r${printable(text)}\x1b[K`)
    this.#shown = true
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) process.stderr.write('\r\x1b[K')
    this.#shown = false
  }

  /** Leaves what it says where it is, and goes on below. */
  keep(): void {
    if (this.#shown) process.stderr.write('\n')
    this.#shown = false
  }
}
