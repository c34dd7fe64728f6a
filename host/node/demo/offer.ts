/** Servers of demos on a TAP device of the kernel, for clients that other people wrote. */
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { formatIpv4, type Ipv4Interface } from '../../../firmware/net/address.js'
import { createLab } from '../../lab.js'
import { nodeModules } from '../net/modules.js'
import { Turns } from '../net/turns.js'
import { tapJack } from '../network/tap-cable.js'
import type { Demo } from './demo.js'
import { type DemoListener, type DemoOutcome, DemoRecord } from './record.js'

export interface DemoOfferOptions {
  readonly seed: number
  readonly tap: string
  readonly address: Ipv4Interface
  /** The board that the server is on; a host where left out. */
  readonly board?: BoardDefinition | undefined
}

/**
 * Serves, in real time, until `over`.
 * @param ready is called once somebody may come
 * @throws TapError; what ends the device
 */
export async function offerDemo(
  demos: readonly Demo[],
  { seed, tap, address, board }: DemoOfferOptions,
  listener: DemoListener,
  ready: () => void,
  over: Promise<void>,
): Promise<DemoOutcome> {
  const lab = createLab({ seed, pace: { speed: 1 } })
  const jack = tapJack(lab, tap, (input) => lab.enter(input))
  const stop = lab.play()
  let turns: Turns | undefined
  try {
    const own = formatIpv4(address.address)
    const there = { name: 'server', address: `${own}/${address.prefixLength}` }
    const host = board === undefined ? lab.addHost(there) : lab.addBoard(board, { ...there, services: [] })
    turns = Turns.of(host.time, host.stack.clock)
    lab.connect(host.port, jack.port)
    const [network] = host.stack.interfaces
    await lab.run({ until: () => network.linkUp })
    const record = new DemoRecord('server', { network, stack: host.stack }, host.time, listener)
    const stage = record.serverStage(host.stack, nodeModules(host), own)
    for (const demo of demos) await demo.serve(stage)
    ready()
    await Promise.race([over, jack.failed])
    return record.outcome(demos.map(({ name }) => name).join(' '))
  } finally {
    turns?.end()
    stop()
    jack.close()
  }
}
