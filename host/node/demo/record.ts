/** What is said and what passes in a demo, at one of its ends. */

import { DnsServer } from '../../../firmware/net/dns/server.js'
import { serveDns } from '../../../firmware/net/dns/stack-carrier.js'
import type { NetworkInterface } from '../../../firmware/net/network-interface.js'
import type { Stack } from '../../../firmware/stack.js'
import { PcapngWriter } from '../../capture/pcapng.js'
import { Conversation, type ConversationListener } from '../../conversation/conversation.js'
import type { LabTime } from '../../lab-time.js'
import { FrameWatch } from '../../network/frame-watch.js'
import type { Sentence } from '../../text/keyed.js'
import type { NodeModules } from '../net/modules.js'
import type { DemoSide, ServerStage } from './demo.js'
import { FrameTally } from './frame-tally.js'

/** Who is told as it happens; instants are nanoseconds of virtual time. */
export interface DemoListener extends ConversationListener {
  says(who: DemoSide, line: string, at: number): void
  explains(layer: 5 | 6, sentence: Sentence, at: number): void
}

/** A frame as it passed that end, without its FCS; `at` in nanoseconds of virtual time. */
export interface KeptFrame {
  readonly direction: 'in' | 'out'
  readonly at: number
  readonly frame: Uint8Array
}

/** What a demo came to. */
export interface DemoOutcome {
  /** At whose end the frames were seen. */
  readonly side: DemoSide
  readonly tally: FrameTally
  readonly frames: readonly KeptFrame[]
  /** Lines that the application said. */
  readonly lines: number
  /** Lines of `SSLKEYLOGFILE`. */
  readonly keys: string
  /** The frames, with those keys, as a pcapng file of that end's interface. */
  capture(write: (octets: Uint8Array) => void): void
}

export class DemoRecord {
  readonly #side: DemoSide
  readonly #time: LabTime
  readonly #listener: DemoListener
  readonly #conversation: Conversation
  readonly #tally = new FrameTally()
  readonly #kept: KeptFrame[] = []
  #lines = 0
  #keys = ''

  constructor(
    side: DemoSide,
    { network, stack }: { readonly network: NetworkInterface; readonly stack: Stack },
    time: LabTime,
    listener: DemoListener,
  ) {
    this.#side = side
    this.#time = time
    this.#listener = listener
    const watch = new FrameWatch(network, side)
    watch.listen((direction, frame) => {
      this.#tally.take(frame)
      this.#kept.push({ direction, at: time.now, frame: frame.slice() })
    })
    this.#conversation = new Conversation(() => time.now, { name: side, stack, watch }, undefined, listener)
    stack.tcp.onState(({ state }) => {
      if (state === 'ESTABLISHED') this.#tally.connections++
    })
  }

  readonly says = (who: DemoSide, line: string): void => {
    this.#lines++
    this.#listener.says(who, line, this.#time.now)
  }

  readonly explains = (layer: 5 | 6, sentence: Sentence): void =>
    this.#listener.explains(layer, sentence, this.#time.now)

  /** What a server is given that is on this stack. */
  serverStage(stack: Stack, server: NodeModules, serverAddress: string): ServerStage {
    const records = [{ name: 'server', type: 'A' as const, address: serverAddress }]
    return {
      server,
      serverAddress,
      now: () => this.#time.now,
      serveNames: () => serveDns(stack, new DnsServer({ zones: [{ name: 'lab.test', records }] })),
      says: this.says,
      keyLog: (line) => {
        this.#keys += Buffer.from(line).toString('latin1')
      },
    }
  }

  /** It is over. */
  outcome(name: string): DemoOutcome {
    this.#conversation.end()
    const keys = this.#keys
    return {
      side: this.#side,
      tally: this.#tally,
      frames: this.#kept,
      lines: this.#lines,
      keys,
      capture: (write) => {
        const writer = new PcapngWriter(write, `linkpulse demo ${name}`)
        const port = writer.addInterface({ name: this.#side, speed: 10_000_000, fcs: false })
        if (keys !== '') writer.tlsKeys(keys)
        for (const { direction, at, frame } of this.#kept)
          writer.packet(port, frame, { at, direction: direction === 'in' ? 'inbound' : 'outbound' })
      },
    }
  }
}
