/** What every driver of section 19 must be able to do in the end: receive, send, and go round the receive buffer. */
import { expect } from 'vitest'
import { DataSheetBench, type DataSheetBenchOptions, inHex, MS } from './bench.js'
import { BROADCAST_STATION, body, CHIP, checkedFrame, frame, frameCheckSequence, PEER } from './frames.js'

export interface Driver {
  /** From power-on to a running receiver. */
  initialise(address: readonly number[]): void
  /** The octets of the next frame, FCS left out; undefined when none waits. */
  receive(): readonly number[] | undefined
  /** Sends a frame without FCS. Returns whether the driver believes that it went out. */
  send(octets: readonly number[]): boolean
}

export interface Trial {
  readonly options?: DataSheetBenchOptions
  /** Largest frame it is set up for. */
  readonly maximum?: number
  /** Octets to which it has short frames padded, FCS left out. */
  readonly padding?: number
  /** Fragments of failed attempts may come before a frame (half duplex on silicon with erratum 13). */
  readonly fragments?: boolean
}

export function trial(
  make: (bench: DataSheetBench) => Driver,
  { options = {}, maximum = 1518, padding = 60, fragments = false }: Trial = {},
): DataSheetBench {
  const bench = new DataSheetBench({ ...options, off: true })
  bench.chip.powerOn()
  bench.wire.startPulses()
  const driver = make(bench)
  driver.initialise(CHIP)
  bench.run(200 * MS)

  const lengths = [64, 65, 300, 1001, maximum, 64, 127, maximum, 66]
  let count = 0
  for (let round = 0; round < 6; round++) {
    for (const length of lengths) {
      const parts = { da: count % 3 === 0 ? BROADCAST_STATION : CHIP, type: count % 2 === 0 ? 0x0806 : 0x0800, length }
      const sent = frame(parts)
      bench.wire.send(sent)
      bench.run((sent.length + 8) * 800 + 9_600)
      const received = driver.receive()
      expect(`frame ${count}: ${inHex(received?.slice(0, length - 4) ?? [])}`).toBe(
        `frame ${count}: ${inHex(sent.slice(0, -4))}`,
      )
      expect(driver.receive()).toBeUndefined()
      const reply = body({ da: PEER, sa: CHIP, length: 64 + ((count * 97) % (maximum - 64)) })
      bench.wire.heard.length = 0
      expect(driver.send(reply)).toBe(true)
      bench.run(2 * MS)
      const zeros = new Array<number>(Math.max(0, padding - reply.length)).fill(0)
      const heard = fragments ? bench.wire.frames.slice(-1) : bench.wire.frames
      expect(heard.map((octets) => inHex(octets))).toEqual([inHex(checkedFrame([...reply, ...zeros]))])
      count++
    }
  }

  // two frames back to back, then a short one that the chip pads
  bench.wire.send(frame({ da: CHIP, length: 100 }))
  bench.run(108 * 800 + 9_600)
  bench.wire.send(frame({ da: BROADCAST_STATION, type: 0x0806, length: 90 }))
  bench.run(98 * 800 + 9_600)
  expect(driver.receive()?.slice(0, 96)).toEqual(body({ da: CHIP, length: 100 }))
  expect(driver.receive()?.slice(0, 86)).toEqual(body({ da: BROADCAST_STATION, type: 0x0806, length: 90 }))
  bench.wire.heard.length = 0
  driver.send(body({ da: BROADCAST_STATION, sa: CHIP, type: 0x0806, payload: new Array<number>(28).fill(0x5a) }))
  bench.run(2 * MS)
  const last = bench.wire.frames.at(-1)!
  if (!fragments) expect(bench.wire.frames).toHaveLength(1)
  expect(last.length).toBeGreaterThanOrEqual(64)
  expect(frameCheckSequence(last)).toBe(0x2144df1c)
  return bench
}
