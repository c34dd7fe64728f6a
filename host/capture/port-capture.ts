/** What each port of a hub or switch sends and receives, and whoever is plugged in there: one file, an interface a port. */
import type { Cable } from '../../boards/ethernet/cable.js'
import { CableCapture, type FrameHold, FrameQueue } from './cable-capture.js'
import type { PacketSink } from './pcapng.js'

export interface PortCaptureOptions {
  readonly writer: PacketSink
  /** Cables, and the names of the ports at their ends; of an end without a name nothing is captured. */
  readonly cables: readonly { readonly cable: Cable; readonly a?: string; readonly b?: string }[]
  /** One of its own by default. */
  readonly queue?: FrameHold
}

export class PortCapture {
  readonly #captures: readonly CableCapture[]

  /** Listens from now on. */
  constructor({ writer, cables, queue = new FrameQueue() }: PortCaptureOptions) {
    this.#captures = cables.map(({ cable, ...ports }) => new CableCapture({ cable, writer, ports, queue }))
  }

  /** Frames of all ports. */
  get frames(): number {
    return this.#captures.reduce((sum, { frames }) => sum + frames, 0)
  }

  /** Stops listening and writes what is held. */
  close(): void {
    for (const capture of this.#captures) capture.close()
  }
}
