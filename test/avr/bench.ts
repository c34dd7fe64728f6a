/** A microcontroller without a boot loader, an ATmega328P unless another is asked for, on a scheduler of its own, for tests of its parts. */

import type { FlashImage } from '../../boards/avr/flash-image.js'
import { withoutBootLoader } from '../../boards/avr/fuses.js'
import type { AvrMcuOptions } from '../../boards/avr/mcu.js'
import { AvrMcu } from '../../boards/avr/mcu.js'
import { ATMEGA328P } from '../../boards/avr/parts/atmega328p.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { SerialLine } from '../../firmware/hal/serial-line.js'

/** SUT = 11 and 16K CK at 16 MHz (DS40002061B table 9-4): from power-on to the first instruction, ns. */
export const START_UP = 65_000_000 + Math.ceil((16_398 * 1e9) / 16e6)

export interface McuBench {
  readonly clock: Scheduler
  readonly mcu: AvrMcu
  /** Runs until the chip has executed for so many nanoseconds since its first instruction. */
  runTo(time: number): void
}

export function chipBench(image: FlashImage, options: Partial<AvrMcuOptions> = {}): McuBench {
  const clock = new Scheduler()
  const { part = ATMEGA328P } = options
  const mcu = new AvrMcu({ clock, part, fuses: withoutBootLoader(part), ...options })
  mcu.load(image)
  mcu.powerOn()
  return { clock, mcu, runTo: (time) => clock.runUntil(START_UP + time) }
}

/** A line that keeps what it is given, with the instants. */
export class RecordingLine implements SerialLine {
  baud = 0
  pending = 0
  handleOctets: SerialLine['handleOctets']
  readonly sent: { at: number; octet: number }[] = []
  readonly #clock: Scheduler

  constructor(clock: Scheduler) {
    this.#clock = clock
  }

  setBaud(baud: number): void {
    this.baud = baud
  }

  write(octets: Uint8Array): void {
    for (const octet of octets) this.sent.push({ at: this.#clock.now, octet })
  }

  /** An octet that has just come in whole. */
  deliver(octet: number, errors = 0): void {
    this.handleOctets?.(Uint8Array.of(octet), Uint8Array.of(errors))
  }
}
