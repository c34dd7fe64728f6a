/** Looks at a simulated board while something happens on it. */
import type { Bench } from '../../boards/faults/bench.js'
import { isOutput, MODEM_CABLES, MODEM_CIRCUITS, type ModemCircuit } from '../../boards/rs232/modem-lines.js'
import type { UartLine } from '../../boards/rs232/uart-line.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { checkTarget } from '../check/run.js'
import { TargetError, UsageError } from '../errors/errors.js'
import { sleepOnClock } from '../serial/drive.js'
import type { Target } from '../target/target.js'
import { type PairEvent, PairProbe } from './pair-probe.js'
import { placeIn, type ScopeProbe, type ScopeWindow, type WantedScopeWindow } from './probe.js'
import { findProbe, isPair, openProbes, usualWindow } from './probes.js'

/** What a window that is a duration begins with. */
export interface ScopeTrigger {
  /**
   * The first thing that happens on the first probe; or, on the first probe that is on a pair: a signal that is no link
   * test pulse, whether it gets through or not; one that noise damaged; one that its sender broke off; a link test pulse.
   */
  readonly kind: 'change' | 'frame' | 'damaged' | 'collision' | 'pulse'
  /** Which of them, counted from 1; the first by default. */
  readonly count?: number
}

export interface RecordScopeOptions {
  readonly probes: readonly string[]
  readonly window?: WantedScopeWindow
  /** A frame where the first probe is on a pair by default; else a change. */
  readonly trigger?: ScopeTrigger
  /** The cable of the serial line, as far as its control circuits go; that of the board by default. */
  readonly serialCable?: keyof typeof MODEM_CABLES
  /** Check or layer that is run meanwhile; something that suits the first probe by default. */
  readonly during?: string
  /** Is called now and then with how far simulated time is, in nanoseconds. */
  readonly onProgress?: (now: number) => void
}

export interface ScopeRecording {
  readonly probes: readonly ScopeProbe[]
  /** Undefined: what was waited for did not happen. */
  readonly window: ScopeWindow | undefined
  /** What it begins with, and when that was; undefined where the window was given. */
  readonly trigger: (Required<ScopeTrigger> & { readonly at: number; readonly event?: PairEvent }) | undefined
}

/** Of a window that begins with something, so much is shown before it; of one on a pair, at least so many nanoseconds. */
const LEAD = 0.04
const PAIR_LEAD = 200
/** A signal is reported when it has passed. A partner that jabbers sends for 80 ms. */
const LONGEST_SIGNAL = 250 * MILLISECOND
/** Characters are reported some at a time. */
const CHARACTERS_TOLD = 17 * 12

const PING_PERIOD = 50 * MILLISECOND
/** How long the partner pings before something else is tried; damage may be long in coming. */
const PING_TIME = 3 * SECOND
const DAMAGE_TIME = 10 * SECOND
/** How long a programmer releases DTR. */
const RESET_PULSE = 50 * MILLISECOND
const STEP = 5 * MILLISECOND

/**
 * @throws TargetError for a real board, of which only its serial port can be seen; RangeError for a probe nobody knows;
 * UsageError when more happens in the window than is kept.
 */
export async function recordScope(target: Target, options: RecordScopeOptions): Promise<ScopeRecording> {
  const { bench } = target
  if (bench === undefined) {
    throw new TargetError(`a scope looks into a simulated board, and ${target.name} is a real one; use model:uno`)
  }
  const [first] = options.probes
  const { baud } = bench.board.uart.b
  if (options.serialCable !== undefined) bench.board.uart.rewire(MODEM_CABLES[options.serialCable])
  const wanted = options.window ?? usualWindow(first, baud, options.serialCable)
  const { kind, count = 1 } = options.trigger ?? { kind: isPair(first) ? 'frame' : 'change' }
  const reach = Math.max(LONGEST_SIGNAL, (CHARACTERS_TOLD * SECOND) / baud)
  let window: ScopeWindow | undefined = 'from' in wanted ? wanted : undefined
  let fired: { at: number; event?: PairEvent } | undefined
  let probes: readonly ScopeProbe[] = []

  const fire = (at: number, event?: PairEvent) => {
    if (window !== undefined || !('duration' in wanted)) return
    const lead = Math.max(LEAD * wanted.duration, event === undefined ? 0 : PAIR_LEAD)
    // Damage that would not be in the picture is in the middle of it.
    const damage = kind === 'damaged' ? (event?.damagedAt ?? 0) : 0
    const usual = damage < (1 - 2 * LEAD) * wanted.duration ? -lead : damage - wanted.duration / 2
    const from = Math.max(0, at + (wanted.after ?? usual))
    window = { from, to: from + wanted.duration }
    fired = event === undefined ? { at } : { at, event }
  }
  const lookForChange = () => {
    const at = kind === 'change' ? probes[0]?.firstActivity : undefined
    if (at !== undefined) fire(at)
  }
  probes = openProbes(bench, options.probes, (from, to = from) => {
    if (window === undefined) lookForChange()
    return window === undefined ? 'waiting' : placeIn(window, from, to)
  })
  const pair = probes.find((probe) => probe instanceof PairProbe)
  if (pair !== undefined && kind !== 'change') waitFor(pair, kind, count, (event) => fire(event.at, event))

  const over = () => window !== undefined && target.clock.now > window.to + reach
  try {
    for (const meanwhile of stimuli(options, kind)) {
      await act(target, bench, meanwhile, kind === 'damaged' ? DAMAGE_TIME : PING_TIME, over)
      lookForChange()
      if (window !== undefined) break
    }
    while (window !== undefined && !over()) {
      await target.drive(sleepOnClock(target.clock, Math.min(SECOND, window.to + reach + 1 - target.clock.now)))
      options.onProgress?.(target.clock.now)
    }
  } finally {
    for (const probe of probes) probe.stop()
  }
  lookForChange()
  const full = probes.find((probe) => probe.trace.overflowed === true || probe.overflowed === true)
  if (full !== undefined && window !== undefined) {
    throw new UsageError(
      `more happens on ${full.name} in this window than can be kept (a million edges, 100,000 frames and pulses); give a shorter --window`,
    )
  }
  return { probes, window, trigger: fired === undefined ? undefined : { kind, count, ...fired } }
}

function waitFor(
  pair: PairProbe,
  kind: Exclude<ScopeTrigger['kind'], 'change'>,
  count: number,
  found: (event: PairEvent) => void,
): void {
  const seen = new WeakSet<PairEvent>()
  let left = count
  pair.onEvent((event) => {
    const again = seen.has(event)
    seen.add(event)
    const wanted =
      kind === 'collision'
        ? event.collided
        : !again &&
          (kind === 'pulse'
            ? event.kind === 'pulse'
            : event.kind === 'frame' && (kind !== 'damaged' || event.damagedAt !== undefined))
    if (wanted && --left === 0) found(event)
  })
}

/** What is tried, one after the other, until what is waited for has happened. */
function stimuli(
  { during, probes, window, serialCable }: RecordScopeOptions,
  kind: ScopeTrigger['kind'],
): readonly string[] {
  if (during !== undefined) return [during]
  const [first] = probes
  const usual = findProbe(first)?.during ?? 'serial.session'
  // Between two given instants a board that works does everything a network card does.
  if (usual === 'pings' && window !== undefined && 'from' in window) return ['mac.receive']
  if (kind === 'pulse') return ['rest']
  if (kind === 'change' && (serialCable === 'null-modem' || serialCable === 'straight')) return ['flow control']
  // A board whose partner cannot be heard has nothing to answer: it sends when it is checked.
  return usual === 'pings' || kind !== 'change' ? ['pings', 'mac'] : [usual]
}

/**
 * The other end of a cable with control circuits is switched on, the computer sends with hardware flow control, and the
 * other end stops it for a while.
 */
async function flowControl({ clock }: Target, { a, b }: UartLine): Promise<void> {
  const { modem } = b
  const stop: ModemCircuit = modem.role === 'dte' ? 'rts' : 'cts'
  const outputs = MODEM_CIRCUITS.filter((circuit) => circuit !== 'ri' && isOutput(modem.role, circuit))
  const unit = Math.max(MILLISECOND, (100 * SECOND) / a.baud)
  for (const circuit of outputs) modem.set(circuit, true)
  await sleepOnClock(clock, unit)
  a.flowControl = true
  a.write(new Uint8Array(Math.floor((3 * unit * a.baud) / (10 * SECOND))).fill(0x55))
  await sleepOnClock(clock, unit)
  modem.set(stop, false)
  await sleepOnClock(clock, 2 * unit)
  modem.set(stop, true)
  await sleepOnClock(clock, 4 * unit)
  a.flowControl = false
  for (const circuit of outputs) modem.set(circuit, false)
}

async function act(target: Target, bench: Bench, what: string, timeout: number, over: () => boolean): Promise<void> {
  const { clock, modem } = target
  const until = async (end: number) => {
    while (!over() && clock.now < end) await sleepOnClock(clock, STEP)
  }
  if (what === 'rest') {
    await target.drive(until(clock.now + 5 * SECOND))
  } else if (what === 'handshake' || what === 'flow control') {
    const set = (on: boolean) => modem.set({ dtr: on, rts: on })
    const work = async () => {
      await sleepOnClock(clock, 2 * RESET_PULSE)
      await set(false)
      await sleepOnClock(clock, RESET_PULSE)
      await set(true)
      await sleepOnClock(clock, RESET_PULSE)
      if (what === 'flow control') await flowControl(target, bench.board.uart)
    }
    await target.drive(work())
  } else if (what === 'pings') {
    const { lab, board, peer } = bench
    const [address] = board.definition.network.address.split('/')
    let pinging = true
    const ping = () => {
      if (!pinging) return
      if (peer.network.linkUp) peer.network.ping(address, {}, () => {})
      lab.clock.after(PING_PERIOD, ping)
    }
    ping()
    await target.drive(until(clock.now + timeout))
    pinging = false
  } else {
    await checkTarget(target, { only: [what] })
  }
}
