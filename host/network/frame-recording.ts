/** The frames of interfaces as pcapng, stamped with the time of day, so that they stand beside tcpdump's. */
import { PcapngWriter } from '../capture/pcapng.js'
import { timeOfDay } from '../event-loop.js'
import { concatenated } from '../octets.js'
import type { FrameListener, FrameWatch } from './frame-watch.js'

/** Blocks are collected up to this many octets before they are written: a write for each frame would cost more than the frame. */
const COLLECTED = 64 << 10

/**
 * Begins to record.
 * @param write takes the octets of the file in order
 * @param collect blocks are put together before they are written; else each is written when it is there
 * @param now nanoseconds, for the frames' instants; the time of day by default
 * @returns what ends the recording, and writes what was collected
 */
export function recordFrames(
  watches: readonly FrameWatch[],
  write: (octets: Uint8Array) => void,
  collect: boolean,
  now: () => number = timeOfDay,
): () => void {
  let blocks: Uint8Array[] = []
  let octets = 0
  const flush = (): void => {
    if (octets > 0) write(concatenated(blocks))
    blocks = []
    octets = 0
  }
  const writer = new PcapngWriter((block) => {
    if (!collect) {
      write(block)
      return
    }
    blocks.push(block)
    octets += block.length
    if (octets >= COLLECTED) flush()
  })
  const ends: (() => void)[] = []
  for (const watch of watches) {
    const port = writer.addInterface({ name: watch.name, speed: 0, fcs: false })
    const keep: FrameListener = (direction, frame) =>
      writer.packet(port, frame, { at: now(), direction: direction === 'in' ? 'inbound' : 'outbound' })
    ends.push(watch.listen(keep))
  }
  return () => {
    for (const end of ends) end()
    flush()
  }
}
