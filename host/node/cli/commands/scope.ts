import { suggestion } from '../../../../boards/nearest.js'
import { MODEM_CABLES } from '../../../../boards/rs232/modem-lines.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { listChecks } from '../../../check/check-list.js'
import { LAYERS } from '../../../check/types.js'
import type { Look } from '../../../drawing/look.js'
import { UsageError } from '../../../errors/errors.js'
import { MOST_SAMPLES, scopeRecordingCsv } from '../../../scope/csv.js'
import type { PairEvent } from '../../../scope/pair-probe.js'
import { scopePictureIn } from '../../../scope/picture-in.js'
import type { ScopeWindow, WantedScopeWindow } from '../../../scope/probe.js'
import { findProbe, isPair, isSerial, SCOPE_PROBES, usualWindow } from '../../../scope/probes.js'
import { type RecordScopeOptions, recordScope, type ScopeRecording, type ScopeTrigger } from '../../../scope/record.js'
import { leastShown, scopePictureSvg } from '../../../scope/svg.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import { pickBoard } from '../../../target/pick-board.js'
import { table } from '../../../text/table.js'
import type { OutputFile } from '../../files/output.js'
import { svgToPng } from '../../scope/png.js'
import { openTarget } from '../../serial/open-target.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue } from '../catalogue.js'
import { drawnSvg, tellDrawn } from '../drawings.js'
import { Outputs } from '../outputs.js'
import { givenLook, refuseLook } from '../picture-file.js'
import { print, printOctets, StatusLine, tell } from '../say.js'
import { checkFaults } from '../simulation.js'
import type { SCOPE_COMMAND } from './scope.command.js'

type Given = ArgumentsOf<typeof SCOPE_COMMAND>

const FORMATS = ['svg', 'png', 'csv'] as const
type Format = (typeof FORMATS)[number]

/** Values in a file unless --rate says otherwise. */
const USUAL_SAMPLES = 4000
const PAIR_RATE = 200e6
/** Nobody waits for more simulated time than this. */
const LONGEST = 3600 * SECOND
/** Of a pair, windows longer than this are drawn as an outline. */
const OUTLINE = 2e6

/** Shown of a link test pulse. */
const PULSE_WINDOW = 800

/** What picks a signal on a pair. */
const PICKS = ['frame', 'damaged', 'collision', 'pulse'] as const

/** `linkpulse scope [TARGET]`: the voltage on conductors of a simulated board, with its meaning, as a picture or as values. */
export async function scope(given: Given): Promise<number> {
  if (given.has('list')) {
    refuseLook(given, 'leave --list out')
    print(table(SCOPE_PROBES.map(({ name, title }) => [name, tellDrawn(title)])))
    return 0
  }
  const name = given.operands[0] ?? 'model:uno'
  const specification = parseLiveTarget(name)
  if (!isSimulated(specification)) {
    throw new UsageError(`a scope looks into a simulated board, and ${name} is a real one; use model:uno or avr:uno`)
  }
  const board = pickBoard(await loadCatalogue(given.text('board-file')), specification.board)
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const faults = checkFaults(given.all('fault'), board, specification.backend)
  const format = formatOf(given)
  const rate = rateOf(given, format)
  if (format === 'csv') refuseLook(given, 'name a file that ends in .svg or .png')
  const look = givenLook(given)
  const options = recordOptions(given, board.serial.baud)
  const outputs = new Outputs(given)
  const out = outputs.file('out')
  const progress = new StatusLine()
  const target = await openTarget(name, { board, faults, ...(seed === undefined ? {} : { seed }) })
  try {
    const recorded = await recordScope(target, {
      ...options,
      onProgress: (now) => progress.show(`linkpulse: ${(now / SECOND).toFixed(0)} s of simulated time`),
    })
    progress.clear()
    if (recorded.window === undefined) {
      tell(`linkpulse: ${nothing(options, target.clock.now)}\n`)
      return 4
    }
    const { window } = recorded
    const title = titleOf(name, recorded)
    const cable = options.serialCable === undefined ? [] : [`serial cable ${options.serialCable}`]
    const notes = [`seed ${target.seed}`, ...cable, ...faults.map((fault) => `fault ${fault}`)]
    if (format === 'csv') {
      const samples = rate ?? usualRate(options.probes, window)
      for (const line of scopeRecordingCsv(recorded.probes, window, checkedRate(samples, window), originOf(recorded))) {
        put(out, line)
      }
    } else {
      const svg = pictureOf(title, recorded, window, notes, look)
      put(out, format === 'png' ? await svgToPng(svg, 'out') : svg)
    }
    out?.close()
    if (out !== undefined) tell(`${tellDrawn(title)}, ${spoken(window)}; written to ${out.path}\n`)
    return 0
  } finally {
    progress.clear()
    outputs.discard()
    await target.close()
  }
}

/** What to look at, from the options: each does what it says, or is refused by its name. */
function recordOptions(given: Given, baud: number): RecordScopeOptions {
  const probes = probesOf(given)
  const window = windowOf(given.text('window'))
  const after = given.has('from') ? timeOption('from', given.text('from') ?? '') : undefined
  const during = duringOf(given.text('during'))
  const serialCable = cableOf(given.text('serial-cable'), probes)
  const picks = PICKS.filter((option) => given.has(option))
  const [pick] = picks
  if (pick !== undefined && !probes.some(isPair)) {
    throw new UsageError(
      `--${pick} picks a signal on a pair of the cable, and none is looked at; add --probe rd or --probe td`,
    )
  }
  const starts = pick ?? (after === undefined ? undefined : 'from')
  if (starts !== undefined && window !== undefined && 'from' in window) {
    throw new UsageError(
      `--${starts} says where the picture begins, and so does --window ${given.text('window')}; give --window a duration`,
    )
  }
  const kinds = picks.filter((each) => each !== 'frame')
  if (kinds.length > 1 || (picks.includes('frame') && picks.includes('pulse'))) {
    throw new UsageError(`${picks.map((each) => `--${each}`).join(' and ')} exclude each other`)
  }
  const count = given.whole('frame', 1, 1_000_000) ?? 1
  const trigger: ScopeTrigger | undefined = pick === undefined ? undefined : { kind: kinds[0] ?? 'frame', count }
  const triggered = trigger !== undefined && !isPair(probes[0]) ? probes.find(isPair) : undefined
  const usual = usualWindow(triggered ?? probes[0], baud, serialCable)
  const wanted: WantedScopeWindow | undefined =
    window ?? (pick === 'pulse' ? { duration: PULSE_WINDOW } : trigger && usual)
  if (after !== undefined && 'from' in (wanted ?? usual)) {
    throw new UsageError(
      `--from counts from the first thing that happens on ${probes[0]}; say how much to show of it with --window, as --window 10us`,
    )
  }
  const shown = after === undefined ? wanted : { ...(wanted ?? usual), after }
  return {
    probes,
    ...(shown === undefined ? {} : { window: shown }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(during === undefined ? {} : { during }),
    ...(serialCable === undefined ? {} : { serialCable }),
  }
}

function cableOf(name: string | undefined, probes: readonly string[]): keyof typeof MODEM_CABLES | undefined {
  if (name === undefined) return undefined
  const known = Object.keys(MODEM_CABLES) as (keyof typeof MODEM_CABLES)[]
  const cable = known.find((each) => each === name)
  if (cable === undefined) {
    throw new UsageError(`there is no serial cable "${name}"${suggestion(name, known)} (${known.join(', ')})`)
  }
  if (!probes.some(isSerial)) {
    throw new UsageError('--serial-cable is about the serial line, and no probe is on it; add --probe rts,cts')
  }
  return cable
}

function nothing({ probes, trigger }: RecordScopeOptions, now: number): string {
  const pair = probes.find(isPair)
  const time = `in ${(now / SECOND).toPrecision(3)} s of simulated time`
  const kind = trigger?.kind ?? (isPair(probes[0]) ? 'frame' : 'change')
  if (kind === 'change' || pair === undefined) {
    return `nothing happened on ${probes[0]} ${time}; --window START..END shows a conductor at rest, --during LAYER|ID runs other checks meanwhile`
  }
  const which = `on the ${pair === 'rd' ? 'receive' : 'transmit'} pair (${pair}) ${time}`
  const more = trigger?.count === undefined || trigger.count === 1 ? '' : ` number ${trigger.count}`
  if (kind === 'pulse') return `no link test pulse${more} came by ${which}; is the cable plugged in?`
  if (kind === 'collision') return `no collision${more} was seen ${which}; --fault cable-split-pair makes some`
  const what = kind === 'damaged' ? 'damaged frame' : 'frame'
  return `no ${what}${more} came by ${which}; --pulse shows a link test pulse instead`
}

function titleOf(name: string, { probes, trigger }: ScopeRecording): string {
  const what = probes.length === 1 ? probes[0].title : probes.map((probe) => probe.name).join(', ')
  const event = trigger?.event
  return event === undefined
    ? `${name}: ${what}`
    : `${name}: ${what}: ${eventText(event, trigger?.kind, trigger?.count)}`
}

function eventText(event: PairEvent, kind: ScopeTrigger['kind'] | undefined, count = 1): string {
  const turned = event.inverted ? ', inverted' : ''
  if (event.kind === 'pulse') return `link test pulse${turned}`
  const size = event.collided ? `broken off after ${event.bits} bits` : `${event.octets} octets`
  const what = kind === 'collision' ? 'collision' : kind === 'damaged' ? 'damaged frame' : 'frame'
  return `${what} ${count}, ${size}${turned}`
}

/** What times are counted from: a signal's first bit; else power-on. */
function originOf({ trigger }: ScopeRecording): number {
  return trigger?.event === undefined ? 0 : trigger.at
}

function pictureOf(
  title: string,
  recorded: ScopeRecording,
  window: ScopeWindow,
  notes: readonly string[],
  look: Look,
): string {
  const { probes, trigger } = recorded
  const event = trigger?.event
  // Times count from the beginning of the picture where what happens there is shorter than its distance from power-on.
  const far = window.from > 20 * (window.to - window.from)
  const base = event !== undefined ? event.at : far ? window.from : 0
  const origin =
    event !== undefined
      ? event.kind === 'pulse'
        ? 'from when the pulse is due'
        : 'from the first bit'
      : far
        ? 'from the left edge'
        : 'after power-on'
  const least = leastShown(window, look)
  const panels = probes.map((probe) => ({
    name: probe.name,
    levels: probe.levels,
    ...(probe.note === undefined ? {} : { note: probe.note }),
    points: probe.trace.points(window.from, window.to).map(([at, volts]) => [at - base, volts] as const),
    rows: probe.rows(window, least).map((row) => ({
      ...row,
      marks: row.marks
        .filter(({ from, to }) => to >= window.from && from <= window.to)
        .map((mark) => ({ ...mark, from: mark.from - base, to: mark.to - base })),
    })),
  }))
  const outline = window.to - window.from > OUTLINE && probes.some(({ name }) => isPair(name))
  const when =
    event === undefined
      ? `${spoken(window)} after power-on`
      : `${event.kind === 'pulse' ? 'due' : 'first bit'} ${instant(event.at)} after power-on`
  const subtitle = [when, ...notes, ...(outline ? ['pairs as outlines: bits are narrower than a pixel'] : [])]
  const picture = {
    title,
    subtitle: subtitle.join('  ·  '),
    panels,
    from: window.from - base,
    to: window.to - base,
    origin,
  }
  return drawnSvg(scopePictureSvg(scopePictureIn(tellDrawn, picture), look))
}

function put(out: OutputFile | undefined, content: string | Uint8Array): void {
  if (out !== undefined) out.write(content)
  else if (typeof content === 'string') print(content)
  else printOctets(content)
}

function probesOf(given: Given): readonly string[] {
  const named = given.all('probe').flatMap((value) => value.split(','))
  const known = SCOPE_PROBES.map(({ name }) => name)
  for (const [i, name] of named.entries()) {
    if (findProbe(name) === undefined) {
      throw new UsageError(
        `there is no probe "${name}"${suggestion(name, known)} (probes: ${known.join(', ')}; \`linkpulse scope --list\` says what each is)`,
      )
    }
    if (named.indexOf(name) !== i) throw new UsageError(`--probe ${name} was given twice; give it once`)
  }
  return named.length === 0 ? ['rd'] : named
}

/** What is written: as --format says, as the file's name ends, or a picture. */
function formatOf(given: Given): Format {
  const path = given.text('out')
  const wanted = given.text('format')
  const format = FORMATS.find((each) => each === wanted)
  if (wanted !== undefined && format === undefined) {
    throw new UsageError(`--format takes ${FORMATS.join(', ')}, not "${wanted}"`)
  }
  const terminal = path === undefined || path === '-'
  if (!terminal) {
    const ending = FORMATS.find((each) => path.endsWith(`.${each}`))
    if (ending === undefined && format === undefined) {
      throw new UsageError(`--out takes a file that ends in .svg or .png (a picture) or .csv (values), not ${path}`)
    }
    if (ending !== undefined && format !== undefined && ending !== format) {
      throw new UsageError(`--format ${format} and --out ${path} contradict each other; leave one of them out`)
    }
    return format ?? ending ?? 'svg'
  }
  const chosen = format ?? 'svg'
  if (process.stdout.isTTY && (path === undefined || chosen === 'png')) {
    const what = chosen === 'csv' ? 'values' : 'a picture'
    throw new UsageError(
      `${what} would flood this terminal; name a file with --out scope.${chosen}${chosen === 'png' ? '' : ' (--out - writes it here all the same)'}`,
    )
  }
  return chosen
}

const TIME_UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9 }
const TIME_FORMS = 'units ns, us, ms, s; a bare number is microseconds'

/** `250us`, `1.5ms..2ms`; a bare number is microseconds. */
function windowOf(text: string | undefined): WantedScopeWindow | undefined {
  if (text === undefined) return undefined
  const parts = text.split('..').map(time)
  const wrong = (why: string) =>
    new UsageError(
      `--window takes a duration as 250us, or two instants after power-on as 1.5ms..2ms (${TIME_FORMS}), not "${text}"${why}`,
    )
  if (parts.length > 2 || parts.some((part) => Number.isNaN(part))) throw wrong('')
  const [first, second] = parts
  if (second === undefined) {
    if (!(first > 0)) throw wrong(': a duration is above 0')
    if (first > LONGEST) throw wrong(`: at most ${LONGEST / SECOND} s are shown`)
    return { duration: first }
  }
  if (first < 0) throw wrong(': nothing is before power-on')
  if (!(second > first)) throw wrong(': the second instant is after the first')
  if (second > LONGEST) throw wrong(`: at most ${LONGEST / SECOND} s are simulated`)
  return { from: first, to: second }
}

/** Nanoseconds, or NaN for what is no time. */
function time(text: string): number {
  const match = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(ns|us|µs|μs|ms|s)?$/i.exec(text.trim())
  return match === null ? Number.NaN : Number(match[1]) * TIME_UNITS[(match[2] ?? 'us').toLowerCase()]
}

function timeOption(option: string, text: string): number {
  const value = time(text)
  if (!(Math.abs(value) <= LONGEST)) {
    const [seconds, what] = [LONGEST / SECOND, `a time as 12us (${TIME_FORMS})`]
    throw new UsageError(`--${option} takes ${what}, from -${seconds} s to ${seconds} s, not "${text}"`)
  }
  return value
}

const RATE_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 }

/** `1e6`, `1000000`, `1M`, `1 MHz`, `1 MS/s`: values a second. */
function rateOf(given: Given, format: Format): number | undefined {
  const text = given.text('rate')
  if (text === undefined) return undefined
  if (format !== 'csv') {
    throw new UsageError('--rate says how many values a second a .csv file has; a picture shows what there is')
  }
  const match = /^(\d+(?:\.\d+)?(?:e\+?\d+)?)\s*([kMG]?)(?:Hz|S\/s|Sa\/s)?$/.exec(text.trim())
  const value = match === null ? Number.NaN : Number(match[1]) * RATE_UNITS[match[2]]
  if (!(value > 0 && Number.isFinite(value))) {
    throw new UsageError(
      `--rate takes values a second as 1000000, 1e6 or 1M, above 0 and at most ${MOST_SAMPLES} in the window, not "${text}"`,
    )
  }
  return value
}

function checkedRate(rate: number, { from, to }: ScopeWindow): number {
  const samples = ((to - from) / SECOND) * rate
  if (samples > MOST_SAMPLES) {
    throw new UsageError(
      `--rate ${rate} and this --window make ${Math.round(samples)} values, and at most ${MOST_SAMPLES} are written; give a lower --rate or a shorter --window`,
    )
  }
  return rate
}

function duringOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const known = [...LAYERS, ...listChecks().map(({ id }) => id)]
  if (known.includes(name)) return name
  throw new UsageError(
    `there is no check or layer "${name}"${suggestion(name, known)} (layers: ${LAYERS.join(', ')}; \`linkpulse check --list\` names the checks)`,
  )
}

function usualRate(probes: readonly string[], { from, to }: ScopeWindow): number {
  const most = (MOST_SAMPLES * SECOND) / (to - from)
  if (probes.some(isPair) && PAIR_RATE <= most) return PAIR_RATE
  // A round rate that gives about as many values as a picture has room for.
  return 10 ** Math.ceil(Math.log10((USUAL_SAMPLES * SECOND) / (to - from) / 4))
}

function spoken({ from, to }: ScopeWindow): string {
  const unit = to >= 1e9 ? (['s', 1e9] as const) : to >= 1e6 ? (['ms', 1e6] as const) : (['µs', 1e3] as const)
  const digits = Math.max(0, Math.ceil(Math.log10(unit[1] / (to - from))) + 3)
  return `${(from / unit[1]).toFixed(digits)} to ${(to / unit[1]).toFixed(digits)} ${unit[0]}`
}

/** An instant to the nanosecond: `1.051 011 575 s`. */
function instant(at: number): string {
  const [whole, parts] = (Math.round(at) / SECOND).toFixed(9).split('.')
  return `${whole}.${parts.replace(/(\d{3})(?=\d)/g, '$1\u202f')} s`
}
