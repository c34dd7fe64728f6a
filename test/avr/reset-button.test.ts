/** The reset button of a board behind a pseudo-terminal, where no DTR presses it. */
import { expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBareLab } from '../../boards/lab.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { compile } from './assembler.js'
import { optiboot } from './boot-loaders.js'

/** The largest boot section there is begins here (DS40002061B 27.8). */
const BOOT_SECTION = 0x7000
const APPLICATION = `
  #include <avr/sleep.h>
  int main(void) { set_sleep_mode(SLEEP_MODE_PWR_DOWN); for (;;) sleep_mode(); }`

function flashedBoard() {
  const lab = createBareLab({ seed: 1 })
  const definition = findBoard('uno')
  const { image } = compile(APPLICATION)
  const board = new AvrBoard({ clock: lab.clock, random: lab.random, definition, image, bootLoader: optiboot() })
  board.powerOn()
  lab.runFor(3 * SECOND)
  const where = () => (board.mcu.cpu.pc * 2 >= BOOT_SECTION ? 'boot loader' : 'application')
  return { lab, board, where }
}

it('brings the boot loader for a second, as a press does', () => {
  const { lab, board, where } = flashedBoard()
  expect(where()).toBe('application')
  board.restart()
  lab.runFor(SECOND / 2)
  expect(where()).toBe('boot loader')
  lab.runFor(2 * SECOND)
  expect(where()).toBe('application')
})

it('is pressed again for as long as asked, and then no more', () => {
  const { lab, board, where } = flashedBoard()
  board.resetTimeout = 2 * SECOND
  board.restart()
  for (let half = 0; half < 4; half++) {
    lab.runFor(SECOND / 2)
    expect(where()).toBe('boot loader')
  }
  lab.runFor(2 * SECOND)
  expect(where()).toBe('application')
})
