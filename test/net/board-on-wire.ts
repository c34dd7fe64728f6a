/**
 * A simulated board behind a pseudo-terminal, its cable plugged into an interface of this computer: run in a namespace, by a test. Prints the
 * path of the pseudo-terminal, and goes on until it is killed.
 */
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { Station } from '../../boards/ethernet/station.js'
import { KernelInterface } from '../../host/node/network/interface-facts.js'
import { PacketSocket } from '../../host/node/network/packet-socket.js'
import { serveModel } from '../../host/node/serial/served-board.js'

const [name, ...faults] = process.argv.slice(2)
const served = await serveModel(findBoard('uno'), { seed: 1, faults })
const { board, cable, lab } = served.bench
const socket = new PacketSocket(name, new KernelInterface(name).index)
// A card that takes every frame on the cable, and gives it every frame of the interface: a media converter
const station = new Station({
  clock: lab.clock,
  random: lab.random.fork('wire'),
  address: Uint8Array.of(2, 0, 0, 0, 0, 0x77),
  name,
  promiscuous: true,
})
cable.unplug()
cable.plug(board.port, station.port)
station.handleFrame = (frame) => void socket.send(frame)
const look = (): void => {
  for (let frame = socket.receive(); frame !== undefined; frame = socket.receive()) {
    const copy = frame.slice()
    served.enter(() => station.send(copy))
  }
}
setInterval(look, 1)
console.log(served.path)
