import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LabHost } from '../lab-host.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { Cable } from './cable.js'
import { Hub } from './hub.js'
import type { EthernetPort } from './port.js'
import { type DuplexMode, Station } from './station.js'
import { AGEING_TIME, EthernetSwitch } from './switch.js'

function bench(count: number, duplex: DuplexMode = 'full') {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const ethernetSwitch = new EthernetSwitch({ clock, random, ports: count, duplex })
  const stations = Array.from({ length: count }, (_, i) => {
    const station = new Station({ clock, random, name: `s${i}`, address: Uint8Array.of(2, 0, 0, 0, 0, i + 1), duplex })
    new Cable({ clock, random: random.fork(`${i}`) }).plug(station.port, ethernetSwitch.ports[i])
    return station
  })
  clock.runUntil(100 * MILLISECOND)
  return { clock, random, ethernetSwitch, stations }
}

function frame(to: number[] | number, from: number, size = 46): Uint8Array {
  const octets = new Uint8Array(14 + size)
  octets.set(typeof to === 'number' ? [2, 0, 0, 0, 0, to] : to)
  octets.set([2, 0, 0, 0, 0, from, 0x88, 0xb5], 6)
  return octets
}

const received = (stations: Station[]) => stations.map((station) => station.framesReceived)
const dropped = (stations: Station[]) => stations.map((station) => station.dropped['other station'] ?? 0)

describe('learning switch (IEEE 802.1D 7)', () => {
  it('floods what it does not know, and sends what it has learned to one port only', () => {
    const { clock, ethernetSwitch, stations } = bench(4)
    stations[0].send(frame(3, 1))
    clock.runFor(MILLISECOND)
    expect(received(stations)).toEqual([0, 0, 1, 0])
    expect(dropped(stations)).toEqual([0, 1, 0, 1])
    stations[2].send(frame(1, 3))
    stations[0].send(frame(3, 1))
    clock.runFor(MILLISECOND)
    expect(received(stations)).toEqual([1, 0, 2, 0])
    expect(dropped(stations)).toEqual([0, 1, 0, 1])
    expect(ethernetSwitch.counters).toMatchObject({ forwarded: 2, flooded: 1, addresses: 2 })
    const { ports } = ethernetSwitch.counters
    expect(ports.map(({ received }) => received).reduce((sum, count) => sum + count)).toBe(3)
  })

  it('forgets an address that is not heard for 300 s, and learns where it has moved', () => {
    const { clock, ethernetSwitch, stations } = bench(3)
    stations[0].send(frame(2, 1))
    clock.runFor(SECOND)
    expect(ethernetSwitch.portOf(stations[0].address)).toBe(0)
    stations[2].send(frame(2, 1)) // the same address, elsewhere
    clock.runFor(SECOND)
    expect(ethernetSwitch.portOf(stations[0].address)).toBe(2)
    clock.runFor(AGEING_TIME)
    expect(ethernetSwitch.portOf(stations[0].address)).toBeUndefined()
  })

  it('passes broadcast and multicast to all, and reserved addresses to nobody (table 7-10)', () => {
    const { clock, ethernetSwitch, stations } = bench(3)
    stations[0].send(frame([255, 255, 255, 255, 255, 255], 1))
    stations[0].send(frame([0x01, 0, 0x5e, 0, 0, 1], 1))
    stations[0].send(frame([0x01, 0x80, 0xc2, 0, 0, 0x0e], 1))
    clock.runFor(MILLISECOND)
    expect(received(stations)).toEqual([0, 2, 2])
    expect(ethernetSwitch.counters.dropped).toEqual({ 'reserved address': 1 })
  })

  it('does not pass damaged frames on', () => {
    const { clock, random, ethernetSwitch } = bench(3)
    const bad = new Station({ clock, random, name: 'bad', address: Uint8Array.of(2, 0, 0, 0, 0, 9), duplex: 'full' })
    const more = new EthernetSwitch({ clock, random, ports: 2, name: 'more', duplex: 'full' })
    const cable = new Cable({ clock, random: random.fork('bad') })
    cable.plug(bad.port, more.ports[0])
    clock.runFor(200 * MILLISECOND)
    cable.pair('a-to-b').bitErrorRate = 0.01
    for (let i = 0; i < 20; i++) bad.send(frame(3, 9, 500))
    clock.runFor(SECOND)
    expect(more.counters.flooded).toBe(0)
    expect(more.station(0).dropped['FCS error']).toBeGreaterThan(10)
    expect(ethernetSwitch.counters.flooded).toBe(0)
  })

  it('pauses two senders that fill one output, and loses nothing (31B)', () => {
    const { clock, ethernetSwitch, stations } = bench(3)
    stations[2].send(frame(1, 3))
    clock.runFor(MILLISECOND)
    const wanted = 300
    const left = [wanted, wanted]
    for (const from of [0, 1]) {
      const fill = () => {
        while (left[from] > 0 && stations[from].pending < 2 && stations[from].send(frame(3, from + 1, 1500)))
          left[from]--
      }
      stations[from].onSent(fill)
      fill()
    }
    clock.runFor(5 * SECOND)
    expect(stations[2].framesReceived).toBe(2 * wanted)
    expect(ethernetSwitch.counters.dropped).toEqual({})
  })

  it('loses and counts what does not fit without flow control', () => {
    const clock = new Scheduler()
    const random = new SeededRandom(1)
    const ethernetSwitch = new EthernetSwitch({ clock, random, ports: 3, duplex: 'full', flowControl: false })
    const stations = [1, 2, 3].map((n) => {
      const address = Uint8Array.of(2, 0, 0, 0, 0, n)
      const station = new Station({ clock, random, name: `${n}`, address, duplex: 'full', queue: 300 })
      new Cable({ clock, random }).plug(station.port, ethernetSwitch.ports[n - 1])
      return station
    })
    clock.runUntil(100 * MILLISECOND)
    stations[2].send(frame(1, 3))
    clock.runFor(MILLISECOND)
    for (const from of [0, 1]) for (let i = 0; i < 200; i++) stations[from].send(frame(3, from + 1, 1500))
    clock.runFor(5 * SECOND)
    const lost = ethernetSwitch.counters.dropped['output queue full'] ?? 0
    expect(lost).toBeGreaterThan(50)
    expect(stations[2].framesReceived + lost).toBe(400)
  })
})

describe('a mixed network', () => {
  it('of 100 hosts on switches and hubs, half and full duplex: every ping is answered', () => {
    const clock = new Scheduler()
    const random = new SeededRandom(4)
    const plug = (a: EthernetPort, b: EthernetPort) =>
      new Cable({ clock, random: random.fork(`${a.name} ${b.name}`), length: 30 }).plug(a, b)
    const core = new EthernetSwitch({ clock, random, ports: 12, name: 'core' })
    const hosts: LabHost[] = []
    for (let box = 0; box < 10; box++) {
      // Every other box is a hub; its uplink to the switch negotiates to half duplex.
      const jacks =
        box % 2 === 0
          ? new EthernetSwitch({ clock, random, ports: 11, name: `switch ${box}` }).ports
          : new Hub({ clock, ports: 11, name: `hub ${box}` }).ports
      plug(core.ports[box], jacks[10])
      for (let i = 0; i < 10; i++) {
        const number = hosts.length + 1
        const host = new LabHost({ clock, random, name: `host ${number}`, address: `10.0.0.${number}/24` })
        plug(host.port, jacks[i])
        hosts.push(host)
      }
    }
    clock.runUntil(SECOND)
    expect(hosts.every((host) => host.station.linkUp)).toBe(true)
    let answered = 0
    for (const [i, host] of hosts.entries()) {
      clock.after(i * 2 * MILLISECOND, () =>
        host.network.ping(`10.0.0.${((i + 37) % 100) + 1}`, {}, (result) => {
          if (result.ok) answered++
        }),
      )
    }
    clock.runFor(5 * SECOND)
    expect(answered).toBe(100)
  })
})
