/** Judged by resvg, which reads PNGs with code of its own. */
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { indexedPng } from './indexed-png.js'

function read(png: Uint8Array, width: number, height: number): number[] {
  const data = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${data}"/></svg>`
  return [...new Resvg(svg).render().pixels]
}

describe('a PNG with a palette', () => {
  it('is read as it was written', () => {
    const pixels = [
      255, 255, 255, 255, 26, 95, 180, 255, 0, 0, 0, 255, 255, 255, 255, 255, 192, 28, 40, 255, 1, 2, 3, 255,
    ]
    expect(read(indexedPng(Uint8Array.from(pixels), 3, 2), 3, 2)).toEqual(pixels)
  })

  it('keeps what is frequent of more than 256 colours, and makes of the rest the nearest', () => {
    const pixels = Uint8Array.from({ length: 4 * 600 }, (_, i) => {
      const [pixel, channel] = [i >> 2, i & 3]
      if (channel === 3) return 255
      // Twice 256 greys, and 88 which are as good as one of them
      return pixel < 512 ? pixel & 255 : channel === 0 ? pixel - 511 : pixel - 512
    })
    const shown = read(indexedPng(pixels, 30, 20), 30, 20)
    expect(shown.slice(0, 4 * 512)).toEqual([...pixels.slice(0, 4 * 512)])
    for (let i = 512; i < 600; i++) expect(shown.slice(4 * i, 4 * i + 4)).toEqual([i - 512, i - 512, i - 512, 255])
  })
})
