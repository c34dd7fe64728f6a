/** What `expect` of `linkpulse/vitest` asks of a lab beside vitest's own matchers. */
import type { SimulatedBoard } from '../../../boards/model/board.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { type FramePattern, patternWords } from '../../expect/frame-pattern.js'
import { type LabLog, loggedMatches } from '../../expect/lab-log.js'
import { type FrameWire, isOn, logOf } from '../../expect/test-lab.js'
import type { Sketch } from '../../sketch/sketch.js'
import { findingLine } from '../../text/program-place.js'

/** When, and how often, a frame is to have been sent. */
export interface SentOptions {
  /** Exactly so often; at least once by default. */
  readonly times?: number
  /** Virtual time in nanoseconds: not before, and not after. */
  readonly after?: number
  readonly before?: number
}

/** What a matcher found, as vitest takes it. */
interface Outcome {
  readonly pass: boolean
  readonly message: () => string
}

/** Sentences of what happened in an error. */
const STORY = 20

function story(log: LabLog | undefined): string {
  if (log === undefined) return ''
  const lines = log.story(STORY)
  return lines.length === 0 ? '\nnothing happened in the lab' : `\nwhat happened in the lab:\n${lines.join('\n')}`
}

const milliseconds = (nanoseconds: number) => `${nanoseconds / MILLISECOND} ms`

function toHaveSent(wire: FrameWire, pattern: FramePattern, { times, after, before }: SentOptions = {}): Outcome {
  const log = logOf(wire)
  if (log === undefined)
    throw new TypeError(
      'toHaveSent asks a lab of the fixture, a cable in it, or something with a jack in it: expect(cable).toHaveSent(…)',
    )
  const found = log.frames.filter(
    (frame) =>
      isOn(wire, frame) &&
      (after === undefined || frame.at >= after) &&
      (before === undefined || frame.at <= before) &&
      loggedMatches(pattern, frame),
  )
  for (const frame of found) frame.expected = true
  const pass = times === undefined ? found.length > 0 : found.length === times
  const when = `${after === undefined ? '' : ` after ${milliseconds(after)}`}${before === undefined ? '' : ` before ${milliseconds(before)}`}`
  const often = times === undefined ? '' : `, ${times} times`
  return {
    pass,
    message: () =>
      `expected ${patternWords(pattern)}${when} ${pass ? 'not ' : ''}to have been sent${often}; there were ${found.length}${story(log)}`,
  }
}

function toHavePrinted(sketch: Sketch, pattern: string | RegExp): Outcome {
  const { text } = sketch.serial
  const pass = typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text)
  const shown = typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern)
  return {
    pass,
    message: () => `expected ${sketch.name} ${pass ? 'not ' : ''}to have printed ${shown}${story(logOf(sketch))}`,
  }
}

function toHaveFinding(sketch: Sketch, id?: string): Outcome {
  const found = sketch.findings.filter((finding) => (id === undefined ? !finding.mild : finding.id === id))
  const what = id === undefined ? 'a finding' : `the finding ${id}`
  const first = found[0] === undefined ? '' : `; the first of ${found.length}: ${findingLine(found[0])}`
  return {
    pass: found.length > 0,
    message: () =>
      `expected ${sketch.name} ${found.length > 0 ? 'not ' : ''}to have ${what}${first}${story(logOf(sketch))}`,
  }
}

interface Linked {
  readonly name: string
  readonly linkUp?: boolean
  readonly network?: { readonly linkUp: boolean }
  readonly chip?: { readonly linkUp: boolean }
}

function toHaveLink(end: Linked): Outcome {
  const pass = end.linkUp ?? end.network?.linkUp ?? end.chip?.linkUp
  if (pass === undefined) throw new TypeError('toHaveLink asks a sketch, a board or a host')
  return { pass, message: () => `expected ${end.name} ${pass ? 'not ' : ''}to have a link${story(logOf(end))}` }
}

function toBeInState(board: SimulatedBoard, state: Parameters<SimulatedBoard['state']['matches']>[0]): Outcome {
  const pass = board.state.matches(state)
  return {
    pass,
    message: () =>
      `expected ${board.name} ${pass ? 'not ' : ''}to be in ${JSON.stringify(state)}; it is in ${JSON.stringify(board.state.value)}${story(logOf(board))}`,
  }
}

export const MATCHERS = { toHaveSent, toHavePrinted, toHaveFinding, toHaveLink, toBeInState }

/** As `expect` has them. */
export interface LabMatchers<R> {
  /** On a cable, by whoever has a jack (a sketch, a board, a host), or anywhere in the lab: a frame like that was sent. */
  toHaveSent(pattern: FramePattern, options?: SentOptions): R
  /** A sketch printed that on its serial port. */
  toHavePrinted(pattern: string | RegExp): R
  /** A sketch misused its chip or its controller: by the rule of that name, or by any. */
  toHaveFinding(id?: string): R
  /** A sketch, a board or a host has a link. */
  toHaveLink(): R
  /** A board's controller is in that state: `{ on: { link: 'up' } }`. */
  toBeInState(state: Parameters<SimulatedBoard['state']['matches']>[0]): R
}
