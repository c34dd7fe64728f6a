/**
 * What shows only in one long sitting, or behind a rest: most checks set the chip up anew and send a few frames, and would mend by that what
 * goes wrong in between.
 */
import { Batch } from '../../../firmware/enc28j60/access.js'
import { transmitStart } from '../../../firmware/enc28j60/initialise.js'
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { BoardCheck } from '../context.js'
import { RESTED, SITTING } from '../figures/mac.js'
import { FrameBench, type FrameCount, frameTime, OURS, resetTransmitter } from '../frame-bench.js'
import { ECHO_HEADERS } from '../frames.js'
import { measure } from '../measure.js'
import { pause } from '../probe.js'
import { echoToPeer, introduce, withoutPeer } from './peer.js'

/** Octets of the shortest frame, FCS included (IEEE 802.3 3.2.7). */
const SHORTEST = 64
const DATA = SHORTEST - 4 - ECHO_HEADERS
const ANSWER_LIMIT = 30 * MILLISECOND

const MOST_ECHOES = 100
const LEAST_ECHOES = 20
/** Symbols a second for each echo: on a slow line a sitting has fewer. */
const BAUD_AN_ECHO = 576
/** Of a transmission that has neither ended nor been given up by then nothing is heard any more: deferring ends after 2.4 ms (DS39662 7.1), backing off after 0.4 s at the worst. */
const STALLED = 400 * MILLISECOND
const LOOK = 2 * MILLISECOND

/** As a driver has it. (OURS without its one filter would let everything in, DS39662 8.0: that it is lost would not be seen.) */
const AS_A_DRIVER = { ...OURS, multicast: true }

const { ECON1, EIR, ESTAT } = BITS

/**
 * Sends what lies in transmit memory, and touches nothing of the transmitter before: a reset would set going again what stands still.
 * @returns whether it came to an end, good or bad
 */
function* sendAsItIs(bench: FrameBench, length: number): SpiProgram<boolean> {
  yield* new Batch(bench.access)
    .clear('EIR', EIR.TXIF | EIR.TXERIF)
    .clear('ESTAT', ESTAT.LATECOL | ESTAT.TXABRT)
    .writePair('ETXND', transmitStart(bench.config) + length)
    .set('ECON1', ECON1.TXRTS)
    .run()
  yield* pause(frameTime(length + 4))
  for (let waited = 0; waited <= STALLED; waited += LOOK) {
    const batch = new Batch(bench.access)
    const eir = batch.read('EIR')
    const econ1 = batch.read('ECON1')
    yield* batch.run()
    const gaveUp = (eir.value & EIR.TXERIF) !== 0
    // What was given up may leave the transmitter stalled (DS80349C 12).
    if (gaveUp) yield* resetTransmitter(new Batch(bench.access)).run()
    if (gaveUp || (eir.value & EIR.TXIF) !== 0 || (econ1.value & ECON1.TXRTS) === 0) return true
    yield* pause(LOOK)
  }
  yield* resetTransmitter(new Batch(bench.access)).run()
  return false
}

/** A hundred echoes without setting the chip up again: what wears off, and what comes to a stand, shows. */
const sitting: BoardCheck = {
  id: 'mac.sitting',
  layer: 'mac',
  reference: 'DS39662 7.1 (TXRTS is cleared when a transmission has ended), 8.0 and 7.2.4; RFC 2544 26.3 (frame loss)',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const { chip, network, serial } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = new FrameBench(network.chip)
    const request = echoToPeer(network, { identifier: 0x4c70, sequence: 1, data: new Uint8Array(DATA) })
    const echoes = Math.min(MOST_ECHOES, Math.max(LEAST_ECHOES, Math.floor(serial.baud / BAUD_AN_ECHO)))
    const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
    const stalled = await chip.run(
      (function* (): SpiProgram<number> {
        yield* bench.begin(AS_A_DRIVER)
        yield* introduce(bench, network)
        let stalled = 0
        for (let echo = 0; echo < echoes; echo++) {
          if (echo === 0) yield* bench.transmit(request)
          else if (!(yield* sendAsItIs(bench, request.length))) stalled++
          yield* pause(frameTime(SHORTEST))
          // One that does not come is not waited for as long as a slow partner may take: it is counted with the next.
          yield* bench.count(5 * MILLISECOND, count)
        }
        yield* bench.count(ANSWER_LIMIT, count)
        yield* bench.begin(OURS)
        return stalled
      })(),
    )
    const heard = count.good + count.wrongFcs + count.otherwiseBad
    return {
      measurements: [
        measure(SITTING.stalled, stalled),
        measure(SITTING.lost, Math.max(0, echoes - heard), { max: Math.floor(echoes * LOST_SHARE) }),
        measure(SITTING.echoes, echoes),
      ],
    }
  },
}

/** Beside others who talk a frame is lost now and then; of what this is about most are. */
const LOST_SHARE = 0.15

const REST = 250 * MILLISECOND
const RESTS = 3

/** The first frame behind a rest, each way: what has to wake loses it. */
const rested: BoardCheck = {
  id: 'mac.after-rest',
  layer: 'mac',
  reference: 'IEEE 802.3 14.2.1.1 and 14.3.1.2.1 (10BASE-T sends the first frame behind idle as any other); RFC 792',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const { chip, network } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = new FrameBench(network.chip)
    const request = echoToPeer(network, { identifier: 0x4c71, sequence: 1, data: new Uint8Array(DATA) })
    const seen = await chip.run(
      (function* (): SpiProgram<{ first: number; second: number }> {
        yield* bench.begin(OURS)
        yield* introduce(bench, network)
        yield* bench.transmit(request)
        yield* bench.count(ANSWER_LIMIT, { good: 0, wrongFcs: 0, otherwiseBad: 0 })
        const first: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
        const second: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
        for (let rest = 0; rest < RESTS; rest++) {
          yield* pause(REST)
          for (const count of [first, second]) {
            yield* bench.again(request.length)
            yield* bench.count(ANSWER_LIMIT, count)
          }
        }
        yield* bench.begin(OURS)
        return { first: first.good, second: second.good }
      })(),
    )
    return {
      measurements: [
        measure(RESTED.first, seen.first),
        measure(RESTED.second, seen.second),
        measure(RESTED.rests, RESTS),
      ],
    }
  },
}

export const SITTING_CHECKS: readonly BoardCheck[] = [rested, sitting]
