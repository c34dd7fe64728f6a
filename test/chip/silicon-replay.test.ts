/**
 * Silicon as a judge: a recording of an ENC28J60 behind an STM32F446 (sigrok-dumps, spi/enc28j60; public domain), replayed
 * on the model at its times. What the controller sent is sent again, and each octet that silicon answered is compared.
 *
 * Two things are not in a recording of the SPI and are fitted to it: when the link came up (after the read of PHSTAT1 that
 * still shows none, before the one that shows it), and when frames arrived. The probes float where nobody drives SO, so
 * only octets that the data sheet says are driven are compared.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { selectFrames } from '../../host/audit/spi-frames.js'
import type { LogicRecording } from '../../host/logic/logic-recording.js'
import { readSigrokSession } from '../../host/node/logic/sigrok-session.js'
import { capturePath, NO_CAPTURES } from '../captures/captures.js'
import { DataSheetBench, MS, OP, US } from './bench.js'
import { BROADCAST_STATION, checkedFrame, frame, frameCheckSequence } from './frames.js'
import { REGISTER_TABLE } from './register-table.js'

const RECORDING = capturePath('enc28j60-init-and-ping.sr')

const CS = 0x01
const SCK = 0x04
const MOSI = 0x08

/** One chip select frame: instants of CS, and what crossed by the instant of the octet's last rising edge. */
interface Frame {
  readonly selected: number
  readonly deselected: number
  readonly octets: { readonly at: number; readonly mosi: number; readonly miso: number }[]
}

/** As the audit reads them (`host/audit/spi-frames.ts`). */
function framesOf(recording: LogicRecording): Frame[] {
  return selectFrames(recording, { cs: 0, miso: 1, sck: 2, mosi: 3 }).map(
    ({ selected, deselected, mosi, miso, times }) => ({
      selected,
      deselected,
      octets: mosi.map((octet, i) => ({ at: times[i], mosi: octet, miso: miso[i] })),
    }),
  )
}

function isMac(bank: number, address: number): boolean {
  const register = REGISTER_TABLE.find((each) => each.address === address && (each.bank ?? bank) === bank)
  if (register === undefined) throw new Error(`silicon was asked for bank ${bank}, ${address}: nothing is there`)
  return register.kind !== 'E'
}

type Meaning = 'floating' | 'dummy' | 'data'

/** What SO carries during each octet of each frame (DS39662 4.2.1, 4.2.2): data comes after the instruction, and after a dummy octet where the register is the MAC's or the MII's. */
function meanings(frames: readonly Frame[]): Meaning[][] {
  let bank = 0
  return frames.map(({ octets }) => {
    const instruction = octets[0]?.mosi ?? 0xff
    const address = instruction & 0x1f
    const operation = instruction & 0xe0
    if (octets.length > 1 && address === 0x1f) {
      if (operation === OP.BFS) bank |= octets[1].mosi & 3
      if (operation === OP.BFC) bank &= ~octets[1].mosi & 3
    }
    return octets.map((_, place): Meaning => {
      if (place === 0) return 'floating'
      if (instruction === OP.RBM) return 'data'
      if (operation !== OP.RCR) return 'floating'
      return place === 1 && isMac(bank, address) ? 'dummy' : 'data'
    })
  })
}

interface ChipDifference {
  readonly frame: number
  readonly place: number
  readonly silicon: number
  readonly model: number
}

/** Octets from the frame that a read of memory brought: the frame as it was on the wire. */
const readFrame = (frame: Frame): number[] => frame.octets.slice(1).map(({ miso }) => miso)

/**
 * PHSTAT1.LLSTAT latches a failed link until it is read (DS39662 register 3-2): the link came up after the read that ended
 * at 711.3 ms and before the one at 857.8 ms, which still shows what was latched, so that the one after that shows a link.
 */
const FIRST_LINK_PULSE = 720 * MS
/**
 * First bits of frames on the wire, fitted. The sender's own time stamps in the two pings lie 1261 us apart; that period and
 * one short frame after the second ping explain all of RXERIF and EPKTCNT. The short one leaves room for all but the last
 * 32 octets of a ping: the next four overflow near their end (RXERIF at 1012.94 and 1014.49 ms), while those that are
 * under way when ERXRDPT moves, at 1014.24 and at 1016.34 ms, find room in time and are counted. The phase that this needs
 * lies between 1014.02 and 1014.13 ms, of which the middle is taken.
 */
const PING_PERIOD = 1261 * US
const FOURTH_STORED = 1014.08 * MS
const PINGS = [-6, -5, -4, -3, -2, -1, 0, 1].map((k) => k * PING_PERIOD)
const SHORT_FRAME = 1008.9 * MS

/** A chip at the end of the recorded wires, with the network that the recording does not show. */
function benchFor(frames: readonly Frame[], phase = FOURTH_STORED): DataSheetBench {
  const bench = new DataSheetBench({ off: true })
  bench.chip.powerOn()
  bench.scheduler.after(FIRST_LINK_PULSE, () => bench.wire.startPulses())
  const first = readFrame(frames[141])
  const second = readFrame(frames[162])
  PINGS.forEach((at, i) => {
    bench.scheduler.after(phase + at, () => bench.wire.send(i === 0 ? first : second))
  })
  bench.scheduler.after(SHORT_FRAME, () => bench.wire.send(frame({ da: BROADCAST_STATION, type: 0x0806 })))
  return bench
}

describe('a recording of silicon, replayed', () => {
  if (RECORDING === undefined) {
    it('is compared with the model', ({ skip }) => skip(NO_CAPTURES))
    return
  }
  const recording = readSigrokSession(readFileSync(RECORDING))
  const frames = framesOf(recording)
  const carried = meanings(frames)

  /** Octets in which the model's answers are not silicon's. */
  function differencesOf(answers: readonly (readonly number[])[], meaning: Meaning): ChipDifference[] {
    const found: ChipDifference[] = []
    frames.forEach(({ octets }, frame) => {
      octets.forEach(({ miso: silicon }, place) => {
        const model = answers[frame][place]
        if (carried[frame][place] === meaning && silicon !== model) found.push({ frame, place, silicon, model })
      })
    })
    return found
  }

  function expectOfSilicon(bench: DataSheetBench, answers: readonly (readonly number[])[]): void {
    expect(differencesOf(answers, 'data')).toEqual([])
    // What differs is the octet before a MAC or MII register's value, which the sheet leaves open (choices.ts: dummyOctet).
    expect(differencesOf(answers, 'dummy')).toHaveLength(15)
    // The probes are sampled every 20 ns, which makes 40 ns of some of the 62.5 ns that a bit takes.
    expect(bench.chip.findings.filter(({ id }) => id !== 'spi-too-fast')).toEqual([])
    // ETXST + 1 to ETXND of the first answer, and an FCS: TXCRCEN is set
    const answer = frames[153].octets.slice(2).map(({ mosi }) => mosi)
    expect(bench.wire.frames).toEqual([checkedFrame(answer)])
    expect(bench.chip.counters).toMatchObject({ received: 5, dropped: { 'receive: buffer full': 4 } })
  }

  it('has 182 chip select frames, and two pings of 1346 octets with a good FCS', () => {
    expect(recording.channels).toEqual(['CS', 'MISO', 'CLK', 'MOSI'])
    expect(recording.period).toBe(1)
    expect(frames).toHaveLength(182)
    expect(carried.flat().filter((meaning) => meaning === 'data')).toHaveLength(2 * (1346 + 6) + 40)
    for (const frame of [frames[141], frames[162]]) {
      expect(frame.octets).toHaveLength(1 + 1346)
      // IEEE 802.3 3.2.9: the CRC over a frame with its FCS is a constant
      expect(frameCheckSequence(readFrame(frame))).toBe(0x2144df1c)
    }
  })

  /** Sends what the controller sent, octet by octet. @returns what the model answered. */
  function byOctets(bench: DataSheetBench): number[][] {
    return frames.map(({ selected, deselected, octets }) => {
      bench.run(selected - bench.now)
      bench.chip.select()
      const miso = octets.map(({ at, mosi }) => {
        bench.run(at - bench.now)
        return bench.chip.exchange(mosi)
      })
      bench.run(deselected - bench.now)
      bench.chip.deselect()
      return miso
    })
  }

  it('by octets: the model answers each of them as silicon did, but for dummy octets', () => {
    const bench = benchFor(frames)
    expectOfSilicon(bench, byOctets(bench))
  })

  it('by octets: a fit of the pings that is 80 us off, either way, is found out by RXERIF and EPKTCNT', () => {
    for (const off of [-80 * US, 80 * US]) {
      expect(differencesOf(byOctets(benchFor(frames, FOURTH_STORED + off)), 'data')).not.toEqual([])
    }
  })

  it('by edges: the same, each of 97,827 changes of the wires at the pins of the model', () => {
    const bench = benchFor(frames)
    const pins = bench.chip.spiPins
    const answers: number[][] = []
    const { times, levels: recorded } = recording
    expect(times).toHaveLength(1 + 97_827)
    let levels = CS
    let bits = 0
    for (const [i, now] of recorded.entries()) {
      bench.run(times[i] - bench.now)
      // A sample holds what changed within its 20 ns: CS ends a frame last, SI is there before SCK rises.
      if (levels & ~now & CS) {
        answers.push([])
        bits = 0
      }
      if ((now & CS) === 0) pins.setCs(false)
      pins.setSi((now & MOSI) !== 0)
      if (now & ~levels & SCK && (now & CS) === 0) {
        const frame = answers[answers.length - 1]
        if (bits++ % 8 === 0) frame.push(0)
        frame[frame.length - 1] = (frame[frame.length - 1] << 1) | (pins.so === false ? 0 : 1)
      }
      pins.setSck((now & SCK) !== 0)
      if (now & CS) pins.setCs(true)
      levels = now
    }
    expectOfSilicon(bench, answers)
  })
})
