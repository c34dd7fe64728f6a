/** What each port of a hub or switch sends and receives, and whoever is plugged in there: one file, an interface a port. */
import type { Cable } from '../../boards/ethernet/cable.js'
import { CableCapture, FrameQueue } from './cable-capture.js'
import type { PcapngWriter } from './pcapng.js'

export interface PortCaptureOptions {
  readonly writer: PcapngWriter
  /** Cables, and the names of the ports at their ends; of an end without a name nothing is captured. */
  readonly cables: readonly { readonly cable: Cable; readonly a?: string; readonly b?: string }[]
}

export class PortCapture {
  readonly #captures: readonly CableCapture[]

  /** Listens from now on. */
  constructor({ writer, cables }: PortCaptureOptions) {
    const queue = new FrameQueue()
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
