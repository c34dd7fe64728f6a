/** Frames under load, with any partner that answers echo requests: nothing is asked of it but that. */
import { duplexSettings, transmitStart } from '../../../firmware/enc28j60/initialise.js'
import { readLineStatus, writePhy } from '../../../firmware/enc28j60/phy.js'
import { BITS, PHY_BITS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { BoardCheck, CheckContext } from '../context.js'
import { FLOOD, HEARD, MAC_FIGURES } from '../figures/mac.js'
import { FrameBench, type FrameCount, frameTime, OURS } from '../frame-bench.js'
import { measure } from '../measure.js'
import { fresh, pause } from '../probe.js'
import { PASSING, runPaced, UNPACED } from './pacing.js'
import { echoToPeer, introduce, withoutPeer } from './peer.js'

function echoes({ network }: CheckContext, identifier: number, octets: number): Uint8Array {
  return echoToPeer(network, {
    identifier,
    sequence: 1,
    data: Uint8Array.from({ length: octets }, (_, index) => (index * 73 + 5) & 0xff),
  })
}

const FLOOD_ROUNDS = 10
/** Octets of data: 1,246 on the wire, 1 ms, which leaves transmit memory for what is written to pass the time. */
const FLOOD_DATA = 1200
/** From the first request to the second, in nanoseconds: the first is out by then, and its answer is on the wire until 2.02 ms. */
const APART = 1_200_000
/** Rounds out of ten that may look so by chance: an answer that had ended the moment we began. */
const CLEAN_BY_CHANCE = 3

/** The MAC and the PHY of one duplex; the link stays as it is. */
function* setDuplex(bench: FrameBench, full: boolean): SpiProgram<void> {
  const { access } = bench
  yield* fresh().clear('ECON1', BITS.ECON1.RXEN).run()
  const settings = fresh()
  for (const [name, value] of duplexSettings(full)) settings.write(name, value)
  yield* settings.run()
  yield* writePhy(access, 'PHCON1', full ? PHY_BITS.PHCON1.PDPXMD : 0)
}

/**
 * Two requests, the second while the answer to the first comes in.
 * @returns whether the answer came in when the second request began
 */
function* overlapping(bench: FrameBench, length: number, padding: number): SpiProgram<boolean> {
  const start = transmitStart(bench.config)
  yield* fresh()
    .clear('EIR', BITS.EIR.TXIF | BITS.EIR.TXERIF)
    .clear('ESTAT', BITS.ESTAT.LATECOL | BITS.ESTAT.TXABRT)
    .writePair('ETXST', start)
    .writePair('ETXND', start + length)
    .writePair('EWRPT', PASSING)
    .run()
  const batch = fresh()
  batch.set('ECON1', BITS.ECON1.TXRTS).writeBuffer(new Uint8Array(padding))
  batch.clear('EIR', BITS.EIR.TXIF | BITS.EIR.TXERIF)
  // Before the second begins: behind it, on a slow SCK, an end that noticed the collision has long stopped.
  const before = batch.read('ESTAT')
  batch.set('ECON1', BITS.ECON1.TXRTS)
  yield* batch.run()
  return (before.value & BITS.ESTAT.RXBUSY) !== 0
}

interface Flood {
  readonly overlaps: number
  readonly clean: number
  readonly answers: number
  readonly damaged: number
}

function* floodWith(bench: FrameBench, length: number, padding: number): SpiProgram<Flood> {
  const seen = { overlaps: 0, clean: 0, answers: 0, damaged: 0 }
  for (let round = 0; round < FLOOD_ROUNDS; round++) {
    const overlaps = yield* overlapping(bench, length, padding)
    const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
    for (let frame = 0; frame < 4; frame++) if ((yield* bench.count(4 * MILLISECOND, count)) === undefined) break
    const damaged = count.wrongFcs + count.otherwiseBad
    seen.answers += count.good
    seen.damaged += damaged
    if (!overlaps) continue
    seen.overlaps++
    if (damaged === 0 && count.good === 2) seen.clean++
  }
  return seen
}

/**
 * Two ends that both send: in half duplex that is a collision, and something is lost; in full duplex both arrive. The chip is set to full
 * duplex for as long, asks for an echo, and sends the next request while the answer comes in. Nothing is asked of the partner but echoes,
 * and a partner that did not collide then will not wait for us either when we are in half duplex again.
 */
const flood: BoardCheck = {
  id: 'mac.duplex-flood',
  layer: 'mac',
  reference:
    'IEEE 802.3 4.2.3.2 and 14.2.1.4 (who receives while sending has collided) and 28.2.3.1 (parallel detection is half duplex); DS39662 6.6',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const { chip, network } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = new FrameBench(network.chip)
    const { clock } = await chip.interface()
    const request = echoes(context, 0x4c54, FLOOD_DATA)
    let found: Flood | undefined
    try {
      await chip.run(bench.begin(OURS))
      await chip.run(introduce(bench, network))
      await chip.run(bench.transmit(request))
      await chip.run(setDuplex(bench, true))
      await chip.run(bench.begin({ ...OURS, discardBadFcs: false }))
      found = await runPaced(context, clock, APART, (padding) => floodWith(bench, request.length, padding))
    } finally {
      await chip.run(setDuplex(bench, network.chip.fullDuplex))
      await chip.run(bench.begin(OURS))
    }
    if (found === undefined) return UNPACED
    return {
      measurements: [
        measure(FLOOD.clean, found.clean, { max: CLEAN_BY_CHANCE }),
        measure(FLOOD.overlaps, found.overlaps),
        measure(FLOOD.answers, found.answers),
        measure(FLOOD.damaged, found.damaged),
        measure(FLOOD.rounds, FLOOD_ROUNDS),
      ],
    }
  },
}

const OVERFLOW_FRAMES = 12
const SMALL_BUFFER = 0x0fff

/** More answers than the receive buffer holds, and nobody reads: the chip must say so, and receive again afterwards. */
const recovery: BoardCheck = {
  id: 'mac.overflow-recovery',
  layer: 'mac',
  reference: 'DS39662 7.2.4 (EIR.RXERIF) and 7.2.3; DS80349C 5, 6 and 14',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const { chip, network } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const small = new FrameBench({ ...network.chip, receiveEnd: SMALL_BUFFER })
    const bench = new FrameBench(network.chip)
    const long = echoes(context, 0x4c55, 700)
    const short = echoes(context, 0x4c56, 32)
    const result = await chip.run(
      (function* () {
        const layout = function* (end: number): SpiProgram<void> {
          yield* fresh().clear('ECON1', BITS.ECON1.RXEN).run()
          yield* fresh()
            .writePair('ERXST', 0)
            .writePair('ERXND', end)
            .writePair('ERXRDPT', end)
            .writePair('ETXST', end + 1)
            .run()
        }
        yield* bench.begin(OURS)
        yield* introduce(bench, network)
        yield* layout(SMALL_BUFFER)
        yield* small.begin(OURS)
        yield* small.errors()
        yield* small.transmit(long)
        for (let frame = 1; frame < OVERFLOW_FRAMES; frame++) {
          yield* small.again(long.length)
          yield* pause(frameTime(long.length + 4))
        }
        yield* pause(5 * MILLISECOND)
        const full = yield* small.errors()
        yield* layout(network.chip.receiveEnd)
        yield* bench.begin(OURS)
        const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
        for (let frame = 0; frame < 6 && count.good === 0; frame++) {
          yield* bench.transmit(short)
          yield* bench.count(20 * MILLISECOND, count)
        }
        const after = yield* bench.errors()
        return { full, after, again: count.good }
      })(),
    )
    const figures = MAC_FIGURES['mac.overflow-recovery']
    return {
      measurements: [
        measure(figures.again, result.again),
        measure(figures.flagged, Number(result.full.overflow)),
        measure(figures.kept, result.full.waiting),
        measure(figures.after, Number(result.after.overflow)),
      ],
    }
  },
}

const LISTEN = 20 * MILLISECOND
const LISTENED = 10

/** Whether anything at all is heard by itself: frames, and that the link holds while nothing is sent. */
const heard: BoardCheck = {
  id: 'mac.heard',
  layer: 'mac',
  reference: 'IEEE 802.3 14.2.1.7 (a link holds by pulses or by frames); DS39662 table 7-3',
  needs: ['phy.link'],
  async run({ chip, network }) {
    const bench = new FrameBench(network.chip)
    const seen = await chip.run(
      (function* (): SpiProgram<FrameCount & { down: number }> {
        const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
        let down = 0
        yield* bench.begin({ ...OURS, unicast: false, broadcast: true, multicast: true })
        for (let look = 0; look < LISTENED; look++) {
          yield* pause(LISTEN)
          yield* bench.count(0, count)
          if (!(yield* readLineStatus(bench.access)).linkUp) down++
        }
        yield* bench.begin(OURS)
        return { ...count, down }
      })(),
    )
    return {
      measurements: [
        measure(HEARD.down, seen.down),
        measure(HEARD.frames, seen.good),
        measure(HEARD.bad, seen.wrongFcs + seen.otherwiseBad),
        measure(HEARD.listened, (LISTEN * LISTENED) / MILLISECOND),
      ],
    }
  },
}

export const LOAD_CHECKS: readonly BoardCheck[] = [heard, flood, recovery]
