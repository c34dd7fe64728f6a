/**
 * `node --import linkpulse/net/register program.js`: the program's network is a lab. It has two hosts with a cable between them, unless
 * LINKPULSE_LAB names a module that exports others by default: the program's servers are on the last one, its clients on the first one.
 * LINKPULSE_CAPTURE names a file for what that one sends and receives.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SECOND } from '../../../firmware/hal/clock.js'
import { Ipv6Side } from '../../../firmware/net/ipv6/ipv6-side.js'
import { createLab } from '../../lab.js'
import { recordFrames } from '../../network/frame-recording.js'
import { FrameWatch } from '../../network/frame-watch.js'
import { OutputFile } from '../files/output.js'
import { nodeModules } from './modules.js'
import { patchNode } from './patch.js'
import type { TurnOptions } from './turns.js'
import type { NetHost } from './whereabouts.js'

/** What the module of LINKPULSE_LAB exports by default: the hosts, or them and how time passes. */
type RegisteredLab = NetHost | readonly NetHost[] | (TurnOptions & { readonly hosts: readonly NetHost[] })

/** Two hosts, of both families, with a cable between them, whose link is up and whose addresses are in use. */
async function ownLab(): Promise<NetHost[]> {
  const lab = createLab()
  const hosts = ['client', 'server'].map((name, i) =>
    lab.addHost({
      name,
      address: `192.168.7.${i + 1}/24`,
      ipv6: { side: Ipv6Side, addresses: [`2001:db8:7::${i + 1}/64`] },
    }),
  )
  lab.connect(hosts[0].port, hosts[1].port)
  const inUse = ({ network }: (typeof hosts)[number]) =>
    network.linkUp && (network.ipv6?.addresses.every(({ state }) => state !== 'TENTATIVE') ?? true)
  await lab.run({ until: () => hosts.every(inUse), for: 30 * SECOND })
  return hosts
}

async function labOf(path: string): Promise<RegisteredLab> {
  const { default: made } = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown }
  const lab = (typeof made === 'function' ? await (made as () => unknown)() : await made) as RegisteredLab | undefined
  if (lab === undefined || lab === null)
    throw new TypeError(
      `LINKPULSE_LAB: ${path} exports nothing by default; export the hosts: export default [client, server]`,
    )
  return lab
}

/** What the clients' host sends and receives; the file is whole when the process ends. */
function capture(path: string, { stack, name }: NetHost): void {
  const file = new OutputFile('LINKPULSE_CAPTURE', path)
  const watches = stack.interfaces.map((each) => new FrameWatch(each, `${name} ${each.name}`))
  const end = recordFrames(
    watches,
    (octets) => file.write(octets),
    true,
    () => stack.clock.now,
  )
  process.once('exit', () => {
    end()
    file.close()
  })
}

const { LINKPULSE_LAB, LINKPULSE_CAPTURE } = process.env
const lab = LINKPULSE_LAB ? await labOf(LINKPULSE_LAB) : await ownLab()
const { hosts, ...options } = 'hosts' in lab ? lab : { hosts: 'stack' in lab ? [lab] : lab }
if (LINKPULSE_CAPTURE) capture(LINKPULSE_CAPTURE, hosts[0])
patchNode(nodeModules(hosts, options))
