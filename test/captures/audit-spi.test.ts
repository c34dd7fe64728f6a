/**
 * `linkpulse audit` on recordings of the SPI: silicon's own, and traces of a driver of our own on the model, once as the data sheet wants it and
 * once for each of ten things that it forbids.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { auditSpi, hasTrouble } from '../../host/audit/audit.js'
import { guessProbes } from '../../host/audit/guess-probes.js'
import { readSigrokSession } from '../../host/node/logic/sigrok-session.js'
import type { DataSheetBench } from '../chip/bench.js'
import { MS, OP, US } from '../chip/bench.js'
import type { DriverBus } from '../chip/driver-bus.js'
import { BROADCAST_STATION, CHIP, checkedFrame, frame } from '../chip/frames.js'
import { capturePath, NO_CAPTURES } from './captures.js'
import { auditOf, recordingOf, TimedBus, traceOf, withWire } from './spi-trace.js'

const PHSTAT1 = 0x01
const PHCON1 = 0x00
const REQUEST = frame({ da: BROADCAST_STATION, type: 0x0806 })
const REPLY = Array.from({ length: 60 }, (_, i) => (i < 6 ? 0xff : i < 12 ? CHIP[i - 6] : i))
const RECEIVE_END = 0x0fff

interface Plant {
  /** Right before reception is enabled. */
  readonly beforeReceive?: (bus: DriverBus) => void
  /** Within the life of the driver, after a frame each way. */
  readonly atEnd?: (bus: DriverBus, bench: DataSheetBench) => void
  readonly readPointer?: number
  readonly macon3?: number
  readonly clearFlags?: boolean
  readonly frees?: boolean
}

/** Section 6 and 7 of DS39662, register for register. */
function driver({
  beforeReceive,
  atEnd,
  readPointer = RECEIVE_END,
  macon3 = 0x33,
  clearFlags = true,
  frees = true,
}: Plant = {}) {
  return (bench: DataSheetBench): void => {
    bench.wire.startPulses()
    const bus = new TimedBus(bench, 'cached')
    bus.spi([OP.SRC])
    bus.forgetBank(0)
    bus.wait(2 * MS)
    bus.poll(() => (bus.rcr('ESTAT') & 0x01) !== 0)
    expect(bus.rcr('EREVID')).toBe(0x06)
    bus.wcr16('ERXST', 0)
    bus.wcr16('ERXND', RECEIVE_END)
    bus.wcr16('ERXRDPT', readPointer)
    bus.wcr('ERXFCON', 0xa1)
    bus.wcr('MACON1', 0x0d)
    bus.wcr('MACON3', macon3)
    bus.wcr('MACON4', 0x40)
    bus.wcr16('MAMXFL', 1518)
    bus.wcr('MABBIPG', 0x15)
    bus.wcr('MAIPGL', 0x12)
    for (const [i, octet] of CHIP.entries()) bus.wcr(`MAADR${i + 1}`, octet)
    bus.writePhy(PHCON1, 0x0100)
    beforeReceive?.(bus)
    bus.bfs('ECON1', 0x04)
    bus.poll(() => (bus.readPhy(PHSTAT1) & 0x0004) !== 0, undefined, 10 * MS)
    bench.deliver(REQUEST)
    bus.poll(() => bus.rcr('EPKTCNT') > 0, undefined, 100 * US)
    bus.wcr16('ERDPT', 0)
    const header = bus.rbm(6)
    bus.rbm(header[2] | (header[3] << 8))
    bus.wcr16('ERXRDPT', (header[0] | (header[1] << 8)) - 1)
    if (frees) bus.bfs('ECON2', 0x40)
    for (let round = 0; round < 2; round++) {
      bus.wcr16('EWRPT', 0x1000)
      bus.wbm([0x00, ...REPLY])
      bus.wcr16('ETXST', 0x1000)
      bus.wcr16('ETXND', 0x1000 + REPLY.length)
      if (clearFlags) bus.bfc('EIR', 0x0a)
      bus.bfs('ECON1', 0x08)
      bus.poll(() => (bus.rcr('ECON1') & 0x08) === 0, undefined, 10 * US)
    }
    atEnd?.(bus, bench)
  }
}

const CLEAN = traceOf(driver())

/** Each with the rule that it breaks. Octets and addresses are those of DS39662 tables 3-1 and 4-1. */
const PLANTED: readonly (readonly [rule: string, what: string, plant: Plant])[] = [
  ['even-read-pointer', 'ERXRDPT even', { readPointer: 0x0ffe }],
  ['bit-field-on-mac-register', 'BFS on MACON3', { beforeReceive: (bus) => bus.bfs('MACON3', 0x02) }],
  ['duplex-disagreement', 'MACON3.FULDPX 0, PHCON1.PDPXMD 1', { macon3: 0x32 }],
  [
    'stale-transmit-flags',
    'TXIF left from the frame before, and its interrupt on',
    { clearFlags: false, beforeReceive: (bus) => bus.bfs('EIE', 0x08) },
  ],
  ['missing-dummy-octet', 'MACON1 read with two octets', { atEnd: (bus) => [bus.rcr('MACON1'), bus.spi([OP.RCR], 1)] }],
  ['packet-count-below-zero', 'PKTDEC without a packet', { atEnd: (bus) => bus.bfs('ECON2', 0x40) }],
  ['invalid-instruction', 'E0h is no instruction', { atEnd: (bus) => bus.spi([0xe0, 0x00]) }],
  ['incomplete-instruction', 'WCR without its octet', { atEnd: (bus) => bus.spi([OP.WCR]) }],
  ['fifo-changed-while-receiving', 'ERXND while RXEN is 1', { atEnd: (bus) => bus.wcr16('ERXND', RECEIVE_END) }],
  [
    'mii-read-too-soon',
    'MIRD read at once',
    {
      atEnd: (bus) => {
        bus.wcr('MIREGADR', PHSTAT1)
        bus.wcr('MICMD', 0x01)
        bus.rcr('MIRDL')
      },
    },
  ],
  [
    'transmit-pointer-changed',
    'ETXND while TXRTS is 1',
    {
      atEnd: (bus) => {
        bus.bfc('EIR', 0x0a)
        bus.bfs('ECON1', 0x08)
        bus.wcr16('ETXND', 0x1020)
      },
    },
  ],
]

/** What a driver never does; the rules of DS39662 12.1.3, 12.1.5, 7.2.4. */
const NEVER_DONE: readonly (readonly [rule: string, what: string, atEnd: NonNullable<Plant['atEnd']>])[] = [
  ['link-interrupt-without-phie', 'LINKIE without PHIE', (bus) => bus.bfs('EIE', 0x90)],
  [
    'abort-never-cleared',
    'TXABRT from a frame longer than MAMXFL, then another frame',
    (bus) => {
      bus.wcr('MACON3', 0x31)
      bus.wcr16('MAMXFL', 40)
      for (let round = 0; round < 2; round++) {
        bus.bfc('EIR', 0x0a)
        bus.bfs('ECON1', 0x08)
        bus.wait(MS)
        bus.bfc('ECON1', 0x08)
        expect(bus.rcr('ESTAT') & 0x02).toBe(0x02)
      }
    },
  ],
]

describe('what a driver never does', () => {
  it.each(NEVER_DONE)('%s (%s) is found', (rule, _, atEnd) => {
    expect(auditOf(recordingOf(traceOf(driver({ atEnd })))).misuse.map((misuse) => misuse.rule)).toEqual([rule])
  })

  it('packet-never-freed (ERXRDPT moved, and never PKTDEC) is found', () => {
    const trace = traceOf(
      driver({
        frees: false,
        atEnd: (bus) => {
          for (let i = 0; i < 3; i++) bus.wcr16('ERXRDPT', RECEIVE_END)
        },
      }),
    )
    expect(auditOf(recordingOf(trace)).misuse.map(({ rule }) => rule)).toEqual(['packet-never-freed'])
  })

  it('what it does at last is no rule broken: PHIE after LINKIE, TXABRT cleared', () => {
    const atEnd: NonNullable<Plant['atEnd']> = (bus) => {
      bus.bfs('EIE', 0x90)
      bus.writePhy(0x12, 0x0012)
    }
    expect(auditOf(recordingOf(traceOf(driver({ atEnd })))).misuse).toEqual([])
  })

  it('INT that never falls though packets wait is its wire', () => {
    const enabled = recordingOf(traceOf(driver({ beforeReceive: (bus) => bus.bfs('EIE', 0xc0) })))
    const withInt = (recording: typeof enabled) => {
      const { probes } = guessProbes(recording, { int: recording.channels.indexOf('INT') })!
      return auditSpi(recording, probes)!
    }
    expect(withInt(enabled)).toMatchObject({ interrupts: 1, misuse: [] })
    expect(withInt(enabled).differences.map(({ meaning }) => meaning)).not.toContain('wire-int-silent')
    const silent = withInt(withWire(enabled, 'INT', () => 1))
    expect(silent.differences.map(({ meaning }) => meaning)).toContain('wire-int-silent')
    expect(hasTrouble(silent)).toBe(true)
  })
})

describe('the audit of a driver of our own', () => {
  it('finds nothing in a clean one, and the frames that were received and sent', () => {
    const audit = auditOf(recordingOf(CLEAN))
    expect(audit.misuse).toEqual([])
    expect(audit.differences.filter(({ meaning }) => meaning !== 'network')).toEqual([])
    expect(hasTrouble(audit)).toBe(false)
    expect(audit).toMatchObject({ setUp: true, revision: 'B7', model: 'B7', unread: 0 })
    expect(audit.wire.map(({ direction, whole, octets }) => [direction, whole, [...octets]])).toEqual([
      ['inbound', true, REQUEST],
      ['outbound', true, checkedFrame(REPLY)],
      ['outbound', true, checkedFrame(REPLY)],
    ])
  })

  it('reads a chip of another revision as what it is', () => {
    const trace = traceOf(
      (bench) => {
        const bus = new TimedBus(bench, 'cached')
        bus.spi([OP.SRC])
        bus.forgetBank(0)
        bus.wait(2 * MS)
        bus.wcr16('ERXND', RECEIVE_END)
        for (let i = 0; i < 4; i++) bus.rcr('EREVID')
      },
      { revision: 'B5' },
    )
    expect(auditOf(recordingOf(trace))).toMatchObject({ revision: 'B5', model: 'B5', differences: [] })
  })

  it.each(PLANTED)('finds %s (%s), once, at its instruction', (rule, _, plant) => {
    const audit = auditOf(recordingOf(traceOf(driver(plant))))
    expect(audit.misuse.map((misuse) => misuse.rule)).toContain(rule)
    // Beside it only what it brings about.
    expect(audit.misuse.length).toBeLessThanOrEqual(2)
    expect(hasTrouble(audit)).toBe(true)
  })

  it('says that TXIF was left where nobody is interrupted by it, and takes it for no trouble', () => {
    const audit = auditOf(recordingOf(traceOf(driver({ clearFlags: false }))))
    expect(audit.misuse.map(({ rule }) => rule)).toEqual(['stale-transmit-flags-unused'])
    expect(hasTrouble(audit)).toBe(false)
  })

  it('shows when and with what a rule was broken first, and how often', () => {
    const trace = traceOf(driver({ atEnd: (bus) => [bus.spi([0xe0, 0x55]), bus.wait(MS), bus.spi([0xe0, 0xaa])] }))
    const [misuse] = auditOf(recordingOf(trace)).misuse
    expect(misuse).toMatchObject({ rule: 'invalid-instruction', count: 2, source: 'DS39662 table 4-1' })
    expect([...misuse.octets]).toEqual([0xe0])
  })
})

describe('wires that have trouble', () => {
  const clean = recordingOf(CLEAN)
  const meanings = (recording: typeof clean) =>
    auditOf(recording)
      .differences.map(({ meaning }) => meaning)
      .filter((meaning) => meaning !== 'network')

  it('SO that is stuck, either way', () => {
    expect(meanings(withWire(clean, 'SO', () => 0))).toContain('wire-stuck-low')
    expect(meanings(withWire(clean, 'SO', () => 1))).toContain('wire-stuck-high')
  })

  it('SO that comes a bit late', () => {
    const bit = 1 << clean.channels.indexOf('SO')
    const clock = 1 << clean.channels.indexOf('SCK')
    let held = 0
    // After each falling edge SO stays for a bit longer what it was before it.
    const levels = clean.levels.map((each, i) => {
      if (i > 0 && clean.levels[i - 1] & clock & ~each) held = clean.levels[i - 1] & bit
      return (each & ~bit) | held
    })
    expect(meanings({ ...clean, levels })).toContain('wire-shifted')
  })

  it('single bits that are wrong now and then: in a frame, its FCS tells', () => {
    const clock = 1 << clean.channels.indexOf('SCK')
    /** SO is wrong at each of these rising edges of SCK. */
    const disturbed = (at: (edge: number) => boolean) => {
      let edges = 0
      return withWire(clean, 'SO', (was, i) => {
        const rises = i > 0 && (clean.levels[i] & ~clean.levels[i - 1] & clock) !== 0
        return rises && at(edges++) ? ((1 - was) as 0 | 1) : was
      })
    }
    expect(meanings(disturbed((edge) => edge % 401 === 400))).toEqual(['bad-frame-check'])
  })
})

describe('a recording that makes no sense', () => {
  const clean = recordingOf(CLEAN)
  const probes = guessProbes(clean, {})!.probes

  it('is judged all the same, whatever the driver seems to send and the chip to answer', () => {
    const random = new SeededRandom(31)
    for (let round = 0; round < 12; round++) {
      const often = 2 + random.below(60)
      const wrong = (was: 0 | 1): 0 | 1 => (random.below(often) === 0 ? ((1 - was) as 0 | 1) : was)
      const audit = auditSpi(withWire(withWire(clean, 'SI', wrong), 'SO', wrong), probes)!
      expect(audit.octets).toBeGreaterThan(200)
      expect(hasTrouble(audit)).toBe(true)
    }
  })
})

describe('the channels of a recording', () => {
  const named = recordingOf(CLEAN)
  const wires = { cs: 'CS', sck: 'SCK', mosi: 'SI', miso: 'SO' }
  const places = (recording: typeof named) =>
    Object.fromEntries(Object.entries(wires).map(([wire, name]) => [wire, recording.channels.indexOf(name)]))

  it('are known by their names', () => {
    expect(guessProbes(named, {})?.probes).toMatchObject(places(named))
  })

  it('are known by what crosses them where the names say nothing, or lie', () => {
    const channels = named.channels.map((_, i) => `D${i}`)
    expect(guessProbes({ ...named, channels }, {})?.probes).toMatchObject(places(named))
    const swapped = named.channels.map((name) => (name === 'SI' ? 'MISO' : name === 'SO' ? 'MOSI' : name))
    expect(guessProbes({ ...named, channels: swapped }, {})?.probes).toMatchObject(places(named))
  })

  it('are not guessed where nothing looks like this chip', () => {
    const noise = named.levels.map((_, i) => (i * 2654435761) >>> 24)
    expect(
      guessProbes({ ...named, channels: named.channels.map((_, i) => `D${i}`), levels: noise }, {}),
    ).toBeUndefined()
  })

  it('that begin after the chip was set up are judged by what needs no past', () => {
    const begin = named.times.findIndex((at) => at > named.duration * 0.9)
    const late = { ...named, times: named.times.subarray(begin), levels: named.levels.subarray(begin) }
    expect(auditOf(late)).toMatchObject({ setUp: false, misuse: [], differences: [] })
  })
})

describe('a recording of silicon', () => {
  const path = capturePath('enc28j60-init-and-ping.sr')

  it('has nothing wrong, and each difference explained', ({ skip }) => {
    if (path === undefined) return skip(NO_CAPTURES)
    const recording = readSigrokSession(readFileSync(path))
    const guess = guessProbes({ ...recording, channels: ['D0', 'D1', 'D2', 'D3'] }, {})
    expect(guess?.probes).toEqual({ cs: 0, miso: 1, sck: 2, mosi: 3 })
    const audit = auditSpi(recording, guess!.probes)!
    expect(audit).toMatchObject({ transactions: 181, setUp: true, revision: undefined, misuse: [] })
    // The two things that the sheet, and the SPI, leave open: what stands before a MII value, and pings that found no room.
    expect(audit.differences.map(({ meaning, where, count }) => [meaning, where, count])).toEqual([
      ['dummy-octet', 'MII', 15],
      ['network', 'EIR.RXERIF', 2],
    ])
    expect(hasTrouble(audit)).toBe(false)
    expect(audit.wire.map(({ direction, octets }) => [direction, octets.length])).toEqual([
      ['inbound', 1346],
      ['inbound', 1346],
      ['outbound', 1346],
      ['outbound', 1346],
    ])
    expect(audit.unread).toBe(3)
  })
})
