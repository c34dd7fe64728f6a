/** Compiled programs whose hot loops are translated, beside the same where each instruction is interpreted: one run, to the cycle. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBareLab } from '../../boards/lab.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { build } from './assembler.js'

const SLICE = 7 * MILLISECOND
const SLICES = 40

describe.each([
  ['compute', 'uno', 'atmega328p'],
  ['compute', 'mega2560', 'atmega2560'],
  ['busy', 'uno', 'atmega328p'],
])('%s.c on a board %s', (sketch, name, part) => {
  const path = fileURLToPath(new URL(`sketches/${sketch}.c`, import.meta.url))
  const { image } = build([path], [`-mmcu=${part}`])
  const board = (translating: boolean) => {
    const lab = createBareLab({ seed: 1 })
    const made = new AvrBoard({ clock: lab.clock, random: lab.random, definition: findBoard(name), image })
    const { cpu } = made.mcu
    if (!translating) cpu.loops = undefined
    const sent: number[] = []
    made.serial.handleOctets = (octets) => {
      sent.push(...octets)
    }
    made.powerOn()
    return { lab, cpu, sent }
  }

  it('has the same cycles, interrupts, memory and serial octets', () => {
    const translated = board(true)
    const interpreted = board(false)
    for (let slice = 0; slice < SLICES; slice++) {
      const [one, other] = [translated, interpreted].map(({ lab, cpu, sent }) => {
        lab.runFor(SLICE)
        const { cycles, pc, data, interruptsTaken } = cpu
        return [
          cycles,
          pc,
          sent.length,
          interruptsTaken.join(),
          Buffer.from(data.subarray(0, 0x900)).toString('latin1'),
        ]
      })
      expect(one, `after slice ${slice}`).toEqual(other)
    }
    expect(translated.sent).toEqual(interpreted.sent)
    expect(translated.cpu.loops!.size).toBeGreaterThan(0)
  })
})
