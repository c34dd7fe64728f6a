import { describe, expect, it } from 'vitest'
import {
  CONNECTORS,
  DB25,
  DC37,
  DE9,
  M34,
  nullModemWires,
  serialCableFaults,
  straightCableWires,
} from './connectors.js'
import { LINE_STANDARDS } from './standards.js'

const pinOf = (connector: (typeof CONNECTORS)[number], name: string) =>
  connector.pins.find((each) => each.name === name)?.pin

describe('connectors', () => {
  it('have each pin once, and no more pins than positions', () => {
    for (const { pins, positions, name } of CONNECTORS) {
      expect(new Set(pins.map(({ pin }) => pin)).size, name).toBe(pins.length)
      expect(pins.length).toBeLessThanOrEqual(positions)
    }
  })

  it('have the pins that everybody knows (TIA-574, EIA-232-D, EIA-449, ISO 2593)', () => {
    expect(['DCD', 'RXD', 'TXD', 'DTR', 'GND', 'DSR', 'RTS', 'CTS', 'RI'].map((name) => pinOf(DE9, name))).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ])
    expect(['TXD', 'RXD', 'RTS', 'CTS', 'DSR', 'GND', 'DCD', 'DTR', 'RI'].map((name) => pinOf(DB25, name))).toEqual([
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '20',
      '22',
    ])
    expect(['SD(A)', 'SD(B)', 'RD(A)', 'RD(B)', 'TT(B)', 'SG'].map((name) => pinOf(DC37, name))).toEqual([
      '4',
      '22',
      '6',
      '24',
      '35',
      '19',
    ])
    expect(['SD(A)', 'SD(B)', 'RD(A)', 'RD(B)', 'GND'].map((name) => pinOf(M34, name))).toEqual([
      'P',
      'S',
      'R',
      'T',
      'B',
    ])
  })

  it('of RS-449: the conductors of a balanced circuit are 18 pins apart', () => {
    for (const a of DC37.pins.filter(({ name }) => name.endsWith('(A)'))) {
      expect(pinOf(DC37, a.name.replace('(A)', '(B)'))).toBe(`${Number(a.pin) + 18}`)
    }
  })
})

describe('cables', () => {
  it('straight, from DTE to DCE: every circuit has one driver', () => {
    for (const connector of CONNECTORS) {
      expect(
        serialCableFaults(
          straightCableWires(connector, connector),
          { connector, role: 'dte' },
          { connector, role: 'dce' },
        ),
      ).toEqual([])
    }
    expect(
      serialCableFaults(
        straightCableWires(DE9, DB25),
        { connector: DE9, role: 'dte' },
        { connector: DB25, role: 'dce' },
      ),
    ).toEqual([])
    expect(straightCableWires(DE9, DB25)).toContainEqual(['3', '2'])
  })

  it('between DC-37 and DB-25 wire circuit 111: pin 16 of RS-449 is SF (126) or SR (111), pin 23 of RS-232 is CH (111)', () => {
    expect(straightCableWires(DC37, DB25)).toContainEqual(['16', '23'])
    expect(straightCableWires(DB25, DC37)).toContainEqual(['23', '16'])
    expect(
      serialCableFaults(
        straightCableWires(DC37, DB25),
        { connector: DC37, role: 'dte' },
        { connector: DB25, role: 'dce' },
      ),
    ).toEqual([])
  })

  it('null modem, from DTE to DTE: every circuit has one driver, and the pins are those on paper', () => {
    for (const connector of CONNECTORS) {
      const ends = { connector, role: 'dte' } as const
      expect(serialCableFaults(nullModemWires(connector), ends, ends)).toEqual([])
    }
    const wires = nullModemWires(DE9)
    for (const wire of [
      ['3', '2'],
      ['2', '3'],
      ['7', '8'],
      ['8', '7'],
      ['4', '6'],
      ['4', '1'],
      ['6', '4'],
      ['5', '5'],
    ]) {
      expect(wires).toContainEqual(wire)
    }
  })

  it('a straight one between two computers: TXD meets TXD, and nobody drives RXD', () => {
    const faults = serialCableFaults(
      straightCableWires(DE9, DE9),
      { connector: DE9, role: 'dte' },
      { connector: DE9, role: 'dte' },
    )
    expect(faults).toContain('TXD (pin 3) meets TXD (pin 3): both ends drive it')
    expect(faults).toContain('RXD (pin 2) meets RXD (pin 2): nobody drives it')
  })

  it('without ground say so', () => {
    const ends = { connector: DE9, role: 'dte' } as const
    const faults = serialCableFaults(
      nullModemWires(DE9).filter(([from]) => from !== '5'),
      ends,
      ends,
    )
    expect(faults).toEqual(['no signal ground: each end measures against a zero of its own'])
  })
})

describe('line standards', () => {
  it('send what the standard asks for', () => {
    for (const { name, driver, limits } of Object.values(LINE_STANDARDS)) {
      const amounts = name === 'ttl' ? [driver.mark] : [Math.abs(driver.mark), Math.abs(driver.space)]
      for (const volts of amounts) {
        expect(volts, name).toBeGreaterThanOrEqual(limits.driver[0])
        expect(volts, name).toBeLessThanOrEqual(limits.driver[1])
      }
      if (limits.slew !== undefined) expect(driver.slew, name).toBeLessThanOrEqual(limits.slew)
    }
  })

  it('and their receivers decide within the band that the standard leaves undefined (V.28: ±3 V, V.10 and V.11: ±0.2 V)', () => {
    expect(LINE_STANDARDS['rs-232'].limits.undefinedWithin).toEqual([-3, 3])
    for (const { receiver, limits, name } of Object.values(LINE_STANDARDS)) {
      expect(receiver.low, name).toBeGreaterThanOrEqual(limits.undefinedWithin[0])
      expect(receiver.high, name).toBeLessThanOrEqual(limits.undefinedWithin[1])
    }
  })
})
