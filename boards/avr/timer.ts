/**
 * Timer/Counters 0, 1 and 2 (DS40002061B 15, 16, 18) on their prescalers (17). The count is worked out when someone asks;
 * a clock event exists only for the next match or overflow that an enabled interrupt or an output pin waits for.
 *
 * Not modelled: asynchronous operation of Timer/Counter2 (18.9), the capture noise canceler (16.6.2).
 */
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import type { Port } from './ports.js'

/** What a waveform generation mode means (tables 15-8, 16-4, 18-8). */
interface WaveformMode {
  readonly slope: 'single' | 'dual'
  readonly pwm: boolean
  readonly top: number | 'OCRA' | 'ICR'
  /** When a buffered OCRx takes effect. */
  readonly update: 'immediate' | 'bottom' | 'top'
}

const normal = (top: WaveformMode['top']): WaveformMode => ({ slope: 'single', pwm: false, top, update: 'immediate' })
const fast = (top: WaveformMode['top']): WaveformMode => ({ slope: 'single', pwm: true, top, update: 'bottom' })
const phase = (top: WaveformMode['top']): WaveformMode => ({ slope: 'dual', pwm: true, top, update: 'top' })
const phaseFrequency = (top: WaveformMode['top']): WaveformMode => ({ slope: 'dual', pwm: true, top, update: 'bottom' })

const MODES_8: readonly WaveformMode[] = [
  normal(0xff),
  phase(0xff),
  normal('OCRA'),
  fast(0xff),
  normal(0xff), // reserved
  phase('OCRA'),
  normal(0xff), // reserved
  fast('OCRA'),
]
const MODES_16: readonly WaveformMode[] = [
  normal(0xffff),
  phase(0xff),
  phase(0x1ff),
  phase(0x3ff),
  normal('OCRA'),
  fast(0xff),
  fast(0x1ff),
  fast(0x3ff),
  phaseFrequency('ICR'),
  phaseFrequency('OCRA'),
  phase('ICR'),
  phase('OCRA'),
  normal('ICR'),
  normal(0xffff), // reserved
  fast('ICR'),
  fast('OCRA'),
]

export interface TimerConfig {
  readonly bits: 8 | 16
  readonly TCCRA: number
  readonly TCNT: number
  readonly OCRA: number
  readonly OCRB: number
  /** 0: none. */
  readonly ICR: number
  readonly TIMSK: number
  readonly TIFR: number
  /** Clock divider by CS; 0 stops, -1 and -2 count falling and rising edges of T (tables 15-9, 16-5, 18-9). */
  readonly dividers: readonly number[]
  /** Vectors: overflow, compare A, compare B, capture (0: none). */
  readonly vectors: readonly [number, number, number, number]
}

/** Phase of a prescaler: the cycle at which it was last 0. Timers 0 and 1 share one (17). */
export interface Prescaler {
  start: number
}

export interface OutputPins {
  readonly portA: Port
  readonly maskA: number
  readonly portB: Port
  readonly maskB: number
}

const TOV = 1
const OCFA = 2
const OCFB = 4
const ICF = 0x20

export class TimerCounter {
  readonly #core: AvrCore
  readonly #config: TimerConfig
  readonly #prescaler: Prescaler
  readonly #pins: OutputPins
  readonly #max: number
  readonly #interrupts: readonly AVRInterruptConfig[]
  #mode: WaveformMode = MODES_8[0]
  /** Place in the period: the count, or on the way down 2 * TOP - count. */
  #place = 0
  /** Timer clocks of the prescaler that `#place` has taken into account. */
  #ticks = 0
  #divider = 0
  #compare = [0, 0]
  #buffered = [0, 0]
  #capture = 0
  #temporary = 0
  /** 15.6.2: a write to TCNTn blocks a compare match in the next timer clock. */
  #blocked = false
  #levels = [false, false]

  constructor(core: AvrCore, config: TimerConfig, prescaler: Prescaler, pins: OutputPins) {
    this.#core = core
    this.#config = config
    this.#prescaler = prescaler
    this.#pins = pins
    this.#max = config.bits === 16 ? 0xffff : 0xff
    this.#interrupts = config.vectors
      .map((address, index) => ({
        address,
        flagRegister: config.TIFR,
        flagMask: [TOV, OCFA, OCFB, ICF][index],
        enableRegister: config.TIMSK,
        enableMask: [TOV, OCFA, OCFB, ICF][index],
      }))
      .filter(({ address }) => address !== 0)
    this.#hook()
  }

  reset(): void {
    this.#mode = MODES_8[0]
    if (this.#config.bits === 16) this.#mode = MODES_16[0]
    this.#place = 0
    this.#divider = 0
    this.#compare = [0, 0]
    this.#buffered = [0, 0]
    this.#capture = 0
    this.#blocked = false
    this.#levels = [false, false]
    this.#drive()
  }

  /** The prescaler was reset: its next tick is a whole period away. To be called on both sides of the change. */
  prescalerReset(reset: () => void): void {
    this.#sync()
    reset()
    this.#ticks = this.#ticksNow()
    this.#plan()
  }

  /** An edge on the T pin. */
  clockEdge(rising: boolean): void {
    if (this.#divider === (rising ? -2 : -1)) {
      this.#advance(1)
      this.#plan()
    }
  }

  /** An edge on the input capture pin (16.6). */
  captureEdge(rising: boolean): void {
    const { data } = this.#core.cpu
    const edge = (data[this.#config.TCCRA + 1] & 0x40) !== 0
    if (edge !== rising || this.#mode.top === 'ICR') return
    this.#sync()
    this.#capture = this.#count
    this.#flag(ICF)
  }

  get #top(): number {
    const { top } = this.#mode
    return top === 'OCRA' ? this.#compare[0] : top === 'ICR' ? this.#capture : top
  }

  get #count(): number {
    if (this.#mode.slope === 'single') return this.#place
    const top = this.#top
    return this.#place <= top ? this.#place : Math.max(0, 2 * top - this.#place)
  }

  #ticksNow(): number {
    return this.#divider > 0 ? Math.floor((this.#core.cpu.instant - this.#prescaler.start) / this.#divider) : 0
  }

  #sync(): void {
    if (this.#divider <= 0) return
    const ticks = this.#ticksNow()
    const passed = ticks - this.#ticks
    if (passed > 0) {
      this.#ticks = ticks
      this.#advance(passed)
    }
  }

  /** Timer clocks from the present place to the one that leaves `place`, counting itself: 1 when it is the next. */
  #until(place: number, period: number): number {
    return ((((place - this.#place) % period) + period) % period) + 1
  }

  /** Moves on by `ticks` timer clocks, in pieces between which TOP and the compare values stand still. */
  #advance(ticks: number): void {
    let left = ticks
    while (left > 0) {
      const top = this.#top
      const dual = this.#mode.slope === 'dual'
      const beyond = this.#place >= (dual ? Math.max(2 * top, 1) : top + 1) // TOP was moved below the count
      const period = dual ? Math.max(2 * top, 1) : beyond ? this.#max + 1 : top + 1
      if (dual && beyond) this.#place %= period
      let piece = left
      if (this.#blocked) piece = 1
      else if (beyond || this.#buffered[0] !== this.#compare[0] || this.#buffered[1] !== this.#compare[1]) {
        const edge = dual && this.#mode.update === 'top' ? top - 1 : period - 1
        piece = Math.min(piece, this.#until(Math.max(0, edge), period))
      }
      this.#pass(piece, top, period, dual)
      left -= piece
    }
  }

  #pass(ticks: number, top: number, period: number, dual: boolean): void {
    const wraps = this.#until(period - 1, period) <= ticks
    for (let channel = 0; channel < 2; channel++) {
      const value = this.#compare[channel]
      if (this.#blocked || value >= (dual ? top + 1 : period)) continue
      const up = this.#until(value, period) <= ticks
      const down = dual && value > 0 && value < top && this.#until(2 * top - value, period) <= ticks
      if (!up && !down) continue
      this.#flag(channel === 0 ? OCFA : OCFB)
      this.#match(channel, dual && down && !up, value === top)
    }
    this.#blocked = false
    this.#place = (this.#place + ticks) % period
    if (wraps) {
      // 15.9.2: TOV at MAX in the non-PWM modes, at TOP in fast PWM, at BOTTOM when counting both ways
      if (this.#mode.pwm || period === this.#max + 1) this.#flag(TOV)
      if (this.#mode.pwm && !dual) this.#bottom()
    }
    if (this.#mode.update === 'bottom' ? wraps : dual && this.#place === top) this.#compare = [...this.#buffered]
  }

  #flag(mask: number): void {
    const interrupt = this.#interrupts.find(({ flagMask }) => flagMask === mask)
    if (interrupt !== undefined) this.#core.cpu.setInterruptFlag(interrupt)
  }

  #output(channel: number): number {
    return (this.#core.cpu.data[this.#config.TCCRA] >> (6 - 2 * channel)) & 3
  }

  /** Tables 15-2 to 15-7: what a match does to OCnx. */
  #match(channel: number, down: boolean, atTop: boolean): void {
    const output = this.#output(channel)
    if (output === 0) return
    const levels = this.#levels
    if (output === 1) {
      if (!this.#mode.pwm || (channel === 0 && this.#mode.top === 'OCRA')) levels[channel] = !levels[channel]
    } else if (!this.#mode.pwm) levels[channel] = output === 3
    else if (this.#mode.slope === 'dual') levels[channel] = (output === 2) === down
    else if (!atTop) levels[channel] = output === 3
    this.#drive()
  }

  #bottom(): void {
    for (let channel = 0; channel < 2; channel++) {
      const output = this.#output(channel)
      if (output >= 2) this.#levels[channel] = output === 2
    }
    this.#drive()
  }

  #drive(): void {
    const { portA, maskA, portB, maskB } = this.#pins
    for (const [channel, port, mask] of [
      [0, portA, maskA],
      [1, portB, maskB],
    ] as const) {
      if (this.#output(channel) !== 0) {
        port.override(mask, this.#levels[channel])
        this.#taken |= 1 << channel
      } else if (this.#taken & (1 << channel)) {
        port.release(mask)
        this.#taken &= ~(1 << channel)
      }
    }
  }
  #taken = 0

  /** Puts a clock event at the next thing an enabled interrupt or an output waits for. */
  #plan(): void {
    const { cpu } = this.#core
    cpu.clearClockEvent(this.#due)
    if (this.#divider <= 0) return
    const enabled = cpu.data[this.#config.TIMSK]
    const top = this.#top
    const dual = this.#mode.slope === 'dual'
    let wait = Number.POSITIVE_INFINITY
    const beyond = !dual && this.#place > top
    const period = dual ? Math.max(2 * top, 1) : beyond ? this.#max + 1 : top + 1
    const outputs = [this.#output(0), this.#output(1)]
    if (enabled & TOV || (this.#mode.pwm && outputs[0] + outputs[1] > 0)) wait = this.#until(period - 1, period)
    for (let channel = 0; channel < 2; channel++) {
      if ((enabled & (OCFA << channel)) === 0 && outputs[channel] === 0) continue
      const value = this.#compare[channel]
      if (value < period) wait = Math.min(wait, this.#until(value, period))
      if (dual && value > 0 && value < top) wait = Math.min(wait, this.#until(2 * top - value, period))
      // a new OCRx or a wrap from beyond TOP may bring a match into reach: look again then
      wait = Math.min(wait, this.#until(period - 1, period))
    }
    if (wait === Number.POSITIVE_INFINITY) return
    const at = this.#prescaler.start + (this.#ticks + wait) * this.#divider
    cpu.addClockEvent(this.#due, at - cpu.instant)
  }

  readonly #due = () => {
    this.#sync()
    this.#plan()
  }

  #hook(): void {
    const { cpu } = this.#core
    const { TCCRA, TCNT, OCRA, OCRB, ICR, TIMSK, TIFR, bits } = this.#config
    const wide = bits === 16
    const change = (apply: () => void) => {
      this.#sync()
      apply()
      this.#plan()
      return true
    }
    const modes = wide ? MODES_16 : MODES_8
    const configure = () => {
      const a = cpu.data[TCCRA] & 3
      const b = cpu.data[TCCRA + 1] >> 3
      const count = this.#count
      this.#mode = modes[wide ? a | ((b & 3) << 2) : a | ((b & 1) << 2)]
      this.#place = count
      if (this.#mode.update === 'immediate') this.#compare = [...this.#buffered]
      this.#drive()
    }
    cpu.writeHooks[TCCRA] = (value) =>
      change(() => {
        cpu.data[TCCRA] = value & 0xf3
        configure()
      })
    cpu.writeHooks[TCCRA + 1] = (value) =>
      change(() => {
        cpu.data[TCCRA + 1] = wide ? value & 0xdf : value & 0x0f
        const divider = this.#config.dividers[value & 7]
        this.#divider = divider
        this.#ticks = this.#ticksNow()
        configure()
        if (!wide) this.#force(value)
      })
    if (wide) {
      cpu.writeHooks[TCCRA + 2] = (value) =>
        change(() => {
          cpu.data[TCCRA + 2] = 0
          this.#force(value)
        })
    }
    cpu.readHooks[TCNT] = () => {
      this.#sync()
      const count = this.#count
      if (wide) this.#temporary = count >> 8 // 16.3: reading the low octet latches the high one
      return count & 0xff
    }
    cpu.writeHooks[TCNT] = (value) =>
      change(() => {
        this.#place = wide ? (this.#temporary << 8) | value : value
        this.#blocked = true
      })
    const compare = (channel: number) => (value: number) =>
      change(() => {
        const next = wide ? (this.#temporary << 8) | value : value
        const address = channel === 0 ? OCRA : OCRB
        cpu.data[address] = value
        if (wide) cpu.data[address + 1] = next >> 8
        this.#buffered[channel] = next
        if (this.#mode.update === 'immediate') this.#compare[channel] = next
      })
    cpu.writeHooks[OCRA] = compare(0)
    cpu.writeHooks[OCRB] = compare(1)
    if (wide) {
      const latch = (value: number) => {
        this.#temporary = value
        return true
      }
      for (const address of [TCNT + 1, OCRA + 1, OCRB + 1, ICR + 1]) cpu.writeHooks[address] = latch
      cpu.readHooks[TCNT + 1] = () => this.#temporary
      cpu.readHooks[ICR + 1] = () => this.#temporary
      cpu.readHooks[ICR] = () => {
        this.#temporary = this.#capture >> 8
        return this.#capture & 0xff
      }
      cpu.writeHooks[ICR] = (value) =>
        change(() => {
          if (this.#mode.top === 'ICR') this.#capture = (this.#temporary << 8) | value // 16.11.7
        })
    }
    cpu.writeHooks[TIMSK] = (value) =>
      change(() => {
        cpu.data[TIMSK] = value
        for (const interrupt of this.#interrupts) cpu.updateInterruptEnable(interrupt, value)
      })
    cpu.readHooks[TIFR] = () => {
      this.#sync()
      return cpu.data[TIFR]
    }
    cpu.writeHooks[TIFR] = (value) => {
      this.#sync()
      for (const interrupt of this.#interrupts) cpu.clearInterruptByFlag(interrupt, value)
      return true
    }
  }

  /** FOCnx acts in the non-PWM modes only (15.9.2). */
  #force(value: number): void {
    if (this.#mode.pwm) return
    if (value & 0x80) this.#match(0, false, false)
    if (value & 0x40) this.#match(1, false, false)
  }
}

const DIVIDERS_01 = [0, 1, 8, 64, 256, 1024, -1, -2]

export const TIMER0: TimerConfig = {
  bits: 8,
  TCCRA: 0x44,
  TCNT: 0x46,
  OCRA: 0x47,
  OCRB: 0x48,
  ICR: 0,
  TIMSK: 0x6e,
  TIFR: 0x35,
  dividers: DIVIDERS_01,
  vectors: [0x20, 0x1c, 0x1e, 0],
}
export const TIMER1: TimerConfig = {
  bits: 16,
  TCCRA: 0x80,
  TCNT: 0x84,
  OCRA: 0x88,
  OCRB: 0x8a,
  ICR: 0x86,
  TIMSK: 0x6f,
  TIFR: 0x36,
  dividers: DIVIDERS_01,
  vectors: [0x1a, 0x16, 0x18, 0x14],
}
export const TIMER2: TimerConfig = {
  bits: 8,
  TCCRA: 0xb0,
  TCNT: 0xb2,
  OCRA: 0xb3,
  OCRB: 0xb4,
  ICR: 0,
  TIMSK: 0x70,
  TIFR: 0x37,
  dividers: [0, 1, 8, 32, 64, 128, 256, 1024],
  vectors: [0x12, 0x0e, 0x10, 0],
}
