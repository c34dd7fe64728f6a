/** Two hosts of a lab with a cable between them, or a host and a board, for a demo: and all that passes between them. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { ipv4 } from '../../../firmware/net/address.js'
import type { TcpStateChange } from '../../../firmware/net/tcp/tcp.js'
import { PcapngWriter } from '../../capture/pcapng.js'
import { Conversation, type ConversationListener } from '../../conversation/conversation.js'
import { TargetError } from '../../errors/errors.js'
import { createLab, type LabBoard, type LabPeer } from '../../lab.js'
import { FrameWatch } from '../../network/frame-watch.js'
import type { Sentence } from '../../text/keyed.js'
import { nodeModules } from '../net/modules.js'
import type { Demo, DemoSide } from './demo.js'
import { FrameTally } from './frame-tally.js'

export const CLIENT_ADDRESS = '192.168.7.1'
export const SERVER_ADDRESS = '192.168.7.2'
const ZONE = { name: 'lab.test', records: [{ name: 'server', type: 'A' as const, address: SERVER_ADDRESS }] }
/** How long a link may take to come up. */
const LINK_LIMIT = 10 * SECOND

/** Who is told as it happens; instants are nanoseconds of virtual time. */
export interface DemoListener extends ConversationListener {
  says(who: DemoSide, line: string, at: number): void
  explains(layer: 5 | 6, sentence: Sentence, at: number): void
}

export interface DemoOptions {
  readonly seed: number
  /** A board that the server is on, by its name; another host where left out. */
  readonly board: string | undefined
}

interface KeptFrame {
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly frame: Uint8Array
}

/** What a demo came to. */
export interface DemoOutcome {
  readonly tally: FrameTally
  /** Lines that the application said. */
  readonly lines: number
  /** Lines of `SSLKEYLOGFILE`. */
  readonly keys: string
  /** The frames, with those keys, as a pcapng file of the client's interface. */
  capture(write: (octets: Uint8Array) => void): void
}

/**
 * Runs one.
 * @throws UsageError for a board that there is not; what the demo throws
 */
export async function runDemo(demo: Demo, options: DemoOptions, listener: DemoListener): Promise<DemoOutcome> {
  const lab = createLab({ seed: options.seed })
  const near = lab.addHost({ name: 'client', address: `${CLIENT_ADDRESS}/24` })
  const far: LabPeer | LabBoard =
    options.board === undefined
      ? lab.addHost({ name: 'server', address: `${SERVER_ADDRESS}/24`, dnsServer: { zones: [ZONE] } })
      : lab.addBoard(options.board, { name: 'server', address: `${SERVER_ADDRESS}/24`, services: [] })
  lab.connect(near.port, far.port)
  const isUp = () => near.network.linkUp && ('controller' in far ? far.controller.network.linkUp : far.network.linkUp)
  if (!lab.runUntil(isUp, LINK_LIMIT)) throw new TargetError("the lab's link does not come up")
  near.stack.resolver.servers = [ipv4(SERVER_ADDRESS)]

  const now = () => lab.now
  const watch = new FrameWatch(near.network, 'client')
  const tally = new FrameTally()
  const kept: KeptFrame[] = []
  watch.listen((direction, frame) => {
    tally.take(frame)
    kept.push({ direction, at: now(), frame: frame.slice() })
  })
  const conversation = new Conversation(now, { name: 'client', stack: near.stack, watch }, undefined, listener)
  let connections = 0
  near.stack.tcp.onState(({ state }: TcpStateChange) => {
    if (state === 'ESTABLISHED') connections++
  })
  let lines = 0
  let keys = ''
  const [client, server] = [near, far].map((host) => nodeModules(host))
  await demo.run({
    client,
    server,
    clientAddress: CLIENT_ADDRESS,
    serverAddress: SERVER_ADDRESS,
    says(who, line) {
      lines++
      listener.says(who, line, now())
    },
    explains: (layer, sentence) => listener.explains(layer, sentence, now()),
    keyLog(line) {
      keys += Buffer.from(line).toString('latin1')
    },
  })
  // The last words of the connections.
  await lab.run({ for: SECOND })
  conversation.end()
  tally.connections = connections
  return {
    tally,
    lines,
    keys,
    capture(write) {
      const writer = new PcapngWriter(write, `linkpulse demo ${demo.name}`)
      const port = writer.addInterface({ name: 'client', speed: 10_000_000, fcs: false })
      if (keys !== '') writer.tlsKeys(keys)
      for (const { direction, at, frame } of kept)
        writer.packet(port, frame, { at, direction: direction === 'in' ? 'inbound' : 'outbound' })
    },
  }
}
