import { describe, expect, it } from 'vitest'
import { CROSSOVER_WIRING, PINS, STRAIGHT_WIRING } from '../../boards/ethernet/wiring.js'
import { CONNECTORS } from '../../boards/rs232/connectors.js'
import { FRAMING_8N1, parseFraming } from '../../boards/rs232/framing.js'
import { LINE_STANDARDS, type StandardName } from '../../boards/rs232/standards.js'
import { scopePictureSvg } from '../scope/svg.js'
import { cableSvg, plugContacts, twistedPairWires } from './cable-svg.js'
import { connectorSvg, rj45Svg } from './connector-svg.js'
import { octetDrawing } from './line-octet.js'
import { pairNumber, rj45Pins } from './rj45.js'

const drawn = (name: StandardName, more: Partial<Parameters<typeof octetDrawing>[0]> = {}) => {
  const standard = LINE_STANDARDS[name]
  return octetDrawing({
    driver: standard,
    receiver: standard,
    octets: [0x41],
    baud: 9600,
    framing: FRAMING_8N1,
    metres: 2,
    ...more,
  })
}

/** Volts of a panel's line at an instant. */
function voltsAt(points: readonly (readonly [number, number])[], at: number): number {
  const next = points.findIndex(([time]) => time >= at)
  const [t0, v0] = points[Math.max(0, next - 1)]
  const [t1, v1] = points[next]
  return t1 === t0 ? v1 : v0 + ((v1 - v0) * (at - t0)) / (t1 - t0)
}

describe('faces', () => {
  it('name every contact that has a circuit', () => {
    for (const connector of CONNECTORS) {
      const picture = connectorSvg(connector)
      for (const { name, title } of connector.pins) {
        expect(picture, connector.name).toContain(`>${name}<`)
        expect(picture, connector.name).toContain(`>${title}<`)
      }
      expect(picture.match(/<circle [^>]* r="14"/g)).toHaveLength(connector.positions)
    }
  })

  it('of RJ-45: MDI sends on 1 and 2, pair 3 of T568A and 2 of T568B is there (TIA-568, 802.3 14.5.1)', () => {
    const pins = rj45Pins()
    expect(pins.map(({ mdi }) => mdi)).toEqual(['TD+', 'TD-', 'RD+', '-', '-', 'RD-', '-', '-'])
    expect(pins.map(({ mdix }) => mdix)).toEqual(['RD+', 'RD-', 'TD+', '-', '-', 'TD-', '-', '-'])
    expect(pins[0].pairs).toEqual([3, 2])
    // Every pair of conductors in use is twisted: both contacts of a direction are of one pair.
    for (const { transmit, receive } of Object.values(PINS)) {
      for (const { plus, minus } of [transmit, receive]) {
        for (const scheme of ['t568a', 't568b'] as const) {
          expect(pairNumber(pins[plus - 1][scheme])).toBe(pairNumber(pins[minus - 1][scheme]))
        }
      }
    }
    expect(rj45Svg()).toContain('T568B')
  })
})

describe('cables', () => {
  it('draw a wire for each conductor, from pin to pin', () => {
    expect(twistedPairWires(STRAIGHT_WIRING).map(({ from, to }) => from === to)).toEqual(Array(8).fill(true))
    expect(twistedPairWires(CROSSOVER_WIRING).map(({ to }) => Number(to))).toEqual([3, 6, 1, 4, 5, 2, 7, 8])
    const picture = cableSvg({
      title: 'x',
      subtitle: '',
      ends: ['a', 'b'],
      a: plugContacts(CROSSOVER_WIRING.a, []),
      b: plugContacts(CROSSOVER_WIRING.b, []),
      wires: twistedPairWires(CROSSOVER_WIRING),
      notes: [],
    })
    // Four plain conductors, and four with white in them, which take two lines each.
    expect(picture.match(/<path /g)).toHaveLength(12)
  })
})

describe('an octet on a line standard', () => {
  it('is on both conductors of V.35, one the other upside down, and their difference is 0.55 V (V.35 annex II)', () => {
    const [a, b, difference] = drawn('v.35').picture.panels
    const bit = 1e9 / 9600
    // 41h, start bit first: 0 1000 0010 1. Space is A above B.
    for (const [i, level] of [0, 1, 0, 0, 0, 0, 0, 1, 0, 1].entries()) {
      const at = (i + 0.5) * bit
      const volts = level === 1 ? -0.55 : 0.55
      expect(voltsAt(difference.points, at)).toBeCloseTo(volts, 6)
      expect(voltsAt(a.points, at)).toBeCloseTo(volts / 2, 6)
      expect(voltsAt(a.points, at) - voltsAt(b.points, at)).toBeCloseTo(volts, 6)
    }
  })

  it('is received as it was sent, on each standard', () => {
    for (const name of Object.keys(LINE_STANDARDS) as StandardName[]) {
      expect(drawn(name, { octets: [0x41, 0xff, 0x00] }).received.map(({ octet, error }) => [octet, error])).toEqual([
        [0x41, ''],
        [0xff, ''],
        [0x00, ''],
      ])
    }
  })

  it('says what a receiver of another standard makes of it', () => {
    // 41h is 0 1000 0010 1, upside down 1 0111 1101 0 on a line that rests at 0. Long at rest it was one break; then the
    // falling edge is that of the first data bit: 0 1111 1010, and the stop bit is the line at rest again.
    for (const baud of [300, 9600, 115_200]) {
      expect(
        drawn('rs-232', { receiver: LINE_STANDARDS.ttl, baud }).received.map(({ octet, error }) => [octet, error]),
      ).toEqual([
        [0x00, 'framing error: a break'],
        [0x5f, 'framing error'],
      ])
    }
    expect(drawn('v.35', { receiver: LINE_STANDARDS['rs-232'] }).received).toEqual([])
  })

  it('shows the slope of a long RS-232 cable: 7500 µA into 2400 pF are 3.125 V/µs', () => {
    const [panel] = drawn('rs-232', { metres: 15 }).picture.panels
    expect(voltsAt(panel.points, 1_000)).toBeCloseTo(-9 + 3.125, 2)
  })

  it('has rows for what was sent, what is read and what the UART delivers', () => {
    const { picture } = drawn('rs-422', { framing: parseFraming('7E1') })
    const rows = picture.panels[2].rows.map(({ name, marks }) => [name, marks.map(({ text }) => text)])
    expect(rows[0]).toEqual(['sent', ['start', '1', '0', '0', '0', '0', '0', '1', 'P 0', 'stop']])
    expect(rows[2]).toEqual(['reads', ['1', '0', '1', '0', '1', '0', '1']])
    expect(rows[3]).toEqual(['UART', ['41h “A”']])
    expect(scopePictureSvg(picture)).toMatch(/^<svg .*<\/svg>\n$/s)
  })
})
