/** Every choice the data sheet leaves open (sections 24 and 26), made the other way: a driver can tell. */
import { describe, expect, it } from 'vitest'
import { BROADCAST, ChipBench, frameTo, OTHER, STATION } from '../../../test/support/chip-bench.js'
import { type Choices, DEFAULT_CHOICES } from './choices.js'

const EIR = 0x1c
const ESTAT = 0x1d
const ECON1 = 0x1f

/** What a chip with the choice shows a driver, by choice. */
const looks: {
  readonly [Name in keyof Choices]: readonly [(on: ChipBench) => unknown, Choices[Name], unknown, unknown]
} = {
  dummyOctet: [
    (on) => {
      on.bank(2)
      return on.frame([0x08], 2)[0]
    },
    0xa5,
    0x00,
    0xa5,
  ],
  readSetsReservedStatus: [
    (on) => {
      on.phyRead(0x02)
      return on.mac(3, 0x0a)
    },
    false,
    0x08,
    0x00,
  ],
  bitFieldOnMac: [
    (on) => {
      on.write(2, 0x02, 0x10)
      on.set(0x02, 0x22)
      return on.mac(2, 0x02)
    },
    'write',
    0x32,
    0x22,
  ],
  flagsWritable: [
    (on) => {
      on.set(EIR, 0x29)
      return on.eth(0, EIR)
    },
    true,
    0x00,
    0x29,
  ],
  dmaFlagOnCancel: [
    (on) => {
      on.write16(0, 0x12, 0x0100)
      on.set(ECON1, 0x20)
      on.clear(ECON1, 0x20)
      return on.eth(0, EIR) & 0x20
    },
    false,
    0x20,
    0x00,
  ],
  transmitFlagOnCancel: [
    (on) => {
      on.transmit(frameTo(OTHER))
      on.clear(ECON1, 0x08)
      return on.eth(0, EIR) & 0x08
    },
    false,
    0x08,
    0x00,
  ],
  abortOnCancel: [
    (on) => {
      on.transmit(frameTo(OTHER))
      on.run(10_000)
      on.clear(ECON1, 0x08)
      return on.eth(0, ESTAT) & 0x02
    },
    true,
    0x00,
    0x02,
  ],
  transmitResetClearsLatecol: [
    (on) => {
      on.partner.handleStart = () => on.clock.after(200_000, () => on.partner.signal(new Uint8Array(64)))
      on.transmit(frameTo(OTHER, 500))
      on.run(1_000_000)
      on.set(ECON1, 0x80)
      return on.eth(0, ESTAT) & 0x12
    },
    true,
    0x12,
    0x02,
  ],
  receiveResetClears: [
    (on) => {
      on.partner.send(frameTo(STATION))
      on.set(ECON1, 0x40)
      return [on.eth(1, 0x19), on.eth16(0, 0x0e)]
    },
    true,
    [1, 0x0046],
    [0, 0x0000],
  ],
  receiveLimit: [
    (on) => {
      on.write16(0, 0x0c, 70)
      on.partner.send(frameTo(STATION))
      return on.eth(1, 0x19)
    },
    'pointer',
    0,
    1,
  ],
  overflowSetsBufer: [
    (on) => {
      on.write16(0, 0x0c, 0x0011)
      on.partner.send(frameTo(STATION))
      return [on.eth(0, ESTAT) & 0x40, on.eth(0, EIR) & 0x01]
    },
    false,
    [0x40, 0x01],
    [0x00, 0x01],
  ],
  writePointerShowsStart: [
    (on) => {
      on.clear(ECON1, 0x04)
      on.write16(0, 0x08, 0x0100)
      const before = on.eth16(0, 0x0e)
      on.set(ECON1, 0x04)
      on.partner.send(frameTo(STATION))
      return [before, on.eth16(0, 0x0e)]
    },
    false,
    [0x0100, 0x0146],
    [0x0000, 0x0146],
  ],
  resetWritePointer: [
    (on) => {
      on.frame([0xff])
      on.run(200_000_000)
      on.write(2, 0x00, 0x01)
      on.write(1, 0x18, 0x20)
      on.set(ECON1, 0x04)
      on.partner.send(frameTo(STATION))
      return on.eth16(0, 0x0e)
    },
    0x0600,
    0x0640,
    0x0646,
  ],
  paddingAppendsCrc: [
    (on) => {
      on.write(2, 0x02, 0x20)
      on.transmit(frameTo(OTHER, 20))
      on.run(100_000)
      return on.partner.sent[0].signal.octets.length
    },
    false,
    64,
    60,
  ],
  lengthCheckAlways: [
    (on) => {
      on.write(2, 0x02, 0x30)
      on.partner.send(frameTo(STATION, 60, 100))
      return on.memoryRead(4, 1)[0]
    },
    true,
    0x80,
    0xa0,
  ],
  broadcastIsMulticast: [
    (on) => {
      on.partner.send(frameTo(BROADCAST))
      return on.memoryRead(5, 1)[0]
    },
    true,
    0x02,
    0x03,
  ],
  forcedLinkInterrupts: [
    (on) => {
      on.partner.pulsing = false
      on.run(200_000_000)
      on.phyWrite(0x12, 0x0012)
      on.phyRead(0x13)
      on.phyWrite(0x10, 0x4000)
      return [on.eth(0, EIR) & 0x10, on.phyRead(0x13), on.phyRead(0x11) & 0x0400]
    },
    false,
    [0x10, 0x0014, 0x0400],
    [0x00, 0x0000, 0x0400],
  ],
  oneShotPauseClears: [
    (on) => {
      on.bringUp('full')
      on.write(3, 0x17, 0x01)
      on.run(1_000_000)
      return on.eth(3, 0x17) & 0x03
    },
    false,
    0x00,
    0x01,
  ],
  pausePeriod: [
    (on) => {
      on.bringUp('full')
      on.write(3, 0x17, 0x02)
      on.run(1_000_000_000)
      return on.partner.sent.length
    },
    0.25,
    10,
    20,
  ],
  phyRevision: [(on) => on.phyRead(0x03), 3, 0x1400, 0x1403],
  linkTestCount: [
    (on) => {
      on.partner.pulsing = false
      on.run(200_000_000)
      on.partner.pulsing = true
      on.run(80_000_000)
      return on.chip.linkUp
    },
    7,
    true,
    false,
  ],
}

describe('choices', () => {
  for (const name of Object.keys(DEFAULT_CHOICES) as (keyof Choices)[]) {
    const [look, otherwise, byDefault, expected] = looks[name]
    it(`${name}: ${JSON.stringify(otherwise)} is something a driver can tell from the default`, () => {
      const bench = (choices: Partial<Choices>) => {
        const on = new ChipBench({ choices })
        on.bringUp()
        return look(on)
      }
      expect(bench({})).toEqual(byDefault)
      expect(bench({ [name]: otherwise })).toEqual(expected)
    })
  }

  it('dummyOctet random: seeded, and seldom what a driver would take for data', () => {
    const read = (seed: number) => {
      const on = new ChipBench({ seed, choices: { dummyOctet: 'random' }, partner: false })
      on.bank(2)
      const dummies = Array.from({ length: 8 }, () => [...on.frame([0x0b], 2)])
      on.chip.select()
      on.chip.exchange(0x0b)
      dummies.push([on.chip.exchange(0), on.chip.exchange(0)])
      on.chip.deselect()
      return dummies
    }
    expect(read(1)).toEqual(read(1))
    expect(new Set(read(1).map(([dummy]) => dummy)).size).toBeGreaterThan(4)
    expect(read(1).every(([, value]) => value === 0x06)).toBe(true)
  })

  it('transmitFlagOnCancel also holds for a frame that has not begun', () => {
    const on = new ChipBench({ choices: { transmitFlagOnCancel: false } })
    on.bringUp()
    on.write16(0, 0x12, 0x1000)
    on.set(ECON1, 0x20)
    on.transmit(frameTo(OTHER))
    on.clear(ECON1, 0x08)
    expect(on.eth(0, EIR) & 0x08).toBe(0)
  })

  it('bitFieldOnMac ignore: nothing happens', () => {
    const on = new ChipBench({ choices: { bitFieldOnMac: 'ignore' }, partner: false })
    on.write(2, 0x02, 0x32)
    on.clear(0x02, 0x02)
    expect(on.mac(2, 0x02)).toBe(0x32)
  })
})
