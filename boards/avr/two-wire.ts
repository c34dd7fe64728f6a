/**
 * The two-wire bus (DS40002061B 21): avr8js's interface, with the time that a start, a stop and nine clocks take, and whoever is on
 * the bus. The controller is the only master.
 */
import type { AVRTWI } from 'avr8js'
import type { AvrCpu } from './cpu.js'

/** A chip on the bus, which answers at its address. */
export interface TwoWirePart {
  /** It is addressed, at a start or a repeated one. @returns whether it acknowledges */
  start(write: boolean): boolean
  /** An octet for it. @returns whether it acknowledges */
  write(octet: number): boolean
  /** An octet from it. */
  read(): number
  stop(): void
}

/** Clocks of an octet with its acknowledge, and of a start or a stop. */
const OCTET_CLOCKS = 9
const EDGE_CLOCKS = 1

export class TwoWireBus {
  readonly #cpu: AvrCpu
  readonly #crystal: number
  readonly #parts = new Map<number, TwoWirePart>()
  #twi: AVRTWI | undefined
  #addressed: TwoWirePart | undefined

  /** @param crystal hertz */
  constructor(cpu: AvrCpu, crystal: number) {
    this.#cpu = cpu
    this.#crystal = crystal
  }

  /** @param address of seven bits. @throws RangeError for one that is taken, or that no part may have (I2C-bus specification 3.1.12) */
  add(address: number, part: TwoWirePart): void {
    if (!(Number.isInteger(address) && address >= 0x08 && address <= 0x77))
      throw new RangeError(`an address on a two-wire bus is 8 to 119 (0x08 to 0x77), not ${address}`)
    if (this.#parts.has(address))
      throw new RangeError(`there is a part at address 0x${address.toString(16)} already; give another`)
    this.#parts.set(address, part)
  }

  /** The controller's interface, which a reset makes anew. */
  attach(twi: AVRTWI): void {
    this.#twi = twi
    this.#addressed = undefined
    const after = (clocks: number, then: () => void) => {
      // 21.5.2: the rate that the program set
      const cycles = Math.round((clocks * this.#crystal) / twi.sclFrequency)
      this.#cpu.addClockEvent(() => {
        if (this.#twi === twi) then()
      }, cycles)
    }
    twi.eventHandler = {
      start: () => after(EDGE_CLOCKS, () => twi.completeStart()),
      stop: () =>
        after(EDGE_CLOCKS, () => {
          this.#addressed?.stop()
          this.#addressed = undefined
          twi.completeStop()
        }),
      connectToSlave: (address, write) =>
        after(OCTET_CLOCKS, () => {
          const part = this.#parts.get(address)
          const answers = part?.start(write) === true
          this.#addressed = answers ? part : undefined
          twi.completeConnect(answers)
        }),
      writeByte: (octet) => after(OCTET_CLOCKS, () => twi.completeWrite(this.#addressed?.write(octet) === true)),
      // Nobody drives SDA: its pull-up reads as ones.
      readByte: () => after(OCTET_CLOCKS, () => twi.completeRead(this.#addressed?.read() ?? 0xff)),
    }
  }
}
