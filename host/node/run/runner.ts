/**
 * Firmware of anyone's on an emulated board: an ENC28J60 on its SPI pins, a lab host, a TAP device or nothing on the cable,
 * and the serial port on standard output and input or on a pseudo-terminal.
 */

import type { AvrBoard } from '../../../boards/avr/avr-board.js'
import { createAvrBench } from '../../../boards/avr/bench.js'
import type { AvrFault } from '../../../boards/avr/cpu.js'
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import { instructionName } from '../../../boards/avr/instruction-set.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Finding } from '../../../boards/chips/enc28j60/findings.js'
import { Station } from '../../../boards/ethernet/station.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import { LabTime } from '../../lab-time.js'
import { Pace } from '../../pace.js'
import { RealTimePacer } from '../../serial/pacing.js'
import { Tap } from '../network/tap.js'
import { PtyBridge } from '../serial/pty-bridge.js'

export interface FirmwareRunOptions {
  readonly image: FlashImage
  readonly definition: BoardDefinition
  /** Arduino pin numbers. `reset` left out: the chip's RESET has its pull-up only. */
  readonly pins: { readonly cs: number; readonly int: number; readonly reset: number | undefined }
  readonly seed: number
  /** What is on the other end of the cable. */
  readonly partner: 'host' | 'nothing' | { readonly tap: string }
  /** Symbols a second at the far end of the serial line; undefined: whatever the firmware uses. */
  readonly baud: number | undefined
  readonly faults: readonly string[]
}

/** Wall time for which virtual time may pass before input and output have their turn, ms. */
const SLICE_MILLISECONDS = 10
/** Between two looks whether input that waits has gone to the board, ns. */
const INPUT_LOOK = 10 * MILLISECOND
/** How often the same fault of a program is reported. */
const TOLD_FAULTS = 20

export class Run {
  readonly bench: Bench<AvrBoard>
  /** Findings so far, of chip and controller. */
  findings = 0
  readonly #findingListeners = new Listeners<[line: string]>()
  readonly #serialListeners = new Listeners<[octets: Uint8Array]>()
  readonly #stopListeners = new Listeners<[]>()
  #stopped = false
  readonly #tap: Tap | undefined
  readonly #pacer: RealTimePacer
  #pty: PtyBridge | undefined
  /** What standard input gave before the firmware's receiver was on. */
  #early: Uint8Array[] = []
  #earlyOctets = 0
  readonly #told = new Map<string, number>()

  /** @throws RangeError for what does not fit together; TapError when the TAP device cannot be opened. */
  constructor(options: FirmwareRunOptions) {
    const { image, definition, pins, seed, partner, baud, faults } = options
    this.bench = createAvrBench({ board: definition, seed, faults, image, pins })
    const { board, cable, lab } = this.bench
    this.#pacer = new RealTimePacer(lab.clock, { restful: true })
    if (baud === undefined) {
      board.mcu.usart.onRate((rate) => board.serial.setBaud(rate))
    } else board.serial.setBaud(baud)
    // Who looks at the output wants to read it: the other end has the framing that the firmware sets.
    board.mcu.usart.onFraming((framing) => board.serial.setFraming(framing))
    board.serial.handleOctets = (octets) => this.#serialListeners.tell(octets)
    board.mcu.usart.onReceiverOn(() => this.#deliverEarly())
    board.chip.onFinding((finding) => this.#chipFinding(finding))
    board.mcu.onFault((fault) => this.#fault(fault))
    board.onWrongMode((mode) =>
      this.#tell(`SPI mode ${mode} is used with the chip selected; it has mode 0 only [DS39662 4.1]`),
    )
    if (partner !== 'host') cable.unplug()
    if (typeof partner === 'object') this.#tap = this.#plugTap(partner.tap)
  }

  onFinding(listener: (line: string) => void): () => void {
    return this.#findingListeners.add(listener)
  }

  onSerial(listener: (octets: Uint8Array) => void): () => void {
    return this.#serialListeners.add(listener)
  }

  /** The TAP device that the cable goes to. */
  get tap(): string | undefined {
    return this.#tap?.name
  }

  /** Puts the serial port on a pseudo-terminal. @returns its path. */
  openPty(): string {
    const { board, lab } = this.bench
    this.#pty = new PtyBridge(board.serial, lab.clock, (input) => this.#pacer.enter(input), true)
    // The board's rate is followed, or was given: what a program sets on a pseudo-terminal does not count
    this.#pty.pty.handleBaud = undefined
    return this.#pty.path
  }

  /** Octets of `input` that have not begun to go to the board. */
  get inputWaiting(): number {
    return this.#earlyOctets + this.bench.board.serial.pending
  }

  /** Calls back once, when no more than so many octets of `input` wait. */
  whenInputWaits(most: number, callback: () => void): void {
    if (this.inputWaiting <= most) callback()
    else this.bench.lab.clock.after(INPUT_LOOK, () => this.whenInputWaits(most, callback))
  }

  /** Octets from standard input. They wait until the firmware has switched its receiver on. */
  input(octets: Uint8Array): void {
    this.#pacer.enter(() => {
      if (this.bench.board.mcu.usart.receiverOn && this.#early.length === 0) this.bench.board.serial.write(octets)
      else {
        this.#early.push(octets)
        this.#earlyOctets += octets.length
      }
    })
  }

  /** The run is over, at the event under way. */
  stop(): void {
    this.#stopped = true
    this.#pacer.stop()
    this.#stopListeners.tell()
  }

  /** Resolves at `until` (ns, virtual), or when it is stopped. Time passes as it does outside. */
  async inRealTime(until: number): Promise<void> {
    const { clock } = this.bench.lab
    if (this.#stopped) return
    await new Promise<void>((resolve) => {
      this.#stopListeners.add(resolve)
      if (until < Number.POSITIVE_INFINITY) clock.after(Math.max(0, until - clock.now), () => this.stop())
      this.#pacer.start()
    })
  }

  /** Resolves at `until` (ns, virtual), or when it is stopped. Time passes as fast as it goes; input and output have their turn between. */
  async asFastAsPossible(until: number): Promise<void> {
    const { clock } = this.bench.lab
    const time = new LabTime(clock, new Pace(clock, { sliceMilliseconds: SLICE_MILLISECONDS }))
    await time.until(() => this.#stopped, Math.max(0, until - clock.now))
  }

  close(): void {
    this.#pacer.stop()
    this.#pty?.close()
    this.#tap?.close()
  }

  #deliverEarly(): void {
    const { board, lab } = this.bench
    const early = this.#early
    if (early.length === 0) return
    this.#early = []
    lab.clock.after(MILLISECOND, () => {
      this.#earlyOctets = 0
      for (const octets of early) board.serial.write(octets)
    })
  }

  #plugTap(name: string): Tap {
    const { board, cable, lab } = this.bench
    const tap = new Tap(name)
    const station = new Station({
      clock: lab.clock,
      random: lab.random.fork('tap'),
      address: Uint8Array.of(0x02, 0x4c, 0x50, 0xff, 0xff, 0xfe),
      name,
      promiscuous: true,
    })
    cable.plug(board.port, station.port)
    tap.handleFrame = (frame) => this.#pacer.enter(() => station.send(frame))
    station.handleFrame = (frame) => tap.write(frame)
    return tap
  }

  #chipFinding({ at, id, octets, rule, source }: Finding): void {
    const sent = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ')
    this.#tell(`${id}: ${rule} (octets ${sent}) [${source}]`, at)
  }

  #fault({ kind, pc, value }: AvrFault): void {
    const what = {
      'illegal-opcode': `opcode ${value.toString(16)} (${instructionName(value)}) does not exist on this part`,
      'store-outside-memory': `a store to ${value.toString(16)}, where there is no memory`,
      'load-outside-memory': `a load from ${value.toString(16)}, where there is no memory`,
      'spm-outside-boot-section': `SPM outside the boot section has no effect`,
    }[kind]
    const count = (this.#told.get(kind) ?? 0) + 1
    this.#told.set(kind, count)
    this.findings++
    if (count > TOLD_FAULTS) return
    this.findings--
    this.#tell(
      `${kind} at 0x${pc.toString(16)}: ${what}${count === TOLD_FAULTS ? ' (further ones are counted only)' : ''}`,
    )
  }

  #tell(text: string, at = this.bench.lab.now): void {
    this.findings++
    this.#findingListeners.tell(`${(at / MILLISECOND).toFixed(6)} ms: ${text}`)
  }
}
