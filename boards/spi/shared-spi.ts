/** An SPI bus with more than one chip on it: each has a select of its own, and MISO is whose is selected. */
import { type MisoListener, OctetPins, type SpiEnd, type SpiSlave } from './spi-pins.js'

/** The level of MISO that each of them drives; undefined: none. */
interface Driver {
  level: boolean | undefined
}

export class SharedSpi implements SpiEnd {
  /** Octets during which more than one was selected: their outputs meet, and a low one wins. */
  contention = 0
  #main: SpiEnd
  readonly #parts: { readonly pins: OctetPins; readonly driver: Driver; selected: boolean }[] = []
  readonly #mainDriver: Driver = { level: undefined }
  #mainSelected = false
  #floating = true
  #listener: MisoListener | undefined

  /** @param main the one that `select` and `deselect` are about */
  constructor(main: SpiEnd) {
    this.#main = main
  }

  get handleMiso(): MisoListener | undefined {
    return this.#listener
  }

  set handleMiso(listener: MisoListener | undefined) {
    this.#listener = listener
    this.#hear()
  }

  /** Another chip in the place of the first. */
  set main(main: SpiEnd) {
    this.#main.handleMiso = undefined
    this.#main = main
    this.#hear()
  }

  /** Puts one more chip on the bus. @returns what its select is told: low is true */
  add(slave: SpiSlave): (low: boolean) => void {
    const part = { pins: new OctetPins(slave), driver: { level: undefined }, selected: false }
    this.#parts.push(part)
    this.#hear()
    return (low) => {
      part.selected = low
      if (low) part.pins.select()
      else part.pins.deselect()
    }
  }

  select(): void {
    this.#mainSelected = true
    this.#main.select()
  }

  deselect(): void {
    this.#mainSelected = false
    this.#main.deselect()
  }

  exchange(mosi: number): number {
    // The first sees every clock, selected or not: its wires may have no working select.
    let miso = this.#main.exchange(mosi)
    let drivers = this.#mainSelected ? 1 : 0
    for (const { pins, selected } of this.#parts) {
      if (!selected) continue
      const octet = pins.exchange(mosi)
      miso = drivers === 0 ? octet : miso & octet
      drivers++
    }
    if (drivers > 1) this.contention++
    return miso
  }

  setSck(high: boolean, at: number): void {
    this.#main.setSck(high, at)
    for (const { pins } of this.#parts) pins.setSck(high)
  }

  setMosi(high: boolean): void {
    this.#main.setMosi(high)
    for (const { pins } of this.#parts) pins.setMosi(high)
  }

  resume(at: number): void {
    this.#main.resume(at)
    for (const { pins } of this.#parts) pins.resume()
  }

  #hear(): void {
    const listening = this.#listener !== undefined
    this.#main.handleMiso = listening
      ? (level, floating) => {
          this.#mainDriver.level = level
          this.#floating = floating
          this.#settle()
        }
      : undefined
    for (const { pins, driver } of this.#parts) {
      pins.handleMiso = listening
        ? (level) => {
            driver.level = level
            this.#settle()
          }
        : undefined
    }
  }

  #settle(): void {
    let level = this.#mainDriver.level
    for (const { driver } of this.#parts) if (driver.level !== undefined) level = level === false ? false : driver.level
    this.#listener?.(level, this.#floating)
  }
}
