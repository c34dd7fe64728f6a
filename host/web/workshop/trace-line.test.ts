import { describe, expect, it } from 'vitest'
import { traceLine } from './trace-line.js'

const place = { x: (time: number) => time / 100, y: (volts: number) => 50 - 10 * volts }

describe('the line of a trace', () => {
  it('keeps every corner where there is room', () => {
    expect(traceLine(Float64Array.of(0, 0, 120, 0, 120, 5, 310, 5), place)).toBe('0,50 1.2,50 1.2,0 3.1,0')
  })

  it('keeps the lowest and the highest of a column that has more than two, in their order', () => {
    const crowded = Float64Array.of(0, 1, 10, 2, 20, -2, 30, 2.5, 40, 0, 150, 0, 160, 3, 170, 0, 180, 2)
    expect(traceLine(crowded, place)).toBe('0.2,70 0.3,25 1.5,50 1.6,20')
  })

  it('of a flat crowd is one corner, and of nothing nothing', () => {
    expect(traceLine(Float64Array.of(0, 1, 10, 1, 20, 1), place)).toBe('0,40')
    expect(traceLine(new Float64Array(0), place)).toBe('')
  })

  it('has at most two corners a pixel, however many a trace has', () => {
    const points = Float64Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? i * 5 : Math.sin(i)))
    expect(traceLine(points, place).split(' ').length).toBeLessThanOrEqual(2 * 1_000)
  })
})
