/**
 * The SPI by edges (DS39662 4.1, table 16-6): CS, SCK and SI as levels, SO as what the chip drives. Mode 0,0: SI is taken
 * at the rising edge of SCK, SO changes at the falling one. Octets go to the same core as those of `exchange`, and
 * a controller may change from one to the other under one chip select: `resume` says that octets went before.
 *
 * Sixteen million edges a second come through here. V8 puts small methods in place of their calls, up to 920 octets of bytecode
 * for one caller; `setSck`, `setSi`, `#rise` and `#fall` are written so that a loop over the bits of an octet stays below that (a sixth of
 * the speed), and what happens once an octet, or for listeners only, is a call.
 */

import { clockEight, type SpiPins } from '../../spi/spi-pins.js'
import type { ControlRegisters } from './control-registers.js'
import type { Core } from './core.js'
import type { PinListeners } from './pins.js'
import { HIGH_IMPEDANCE, type SpiFrontEnd } from './spi-front-end.js'
import { CS_HIGH, CS_SETUP } from './spi-timing.js'

/** Limits in nanoseconds (DS39662 table 16-6). */
const SI_SETUP = 10
const SI_HOLD = 10
/** One period of 20 MHz. */
const SCK_PERIOD = 50

export class PinFrontEnd implements SpiPins {
  readonly #core: Core
  readonly #spi: SpiFrontEnd
  readonly #control: ControlRegisters
  readonly #edgeListeners: PinListeners['edge']
  #cs = true
  #sck = false
  #si = false
  #shift = 0
  #bits = 0
  /** Rising edges of SCK under this chip select. */
  #edges = 0
  /** The octet going out, and the level it gives SO since the last falling edge. */
  #octet = HIGH_IMPEDANCE
  #so: boolean | undefined
  #csAt = Number.NEGATIVE_INFINITY
  #riseAt = Number.NEGATIVE_INFINITY
  #sckAt = Number.NEGATIVE_INFINITY
  #siAt = Number.NEGATIVE_INFINITY
  /** Are set-up, hold and clock limits checked? */
  limits = true
  handleRelease: (() => void) | undefined

  constructor(core: Core, spi: SpiFrontEnd, control: ControlRegisters) {
    this.#core = core
    this.#spi = spi
    this.#control = control
    this.#edgeListeners = core.pins.edge
  }

  get cs(): boolean {
    return this.#cs
  }

  get sck(): boolean {
    return this.#sck
  }

  get si(): boolean {
    return this.#si
  }

  /** Level of SO; undefined while it is high impedance. */
  get so(): boolean | undefined {
    return this.#so
  }

  /** The level of CS (active low; pulled up inside). */
  setCs(high: boolean): void {
    if (high === this.#cs) return
    const { clock, findings } = this.#core
    const { now } = clock
    this.#cs = high
    if (high) {
      this.#deselect(now)
    } else {
      if (this.limits) {
        if (now - this.#csAt < CS_HIGH) findings.report('cs-high-too-short')
        if (this.#sck) findings.report('sck-not-idle-low')
      }
      this.#bits = 0
      this.#edges = 0
      this.#spi.select()
    }
    this.#csAt = now
  }

  /** The level of SCK. `disturbed`: the chip takes SI for the opposite at this rising edge. */
  setSck(high: boolean, disturbed?: boolean): void {
    if (high === this.#sck) return
    this.#sck = high
    const edge = this.#edgeListeners
    if (!edge.idle) edge.tell('SCK', high)
    if (this.#cs) return
    if (high) this.#rise(disturbed)
    else this.#fall()
    this.#sckAt = this.#core.clock.now
  }

  /** The level of SI. */
  setSi(high: boolean): void {
    if (high === this.#si) return
    this.#si = high
    if (this.limits && !this.#cs) {
      const { now } = this.#core.clock
      this.#siAt = now
      if (this.#sck && now - this.#riseAt < SI_HOLD) this.#core.findings.report('si-hold-too-short')
    }
    const edge = this.#edgeListeners
    if (!edge.idle) edge.tell('SI', high)
  }

  /** Is part of an octet in the shift register? */
  get midOctet(): boolean {
    return this.#bits !== 0
  }

  /** Eight clocks at once with part of an octet in the shift register; no limit counts. Returns the levels of SO. */
  exchange(mosi: number): number {
    const { limits } = this
    this.limits = false
    const miso = clockEight(this, mosi, this.#spi.floating(mosi))
    this.limits = limits
    return miso
  }

  /**
   * Edges follow octets that went by `exchange` under this chip select: SO shows what their last edge left there.
   * @param at instant of that edge, ns
   */
  resume(at: number): void {
    if (this.#cs || this.midOctet) return
    this.#edges++
    this.#riseAt = at
    this.#sckAt = at
    this.#octet = this.#spi.begin()
    this.#show()
    // Who drew the octets from what was reported of them has to know where the wires rest.
    this.#edgeListeners.tell('SI', this.#si)
    this.#edgeListeners.tell('SO', this.#so)
  }

  /** The chip releases SO: CS rose, or it went into reset or lost its supply. */
  abandon(): void {
    this.#bits = 0
    this.#octet = HIGH_IMPEDANCE
    this.#show()
    this.handleRelease?.()
  }

  #rise(disturbed: boolean | undefined): void {
    if (this.limits) this.#checkRise()
    this.#edges++
    this.#shift = (this.#shift << 1) | (this.#si !== (disturbed === true) ? 1 : 0)
    if (++this.#bits === 8) this.#complete()
  }

  #complete(): void {
    this.#bits = 0
    const octet = this.#shift & 0xff
    const so = this.#octet
    this.#spi.end(octet)
    this.#core.pins.exchange.tell(octet, so === HIGH_IMPEDANCE ? undefined : so, true)
  }

  #fall(): void {
    // The first bit of the next octet goes out with the edge that ends this one.
    if (this.#bits === 0 && this.#edges > 0) this.#octet = this.#spi.begin()
    this.#show()
  }

  #show(): void {
    const octet = this.#octet
    const so = octet === HIGH_IMPEDANCE ? undefined : ((octet << this.#bits) & 0x80) !== 0
    if (so === this.#so) return
    this.#so = so
    const edge = this.#edgeListeners
    if (!edge.idle) edge.tell('SO', so)
  }

  #checkRise(): void {
    const { clock, findings } = this.#core
    const { now } = clock
    if (this.#edges === 0) {
      if (now - this.#csAt < CS_SETUP) findings.report('cs-setup-too-short')
    } else {
      const period = now - this.#riseAt
      if (period < SCK_PERIOD) findings.report('spi-too-fast')
      // The last period before an octet is complete is what erratum 1 looks at.
      if (this.#bits === 7) this.#control.spiClock = period > 0 ? Math.max(1, Math.min(20e6, 1e9 / period)) : 0
    }
    if (now - this.#siAt < SI_SETUP) findings.report('si-setup-too-short')
    this.#riseAt = now
  }

  #deselect(now: number): void {
    const spi = this.#spi
    if (this.#bits !== 0) this.#core.findings.report('incomplete-octet')
    const told = spi.csHold
    if (this.limits && this.#edges > 0) spi.csHold = Math.min(now - this.#sckAt, told ?? Number.POSITIVE_INFINITY)
    spi.deselect()
    spi.csHold = told
    this.abandon()
  }
}
