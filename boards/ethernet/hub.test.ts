import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { Cable, type CableFrame } from './cable.js'
import { Hub, REPEATER_DELAY } from './hub.js'
import { COLLISION_LIMIT, LONGEST_COLLISION_BITS } from './partition.js'
import { Station } from './station.js'

function bench(count: number, seed = 1, length = 20, spare = 0) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const hub = new Hub({ clock, ports: Math.max(2, count + spare) })
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
    cable.onFrame((frame) => seen.push(frame))
    cable.plug(station.port, hub.ports[i])
    frames.push(seen)
    cables.push(cable)
    return station
  })
  clock.runUntil(100 * MILLISECOND)
  return { clock, random, hub, stations, frames, cables }
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
    stations[4].handleFrame = (octets) => seen.push(`${octets[11]}:${octets[14]}`)
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
    // That frame was long enough, but not without a collision at the port: the card answered it too.
    expect(hub.partitioned(1)).toBe(true)
    // The faulty card is mended; a whole frame sent to its port without an answer connects it again.
    port.receiver = good
    stations[0].send(frame(3, 1, 46))
    clock.runFor(100 * MILLISECOND)
    expect(hub.partitioned(1)).toBe(false)
    stations[1].send(frame(3, 2, 46, 0x42))
    let heard = 0
    stations[2].handleFrame = (octets) => {
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

  /** A card that hears nothing, and sends for so long. */
  function babble({ clock, stations }: ReturnType<typeof bench>, i: number, after: number, duration: number): void {
    const { port } = stations[i]
    const noise = { octets: new Uint8Array(0), dribbleBits: 0, bits: duration / 100, intact: false }
    clock.after(after, () => port.medium!.frameStart(port, noise))
    clock.after(after + duration, () => port.medium!.frameEnd(port, noise))
  }

  it('interrupts a jam as well, and goes on with it', () => {
    const on = bench(3)
    // What was repeated for 4 ms becomes a jam, and that ends with the second card's signal.
    babble(on, 0, 0, 5.5 * MILLISECOND)
    babble(on, 1, 4 * MILLISECOND, 2 * MILLISECOND)
    on.clock.runFor(20 * MILLISECOND)
    const [first, second, ...more] = on.frames[2]
    expect(first.bits).toBe(50_000)
    expect(second.at - first.at).toBe(50_096 * 100)
    // To 6 ms, from 5 and the pause on; the delays of cable and hub are in both.
    expect(second.bits).toBeGreaterThan(9_880)
    expect(second.bits).toBeLessThan(9_920)
    expect(more).toEqual([])
  })

  it('cuts off both ports of a collision that lasts 24,000 bit times, and the others go on (9.6.6, Tw6)', () => {
    const on = bench(4)
    const { clock, hub, stations, frames } = on
    babble(on, 0, 0, 12 * MILLISECOND)
    babble(on, 1, MILLISECOND, 11 * MILLISECOND)
    const longest = LONGEST_COLLISION_BITS * 100
    clock.runFor(MILLISECOND + longest - 1_000)
    expect([0, 1, 2].map((port) => hub.partitioned(port))).toEqual([false, false, false])
    clock.runFor(2_000)
    expect([0, 1, 2].map((port) => hub.partitioned(port))).toEqual([true, true, false])
    clock.runFor(100_000)
    // The jam is over with it: 1 ms of the first card's, and 2.4 of the collision.
    expect(frames[2].map(({ bits }) => Math.round(bits / 100))).toEqual([(10_000 + LONGEST_COLLISION_BITS) / 100])
    // What goes out at a port meets what comes in there: it is not connected again as long as that goes on.
    stations[2].send(frame(4, 3, 1000))
    clock.runFor(2 * MILLISECOND)
    expect(stations[3].framesReceived).toBe(1)
    expect([0, 1].map((port) => hub.partitioned(port))).toEqual([true, true])
    clock.runFor(20 * MILLISECOND)
    expect([0, 1].map((port) => hub.partitioned(port))).toEqual([true, true])
    stations[2].send(frame(4, 3, 1000))
    clock.runFor(2 * MILLISECOND)
    expect([0, 1].map((port) => hub.partitioned(port))).toEqual([false, false])
    expect(hub.counters.ports.map(({ partitions }) => partitions)).toEqual([1, 1, 0, 0])
    expect(hub.counters.dropped).toEqual({})
  })

  it('connects a port again by what comes in there, too, and listens from the next signal on', () => {
    const on = bench(4)
    const { clock, hub, stations } = on
    babble(on, 0, 0, 6 * MILLISECOND)
    babble(on, 1, MILLISECOND, 5 * MILLISECOND)
    clock.runFor(10 * MILLISECOND)
    expect([0, 1].map((port) => hub.partitioned(port))).toEqual([true, true])
    // 14 + 41 octets and 8 of preamble are 504 bits: below 512.
    stations[0].sendRaw(frame(4, 1, 41))
    clock.runFor(MILLISECOND)
    expect([0, 1].map((port) => hub.partitioned(port))).toEqual([true, true])
    stations[0].send(frame(4, 1, 46))
    clock.runFor(MILLISECOND)
    expect([0, 1].map((port) => hub.partitioned(port))).toEqual([false, true])
    expect(stations[3].framesReceived).toBe(0)
    expect(hub.counters.ports[0].dropped).toEqual({ partitioned: 2 })
    stations[0].send(frame(4, 1, 46))
    clock.runFor(MILLISECOND)
    expect(stations[3].framesReceived).toBe(1)
  })

  it('cuts off both ends of a cable between two of its own ports, which would jam for ever (9.6.6, Tw6)', () => {
    const { clock, hub, stations, random } = bench(3, 1, 20, 2)
    const loop = new Cable({ clock, random: random.fork('loop'), length: 20 })
    loop.plug(hub.ports[3], hub.ports[4])
    clock.runFor(100 * MILLISECOND)
    expect([3, 4].map((port) => hub.linkUp(port))).toEqual([true, true])
    stations[0].send(frame(3, 1, 46))
    clock.runFor(2 * MILLISECOND)
    expect(stations[2].framesReceived).toBe(0)
    clock.runFor(MILLISECOND)
    expect([0, 1, 2, 3, 4].map((port) => hub.partitioned(port))).toEqual([false, false, false, true, true])
    clock.runFor(100 * MILLISECOND)
    // The frame that began it, by back-off, and as many more as one likes: what comes back meets what goes out.
    for (let i = 0; i < 10; i++) {
      stations[1].send(frame(3, 2, 1000))
      clock.runFor(2 * MILLISECOND)
    }
    expect(stations[2].framesReceived).toBe(11)
    expect([3, 4].map((port) => hub.partitioned(port))).toEqual([true, true])
    // It is pulled: link test fail, and nothing is sent to the ports. One that gets a card is good with the first frame.
    loop.unplug()
    clock.runFor(200 * MILLISECOND)
    const cable = new Cable({ clock, random: random.fork('new'), length: 20 })
    const card = new Station({ clock, random, name: 'new', address: Uint8Array.of(2, 0, 0, 0, 0, 9), duplex: 'half' })
    cable.plug(card.port, hub.ports[3])
    clock.runFor(200 * MILLISECOND)
    stations[1].send(frame(9, 2, 46))
    clock.runFor(2 * MILLISECOND)
    expect([card.framesReceived, hub.partitioned(3)]).toEqual([1, false])
  })

  it('is whole again when its power comes back', () => {
    const on = bench(3)
    const { clock, hub, stations } = on
    babble(on, 0, 0, 6 * MILLISECOND)
    babble(on, 1, MILLISECOND, 5 * MILLISECOND)
    clock.runFor(10 * MILLISECOND)
    hub.powerOff()
    hub.powerOn()
    clock.runFor(200 * MILLISECOND)
    expect([0, 1].map((port) => hub.partitioned(port))).toEqual([false, false])
    stations[0].send(frame(3, 1, 46))
    clock.runFor(MILLISECOND)
    expect(stations[2].framesReceived).toBe(1)
  })

  it('shares the medium fairly between two saturated stations, in the long run', () => {
    const { clock, stations } = bench(3, 9)
    for (const from of [0, 1]) {
      const station = stations[from]
      const fill = () => {
        while (station.pending < 2) if (!station.send(frame(3, from + 1, 1500))) return
      }
      station.onSent(fill)
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
