/**
 * A programmer that speaks serprog version 1 at a serial port (flashrom's serprog-protocol.txt): an Arduino with
 * frser-duino, a Pico, a stm32-vserprog, our own bridge. What is behind its SPI pins is driven from here, one O_SPIOP a
 * chip select.
 *
 * Octets cross the line as they are, without cells: a damaged one is noticed only where it breaks the protocol. Then the
 * two ends find each other again as flashrom does it (NOPs to fill what was begun, then SYNCNOP), and what was under way
 * has failed.
 */
import type { Clock } from '../../firmware/hal/clock.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { readText } from '../../firmware/net/wire/text.js'
import { S_CMD, SERPROG } from '../../firmware/serial-link/link-table.js'
import { SerprogClient, type SerprogReply, SPI_OPERATION_OCTETS } from '../../firmware/serial-link/serprog-client.js'
import { TargetError } from '../errors/errors.js'
import { hexOctets } from '../hex-octets.js'
import type { HostLine } from '../target/host-line.js'
import { sleepOnClock } from './drive.js'

/** NOPs that fill what is missing of a command that was half sent: so many at the first try, four times more at each next. */
const FILLING_NOPS = 16
/** Octets of a command that a programmer takes in one go, when its serial buffer holds fewer: flashrom sends pages of 256. */
const USUAL_PAGE = 256
const LEAST_SERIAL_BUFFER = 64
/** The line is taken for quiet after so long without an octet. */
const QUIET = 40 * MILLISECOND
const FIRST_ANSWER = 300 * MILLISECOND
/** Between two tries. A linkpulse bridge that took us for something else makes up its mind anew after 500 ms. */
const PAUSE = 600 * MILLISECOND
/** An Arduino spends up to two seconds in its boot loader after its port is opened; tries at each rate. */
const TRIES = 4
/** Octets beyond the answers due that are listened to: what goes on and on (a receiver of GPS, a log) is never quiet. */
const MOST_HEARD = 1_024
const QUERY_TIMEOUT = 2_000 * MILLISECOND
/** What flashrom takes for the serial buffer of a programmer that does not say. */
const USUAL_SERIAL_BUFFER = 16
/** More on its way gains nothing. */
const LARGEST_CREDIT = 4_096
const LONGEST = 1 << 24
/** Octets of an answer that are kept, to show in an error. */
const SHOWN = 12

export interface ProgrammerLimits {
  /** Octets written, and read, in one operation. */
  readonly write: number
  readonly read: number
  /** Octets of commands that may be on their way. */
  readonly serialBuffer: number
}

/** As `SerprogClient`; an answer that shows the two out of step is reported before what it breaks off goes on. */
class WatchedClient extends SerprogClient {
  handleOutOfStep: (() => void) | undefined
  #octets = 0
  #generation = 0

  /** Commands wait in the programmer's serial buffer while it works on the first. */
  override fits(octets: number, capacity: number): boolean {
    return this.#octets === 0 || this.#octets + octets <= capacity
  }

  override transfer(write: Uint8Array, read: number, settle: (reply: SerprogReply) => void): void {
    const octets = SPI_OPERATION_OCTETS + write.length
    const generation = this.#generation
    this.#octets += octets
    super.transfer(write, read, (reply) => {
      this.#octets -= octets
      if (generation !== this.#generation) return // the one before it has failed for all of them
      // A NAK too: the command is one it has, so it must have taken something else for it.
      if (!reply.ok && reply.error !== 'unknown') {
        this.#generation++
        this.handleOutOfStep?.()
      }
      settle(reply)
    })
  }
}

export class SerprogProgrammer {
  /** Its own name for itself; empty when it has none. */
  name = ''
  /** Commands it has. */
  readonly commands = new Set<number>()
  limits: ProgrammerLimits = { write: LONGEST, read: LONGEST, serialBuffer: USUAL_SERIAL_BUFFER }
  readonly counters = { octetsSent: 0, octetsReceived: 0, resynchronised: 0 }
  /** Rejects with a TargetError when the programmer has fallen silent for good. */
  readonly lost: Promise<never>
  readonly #client: WatchedClient
  readonly #line: HostLine
  readonly #clock: Clock
  readonly #path: string
  #fail: (error: Error) => void = () => {}
  /** What came while we look for the programmer; undefined when we are in step with it. */
  #heard: number[] | undefined = []
  #waiting: { count: number; wake(): void } | undefined
  /** Commands that wait until both are in step again. */
  #held: Uint8Array[] = []
  #searching = false

  /** @param path what to call the port in errors */
  private constructor(line: HostLine, clock: Clock, path: string) {
    this.#line = line
    this.#clock = clock
    this.#path = path
    this.lost = new Promise((_, reject) => {
      this.#fail = reject
    })
    this.lost.catch(() => {}) // whoever drives work gets the error
    this.#client = new WatchedClient((octets) => {
      if (this.#heard === undefined) this.#write(octets)
      else this.#held.push(octets)
    })
    this.#client.handleOutOfStep = () => {
      this.#heard = []
      this.#client.reset()
      void this.resynchronise()
    }
    line.handleOctets = (octets) => this.#received(octets)
  }

  /**
   * Finds the programmer on a line and asks what it can do.
   * @param rates symbols a second to try, the line's own first
   * @throws TargetError when there is none, or none that has SPI
   */
  static async open(line: HostLine, clock: Clock, path: string, rates: readonly number[]): Promise<SerprogProgrammer> {
    const programmer = new SerprogProgrammer(line, clock, path)
    try {
      await programmer.#find(rates)
      await programmer.#introduce()
      return programmer
    } catch (error) {
      programmer.detach()
      throw error
    }
  }

  get client(): SerprogClient {
    return this.#client
  }

  /** Stops reading; the port stays open. */
  detach(): void {
    this.#line.handleOctets = undefined
  }

  /** Releases the SPI pins, where the programmer can. */
  async release(): Promise<void> {
    if (this.commands.has(S_CMD.S_PIN_STATE) && this.#heard === undefined) {
      await this.#answer((settle) => this.#client.setDrivers(false, settle)).catch(() => undefined)
    }
  }

  async query(command: number): Promise<Uint8Array> {
    return this.#answer((settle) => this.#client.query(command, settle))
  }

  /** @returns the clock that was set, in hertz; undefined when the programmer has one clock and does not say which */
  async setSpiClock(hertz: number): Promise<number | undefined> {
    if (!this.commands.has(S_CMD.S_SPI_FREQ)) return undefined
    const rate = await this.#answer((settle) => this.#client.setSpiClock(hertz, settle))
    return rate[0] + rate[1] * 0x100 + rate[2] * 0x1_0000 + rate[3] * 0x100_0000
  }

  /** Gets back in step after an answer that was not serprog, or none. Commands given meanwhile wait. */
  async resynchronise(): Promise<void> {
    this.#held = [] // what is held was given up by whoever waited for it
    if (this.#searching) return
    this.#searching = true
    this.#heard ??= []
    this.counters.resynchronised++
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) await sleepOnClock(this.#clock, PAUSE)
      if (!(await this.#synchronise(attempt))) continue
      this.#heard = undefined
      this.#searching = false
      for (const octets of this.#held.splice(0)) this.#write(octets)
      return
    }
    this.#fail(
      new TargetError(
        `the programmer at ${this.#path} fell out of step and does not answer any more; check its cable and supply, then run the check again`,
      ),
    )
  }

  async #find(rates: readonly number[]): Promise<void> {
    let heard: number[] = []
    let refused: Error | undefined
    const stop = this.#line.onError((error) => {
      refused ??= error
    })
    try {
      for (let attempt = 0; attempt < TRIES * rates.length; attempt++) {
        const rate = rates[attempt % rates.length]
        if (rates.length > 1 && this.#line.baud !== rate) this.#line.setBaud(rate)
        const turn = Math.floor(attempt / rates.length)
        if (await this.#synchronise(turn, (octets) => (heard = octets.length > 0 ? octets : heard))) {
          this.#heard = undefined
          return
        }
        if (refused !== undefined) throw new TargetError(`${this.#path} refused ${rate} baud: ${refused.message}`)
        await sleepOnClock(this.#clock, PAUSE)
      }
    } finally {
      stop()
    }
    const at = `at ${rates.join(' and ')} baud`
    const remedy = `name the rate it has, as in serprog:${this.#path}@57600, and check that its firmware speaks serprog`
    throw new TargetError(
      heard.length === 0
        ? `no programmer answers on ${this.#path} ${at}: not one octet came back; ${remedy}`
        : `what answers on ${this.#path} ${at} does not speak serprog: asked to synchronise, it said ${hexOctets(heard.slice(0, SHOWN))}; ${remedy}`,
    )
  }

  /** One try: quiet, then a SYNCNOP, then another and a NOP, answered with nothing else. */
  async #synchronise(turn: number, failed: (heard: number[]) => void = () => {}): Promise<boolean> {
    const filling = FILLING_NOPS * 2 ** (2 * turn)
    await this.#exchange(new Array<number>(filling).fill(S_CMD.NOP), Number.POSITIVE_INFINITY)
    const first = await this.#exchange([S_CMD.SYNCNOP], Number.POSITIVE_INFINITY)
    const inStep = first.at(-2) === SERPROG.NAK && first.at(-1) === SERPROG.ACK
    if (inStep) {
      const second = await this.#exchange([S_CMD.SYNCNOP, S_CMD.NOP], 3)
      if (second.length === 3 && second[0] === SERPROG.NAK && second[1] === SERPROG.ACK && second[2] === SERPROG.ACK)
        return true
    }
    failed(first)
    return false
  }

  /** Sends octets, and takes what comes until the line is quiet, or `count` octets have come. */
  async #exchange(octets: readonly number[], count: number): Promise<number[]> {
    this.#heard = []
    this.#write(Uint8Array.from(octets))
    const onLine = (octets.length * 10 * SECOND) / this.#line.baud
    let before = 0
    for (;;) {
      await this.#more(before + 1, before === 0 ? FIRST_ANSWER + onLine : QUIET)
      const { length } = this.#heard
      if (length >= count || length === before || length > octets.length + MOST_HEARD) return this.#heard.splice(0)
      before = length
    }
  }

  /** Until `count` octets are there, or for `timeout`. */
  #more(count: number, timeout: number): Promise<void> {
    if ((this.#heard?.length ?? 0) >= count) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#clock.cancel(timer)
        this.#waiting = undefined
        resolve()
      }
      const timer = this.#clock.after(timeout, wake)
      this.#waiting = { count, wake }
    })
  }

  /** What it is and what it has: the command map first, the rest as far as it goes. */
  async #introduce(): Promise<void> {
    const version = little(await this.query(S_CMD.Q_IFACE))
    if (version !== SERPROG.INTERFACE_VERSION) {
      throw new TargetError(
        `the programmer on ${this.#path} speaks serprog version ${version}, and version ${SERPROG.INTERFACE_VERSION} is known here; update its firmware`,
      )
    }
    const map = await this.query(S_CMD.Q_CMDMAP)
    for (let command = 0; command < 256; command++) {
      if (map[command >> 3] & (1 << (command & 7))) this.commands.add(command)
    }
    const has = async (command: number): Promise<Uint8Array | undefined> =>
      this.commands.has(command) ? this.query(command) : undefined
    const name = await has(S_CMD.Q_PGMNAME)
    this.name = readText(name ?? new Uint8Array())
      .replace(/[^\x20-\x7e]/g, ' ')
      .trim()
    const buses = await has(S_CMD.Q_BUSTYPE)
    const called = this.name === '' ? 'the programmer' : `the programmer “${this.name}”`
    if (!this.commands.has(S_CMD.O_SPIOP) || (buses !== undefined && (buses[0] & SERPROG.BUS_SPI) === 0)) {
      throw new TargetError(
        `${called} on ${this.#path} has no SPI (no S_CMD_O_SPIOP, or not among its bus types); the ENC28J60 needs a programmer that does`,
      )
    }
    // 0 stands for 2^24 in both (serprog-protocol.txt)
    const write = little((await has(S_CMD.Q_WRNMAXLEN)) ?? [])
    const read = little((await has(S_CMD.Q_RDNMAXLEN)) ?? [])
    const buffer = await has(S_CMD.Q_SERBUF)
    const held = buffer === undefined ? USUAL_SERIAL_BUFFER : little(buffer)
    this.limits = {
      // A programmer that shifts to SPI more slowly than octets come loses what its serial buffer does not hold.
      write: Math.min(
        write === 0 ? LONGEST : write,
        held >= LEAST_SERIAL_BUFFER ? held - SPI_OPERATION_OCTETS : USUAL_PAGE,
      ),
      read: read === 0 ? LONGEST : read,
      serialBuffer: Math.min(held, LARGEST_CREDIT),
    }
    if (this.commands.has(S_CMD.S_BUSTYPE))
      await this.#answer((settle) => this.#client.setBusType(SERPROG.BUS_SPI, settle))
    if (this.commands.has(S_CMD.S_PIN_STATE)) await this.#answer((settle) => this.#client.setDrivers(true, settle))
  }

  async #answer(ask: (settle: (reply: SerprogReply) => void) => void): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(QUERY_TIMEOUT, () => {
        reject(new TargetError(`the programmer on ${this.#path} left a question unanswered; ${CHECK_CABLE}`))
      })
      ask((reply) => {
        this.#clock.cancel(timer)
        if (reply.ok) resolve(reply.results)
        else
          reject(
            new TargetError(
              `the programmer on ${this.#path} answered a question ${ANSWERS[reply.error]}; ${CHECK_CABLE}`,
            ),
          )
      })
    })
  }

  #write(octets: Uint8Array): void {
    this.counters.octetsSent += octets.length
    this.#line.write(octets)
  }

  #received(octets: Uint8Array): void {
    this.counters.octetsReceived += octets.length
    if (this.#heard === undefined) {
      this.#client.receive(octets)
      return
    }
    for (const octet of octets) this.#heard.push(octet)
    if (this.#waiting !== undefined && this.#heard.length >= this.#waiting.count) this.#waiting.wake()
  }
}

const CHECK_CABLE = 'check its cable and its rate, then try again'
const ANSWERS = {
  refused: 'with NAK',
  garbled: 'with what serprog does not know',
  unknown: 'too late',
} as const

function little(octets: ArrayLike<number>): number {
  let value = 0
  for (let i = octets.length - 1; i >= 0; i--) value = value * 256 + octets[i]
  return value
}
