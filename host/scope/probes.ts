/** Where a scope can be put, by name. */
import type { Bench } from '../../boards/faults/bench.js'
import { MODEM_CIRCUITS, type ModemCircuit } from '../../boards/rs232/modem-lines.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { PairProbe } from './pair-probe.js'
import { CHIP_PINS, ChipPins, PinProbe } from './pins-probe.js'
import type { Keep, Probe, WantedWindow } from './probe.js'
import { ModemProbe, SerialProbe } from './serial-probe.js'

export interface ProbeDescription {
  readonly name: string
  readonly title: string
  /** Check, or layer of checks, that makes something happen there. */
  readonly during: string
}

const SERIAL = 'serial.echo'
const PAIR = 'mac.receive'

/** Every probe, in the order in which signals pass from the computer to the cable. */
export const PROBES: readonly ProbeDescription[] = [
  { name: 'uart-txd', title: 'TXD of the board’s UART, at its pin (TTL)', during: SERIAL },
  { name: 'uart-rxd', title: 'RXD of the board’s UART, at its pin (TTL)', during: SERIAL },
  {
    name: 'rs232-txd',
    title: 'what the board sends, behind an RS-232 driver (DE-9 pin 2 of the computer)',
    during: SERIAL,
  },
  { name: 'rs232-rxd', title: 'what the computer sends, behind an RS-232 driver (DE-9 pin 3)', during: SERIAL },
  ...MODEM_CIRCUITS.map((name) => ({
    name,
    title: `${name.toUpperCase()} at the computer’s end, as RS-232`,
    during: SERIAL,
  })),
  { name: 'spi-cs', title: 'CS of the Ethernet chip', during: SERIAL },
  { name: 'spi-sck', title: 'SCK, the SPI clock', during: SERIAL },
  { name: 'spi-si', title: 'SI of the Ethernet chip (MOSI)', during: SERIAL },
  { name: 'spi-so', title: 'SO of the Ethernet chip (MISO)', during: SERIAL },
  { name: 'int', title: 'INT of the Ethernet chip', during: PAIR },
  { name: 'reset', title: 'RESET of the Ethernet chip', during: PAIR },
  { name: 'leda', title: 'LEDA of the Ethernet chip', during: PAIR },
  { name: 'ledb', title: 'LEDB of the Ethernet chip', during: PAIR },
  { name: 'td', title: 'transmit pair at the board’s jack', during: PAIR },
  { name: 'rd', title: 'receive pair at the board’s jack', during: PAIR },
]

export function findProbe(name: string): ProbeDescription | undefined {
  return PROBES.find((probe) => probe.name === name)
}

/** Puts probes on a bench, from now on. `keep` says whether what happens at an instant may still be asked for. */
export function openProbes(bench: Bench, names: readonly string[], keep: Keep): Probe[] {
  const { board, cable, lab } = bench
  let pins: ChipPins | undefined
  const random = lab.random.fork('scope')
  return names.map((name): Probe => {
    const title = findProbe(name)?.title ?? name
    const [group, pin] = name.split('-')
    if (group === 'uart' || group === 'rs232') {
      const direction = pin === 'txd' ? 'b-to-a' : 'a-to-b'
      return new SerialProbe(board.uart, direction, { name, title, rs232: group === 'rs232' }, keep)
    }
    if ((MODEM_CIRCUITS as readonly string[]).includes(name)) {
      return new ModemProbe(board.uart, name as ModemCircuit, lab.clock, keep)
    }
    if (name === 'td' || name === 'rd') {
      return new PairProbe(name, cable, name === 'td' ? 'a-to-b' : 'b-to-a', lab.clock, random, keep)
    }
    const chipPin = CHIP_PINS.find((each) => each === (pin ?? name).toUpperCase())
    if (chipPin === undefined) throw new RangeError(`there is no probe "${name}"`)
    pins ??= new ChipPins(lab.clock, board.chip, keep)
    return new PinProbe(name, pins, chipPin)
  })
}

/** What makes a good picture of a probe when nobody says what to show. */
export function usualWindow(name: string, baud: number): WantedWindow {
  if (name.startsWith('uart') || name.startsWith('rs232')) return { duration: Math.round((86 * SECOND) / baud) }
  if (name.startsWith('spi')) return { duration: 4 * MICROSECOND }
  if (name === 'td' || name === 'rd') return { duration: 10 * MICROSECOND }
  // What seldom moves is shown from power-on, whether it does or not.
  return { from: 0, to: 500 * MILLISECOND }
}
