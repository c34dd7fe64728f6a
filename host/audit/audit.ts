/** A recording of a real chip, held against the data sheet and the model: what `linkpulse audit` does, without files and words. */
import { type FindingId, MILD_RULES, WITHOUT_PAST } from '../../boards/chips/enc28j60/finding-rules.js'
import type { Finding } from '../../boards/chips/enc28j60/findings.js'
import type { SiliconRevision } from '../../firmware/enc28j60/registers.js'
import { Kinds } from '../kinds.js'
import type { LogicRecording } from '../logic/logic-recording.js'
import { beyondTheSpi } from './beyond-the-spi.js'
import { busFindings } from './bus-timing.js'
import { type AnswerDifference, differencesOf, isTrouble } from './chip-differences.js'
import { type Habit, habitsOf } from './driver-habits.js'
import { guessUart, type UartGiven, type UartGuess } from './guess-uart.js'
import { RegisterShadow } from './register-shadow.js'
import { replay, revisionOf, type WireFrame } from './replay.js'
import { type SelectFrame, type SpiProbes, selectFrames } from './spi-frames.js'
import { edgesOf, edgesOfVoltage, type LineEdges } from './uart-line.js'

/** A rule that the driver broke. */
export interface Misuse {
  readonly rule: FindingId
  readonly source: string
  count: number
  /** Nanoseconds since the recording began: the first time. */
  readonly first: number
  /** What the driver had sent then. */
  readonly octets: Uint8Array
  /** The instruction in short: `WCR ERXRDPTL`. */
  readonly instruction: string
}

export interface SpiAudit {
  /** Transactions with at least an octet. */
  readonly transactions: number
  readonly octets: number
  /** The fastest SCK, hertz. */
  readonly clock: number
  /** As the chip says; undefined where the driver never asked, or the answer is none that was made. */
  readonly revision: SiliconRevision | undefined
  /** Of the model that it is held against. */
  readonly model: SiliconRevision
  /** False: the recording begins after the driver had set the chip up, and only what needs no past is judged. */
  readonly setUp: boolean
  readonly misuse: readonly Misuse[]
  readonly differences: readonly AnswerDifference[]
  readonly wire: readonly WireFrame[]
  /** Times that INT fell; undefined where it was not recorded. */
  readonly interrupts: number | undefined
  /** Frames that the chip counted and the driver never read. */
  readonly unread: number
}

/** Octets of an example. */
const OCTETS_SHOWN = 16

/** @returns undefined where nothing crosses: CS never falls, or SCK never rises while it is low */
export function auditSpi(recording: LogicRecording, probes: SpiProbes): SpiAudit | undefined {
  const all = selectFrames(recording, probes)
  const frames = all.filter(({ mosi, spareBits }) => mosi.length > 0 || spareBits > 0)
  if (frames.length === 0) return undefined
  const surroundings = beyondTheSpi(frames)
  const replayed = replay(frames, surroundings, recording.period)
  const { setUp } = surroundings
  const interrupts = probes.int === undefined ? undefined : fallsOf(recording, probes.int)
  const findings = [...replayed.findings, ...busFindings(frames, recording.period)]
    .filter(({ id }) => setUp || WITHOUT_PAST.has(id))
    .sort((a, b) => a.at - b.at)
  return {
    transactions: frames.length,
    octets: frames.reduce((sum, { mosi }) => sum + mosi.length, 0),
    clock: frames.reduce((fastest, { clock }) => Math.max(fastest, clock), 0),
    revision: revisionOf(surroundings.revisionId),
    model: replayed.revision,
    setUp,
    misuse: misuseOf(findings, setUp ? habitsOf(frames) : [], frames),
    differences: setUp ? differencesOf(frames, surroundings, replayed, interrupts) : [],
    wire: setUp ? replayed.wire : [],
    interrupts,
    unread: surroundings.unread,
  }
}

function fallsOf({ levels }: LogicRecording, place: number): number {
  let falls = 0
  for (let i = 1; i < levels.length; i++) falls += ((levels[i - 1] & ~levels[i]) >>> place) & 1
  return falls
}

/** Whether the driver, the wires or the chip have something wrong with them. */
export function hasTrouble({ misuse, differences }: SpiAudit): boolean {
  return misuse.some(({ rule }) => !MILD_RULES.has(rule)) || differences.some(({ meaning }) => isTrouble(meaning))
}

/** What the model found, and of what the driver never does the rest. In the order of their first times. */
function misuseOf(
  findings: readonly Finding[],
  habits: readonly Habit[],
  frames: readonly SelectFrame[],
): readonly Misuse[] {
  const rules = new Kinds<Finding>()
  for (const finding of findings) rules.add(finding.id, finding)
  const kinds = rules.all
  if (kinds.length === 0 && habits.length === 0) return []
  const instructions = instructionsOf(frames)
  const found = kinds.map(({ first: { id, at, octets, source }, count }) => {
    const frame = frames.findIndex(({ deselected }) => at <= deselected)
    const instruction = frame < 0 ? '' : instructions[frame]
    return { rule: id, source, count, first: at, octets: octets.slice(0, OCTETS_SHOWN), instruction }
  })
  const seen = habits
    .filter(({ id }) => found.every(({ rule }) => rule !== id))
    .map(({ id, source, count, frame }) => ({
      rule: id,
      source,
      count,
      first: frame.selected,
      octets: Uint8Array.from(frame.mosi.slice(0, OCTETS_SHOWN)),
      instruction: instructions[frames.indexOf(frame)],
    }))
  return [...found, ...seen].sort((a, b) => a.first - b.first)
}

function instructionsOf(frames: readonly SelectFrame[]): readonly string[] {
  const shadow = new RegisterShadow()
  return frames.map(({ mosi }) => {
    const { operation, register } = shadow.follow(mosi)
    return register === undefined ? operation : `${operation} ${register.name}`
  })
}

export interface UartAudit extends UartGuess {
  readonly channel: string
  readonly line: LineEdges
  readonly frameErrors: number
  readonly parityErrors: number
  readonly glitches: number
  /** The sender's rate, against the one it is set to: 0.01 is one per cent too fast. */
  readonly deviation: number
}

/** Sender and receiver may be half a bit apart at the tenth bit, half of which is the sender's. */
const MOST_DEVIATION = 0.025

/** @returns undefined where the channel has too few edges */
export function auditUart(recording: LogicRecording, channel: string, given: UartGiven): UartAudit | undefined {
  const place = recording.channels.indexOf(channel)
  const analogue = recording.analogue.find(({ name }) => name === channel)
  const line =
    analogue === undefined ? edgesOf(recording, place) : edgesOfVoltage(analogue, recording.duration, recording.period)
  const guess = guessUart(line, given)
  if (guess === undefined || guess.reading.octets.length === 0) return undefined
  const { octets, falseStarts } = guess.reading
  const count = (of: 'frameError' | 'parityError' | 'glitch') => octets.filter((octet) => octet[of]).length
  return {
    ...guess,
    channel,
    line,
    frameErrors: count('frameError') + falseStarts.length,
    parityErrors: count('parityError'),
    glitches: count('glitch'),
    deviation: guess.measured / guess.rate - 1,
  }
}

export function isOffRate({ deviation }: UartAudit): boolean {
  return Math.abs(deviation) > MOST_DEVIATION
}

export function uartHasTrouble(audit: UartAudit): boolean {
  return audit.frameErrors + audit.parityErrors + audit.glitches > 0 || isOffRate(audit)
}
