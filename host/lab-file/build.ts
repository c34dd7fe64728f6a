/**
 * A lab of a definition: what a lab file says, built. The same definition gives the same lab, whether a file, a test or a page has it.
 *
 *     const { lab, host } = buildLab({ hosts: { a: { address: '10.0.0.1/24' }, b: { address: '10.0.0.2/24' } }, cables: [{ between: ['a', 'b'] }] })
 */
import type { FlashImage } from '../../boards/avr/flash-image.js'
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { Cable } from '../../boards/ethernet/cable.js'
import { FaultyBox } from '../../boards/ethernet/faulty-box.js'
import type { EthernetPort } from '../../boards/ethernet/port.js'
import { CROSSOVER_WIRING, SPLIT_PAIR_WIRING, STRAIGHT_WIRING } from '../../boards/ethernet/wiring.js'
import { brokenBoard } from '../../boards/faults/create-bench.js'
import type { CardIpv6 } from '../../boards/lab-host-options.js'
import type { AddHostOptions, LabConnectOptions } from '../../boards/lab-settings.js'
import { problemsWithin, type SchemaPath, type SchemaProblem } from '../../boards/schema/problems.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { DhcpClient } from '../../firmware/net/dhcp/client.js'
import { startDhcpv6, startDhcpv6Server } from '../../firmware/net/dhcpv6/start.js'
import type { ZoneRecord } from '../../firmware/net/dns/zone.js'
import { NetError } from '../../firmware/net/errors.js'
import { parseAnyIp } from '../../firmware/net/ip.js'
import { Ipv6RouterSide } from '../../firmware/net/ipv6/ipv6-router-side.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import { TemporaryAddresses } from '../../firmware/net/nd/temporary-addresses.js'
import type { Stack } from '../../firmware/stack.js'
import { createLab, type HostLab, type LabBoard, type LabPeer } from '../lab.js'
import type { LabTime } from '../lab-time.js'
import { addressProblems } from './address-problems.js'
import { BridgedBoard } from './bridged-board.js'
import { CABLE_LENGTH } from './cable-length.js'
import { LabFileError } from './error.js'
import { boardFirst, faultsIn, LabBench, type PlacedFault } from './fault-places.js'
import { hasEnd } from './has-end.js'
import { type JackPlace, jackName, type LabPlan, noSuch, type PlannedCable, planLab, portsOf } from './plan.js'
import { nanosecondsIn, shareIn } from './quantities.js'
import {
  type BoxEntry,
  type CableEntry,
  type CardIpv6Entry,
  type HostEntry,
  LAB_FILE,
  type LabDefinition,
} from './schema.js'
import { wellFormed } from './stand-ins.js'
import { stepProblems } from './step-problems.js'

export interface BuildLabOptions {
  /** What to call the definition in errors; `the lab` by default. */
  readonly source?: string
  /** Boards there are, by name; the catalogue's by default. */
  readonly boards?: ReadonlyMap<string, BoardDefinition>
  /** What boards execute that are written as `avr:NAME`, by that name: the bridge firmware. `linkpulse/node` has it. */
  readonly images?: ReadonlyMap<string, FlashImage>
  /** What is otherwise than in the definition. */
  readonly override?: Pick<LabDefinition, 'seed' | 'duration' | 'pace'> | undefined
}

/** A board or host of a lab, by its stack. */
export interface LabMember {
  readonly name: string
  readonly stack: Stack
  /** Its lab's virtual time. */
  readonly time: LabTime
  /** What asks for its address, where a server tells. */
  readonly dhcp: DhcpClient | undefined
}

/** A lab as it was defined, with everything in it by name. */
export class BuiltLab {
  readonly lab: HostLab
  readonly definition: LabDefinition
  readonly plan: LabPlan
  readonly boards: ReadonlyMap<string, LabBoard>
  readonly hosts: ReadonlyMap<string, LabPeer>
  /** Boards whose compiled firmware is executed (`avr:`). */
  readonly bridged: ReadonlyMap<string, BridgedBoard>
  readonly cables: ReadonlyMap<string, Cable>
  readonly #members = new Map<string, LabMember>()
  /** Of cables that are not plugged in, the jacks that they belong in. */
  readonly #unplugged = new Map<string, readonly [EthernetPort, EthernetPort]>()

  /** Made by `buildLab`. */
  constructor(
    lab: HostLab,
    definition: LabDefinition,
    plan: LabPlan,
    parts: Pick<BuiltLab, 'boards' | 'hosts' | 'bridged' | 'cables'>,
  ) {
    this.lab = lab
    this.definition = definition
    this.plan = plan
    this.boards = parts.boards
    this.hosts = parts.hosts
    this.bridged = parts.bridged
    this.cables = parts.cables
    const { time } = lab
    for (const [name, { stack, controller }] of this.boards)
      this.#members.set(name, { name, stack, time, dhcp: controller.dhcp })
    for (const [name, { stack, dhcp }] of this.hosts) this.#members.set(name, { name, stack, time, dhcp })
  }

  /** Boards and hosts that have a stack by now: those of `avr:` have theirs after `bridge`. */
  get members(): ReadonlyMap<string, LabMember> {
    return this.#members
  }

  /**
   * Takes over the chips of boards whose compiled firmware is executed, as `runLab` does first. Time must pass meanwhile: while it plays, or somebody awaits it.
   * @returns the names of those boards
   * @throws TargetError for a board that does not answer on its serial port
   */
  async bridge(): Promise<readonly string[]> {
    const names = [...this.bridged.keys()].filter(
      (name) => !this.#members.has(name) && this.definition.boards?.[name].serial === undefined,
    )
    const uplinks = await Promise.all(names.map((name) => found(this.bridged, name).bridge(this.lab.time)))
    for (const [i, { stack, dhcp }] of uplinks.entries()) {
      const name = names[i]
      this.#members.set(name, { name, stack, time: this.lab.time, dhcp: [...dhcp.values()][0] })
      nameServers(stack, this.definition.boards?.[name].nameServers)
    }
    return names
  }

  /** @throws RangeError for a name that no board of the lab has */
  board(name: string): LabBoard {
    return found(this.boards, name)
  }

  /** @throws RangeError for a name that no host of the lab has */
  host(name: string): LabPeer {
    return found(this.hosts, name)
  }

  /** @throws RangeError for a name that no cable of the lab has */
  cable(name: string): Cable {
    return found(this.cables, name)
  }

  /** Plugs a cable in where it belongs; one that is plugged in stays so. @throws RangeError for a name that no cable of the lab has */
  plug(name: string): void {
    const cable = this.cable(name)
    const ends = this.#unplugged.get(name)
    if (cable.plugged || ends === undefined) return
    this.#unplugged.delete(name)
    cable.plug(...ends)
  }

  /** Pulls a cable out at both ends. @throws RangeError for a name that no cable of the lab has */
  unplug(name: string): void {
    const cable = this.cable(name)
    if (cable.ends === undefined) return
    this.#unplugged.set(name, cable.ends)
    cable.unplug()
  }

  /** The board or host of a name. @throws RangeError where there is none, or it has no stack yet */
  member(name: string): LabMember {
    return found(this.#members, name)
  }
}

function found<T>(among: ReadonlyMap<string, T>, name: string): T {
  const it = among.get(name)
  if (it === undefined) throw new RangeError(noSuch(name, [...among.keys()]))
  return it
}

/** @throws RangeError for a text that is no address */
function nameServers(stack: Stack, servers: readonly string[] | undefined): void {
  if (servers === undefined) return
  stack.resolver.servers = servers.map((text) => {
    const address = parseAnyIp(text)
    if (address === undefined) throw new RangeError(`"${text}" is no address; give one, as 192.168.7.1`)
    return address
  })
}

/**
 * Builds a lab. Boards whose supply is not off are switched on; no time has passed.
 * @throws LabFileError with everything that is wrong
 */
export function buildLab(definition: LabDefinition, options: BuildLabOptions = {}): BuiltLab {
  const { lab, problems } = assembleLab(definition, options)
  if (lab === undefined) throw new LabFileError(options.source ?? 'the lab', problems)
  return lab
}

/** What is wrong with a value that is to be a definition, each with its place; nothing of one that can be built. */
export function labProblems(value: unknown, options: BuildLabOptions = {}): readonly SchemaProblem[] {
  return assembleLab(value, options).problems
}

const EMPTY: SchemaProblem = {
  path: [],
  problem: 'nothing is written here; begin with hosts, as "hosts: { a: { address: 10.0.0.1/24 } }", boards and cables',
}

/** The lab, or why there is none. @param value as somebody wrote it */
export function assembleLab(
  value: unknown,
  options: BuildLabOptions = {},
): { readonly lab: BuiltLab | undefined; readonly problems: readonly SchemaProblem[] } {
  if (value === null || value === undefined) return { lab: undefined, problems: [EMPTY] }
  const found = problemsWithin(LAB_FILE, value)
  // What is well formed of it is looked at all the same: who mends a file wants to know everything.
  const whole = { definition: value as LabDefinition, standIns: [] }
  const rest = found.length === 0 ? whole : wellFormed(value, found)
  if (rest === undefined) return { lab: undefined, problems: found }
  const definition: LabDefinition = { ...rest.definition, ...options.override }
  const plan = planLab(definition, options.boards)
  const named: SchemaProblem[] = [...plan.problems]
  const faults = faultsIn(definition, plan, named)
  named.push(...stepProblems(definition, plan))
  // A fault may give the partner the board's own address.
  const isGivenAway = faults.some(({ settled }) => settled.breakage.peer?.address !== undefined)
  named.push(...addressProblems(definition, plan, isGivenAway))
  const isOfStandIn = ({ path }: SchemaProblem) =>
    rest.standIns.some((entry) => entry.every((key, i) => path[i] === key))
  found.push(...named.filter((problem) => !isOfStandIn(problem)))
  // Of what is not named well nothing can be built; of the rest, building says what is wrong with it.
  const lab = new Assembly(definition, plan, faults, found, options.images).build(found.length === 0)
  return { lab: found.length === 0 ? lab : undefined, problems: found }
}

const WIRINGS = { straight: STRAIGHT_WIRING, crossover: CROSSOVER_WIRING, 'split-pair': SPLIT_PAIR_WIRING } as const

class Assembly {
  readonly #definition: LabDefinition
  readonly #plan: LabPlan
  readonly #faults: readonly PlacedFault[]
  readonly #problems: SchemaProblem[]
  readonly #lab: HostLab
  readonly #boards = new Map<string, LabBoard>()
  readonly #hosts = new Map<string, LabPeer>()
  readonly #bridged = new Map<string, BridgedBoard>()
  readonly #images: BuildLabOptions['images']
  readonly #cables = new Map<string, Cable>()
  readonly #jacks = new Map<string, EthernetPort>()

  constructor(
    definition: LabDefinition,
    plan: LabPlan,
    faults: readonly PlacedFault[],
    problems: SchemaProblem[],
    images: BuildLabOptions['images'],
  ) {
    this.#definition = definition
    this.#images = images
    this.#plan = plan
    this.#faults = faults
    this.#problems = problems
    const { seed, pace = hasEnd(definition) ? 'free' : 'wall' } = definition
    this.#lab = createLab({
      ...(seed === undefined ? {} : { seed }),
      pace: { speed: pace === 'wall' ? 1 : Number.POSITIVE_INFINITY },
    })
  }

  /** @param whole its names are right, so that cables can be plugged in */
  build(whole: boolean): BuiltLab {
    const { boards = {}, hosts = {}, boxes = {} } = this.#definition
    for (const name of Object.keys(boards)) this.#attempt(['boards', name], () => this.#addBoard(name))
    for (const [name, entry] of Object.entries(hosts)) this.#attempt(['hosts', name], () => this.#addHost(name, entry))
    for (const [name, entry] of Object.entries(boxes)) this.#attempt(['boxes', name], () => this.#addBox(name, entry))
    if (whole && this.#problems.length === 0) {
      for (const cable of this.#plan.cables) this.#attempt(cable.path, () => this.#addCable(cable))
      for (const fault of this.#faults) this.#attempt(fault.path, () => this.#apply(fault))
    }
    const parts = { boards: this.#boards, hosts: this.#hosts, bridged: this.#bridged, cables: this.#cables }
    const built = new BuiltLab(this.#lab, this.#definition, this.#plan, parts)
    if (this.#problems.length > 0) return built
    for (const { entry, name } of this.#plan.cables) if (entry.plugged === false) built.unplug(name)
    for (const [name, board] of this.#boards) if (boards[name].powered !== false) board.powerOn()
    for (const { board } of this.#bridged.values()) board.powerOn()
    return built
  }

  /** What a lower floor refuses is wrong with what stands at that place. */
  #attempt(path: SchemaPath, add: () => void): void {
    try {
      add()
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError || error instanceof NetError)) throw error
      const { message } = error
      // An invalid address was reported where it stands.
      const isTold = ({ path: at, problem }: SchemaProblem) =>
        problem === message && path.every((key, i) => at[i] === key)
      if (!this.#problems.some(isTold)) this.#problems.push({ path, problem: message })
    }
  }

  #addBoard(name: string): void {
    const planned = this.#plan.boards.get(name)
    const entry = this.#definition.boards?.[name]
    if (planned === undefined || entry === undefined) return
    const { address, gateway, ipv6, services, station, memory } = entry
    const { definition, mode } = planned
    const broken = brokenBoard(
      this.#faults.filter(({ board }) => board === name).map(({ settled }) => settled.breakage),
    )
    if (mode === 'avr') {
      const image = this.#images?.get(definition.name)
      if (image === undefined)
        throw new RangeError(
          `avr:${definition.name} executes a compiled firmware, and there is none here; read the lab with 'linkpulse/node', which has it, or give \`images\``,
        )
      const bridged = new BridgedBoard(this.#lab, name, definition, entry, broken, image)
      this.#bridged.set(name, bridged)
      this.#jacks.set(name, bridged.board.port)
      return
    }
    const board = this.#lab.addBoard(definition, {
      name,
      powered: false,
      ...(address === undefined ? {} : { address }),
      ...(gateway === undefined ? {} : { gateway }),
      ...(services === undefined ? {} : { services }),
      ...(station === undefined ? {} : { station }),
      ...(memory === undefined ? {} : { memory }),
      ...(ipv6 === undefined ? {} : { ipv6: { side: Ipv6Side, ...ipv6 } }),
      ...broken,
    })
    this.#boards.set(name, board)
    this.#jacks.set(name, board.port)
    this.#attempt(['boards', name, 'nameServers'], () => nameServers(board.stack, entry.nameServers))
  }

  #addHost(name: string, entry: HostEntry): void {
    const { address, gateway, services, forwarding, duplex, mac, memory, cards = [] } = entry
    const broken = this.#faults.filter(({ host }) => host === name).map(({ settled }) => settled.breakage.peer ?? {})
    const options: AddHostOptions = {
      name,
      address,
      ...(gateway === undefined ? {} : { gateway }),
      ...(services === undefined ? {} : { services }),
      ...(forwarding === undefined ? {} : { forwarding }),
      ...(duplex === undefined ? {} : { duplex }),
      ...(mac === undefined ? {} : { mac }),
      ...(memory === undefined ? {} : { memory }),
      ...hostIpv6(entry),
      ...this.#servers(entry),
      ...Object.assign({}, ...broken),
    }
    const host = this.#lab.addHost(options)
    this.#hosts.set(name, host)
    this.#jacks.set(name, host.port)
    for (const [i, { address: own, ipv6, ...card }] of cards.entries()) {
      this.#attempt(['hosts', name, 'cards', i], () => {
        const added = host.addCard(own, { ...card, ...(ipv6 === undefined ? {} : { ipv6: cardIpv6(ipv6) }) })
        this.#jacks.set(`${name}.eth${i + 1}`, added.port)
      })
    }
    this.#attempt(['hosts', name, 'nameServers'], () => nameServers(host.stack, entry.nameServers))
  }

  #servers({ dhcpServer, dnsZone }: HostEntry): Pick<AddHostOptions, 'dhcpServer' | 'dnsServer'> {
    const lease = dhcpServer?.lease
    return {
      ...(dnsZone === undefined ? {} : { dnsServer: { zones: [{ name: dnsZone, records: this.#records() }] } }),
      ...(dhcpServer === undefined
        ? {}
        : {
            dhcpServer: {
              pool: dhcpServer.pool,
              ...(lease === undefined ? {} : { leaseSeconds: Math.max(1, Math.round(nanosecondsIn(lease) / SECOND)) }),
              ...(dhcpServer.reserved === undefined ? {} : { reserved: dhcpServer.reserved }),
            },
          }),
    }
  }

  /** Every board and host with fixed addresses, by its name. */
  #records(): readonly ZoneRecord[] {
    const { boards = {}, hosts = {} } = this.#definition
    const entries = [
      ...Object.entries(boards).map(
        ([name, { address = this.#plan.boards.get(name)?.definition.network.address, ipv6 }]) => ({
          name,
          address,
          ipv6,
        }),
      ),
      ...Object.entries(hosts).map(([name, { address, ipv6 }]) => ({ name, address, ipv6 })),
    ]
    return entries.flatMap(({ name, address = 'dhcp', ipv6: own }): ZoneRecord[] => [
      ...(address === 'dhcp' ? [] : [{ name, type: 'A' as const, address: withoutLength(address) }]),
      ...(own?.addresses ?? []).map((each) => ({ name, type: 'AAAA' as const, address: withoutLength(each) })),
    ])
  }

  #addBox(name: string, entry: BoxEntry): void {
    const { kind, duplex } = entry
    const ports = portsOf(entry)
    const box =
      kind === 'switch'
        ? this.#lab.addSwitch({ name, ports, ...(duplex === undefined ? {} : { duplex }) })
        : kind === 'hub'
          ? this.#lab.addHub({ name, ports })
          : new FaultyBox({
              clock: this.#lab.clock,
              random: this.#lab.random.fork(`box ${name}`),
              ...impairments(entry),
            })
    for (const [i, port] of box.ports.entries()) this.#jacks.set(`${name}.${i + 1}`, port)
  }

  #addCable(planned: PlannedCable): void {
    const { entry, name } = planned
    const jacks = boardFirst(planned).map((end) => this.#port(end))
    const broken = this.#faults.filter(({ cable }) => cable === name).map(({ settled }) => settled.breakage.cable ?? {})
    // Whether two have one address was asked of the plan.
    const options: LabConnectOptions = { ...cableMake(entry), sameAddresses: true, ...Object.assign({}, ...broken) }
    this.#cables.set(name, this.#lab.connect(jacks[0], jacks[1], options))
  }

  #port(jack: JackPlace | undefined): EthernetPort {
    const port = jack === undefined ? undefined : this.#jacks.get(jackName(jack))
    if (port === undefined) throw new Error(`no jack was made for ${jack === undefined ? 'a cable' : jackName(jack)}`)
    return port
  }

  #apply({ settled, board, host, cable }: PlacedFault): void {
    const of = <T>(among: ReadonlyMap<string, T>, name: string | undefined) =>
      name === undefined ? undefined : among.get(name)
    const broken = of(this.#boards, board) ?? of(this.#bridged, board)?.board
    settled.breakage.apply?.(
      new LabBench(this.#lab, settled.fault.name, broken, of(this.#hosts, host), of(this.#cables, cable)),
    )
  }
}

const withoutLength = (address: string): string => address.replace(/\/.*$/, '')

/** A host that passes datagrams on, or that advertises itself, is a router of IPv6 too. */
function hostIpv6({ ipv6, forwarding, cards = [] }: HostEntry): Pick<AddHostOptions, 'ipv6'> {
  const all = [ipv6, ...cards.map((card) => card.ipv6)]
  if (all.every((each) => each === undefined)) return {}
  const routes = forwarding || all.some((each) => each?.advertise !== undefined)
  return { ipv6: { side: routes ? Ipv6RouterSide : Ipv6Side, ...cardIpv6(ipv6 ?? {}) } }
}

function cardIpv6({ temporary, dhcp6, dhcp6Server, ...same }: CardIpv6Entry): CardIpv6 {
  return {
    ...same,
    ...(temporary ? { temporary: TemporaryAddresses } : {}),
    ...(dhcp6 === undefined ? {} : { dhcp6: { start: startDhcpv6, mode: dhcp6 } }),
    ...(dhcp6Server === undefined ? {} : { dhcp6Server: { start: startDhcpv6Server, ...dhcp6Server } }),
  }
}

function impairments({ loss, duplicate, reorder, corrupt, mark, delay, jitter, longest }: BoxEntry) {
  return {
    ...(loss === undefined ? {} : { loss: shareIn(loss) }),
    ...(duplicate === undefined ? {} : { duplicate: shareIn(duplicate) }),
    ...(reorder === undefined ? {} : { reorder: shareIn(reorder) }),
    ...(corrupt === undefined ? {} : { corrupt: shareIn(corrupt) }),
    ...(mark === undefined ? {} : { mark: shareIn(mark) }),
    ...(delay === undefined ? {} : { delay: nanosecondsIn(delay) }),
    ...(jitter === undefined ? {} : { jitter: nanosecondsIn(jitter) }),
    ...(longest === undefined ? {} : { longest }),
  }
}

function cableMake({ length = CABLE_LENGTH, category, wiring }: CableEntry): LabConnectOptions {
  return {
    length,
    ...(category === undefined ? {} : { category: `${category}` as '3' | '5e' | '6' }),
    ...(wiring === undefined ? {} : { wiring: WIRINGS[wiring] }),
  }
}
