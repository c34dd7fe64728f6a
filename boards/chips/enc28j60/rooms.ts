/**
 * The rooms of the chip as they see each other, through the `Core`. What each does, and where the data sheet says so, stands with
 * it: `power.ts`, `receiver.ts` and so on.
 */
import type { RegisterName } from '../../../firmware/enc28j60/registers.js'
import type { Listeners } from '../../../firmware/hal/listeners.js'
import type { LinkIntegrityState } from '../../ethernet/link-integrity.js'
import type { FrameSignal } from '../../ethernet/port.js'
import type { ChipDropReason } from './drop-reason.js'
import type { PinObserver } from './pins.js'

export type Led = 'LEDA' | 'LEDB'
export type Activity = 'transmit' | 'receive' | 'collision'

export interface PowerRoom {
  readonly powered: boolean
  /** Powered and not held in reset: the SPI answers. */
  readonly alive: boolean
  /** The oscillator runs and the chip is awake. */
  readonly running: boolean
  readonly asleep: boolean
  readonly clkoutRuns: boolean
  readonly phyClocked: boolean
  readonly phySettled: boolean
  /** A loss of the supply undid what the driver had programmed, and it has not begun anew. */
  readonly lostProgram: boolean
  /** uA. */
  readonly supplyCurrent: number
  on(): void
  off(): void
  /** The level of the RESET pin (active low). */
  setResetPin(high: boolean): void
  /** The SRC instruction. */
  instruction(): void
  /** ECON2.PWRSV has changed. */
  sleep(asleep: boolean): void
}

export interface InterruptRoom {
  readonly listeners: Listeners<[high: boolean]>
  /** Level of INT. */
  readonly high: boolean
  readonly fellAt: number
  /** EIR or EIE changed. */
  update(): void
}

/** Rules that a driver breaks over time: who sees something that counts for one says so. */
export interface WatchRoom {
  reset(): void
  /** No packet is counted any more, and the buffer begins anew. */
  receptionReset(): void
  /** ESTAT was read with TXABRT set. */
  abortRead(): void
  statusWritten(): void
  /** ECON1.TXRTS rose. */
  transmissionRequested(): void
  /** The link changed, and PHIE keeps it from EIR.LINKIF. */
  linkUnheard(): void
  packetStored(start: number): void
  /** ECON2.PKTDEC has counted one down. */
  packetCounted(): void
  readPointerMoved(): void
  /** RBM has read. */
  memoryRead(from: number, count: number): void
  /** Looks for what only the lack of something shows, as the end of a run. */
  judge(): void
  /** A frame was lost because there was no room for it, or because an overflow left the receiver deaf. */
  frameLost(): void
}

export interface ReceiverRoom {
  /** A frame is coming in. */
  readonly busy: boolean
  reset(): void
  enterReset(): void
  cut(): void
  /** ECON1.RXEN rose. */
  enabled(): void
  loadWritePointer(): void
  readPointerMoved(): void
  begin(signal: FrameSignal): void
  end(signal: FrameSignal): void
  abort(reason: ChipDropReason): void
  checksumStarted(): void
  carrierEvent(): void
}

export interface TransmitterRoom {
  /** Something of ours is on the pair. */
  readonly active: boolean
  reset(): void
  enterReset(): void
  leaveReset(): void
  /** ECON1.TXRTS rose. */
  request(): void
  /** The host cleared ECON1.TXRTS. */
  cancel(): void
  stop(reason: ChipDropReason): void
  /** Whatever may have kept it from sending may be over. */
  advance(): void
  carrierStarted(): void
  carrierEnded(): void
  collide(byPulse: boolean): void
  /** SPI writes `count` octets to memory at `at`. */
  memoryWritten(at: number, count: number): void
  stopPressing(): void
}

export interface FlowControlRoom {
  /** No frame of the host's may start before this, in nanoseconds on the clock. */
  readonly pausedUntil: number
  /** Pause time of a pause frame that waits to be sent, in quanta. */
  readonly due: number | undefined
  /** Half-duplex flow control holds the medium busy. */
  readonly pressing: boolean
  reset(): void
  /** EFLOCON.FCEN was written. */
  command(mode: number): void
  macon1(value: number, old: number): void
  taken(): void
  sent(): void
  /** @param quanta 0 takes it back */
  pauseReceived(quanta: number): void
}

export interface PhyRoom {
  readonly linkListeners: Listeners<[up: boolean]>
  readonly linkState: LinkIntegrityState
  readonly linkUp: boolean
  readonly fullDuplex: boolean
  readonly receiving: boolean
  readonly transmitting: boolean
  readonly reportsCollisions: boolean
  /** Another station's signal, for a half-duplex MAC. */
  readonly carrier: boolean
  /** Value of PHLCON. */
  readonly ledConfiguration: number
  start(): void
  stop(): void
  reset(): void
  /** By MII, with the side effects of reading. */
  read(address: number): number
  /** Finds what is wrong with a write. */
  judge(address: number, value: number): void
  write(address: number, value: number): void
  /** The registers without side effects. */
  inspect(): Uint16Array
  checkDuplex(): void
  duplexChanges(): void
  transmitStart(signal: FrameSignal): void
  transmitEnd(signal: FrameSignal): void
  collision(on: boolean): void
}

export interface MiiRoom {
  reset(): void
  /** MICMD was written. */
  command(value: number, old: number): void
  /** MIWRH was written. */
  write(): void
  /** MIREGADR was written. */
  addressed(): void
  /** A host reads an MII register. */
  observe(name: RegisterName): void
}

export interface DmaRoom {
  readonly running: boolean
  readonly checksumming: boolean
  reset(): void
  /** ECON1.DMAST rose. */
  start(): void
  /** The transmitter may have become idle. */
  advance(): void
  /** The host cleared ECON1.DMAST. */
  cancel(): void
}

export interface BistRoom {
  /** Memory is in test mode. */
  readonly testMode: boolean
  reset(): void
  /** EBSTCON was written. */
  command(value: number, old: number): void
}

export interface LedRoom {
  activity(kind: Activity, active: boolean): void
  /** Is the LED lit at this instant? */
  lit(led: Led): boolean
  introduce(observer: PinObserver): void
  /** Something an LED may show has changed. */
  changed(): void
}

export interface ClkoutRoom {
  /** Frequency at the pin, Hz; 0 while it rests low. */
  readonly hertz: number
  /** ECOCON was written. */
  changed(): void
  /** The oscillator has started or stopped, or the chip fell asleep or woke. */
  update(): void
}
