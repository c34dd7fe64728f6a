/** A client and a server for a demo, with a cable between them, and all that passes there. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { DnsServer } from '../../../firmware/net/dns/server.js'
import { serveDns } from '../../../firmware/net/dns/stack-carrier.js'
import type { TcpStateChange } from '../../../firmware/net/tcp/tcp.js'
import { PcapngWriter } from '../../capture/pcapng.js'
import { Conversation, type ConversationListener } from '../../conversation/conversation.js'
import { FrameWatch } from '../../network/frame-watch.js'
import type { Sentence } from '../../text/keyed.js'
import { nodeModules } from '../net/modules.js'
import type { Demo, DemoSide, DemoStage } from './demo.js'
import { FrameTally } from './frame-tally.js'
import { CLIENT_ADDRESS, type DemoPlaceOptions, SERVER_ADDRESS, setPlace } from './place.js'

const ZONE = { name: 'lab.test', records: [{ name: 'server', type: 'A' as const, address: SERVER_ADDRESS }] }

/** Who is told as it happens; instants are nanoseconds of virtual time. */
export interface DemoListener extends ConversationListener {
  says(who: DemoSide, line: string, at: number): void
  explains(layer: 5 | 6, sentence: Sentence, at: number): void
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
 * @throws UsageError for a board that there is not; TargetError where no link comes up; what the demo throws
 */
export async function runDemo(demo: Demo, options: DemoPlaceOptions, listener: DemoListener): Promise<DemoOutcome> {
  const place = await setPlace(options)
  const { near, far, time, random } = place
  const now = () => time.now
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
  const [client, server] = [{ name: 'client', stack: near.stack, time }, far].map((host) => nodeModules(host))
  const stage: DemoStage = {
    client,
    server,
    clientAddress: CLIENT_ADDRESS,
    serverAddress: SERVER_ADDRESS,
    now,
    until: (condition, limit) => time.until(condition, limit),
    chance: (octets) => Buffer.from(Array.from({ length: octets }, () => random.below(256))),
    serveNames: () => serveDns(far.stack, new DnsServer({ zones: [ZONE] })),
    says(who, line) {
      lines++
      listener.says(who, line, now())
    },
    explains: (layer, sentence) => listener.explains(layer, sentence, now()),
    keyLog(line) {
      keys += Buffer.from(line).toString('latin1')
    },
  }
  const end = await demo.serve(stage)
  await demo.use(stage)
  await end()
  // The last words of the connections.
  await time.until(() => false, SECOND)
  conversation.end()
  tally.connections = connections
  await place.close()
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
