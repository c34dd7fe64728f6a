import { describe, expect, it } from 'vitest'
import { PcapngWriter } from './pcapng.js'
import { type CapturedFrame, PcapngReader } from './pcapng-reader.js'

function written(): { octets: Buffer; blocks: number } {
  const parts: Uint8Array[] = []
  const writer = new PcapngWriter((block) => parts.push(block), 'a comment')
  const a = writer.addInterface({ name: 'lp0', fcs: false })
  const b = writer.addInterface({ name: 'Платa', description: 'the other one' })
  writer.packet(a, Uint8Array.of(1, 2, 3), { at: 2 ** 40 + 7, direction: 'inbound' })
  writer.packet(b, new Uint8Array(1514).fill(0xaa), { at: 5, direction: 'outbound', comment: 'lost' })
  return { octets: Buffer.concat(parts), blocks: parts.length }
}

const EXPECTED: CapturedFrame[] = [
  { interface: 'lp0', at: 2 ** 40 + 7, direction: 'inbound', frame: Uint8Array.of(1, 2, 3) },
  { interface: 'Платa', at: 5, direction: 'outbound', frame: new Uint8Array(1514).fill(0xaa) },
]

describe('reading back our own captures', () => {
  it.each([1, 3, 7, 64, 1_000, 100_000])('gives the frames, in pieces of %i octets', (piece) => {
    const { octets, blocks } = written()
    const frames: CapturedFrame[] = []
    const kept: Buffer[] = []
    const reader = new PcapngReader((frame) => frames.push(frame))
    reader.onBlock((block) => kept.push(Buffer.from(block)))
    for (let at = 0; at < octets.length; at += piece) reader.take(octets.subarray(at, at + piece))
    expect(frames).toEqual(EXPECTED)
    expect(kept.length).toBe(blocks)
    expect(Buffer.concat(kept).equals(octets)).toBe(true)
  })

  it('gives names that can be printed, whatever they were: a path may be anybody’s', () => {
    const frames: CapturedFrame[] = []
    const reader = new PcapngReader((frame) => frames.push(frame))
    const writer = new PcapngWriter((block) => reader.take(block))
    const port = writer.addInterface({ name: 'a\x1b[2J\n\u202e.pkt' })
    writer.packet(port, new Uint8Array(64), { at: 0, direction: 'inbound', comment: '\x07' })
    expect(frames.map((frame) => frame.interface)).toEqual(['a\\x1b[2J\\x0a\\u202e.pkt'])
  })

  it('refuses octets that are no capture', () => {
    expect(() => new PcapngReader(() => {}).take(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(
      /no part of a capture of ours/,
    )
  })
})
