/** Two echo requests close behind each other: whether their answers come in the same order. */
import { Batch } from '../../../firmware/enc28j60/access.js'
import { transmitStart } from '../../../firmware/enc28j60/initialise.js'
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { BoardCheck, CheckContext } from '../context.js'
import { CLOSE_BEHIND, MAC_FIGURES } from '../figures/mac.js'
import { FrameBench, OURS, resetTransmitter } from '../frame-bench.js'
import { echoReply } from '../frames.js'
import { measure } from '../measure.js'
import { PASSING, runPaced, UNPACED } from './pacing.js'
import { echoToPeer, introduce, withoutPeer } from './peer.js'

const MOST_ROUNDS = 12
const LEAST_ROUNDS = 3
/** Symbols a second for each round: a slow line takes its time over every one. */
const BAUD_A_ROUND = 9_600
const IDENTIFIER = 0x4c57
/** From the first request to the second, ns: one of 64 octets is out after 67.2 µs, the gap behind it included. */
const APART = 700_000
/** From the first of the two in transmit memory to the second: frame, control octet and status vector (DS39662 7.1). */
const SECOND_AT = 0x80
/** Nothing on the way holds a frame back for longer, and lets another pass. */
const ANSWER_LIMIT = 30 * MILLISECOND

interface Order {
  answers: number
  /** Rounds in which both came, the second of the two first. */
  overtaken: number
  /** Rounds in which both came. */
  whole: number
}

function* ask(bench: FrameBench, length: number, padding: number): SpiProgram<void> {
  const start = transmitStart(bench.config)
  yield* resetTransmitter(new Batch(bench.access))
    .writePair('ETXST', start)
    .writePair('ETXND', start + length)
    .writePair('EWRPT', PASSING)
    .run()
  const batch = new Batch(bench.access).set('ECON1', BITS.ECON1.TXRTS).writeBuffer(new Uint8Array(padding))
  // On a busy line the first may still wait: it is given up, for nothing may be changed under it (DS39662 7.1), and the round does not count.
  yield* resetTransmitter(batch)
    .writePair('ETXST', start + SECOND_AT)
    .writePair('ETXND', start + SECOND_AT + length)
    .set('ECON1', BITS.ECON1.TXRTS)
    .run()
}

function* inRounds(
  bench: FrameBench,
  requests: readonly Uint8Array[],
  padding: number,
  rounds: number,
): SpiProgram<Order> {
  const start = transmitStart(bench.config)
  for (const [index, request] of requests.entries()) {
    // A control octet of 0 has the settings of MACON3 apply (DS39662 7.1).
    yield* new Batch(bench.access)
      .writePair('EWRPT', start + index * SECOND_AT)
      .writeBuffer(Uint8Array.of(0, ...request))
      .run()
  }
  const seen: Order = { answers: 0, overtaken: 0, whole: 0 }
  for (let round = 0; round < rounds; round++) {
    yield* ask(bench, requests[0].length, padding)
    const heard: number[] = []
    yield* bench.waitFor(ANSWER_LIMIT, (frame) => {
      const reply = echoReply(frame)
      if (reply?.identifier === IDENTIFIER) heard.push(reply.sequence)
      return heard.length < requests.length ? undefined : true
    })
    seen.answers += heard.length
    if (heard.length < requests.length) continue
    seen.whole++
    if (heard[0] > heard[1]) seen.overtaken++
  }
  yield* new Batch(bench.access).clear('ECON1', BITS.ECON1.TXRTS).writePair('ETXST', start).run()
  return seen
}

/** Asks in rounds, as often as the serial line lets it. @returns undefined where SCK of this board comes to no right time */
async function askInRounds(context: CheckContext): Promise<(Order & { readonly rounds: number }) | undefined> {
  const { chip, network, serial } = context
  const bench = new FrameBench(network.chip)
  const { clock } = await chip.interface()
  const requests = [1, 2].map((sequence) =>
    echoToPeer(network, { identifier: IDENTIFIER, sequence, data: new Uint8Array(18) }),
  )
  const rounds = Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, Math.floor(serial.baud / BAUD_A_ROUND)))
  await chip.run(bench.begin(OURS))
  await chip.run(introduce(bench, network))
  const seen = await runPaced(context, clock, APART, (padding) => inRounds(bench, requests, padding, rounds))
  return seen === undefined ? undefined : { ...seen, rounds }
}

const order: BoardCheck = {
  id: 'mac.order',
  layer: 'mac',
  reference: 'IEEE 802.1Q 6.5.3 (frames of one conversation are not reordered); RFC 4737 (packet reordering)',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const seen = await askInRounds(context)
    if (seen === undefined) return UNPACED
    const figures = MAC_FIGURES['mac.order']
    return {
      measurements: [
        measure(figures.overtaken, seen.overtaken),
        measure(figures.whole, seen.whole),
        measure(figures.answers, seen.answers),
        measure(figures.rounds, seen.rounds),
      ],
    }
  },
}

/** With fewer rounds a line that others use may spoil all of them. */
const FEWEST_JUDGED = 10
/** Rounds in which the first of the two is answered, and so many with both where nothing is wrong with the second. */
const FEWEST_ANSWERED = 6

/** What is deaf for a while behind a frame loses the second of two, each time: by chance both are lost as often. */
const closeBehind: BoardCheck = {
  id: 'mac.close-behind',
  layer: 'mac',
  reference:
    'IEEE 802.3 4.4.2 (a station is ready for the next frame 9.6 µs later); RFC 2544 26.4 (back-to-back frames)',
  needs: ['mac.receive'],
  after: ['mac.order'],
  timed: 'check',
  async run(context) {
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const seen = await askInRounds(context)
    if (seen === undefined) return UNPACED
    const judged = seen.rounds >= FEWEST_JUDGED && seen.answers >= FEWEST_ANSWERED
    return {
      measurements: [
        measure(CLOSE_BEHIND.whole, seen.whole, judged ? { min: 1 } : {}),
        measure(CLOSE_BEHIND.answers, seen.answers),
        measure(CLOSE_BEHIND.rounds, seen.rounds),
      ],
    }
  },
}

export const ORDER_CHECKS: readonly BoardCheck[] = [order, closeBehind]
