/** The frames of frame devices as pcapng, stamped with the time of day, so that they stand beside tcpdump's. */
import { PcapngWriter } from '../capture/pcapng.js'
import type { CaptureDevice } from './capture-device.js'

/** Blocks are collected up to this many octets before they are written: a write for each frame would cost more than the frame. */
const COLLECTED = 64 << 10

const NANOSECONDS_A_MILLISECOND = 1_000_000

/** Nanoseconds since 1970; within 256 ns, which is what a number of this size holds. */
function timeOfDay(): number {
  return (performance.timeOrigin + performance.now()) * NANOSECONDS_A_MILLISECOND
}

/**
 * Begins to record.
 * @param write takes the octets of the file in order
 * @param collect blocks are put together before they are written; else each is written when it is there
 * @returns what ends the recording, and writes what was collected
 */
export function recordFrames(
  devices: ReadonlyMap<string, CaptureDevice>,
  write: (octets: Uint8Array) => void,
  collect: boolean,
): () => void {
  let blocks: Uint8Array[] = []
  let octets = 0
  const flush = (): void => {
    if (octets > 0) write(Buffer.concat(blocks, octets))
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
  for (const [name, device] of devices) {
    const port = writer.addInterface({ name, speed: 0, fcs: false })
    ends.push(device.listen((direction, frame) => writer.packet(port, frame, { at: timeOfDay(), direction })))
  }
  return () => {
    for (const end of ends) end()
    flush()
  }
}
