/** The controller station as it runs: a board with our firmware, its ENC28J60, a partner at the other end, and the chip in either’s hands. */
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import type { StateChange } from '../../../../firmware/controller/report.js'
import { BITS } from '../../../../firmware/enc28j60/registers.js'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { DROP_KEYS } from '../../../text/drop-keys.js'
import type { Lane } from '../../protocol.js'
import { ruleTold } from '../../rule-told.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import type { SettingValues, StepUnit } from '../../station-parts.js'
import { WholeFrames } from '../../whole-frames.js'
import { told } from '../../words/told.js'
import { frameLabel, numberedFrame } from './frames.js'
import { pinLane, SPI_PROBES, type SpiProbeName, spiLane, supplyLane } from './lanes.js'
import { firstPacket } from './memory.js'
import { controllerScene } from './picture.js'
import { type ChipContents, pairValue, registerValue } from './registers.js'
import { Rig } from './rig.js'
import type { ControllerScene } from './scene.js'
import type { KeptTransfer } from './spi-history.js'

/** How long a button, or somebody’s finger, holds a RESET pin low. */
const PRESSED = 10 * MILLISECOND
/** A dip of the mains, and what is left of the board’s 5 V: below the brown-out detector’s 2.7 V. */
const SAG = { length: 20 * MILLISECOND, volts: 2.2 }
/** Of the chip’s 3.3 V alone. */
const CHIP_SAG = 5 * MILLISECOND
/** Frames that the partner sends at most in a row. */
const MOST_IN_A_ROW = 60
/** Between two of them. */
const GAP = 2 * MILLISECOND
/** Within this time firmware has read a frame that was reported to it; whoever reads by hand has all the time there is. */
const READ_WITHIN = 50 * MILLISECOND
/** How long a frame is shown on the cable. */
const SHOWN = 2 * MILLISECOND

/** What can be asked of a chip only by whoever has it. */
const BY_HAND = new Set(['init', 'send', 'read', 'clear'])

export class RunningControllerStation implements RunningStation {
  /** Sound is it always: link pulses go on for ever. */
  readonly quietFrom = undefined
  readonly #surroundings: StationSurroundings
  #rig: Rig
  #rigs = 0
  #settings: SettingValues
  #fault: string
  /** What the chip held when something was last done. */
  #before: ChipContents
  #frames = 0
  #transfersBefore = 0
  #numbers = 0
  #signal: { readonly towards: 'to-partner' | 'to-chip'; readonly until: number } | undefined
  /** The task wants the chip initialised and its ring full before the learner begins. */
  #prepare = false
  /** Of the task: frames that the chip had stored when its ring last ran over; undefined: it has not, yet. */
  #storedAtOverflow: number | undefined
  readonly #whole = new WholeFrames()
  /** When the last was stored. */
  #storedAt = 0

  constructor(surroundings: StationSurroundings) {
    this.#surroundings = surroundings
    this.#settings = surroundings.settings
    this.#fault = surroundings.fault
    this.#rig = this.#build()
    this.#before = this.#rig.bench.board.chip.inspect()
  }

  /** Of SPI, at the clock of the bus. */
  get bitTime(): number {
    return SECOND / this.#rig.bench.board.wires.clockRate
  }

  count(unit: StepUnit): number {
    if (unit === 'transfer') return this.#transfersBefore + this.#rig.history.count
    return unit === 'frame' ? this.#frames : 0
  }

  apply(settings: SettingValues, fault: string): void {
    const moved = settings.plugged !== this.#settings.plugged
    this.#settings = settings
    this.#noteContents()
    if (fault !== this.#fault) {
      this.#fault = fault
      this.#rig.time.stop()
      this.#transfersBefore += this.#rig.history.count
      this.#rig = this.#build()
      this.#noteContents()
      this.#surroundings.log(told(fault === '' ? 'controller.mended' : 'controller.broken'))
    }
    this.#rig.time.do(() => {
      if (moved) this.#rig.plug(settings.plugged === 'yes')
      this.#handOver()
    })
  }

  act(action: string, argument: string): void {
    this.#noteContents()
    this.#rig.time.do(() => this.#act(action, argument === '' ? this.#settings.text : argument))
  }

  beginTask(): void {
    this.#storedAtOverflow = undefined
    this.#prepare = true
  }

  /** Frames of the partner that were stored, and read out as he sent them. */
  get wholeInARow(): number {
    return this.#whole.inARow
  }

  /** A frame that came after the overflow was stored and read, and nothing is left for INT to tell. */
  solves(): boolean {
    const { chip } = this.#rig.bench.board
    if (this.#storedAtOverflow === undefined || chip.counters.received <= this.#storedAtOverflow) return false
    const contents = chip.inspect()
    const waits = registerValue(contents, 'EPKTCNT') > 0
    const overflowed = (registerValue(contents, 'EIR') & BITS.EIR.RXERIF) !== 0
    return !waits && !overflowed && chip.interruptHigh
  }

  scene(hidden: boolean): ControllerScene {
    const { clock } = this.#surroundings
    this.#rig.time.catchUp()
    const signal = this.#signal !== undefined && clock.now < this.#signal.until ? this.#signal.towards : undefined
    return controllerScene({
      rig: this.#rig,
      settings: this.#settings,
      fault: hidden ? '' : this.#fault,
      hidden,
      before: this.#before,
      signal,
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    const { history, interrupt, reset, supplies, bench } = this.#rig
    const supply = bench.board.definition.controller.level
    if ((SPI_PROBES as readonly string[]).includes(probe)) {
      const pulled = bench.board.wires.floating === 'low' ? 0 : supply
      return spiLane(probe as SpiProbeName, supply, pulled, history.within(window), window)
    }
    if (probe === 'int') return pinLane('int', interrupt, supply, window)
    if (probe === 'reset') return pinLane('reset', reset, supply, window)
    return probe === 'vcc' || probe === '3v3' ? supplyLane(probe, supplies[probe], window) : undefined
  }

  #noteContents(): void {
    this.#rig.time.catchUp()
    this.#before = this.#rig.bench.board.chip.inspect()
  }

  #build(): Rig {
    const { clock, random, trace, log } = this.#surroundings
    const seed = random.fork(`bench ${this.#rigs++}`).next32()
    const rig = new Rig(clock, seed, this.#fault, {
      state: (change) => this.#state(change),
      transfer: (transfer) => this.#transfer(transfer),
      interrupt: (high) => trace(`INT ${high ? 1 : 0}`),
      frame: (frame) => this.#frame(frame),
      read: (frame, byHand) => this.#read(frame, byHand),
      finding: (finding) => log(told('controller.finding', { rule: ruleTold(finding), source: finding.source }), true),
      say: log,
    })
    // What is broken may be that very plug.
    if (this.#settings.plugged === 'no') rig.time.do(() => rig.plug(false))
    return rig
  }

  #act(action: string, text: string): void {
    const { log } = this.#surroundings
    const { bench, byHand, lent } = this.#rig
    const { board, peer, lab } = bench
    if (BY_HAND.has(action) && !lent && !(action === 'send' && this.#settings.driver === 'firmware')) {
      log(told('controller.not-yours'), true)
      return
    }
    switch (action) {
      case 'init':
        byHand.initialise()
        break
      case 'send': {
        const { device } = board.controller
        const frame = this.#numbered(peer.station.address, device.address, text)
        if (lent) byHand.send(frame)
        else if (!device.send(frame)) log(told('controller.did.refused'), true)
        break
      }
      case 'read':
        byHand.read()
        break
      case 'clear':
        byHand.clearFlags()
        break
      case 'receive':
        this.#partnerSends(text, (frame) => this.#whole.send(frame))
        break
      case 'fill':
        this.#fill(text)
        break
      case 'reset-chip':
        board.resetOutput?.set(false)
        lab.clock.after(PRESSED, () => board.resetOutput?.set(true))
        log(told('controller.did.reset-chip'))
        break
      case 'reset-board':
        board.setResetPin(false)
        lab.clock.after(PRESSED, () => board.setResetPin(true))
        log(told('controller.did.reset-board'))
        break
      case 'brown-out':
        log(told('controller.did.brown-out'))
        board.sagSupply(SAG.volts, SAG.length)
        break
      case 'chip-sag':
        log(told('controller.did.chip-sag'))
        board.sagChipSupply(CHIP_SAG)
        break
      default:
        throw new RangeError(`the controller station cannot ${action}`)
    }
  }

  #numbered(destination: Uint8Array, source: Uint8Array, text: string): Uint8Array {
    return numberedFrame(destination, source, `${text} #${++this.#numbers}`, Number(this.#settings.octets))
  }

  /** @returns whether it could */
  #partnerSends(text: string, note?: (frame: Uint8Array) => void): boolean {
    const { board, peer } = this.#rig.bench
    const frame = this.#numbered(board.controller.device.address, peer.station.address, text)
    note?.(frame)
    const taken = peer.station.send(frame)
    if (!taken) this.#surroundings.log(told('controller.partner.no-link'), true)
    return taken
  }

  /** The partner sends until the chip says that its ring is full. */
  #fill(text: string): void {
    const rig = this.#rig
    const { board, lab } = rig.bench
    const frame = (Number(this.#settings.octets) + 24) * 800
    let left = MOST_IN_A_ROW
    const next = () => {
      if (rig !== this.#rig) return
      const full = (registerValue(board.chip.inspect(), 'EIR') & BITS.EIR.RXERIF) !== 0
      if (full || left-- === 0 || !this.#partnerSends(text)) return
      lab.clock.after(frame + GAP, next)
    }
    next()
  }

  /** Gives the chip to whoever is to have it, as soon as the firmware can. */
  #handOver(): void {
    const { board } = this.#rig.bench
    const { controller } = board
    if (!controller.running) return
    const byHand = this.#settings.driver === 'hand'
    if (byHand && board.state.matches({ on: { mode: 'controlling' } })) {
      controller.askForChip((granted) => granted && this.#taken())
    } else if (byHand && this.#rig.lent) {
      if (this.#prepare) this.#taken()
    } else if (!byHand && !board.state.matches({ on: { mode: 'controlling' } })) {
      controller.returnChip()
    }
  }

  /** The chip is in the learner’s hands. */
  #taken(): void {
    const { byHand, bench } = this.#rig
    byHand.take(firstPacket(bench.board.chip.inspect()))
    if (!this.#prepare) return
    this.#prepare = false
    byHand.initialise(() => this.#fillOnceThereIsALink())
  }

  #fillOnceThereIsALink(): void {
    const rig = this.#rig
    const { board, peer, lab } = rig.bench
    const look = () => {
      if (rig !== this.#rig) return
      if (board.chip.linkUp && peer.station.linkUp) this.#fill(this.#settings.text)
      else lab.clock.after(PRESSED, look)
    }
    look()
  }

  #state({ region, from, to, reason = '' }: StateChange): void {
    const { log, trace } = this.#surroundings
    trace(`${region} ${from} ${to}`)
    const wrong = (region === 'fault' && to !== 'none') || (region === 'controller' && to !== 'on')
    log(told('controller.state', { region, from, to, reason }), wrong)
    // The firmware has just begun to run, and what is asked of a chart while it changes waits until it has.
    if (region === 'boot' && to === 'running') this.#rig.bench.lab.clock.after(0, () => this.#handOver())
  }

  #transfer({ write, read, decoded }: KeptTransfer): void {
    const { trace, log } = this.#surroundings
    trace(`SPI ${write.length} ${checksumOf(write)} ${read.length} ${checksumOf(read)}`)
    if (decoded.text !== 'BFS ECON2 PKTDEC') return
    const contents = this.#rig.bench.board.chip.inspect()
    const waiting = registerValue(contents, 'EPKTCNT')
    log(told('controller.given-back', { waiting }))
  }

  #read(frame: Uint8Array, byHand: boolean): void {
    const waited = this.#rig.bench.lab.clock.now - this.#storedAt
    if (byHand || waited <= READ_WITHIN) this.#whole.take(frame)
    else
      this.#surroundings.log(
        told('controller.read-late', { milliseconds: Math.round(waited / MILLISECOND), says: frameLabel(frame) }),
        true,
      )
  }

  #frame({ direction, sent, loss }: CableFrame): void {
    const rig = this.#rig
    const { clock, trace, log } = this.#surroundings
    const { board, cable, lab } = rig.bench
    const toChip = direction === 'b-to-a'
    this.#signal = { towards: toChip ? 'to-chip' : 'to-partner', until: clock.now + SHOWN }
    trace(`frame ${direction} ${sent.length} ${loss ?? ''}`)
    const before = board.chip.counters
    const at = pairValue(board.chip.inspect(), 'ERXWRPT')
    // Behind the last bit, and what the receiver makes of it, at the same instant.
    lab.clock.after(cable.delay + 1, () => {
      if (rig !== this.#rig) return
      this.#frames++
      if (!toChip) {
        log(told('controller.frame.out', { octets: sent.length }))
        return
      }
      const { received, dropped } = board.chip.counters
      const octets = sent.length
      if (received > before.received) {
        this.#storedAt = lab.clock.now
        log(told('controller.frame.stored', { octets, at: hexText(at, 4) }))
      }
      for (const [reason, count] of Object.entries(dropped)) {
        if (count <= (before.dropped[reason as keyof typeof dropped] ?? 0)) continue
        log(told('controller.frame.dropped', { reason: told(DROP_KEYS[reason as keyof typeof dropped]) }), true)
        if (reason === 'receive: buffer full') this.#storedAtOverflow = received
      }
    })
  }
}

/** Of octets, for the trace of what happened. */
function checksumOf(octets: Uint8Array): number {
  let sum = 0
  for (const octet of octets) sum = (Math.imul(sum, 31) + octet) | 0
  return sum
}
