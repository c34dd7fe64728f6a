import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { ChipBench } from '../../test/support/chip-bench.js'
import { PinTrace } from './pin-trace.js'
import { SortedTrace } from './sorted-trace.js'
import { VcdWriter } from './vcd.js'

/** More than is kept back before it is written. */
const MANY = 70_000

describe('a trace onto a disk that fills up', () => {
  it('fails with what the disk said, and with nothing that came of it', () => {
    const clock = new Scheduler()
    let full = true
    let text = ''
    const writer = new VcdWriter({
      write: (piece) => {
        if (full) throw new Error('the disk is full')
        text += piece
      },
    })
    const trace = new SortedTrace(writer, clock, 10)
    const signal = trace.digital('SCK', 0)
    const fill = () => {
      for (let i = 1; i <= MANY; i++) {
        clock.runFor(5)
        trace.change(signal, clock.now, (i & 1) as 0 | 1)
      }
    }
    expect(fill).toThrow('the disk is full')
    full = false
    // What is still to be reported is reported once, in order.
    trace.close()
    writer.close(clock.now)
    const times = [...text.matchAll(/^#(\d+)$/gm)].map(([, time]) => Number(time))
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })
})

describe('a trace of pins that seldom move, beside one of pins that move all the time', () => {
  it('has every edge at its instant, however long the pins were still', () => {
    const on = new ChipBench()
    on.bringUp()
    const { clock, chip } = on
    let text = ''
    const writer = new VcdWriter({ write: (piece) => (text += piece), start: clock.now })
    const sorted = new SortedTrace(writer, clock, 25 * MILLISECOND)
    const pins = new PinTrace({ clock, chip, writer: sorted })
    sorted.awaits(pins)
    const busy = sorted.digital('BUSY', 0)
    const selected: number[] = []
    for (let round = 0; round < 40; round++) {
      selected.push(clock.now)
      chip.select()
      for (const octet of [0x1d, 0x00]) {
        clock.runFor(1000)
        chip.exchange(octet)
      }
      clock.runFor(1000)
      chip.deselect()
      // Now and then CS stays low for longer than anything is held back.
      if (round % 10 === 9) chip.select()
      for (let i = 0; i < 5000; i++) {
        clock.runFor(20_000)
        sorted.change(busy, clock.now, (i & 1) as 0 | 1)
      }
      if (round % 10 === 9) chip.deselect()
      clock.runFor(1000)
    }
    pins.close()
    sorted.close()
    writer.close(clock.now)
    expect(sorted.late).toBe(0)
    const [, cs] = /\$var wire 1 (\S+) CS \$end/.exec(text)!
    const falls: number[] = []
    let at = 0
    for (const line of text.split('\n')) {
      if (line.startsWith('#')) at = Number(line.slice(1))
      else if (line === `0${cs}`) falls.push(at)
    }
    expect(falls.filter((fall) => selected.includes(fall))).toEqual(selected)
  })
})
