/** The scene of the RS-232 station: each contact, the cable, the two ends, and a sentence for each. */

import { faultName } from '../../../../boards/faults/settle.js'
import { bridgesOf, type SerialCable } from '../../../../boards/rs232/cables.js'
import type { Connector, Pin } from '../../../../boards/rs232/connectors.js'
import type { LineStandard } from '../../../../boards/rs232/standards.js'
import { numberText } from '../../../number-text.js'
import type { SceneThing } from '../../scene-thing.js'
import { voltsText } from '../../volts-text.js'
import { faultTitle } from '../../words/fault-title.js'
import { type Told, told } from '../../words/told.js'
import type { Rs232Scene, SceneArrival, SceneConnector, ScenePin, SceneSlot } from './scene.js'
import { clashes, type DrivenEnd, drives, hasConnector, overGround, usedPins, voltsOfEnds } from './wiring.js'

export interface Rs232Picture {
  readonly standard: LineStandard
  readonly connector: Connector
  readonly cable: SerialCable
  readonly near: DrivenEnd
  readonly far: DrivenEnd
  /** At the pin of the UART. */
  readonly pinVolts: number
  /** On the line, 1 is mark. */
  readonly level: number
  readonly leaving: string | undefined
  readonly slots: readonly SceneSlot[]
  readonly waiting: string
  readonly arrived: readonly SceneArrival[]
  readonly arrives: boolean
  readonly held: boolean
  readonly fault: string
  readonly metres: number
  /** At the far end's receiver, A against B or over its ground; undefined: nothing is wired to it. */
  readonly received: number | undefined
}

export function rs232Scene(picture: Rs232Picture): Rs232Scene {
  const { standard, connector, cable, near, far, slots, waiting, arrived } = picture
  const driven = voltsOfEnds(cable, connector, near, far)
  const volts = { near: driven.near, far: new Map(driven.far) }
  // What is broken on the way is at the receiver's contacts, and in no list of wires.
  for (const pin of usedPins(connector))
    if (isData(pin) && !drives(far.role, pin)) {
      if (picture.received === undefined) volts.far.delete(pin.pin)
      else volts.far.set(pin.pin, overGround(standard, picture.received, pin))
    }
  const endOf = (end: DrivenEnd, of: ReadonlyMap<string, number>, side: 'near' | 'far'): SceneConnector => ({
    role: end.role,
    pins: usedPins(connector).map((pin) => contact(pin, of.get(pin.pin), end, side, picture)),
    bridges: bridgesOf(cable, connector),
  })
  const one = endOf(near, volts.near, 'near')
  const other = endOf(far, volts.far, 'far')
  const named = hasConnector(standard.name) ? connector.name : undefined
  return {
    kind: 'rs232',
    standard: standard.name,
    connector: named,
    face: named === undefined ? [] : connector.rows,
    near: one,
    far: other,
    wires: cable
      .wires(connector, connector)
      .filter(([a, b]) => one.pins.some(({ pin }) => pin === a) && other.pins.some(({ pin }) => pin === b)),
    slots,
    waiting,
    arrived: arrived.map(({ text, wrong }) => ({ text, wrong })),
    things: [...thingsOf(picture), ...one.pins, ...other.pins],
  }
}

function thingsOf(picture: Rs232Picture): SceneThing[] {
  const { standard, connector, cable, near, far, pinVolts, level, leaving, waiting, arrived, arrives, held } = picture
  const things: SceneThing[] = [
    {
      id: 'uart',
      told:
        leaving === undefined
          ? told(held ? 'rs232.uart.held' : 'rs232.uart.rest', { volts: voltsText(pinVolts) })
          : told('rs232.uart.sending', { slot: slotTold(leaving), level, volts: voltsText(pinVolts) }),
      wrong: held,
      probe: 'pin',
    },
    {
      id: 'driver',
      told: told('rs232.driver', {
        standard: standard.name.toUpperCase(),
        volts: voltsText(level === 1 ? standard.driver.mark : standard.driver.space),
        word: told(level === 1 ? 'rs232.band.mark' : 'rs232.band.space'),
      }),
    },
    {
      id: 'cable',
      told: arrives
        ? told('rs232.cable.works', { cable: cableTold(cable.name), metres: numberText(picture.metres) })
        : told('rs232.cable.wrong', {
            cable: cableTold(cable.name),
            near: roleTold(near.role),
            far: roleTold(far.role),
          }),
      wrong: !arrives,
      probe: 'rx',
    },
    { id: 'waiting', told: waiting === '' ? told('rs232.waiting.none') : told('rs232.waiting', { text: waiting }) },
    {
      id: 'screen',
      told:
        arrived.length === 0
          ? told('rs232.screen.empty')
          : told('rs232.screen', { text: arrived.map(({ text }) => text).join(' ') }),
      wrong: arrived.some(({ wrong }) => wrong),
    },
  ]
  for (const [a, b] of clashes(cable, connector, near.role, far.role))
    things.push({
      id: `clash-${a.pin}-${b.pin}`,
      told: told('rs232.clash', { near: `${a.name} (${a.pin})`, far: `${b.name} (${b.pin})` }),
      wrong: true,
    })
  if (picture.fault !== '') things.push({ id: 'fault', told: faultTitle(faultName(picture.fault)), wrong: true })
  return things
}

function contact(
  pin: Pin,
  volts: number | undefined,
  end: DrivenEnd,
  side: 'near' | 'far',
  { standard, connector }: Rs232Picture,
): ScenePin {
  const data = isData(pin)
  // A balanced conductor is read against its partner; half the difference is as much on either side of the middle.
  const middle = data && standard.balanced ? standard.common : standard.name === 'ttl' ? 2.5 : 0
  const high = (volts ?? 0) > middle !== pin.name.endsWith('(B)')
  const highIsMark = (data ? standard.name : connector.control) === 'ttl' || standard.name === 'ttl'
  const state =
    pin.direction === 'ground' ? 'ground' : volts === undefined ? 'undriven' : high === highIsMark ? 'mark' : 'space'
  const word: Told =
    state === 'ground'
      ? told('rs232.pin.ground')
      : state === 'undriven'
        ? told('rs232.pin.undriven')
        : data
          ? told(state === 'mark' ? 'rs232.band.mark' : 'rs232.band.space')
          : told(state === 'mark' ? 'rs232.band.off' : 'rs232.band.on')
  const probe =
    side === 'near' && pin.circuit === '106'
      ? 'cts'
      : data && drives(end.role, pin) === (side === 'near')
        ? 'rx'
        : undefined
  return {
    id: `${side}-${pin.pin}`,
    ...(probe === undefined ? {} : { probe }),
    pin: pin.pin,
    name: pin.name,
    direction: pin.direction === 'ground' ? 'ground' : drives(end.role, pin) ? 'out' : 'in',
    volts: volts ?? 0,
    state,
    told: told(side === 'near' ? 'rs232.pin.near' : 'rs232.pin.far', {
      pin: pin.pin,
      name: pin.name,
      volts: voltsText(volts ?? 0),
      word,
    }),
  }
}

/** Transmitted or received data (V.24 circuits 103 and 104). */
function isData({ circuit }: Pin): boolean {
  return circuit === '103' || circuit === '104'
}

function slotTold(name: string): Told {
  if (name === 'S') return told('rs232.slot.start')
  if (name === 'P') return told('rs232.slot.parity')
  if (name === 'T') return told('rs232.slot.stop')
  return told('rs232.slot.data', { bit: Number(name) })
}

function cableTold(name: string): Told {
  if (name === 'null-modem') return told('rs232.cable.null-modem')
  if (name === 'null-modem-three-wire') return told('rs232.cable.three-wire')
  if (name === 'null-modem-bridged') return told('rs232.cable.bridged')
  return told('rs232.cable.straight')
}

function roleTold(role: 'dte' | 'dce'): Told {
  return told(role === 'dte' ? 'rs232.far.computer' : 'rs232.far.modem')
}
