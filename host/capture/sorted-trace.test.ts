import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
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
