/** The cable of a simulated board plugged into a TAP device of the kernel. */
import { Station } from '../../../boards/ethernet/station.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { failure } from '../../network/uplink.js'
import { stationAddress, TapDevice } from './tap-device.js'

export interface TapCable {
  /** Rejects when the device is lost. */
  readonly failed: Promise<never>
  close(): void
}

/**
 * Plugs the board's end of the bench's cable into a TAP device, in place of the bench's own host.
 * @param enter hands something from outside to the simulation, at the present instant
 * @throws TapError when the device cannot be opened
 */
export function plugIntoTap(bench: Bench, name: string, enter: (input: () => void) => void): TapCable {
  const { board, cable, lab } = bench
  const { failed, fail } = failure()
  const tap = new TapDevice(name)
  tap.tap.onError(fail)
  // A card that takes every frame on the cable, and gives it every frame of the kernel: a media converter
  const station = new Station({
    clock: lab.clock,
    random: lab.random.fork('tap'),
    address: stationAddress(`${name} converter`),
    name,
    promiscuous: true,
  })
  cable.unplug()
  cable.plug(board.port, station.port)
  tap.handleFrame = (frame) => enter(() => station.send(frame))
  station.handleFrame = (frame) => tap.send(frame)
  return { failed, close: () => tap.close() }
}
