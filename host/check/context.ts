/** What a check may use: the clock, the serial link, the chip across it, and whoever is at the other end of the cable. */
import type { Controller } from '../../firmware/controller/controller.js'
import type { StateChange } from '../../firmware/controller/report.js'
import type { ChipConfig } from '../../firmware/enc28j60/initialise.js'
import type { Clock } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import type { Ipv4Address, MacAddress } from '../../firmware/net/address.js'
import type { PingOptions, PingResult } from '../../firmware/net/icmp/ping.js'
import type { LineCounters } from '../../firmware/serial-link/link.js'
import type { ReportedCounters } from '../../firmware/serial-link/management.js'
import type { Identity } from '../../firmware/serial-link/session.js'
import type { PartnerState } from '../target/surroundings.js'
import type { CheckId } from './figures/all.js'
import type { Check } from './types.js'
import type { CheckView } from './view.js'

export interface SerialAccess {
  /** Symbols a second of this end: those that were asked for, unless the board was found at others. */
  readonly baud: number
  /** Symbols a second that the target was opened with. */
  readonly askedBaud: number
  /** This end can be set to any rate at no cost, so that the board's can be measured. */
  readonly ratesAreFree: boolean
  /** Nanoseconds that a network between here and the port may add to an answer; 0 for a port of this machine. */
  readonly transit: number
  /** Nanoseconds that a frame of `octets` there and back may wait for answers, beside the time it takes on the line. */
  frameDelay(octets: number): number
  /** Finds a board again that has restarted: whether it was lost, and is there now. */
  recover(): Promise<boolean>
  /** Opens a session; undefined when none was answered within `limit` nanoseconds. */
  open(limit: number): Promise<Identity | undefined>
  /** Waits until a session that was just opened is the only one; counts begin here. */
  settle(): Promise<void>
  /** Of the session that is open. */
  readonly identity: Identity | undefined
  /** This end's counts since the target was opened. */
  readonly counts: LineCounters
  /**
   * The same since the session was opened: what came before it may have begun in the middle of a cell, or have been meant
   * for somebody else.
   */
  readonly countsInSession: LineCounters
  /** Of the exchange that opened it: 1 with a board that has not yet been flashed anew. */
  readonly sessionVersion: number
  /** The board's own counts since the session was opened; asked for over the line. */
  boardCounts(): Promise<BoardLineCounts>
  /** The same since the board started. */
  boardCountsSinceStart(): Promise<BoardLineCounts>
  /** Comes back with the same octets, or with what the line and the board made of them. */
  echo(octets: Uint8Array): Promise<Uint8Array>
  /** Both ends go to another rate; rejects when the new rate is not confirmed and both fell back. */
  changeBaud(baud: number): Promise<void>
  /** Sessions that the board began anew: it was reset. */
  readonly resets: number
  /** Why the board last started (power-on, brown-out, watchdog, pin); undefined when it cannot say. */
  resetCause(): Promise<string | undefined>
  /** State changes of a board that runs the stack itself, as they arrive on channel 2. Returns what ends the watch. */
  watchStates(listener: (region: string, state: string) => void): () => void
  /** This end's rate alone, to find out at which one the board talks. */
  setOwnBaud(baud: number): void
}

/** What the board's end of the line has counted. */
export type BoardLineCounts = Pick<
  ReportedCounters,
  | 'octetsReceived'
  | 'octetsSent'
  | 'framingErrors'
  | 'parityErrors'
  | 'overruns'
  | 'headerErrors'
  | 'payloadErrors'
  | 'discardedOctets'
  | 'retransmissions'
  | 'unconfirmed'
>

export interface ChipUnderTest {
  /** Asks the board for the chip; channel 1 works afterwards. */
  bridge(): Promise<void>
  /** Hands the chip back: a board that runs the stack itself initialises it again. */
  release(): Promise<void>
  /** Rejects with what the program threw, or with what the link did to it. */
  run<T>(program: SpiProgram<T>): Promise<T>
  /**
   * What serprog says of the bus: interface version, bus types, and the clock that was really set, in hertz; undefined when
   * it is fixed and nobody says at what.
   */
  interface(): Promise<{ readonly version: number; readonly busTypes: number; readonly clock: number | undefined }>
  /** Sets SCK to at most `hertz`; resolves to what was set, or undefined when it cannot be set. */
  setClock(hertz: number): Promise<number | undefined>
  /** The INT pin as the controller reads it; undefined when the board cannot read it. */
  interruptHigh(): Promise<boolean | undefined>
  /**
   * The wires of SPI one by one: steps as in `PIN_STEP` of the link table; resolves to the levels behind each, or undefined when the
   * firmware of the board cannot.
   */
  stepPins(steps: readonly number[]): Promise<Uint8Array | undefined>
  /** The board has a pin at the chip's RESET. */
  readonly hasResetPin: boolean
}

export interface RunningController {
  readonly controller: Controller
  /** Its state changes since it was started. */
  readonly changes: readonly StateChange[]
}

/** Who we are on the cable while a check uses the chip, and whom we talk to. */
export interface NetworkPlan {
  /** How the driver sets the chip up; its address is ours. */
  readonly chip: ChipConfig
  /** Ours while we use the chip. */
  readonly address: Ipv4Address
  readonly prefixLength: number
  /** The board's, while it runs the stack itself. */
  readonly boardAddress: Ipv4Address
  readonly peer: Ipv4Address
  /** As a person writes it. */
  readonly peerName: string
  /** Somebody must answer there: a peer of the simulation, or one that was named with --peer. */
  readonly peerExpected: boolean
  /** The peer's station address, once `mac.receive` has heard it. */
  peerStation: MacAddress | undefined
  /** The controller's code on this end, with the chip across the bridge; the same one until it is stopped. */
  startController(): Promise<RunningController>
  stopController(): void
  readonly view: CheckView
  /** What a person sees who walks over to the peer; undefined where it is not ours to look at, and in the desk view. */
  readonly partner: (() => PartnerState) | undefined
  /** Has the peer ping an address; undefined where the peer is not ours to command, and in the desk view. */
  readonly pingFromPeer: ((address: Ipv4Address, options: PingOptions) => Promise<PingResult>) | undefined
}

/** What a run before this one, on the same target, has found out of the board's rate. */
export interface KnownRate {
  /** Symbols a second of this end at which the board answered; undefined where it did at none. */
  readonly answered?: number
  /** The board's own, where it was measured. */
  readonly measured?: number
}

export interface CheckContext {
  /** Left out in the first run on a target. */
  readonly known?: KnownRate
  /** Nanoseconds for which chip and link are to be watched at the end, at least. */
  readonly soak: number
  readonly clock: Clock
  readonly random: Random
  readonly serial: SerialAccess
  readonly chip: ChipUnderTest
  readonly network: NetworkPlan
}

/** Languages have its title. */
export type BoardCheck = Omit<Check<CheckContext, CheckId>, 'title' | 'keyed'>
