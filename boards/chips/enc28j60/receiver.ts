/**
 * The receiving half of the MAC and its buffer (DS39662 7.2). A frame is written to memory when its last bit has
 * arrived; RXBUSY, and an overflow, happen at their own instants.
 */
import { BITS, RECEIVE_HEADER_OCTETS } from '../../../firmware/enc28j60/registers.js'
import type { Timer } from '../../../firmware/hal/clock.js'
import { crc32, FCS_RESIDUE } from '../../ethernet/fcs.js'
import { BIT_TIME, type FrameSignal, PREAMBLE_OCTETS } from '../../ethernet/port.js'
import { walk } from './buffer-memory.js'
import type { Core } from './core.js'
import type { ChipDropReason } from './drop-reason.js'
import { isPauseAddress, isPauseOpcode, TYPE_CONTROL, typeOf } from './frame-facts.js'
import { PLACE } from './places.js'
import { filtersPass, isOwn } from './receive-filters.js'
import { writeReceiveStatus } from './receive-status.js'

const { ECON1, EPKTCNT, ERXFCON, ESTAT, ERXNDL, ERXRDPTL, ERXSTL, ERXWRPTL, MACON1, MACON3, MAMXFLL } = PLACE
const { RXERIF } = BITS.EIR
const { BUFER, RXBUSY } = BITS.ESTAT

const OCTET_TIME = 8 * BIT_TIME
/** Shorter frames are never accepted, whatever the filters say (DS39662 6.5). */
const SHORTEST = 18
/** A signal longer than this is a long event in the next status vector (DS39662 table 7-3). */
const LONG_EVENT = 50_000

/** Why a frame is lost that the driver did not make room for. */
const NO_ROOM: ReadonlySet<ChipDropReason> = new Set([
  'receive: buffer full',
  'receive: packet count 255',
  'receive: deaf',
])

export class ChipReceiver {
  readonly #core: Core
  /** Where the next packet begins; ERXWRPT shows it. */
  #writePointer = 0
  #current: FrameSignal | undefined
  #startedAt = 0
  #refused: ChipDropReason | undefined
  #overflowTimer: Timer | undefined
  #dropEvent = false
  #carrierEvent = false
  #deaf = false
  readonly #header = new Uint8Array(RECEIVE_HEADER_OCTETS)

  constructor(core: Core) {
    this.#core = core
  }

  /** A frame is being taken: ESTAT.RXBUSY. What passes while reception is off does not keep it busy. */
  get busy(): boolean {
    return (this.#core.registers.values[ESTAT] & RXBUSY) !== 0
  }

  reset(): void {
    this.cut()
    this.#writePointer = this.#core.choices.resetWritePointer
    this.#dropEvent = false
    this.#carrierEvent = false
    this.#core.watch.reset()
  }

  /** ECON1.RXRST rose. */
  enterReset(): void {
    this.cut()
    if (!this.#core.choices.receiveResetClears) return
    this.loadWritePointer()
    this.#core.setPacketCount(0)
  }

  /** ECON1.RXRST rose, or the chip fell asleep: the reception under way is lost, the pointers stay. */
  cut(): void {
    if (this.#current !== undefined && this.#refused === undefined) this.#count('receive: reset')
    this.#core.clock.cancel(this.#overflowTimer)
    this.#overflowTimer = undefined
    this.#current = undefined
    this.#core.clearStatus(RXBUSY)
    this.#deaf = false
  }

  /** ECON1.RXEN rose. A frame that is on the wire already is not taken. */
  enabled(): void {
    const { findings, registers, errata } = this.#core
    if ((registers.values[MACON1] & BITS.MACON1.MARXEN) === 0) findings.report('receive-without-marxen')
    if (errata.writePointerZero && registers.word(ERXSTL) !== 0) findings.report('fifo-not-at-zero')
    if (registers.values[ERXSTL] & 1 || !(registers.values[ERXNDL] & 1)) findings.report('fifo-alignment')
    this.#core.phy.checkDuplex()
    if (this.#core.bist.testMode) findings.report('test-mode-in-use')
    if (!this.#inFifo(registers.word(ERXRDPTL))) findings.report('read-pointer-outside-fifo')
  }

  /** ERXST or ERXND was written: the hidden write pointer starts over (DS39662 6.1; erratum 5). */
  loadWritePointer(): void {
    const core = this.#core
    const { registers } = core
    const start = registers.word(ERXSTL)
    if (registers.values[ECON1] & BITS.ECON1.RXEN) core.findings.report('fifo-changed-while-receiving')
    this.#writePointer = start !== 0 && core.strikes('writePointerZero', 8) ? 0 : start
    core.watch.receptionReset()
    if (core.choices.writePointerShowsStart) registers.setWord(ERXWRPTL, this.#writePointer)
  }

  /** ERXRDPT was written. */
  readPointerMoved(): void {
    const { errata, findings, registers, watch } = this.#core
    const pointer = registers.word(ERXRDPTL)
    watch.readPointerMoved()
    if (errata.evenReadPointer && (pointer & 1) === 0) findings.report('even-read-pointer')
    if (registers.values[ECON1] & BITS.ECON1.RXEN && !this.#inFifo(pointer))
      findings.report('read-pointer-outside-fifo')
  }

  /** Octets a packet may still take, its six octets of header included (DS39662 7.2.3, equation 7-1). */
  get free(): number {
    const { registers } = this.#core
    const pointer = registers.word(ERXRDPTL)
    // Outside the buffer the pointer protects nothing that is ever freed: reception stands still.
    if (!this.#inFifo(pointer)) return 0
    const size = this.#size
    // Both counted from ERXST on, so that a buffer across 1FFFh has no seam.
    const start = registers.word(ERXSTL)
    const distance = ((pointer - start) & 0x1fff) - ((this.#writePointer - start) & 0x1fff)
    if (distance === 0) return size - 1
    const free = (((distance - 1) % size) + size) % size
    return this.#core.choices.receiveLimit === 'formula' ? free : free + 1
  }

  /** The first bit of a frame's preamble has come through the PHY. */
  begin(signal: FrameSignal): void {
    const core = this.#core
    const { registers, errata } = core
    if (this.#current !== undefined) {
      this.abort('receive: collision')
      this.#count('receive: collision')
      return
    }
    this.#current = signal
    this.#startedAt = core.clock.now
    this.#refused = undefined
    if ((registers.values[ECON1] & BITS.ECON1.RXEN) === 0 || (registers.values[MACON1] & BITS.MACON1.MARXEN) === 0) {
      this.#refused = 'receive: disabled'
      return
    }
    core.setStatus(RXBUSY)
    if (this.#deaf) this.#refused = 'receive: deaf'
    else if (errata.checksumAbortsReceive && core.dma.checksumming) this.checksumStarted()
    else this.#watchSpace(signal.octets.length)
  }

  /** The last bit has come through. */
  end(signal: FrameSignal): void {
    if (signal !== this.#current) return
    const core = this.#core
    core.clock.cancel(this.#overflowTimer)
    this.#overflowTimer = undefined
    this.#current = undefined
    core.clearStatus(RXBUSY)
    if (signal.bits > LONG_EVENT) this.#dropEvent = true
    const reason = this.#refused ?? this.#accept(signal)
    if (reason === undefined) return
    this.#count(reason)
    if (NO_ROOM.has(reason)) core.watch.frameLost()
  }

  /** The frame under way is lost for a reason from outside; the wire may still be busy with it. */
  abort(reason: ChipDropReason): void {
    if (this.#current === undefined || this.#refused !== undefined) return
    this.#core.clock.cancel(this.#overflowTimer)
    this.#overflowTimer = undefined
    this.#refused = reason
  }

  /** A checksum DMA has started (erratum 17). */
  checksumStarted(): void {
    if (this.#current === undefined || this.#refused !== undefined) return
    this.abort('receive: checksum DMA')
    this.#fail()
  }

  /** Activity on the pair that was no frame: the next status vector says so (DS39662 table 7-3, bit 18). */
  carrierEvent(): void {
    this.#carrierEvent = true
  }

  #count(reason: ChipDropReason): void {
    this.#core.dropped.add(reason)
  }

  get #size(): number {
    const { registers } = this.#core
    return ((registers.word(ERXNDL) - registers.word(ERXSTL)) & 0x1fff) + 1
  }

  #inFifo(address: number): boolean {
    const { registers } = this.#core
    const start = registers.word(ERXSTL)
    const end = registers.word(ERXNDL)
    return start <= end ? address >= start && address <= end : address >= start || address <= end
  }

  get #lengthLimit(): number {
    const { registers } = this.#core
    return registers.values[MACON3] & BITS.MACON3.HFRMEN ? Number.POSITIVE_INFINITY : registers.word(MAMXFLL)
  }

  /** An overflow happens when the octet arrives that has no room: the host may free room until then. */
  #watchSpace(length: number): void {
    const free = this.free
    const taken = RECEIVE_HEADER_OCTETS + Math.min(length, this.#lengthLimit)
    if (taken <= free) return
    const octet = Math.max(0, free - RECEIVE_HEADER_OCTETS)
    const at = this.#startedAt + (PREAMBLE_OCTETS + octet + 1) * OCTET_TIME
    const { clock } = this.#core
    this.#overflowTimer = clock.after(Math.max(0, at - clock.now), () => {
      const room = this.free
      if (room > free) this.#watchSpace(length)
      else this.#overflow()
    })
  }

  #overflow(): void {
    this.#refused = 'receive: buffer full'
    this.#fail()
  }

  /** RXERIF; BUFER too, by field reports. */
  #fail(): void {
    this.#dropEvent = true
    if (this.#refused === 'receive: buffer full' && this.#core.errata.deafAfterOverflow) this.#deaf = true
    if (this.#refused !== 'receive: buffer full' || this.#core.choices.overflowSetsBufer) this.#core.setStatus(BUFER)
    this.#core.raise(RXERIF)
  }

  /** The sequence of DS39662 7.2 at the end of a frame. Returns why it is not stored. */
  #accept(signal: FrameSignal): ChipDropReason | undefined {
    const core = this.#core
    const { registers } = core
    const { values } = registers
    const { octets } = signal
    const length = octets.length
    if (length < SHORTEST) {
      if (length === 0) this.#carrierEvent = true
      return 'receive: fragment'
    }
    if (length > this.#lengthLimit) return 'receive: too long'
    const header = values[MACON3] & BITS.MACON3.PHDREN ? 4 : 0
    const good = header === 0 && signal.intact ? true : crc32(octets, header) === FCS_RESIDUE
    if (typeOf(octets) === TYPE_CONTROL && good) {
      if (isPauseOpcode(octets) && (isPauseAddress(octets) || isOwn(values, octets)))
        core.flowControl.pauseReceived((octets[16] << 8) | octets[17])
      if ((values[MACON1] & BITS.MACON1.PASSALL) === 0) return 'receive: control frame'
    }
    if (!filtersPass(core, octets)) return 'receive: filter'
    if (!good && values[ERXFCON] & BITS.ERXFCON.CRCEN) return 'receive: FCS'
    const taken = RECEIVE_HEADER_OCTETS + length + (length & 1)
    if (taken > this.free) {
      this.#overflow()
      return 'receive: buffer full'
    }
    if (values[EPKTCNT] === 255) {
      core.raise(RXERIF)
      this.#dropEvent = true
      return 'receive: packet count 255'
    }
    this.#store(signal, good)
    return undefined
  }

  #store(signal: FrameSignal, good: boolean): void {
    const core = this.#core
    const { registers, memory } = core
    const { octets } = signal
    const start = registers.word(ERXSTL)
    const end = registers.word(ERXNDL)
    const header = this.#header
    const events = { drop: this.#dropEvent, carrier: this.#carrierEvent }
    const lengthChecked = core.choices.lengthCheckAlways || (registers.values[MACON3] & BITS.MACON3.FRMLNEN) !== 0
    writeReceiveStatus(header, signal, good, lengthChecked, isOwn(registers.values, octets), events)
    if (core.choices.broadcastIsMulticast) header[5] |= octets[0] & 1
    this.#dropEvent = false
    this.#carrierEvent = false
    const stored = this.#writePointer
    let next = walk(stored, RECEIVE_HEADER_OCTETS + octets.length, start, end)
    if (next & 1) next = walk(next, 1, start, end)
    header[0] = next
    header[1] = next >>> 8
    if ((registers.word(ERXRDPTL) & 1) === 0 && core.strikes('evenReadPointer', 64)) {
      for (let i = 0; i < header.length; i++) header[i] = core.chance.evenReadPointer.below(256)
    }
    const data = memory.write(this.#writePointer, header, 0, header.length, start, end)
    memory.write(data, octets, 0, octets.length, start, end)
    this.#writePointer = next
    registers.setWord(ERXWRPTL, next)
    core.received++
    core.watch.packetStored(stored)
    core.setPacketCount(registers.values[EPKTCNT] + 1)
  }
}
