/** The wire by itself: what a frame costs on a switch with few and with many cards, and what a look at its voltage costs. */
import { Cable } from '../../boards/ethernet/cable.js'
import { withFcs } from '../../boards/ethernet/fcs.js'
import { Station } from '../../boards/ethernet/station.js'
import { EthernetSwitch } from '../../boards/ethernet/switch.js'
import { frameWaveform } from '../../boards/ethernet/waveform.js'
import { createBareLab } from '../../boards/lab.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { PingResult } from '../../firmware/net/icmp/ping.js'
import { type BenchFigure, type Benchmark, medianOf, processorTime, timed } from './figure.js'

const FRAME_OCTETS = 256
const RUNS = 3

/** Microseconds of processor time a frame, `count` cards on one switch, each sending to the next one without a pause. */
function costOfFrame(count: number): number {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const box = new EthernetSwitch({ clock, random, ports: count, duplex: 'full' })
  const stations = Array.from({ length: count }, (_, i) => {
    const address = Uint8Array.of(2, 0, 0, 0, 0, i)
    const station = new Station({ clock, random, name: `${i}`, address, duplex: 'full' })
    new Cable({ clock, random: random.fork(`cable ${i}`) }).plug(station.port, box.ports[i])
    return station
  })
  clock.runUntil(100 * MILLISECOND)
  let received = 0
  for (const [i, station] of stations.entries()) {
    const frame = new Uint8Array(FRAME_OCTETS - 4)
    frame.set(stations[(i + 1) % count].address)
    frame.set(station.address, 6)
    frame.set([0x88, 0xb5], 12)
    station.handleFrame = () => received++
    // One frame each, so that the switch knows everybody before the rush.
    clock.after(i * MILLISECOND, () => station.send(frame))
    clock.after(count * MILLISECOND, () => {
      station.onSent(() => station.send(frame))
      station.send(frame)
    })
  }
  clock.runFor((count + 100) * MILLISECOND)
  received = 0
  const seconds = processorTime(() => clock.runFor((20 * SECOND) / count))
  return (seconds * 1e6) / received
}

/** As `costOfFrame`, with boards: chip, driver and stack, each pinging the next one over and over with `octets` of data. */
function costOfBoardsFrame(count: number, octets: number): number {
  const lab = createBareLab({ seed: 1 })
  const box = lab.addSwitch({ ports: count })
  const addressOf = (i: number) => `10.0.0.${i + 1}`
  const boards = Array.from({ length: count }, (_, i) => {
    const station = `02:00:00:00:01:${i.toString(16).padStart(2, '0')}`
    const board = lab.addBoard('uno', { name: `board ${i}`, address: `${addressOf(i)}/24`, station })
    lab.connect(board.port, box.ports[i])
    return board
  })
  lab.runFor(3 * SECOND)
  for (const [i, board] of boards.entries()) {
    let sequence = 0
    const next = addressOf((i + 1) % count)
    const again = (last: PingResult) => {
      if (!last.ok) throw new Error(`board ${i}: a ping of ${octets} octets came to nothing: ${last.reason}`)
      board.controller.network.ping(next, { size: octets, sequence: sequence++ & 0xffff }, again)
    }
    // One after another, so that ARP finds everybody before the rush; a small one, for what waits for ARP has little room on a small board.
    lab.clock.after(i * 5 * MILLISECOND, () =>
      board.controller.network.ping(next, { size: 18, sequence: sequence++ }, again),
    )
  }
  lab.runFor(SECOND)
  const crossed = () => lab.cables.reduce((sum, { counters }) => sum + counters.frames, 0)
  const before = crossed()
  const seconds = processorTime(() => lab.runFor((10 * SECOND) / count))
  // Each frame crosses two cables.
  return (2 * seconds * 1e6) / (crossed() - before)
}

function switchFigure(what: string, cost: (count: number) => number): BenchFigure {
  const few: number[] = []
  const many: number[] = []
  for (let run = 0; run < RUNS; run++) {
    few.push(cost(2))
    many.push(cost(100))
  }
  const value = medianOf(many)
  const peer = medianOf(few)
  return {
    name: `switch, 100 ${what}`,
    value,
    unit: 'us/frame',
    against: `2 of them (${peer.toPrecision(3)} us/frame)`,
    ratio: value / peer,
    aim: '1.5 or less',
  }
}

function waveformFigure(): BenchFigure {
  const octets = withFcs(new Uint8Array(1514).fill(0x5a))
  const random = new SeededRandom(1)
  const draw = () => frameWaveform({ octets, bits: 64 + 1518 * 8 }, { noise: 0.05, random })
  draw()
  const value = medianOf(Array.from({ length: 9 }, () => timed(draw).seconds * 1e3))
  return {
    name: 'waveform of 1518 octets at 200 MS/s',
    value,
    unit: 'ms',
    against: 'the limit of 50 ms',
    ratio: value / 50,
    aim: '1 or less',
  }
}

export const wire: Benchmark = {
  name: 'wire',
  run: () => [
    switchFigure('cards, 256-octet frames', costOfFrame),
    // Ethernet, IPv4, ICMP and FCS are 46 octets around the data.
    ...[18, 200, 1472].map((octets) =>
      switchFigure(`boards, ${octets + 46}-octet frames`, (count) => costOfBoardsFrame(count, octets)),
    ),
    waveformFigure(),
  ],
}
