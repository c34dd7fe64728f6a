/**
 * USART (DS40002061B 20): asynchronous mode. Transmitter: UDR buffer and shift register. Receiver: shift register and a
 * buffer of two frames, with FE, DOR and UPE beside each. The line itself, its sampling and its noise are a `SerialLine`;
 * a TXD waveform exists when someone listens to the pin.
 *
 * Not modelled: synchronous and SPI master modes (UMSEL), the multi-processor filter (MPCM), and the phase of the baud
 * rate generator (a frame starts in the cycle in which UDR0 is written to an idle transmitter).
 */

import { Tally } from '../../firmware/hal/counters.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import type { SerialFraming, SerialLine } from '../../firmware/hal/serial-line.js'
import { LINE_BIT_8, LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { UartReceiveBuffer } from '../rs232/receive-buffer.js'
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import type { UsartConfig } from './part.js'
import type { Port } from './ports.js'

// UCSR0A (20.11.2)
const RXC = 0x80
const TXC = 0x40
const UDRE = 0x20
const FE = 0x10
const DOR = 0x08
const UPE = 0x04
const U2X = 0x02
const MPCM = 0x01
// UCSR0B (20.11.3)
const RXCIE = 0x80
const TXCIE = 0x40
const UDRIE = 0x20
const RXEN = 0x10
const TXEN = 0x08
const UCSZ2 = 0x04
const RXB8 = 0x02
const TXB8 = 0x01

/** Frames the receiver loses: the receiver was off, or buffer and shift register were full. */
export type UsartLoss = 'receiver-off' | 'overrun'

export class Usart {
  /** Frames lost, by reason. */
  readonly dropped = new Tally<UsartLoss>()
  sent = 0
  received = 0
  readonly #rateListeners = new Listeners<[baud: number]>()
  readonly #framingListeners = new Listeners<[framing: SerialFraming]>()
  readonly #receiverOnListeners = new Listeners<[]>()
  readonly #core: AvrCore
  readonly #port: Port
  #line: SerialLine | undefined
  /** The frame in front is what UDR0 shows. */
  readonly #buffer = new UartReceiveBuffer()
  #shifting = -1
  #next = -1
  #bit = 0
  readonly #config: UsartConfig
  readonly #rxc: AVRInterruptConfig
  readonly #udre: AVRInterruptConfig
  readonly #txc: AVRInterruptConfig

  constructor(core: AvrCore, config: UsartConfig, port: Port) {
    this.#core = core
    this.#config = config
    this.#port = port
    const { UCSRA, UCSRB, UCSRC, UBRRL, UBRRH, UDR, vectors } = config
    const interrupt = (address: number, flagMask: number, enableMask: number): AVRInterruptConfig => {
      return { address, flagRegister: UCSRA, flagMask, enableRegister: UCSRB, enableMask }
    }
    this.#rxc = { ...interrupt(vectors.RX, RXC, RXCIE), constant: true }
    this.#udre = { ...interrupt(vectors.UDRE, UDRE, UDRIE), constant: true }
    this.#txc = interrupt(vectors.TX, TXC, TXCIE)
    const { cpu } = core
    cpu.writeHooks[UCSRA] = (value) => {
      if (value & TXC) cpu.clearInterrupt(this.#txc)
      const old = cpu.data[UCSRA]
      cpu.data[UCSRA] = (old & ~(U2X | MPCM)) | (value & (U2X | MPCM))
      if ((old ^ value) & U2X) this.rateChanged()
      return true
    }
    cpu.writeHooks[UCSRB] = (value) => {
      this.#control(value)
      return true
    }
    cpu.writeHooks[UCSRC] = (value) => {
      cpu.data[UCSRC] = value
      this.#framingChanged()
      return true
    }
    cpu.writeHooks[UBRRL] = (value) => {
      cpu.data[UBRRL] = value
      this.rateChanged()
      return true
    }
    cpu.writeHooks[UBRRH] = (value) => {
      cpu.data[UBRRH] = value & 0x0f
      return true
    }
    cpu.readHooks[UDR] = () => this.#read()
    cpu.writeHooks[UDR] = (value) => {
      this.#write(value)
      return true
    }
  }

  /** Is called when the receiver is switched on. */
  onReceiverOn(listener: () => void): () => void {
    return this.#receiverOnListeners.add(listener)
  }

  /** Is called when UCSR0C or UCSZ02 has been written, and at reset. */
  onFraming(listener: (framing: SerialFraming) => void): () => void {
    return this.#framingListeners.add(listener)
  }

  /** Is called when the rate has changed, by UBRR0, U2X0 or the clock. */
  onRate(listener: (baud: number) => void): () => void {
    return this.#rateListeners.add(listener)
  }

  /** The outside end of RXD and TXD. */
  get line(): SerialLine | undefined {
    return this.#line
  }

  set line(line: SerialLine | undefined) {
    if (this.#line !== undefined) this.#line.handleOctets = undefined
    this.#line = line
    if (line === undefined) return
    line.setBaud(this.baud)
    line.setFraming?.(this.framing)
    line.handleOctets = (octets, errors) => {
      for (let i = 0; i < octets.length; i++) this.receive(octets[i], errors?.[i] ?? 0)
    }
  }

  /** 20.3.1, table 20-1: symbols a second. */
  get baud(): number {
    return this.#core.frequency / this.#bitCycles
  }

  /** Bits of a frame: start, data, parity, stop (20.4). */
  get frameBits(): number {
    const { data } = this.#core.cpu
    const control = data[this.#config.UCSRC]
    return 1 + this.#dataBits + (control & 0x20 ? 1 : 0) + (control & 0x08 ? 2 : 1)
  }

  /** Of characters, as UCSR0C and UCSZ02 say (tables 20-9 to 20-11). */
  get framing(): SerialFraming {
    const control = this.#core.cpu.data[this.#config.UCSRC]
    return {
      dataBits: this.#dataBits as SerialFraming['dataBits'],
      parity: (control & 0x20) === 0 ? 'none' : control & 0x10 ? 'odd' : 'even',
      stopBits: control & 0x08 ? 2 : 1,
    }
  }

  get receiverOn(): boolean {
    return (this.#core.cpu.data[this.#config.UCSRB] & RXEN) !== 0
  }

  /** A frame has come in whole: `errors` in LINE_ flags. */
  receive(octet: number, errors: number): void {
    const { cpu } = this.#core
    if (!this.#core.started || this.#core.clockStopped || (cpu.data[this.#config.UCSRB] & RXEN) === 0) {
      this.dropped.add('receiver-off')
      return
    }
    this.received++
    const startBit = this.#core.clock.now - this.#core.duration(this.frameBits * this.#bitCycles)
    const kept = cpu.data[this.#config.UCSRC] & 0x20 ? errors : errors & ~LINE_PARITY_ERROR
    const { overrun } = this.#buffer
    this.#buffer.receive(octet & ((1 << Math.min(8, this.#dataBits)) - 1), kept, startBit)
    if (this.#buffer.overrun > overrun) this.dropped.add('overrun')
    this.#show()
  }

  /** State after reset: UDRE set, 8 data bits (20.11). */
  reset(): void {
    const { data } = this.#core.cpu
    data[this.#config.UCSRA] = UDRE
    data[this.#config.UCSRC] = 0x06
    this.#buffer.clear()
    this.#shifting = -1
    this.#next = -1
    this.#port.release(this.#config.TXD)
    this.#port.forceInput(this.#config.RXD, false)
    this.rateChanged()
    this.#framingChanged()
  }

  get #dataBits(): number {
    const { data } = this.#core.cpu
    const size = ((data[this.#config.UCSRC] >> 1) & 3) | (data[this.#config.UCSRB] & UCSZ2)
    return size < 4 ? 5 + size : size === 7 ? 9 : 8 // 4 to 6 are reserved (table 20-11)
  }

  get #bitCycles(): number {
    const { data } = this.#core.cpu
    const divider = ((data[this.#config.UBRRH] << 8) | data[this.#config.UBRRL]) + 1
    return divider * (data[this.#config.UCSRA] & U2X ? 8 : 16)
  }

  /** The bit rate is another one: the line is notified. */
  rateChanged(): void {
    this.#core.outside(() => {
      this.#line?.setBaud(this.baud)
      this.#rateListeners.tell(this.baud)
    })
  }

  /** Characters have another form from the next one on: the line is notified. */
  #framingChanged(): void {
    this.#core.outside(() => {
      this.#line?.setFraming?.(this.framing)
      this.#framingListeners.tell(this.framing)
    })
  }

  /** UCSR0B: only RXEN going to 0 flushes the receive buffer (20.8.6); rewriting it changes nothing in RXC. */
  #control(value: number): void {
    const { cpu } = this.#core
    const old = cpu.data[this.#config.UCSRB]
    cpu.data[this.#config.UCSRB] = (value & ~RXB8) | (old & RXB8)
    if (old & ~value & RXEN) {
      this.#buffer.clear()
      this.#show()
    }
    if ((old ^ value) & UCSZ2) this.#framingChanged()
    if ((old ^ value) & RXEN) this.#port.forceInput(this.#config.RXD, (value & RXEN) !== 0)
    if (value & ~old & RXEN) this.#core.outside(() => this.#receiverOnListeners.tell())
    if (value & ~old & TXEN) this.#port.override(this.#config.TXD, true, 'output')
    if (old & ~value & TXEN && this.#shifting < 0) this.#port.release(this.#config.TXD)
    cpu.updateInterruptEnable(this.#rxc, value)
    cpu.updateInterruptEnable(this.#udre, value)
    cpu.updateInterruptEnable(this.#txc, value)
  }

  /** Puts the state of the frame in front into UCSR0A. */
  #show(): void {
    const { cpu } = this.#core
    const { front } = this.#buffer
    const flags = front?.flags ?? 0
    cpu.data[this.#config.UCSRA] =
      (cpu.data[this.#config.UCSRA] & ~(FE | DOR | UPE)) |
      (flags & LINE_FRAMING_ERROR ? FE : 0) |
      (flags & LINE_OVERRUN ? DOR : 0) |
      (flags & LINE_PARITY_ERROR ? UPE : 0)
    cpu.data[this.#config.UCSRB] = (cpu.data[this.#config.UCSRB] & ~RXB8) | (flags & LINE_BIT_8 ? RXB8 : 0)
    if (front === undefined) cpu.clearInterrupt(this.#rxc)
    else cpu.setInterruptFlag(this.#rxc)
  }

  #read(): number {
    const front = this.#buffer.read(this.#core.now)
    if (front === undefined) return 0
    this.#show()
    return front.octet
  }

  #write(value: number): void {
    const { cpu } = this.#core
    // 20.7.1: UDR0 is written only while UDRE is set, and only a transmitter that is on takes it
    if ((cpu.data[this.#config.UCSRA] & UDRE) === 0 || (cpu.data[this.#config.UCSRB] & TXEN) === 0) return
    if (this.#shifting < 0) this.#shift(value)
    else {
      this.#next = value
      cpu.clearInterrupt(this.#udre)
    }
  }

  #shift(octet: number): void {
    const { cpu } = this.#core
    this.#shifting = octet | (cpu.data[this.#config.UCSRB] & TXB8 ? 0x100 : 0)
    this.sent++
    this.#bit = 0
    cpu.addClockEvent(this.#shifted, this.frameBits * this.#bitCycles)
    this.#core.outside(() => {
      this.#line?.setBaud(this.baud)
      if (this.#dataBits === 9) this.#line?.writeCharacters?.(Uint16Array.of(this.#shifting))
      else this.#line?.write(Uint8Array.of(octet & ((1 << this.#dataBits) - 1)))
    })
    if (this.#port.listened & this.#config.TXD) {
      this.#port.override(this.#config.TXD, false, 'output')
      cpu.addClockEvent(this.#wave, this.#bitCycles)
    }
  }

  /** The TXD waveform, a bit at a time; runs only while someone listens to the pin. */
  readonly #wave = () => {
    const { cpu } = this.#core
    const bits = this.#dataBits
    const control = cpu.data[this.#config.UCSRC]
    this.#bit++
    let level = true
    if (this.#bit <= bits) level = ((this.#shifting >> (this.#bit - 1)) & 1) === 1
    else if (this.#bit === bits + 1 && control & 0x20) {
      let parity = control & 0x10 ? 1 : 0
      for (let bit = 0; bit < bits; bit++) parity ^= (this.#shifting >> bit) & 1
      level = parity === 1
    }
    this.#port.override(this.#config.TXD, level, 'output')
    if (this.#bit < bits + 1) cpu.addClockEvent(this.#wave, this.#bitCycles)
    else if (this.#bit === bits + 1 && control & 0x20) cpu.addClockEvent(this.#wave, this.#bitCycles)
  }

  readonly #shifted = () => {
    const { cpu } = this.#core
    this.#shifting = -1
    if (this.#next >= 0) {
      const next = this.#next
      this.#next = -1
      this.#shift(next)
      cpu.setInterruptFlag(this.#udre)
      return
    }
    if ((cpu.data[this.#config.UCSRB] & TXEN) === 0) this.#port.release(this.#config.TXD)
    cpu.setInterruptFlag(this.#txc)
  }
}
