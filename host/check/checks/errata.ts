/** Errata that this very silicon shows, as far as they can be seen without doing what the data sheet forbids. */
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { UNSPECIFIED } from '../../../firmware/net/address.js'
import type { BoardCheck } from '../context.js'
import { MAC_FIGURES } from '../figures/mac.js'
import { FrameBench, OURS } from '../frame-bench.js'
import { arpRequest } from '../frames.js'
import { measure } from '../measure.js'
import { fresh, pause } from '../probe.js'
import { introduce, withoutPeer } from './peer.js'

const LOADS = 32
const LOOKS = 32
/** Where the receive buffer is put while nothing is received: anywhere but at 0000h. */
const START = 0x0400

interface Pointers {
  /** Loads of ERXST after which the write pointer was where it was put, or 0000h; the second alone. */
  readonly taken: number
  readonly zero: number
}

interface Shown {
  readonly pointers: Pointers
  /** Looks at EIR, with a packet waiting by EPKTCNT, that found PKTIF clear; and how many there were. */
  readonly hidden: number
  readonly looks: number
}

/** ERXST is written again and again while the receiver is off, and what the write pointer is then is read. */
function* loadPointers(): SpiProgram<Pointers> {
  let taken = 0
  let zero = 0
  yield* fresh().clear('ECON1', BITS.ECON1.RXEN).run()
  for (let load = 0; load < LOADS; load++) {
    const batch = fresh().writePair('ERXST', START)
    const pointer = batch.readPair('ERXWRPT')
    yield* batch.run()
    if (pointer.value === 0) zero++
    if (pointer.value === 0 || pointer.value === START) taken++
  }
  return { taken, zero }
}

function* lookForPackets(): SpiProgram<{ hidden: number; looks: number }> {
  let hidden = 0
  let looks = 0
  for (let look = 0; look < LOOKS; look++) {
    const batch = fresh()
    const count = batch.read('EPKTCNT')
    const flags = batch.read('EIR')
    yield* batch.run()
    if (count.value === 0) continue
    looks++
    if ((flags.value & BITS.EIR.PKTIF) === 0) hidden++
  }
  return { hidden, looks }
}

const errata: BoardCheck = {
  id: 'mac.errata',
  layer: 'mac',
  reference: 'DS80349C 5 (receive write pointer loaded with 0000h) and 6 (EIR.PKTIF not set although packets wait)',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const { chip, network } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = new FrameBench(network.chip)
    const shown = await chip.run(
      (function* (): SpiProgram<Shown> {
        const pointers = yield* loadPointers()
        yield* bench.begin(OURS)
        yield* introduce(bench, network)
        // Its answer is left where it is.
        yield* bench.transmit(arpRequest(network.chip.address, UNSPECIFIED, network.peer))
        yield* pause(50 * MILLISECOND)
        const packets = yield* lookForPackets()
        yield* bench.begin(OURS)
        return { pointers, ...packets }
      })(),
    )
    const figures = MAC_FIGURES['mac.errata']
    return {
      measurements: [
        measure(figures.pointerZero, shown.pointers.zero),
        measure(figures.loads, shown.pointers.taken, { min: LOADS }),
        measure(figures.packetsHidden, shown.hidden),
        measure(figures.looks, shown.looks),
      ],
    }
  },
}

export const ERRATA_CHECKS: readonly BoardCheck[] = [errata]
