/** The emulated ATmega328P: its clock over real time with SPI and USART busy, and computing, beside plain avr8js and simavr. */
import { fileURLToPath } from 'node:url'
import { AVRSPI, AVRUSART, avrInstruction, CPU, spiConfig, usart0Config } from 'avr8js'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBareLab } from '../../boards/lab.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { build } from '../avr/assembler.js'
import { simavrSeconds } from '../avr/simavr.js'
import type { Benchmark } from './figure.js'
import { medianOf, timed } from './figure.js'

const CLOCK = 16_000_000
const SECONDS = 4
const ROUNDS = 3
const sketch = (name: string) => fileURLToPath(new URL(`../avr/sketches/${name}.c`, import.meta.url))

/** The whole board: line, chip and shared virtual time. @param isBusy whether its USART sends all the time */
function ours(image: FlashImage, isBusy: boolean): () => number {
  const lab = createBareLab({ seed: 1 })
  const board = new AvrBoard({ clock: lab.clock, random: lab.random, definition: findBoard('uno'), image })
  let octets = 0
  board.serial.handleOctets = (received) => {
    octets += received.length
  }
  board.powerOn()
  lab.runFor(SECOND / 10)
  return () => {
    const { seconds } = timed(() => lab.runFor(SECONDS * SECOND))
    // what it did is part of the figure: 1 Mbaud is 100 000 octets a second
    if (isBusy && octets < SECONDS * 90_000) throw new Error(`the USART sent ${octets} octets in ${SECONDS} s`)
    octets = 0
    return seconds
  }
}

function avr8js(flash: Uint8Array): () => number {
  const cpu = new CPU(new Uint16Array(flash.slice().buffer), 2_048)
  const spi = new AVRSPI(cpu, spiConfig, CLOCK)
  spi.onByte = (value) => {
    cpu.addClockEvent(() => spi.completeTransfer(value ^ 0x55), spi.transferCycles)
  }
  const usart = new AVRUSART(cpu, usart0Config, CLOCK)
  usart.onByteTransmit = () => {}
  return () => {
    const end = cpu.cycles + SECONDS * CLOCK
    return timed(() => {
      while (cpu.cycles < end) {
        avrInstruction(cpu)
        cpu.tick()
      }
    }).seconds
  }
}

/** Of a sketch: ours, plain avr8js, simavr. */
function megahertz(name: string, isBusy: boolean): number[] {
  const { image } = build([sketch(name)])
  const flash = new Uint8Array(32_768).fill(0xff)
  for (const { address, octets } of image.flash) flash.set(octets, address)
  const mine = ours(image, isBusy)
  const plain = avr8js(flash)
  mine() // hot loops are translated, and the engine has compiled what it will use
  // in turns, so that all three meet the same machine
  const rounds = Array.from({ length: ROUNDS }, () => [mine(), plain(), simavrSeconds(flash, SECONDS * CLOCK)])
  return [0, 1, 2].map((column) => (SECONDS * CLOCK) / 1e6 / medianOf(rounds.map((round) => round[column])))
}

export const avrEmulation: Benchmark = {
  name: 'avr emulation',
  run() {
    const [value, reference, native] = megahertz('busy', true)
    const [computing, , nativeComputing] = megahertz('compute', false)
    const unit = 'MHz emulated'
    return [
      {
        name: 'ATmega328P, SPI and USART busy',
        value,
        unit,
        against: `plain avr8js at ${reference.toFixed(0)} MHz`,
        ratio: value / reference,
        aim: 'at least 1.0',
      },
      { name: 'ATmega328P', value, unit, against: `simavr (C) at ${native.toFixed(0)} MHz`, ratio: value / native },
      {
        name: 'ATmega328P in real time',
        value,
        unit,
        against: `its own clock of ${CLOCK / 1e6} MHz`,
        ratio: (value * 1e6) / CLOCK,
      },
      {
        name: 'ATmega328P, computing',
        value: computing,
        unit,
        against: `simavr (C) at ${nativeComputing.toFixed(0)} MHz; CRC, average and sort, a timer interrupt a millisecond`,
        ratio: computing / nativeComputing,
        aim: '3 or more',
      },
    ]
  },
}
