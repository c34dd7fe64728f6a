/**
 * A board of a lab whose compiled firmware is executed: the bridge of linkpulse, and a stack on this end of its serial port that drives the chip across
 * it, as a laptop does with a board on the desk.
 */
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { chipOf } from '../../boards/avr/bench.js'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { emulatedPart } from '../../boards/avr/parts/parts.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { BrokenBoard } from '../../boards/faults/create-bench.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { hostInterface, ipv4, onlyGateway } from '../../firmware/net/address.js'
import { hostInterface6 } from '../../firmware/net/ipv6/address.js'
import { SERVICES } from '../../firmware/services/service.js'
import type { HostLab } from '../lab.js'
import { labPump } from '../lab-pump.js'
import type { LabTime } from '../lab-time.js'
import { type BoardOptions, bridgeUplink } from '../network/bridge-uplink.js'
import type { Uplink } from '../network/uplink.js'
import { SimulatedLine } from '../target/simulated-line.js'
import type { Target } from '../target/target.js'
import type { BoardEntry } from './schema.js'

export class BridgedBoard {
  readonly name: string
  readonly board: AvrBoard
  readonly #lab: HostLab
  readonly #definition: BoardDefinition
  readonly #options: BoardOptions

  /** @throws RangeError for a controller that is not emulated, and addresses that can be no station's */
  constructor(
    lab: HostLab,
    name: string,
    definition: BoardDefinition,
    entry: BoardEntry,
    broken: BrokenBoard,
    image: FlashImage,
  ) {
    emulatedPart(definition) // another controller is refused before anything else is
    const { network } = definition
    const { address = network.address, gateway, ipv6, services, memory, station = localStation(lab, name) } = entry
    const own = address === 'dhcp' ? address : hostInterface(address)
    this.name = name
    this.#lab = lab
    this.#definition = { ...definition, network: { ...network, station } }
    this.#options = {
      address: own,
      addresses6: ipv6 === undefined ? undefined : (ipv6.addresses ?? []).map(hostInterface6),
      gateway: gateway === undefined ? undefined : own === 'dhcp' ? ipv4(gateway) : onlyGateway(own, gateway),
      memory,
      offers: services ?? SERVICES.map((service) => service.name),
      wallClock: () => lab.now / MILLISECOND,
    }
    this.board = new AvrBoard({
      clock: lab.clock,
      random: lab.random.fork(`board ${name}`),
      definition,
      name,
      image,
      ...chipOf(broken),
    })
  }

  /**
   * Opens a session with its firmware, and takes the chip over. Time must pass meanwhile.
   * @throws TargetError when it does not answer
   */
  bridge(time: LabTime): Promise<Uplink> {
    const { board } = this
    const pump = labPump(this.#lab.clock, time)
    const { baud } = this.#definition.serial
    const line = new SimulatedLine({ end: board.serial, clock: pump.clock, baud, onDelivered: () => pump.touch() })
    const target: Target = {
      name: this.name,
      backend: 'avr',
      board: this.#definition.name,
      seed: this.#lab.seed,
      line,
      modem: line,
      clock: pump.clock,
      random: this.#lab.random.fork(`host end ${this.name}`),
      drive: (work) => pump.drive(work),
      close: async () => line.close(),
    }
    return bridgeUplink(target, this.#definition, undefined, this.#options)
  }
}

/** A locally administered individual address (IEEE 802.3 3.2.3): two boards of a kind have one each. */
function localStation(lab: HostLab, name: string): string {
  const random = lab.random.fork(`station ${name}`)
  const octets = [0x02, ...Array.from({ length: 5 }, () => random.below(256))]
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':')
}
