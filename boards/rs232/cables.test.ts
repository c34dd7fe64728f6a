import { describe, expect, it } from 'vitest'
import { assess, pinMap } from '../ethernet/wiring.js'
import { bridgesOf, SERIAL_CABLES, type SerialCableName, undriven } from './cables.js'
import { CONNECTORS, DB25, DC37, DE9, M34, serialCableFaults } from './connectors.js'
import { CONSOLE_PINS, ROLLOVER } from './console-port.js'
import { isOutput, MODEM_CIRCUITS, type ModemCircuit } from './modem-lines.js'

const cable = (name: SerialCableName) => SERIAL_CABLES.find((each) => each.name === name)!

/** V.24 numbers of the control circuits. */
const NUMBERS: Readonly<Record<ModemCircuit, string>> = {
  rts: '105',
  cts: '106',
  dtr: '108/2',
  dsr: '107',
  dcd: '109',
  ri: '125',
}

describe('serial cables', () => {
  it('have one driver and one receiver on every wire, between any two connectors that they join', () => {
    for (const { wires, roles, name } of SERIAL_CABLES) {
      for (const a of CONNECTORS) {
        for (const b of CONNECTORS) {
          const faults = serialCableFaults(
            wires(a, b),
            { connector: a, role: roles[0] },
            { connector: b, role: roles[1] },
          )
          expect(faults, `${name} ${a.name} ${b.name}`).toEqual([])
        }
      }
    }
  })

  it('from 9 to 25 pins are the adapter that everybody has (TIA-574, EIA-232-D)', () => {
    expect(cable('serial-straight').wires(DE9, DB25)).toEqual(
      Object.entries({ 1: 8, 2: 3, 3: 2, 4: 20, 5: 7, 6: 6, 7: 4, 8: 5, 9: 22 }).map(([a, b]) => [a, `${b}`]),
    )
  })

  it('carry on their wires and bridges what their control circuits do in the model', () => {
    for (const each of SERIAL_CABLES) {
      const wires = each.wires(DE9, DE9)
      const pinOf = (circuit: ModemCircuit) => DE9.pins.find((pin) => pin.circuit === NUMBERS[circuit])!.pin
      for (const end of ['a', 'b'] as const) {
        const role = each.roles[end === 'a' ? 0 : 1]
        for (const input of MODEM_CIRCUITS.filter((circuit) => !isOutput(role, circuit))) {
          const far = each.control[end][input]
          const wired = wires.filter((wire) => wire[end === 'a' ? 0 : 1] === pinOf(input))
          expect(wired.map((wire) => wire[end === 'a' ? 1 : 0])).toEqual(far === undefined ? [] : [pinOf(far)])
          const near = each.control.bridged?.[input]
          const joined = bridgesOf(each, DE9).filter(([, to]) => to === pinOf(input))
          expect(joined.map(([from]) => from)).toEqual(near === undefined ? [] : [pinOf(near)])
        }
      }
    }
  })

  it('say which inputs they leave without a driver', () => {
    const names = (name: SerialCableName) => undriven(cable(name), DE9, DE9, 'a').map((pin) => pin.name)
    expect(names('serial-straight')).toEqual([])
    expect(names('null-modem')).toEqual(['RI'])
    expect(names('null-modem-three-wire')).toEqual(['DCD', 'DSR', 'CTS', 'RI'])
    expect(names('null-modem-bridged')).toEqual(['RI'])
  })

  it('crossed keep the conductors of balanced circuits together: A to A, B to B', () => {
    for (const connector of [DC37, M34]) {
      const nameOf = (at: string) => connector.pins.find(({ pin }) => pin === at)!.name
      for (const [from, to] of cable('null-modem').wires(connector, connector)) {
        const side = (name: string) => /\([AB]\)$/.exec(name)?.[0]
        expect(side(nameOf(from))).toBe(side(nameOf(to)))
      }
    }
  })
})

describe('faces', () => {
  it('show each contact once, and every pin that has a circuit', () => {
    for (const { rows, positions, pins, name } of CONNECTORS) {
      const contacts = rows.flat()
      expect(contacts, name).toHaveLength(positions)
      expect(new Set(contacts).size, name).toBe(positions)
      for (const { pin } of pins) expect(contacts, name).toContain(pin)
    }
  })
})

describe('the console port and its rollover cable', () => {
  it('turn the pins round, and each output meets an input of the same kind', () => {
    expect(pinMap(ROLLOVER)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    const crossed: Readonly<Record<string, string>> = { RTS: 'CTS', DTR: 'DSR', TXD: 'RXD', GND: 'GND' }
    for (const [i, far] of pinMap(ROLLOVER).entries()) {
      const here = CONSOLE_PINS[i]
      const there = CONSOLE_PINS[far - 1]
      expect(crossed[here.name] ?? here.name).toBe(here.direction === 'in' ? here.name : there.name)
      if (here.direction === 'out') expect(there.direction).toBe('in')
    }
  })

  it('is no network cable: no link between any two jacks', () => {
    for (const a of ['MDI', 'MDI-X', 'auto'] as const) {
      for (const b of ['MDI', 'MDI-X', 'auto'] as const) {
        const { aToB, bToA } = assess(ROLLOVER, a, b)
        expect(aToB.connected && bToA.connected, `${a} ${b}`).toBe(false)
      }
    }
  })
})
