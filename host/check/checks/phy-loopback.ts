/**
 * The chip hears itself: what it sends comes back inside its PHY, whatever is at the jack (DS39662 3.3, PHCON1.PLOOPBK). What works here
 * and not on the wire is a matter of magnetics, jack, cable or partner. Some loops lose a frame (DS80349C 10), so a frame is sent until it is
 * heard, and one that must not come in is sent more than once.
 */

import type { Batch } from '../../../firmware/enc28j60/access.js'
import { hashTable } from '../../../firmware/enc28j60/hash.js'
import { enableReceiver, initialise } from '../../../firmware/enc28j60/initialise.js'
import { readLineStatus, writePhy } from '../../../firmware/enc28j60/phy.js'
import { BITS, PHY_BITS, type RegisterName } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { MacAddress } from '../../../firmware/net/address.js'
import type { BoardCheck, CheckContext } from '../context.js'
import { FORCED_LISTENING, PHY_FIGURES } from '../figures/phy.js'
import { FrameBench, type FrameCount, OURS } from '../frame-bench.js'
import { arpReply, arpRequest } from '../frames.js'
import { measure } from '../measure.js'
import { blindReset, fresh, pause } from '../probe.js'
import type { Outcome } from '../types.js'

/** A loop that loses one of four loses as many in a row once in 16 million times. */
const WANTED_TRIES = 12
const UNWANTED_TRIES = 3

const BROADCAST = new Uint8Array(6).fill(0xff)
const GROUP = Uint8Array.of(0x01, 0x00, 0x5e, 0x00, 0x00, 0xfb)
const OTHER_GROUP = Uint8Array.of(0x01, 0x00, 0x5e, 0x7f, 0xff, 0xfa)
const STRANGER = Uint8Array.of(0x02, 0x99, 0x00, 0x00, 0x00, 0x01)

function frameTo(
  destination: MacAddress,
  source: MacAddress,
  data: Uint8Array = Uint8Array.of(1, 2, 3, 4),
): Uint8Array {
  const frame = new Uint8Array(Math.max(60, 14 + data.length))
  frame.set(destination)
  frame.set(source, 6)
  frame.set([0x88, 0xb5], 12) // local experimental EtherType 1
  frame.set(data, 14)
  return frame
}

/** A filter under test: how it is set, a frame that it wants, and one that it does not. */
interface FilterTrial {
  /** ERXFCON beside CRCEN. */
  readonly filter: number
  readonly setUp?: (batch: Batch) => void
  readonly wanted: (own: MacAddress) => Uint8Array
  readonly unwanted: (own: MacAddress) => Uint8Array
}

type HearingFigures = (typeof PHY_FIGURES)['phy.filter-unicast']

/** Sets the chip up to hear itself; the check of the duplex initialises it again. */
function* hearItself(bench: FrameBench): SpiProgram<void> {
  yield* blindReset()
  bench.access.forget()
  yield* initialise(bench.access, bench.config, 0)
  yield* writePhy(bench.access, 'PHCON1', PHY_BITS.PHCON1.PLOOPBK | PHY_BITS.PHCON1.PDPXMD)
  yield* enableReceiver(bench.access)
}

function* heardOf(bench: FrameBench, frame: Uint8Array, tries: number, enough: number): SpiProgram<[number, number]> {
  const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
  let sent = 0
  while (sent < tries && count.good < enough) {
    if (sent === 0) yield* bench.transmit(frame)
    else yield* bench.again(frame.length)
    sent++
    yield* bench.count(1 * MILLISECOND, count)
  }
  return [count.good + count.wrongFcs + count.otherwiseBad, sent]
}

async function tryFilter(
  { chip, network }: CheckContext,
  trial: FilterTrial,
  figures: HearingFigures,
): Promise<Outcome> {
  const bench = new FrameBench({ ...network.chip, fullDuplex: true })
  const own = network.chip.address
  const result = await chip.run(
    (function* (): SpiProgram<{ wanted: number; tried: number; unwanted: number }> {
      yield* hearItself(bench)
      yield* bench.begin(OURS)
      const batch = fresh()
      batch.clear('ECON1', BITS.ECON1.RXEN)
      trial.setUp?.(batch)
      batch.write('ERXFCON', BITS.ERXFCON.CRCEN | trial.filter).set('ECON1', BITS.ECON1.RXEN)
      yield* batch.run()
      bench.access.forget()
      const [unwanted] = yield* heardOf(bench, trial.unwanted(own), UNWANTED_TRIES, 1)
      const [wanted, tried] = yield* heardOf(bench, trial.wanted(own), WANTED_TRIES, 1)
      yield* blindReset()
      return { wanted, tried, unwanted }
    })(),
  )
  return {
    measurements: [
      measure(figures.wanted, result.wanted),
      measure(figures.unwanted, result.unwanted),
      measure(figures.tried, result.tried),
    ],
  }
}

const { UCEN, BCEN, MCEN, HTEN, PMEN, MPEN } = BITS.ERXFCON

/** What the pattern filter looks for: the first octets of the data, and their check sum (DS39662 8.2). */
const PATTERN = Uint8Array.of(0x4c, 0x50, 0x01, 0x02)
const PATTERN_AT = 14
const PATTERN_CHECKSUM = 0xffff - (0x4c50 + 0x0102)

function magic(own: MacAddress): Uint8Array {
  const data = new Uint8Array(6 + 96).fill(0xff)
  for (let i = 0; i < 16; i++) data.set(own, 6 + 6 * i)
  return data
}

const TRIALS = {
  'phy.filter-unicast': {
    filter: UCEN,
    wanted: (own) => frameTo(own, own),
    unwanted: (own) => frameTo(STRANGER, own),
  },
  'phy.filter-broadcast': {
    filter: BCEN,
    wanted: (own) => frameTo(BROADCAST, own),
    unwanted: (own) => frameTo(GROUP, own),
  },
  'phy.filter-multicast': {
    filter: MCEN,
    wanted: (own) => frameTo(GROUP, own),
    unwanted: (own) => frameTo(STRANGER, own),
  },
  'phy.filter-hash': {
    filter: HTEN,
    setUp: (batch) => {
      for (const [index, octet] of hashTable([GROUP]).entries()) batch.write(`EHT${index}` as RegisterName, octet)
    },
    wanted: (own) => frameTo(GROUP, own),
    unwanted: (own) => frameTo(OTHER_GROUP, own),
  },
  'phy.filter-pattern': {
    filter: PMEN,
    setUp: (batch) => {
      batch.writePair('EPMO', 0)
      for (let index = 0; index < 8; index++) {
        const bits = [0, 1, 2, 3].map((octet) => PATTERN_AT + octet).filter((at) => at >> 3 === index)
        batch.write(
          `EPMM${index}` as RegisterName,
          bits.reduce((mask, at) => mask | (1 << (at & 7)), 0),
        )
      }
      batch.writePair('EPMCS', PATTERN_CHECKSUM)
    },
    wanted: (own) => frameTo(STRANGER, own, PATTERN),
    unwanted: (own) => frameTo(own, own, Uint8Array.of(0x4c, 0x50, 0x01, 0x03)),
  },
  'phy.filter-magic': {
    filter: MPEN,
    wanted: (own) => frameTo(own, own, magic(own)),
    unwanted: (own) => frameTo(own, own, magic(own).fill(0, 0, 6)),
  },
} as const satisfies Readonly<Record<string, FilterTrial>>

const CLAUSES: Readonly<Record<keyof typeof TRIALS, string>> = {
  'phy.filter-unicast': 'DS39662 8.1 (ERXFCON.UCEN); IEEE 802.3 4.2.4.1.1',
  'phy.filter-broadcast': 'DS39662 8.6 (ERXFCON.BCEN); IEEE 802.3 3.2.3',
  'phy.filter-multicast': 'DS39662 8.5 (ERXFCON.MCEN); IEEE 802.3 3.2.3',
  'phy.filter-hash': 'DS39662 8.4 (ERXFCON.HTEN, EHT0 to EHT7)',
  'phy.filter-pattern': 'DS39662 8.2 (ERXFCON.PMEN, EPMM, EPMCS)',
  'phy.filter-magic': 'DS39662 8.3 (ERXFCON.MPEN)',
}

const FILTERS: readonly BoardCheck[] = (Object.keys(TRIALS) as (keyof typeof TRIALS)[]).map((id) => ({
  id,
  layer: 'phy',
  reference: CLAUSES[id],
  needs: ['phy.loopback'],
  run: (context) => tryFilter(context, TRIALS[id], PHY_FIGURES[id]),
}))

/** All of them lost by chance: once in 16 million times. */
const LOOPED = 12

const loopback: BoardCheck = {
  id: 'phy.loopback',
  layer: 'phy',
  reference: 'DS39662 3.3 (PHCON1.PLOOPBK, full duplex); DS80349C 10 (some frames are lost)',
  needs: ['phy.identifier'],
  async run({ chip, network }) {
    const bench = new FrameBench({ ...network.chip, fullDuplex: true })
    const own = network.chip.address
    const result = await chip.run(
      (function* (): SpiProgram<FrameCount & { sent: number }> {
        yield* hearItself(bench)
        yield* bench.begin({ ...OURS, discardBadFcs: false })
        const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
        const frame = frameTo(own, own)
        yield* bench.transmit(frame)
        for (let more = 1; more < LOOPED; more++) yield* bench.again(frame.length)
        for (let more = 0; more < LOOPED; more++) if ((yield* bench.count(1 * MILLISECOND, count)) === undefined) break
        yield* blindReset()
        return { ...count, sent: LOOPED }
      })(),
    )
    const figures = PHY_FIGURES['phy.loopback']
    return {
      measurements: [
        measure(figures.heard, result.good),
        measure(figures.wrongFcs, result.wrongFcs),
        measure(figures.otherwiseBad, result.otherwiseBad),
        measure(figures.sent, result.sent),
      ],
      goesOn: result.good > 0,
    }
  },
}

const COUNTED = 7

/** Frames that nobody takes out: EPKTCNT goes up by one for each that is heard, and down by one for each that is given back. */
const packetCount: BoardCheck = {
  id: 'phy.packet-count',
  layer: 'phy',
  reference:
    'DS39662 7.2.2 and 7.2.4 (EPKTCNT counts up with each packet, PKTDEC counts down); DS80349C 10 (some frames are lost)',
  needs: ['phy.loopback'],
  async run({ chip, network }) {
    const bench = new FrameBench({ ...network.chip, fullDuplex: true })
    const own = network.chip.address
    const frame = frameTo(own, own)
    const readings = await chip.run(
      (function* (): SpiProgram<number[]> {
        const seen: number[] = []
        const look = function* (): SpiProgram<void> {
          const batch = fresh()
          const waiting = batch.read('EPKTCNT')
          yield* batch.run()
          bench.access.forget()
          seen.push(waiting.value)
        }
        yield* hearItself(bench)
        yield* bench.begin(OURS)
        yield* look()
        yield* bench.transmit(frame)
        yield* look()
        for (let more = 1; more < COUNTED; more++) {
          yield* bench.again(frame.length)
          yield* look()
        }
        for (let left = seen[seen.length - 1]; left > 0; left--) {
          yield* fresh().set('ECON2', BITS.ECON2.PKTDEC).run()
          yield* look()
          // One that does not count down would be waited for without end.
          if (seen.length > 3 * COUNTED) break
        }
        yield* blindReset()
        return seen
      })(),
    )
    const top = Math.max(...readings)
    // Up by one or, where the loop has lost the frame, not at all; then down by one.
    const jumps = readings.slice(1).filter((count, index) => {
      const step = count - readings[index]
      return index < COUNTED ? step !== 0 && step !== 1 : step !== -1
    }).length
    const figures = PHY_FIGURES['phy.packet-count']
    return {
      measurements: [
        measure(figures.jumps, jumps + Number(readings[0] !== 0 || readings[readings.length - 1] !== 0)),
        measure(figures.most, top),
        measure(figures.readings, readings.length),
      ],
    }
  },
}

/** Without a link from anywhere: the chip is told that it has one, and sends into the jack. */
const forced: BoardCheck = {
  id: 'phy.forced-link',
  layer: 'phy',
  reference: 'DS39662 table 3-3 (PHCON2.FRCLNK); IEEE 802.3 14.2.1.7',
  needs: ['phy.identifier'],
  async run({ chip, network }) {
    const bench = new FrameBench({ ...network.chip, fullDuplex: true })
    const own = network.chip.address
    const result = await chip.run(
      (function* () {
        yield* blindReset()
        bench.access.forget()
        yield* initialise(bench.access, bench.config, 0)
        yield* writePhy(bench.access, 'PHCON2', PHY_BITS.PHCON2.FRCLNK | PHY_BITS.PHCON2.HDLDIS)
        const outcome = yield* bench.transmit(frameTo(STRANGER, own))
        yield* blindReset()
        return outcome
      })(),
    )
    const figures = PHY_FIGURES['phy.forced-link']
    return {
      measurements: [
        measure(figures.sent, Number(result.kind === 'sent')),
        measure(figures.collisions, result.kind === 'stuck' ? null : result.status.collisionCount),
      ],
    }
  },
}

const LISTENED = 10
const LISTEN_INTERVAL = 20 * MILLISECOND
const ASKED = 3
const ANSWER_TIME = 20 * MILLISECOND

/**
 * A receiver without a link hears nothing, whatever comes in. With the link forced it shows what there is: nothing at all, signals that are
 * no frames, frames of others, an answer although no link pulse came through, or the chip's own frames where its pairs touch.
 */
const listening: BoardCheck = {
  id: 'phy.forced-listening',
  layer: 'phy',
  reference:
    'DS39662 table 3-3 (PHCON2.FRCLNK, PHSTAT2.RXSTAT); IEEE 802.3 14.2.1.7 (link test fail: the receiver is off)',
  needs: ['phy.identifier'],
  after: ['phy.forced-link'],
  async run({ chip, network }) {
    // In full duplex its own frames are heard where they come back; in half duplex they would be collisions.
    const bench = new FrameBench({ ...network.chip, fullDuplex: true })
    const result = await chip.run(
      (function* (): SpiProgram<FrameCount & { receiving: number; own: number; answers: number }> {
        yield* blindReset()
        bench.access.forget()
        yield* initialise(bench.access, bench.config, 0)
        yield* writePhy(bench.access, 'PHCON2', PHY_BITS.PHCON2.FRCLNK | PHY_BITS.PHCON2.HDLDIS)
        yield* enableReceiver(bench.access)
        yield* bench.begin({ ...OURS, promiscuous: true, discardBadFcs: false })
        const count: FrameCount = { good: 0, wrongFcs: 0, otherwiseBad: 0 }
        let receiving = 0
        for (let look = 0; look < LISTENED; look++) {
          yield* pause(LISTEN_INTERVAL)
          if ((yield* readLineStatus(bench.access)).receiving) receiving++
          yield* bench.count(0, count)
        }
        yield* bench.begin({ ...OURS, promiscuous: true })
        let own = 0
        let answers = 0
        const request = arpRequest(network.chip.address, network.address, network.peer)
        for (let asked = 0; asked < ASKED; asked++) {
          yield* bench.transmit(request)
          yield* bench.waitFor(ANSWER_TIME, (frame) => {
            if (network.chip.address.every((octet, index) => frame[6 + index] === octet)) own++
            if (arpReply(frame)?.senderAddress === network.peer) answers++
            return undefined
          })
        }
        yield* blindReset()
        return { ...count, receiving, own, answers }
      })(),
    )
    return {
      measurements: [
        measure(FORCED_LISTENING.own, result.own),
        measure(FORCED_LISTENING.answers, result.answers),
        measure(FORCED_LISTENING.frames, result.good),
        measure(FORCED_LISTENING.bad, result.wrongFcs + result.otherwiseBad),
        measure(FORCED_LISTENING.receiving, result.receiving),
        measure(FORCED_LISTENING.listened, (LISTENED * LISTEN_INTERVAL) / MILLISECOND),
      ],
    }
  },
}

/** Before the chip is set up for the wire: each of them resets it. */
export const LOOPBACK_CHECKS: readonly BoardCheck[] = [loopback, ...FILTERS, packetCount, forced, listening]
