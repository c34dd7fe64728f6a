/** Where a scope can be put, by name. */
import type { Bench } from '../../boards/faults/bench.js'
import { MODEM_CIRCUITS, type ModemCircuit } from '../../boards/rs232/modem-lines.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { PairProbe } from './pair-probe.js'
import { CHIP_PINS, CHIP_SUPPLY, type ChipPin, ChipPins, PinProbe } from './pins-probe.js'
import type { Keep, ScopeProbe, WantedScopeWindow } from './probe.js'
import { ModemProbe, SerialProbe } from './serial-probe.js'
import { SupplyProbe } from './supply-probe.js'
import { WireEnd } from './wire-end.js'

/** What makes something happen on a conductor: a check, by its name, or what `Meanwhile` says. */
export type Meanwhile =
  /** The partner pings the board. */
  | 'pings'
  /** The computer releases DTR and RTS for a moment, as a programmer does that resets a board. */
  | 'handshake'
  /** Time passes. */
  | 'rest'

export interface ProbeDescription {
  readonly name: string
  readonly title: string
  /** What makes something happen there; a check or a layer of checks by its name. */
  readonly during: Meanwhile | (string & {})
}

const SERIAL = 'serial.echo'
const SPI = 'spi'
const CHIP = 'mac.receive'

/** Every probe, in the order in which signals pass from the computer to the cable. */
export const SCOPE_PROBES: readonly ProbeDescription[] = [
  { name: 'uart-txd', title: 'TXD of the board’s UART, at its pin (TTL)', during: SERIAL },
  { name: 'uart-rxd', title: 'RXD of the board’s UART, at its pin (TTL)', during: SERIAL },
  { name: 'rs232-txd', title: 'what the board sends, at pin 2 of the computer’s DE-9 (RS-232)', during: SERIAL },
  { name: 'rs232-rxd', title: 'what the computer sends, at pin 3 of its DE-9 (RS-232)', during: SERIAL },
  ...MODEM_CIRCUITS.map((name) => ({
    name,
    title: `${name.toUpperCase()} at the computer’s end, as RS-232`,
    during: 'handshake' as const,
  })),
  { name: 'vcc', title: 'supply of the controller and its pins', during: 'rest' },
  { name: '3v3', title: 'supply of the Ethernet chip', during: 'rest' },
  { name: 'spi-cs', title: 'CS of the Ethernet chip (low: selected)', during: SPI },
  { name: 'spi-sck', title: 'SCK, the SPI clock, at the chip', during: SPI },
  { name: 'spi-si', title: 'SI of the Ethernet chip (MOSI)', during: SPI },
  { name: 'spi-so', title: 'SO of the Ethernet chip (MISO), at its pin', during: SPI },
  { name: 'spi-miso', title: 'MISO at the controller’s pin: what it reads', during: SPI },
  { name: 'int', title: 'INT of the Ethernet chip (low: something to tell)', during: CHIP },
  { name: 'reset', title: 'RESET of the Ethernet chip (low: held in reset)', during: CHIP },
  { name: 'leda', title: 'LEDA of the Ethernet chip', during: CHIP },
  { name: 'ledb', title: 'LEDB of the Ethernet chip', during: CHIP },
  { name: 'td', title: 'transmit pair at the board’s jack', during: 'pings' },
  { name: 'rd', title: 'receive pair at the board’s jack', during: 'pings' },
]

export function findProbe(name: string): ProbeDescription | undefined {
  return SCOPE_PROBES.find((probe) => probe.name === name)
}

/** Whether a probe is on a pair of the cable, where there are frames and pulses. */
export function isPair(name: string): name is 'td' | 'rd' {
  return name === 'td' || name === 'rd'
}

/** Whether a probe is on the serial line. */
export function isSerial(name: string): boolean {
  return name.startsWith('uart') || name.startsWith('rs232') || (MODEM_CIRCUITS as readonly string[]).includes(name)
}

/** Puts probes on a bench, from now on. `keep` says whether what happens at an instant may still be asked for. */
export function openProbes(bench: Bench, names: readonly string[], keep: Keep): ScopeProbe[] {
  const { board, cable, lab } = bench
  const { clock } = lab
  const supply = board.definition.controller.level
  let chipPins: ChipPins | undefined
  let wirePins: ChipPins | undefined
  const random = lab.random.fork('scope')
  const pulled = (high: number) => ({ high, low: 0, echo: high / 2 })[board.wires.floating]
  return names.map((name): ScopeProbe => {
    const title = findProbe(name)?.title ?? name
    const [group, pin] = name.split('-')
    if (group === 'uart' || group === 'rs232') {
      const direction = pin === 'txd' ? 'b-to-a' : 'a-to-b'
      const powered = direction === 'a-to-b' || board.powered
      return new SerialProbe(board.uart, direction, { name, title, rs232: group === 'rs232', supply, powered }, keep)
    }
    if ((MODEM_CIRCUITS as readonly string[]).includes(name)) {
      return new ModemProbe(board.uart, name as ModemCircuit, clock, keep)
    }
    if (isPair(name)) {
      return new PairProbe(name, cable, name === 'td' ? 'a-to-b' : 'b-to-a', clock, random, keep)
    }
    if (name === 'vcc' || name === '3v3') {
      return new SupplyProbe(name, title, board, name === 'vcc' ? 'board' : 'chip', clock, keep)
    }
    if (name === 'spi-miso') {
      wirePins ??= new ChipPins(clock, new WireEnd(board.wires, board.chip), keep)
      return new PinProbe(wirePins, { name, title, pin: 'SO', supply, floating: pulled(supply), end: 'controller' })
    }
    const chipPin: ChipPin | undefined = CHIP_PINS.find((each) => each === (pin ?? name).toUpperCase())
    if (chipPin === undefined) throw new RangeError(`there is no probe "${name}"`)
    chipPins ??= new ChipPins(clock, board.chip, keep)
    return new PinProbe(chipPins, { name, title, pin: chipPin, supply, floating: pulled(CHIP_SUPPLY), end: 'chip' })
  })
}

/** What makes a good picture of a probe when nobody says what to show. */
export function usualWindow(name: string, baud: number, serialCable?: string): WantedScopeWindow {
  const controls = serialCable === 'null-modem' || serialCable === 'straight'
  if (controls && isSerial(name)) return { duration: 8 * Math.max(MILLISECOND, (100 * SECOND) / baud) }
  if (name.startsWith('uart') || name.startsWith('rs232')) return { duration: Math.round((86 * SECOND) / baud) }
  if (name.startsWith('spi')) return { duration: 4 * MICROSECOND }
  if (isPair(name)) return { duration: 10 * MICROSECOND }
  if (name === 'rts' || name === 'dtr') return { duration: 100 * MILLISECOND }
  if (name === 'vcc' || name === '3v3') return { from: 0, to: 5 * SECOND }
  // What seldom moves is shown from power-on, whether it does or not.
  return { from: 0, to: 500 * MILLISECOND }
}
