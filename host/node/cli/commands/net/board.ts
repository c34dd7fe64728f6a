/** Boards for `net up`. */
import { BOARDS, findBoard } from '../../../../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../../../../boards/catalogue/definition.js'
import { hostInterface } from '../../../../../firmware/net/address.js'
import type { ServiceName } from '../../../../../firmware/services/service.js'
import { UsageError } from '../../../../errors/errors.js'
import { type BoardOptions, bridgeUplink } from '../../../../network/bridge-uplink.js'
import type { Uplink } from '../../../../network/uplink.js'
import { isSimulated, type LiveSpecification, type SimulatedSpecification } from '../../../../serial/specification.js'
import { pickBoard } from '../../../../target/pick-board.js'
import { modelUplink, type PlugCable } from '../../../network/board-uplink.js'
import { plugIntoTap } from '../../../network/tap-cable.js'
import { openTarget } from '../../../serial/open-target.js'
import { serveModel } from '../../../serial/served-board.js'
import type { Arguments } from '../../arguments.js'
import { rateOf } from '../../baud.js'
import { loadCatalogue } from '../../catalogue.js'
import { checkFaults } from '../../simulation.js'
import { type NetPlan, parsed, readAddress6 } from './wires.js'

/** What a real board is taken for when its name is in no catalogue: the station address is what counts. */
const FALLBACK_BOARD = 'uno'

/** @throws UsageError for options that do not fit the target; TapError, TargetError when something cannot be opened */
export async function openBoard(
  given: Arguments,
  name: string,
  target: LiveSpecification,
  plan: NetPlan,
  offers: readonly ServiceName[],
): Promise<Uplink> {
  if (!isSimulated(target)) return openReal(given, name, plan, offers, rateOf(given, target, undefined))
  const [wire] = plan.wires
  if (wire === undefined) {
    throw new UsageError(
      `${name} is simulated, and its cable goes to a TAP device of this machine: add --tap NAME, for example --tap lp0 --address 10.9.0.2/24`,
    )
  }
  if (wire.address === undefined && !plan.dhcp) {
    throw new UsageError(
      `${name} has an address of IPv4 in any case, beside those of IPv6: add --address ADDRESS/PREFIX, for example --address 10.9.0.2/24, or --dhcp`,
    )
  }
  const { tap } = wire
  const definition = await definitionOf(given, target)
  const plug: PlugCable = (bench, enter) => plugIntoTap(bench, tap, enter)
  return openSimulatedBoard(given, name, target, definition, {
    wire: tap,
    plug,
    seed: plan.seed,
    ...boardOptions(plan, offers),
  })
}

/** @throws UsageError for a board that nobody knows, or a file of boards that cannot be read */
export async function definitionOf(given: Arguments, { board }: SimulatedSpecification): Promise<BoardDefinition> {
  return pickBoard(await loadCatalogue(given.text('board-file')), board)
}

/**
 * A simulated board, its cable plugged into something of this machine's.
 * @throws UsageError for options that do not fit the target; what `plug` throws
 */
export async function openSimulatedBoard(
  given: Arguments,
  name: string,
  target: SimulatedSpecification,
  definition: BoardDefinition,
  planned: BoardOptions & { readonly wire: string; readonly plug: PlugCable; readonly seed: number | undefined },
): Promise<Uplink> {
  const { wire, plug, seed, ...options } = planned
  const baud = rateOf(given, target, definition)
  const faults = checkFaults(given.all('fault'), definition, target.backend)
  if (target.backend === 'model') {
    if (baud !== undefined) throw new UsageError(`nothing uses the serial line of ${name} here; leave --baud out`)
    return modelUplink(definition, wire, plug, { ...options, faults, seed })
  }
  const served = await serveModel(
    definition,
    { faults, ...(seed === undefined ? {} : { seed }), ...(baud === undefined ? {} : { baud }) },
    'avr',
  )
  try {
    const cable = await plug(served.bench, (input) => served.enter(input))
    const port = await openTarget(`serial:${served.path}@${served.baud}`)
    const uplink = await bridgeUplink(port, definition, cable, options)
    return closedWith(uplink, port, cable, served)
  } catch (error) {
    served.close()
    throw error
  }
}

async function openReal(
  given: Arguments,
  name: string,
  plan: NetPlan,
  offers: readonly ServiceName[],
  baud: number | undefined,
): Promise<Uplink> {
  if (plan.wires.length > 0) {
    throw new UsageError(`${name} is a real board, on the wire it is plugged into; leave --tap out`)
  }
  const [fault] = given.all('fault')
  if (fault !== undefined) {
    throw new UsageError(`--fault ${fault} breaks something simulated, and ${name} is a real port; leave it out`)
  }
  const addresses = given.all('address').map((text) => parsed('--address', text, hostInterface))
  if (addresses.length !== (plan.dhcp ? 0 : 1))
    throw new UsageError(`${name} needs one address on its wire: --address ADDRESS/PREFIX, or --dhcp`)
  const port = await openTarget(name, baud === undefined ? {} : { baud })
  try {
    const definition = BOARDS.get(port.board) ?? findBoard(FALLBACK_BOARD)
    const uplink = await bridgeUplink(port, definition, undefined, {
      ...boardOptions(plan, offers),
      address: addresses[0] ?? 'dhcp',
      addresses6: given.all('address6').map(readAddress6)[0],
    })
    return closedWith(uplink, port)
  } catch (error) {
    await port.close()
    throw error
  }
}

/** What an uplink stands on. */
interface Below {
  describe?(): Readonly<Record<string, unknown>>
  close(): Promise<void> | void
}

/** An uplink with what it stands on, which is closed after it, in this order. */
function closedWith(uplink: Uplink, ...below: readonly Below[]): Uplink {
  return {
    ...uplink,
    get linkUp() {
      return uplink.linkUp
    },
    describe: () => Object.assign({}, uplink.describe(), ...below.map((each) => each.describe?.())),
    async close() {
      await uplink.close()
      for (const each of below) await each.close()
    },
  }
}

function boardOptions({ wires, gateway, memory }: NetPlan, offers: readonly ServiceName[]): BoardOptions {
  const address = wires[0]?.address
  return {
    address: address ?? 'dhcp',
    addresses6: wires[0]?.addresses6,
    gateway: gateway ?? wires[0]?.kernel?.address,
    memory,
    offers,
  }
}
