/** Who drives what on the pins of a serial cable: the circuits of both ends, and what the cable brings from one to the other. */
import { bridgesOf, SERIAL_CABLES, type SerialCable } from '../../../../boards/rs232/cables.js'
import { type Connector, DC37, DE9, M34, type Pin } from '../../../../boards/rs232/connectors.js'
import type { ModemCircuit, ModemEnd, Role } from '../../../../boards/rs232/modem-lines.js'
import { LINE_STANDARDS, type LineStandard, type StandardName } from '../../../../boards/rs232/standards.js'

const CONNECTOR_OF: Readonly<Partial<Record<StandardName, Connector>>> = {
  'rs-232': DE9,
  'rs-422': DC37,
  'v.35': M34,
}

/** A header has the circuits of the small connector, without its shell. */
export function contactsOf(standard: StandardName): Connector {
  return CONNECTOR_OF[standard] ?? DE9
}

export function hasConnector(standard: StandardName): boolean {
  return CONNECTOR_OF[standard] !== undefined
}

/** ITU-T V.24's numbers, and what everybody calls them. */
const CONTROL: Readonly<Record<string, ModemCircuit>> = {
  '105': 'rts',
  '106': 'cts',
  '107': 'dsr',
  '108/2': 'dtr',
  '109': 'dcd',
  '125': 'ri',
}
const TRANSMITTED = '103'
const RECEIVED = '104'
const GROUND = '102'

export function cableNamed(name: string): SerialCable {
  const cable = SERIAL_CABLES.find((each) => each.name === name)
  if (cable === undefined) throw new RangeError(`there is no serial cable ${name}`)
  return cable
}

/** Contacts that matter here: data, ground, control. The clocks of synchronous lines and the test circuits are left out. */
export function usedPins({ pins }: Connector): readonly Pin[] {
  return pins.filter(({ circuit }) => [TRANSMITTED, RECEIVED, GROUND, ...Object.keys(CONTROL)].includes(circuit))
}

/** Whether this end drives a contact. */
export function drives(role: Role, { direction }: Pin): boolean {
  return direction === (role === 'dte' ? 'out' : 'in')
}

/** The circuit on which this end sends, and the one on which it receives. */
function dataCircuits(role: Role): { readonly sends: string; readonly receives: string } {
  return role === 'dte' ? { sends: TRANSMITTED, receives: RECEIVED } : { sends: RECEIVED, receives: TRANSMITTED }
}

/** Whether what the end of role `from` sends arrives where the end of role `to` receives, over every conductor of the circuit. */
export function dataArrives(cable: SerialCable, connector: Connector, from: Role, to: Role): boolean {
  const { sends } = dataCircuits(from)
  const { receives } = dataCircuits(to)
  const wires = cable.wires(connector, connector)
  const sending = connector.pins.filter(({ circuit }) => circuit === sends)
  return sending.every(({ pin }) =>
    wires.some(([a, b]) => a === pin && connector.pins.find((each) => each.pin === b)?.circuit === receives),
  )
}

/** What one end puts on the contacts that it drives: volts over its own ground. */
export interface DrivenEnd {
  readonly role: Role
  readonly modem: ModemEnd
  readonly standard: LineStandard
  /** A against B, or over ground where there is one conductor. */
  readonly sending: number
}

function drivenVolts(
  { role, modem, standard, sending }: DrivenEnd,
  pin: Pin,
  connector: Connector,
): number | undefined {
  if (pin.circuit === GROUND) return 0
  if (!drives(role, pin)) return undefined
  const circuit = CONTROL[pin.circuit]
  if (circuit === undefined) return overGround(standard, sending, pin)
  const control = standard.name === 'ttl' ? standard : LINE_STANDARDS[connector.control]
  // A control circuit that is ON has the voltage of a 0 (V.24 annex; V.28 3).
  const { mark, space } = control.driver
  return overGround(control, modem.get(circuit) ? space : mark, pin)
}

/** One conductor of a balanced circuit is half the difference away from the middle, one up and one down. */
export function overGround({ balanced, common }: LineStandard, volts: number, { name }: Pin): number {
  if (!balanced) return volts
  return common + (name.endsWith('(B)') ? -volts / 2 : volts / 2)
}

/** What every contact of an end carries: what it drives itself, what the cable brings, what is bridged in the plug. */
export function voltsOfEnds(
  cable: SerialCable,
  connector: Connector,
  near: DrivenEnd,
  far: DrivenEnd,
): { readonly near: ReadonlyMap<string, number>; readonly far: ReadonlyMap<string, number> } {
  const wires = cable.wires(connector, connector)
  const own = (end: DrivenEnd) =>
    new Map(
      usedPins(connector).flatMap((pin) => {
        const volts = drivenVolts(end, pin, connector)
        return volts === undefined ? [] : [[pin.pin, volts] as const]
      }),
    )
  const driven = { near: own(near), far: own(far) }
  const complete = (mine: Map<string, number>, theirs: Map<string, number>, towards: 0 | 1) => {
    const all = new Map(mine)
    for (const wire of wires) {
      const volts = theirs.get(wire[1 - towards])
      if (volts !== undefined && !all.has(wire[towards])) all.set(wire[towards], volts)
    }
    for (const [from, to] of bridgesOf(cable, connector)) {
      const volts = all.get(from)
      if (volts !== undefined && !mine.has(to)) all.set(to, volts)
    }
    return all
  }
  return { near: complete(driven.near, driven.far, 0), far: complete(driven.far, driven.near, 1) }
}

/** Two ends that drive one conductor, by their pins. */
export function clashes(
  cable: SerialCable,
  connector: Connector,
  near: Role,
  far: Role,
): readonly (readonly [Pin, Pin])[] {
  const find = (pin: string) => usedPins(connector).find((each) => each.pin === pin)
  return cable.wires(connector, connector).flatMap(([a, b]) => {
    const one = find(a)
    const other = find(b)
    return one !== undefined && other !== undefined && drives(near, one) && drives(far, other)
      ? [[one, other] as const]
      : []
  })
}
