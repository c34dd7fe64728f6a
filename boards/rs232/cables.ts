/**
 * Serial cables as one buys or solders them: pin to pin between two connectors, what is bridged in their plugs, and what
 * each end receives from the other.
 */
import { type Connector, nullModemWires, type Pin, straightCableWires, type Wires } from './connectors.js'
import { MODEM_CABLES, type ModemCable, type Role } from './modem-lines.js'

export type SerialCableName = 'serial-straight' | 'null-modem' | 'null-modem-three-wire' | 'null-modem-bridged'

export interface SerialCable {
  readonly name: SerialCableName
  readonly title: string
  readonly roles: readonly [Role, Role]
  readonly wires: (a: Connector, b: Connector) => Wires
  /** Circuits that are joined inside each plug: from an output, to an input. */
  readonly bridged: readonly (readonly [string, string])[]
  /** The same cable as it acts on the control circuits. */
  readonly control: ModemCable
  readonly reference: string
}

const NO_STANDARD = 'no standard has it: circuits of ITU-T V.24, crossed as is usual between two DTEs'

export const SERIAL_CABLES: readonly SerialCable[] = [
  {
    name: 'serial-straight',
    title: 'a computer (DTE) to a modem (DCE), each circuit to itself; between two kinds of connector, an adapter',
    roles: ['dte', 'dce'],
    wires: straightCableWires,
    bridged: [],
    control: MODEM_CABLES.straight,
    reference: 'ITU-T V.24 (circuits); EIA-232-D and TIA-574 (pins of 25 and of 9)',
  },
  {
    name: 'null-modem',
    title: 'two computers (DTE), with handshake: RTS to CTS, DTR to DSR and DCD',
    roles: ['dte', 'dte'],
    wires: (a, b) => nullModemWires(a, b),
    bridged: [],
    control: MODEM_CABLES['null-modem'],
    reference: NO_STANDARD,
  },
  {
    name: 'null-modem-three-wire',
    title: 'two computers (DTE), without handshake: data and ground',
    roles: ['dte', 'dte'],
    wires: (a, b) => nullModemWires(a, b, false),
    bridged: [],
    control: MODEM_CABLES['three-wire'],
    reference: NO_STANDARD,
  },
  {
    name: 'null-modem-bridged',
    title: 'two computers (DTE), data and ground; each plug answers its own handshake',
    roles: ['dte', 'dte'],
    wires: (a, b) => nullModemWires(a, b, false),
    bridged: [
      ['105', '106'],
      ['108/2', '107'],
      ['108/2', '109'],
    ],
    control: MODEM_CABLES.bridged,
    reference: NO_STANDARD,
  },
]

/** Pins joined inside a plug of this kind. */
export function bridgesOf({ bridged }: SerialCable, { pins }: Connector): Wires {
  const of = (circuit: string) => pins.filter((pin) => pin.circuit === circuit)
  return bridged.flatMap(([from, to]) =>
    of(from).flatMap((pin, i) => {
      const other = of(to)[i]
      return other === undefined ? [] : [[pin.pin, other.pin] as const]
    }),
  )
}

/** Inputs at one end that this cable leaves without anyone who drives them: a receiver reads them as OFF, or as rest. */
export function undriven(cable: SerialCable, a: Connector, b: Connector, end: 'a' | 'b'): readonly Pin[] {
  const here = end === 'a' ? a : b
  const role = cable.roles[end === 'a' ? 0 : 1]
  const reached = new Set([
    ...cable.wires(a, b).map((wire) => wire[end === 'a' ? 0 : 1]),
    ...bridgesOf(cable, here).flat(),
  ])
  return here.pins.filter(({ direction, pin }) => direction === (role === 'dte' ? 'in' : 'out') && !reached.has(pin))
}
