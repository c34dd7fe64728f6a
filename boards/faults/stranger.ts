/** A third station on the network of a bench: what is on every desk, and no fault. */
import { type ForeignTraffic, talkToOthers } from '../ethernet/foreign-traffic.js'
import { Station } from '../ethernet/station.js'
import type { Bench } from './bench.js'
import { type BoxKind, putBetween } from './between.js'

const ADDRESS = Uint8Array.of(0x02, 0x4c, 0x50, 0x00, 0x00, 0x03)

/**
 * Plugs a stranger in beside board and partner, who talks to others. A repeater has no third port: behind it is a hub then. Do so
 * before time passes.
 */
export function putStranger(bench: Bench, kind: BoxKind, traffic: ForeignTraffic): Station {
  const { lab, peer } = bench
  const { box, cables } = putBetween(bench, kind)
  const random = lab.random.fork('stranger')
  const station = new Station({ clock: lab.clock, random, address: ADDRESS, name: 'stranger' })
  let port = box.ports[2]
  if (kind === 'repeater') {
    const hub = lab.addHub({ name: 'hub', ports: 4 })
    cables[1].unplug()
    cables[1].plug(box.ports[1], hub.ports[0])
    lab.connect(hub.ports[1], peer.port)
    port = hub.ports[2]
  }
  lab.connect(port, station.port)
  talkToOthers(lab.clock, random.fork('talk'), station, traffic)
  return station
}
