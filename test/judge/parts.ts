/**
 * The long tests: each is one test file that runs a seeded slice of its whole in `make test`, and all of it, a piece at a time, in
 * `make judge`. Which piece a test is to run stands in the environment: `LINKPULSE_JUDGE=transfers:3000+1000`.
 */

import { spreadOver, strideFor } from './spread.js'

export interface Part {
  /** A test file, a folder of some that share the part, or several files. */
  readonly file: string | readonly string[]
  /** What is counted, for a person. */
  readonly of: string
  /** How many of them run in `make test`; in all; and in one piece of `make judge`, some ten seconds to a few minutes long. */
  readonly slice: number
  readonly whole: number
  readonly piece: number
}

/** Files with tests that vary another (see variations.ts). */
const VARIED = [
  'host/workshop/stations/bench/bench.test.ts',
  'test/avr/check.test.ts',
  'test/avr/flashing.test.ts',
  'test/browser/library.test.ts',
  'test/browser/same-run.test.ts',
  'test/browser/workshop/bench.test.ts',
  'test/browser/workshop/class.test.ts',
  'test/browser/workshop/folder.test.ts',
  'test/browser/workshop/missions.test.ts',
  'test/browser/workshop/page.test.ts',
  'test/browser/workshop/socket.test.ts',
  'test/cli/check.test.ts',
  'test/cli/demo.test.ts',
  'test/cli/doctor.test.ts',
  'test/cli/endings.test.ts',
  'test/cli/extcap.test.ts',
  'test/cli/files.test.ts',
  'test/cli/first-diagnosis.test.ts',
  'test/cli/flash.test.ts',
  'test/cli/here.test.ts',
  'test/cli/lab.test.ts',
  'test/cli/output.test.ts',
  'test/cli/rfc2217.test.ts',
  'test/cli/serprog.test.ts',
  'test/cli/serve.test.ts',
  'test/cli/watch.test.ts',
  'test/dead-exports.test.ts',
  'test/docs/article.test.ts',
  'test/net/dhcp-dns.test.ts',
  'test/net/dhcpv6.test.ts',
  'test/net/hostile.test.ts',
  'test/net/kernel-boards.test.ts',
  'test/net/kernel-ecn.test.ts',
  'test/net/kernel6-router.test.ts',
  'test/net/lwip.test.ts',
  'test/net/wire.test.ts',
] as const

export const PARTS = {
  transfers: {
    file: 'test/net/transfers.test.ts',
    of: 'transfers over bad networks',
    slice: 100,
    whole: 10_000,
    piece: 1_000,
  },
  downloads: {
    file: 'test/net/downloads.test.ts',
    of: 'downloads over one bad wire, and over as many drawn by chance',
    slice: 60,
    whole: 2_000,
    piece: 500,
  },
  'mutated-frames': {
    file: 'test/net/fuzz.test.ts',
    of: 'mutated frames into connections in all states',
    slice: 10_000,
    whole: 10_000_000,
    piece: 1_000_000,
  },
  'echo-sizes': {
    file: 'test/net/kernel.test.ts',
    of: 'sizes of an echo, asked for by the kernel',
    slice: 780,
    whole: 65_508,
    piece: 65_508,
  },
  'malformed-frames': {
    file: 'test/net/hostile.test.ts',
    of: 'seeds of six thousand malformed frames each, by scapy',
    slice: 1,
    whole: 100,
    piece: 20,
  },
  'closed-windows': {
    file: 'test/conformance/closed-windows.test.ts',
    of: 'cases of two stacks whose windows are both closed',
    slice: 45,
    whole: 35_640,
    piece: 3_564,
  },
  'front-ends': {
    file: 'test/chip/front-ends.test.ts',
    of: 'SPI programs, by octets and by pin edges',
    slice: 2_000,
    whole: 1_000_000,
    piece: 100_000,
  },
  'good-boards': {
    file: 'test/check/good-board.test.ts',
    of: 'seeds of a board on which nothing is broken',
    slice: 1,
    whole: 2_000,
    piece: 200,
  },
  'checks-alone': {
    file: 'test/check/good-board.test.ts',
    of: 'checks of a good board, each run alone with what it needs',
    slice: 6,
    whole: 92,
    piece: 92,
  },
  'line-framings': {
    file: 'host/capture/line-trace.test.ts',
    of: 'framings of a serial line, read by sigrok',
    slice: 8,
    whole: 75,
    piece: 75,
  },
  'spi-over-worst-line': {
    file: 'test/bridge/live.test.ts',
    of: 'kilo-octets of SPI traffic through the bridge’s code, over the worst line',
    slice: 100,
    whole: 1_000,
    piece: 1_000,
  },
  replays: {
    file: 'test/check/replay.test.ts',
    of: 'checks of every fault, recorded and run again',
    slice: 1,
    whole: 200,
    piece: 40,
  },
  'foreign-traffic': {
    file: 'test/check/foreign-traffic.test.ts',
    of: 'seeds of a good board beside a third station that talks',
    slice: 1,
    whole: 2_000,
    piece: 200,
  },
  'listed-faults': {
    file: 'test/diagnosis/listed-faults.test.ts',
    of: 'runs of every fault, diagnosed',
    slice: 4,
    whole: 2_720,
    piece: 136,
  },
  'learned-from': {
    file: 'test/diagnosis/learned-from.test.ts',
    of: 'runs that the dictionary was learned from: whether figures are still what they were',
    slice: 2,
    whole: 28,
    piece: 18,
  },
  'worst-faults': {
    file: 'test/check/worst-faults.test.ts',
    of: 'families without a rule, each as bad as it gets',
    slice: 3,
    whole: 276,
    piece: 92,
  },
  'two-of-nine': {
    file: 'test/check/two-faults.test.ts',
    of: 'pairs of the nine faults that every version must name',
    slice: 4,
    whole: 36,
    piece: 18,
  },
  pairs: {
    file: 'test/diagnosis/pairs.test.ts',
    of: 'pairs of faults of different layers, diagnosed',
    slice: 3,
    whole: 40,
    piece: 20,
  },
  'memory-bits': {
    file: 'test/diagnosis/memory-bits.test.ts',
    of: 'stuck bits of the buffer memory at random addresses',
    slice: 3,
    whole: 40,
    piece: 20,
  },
  severities: {
    file: 'test/diagnosis/severities.test.ts',
    of: 'severities from harmless to worst, four seeds each: whether the checks are ahead of the user',
    slice: 1,
    whole: 80,
    piece: 20,
  },
  'boards-agree': {
    file: 'test/avr/agreement.test.ts',
    of: 'seeds of the check suite on model:uno and on avr:uno',
    slice: 1,
    whole: 100,
    piece: 10,
  },
  resets: {
    file: 'test/resets/resets.test.ts',
    of: 'sequences of supply, RESET, chip RESET and hang, on model:uno and on avr:uno',
    slice: 25,
    whole: 2_000,
    piece: 250,
  },
  'random-peer': {
    file: 'test/conformance/random-peer.test.ts',
    of: 'connections to a peer that acts by chance',
    slice: 30,
    whole: 4_000,
    piece: 800,
  },
  'shared-medium': {
    file: 'test/ethernet/csma-cd.test.ts',
    of: 'quarters of a measurement of two stations that collide',
    slice: 1,
    whole: 4,
    piece: 4,
  },
  'link-faults': {
    file: 'test/avr/link-faults.test.ts',
    of: 'octets of SPI traffic through the compiled firmware, over the worst line',
    slice: 10_000,
    whole: 1_000_000,
    piece: 250_000,
  },
  'hostile-octets': {
    file: 'test/avr/hostile.test.ts',
    of: 'virtual minutes of hostile octets into the compiled firmware',
    slice: 1,
    whole: 120,
    piece: 30,
  },
  unlisted: {
    file: 'test/judge/unlisted/unlisted.test.ts',
    of: 'breakages that are in no family, each with five seeds',
    slice: 3,
    whole: 520,
    piece: 104,
  },
  'unlisted-again': {
    file: 'test/judge/unlisted/second-set.test.ts',
    of: 'breakages of a second set, written before anything was diagnosed of it, each with five seeds',
    slice: 2,
    whole: 135,
    piece: 27,
  },
  'demos-again': {
    file: 'test/cli/demo.test.ts',
    of: 'demos in clear with seeds, the same twice',
    slice: 1,
    whole: 8,
    piece: 8,
  },
  'demos-elsewhere': {
    file: 'test/cli/demo.test.ts',
    of: 'demos on a bad wire, an Uno and a bridged chip',
    slice: 6,
    whole: 36,
    piece: 36,
  },
  'emulated-boards': {
    file: 'test/avr/check.test.ts',
    of: 'emulated boards beside the Uno, each checked with its own image',
    slice: 1,
    whole: 2,
    piece: 2,
  },
  'page-keyboard': {
    file: 'test/browser/workshop/keyboard.test.ts',
    of: 'stations whose task the keyboard alone does',
    slice: 1,
    whole: 8,
    piece: 8,
  },
  'page-phone': {
    file: 'test/browser/workshop/page.test.ts',
    of: 'stations as narrow as a phone, judged by axe',
    slice: 2,
    whole: 9,
    piece: 9,
  },
  'page-still': {
    file: 'test/browser/workshop/page.test.ts',
    of: 'stations with reduced motion',
    slice: 1,
    whole: 8,
    piece: 8,
  },
  'page-projector': {
    file: 'test/browser/workshop/projector.test.ts',
    of: 'stations on a projector',
    slice: 2,
    whole: 9,
    piece: 9,
  },
  'page-real-board': {
    file: 'test/browser/workshop/bench.test.ts',
    of: 'checks of a board at a port of the browser',
    slice: 1,
    whole: 2,
    piece: 2,
  },
  'class-lessons': {
    file: 'test/browser/workshop/class.test.ts',
    of: 'lessons of a class, each at another box',
    slice: 1,
    whole: 3,
    piece: 3,
  },
  'faults-named': {
    file: 'test/check/faults.test.ts',
    of: 'faults with a rule, beside the nine that every version must name',
    slice: 6,
    whole: 28,
    piece: 28,
  },
  variations: {
    file: VARIED,
    of: 'eighths of the tests that vary what a test beside them shows',
    slice: 1,
    whole: 8,
    piece: 8,
  },
  'page-languages': {
    file: 'test/browser/workshop',
    of: 'languages in which every station of the page is gone through',
    slice: 1,
    whole: 2,
    piece: 1,
  },
} as const satisfies Readonly<Record<string, Part>>

export type PartName = keyof typeof PARTS

/** The files of a part, or the folder that they are in. */
export function filesOf(name: PartName): readonly string[] {
  const { file }: Part = PARTS[name]
  return typeof file === 'string' ? [file] : file
}

/** What a test runs: `count` of its part, from number `first` on. */
export interface Extent {
  readonly first: number
  readonly count: number
}

export const VARIABLE = 'LINKPULSE_JUDGE'

export function writeExtent(name: PartName, { first, count }: Extent): string {
  return `${name}:${first}+${count}`
}

/**
 * What is to be run of a part: what the environment says, if it names this part, and otherwise the slice.
 * @throws RangeError for a variable that names no part or no piece of it: a long run that judged nothing would pass
 */
export function extentOf(name: PartName, variable = process.env[VARIABLE]): Extent {
  const part: Part = PARTS[name]
  if (variable === undefined || variable === '') return { first: 0, count: part.slice }
  const [, named, first, count] = /^([a-z-]+):(\d+)\+(\d+)$/.exec(variable) ?? []
  if (named === undefined || !Object.hasOwn(PARTS, named) || Number(count) < 1) {
    throw new RangeError(
      `${VARIABLE} is "${variable}"; it takes PART:FIRST+COUNT, for example ${name}:0+${part.piece}, and the parts are ${Object.keys(PARTS).join(', ')}`,
    )
  }
  return named === name ? { first: Number(first), count: Number(count) } : { first: 0, count: part.slice }
}

/**
 * Of cases that a part counts, those that are to be run: a slice is taken from all over them.
 * @param place which case the first, the second and so on is; by default they lie as far apart as can be
 * @throws RangeError where there are not as many cases as the part says
 */
export function casesOf<Case>(
  name: PartName,
  all: readonly Case[],
  place?: (number: number) => number,
  variable = process.env[VARIABLE],
): Case[] {
  const { slice, whole }: Part = PARTS[name]
  if (all.length !== whole) throw new RangeError(`${name} has a whole of ${whole} cases, and there are ${all.length}`)
  const { first, count } = extentOf(name, variable)
  const at = place ?? spreadOver(whole, strideFor(whole, slice))
  return Array.from({ length: count }, (_, i) => all[at(first + i)])
}

/** The pieces of a part's whole, in their order. */
export function piecesOf(name: PartName): Extent[] {
  const { whole, piece }: Part = PARTS[name]
  const pieces: Extent[] = []
  for (let first = 0; first < whole; first += piece) pieces.push({ first, count: Math.min(piece, whole - first) })
  return pieces
}
