/** Which channel of a recording is which wire of an ENC28J60: by name where the names say it, else by what crosses. */
import { OPCODE } from '../../firmware/enc28j60/registers.js'
import type { LogicRecording } from '../logic/logic-recording.js'
import { type SelectFrame, type SpiProbes, selectFrames } from './spi-frames.js'

export const WIRES = ['cs', 'sck', 'mosi', 'miso', 'int'] as const
export type ProbedWire = (typeof WIRES)[number]
/** Without these there is nothing to read. */
const NEEDED = ['cs', 'sck', 'mosi', 'miso'] as const

/** How a channel may be called; case, and signs for "active low", are left out of the comparison. */
const NAMES: Readonly<Record<ProbedWire, RegExp>> = {
  cs: /^(spi)?n?(cs|ss|csn|ssn|ssel|csel|nss|ce|chipselect|slaveselect)n?$/,
  sck: /^(spi)?(sck|sclk|clk|clock|sc)$/,
  mosi: /^(spi)?(mosi|si|sdi|di|copi|dout)$/,
  miso: /^(spi)?(miso|so|sdo|do|cipo|din)$/,
  int: /^n?(int|irq|interrupt|eint)n?$/,
}

export type NamedWires = Readonly<Partial<Record<ProbedWire, number>>>

export interface ProbeGuess {
  readonly probes: SpiProbes
  /** Wires that nobody named. */
  readonly guessed: readonly ProbedWire[]
}

/** Looked at to find out; the rest of a long recording says no more. */
const CHANGES_LOOKED_AT = 100_000
/** Channels whose wires are tried against each other. */
const MOST_TRIED = 12
/** Of the frames, how many must be what a driver of this chip sends. */
const SENSIBLE = 0.8

/** A channel's place by its name, or by D0 and so on where no channel is called so; undefined where there is none. */
export function channelNamed({ channels }: LogicRecording, name: string): number | undefined {
  const exact = channels.indexOf(name)
  if (exact >= 0) return exact
  const alike = channels.findIndex((channel) => channel.toLowerCase() === name.toLowerCase())
  if (alike >= 0) return alike
  const [, number] = /^d?(\d+)$/i.exec(name) ?? []
  return number !== undefined && Number(number) < channels.length ? Number(number) : undefined
}

/** @param named by who knows @returns undefined where nothing in the recording looks like this chip's SPI */
export function guessProbes(recording: LogicRecording, named: NamedWires): ProbeGuess | undefined {
  const guessed = WIRES.filter((wire) => named[wire] === undefined)
  const known = { ...byName(recording, named), ...named }
  const complete = NEEDED.every((wire) => known[wire] !== undefined)
  const probes = complete ? (known as SpiProbes) : byContent(recording, known)
  if (probes === undefined) return undefined
  if (guessed.some((wire) => wire !== 'int') && sense(selectFrames(recording, probes, CHANGES_LOOKED_AT)) < SENSIBLE) {
    // Names may lie: what crosses does not.
    const found = byContent(recording, named)
    return found === undefined
      ? undefined
      : { probes: found, guessed: guessed.filter((wire) => found[wire] !== undefined) }
  }
  return { probes, guessed: guessed.filter((wire) => probes[wire] !== undefined) }
}

function byName({ channels }: LogicRecording, named: NamedWires): NamedWires {
  const taken = new Set(Object.values(named))
  const found: Partial<Record<ProbedWire, number>> = {}
  for (const wire of WIRES) {
    if (named[wire] !== undefined) continue
    const fitting = channels.flatMap((name, place) =>
      !taken.has(place) && NAMES[wire].test(name.toLowerCase().replace(/[^a-z]/g, '')) ? [place] : [],
    )
    if (fitting.length === 1) found[wire] = fitting[0]
  }
  return found
}

/** Tries every channel that moves for every wire that nobody named. */
function byContent(recording: LogicRecording, known: NamedWires): SpiProbes | undefined {
  const taken = new Set(Object.values(known))
  const moves = activity(recording)
  const candidates = recording.channels
    .map((_, place) => place)
    .filter((place) => moves[place] > 0 && !taken.has(place))
    .sort((a, b) => moves[b] - moves[a])
    .slice(0, MOST_TRIED)
  const choices = (wire: ProbedWire) => (known[wire] === undefined ? candidates : [known[wire]])
  let best: SpiProbes | undefined
  let most = SENSIBLE
  for (const cs of choices('cs')) {
    for (const sck of choices('sck')) {
      for (const mosi of choices('mosi')) {
        // CS moves least of the three: twice in a frame of at least eight clocks.
        if (cs === sck || cs === mosi || sck === mosi || moves[cs] > moves[sck]) continue
        const sensible = sense(selectFrames(recording, { cs, sck, mosi, miso: mosi }, CHANGES_LOOKED_AT))
        if (sensible <= most) continue
        const miso = known.miso ?? misoBeside(recording, moves, [cs, sck, mosi, known.int])
        if (miso === undefined) continue
        most = sensible
        best = { cs, sck, mosi, miso, ...(known.int === undefined ? {} : { int: known.int }) }
      }
    }
  }
  return best
}

/** Of the channels that are left the one that moves most; the only one, where it rests. */
function misoBeside(
  { channels }: LogicRecording,
  moves: readonly number[],
  used: readonly (number | undefined)[],
): number | undefined {
  const left = channels.map((_, place) => place).filter((place) => !used.includes(place))
  const [first] = [...left].sort((a, b) => moves[b] - moves[a])
  return left.length === 1 || (first !== undefined && moves[first] > 0) ? first : undefined
}

/** How often each channel changes, within what is looked at. */
export function activity({ channels, levels }: LogicRecording): number[] {
  const moves = channels.map(() => 0)
  const until = Math.min(levels.length, CHANGES_LOOKED_AT)
  for (let i = 1; i < until; i++) {
    for (let changed = levels[i] ^ levels[i - 1]; changed !== 0; changed &= changed - 1)
      moves[31 - Math.clz32(changed & -changed)]++
  }
  return moves
}

/** The share of frames that this chip's drivers send (DS39662 table 4-1), as far as a frame can tell; 0 for too few. */
function sense(frames: readonly SelectFrame[]): number {
  const filled = frames.filter(({ mosi, spareBits }) => mosi.length > 0 || spareBits > 0)
  // One kind of instruction, over and over, is what a line that rests says.
  const kinds = new Set(filled.map(({ mosi }) => (mosi[0] ?? 0) & 0xe0))
  if (filled.length < 4 || kinds.size < 2) return 0
  return filled.filter(isSensible).length / frames.length
}

function isSensible({ mosi, spareBits }: SelectFrame): boolean {
  if (spareBits !== 0) return false
  const [first, value] = mosi
  const address = first & 0x1f
  switch (first & 0xe0) {
    case OPCODE.RCR:
      return address !== 0x1a && mosi.length >= 2 && mosi.length <= 3
    case OPCODE.WCR:
    case OPCODE.BFS:
    case OPCODE.BFC:
      // ECON1.TXRTS and RXEN together are set by no driver in one go with both resets.
      return address !== 0x1a && mosi.length === 2 && (first !== 0x9f || value !== 0xff)
    default:
      if (first === OPCODE.SRC) return mosi.length === 1
      return (first === OPCODE.RBM || first === OPCODE.WBM) && mosi.length > 1
  }
}
