/** The handshake station as it runs: two stacks with a program each, and what is measured of what passes between them. */
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { MILLISECOND } from '../../../../firmware/hal/clock.js'
import { NetError } from '../../../../firmware/net/errors.js'
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import { ACK, SYN } from '../../../../firmware/net/wire/tcp.js'
import type { LadderMark } from '../../ladder.js'
import type { EndName, Flight } from '../../network/flights.js'
import { segmentText } from '../../network/frame-reading.js'
import type { SegmentDeed } from '../../network/segment-plan.js'
import { END_DEEDS, type EndDeed, StreamEnd } from '../../network/stream-end.js'
import { END_ADDRESSES, TwoComputers } from '../../network/two-computers.js'
import type { Lane } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import type { SettingValues, StepUnit } from '../../station-parts.js'
import { type Told, told } from '../../words/told.js'
import { tcpLane } from './lanes.js'
import { handshakeScene } from './picture.js'
import type { HandshakeScene } from './scene.js'
import { WholeConnections } from './whole-connections.js'

const HTTP_PORT = 80
const OTHER = { client: 'server', server: 'client' } as const
const MOST_MARKS = 60

/** Of the task, what was measured since it was taken up. */
interface Measured {
  synAcks: number
  synAckLost: boolean
  text: boolean
  timeWait: boolean
}

const NOTHING_MEASURED: Measured = { synAcks: 0, synAckLost: false, text: false, timeWait: false }

export class RunningHandshake implements RunningStation {
  readonly bitTime = BIT_TIME
  readonly #surroundings: StationSurroundings
  readonly #computers: TwoComputers
  #ends: Readonly<Record<EndName, StreamEnd>>
  #settings: SettingValues
  #fault: string
  #marks: LadderMark[] = []
  #generation = 0
  /** When the client's program began. */
  #startedAt = 0
  #lastDeedAt = 0
  /** Somebody wants to see how what is over by itself is over. */
  #waitsUntil = 0
  #measured = { ...NOTHING_MEASURED }
  readonly #whole = new WholeConnections()

  constructor(surroundings: StationSurroundings) {
    const { clock, random, settings, fault } = surroundings
    this.#surroundings = surroundings
    this.#settings = settings
    this.#fault = fault
    this.#computers = new TwoComputers({
      clock,
      random,
      watch: {
        link: (end, up) => this.#link(end, up),
        sent: (flight) => this.#sent(flight),
        arrived: ({ id }, at) => surroundings.trace(`${at} gets ${id}`),
        decided: (flight, deed) => this.#decided(flight, deed),
        refused: (flight) => this.#refused(flight),
        done: (end) => this.#ends[end].look(),
      },
    })
    this.#computers.wire(fault)
    this.#ends = this.#newEnds()
    this.#take(settings)
    this.#computers.waitForLinks()
    this.#connect()
  }

  /** A minute of TIME-WAIT is no time to watch: it passes when it is asked to. */
  get quietFrom(): number | undefined {
    const { client, server } = this.#ends
    const { quietFrom } = this.#computers
    if (client.isWaiting || server.isWaiting || quietFrom === undefined) return undefined
    return Math.max(quietFrom, this.#lastDeedAt, this.#waitsUntil)
  }

  count(unit: StepUnit): number {
    return unit === 'segment' ? this.#computers.ended : 0
  }

  act(action: string, argument: string): void {
    if (action === 'wait') {
      // And a little more, so that both are over where both are at one instant.
      this.#waitsUntil = Math.max(this.#ends.client.overAt, this.#ends.server.overAt) + MILLISECOND
      return
    }
    const [end, deed] = action.split('-') as [EndName, EndDeed]
    if (!(end in this.#ends) || !END_DEEDS.includes(deed))
      throw new RangeError(`the handshake station cannot ${action}`)
    this.#do(end, deed, argument === '' ? this.#settings.text : argument)
  }

  beginTask(): void {
    this.#measured = { ...NOTHING_MEASURED }
    // What has only just begun is begun.
    if (this.#surroundings.clock.now > this.#startedAt) this.#restart()
  }

  /** Connections that were opened, delivered the client's text and were closed. */
  get wholeInARow(): number {
    return this.#whole.inARow
  }

  solves(): boolean {
    const { synAcks, synAckLost, text, timeWait } = this.#measured
    return synAckLost && synAcks > 1 && text && timeWait
  }

  apply(settings: SettingValues, fault: string): void {
    const before = this.#settings
    this.#lastDeedAt = this.#surroundings.clock.now
    if (fault !== this.#fault) {
      this.#fault = fault
      this.#computers.wire(fault)
    }
    this.#take(settings)
    if (settings.draw !== before.draw) this.#restart()
  }

  scene(hidden: boolean): HandshakeScene {
    return handshakeScene({
      ends: this.#ends,
      computers: this.#computers,
      port: HTTP_PORT,
      marks: this.#marks,
      settings: this.#settings,
      fault: hidden ? '' : this.#fault,
      now: this.#surroundings.clock.now,
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    if (probe !== 'client' && probe !== 'server') return undefined
    const side = probe === 'client' ? 'left' : 'right'
    const states = this.#marks.filter(({ end }) => end === side)
    const { all } = this.#computers.flights
    const { now } = this.#surroundings.clock
    return tcpLane({ end: probe, flights: all, window, now }, this.#ends[probe].state, states)
  }

  #take(settings: SettingValues): void {
    this.#settings = settings
    this.#computers.delay = Number(settings.delay) * MILLISECOND
    this.#computers.plan = settings.plan
    this.#ends.server.listen(settings.port === 'open')
  }

  #connect(): void {
    this.#startedAt = this.#surroundings.clock.now
    this.#do('client', 'connect', '')
  }

  #do(end: EndName, deed: EndDeed, text: string): void {
    const { clock, log } = this.#surroundings
    this.#lastDeedAt = clock.now
    const values = { end: named(end), deed: told(`handshake.do.${deed}`) }
    try {
      if (this.#ends[end].do(deed, { text, server: END_ADDRESSES.server })) {
        if (deed === 'connect') this.#whole.opens()
        if (deed === 'send' && end === 'client') this.#whole.writes(text)
        if (deed === 'send') log(told('handshake.writes', { ...values, text }))
      } else log(told('handshake.cannot', { ...values, state: this.#ends[end].state }), true)
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      log(told('handshake.error', { end: values.end, code: error.code }), true)
    }
  }

  /** Both computers are switched off and on: what they knew is gone, and the ladder begins again. */
  #restart(): void {
    this.#computers.restart()
    this.#ends.client.abandon()
    this.#ends.server.abandon()
    this.#ends = this.#newEnds()
    this.#marks = []
    this.#take(this.#settings)
    this.#connect()
  }

  #newEnds(): Readonly<Record<EndName, StreamEnd>> {
    const { clock, random, log } = this.#surroundings
    const { cards } = this.#computers
    const chance = random.fork(`programs ${++this.#generation}, draw ${this.#settings.draw}`)
    const streamEnd = (end: EndName) =>
      new StreamEnd({
        end,
        clock,
        random: chance.fork(end),
        card: cards[end],
        address: `${END_ADDRESSES[end]}/24`,
        port: HTTP_PORT,
        watch: {
          state: (state, previous) => this.#state(end, state, previous),
          received: (text) => this.#received(end, text),
          ended: () => log(told('handshake.ended', { end: named(end) })),
          error: (code) => {
            this.#whole.fails()
            log(told('handshake.error', { end: named(end), code }), true)
          },
        },
      })
    return { client: streamEnd('client'), server: streamEnd('server') }
  }

  #link(end: EndName, up: boolean): void {
    const { log, trace } = this.#surroundings
    trace(`${end} link ${up}`)
    if (this.#startedAt > 0) log(told(up ? 'ladder.link.up' : 'ladder.link.down', { end: named(end) }), !up)
  }

  #sent({ from, reading, taken, again }: Flight): void {
    const { log, trace } = this.#surroundings
    trace(`${from} sends ${reading.kind}`)
    if (reading.kind !== 'tcp') return
    const [formula] = this.#computers.numbers.told(from, reading)
    const values = { end: named(from), flags: segmentText(reading), formula }
    log(told(again ? 'ladder.sends-again' : 'ladder.sends', values))
    if (!taken) log(told('ladder.no-link', { end: values.end }), true)
    if (isSynAck(from, reading)) this.#measured.synAcks++
  }

  #decided(flight: Flight, deed: SegmentDeed | undefined): void {
    const { log, trace } = this.#surroundings
    const number = flight.number ?? 0
    trace(`box ${number} ${deed?.kind ?? 'passes'}`)
    if (deed?.kind === 'drop') {
      log(told('handshake.box.drops', { number }), true)
      this.#noteLost(flight)
    } else if (deed?.kind === 'hold') log(told('handshake.box.holds', { number, milliseconds: deed.milliseconds }))
    else if (deed?.kind === 'twice') log(told('handshake.box.doubles', { number }))
  }

  #refused(flight: Flight): void {
    this.#surroundings.log(told('ladder.box.no-link', { end: named(OTHER[flight.from]) }), true)
    this.#noteLost(flight)
  }

  #noteLost({ from, reading }: Flight): void {
    if (isSynAck(from, reading)) this.#measured.synAckLost = true
  }

  #state(end: EndName, state: TcpState, previous: TcpState): void {
    const { clock, log } = this.#surroundings
    const side = end === 'client' ? 'left' : 'right'
    this.#marks = [...this.#marks.slice(-(MOST_MARKS - 1)), { end: side, at: clock.now, text: state }]
    log(told('ladder.state', { end: named(end), state, previous }))
    if (end === 'server' && state === 'TIME-WAIT') this.#measured.timeWait = true
    if (isOver(state) && isOver(this.#ends[OTHER[end]].state)) this.#whole.isOver()
  }

  #received(end: EndName, text: string): void {
    this.#surroundings.log(told('handshake.received', { end: named(end), text }))
    if (end === 'server') {
      this.#measured.text = true
      this.#whole.reads(text)
    }
  }
}

function named(end: EndName): Told {
  return told(`ladder.end.${end}`)
}

/** Nothing is sent any more, but an ACK for a FIN that comes again. */
function isOver(state: TcpState): boolean {
  return state === 'CLOSED' || state === 'LISTEN' || state === 'TIME-WAIT'
}

function isSynAck(from: EndName, reading: Flight['reading']): boolean {
  return from === 'server' && reading.kind === 'tcp' && (reading.flags & (SYN | ACK)) === (SYN | ACK)
}
