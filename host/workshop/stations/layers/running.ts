/** The layers station as it runs: two stacks, a message on its way down one and up the other, and what each layer did with it. */
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import { encodeText } from '../../../../firmware/text/utf8.js'
import { PairProbe } from '../../../scope/pair-probe.js'
import { pairLane } from '../../pair-lane.js'
import type { Lane, LaneMark } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import type { SettingValues, StepUnit } from '../../station-parts.js'
import { told } from '../../words/told.js'
import { breakageOf } from '../../workshop-fault.js'
import { carriedIn, partsOf } from './encapsulation.js'
import { BOARD_ADDRESS, LayersLink } from './link.js'
import { lossTold } from './losses.js'
import { Message, type SentCopy } from './message.js'
import { Teller } from './notice-board.js'
import { layersScene } from './picture.js'
import type { LayersScene, SceneLine } from './scene.js'
import { type Spoil, spoilFrame } from './spoil.js'

/** Links come up within this time, or not at all. */
const LINK_WITHIN = 300 * MILLISECOND
/** For the connection and the greeting: what TCP needs to send a lost SYN again, twice. */
const GREETING_WITHIN = 4 * SECOND
const REST = 10 * MICROSECOND
const MOST_LINES = 12
const MOST_COPIES = 8
const MOST_MARKS = 200
/** In the middle of the source address: the FCS finds it wherever it is. */
const FCS_BIT = 22 * 8 + 3

export class RunningLayers implements RunningStation {
  readonly bitTime = BIT_TIME
  readonly #surroundings: StationSurroundings
  #settings: SettingValues
  #fault = ''
  #links = 0
  #link!: LayersLink
  #probes!: Readonly<Record<'wire' | 'back', PairProbe>>
  #teller: Teller | undefined
  #greeted = false
  #message: Message | undefined
  #marks: readonly LaneMark[] = []
  #copy = 0
  #dialogue: readonly SceneLine[] = []
  #shown: readonly string[] = []
  readonly #underway = new Set<'to-board' | 'to-teller'>()
  #restFrom = 0
  #frames = 0
  /** The pair to the board was open before the message was spoilt. */
  #openBefore = false
  /** Since the task was taken up: frames by whose length it is solved. */
  #measured: number | undefined

  constructor(surroundings: StationSurroundings) {
    this.#surroundings = surroundings
    this.#settings = surroundings.settings
    this.#fault = surroundings.fault
    this.#plugTogether()
  }

  get quietFrom(): number | undefined {
    const message = this.#message
    const awaited = message !== undefined && !message.done && message.transport === 'tcp' && this.#teller?.open === true
    return this.#underway.size > 0 || this.#link.pending > 0 || awaited ? undefined : this.#restFrom + REST
  }

  count(unit: StepUnit): number {
    return unit === 'frame' ? this.#frames : 0
  }

  apply(settings: SettingValues, fault: string): void {
    const before = this.#settings
    this.#settings = settings
    if (fault !== this.#fault) {
      this.#fault = fault
      this.#plugTogether()
    } else if (settings.transport !== before.transport) this.#hangUp()
  }

  act(action: string, argument: string): void {
    if (action === 'send') this.#send(argument)
    else if (action === 'copy') this.#copy = Math.max(0, Math.floor(Number(argument)) || 0)
    else throw new RangeError(`the layers station cannot ${action}`)
  }

  beginTask(): void {
    this.#measured = undefined
  }

  solves(): boolean {
    return this.#measured === TASK_OCTETS
  }

  scene(): LayersScene {
    return layersScene({
      settings: this.#settings,
      fault: this.#fault,
      message: this.#message,
      copy: this.#copy,
      dialogue: this.#dialogue,
      shown: this.#shown,
      underway: this.#underway,
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    if (probe !== 'wire' && probe !== 'back') return undefined
    const wire = probe === 'wire'
    const beneath = wire ? [{ name: told('layers.row.layers'), marks: this.#marks }] : []
    return pairLane(this.#probes[probe], window, {
      id: probe,
      title: told(wire ? 'layers.probe.wire' : 'layers.probe.back'),
      colour: wire ? 'connector' : 'far',
      beneath,
    })
  }

  #plugTogether(): void {
    const { clock, random } = this.#surroundings
    const fault = this.#fault
    const breakage = breakageOf(fault)
    this.#hangUp()
    this.#link?.takeApart()
    this.#underway.clear()
    this.#message = undefined
    const link = new LayersLink({
      clock,
      random: random.fork(`link ${++this.#links}`),
      breakage,
      change: (frame) => this.#handDown(frame),
      onShown: (text) => this.#show(text),
    })
    this.#link = link
    clock.runWhile(() => !link.up, clock.now + LINK_WITHIN)
    const probe = (name: string, direction: 'a-to-b' | 'b-to-a') => {
      const made = new PairProbe(
        name,
        link.cable,
        direction,
        clock,
        random.fork(`${name} ${this.#links}`),
        () => 'waiting',
      )
      made.showUnderway()
      return made
    }
    this.#probes = { wire: probe('wire', 'b-to-a'), back: probe('back', 'a-to-b') }
    link.cable.onFrameStart((direction) => {
      if (link === this.#link) this.#underway.add(direction === 'b-to-a' ? 'to-board' : 'to-teller')
    })
    link.cable.onFrame((frame) => {
      if (link === this.#link) this.#crossed(frame)
    })
    // Nothing is under way: time that was let pass for the link is nobody's to wait for.
    this.#restFrom = clock.now - REST
  }

  /** The conversation is over; the next message begins another. */
  #hangUp(): void {
    this.#teller?.close()
    this.#teller = undefined
    this.#greeted = false
    if (this.#message !== undefined) this.#message.done = true
  }

  /** Connects and greets, and time passes until that is done: another station shows it. */
  #meet(transport: 'tcp' | 'udp', greets: boolean): boolean {
    const { clock } = this.#surroundings
    this.#hangUp()
    this.#dialogue = []
    const teller = new Teller(this.#link.teller.stack, transport, BOARD_ADDRESS, {
      onOpen: () => this.#surroundings.trace('open'),
      onAnswer: (line) => {
        if (teller === this.#teller) this.#answered(line)
      },
      onEnd: () => {
        if (teller !== this.#teller) return
        this.#surroundings.trace('end')
        if (this.#message !== undefined) this.#message.done = true
      },
    })
    this.#teller = teller
    const limit = clock.now + GREETING_WITHIN
    clock.runWhile(() => !teller.open, limit)
    if (!teller.open) return false
    if (!greets) return true
    this.#say('HELLO teller')
    teller.write(encodeText('HELLO teller\r\n'))
    clock.runWhile(() => !this.#greeted, limit)
    // And the acknowledgement of the answer is through.
    clock.runWhile(() => this.#link.pending > 0 || this.#underway.size > 0, limit)
    return this.#greeted
  }

  #say(text: string): void {
    this.#dialogue = [...this.#dialogue.slice(-(MOST_LINES - 1)), { from: 'teller', text }]
  }

  #answered(text: string): void {
    const { log } = this.#surroundings
    this.#dialogue = [...this.#dialogue.slice(-(MOST_LINES - 1)), { from: 'board', text }]
    if (text.startsWith('250 hello')) {
      this.#greeted = true
      return
    }
    if (this.#message !== undefined) this.#message.done = true
    log(told('layers.answered', { text }), !text.startsWith('250'))
  }

  #send(argument: string): void {
    const { log } = this.#surroundings
    const text = argument === '' ? this.#settings.text : argument
    const transport = this.#settings.transport as 'tcp' | 'udp'
    const spoil = this.#settings.spoil as Spoil
    const greets = spoil !== 'session'
    this.#message = undefined
    this.#marks = []
    this.#copy = 0
    if ((!greets || !this.#greeted || this.#teller?.open !== true) && !this.#meet(transport, greets)) {
      this.#hangUp()
      this.#restFrom = this.#surroundings.clock.now - REST
      log(told('layers.no-way'), true)
      return
    }
    const message = new Message(text, transport, spoil)
    this.#message = message
    log(told('layers.sends', { text, transport: transport.toUpperCase() }))
    this.#say(`${message.command}${text}`)
    if (!this.#teller!.write(message.line)) {
      message.done = true
      log(told('layers.no-way'), true)
    }
  }

  /** What the teller's stack hands to its card: a copy of the message is spoilt here, where its time has come. */
  #handDown(frame: Uint8Array): Uint8Array {
    const message = this.#message
    const carried = carriedIn(frame)
    if (message === undefined || carried === undefined || !message.isCarried(frame, carried.from, carried.to))
      return frame
    const spoil = message.takeSpoil()
    const pair = this.#link.cable.pair('b-to-a')
    if (spoil === 'fcs') pair.handleSignal = ({ octets }) => (octets.length >= frame.length ? [FCS_BIT] : [])
    this.#openBefore = pair.open
    if (spoil === 'silence') pair.open = true
    return spoilFrame(spoil, frame, carried)
  }

  #crossed(frame: CableFrame): void {
    const { clock, trace } = this.#surroundings
    const link = this.#link
    const { direction, sent, loss, at } = frame
    trace(`frame ${direction} ${frame.bits} ${loss ?? ''}`)
    const copy = direction === 'b-to-a' ? this.#copyIn(sent, at) : undefined
    if (copy !== undefined) {
      const pair = link.cable.pair('b-to-a')
      pair.handleSignal = undefined
      pair.open = this.#openBefore
    }
    const before = copy === undefined ? [] : link.lost()
    // Also where nothing of it gets there: what became of it is known only then.
    this.#underway.add(direction === 'b-to-a' ? 'to-board' : 'to-teller')
    // Behind the last bit, and what the receiver makes of it, at the same instant.
    clock.after(link.cable.delay + 1, () => {
      if (link !== this.#link) return
      this.#underway.delete(direction === 'b-to-a' ? 'to-board' : 'to-teller')
      this.#restFrom = clock.now
      this.#frames++
      if (copy !== undefined) this.#judge(copy, before, loss)
    })
  }

  /** The copy of the message that this frame is. */
  #copyIn(sent: Uint8Array, at: number): SentCopy | undefined {
    const message = this.#message
    if (message === undefined || message.copies.length >= MOST_COPIES) return undefined
    const carried = carriedIn(sent.subarray(0, -4))
    if (carried === undefined || !message.isCarried(sent, carried.from, carried.to)) return undefined
    const copy: SentCopy = { at, octets: sent.slice(), outcome: { kind: 'underway' } }
    message.copies.push(copy)
    const start = at + this.#link.cable.delay
    const marks = partsOf(sent, carried, message.command.length, message.lineEnd).map(
      (part): LaneMark => ({
        from: start + part.from * 8 * BIT_TIME,
        to: start + part.to * 8 * BIT_TIME,
        text: told('layers.mark', { layer: part.layer, part: told(`layers.part.${part.name}`) }),
        short: `${part.layer}`,
      }),
    )
    this.#marks = [...this.#marks.slice(-MOST_MARKS), ...marks]
    return copy
  }

  #judge(copy: SentCopy, before: ReturnType<LayersLink['lost']>, loss: CableFrame['loss']): void {
    const { log } = this.#surroundings
    if (copy.outcome.kind === 'shown') return
    const counted = (layer: number, reason: string) =>
      before.find(([at, what]) => at === layer && what === reason)?.[2] ?? 0
    const now = this.#link.lost()
    // What did not arrive at all is the cable's to say; bits that are wrong are for the FCS to find.
    const dropped =
      loss !== undefined && loss !== 'bit errors'
        ? ([1, loss] as const)
        : now.find(([layer, reason, count]) => count > counted(layer, reason))
    if (dropped === undefined) return
    const [layer, reason] = dropped
    copy.outcome = { kind: 'dropped', layer, reason: lossTold(reason) }
    log(told('layers.dropped', { layer: told(`layers.name.${layer}`), reason: lossTold(reason) }), true)
  }

  #show(text: string): void {
    this.#shown = [...this.#shown.slice(-(MOST_LINES - 1)), text]
    const copy = this.#message?.copies.at(-1)
    this.#surroundings.log(told('layers.shown', { text }))
    if (copy === undefined) return
    copy.outcome = { kind: 'shown' }
    if ([...text].length === TASK_CHARACTERS) this.#measured = copy.octets.length
  }
}

/** The task: so many characters in a frame of so many octets, destination address to FCS. */
const TASK_CHARACTERS = 6
const TASK_OCTETS = 88
