import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { FrameLink, type FrameLinkOptions } from './frame-link.js'

function bench(options: Partial<FrameLinkOptions> = {}) {
  const clock = new Scheduler()
  const link = new FrameLink({ clock, ...options })
  const heard: { at: number; octets: number[]; more: boolean | undefined }[] = []
  link.b.handleFrame = (frame, more) => heard.push({ at: clock.now, octets: [...frame], more })
  return { clock, link, heard }
}

function frame(length: number, fill = 1): Uint8Array {
  return new Uint8Array(length).fill(fill)
}

describe('the frame link', () => {
  it('carries copies both ways, in order, never within send', () => {
    const { clock, link, heard } = bench()
    const back: number[] = []
    link.a.handleFrame = (octets) => back.push(octets.length)
    const sent = frame(60)
    expect(link.a.send(sent)).toBe(true)
    sent.fill(9)
    expect(link.a.send(sent.subarray(0, 20))).toBe(true)
    expect(link.b.send(frame(100))).toBe(true)
    expect(heard).toEqual([])
    clock.runFor(0)
    expect(heard.map(({ octets }) => octets)).toEqual([Array(60).fill(1), Array(20).fill(9)])
    expect(back).toEqual([100])
  })

  it('delivers what was sent at one instant by one event, and says that more follows', () => {
    const { clock, link, heard } = bench()
    for (let i = 0; i < 5; i++) link.a.send(frame(60, i))
    expect(clock.executed).toBe(0)
    clock.runFor(0)
    expect(clock.executed).toBe(1)
    expect(heard.map(({ more }) => more)).toEqual([true, true, true, true, false])
  })

  it('delivers later what is sent while it delivers, at the same instant', () => {
    const { clock, link, heard } = bench()
    let answers = 3
    const record = link.b.handleFrame
    link.b.handleFrame = (octets, more) => {
      record?.(octets, more)
      for (let i = 0; i < 10 && answers > 0; i++) link.a.send(frame(60, answers))
      answers--
    }
    link.a.send(frame(60, 4))
    clock.runFor(0)
    expect(heard.map(({ octets }) => octets[0])).toEqual([
      4,
      ...Array(10).fill(3),
      ...Array(10).fill(2),
      ...Array(10).fill(1),
    ])
    expect(heard[0].more).toBe(false)
    expect(link.a.waiting).toBe(0)
  })

  it('takes the time of a frame on the wire, with preamble, FCS, gap and padding, and then the delay', () => {
    const { clock, link, heard } = bench({ rate: 10_000_000, delay: MILLISECOND })
    link.a.send(frame(1514))
    link.a.send(frame(20))
    clock.runFor(10 * MILLISECOND)
    // 802.3 at 10 Mb/s: 1538 octet times of 800 ns, then 84.
    expect(heard.map(({ at }) => at)).toEqual([1538 * 800 + MILLISECOND, (1538 + 84) * 800 + MILLISECOND])
  })

  it('reaches the 9.49 Mb/s of MSS 1460 on a link of 10 Mb/s, and no more', () => {
    const { clock, link, heard } = bench({ rate: 10_000_000 })
    link.b.handleFrame = (octets) => {
      heard.push({ at: clock.now, octets: [], more: undefined })
      link.a.send(octets)
    }
    for (let i = 0; i < 3; i++) link.a.send(frame(1514))
    clock.runUntil(1_000 * MILLISECOND)
    const rate = heard.length * 1460 * 8
    expect(rate).toBeGreaterThan(9_480_000)
    expect(rate).toBeLessThanOrEqual(9_493_000)
  })

  it('counts what it refuses under the reason', () => {
    const { clock, link } = bench({ mtu: 100, queue: 2 })
    const tagged = frame(118)
    tagged.set([0x81, 0x00], 12)
    expect([link.a.send(frame(13)), link.a.send(frame(115)), link.a.send(frame(114)), link.a.send(tagged)]).toEqual([
      false,
      false,
      true,
      true,
    ])
    expect(link.a.send(frame(60))).toBe(false)
    link.b.handleFrame = undefined
    clock.runFor(0)
    expect(link.a.dropped).toEqual({ 'too short': 1, 'too long': 1, 'queue full': 1, 'no listener': 2 })
    expect(() => new FrameLink({ clock, rate: 0 })).toThrow('a rate is')
  })

  it('loses what is under way when it is unplugged, says so to both ends, and carries again when plugged', () => {
    const { clock, link, heard } = bench({ delay: MILLISECOND })
    const links: string[] = []
    link.a.handleLink = (up) => links.push(`a ${up}`)
    link.b.handleLink = (up) => links.push(`b ${up}`)
    link.a.send(frame(60))
    link.up = false
    link.up = false
    expect(link.a.send(frame(60))).toBe(false)
    clock.runFor(10 * MILLISECOND)
    expect([heard.length, clock.nextAt]).toEqual([0, undefined])
    link.up = true
    link.a.send(frame(60))
    clock.runFor(10 * MILLISECOND)
    expect(heard.length).toBe(1)
    expect(links).toEqual(['a false', 'b false', 'a true', 'b true'])
    expect(link.a.dropped).toEqual({ 'link down': 2 })
  })

  it('is not confused when it is unplugged and plugged while it delivers', () => {
    const { clock, link } = bench()
    const heard: number[] = []
    link.b.handleFrame = (octets) => {
      if (octets[0] === 1) {
        link.up = false
        link.up = true
        link.a.send(frame(60, 7))
      }
      heard.push(octets[0])
    }
    for (const fill of [1, 2, 3]) link.a.send(frame(60, fill))
    clock.runFor(0)
    expect(heard).toEqual([1, 7])
  })

  it('makes no buffer after the first frames of a long run', () => {
    const { clock, link } = bench()
    const buffers = new Set<ArrayBufferLike>()
    link.b.handleFrame = (octets) => buffers.add(octets.buffer)
    for (let i = 0; i < 1000; i++) {
      for (let j = 0; j < 20; j++) link.a.send(frame(60 + ((i * 7 + j) % 1000)))
      clock.runFor(0)
    }
    expect(buffers.size).toBeLessThanOrEqual(32)
    expect(link.a.carried).toBe(20_000)
  })
})
