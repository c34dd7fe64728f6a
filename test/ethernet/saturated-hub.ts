/** Two network cards on a hub that always have something to send, and what came of it. */
import { Cable } from '../../boards/ethernet/cable.js'
import { Hub } from '../../boards/ethernet/hub.js'
import { Station } from '../../boards/ethernet/station.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'

export interface Measured {
  /** Frames that got through, by station. */
  readonly frames: readonly [number, number]
  readonly collisions: number
  readonly losses: number
  /** Times the other station's turn came. */
  readonly turns: number
  readonly efficiency: number
  /** How the first collision after a frame went for its sender, by the collisions in a row the other one then had. */
  readonly contests: ReadonlyMap<number, Contest>
}

export interface Contest {
  wins: number
  loses: number
  ties: number
}

/** Metres from each card to the hub. */
export const CABLE = 10

/** Runs for `duration` nanoseconds after the links are up. */
export function saturatedHub(octets: number, duration: number, seed: number): Measured {
  const clock = new Scheduler()
  const random = new SeededRandom(seed)
  const hub = new Hub({ clock, ports: 2 })
  const stations = [0, 1].map((i) => {
    const address = Uint8Array.of(2, 0, 0, 0, 0, i + 1)
    const station = new Station({ clock, random, name: `station ${i}`, address, duplex: 'half' })
    new Cable({ clock, random: random.fork(`cable ${i}`), length: CABLE }).plug(station.port, hub.ports[i])
    return station
  })
  clock.runUntil(200 * MILLISECOND)
  const frames: [number, number] = [0, 0]
  const contests = new Map<number, Contest>()
  /** Collisions of each card when it began with the frame it has now, and when the last frame arrived. */
  const atFrame = stations.map(({ collisions }) => collisions)
  const atLast = [...atFrame]
  const first = [...atFrame]
  let turns = 0
  let last = -1
  let lost = 0
  for (const [i, station] of stations.entries()) {
    const frame = new Uint8Array(octets - 4)
    frame.set(stations[1 - i].address)
    frame.set(station.address, 6)
    frame.set([0x88, 0xb5], 12)
    station.handleFrame = () => {
      const sender = 1 - i
      frames[sender]++
      const collisions = stations[0].collisions - atLast[0]
      if (last >= 0 && collisions > 0) {
        const row = lost + 1
        const contest = contests.get(row) ?? { wins: 0, loses: 0, ties: 0 }
        contests.set(row, contest)
        if (collisions > 1) contest.ties++
        else if (sender === last) contest.wins++
        else contest.loses++
      }
      if (last >= 0 && sender !== last) turns++
      last = sender
      for (const [n, { collisions: now }] of stations.entries()) atLast[n] = now
      // The other one's frame waits: so often has it collided.
      lost = stations[1 - sender].collisions - atFrame[1 - sender]
    }
    station.onSent(() => {
      atFrame[i] = station.collisions
      station.send(frame)
    })
    station.send(frame)
    station.send(frame)
  }
  clock.runFor(duration)
  const losses = stations.reduce((sum, { dropped }) => sum + (dropped['excessive collisions'] ?? 0), 0)
  // Both take part in each.
  const collisions = stations.reduce((sum, station, i) => sum + station.collisions - first[i], 0) / 2
  const efficiency = ((frames[0] + frames[1]) * octets * 800) / duration
  return { frames, collisions, losses, turns, efficiency, contests }
}
