/**
 * A wire between two TAP devices that loses, repeats, overtakes and changes frames both ways, as `net up --impair` has it between the kernel
 * and our stack: what two kernels are compared on.
 *
 *   npx tsx test/net/bad-wire.ts NAME NAME IMPAIRMENTS SEED        runs until it is ended; says `ready` when both devices are there
 */
import { SeededRandom } from '../../boards/simulation/random.js'
import { impairedWire, parseImpairments } from '../../host/network/impaired-wire.js'
import { TapDevice } from '../../host/node/network/tap-device.js'
import { RealClock } from '../../host/serial/real-clock.js'

const [near, far, impairments, seed] = process.argv.slice(2)
const clock = new RealClock()
const random = new SeededRandom(Number(seed)).fork('wire')
const taps = [new TapDevice(near), new TapDevice(far)]
const wire = impairedWire(taps[0], clock, random, parseImpairments(impairments))
taps[0].onArrival(() => clock.refresh())
taps[1].onArrival(() => clock.refresh())
wire.handleFrame = (frame) => void taps[1].send(frame)
taps[1].handleFrame = (frame) => void wire.send(frame)
console.log('ready')
