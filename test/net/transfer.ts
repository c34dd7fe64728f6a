/**
 * One transfer over a bad network, drawn from a seed: two stacks, octets both ways at once, and at the end nothing left of
 * it. The same seed gives the same run, frame for frame, so a failure is looked into by running its seed again.
 */

import { ImpairedDevice } from '../../boards/ethernet/impaired-device.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { CongestionName } from '../../firmware/net/tcp/options.js'
import type { Connection, ConnectionOptions } from '../../firmware/net/tcp/tcp.js'
import { Stack } from '../../firmware/stack.js'
import { CaptureDevice } from '../support/capture-device.js'
import { FrameLink } from '../support/frame-link.js'

const PORT = 9000

/** What one end does. */
export interface EndPlan {
  /** Octets of memory of its stack. */
  readonly memory: number
  readonly receiveBuffer: number
  readonly sendBuffer: number
  readonly congestion: CongestionName
  readonly sack: boolean
  readonly timestamps: boolean
  readonly windowScale: boolean
  readonly noDelay: boolean
  readonly maximumSegmentSize: number | undefined
  /** Octets that it sends. */
  readonly octets: number
  /** The most octets of one `write` and one `read`. */
  readonly writeSize: number
  readonly readSize: number
  /** Nanoseconds between reads; 0: it reads whenever there is something. */
  readonly readPause: number
  readonly writePause: number
}

export interface TransferPlan {
  readonly seed: number
  readonly loss: number
  readonly duplicate: number
  readonly reorder: number
  readonly corrupt: number
  readonly delay: number
  readonly jitter: number
  readonly rate: number | undefined
  /** One end sends no data before it has all of the other's. */
  readonly takesTurns: boolean
  readonly a: EndPlan
  readonly b: EndPlan
}

export interface TransferReport {
  /** Virtual nanoseconds from the first SYN until both ends were closed, TIME-WAIT not included. */
  readonly duration: number
  readonly frames: number
  readonly octets: number
  readonly retransmits: number
}

/** Sees each frame as an end's stack sends or receives it. */
export type FrameWitness = (end: 'a' | 'b', at: number, direction: 'inbound' | 'outbound', frame: Uint8Array) => void

export class TransferFailure extends Error {
  constructor(
    readonly plan: TransferPlan,
    what: string,
  ) {
    super(`transfer ${plan.seed}: ${what}\n${JSON.stringify(plan)}`)
  }
}

function planEnd(random: SeededRandom): EndPlan {
  const pick = <T>(...choices: T[]) => choices[random.below(choices.length)]
  const memory = pick(1536, 6144, 1 << 20, 1 << 20)
  const receiveBuffer = pick(100, 536, 1460, 4096, 16_384, 65_536, 262_144)
  const window = Math.min(receiveBuffer, memory)
  const readPause = pick(0, 0, 0, MILLISECOND, 40 * MILLISECOND)
  const writePause = pick(0, 0, 0, 0, 15 * MILLISECOND)
  // As much as a window can carry in some hundred round trips, and half of the time far less.
  const most = Math.min(200 * window, random.below(40) === 0 ? 1 << 20 : 150_000)
  const octets = random.below(20) === 0 ? 0 : Math.floor(most ** random.float())
  return {
    memory,
    receiveBuffer,
    sendBuffer: pick(200, 1460, 8192, 65_536),
    congestion: pick('cubic', 'newreno'),
    sack: random.below(4) > 0,
    timestamps: random.below(4) > 0,
    windowScale: random.below(4) > 0,
    noDelay: random.below(2) === 0,
    maximumSegmentSize: pick(undefined, undefined, undefined, 536, 100),
    octets: readPause > 0 || writePause > 0 ? Math.min(octets, 20_000) : octets,
    writeSize: pick(1, 100, 1000, 10_000, 100_000) + random.below(50),
    readSize: pick(10, 1000, 100_000) + random.below(50),
    readPause,
    writePause,
  }
}

/** What the transfer of this seed is. */
export function planOf(seed: number): TransferPlan {
  const random = new SeededRandom(seed).fork('plan')
  const share = (of: number, most: number) => (random.below(of) === 0 ? random.float() * most : 0)
  return {
    seed,
    loss: random.below(4) === 0 ? 0 : random.float() * 0.3,
    duplicate: share(2, 0.2),
    reorder: share(2, 0.3),
    corrupt: share(2, 0.1),
    delay: Math.floor([0, MILLISECOND, 20 * MILLISECOND, 200 * MILLISECOND][random.below(4)] * random.float()),
    jitter: Math.floor(share(3, 50 * MILLISECOND)),
    rate: [undefined, undefined, 10_000_000, 1_000_000][random.below(4)],
    takesTurns: random.below(4) === 0,
    a: planEnd(random.fork('a')),
    b: planEnd(random.fork('b')),
  }
}

/** The octet at a position of the stream that an end sends: no two places near each other are alike for long. */
function octetAt(seed: number, position: number): number {
  return Math.imul(position + seed, 0x9e3779b1) >>> 24
}

/** An application: writes its octets, reads and checks the other's, and closes. */
class Application {
  connection: Connection | undefined
  written = 0
  read = 0
  closed = false
  /** Everything is written and read, and the connection closed by `close`. */
  finished = false
  error: string | undefined
  fault: string | undefined
  retransmits = 0
  readonly #plan: EndPlan
  readonly #clock: Scheduler
  readonly #ownSeed: number
  readonly #otherSeed: number
  /** Octets that the other end sends. */
  readonly #expected: number
  readonly #waits: boolean
  readonly #out: Uint8Array
  readonly #in: Uint8Array
  #shut = false
  #readTimer = false
  #writeTimer = false

  /** @param waits sends nothing before it has all of the other's */
  constructor(clock: Scheduler, transfer: TransferPlan, end: 'a' | 'b', waits: boolean) {
    const plan = transfer[end]
    this.#clock = clock
    this.#plan = plan
    this.#ownSeed = transfer.seed + (end === 'a' ? 0 : 1)
    this.#otherSeed = transfer.seed + (end === 'a' ? 1 : 0)
    this.#expected = transfer[end === 'a' ? 'b' : 'a'].octets
    this.#waits = waits
    this.#out = new Uint8Array(plan.writeSize)
    this.#in = new Uint8Array(plan.readSize)
  }

  attach(connection: Connection): void {
    this.connection = connection
    connection.onReadable(() => this.#readSome())
    connection.onWritable(() => this.#writeSome())
    connection.onState((state) => {
      if (state === 'ESTABLISHED' || state === 'CLOSE-WAIT') this.#writeSome()
    })
    connection.onClosed((error) => {
      this.closed = true
      this.error = error
    })
    this.#writeSome()
    this.#readSome()
  }

  #writeSome(): void {
    const connection = this.connection!
    if (this.#shut || this.#writeTimer || this.closed) return
    if (this.#waits && this.read < this.#expected) return
    const { state } = connection
    if (state !== 'ESTABLISHED' && state !== 'CLOSE-WAIT') return
    while (this.written < this.#plan.octets) {
      const count = Math.min(this.#plan.writeSize, this.#plan.octets - this.written)
      for (let i = 0; i < count; i++) this.#out[i] = octetAt(this.#ownSeed, this.written + i)
      const taken = connection.write(this.#out, 0, count)
      this.written += taken
      if (taken < count) return
      if (this.#plan.writePause > 0) {
        this.#writeTimer = true
        this.#clock.after(this.#plan.writePause, () => {
          this.#writeTimer = false
          this.#writeSome()
        })
        return
      }
    }
    this.#shut = true
    connection.shutdownWrite()
    this.#closeIfDone()
  }

  #readSome(): void {
    const connection = this.connection!
    if (this.#readTimer) return
    for (;;) {
      const count = connection.read(this.#in)
      for (let i = 0; i < count; i++) {
        if (this.#in[i] !== octetAt(this.#otherSeed, this.read + i) && this.fault === undefined)
          this.fault = `octet ${this.read + i} of ${this.#expected} is wrong`
      }
      this.read += count
      if (count === 0) break
      if (this.#plan.readPause > 0) {
        this.#readTimer = true
        this.#clock.after(this.#plan.readPause, () => {
          this.#readTimer = false
          this.#readSome()
        })
        break
      }
    }
    if (this.#waits && this.read === this.#expected) this.#writeSome()
    this.#closeIfDone()
  }

  #closeIfDone(): void {
    const connection = this.connection!
    if (!this.#shut || !connection.ended || this.finished) return
    this.finished = true
    this.retransmits = connection.info().retransmits
    connection.close()
  }
}

function optionsOf(plan: EndPlan): Partial<ConnectionOptions> {
  const { receiveBuffer, sendBuffer, congestion, sack, timestamps, windowScale, noDelay, maximumSegmentSize } = plan
  // Where three frames of ten are lost each way, five minutes without an answer are no rarity among thousands.
  const userTimeout = Number.POSITIVE_INFINITY
  return {
    receiveBuffer,
    sendBuffer,
    congestion,
    sack,
    timestamps,
    windowScale,
    noDelay,
    maximumSegmentSize,
    userTimeout,
  }
}

/**
 * The most virtual time that a transfer may take: so much a segment, and where segment or acknowledgement are lost, which
 * has the chance p, the longest retransmission timeout as often as that happens in a row on the average: p / (1 - p).
 */
function timeLimit({ loss, corrupt, delay, jitter, reorder, a, b }: TransferPlan): number {
  const arrives = (1 - loss) * (1 - corrupt)
  const p = 1 - arrives * arrives
  const roundTrip = 2 * (delay + jitter) + (reorder > 0 ? 20 * MILLISECOND : 0)
  // The smallest of what bounds a segment: buffers, a share of the memory, half of a window (RFC 9293 3.8.6.2.1).
  const size = (from: EndPlan, to: EndPlan) => {
    const mss = Math.min(from.maximumSegmentSize ?? 1460, to.maximumSegmentSize ?? 1460)
    return Math.max(1, Math.min(mss, from.sendBuffer, from.memory / 4, to.receiveBuffer / 2, to.memory / 4))
  }
  const segments = a.octets / size(a, b) + b.octets / size(b, a)
  const pauses =
    (a.octets / b.readSize) * b.readPause +
    (b.octets / a.readSize) * a.readPause +
    (a.octets / a.writeSize) * a.writePause +
    (b.octets / b.writeSize) * b.writePause
  return 600 * SECOND + pauses + (segments + 10) * (roundTrip + SECOND + (60 * SECOND * p) / (1 - p))
}

/**
 * Runs a transfer to its end.
 * @throws TransferFailure when octets differ, an end does not close, time runs out, or something is left behind
 */
export function runTransfer(plan: TransferPlan, witness?: FrameWitness): TransferReport {
  const fail = (what: string): never => {
    throw new TransferFailure(plan, what)
  }
  const clock = new Scheduler()
  const random = new SeededRandom(plan.seed)
  const link = new FrameLink({ clock, ...(plan.rate === undefined ? {} : { rate: plan.rate }) })
  const { loss, duplicate, reorder, corrupt, delay, jitter } = plan
  const impairment = { clock, loss, duplicate, reorder, corrupt, delay, jitter }

  const stackOf = (name: 'a' | 'b', address: string) => {
    const own = random.fork(name)
    const impaired = new ImpairedDevice(link[name], { ...impairment, random: own.fork('network') })
    const device = new CaptureDevice(impaired)
    if (witness !== undefined) device.onTrace((direction, frame) => witness(name, clock.now, direction, frame))
    const stack = new Stack({ clock, random: own, name, memory: plan[name].memory })
    stack.addInterface({ name: 'eth0', device, address })
    return stack
  }
  const a = stackOf('a', '10.0.0.1/24')
  const b = stackOf('b', '10.0.0.2/24')
  const client = new Application(clock, plan, 'a', false)
  const server = new Application(clock, plan, 'b', plan.takesTurns)

  const listener = b.tcp.listen({ address: 0, port: PORT }, { connection: optionsOf(plan.b) })
  listener.onAcceptable(() => {
    const connection = listener.accept()
    if (connection !== undefined) server.attach(connection)
  })
  client.attach(a.tcp.connect({ address: ipv4('10.0.0.2'), port: PORT }, optionsOf(plan.a)))

  const limit = timeLimit(plan)
  const progress = () =>
    `a ${client.connection?.state} wrote ${client.written} of ${plan.a.octets} and read ${client.read} of ${plan.b.octets}; ` +
    `b ${server.connection?.state} wrote ${server.written} of ${plan.b.octets} and read ${server.read} of ${plan.a.octets}`
  const done = (end: Application) =>
    end.error !== undefined || (end.finished && (end.closed || end.connection?.state === 'TIME-WAIT'))
  clock.runWhile(() => !(done(client) && done(server)) && !client.fault && !server.fault, limit)
  const duration = clock.now
  if (client.fault) fail(`a read wrong octets: ${client.fault}`)
  if (server.fault) fail(`b read wrong octets: ${server.fault}`)
  if (!done(client) || !done(server)) {
    const when = clock.nextAt === undefined ? 'nothing is left to happen' : `not over after ${limit / SECOND} s`
    fail(`${when} at ${duration / SECOND} s: ${progress()}`)
  }
  if (client.error !== undefined || server.error !== undefined)
    fail(`closed with ${client.error} and ${server.error}: ${progress()}`)
  if (client.read !== plan.b.octets || server.read !== plan.a.octets) fail(`octets are missing: ${progress()}`)

  // TIME-WAIT lasts a minute from the last FIN; nothing takes longer.
  listener.close()
  clock.runFor(600 * SECOND)
  if (!client.closed || !server.closed) fail(`not closed ten minutes later: ${progress()}`)
  for (const stack of [a, b]) {
    if (stack.memory.used !== 0)
      fail(`${stack.name} holds memory: ${JSON.stringify(stack.memory.snapshot().byPurpose)}`)
    if ([...stack.tcp.connections].length > 0) fail(`${stack.name} has connections left`)
  }
  if (clock.nextAt !== undefined) fail(`a timer is pending at ${clock.nextAt / SECOND} s, ${clock.now / SECOND} s in`)
  return {
    duration,
    frames: link.a.carried + link.b.carried,
    octets: plan.a.octets + plan.b.octets,
    retransmits: client.retransmits + server.retransmits,
  }
}
