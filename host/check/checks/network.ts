/**
 * Addresses and packets. First the controller's own code runs here, on this computer, and drives the chip across the bridge;
 * then a board that runs the stack itself gets its chip back, and is watched while it brings it up.
 */
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { Ipv4Address } from '../../../firmware/net/address.js'
import type { PingOptions, PingResult } from '../../../firmware/net/icmp/ping.js'
import { CAPABILITY } from '../../../firmware/serial-link/link-table.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import type { BoardCheck, CheckContext } from '../context.js'
import type { Figure } from '../figure.js'
import { NETWORK_FIGURES, STEADY } from '../figures/network.js'
import { exactly, measure, median, milliseconds } from '../measure.js'
import { notAsked } from '../not-asked.js'
import type { Measurement, Outcome } from '../types.js'
import { bridgeTime } from './bridge-time.js'
import { ROW_CHECKS } from './echoes.js'

/** As long as a link may take to come up, and a second more for the address. */
const START_LIMIT = 7 * SECOND
const POLL = 5 * MILLISECOND

const controller: BoardCheck = {
  id: 'network.controller',
  layer: 'network',
  reference: 'DS39662 6.0 (initialisation); IEEE 802.3 14.2.1.7',
  needs: ['phy.link'],
  after: ['mac.transmit'],
  timed: 'check',
  async run({ clock, network }) {
    const started = clock.now
    const { controller } = await network.startController()
    const reached = (): boolean => controller.state.matches({ on: { link: 'up', address: 'configured' } })
    while (!reached() && clock.now - started < START_LIMIT) await sleepOnClock(clock, POLL)
    const up = reached()
    const trouble = controller.state.context.reason
    const figures = NETWORK_FIGURES['network.controller']
    return {
      measurements: [
        measure(figures.time, up ? milliseconds(clock.now - started) : null, { max: START_LIMIT / MILLISECOND }),
        measure(figures.failures, controller.state.context.failures),
      ],
      ...(up ? {} : { reason: trouble === '' ? keyed('network.controller.no-link') : trouble }),
    }
  },
}

async function pingFrom({ network }: CheckContext, to: Ipv4Address, options: PingOptions): Promise<PingResult> {
  const { controller } = await network.startController()
  return new Promise((resolve) => controller.network.ping(to, options, resolve))
}

/** What is said when nobody answers: a fault where somebody must, a warning where nobody has to. */
function unanswered(context: CheckContext, measurements: readonly Measurement[], reason: LocalizableText): Outcome {
  if (context.network.peerExpected || context.network.peerStation !== undefined) return { measurements, reason }
  return {
    measurements,
    verdict: 'warn',
    reason: keyed('peer.name-it', { reason }),
  }
}

const RESOLVE_ATTEMPTS = 3

const resolve: BoardCheck = {
  id: 'network.arp',
  layer: 'network',
  reference: 'RFC 826; RFC 1122 2.3.2.1 (one request a second)',
  needs: ['network.controller'],
  timed: 'check',
  async run(context) {
    const { clock, network } = context
    const bridge = bridgeTime(context, 64)
    // An exchange that takes longer than the second after which ARP asks again has its question, the same once more, and the echo behind both.
    const exchanges = bridge > SECOND ? 3 : 2
    let attempts = 0
    let took = 0
    let result: PingResult
    // Across a slow line the answer to ARP may come after the datagram that waited for it was given up: ask again.
    do {
      attempts++
      const started = clock.now
      result = await pingFrom(context, network.peer, { size: 0, timeLimit: 4 * SECOND + 2 * bridge })
      took = milliseconds(clock.now - started)
    } while (!result.ok && attempts < RESOLVE_ATTEMPTS)
    const { controller } = await network.startController()
    const known = controller.network.neighbours.lookup(network.peer) !== undefined
    const figures = NETWORK_FIGURES['network.arp']
    const measurements = [
      measure(figures.found, Number(known)),
      measure(figures.time, result.ok ? took : null, { max: milliseconds(SECOND + exchanges * bridge) }),
      measure(figures.asked, attempts, { max: RESOLVE_ATTEMPTS }),
    ]
    if (result.ok) return { measurements }
    return unanswered(
      context,
      measurements,
      keyed('network.arp.silent', { peer: network.peerName, reason: result.reason }),
    )
  },
}

const PINGS = 20
const LEAST_PINGS = 5
/** A check of echoes ends by then, however slow the serial line is; each of them crosses it there and back. */
const PINGS_LIMIT = 30 * SECOND
/** Forwarding delay of the worst switch and of a slow serial line: what a person still calls an answer. */
const ROUND_TRIP_LIMIT = 500 * MILLISECOND

type PingFigures = (typeof NETWORK_FIGURES)['network.ping']

async function pingMany(context: CheckContext, figures: PingFigures, most: number, size: number): Promise<Outcome> {
  const { network } = context
  const bridge = bridgeTime(context, size)
  const count = Math.min(most, Math.max(LEAST_PINGS, Math.floor(PINGS_LIMIT / bridge)))
  const trips: number[] = []
  const reasons: string[] = []
  for (let sequence = 1; sequence <= count; sequence++) {
    const result = await pingFrom(context, network.peer, { size, sequence, timeLimit: SECOND + 2 * bridge })
    if (result.ok) trips.push(result.roundTrip)
    else reasons.push(result.reason)
  }
  const loss = Math.round((1000 * (count - trips.length)) / count) / 10
  const time = (figure: Figure, value: number | null, limit?: number): Measurement =>
    measure(
      figure,
      value === null ? null : milliseconds(value),
      limit === undefined ? {} : { max: milliseconds(limit) },
    )
  const measurements = [
    measure(figures.loss, loss),
    time(figures.median, median(trips), ROUND_TRIP_LIMIT + bridge),
    time(figures.longest, trips.length === 0 ? null : Math.max(...trips)),
    measure(figures.size, size),
    measure(figures.echoes, count),
  ]
  if (trips.length === count) return { measurements }
  return unanswered(
    context,
    measurements,
    keyed('network.ping.lost', {
      lost: count - trips.length,
      count,
      peer: network.peerName,
      reasons: [...new Set(reasons)],
    }),
  )
}

const ping: BoardCheck = {
  id: 'network.ping',
  layer: 'network',
  reference: 'RFC 792; RFC 1122 3.2.2.6',
  needs: ['network.arp'],
  timed: 'check',
  run: (context) => pingMany(context, NETWORK_FIGURES['network.ping'], PINGS, 56),
}

const largePing: BoardCheck = {
  id: 'network.ping-large',
  layer: 'network',
  reference: 'RFC 894 (1500 octets); RFC 792',
  needs: ['network.arp'],
  timed: 'check',
  run: (context) => pingMany(context, NETWORK_FIGURES['network.ping-large'], LEAST_PINGS, 1472),
}

const LAB_PINGS = 5

type AnswerFigures = (typeof NETWORK_FIGURES)['network.answers']

async function pingFromLab(context: CheckContext, figures: AnswerFigures, address: Ipv4Address): Promise<Outcome> {
  const { pingFromPeer } = context.network
  const bridge = bridgeTime(context, 64)
  if (pingFromPeer === undefined) {
    return notAsked(context.network, keyed('network.answers.not-ours'))
  }
  const trips: number[] = []
  for (let sequence = 1; sequence <= LAB_PINGS; sequence++) {
    const result = await pingFromPeer(address, { size: 56, sequence, timeLimit: 2 * SECOND + 2 * bridge })
    if (result.ok) trips.push(result.roundTrip)
  }
  return {
    measurements: [
      exactly(figures.answered, trips.length, LAB_PINGS),
      measure(figures.median, trips.length === 0 ? null : milliseconds(median(trips)!), {
        max: milliseconds(ROUND_TRIP_LIMIT + bridge),
      }),
    ],
  }
}

const answers: BoardCheck = {
  id: 'network.answers',
  layer: 'network',
  reference: 'RFC 1122 3.2.2.6 (every host answers echo requests)',
  needs: ['network.arp'],
  timed: 'check',
  run: (context) => pingFromLab(context, NETWORK_FIGURES['network.answers'], context.network.address),
}

/** A loose plug and a weak supply fail every second or two; this long is watched at the end, unless more is asked for. */
const STEADY_TIME = 3 * SECOND

const steady: BoardCheck = {
  id: 'network.steady',
  layer: 'network',
  reference: 'DS39662 table 3-2 (registers back at their reset values: the supply sagged); IEEE 802.3 14.2.1.7',
  needs: ['network.controller'],
  async run({ clock, network, soak }) {
    const { changes } = await network.startController()
    const watched = Math.max(STEADY_TIME, soak)
    await sleepOnClock(clock, watched)
    const count = (region: string, test: (to: string) => boolean): number =>
      changes.filter((change) => change.region === region && test(change.to)).length
    const troubles = changes.filter(({ region, to }) => region === 'fault' && to !== 'none' && to !== 'asking')
    const figures = [
      measure(STEADY.trouble, troubles.length),
      measure(
        STEADY.registersLost,
        count('fault', (to) => to === 'registers'),
      ),
      measure(
        STEADY.linkLost,
        count('link', (to) => to === 'down'),
      ),
      measure(STEADY.watched, watched / SECOND),
    ]
    const first = troubles[0]
    if (first === undefined) return { measurements: figures }
    return { measurements: figures, reason: first.reason ?? keyed('network.steady.fault', { fault: first.to }) }
  },
}

/** The board runs the stack itself; a board that only bridges has nothing of its own to bring up. */
function runsTheStack({ serial }: CheckContext): boolean {
  return ((serial.identity?.capabilities ?? 0) & CAPABILITY.CONTROLLER) !== 0
}

const release: BoardCheck = {
  id: 'network.release',
  once: true,
  layer: 'network',
  reference: 'serial-link, channel 0 "release" and channel 2 (state changes); IEEE 802.3 14.2.1.7',
  needs: ['spi.bridge', 'network.controller'],
  async run(context) {
    const { clock, chip, serial, network } = context
    network.stopController()
    if (!runsTheStack(context)) {
      await chip.release()
      return { measurements: [], verdict: 'skip', reason: keyed('network.release.only-bridges') }
    }
    const seen = new Map<string, { readonly state: string; readonly at: number }>()
    let events = 0
    const started = clock.now
    const stop = serial.watchStates((region, state) => {
      events++
      seen.set(region, { state, at: clock.now })
    })
    await chip.release()
    const is = (region: string, state: string): boolean => seen.get(region)?.state === state
    const ready = (): boolean => is('chip', 'running') && is('link', 'up') && is('address', 'configured')
    while (!ready() && clock.now - started < START_LIMIT) await sleepOnClock(clock, POLL)
    stop()
    const time = (region: string): number | null => {
      const change = seen.get(region)
      return change === undefined ? null : milliseconds(change.at - started)
    }
    const up = ready()
    const figures = NETWORK_FIGURES['network.release']
    return {
      measurements: [
        measure(figures.chip, is('chip', 'running') ? time('chip') : null),
        measure(figures.link, is('link', 'up') ? time('link') : null, { max: START_LIMIT / MILLISECOND }),
        measure(figures.address, is('address', 'configured') ? time('address') : null, {
          max: START_LIMIT / MILLISECOND,
        }),
        measure(figures.changes, events),
      ],
      ...(up ? {} : { reason: describeStates(Math.round(milliseconds(clock.now - started)), seen) }),
    }
  },
}

function describeStates(milliseconds: number, seen: ReadonlyMap<string, { readonly state: string }>): LocalizableText {
  if (seen.size === 0) return keyed('network.release.no-change', { milliseconds })
  const states = [...seen].map(([region, { state }]) => ({ region, state }))
  return keyed('network.release.states', { milliseconds, states })
}

const boardAnswers: BoardCheck = {
  id: 'network.board-answers',
  once: true,
  layer: 'network',
  reference: 'RFC 1122 3.2.2.6 (every host answers echo requests)',
  needs: ['network.release'],
  timed: 'check',
  run: (context) => pingFromLab(context, NETWORK_FIGURES['network.board-answers'], context.network.boardAddress),
}

export const NETWORK_CHECKS: readonly BoardCheck[] = [
  controller,
  resolve,
  ping,
  largePing,
  ...ROW_CHECKS,
  answers,
  steady,
  release,
  boardAnswers,
]
