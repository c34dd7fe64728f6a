/**
 * What a recording of the SPI says of what it does not show: which frames came from the wire and when at the latest, and when the link came up.
 *
 * A frame is in what the driver read of the receive buffer: the chain of next packet pointers begins at ERXST (DS39662 7.2.2). It was there when
 * EPKTCNT or EIR.PKTIF first counted it, or its header was read, and came while ECON1.RXEN was set.
 */
import { FCS_OCTETS, withFcs } from '../../boards/ethernet/fcs.js'
import { BITS, BUFFER_SIZE, PHY_BITS, PHY_REGISTERS, RECEIVE_HEADER_OCTETS } from '../../firmware/enc28j60/registers.js'
import { RegisterShadow, type Transaction } from './register-shadow.js'
import type { SelectFrame } from './spi-frames.js'

export interface Arrival {
  /** Nanoseconds: the chip has it from here on, at the latest. */
  at: number
  /** With FCS; what the driver did not read is 0. */
  readonly octets: Uint8Array
  /** Octets that the driver read. */
  readonly read: number
  /** Receive status vector, bits 31:16 (DS39662 table 7-3). */
  readonly status: number
  /** Where the chip had put it. */
  readonly pointer: number
}

export interface BeyondTheSpi {
  readonly arrivals: readonly Arrival[]
  /** Frames that the chip counted and the driver never read. */
  readonly unread: number
  /** Headers that were no header: the instants of their reads. */
  readonly contradictions: readonly number[]
  /** When a packet was counted first with EIE.INTIE and PKTIE set: INT has fallen by then. */
  readonly interruptDue: number | undefined
  /** When the link came up at the latest, and when it was known to be down; undefined where the driver never looked. */
  readonly linkUp: number | undefined
  readonly linkDown: number | undefined
  /** Whether the driver sets the chip up within the recording. */
  readonly setUp: boolean
  /** EREVID as the chip gave it. */
  readonly revisionId: number | undefined
}

/** Bit 23 of the status vector: received OK. */
export const RECEIVED_OK = 0x80
/** DS39662 6.5: shorter ones are never taken; and what MAMXFL can ask for. */
const SHORTEST = 18
const LONGEST = 2048
/** Packets whose octets may still be read: some drivers free a packet before they read it. */
const OPEN_PACKETS = 16
/** Preamble, FCS, the gap before and the status vector after: octets, at 10 Mb/s. */
const FRAME_OVERHEAD = 8 + 4 + 12 + 8
const OCTET_TIME = 800
/** Of a packet that was counted and never read. */
const UNREAD_OCTETS = 60

const PACKET_INTERRUPT = BITS.EIE.INTIE | BITS.EIE.PKTIE

interface Packet {
  readonly pointer: number
  readonly headerAt: number
  readonly length: number
  readonly status: number
  readonly octets: Uint8Array
  readonly known: Uint8Array
}

/** @param frames in order */
export function beyondTheSpi(frames: readonly SelectFrame[]): BeyondTheSpi {
  const watch = new Watch()
  for (const frame of frames) if (frame.mosi.length > 0) watch.frame(frame)
  return watch.result()
}

class Watch {
  readonly #shadow = new RegisterShadow()
  readonly #arrivals: Arrival[] = []
  readonly #contradictions: number[] = []
  #interruptDue: number | undefined
  #unread = 0
  #setUp = false
  #revisionId: number | undefined
  // the chain of packets since the last reset
  #next: number | undefined
  #packets: Packet[] = []
  #freed = 0
  readonly #header = new Map<number, number>()
  /** By packet, the first instant at which it was counted. */
  #counted: number[] = []
  /** RXEN was set from, and to. */
  #enabled: { readonly from: number; to: number }[] = []
  /** In half duplex: while the chip sends, nothing comes. */
  #sending: { readonly from: number; readonly to: number }[] = []
  // the link
  #miiAddress = 0
  #miiLow: number | undefined
  #statusReadAt: number | undefined
  #readAt = 0
  #linkUp: number | undefined
  #linkDown: number | undefined

  frame(frame: SelectFrame): void {
    const { mosi, miso, selected } = frame
    const wasReceiving = this.#receiving
    const start = this.#shadow.pair('ERXST')
    const transaction = this.#shadow.follow(mosi)
    const { operation, register, first, addresses } = transaction
    const name = register?.name
    if (operation === 'SRC') this.#reset(true)
    else if (operation === 'RBM') this.#memoryRead(addresses, miso, selected)
    else if (operation === 'RCR' && mosi.length > first) this.#registerRead(transaction, miso[first], selected)
    else if (operation !== 'RCR') {
      // 7.2.1: writing either pointer starts the chain over.
      if (name === 'ERXSTL' || name === 'ERXSTH' || name === 'ERXNDL' || name === 'ERXNDH') {
        this.#setUp = true
        this.#close()
        this.#next = this.#shadow.pair('ERXST')
      } else if (this.#next === start && start !== this.#shadow.pair('ERXST')) this.#next = this.#shadow.pair('ERXST')
      if (name === 'ECON2' && operation !== 'BFC' && (mosi[1] & BITS.ECON2.PKTDEC) !== 0) this.#freed++
      if (name === 'ECON1' && operation !== 'BFC' && (mosi[1] & BITS.ECON1.TXRTS) !== 0) this.#sends(selected)
      if (name === 'MICMD' && (mosi[1] & BITS.MICMD.MIIRD) !== 0) {
        this.#miiAddress = this.#shadow.value('MIREGADR')
        this.#readAt = selected
        this.#miiLow = undefined
      }
    }
    if (this.#receiving && !wasReceiving) this.#enabled.push({ from: frame.deselected, to: Number.POSITIVE_INFINITY })
    else if (!this.#receiving && wasReceiving && this.#enabled.length > 0)
      this.#enabled[this.#enabled.length - 1].to = selected
  }

  #sends(from: number): void {
    if ((this.#shadow.value('MACON3') & BITS.MACON3.FULDPX) !== 0) return
    const octets = Math.max(0, this.#shadow.pair('ETXND') - this.#shadow.pair('ETXST'))
    this.#sending.push({ from, to: from + (Math.max(octets, UNREAD_OCTETS) + FRAME_OVERHEAD) * OCTET_TIME })
  }

  get #receiving(): boolean {
    return (this.#shadow.value('ECON1') & BITS.ECON1.RXEN) !== 0
  }

  result(): BeyondTheSpi {
    this.#close()
    this.#arrivals.sort((a, b) => a.at - b.at)
    const firstArrival = this.#arrivals[0]?.at
    const linkUp =
      firstArrival === undefined ? this.#linkUp : Math.min(this.#linkUp ?? Number.POSITIVE_INFINITY, firstArrival)
    return {
      arrivals: this.#arrivals,
      unread: this.#unread,
      contradictions: this.#contradictions,
      interruptDue: this.#interruptDue,
      linkUp,
      linkDown: this.#linkDown,
      setUp: this.#setUp,
      revisionId: this.#revisionId,
    }
  }

  #reset(everything: boolean): void {
    this.#close()
    this.#next = undefined
    if (everything) this.#setUp = true
    const last = this.#enabled.at(-1)
    if (last !== undefined && last.to === Number.POSITIVE_INFINITY) last.to = 0
    this.#enabled = []
  }

  /** The chain ends: what it has told becomes arrivals. */
  #close(): void {
    const counted = Math.max(this.#counted.length, this.#packets.length)
    /** What is counted later was not there before what was counted first. */
    let latest = Number.POSITIVE_INFINITY
    const instants: number[] = []
    for (let i = counted - 1; i >= 0; i--) {
      latest = Math.min(latest, this.#counted[i] ?? latest, this.#packets[i]?.headerAt ?? latest)
      instants[i] = latest
    }
    for (let i = 0; i < counted; i++) {
      const packet = this.#packets[i]
      const at = this.#whileEnabled(instants[i])
      if (packet === undefined) {
        this.#unread++
        const octets = withFcs(new Uint8Array(UNREAD_OCTETS))
        this.#arrivals.push({ at, octets, read: 0, status: RECEIVED_OK, pointer: -1 })
      } else this.#arrivals.push(this.#arrivalOf(packet, at))
    }
    this.#packets = []
    this.#counted = []
    this.#freed = 0
    this.#header.clear()
  }

  /** The last instant up to `latest` at which the receiver was on. */
  #whileEnabled(latest: number): number {
    const span = this.#enabled.findLast(({ from }) => from < latest)
    const at = span === undefined ? latest : Math.min(latest, span.to)
    const sent = this.#sending.findLast(({ from }) => from < at)
    return sent !== undefined && at < sent.to ? sent.from : at
  }

  #arrivalOf({ length, status, octets, known, pointer }: Packet, at: number): Arrival {
    const read = known.reduce((sum, each) => sum + each, 0)
    const body = length - FCS_OCTETS
    // Drivers leave the FCS where it is: then it was right, if the chip says so.
    const whole = known.subarray(0, body).every((each) => each === 1)
    const unchecked = known.subarray(body).some((each) => each === 0)
    const frame = unchecked && (whole || (status & RECEIVED_OK) !== 0) ? withFcs(octets.subarray(0, body)) : octets
    return { at, octets: frame, read, status, pointer }
  }

  #memoryRead(addresses: readonly number[], miso: readonly number[], at: number): void {
    for (let i = 0; i < addresses.length; i++) {
      const address = addresses[i]
      const value = miso[i + 1]
      if (value === undefined) return
      this.#fill(address, value)
      this.#headerOctet(address, value, at)
    }
  }

  #fill(address: number, value: number): void {
    const [start, size] = this.#fifo
    for (let i = this.#packets.length - 1; i >= Math.max(0, this.#packets.length - OPEN_PACKETS); i--) {
      const { pointer, length, octets, known } = this.#packets[i]
      const place = ((((address - pointer) % size) + size) % size) - RECEIVE_HEADER_OCTETS
      if (place < 0 || place >= length || address < start || address >= start + size) continue
      if (known[place] === 0) {
        known[place] = 1
        octets[place] = value
      }
      return
    }
  }

  #headerOctet(address: number, value: number, at: number): void {
    if (this.#next === undefined) return
    const [start, size] = this.#fifo
    const place = (((address - this.#next) % size) + size) % size
    if (place >= RECEIVE_HEADER_OCTETS || address < start || address >= start + size) return
    this.#header.set(place, value)
    if (this.#header.size < RECEIVE_HEADER_OCTETS) return
    const octets = Array.from({ length: RECEIVE_HEADER_OCTETS }, (_, i) => this.#header.get(i) ?? 0)
    this.#header.clear()
    const next = octets[0] | (octets[1] << 8)
    const length = octets[2] | (octets[3] << 8)
    const expected = start + ((this.#next - start + RECEIVE_HEADER_OCTETS + length + (length & 1)) % size)
    if (length < SHORTEST || length > LONGEST || next !== expected) {
      this.#contradictions.push(at)
      return
    }
    this.#packets.push({
      pointer: this.#next,
      headerAt: at,
      length,
      status: octets[4] | (octets[5] << 8),
      octets: new Uint8Array(length),
      known: new Uint8Array(length),
    })
    this.#next = next
  }

  get #fifo(): readonly [start: number, size: number] {
    const start = this.#shadow.pair('ERXST')
    return [start, ((this.#shadow.pair('ERXND') - start) & (BUFFER_SIZE - 1)) + 1]
  }

  #registerRead({ register }: Transaction, value: number, at: number): void {
    const name = register?.name
    if (name === 'EREVID') this.#revisionId ??= value
    else if (name === 'EPKTCNT') this.#count(this.#freed + value, at)
    else if (name === 'EIR' && (value & BITS.EIR.PKTIF) !== 0) this.#count(this.#freed + 1, at)
    else if (name === 'MIRDL') this.#miiLow = value
    else if (name === 'MIRDH') this.#phyRead((this.#miiLow ?? 0) | (value << 8), this.#readAt)
    if (name === 'MIRDL' && this.#miiAddress === PHY_REGISTERS.PHSTAT1.address) this.#phyRead(value, this.#readAt)
  }

  #count(total: number, at: number): void {
    if (this.#next === undefined) return
    if (this.#counted.length < total && (this.#shadow.value('EIE') & PACKET_INTERRUPT) === PACKET_INTERRUPT)
      this.#interruptDue ??= at
    while (this.#counted.length < total) this.#counted.push(at)
  }

  #phyRead(value: number, at: number): void {
    const { PHSTAT1, PHSTAT2 } = PHY_REGISTERS
    let [up, since] = [false, at]
    if (this.#miiAddress === PHSTAT1.address) {
      if (this.#statusReadAt === at) return
      // LLSTAT latches a failed link until it is read: 1 says that there was one since the read before.
      up = (value & PHY_BITS.PHSTAT1.LLSTAT) !== 0
      since = up ? (this.#statusReadAt ?? at) : (this.#statusReadAt ?? 0)
      this.#statusReadAt = at
    } else if (this.#miiAddress === PHSTAT2.address) up = (value & PHY_BITS.PHSTAT2.LSTAT) !== 0
    else return
    if (up) this.#linkUp ??= since
    else if (this.#linkUp === undefined) this.#linkDown = since
  }
}
