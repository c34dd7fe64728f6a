/** Runs a lab as its definition says: what happens is told as it happens, steps are done, and it ends as it should. */
import { SECOND } from '../../firmware/hal/clock.js'
import { formatIpv4 } from '../../firmware/net/address.js'
import type { StopSignal } from '../check/stop-signal.js'
import { turn } from '../event-loop.js'
import type { LabTime } from '../lab-time.js'
import { keyed, type Sentence } from '../text/keyed.js'
import type { BuiltLab } from './build.js'
import { hasEnd } from './has-end.js'
import { nanosecondsIn } from './quantities.js'
import { interfacesOf, upCondition } from './state.js'
import { runStep } from './steps.js'

export const LAB_EVENTS = ['serial', 'link-up', 'link-down', 'address', 'address-lost', 'up', 'step', 'end'] as const
export type LabEventKind = (typeof LAB_EVENTS)[number]

/** Something that happened. */
export interface LabEvent {
  /** Virtual nanoseconds since the lab came up. */
  readonly at: number
  readonly event: LabEventKind
  /** The jack, board or host; of a step its number, from 1 on; else empty. */
  readonly name: string
  /** An address, or the path of a serial port; else empty. */
  readonly value: string
  /** Of a step or the end: whether it is as the file expects; undefined where nothing is expected, and of what was interrupted. */
  readonly ok: boolean | undefined
  readonly sentence: Sentence
}

/** Why a lab ended. */
export type LabEnd = 'steps done' | 'until holds' | 'duration over' | 'interrupted' | 'step failed' | 'out of time'

export interface LabOutcome {
  readonly end: LabEnd
  /** Virtual nanoseconds. */
  readonly at: number
  readonly stepsDone: number
  /** 0 as it should, 1 a step failed, 4 what it waits for did not come in time; of what was interrupted the signal says it. */
  readonly exitStatus: 0 | 1 | 4
}

export interface RunLabOptions {
  readonly signal?: StopSignal
  readonly onEvent?: (event: LabEvent) => void
  /** Rejects when something outside of the lab failed that it hangs on. */
  readonly failed?: Promise<never>
}

/** How long a lab is waited for that has a condition and no duration. */
const UNTIL_LIMIT = 60 * SECOND

/**
 * Runs it to its end; without one, until the signal.
 * @throws RangeError for a lab without an end whose time runs free, and that has no signal
 */
export function runLab(lab: BuiltLab, options: RunLabOptions = {}): Promise<LabOutcome> {
  if (!hasEnd(lab.definition) && options.signal === undefined)
    throw new RangeError('this lab has no end; give it a duration, until or steps, or a signal that ends it')
  return new LabRun(lab, options).run()
}

/** What a step, or the session with a board's firmware, ends with that is under way when the lab is over. */
class LabOver extends Error {}

class LabRun {
  readonly #lab: BuiltLab
  readonly #signal: StopSignal | undefined
  readonly #failed: Promise<never> | undefined
  readonly #onEvent: (event: LabEvent) => void
  readonly #time: LabTime
  #isOver = false
  /** Ends what waits for something outside of the lab's time. */
  #cut: () => void = () => {}
  #stepsDone = 0
  #hasFailed = false

  constructor(lab: BuiltLab, { signal, failed, onEvent = () => {} }: RunLabOptions) {
    this.#lab = lab
    this.#signal = signal
    this.#failed = failed
    this.#onEvent = onEvent
    this.#time = lab.lab.time
  }

  async run(): Promise<LabOutcome> {
    const { definition, lab } = this.#lab
    const { duration, until, steps = [] } = definition
    const ends = this.#watch([...this.#lab.members.keys()])
    const over = () => this.#signal?.aborted === true || this.#hasFailed
    let held = () => until === undefined
    const done = () => this.#stepsDone === steps.length
    // With a duration and nothing else to wait for, it is over when that is.
    const isMet =
      until !== undefined || (duration === undefined && steps.length > 0) ? () => done() && held() : () => false
    const limit = duration !== undefined ? nanosecondsIn(duration) : until === undefined ? undefined : UNTIL_LIMIT
    const wake = () => lab.pace.changed()
    this.#signal?.addEventListener('abort', wake)
    const stop = lab.play()
    // A fault of ours in a step ends the run, and is told.
    let fault: { readonly error: unknown } | undefined
    const cut = new Promise<never>((_, reject) => {
      this.#cut = () => reject(new LabOver())
    })
    const work = async () => {
      // Whose firmware is executed has a stack once its chip is taken over.
      ends.push(...this.#watch(await Promise.race([this.#lab.bridge(), cut])))
      if (until !== undefined) held = upCondition(this.#lab, until.up)
      void this.#tellUp()
      await this.#steps()
    }
    this.#failed?.catch((error: unknown) => {
      fault = { error }
      wake()
    })
    const working = work().catch((error: unknown) => {
      if (!(error instanceof LabOver)) fault = { error }
    })
    const end = async () => {
      this.#isOver = true
      this.#cut()
      stop()
      await working
    }
    try {
      const isHeld = await this.#time.until(() => fault !== undefined || over() || isMet(), limit)
      const at = lab.now
      await end()
      // A signal that came while the last events happened is heard in the next turn, before anything is said of the end.
      await turn()
      if (fault !== undefined) throw (fault as { readonly error: unknown }).error
      return this.#outcome(at, isHeld && !over(), done())
    } finally {
      await end()
      for (const takeBack of ends) takeBack()
      this.#signal?.removeEventListener('abort', wake)
    }
  }

  #outcome(at: number, isMet: boolean, done: boolean): LabOutcome {
    const { until, steps = [] } = this.#lab.definition
    const told = (end: LabEnd, exitStatus: LabOutcome['exitStatus'], sentence: Sentence): LabOutcome => {
      const ok = end === 'interrupted' ? undefined : exitStatus === 0
      this.#onEvent({ at, event: 'end', name: '', value: '', ok, sentence })
      return { end, at, stepsDone: this.#stepsDone, exitStatus }
    }
    const count = { done: this.#stepsDone, steps: steps.length }
    if (this.#hasFailed) return told('step failed', 1, keyed('lab.failed', count))
    if (this.#signal?.aborted) return told('interrupted', 0, keyed('lab.interrupted'))
    if (isMet) {
      if (until === undefined) return told('steps done', 0, keyed('lab.steps-done', count))
      return told('until holds', 0, keyed('lab.until-holds'))
    }
    if (!done) return told('out of time', 4, keyed('lab.steps-left', count))
    if (until !== undefined) return told('out of time', 4, keyed('lab.never-up'))
    return told('duration over', 0, steps.length === 0 ? keyed('lab.over') : keyed('lab.over-with-steps', count))
  }

  #tell(event: LabEventKind, name: string, ok: boolean | undefined, sentence: Sentence, value = ''): void {
    this.#onEvent({ at: this.#lab.lab.now, event, name, value, ok, sentence })
  }

  async #steps(): Promise<void> {
    const time = {
      until: async (condition: () => boolean, limit?: number) => {
        const held = await this.#time.until(() => this.#isOver || condition(), limit)
        if (this.#isOver) throw new LabOver()
        return held
      },
    }
    for (const [i, step] of (this.#lab.definition.steps ?? []).entries()) {
      if (step.at !== undefined) {
        const instant = nanosecondsIn(step.at)
        if (instant > this.#lab.lab.now) await time.until(() => false, instant - this.#lab.lab.now)
      }
      const { ok, sentence } = await runStep(this.#lab, step, time)
      if (this.#isOver) return
      this.#tell('step', `${i + 1}`, ok, sentence)
      if (!ok) {
        this.#hasFailed = true
        return
      }
      this.#stepsDone++
    }
  }

  async #tellUp(): Promise<void> {
    const isUp = upCondition(this.#lab, 'all')
    await this.#time.until(() => this.#isOver || isUp())
    if (!this.#isOver) this.#tell('up', '', undefined, keyed('lab.all-up'))
  }

  #watch(names: readonly string[]): (() => void)[] {
    const links = names
      .flatMap((name) => interfacesOf(this.#lab, name))
      .map(({ jack, network }) =>
        network.onLink((up) =>
          this.#tell(
            up ? 'link-up' : 'link-down',
            jack,
            undefined,
            keyed(up ? 'lab.link-up' : 'lab.link-down', { name: jack }),
          ),
        ),
      )
    const leases = names.flatMap((name) => {
      const client = this.#lab.member(name).dhcp
      if (client === undefined) return []
      let had = false
      return client.onLease((lease) => {
        // One that is extended is no news.
        if (lease !== undefined && !had) {
          const address = `${formatIpv4(lease.address)}/${lease.prefixLength}`
          this.#tell('address', name, undefined, keyed('lab.leased', { name, address }), address)
        }
        if (lease === undefined && had) this.#tell('address-lost', name, undefined, keyed('lab.lease-lost', { name }))
        had = lease !== undefined
      })
    })
    return [...links, ...leases]
  }
}
