import { describe, expect, it } from 'vitest'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'

const EIE = 0x1b
const EIR = 0x1c

function bench(): { on: ChipBench; edges: boolean[] } {
  const on = new ChipBench()
  on.bringUp('full')
  const edges: boolean[] = []
  on.chip.onInterrupt((high) => edges.push(high))
  return { on, edges }
}

describe('INT (DS39662 12.0, section 13)', () => {
  it('is not moved by the reserved bit 2', () => {
    const { on } = bench()
    on.write(0, EIE, 0x84)
    on.write(0, EIR, 0xff)
    expect(on.eth(0, EIR)).toBe(0)
    expect(on.chip.interruptHigh).toBe(true)
  })

  it('lets flags be cleared by BFC and by WCR, and set by neither', () => {
    const { on } = bench()
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    on.write(0, EIR, 0xff)
    expect(on.eth(0, EIR)).toBe(0x08)
    on.set(EIR, 0x2b)
    expect(on.eth(0, EIR)).toBe(0x08)
    on.write(0, EIR, 0x00)
    expect(on.eth(0, EIR)).toBe(0x00)
  })

  it('shows its edges to a trace', () => {
    const { on } = bench()
    const seen: boolean[] = []
    on.chip.observePins({ interrupt: (high) => seen.push(high), reset: (high) => seen.push(high) })
    on.set(EIE, 0xc0)
    on.partner.send(frameTo(STATION))
    on.chip.setResetPin(false)
    on.run(1000)
    expect(seen).toEqual([false, false, true])
  })
})
