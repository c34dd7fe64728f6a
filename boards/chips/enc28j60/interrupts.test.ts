import { describe, expect, it } from 'vitest'
import { Bench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'

const EIE = 0x1b
const EIR = 0x1c
const ESTAT = 0x1d

function bench(): { on: Bench; edges: boolean[] } {
  const on = new Bench()
  on.bringUp('full')
  const edges: boolean[] = []
  on.chip.onInterrupt((high) => edges.push(high))
  return { on, edges }
}

describe('INT (DS39662 12.0, section 13)', () => {
  it('is low while INTIE and an enabled flag are set; ESTAT.INT does without INTIE', () => {
    const { on, edges } = bench()
    on.set(EIE, 0x40)
    on.partner.send(frameTo(STATION))
    expect(on.chip.interruptHigh).toBe(true)
    expect(on.eth(0, ESTAT) & 0x80).toBe(0x80)
    on.set(EIE, 0x80)
    expect(on.chip.interruptHigh).toBe(false)
    on.set(0x1e, 0x40)
    expect(on.chip.interruptHigh).toBe(true)
    expect(on.eth(0, ESTAT) & 0x80).toBe(0)
    expect(edges).toEqual([false, true])
  })

  it('gives an edge-triggered host a new edge when INTIE is toggled with something pending', () => {
    const { on, edges } = bench()
    on.set(EIE, 0xc0)
    on.partner.send(frameTo(STATION))
    on.partner.send(frameTo(STATION))
    expect(edges).toEqual([false])
    on.clear(EIE, 0x80)
    on.set(0x1e, 0x40)
    on.set(EIE, 0x80)
    expect(edges).toEqual([false, true, false])
  })

  it('sets flags whether they are enabled or not', () => {
    const { on, edges } = bench()
    on.transmit(frameTo(OTHER))
    on.run(100_000)
    on.partner.send(frameTo(STATION))
    expect(on.eth(0, EIR)).toBe(0x48)
    expect(edges).toEqual([])
  })

  it('follows each flag that can be enabled', () => {
    const cases: [number, (on: Bench) => void][] = [
      [0x40, (on) => on.partner.send(frameTo(STATION))],
      [
        0x20,
        (on) => {
          on.set(0x1f, 0x30)
          on.run(100)
        },
      ],
      [
        0x08,
        (on) => {
          on.transmit(frameTo(OTHER))
          on.run(100_000)
        },
      ],
      [
        0x02,
        (on) => {
          on.transmit(frameTo(OTHER, 1515))
          on.run(2_000_000)
        },
      ],
      [
        0x01,
        (on) => {
          on.write16(0, 0x0c, 0x0010)
          on.partner.send(frameTo(STATION))
        },
      ],
    ]
    for (const [flag, provoke] of cases) {
      const { on } = bench()
      on.write16(0, 0x10, 0x1000)
      on.write16(0, 0x12, 0x1000)
      on.set(EIE, 0x80 | flag)
      expect(on.chip.interruptHigh).toBe(true)
      provoke(on)
      expect(on.chip.interruptHigh, `flag ${flag}`).toBe(false)
      if (flag === 0x40) on.set(0x1e, 0x40)
      else on.clear(EIR, flag)
      expect(on.chip.interruptHigh).toBe(true)
    }
  })

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
