/**
 * A lab in which anyone's firmware runs beside boards and hosts: `createLab` of `linkpulse`.
 *
 *     const lab = createLab({ seed: 7 })
 *     const sketch = lab.addSketch(octetsOfTheElf, { board: 'uno', cs: 10 })
 *     const peer = lab.addHost({ address: '192.168.7.1/24' })
 *     lab.connect(sketch.port, peer.port)
 *     const [, address] = await sketch.serial.line(/IP: (.*)/)
 */
import { AvrBoard, type AvrBoardOptions } from '../../boards/avr/avr-board.js'
import { chipOf } from '../../boards/avr/bench.js'
import { type FlashImage, parseImage } from '../../boards/avr/flash-image.js'
import { ImageError } from '../../boards/avr/image-error.js'
import type { ChipBoard } from '../../boards/chip-board.js'
import type { Cable } from '../../boards/ethernet/cable.js'
import type { Bench } from '../../boards/faults/bench.js'
import { addBench, type BrokenBoard } from '../../boards/faults/create-bench.js'
import type { Breakage } from '../../boards/faults/fault.js'
import { settleFault } from '../../boards/faults/settle.js'
import { checkOptions } from '../../boards/options.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { printable } from '../../firmware/text/printable.js'
import { encodeText } from '../../firmware/text/utf8.js'
import { HostLab, type HostLabOptions, type LabBoard, type LabPeer } from '../lab.js'
import {
  boardOptions,
  SKETCH_BENCH_OPTIONS,
  SKETCH_OPTIONS,
  type SketchBenchOptions,
  type SketchOptions,
} from './options.js'
import { Sketch } from './sketch.js'

/**
 * Firmware for a sketch: an ELF or Intel HEX file's octets, Intel HEX as text, or what `parseImage` read; and where the lab reads files, a
 * path.
 */
export type Firmware = string | Uint8Array | FlashImage

export interface SketchLabOptions extends HostLabOptions {
  /** Reads a file that is named as firmware. Those of `linkpulse/node` and `linkpulse/vitest` have it; by default there is none. */
  readonly readFile?: (path: string) => Uint8Array
}

/** A sketch with its partner, and the cable between them. */
export interface SketchBench extends Bench<AvrBoard, SketchLab> {
  readonly sketch: Sketch
}

/** Where in a lab a fault is: what of it there is only one of need not be told. */
export interface FaultPlace {
  readonly board?: Sketch | LabBoard
  /** The other end of the board's cable; the host that is there, or the only one, by default. */
  readonly peer?: LabPeer
  /** The cable in the board's jack by default. */
  readonly cable?: Cable
}

export class SketchLab extends HostLab {
  readonly sketches: Sketch[] = []
  readonly #sketchListeners = new Listeners<[sketch: Sketch]>()
  readonly #readFile: ((path: string) => Uint8Array) | undefined

  /** @throws UsageError for an invalid speed or slice; RangeError and TypeError for other options */
  constructor(options: SketchLabOptions = {}) {
    const { readFile, ...rest } = options
    super(rest)
    this.#readFile = readFile
  }

  /**
   * Puts firmware of anyone's on an emulated board into the lab, and switches it on. Its cable is yours to connect.
   * @throws ImageError for what is no firmware; RangeError for a board, pin or erratum that there is not, or an image that does not fit;
   *   TypeError for an option that is unknown or of the wrong type. Nothing is added then
   */
  addSketch(firmware: Firmware, options: SketchOptions = {}): Sketch {
    checkOptions('addSketch', options, SKETCH_OPTIONS)
    const board = this.#makeBoard(firmware, options)
    const sketch = this.#add(board, options)
    if (options.powered !== false) board.powerOn()
    return sketch
  }

  /** Is called with each sketch that is added from now on. */
  onSketch(listener: (sketch: Sketch) => void): () => void {
    return this.#sketchListeners.add(listener)
  }

  /**
   * Puts a sketch into the lab with a partner and a cable of its own, and whatever is broken around it: any fault, also what is broken in how
   * chip, cable or partner are made.
   * @throws as `addSketch`; RangeError for a fault that there is not, or that means nothing here
   */
  addBench(firmware: Firmware, options: SketchBenchOptions = {}): SketchBench {
    checkOptions('addBench', options, SKETCH_BENCH_OPTIONS)
    const { faults, cableLength, peer, ...own } = options
    const { definition } = boardOptions(own)
    const bench = addBench(
      this as SketchLab,
      {
        definition,
        peer: { name: this.freeName('peer'), ...peer },
        ...(faults === undefined ? {} : { faults }),
        ...(cableLength === undefined ? {} : { cableLength }),
      },
      (broken) => this.#makeBoard(firmware, own, broken),
      'avr',
    )
    return { ...bench, sketch: this.#add(bench.board, own) }
  }

  /**
   * Breaks something in a lab that stands, at this instant: `cable-noise:0.32V`, `miso-open`. What can only be built in (a chip without its
   * crystal, a partner forced to full duplex) is for `addBench`.
   * @throws RangeError for a fault that there is not, that means nothing there, or that can only be built in
   */
  addFault(text: string, place: FaultPlace = {}): void {
    const board = place.board ?? this.#only('board', [...this.sketches, ...this.boards])
    const chipBoard = board instanceof Sketch ? board.board : board
    const breakage = this.checkFault(text, board)
    const cable = place.cable ?? this.#cableOf(chipBoard)
    const peer = place.peer ?? this.#peerAt(cable, chipBoard)
    const { ends } = cable
    if (breakage.cable !== undefined) {
      cable.unplug()
      cable.rewire(breakage.cable)
      if (ends !== undefined) cable.plug(...ends)
    }
    breakage.apply?.({ lab: this, board: chipBoard, peer, cable })
  }

  /**
   * Whether `addFault` could break that at a board: nothing happens to it.
   * @throws RangeError as `addFault`
   */
  checkFault(text: string, board: Sketch | LabBoard): Breakage {
    const [{ definition }, mode] =
      board instanceof Sketch ? ([board.board, 'avr'] as const) : ([board, 'model'] as const)
    const { breakage, fault } = settleFault(text, definition, mode)
    if (breakage.board === undefined && breakage.peer === undefined) return breakage
    const where = breakage.board !== undefined ? 'chip' : 'partner'
    throw new RangeError(
      `${fault.name} is built into the ${where} and cannot come later: put it into a bench when that is made, addBench(…, { faults: ['${fault.name}'] }), or run with --fault ${fault.name}`,
    )
  }

  protected override get named(): readonly { readonly name: string }[] {
    // Asked for while the base is made as well.
    return [...super.named, ...(this.sketches ?? [])]
  }

  #makeBoard(firmware: Firmware, options: SketchOptions, broken: BrokenBoard = {}): AvrBoard {
    const image = this.#imageOf(firmware)
    const { definition, pins, errata } = boardOptions(options)
    const { revision, crystal, defects } = options
    const name = options.name ?? this.freeName(definition.name)
    const chip = chipOf(broken)
    const built: AvrBoardOptions = {
      clock: this.clock,
      random: this.random.fork(`board ${name}`),
      definition,
      name,
      image,
      ...(pins === undefined ? {} : { pins }),
      ...(revision === undefined ? {} : { revision }),
      ...(crystal === undefined ? {} : { crystal }),
      ...chip,
      ...(errata === undefined && chip.errata === undefined ? {} : { errata: { ...errata, ...chip.errata } }),
      ...(defects === undefined && chip.defects === undefined ? {} : { defects: { ...defects, ...chip.defects } }),
    }
    return new AvrBoard(built)
  }

  #add(board: AvrBoard, { baud }: SketchOptions): Sketch {
    const sketch = new Sketch(board, this.time, baud)
    this.sketches.push(sketch)
    this.#sketchListeners.tell(sketch)
    return sketch
  }

  /** @throws ImageError, RangeError */
  #imageOf(firmware: Firmware): FlashImage {
    if (typeof firmware === 'object' && 'flash' in firmware) return firmware
    if (firmware instanceof Uint8Array) return parseImage(firmware)
    if (typeof firmware !== 'string')
      throw new TypeError(
        'addSketch: the firmware is neither octets, text nor an image; give what a .hex or .elf file has',
      )
    if (/^\s*:/.test(firmware)) return parseImage(encodeText(firmware))
    if (this.#readFile === undefined) {
      throw new RangeError(
        `"${printable(firmware.slice(0, 80))}" is a path, and this lab reads no files: take createLab of linkpulse/node or test of linkpulse/vitest, or give the file's octets`,
      )
    }
    try {
      return parseImage(this.#readFile(firmware))
    } catch (error) {
      if (error instanceof ImageError) throw new ImageError(`${firmware}: ${error.message}`, { cause: error })
      throw error
    }
  }

  #only<T>(what: string, all: readonly T[]): T {
    if (all.length === 1) return all[0]
    throw new RangeError(
      `addFault: there ${all.length === 0 ? `is no ${what}` : `are ${all.length}, so say which ${what}`}, as { ${what}: … }`,
    )
  }

  #cableOf({ port, name }: ChipBoard): Cable {
    const cable = this.cables.find(({ ends }) => ends?.includes(port))
    if (cable === undefined)
      throw new RangeError(
        `addFault: there is no cable in the jack of ${name}; connect one first, or say which: { cable: … }`,
      )
    return cable
  }

  #peerAt({ ends }: Cable, { port }: ChipBoard): LabPeer {
    const other = ends?.find((end) => end !== port)
    return this.hosts.find((host) => host.port === other) ?? this.#only('peer', this.hosts)
  }
}

/** A new, empty lab: boards, sketches, hosts and cables under one clock and one seed. */
export function createSketchLab(options: SketchLabOptions = {}): SketchLab {
  return new SketchLab(options)
}
