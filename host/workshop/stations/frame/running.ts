/** The frame station as it runs: a network that is plugged together anew when the box or a fault changes, and what crossed it. */
import type { CableFrame, Direction } from '../../../../boards/ethernet/cable.js'
import { fcsGood } from '../../../../boards/ethernet/fcs.js'
import { BIT_TIME, type FrameSignal } from '../../../../boards/ethernet/port.js'
import { MINIMUM_FRAME_OCTETS } from '../../../../boards/ethernet/transmitter.js'
import { MICROSECOND, MILLISECOND } from '../../../../firmware/hal/clock.js'
import { ETHERNET_HEADER_OCTETS } from '../../../../firmware/net/wire/ethernet.js'
import { printFrame } from '../../../../firmware/net/wire/print.js'
import { printable } from '../../../../firmware/text/printable.js'
import { decodeText } from '../../../../firmware/text/utf8.js'
import { PairProbe } from '../../../scope/pair-probe.js'
import { isUsual, reasonTold } from '../../drop-reason.js'
import { pairLane } from '../../pair-lane.js'
import type { Lane, LaneColour, LaneMark } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import { isAsked, type SettingValues, type StepUnit } from '../../station-parts.js'
import { WholeFrames } from '../../whole-frames.js'
import { type PlainKey, told } from '../../words/told.js'
import { breakageOf } from '../../workshop-fault.js'
import { type ComposedFrame, composeFrame, turnedBits } from './compose.js'
import { filtersNamed } from './filters.js'
import { END_IDS, type EndId, FRAME_ADDRESSES, FrameNetwork } from './network.js'
import { addressTold, frameScene, type TakenFrames } from './picture.js'
import type { FrameScene, SceneAttempt } from './scene.js'

/** Links come up within this time, or not at all: three link test pulses 16 ms apart, and the chips' own start. */
const LINKS_WITHIN = 300 * MILLISECOND
/** Behind the last bit, before time may stand: what was sent is then near the right edge of the lanes. */
const REST = 10 * MICROSECOND
const MOST_ATTEMPTS = 40
const MOST_PACKETS = 60

/** Each lane: whose cable, which way over it, and how it is drawn. */
interface Watched {
  readonly cable: EndId
  readonly direction: Direction
  readonly title: PlainKey
  readonly colour: LaneColour
}

export const WATCHED: Readonly<Record<string, Watched>> = {
  a: { cable: 'a', direction: 'b-to-a', title: 'frame.probe.a', colour: 'pin' },
  b: { cable: 'b', direction: 'b-to-a', title: 'frame.probe.b', colour: 'connector' },
  c: { cable: 'c', direction: 'b-to-a', title: 'frame.probe.c', colour: 'far' },
  d: { cable: 'd', direction: 'b-to-a', title: 'frame.probe.d', colour: 'connector' },
  'd-out': { cable: 'd', direction: 'a-to-b', title: 'frame.probe.d-out', colour: 'other' },
}

interface Watch {
  readonly probe: PairProbe
  packets: readonly LaneMark[]
}

/** The frame that A was asked to send last. */
interface Sending {
  readonly composed: ComposedFrame
  readonly turned: readonly number[]
  readonly takenBy: Set<EndId>
  whole: boolean
}

const NONE: TakenFrames = { count: 0, last: undefined }
const NOBODY: Readonly<Record<EndId, TakenFrames>> = { a: NONE, b: NONE, c: NONE, d: NONE }

export class RunningFrame implements RunningStation {
  readonly bitTime = BIT_TIME
  readonly #surroundings: StationSurroundings
  #settings: SettingValues
  #fault = ''
  /** Box and fault, as one text: another one is another network. */
  #wired = ''
  #networks = 0
  #network!: FrameNetwork
  #watches!: Readonly<Record<string, Watch>>
  #taken = NOBODY
  #seen: Record<string, number> = {}
  readonly #underway = new Set<string>()
  #restFrom = 0
  #frames = 0
  #attempts: readonly SceneAttempt[] = []
  #sending: Sending | undefined
  readonly #whole = new WholeFrames()

  constructor(surroundings: StationSurroundings) {
    this.#surroundings = surroundings
    this.#settings = surroundings.settings
    this.apply(surroundings.settings, surroundings.fault)
  }

  get quietFrom(): number | undefined {
    return this.#underway.size > 0 || this.#network.pending > 0 ? undefined : this.#restFrom + REST
  }

  count(unit: StepUnit): number {
    return unit === 'frame' ? this.#frames : 0
  }

  apply(settings: SettingValues, fault: string): void {
    const before = this.#settings
    this.#settings = settings
    const wired = JSON.stringify([settings.box, fault])
    if (wired !== this.#wired) {
      this.#wired = wired
      this.#fault = fault
      this.#plugTogether()
      return
    }
    for (const id of ['b', 'c'] as const)
      if (settings[id] !== before[id]) this.#network.setFilters(id, filtersNamed(settings[id]))
  }

  act(action: string, argument: string): void {
    if (action === 'send') this.#sendFromA(argument)
    else if (action === 'both') this.#sendBoth()
    else if (action === 'hello') this.#sayHello(argument)
    else throw new RangeError(`the frame station cannot ${action}`)
  }

  beginTask(): void {
    this.#sending = undefined
  }

  /** Frames of A that the station took whom they were for. */
  get wholeInARow(): number {
    return this.#whole.inARow
  }

  solves(): boolean {
    const { quietFrom } = this
    const sending = this.#sending
    if (sending === undefined || quietFrom === undefined || this.#surroundings.clock.now < quietFrom) return false
    return sending.whole && sending.takenBy.size === 1 && sending.takenBy.has('b')
  }

  scene(hidden: boolean): FrameScene {
    return frameScene({
      network: this.#network,
      settings: this.#settings,
      fault: hidden ? '' : this.#fault,
      composed: composeFrame(this.#settings),
      taken: this.#taken,
      signals: this.#underway,
      attempts: this.#attempts.some(({ collided }) => collided) ? this.#attempts : [],
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    const watch = this.#watches[probe]
    if (watch === undefined) return undefined
    const { title, colour } = WATCHED[probe]
    const packets = { name: told('frame.row.packet'), marks: watch.packets }
    return pairLane(watch.probe, window, { id: probe, title: told(title), colour, beneath: [packets] })
  }

  /** Everything anew: stations, box, cables; and time passes until the links are up. */
  #plugTogether(): void {
    const { clock, random } = this.#surroundings
    const settings = this.#settings
    const fault = this.#fault
    const breakage = breakageOf(fault)
    this.#network?.takeApart()
    this.#taken = NOBODY
    this.#underway.clear()
    this.#attempts = []
    this.#sending = undefined
    const network = new FrameNetwork({
      clock,
      random: random.fork(`network ${++this.#networks}`),
      box: settings.box as 'hub' | 'switch',
      filters: { b: filtersNamed(settings.b), c: filtersNamed(settings.c) },
      breakage,
      onTaken: (end, frame) => this.#take(end, frame),
    })
    this.#network = network
    const up = () => END_IDS.every((id) => network.ends[id].linkUp && network.boxLink(id))
    clock.runWhile(() => !up(), clock.now + LINKS_WITHIN)
    this.#watches = Object.fromEntries(
      Object.entries(WATCHED).map(([name, { cable, direction }]) => {
        const chance = random.fork(`probe ${this.#networks} ${name}`)
        const probe = new PairProbe(name, network.cables[cable], direction, clock, chance, () => 'waiting')
        probe.showUnderway()
        return [name, { probe, packets: [] }]
      }),
    )
    for (const id of END_IDS) this.#watchCable(id)
    for (const id of ['a', 'd'] as const)
      network.cards[id].onBackOff(({ attempt, slots, of, from, to }) => {
        this.#surroundings.trace(`back-off ${id} ${attempt} ${slots}`)
        this.#attempt({ end: id, from, to, collided: true, drawn: { attempt, slots, of } })
        const values = { end: told(`frame.end.${id}`), attempt, slots, of, highest: of - 1 }
        this.#surroundings.log(told('frame.backoff', values), true)
      })
    for (const id of ['a', 'b'] as const)
      network.cables[id].pair('b-to-a').handleSignal = (signal) =>
        this.#settings.where === id ? this.#turned(signal) : []
    this.#seen = this.#counts()
    // Nothing is under way: time that was let pass for the links is nobody's to wait for.
    this.#restFrom = clock.now - REST
  }

  /** Only bits of the frame that A was asked to send, and that is whole. */
  #turned({ octets }: FrameSignal): readonly number[] {
    const sending = this.#sending
    if (sending === undefined || sending.turned.length === 0) return []
    const { frame } = sending.composed
    return octets.length > frame.length && frame.every((octet, i) => octets[i] === octet) ? sending.turned : []
  }

  #watchCable(id: EndId): void {
    const network = this.#network
    const cable = network.cables[id]
    // A is at end b of its cable, the others at end a of theirs.
    const way = (direction: Direction) => ((direction === 'a-to-b') === (id === 'a') ? 'in' : 'out')
    cable.onFrameStart((direction) => {
      if (network === this.#network) this.#underway.add(`${id} ${way(direction)}`)
    })
    cable.onFrame((frame) => {
      if (network !== this.#network) return
      const into = way(frame.direction)
      this.#crossed(id, into, frame)
      this.#underway.add(`${id} ${into}`)
      // Behind the last bit, and what the receiver makes of it, at the same instant.
      this.#surroundings.clock.after(cable.delay + 1, () => {
        if (network === this.#network) this.#arrived(`${id} ${into}`)
      })
    })
  }

  #crossed(id: EndId, way: 'in' | 'out', frame: CableFrame): void {
    const { at, bits, sent, octets, direction, loss } = frame
    const { trace } = this.#surroundings
    trace(`frame ${id} ${way} ${bits} ${loss ?? ''}`)
    for (const [name, watched] of Object.entries(WATCHED)) {
      if (watched.cable !== id || watched.direction !== direction) continue
      const received = direction === 'b-to-a'
      const from = at + (received ? this.#network.cables[id].delay : 0)
      const mark = { from, to: from + bits * BIT_TIME, ...packetText(received ? octets : sent) }
      const watch = this.#watches[name]
      watch.packets = [...watch.packets.slice(-(MOST_PACKETS - 1)), mark]
    }
    if (way === 'out') this.#attempt({ end: id, from: at, to: at + bits * BIT_TIME, collided: !fcsGood(sent) })
  }

  /** What is known of it only when its sender has drawn takes the place of what was seen on the cable. */
  #attempt(attempt: SceneAttempt): void {
    const others = this.#attempts.filter(({ end, from }) => end !== attempt.end || from !== attempt.from)
    this.#attempts = [...others.slice(-(MOST_ATTEMPTS - 1)), attempt]
  }

  #arrived(signal: string): void {
    this.#underway.delete(signal)
    this.#restFrom = this.#surroundings.clock.now
    this.#frames++
    this.#tellDrops()
  }

  #counts(): Record<string, number> {
    const { ends, hub } = this.#network
    const counts: Record<string, number> = {}
    for (const id of END_IDS)
      for (const [reason, count] of Object.entries(ends[id].dropped)) counts[`${id} ${reason}`] = count
    const box = hub?.counters.dropped ?? this.#switchDrops()
    for (const [reason, count] of Object.entries(box)) counts[`box ${reason}`] = count as number
    return counts
  }

  #switchDrops(): Record<string, number> {
    const { dropped, ports } = this.#network.switch!.counters
    const all: Record<string, number> = { ...(dropped as Record<string, number>) }
    for (const port of ports)
      for (const [reason, count] of Object.entries(port.dropped)) all[reason] = (all[reason] ?? 0) + count
    return all
  }

  #tellDrops(): void {
    const { log } = this.#surroundings
    const counts = this.#counts()
    for (const [what, count] of Object.entries(counts)) {
      if (count <= (this.#seen[what] ?? 0)) continue
      const space = what.indexOf(' ')
      const who = what.slice(0, space)
      const reason = what.slice(space + 1)
      const box = this.#network.hub === undefined ? 'frame.box.is-switch' : 'frame.box.is-hub'
      const end = told(who === 'box' ? box : `frame.end.${who as EndId}`)
      log(told('frame.dropped', { end, reason: reasonTold(reason) }), !isUsual(reason))
    }
    this.#seen = counts
  }

  #take(end: EndId, frame: Uint8Array): void {
    const text = payloadText(frame)
    this.#taken = { ...this.#taken, [end]: { count: this.#taken[end].count + 1, last: text } }
    this.#surroundings.log(told('frame.taken', { end: told(`frame.end.${end}`), text }))
    if (isFor(end, frame)) this.#whole.take(frame)
    const sending = this.#sending
    if (sending === undefined) return
    // Only A's own frames begin as that one does; one that reaches somebody spoilt has reached him all the same.
    const { composed } = sending
    if (frame.length !== composed.frame.length) return
    sending.takenBy.add(end)
    if (!frame.every((octet, i) => octet === composed.frame[i])) sending.whole = false
  }

  #sendFromA(text: string): void {
    if (this.quietFrom !== undefined) this.#attempts = []
    const settings = text === '' ? this.#settings : { ...this.#settings, text }
    const composed = composeFrame(settings)
    this.#sending = { composed, turned: turnedBits(settings, composed), takenBy: new Set(), whole: true }
    if (isAsked(settings, this.#surroundings.asked)) this.#whole.send(composed.frame)
    const sent = this.#network.ends.a.send(composed.frame)
    const { log } = this.#surroundings
    if (sent) log(told('frame.sends', { end: told('frame.end.a'), to: addressTold(settings.to), text: composed.text }))
    else log(told('frame.no-link', { end: told('frame.end.a') }), true)
    this.#seen = this.#counts()
  }

  #sendBoth(): void {
    this.#sendFromA('')
    const { clock } = this.#surroundings
    const network = this.#network
    const { frame } = composeFrame({ to: '02:00:00:00:00:0c', from: '02:00:00:00:00:0d', type: '88b5', text: 'D' })
    const later = Math.round(Number(this.#settings.offset) * MICROSECOND)
    const send = () => {
      if (network === this.#network) this.#sendFrom('d', frame, 'frame.end.c', 'D')
    }
    this.#underway.add('d waits')
    clock.after(later, () => {
      this.#underway.delete('d waits')
      send()
    })
  }

  #sayHello(who: string): void {
    const id = END_IDS.find((each) => each === who)
    if (id === undefined) throw new RangeError(`there is no station ${who}`)
    if (this.quietFrom !== undefined) this.#attempts = []
    const text = id.toUpperCase()
    const from = `02:00:00:00:00:0${id}`
    const { frame } = composeFrame({ to: 'ff:ff:ff:ff:ff:ff', from, type: '88b5', text })
    this.#sendFrom(id, frame, 'frame.address.broadcast', text)
  }

  #sendFrom(id: EndId, frame: Uint8Array, to: PlainKey, text: string): void {
    const end = told(`frame.end.${id}`)
    const { log } = this.#surroundings
    if (this.#network.ends[id].send(frame)) log(told('frame.sends', { end, to: told(to), text }))
    else log(told('frame.no-link', { end }), true)
    this.#seen = this.#counts()
  }
}

/** Not: everybody, or a group. */
function isFor(end: EndId, frame: Uint8Array): boolean {
  return FRAME_ADDRESSES[end].every((octet, i) => octet === frame[i])
}

/** What a frame carries, without the zeros behind it. */
function payloadText(frame: Uint8Array): string {
  let end = frame.length
  while (end > ETHERNET_HEADER_OCTETS && frame[end - 1] === 0) end--
  return printable(decodeText(frame.subarray(ETHERNET_HEADER_OCTETS, end)))
}

function packetText(octets: Uint8Array): Pick<LaneMark, 'text' | 'wrong'> {
  if (octets.length < MINIMUM_FRAME_OCTETS) return { text: told('frame.packet.fragment'), wrong: true }
  if (!fcsGood(octets)) return { text: told('frame.packet.bad-fcs'), wrong: true }
  return { text: printFrame(octets.subarray(0, octets.length - 4)) }
}
