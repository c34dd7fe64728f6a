import type { NetworkInterface } from '../../../../../firmware/net/network-interface.js'
import type { ServiceName } from '../../../../../firmware/services/service.js'
import { UsageError } from '../../../../errors/errors.js'
import { parseImpairments } from '../../../../network/impaired-wire.js'
import type { Uplink } from '../../../../network/uplink.js'
import { parseNetTarget } from '../../../../serial/specification.js'
import { bareStack } from '../../../network/bare-stack.js'
import type { ArgumentsOf, OptionOf } from '../../arguments.js'
import { Outputs } from '../../outputs.js'
import { runUplink } from './run-uplink.js'
import { readServices } from './services.js'
import type { NET_UP_COMMAND } from './up.command.js'
import { bringUpKernel, type NetPlan, readWires } from './wires.js'

type Given = ArgumentsOf<typeof NET_UP_COMMAND>

/** `linkpulse net up TARGET`: a board or a bare stack on a TAP device, until interrupted. */
export async function netUp(given: Given): Promise<number> {
  const name = given.operands[0]
  const plan = readWires(given)
  const seconds = given.seconds('for')
  const services = readServices(given, name)
  const file = new Outputs(given).file('capture')
  const uplink = await open(given, name, plan, services)
  return runUplink(uplink, {
    name,
    taps: plan.wires.map(({ tap }) => tap),
    seconds,
    capture: file,
    begin: () => bringUpKernel(plan.wires),
    isReady: () => uplink.stack.interfaces.every((each) => hasItsAddresses(each, plan) && hasDhcp6(each, plan)),
  })
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

function hasItsAddresses({ name, addresses, ipv6 }: NetworkInterface, { wires }: NetPlan): boolean {
  const only6 = wires.some(({ tap, address, dhcp }) => tap === name && address === undefined && !dhcp)
  return (only6 || addresses.length > 0) && ipv6?.isReady !== false
}

/** Who is to ask for addresses of IPv6, whatever routers say, has one; who asks for name servers alone starts without. */
function hasDhcp6({ name, ipv6 }: NetworkInterface, { wires }: NetPlan): boolean {
  if (wires.find(({ tap }) => tap === name)?.dhcp6 !== 'stateful') return true
  return ipv6?.addresses.some(({ origin, state }) => origin === 'assigned' && state === 'PREFERRED') === true
}
