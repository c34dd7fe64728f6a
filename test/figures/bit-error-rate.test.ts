import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bitErrorRateFigure, bitErrorRates } from './bit-error-rate.js'
import { frameFigure } from './frame.js'

describe('bit error rate of the waveform receiver', () => {
  it('lies within a factor of 2 of the theory of its detector from 1e-1 to 1e-4', () => {
    const points = bitErrorRates(100)
    expect(points[0].theory).toBeGreaterThan(0.08)
    expect(points[points.length - 1].theory).toBeLessThan(1.1e-4)
    for (const { decibel, measured, theory } of points) {
      expect(measured / theory, `${decibel} dB`).toBeGreaterThan(0.5)
      expect(measured / theory, `${decibel} dB`).toBeLessThan(2)
    }
  })

  it('has its picture in docs/', () => {
    const picture = readFileSync(join(import.meta.dirname, '../../docs/figures/bit-error-rate.svg'), 'utf8')
    const shape = (svg: string) => svg.replace(/cy="[\d.]+"/g, '')
    // The dots need many errors to be drawn anew; all else has to be as it would be now.
    expect(shape(picture)).toBe(shape(bitErrorRateFigure(bitErrorRates(20))))
  })
})

describe('the picture of a frame', () => {
  it('is in docs/ as it would be drawn now', () => {
    const picture = readFileSync(join(import.meta.dirname, '../../docs/figures/frame.svg'), 'utf8')
    expect(picture).toBe(frameFigure())
  })
})
