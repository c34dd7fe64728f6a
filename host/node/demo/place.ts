/**
 * Where a demo is played: a client on a host of a lab, and its server on another host, on a board of the lab, or on this end of a board's serial
 * bridge, whose firmware drives the chip that is on the wire.
 */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { FaultyBox } from '../../../boards/ethernet/faulty-box.js'
import { plugThrough } from '../../../boards/faults/between.js'
import type { Lab } from '../../../boards/lab.js'
import type { LabHost } from '../../../boards/lab-host.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import { ipv4 } from '../../../firmware/net/address.js'
import { TargetError } from '../../errors/errors.js'
import { createLab } from '../../lab.js'
import { labPump } from '../../lab-pump.js'
import { LabTime } from '../../lab-time.js'
import { bridgeUplink } from '../../network/bridge-uplink.js'
import type { Impairments } from '../../network/impaired-wire.js'
import { openBench } from '../../target/simulated-target.js'
import type { NetHost } from '../net/whereabouts.js'
import { benchOf } from '../serial/firmware.js'

export const CLIENT_ADDRESS = '192.168.7.1'
export const SERVER_ADDRESS = '192.168.7.2'
const PREFIX_LENGTH = 24
/** How long a link may take to come up. */
const LINK_LIMIT = 10 * SECOND

export interface DemoPlaceOptions {
  readonly seed: number
  /** A board that the server is on: in the model's own controller, or here, at the end of its firmware's bridge (`avr`); another host where left out. */
  readonly board?: { readonly definition: BoardDefinition; readonly backend: 'model' | 'avr' } | undefined
  /** What a box on the way does to the frames; there is none where left out. */
  readonly impairments?: Impairments | undefined
}

export interface DemoPlace {
  readonly time: LabTime
  readonly near: LabHost
  readonly far: NetHost
  /** Chance of the application's. */
  readonly random: Random
  close(): Promise<void>
}

/** Sets it up, until the link is up at both ends. @throws TargetError where that does not come to be */
export async function setPlace(options: DemoPlaceOptions): Promise<DemoPlace> {
  const place = options.board?.backend === 'avr' ? await bridged(options.board.definition, options) : inALab(options)
  const { near, far, time } = place
  const interfaces = [near, far].flatMap(({ stack }) => stack.interfaces)
  if (!(await time.until(() => interfaces.every(({ linkUp }) => linkUp), LINK_LIMIT)))
    throw new TargetError("the lab's link does not come up")
  near.stack.resolver.servers = [ipv4(SERVER_ADDRESS)]
  return place
}

function inALab({ seed, board, impairments }: DemoPlaceOptions): DemoPlace {
  const lab = createLab({ seed })
  const near = lab.addHost({ name: 'client', address: `${CLIENT_ADDRESS}/${PREFIX_LENGTH}` })
  const address = `${SERVER_ADDRESS}/${PREFIX_LENGTH}`
  const far =
    board === undefined
      ? lab.addHost({ name: 'server', address })
      : lab.addBoard(board.definition, { name: 'server', address, services: [] })
  if (impairments === undefined) lab.connect(near.port, far.port)
  else {
    const [one, other] = boxOf(lab, impairments).ports
    lab.connect(near.port, one)
    lab.connect(other, far.port)
  }
  return { time: near.time, near, far, random: lab.random.fork('application'), close: async () => {} }
}

async function bridged(
  board: BoardDefinition,
  { seed, impairments }: Pick<DemoPlaceOptions, 'seed' | 'impairments'>,
): Promise<DemoPlace> {
  const network = { ...board.network, address: `${SERVER_ADDRESS}/${PREFIX_LENGTH}`, gateway: CLIENT_ADDRESS }
  const definition = { ...board, network }
  const bench = await benchOf(definition, { seed }, 'avr')
  if (impairments !== undefined) plugThrough(bench, ...boxOf(bench.lab, impairments).ports)
  const { lab, peer } = bench
  const time = new LabTime(lab.clock)
  const target = openBench(`avr:${definition.name}`, bench, 'avr', {}, labPump(lab.clock, time))
  const uplink = await passing(
    time,
    bridgeUplink(target, definition, undefined, {
      address: { address: ipv4(SERVER_ADDRESS), prefixLength: PREFIX_LENGTH },
      addresses6: undefined,
      gateway: undefined,
      memory: undefined,
      offers: [],
    }),
  )
  return {
    time,
    near: peer,
    random: lab.random.fork('application'),
    far: { name: 'server', stack: uplink.stack, time },
    async close() {
      await passing(time, uplink.close())
      await target.close()
    },
  }
}

function boxOf({ clock, random }: Lab, impairments: Impairments): FaultyBox {
  return new FaultyBox({ clock, random: random.fork('box'), ...impairments })
}

/** Lets time pass until it is done. */
async function passing<T>(time: LabTime, work: Promise<T>): Promise<T> {
  let isDone = false
  const done = () => {
    isDone = true
  }
  work.then(done, done)
  await time.until(() => isDone)
  return work
}
