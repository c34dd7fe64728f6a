/**
 * `model:uno` and `avr:uno` side by side, mistreated in the same way at the same instants: what is seen of each from outside is
 * compared with what the data sheets say, and so with the other.
 */
import { readFileSync } from 'node:fs'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { parseImage } from '../../boards/avr/flash-image.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import type { ChipBoard } from '../../boards/chip-board.js'
import { createBareLab, type Lab } from '../../boards/lab.js'
import type { LabHost } from '../../boards/lab-host.js'
import type { SimulatedBoard } from '../../boards/model/board.js'
import { ChipAccess } from '../../firmware/enc28j60/access.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { HostLink, type Settle } from '../../firmware/serial-link/host-link.js'
import { bundledImage } from '../../host/node/flash/bundled.js'
import { readRegister } from '../support/read-register.js'
import { type Deed, describeSteps, type Step, sequence } from './deeds.js'
import { DEFAULT_RATE, ExpectedBoard } from './expected-board.js'

/** What a board that is alive answers within. */
const TIME_LIMIT = 400 * MILLISECOND
/** What was under way when a processor stopped: two octets in the UART, one on the SPI. */
const UNDER_WAY = 300 * MICROSECOND
/**
 * A board that starts in the middle of a host's cell takes the rest of it for raw serprog, which an announcement would spoil: it is silent
 * until the host says something, and that it does every two seconds (serial-link, Session).
 */
const HEARD_FROM = 2_500 * MILLISECOND
/** Another rate than the one that boards start with. */
const OTHER_RATE = 250_000
/** A controller tries a chip that did not answer again after 8 s at the latest; a link takes a second or two. */
const RECOVERY = 15 * SECOND
const PINGS = 15

/** Revision B7 (DS80349 table 1); a MISO that nobody drives reads FFh on these boards. */
const EREVID = 6
const FLOATING = 0xff

const definition = findBoard('uno')
const image = parseImage(new Uint8Array(readFileSync(bundledImage(definition))))

class Disagreement extends Error {}

/** One board with its partner on the network and its host on the serial line, and what they have seen of it. */
class Side {
  readonly board: ChipBoard
  readonly peer: LabHost
  readonly host: HostLink
  readonly name: 'model' | 'avr'
  sessions = 0
  /** When the last of them opened. */
  openedAt = Number.NEGATIVE_INFINITY
  chipResetHigh = true
  chipResetFalls = 0
  /** When an octet last began to leave its UART, and when its SPI last moved. */
  spokeAt = Number.NEGATIVE_INFINITY
  clockedAt = Number.NEGATIVE_INFINITY

  constructor(lab: Lab, name: 'model' | 'avr', board: ChipBoard) {
    this.name = name
    this.board = board
    this.peer = lab.addHost({ name: `${name}'s peer`, address: '192.168.7.1/24', duplex: 'half' })
    lab.connect(board.port, this.peer.port)
    this.host = new HostLink({
      clock: lab.clock,
      random: lab.random.fork(`${name}'s host`),
      line: board.serial,
      timeLimit: TIME_LIMIT,
    })
    this.host.onSession(() => {
      this.sessions++
      this.openedAt = lab.now
    })
    board.uart.observe('b-to-a', {
      sent: ({ from }) => {
        this.spokeAt = from
      },
    })
    const clocked = () => {
      this.clockedAt = lab.now
    }
    board.wires.observe({ transfer: clocked, select: () => {}, exchange: clocked, edge: () => {} })
    board.chip.observePins({
      reset: (high) => {
        this.chipResetHigh = high
        if (!high) this.chipResetFalls++
      },
    })
  }
}

type Answer<T> = T | 'no answer'

class Bench {
  readonly #lab: Lab
  readonly #model: SimulatedBoard
  readonly #sides: readonly Side[]
  readonly #expected = new ExpectedBoard()

  constructor(seed: number) {
    this.#lab = createBareLab({ seed })
    this.#model = this.#lab.addBoard(definition, { powered: false })
    const random = this.#lab.random.fork('avr')
    const avr = new AvrBoard({ clock: this.#lab.clock, random, definition, name: 'avr', image })
    this.#sides = [new Side(this.#lab, 'model', this.#model), new Side(this.#lab, 'avr', avr)]
  }

  /** @throws Disagreement at the first difference. */
  run(steps: readonly Step[]): void {
    for (const { deed, pause } of steps) {
      this.#untilClear()
      this.#do(deed)
      this.#compareNow(deed.what)
      this.#advance(this.#lab.now + pause)
    }
    this.#putRight()
  }

  #do(deed: Deed): void {
    const expected = this.#expected
    const each = (act: (board: ChipBoard) => void) => {
      for (const { board } of this.#sides) act(board)
    }
    switch (deed.what) {
      case 'power on':
      case 'power off': {
        const on = deed.what === 'power on'
        each((board) => (on ? board.powerOn() : board.powerOff()))
        expected.power(on)
        break
      }
      case 'RESET low':
      case 'RESET high': {
        const high = deed.what === 'RESET high'
        each((board) => board.setResetPin(high))
        expected.setPin(high)
        break
      }
      case 'press RESET':
        each((board) => board.restart())
        expected.setPin(false)
        expected.setPin(true)
        break
      case 'hang':
        each((board) => board.hang())
        expected.hang()
        break
      case 'board sags':
        each((board) => board.sagSupply(deed.volts, deed.duration))
        expected.sag('board', deed.volts, deed.duration)
        break
      case 'chip sags':
        each((board) => board.sagChipSupply(deed.duration, deed.volts))
        expected.sag('chip', deed.volts, deed.duration)
        break
      case 'look':
        this.#settle()
        this.#look()
        break
      default:
        // A change of rate that is tried again takes seconds.
        if (deed.what === 'change the rate') this.#untilNothingIsDue()
        this.#settle()
        if (expected.processor === 'running') this.#request(deed.what)
    }
    this.#followRate()
  }

  /** What a host asks for over the link. */
  #request(
    what: 'chip RESET low' | 'chip RESET high' | 'restart' | 'ask for the chip' | 'give it back' | 'change the rate',
  ) {
    const expected = this.#expected
    switch (what) {
      case 'chip RESET low':
      case 'chip RESET high': {
        const high = what === 'chip RESET high'
        this.#all(`RESET pin ${high}`, (side, settle) => side.host.setResetPin(high, settle), high)
        expected.drive(high)
        break
      }
      case 'restart':
        // The board waits for an acknowledgement at the rate in use, and then has another one.
        if (expected.rate !== DEFAULT_RATE) return
        this.#all('restart', (side, settle) => side.host.restart(settle), undefined)
        expected.jump()
        break
      case 'ask for the chip':
        this.#all('ask for the chip', (side, settle) => side.host.bridge(settle), undefined)
        expected.lent = true
        break
      case 'give it back':
        // A controller needs its chip, and a bridge does nothing of itself: a host releases RESET first.
        if (!expected.chipResetHigh) this.#request('chip RESET high')
        this.#all('give the chip back', (side, settle) => side.host.release(settle), undefined)
        expected.lent = false
        break
      case 'change the rate':
        this.#all('change the rate', ({ host }, settle) => changeRate(host, settle), undefined)
        expected.rate = OTHER_RATE
        break
    }
    this.#advance(this.#lab.now) // both have taken the time that the slower one took
  }

  /** Asks both and waits for both; each must answer `right`. */
  #all<T>(what: string, ask: (side: Side, settle: Settle<T>) => void, right: Answer<T>): void {
    const answers = this.#sides.map((side) => {
      const answer: { value?: Answer<T>; settled: boolean } = { settled: false }
      ask(side, (outcome) => {
        answer.settled = true
        answer.value = outcome.ok ? outcome.value : 'no answer'
      })
      return answer
    })
    this.#lab.runUntil(() => answers.every(({ settled }) => settled), 10 * SECOND)
    this.#expected.advance(this.#lab.now)
    this.#sides.forEach(({ name }, i) => {
      this.#same(`${name}: ${what}`, answers[i].value, right)
    })
  }

  /** What management says, and what comes of a ping. */
  #look(): void {
    const expected = this.#expected
    const alive = expected.processor === 'running'
    const probe = Uint8Array.of(1, 2, 3)
    let pinged = false
    // A ping may be answered only by firmware that runs, has its chip, and a chip that works.
    const silent = !alive || expected.lent || !expected.chipResetHigh || !expected.chipPowered
    this.#sides[0].peer.network.ping('192.168.7.2', { size: 56, sequence: 1 }, ({ ok }) => {
      pinged ||= ok
    })
    this.#all(
      'echo',
      (side, settle: Settle<string>) => side.host.echo(probe, text(settle, String)),
      alive ? '1,2,3' : 'no answer',
    )
    if (!alive) for (const { host } of this.#sides) host.close() // it would go on asking, and be half heard by a board that starts
    if (alive) {
      this.#all(
        'cause of its start',
        (side, settle: Settle<string>) => side.host.readState(text(settle, resetOf)),
        expected.cause,
      )
      this.#all('level of RESET', (side, settle) => side.host.readResetPin(settle), expected.chipResetHigh)
      for (const { name, host, sessions } of this.#sides) {
        this.#same(`${name}: session`, host.endpoint.state, 'open')
        this.#same(`${name}: sessions`, sessions, expected.starts)
      }
      if (expected.lent) {
        const works = expected.chipResetHigh && expected.chipPowered
        this.#all(
          'EREVID',
          (side, settle: Settle<number>) => side.host.spi.run(readRegister(new ChipAccess(), 'EREVID'), settle),
          works ? EREVID : FLOATING,
        )
      }
    }
    if (silent) this.#same('model: ping answered', pinged, false)
  }

  /** What is so at every instant that is clear. */
  #compareNow(after: string): void {
    const expected = this.#expected
    if (expected.clear > this.#lab.now) return
    for (const { name, board, chipResetHigh, chipResetFalls, spokeAt, clockedAt } of this.#sides) {
      const is = (what: string, found: unknown, right: unknown) =>
        this.#same(`${name}, after ${after}: ${what}`, found, right)
      is('supply', JSON.stringify(board.supply), JSON.stringify(expected.volts))
      is('chip has power', board.chip.powered, expected.chipPowered)
      is('RESET of the chip', chipResetHigh, expected.chipResetHigh)
      is('falls of RESET', chipResetFalls, expected.chipResetFalls)
      if (!expected.chipPowered || !expected.chipResetHigh) is('link', board.chip.linkUp, false)
      if (expected.processor === 'running') continue
      is('says nothing', spokeAt <= expected.deadSince + UNDER_WAY, true)
      is('leaves the chip alone', clockedAt <= expected.deadSince + UNDER_WAY, true)
    }
  }

  /** Everything as it should be: then both work. */
  #putRight(): void {
    for (const what of ['power on', 'RESET high'] as const) {
      this.#untilClear()
      this.#do({ what })
    }
    this.#untilNothingIsDue()
    this.#do({ what: 'give it back' })
    const up = () =>
      this.#model.state.matches({ on: { link: 'up' } }) && this.#sides.every(({ board }) => board.chip.linkUp)
    this.#same('at last: links are up', this.#lab.runUntil(up, RECOVERY), true)
    this.#expected.advance(this.#lab.now)
    // A chip that lost its registers looks sound until the controller looks: it may take more than one.
    let answered = false
    for (let sequence = 1; sequence <= PINGS && !answered; sequence++) {
      this.#sides[0].peer.network.ping('192.168.7.2', { size: 56, sequence }, ({ ok }) => {
        answered ||= ok
      })
      this.#lab.runUntil(() => answered, SECOND)
    }
    this.#same('at last: the model answers a ping', answered, true)
    this.#expected.advance(this.#lab.now)
    this.#do({ what: 'ask for the chip' })
    this.#look()
    this.#compareNow('everything')
  }

  #untilClear(): void {
    for (let clear = this.#expected.clear; clear > this.#lab.now; clear = this.#expected.clear) this.#advance(clear)
  }

  #untilNothingIsDue(): void {
    while (Number.isFinite(this.#expected.next)) this.#advance(this.#expected.next)
  }

  /** Waits until nothing will happen by itself while a request is under way. */
  #settle(): void {
    const expected = this.#expected
    while (!expected.settled(3 * TIME_LIMIT)) {
      this.#advance(Number.isFinite(expected.next) ? expected.next : this.#lab.now + 10 * MILLISECOND)
    }
    const open = () => this.#sides.every(({ openedAt }) => openedAt >= expected.sessionSince)
    for (const end = this.#lab.now + HEARD_FROM; expected.processor === 'running' && !open() && this.#lab.now < end; ) {
      this.#advance(this.#lab.now + 10 * MILLISECOND)
    }
  }

  #advance(to: number): void {
    for (;;) {
      const at = Math.max(this.#lab.now, Math.min(to, this.#expected.next))
      this.#lab.clock.runUntil(at)
      this.#expected.advance(at)
      this.#followRate()
      this.#compareNow('a while')
      if (at >= to) return
    }
  }

  /** A host that knows when its board restarts listens at the rate that boards start with. */
  #followRate(): void {
    for (const { board, host } of this.#sides) {
      if (board.serial.baud === this.#expected.rate) continue
      board.serial.setBaud(this.#expected.rate)
      host.endpoint.rateChanged()
    }
  }

  #same(what: string, found: unknown, right: unknown): void {
    if (found !== right) {
      const seconds = (this.#lab.now / SECOND).toFixed(3)
      throw new Disagreement(`at ${seconds} s, ${what}: ${String(found)}, and must be ${String(right)}`)
    }
  }
}

/** An event that the board sends in the moment of the change may spoil it: then the rate stays, and it is asked again. */
function changeRate(host: HostLink, settle: Settle<undefined>, attempts = 3): void {
  host.changeBaud(OTHER_RATE, (outcome) => {
    if (outcome.ok || attempts === 1) settle(outcome)
    else changeRate(host, settle, attempts - 1)
  })
}

/** What `settle` would be given, as something to compare. */
function text<T>(settle: Settle<string>, say: (value: T) => string): Settle<T> {
  return (outcome) => settle(outcome.ok ? { ok: true, value: say(outcome.value) } : outcome)
}

/** A bridge leaves out what it does not know. */
function resetOf(json: string): string {
  const { states } = JSON.parse(json) as { readonly states?: { readonly reset?: string } }
  return states?.reset ?? 'none'
}

/** What differs in the run of these steps, in words; undefined when nothing does. */
export function disagreement(seed: number, steps: readonly Step[]): string | undefined {
  try {
    new Bench(seed).run(steps)
    return undefined
  } catch (error) {
    if (error instanceof Disagreement) return error.message
    throw error
  }
}

/** Leaves out what the disagreement does not need. */
function shrink(seed: number, steps: readonly Step[]): readonly Step[] {
  let kept = steps
  for (let i = kept.length - 1; i >= 0; i--) {
    const fewer = kept.filter((_, at) => at !== i)
    if (disagreement(seed, fewer) !== undefined) kept = fewer
  }
  return kept
}

/**
 * Runs the sequences of seeds `first` up to but not including `end`.
 * @returns a line for each on which a board does other than it must: the seed, the fewest deeds that show it, and what differs.
 */
export function disagreements(first: number, end: number): string[] {
  const lines: string[] = []
  for (let seed = first; seed < end; seed++) {
    const steps = sequence(seed)
    if (disagreement(seed, steps) === undefined) continue
    const fewest = shrink(seed, steps)
    lines.push(`seed ${seed}: ${disagreement(seed, fewest)}. Deeds: ${describeSteps(fewest)}`)
  }
  return lines
}
