/** A picture of few colours as a PNG with a palette (ISO/IEC 15948): a screenshot takes a third of what a browser writes. */
import { crc32, deflateSync } from 'node:zlib'

const MOST_COLOURS = 256
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Eight bits a pixel, each the place of a colour in the palette; the usual compression and filters, not interlaced (11.2.1). */
const KIND = [8, 3, 0, 0, 0]

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

const distance = (one: number, other: number) =>
  [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)

/**
 * The colours that are most frequent stay as they are; each other one becomes the nearest of them.
 * @param pixels red, green, blue and opacity of each in turn; opacity is left out
 */
export function indexedPng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const colourAt = (i: number) => (pixels[4 * i] << 16) | (pixels[4 * i + 1] << 8) | pixels[4 * i + 2]
  const counts = new Map<number, number>()
  for (let i = 0; i < width * height; i++) counts.set(colourAt(i), (counts.get(colourAt(i)) ?? 0) + 1)
  const frequent = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  const palette = frequent.slice(0, MOST_COLOURS)
  const places = new Map<number, number>()
  for (const colour of frequent) {
    let best = places.size < palette.length ? places.size : 0
    if (places.size >= palette.length)
      for (let i = 1; i < palette.length; i++)
        if (distance(palette[i], colour) < distance(palette[best], colour)) best = i
    places.set(colour, best)
  }
  // Each row has its filter before it: 0, none (9.2).
  const rows = new Uint8Array(height * (width + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = places.get(colourAt(y * width + x))!
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width)
  size.writeUInt32BE(height, 4)
  return Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', Buffer.concat([size, Uint8Array.from(KIND)])),
    chunk('PLTE', Uint8Array.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ])
}
