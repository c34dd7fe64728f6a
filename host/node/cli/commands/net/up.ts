import { formatIpv4, type Ipv4Interface } from '../../../../../firmware/net/address.js'
import { formatIpv6Interface } from '../../../../../firmware/net/ipv6/address.js'
import type { NetworkInterface } from '../../../../../firmware/net/network-interface.js'
import { SERVICES, type ServiceName } from '../../../../../firmware/services/service.js'
import { parseServices } from '../../../../../firmware/services/services.js'
import { UsageError } from '../../../../errors/errors.js'
import { watchClaims } from '../../../../network/address-claims.js'
import { recordFrames } from '../../../../network/frame-recording.js'
import { parseImpairments } from '../../../../network/impaired-wire.js'
import { watchLeases } from '../../../../network/lease-watch.js'
import { watchLeases6 } from '../../../../network/lease6-watch.js'
import { watchNames } from '../../../../network/name-watch.js'
import { watchRouters } from '../../../../network/router-watch.js'
import { stackStatus } from '../../../../network/status.js'
import type { Uplink } from '../../../../network/uplink.js'
import { parseNetTarget } from '../../../../serial/specification.js'
import { bareStack } from '../../../network/bare-stack.js'
import { ControlServer } from '../../../network/control.js'
import type { ArgumentsOf, OptionOf } from '../../arguments.js'
import { Outputs } from '../../outputs.js'
import { print, tell } from '../../say.js'
import { captureTo } from './frame-capture.js'
import { runEnd } from './interrupted.js'
import type { NET_UP_COMMAND } from './up.command.js'
import { bringUpKernel, type NetPlan, parsed, readWires } from './wires.js'

type Given = ArgumentsOf<typeof NET_UP_COMMAND>

/** Between two looks whether link and address are there, in milliseconds. */
const LOOK_INTERVAL_MILLISECONDS = 5

/** `linkpulse net up TARGET`: a board or a bare stack on a TAP device, until interrupted. */
export async function netUp(given: Given): Promise<number> {
  const name = given.operands[0]
  const plan = readWires(given)
  const seconds = given.seconds('for')
  const services = readServices(given, name)
  const file = new Outputs(given).file('capture')
  const uplink = await open(given, name, plan, services)
  const interrupted = runEnd(seconds)
  let control: ControlServer | undefined
  const capture = captureTo(file, uplink.watches)
  const say = (line: string) => tell(`${line}\n`)
  const endClaims = watchClaims(uplink.stack, say)
  const endNames = watchNames(uplink.stack, say)
  const endRouters = watchRouters(uplink.stack, say)
  const endLeases = watchLeases(uplink.clock, uplink.dhcp, say)
  const endLeases6 = watchLeases6(uplink.clock, uplink.dhcp6 ?? new Map(), say)
  let failed = true
  try {
    bringUpKernel(plan.wires)
    const began = Date.now()
    control = await ControlServer.listen({
      who: { process: process.pid, target: name, taps: plan.wires.map(({ tap }) => tap) },
      status: () => ({
        target: name,
        uptime: (Date.now() - began) / 1_000,
        ...stackStatus(uplink.stack, uplink.services),
        ...uplink.describe(),
      }),
      capture: (write) => recordFrames(uplink.watches, write, false),
    })
    const ended = Promise.race([interrupted.over, uplink.failed])
    const waiting = new AbortController()
    await Promise.race([ready(uplink, plan, waiting.signal), ended]).finally(() => waiting.abort())
    await ended
    failed = false
    return 0
  } finally {
    interrupted.release()
    endClaims()
    endLeases()
    endLeases6()
    endNames()
    endRouters()
    control?.close()
    await uplink.close()
    capture.end(failed)
  }
}

/** Opens what the target names. @throws UsageError for options that do not fit it; TapError, TargetError. */
async function open(given: Given, name: string, plan: NetPlan, offers: readonly ServiceName[]): Promise<Uplink> {
  const target = parseNetTarget(name)
  const forwarding = given.has('forward')
  const impair = given.text('impair')
  const refuse = (option: OptionOf<typeof NET_UP_COMMAND>, why: string): void => {
    if (given.has(option)) throw new UsageError(`--${option} ${why}, and the target is ${name}; leave it out`)
  }
  if (target.backend === 'stack') {
    for (const option of ['fault', 'baud', 'board-file'] as const) refuse(option, 'is for a board')
    if (plan.wires.length === 0) {
      throw new UsageError('a bare stack needs a wire: add --tap NAME, for example --tap lp0 --address 10.9.0.2/24')
    }
    return bareStack({
      ...plan,
      forwarding,
      offers,
      impairments: impair === undefined ? undefined : parseImpairments(impair),
    })
  }
  refuse('impair', 'is for a bare stack; a board has --fault')
  refuse('forward', 'is for a bare stack with several --tap')
  refuse('advertise', 'is for a bare stack')
  refuse('temporary', 'is for a bare stack')
  refuse('dhcp6', 'is for a bare stack')
  if (plan.wires.length > 1) {
    throw new UsageError(`a board has one jack: give one --tap, not ${plan.wires.length}; several are for stack:`)
  }
  const { openBoard } = await import('./board.js')
  return openBoard(given, name, target, plan, offers)
}

/**
 * A simulated board has its own services; a stack of this machine's, or on a real wire, has none that nobody asked for.
 * @throws UsageError for an unknown service
 */
function readServices(given: Given, target: string): readonly ServiceName[] {
  const text = given.text('services') ?? (parseNetTarget(target).backend === 'model' ? 'all' : 'none')
  if (text === 'none') return []
  return text === 'all' ? SERVICES.map((each) => each.name) : parsed('--services', text, parseServices)
}

/** Says so when the link is up and there is an address; nothing once it was asked to give up. */
async function ready(uplink: Uplink, plan: NetPlan, signal: AbortSignal): Promise<void> {
  const look = (): boolean =>
    uplink.linkUp && uplink.stack.interfaces.every((each) => hasItsAddresses(each, plan) && hasDhcp6(each, plan))
  while (!look()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MILLISECONDS))
    if (signal.aborted) return
  }
  const addresses = uplink.stack.interfaces.map((each, at) => {
    const six = each.ipv6?.addresses.filter(({ state }) => state === 'PREFERRED').map(formatIpv6Interface) ?? []
    const own = [...each.addresses.map(formatInterface), ...six].join(' ')
    return plan.wires[at] === undefined ? own : `${own} on ${plan.wires[at].tap}`
  })
  // a line of its own, so that a script can wait for it
  print(`ready ${addresses.join(', ')}\n`)
}

function hasItsAddresses({ name, addresses, ipv6 }: NetworkInterface, { wires }: NetPlan): boolean {
  const only6 = wires.some(({ tap, address, dhcp }) => tap === name && address === undefined && !dhcp)
  return (only6 || addresses.length > 0) && ipv6?.isReady !== false
}

/** Who is to ask for addresses of IPv6, whatever routers say, has one; who asks for name servers alone starts without. */
function hasDhcp6({ name, ipv6 }: NetworkInterface, { wires }: NetPlan): boolean {
  if (wires.find(({ tap }) => tap === name)?.dhcp6 !== 'stateful') return true
  return ipv6?.addresses.some(({ origin, state }) => origin === 'assigned' && state === 'PREFERRED') === true
}

function formatInterface({ address, prefixLength }: Ipv4Interface): string {
  return `${formatIpv4(address)}/${prefixLength}`
}
