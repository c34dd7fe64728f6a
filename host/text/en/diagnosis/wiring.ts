/** The wires between the controller and the chip. */
import { counted } from '../counted.js'

export const WIRING_DIAGNOSIS = {
  'miso.all-ones': ({ count }: { readonly count: number }) =>
    `All ${count} readings were FFh, even of bits that are always 0: nothing drives MISO low.`,
  'miso.all-zeros': ({ count }: { readonly count: number }) =>
    `All ${count} readings were 00h, even of bits that are 1 after a reset: nothing drives MISO high.`,
  'miso.echoes': ({ count }: { readonly count: number }) =>
    `All ${count} readings repeat the command: MISO only picks up its neighbour MOSI.`,
  'chip.does-not-hear': 'The chip does not hear commands, as with a chip select that never falls.',

  'miso-open.obeyed':
    'The chip pulled INT low when it was told to, and raised it when told: it has power, hears its chip select and understands MOSI. Only the way back is broken.',
  'miso-open.remedy':
    'Check the wire from SO of the module (pin 6 of the chip) to MISO of the controller (pin 12 on an Uno): reseat it, then measure it with ' +
    'the power off; it should be below 1 Ω. Look for a cold solder joint at SO. If the wire is sound, pull the ' +
    'other modules off the bus: one of them may hold MISO.',

  'cs-stuck-high.deaf':
    'The chip did not move INT when it was told to raise an interrupt: it does not hear commands at all.',
  'cs-stuck-high.rests': 'INT rests high, as it does on a chip that has power and is idle.',
  'cs-stuck-high.remedy':
    'Check the wire from the controller’s chip select (pin 10 or 8 on an Uno: the board’s settings must name the one that is wired) to CS of the ' +
    'module. With a multimeter CS must flicker below 3.3 V while a check runs; if it stays at 3.3 V the wire is open or on another pin.',

  'mosi-miso-swapped.remedy':
    'Compare the two data wires with the module’s print: SI goes to MOSI of the controller (pin 11 on an Uno), SO to MISO (pin 12). ' +
    'Modules print them as SI and SO of the chip, controllers as MOSI and MISO; exchange them and check again.',

  'cs-stuck-low.remedy':
    'Measure CS of the module with a multimeter while nothing runs: it must be at 3.3 V. At 0 V it is shorted to ground, or held low by a pin that ' +
    'was never set up as an output: the chip then takes everything as one endless command.',

  'int-open.unseen':
    'The chip’s own register shows the interrupt (EIR.DMAIF is 1 and EIE enables it), but INT stayed high at the controller.',
  'int-open.answers': 'Its registers answer correctly, so it has power and hears its commands.',
  'int-open.remedy':
    'Check the wire from INT of the module (pin 4 of the chip) to the controller (pin 2 on an Uno), with the power off: below 1 Ω. Until it is ' +
    'mended the driver polls the chip: everything works, a little later.',

  'spi-too-fast.slow': ({ clock, right }: { readonly clock: string; readonly right: string }) =>
    `At ${clock} MHz ${right} % of the answers are right.`,
  'spi-too-fast.fast': ({ econ2 }: { readonly econ2: string }) =>
    `At full speed ECON2 reads ${econ2} instead of 80h: bits are sampled before they have arrived.`,
  'spi-too-fast.remedy':
    'Shorten the wires between controller and module to under 15 cm, and give SCK and GND a wire beside each other. Where they must stay long, lower the SPI ' +
    'clock in the board file (spiClock); revisions B1 and B4 need 8 MHz, later ones work slower too.',

  'spi-noise.few-wrong': ({ differing, answers, pointers, written, octets, all }: SpiDamage) =>
    `Most answers are right and a few are not: ${differing} of ${counted(answers, 'reading')}, ${pointers} of ${counted(written, 'pointer')} and ${octets} of ${counted(all, 'octet')} of memory came back wrong.`,
  'spi-noise.typical':
    'ECON2 reads 80h after a reset, as it should, at the first or the second try: supply, chip select and the order of the wires are right.',
  'spi-noise.remedy':
    'Shorten the SPI wires to under 15 cm, twist SCK with GND, and put 100 nF across the module’s supply. Check that a 5 V controller reads ' +
    'the module’s 2.6 V high level as high; a level shifter on SO helps. Then lower the SPI clock.',
}

/** What came back wrong, of how much. */
export interface SpiDamage {
  readonly differing: number
  readonly answers: number
  readonly pointers: number
  readonly written: number
  readonly octets: number
  readonly all: number
}
