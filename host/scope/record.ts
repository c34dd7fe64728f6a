/** Looks at a simulated board while something happens on it. */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { checkTarget } from '../check/run.js'
import { sleep } from '../serial/drive.js'
import { TargetError } from '../serial/errors.js'
import type { Target } from '../serial/target.js'
import type { Probe, WantedWindow, Window } from './probe.js'
import { findProbe, openProbes, usualWindow } from './probes.js'

export interface RecordOptions {
  readonly probes: readonly string[]
  readonly window?: WantedWindow
  /** Check or layer that is run meanwhile; one that suits the first probe unless told otherwise. */
  readonly during?: string
}

export interface Recorded {
  readonly probes: readonly Probe[]
  /** Undefined: nothing happened on the first probe. */
  readonly window: Window | undefined
}

/** Of a window that begins with something, so much is shown before it. */
const LEAD = 0.04
/** A frame or a character that reaches into the window began no earlier than this before it. */
const REACH = 20 * MILLISECOND

/**
 * @throws TargetError for a real board, of which only its serial port can be seen; RangeError for a probe nobody knows.
 */
export async function record(target: Target, options: RecordOptions): Promise<Recorded> {
  const { bench } = target
  if (bench === undefined) {
    throw new TargetError(`a scope looks into a simulated board, and ${target.name} is a real one; use model:uno`)
  }
  const [first] = options.probes
  const wanted = options.window ?? usualWindow(first, bench.board.uart.b.baud)
  let window: Window | undefined = 'from' in wanted ? wanted : undefined
  let probes: readonly Probe[] = []
  const triggered = (): Window | undefined => {
    const at = probes[0]?.firstActivity
    if (at === undefined || !('duration' in wanted)) return undefined
    return { from: at - LEAD * wanted.duration, to: at + (1 - LEAD) * wanted.duration }
  }
  probes = openProbes(bench, options.probes, (at) => {
    window ??= triggered()
    if (window === undefined) return 'shown'
    if (at > window.to) return 'late'
    return at < window.from - REACH ? 'early' : 'shown'
  })
  try {
    await checkTarget(target, { only: [options.during ?? findProbe(first)?.during ?? 'serial.session'] })
    const end = window?.to ?? 0
    if (end > target.clock.now) await target.drive(sleep(target.clock, end - target.clock.now + REACH))
  } finally {
    for (const probe of probes) probe.stop()
  }
  return { probes, window: window ?? triggered() }
}
