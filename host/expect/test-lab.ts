/** A lab that remembers what happens in it, for tests that ask afterwards. */
import type { Cable } from '../../boards/ethernet/cable.js'
import type { EthernetPort } from '../../boards/ethernet/port.js'
import { HostStatus } from '../../firmware/services/status.js'
import type { Stack } from '../../firmware/stack.js'
import type { WaitOptions } from '../sketch/serial.js'
import type { Sketch } from '../sketch/sketch.js'
import { SketchLab, type SketchLabOptions } from '../sketch/sketch-lab.js'
import { findingLine } from '../text/program-place.js'
import { awaitFrame } from './await-frame.js'
import type { FramePattern } from './frame-pattern.js'
import { LabLog, type LoggedFrame, loggedMatches, sentence } from './lab-log.js'

/** Where frames are sent: on a cable, by whoever has a jack, or anywhere in a lab. */
export type FrameWire = Cable | { readonly port: EthernetPort } | TestLab

export interface QuietOptions {
  /** Frames that may have been sent beside those that a test asked for. */
  readonly allow?: readonly FramePattern[]
}

/** Sentences of one kind in an error, at most. */
const SHOWN = 5

/** The labs that remember, by what is in them. */
const logs = new WeakMap<object, LabLog>()

export class TestLab extends SketchLab {
  readonly log: LabLog
  /** Up to where it was found quiet before: things of the log, and findings of each sketch. */
  #quietUntil = -1
  readonly #toldFindings = new Map<Sketch, number>()

  constructor(options: SketchLabOptions = {}) {
    super(options)
    this.log = new LabLog(this)
    logs.set(this, this.log)
    this.onConnect((cable) => {
      logs.set(cable, this.log)
      for (const port of cable.ends ?? []) logs.set(port, this.log)
    })
  }

  /**
   * Waits for a frame that is still to come.
   * @param on where it is sent; anywhere in the lab by default
   * @throws WaitError when none came in time
   */
  frame(pattern: FramePattern, options: WaitOptions & { readonly on?: FrameWire } = {}): Promise<LoggedFrame> {
    const { on = this, ...wait } = options
    return awaitFrame(this.log, this.time, pattern, { ...wait, wanted: (frame) => isOn(on, frame) })
  }

  /**
   * Nothing happened that nobody expected since the lab was made, or found quiet the last time: no frame but those that `toHaveSent` or
   * `frame` asked for and those that are allowed, no misuse of a chip, and no connection, socket or timer of one left open on a host or board.
   * @throws Error that tells all of it
   */
  assertQuiet({ allow = [] }: QuietOptions = {}): void {
    const { frames } = this.log
    const unexpected = frames.filter(
      (frame) =>
        frame.at > this.#quietUntil && !frame.expected && !allow.some((pattern) => loggedMatches(pattern, frame)),
    )
    const wrong: string[] = list('frames that nobody expected', unexpected.map(sentence))
    for (const sketch of this.sketches) {
      const fresh = sketch.findings.slice(this.#toldFindings.get(sketch) ?? 0).filter(({ mild }) => !mild)
      this.#toldFindings.set(sketch, sketch.findings.length)
      wrong.push(...list(`misuse of the chip by ${sketch.name}`, fresh.map(findingLine)))
    }
    for (const { name, stack } of [...this.hosts, ...this.boards]) {
      wrong.push(...list(`left open on ${name}`, openOn(stack)))
    }
    this.#quietUntil = this.now
    if (wrong.length > 0) throw new Error(`the lab is not quiet:\n${wrong.join('\n')}`)
  }
}

/** The log of a lab that remembers, found by the lab, or by a cable or jack in it. */
export function logOf(wire: object): LabLog | undefined {
  return logs.get(wire) ?? ('port' in wire ? logs.get(wire.port as object) : undefined)
}

/** Whether a frame was sent there: on that cable, from that jack. */
export function isOn(wire: FrameWire, frame: LoggedFrame): boolean {
  if (wire instanceof SketchLab) return true
  return 'port' in wire ? frame.from === wire.port : frame.cable === wire
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  const more = lines.length > SHOWN ? [`  … and ${lines.length - SHOWN} more`] : []
  return [`${title}: ${lines.length}`, ...lines.slice(0, SHOWN).map((line) => `  ${line.trim()}`), ...more]
}

/** Connections in any state but listening, by their ends and their state: each has timers that run, or memory that is held. */
function openOn(stack: Stack): string[] {
  return [...new HostStatus(stack, undefined, () => []).connections()].flatMap(({ protocol, local, remote, state }) =>
    remote === '*' ? [] : [`${protocol} ${local} to ${remote}, ${state}`],
  )
}
