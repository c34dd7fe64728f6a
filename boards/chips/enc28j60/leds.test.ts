import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { withFcs } from '../../ethernet/fcs.js'

/** PHLCON with LEDA showing `code`. */
const showing = (code: number, low = 0x02) => 0x3000 | (code << 8) | 0x20 | low

function bench(phlcon: number, duplex: 'half' | 'full' = 'half', errata = {}): ChipBench {
  const on = new ChipBench({ errata })
  on.bringUp(duplex)
  on.phyWrite(0x14, phlcon)
  return on
}

const lit = (on: ChipBench) => on.chip.ledLit('LEDA')

describe('LED codes (DS39662 register 2-2, section 16.2)', () => {
  it('shows link on LEDA and receive activity on LEDB after reset', () => {
    const on = new ChipBench({ cold: true })
    expect(on.chip.ledLit('LEDA')).toBe(false)
    on.run(200 * MILLISECOND)
    expect(on.chip.ledLit('LEDA')).toBe(true)
    expect(on.chip.ledLit('LEDB')).toBe(false)
    on.partner.send(frameTo(STATION))
    expect(on.chip.ledLit('LEDB')).toBe(true)
    on.run(40 * MILLISECOND - 1)
    expect(on.chip.ledLit('LEDB')).toBe(true)
    on.run(1)
    expect(on.chip.ledLit('LEDB')).toBe(false)
  })

  it('stretches by 40, 70 or 140 ms, or not at all', () => {
    for (const [low, stretch] of [
      [0x02, 40],
      [0x06, 70],
      [0x0a, 140],
      [0x0e, 140],
      [0x00, 0],
    ]) {
      const on = bench(showing(1, low))
      on.transmit(frameTo(OTHER))
      expect(lit(on)).toBe(true)
      on.run(57_600)
      expect(lit(on)).toBe(stretch > 0)
      if (stretch === 0) continue
      on.run(stretch * MILLISECOND - 1)
      expect(lit(on)).toBe(true)
      on.run(1)
      expect(lit(on)).toBe(false)
    }
  })

  it('shows transmit, receive, both, collision, duplex, on and off', () => {
    const activity = (code: number, action: (on: ChipBench) => void, duplex: 'half' | 'full' = 'half') => {
      const on = bench(showing(code, 0x00), duplex)
      action(on)
      return lit(on)
    }
    const send = (on: ChipBench) => on.transmit(frameTo(OTHER))
    const receive = (on: ChipBench) => void on.partner.signal(withFcs(frameTo(OTHER)))
    const collide = (on: ChipBench) => {
      send(on)
      on.run(1000)
      receive(on)
    }
    const nothing = () => {}
    expect([1, 2, 3, 7].map((code) => activity(code, send))).toEqual([true, false, false, true])
    expect([1, 2, 3, 7].map((code) => activity(code, receive))).toEqual([false, true, false, true])
    expect(activity(3, collide)).toBe(true)
    expect(activity(5, nothing, 'full')).toBe(true)
    expect(activity(5, nothing)).toBe(false)
    expect([8, 9, 0, 6, 15].map((code) => activity(code, nothing))).toEqual([true, false, false, false, false])
  })

  it('shows link and goes dark with activity on codes C and D, stretched without being asked', () => {
    for (const [code, dark] of [
      [0xc, [false, true]],
      [0xd, [true, true]],
    ] as const) {
      for (const [i, act] of [
        (on: ChipBench) => on.transmit(frameTo(OTHER)),
        (on: ChipBench) => on.partner.send(frameTo(OTHER)),
      ].entries()) {
        const on = bench(showing(code, 0x00))
        expect(lit(on)).toBe(true)
        act(on)
        on.run(100_000)
        expect(lit(on)).toBe(!dark[i])
        on.run(41 * MILLISECOND)
        expect(lit(on)).toBe(true)
      }
    }
    const unplugged = bench(showing(0xc))
    unplugged.partner.pulsing = false
    unplugged.run(200 * MILLISECOND)
    expect(lit(unplugged)).toBe(false)
  })

  it('shows duplex and collision on code E, duplex only with erratum 11', () => {
    for (const ledDuplexCollision of [false, true]) {
      const on = bench(showing(0xe), 'half', { ledDuplexCollision })
      expect(lit(on)).toBe(false)
      on.transmit(frameTo(OTHER))
      on.run(1000)
      on.partner.signal(withFcs(frameTo(OTHER)))
      expect(lit(on)).toBe(!ledDuplexCollision)
      expect(lit(bench(showing(0xe), 'full', { ledDuplexCollision }))).toBe(true)
    }
  })

  it('blinks at 4 Hz and 1 Hz on codes A and B (section 24, 25)', () => {
    for (const [code, hertz] of [
      [0xa, 4],
      [0xb, 1],
    ]) {
      const on = bench(showing(code))
      let edges = 0
      let last = lit(on)
      for (let i = 0; i < 2000; i++) {
        on.run(MILLISECOND)
        if (lit(on) !== last) edges++
        last = lit(on)
      }
      expect(edges).toBe(hertz * 4)
    }
  })

  it('is dark without power', () => {
    const on = bench(showing(8))
    expect(lit(on)).toBe(true)
    on.chip.powerOff()
    expect(lit(on)).toBe(false)
  })
})

describe('LED edges for a trace', () => {
  it('come at their instants, blinking ones too', () => {
    const on = new ChipBench({ cold: true })
    const edges: [string, boolean, number][] = []
    const stop = on.chip.observePins({ led: (led, high) => edges.push([led, high, on.clock.now]) })
    on.run(200 * MILLISECOND)
    expect(edges).toHaveLength(1)
    expect(edges[0].slice(0, 2)).toEqual(['LEDA', true])
    on.partner.send(frameTo(STATION))
    const at = on.clock.now
    on.run(100 * MILLISECOND)
    expect(edges.slice(1)).toEqual([
      ['LEDB', true, at - 57_600],
      ['LEDB', false, at + 40 * MILLISECOND],
    ])
    edges.length = 0
    on.phyWrite(0x14, 0x3ba2)
    on.run(1000 * MILLISECOND)
    expect(edges.filter(([led]) => led === 'LEDA').length).toBeGreaterThanOrEqual(2)
    expect(edges.filter(([led]) => led === 'LEDB').length).toBeGreaterThanOrEqual(8)
    stop()
    const before = edges.length
    on.run(1000 * MILLISECOND)
    expect(edges).toHaveLength(before)
  })
})

describe('two who watch the LEDs', () => {
  it('the one who comes later is notified at once of what is lit, and the other not again', () => {
    const on = new ChipBench({ cold: true })
    const seen: string[] = []
    const watch = (name: string) => on.chip.observePins({ led: (led, lit) => seen.push(`${name} ${led} ${lit}`) })
    watch('first')
    on.run(200 * MILLISECOND)
    const second = watch('second')
    expect(seen).toEqual(['first LEDA true', 'second LEDA true'])
    on.partner.send(frameTo(STATION))
    expect(seen.slice(2)).toEqual(['first LEDB true', 'second LEDB true'])
    second()
    on.run(100 * MILLISECOND)
    expect(seen.slice(4)).toEqual(['first LEDB false'])
  })

  it('who comes when nobody watched for a while is notified of what is lit then', () => {
    const on = new ChipBench({ cold: true })
    const seen: string[] = []
    const stop = on.chip.observePins({ led: () => {} })
    on.run(200 * MILLISECOND)
    stop()
    on.partner.send(frameTo(STATION))
    on.chip.observePins({ led: (led, lit) => seen.push(`${led} ${lit}`) })
    expect(seen).toEqual(['LEDA true', 'LEDB true'])
    on.run(100 * MILLISECOND)
    expect(seen.slice(2)).toEqual(['LEDB false'])
  })
})

describe('CLKOUT (DS39662 2.3, section 16.1)', () => {
  it('is low until the oscillator runs, then 6.25 MHz', () => {
    const on = new ChipBench({ cold: true })
    const steps: number[] = []
    on.chip.observePins({ clkout: (hertz) => steps.push(hertz) })
    expect(on.chip.clkoutHertz).toBe(0)
    on.run(299_999)
    expect(on.chip.clkoutHertz).toBe(0)
    on.run(1)
    expect(on.chip.clkoutHertz).toBe(6_250_000)
    on.write(3, 0x15, 0x02)
    on.run(1000)
    expect(steps).toEqual([6_250_000, 0, 12_500_000])
  })

  it.each([
    [0, 0],
    [1, 25e6],
    [2, 12.5e6],
    [3, 25e6 / 3],
    [4, 6.25e6],
    [5, 3.125e6],
    [6, 0],
    [7, 0],
  ])('COCON %i is %i Hz, after a gap of 80 to 320 ns', (cocon, hertz) => {
    const on = new ChipBench({ partner: false })
    on.write(3, 0x15, cocon)
    expect(on.chip.clkoutHertz).toBe(0)
    on.run(79)
    expect(on.chip.clkoutHertz).toBe(0)
    on.run(241)
    expect(on.chip.clkoutHertz).toBe(hertz)
  })

  it('dies in power-save with erratum 4, and runs on without', () => {
    for (const clkoutAsleep of [true, false]) {
      const on = new ChipBench({ partner: false, errata: { clkoutAsleep } })
      on.set(0x1e, 0x20)
      expect(on.chip.clkoutHertz).toBe(clkoutAsleep ? 0 : 6_250_000)
      on.clear(0x1e, 0x20)
      on.run(300_000)
      expect(on.chip.clkoutHertz).toBe(6_250_000)
    }
  })

  it('stops with the supply', () => {
    const on = new ChipBench({ partner: false })
    on.chip.powerOff()
    expect(on.chip.clkoutHertz).toBe(0)
  })
})
