/**
 * The link integrity test of a 10BASE-T PHY (IEEE 802.3 14.2.1.7): link test pulses tell that the receive pair is whole.
 *
 * The chart has the standard's states. Two things are ours, both stated here:
 * - `Idle Test` is the state while the PHY is off or in reset. A PHY that starts goes to `Link Test Fail Reset`, so it
 *   reports no link before it has seen one (the ENC28J60's LSTAT and LLSTAT read 0 after reset).
 * - A pulse that comes before link_test_min has passed is not counted, and does not set the count back: so a fast link
 *   pulse burst (28.2.1.1) counts once, and a 10BASE-T PHY comes up with a partner that negotiates.
 *
 * An XState event costs as much as a frame, so in `Link Test Pass` activity only leaves a time stamp, which the chart
 * reads when link_loss_timer expires.
 */
import { assign, createActor, setup } from 'xstate'
import { type Clock, MILLISECOND, stateChartClock, type Timer } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'

/** 14.2.3.2 allows 50 ms to 150 ms. */
const LINK_LOSS = 100 * MILLISECOND
/** 14.2.3.2 allows 2 ms to 7 ms. */
const LINK_TEST_MIN = 5 * MILLISECOND
/** 14.2.3.2 allows 25 ms to 150 ms. */
const LINK_TEST_MAX = 100 * MILLISECOND
/** Between link test pulses while nothing is sent: 14.2.1.1 allows 8 ms to 24 ms. */
const LINK_PULSE_PERIOD = 16 * MILLISECOND

export type LinkIntegrityState =
  | 'Idle Test'
  | 'Link Test Fail Reset'
  | 'Link Test Fail'
  | 'Link Test Fail Extend'
  | 'Link Test Pass'

export interface LinkIntegrityOptions {
  clock: Clock
  /** lc_max: pulses in a row that bring the link up, 2 to 10 (14.2.3.1); 3 by default. */
  linkTestCount?: number
  /** The link, as the PHY reports it, has changed. */
  onLink(up: boolean): void
  /** Put one link test pulse on the pair. */
  sendPulse(): void
}

/** What the chart's guards and delays look at; each frame writes to it, so it is no literal with a getter, which is slow. */
class Times {
  lastActivity = 0
  lastTransmission = 0
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get now(): number {
    return this.#clock.now
  }
}

const chart = setup({
  types: {
    context: {} as { times: Times; linkCount: number; linkTestCount: number; windowStart: number },
    input: {} as { times: Times; linkTestCount: number },
    events: {} as { type: 'power on' } | { type: 'power off' } | { type: 'link_test_rcv' } | { type: 'RD active' },
  },
  delays: {
    link_loss_timer: ({ context }) =>
      Math.max(0, context.times.lastActivity + LINK_LOSS - context.times.now) / MILLISECOND,
    link_test_max_timer: LINK_TEST_MAX / MILLISECOND,
    'DO idle': ({ context }) => Math.max(0, context.times.lastTransmission - context.times.now) / MILLISECOND,
  },
  guards: {
    'activity within link_loss': ({ context }) => context.times.lastActivity + LINK_LOSS > context.times.now,
    'link_test_min_timer_done, link_count = lc_max': ({ context }) =>
      context.times.now - context.windowStart >= LINK_TEST_MIN && context.linkCount + 1 >= context.linkTestCount,
    link_test_min_timer_done: ({ context }) => context.times.now - context.windowStart >= LINK_TEST_MIN,
  },
  actions: {
    'link_count := 0': assign({ linkCount: 0 }),
    'link_count := link_count + 1': assign({ linkCount: ({ context }) => context.linkCount + 1 }),
    'start link_test_min_timer': assign({ windowStart: ({ context }) => context.times.now }),
  },
}).createMachine({
  id: 'link integrity test',
  context: ({ input }) => ({ ...input, linkCount: 0, windowStart: 0 }),
  initial: 'Idle Test',
  on: { 'power off': '.Idle Test' },
  states: {
    'Idle Test': { on: { 'power on': 'Link Test Fail Reset' } },
    'Link Test Fail Reset': {
      entry: 'link_count := 0',
      always: 'Link Test Fail',
    },
    'Link Test Fail': {
      entry: 'start link_test_min_timer',
      after: { link_test_max_timer: 'Link Test Fail Reset' },
      on: {
        'RD active': 'Link Test Fail Extend',
        link_test_rcv: [
          { guard: 'link_test_min_timer_done, link_count = lc_max', target: 'Link Test Fail Extend' },
          {
            guard: 'link_test_min_timer_done',
            target: 'Link Test Fail',
            reenter: true,
            actions: 'link_count := link_count + 1',
          },
        ],
      },
    },
    'Link Test Fail Extend': { after: { 'DO idle': 'Link Test Pass' } },
    'Link Test Pass': {
      after: {
        link_loss_timer: [
          { guard: 'activity within link_loss', target: 'Link Test Pass', reenter: true },
          { target: 'Link Test Fail Reset' },
        ],
      },
    },
  },
})

export class LinkIntegrity {
  readonly #options: LinkIntegrityOptions
  readonly #clock: Clock
  readonly #times: Times
  readonly #chart
  #state: LinkIntegrityState = 'Idle Test'
  #reported = false
  #forced: boolean | undefined
  #pulseTimer: Timer | undefined
  readonly #stateListeners = new Listeners<[state: LinkIntegrityState, previous: LinkIntegrityState]>()

  /** @throws RangeError when `linkTestCount` is not a whole number from 2 to 10. */
  constructor(options: LinkIntegrityOptions) {
    const linkTestCount = options.linkTestCount ?? 3
    if (!Number.isInteger(linkTestCount) || linkTestCount < 2 || linkTestCount > 10)
      throw new RangeError(`lc_max is a whole number from 2 to 10 (IEEE 802.3 14.2.3.1); got ${linkTestCount}`)
    const clock = options.clock
    this.#options = options
    this.#clock = clock
    this.#times = new Times(clock)
    this.#chart = createActor(chart, {
      clock: stateChartClock(clock) as never,
      input: { times: this.#times, linkTestCount },
    })
    this.#chart.subscribe((snapshot) => {
      const previous = this.#state
      this.#state = snapshot.value as LinkIntegrityState
      if (this.#state !== previous) this.#stateListeners.tell(this.#state, previous)
      this.#report()
    })
    this.#chart.start()
  }

  /** The state chart's state, by the standard's name. */
  get state(): LinkIntegrityState {
    return this.#state
  }

  /** Pulses in a row that were counted; `Link Test Fail` asks for lc_max of them (14.2.3.1, link_count). */
  get linkCount(): number {
    return this.#chart.getSnapshot().context.linkCount
  }

  /** The chart entered another state. @returns ends the listening. */
  onState(listener: (state: LinkIntegrityState, previous: LinkIntegrityState) => void): () => void {
    return this.#stateListeners.add(listener)
  }

  /** Whether the PHY may send and receive data: the link test passes, or the link is forced. */
  get up(): boolean {
    return this.#forced ?? this.#state === 'Link Test Pass'
  }

  /** The PHY is powered and out of reset: tests the receive pair, and sends the first link test pulse one period from now. */
  start(): void {
    if (this.#state !== 'Idle Test') return
    this.#times.lastTransmission = this.#clock.now
    this.#chart.send({ type: 'power on' })
    this.#schedulePulse()
  }

  /** The PHY is off: no pulses, no link (unless forced). */
  stop(): void {
    this.#clock.cancel(this.#pulseTimer)
    this.#pulseTimer = undefined
    this.#chart.send({ type: 'power off' })
  }

  /** A link test pulse of the right polarity arrived. Pulses closer than link_test_min count once. */
  pulseReceived(): void {
    const now = this.#clock.now
    if (this.#state !== 'Link Test Pass') {
      this.#times.lastActivity = now
      this.#chart.send({ type: 'link_test_rcv' })
    } else if (now - this.#times.lastActivity >= LINK_TEST_MIN) this.#times.lastActivity = now
  }

  /**
   * A data signal ended on the receive pair. Outside `Link Test Pass` it brings the link up, and is itself lost: a PHY
   * asks for `up` when a frame starts.
   * @param at when the signal ended, in nanoseconds; now by default.
   */
  dataReceived(at = this.#clock.now): void {
    this.#times.lastActivity = at
    if (this.#state === 'Link Test Fail') this.#chart.send({ type: 'RD active' })
  }

  /** Data was put on the transmit pair: the next link test pulse is due one period after `at`, the end of that data. */
  transmitted(at = this.#clock.now): void {
    this.#times.lastTransmission = at
  }

  /** Reports the link up or down whatever the test says; undefined: as the test says. */
  force(up: boolean | undefined): void {
    this.#forced = up
    this.#report()
  }

  #report(): void {
    const up = this.up
    if (up === this.#reported) return
    this.#reported = up
    this.#options.onLink(up)
  }

  #schedulePulse(): void {
    const due = this.#times.lastTransmission + LINK_PULSE_PERIOD
    this.#pulseTimer = this.#clock.after(Math.max(0, due - this.#clock.now), () => {
      if (this.#clock.now >= this.#times.lastTransmission + LINK_PULSE_PERIOD) {
        this.#times.lastTransmission = this.#clock.now
        this.#options.sendPulse()
      }
      this.#schedulePulse()
    })
  }
}
