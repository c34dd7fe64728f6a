/**
 * The six wires between a controller and its ENC28J60: SCK, MOSI, MISO, CS, INT (RESET belongs to the board). Sound wires
 * hand every chip select frame to the chip as it is; a broken one does to the octets what a broken wire does.
 *
 * What a floating input reads is a property of the board, not of the chip (reference 2.1): a pull-up gives FFh, a long
 * ribbon cable couples MOSI into MISO and gives an echo.
 */
import { SECOND } from '../../firmware/hal/clock.js'
import { addObserver, Listeners, type ObserverListeners } from '../../firmware/hal/listeners.js'
import type { InputPin } from '../../firmware/hal/pin.js'
import type { Random } from '../../firmware/hal/random.js'
import type { SpiBus } from '../../firmware/hal/spi.js'
import { SpiHarness } from './spi-harness.js'
import type { MisoListener, SpiEnd, SpiPins } from './spi-pins.js'

/** The chip's end of the wires. */
export interface SpiChip extends SpiBus {
  /** CS, and the other pins for a controller that moves them one by one. */
  readonly spiPins: SpiPins
  /** One octet each way while selected; a high-impedance MISO reads as the chip was told a floating one does. */
  exchange(mosi: number): number
  readonly interruptHigh: boolean
  /** It has its supply; left out: always. */
  readonly powered?: boolean
  /** RESET, where the chip has one. */
  setResetPin?(high: boolean): void
  onInterrupt(listener: (high: boolean) => void): () => void
}

/** What an input reads that nobody drives: pulled high, pulled low, or coupled to the wire beside it. */
export type FloatingLevel = 'high' | 'low' | 'echo'

/** Who watches the controller's end of the wires: a trace. Is notified of what the controller sent and read, whatever became of it. */
export interface WireObserver {
  /** One chip select frame. */
  transfer(write: Uint8Array, read: Uint8Array): void
  /** Octet by octet, for a controller that does it so. */
  select(low: boolean): void
  exchange(mosi: number, miso: number): void
  /** Edge by edge, for a controller whose program moves the pins. MISO is undefined while nobody drives it. */
  edge(wire: 'SCK' | 'MOSI' | 'MISO', high: boolean | undefined): void
}

export interface SpiWireOptions {
  readonly chip: SpiChip
  readonly random: Random
  /** MISO when nobody drives it; `high` on the boards of the catalogue, whose MISO has a pull-up. */
  readonly floating?: FloatingLevel
}

/** A controller's INT input with its pull-up: high when the wire is open. */
class InterruptWire implements InputPin {
  readonly #listeners = new Listeners<[high: boolean]>()
  #high = true

  get high(): boolean {
    return this.#high
  }

  onEdge(listener: (high: boolean) => void): () => void {
    return this.#listeners.add(listener)
  }

  drive(high: boolean): void {
    if (high === this.#high) return
    this.#high = high
    this.#listeners.tell(high)
  }
}

/** SPI in bus order: most significant bit first. Each bit is flipped with the given chance. */
function flipBits(octets: Uint8Array, rate: number, random: Random): Uint8Array {
  const out = new Uint8Array(octets)
  for (let i = 0; i < out.length; i++) {
    for (let bit = 0; bit < 8; bit++) if (random.float() < rate) out[i] ^= 0x80 >> bit
  }
  return out
}

export class SpiWires implements SpiBus, SpiEnd {
  /** INT as the controller sees it. */
  readonly interrupt: InputPin
  /** MISO when nobody drives it. */
  floating: FloatingLevel
  /** MISO is broken: commands still reach the chip, nothing comes back. */
  misoOpen = false
  /** CS never falls: the chip hears nothing and does not drive MISO. */
  csStuckHigh = false
  /** The pins of MOSI and MISO are exchanged: two inputs face each other, and two outputs. */
  mosiMisoSwapped = false
  /** Chance that a bit is read wrong, each way: wires too long, or a clock too fast for them. */
  bitErrorRate = 0
  /** The highest clock these wires carry, in hertz; above it MISO arrives a bit late. */
  highestClock = Number.POSITIVE_INFINITY
  /** The clock in use; whoever drives the bus keeps it. */
  clockRate = 0

  /** MISO as a controller's pin has it, while edges go. */
  handleMiso: MisoListener | undefined

  readonly #observers: ObserverListeners<WireObserver> = {
    transfer: new Listeners(),
    select: new Listeners(),
    exchange: new Listeners(),
    edge: new Listeners(),
  }
  readonly #chip: SpiChip
  readonly #random: Random
  readonly #int = new InterruptWire()
  #csStuckLow = false
  #selected = false
  #intOpen = false
  #mosi = false
  #miso: boolean | undefined
  /** SCK rose, ns. */
  #roseAt = Number.NEGATIVE_INFINITY
  /** The bit before, and whether this one is disturbed. */
  #lateSo: boolean | undefined
  #misoDisturbed = false
  #harness: SpiHarness | undefined

  constructor(options: SpiWireOptions) {
    this.#chip = options.chip
    this.#random = options.random
    this.floating = options.floating ?? 'high'
    this.interrupt = this.#int
    this.#chip.onInterrupt((high) => {
      if (this.#harness !== undefined) this.#harness.settle()
      else if (!this.#intOpen) this.#int.drive(high)
    })
    this.#int.drive(this.#chip.interruptHigh)
    this.#chip.spiPins.handleRelease = () => {
      if (this.handleMiso !== undefined) this.#settleMiso()
    }
  }

  /** The observer is notified of what crosses from now on. Returns the function that unsubscribes it. */
  observe(observer: WireObserver): () => void {
    return addObserver(this.#observers, observer)
  }

  /** The wires one by one, for what is wrong with single ones. From the first use on everything goes edge by edge. */
  get harness(): SpiHarness {
    this.#harness ??= new SpiHarness({
      chip: this.#chip,
      random: this.#random.fork('harness'),
      floating: () => (this.floating === 'echo' ? this.#mosi : this.floating === 'high'),
      onInterrupt: (high) => this.#int.drive(high || this.#intOpen),
    })
    return this.#harness
  }

  /** Something is wrong with single wires, so that a controller's pin may not be where it is driven to. */
  get damaged(): boolean {
    const whole = this.misoOpen || this.csStuckHigh || this.#csStuckLow || this.mosiMisoSwapped || this.#intOpen
    return whole || this.#harness !== undefined || this.#chip.powered === false
  }

  /**
   * The wires one by one for as long as a controller has its SPI off and moves its pins: with what is wrong with them, and as they were
   * before once `end` is called.
   */
  takeSingly(): { readonly harness: SpiHarness; end(): void } {
    if (this.#harness !== undefined) return { harness: this.#harness, end: () => {} }
    const { harness } = this
    if (this.misoOpen) harness.open('miso')
    if (this.csStuckHigh || this.#csStuckLow) harness.stick('cs', this.csStuckHigh)
    if (this.mosiMisoSwapped) harness.swap('mosi', 'miso')
    if (this.#intOpen) harness.open('int')
    return {
      harness,
      end: () => {
        this.#harness = undefined
        this.#selected = this.#csStuckLow
        this.#int.drive(this.#intOpen || this.#chip.interruptHigh)
      },
    }
  }

  /** RESET as a controller's pin drives it. */
  setReset(high: boolean): void {
    if (this.#harness === undefined) this.#chip.setResetPin?.(high)
    else this.#harness.drive('reset', high)
  }

  /** CS is shorted to ground: the chip takes everything as one endless command. */
  get csStuckLow(): boolean {
    return this.#csStuckLow
  }

  set csStuckLow(stuck: boolean) {
    if (stuck === this.#csStuckLow) return
    this.#csStuckLow = stuck
    if (!stuck && this.#selected) this.#chip.spiPins.setCs(true)
    this.#selected = false
  }

  /** INT is broken: the controller's pull-up holds its input high. */
  get intOpen(): boolean {
    return this.#intOpen
  }

  set intOpen(open: boolean) {
    this.#intOpen = open
    this.#int.drive(open || this.#chip.interruptHigh)
  }

  /** To be called when the chip got its supply: a chip select that is shorted low is low from the first moment. */
  powered(): void {
    if (!this.#selected) return
    this.#selected = false
    this.#chip.spiPins.setCs(true)
  }

  transfer(write: Uint8Array, read: number): Uint8Array {
    const octets = this.#transfer(write, read)
    if (this.#observers.transfer.size > 0) this.#observers.transfer.tell(write, octets)
    return octets
  }

  #transfer(write: Uint8Array, read: number): Uint8Array {
    if (this.csStuckHigh) return this.#floatingOctets(write, read)
    if (this.mosiMisoSwapped) {
      // SI of the chip faces the controller's MISO input: nobody drives either, and SI floats low. What the chip sends
      // meets the controller's MOSI driver and goes nowhere.
      this.#clock(new Uint8Array(write.length + read), 0)
      return this.#floatingOctets(write, read)
    }
    const mosi = this.bitErrorRate > 0 ? flipBits(write, this.bitErrorRate, this.#random) : write
    let miso = this.#clock(mosi, read)
    if (this.misoOpen) return this.#floatingOctets(write, read)
    if (this.bitErrorRate > 0) miso = flipBits(miso, this.bitErrorRate, this.#random)
    if (this.clockRate > this.highestClock) miso = this.#oneBitLate(miso)
    return miso
  }

  /** CS as a controller's pin drives it, for one that exchanges octet by octet (an emulated microcontroller). */
  select(): void {
    this.#observers.select.tell(true)
    this.#harness?.drive('cs', false)
    if (this.#harness !== undefined) return
    if (this.csStuckHigh || this.#csStuckLow) return
    this.#chip.spiPins.setCs(false)
    this.#selected = true
  }

  deselect(): void {
    this.#observers.select.tell(false)
    this.#harness?.drive('cs', true)
    if (this.#harness !== undefined) return
    if (this.#csStuckLow || !this.#selected) return
    this.#chip.spiPins.setCs(true)
    this.#selected = false
  }

  /** SCK as a controller's pin drives it. @param at now, ns */
  setSck(high: boolean, at: number): void {
    this.#observers.edge.tell('SCK', high)
    if (this.#harness !== undefined) {
      this.#harness.drive('sck', high)
      this.#settleMiso()
      return
    }
    this.#selectWhenStuck()
    const disturbed = this.bitErrorRate > 0 && this.#random.float() < this.bitErrorRate
    if (high) {
      const period = at - this.#roseAt
      this.#roseAt = at
      if (period > 0) this.clockRate = SECOND / period
      this.#chip.spiPins.setSck(true, disturbed)
      return
    }
    this.#lateSo = this.#chip.spiPins.so
    this.#misoDisturbed = disturbed
    this.#chip.spiPins.setSck(false)
    this.#settleMiso()
  }

  setMosi(high: boolean): void {
    this.#observers.edge.tell('MOSI', high)
    this.#mosi = high
    if (this.#harness !== undefined) {
      this.#harness.drive('mosi', high)
      this.#settleMiso()
      return
    }
    // Exchanged with MISO the wire leads to the chip's output, and its input floats low.
    this.#chip.spiPins.setSi(high && !this.mosiMisoSwapped)
    if (this.floating === 'echo') this.#settleMiso()
  }

  resume(at: number): void {
    // On single wires everything went by edges anyway.
    if (this.#harness === undefined) this.#chip.spiPins.resume(at)
    this.#settleMiso()
    this.#observers.edge.tell('MOSI', this.#mosi)
    this.#observers.edge.tell('MISO', this.#miso)
  }

  /** Works out what the controller's MISO pin is at. */
  #settleMiso(): void {
    const so = this.#harness === undefined ? this.#chip.spiPins.so : this.#harness.miso
    let level = this.misoOpen || this.mosiMisoSwapped ? undefined : so
    if (level !== undefined && this.clockRate > this.highestClock) level = this.#lateSo ?? level
    if (level !== undefined && this.#misoDisturbed) level = !level
    if (level !== this.#miso) this.#observers.edge.tell('MISO', level)
    this.#miso = level
    this.handleMiso?.(level, this.floating === 'echo' ? this.#mosi : this.floating === 'high')
  }

  #selectWhenStuck(): void {
    if (!this.#csStuckLow || this.#selected) return
    this.#chip.spiPins.setCs(false)
    this.#selected = true
  }

  /** Eight SCK cycles with CS as it is: what is wrong with the wires is done to this octet as `transfer` does it to many. */
  exchange(mosi: number): number {
    const miso = this.#exchange(mosi)
    this.#observers.exchange.tell(mosi, miso)
    return miso
  }

  #exchange(mosi: number): number {
    if (this.#harness !== undefined) return this.#harness.exchange(mosi)
    this.#selectWhenStuck()
    if (!this.#selected) return this.#floatingOctet(mosi)
    if (this.mosiMisoSwapped) {
      this.#chip.exchange(0)
      return this.#floatingOctet(mosi)
    }
    const noisy = this.bitErrorRate > 0
    let miso = this.#chip.exchange(noisy ? flipBits(Uint8Array.of(mosi), this.bitErrorRate, this.#random)[0] : mosi)
    if (this.misoOpen) return this.#floatingOctet(mosi)
    if (noisy) miso = flipBits(Uint8Array.of(miso), this.bitErrorRate, this.#random)[0]
    if (this.clockRate > this.highestClock) {
      const late = (miso >> 1) | (this.#lateBit << 7)
      this.#lateBit = miso & 1
      return late
    }
    return miso
  }
  #lateBit = 1

  #floatingOctet(mosi: number): number {
    return this.floating === 'high' ? 0xff : this.floating === 'low' ? 0 : mosi
  }

  #clock(write: Uint8Array, read: number): Uint8Array {
    if (this.#harness !== undefined) return this.#harness.transfer(write, read)
    if (!this.#csStuckLow) return this.#chip.transfer(write, read)
    this.#selectWhenStuck()
    for (let i = 0; i < write.length; i++) this.#chip.exchange(write[i])
    const miso = new Uint8Array(read)
    for (let i = 0; i < read; i++) miso[i] = this.#chip.exchange(0)
    return miso
  }

  /** While it reads, a controller sends zeros; an echo therefore shows only the octet before, which lingers. */
  #floatingOctets(write: Uint8Array, read: number): Uint8Array {
    const octets = new Uint8Array(read)
    if (this.floating === 'high') octets.fill(0xff)
    else if (this.floating === 'echo' && read > 0) octets[0] = write.at(-1) ?? 0
    return octets
  }

  /** The controller samples before the bit is there: every bit is taken for the one that follows it. */
  #oneBitLate(octets: Uint8Array): Uint8Array {
    const out = new Uint8Array(octets.length)
    let carry = 1
    for (let i = 0; i < octets.length; i++) {
      out[i] = (octets[i] >> 1) | (carry << 7)
      carry = octets[i] & 1
    }
    return out
  }
}
