/**
 * Serial connectors: which pin is which circuit, and which way it goes. Directions are seen from the DTE (the computer):
 * `out` leaves it, `in` arrives. Circuit numbers are those of ITU-T V.24; EIA-232 and RS-449 names beside them.
 */
import type { StandardName } from './standards.js'

export type PinDirection = 'out' | 'in' | 'both' | 'ground'

export interface Pin {
  /** Number or letter on the connector. */
  readonly pin: string
  /** Short name, as on a drawing; A and B are the conductors of a balanced circuit. */
  readonly name: string
  readonly circuit: string
  /** Circuits that have the same pin: equipment that has one of them has not the other. */
  readonly or?: readonly string[]
  readonly direction: PinDirection
  readonly title: string
}

export interface Connector {
  readonly name: 'DE-9' | 'DB-25' | 'DC-37' | 'M/34'
  readonly title: string
  readonly positions: number
  /** Where its contacts are: row by row from the top, looking at the pins of the DTE's connector. */
  readonly rows: readonly (readonly string[])[]
  /** Levels of its data circuits, and of its control circuits. */
  readonly data: StandardName
  readonly control: StandardName
  readonly pins: readonly Pin[]
  readonly reference: string
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`)

const pin = (name: string, circuit: string, direction: PinDirection, title: string, at: string | number): Pin => ({
  pin: `${at}`,
  name,
  circuit,
  direction,
  title,
})

export const DE9: Connector = {
  name: 'DE-9',
  title: 'RS-232 on a personal computer',
  positions: 9,
  rows: [numbers(1, 5), numbers(6, 9)],
  data: 'rs-232',
  control: 'rs-232',
  pins: [
    pin('DCD', '109', 'in', 'received line signal detector', 1),
    pin('RXD', '104', 'in', 'received data', 2),
    pin('TXD', '103', 'out', 'transmitted data', 3),
    pin('DTR', '108/2', 'out', 'data terminal ready', 4),
    pin('GND', '102', 'ground', 'signal ground', 5),
    pin('DSR', '107', 'in', 'data set ready', 6),
    pin('RTS', '105', 'out', 'request to send', 7),
    pin('CTS', '106', 'in', 'ready for sending', 8),
    pin('RI', '125', 'in', 'calling indicator', 9),
  ],
  reference: 'TIA-574 table 1',
}

export const DB25: Connector = {
  name: 'DB-25',
  title: 'RS-232 as the standard has it',
  positions: 25,
  rows: [numbers(1, 13), numbers(14, 25)],
  data: 'rs-232',
  control: 'rs-232',
  pins: [
    pin('SHIELD', '101', 'ground', 'shield (protective ground)', 1),
    pin('TXD', '103', 'out', 'transmitted data (BA)', 2),
    pin('RXD', '104', 'in', 'received data (BB)', 3),
    pin('RTS', '105', 'out', 'request to send (CA)', 4),
    pin('CTS', '106', 'in', 'ready for sending (CB)', 5),
    pin('DSR', '107', 'in', 'data set ready (CC)', 6),
    pin('GND', '102', 'ground', 'signal ground (AB)', 7),
    pin('DCD', '109', 'in', 'received line signal detector (CF)', 8),
    pin('SDCD', '122', 'in', 'backward channel received line signal detector (SCF)', 12),
    pin('SCTS', '121', 'in', 'backward channel ready (SCB)', 13),
    pin('STXD', '118', 'out', 'transmitted backward channel data (SBA)', 14),
    pin('TXC', '114', 'in', 'transmitter signal element timing, from the DCE (DB)', 15),
    pin('SRXD', '119', 'in', 'received backward channel data (SBB)', 16),
    pin('RXC', '115', 'in', 'receiver signal element timing (DD)', 17),
    pin('LL', '141', 'out', 'local loopback', 18),
    pin('SRTS', '120', 'out', 'transmit backward channel line signal (SCA)', 19),
    pin('DTR', '108/2', 'out', 'data terminal ready (CD)', 20),
    pin('RL', '140', 'out', 'remote loopback; in older equipment signal quality detector (CG), the other way', 21),
    pin('RI', '125', 'in', 'calling indicator (CE)', 22),
    pin('RATE', '111', 'out', 'data signalling rate selector (CH)', 23),
    pin('TXCE', '113', 'out', 'transmitter signal element timing, from the DTE (DA)', 24),
    pin('TM', '142', 'in', 'test mode', 25),
  ],
  reference: 'EIA-232-D 4, ISO 2110; pins 9, 10 and 11 are not assigned',
}

/** Both conductors of a balanced circuit: A is the lower number. */
const pair = (
  name: string,
  circuit: string,
  direction: PinDirection,
  title: string,
  a: number | string,
  b: number | string,
): Pin[] => [pin(`${name}(A)`, circuit, direction, title, a), pin(`${name}(B)`, circuit, direction, title, b)]

export const DC37: Connector = {
  name: 'DC-37',
  title: 'RS-449',
  positions: 37,
  rows: [numbers(1, 19), numbers(20, 37)],
  data: 'rs-422',
  control: 'rs-423',
  pins: [
    pin('SHIELD', '101', 'ground', 'shield', 1),
    pin('SI', '112', 'in', 'signalling rate indicator', 2),
    ...pair('SD', '103', 'out', 'send data', 4, 22),
    ...pair('ST', '114', 'in', 'send timing', 5, 23),
    ...pair('RD', '104', 'in', 'receive data', 6, 24),
    ...pair('RS', '105', 'out', 'request to send', 7, 25),
    ...pair('RT', '115', 'in', 'receive timing', 8, 26),
    ...pair('CS', '106', 'in', 'clear to send', 9, 27),
    pin('LL', '141', 'out', 'local loopback', 10),
    ...pair('DM', '107', 'in', 'data mode', 11, 29),
    ...pair('TR', '108/2', 'out', 'terminal ready', 12, 30),
    ...pair('RR', '109', 'in', 'receiver ready', 13, 31),
    pin('RL', '140', 'out', 'remote loopback', 14),
    pin('IC', '125', 'in', 'incoming call', 15),
    { ...pin('SF/SR', '126', 'out', 'select frequency (126) or signalling rate selector (111)', 16), or: ['111'] },
    ...pair('TT', '113', 'out', 'terminal timing', 17, 35),
    pin('TM', '142', 'in', 'test mode', 18),
    pin('SG', '102', 'ground', 'signal ground', 19),
    pin('RC', '102b', 'ground', 'receive common', 20),
    pin('IS', 'IS', 'out', 'terminal in service', 28),
    pin('SS', '116', 'out', 'select standby', 32),
    pin('SQ', '110', 'in', 'signal quality', 33),
    pin('NS', '136', 'out', 'new signal', 34),
    pin('SB', '117', 'in', 'standby indicator', 36),
    pin('SC', '102a', 'ground', 'send common', 37),
  ],
  reference:
    'EIA-449 (ISO 4902); the circuits with two conductors are category I (RS-422), the others category II (RS-423)',
}

export const M34: Connector = {
  name: 'M/34',
  title: 'V.35',
  positions: 34,
  rows: ['A E K P U Y CC HH MM', 'C H M S W AA EE KK', 'B F L R V Z DD JJ NN', 'D J N T X BB FF LL'].map((row) =>
    row.split(' '),
  ),
  data: 'v.35',
  control: 'rs-232',
  pins: [
    pin('SHIELD', '101', 'ground', 'chassis ground', 'A'),
    pin('GND', '102', 'ground', 'signal ground', 'B'),
    pin('RTS', '105', 'out', 'request to send', 'C'),
    pin('CTS', '106', 'in', 'ready for sending', 'D'),
    pin('DSR', '107', 'in', 'data set ready', 'E'),
    pin('DCD', '109', 'in', 'received line signal detector', 'F'),
    pin('DTR', '108/2', 'out', 'data terminal ready', 'H'),
    pin('RI', '125', 'in', 'calling indicator', 'J'),
    pin('LL', '141', 'out', 'local loopback', 'L'),
    pin('RL', '140', 'out', 'remote loopback', 'N'),
    ...pair('SD', '103', 'out', 'transmitted data', 'P', 'S'),
    ...pair('RD', '104', 'in', 'received data', 'R', 'T'),
    ...pair('SCTE', '113', 'out', 'transmitter signal element timing, from the DTE', 'U', 'W'),
    ...pair('SCR', '115', 'in', 'receiver signal element timing', 'V', 'X'),
    ...pair('SCT', '114', 'in', 'transmitter signal element timing, from the DCE', 'Y', 'AA'),
    pin('TM', '142', 'in', 'test mode', 'NN'),
  ],
  reference: 'ISO 2593, ITU-T V.35; the other letters are for national use or not assigned',
}

export const CONNECTORS: readonly Connector[] = [DE9, DB25, DC37, M34]

/** A cable between two connectors: which pin of a leads to which pin of b. */
export type Wires = readonly (readonly [string, string])[]

/** The circuits of a pin, as a person reads them. */
export function circuitsOf({ circuit, or = [] }: Pin): string {
  return [circuit, ...or].join(', ')
}

const sharesCircuit = (a: Pin, b: Pin): boolean =>
  a.circuit === b.circuit || a.or?.includes(b.circuit) === true || b.or?.includes(a.circuit) === true

/** Pin to pin by circuit, as between a DTE and a DCE: an extension, or an adapter between two connectors. */
export function straightCableWires(a: Connector, b: Connector): Wires {
  return a.pins.flatMap((from) => {
    const side = /\([AB]\)$/.exec(from.name)?.[0]
    const to = b.pins.find(
      (each) => sharesCircuit(each, from) && (side === undefined || each.name.endsWith(side) || !/\)$/.test(each.name)),
    )
    return to === undefined ? [] : [[from.pin, to.pin] as const]
  })
}

/** What a null modem crosses, by V.24 circuit: out of one end, into the other. DTR feeds DSR and DCD both. */
const CROSSED: readonly (readonly [string, string])[] = [
  ['103', '104'],
  ['105', '106'],
  ['108/2', '107'],
  ['108/2', '109'],
]

/**
 * Between two DTEs, with connectors of one kind by default.
 * @param handshake false: data and ground only
 */
export function nullModemWires(a: Connector, b: Connector = a, handshake = true): Wires {
  const pinsOf = (connector: Connector, circuit: string) => connector.pins.filter((each) => each.circuit === circuit)
  const wires: [string, string][] = []
  for (const [out, into] of handshake ? CROSSED : CROSSED.slice(0, 1)) {
    for (const [i, from] of pinsOf(a, out).entries()) {
      const to = pinsOf(b, into)[i]
      if (to !== undefined) wires.push([from.pin, to.pin])
    }
    for (const [i, from] of pinsOf(b, out).entries()) {
      const to = pinsOf(a, into)[i]
      if (to !== undefined) wires.push([to.pin, from.pin])
    }
  }
  for (const [i, ground] of pinsOf(a, '102').entries()) {
    const other = pinsOf(b, '102')[i]
    if (other !== undefined) wires.push([ground.pin, other.pin])
  }
  return wires
}

/** Two outputs on one conductor, or an input that nobody drives: what is wrong with a cable between two ends, in words. */
export function serialCableFaults(
  wires: Wires,
  a: { readonly connector: Connector; readonly role: 'dte' | 'dce' },
  b: { readonly connector: Connector; readonly role: 'dte' | 'dce' },
): string[] {
  const faults: string[] = []
  const find = ({ connector }: typeof a, at: string) => {
    const found = connector.pins.find((each) => each.pin === at)
    if (found === undefined) throw new RangeError(`a ${connector.name} has no circuit on pin ${at}`)
    return found
  }
  const drives = ({ role }: typeof a, { direction }: Pin) =>
    direction === 'ground' ? undefined : (direction === 'out') === (role === 'dte')
  for (const [from, to] of wires) {
    const one = find(a, from)
    const other = find(b, to)
    const oneDrives = drives(a, one)
    const otherDrives = drives(b, other)
    if (oneDrives === undefined && otherDrives === undefined) continue
    if (oneDrives === otherDrives) {
      faults.push(
        `${one.name} (pin ${from}) meets ${other.name} (pin ${to}): ${oneDrives ? 'both ends drive it' : 'nobody drives it'}`,
      )
    }
  }
  const grounded = wires.some(([from, to]) => find(a, from).circuit === '102' && find(b, to).circuit === '102')
  if (!grounded) faults.push('no signal ground: each end measures against a zero of its own')
  return faults
}
