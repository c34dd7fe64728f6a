/** A check run on a target, from the first session cell to the report. */

import { BOARDS, findBoard } from '../../boards/catalogue/catalogue.js'
import { Controller } from '../../firmware/controller/controller.js'
import type { StateChange } from '../../firmware/controller/report.js'
import { DEFAULT_CONFIG } from '../../firmware/enc28j60/initialise.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { formatIpv4, ipv4, ipv4Interface, mac } from '../../firmware/net/address.js'
import type { Target } from '../serial/target.js'
import { BoardSession } from './board-session.js'
import { CHECKS } from './check-list.js'
import type { CheckContext, NetworkPlan, RunningController } from './context.js'
import { diagnose } from './diagnosis/diagnose.js'
import { overallVerdict, runChecks } from './runner.js'
import type { Counters, Outcome, Report, ReportedFinding, RunListener } from './types.js'

export interface CheckOptions {
  /** Layers or check ids; empty or left out for all. */
  readonly only?: readonly string[]
  readonly listener?: RunListener
  /** Whom to talk to on the cable, as 192.168.7.1; the simulation's peer or the board's gateway unless told otherwise. */
  readonly peer?: string
}

/** What a real board is addressed as until it says which board it is: the Uno's addresses. */
const FALLBACK_BOARD = 'uno'
/** No check takes this long unless something hangs. */
const CHECK_LIMIT = 60 * SECOND

/**
 * Checks a target and says what is wrong with it. The target is left open.
 * @throws UnknownCheckError for a name in `only`; RangeError for a peer that is no address; TargetError when the target
 * is lost; TimeLimitError.
 */
export async function checkTarget(target: Target, options: CheckOptions = {}): Promise<Report> {
  const session = new BoardSession(target)
  const plan = networkPlan(target, session, options.peer)
  const context: CheckContext = {
    clock: target.clock,
    random: target.random.fork('checks'),
    serial: session,
    chip: session,
    network: plan,
  }
  const work = async (): Promise<Report> => {
    const checks = await runChecks(CHECKS, context, {
      ...(options.only === undefined ? {} : { only: options.only }),
      ...(options.listener === undefined ? {} : { listener: options.listener }),
      guard: (running) => withLimit(target, running),
    })
    plan.stopController()
    await session.handBack()
    const board = session.identity?.board || target.board
    const counters = await countersOf(target, session)
    await session.close()
    return {
      target: target.name,
      backend: target.backend,
      board,
      seed: target.seed,
      checks,
      diagnosis: diagnose(checks),
      findings: findingsOf(target),
      counters,
      verdict: overallVerdict(checks),
    }
  }
  return target.drive(work())
}

function withLimit(target: Target, running: Promise<Outcome>): Promise<Outcome> {
  let fail: (error: Error) => void = () => {}
  const late = new Promise<never>((_, reject) => {
    fail = reject
  })
  const timer = target.clock.after(CHECK_LIMIT, () => {
    fail(new Error(`nothing came of it within ${CHECK_LIMIT / SECOND} s`))
  })
  return Promise.race([running, late]).finally(() => target.clock.cancel(timer))
}

function networkPlan(target: Target, session: BoardSession, peer: string | undefined): NetworkPlan {
  const { bench } = target
  const definition = bench?.board.definition ?? BOARDS.get(target.board) ?? findBoard(FALLBACK_BOARD)
  const own = ipv4Interface(definition.network.address)
  const peerAddress =
    peer === undefined ? (bench?.peer.network.address ?? ipv4(definition.network.gateway)) : ipv4(peer)
  const chip = { ...DEFAULT_CONFIG, address: mac(definition.network.station) }
  let running: RunningController | undefined
  return {
    chip,
    address: own.address,
    prefixLength: own.prefixLength,
    peer: peerAddress,
    peerName: formatIpv4(peerAddress),
    peerExpected: bench !== undefined || peer !== undefined,
    peerStation: undefined,
    startController: async () => {
      if (running === undefined) {
        const interrupt = await session.watchInterrupt()
        const changes: StateChange[] = []
        const controller = new Controller({
          clock: target.clock,
          random: target.random.fork('controller'),
          runner: session.runner,
          ...(interrupt === undefined ? {} : { interrupt }),
          config: { station: chip.address, address: own, startUp: 0 },
        })
        controller.onReport = (change) => changes.push(change)
        controller.powerOn()
        running = { controller, changes }
      }
      return running
    },
    stopController: () => {
      running?.controller.powerOff()
      running = undefined
    },
    partner:
      bench === undefined
        ? undefined
        : {
            get powered() {
              return bench.peer.station.powered
            },
            get linkUp() {
              return bench.peer.station.linkUp
            },
          },
    pingFromPeer:
      bench === undefined
        ? undefined
        : (address, pingOptions) =>
            new Promise((resolve) => {
              // On the host's clock, so that virtual time stands still until the check has reacted.
              bench.peer.network.ping(address, pingOptions, (result) => {
                target.clock.after(0, () => resolve(result))
              })
            }),
  }
}

function hexOctets(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

function findingsOf({ bench }: Target): ReportedFinding[] {
  const findings = bench?.board.chip.findings ?? []
  return findings.map(({ id, at, octets, rule, source }) => ({ id, at, octets: hexOctets(octets), rule, source }))
}

/** Counts that are numbers; nested ones by their path. */
function flatCounts(counts: object, prefix = ''): Record<string, number> {
  const flat: Record<string, number> = {}
  for (const [name, value] of Object.entries(counts) as [string, unknown][]) {
    if (typeof value === 'number') flat[prefix + name] = value
    else if (typeof value === 'object' && value !== null) Object.assign(flat, flatCounts(value, `${prefix}${name}: `))
  }
  return flat
}

async function countersOf(target: Target, session: BoardSession): Promise<Counters> {
  const counters: Record<string, Readonly<Record<string, number>>> = {}
  if (session.identity !== undefined) {
    try {
      counters.board = flatCounts(await session.boardCounts())
    } catch {
      // The run is over and the report is worth more than this one request; the host's own counts show the trouble.
      counters.board = { 'not answered': 1 }
    }
  }
  counters.host = {
    ...flatCounts(session.counts),
    sessionsResetByBoard: session.resets,
    strangeEvents: session.strangeEvents,
    unanswered: session.unanswered,
  }
  if (target.bench !== undefined) {
    counters.chip = flatCounts(target.bench.board.chip.counters)
    counters.peer = flatCounts(target.bench.peer.network.counters)
  }
  return counters
}
