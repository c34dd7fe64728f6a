/** Somebody’s program on an emulated Uno with an ENC28J60, a cable and a host at its other end: what `linkpulse run` does, in the station’s time. */
import type { AvrBoard } from '../../../../boards/avr/avr-board.js'
import { createAvrBench } from '../../../../boards/avr/bench.js'
import type { AvrFault } from '../../../../boards/avr/cpu.js'
import type { FlashImage } from '../../../../boards/avr/flash-image.js'
import { instructionName } from '../../../../boards/avr/instruction-set.js'
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import type { Bench } from '../../../../boards/faults/bench.js'
import type { Scheduler } from '../../../../boards/simulation/scheduler.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { ipv4 } from '../../../../firmware/net/address.js'
import type { PingResult } from '../../../../firmware/net/icmp/ping.js'
import { printableLines } from '../../../../firmware/text/printable.js'
import { decodeText, encodeText } from '../../../../firmware/text/utf8.js'
import { hexOctets } from '../../../hex-octets.js'
import { concatenated } from '../../../octets.js'
import { GuestTime } from '../../guest-time.js'
import { ruleTold } from '../../rule-told.js'
import { told } from '../../words/told.js'
import type { SceneFinding } from './scene.js'

/** Octets that are kept of what the program said. */
const MOST_SAID = 8_192
/** Octets of either way that the lanes know. */
const MOST_ON_LINE = 4_000
/** Bits of a character: 8N1. */
const CHARACTER = 10

/** A file that is an image. */
export interface GivenProgram {
  readonly file: string
  readonly image: FlashImage
}

export interface ProgramRunOptions {
  readonly clock: Scheduler
  readonly seed: number
  readonly fault: string
  readonly image: FlashImage
  /** Arduino numbers of the pins that the chip’s CS and INT are wired to. */
  readonly pins: { readonly cs: number; readonly int: number }
  /** A rule was broken for the first time. */
  found(finding: SceneFinding): void
  frame(frame: CableFrame): void
  /** What happened, for the trace of the run. */
  trace(what: string): void
}

/** An octet on the serial line. */
export interface LineOctet {
  readonly octet: number
  /** Which end it comes from. */
  readonly from: 'board' | 'you'
  /** The station’s nanoseconds. */
  readonly begins: number
  readonly ends: number
}

export class ProgramRun {
  readonly bench: Bench<AvrBoard>
  readonly octets: LineOctet[] = []
  readonly #options: ProgramRunOptions
  readonly #time: GuestTime
  readonly #findings = new Map<string, SceneFinding>()
  #said: Uint8Array = new Uint8Array(0)
  /** Octets that it said in all. */
  saidOctets = 0

  /** Switches the board on at the present instant. @throws RangeError for a program or a pin that does not fit */
  constructor(options: ProgramRunOptions) {
    this.#options = options
    const { clock, seed, fault, image, pins } = options
    this.bench = createAvrBench({
      board: 'uno',
      seed,
      faults: fault === '' ? [] : [fault],
      image,
      pins: { ...pins, reset: undefined },
    })
    const { board, lab, cable } = this.bench
    this.#time = new GuestTime(clock, lab.clock)
    const { usart } = board.mcu
    // Whoever looks at the output wants to read it: the other end follows what the program sets.
    usart.onRate((rate) => board.serial.setBaud(rate))
    usart.onFraming((framing) => board.serial.setFraming(framing))
    board.serial.handleOctets = (octets) => this.#heard(octets)
    board.chip.onFinding((finding) => {
      const { id, at, octets, source } = finding
      this.#found({ id, at: at - this.#time.ahead, octets: hexOctets(octets), rule: ruleTold(finding), source })
    })
    board.mcu.onFault((fault) => this.#misused(fault))
    board.onWrongMode((mode) => {
      const rule = told('bench.finding.spi-mode', { mode })
      this.#found({ id: 'spi-mode', at: clock.now, octets: '', rule, source: 'DS39662 4.1' })
    })
    cable.onFrame((frame) => options.frame({ ...frame, at: frame.at - this.#time.ahead }))
  }

  get findings(): readonly SceneFinding[] {
    return [...this.#findings.values()]
  }

  /** What it said last; what no terminal shows, as what it is. */
  get said(): string {
    return printableLines(decodeText(this.#said).replace(/\r\n?/g, '\n'))
  }

  get baud(): number {
    return this.bench.board.serial.baud
  }

  /** At both ends: a chip that its program has reset looks for link pulses anew, and what comes before that is lost on it. */
  get linkUp(): boolean {
    const { board, peer } = this.bench
    return board.chip.linkUp && peer.station.linkUp
  }

  get frames(): { readonly sent: number; readonly received: number } {
    const { sent, received } = this.bench.board.chip.counters
    return { sent, received }
  }

  /** The partner asks this address for an echo. @param done is told what came of it, in the station’s time */
  ping(address: string, done: (result: PingResult) => void): void {
    this.#time.do(() => this.bench.peer.network.ping(ipv4(address), {}, done))
  }

  type(text: string): void {
    this.#time.do(() => {
      const { serial } = this.bench.board
      const character = (CHARACTER * SECOND) / serial.baud
      const begins = this.#options.clock.now + serial.pending * character
      const octets = encodeText(text)
      octets.forEach((octet, i) => {
        this.#keep({ octet, from: 'you', begins: begins + i * character, ends: begins + (i + 1) * character })
      })
      serial.write(octets)
    })
  }

  /** The reset button. */
  reset(): void {
    this.#time.do(() => this.bench.board.restart())
  }

  /** It is taken off the bench. */
  stop(): void {
    this.#time.stop()
  }

  #heard(octets: Uint8Array): void {
    const now = this.bench.lab.now - this.#time.ahead
    const character = (CHARACTER * SECOND) / this.bench.board.serial.baud
    this.#options.trace(`said ${hexOctets(octets)}`)
    octets.forEach((octet, i) => {
      const ends = now - (octets.length - 1 - i) * character
      this.#keep({ octet, from: 'board', begins: ends - character, ends })
    })
    this.saidOctets += octets.length
    this.#said = concatenated([this.#said, octets]).slice(-MOST_SAID)
  }

  #keep(octet: LineOctet): void {
    if (this.octets.length >= MOST_ON_LINE) this.octets.splice(0, MOST_ON_LINE >> 1)
    this.octets.push(octet)
  }

  #misused({ kind, pc, value }: AvrFault): void {
    const at = this.bench.lab.now - this.#time.ahead
    const place = `0x${pc.toString(16)}`
    const rule = told(`bench.finding.${kind}`, {
      place,
      value: `0x${value.toString(16)}`,
      name: kind === 'illegal-opcode' ? instructionName(value) : '',
    })
    this.#found({ id: kind, at, octets: '', rule, source: 'DS40002061B' })
  }

  /** One row a rule: when it was first broken, and how often. */
  #found(finding: Omit<SceneFinding, 'count'>): void {
    const known = this.#findings.get(finding.id)
    const row = { ...(known ?? finding), count: (known?.count ?? 0) + 1 }
    this.#findings.set(finding.id, row)
    if (known !== undefined) return
    this.#options.trace(`finding ${finding.id}`)
    this.#options.found(row)
  }
}
