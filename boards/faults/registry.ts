/** Every fault there is, by name. */
import { BOX_FAULTS } from './boxes.js'
import { CABLE_FAULTS } from './cable.js'
import { CHIP_FAULTS } from './chip.js'
import { CHIP_SURROUNDING_FAULTS } from './chip-surroundings.js'
import { COMPUTER_FAULTS } from './computer.js'
import { CONDUCTOR_FAULTS } from './conductors.js'
import { FAULT_LAYERS, type Fault } from './fault.js'
import { OTHER_DEVICE_FAULTS } from './other-devices.js'
import { PARTNER_FAULTS } from './partner.js'
import { PARTNER_HABIT_FAULTS } from './partner-habits.js'
import { SERIAL_FAULTS } from './serial.js'
import { SERIAL_CONDUCTOR_FAULTS } from './serial-conductors.js'
import { SERIAL_WIRING_FAULTS } from './serial-wiring.js'
import { SINGLE_WIRE_FAULTS } from './single-wires.js'
import { SPI_HABIT_FAULTS } from './spi-habits.js'
import { SUPPLY_FAULTS } from './supply.js'
import { TIMING_FAULTS } from './timing.js'
import { WIRE_CONTACT_FAULTS } from './wire-contacts.js'
import { WIRING_FAULTS } from './wiring.js'

const ALL = [
  ...SUPPLY_FAULTS,
  ...SERIAL_FAULTS,
  ...SERIAL_WIRING_FAULTS,
  ...SERIAL_CONDUCTOR_FAULTS,
  ...COMPUTER_FAULTS,
  ...OTHER_DEVICE_FAULTS,
  ...WIRING_FAULTS,
  ...SINGLE_WIRE_FAULTS,
  ...WIRE_CONTACT_FAULTS,
  ...SPI_HABIT_FAULTS,
  ...CHIP_FAULTS,
  ...CHIP_SURROUNDING_FAULTS,
  ...CABLE_FAULTS,
  ...CONDUCTOR_FAULTS,
  ...BOX_FAULTS,
  ...PARTNER_FAULTS,
  ...PARTNER_HABIT_FAULTS,
  ...TIMING_FAULTS,
] as const

/** With its name and those of its parameters. */
export type FaultFamily = (typeof ALL)[number]

export type FaultName = FaultFamily['name']

/** By name, layer after layer. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  FAULT_LAYERS.flatMap((layer) => ALL.filter((fault) => fault.layer === layer)).map((fault): [string, Fault] => [
    fault.name,
    fault,
  ]),
)
