/**
 * Firmware of anyone's on emulated boards: an ENC28J60 on the SPI pins of each, a lab host, a TAP device or nothing on the wire, and
 * the serial ports on standard output and input or on pseudo-terminals.
 */

import type { AvrBoard } from '../../../boards/avr/avr-board.js'
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { Station } from '../../../boards/ethernet/station.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { settleFault } from '../../../boards/faults/settle.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { Listeners } from '../../../firmware/hal/listeners.js'
import type { ServiceName } from '../../../firmware/services/service.js'
import { RealTimePacer } from '../../serial/pacing.js'
import type { Sketch, SketchFinding } from '../../sketch/sketch.js'
import { SketchLab } from '../../sketch/sketch-lab.js'
import { Tap } from '../network/tap.js'
import { PtyBridge } from '../serial/pty-bridge.js'

/** One of the programs that run. */
export interface RunImage {
  /** What to call it where there are several. */
  readonly name: string
  readonly image: FlashImage
}

export interface FirmwareRunOptions {
  /** At least one. Those behind the first stand on a hub with it. */
  readonly images: readonly RunImage[]
  readonly definition: BoardDefinition
  /** Arduino pin numbers, of every board. `reset` left out: the chip's RESET has its pull-up only. */
  readonly pins: { readonly cs: number; readonly int: number; readonly reset: number | undefined }
  readonly seed: number
  /** What is on the other end of the cable. */
  readonly partner: 'host' | 'nothing' | { readonly tap: string }
  /** What runs on the lab host. */
  readonly services: readonly ServiceName[]
  /** Errata of the chips, by name or item. */
  readonly errata: Readonly<Record<string, boolean>>
  /** Symbols a second at the far end of the serial line; undefined: whatever the firmware uses. */
  readonly baud: number | undefined
  /** Around the first board. */
  readonly faults: readonly string[]
  /** Somebody waits in virtual time for what happens, or may have it stand: it passes by the lab's pace in real time too. */
  readonly awaited: boolean
}

/** Wall time for which virtual time may pass before input and output have their turn, ms. */
const SLICE_MILLISECONDS = 10
/** Between two looks whether input that waits has gone to the board, ns. */
const INPUT_LOOK = 10 * MILLISECOND
/** Ports of a hub, at least. */
const LEAST_PORTS = 4

export class Run {
  readonly lab: SketchLab
  /** The first board, what is on the other end of its cable, and the cable. */
  readonly bench: Bench<AvrBoard, SketchLab>
  readonly sketches: readonly Sketch[]
  readonly #findingListeners = new Listeners<[sketch: Sketch, finding: SketchFinding]>()
  readonly #stopListeners = new Listeners<[]>()
  #stopped = false
  readonly #tap: Tap | undefined
  readonly #pacer: RealTimePacer
  readonly #awaited: boolean
  /** How fast virtual time passes while nobody holds it. */
  #speed = Number.POSITIVE_INFINITY
  #held = false
  readonly #ptys: PtyBridge[] = []

  /** @throws RangeError for what does not fit together; TapError when the TAP device cannot be opened. */
  constructor(options: FirmwareRunOptions) {
    const { images, definition, pins, seed, partner, baud, faults, services, errata } = options
    const several = images.length > 1
    if (several) refuseMovedPlug(definition, faults)
    this.lab = new SketchLab({ seed, pace: { sliceMilliseconds: SLICE_MILLISECONDS } })
    this.#awaited = options.awaited
    const { lab } = this
    const { cs, int, reset } = pins
    const of = ({ name }: RunImage) => ({
      board: definition,
      cs,
      int,
      errata,
      ...(several ? { name } : {}),
      ...(reset === undefined ? {} : { reset }),
      ...(baud === undefined ? {} : { baud }),
    })
    const [first, ...others] = images
    const peer = services.length === 0 ? {} : { peer: { services } }
    const { sketch, ...bench } = lab.addBench(first.image, { ...of(first), faults, ...peer })
    this.bench = bench
    this.sketches = [sketch, ...others.map((each) => lab.addSketch(each.image, of(each)))]
    for (const each of this.sketches) each.onFinding((finding) => this.#findingListeners.tell(each, finding))
    this.#pacer = new RealTimePacer(lab.clock, { restful: true })
    const { cable } = bench
    const tap = typeof partner === 'object' ? this.#openTap(partner.tap) : undefined
    this.#tap = tap?.tap
    if (several) this.#shareWire(partner === 'nothing' ? undefined : (tap?.station.port ?? bench.peer.port))
    else {
      if (partner !== 'host') cable.unplug()
      if (tap !== undefined) cable.plug(bench.board.port, tap.station.port)
    }
  }

  onFinding(listener: (sketch: Sketch, finding: SketchFinding) => void): () => void {
    return this.#findingListeners.add(listener)
  }

  /** The TAP device that the wire goes to. */
  get tap(): string | undefined {
    return this.#tap?.name
  }

  /** Puts the serial port of a sketch on a pseudo-terminal. @returns its path. */
  openPty(sketch: Sketch): string {
    const line = sketch.board.serial
    const { handleOctets } = line
    const bridge = new PtyBridge(line, this.lab.clock, (input) => this.enter(input), true)
    // The sketch's own end listens as before, and the terminal with it.
    line.handleOctets = handleOctets
    sketch.serial.onOctets((octets) => bridge.pty.write(octets))
    // The board's rate is followed, or was given: what a program sets on a pseudo-terminal does not count
    bridge.pty.handleBaud = undefined
    this.#ptys.push(bridge)
    return bridge.path
  }

  /** Octets of `input` that have not begun to go to the first board. */
  get inputWaiting(): number {
    return this.sketches[0].serial.pending
  }

  /** Calls back once, when no more than so many octets of `input` wait. */
  whenInputWaits(most: number, callback: () => void): void {
    if (this.inputWaiting <= most) callback()
    else this.lab.clock.after(INPUT_LOOK, () => this.whenInputWaits(most, callback))
  }

  /** Octets from standard input, for the first board. They wait until the firmware has switched its receiver on. */
  input(octets: Uint8Array): void {
    this.enter(() => this.sketches[0].serial.write(octets))
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** The run is over, at the event under way. */
  stop(): void {
    this.#stopped = true
    this.#pacer.stop()
    this.#stopListeners.tell()
    this.lab.pace.changed() // who waits for it while time stands
  }

  /** Resolves at `until` (ns, virtual), or when it is stopped. Time passes as it does outside. */
  async inRealTime(until: number): Promise<void> {
    const { clock, pace } = this.lab
    if (this.#stopped) return
    if (until < Number.POSITIVE_INFINITY) clock.after(Math.max(0, until - clock.now), () => this.stop())
    const stopped = new Promise<void>((resolve) => {
      this.#stopListeners.add(resolve)
    })
    if (this.#awaited) {
      this.#speed = 1
      if (!this.#held) pace.speed = this.#speed
      const end = this.lab.play()
      await stopped
      end()
      return
    }
    this.#pacer.start()
    await stopped
  }

  /** Resolves at `until` (ns, virtual), or when it is stopped. Time passes as fast as it goes; input and output have their turn between. */
  async asFastAsPossible(until: number): Promise<void> {
    const { time, clock } = this.lab
    await time.until(() => this.#stopped, Math.max(0, until - clock.now))
  }

  /** Virtual time stands, and everything in it, until `release`: for a run that is `awaited`. */
  hold(): void {
    this.#held = true
    this.lab.pace.speed = 0
  }

  release(): void {
    this.#held = false
    this.lab.pace.speed = this.#speed
  }

  /** Hands something from outside to what runs, at the present instant. */
  enter(input: () => void): void {
    if (this.#awaited) this.lab.enter(input)
    else this.#pacer.enter(input)
  }

  close(): void {
    this.#pacer.stop()
    for (const pty of this.#ptys) pty.close()
    this.#tap?.close()
    // Who waited in virtual time waits for ever.
    this.lab.pace.speed = 0
  }

  /** All of them on a hub, and on one more of its ports what was to be at the other end of the cable. */
  #shareWire(partner: Station['port'] | undefined): void {
    const { lab, sketches, bench } = this
    const hub = lab.addHub({ name: 'hub', ports: Math.max(LEAST_PORTS, sketches.length + 1) })
    bench.cable.unplug()
    bench.cable.plug(bench.board.port, hub.ports[0])
    if (partner !== undefined) lab.connect(hub.ports[1], partner)
    for (const [index, sketch] of sketches.slice(1).entries()) lab.connect(sketch.port, hub.ports[index + 2])
  }

  #openTap(name: string): { readonly tap: Tap; readonly station: Station } {
    const { lab } = this
    const tap = new Tap(name)
    const station = new Station({
      clock: lab.clock,
      random: lab.random.fork('tap'),
      address: Uint8Array.of(0x02, 0x4c, 0x50, 0xff, 0xff, 0xfe),
      name,
      promiscuous: true,
    })
    tap.handleFrame = (frame) => this.enter(() => station.send(frame))
    station.handleFrame = (frame) => tap.write(frame)
    return { tap, station }
  }
}

/** @throws RangeError for a fault that puts something into the cable, where a hub is */
function refuseMovedPlug(definition: BoardDefinition, faults: readonly string[]): void {
  for (const text of faults) {
    const { fault, breakage } = settleFault(text, definition, 'avr')
    if (breakage.movesPlug)
      throw new RangeError(
        `${fault.name} moves the plug at the partner, where the hub of several files is; run one file with it`,
      )
  }
}
