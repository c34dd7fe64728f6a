/** What is shown of a cable: pin to pin, what it joins, and its drawing. */
import { assess, type CableWiring, CROSSOVER_WIRING, pinMap, STRAIGHT_WIRING } from '../../boards/ethernet/wiring.js'
import { bridgesOf, type SerialCable, undriven } from '../../boards/rs232/cables.js'
import { type Connector, type Pin, serialCableFaults } from '../../boards/rs232/connectors.js'
import { CONSOLE_PINS, CONSOLE_REFERENCE, ROLLOVER } from '../../boards/rs232/console-port.js'
import { PAPER, type Theme } from '../drawing/look.js'
import { type CableDrawing, plugContacts, twistedPairWires } from './cable-svg.js'
import { directionColours } from './direction-colours.js'
import { RJ45_REFERENCE } from './rj45.js'

/** Eight conductors with an RJ-45 plug at each end. */
export interface TwistedPairCable {
  readonly name: string
  readonly title: string
  readonly wiring: CableWiring
  /** What is on the pins at either end, where it is no network. */
  readonly labels?: readonly string[]
  readonly reference: string
}

export const TWISTED_PAIR_CABLES: readonly TwistedPairCable[] = [
  {
    name: 'rj45-straight',
    title: 'a station (MDI) to a hub or switch (MDI-X): T568B at both ends',
    wiring: STRAIGHT_WIRING,
    reference: RJ45_REFERENCE,
  },
  {
    name: 'rj45-crossover',
    title: 'station to station, or hub to hub: T568A at one end, T568B at the other',
    wiring: CROSSOVER_WIRING,
    reference: RJ45_REFERENCE,
  },
  {
    name: 'rj45-rollover',
    title: 'console port to console port, or to an adapter: pin 1 to pin 8, 2 to 7, and so on; no network cable',
    wiring: ROLLOVER,
    labels: CONSOLE_PINS.map(({ name }) => name),
    reference: CONSOLE_REFERENCE,
  },
]

/** What is shown of a cable, as text, as JSON and as a picture. */
export interface CableSheet {
  readonly name: string
  readonly title: string
  readonly ends: readonly [string, string]
  /** What stands beside a pin, by end. */
  readonly label: (end: 0 | 1, pin: string) => string
  readonly wires: readonly (readonly [string, string])[]
  readonly notes: readonly string[]
  readonly reference: string
  readonly picture: (theme?: Theme) => CableDrawing
}

export function serialSheet(cable: SerialCable, [a, b]: readonly [Connector, Connector]): CableSheet {
  const wires = cable.wires(a, b)
  const [roleA, roleB] = cable.roles
  const nameOf = (connector: Connector, pin: string) => connector.pins.find((each) => each.pin === pin)?.name ?? ''
  const bridges = [bridgesOf(cable, a), bridgesOf(cable, b)] as const
  const faults = serialCableFaults(wires, { connector: a, role: roleA }, { connector: b, role: roleB })
  const notes: string[] = []
  for (const [i, connector] of [a, b].entries()) {
    const joined = bridges[i].map(([from, to]) => `${nameOf(connector, from)} to ${nameOf(connector, to)}`)
    if (joined.length > 0)
      notes.push(
        `Bridged in the ${connector.name} plug ${i === 0 ? 'on the left' : 'on the right'}: ${joined.join(', ')}.`,
      )
  }
  for (const end of ['a', 'b'] as const) {
    const silent = undriven(cable, a, b, end).map(({ name }) => name)
    if (silent.length > 0)
      notes.push(`Nothing drives at ${end === 'a' ? 'the left' : 'the right'}: ${silent.join(', ')}.`)
  }
  notes.push(faults.length === 0 ? 'Every wire has one driver and one receiver.' : `Wrong: ${faults.join('; ')}.`)
  const contacts = (connector: Connector, end: 0 | 1, theme: Theme) => {
    const used = new Set([...wires.map((wire) => wire[end]), ...bridges[end].flat()])
    return connector.pins
      .filter(({ pin }) => used.has(pin))
      .map((pin) => ({ pin: pin.pin, label: pin.name, paint: paintOf(pin, cable.roles[end], theme) }))
  }
  const pinOf = (pin: string) => a.pins.find((each) => each.pin === pin)!
  const ends = [`${a.name} (${roleA.toUpperCase()})`, `${b.name} (${roleB.toUpperCase()})`] as const
  return {
    name: cable.name,
    title: cable.title,
    ends,
    label: (end, pin) => nameOf(end === 0 ? a : b, pin),
    wires,
    notes,
    reference: cable.reference,
    picture: (theme = PAPER) => ({
      title: cable.name,
      subtitle: cable.title,
      ends,
      a: contacts(a, 0, theme),
      b: contacts(b, 1, theme),
      wires: wires.map(([from, to]) => ({ from, to, paint: paintOf(pinOf(from), roleA, theme) })),
      bridges,
      notes: [...notes, `Source: ${cable.reference}`],
    }),
  }
}

/** The colour of what drives a wire at this end. */
function paintOf({ direction }: Pin, role: 'dte' | 'dce', theme: Theme): string {
  const colours = directionColours(theme)
  if (direction === 'ground' || direction === 'both') return colours.ground
  return (direction === 'out') === (role === 'dte') ? colours.out : colours.in
}

export function twistedSheet({ name, title, wiring, labels, reference }: TwistedPairCable): CableSheet {
  const wires = pinMap(wiring).map((far, i) => [`${i + 1}`, `${far}`] as const)
  const notes = [
    ['MDI', 'MDI'],
    ['MDI', 'MDI-X'],
    ['MDI-X', 'MDI-X'],
  ].map(([a, b]) => {
    const { aToB, bToA } = assess(wiring, a as 'MDI', b as 'MDI')
    const fits = aToB.connected && bToA.connected
    return `10BASE-T between ${a} and ${b}: ${fits ? 'a link' : `no link; ${aToB.reason ?? bToA.reason}`}.`
  })
  if (labels !== undefined) notes.unshift('Each output of one console port meets an input of the other.')
  const label = (end: 0 | 1, pin: string) => {
    const colour = wiring[end === 0 ? 'a' : 'b'][Number(pin) - 1]
    return [labels?.[Number(pin) - 1], colour].filter((word) => word !== undefined).join(' · ')
  }
  const ends = ['RJ-45', 'RJ-45'] as const
  return {
    name,
    title,
    ends,
    label,
    wires,
    notes,
    reference,
    picture: (theme = PAPER) => ({
      title: name,
      subtitle: title,
      ends,
      a: plugContacts(wiring.a, labels ?? [], theme),
      b: plugContacts(wiring.b, labels ?? [], theme),
      wires: twistedPairWires(wiring),
      notes: [...notes, `Source: ${reference}`],
    }),
  }
}
