/** Values of a board file that are each valid by themselves and cannot work together. */
import { interfaceFault, ipv4, ipv4Interface, mac, onLink, routerFault } from '../../firmware/net/address.js'
import { ERRATA, LOWEST_ASYNCHRONOUS_SPI } from '../chips/enc28j60/errata.js'
import { type BoardDefinition, type BoardPins, stackMemory } from './definition.js'

/** Octets of a cell on the serial link. */
const CELL = 64
/** The UART of an ATmega is one in the family that the bridge firmware runs on; what others divide by is not known here. */
const AVR = /^ATmega/i
/** How far the divided clock may be from the rate, as the bridge firmware has it (firmware/bridge/avr/main.c; DS40002061B 20.3.2). */
const RATE_TOLERANCE = 0.022
/** Arduino's pins 0 and 1 are RXD and TXD of the serial port, on all boards with an ATmega. */
const SERIAL_PINS = [0, 1]
/** Arduino's digital pins of the parts that are known here; the last one. */
const LAST_PIN: Readonly<Record<string, number>> = { ATmega328P: 19, ATmega2560: 69 }

/** The chip's own clock, in hertz, and what CLKOUT divides it by (DS39662 table 2-1: ECOCON). */
const CHIP_CLOCK = 25_000_000
const CLKOUT_DIVIDERS = [1, 2, 3, 4, 8]
/** What the SPI of an ATmega divides its clock by (DS40002061B table 19-5). */
const SPI_DIVIDERS = [2, 4, 8, 16, 32, 64, 128]

/** @returns one sentence for each: the place, the reason, the remedy; none for a board that can work */
export function contradictions(board: BoardDefinition): string[] {
  return [...clocks(board), ...spiClock(board), ...sizes(board), ...pins(board), ...addresses(board)]
}

function clocks({ chip, serial, controller, flash }: BoardDefinition): string[] {
  const problems: string[] = []
  if (chip.spiClock > chip.highestSpiClock) {
    problems.push(`chip.spiClock: ${chip.spiClock} is above chip.highestSpiClock, ${chip.highestSpiClock}; lower it`)
  }
  if (serial.baud > serial.highestBaud) {
    problems.push(`serial.baud: ${serial.baud} is above serial.highestBaud, ${serial.highestBaud}; lower it`)
  }
  if (controller.brownOut >= controller.level) {
    problems.push(
      `controller.brownOut: a detector at ${controller.brownOut} V never lets a controller start that runs at controller.level, ${controller.level} V; lower it`,
    )
  }
  if (!AVR.test(controller.part)) return problems
  // DS40002061B 19.5.2: SCK is at most half the clock.
  if (chip.highestSpiClock > controller.clock / 2) {
    problems.push(
      `chip.highestSpiClock: an ${controller.part} at ${controller.clock} Hz (controller.clock) makes ${controller.clock / 2} at most; lower it`,
    )
  }
  const rates = [
    ['serial.baud', serial.baud],
    ['serial.highestBaud', serial.highestBaud],
    ['flash.baud', flash.baud],
  ] as const
  for (const [place, rate] of rates) {
    const made = nearestRate(controller.clock, rate)
    if (Math.abs(made / rate - 1) <= RATE_TOLERANCE) continue
    problems.push(
      `${place}: the nearest to ${rate} that an ${controller.part} at ${controller.clock} Hz (controller.clock) makes is ${made}; take a rate that its clock divides to`,
    )
  }
  return problems
}

/** SCK in hertz: what the controller can make of its clock, and what the chip's silicon is sure at. */
function spiClock({ chip, controller }: BoardDefinition): string[] {
  const problems: string[] = []
  const { revision, spiClock: sck, spiSynchronous = false } = chip
  const avr = AVR.test(controller.part)
  // A clock above the highest is complained about as that, and by no second sentence.
  if (avr && sck <= controller.clock / 2 && !isOneOf(SPI_DIVIDERS, controller.clock, sck)) {
    const rates = SPI_DIVIDERS.map((divider) => Math.round(controller.clock / divider)).join(', ')
    problems.push(
      `chip.spiClock: an ${controller.part} at ${controller.clock} Hz (controller.clock) makes no ${sck}; take one of ${rates}`,
    )
  }
  if (spiSynchronous && !isOneOf([Math.round(CHIP_CLOCK / sck)], CHIP_CLOCK, sck)) {
    problems.push(
      `chip.spiSynchronous: ${sck} (chip.spiClock) is not 25 MHz by a whole number, and no SCK derived from CLKOUT; take one that is, as 6250000, or false`,
    )
  }
  if (spiSynchronous && avr && !isOneOf(CLKOUT_DIVIDERS, CHIP_CLOCK, controller.clock)) {
    const rates = CLKOUT_DIVIDERS.map((divider) => Math.round(CHIP_CLOCK / divider)).join(', ')
    problems.push(
      `chip.spiSynchronous: an ${controller.part} that CLKOUT clocks runs at one of ${rates} Hz, and not at ${controller.clock} (controller.clock); take one of them, or false`,
    )
  }
  if (ERRATA.slowSpiMac.revisions.includes(revision) && sck < LOWEST_ASYNCHRONOUS_SPI && !spiSynchronous) {
    problems.push(
      `chip.spiClock: ${sck} is below ${LOWEST_ASYNCHRONOUS_SPI}, and silicon ${revision} loses MAC accesses there (DS80349C, erratum 1); raise it, say chip.spiSynchronous where SCK is derived from the chip's CLKOUT, or take a chip of B5 or B7`,
    )
  }
  return problems
}

/** Whether a rate in whole hertz is the clock by one of the dividers. */
function isOneOf(dividers: readonly number[], clock: number, rate: number): boolean {
  return dividers.some((divider) => Math.abs(clock / divider - rate) < 1)
}

/** DS40002061B table 20-1: the clock by 16 (or 8, with U2X0) and by 1 to 4096. */
function nearestRate(clock: number, rate: number): number {
  const [normal, twice] = [16, 8].map((samples) => {
    const divider = Math.min(4096, Math.max(1, Math.round(clock / samples / rate)))
    return Math.round(clock / samples / divider)
  })
  return Math.abs(twice - rate) < Math.abs(normal - rate) ? twice : normal
}

function sizes({ serial, controller, flash, network }: BoardDefinition): string[] {
  const problems: string[] = []
  const cells = serial.window * CELL
  const memory = stackMemory({ network, controller })
  const fits = (octets: number): boolean => octets <= controller.ram
  if (!fits(cells)) {
    problems.push(
      `serial.window: ${serial.window} cells of ${CELL} octets do not fit the ${controller.ram} octets of controller.ram; lower it`,
    )
  }
  if (!fits(memory)) {
    problems.push(
      `network.memory: ${network.memory} octets do not fit the ${controller.ram} octets of controller.ram; lower it`,
    )
  }
  // Each fits alone, and both are held at once.
  if (fits(cells) && fits(memory) && !fits(cells + memory)) {
    const said = network.memory === undefined ? `${memory}, three quarters of it where it is not said` : `${memory}`
    problems.push(
      `network.memory: ${said}, and ${serial.window} cells of ${CELL} octets (serial.window) are ${cells + memory} octets, and do not fit the ${controller.ram} of controller.ram; lower one of them`,
    )
  }
  if (flash.bootLoader >= controller.flash) {
    problems.push(
      `flash.bootLoader: ${flash.bootLoader} octets leave nothing of controller.flash, ${controller.flash}; lower it`,
    )
  }
  return problems
}

function pins({ chip, controller }: BoardDefinition): string[] {
  const problems: string[] = []
  const last = LAST_PIN[controller.part]
  const used = new Map<number, string>()
  for (const [name, number] of Object.entries(chip.pins) as [keyof BoardPins, number][]) {
    const place = `chip.pins.${name}`
    const other = used.get(number)
    if (other !== undefined) problems.push(`${place}: pin ${number} is chip.pins.${other} already; choose another`)
    used.set(number, name)
    if (AVR.test(controller.part) && SERIAL_PINS.includes(number))
      problems.push(`${place}: pin ${number} is the serial port's; choose another`)
    if (last !== undefined && number > last)
      problems.push(
        `${place}: an Arduino with an ${controller.part} has digital pins 0 to ${last}, and no ${number}; choose another`,
      )
  }
  return problems
}

function addresses({ network }: BoardDefinition): string[] {
  const problems: string[] = []
  const own = ipv4Interface(network.address)
  const gateway = ipv4(network.gateway)
  const wrong = interfaceFault(own)
  if (wrong !== undefined)
    problems.push(`network.address: no board has ${network.address}: ${wrong}; take another, as 192.168.7.2/24`)
  const router = routerFault(own, gateway)
  if (router !== undefined) {
    problems.push(`network.gateway: no router has ${network.gateway}: ${router}; take another, as 192.168.7.1`)
  } else if (wrong === undefined && !onLink(own, gateway)) {
    problems.push(
      `network.gateway: ${network.gateway} is not on the network of network.address, ${network.address}, and a board reaches its gateway directly; give both an address on one network`,
    )
  }
  if (mac(network.station).every((octet) => octet === 0))
    problems.push(`network.station: ${network.station} is no station's; take one of your own, as 02:00:00:00:00:02`)
  return problems
}
