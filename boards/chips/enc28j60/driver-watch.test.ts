/** Rules that are broken over time: what sound drivers do in many ways breaks none of them, and what is planted in them is found. */
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../firmware/hal/clock.js'
import { ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { SeededRandom } from '../../simulation/random.js'
import type { FindingId } from './finding-rules.js'

/** Of a receive buffer from 0000h to 0BFFh. */
const END = 0x0bff

/** A driver that receives, and the ways of doing it. */
class Reader {
  readonly on = new ChipBench()
  next = 0

  constructor() {
    this.on.bringUp()
  }

  deliver(length = 60): void {
    this.on.partner.send(frameTo(STATION, length))
  }

  /** Returns the octets of the frame, FCS included. */
  header(): number {
    const header = this.on.memoryRead(this.next, 6)
    this.next = header[0] | (header[1] << 8)
    return header[2] | (header[3] << 8)
  }

  free(next = this.next): void {
    this.on.write16(0, 0x0c, next === 0 ? END : next - 1)
  }

  count(): void {
    this.on.set(0x1e, 0x40)
  }

  get found(): FindingId[] {
    return this.on.chip.findings.map(({ id }) => id)
  }
}

describe('a driver that is sound', () => {
  it('may count a packet down before it reads what is in it, and free it last', () => {
    const reader = new Reader()
    for (let i = 0; i < 20; i++) {
      reader.deliver(100)
      reader.deliver(200)
      for (let each = 0; each < 2; each++) {
        const start = reader.next
        const length = reader.header()
        reader.count()
        reader.on.memoryRead(start + 6 + 14 > END ? start + 20 - END - 1 : start + 20, length - 14)
        reader.free()
      }
    }
    expect(reader.found).toEqual([])
  })

  it('may read several packets, free each, and count them down together', () => {
    const reader = new Reader()
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 4; i++) reader.deliver(90)
      for (let i = 0; i < 4; i++) {
        reader.header()
        reader.free()
      }
      for (let i = 0; i < 4; i++) reader.count()
    }
    expect(reader.found).toEqual([])
  })

  it('may give up all it has received with one write of ERXRDPT', () => {
    const reader = new Reader()
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 12; i++) reader.deliver(80)
      reader.next = reader.on.eth16(0, 0x0e)
      reader.free()
      while (reader.on.eth(1, 0x19) > 0) reader.count()
    }
    expect(reader.found).toEqual([])
  })

  it('may read any part of a packet whose header it has read, and the memory of the transmitter', () => {
    const reader = new Reader()
    reader.deliver(300)
    reader.deliver(300)
    reader.header()
    for (const at of [40, 6, 200, 18]) reader.on.memoryRead(at, 12)
    reader.on.memoryRead(0x0c00, 20)
    expect(reader.found).toEqual([])
  })

  it('may do all of this in any order, through many turns of the buffer', () => {
    const random = new SeededRandom(11)
    const reader = new Reader()
    let waiting = 0
    const owned: number[] = []
    for (let i = 0; i < 2000; i++) {
      if (random.below(2) === 0 && waiting + owned.length < 6) {
        reader.deliver(60 + random.below(300))
        waiting++
      } else if (waiting > 0) {
        const start = reader.next
        const length = reader.header()
        waiting--
        reader.count()
        if (random.below(2) === 0) reader.on.memoryRead((start + 6 + random.below(14)) % (END + 1), length >> 1)
        owned.push(reader.next)
      }
      if (owned.length > random.below(4)) reader.free(owned.splice(0, 1 + random.below(owned.length)).at(-1))
    }
    expect(reader.found).toEqual([])
    expect(reader.on.chip.counters.dropped['receive: buffer full'] ?? 0).toBe(0)
  })

  it('may look in seldom: each time INT falls anew', () => {
    const reader = new Reader()
    reader.on.set(0x1b, 0xc0)
    for (let i = 0; i < 5; i++) {
      reader.deliver()
      reader.on.run(12 * SECOND)
      reader.header()
      reader.free()
      reader.count()
    }
    expect(reader.found).toEqual([])
  })

  it('may leave TXABRT alone that it never reads, and reads it again once it is cleared', () => {
    const { on } = new Reader()
    on.write16(2, 0x0a, 40)
    const abort = () => {
      on.clear(0x1c, 0x0a)
      on.transmit(frameTo(OTHER))
      on.run(1_000_000)
      on.clear(0x1f, 0x08)
    }
    abort()
    abort()
    for (let i = 0; i < 3; i++) {
      expect(on.eth(0, 0x1d) & 0x02).toBe(0x02)
      on.clear(0x1d, 0x12)
      abort()
    }
    expect(on.chip.findings.map(({ id }) => id)).toEqual([])
  })

  it('hears the link by LINKIE and PHIE together, and by neither', () => {
    for (const both of [true, false]) {
      const { on } = new Reader()
      if (both) on.phyWrite(0x12, 0x0012)
      on.set(0x1b, both ? 0x90 : 0x80)
      on.partner.pulsing = false
      on.run(SECOND / 5)
      expect(on.chip.findings).toEqual([])
    }
  })
})

describe('a driver that waits for an edge of INT', () => {
  const hung = () => {
    const reader = new Reader()
    reader.on.set(0x1b, 0xc0)
    for (let i = 0; i < 3; i++) reader.deliver()
    reader.header()
    reader.free()
    reader.count()
    return reader
  }

  it('is found though nothing arrives any more, when the run is over', () => {
    const { on } = hung()
    on.run(4 * SECOND)
    on.chip.judgeDriver()
    expect(on.chip.findings).toEqual([])
    on.run(2 * SECOND)
    for (let i = 0; i < 3; i++) on.chip.judgeDriver()
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['interrupt-edge-missed'])
  })

  it('is found though it goes on sending', () => {
    const { on } = hung()
    for (let i = 0; i < 10; i++) {
      on.run(SECOND)
      on.clear(0x1c, 0x0a)
      on.transmit(frameTo(OTHER))
    }
    expect(on.chip.findings.map(({ id }) => id)).toEqual(['interrupt-edge-missed'])
  })
})

it('a driver that asks EPKTCNT and never counts it down is found at its second packet', () => {
  const reader = new Reader()
  reader.deliver()
  for (let i = 0; i < 3 && reader.on.eth(1, 0x19) > 0; i++) {
    reader.header()
    reader.free()
  }
  expect(reader.found[0]).toBe('packet-never-freed')
})

describe('a driver that has lost the chain', () => {
  it('is found wherever in the buffer it takes a header from', () => {
    for (let by = 2; by < 60; by += 2) {
      const reader = new Reader()
      reader.deliver(100)
      reader.header()
      reader.free()
      reader.count()
      reader.deliver(100)
      reader.next += by
      reader.header()
      expect([by, ...reader.found]).toEqual([by, 'header-read-elsewhere'])
    }
  })

  it('is found where it reads memory that it has given back', () => {
    const reader = new Reader()
    reader.deliver(100)
    reader.deliver(100)
    const length = reader.header()
    reader.free()
    reader.count()
    reader.on.memoryRead(6, length)
    expect(reader.found).toEqual(['header-read-elsewhere'])
  })
})

describe('what is broken again and again', () => {
  it('is counted once a silence: a full buffer, an edge of INT', () => {
    const reader = new Reader()
    for (let i = 0; i < 4; i++) reader.deliver(1000)
    for (let i = 0; i < 5; i++) {
      reader.on.run(4 * SECOND)
      reader.deliver(1000)
    }
    expect(reader.found).toEqual(['receiver-left-full'])
    reader.header()
    reader.free()
    reader.count()
    reader.deliver(1000)
    expect(reader.found).toEqual(['receiver-left-full'])
  })

  it('is no missed edge where the driver comes by itself', () => {
    const reader = new Reader()
    reader.on.set(0x1b, 0xc8)
    reader.deliver()
    reader.on.transmit(frameTo(OTHER))
    for (let i = 0; i < 10; i++) {
      reader.on.run(SECOND)
      reader.on.eth(1, 0x19)
      reader.deliver()
    }
    expect(reader.found).not.toContain('interrupt-edge-missed')
  })
})
