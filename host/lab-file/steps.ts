/** The steps of a lab: what each does, and whether it came out as the file expects. */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { NetError } from '../../firmware/net/errors.js'
import type { PingResult } from '../../firmware/net/icmp/ping.js'
import { formatIp, type IpAddress, parseAnyIp } from '../../firmware/net/ip.js'
import { decodeText } from '../../firmware/text/utf8.js'
import { fetchOverStack, HttpError } from '../network/http-fetch.js'
import { type NamedWire, NameError, resolveHost } from '../network/resolve.js'
import { concatenated } from '../octets.js'
import { keyed, type LocalizableText, type Sentence } from '../text/keyed.js'
import type { BuiltLab } from './build.js'
import { LabBench, placeFault } from './fault-places.js'
import { nanosecondsIn } from './quantities.js'
import type { StepEntry } from './schema.js'
import { addressToCall, downCondition, upCondition } from './state.js'
import { holderNamed } from './step-problems.js'

/** What came of a step. */
export interface LabStepResult {
  readonly ok: boolean
  readonly sentence: Sentence
}

/** How a lab's steps let its time pass. */
export interface StepTime {
  /** @returns whether it holds. @throws what ends the step, when the lab is over before: what was cut short says nothing */
  until(condition: () => boolean, limit?: number): Promise<boolean>
}

/** A DHCP client begins up to ten seconds after its link is up (RFC 2131 4.4.1), and makes sure that nobody has the address (RFC 5227 2.1.1). */
const EXPECT_LIMIT = 30 * SECOND
const PINGS = 3
/** From an answer to the next ping, and for the last words of a connection: the next step may pull the cable. */
const PAUSE = 100 * MILLISECOND
/** Of a page, what is looked through, octets. */
const PAGE_LIMIT = 1 << 20

type StepOf<Action extends keyof StepEntry> = NonNullable<StepEntry[Action]>

export async function runStep(lab: BuiltLab, step: StepEntry, time: StepTime): Promise<LabStepResult> {
  if (step.wait !== undefined) {
    await time.until(() => false, nanosecondsIn(step.wait))
    return { ok: true, sentence: keyed('lab.waited', { duration: step.wait }) }
  }
  if (step.expect !== undefined) return expectState(lab, step.expect, time)
  if (step.ping !== undefined) return ping(lab, step.ping, time)
  if (step.get !== undefined) return get(lab, step.get, time)
  return { ok: true, sentence: act(lab, step) }
}

/** What is done at once. */
function act(lab: BuiltLab, { plug, unplug, powerOn, powerOff, reset, ...step }: StepEntry): Sentence {
  if (plug !== undefined) {
    lab.plug(plug)
    return keyed('lab.plugged', { name: plug })
  }
  if (unplug !== undefined) {
    lab.unplug(unplug)
    return keyed('lab.unplugged', { name: unplug })
  }
  if (powerOn !== undefined) {
    lab.board(powerOn).powerOn()
    return keyed('lab.powered-on', { name: powerOn })
  }
  if (powerOff !== undefined) {
    lab.board(powerOff).powerOff()
    return keyed('lab.powered-off', { name: powerOff })
  }
  if (reset !== undefined) {
    lab.board(reset).restart()
    return keyed('lab.reset', { name: reset })
  }
  const { what = '', fault = '' } = step.break ?? {}
  breakIn(lab, what, fault)
  return keyed('lab.broken', { name: what, fault })
}

function breakIn(lab: BuiltLab, what: string, text: string): void {
  const kind = holderNamed(lab.plan, what)
  const placed = kind === undefined ? undefined : placeFault(lab.plan, kind, what, text, [], [])
  if (placed === undefined) throw new RangeError(`${text} cannot be put on ${what}`)
  const { settled, board = '', host = '', cable = '' } = placed
  const bench = new LabBench(
    lab.lab,
    settled.fault.name,
    lab.boards.get(board) ?? lab.bridged.get(board)?.board,
    lab.hosts.get(host),
    lab.cables.get(cable),
  )
  settled.breakage.apply?.(bench)
}

async function expectState(
  lab: BuiltLab,
  { up, down, within }: StepOf<'expect'>,
  time: StepTime,
): Promise<LabStepResult> {
  const isUp = up === undefined ? () => true : upCondition(lab, up)
  const isDown = down === undefined ? () => true : downCondition(lab, down)
  const limit = within === undefined ? EXPECT_LIMIT : nanosecondsIn(within)
  const ok = await time.until(() => isUp() && isDown(), limit)
  const who = [
    ...(up === undefined
      ? []
      : [keyed(ok ? 'lab.is-up' : 'lab.not-up', { who: up === 'all' ? keyed('lab.all') : up.join(', ') })]),
    ...(down === undefined ? [] : [keyed(ok ? 'lab.is-down' : 'lab.not-down', { who: down.join(', ') })]),
  ]
  return { ok, sentence: keyed('lab.state', { states: who }) }
}

function wireOf(lab: BuiltLab, name: string, time: StepTime): NamedWire {
  return { stack: lab.member(name).stack, changed: () => {}, until: (condition, limit) => time.until(condition, limit) }
}

/** A name of the lab, an address, or a name that a server of names knows. */
async function addressOf(lab: BuiltLab, name: string, wire: NamedWire): Promise<IpAddress | undefined> {
  const member = lab.members.get(name)
  if (member !== undefined) return addressToCall(member.stack)
  return parseAnyIp(name) ?? (await resolveHost(wire, name, undefined))
}

const ENOUGH: Readonly<Record<NonNullable<StepOf<'ping'>['answered']>, (back: number, sent: number) => boolean>> = {
  all: (back, sent) => back === sent,
  some: (back) => back > 0,
  none: (back) => back === 0,
  any: () => true,
}

async function ping(
  lab: BuiltLab,
  { from, to, count = PINGS, size, answered = 'all' }: StepOf<'ping'>,
  time: StepTime,
): Promise<LabStepResult> {
  const wire = wireOf(lab, from, time)
  const found = await orWhy(() => addressOf(lab, to, wire))
  const destination = 'why' in found ? undefined : found.value
  if (destination === undefined) {
    const why = 'why' in found ? found.why : keyed('lab.no-address', { name: to })
    return { ok: answered === 'none', sentence: keyed('lab.no-ping', { from, to, why }) }
  }
  let back = 0
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < count; i++) {
    let result: PingResult | undefined
    wire.stack.ping(destination, size === undefined ? {} : { size }, (settled) => {
      result = settled
    })
    await time.until(() => result !== undefined)
    if (result?.ok) {
      back++
      best = Math.min(best, result.roundTrip)
    }
    await time.until(() => false, PAUSE)
  }
  const ok = ENOUGH[answered](back, count)
  const told = { from, to, address: formatIp(destination), sent: count, back }
  const sentence =
    back === 0 ? keyed('lab.pinged', told) : keyed('lab.pinged-in', { ...told, best: (best / MILLISECOND).toFixed(3) })
  return { ok, sentence }
}

async function get(
  lab: BuiltLab,
  { from, url, status = 200, contains }: StepOf<'get'>,
  time: StepTime,
): Promise<LabStepResult> {
  const failed = (why: LocalizableText): LabStepResult => ({
    ok: false,
    sentence: keyed('lab.no-page', { from, url, why }),
  })
  const [, authority = '', path = ''] = /^http:\/\/([^/?]+)(.*)$/.exec(url) ?? []
  const [, bracketed, bare = '', port = '80'] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d{1,5}))?$/.exec(authority) ?? []
  const wire = { ...wireOf(lab, from, time), clock: lab.lab.clock, watches: [], far: undefined, close: async () => {} }
  const name = bracketed ?? bare
  const pieces: Uint8Array[] = []
  let octets = 0
  const answer = await orWhy(async () => {
    const address = await addressOf(lab, name, wire)
    if (address === undefined) return undefined
    return fetchOverStack(wire, {
      at: { host: formatIp(address), port: Number(port) },
      host: authority,
      path: path.startsWith('/') ? path : `/${path}`,
      onHead: () => {},
      onBody: async (piece) => {
        if (octets < PAGE_LIMIT) pieces.push(piece)
        octets += piece.length
      },
    })
  })
  await time.until(() => false, PAUSE)
  if ('why' in answer) return failed(answer.why)
  if (answer.value === undefined) return failed(keyed('lab.no-address', { name }))
  const told = { from, url, status: answer.value.status, octets: answer.value.length }
  if (told.status !== status) return { ok: false, sentence: keyed('lab.other-status', { ...told, wanted: status }) }
  if (contains !== undefined && !decodeText(concatenated(pieces)).includes(contains))
    return { ok: false, sentence: keyed('lab.not-in-page', { ...told, contains }) }
  return { ok: true, sentence: keyed('lab.page', told) }
}

/** What it comes to, or why nothing: what a network can fail with. */
async function orWhy<T>(attempt: () => Promise<T>): Promise<{ readonly value: T } | { readonly why: string }> {
  try {
    return { value: await attempt() }
  } catch (error) {
    if (!(error instanceof NetError || error instanceof NameError || error instanceof HttpError)) throw error
    return { why: error.message }
  }
}
