/**
 * A serial device that a person writes: a function that gets octets and answers. Between it and whoever opens its port is a simulated line, so it has what a
 * device on a desk has: a rate, a framing, control circuits, breaks, and characters that take their time. Whoever opens the port with another rate or
 * framing than the device has gets, and sends, what they would there: framing errors and other octets.
 *
 *     const echo = createDevice((octets) => octets, { baudRate: 9600 })
 */
import type { Bench } from '../../boards/faults/bench.js'
import { createBench } from '../../boards/faults/create-bench.js'
import type { Parity, SerialFraming } from '../../boards/rs232/framing.js'
import { MODEM_CABLES, type ModemCircuit } from '../../boards/rs232/modem-lines.js'
import { type UartEnd, UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { type Clock, MILLISECOND } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { encodeText } from '../../firmware/text/utf8.js'
import { Pace } from '../pace.js'
import { RealTimePacer } from './pacing.js'

/** What a port is put on: the computer's end of a line. */
export interface PortLine {
  readonly line: UartEnd
  readonly clock: Clock
  /** Hands something from outside to the line at the present instant. */
  readonly enter: (input: () => void) => void
}

/** `real`: a second is a second. `fast`: nobody waits for the line, and what the device does after a while it does at once; order and instants are the same. */
export type DeviceTime = 'real' | 'fast'

export interface DeviceOptions {
  /** Symbols a second; 115,200 by default. */
  readonly baudRate?: number
  /** 8, none and 1 by default. */
  readonly dataBits?: 5 | 6 | 7 | 8
  readonly parity?: Parity
  readonly stopBits?: 1 | 1.5 | 2
  /** How the control circuits are wired; `straight` by default: the device is a DCE, which drives CTS, DSR, DCD and RI. */
  readonly cable?: keyof typeof MODEM_CABLES
  /** `real` by default. */
  readonly time?: DeviceTime
  /** Of what chance does to the line; 1 by default. */
  readonly seed?: number
}

/** A rate and a framing. */
export type DeviceSettings = Pick<DeviceOptions, 'baudRate' | 'dataBits' | 'parity' | 'stopBits'>

/**
 * Gets what has come, some characters at a time, and may return an answer.
 * @param errors flags of each octet (LINE_FRAMING_ERROR 1, LINE_OVERRUN 2, LINE_PARITY_ERROR 4) where one of them has some
 */
export type Receive = (
  octets: Uint8Array,
  device: SerialDevice,
  errors: Uint8Array | undefined,
) => Uint8Array | string | undefined

/** Octets reported at once: a device answers each when it is there. */
const GRANULARITY = 1

/** A device on a line of its own. `createDevice` makes one. */
export class SerialDevice implements PortLine {
  /** The computer's end. */
  readonly line: UartEnd
  readonly clock: Clock
  /** The whole line: for who watches it, or breaks it (`setFaults`, `burst`). */
  readonly uart: UartLine
  readonly #end: UartEnd
  readonly #pacer: RealTimePacer
  readonly #controlListeners = new Listeners<[circuit: ModemCircuit, on: boolean]>()
  readonly #receiveListeners = new Listeners<[octets: Uint8Array, errors: Uint8Array | undefined]>()

  constructor(receive: Receive, options: DeviceOptions) {
    const { baudRate = 115_200, cable = 'straight', time = 'real', seed = 1 } = options
    const clock = new Scheduler()
    this.clock = clock
    const modem = MODEM_CABLES[cable]
    if (modem === undefined) {
      throw new RangeError(`there is no cable "${cable}"; the cables are ${Object.keys(MODEM_CABLES).join(', ')}`)
    }
    if (time !== 'real' && time !== 'fast')
      throw new RangeError(`time is 'real' or 'fast', not ${JSON.stringify(time)}`)
    const random = new SeededRandom(seed)
    const framing = framingOf(options)
    this.uart = new UartLine({ clock, random, baud: baudRate, framing, granularity: GRANULARITY, modem })
    this.line = this.uart.a
    this.#end = this.uart.b
    this.#pacer = new RealTimePacer(clock, time === 'fast' ? { pace: new Pace(clock) } : {})
    this.#pacer.start()
    this.#end.handleOctets = (octets, errors) => {
      const answer = receive(octets, this, errors)
      this.#receiveListeners.tell(octets, errors)
      if (answer !== undefined) this.write(answer)
    }
    this.#end.modem.onChange((circuit, on) => {
      if (!this.#drives(circuit)) this.#controlListeners.tell(circuit, on)
    })
    // What is switched on says so (V.24 106, 107).
    for (const circuit of ['cts', 'dsr', 'dtr', 'rts'] as const)
      if (this.#drives(circuit)) this.#end.modem.set(circuit, true)
  }

  /** Hands something from outside to the line at the present instant. A property, so that it may be handed on. */
  readonly enter = (input: () => void): void => this.#pacer.enter(input)

  /** Sends, behind what it sends already; each character takes its time. Text goes as UTF-8. */
  write(content: Uint8Array | string): void {
    const octets = typeof content === 'string' ? encodeText(content) : content
    this.enter(() => this.#end.write(octets))
  }

  /** Holds the line low for so long: a break. */
  break(milliseconds: number): void {
    this.enter(() => this.#end.break(milliseconds * MILLISECOND))
  }

  /**
   * Switches circuits that the device drives.
   * @throws RangeError for one that the other end drives
   */
  set(circuits: Readonly<Partial<Record<ModemCircuit, boolean>>>): void {
    this.enter(() => {
      for (const [circuit, on] of Object.entries(circuits)) this.#end.modem.set(circuit as ModemCircuit, on)
    })
  }

  /** Whether a circuit is on at the device, driven here or there. */
  get(circuit: ModemCircuit): boolean {
    return this.#end.modem.get(circuit)
  }

  /** Is called when the other end switches a circuit: DTR and RTS, on a straight cable. */
  onControl(listener: (circuit: ModemCircuit, on: boolean) => void): () => void {
    return this.#controlListeners.add(listener)
  }

  /** Is called with what came, behind the device's own function: for a test that looks on. */
  onReceive(listener: (octets: Uint8Array, errors: Uint8Array | undefined) => void): () => void {
    return this.#receiveListeners.add(listener)
  }

  /** Another rate or framing from now on, of the device's own UART; the rest is as `createDevice` has it by default. */
  configure(settings: DeviceSettings): void {
    const framing = framingOf(settings)
    this.enter(() => {
      this.#end.setBaud(settings.baudRate ?? 115_200)
      this.#end.setFraming(framing)
    })
  }

  /** Does something after so long, on the device's own clock. Returns what takes it back. */
  after(milliseconds: number, callback: () => void): () => void {
    let cancelled = false
    let timer: ReturnType<Clock['after']> | undefined
    this.enter(() => {
      if (!cancelled) timer = this.clock.after(milliseconds * MILLISECOND, callback)
    })
    return () => {
      cancelled = true
      this.clock.cancel(timer)
    }
  }

  /** Its time ends: nothing leaves and nothing comes any more, and the process need not wait for it. */
  close(): void {
    this.#pacer.stop()
  }

  #drives(circuit: ModemCircuit): boolean {
    const byDte = circuit === 'dtr' || circuit === 'rts'
    return byDte === (this.#end.modem.role === 'dte')
  }
}

/** @throws RangeError for what no UART has */
function framingOf({ baudRate = 115_200, dataBits = 8, parity = 'none', stopBits = 1 }: DeviceSettings): SerialFraming {
  if (!(baudRate > 0)) throw new RangeError(`a baud rate is above 0, not ${baudRate}`)
  if (![5, 6, 7, 8].includes(dataBits)) throw new RangeError(`a device has 5, 6, 7 or 8 data bits, not ${dataBits}`)
  if (!['none', 'even', 'odd', 'mark', 'space'].includes(parity)) {
    throw new RangeError(`parity is none, even, odd, mark or space, not ${JSON.stringify(parity)}`)
  }
  if (![1, 1.5, 2].includes(stopBits)) throw new RangeError(`a device has 1, 1.5 or 2 stop bits, not ${stopBits}`)
  return { dataBits, parity, stopBits }
}

/**
 * Makes a device.
 * @param receive gets what comes, and may return what it answers
 * @throws RangeError for settings that no UART has
 */
export function createDevice(receive: Receive, options: DeviceOptions = {}): SerialDevice {
  return new SerialDevice(receive, options)
}

export interface BoardDeviceOptions {
  readonly faults?: readonly string[]
  readonly seed?: number
}

/** A simulated board of the catalogue as a device, in real time. */
export interface BoardDevice extends PortLine {
  readonly bench: Bench
  close(): void
}

/**
 * A simulated linkpulse board at a port, switched on, with a partner at its cable.
 * @param board a name of the catalogue: `uno`
 * @throws RangeError for a board or a fault that does not exist
 */
export function boardDevice(board = 'uno', options: BoardDeviceOptions = {}): BoardDevice {
  const bench = createBench({ board, ...options })
  const { clock } = bench.lab
  const pacer = new RealTimePacer(clock, { slack: 4 * MILLISECOND, lead: 2 * MILLISECOND })
  pacer.start()
  return {
    bench,
    line: bench.board.serial,
    clock,
    enter: (input) => pacer.enter(input),
    close: () => pacer.stop(),
  }
}
