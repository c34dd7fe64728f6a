/**
 * Shared time: what `linkpulse check` and a board behind `linkpulse serve` say to each other beside the serial port, when both run on
 * one machine. The port carries the octets as ever; over a socket of the file system the two agree on the time. Virtual time goes on only
 * while the check has nothing left to say about the present instant, up to its next timer or to the next octets, so that neither
 * waits for the other on a busy machine: each run is as on a quiet one. A program that knows nothing of it finds a board in real time.
 *
 * Lines of JSON. The server begins with `{"linkpulse":"shared time","version":1}`, with virtual time at rest and nothing unread in the
 * port. Then the client asks, one question at a time:
 *
 * | client | server, when it is so |
 * |---|---|
 * | `{"until":NS,"written":N}`: go on, to NS at most | `{"now":NS,"sent":N}` |
 * | `{"settle":N}`: have my N octets arrived? | `{"settled":N}` |
 *
 * NS counts from the first line on, N counts octets since then.
 */
import { join } from 'node:path'
import { runtimePlace } from '../files/runtime-folder.js'

export const GREETING = { linkpulse: 'shared time', version: 1 } as const

/** No line of either end is longer; one that is ends the connection. */
const LONGEST_LINE = 256

export type TimeQuestion = { readonly until: number; readonly written: number } | { readonly settle: number }
export type TimeAnswer = { readonly now: number; readonly sent: number } | { readonly settled: number }

/** Where the board behind a port shares its time, in a folder of this user's own: for /dev/pts/3 `time-dev-pts-3.sock`. */
export function sharedTimePath(port: string): string {
  return join(runtimePlace(), `time-${port.replace(/^\/+/, '').replaceAll(/[^A-Za-z0-9.]+/g, '-')}.sock`)
}

/** Takes a stream of octets apart into lines. */
export class LineReader {
  #text = ''

  /** The lines that are whole by now; undefined once one is too long to be ours. */
  push(chunk: string): string[] | undefined {
    this.#text += chunk
    const lines = this.#text.split('\n')
    this.#text = lines.pop() ?? ''
    return [this.#text, ...lines].some((line) => line.length > LONGEST_LINE) ? undefined : lines
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function objectOf(line: string): Record<string, unknown> | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined // the caller ends the connection
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
}

/** What a client's line asks; undefined when it is not one of ours. */
export function readQuestion(line: string): TimeQuestion | undefined {
  const { until, written, settle } = objectOf(line) ?? {}
  if (isCount(until) && isCount(written)) return { until, written }
  return isCount(settle) ? { settle } : undefined
}

/** What a server answers; undefined when it is not one of ours. */
export function readAnswer(line: string): TimeAnswer | undefined {
  const { now, sent, settled } = objectOf(line) ?? {}
  if (isCount(now) && isCount(sent)) return { now, sent }
  return isCount(settled) ? { settled } : undefined
}

/** Whether a server's first line is one of this version. */
export function isGreeting(line: string): boolean {
  const { linkpulse, version } = objectOf(line) ?? {}
  return linkpulse === GREETING.linkpulse && version === GREETING.version
}
