/** A TAP device of the kernel as a jack of a lab, and the cable of a simulated board plugged into it. */
import type { EthernetPort } from '../../../boards/ethernet/port.js'
import { Station } from '../../../boards/ethernet/station.js'
import type { Bench } from '../../../boards/faults/bench.js'
import type { Lab } from '../../../boards/lab.js'
import { failure } from '../../network/uplink.js'
import type { PluggedCable } from './board-uplink.js'
import { stationAddress, TapDevice } from './tap-device.js'

/** A jack whose cable ends in the kernel. */
export interface TapJack extends PluggedCable {
  readonly port: EthernetPort
}

/**
 * Puts a TAP device into a lab.
 * @param enter hands something from outside to the simulation, at the present instant
 * @throws TapError when the device cannot be opened
 */
export function tapJack(
  { clock, random }: Pick<Lab, 'clock' | 'random'>,
  name: string,
  enter: (input: () => void) => void,
): TapJack {
  const { failed, fail } = failure()
  const tap = new TapDevice(name)
  tap.tap.onError(fail)
  // A card that takes every frame on the cable, and gives it every frame of the kernel: a media converter
  const station = new Station({
    clock,
    random: random.fork('tap'),
    address: stationAddress(`${name} converter`),
    name,
    promiscuous: true,
  })
  tap.handleFrame = (frame) => enter(() => station.send(frame))
  station.handleFrame = (frame) => tap.send(frame)
  return { port: station.port, failed, close: () => tap.close() }
}

/** Plugs the board's end of the bench's cable into a TAP device, in place of the bench's own host: as `tapJack`. */
export function plugIntoTap(
  { board, cable, lab }: Bench,
  name: string,
  enter: (input: () => void) => void,
): PluggedCable {
  const jack = tapJack(lab, name, enter)
  cable.unplug()
  cable.plug(board.port, jack.port)
  return jack
}
