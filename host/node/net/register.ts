/**
 * `node --import linkpulse/net/register program.js`: the program's network is a lab. It has two hosts with a cable between them, unless
 * LINKPULSE_LAB names a module that exports others by default, or a lab file, of which LINKPULSE_HOSTS names those that the program is on: the program's
 * servers are on the last one, its clients on the first one. LINKPULSE_CAPTURE names a file for what that one sends and receives.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SECOND } from '../../../firmware/hal/clock.js'
import { Ipv6Side } from '../../../firmware/net/ipv6/ipv6-side.js'
import { printableLines } from '../../../firmware/text/printable.js'
import { createLab } from '../../lab.js'
import { recordFrames } from '../../network/frame-recording.js'
import { FrameWatch } from '../../network/frame-watch.js'
import { OutputFile } from '../files/output.js'
import { nodeModules } from './modules.js'
import { patchNode } from './patch.js'
import type { TurnOptions } from './turns.js'
import { isHost, type NetHost } from './whereabouts.js'

/** What the module of LINKPULSE_LAB exports by default: the hosts, or them and how time passes. */
type RegisteredLab = NetHost | readonly NetHost[] | (TurnOptions & { readonly hosts: readonly NetHost[] })

/** As everywhere here: what was asked for cannot be done. */
const USAGE = 2

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

/** How long a lab of a file may take to come up. */
const UP_LIMIT = 60 * SECOND

/**
 * The hosts of a lab file, once its links are up and its addresses in use.
 * @param names those of them that the program is on, with commas between; all hosts where left out
 * @throws LabFileError; RangeError for a name that nobody there has; TimeLimitError where it does not come up
 */
async function labOfFile(path: string, names: string | undefined): Promise<readonly NetHost[]> {
  const [{ labFromFile }, { upCondition }] = await Promise.all([
    import('../lab-file/read.js'),
    import('../../lab-file/state.js'),
  ])
  const built = await labFromFile(path, { override: { pace: 'free' } })
  const stop = built.lab.play()
  await built.bridge().finally(stop)
  const hosts = names?.split(',').map((name) => built.member(name.trim())) ?? [...built.hosts.values()]
  if (hosts.length === 0) throw new TypeError(`LINKPULSE_LAB: ${path} has no hosts; name boards in LINKPULSE_HOSTS`)
  await built.lab.run({ until: upCondition(built, 'all'), for: UP_LIMIT })
  return hosts
}

/** @throws TypeError for a module that is not there, or exports something else */
async function labOf(path: string): Promise<RegisteredLab> {
  const module = (await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    throw new TypeError(`LINKPULSE_LAB: ${path} cannot be loaded: ${(error as Error).message}`, { cause: error })
  })) as { default?: unknown }
  const lab: unknown =
    typeof module.default === 'function' ? await (module.default as () => unknown)() : await module.default
  const hosts = typeof lab === 'object' && lab !== null && 'hosts' in lab ? lab.hosts : lab
  const list: readonly unknown[] = Array.isArray(hosts) ? hosts : [hosts]
  if (list.length > 0 && list.every(isHost)) return lab as RegisteredLab
  throw new TypeError(
    `LINKPULSE_LAB: ${path} exports no hosts by default; export them: export default [client, server]`,
  )
}

/** What the clients' host sends and receives; the file is whole when the process ends, by a signal as well. */
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
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const ended = () => {
      // A program that has a handler of its own says itself when it is over.
      if (process.listenerCount(signal) > 1) return
      process.off(signal, ended)
      end()
      file.close()
      process.kill(process.pid, signal)
    }
    process.on(signal, ended)
  }
}

/** Child processes are the system's: they neither load this, nor write the same file. */
function leaveChildrenAlone(): void {
  const { execArgv } = process
  const isLoader = (word: string | undefined) => word?.endsWith('linkpulse/net/register') ?? false
  // In one word or in two: `--import=NAME`, `--import NAME`.
  const kept = execArgv.filter((word, i) => !isLoader(word) && !(word === '--import' && isLoader(execArgv[i + 1])))
  execArgv.splice(0, execArgv.length, ...kept)
  delete process.env.LINKPULSE_CAPTURE
}

async function register(): Promise<void> {
  const { LINKPULSE_LAB, LINKPULSE_HOSTS, LINKPULSE_CAPTURE } = process.env
  const isFile = /\.(?:ya?ml|json)$/.test(LINKPULSE_LAB ?? '')
  if (LINKPULSE_HOSTS && !isFile)
    throw new TypeError('LINKPULSE_HOSTS names hosts of a lab file; name that file in LINKPULSE_LAB, as lab.yaml')
  const lab = !LINKPULSE_LAB
    ? await ownLab()
    : isFile
      ? await labOfFile(LINKPULSE_LAB, LINKPULSE_HOSTS || undefined)
      : await labOf(LINKPULSE_LAB)
  const { hosts, ...options } = 'hosts' in lab ? lab : { hosts: isHost(lab) ? [lab] : lab }
  const modules = nodeModules(hosts, options)
  if (LINKPULSE_CAPTURE) capture(LINKPULSE_CAPTURE, hosts[0])
  leaveChildrenAlone()
  patchNode(modules)
}

try {
  await register()
} catch (error) {
  // The program has not begun: whoever started it reads what is wrong, and no more.
  process.stderr.write(printableLines(`linkpulse/net/register: ${(error as Error).message}\n`))
  process.exit(USAGE)
}
