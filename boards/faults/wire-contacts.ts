/** Wires between controller and chip that touch, or end on each other's pins. Pins of a module's header lie side by side. */
import { wired } from './single-wires.js'

const FIGHT = 'registers read wrong, and what is written does something else'

export const WIRE_CONTACT_FAULTS = [
  wired('sck-mosi-shorted', 'SCK and MOSI touch', FIGHT, (harness) => harness.join('sck', 'mosi')),
  wired(
    'mosi-miso-shorted',
    'MOSI and MISO touch',
    'while a register is read, what it says and the zeros that are sent meet on one wire',
    (harness) => harness.join('mosi', 'miso'),
  ),
  wired(
    'sck-miso-shorted',
    'SCK and MISO touch',
    'bits that are 1 stop the clock, and registers read wrong',
    (harness) => harness.join('sck', 'miso'),
  ),
  wired(
    'sck-cs-shorted',
    'SCK and chip select touch',
    'no instruction gets to its second bit: the chip is selected anew with each clock',
    (harness) => harness.join('sck', 'cs'),
  ),
  wired('cs-mosi-shorted', 'chip select and MOSI touch', FIGHT, (harness) => harness.join('cs', 'mosi')),
  wired(
    'cs-miso-shorted',
    'chip select and MISO touch',
    'while the chip is selected MISO is low: every register reads 00h',
    (harness) => harness.join('cs', 'miso'),
  ),
  wired(
    'miso-int-shorted',
    'MISO and INT touch',
    'registers read 00h while an interrupt is pending, and reading makes interrupts',
    (harness) => harness.join('miso', 'int'),
  ),
  wired(
    'mosi-int-shorted',
    'MOSI and INT touch',
    'INT falls with what is sent, and instructions change while an interrupt is pending',
    (harness) => harness.join('mosi', 'int'),
  ),
  wired('sck-mosi-swapped', 'SCK and MOSI are exchanged', FIGHT, (harness) => harness.swap('sck', 'mosi')),
  wired(
    'sck-cs-swapped',
    'SCK and chip select are exchanged',
    'every register reads as a floating wire does',
    (harness) => harness.swap('sck', 'cs'),
  ),
  wired('mosi-cs-swapped', 'MOSI and chip select are exchanged', FIGHT, (harness) => harness.swap('mosi', 'cs')),
  wired('sck-miso-swapped', 'SCK and MISO are exchanged', 'every register reads as a floating wire does', (harness) =>
    harness.swap('sck', 'miso'),
  ),
  wired(
    'miso-int-swapped',
    'MISO and INT are exchanged',
    'registers read FFh or 00h, by whether an interrupt is pending, and INT moves with what is read',
    (harness) => harness.swap('miso', 'int'),
  ),
] as const
