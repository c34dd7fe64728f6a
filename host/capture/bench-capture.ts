/** What a simulated board does, layer by layer, as packets of one file: frames at its jack, cells on its serial line, SPI transactions. */

import type { Bench } from '../../boards/faults/bench.js'
import { boxBetween } from '../../boards/faults/between.js'
import { AT_ONCE, CableCapture, type FrameHold } from './cable-capture.js'
import { CellCapture } from './cell-capture.js'
import { PacketOrder } from './packet-order.js'
import type { CaptureLink, PacketSink } from './pcapng.js'
import { PortCapture } from './port-capture.js'
import { SpiCapture } from './spi-capture.js'

export interface Capturing {
  /** Stops listening and writes what is held. */
  close(): void
}

/** Frames with their FCS at the board's jack; where a box stands between, also at its ports and at the partner's jack. */
export function captureJacks(bench: Bench, sink: PacketSink, queue?: FrameHold): Capturing {
  const { board, cable, lab, peer } = bench
  const between = boxBetween(lab)
  const common = { writer: sink, ...(queue === undefined ? {} : { queue }) }
  if (between === undefined) return new CableCapture({ ...common, cable, ports: { a: board.name } })
  return new PortCapture({
    ...common,
    cables: [
      { cable, a: board.name, b: `${between.name} port 1` },
      { cable: between.cables[1], a: `${between.name} port 2`, b: peer.name },
    ],
  })
}

/** Everything on these links from now on, in the order in which it was. */
export function captureBench(bench: Bench, sink: PacketSink, links: readonly CaptureLink[]): Capturing {
  const { board, lab } = bench
  const { clock } = lab
  const order = new PacketOrder(sink, clock)
  const of: Readonly<Record<CaptureLink, () => Capturing>> = {
    ethernet: () => captureJacks(bench, order, AT_ONCE),
    'serial-link': () => new CellCapture({ clock, line: board.uart, sink: order, name: `${board.name} serial` }),
    spi: () => new SpiCapture({ clock, chip: board.chip, sink: order, name: `${board.name} SPI` }),
  }
  const captures = links.map((link) => of[link]())
  return {
    close: () => {
      for (const capture of captures) capture.close()
      order.close()
    },
  }
}
