import type { BoardDefinition } from '../../../../../boards/catalogue/definition.js'
import { formatIpv4, hostInterface, type Ipv4Interface, ipv4, onLink } from '../../../../../firmware/net/address.js'
import type { NetworkInterface } from '../../../../../firmware/net/network-interface.js'
import { UsageError } from '../../../../errors/errors.js'
import { rangeAsUsage } from '../../../../errors/range-as-usage.js'
import { allowRule } from '../../../../network/gateway/allow-rule.js'
import { formatForward, portForward } from '../../../../network/gateway/port-forward.js'
import { isSimulated, parseNetTarget, type SimulatedSpecification } from '../../../../serial/specification.js'
import type { PlugCable } from '../../../network/board-uplink.js'
import { addressPool } from '../../../network/gateway/address-pool.js'
import type { Gateway } from '../../../network/gateway/gateway.js'
import { type GatewayPlan, plugIntoGateway } from '../../../network/gateway/gateway-cable.js'
import { checkNameServers } from '../../../network/gateway/system-names.js'
import { kernelAddress } from '../../../network/kernel-side.js'
import type { ArgumentsOf } from '../../arguments.js'
import { Outputs } from '../../outputs.js'
import { tell } from '../../say.js'
import { definitionOf, openSimulatedBoard } from './board.js'
import type { NET_GATEWAY_COMMAND } from './gateway.command.js'
import { runUplink } from './run-uplink.js'
import { readServices } from './services.js'
import { parsed, readMemory } from './wires.js'

type Given = ArgumentsOf<typeof NET_GATEWAY_COMMAND>

/** What captures call the board's wire. */
const WIRE = 'gateway'

/** `linkpulse net gateway TARGET`: a simulated board on the network of this machine, until interrupted. */
export async function netGateway(given: Given): Promise<number> {
  const name = given.operands[0]
  const target = simulatedTarget(name)
  const definition = await definitionOf(given, target)
  const dhcp = given.has('dhcp')
  const own = ownAddress(given, definition)
  const plan = planOf(given, definition, own, dhcp)
  const seconds = given.seconds('for')
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const capture = new Outputs(given).file('capture')
  let gateway: Gateway | undefined
  const plug: PlugCable = async (bench, enter) => {
    const cable = await plugIntoGateway(bench, plan, enter)
    gateway = cable.gateway
    return cable
  }
  const uplink = await openSimulatedBoard(given, name, target, definition, {
    wire: WIRE,
    plug,
    seed,
    address: dhcp ? 'dhcp' : own,
    addresses6: plan.ipv6 ? [] : undefined,
    gateway: plan.address.address,
    memory: readMemory(given),
    offers: readServices(given, name),
  })
  return runUplink(uplink, {
    name,
    taps: [],
    seconds,
    capture,
    begin: () => {
      tell(`the gateway is ${formatIpv4(plan.address.address)}; Ctrl-C ends it\n`)
      for (const forward of gateway?.forwards ?? []) tell(`forwarded: ${formatForward(forward)}\n`)
      gateway?.onAlone(() =>
        tell('there is no ping on this machine: the gateway answers echoes for hosts outside itself\n'),
      )
    },
    isReady: () => uplink.stack.interfaces.every(hasItsAddresses),
  })
}

/** Of IPv6 one of the network that the gateway announces, beside its link-local one. */
function hasItsAddresses({ addresses, ipv6 }: NetworkInterface): boolean {
  const preferred = ipv6?.addresses.filter(({ state }) => state === 'PREFERRED').length
  return addresses.length > 0 && (preferred === undefined || preferred > 1)
}

/** @throws UsageError for what has no cable in this process */
function simulatedTarget(name: string): SimulatedSpecification {
  const target = parseNetTarget(name)
  if (target.backend !== 'stack' && isSimulated(target)) return target
  throw new UsageError(
    `${name} has no cable that could lead to a gateway in this process: name a simulated board, as model:uno or avr:uno`,
  )
}

function ownAddress(given: Given, { network }: BoardDefinition): Ipv4Interface {
  const text = given.text('address')
  if (text !== undefined && given.has('dhcp'))
    throw new UsageError('--dhcp has the address assigned, and --address gives one: leave one of them out')
  return text === undefined ? hostInterface(network.address) : parsed('--address', text, hostInterface)
}

/** @throws UsageError for what cannot be allowed, forwarded or asked */
function planOf(given: Given, definition: BoardDefinition, own: Ipv4Interface, dhcp: boolean): GatewayPlan {
  const servers = given.text('dns')?.split(',')
  if (servers !== undefined) parsed('--dns', '', () => checkNameServers(servers))
  const address = gatewayAddress(definition, own)
  rangeAsUsage(() => addressPool(address), '--address')
  return {
    address,
    boardAddress: dhcp ? undefined : own.address,
    ipv6: given.has('ipv6'),
    allow: given.all('allow').map((text) => parsed('--allow', text, allowRule)),
    onlyListed: given.has('only-allowed'),
    forwards: given.all('forward').map((text) => parsed('--forward', text, portForward)),
    nameServers: servers,
  }
}

/** The router that the board knows, where that is on its network; else the first other address there. */
function gatewayAddress({ network }: BoardDefinition, own: Ipv4Interface): Ipv4Interface {
  const known = ipv4(network.gateway)
  if (onLink(own, known) && known !== own.address) return { ...own, address: known }
  const first = kernelAddress(own, undefined)
  if (first !== undefined) return first
  throw new UsageError(
    `a network of /${own.prefixLength} has no address for a gateway beside the board's: use one of /29 or larger`,
  )
}
