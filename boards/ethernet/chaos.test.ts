import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LabHost } from '../lab-host.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import { Cable } from './cable.js'
import { Hub } from './hub.js'
import type { EthernetPort } from './port.js'
import { EthernetSwitch } from './switch.js'

/** Six hosts, three on a hub and three on a switch that is joined to it, all pinging; and somebody who breaks things. */
function network(seed: number) {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const hub = new Hub({ clock, ports: 4 })
  const box = new EthernetSwitch({ clock, random, ports: 4 })
  const joints: { cable: Cable; a: EthernetPort; b: EthernetPort }[] = []
  const join = (a: EthernetPort, b: EthernetPort, length: number) => {
    const cable = new Cable({ clock, random: random.fork(`${joints.length}`), length })
    cable.plug(a, b)
    joints.push({ cable, a, b })
  }
  const hosts = Array.from({ length: 6 }, (_, i) => {
    const duplex = i === 5 ? 'half' : i === 4 ? 'full' : 'auto'
    const host = new LabHost({ clock, random, name: `h${i}`, address: `10.0.0.${i + 1}/24`, duplex })
    join(host.port, i < 3 ? hub.ports[i] : box.ports[i - 3], 1 + random.below(100))
    return host
  })
  join(hub.ports[3], box.ports[3], 90)
  return { clock, random, hub, box, hosts, joints }
}

function ping(hosts: readonly LabHost[], from: number, to: number, done: (ok: boolean) => void): void {
  hosts[from].network.ping(`10.0.0.${to + 1}`, { size: 300 }, (result) => done(result.ok))
}

describe('a network that is torn at', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('works again when it is left alone (seed %i)', (seed) => {
    const { clock, random, hub, hosts, joints } = network(seed)
    const chance = random.fork('hands')
    let settled = 0
    let sent = 0
    const tear = () => {
      const { cable, a, b } = joints[chance.below(joints.length)]
      const pair = cable.pair(chance.below(2) === 0 ? 'a-to-b' : 'b-to-a')
      switch (chance.below(8)) {
        case 0:
          cable.unplug()
          break
        case 1:
          if (!cable.plugged) cable.plug(a, b)
          break
        case 2:
          pair.open = !pair.open
          break
        case 3:
          pair.inverted = !pair.inverted
          break
        case 4:
          pair.bitErrorRate = [0, 1e-4, 1e-2][chance.below(3)]
          break
        case 5:
          hosts[chance.below(hosts.length)].station.powerOff()
          break
        case 6:
          for (const { station } of hosts) station.powerOn()
          break
        default:
          if (hub.powered) hub.powerOff()
          else hub.powerOn()
      }
    }
    for (let at = 0; at < 20_000; at += 7) {
      clock.after(at * MILLISECOND + chance.below(MILLISECOND), () => {
        const from = chance.below(6)
        sent++
        ping(hosts, from, (from + 1 + chance.below(5)) % 6, () => settled++)
        if (chance.below(6) === 0) tear()
      })
    }
    clock.runUntil(20 * SECOND)
    for (const { cable, a, b } of joints) {
      if (!cable.plugged) cable.plug(a, b)
      for (const direction of ['a-to-b', 'b-to-a'] as const)
        Object.assign(cable.pair(direction), { open: false, inverted: false, bitErrorRate: 0 })
    }
    for (const { station } of hosts) station.powerOn()
    hub.powerOn()
    clock.runFor(5 * SECOND)
    expect(settled).toBe(sent)
    expect(hosts.map(({ station }) => station.linkUp)).toEqual(Array(6).fill(true))
    let answered = 0
    for (let from = 0; from < 6; from++) {
      // One at a time, twice: the first may be what teaches addresses, or wakes a port that was cut off.
      for (let i = 0; i < 2; i++)
        clock.after((from * 2 + i) * 200 * MILLISECOND, () =>
          ping(hosts, from, (from + 1) % 6, (ok) => {
            if (ok) answered++
          }),
        )
    }
    clock.runFor(10 * SECOND)
    expect(answered).toBe(12)
    // Nothing is left that would run for ever beside the pulses.
    const before = clock.executed
    clock.runFor(SECOND)
    expect(clock.executed - before).toBeLessThan(5_000)
  })
})
