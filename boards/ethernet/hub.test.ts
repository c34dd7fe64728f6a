import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { Cable, type CableFrame } from './cable.js'
import { COLLISION_LIMIT, Hub, REPEATER_DELAY } from './hub.js'
import { Station } from './station.js'

function bench(count: number, seed = 1, length = 20) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const hub = new Hub({ clock, ports: Math.max(2, count) })
  const frames: CableFrame[][] = []
  const cables: Cable[] = []
  const stations = Array.from({ length: count }, (_, i) => {
    const station = new Station({
      clock,
      random,
      name: `s${i}`,
      address: Uint8Array.of(2, 0, 0, 0, 0, i + 1),
      duplex: 'half',
    })
    const cable = new Cable({ clock, random: random.fork(`cable ${i}`), length })
    const seen: CableFrame[] = []
    cable.onFrame = (frame) => seen.push(frame)
    cable.plug(station.port, hub.ports[i])
    frames.push(seen)
    cables.push(cable)
    return station
  })
  clock.runUntil(100 * MILLISECOND)
  return { clock, hub, stations, frames, cables }
}

function frame(to: number, from: number, size: number, fill = 0): Uint8Array {
  const octets = new Uint8Array(14 + size).fill(fill, 14)
  octets.set([to === 0xff ? 0xff : 2, ...(to === 0xff ? [255, 255, 255, 255] : [0, 0, 0, 0]), to])
  octets.set([2, 0, 0, 0, 0, from, 0x88, 0xb5], 6)
  return octets
}

describe('hub (IEEE 802.3 clause 9)', () => {
  it('brings the link of each port up by itself', () => {
    const { clock, hub, cables } = bench(3)
    expect([0, 1, 2].map((port) => hub.linkUp(port))).toEqual([true, true, true])
    cables[1].unplug()
    clock.runFor(200 * MILLISECOND)
    expect([0, 1, 2].map((port) => hub.linkUp(port))).toEqual([true, false, true])
  })

  it('repeats a frame to all other ports, a little later and unchanged, and not to its sender', () => {
    const { clock, stations, frames } = bench(4)
    stations[0].send(frame(3, 1, 46, 0x77))
    clock.runFor(MILLISECOND)
    expect(frames.map((seen) => seen.map(({ direction }) => direction))).toEqual([
      ['a-to-b'],
      ['b-to-a'],
      ['b-to-a'],
      ['b-to-a'],
    ])
    const sent = frames[0][0]
    for (const seen of frames.slice(1)) {
      expect(seen[0].octets).toEqual(sent.octets)
      expect(seen[0].at).toBe(sent.at + 100 + REPEATER_DELAY)
    }
    expect(stations.map(({ framesReceived }) => framesReceived)).toEqual([0, 0, 1, 0])
  })

  it('jams everybody when two send at once, and both get through by back-off', () => {
    const { clock, hub, stations, frames } = bench(3)
    stations[0].send(frame(3, 1, 46))
    stations[1].send(frame(3, 2, 46))
    clock.runFor(20 * MILLISECOND)
    expect(stations[2].framesReceived).toBe(2)
    expect(stations[0].collisions).toBeGreaterThanOrEqual(1)
    expect(hub.counters.ports[0].collisions).toBe(stations[0].collisions)
    // The box as a whole counts what its ports count.
    const { ports, collisions, received } = hub.counters
    expect(collisions).toBe(ports.reduce((sum, port) => sum + port.collisions, 0))
    expect(received).toBe(ports.reduce((sum, port) => sum + port.received, 0))
    // The third station hears a fragment of 96 bits or more.
    const fragment = frames[2].find(({ octets }) => octets.length < 60)!
    expect(fragment.bits).toBeGreaterThanOrEqual(96)
    expect(stations[2].dropped.runt).toBe(stations[0].collisions)
  })

  it('loses and repeats nothing among five stations that all send', () => {
    const { clock, stations } = bench(5, 3)
    const seen: string[] = []
    stations[4].onFrame = (octets) => seen.push(`${octets[11]}:${octets[14]}`)
    for (let from = 0; from < 4; from++)
      for (let i = 0; i < 25; i++) stations[from].send(frame(5, from + 1, 46 + i * 20, i))
    clock.runFor(2 * SECOND)
    expect(new Set(seen).size).toBe(seen.length)
    const lost = stations.slice(0, 4).reduce((sum, { dropped }) => sum + (dropped['excessive collisions'] ?? 0), 0)
    expect(seen.length + lost).toBe(100)
    expect(stations.every(({ dropped }) => dropped['late collision'] === undefined)).toBe(true)
  })

  it('cuts off a port that collides 31 times in a row, and takes it back after a frame that went well (9.6.6.2)', () => {
    const { clock, hub, stations } = bench(3)
    const medium = stations[1].port.medium!
    // A card with a fault: it answers every signal with its own.
    const port = stations[1].port
    const good = port.receiver!
    port.receiver = {
      ...good,
      linkPulse: (inverted) => good.linkPulse(inverted),
      frameEnd: (signal, inverted) => good.frameEnd(signal, inverted),
      frameStart: () => {
        const noise = { octets: new Uint8Array(0), dribbleBits: 0, bits: 200, intact: false }
        medium.frameStart(port, noise)
        clock.after(20_000, () => medium.frameEnd(port, noise))
      },
    }
    stations[0].send(frame(3, 1, 46))
    clock.runFor(SECOND)
    expect(stations[0].dropped['excessive collisions']).toBe(1)
    expect(hub.partitioned(1)).toBe(false)
    stations[2].send(frame(1, 3, 46))
    clock.runFor(SECOND)
    // Sixteen collisions with one, fifteen with the other: its sixteenth attempt goes through.
    expect(hub.counters.ports[1]).toMatchObject({ partitions: 1, collisions: COLLISION_LIMIT })
    expect(hub.counters.ports[0].partitions).toBe(0)
    expect(stations[0].framesReceived).toBe(1)
    // The faulty card is mended; a whole frame sent to its port without an answer connects it again.
    port.receiver = good
    stations[0].send(frame(3, 1, 46))
    clock.runFor(100 * MILLISECOND)
    expect(hub.partitioned(1)).toBe(false)
    stations[1].send(frame(3, 2, 46, 0x42))
    let heard = 0
    stations[2].onFrame = (octets) => {
      heard = octets[14]
    }
    clock.runFor(100 * MILLISECOND)
    expect(heard).toBe(0x42)
  })

  it('interrupts its own outputs for 96 bit times after every 5 ms of a card that jabbers, and cuts nobody off (9.6.5)', () => {
    const { clock, hub, stations, frames } = bench(3)
    stations[0].sendRaw(new Uint8Array(60_000).fill(0x55)) // 480,064 bits with the preamble: 48 ms
    clock.runFor(47 * MILLISECOND)
    // Tw3 of 50,000 bits, Tw4 of 96 bits: what the others hear begins again every 50,096 bits.
    expect(frames[2].map(({ bits }) => bits)).toEqual(Array(9).fill(50_000))
    const starts = frames[2].map(({ at }) => at - frames[2][0].at)
    expect(starts).toEqual(Array.from({ length: 9 }, (_, i) => i * 50_096 * 100))
    expect(hub.counters.ports[0].dropped).toEqual({ jabber: 9 })
    clock.runFor(5 * MILLISECOND)
    // The last of it ends with what came in: 480,064 - 9 * 50,096 bits.
    expect(frames[2].map(({ bits }) => bits)).toEqual([...Array(9).fill(50_000), 29_200])
    expect(stations[2].framesReceived).toBe(0)
    stations[0].send(frame(3, 1, 46))
    clock.runFor(10 * MILLISECOND)
    expect(stations[2].framesReceived).toBe(1)
  })

  it('has no room for others while a card jabbers: whoever waits meets it after each pause (9.6.5, 4.2.3.2.1)', () => {
    const { clock, hub, stations } = bench(3)
    stations[0].sendRaw(new Uint8Array(60_000).fill(0x55))
    clock.runFor(6 * MILLISECOND)
    stations[1].send(frame(3, 2, 46))
    clock.runFor(MILLISECOND)
    // It defers to the signal that went on after the pause.
    expect(stations[2].framesReceived).toBe(0)
    clock.runFor(4 * MILLISECOND)
    expect(hub.counters.collisions).toBeGreaterThan(0)
    clock.runFor(SECOND)
    expect(stations[2].framesReceived).toBe(1)
  })

  it('interrupts a jam as well, and goes on with it', () => {
    const { clock, stations, frames } = bench(3)
    // Two cards that hear nothing and do not stop: 12 ms of collision.
    for (const [i, station] of stations.slice(0, 2).entries()) {
      const { medium } = station.port
      const noise = { octets: new Uint8Array(0), dribbleBits: 0, bits: 120_000, intact: false }
      clock.after(i * 5_000, () => medium!.frameStart(station.port, noise))
      clock.after(i * 5_000 + 12 * MILLISECOND, () => medium!.frameEnd(station.port, noise))
    }
    clock.runFor(20 * MILLISECOND)
    const heard = frames[2].map(({ bits }) => bits)
    expect(heard.slice(0, 2)).toEqual([50_000, 50_000])
    expect(frames[2][2].at - frames[2][1].at).toBe(50_096 * 100)
    expect(heard).toHaveLength(3)
  })

  it('shares the medium fairly between two saturated stations, in the long run', () => {
    const { clock, stations } = bench(3, 9)
    for (const from of [0, 1]) {
      const station = stations[from]
      const fill = () => {
        while (station.pending < 2) if (!station.send(frame(3, from + 1, 1500))) return
      }
      station.onSent = fill
      fill()
    }
    clock.runFor(60 * SECOND)
    const [a, b] = [stations[0].framesSent, stations[1].framesSent]
    expect(a / (a + b)).toBeGreaterThan(0.4)
    expect(a / (a + b)).toBeLessThan(0.6)
    // 812 frames of 1518 octets a second is the most there can be; two stations lose little of it.
    expect((a + b) / 60).toBeGreaterThan(740)
    expect((a + b) / 60).toBeLessThan(812.8)
  })

  it('goes silent when it is switched off', () => {
    const { clock, hub, stations } = bench(2)
    stations[0].send(frame(2, 1, 1500))
    clock.runFor(300_000)
    hub.powerOff()
    clock.runFor(300 * MILLISECOND)
    expect(stations.map(({ linkUp }) => linkUp)).toEqual([false, false])
    expect(stations[1].framesReceived).toBe(0)
  })
})
