/**
 * A whole board under saturated full-duplex traffic: driver, SPI, chip, wire and a partner that sends as fast as the wire
 * allows, while the board does the same. How many virtual seconds pass in a real one?
 */

import { createBareLab } from '../../boards/lab.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { type BenchFigure, type Benchmark, medianOf, timed } from './figure.js'

export interface Traffic {
  /** Virtual seconds per real second. */
  readonly speed: number
  /** Frames each way per virtual second, and the most the wire can carry. */
  readonly toBoard: number
  readonly fromBoard: number
  readonly wire: number
  /** Frames that came to the board and were not delivered, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  readonly findings: number
}

/**
 * @param octets of a frame on the wire, FCS included; @param timedBus whether SPI takes its time (8 MHz);
 * @param seconds of virtual time to measure.
 */
function chipTraffic(octets: number, timedBus: boolean, seconds: number): Traffic {
  const lab = createBareLab({ seed: 1 })
  const board = lab.addBoard('uno', { timedBus, driver: { fullDuplex: true } })
  const peer = lab.addHost({ address: '192.168.7.1/24', duplex: 'full' })
  lab.connect(board.port, peer.port)
  if (!lab.runUntil(() => board.state.matches({ on: { link: 'up' } }) && peer.network.linkUp, 3 * SECOND)) {
    throw new Error('the link did not come up')
  }
  const { device } = board.controller
  const { station } = peer
  const frame = (to: Uint8Array, from: Uint8Array) => {
    const result = new Uint8Array(octets - 4)
    result.set(to)
    result.set(from, 6)
    result.set([0x88, 0xb5], 12) // local experimental EtherType (IEEE 802)
    return result
  }
  const down = frame(device.address, station.address)
  const up = frame(station.address, device.address)
  let toBoard = 0
  let fromBoard = 0
  device.handleFrame = () => toBoard++
  station.handleFrame = () => fromBoard++
  device.onSent(() => device.send(up))
  station.onSent(() => station.send(down))
  for (let i = 0; i < 4; i++) {
    device.send(up)
    station.send(down)
  }
  lab.runFor(seconds * SECOND * 0.2) // the engine has compiled what it will use
  toBoard = fromBoard = 0
  const { seconds: real } = timed(() => lab.runFor(seconds * SECOND))
  return {
    speed: seconds / real,
    toBoard: toBoard / seconds,
    fromBoard: fromBoard / seconds,
    wire: 1e9 / ((octets + 8) * 800 + 9_600),
    dropped: device.dropped,
    findings: board.chip.findings.length,
  }
}

const RUNS = 3

function figure(octets: number, timedBus: boolean, aim?: string): BenchFigure {
  const runs = Array.from({ length: RUNS }, () => chipTraffic(octets, timedBus, octets > 1000 ? 20 : 2))
  const speed = medianOf(runs.map((run) => run.speed))
  const { toBoard, fromBoard, wire } = runs[0]
  const load = `${Math.round(toBoard)} frames/s in and ${Math.round(fromBoard)} out of ${Math.round(wire)} the wire carries`
  return {
    name: `board, ${octets}-octet frames, ${timedBus ? 'SPI at 8 MHz' : 'untimed SPI'}`,
    value: speed,
    unit: 'virtual s/s',
    against: `real time (1), with ${load}`,
    ratio: speed,
    ...(aim === undefined ? {} : { aim }),
  }
}

export const boardTraffic: Benchmark = {
  name: 'board-traffic',
  run: () => [figure(1518, false, '50 or more'), figure(64, false, '10 or more'), figure(1518, true), figure(64, true)],
}
