/** The frames of a cable as one port sees them, or both: what it sends as outbound, what reaches it as inbound. */
import type { Cable, CableFrame } from '../../boards/ethernet/cable.js'
import { fcsGood } from '../../boards/ethernet/fcs.js'
import type { CaptureError, PacketSink } from './pcapng.js'

const MINIMUM_FRAME_OCTETS = 64
const MAXIMUM_FRAME_OCTETS = 1522

export interface CableCaptureOptions {
  cable: Cable
  writer: PacketSink
  /** Names of the ports to capture at, by the end of the cable they are at. At least one. */
  ports: { readonly a?: string; readonly b?: string }
  /** Shared by the captures of several cables that write to one file; one of its own by default. */
  queue?: FrameHold
}

/** What brings the frames of cables into the order in which they began. */
export interface FrameHold {
  watch(cable: Cable): void
  hold(at: number, began: number, write: () => void): void
  /** Drops what began before; everything by default. */
  flush(before?: number): void
}

/** Each frame when it is over: for who looks on, and has an order of their own. */
export const AT_ONCE: FrameHold = { watch: () => {}, hold: (_at, _began, write) => write(), flush: () => {} }

interface Held {
  readonly at: number
  readonly order: number
  readonly write: () => void
}

/** Frames in the order in which they began: they are reported when they end, and a station that jabbers takes its time over one. */
export class FrameQueue implements FrameHold {
  #held: Held[] = []
  #order = 0
  readonly #cables: Cable[] = []

  /** Frames of this cable come to the queue. */
  watch(cable: Cable): void {
    this.#cables.push(cable)
  }

  /** @param began when the frame's first bit left its sender, which is not in the future */
  hold(at: number, began: number, write: () => void): void {
    this.#held.push({ at, order: this.#order++, write })
    // Whatever is reported later is leaving a sender now, or will.
    let before = began
    for (const { sendingSince } of this.#cables) if (sendingSince < before) before = sendingSince
    this.flush(before)
  }

  flush(before = Number.POSITIVE_INFINITY): void {
    if (this.#held.length === 0 || (before !== Number.POSITIVE_INFINITY && this.#held[0].at >= before)) return
    this.#held.sort((x, y) => x.at - y.at || x.order - y.order)
    let count = 0
    while (count < this.#held.length && this.#held[count].at < before) this.#held[count++].write()
    this.#held = this.#held.slice(count)
  }
}

export class CableCapture {
  readonly #cable: Cable
  readonly #writer: PacketSink
  readonly #a: number | undefined
  readonly #b: number | undefined
  readonly #stop: () => void
  readonly #queue: FrameHold
  /** Frames written, or held to be written in order. */
  frames = 0

  /** Listens from now on. */
  constructor({ cable, writer, ports, queue = new FrameQueue() }: CableCaptureOptions) {
    this.#cable = cable
    this.#queue = queue
    queue.watch(cable)
    this.#writer = writer
    const add = (name: string | undefined) =>
      name === undefined
        ? undefined
        : writer.addInterface({ name, description: `10BASE-T port at the end of ${cable.length} m of cable` })
    this.#a = add(ports.a)
    this.#b = add(ports.b)
    this.#stop = cable.onFrame((frame) => this.#take(frame))
  }

  /** Stops listening and writes what is held. */
  close(): void {
    this.#stop()
    this.#queue.flush()
  }

  #take(frame: CableFrame): void {
    const forward = frame.direction === 'a-to-b'
    const from = forward ? this.#a : this.#b
    const to = forward ? this.#b : this.#a
    if (from !== undefined) {
      const { at, sent, loss } = frame
      this.#hold(at, at, () =>
        this.#writer.packet(from, sent, {
          at,
          direction: 'outbound',
          errors: errorsOf(sent, 0),
          ...(loss === undefined ? {} : { comment: `on the cable: ${loss}` }),
        }),
      )
    }
    if (to !== undefined && frame.octets.length > 0) {
      const { octets, dribbleBits, loss } = frame
      const at = frame.at + this.#cable.delay
      this.#hold(at, frame.at, () =>
        this.#writer.packet(to, octets, {
          at,
          direction: 'inbound',
          errors: errorsOf(octets, dribbleBits),
          ...(loss === undefined ? {} : { comment: `on the cable: ${loss}` }),
        }),
      )
    }
  }

  #hold(at: number, began: number, write: () => void): void {
    this.frames++
    this.#queue.hold(at, began, write)
  }
}

function errorsOf(octets: Uint8Array, dribbleBits: number): CaptureError[] {
  const errors: CaptureError[] = []
  if (octets.length < MINIMUM_FRAME_OCTETS) errors.push('too short')
  if (octets.length > MAXIMUM_FRAME_OCTETS) errors.push('too long')
  if (!fcsGood(octets)) errors.push('FCS error')
  if (dribbleBits > 0) errors.push('alignment error')
  return errors
}
