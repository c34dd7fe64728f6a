import type { Direction } from '../../../boards/ethernet/cable.js'
import { createBench } from '../../../boards/faults/bench.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import { listChecks } from '../../check/check-list.js'
import { LAYERS } from '../../check/types.js'
import { MOST_SAMPLES, recordedCsv } from '../../scope/csv.js'
import { firstPulse, nthFrame, PATIENCE } from '../../scope/pair-view.js'
import type { Probe, WantedWindow, Window } from '../../scope/probe.js'
import { findProbe, PROBES } from '../../scope/probes.js'
import { record } from '../../scope/record.js'
import { pictureSvg } from '../../scope/svg.js'
import { type ScopeView, scopeCsv, scopeSvg } from '../../scope/view.js'
import { UsageError } from '../../serial/errors.js'
import { isSimulated, parseTarget } from '../../serial/specification.js'
import { openTarget } from '../../serial/target.js'
import type { Arguments } from '../arguments.js'
import { loadCatalogue, pickBoard } from '../catalogue.js'
import { suggestion } from '../nearest.js'
import { type OutputFile, openOutput } from '../outputs.js'
import { checkFaults } from '../simulation.js'
import { table } from '../table.js'

const ENDINGS = ['svg', 'png', 'csv'] as const
type Ending = (typeof ENDINGS)[number]

/** Shown of a frame before its first bit, and by default of it, in nanoseconds; of a pulse. */
const BEFORE = 200
const FRAME_WINDOW = 10_000
const PULSE_WINDOW = 800
/** Values in a file unless --rate says otherwise. */
const USUAL_SAMPLES = 4000
const PAIR_RATE = 200e6

/** What only makes sense for a frame or a pulse on a pair. */
const PAIR_OPTIONS = ['frame', 'damaged', 'pulse', 'from'] as const

/** `linkpulse scope [TARGET]`: the voltage on conductors of a simulated board, with its meaning, as a picture or as values. */
export async function scope(given: Arguments): Promise<number> {
  if (given.has('list')) {
    process.stdout.write(table(PROBES.map(({ name, title }) => [name, title])))
    return 0
  }
  const target = given.operands[0] ?? 'model:uno'
  const probes = probesOf(given)
  const ending = endingOf(given.text('out'))
  const window = windowOf(given.text('window'))
  const pair = probes.length === 1 && (probes[0] === 'rd' || probes[0] === 'td')
  const stray = PAIR_OPTIONS.find((option) => given.has(option))
  if (stray !== undefined && (!pair || (window !== undefined && 'from' in window))) {
    throw new UsageError(
      `--${stray} picks a frame or pulse on one pair, and goes with --probe rd or --probe td and a --window that is a duration`,
    )
  }
  const aDuration = window === undefined || 'duration' in window
  if (pair && aDuration && !given.has('during') && parseTarget(target).backend === 'model') {
    return pairScope(given, target, probes[0] as 'rd' | 'td', window?.duration, ending)
  }
  return recordScope(given, target, probes, window, ending)
}

async function recordScope(
  given: Arguments,
  name: string,
  probes: readonly string[],
  wanted: WantedWindow | undefined,
  ending: Ending,
): Promise<number> {
  const specification = parseTarget(name)
  if (!isSimulated(specification)) {
    throw new UsageError(`a scope looks into a simulated board, and ${name} is a real one; use model:uno or avr:uno`)
  }
  const board = pickBoard(loadCatalogue(given.text('board-file')), specification.board)
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const rate = given.positive('rate')
  const during = duringOf(given.text('during'))
  const faults = checkFaults(given.all('fault'), board)
  const out = openOutput(given, 'out')
  const target = await openTarget(name, { board, faults, ...(seed === undefined ? {} : { seed }) })
  try {
    const { probes: seen, window } = await record(target, {
      probes,
      ...(wanted === undefined ? {} : { window: wanted }),
      ...(during === undefined ? {} : { during }),
    })
    if (window === undefined) {
      const seconds = (target.clock.now / SECOND).toPrecision(3)
      process.stderr.write(
        `linkpulse: nothing happened on ${probes[0]} in ${seconds} s of simulated time; --window START..END shows a conductor at rest, --during LAYER|ID runs other checks meanwhile\n`,
      )
      return 4
    }
    const what = seen.length === 1 ? seen[0].title : probes.join(', ')
    const title = `${name}: ${what}`
    if (ending === 'csv') {
      const sampleRate = rate ?? usualRate(probes, window)
      const samples = ((window.to - window.from) / SECOND) * sampleRate
      if (samples > MOST_SAMPLES) {
        throw new UsageError(
          `--rate ${sampleRate} and this --window make ${Math.round(samples)} values, and at most ${MOST_SAMPLES} are written; give a lower --rate or a shorter --window`,
        )
      }
      for (const line of recordedCsv(seen, window, sampleRate)) put(out, line)
    } else {
      await draw(
        out,
        ending,
        pictureOf(title, seen, window, [`seed ${target.seed}`, ...faults.map((f) => `fault ${f}`)]),
      )
    }
    if (out !== undefined) process.stderr.write(`${title}, ${spoken(window)}; written to ${out.path}\n`)
    return 0
  } finally {
    out?.close()
    await target.close()
  }
}

function pictureOf(title: string, probes: readonly Probe[], window: Window, notes: readonly string[]): string {
  // Times count from the beginning of the picture where what happens there is shorter than its distance from power-on.
  const base = window.from > 20 * (window.to - window.from) ? window.from : 0
  const panels = probes.map((probe) => ({
    name: probe.name,
    levels: probe.levels,
    points: probe.trace.points(window.from, window.to).map(([at, volts]) => [at - base, volts] as const),
    rows: probe.rows(window).map(({ name, marks }) => ({
      name,
      marks: marks
        .filter(({ from, to }) => to >= window.from && from <= window.to)
        .map((mark) => ({ ...mark, from: mark.from - base, to: mark.to - base })),
    })),
  }))
  return pictureSvg({
    title,
    subtitle: [`${spoken(window)} after power-on`, ...notes].join('  ·  '),
    panels,
    from: window.from - base,
    to: window.to - base,
    origin: base === 0 ? 'after power-on' : 'from the left edge',
  })
}

async function draw(out: OutputFile | undefined, ending: Ending, svg: string): Promise<void> {
  if (ending === 'png') put(out, await (await import('../../scope/png.js')).svgToPng(svg))
  else put(out, svg)
}

function put(out: OutputFile | undefined, content: string | Uint8Array): void {
  if (out === undefined) process.stdout.write(content)
  else out.write(content)
}

/** A frame or a pulse on a pair, picked by what it is. */
async function pairScope(
  given: Arguments,
  name: string,
  probe: 'rd' | 'td',
  duration: number | undefined,
  ending: Ending,
): Promise<number> {
  const definition = pickBoard(loadCatalogue(given.text('board-file')), parseBoardName(name))
  const wanted = given.whole('frame', 1, 1_000_000)
  if (wanted !== undefined && given.has('pulse')) throw new UsageError('--frame and --pulse exclude each other')
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const faults = checkFaults(given.all('fault'), definition)
  const from = (given.positive('from') ?? 0) * 1000 || -BEFORE
  const out = openOutput(given, 'out')
  const bench = createBench({ board: definition, faults, ...(seed === undefined ? {} : { seed }) })
  const direction: Direction = probe === 'rd' ? 'b-to-a' : 'a-to-b'
  const title = probe === 'rd' ? 'receive pair of' : 'transmit pair of'
  const shown = given.has('pulse')
    ? firstPulse(bench, direction)
    : nthFrame(bench, direction, wanted ?? 1, given.has('damaged'))
  if (shown === undefined) {
    const what = given.has('pulse') ? 'link test pulse' : given.has('damaged') ? 'damaged frame' : 'frame'
    const hint = given.has('pulse') ? 'is the cable plugged in?' : '--pulse shows a link test pulse instead'
    process.stderr.write(
      `linkpulse: no ${what} came by on the ${title} ${bench.board.name} in ${PATIENCE / SECOND} s of simulated time; ${hint}\n`,
    )
    out?.close()
    return 4
  }
  const to = from + (duration ?? (given.has('pulse') ? PULSE_WINDOW : FRAME_WINDOW))
  const view: ScopeView = { ...shown, title: `${title} ${bench.board.name}: ${shown.title}`, from, to }
  if (ending === 'csv') put(out, scopeCsv(view))
  else await draw(out, ending, scopeSvg(view))
  if (out !== undefined) process.stderr.write(`${view.title}; written to ${out.path}\n`)
  out?.close()
  return 0
}

function parseBoardName(name: string): string {
  const specification = parseTarget(name)
  return isSimulated(specification) ? specification.board : ''
}

function probesOf(given: Arguments): readonly string[] {
  const named = given.all('probe').flatMap((value) => value.split(','))
  const known = PROBES.map(({ name }) => name)
  for (const name of named) {
    if (findProbe(name) !== undefined) continue
    throw new UsageError(
      `there is no probe "${name}"${suggestion(name, known)} (probes: ${known.join(', ')}; \`linkpulse scope --list\` says what each is)`,
    )
  }
  return named.length === 0 ? ['rd'] : named
}

function endingOf(path: string | undefined): Ending {
  if (path === undefined) return 'svg'
  const ending = ENDINGS.find((each) => path.endsWith(`.${each}`))
  if (ending === undefined) {
    throw new UsageError(`--out takes a file that ends in .svg or .png (a picture) or .csv (values), not ${path}`)
  }
  return ending
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 }

/** `250us`, `1.5ms..2ms`; a bare number is microseconds. */
function windowOf(text: string | undefined): WantedWindow | undefined {
  if (text === undefined) return undefined
  const [first, second, ...more] = text.split('..').map(time)
  if (more.length > 0) throw wrongWindow(text)
  if (second === undefined) {
    if (first === undefined || !(first > 0)) throw wrongWindow(text)
    return { duration: first }
  }
  if (first === undefined || !(second > first)) throw wrongWindow(text)
  return { from: first, to: second }
}

function time(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s)?$/.exec(text.trim())
  return match === null ? Number.NaN : Number(match[1]) * UNITS[match[2] ?? 'us']
}

function wrongWindow(text: string): UsageError {
  return new UsageError(
    `--window takes a duration as 250us, or two instants after power-on as 1.5ms..2ms (units ns, us, ms, s), not "${text}"`,
  )
}

function duringOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const known = [...LAYERS, ...listChecks().map(({ id }) => id)]
  if (known.includes(name)) return name
  throw new UsageError(
    `there is no check or layer "${name}"${suggestion(name, known)} (layers: ${LAYERS.join(', ')}; \`linkpulse check --list\` names the checks)`,
  )
}

function usualRate(probes: readonly string[], { from, to }: Window): number {
  if (probes.includes('rd') || probes.includes('td')) return PAIR_RATE
  // A round rate that gives about as many values as a picture has room for.
  return 10 ** Math.ceil(Math.log10((USUAL_SAMPLES * SECOND) / (to - from) / 4))
}

function spoken({ from, to }: Window): string {
  const unit = to >= 1e9 ? (['s', 1e9] as const) : to >= 1e6 ? (['ms', 1e6] as const) : (['µs', 1e3] as const)
  const digits = Math.max(0, Math.ceil(Math.log10(unit[1] / (to - from))) + 3)
  return `${(from / unit[1]).toFixed(digits)} to ${(to / unit[1]).toFixed(digits)} ${unit[0]}`
}
