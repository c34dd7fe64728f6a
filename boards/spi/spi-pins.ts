/** SPI by levels and edges: what a controller drives whose program moves the pins itself. Mode 0 of the four, and so 3. */

/** A chip's end: its pins. */
export interface SpiPins {
  /** Active low. */
  setCs(high: boolean): void
  /** `disturbed`: the chip takes SI for the opposite at this rising edge. */
  setSck(high: boolean, disturbed?: boolean): void
  setSi(high: boolean): void
  /** Octets went by other means under this chip select, the last until `at` (ns); edges follow. */
  resume(at: number): void
  readonly sck: boolean
  /** Are set-up, hold and clock limits checked? Left out: the chip has none. */
  limits?: boolean
  /** Level of SO; undefined: not driven. */
  readonly so: boolean | undefined
  /** Is called when the chip releases SO: at the end of a chip select, and when it is reset or loses its supply. */
  handleRelease: (() => void) | undefined
}

/** The level of MISO at a controller's pin: what drives it, and the level that it has while nobody does. */
export type MisoListener = (driven: boolean | undefined, floating: boolean) => void

/** The controller's end of an SPI bus: by octets, or edge by edge. */
export interface SpiEnd {
  select(): void
  /** Eight clocks with chip select as it is. */
  exchange(mosi: number): number
  deselect(): void
  /** @param at now, ns */
  setSck(high: boolean, at: number): void
  setMosi(high: boolean): void
  /** As `SpiPins.resume`. */
  resume(at: number): void
  /** Is notified of MISO at once, and of each change; undefined while octets go and no pin needs it. */
  handleMiso: MisoListener | undefined
}

/** Eight clocks at once from the level at which SCK rests. Where nobody drives SO, `floating` is read. */
export function clockEight(
  pins: Pick<SpiPins, 'sck' | 'so' | 'setSck' | 'setSi'>,
  mosi: number,
  floating: number,
): number {
  const rest = pins.sck
  let miso = 0
  for (let bit = 7; bit >= 0; bit--) {
    pins.setSi(((mosi >> bit) & 1) === 1)
    if (rest) pins.setSck(false)
    const { so } = pins
    miso = (miso << 1) | (so === undefined ? (floating >> bit) & 1 : so ? 1 : 0)
    pins.setSck(true)
    if (!rest) pins.setSck(false)
  }
  return miso
}

/** A chip that knows octets: an SPI flash, or what a test puts on the bus. */
export interface SpiSlave {
  select(): void
  exchange(mosi: number): number
  deselect(): void
  /** What MISO shows during the next octet. Left out: that depends on the octet itself, and MISO floats at single edges. */
  next?(): number
}

/** A chip of octets on pins: takes MOSI at rising edges and moves MISO at falling ones. MISO has a pull-up. */
export class OctetPins implements SpiEnd {
  sck = false
  so: boolean | undefined
  handleMiso: MisoListener | undefined
  readonly #slave: SpiSlave
  #selected = false
  #si = false
  #shift = 0
  #bits = 0
  #octet: number | undefined

  constructor(slave: SpiSlave) {
    this.#slave = slave
  }

  select(): void {
    this.#selected = true
    this.#bits = 0
    this.#slave.select()
    this.#load()
  }

  deselect(): void {
    this.#selected = false
    this.#bits = 0
    this.#slave.deselect()
    this.#load()
  }

  exchange(mosi: number): number {
    return this.#bits === 0 ? this.#slave.exchange(mosi) : clockEight(this, mosi, 0xff)
  }

  setSck(high: boolean): void {
    if (high === this.sck) return
    this.sck = high
    if (!this.#selected) return
    if (!high) {
      this.#show()
      return
    }
    this.#shift = ((this.#shift << 1) | (this.#si ? 1 : 0)) & 0xff
    if (++this.#bits < 8) return
    this.#slave.exchange(this.#shift)
    this.#bits = 0
    this.#octet = this.#slave.next?.()
  }

  setSi(high: boolean): void {
    this.#si = high
  }

  setMosi(high: boolean): void {
    this.setSi(high)
  }

  resume(): void {
    if (this.#selected && this.#bits === 0) this.#load()
  }

  #load(): void {
    this.#octet = this.#selected ? this.#slave.next?.() : undefined
    this.#show()
  }

  #show(): void {
    this.so = this.#octet === undefined ? undefined : ((this.#octet >> (7 - this.#bits)) & 1) === 1
    this.handleMiso?.(this.so, true)
  }
}
