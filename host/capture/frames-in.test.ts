import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { concatenated } from '../octets.js'
import { captureFrames } from './frames-in.js'
import { PcapngWriter } from './pcapng.js'

const FRAME = Uint8Array.from({ length: 61 }, (_, at) => at)

/** A pcap file of one frame, written here by draft-ietf-opsawg-pcap. */
function pcap(little: boolean, link = 1): Uint8Array {
  const octets = new Uint8Array(24 + 16 + FRAME.length)
  const view = new DataView(octets.buffer)
  view.setUint32(0, 0xa1b2c3d4, little)
  view.setUint16(4, 2, little)
  view.setUint16(6, 4, little)
  view.setUint32(16, 65_535, little)
  view.setUint32(20, link, little)
  view.setUint32(32, FRAME.length, little)
  view.setUint32(36, FRAME.length, little)
  octets.set(FRAME, 40)
  return octets
}

/** A section in the other order of octets, with a simple packet block (draft-ietf-opsawg-pcapng 4.4). */
function bigEndianPcapng(): Uint8Array {
  const padded = (FRAME.length + 3) & ~3
  const octets = new Uint8Array(28 + 20 + 16 + padded)
  const view = new DataView(octets.buffer)
  view.setUint32(0, 0x0a0d0d0a)
  view.setUint32(4, 28)
  view.setUint32(8, 0x1a2b3c4d)
  view.setUint32(24, 28)
  view.setUint32(28, 1)
  view.setUint32(32, 20)
  view.setUint16(36, 1)
  view.setUint32(44, 20)
  view.setUint32(48, 3)
  view.setUint32(52, 16 + padded)
  view.setUint32(56, FRAME.length)
  octets.set(FRAME, 60)
  view.setUint32(60 + padded, 16 + padded)
  return octets
}

describe('the frames of a capture', () => {
  it.each([true, false])('are read from pcap, little endian: %s', (little) => {
    expect(captureFrames(pcap(little))).toEqual([FRAME])
  })

  it('are read from pcapng: ours, and one in the other order of octets', () => {
    const parts: Uint8Array[] = []
    const writer = new PcapngWriter((octets) => parts.push(octets.slice()))
    const port = writer.addInterface({ name: 'eth', speed: 0, fcs: false })
    for (const at of [1, 2]) writer.packet(port, FRAME, { at, direction: 'inbound' })
    expect(captureFrames(concatenated(parts))).toEqual([FRAME, FRAME])
    expect(captureFrames(bigEndianPcapng())).toEqual([FRAME])
  })

  it('are those that are whole, of a file that was cut off', () => {
    const file = pcap(true)
    expect(captureFrames(concatenated([file, file.subarray(24, 60)]))).toEqual([FRAME])
  })

  it('are refused of another link, and of what is no capture', () => {
    expect(() => captureFrames(pcap(true, 105))).toThrow('link type 105')
    expect(() => captureFrames(new Uint8Array(200))).toThrow(RangeError)
    expect(() => captureFrames(new Uint8Array(3))).toThrow(RangeError)
  })

  it('of octets that were changed are frames within the file, or a RangeError', () => {
    const random = new SeededRandom(5)
    const files = [pcap(true), pcap(false), bigEndianPcapng()]
    let read = 0
    for (let run = 0; run < 3_000; run++) {
      const octets = files[run % files.length].slice(0, 24 + random.below(100))
      for (let change = random.below(5); change > 0; change--) octets[random.below(octets.length)] = random.below(256)
      try {
        for (const frame of captureFrames(octets)) expect(frame.length).toBeLessThanOrEqual(octets.length)
        read++
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
    expect(read).toBeGreaterThan(500)
  })
})
