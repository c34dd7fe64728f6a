/**
 * The SPI transactions of an ENC28J60 as packets, as its own pins see them: a packet for each time that CS is low. All of it with the high
 * octet first:
 *
 *     0      version of this layout, 1
 *     1      bit 0: INT was low when CS fell · bit 1: INT is low now · bit 2: goes on from the packet before · bit 3: goes on in the next
 *     2      bank that ECON1 selected when CS fell
 *     3      0
 *     4-5    n, octets that crossed
 *     6-9    SCK, hertz; 0 where nobody knows
 *     10-    n octets that the chip received (SI), n that it sent (SO), and a bit for each of these, first octet in the highest bit: whether the chip
 *            drove SO; octets it did not drive are 0
 *
 * The instant is that at which CS fell. What the data sheet forbids (the chip's findings) is the packet's comment.
 */
import type { PinObserver } from '../../boards/chips/enc28j60/pins.js'
import { BITS, OPCODE, REGISTERS, registerAt } from '../../firmware/enc28j60/registers.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { PacketSink } from './pcapng.js'

const LAYOUT_VERSION = 1
const LEADING_OCTETS = 10
const INT_LOW_BEFORE = 1
const INT_LOW_NOW = 2
const GOES_ON_FROM_BEFORE = 4
const GOES_ON = 8
/** The largest burst that has a sense is the whole buffer; CS that is stuck low makes one endless transaction. */
const MOST_OCTETS = 8_193
const OPCODE_MASK = 0xe0
const ARGUMENT_MASK = 0x1f
const BANK_MASK = BITS.ECON1.BSEL

/** What is watched: an Enc28j60. */
export interface WatchedChip {
  observePins(observer: PinObserver): () => void
  onFinding(listener: (finding: { readonly rule: string; readonly source: string }) => void): () => void
  inspect(): { readonly registers: Uint8Array }
  readonly interruptHigh: boolean
  /** SCK in hertz; 0 when it is not known. */
  readonly spiClock: number
}

export interface SpiCaptureOptions {
  readonly clock: Clock
  readonly chip: WatchedChip
  readonly sink: PacketSink
  /** Of the interface. */
  readonly name: string
}

export class SpiCapture {
  readonly #options: SpiCaptureOptions
  readonly #port: number
  readonly #stop: readonly (() => void)[]
  #selectedAt: number | undefined
  #intLow = false
  #goesOn = false
  #mosi: number[] = []
  #miso: (number | undefined)[] = []
  readonly #comments = new Set<string>()
  #bank: number

  /** Watches from now on. */
  constructor(options: SpiCaptureOptions) {
    this.#options = options
    const { chip, sink, name } = options
    this.#port = sink.addInterface({ name, link: 'spi', description: 'SPI transactions of an ENC28J60' })
    this.#bank = this.#bankOfChip()
    this.#stop = [
      chip.observePins({
        chipSelect: (high) => (high ? this.#deselected() : this.#selected()),
        exchange: (mosi, miso) => this.#exchanged(mosi, miso),
        reset: () => {
          this.#bank = 0
        },
      }),
      chip.onFinding(({ rule, source }) => this.#comments.add(`${rule} [${source}]`)),
    ]
  }

  /** Stops watching and hands on what was begun. */
  close(): void {
    for (const stop of this.#stop) stop()
    if (this.#mosi.length > 0) this.#hand(GOES_ON)
  }

  #bankOfChip(): number {
    return this.#options.chip.inspect().registers[REGISTERS.ECON1.address] & BANK_MASK
  }

  #selected(): void {
    this.#selectedAt = this.#options.clock.now
    this.#intLow = !this.#options.chip.interruptHigh
    this.#goesOn = false
  }

  #deselected(): void {
    if (this.#selectedAt === undefined) return
    this.#hand(0)
    this.#selectedAt = undefined
  }

  #exchanged(mosi: number, miso: number | undefined): void {
    if (this.#selectedAt === undefined) {
      // It was low before we looked.
      this.#selectedAt = this.#options.clock.now
      this.#goesOn = true
    }
    this.#mosi.push(mosi)
    this.#miso.push(miso)
    if (this.#mosi.length < MOST_OCTETS) return
    this.#hand(GOES_ON)
    this.#goesOn = true
    this.#selectedAt = this.#options.clock.now
  }

  #hand(goesOn: number): void {
    const { chip, sink, clock } = this.#options
    const count = this.#mosi.length
    const octets = new Uint8Array(LEADING_OCTETS + 2 * count + Math.ceil(count / 8))
    const view = new DataView(octets.buffer)
    const flags =
      (this.#intLow ? INT_LOW_BEFORE : 0) |
      (chip.interruptHigh ? 0 : INT_LOW_NOW) |
      (this.#goesOn ? GOES_ON_FROM_BEFORE : 0) |
      goesOn
    octets.set([LAYOUT_VERSION, flags, this.#bank])
    view.setUint16(4, count)
    view.setUint32(6, Math.round(chip.spiClock))
    octets.set(this.#mosi, LEADING_OCTETS)
    for (const [i, miso] of this.#miso.entries()) {
      if (miso === undefined) continue
      octets[LEADING_OCTETS + count + i] = miso
      octets[LEADING_OCTETS + 2 * count + (i >> 3)] |= 0x80 >> (i & 7)
    }
    const comment = [...this.#comments].join('; ')
    const at = this.#selectedAt ?? clock.now
    sink.packet(this.#port, octets, { at, ...(comment === '' ? {} : { comment }) })
    this.#follow()
    this.#mosi = []
    this.#miso = []
    this.#comments.clear()
  }

  /** Which bank is selected now. */
  #follow(): void {
    if (this.#goesOn) return
    const [first = 0, value] = this.#mosi
    const operation = first & OPCODE_MASK
    if (operation === (OPCODE.SRC & OPCODE_MASK)) this.#bank = 0
    if (value === undefined || registerAt(this.#bank, first & ARGUMENT_MASK) !== REGISTERS.ECON1) return
    if (operation === OPCODE.WCR) this.#bank = value & BANK_MASK
    else if (operation === OPCODE.BFS) this.#bank |= value & BANK_MASK
    else if (operation === OPCODE.BFC) this.#bank &= ~value & BANK_MASK
  }
}
