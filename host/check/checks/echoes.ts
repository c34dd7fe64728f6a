/** Echoes of every size and in rows, and who else has our address. */
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { type MacAddress, UNSPECIFIED } from '../../../firmware/net/address.js'
import type { BoardCheck, CheckContext } from '../context.js'
import { CONFLICT, MAC_FIGURES } from '../figures/mac.js'
import { NETWORK_FIGURES } from '../figures/network.js'
import { FrameBench, type FrameCount, frameTime, OURS } from '../frame-bench.js'
import { arpReply, arpRequest, ECHO_HEADERS } from '../frames.js'
import { measure, median, milliseconds } from '../measure.js'
import { pause } from '../probe.js'
import type { Outcome } from '../types.js'
import { bridgeTime } from './bridge-time.js'
import { echoToPeer, introduce, withoutPeer } from './peer.js'

type EchoId = 'mac.echo-short' | 'mac.echo-odd' | 'mac.echo-long'

const PROBES = 3

/** Nobody may answer a probe for the address that we use (RFC 5227 2.1.1), nor send in the name of our station. */
const conflict: BoardCheck = {
  id: 'mac.address-conflict',
  layer: 'mac',
  reference: 'RFC 5227 2.1.1 (three probes) and 2.4; IEEE 802.3 3.2.3 (an individual address is one station’s)',
  needs: ['phy.link'],
  async run({ chip, network }) {
    const bench = new FrameBench(network.chip)
    const found = await chip.run(
      (function* (): SpiProgram<{ address: number; station: number; otherwise: number }> {
        let address = 0
        let station = 0
        let otherwise = 0
        const probe = function* (from: MacAddress): SpiProgram<void> {
          yield* bench.transmit(arpRequest(from, UNSPECIFIED, network.address))
          yield* bench.waitFor(30 * MILLISECOND, (frame) => {
            if (arpReply(frame)?.senderAddress === network.address) address++
            if (network.chip.address.every((octet, index) => frame[6 + index] === octet)) station++
            return undefined
          })
        }
        yield* bench.begin(OURS)
        for (let each = 0; each < PROBES; each++) yield* probe(network.chip.address)
        // A partner with our station address takes what we send for its own, and answers only who is somebody else. A probe has no
        // sender's address, so nobody notes this one (RFC 5227 2.1.1).
        // So does a third station that has our IP address as well.
        yield* bench.begin({ ...OURS, promiscuous: true })
        yield* probe(SOMEBODY_ELSE)
        for (let each = 0; each < PROBES; each++) {
          yield* bench.transmit(arpRequest(SOMEBODY_ELSE, UNSPECIFIED, network.peer))
          const answer = yield* bench.waitFor(30 * MILLISECOND, (frame) =>
            arpReply(frame)?.senderAddress === network.peer ? frame : undefined,
          )
          if (answer !== undefined) otherwise++
        }
        yield* bench.begin(OURS)
        return { address, station, otherwise }
      })(),
    )
    return {
      measurements: [
        measure(CONFLICT.address, found.address),
        measure(CONFLICT.station, found.station),
        measure(CONFLICT.otherwise, found.otherwise),
        measure(CONFLICT.probes, PROBES),
      ],
    }
  },
}

/** A station address of our own making (IEEE 802.3 3.2.3: the locally administered bit is set). */
const SOMEBODY_ELSE = Uint8Array.of(0x02, 0x4c, 0x50, 0x00, 0x00, 0x02)

const ECHOES = 12
/** What a board alone on a good wire never loses, and one beside a station that talks may lose now and then. */
const LOST_LIMIT = 1

/** Echoes of one size, one at a time: how many are lost, damaged, and how long they take on the wire and at the partner. */
async function echoesOf(context: CheckContext, id: EchoId, size: number, identifier: number): Promise<Outcome> {
  const { chip, clock, network } = context
  const missing = withoutPeer(context)
  if (missing !== undefined) return missing
  const bench = new FrameBench(network.chip)
  const request = echoToPeer(network, {
    identifier,
    sequence: 1,
    data: Uint8Array.from({ length: size - 4 - ECHO_HEADERS }, (_, index) => (index & 1 ? 0x55 : index & 0xff)),
  })
  const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
  const trips: number[] = []
  const repeated = await chip.run(
    (function* (): SpiProgram<number> {
      yield* bench.begin(OURS)
      yield* introduce(bench, network)
      yield* bench.begin({ ...OURS, discardBadFcs: false })
      let repeated = 0
      for (let echo = 0; echo < ECHOES; echo++) {
        const started = clock.now
        if (echo === 0) yield* bench.transmit(request)
        else repeated += yield* bench.again(request.length)
        yield* pause(frameTime(size))
        if ((yield* bench.count(10 * MILLISECOND, count)) !== undefined) trips.push(clock.now - started)
      }
      yield* bench.begin(OURS)
      return repeated
    })(),
  )
  const figures = MAC_FIGURES[id]
  return {
    measurements: [
      measure(figures.lost, Math.max(0, ECHOES - count.good - count.wrongFcs - count.otherwiseBad), {
        max: LOST_LIMIT,
      }),
      measure(figures.wrongFcs, count.wrongFcs + count.otherwiseBad),
      measure(figures.median, trips.length === 0 ? null : milliseconds(median(trips)!)),
      measure(figures.repeated, repeated),
      measure(figures.echoes, ECHOES),
    ],
  }
}

const SIZES: Readonly<Record<EchoId, number>> = { 'mac.echo-short': 64, 'mac.echo-odd': 333, 'mac.echo-long': 1518 }

const BY_SIZE: readonly BoardCheck[] = (Object.keys(SIZES) as EchoId[]).map((id, index) => ({
  id,
  layer: 'mac',
  reference: 'RFC 792 (echo); RFC 2544 26.1 and 9.1 (loss and latency by frame size); IEEE 802.3 3.2.7',
  needs: ['mac.receive'],
  // The shortest get through most, the longest least: what is between tells nothing that these do not.
  ...(id === 'mac.echo-odd' ? {} : { watched: 'quick' }),
  timed: 'check',
  run: (context) => echoesOf(context, id, SIZES[id], 0x4c60 + index),
}))

const MOST_IN_A_ROW = 8
const LEAST_IN_A_ROW = 3
/** The partner asks for us again so long before it forgets us (RFC 1122 2.3.2.1), and our answer waits behind the row. */
const ROW_LIMIT = 9 * SECOND

/** Echoes in a row without waiting, from the stack: what a queue on the way loses. */
const row: BoardCheck = {
  id: 'network.ping-row',
  layer: 'network',
  reference: 'RFC 792; RFC 2544 26.4 (back-to-back frames)',
  needs: ['network.arp'],
  timed: 'check',
  async run(context) {
    const { network } = context
    const bridge = bridgeTime(context, 32)
    const inARow = Math.min(MOST_IN_A_ROW, Math.max(LEAST_IN_A_ROW, Math.floor(ROW_LIMIT / bridge)))
    const { controller } = await network.startController()
    const results = await Promise.all(
      Array.from(
        { length: inARow },
        (_, index) =>
          new Promise<boolean>((resolve) => {
            const options = { size: 32, sequence: 100 + index, timeLimit: 6 * SECOND + 2 * inARow * bridge }
            controller.network.ping(network.peer, options, ({ ok }) => resolve(ok))
          }),
      ),
    )
    const answered = results.filter((ok) => ok).length
    const figures = NETWORK_FIGURES['network.ping-row']
    return {
      measurements: [
        measure(figures.answered, answered, network.peerStation === undefined ? {} : { min: inARow - 1 }),
        measure(figures.echoes, inARow),
      ],
    }
  },
}

export const ECHO_CHECKS: readonly BoardCheck[] = [conflict, ...BY_SIZE]
export const ROW_CHECKS: readonly BoardCheck[] = [row]
