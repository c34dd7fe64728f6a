import type { CableFrame, Direction } from '../../../boards/ethernet/cable.js'
import { frameWaveform, pulseWaveform } from '../../../boards/ethernet/waveform.js'
import { type Bench, createBench } from '../../../boards/faults/bench.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { frameRows, pulseRows, type ScopeView, scopeCsv, scopeSvg } from '../../capture/scope.js'
import { UsageError } from '../../serial/errors.js'
import { parseTarget } from '../../serial/specification.js'
import type { Arguments } from '../arguments.js'
import { loadCatalogue, pickBoard } from '../catalogue.js'
import { openOutput } from '../outputs.js'
import { checkFaults } from '../simulation.js'

/** What can be probed: a pair at the board's jack. */
const PROBES = {
  rd: { direction: 'b-to-a', title: 'receive pair of' },
  td: { direction: 'a-to-b', title: 'transmit pair of' },
} as const satisfies Record<string, { direction: Direction; title: string }>

/** Shown before the first bit, in nanoseconds. */
const BEFORE = 200
const WINDOW = 10_000
const PULSE_WINDOW = 800
/** Simulated time to wait for a signal. */
const PATIENCE = 10 * SECOND
const PING_PERIOD = 50 * MILLISECOND

/** `linkpulse scope [TARGET]`: the voltage on a pair of the cable, with its meaning, as a picture or as values. */
export function scope(given: Arguments): number {
  const name = given.operands[0] ?? 'model:uno'
  const target = parseTarget(name)
  if (target.backend !== 'model')
    throw new UsageError(`scope looks at the cable of a simulated board, for example model:uno, not ${name}`)
  const definition = pickBoard(loadCatalogue(given.text('board-file')), target.board)
  const probe = given.text('probe') ?? 'rd'
  if (probe !== 'rd' && probe !== 'td')
    throw new UsageError(`--probe takes rd (the board's receive pair) or td (its transmit pair), not "${probe}"`)
  const wanted = given.whole('frame', 1, 1_000_000)
  if (wanted !== undefined && given.has('pulse')) throw new UsageError('--frame and --pulse exclude each other')
  const path = given.text('out')
  if (path !== undefined && !/\.(svg|csv)$/.test(path))
    throw new UsageError(`--out takes a file that ends in .svg (a picture) or .csv (values), not ${path}`)
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const faults = checkFaults(given.all('fault'), definition)
  const from = (given.positive('from') ?? 0) * 1000 || -BEFORE
  const window = (given.positive('window') ?? 0) * 1000
  const out = openOutput(given, 'out')
  const bench = createBench({ board: definition, faults, ...(seed === undefined ? {} : { seed }) })
  const { direction, title } = PROBES[probe]
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
  const to = from + (window || (given.has('pulse') ? PULSE_WINDOW : WINDOW))
  const view: ScopeView = { ...shown, title: `${title} ${bench.board.name}: ${shown.title}`, from, to }
  const text = path?.endsWith('.csv') ? scopeCsv(view) : scopeSvg(view)
  if (out === undefined) process.stdout.write(text)
  else {
    out.write(text)
    out.close()
    process.stderr.write(`${view.title}; written to ${path}\n`)
  }
  return 0
}

type Shown = Omit<ScopeView, 'from' | 'to'>

/** What the pair does to a signal, at the end where the board is: its own signals have not travelled. */
function pairOptions({ cable, lab }: Bench, direction: Direction) {
  const { noise } = cable.pair(direction)
  const random = lab.random.fork('scope')
  return direction === 'a-to-b'
    ? { length: 0, random }
    : { length: cable.length, category: cable.category, noise, random }
}

function nthFrame(bench: Bench, direction: Direction, wanted: number, damaged: boolean): Shown | undefined {
  const { lab, board, peer, cable } = bench
  let count = 0
  let found: CableFrame | undefined
  cable.onFrame = (frame) => {
    if (found !== undefined || frame.direction !== direction) return
    const arrives = direction === 'a-to-b' || frame.octets.length > 0 || frame.errors.length > 0
    if (arrives && (!damaged || frame.errors.length > 0) && ++count === wanted) found = frame
  }
  const address = board.definition.network.address.split('/')[0]
  const ping = () => {
    if (peer.network.linkUp) peer.network.ping(address, {}, () => {})
    lab.clock.after(PING_PERIOD, ping)
  }
  ping()
  lab.runUntil(() => found !== undefined, PATIENCE)
  if (found === undefined) return undefined
  const received = direction === 'b-to-a'
  const at = found.at + (received ? cable.delay : 0)
  const errors = received ? found.errors : []
  const signal = { octets: found.sent, bits: found.bits }
  const inverted = received && found.inverted
  return {
    title: `frame ${wanted}, ${signal.octets.length} octets, at ${at} ns${inverted ? ', inverted' : ''}`,
    at,
    rows: frameRows(signal, errors),
    waveform: frameWaveform(signal, { ...pairOptions(bench, direction), at, errors, inverted }),
  }
}

function firstPulse(bench: Bench, direction: Direction): Shown | undefined {
  const { lab, cable } = bench
  let at: number | undefined
  cable.onLinkPulse = (seen) => {
    if (seen === direction) at ??= lab.now + (direction === 'b-to-a' ? cable.delay : 0)
  }
  lab.runUntil(() => at !== undefined, PATIENCE)
  const received = direction === 'b-to-a'
  const { open, inverted } = cable.pair(direction)
  if (at === undefined || (received && open)) return undefined
  const turned = received && inverted
  return {
    title: `link test pulse at ${at} ns${turned ? ', inverted' : ''}`,
    at,
    rows: pulseRows(),
    waveform: pulseWaveform({ ...pairOptions(bench, direction), at, inverted: turned }),
  }
}
