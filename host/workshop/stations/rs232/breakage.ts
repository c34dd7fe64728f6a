/**
 * What a fault of the serial line does to the line of this station. The families act on a bench: a board whose UART is TTL, at end b. Here the
 * far end is that board, and where a family speaks of TTL levels it means those of the line.
 */
import { LineReception, type LineReceptionOptions } from '../../../../boards/rs232/reception.js'
import { LINE_STANDARDS } from '../../../../boards/rs232/standards.js'
import type { LineDirection, UartLine } from '../../../../boards/rs232/uart-line.js'
import { applyBreakage, type BreakageSurroundings } from '../../apply-breakage.js'
import { breakageOf } from '../../workshop-fault.js'

const TTL = LINE_STANDARDS.ttl

export interface BreakableLine extends Omit<BreakageSurroundings, 'random'> {
  readonly line: UartLine
  /** What lies between driver and receiver while nothing is broken. */
  readonly sound: (direction: LineDirection) => LineReceptionOptions
}

/** @param fault as `--fault` takes it */
export function breakLine(fault: string, { line, clock, sound, current }: BreakableLine): void {
  const breakage = breakageOf(fault)
  const uart: Pick<UartLine, 'a' | 'b' | 'setReception' | 'setFaults' | 'burst' | 'observe'> = {
    a: line.a,
    b: line.b,
    setReception: (reception, direction) =>
      line.setReception(reception && new LineReception(translated(reception.options, sound(direction))), direction),
    setFaults: (faults, direction) => line.setFaults(faults, direction),
    burst: (duration, direction, rate) => line.burst(duration, direction, rate),
    observe: (direction, observer) => line.observe(direction, observer),
  }
  // A family of the serial layer touches nothing else of a bench.
  applyBreakage(breakage, { board: { uart } }, { clock, current })
}

/** Levels of TTL are those of this line; where a family joins two standards, it means them. */
function translated(broken: LineReceptionOptions, sound: LineReceptionOptions): LineReceptionOptions {
  const { driver, receiver } = broken
  const joinsTwo = driver.slew !== TTL.driver.slew || receiver.low !== TTL.receiver.low
  if (joinsTwo) return broken
  const grounded = driver.mark === 0 && driver.space === 0
  const inverted = receiver.highIs !== TTL.receiver.highIs
  return {
    ...sound,
    ...broken,
    capacitance: Math.max(sound.capacitance ?? 0, broken.capacitance ?? 0),
    driver: grounded ? { ...sound.driver, mark: 0, space: 0 } : sound.driver,
    receiver: inverted ? { ...sound.receiver, highIs: sound.receiver.highIs === 1 ? 0 : 1 } : sound.receiver,
    connected: broken.connected !== false && sound.connected !== false,
    ...(broken.groundOffset === undefined && sound.groundOffset === undefined
      ? {}
      : { groundOffset: broken.groundOffset ?? sound.groundOffset! }),
  }
}
