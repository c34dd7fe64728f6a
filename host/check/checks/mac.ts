/** Ethernet frames: sent, received, counted and filtered by the chip, answered by whoever is at the other end. */
import { ChipAccess } from '../../../firmware/enc28j60/access.js'
import { DEFAULT_FILTERS } from '../../../firmware/enc28j60/initialise.js'
import { readPhy } from '../../../firmware/enc28j60/phy.js'
import { BITS, PHY_BITS } from '../../../firmware/enc28j60/registers.js'
import type { TransmitOutcome } from '../../../firmware/enc28j60/transmit.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { UNSPECIFIED } from '../../../firmware/net/address.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed } from '../../text/keyed.js'
import type { BoardCheck, CheckContext } from '../context.js'
import { FRAME_CHECK, MAC_FIGURES, RECEIVE, SETTINGS, SIMULTANEOUS, TRANSMIT } from '../figures/mac.js'
import { FrameBench, type FrameCount, frameTime, OURS } from '../frame-bench.js'
import { arpReply, arpRequest, ECHO_HEADERS, echoReply, echoRequest } from '../frames.js'
import { exactly, measure, milliseconds } from '../measure.js'
import { notAsked } from '../not-asked.js'
import { fresh, pause } from '../probe.js'
import type { Measurement } from '../types.js'
import { bridgeTime } from './bridge-time.js'
import { ECHO_CHECKS } from './echoes.js'
import { ERRATA_CHECKS } from './errata.js'
import { LOAD_CHECKS } from './mac-load.js'
import { ORDER_CHECKS } from './mac-order.js'
import { echoToPeer, withoutPeer } from './peer.js'
import { SITTING_CHECKS } from './sitting.js'

const MAC_ADDRESS = ['MAADR1', 'MAADR2', 'MAADR3', 'MAADR4', 'MAADR5', 'MAADR6'] as const
const LONGEST_PAYLOAD = 1472
const ANSWER_LIMIT = 1 * SECOND
/** A noisy cable may eat some; what it does to frames is measured after somebody was found to answer. */
const REQUESTS = 5
const REQUEST_INTERVAL = 500 * MILLISECOND
const ARP_OCTETS = 64
const { max: MOST_TIME = 0 } = RECEIVE.time.limits
/** Octets of FCS, which the chip appends and counts. */
const FCS_OCTETS = 4

function benchOf({ network }: CheckContext): FrameBench {
  return new FrameBench(network.chip)
}

function outcomeFigures(outcome: TransmitOutcome): Measurement[] {
  if (outcome.kind === 'stuck') return [measure(TRANSMIT.sent, 0)]
  const { status } = outcome
  return [
    measure(TRANSMIT.sent, Number(outcome.kind === 'sent' && status.done)),
    measure(TRANSMIT.collisions, status.collisionCount),
    measure(TRANSMIT.lateCollisions, Number(status.lateCollision)),
    measure(TRANSMIT.excessiveDeferrals, Number(status.excessiveDefer)),
    measure(TRANSMIT.octets, status.byteCount),
    measure(TRANSMIT.repetitions, outcome.retries),
  ]
}

const send: BoardCheck = {
  id: 'mac.transmit',
  layer: 'mac',
  reference: 'DS39662 7.1 and table 7-1 (transmit status vector); IEEE 802.3 4.2.3 and 3.2.8',
  needs: ['phy.link'],
  async run(context) {
    const { chip, network } = context
    const bench = benchOf(context)
    const result = await chip.run(
      (function* (): SpiProgram<{ outcome: TransmitOutcome; own: number }> {
        yield* bench.begin(OURS)
        // To ourselves: nobody else takes it, and no filter stands in its way if it comes back.
        const request = arpRequest(network.chip.address, network.address, network.peer)
        request.set(network.chip.address)
        const outcome = yield* bench.transmit(request)
        let own = 0
        yield* bench.waitFor(20 * MILLISECOND, (frame) => {
          if (network.chip.address.every((octet, index) => frame[6 + index] === octet)) own++
          return undefined
        })
        return { outcome, own }
      })(),
    )
    return {
      measurements: [...outcomeFigures(result.outcome), measure(TRANSMIT.ownBack, result.own)],
    }
  },
}

const receiveReply: BoardCheck = {
  id: 'mac.receive',
  layer: 'mac',
  reference: 'DS39662 7.2.2 and table 7-3 (receive status vector); RFC 826',
  needs: ['phy.link'],
  watched: 'always',
  after: ['mac.transmit'],
  timed: 'check',
  async run(context) {
    const { clock, chip, network } = context
    const bench = benchOf(context)
    let bad = 0
    let attempts = 0
    const started = clock.now
    let took = 0
    const reply = await chip.run(
      (function* (): SpiProgram<ReturnType<typeof arpReply>> {
        yield* bench.begin(OURS)
        while (attempts < REQUESTS) {
          attempts++
          const sent = clock.now
          yield* bench.transmit(arpRequest(network.chip.address, network.address, network.peer))
          const reply = yield* bench.waitFor(
            REQUEST_INTERVAL,
            (frame) => {
              const arp = arpReply(frame)
              return arp?.senderAddress === network.peer ? arp : undefined
            },
            ({ kind }) => {
              if (kind !== 'frame') bad++
            },
          )
          took = clock.now - sent
          if (reply !== undefined) return reply
        }
        return undefined
      })(),
    )
    network.peerStation = reply?.senderMac
    // On a slow line it is the line that takes its time.
    const limit = Math.max(MOST_TIME, milliseconds(bridgeTime(context, ARP_OCTETS)))
    const figures = [
      measure(RECEIVE.time, reply === undefined ? null : milliseconds(took), { max: limit }),
      measure(RECEIVE.badStatus, bad),
      measure(RECEIVE.requests, attempts, { max: REQUESTS }),
    ]
    if (reply !== undefined) return { measurements: figures }
    const time = Math.round(milliseconds(clock.now - started))
    const reason = keyed('mac.receive.nobody', { peer: network.peerName, requests: attempts, milliseconds: time })
    if (network.peerExpected) return { measurements: figures, reason }
    return {
      measurements: figures,
      verdict: 'warn',
      reason: keyed('peer.name-it', { reason }),
    }
  },
}

/** Octets with FCS. Long frames find a rare error, short ones get through a bad one; between them every rate shows. */
const COUNTED_SIZES = [64, 590, 1518] as const
const FRAMES_OF_A_SIZE = 20
const FRAMES = COUNTED_SIZES.length * FRAMES_OF_A_SIZE

const frameCheck: BoardCheck = {
  id: 'mac.frame-check',
  layer: 'mac',
  reference: 'IEEE 802.3 3.2.9 (FCS); DS39662 8.0 (CRCEN off, so that damaged frames are seen)',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const { chip, network } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = benchOf(context)
    const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
    const { lost, repeated } = await chip.run(
      (function* (): SpiProgram<{ lost: number; repeated: number }> {
        // Damaged frames are wanted: they tell a noisy cable from a peer that does not answer.
        yield* bench.begin({ ...OURS, discardBadFcs: false })
        let lost = 0
        let repeated = 0
        for (const size of COUNTED_SIZES) {
          const request = echoToPeer(network, {
            identifier: 0x4c50,
            sequence: size,
            data: Uint8Array.from({ length: size - FCS_OCTETS - ECHO_HEADERS }, (_, index) => (index * 151 + 7) & 0xff),
          })
          for (let frame = 0; frame < FRAMES_OF_A_SIZE; frame++) {
            if (frame === 0) yield* bench.transmit(request)
            else repeated += yield* bench.again(request.length)
            yield* pause(frameTime(size))
            if ((yield* bench.count(10 * MILLISECOND, count)) === undefined) lost++
          }
        }
        return { lost, repeated }
      })(),
    )
    const octets = COUNTED_SIZES.reduce<number>((sum, size) => sum + 2 * FRAMES_OF_A_SIZE * size, 0)
    return {
      measurements: [
        measure(FRAME_CHECK.wrongFcs, count.wrongFcs),
        measure(FRAME_CHECK.lost, lost),
        measure(FRAME_CHECK.otherwiseBad, count.otherwiseBad),
        exactly(FRAME_CHECK.whole, count.good, FRAMES),
        measure(FRAME_CHECK.sent, FRAMES),
        measure(FRAME_CHECK.repeated, repeated),
        measure(FRAME_CHECK.octets, octets),
      ],
    }
  },
}

/** Shortest and longest frame, and lengths around an odd octet: the FIFO pads those (DS39662 7.2.2). */
const SIZE_ATTEMPTS = 3
const SIZES = [64, 65, 590, 1517, 1518] as const

const sizes: BoardCheck = {
  id: 'mac.frame-sizes',
  layer: 'mac',
  reference: 'IEEE 802.3 3.2.7 and 4.4.2 (minFrameSize 64, maxBasicFrameSize 1518)',
  needs: ['mac.receive'],
  async run(context) {
    const { chip, network, random } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = benchOf(context)
    const source = random.fork('mac.frame-sizes')
    const measurements: Measurement[] = []
    await chip.run(bench.begin(OURS))
    for (const [index, size] of SIZES.entries()) {
      const data = Uint8Array.from({ length: size - FCS_OCTETS - ECHO_HEADERS }, () => source.below(256))
      const request = echoToPeer(network, {
        identifier: 0x4c51,
        sequence: index + 1,
        data,
      })
      const wrong = await chip.run(
        (function* (): SpiProgram<number | null> {
          let reply: ReturnType<typeof echoReply>
          // What is lost on the way is counted by mac.frame-check; here it is the content that is looked at.
          for (let attempt = 0; attempt < SIZE_ATTEMPTS && reply === undefined; attempt++) {
            yield* bench.transmit(request)
            reply = yield* bench.waitFor(
              ANSWER_LIMIT / SIZE_ATTEMPTS,
              (frame) => {
                const echo = echoReply(frame)
                return echo?.identifier === 0x4c51 && echo.sequence === index + 1 ? echo : undefined
              },
              undefined,
              size,
            )
          }
          if (reply === undefined) return null
          return data.filter((octet, at) => octet !== reply.data[at]).length + Math.abs(reply.data.length - data.length)
        })(),
      )
      measurements.push(measure(MAC_FIGURES['mac.frame-sizes'].wrong({ size }), wrong))
    }
    return { measurements }
  },
}

/** Has the chip listen to another address. */
function* setStation(address: Uint8Array): SpiProgram<void> {
  const batch = fresh()
  for (const [index, name] of MAC_ADDRESS.entries()) batch.write(name, address[index])
  yield* batch.run()
}

const filter: BoardCheck = {
  id: 'mac.unicast-filter',
  layer: 'mac',
  reference: 'DS39662 8.0 and 8.1 (ERXFCON.UCEN); IEEE 802.3 4.2.4.1.1',
  needs: ['mac.receive'],
  async run(context) {
    const { chip, network } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = benchOf(context)
    // Asked in the name of another station, the peer answers to that station's address.
    const other = Uint8Array.from(network.chip.address)
    other[5] ^= 0x55
    const ask = function* (): SpiProgram<number> {
      let answers = 0
      yield* bench.begin(OURS)
      yield* bench.transmit(arpRequest(other, UNSPECIFIED, network.peer))
      yield* bench.waitFor(50 * MILLISECOND, (frame) => {
        if (arpReply(frame) !== undefined && other.every((octet, index) => frame[index] === octet)) answers++
        return answers > 0 ? true : undefined
      })
      return answers
    }
    const { shut, open } = await chip.run(
      (function* (): SpiProgram<{ shut: number; open: number }> {
        const shut = yield* ask()
        // The same filter under the other name: had it been opened to everybody, strangers would come in as well.
        yield* setStation(other)
        let open = 0
        for (let attempt = 0; attempt < 3 && open === 0; attempt++) open = yield* ask()
        yield* setStation(network.chip.address)
        return { shut, open }
      })(),
    )
    const figures = MAC_FIGURES['mac.unicast-filter']
    const measurements = [measure(figures.letThrough, shut), measure(figures.seenWithout, open)]
    if (shut > 0 || open > 0 || network.peerExpected) return { measurements }
    return { measurements, verdict: 'skip', reason: keyed('mac.unicast-filter.no-probes') }
  },
}

const OVERLAPPING_PINGS = 16
const ROUNDS = 40
/**
 * Revisions B5 and B7 take some link pulses for collisions (DS80349C 13): on a line that is otherwise idle one of twelve frames of 1.2 ms
 * meets a pulse (every 16 ms, 14.2.1.1), and some of those are taken; more than these of 40 rounds are not met in a lifetime of checks.
 * A partner that barges in breaks off twelve.
 */
const LINK_PULSES_TAKEN_FOR_COLLISIONS = 6

const simultaneous: BoardCheck = {
  id: 'mac.simultaneous',
  layer: 'mac',
  reference:
    'IEEE 802.3 4.2.3.2 (defer, collision window of 512 bits) and 4.4.2; DS39662 table 7-1; DS80349C 13 and 15',
  needs: ['mac.receive'],
  timed: 'check',
  async run(context) {
    const { chip, clock, network, serial } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const { pingFromPeer } = network
    if (pingFromPeer === undefined) {
      return notAsked(network, keyed('mac.simultaneous.not-ours'))
    }
    const bench = benchOf(context)
    const request = echoRequest({
      from: { mac: network.chip.address, address: network.address },
      // To nobody: the peer must send because it wants to, not because it was asked.
      to: { mac: Uint8Array.of(0x02, 0, 0, 0, 0, 0x01), address: network.address },
      identifier: 0x4c52,
      sequence: 1,
      data: new Uint8Array(LONGEST_PAYLOAD),
    })
    await chip.run(
      (function* (): SpiProgram<void> {
        yield* bench.begin({ ...OURS, unicast: false })
        yield* bench.transmit(request)
      })(),
    )
    // The peer's frames are spread over the time this takes: two cells out, one back, each round.
    const duration = (ROUNDS * 3 * 64 * 10 * SECOND) / serial.baud
    const pings = Array.from({ length: OVERLAPPING_PINGS }, async (_, index) => {
      await sleepOnClock(clock, Math.round(((index + 0.5) * duration) / OVERLAPPING_PINGS))
      return pingFromPeer(network.address, { size: 200, sequence: index, timeLimit: 50 * MILLISECOND })
    })
    const result = await chip.run(bench.insist(ROUNDS))
    await Promise.all(pings)
    await chip.run(bench.begin(DEFAULT_FILTERS))
    return {
      measurements: [
        measure(SIMULTANEOUS.broken, result.aborted, { max: LINK_PULSES_TAKEN_FOR_COLLISIONS }),
        measure(SIMULTANEOUS.ended, result.ended),
        measure(SIMULTANEOUS.late, result.late),
        measure(SIMULTANEOUS.rounds, ROUNDS),
        measure(SIMULTANEOUS.fromPeer, OVERLAPPING_PINGS),
      ],
    }
  },
}

const settings: BoardCheck = {
  id: 'mac.settings',
  layer: 'mac',
  reference: 'DS39662 table 3-2 (what a reset would have left behind) and table 3-3 (PHSTAT1.LLSTAT latches a loss)',
  needs: ['phy.link'],
  watched: 'always',
  after: ['mac.transmit'],
  async run({ chip, network }) {
    const { address } = network.chip
    const found = await chip.run(
      (function* (): SpiProgram<{ station: number; receiving: boolean; kept: boolean }> {
        const batch = fresh()
        const station = MAC_ADDRESS.map((name) => batch.read(name))
        const econ1 = batch.read('ECON1')
        yield* batch.run()
        const phstat1 = yield* readPhy(new ChipAccess(), 'PHSTAT1')
        return {
          station: station.filter((reply, index) => reply.value !== address[index]).length,
          receiving: (econ1.value & BITS.ECON1.RXEN) !== 0,
          kept: (phstat1 & PHY_BITS.PHSTAT1.LLSTAT) !== 0,
        }
      })(),
    )
    return {
      measurements: [
        measure(SETTINGS.station, found.station),
        measure(SETTINGS.receiving, Number(found.receiving)),
        measure(SETTINGS.linkLost, Number(!found.kept)),
      ],
    }
  },
}

const KEPT_FRAMES = 6

const leftOver: BoardCheck = {
  id: 'mac.overflow',
  layer: 'mac',
  reference: 'DS39662 7.2.4 (EIR.RXERIF, ESTAT.BUFER) and 12.1.3; EPKTCNT',
  needs: ['mac.receive'],
  async run(context) {
    const { chip, network } = context
    const missing = withoutPeer(context)
    if (missing !== undefined) return missing
    const bench = benchOf(context)
    const result = await chip.run(
      (function* () {
        yield* bench.begin(OURS)
        yield* bench.errors()
        const request = echoToPeer(network, {
          identifier: 0x4c53,
          sequence: 1,
          data: new Uint8Array(64),
        })
        yield* bench.transmit(request)
        for (let frame = 1; frame < KEPT_FRAMES; frame++) yield* bench.again(request.length)
        yield* pause(10 * MILLISECOND)
        const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
        // The partner may have something to say of its own as well.
        for (let frame = 0; frame < 2 * KEPT_FRAMES; frame++) {
          if ((yield* bench.count(0, count)) === undefined) break
        }
        return yield* bench.errors()
      })(),
    )
    const figures = MAC_FIGURES['mac.overflow']
    return {
      measurements: [
        measure(figures.rxerif, Number(result.overflow)),
        measure(figures.bufer, Number(result.bufferError)),
        measure(figures.waiting, result.waiting),
      ],
    }
  },
}

export const MAC_CHECKS: readonly BoardCheck[] = [
  send,
  receiveReply,
  frameCheck,
  sizes,
  filter,
  leftOver,
  ...ECHO_CHECKS,
  ...LOAD_CHECKS,
  ...ORDER_CHECKS,
  ...ERRATA_CHECKS,
  simultaneous,
  ...SITTING_CHECKS,
  settings,
]
