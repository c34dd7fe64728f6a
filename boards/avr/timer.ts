/**
 * Timer/Counters (DS40002061B 15, 16, 18) on their prescalers (17). The count is worked out when someone asks;
 * a clock event exists only for the next match or overflow that an enabled interrupt or an output pin waits for.
 *
 * Not modelled: asynchronous operation of Timer/Counter2 (18.9), the capture noise canceler (16.6.2).
 */
import type { AvrCore } from './core.js'
import type { AVRInterruptConfig } from './cpu.js'
import type { TimerConfig } from './part.js'
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

/** Phase of a prescaler: the cycle at which it was last 0. Most timers of a part share one (17). */
export interface Prescaler {
  start: number
}

/** Where the output of a compare channel goes. */
export interface CompareOutput {
  readonly port: Port
  readonly mask: number
}

const TOV = 1
const OCFA = 2
const ICF = 0x20

export class TimerCounter {
  readonly #core: AvrCore
  readonly #config: TimerConfig
  readonly #prescaler: Prescaler
  readonly #pins: readonly CompareOutput[]
  /** Compare channels: two, or three. */
  readonly #channels: number
  readonly #max: number
  /** COM bits of all channels in TCCRnA: A's are the highest two. */
  readonly #outputMask: number
  readonly #interrupts: readonly AVRInterruptConfig[]
  #mode: WaveformMode = MODES_8[0]
  /** Place in the period: the count, or on the way down 2 * TOP - count. */
  #place = 0
  /** Timer clocks of the prescaler that `#place` has taken into account. */
  #ticks = 0
  #divider = 0
  #compare: number[]
  #buffered: number[]
  #capture = 0
  #temporary = 0
  /** 15.6.2: a write to TCNTn blocks a compare match in the next timer clock. */
  #blocked = false
  #levels: boolean[]

  constructor(core: AvrCore, config: TimerConfig, prescaler: Prescaler, pins: readonly CompareOutput[]) {
    this.#core = core
    this.#config = config
    this.#prescaler = prescaler
    this.#pins = pins
    this.#max = config.bits === 16 ? 0xffff : 0xff
    this.#channels = config.OCR.length
    this.#outputMask = 0xff & ~(0xff >> (2 * this.#channels))
    const interrupt = (address: number, mask: number): AVRInterruptConfig => {
      const { TIFR, TIMSK } = config
      return { address, flagRegister: TIFR, flagMask: mask, enableRegister: TIMSK, enableMask: mask }
    }
    const { OVF, COMP, CAPT } = config.vectors
    this.#interrupts = [
      interrupt(OVF, TOV),
      ...COMP.map((address, channel) => interrupt(address, OCFA << channel)),
      ...(CAPT === undefined ? [] : [interrupt(CAPT, ICF)]),
    ]
    this.#compare = new Array(this.#channels).fill(0)
    this.#buffered = new Array(this.#channels).fill(0)
    this.#levels = new Array(this.#channels).fill(false)
    this.#hook()
  }

  reset(): void {
    this.#mode = MODES_8[0]
    if (this.#config.bits === 16) this.#mode = MODES_16[0]
    this.#place = 0
    this.#divider = 0
    this.#compare.fill(0)
    this.#buffered.fill(0)
    this.#capture = 0
    this.#blocked = false
    this.#levels.fill(false)
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
      else if (beyond || this.#isBuffering) {
        const edge = dual && this.#mode.update === 'top' ? top - 1 : period - 1
        piece = Math.min(piece, this.#until(Math.max(0, edge), period))
      }
      this.#pass(piece, top, period, dual)
      left -= piece
    }
  }

  /** A compare value waits to take effect. */
  get #isBuffering(): boolean {
    for (let channel = 0; channel < this.#channels; channel++)
      if (this.#buffered[channel] !== this.#compare[channel]) return true
    return false
  }

  #pass(ticks: number, top: number, period: number, dual: boolean): void {
    const wraps = this.#until(period - 1, period) <= ticks
    for (let channel = 0; channel < this.#channels; channel++) {
      const value = this.#compare[channel]
      if (this.#blocked || value >= (dual ? top + 1 : period)) continue
      const up = this.#until(value, period) <= ticks
      const down = dual && value > 0 && value < top && this.#until(2 * top - value, period) <= ticks
      if (!up && !down) continue
      this.#flag(OCFA << channel)
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
    for (let channel = 0; channel < this.#channels; channel++) {
      const output = this.#output(channel)
      if (output >= 2) this.#levels[channel] = output === 2
    }
    this.#drive()
  }

  #drive(): void {
    for (let channel = 0; channel < this.#channels; channel++) {
      const { port, mask } = this.#pins[channel]
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
    const driven = (cpu.data[this.#config.TCCRA] & this.#outputMask) !== 0
    if (enabled & TOV || (this.#mode.pwm && driven)) wait = this.#until(period - 1, period)
    for (let channel = 0; channel < this.#channels; channel++) {
      if ((enabled & (OCFA << channel)) === 0 && this.#output(channel) === 0) continue
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
    const { TCCRA, TCNT, OCR, ICR, TIMSK, TIFR, bits } = this.#config
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
        cpu.data[TCCRA] = value & (this.#outputMask | 3)
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
        const address = OCR[channel]
        cpu.data[address] = value
        if (wide) cpu.data[address + 1] = next >> 8
        this.#buffered[channel] = next
        if (this.#mode.update === 'immediate') this.#compare[channel] = next
      })
    for (const [channel, address] of OCR.entries()) cpu.writeHooks[address] = compare(channel)
    if (wide) {
      const latch = (value: number) => {
        this.#temporary = value
        return true
      }
      for (const address of [TCNT, ...OCR, ICR]) cpu.writeHooks[address + 1] = latch
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
    for (let channel = 0; channel < this.#channels; channel++)
      if (value & (0x80 >> channel)) this.#match(channel, false, false)
  }
}
