import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { FrameLink } from '../../test/support/frame-link.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { ImpairedDevice, type ImpairedDeviceOptions } from './impaired-device.js'

function bench(options: Partial<ImpairedDeviceOptions> = {}, seed = 1) {
  const clock = new Scheduler()
  const link = new FrameLink({ clock, queue: 20_000 })
  const device = new ImpairedDevice(link.a, { clock, random: new SeededRandom(seed), ...options })
  const heard: { at: number; number: number; frame: Uint8Array }[] = []
  link.b.handleFrame = (frame) =>
    heard.push({ at: clock.now, number: (frame[14] << 8) | frame[15], frame: frame.slice() })
  return { clock, link, device, heard }
}

function frame(number: number): Uint8Array {
  const octets = new Uint8Array(60)
  octets[14] = number >> 8
  octets[15] = number
  return octets
}

/** Sends `count` frames, one a millisecond, and waits for the last. */
function run({ clock, device }: ReturnType<typeof bench>, count: number): void {
  for (let i = 0; i < count; i++) {
    expect(device.send(frame(i))).toBe(true)
    clock.runFor(MILLISECOND)
  }
  clock.runFor(1000 * MILLISECOND)
}

/** Within five standard deviations of what chance would have. */
function expectShare(count: number, of: number, share: number): void {
  expect(Math.abs(count - of * share)).toBeLessThan(5 * Math.sqrt(of * share * (1 - share)))
}

describe('the impaired device', () => {
  it('passes every frame at once, as it is, unless it is asked for less', () => {
    const it = bench()
    run(it, 100)
    expect(it.heard.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    expect(it.device.impairments).toEqual({})
    expect([it.device.linkUp, it.device.address]).toEqual([true, it.link.a.address])
  })

  it('loses, repeats, holds back and changes as many as asked for, and counts them', () => {
    const loss = bench({ loss: 0.1 })
    run(loss, 5000)
    expectShare(5000 - loss.heard.length, 5000, 0.1)
    expect(loss.device.dropped).toEqual({ lost: 5000 - loss.heard.length })

    const duplicate = bench({ duplicate: 0.05 })
    run(duplicate, 5000)
    expectShare(duplicate.heard.length - 5000, 5000, 0.05)
    expect(duplicate.device.impairments).toEqual({ duplicated: duplicate.heard.length - 5000 })

    const reorder = bench({ reorder: 0.2, reorderTime: 20 * MILLISECOND })
    run(reorder, 5000)
    expect(reorder.heard.length).toBe(5000)
    expectShare(reorder.device.impairments.reordered ?? 0, 5000, 0.2)
    const numbers = reorder.heard.map(({ number }) => number)
    expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b))
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 5000 }, (_, i) => i))
  })

  it('changes one bit of a frame that it corrupts, and not the sender’s octets', () => {
    const it = bench({ corrupt: 1 })
    const sent = frame(5)
    for (let i = 0; i < 200; i++) it.device.send(sent)
    it.clock.runFor(0)
    expect(sent).toEqual(frame(5))
    const places = new Set<number>()
    for (const { frame: octets } of it.heard) {
      let bits = 0
      octets.forEach((octet, i) => {
        for (let rest = octet ^ sent[i]; rest > 0; rest >>= 1) bits += rest & 1
        if (octet !== sent[i]) places.add(i)
      })
      expect(bits).toBe(1)
    }
    expect(places.size).toBeGreaterThan(50)
  })

  it('marks as many as asked for of what is ECN-capable, and nothing else', () => {
    const it = bench({ mark: 0.3 })
    const capable = frame(1)
    capable.set([0x86, 0xdd, 0x60, 0x20], 12)
    for (let i = 0; i < 2000; i++) it.device.send(capable)
    it.clock.runFor(0)
    const marked = it.heard.filter((each) => each.frame[15] === 0x30).length
    expectShare(marked, 2000, 0.3)
    expect(it.device.impairments).toEqual({ marked })
    expect(capable[15]).toBe(0x20)
    for (let i = 0; i < 100; i++) it.device.send(frame(i))
    expect(it.device.impairments).toEqual({ marked })
  })

  it('delays each frame by the delay and up to the jitter', () => {
    const it = bench({ delay: 30 * MILLISECOND, jitter: 5 * MILLISECOND })
    run(it, 1000)
    const delays = it.heard.map(({ at, number }) => at - number * MILLISECOND)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(30 * MILLISECOND)
    expect(Math.max(...delays)).toBeLessThanOrEqual(35 * MILLISECOND)
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(4 * MILLISECOND)
    expect([it.device.waiting, it.clock.nextAt]).toEqual([0, undefined])
  })

  it('does the same again for the same seed, and something else for another', () => {
    const options = { loss: 0.1, duplicate: 0.1, reorder: 0.1, corrupt: 0.1, delay: MILLISECOND, jitter: MILLISECOND }
    const [one, same, other] = [bench(options, 7), bench(options, 7), bench(options, 8)]
    for (const each of [one, same, other]) run(each, 300)
    expect(same.heard).toEqual(one.heard)
    expect(other.heard).not.toEqual(one.heard)
  })

  it('hands over what the device receives, and its link', () => {
    const it = bench({ loss: 1 })
    const seen: unknown[] = []
    it.device.handleFrame = (octets, more) => seen.push([octets.length, more])
    it.device.handleLink = (up) => seen.push(up)
    it.link.b.send(frame(0))
    it.clock.runFor(0)
    it.link.up = false
    expect(seen).toEqual([[60, false], false])
  })

  it('counts frames that the device refuses when they are due', () => {
    const it = bench({ delay: MILLISECOND })
    it.device.send(frame(0))
    it.link.up = false
    it.clock.runFor(MILLISECOND)
    expect(it.device.impairments).toEqual({ delayed: 1, 'refused when due': 1 })
  })
})
