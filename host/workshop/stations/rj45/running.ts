/**
 * The RJ-45 station as it runs: two network cards of the simulator and a cable between them. The far end is at end a of the cable, as the board
 * of a bench is: what it receives goes b to a, and fault families mean its pairs.
 */
import { Cable, type CableFrame, type CableMake } from '../../../../boards/ethernet/cable.js'
import type { Category } from '../../../../boards/ethernet/pair-physics.js'
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { Station } from '../../../../boards/ethernet/station.js'
import { SAMPLE_RATE } from '../../../../boards/ethernet/waveform.js'
import { recoverClock } from '../../../../boards/ethernet/waveform-receiver.js'
import {
  type CableWiring,
  type Colour,
  CROSSOVER_WIRING,
  type JackKind,
  SPLIT_PAIR_WIRING,
  STRAIGHT_WIRING,
  swapPins,
  T568A,
} from '../../../../boards/ethernet/wiring.js'
import type { Breakage } from '../../../../boards/faults/fault.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { ETHERNET_HEADER_OCTETS, emitEthernet } from '../../../../firmware/net/wire/ethernet.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { decodeText, encodeText } from '../../../../firmware/text/utf8.js'
import { PairProbe } from '../../../scope/pair-probe.js'
import { applyBreakage } from '../../apply-breakage.js'
import { clockRow, pairLane, type RecoveredFrame } from '../../pair-lane.js'
import type { Lane } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import type { SettingValues, StepUnit } from '../../station-parts.js'
import { WholeMessages } from '../../whole-messages.js'
import { told } from '../../words/told.js'
import { breakageOf } from '../../workshop-fault.js'
import { rj45Scene } from './picture.js'
import type { Rj45Scene, SceneSignal } from './scene.js'

const NEAR_ADDRESS = Uint8Array.of(0x02, 0, 0, 0, 0, 0x01)
const FAR_ADDRESS = Uint8Array.of(0x02, 0, 0, 0, 0, 0x02)
/** IEEE 802 local experimental EtherType 1: nobody takes it for something else (802-2014 9.2.4). */
const ETHERTYPE_EXPERIMENTAL = 0x88b5
const MOST_ARRIVED = 12
/** Frames whose recovered clock is kept. */
const MOST_RECOVERED = 20
/** Longer ones are not taken apart bit by bit. */
const LONGEST_RECOVERED = 4_000

const WIRINGS: Readonly<Record<string, CableWiring>> = {
  straight: STRAIGHT_WIRING,
  'straight-a': { a: T568A, b: T568A },
  crossover: CROSSOVER_WIRING,
  split: SPLIT_PAIR_WIRING,
}
const JACKS: Readonly<Record<string, JackKind>> = { hub: 'MDI-X', computer: 'MDI', auto: 'auto' }

/** Settings of which a change means another cable, or another jack: the plug is out for it. */
const WIRED = ['far', 'cable', 'metres', 'cut', 'swap', 'plugged', 'category', 'noise'] as const

export class RunningRj45 implements RunningStation {
  readonly bitTime = BIT_TIME
  /** Link pulses go on for ever. */
  readonly quietFrom = undefined
  readonly #surroundings: StationSurroundings
  readonly #near: Station
  readonly #far: Station
  readonly #cable: Cable
  readonly #probes: Readonly<Record<'rx' | 'tx', PairProbe>>
  #settings: SettingValues
  #fault = ''
  /** Settings and fault of which a change means another cable, as one text. */
  #wired = ''
  #breakage = 0
  #wiring: CableWiring = STRAIGHT_WIRING
  /** As it was set, without what is broken besides. */
  #setWiring: CableWiring = STRAIGHT_WIRING
  #arrived: { text: string; wrong: boolean }[] = []
  #frames = 0
  #signal: (SceneSignal & { readonly until: number }) | undefined
  #recovered: RecoveredFrame[] = []
  /** Frames that arrived whole since the task was taken up. */
  #whole = 0
  readonly #messages = new WholeMessages()

  constructor(surroundings: StationSurroundings) {
    const { clock, random, log, trace } = surroundings
    this.#surroundings = surroundings
    this.#settings = surroundings.settings
    const station = (name: string, address: Uint8Array) =>
      new Station({ clock, random: random.fork(name), name, address, duplex: 'half', jack: 'MDI' })
    this.#near = station('near', NEAR_ADDRESS)
    this.#far = station('far', FAR_ADDRESS)
    this.#cable = new Cable({ clock, random: random.fork('cable') })
    const probe = (name: string, direction: 'a-to-b' | 'b-to-a') =>
      new PairProbe(name, this.#cable, direction, clock, random.fork(`probe ${name}`), () => 'waiting')
    this.#probes = { rx: probe('rx', 'b-to-a'), tx: probe('tx', 'a-to-b') }
    for (const [end, { link }] of [
      ['near', this.#near],
      ['far', this.#far],
    ] as const) {
      link.onState((state, previous) => {
        trace(`${end} ${state}`)
        const values = { end: told(end === 'near' ? 'rj45.end.near' : 'rj45.end.far'), state, previous }
        log(told('rj45.state', values), state === 'Link Test Fail Reset' && previous === 'Link Test Pass')
      })
    }
    this.#cable.onLinkPulse((direction) => {
      trace(`pulse ${direction}`)
      this.#signal = {
        kind: 'pulse',
        towards: direction === 'b-to-a' ? 'far' : 'near',
        until: clock.now + SECOND / 500,
      }
    })
    this.#cable.onFrame((frame) => this.#frame(frame))
    this.#far.handleFrame = (frame) => this.#arrive(frame)
    this.apply(surroundings.settings, surroundings.fault)
  }

  count(unit: StepUnit): number {
    return unit === 'frame' ? this.#frames : 0
  }

  act(action: string, argument: string): void {
    if (action !== 'send') throw new RangeError(`the RJ-45 station cannot ${action}`)
    const payload = encodeText(argument === '' ? this.#settings.text : argument)
    const frame = new Uint8Array(ETHERNET_HEADER_OCTETS + payload.length)
    const header = { destination: FAR_ADDRESS, source: NEAR_ADDRESS, etherType: ETHERTYPE_EXPERIMENTAL }
    frame.set(payload, emitEthernet(header, frame))
    this.#messages.send(payload)
    const taken = this.#near.send(frame)
    this.#surroundings.log(told(taken ? 'rj45.sends' : 'rj45.no-link', { text: decodeText(payload) }), !taken)
  }

  beginTask(): void {
    this.#whole = 0
    this.#messages.begin()
  }

  get wholeInARow(): number {
    return this.#messages.inARow
  }

  solves(): boolean {
    return this.#whole > 0 && this.#near.linkUp && this.#far.linkUp && this.#settings.plugged === 'yes'
  }

  apply(settings: SettingValues, fault: string): void {
    this.#settings = settings
    this.#fault = fault
    const wired = JSON.stringify([WIRED.map((name) => settings[name]), fault])
    if (wired === this.#wired) return
    this.#wired = wired
    const breakage = breakageOf(fault)
    const cable = this.#cable
    cable.unplug()
    for (const direction of ['a-to-b', 'b-to-a'] as const) {
      const pair = cable.pair(direction)
      Object.assign(pair, { inverted: false, open: false, level: 1, noise: Number(settings.noise) })
    }
    const base = WIRINGS[settings.cable]
    const [one, other] = settings.swap.split('-').map(Number)
    this.#setWiring = {
      a: settings.swap === 'none' ? base.a : swapPins(base.a, one, other),
      b: base.b,
      broken: settings.cut === 'none' ? [] : [settings.cut as Colour],
    }
    const make: Required<CableMake> = {
      length: Number(settings.metres),
      category: settings.category as Category,
      wiring: this.#setWiring,
      ...breakage.cable,
    }
    this.#wiring = make.wiring
    cable.rewire(make)
    this.#far.jack = JACKS[settings.far]
    if (settings.plugged === 'yes') cable.plug(this.#far.port, this.#near.port)
    this.#break(breakage)
  }

  scene(hidden: boolean): Rj45Scene {
    const { clock } = this.#surroundings
    const signal = this.#signal
    return rj45Scene({
      cable: this.#cable,
      wiring: hidden ? this.#setWiring : this.#wiring,
      near: this.#near,
      far: this.#far,
      settings: this.#settings,
      fault: hidden ? '' : this.#fault,
      hidden,
      arrived: this.#arrived,
      signal: signal !== undefined && clock.now < signal.until ? signal : undefined,
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    if (probe !== 'rx' && probe !== 'tx') return undefined
    const rx = probe === 'rx'
    return pairLane(this.#probes[probe], window, {
      id: probe,
      title: told(rx ? 'rj45.probe.rx' : 'rj45.probe.tx'),
      colour: rx ? 'connector' : 'far',
      beneath: clockRow(rx ? this.#recovered : [], window),
    })
  }

  /** Its board is the far end, its partner the near one. */
  #break(breakage: Breakage): void {
    const { clock, random } = this.#surroundings
    const generation = ++this.#breakage
    // Families of the cable touch nothing of a bench but these.
    applyBreakage(
      breakage,
      { cable: this.#cable, board: this.#far, peer: this.#near },
      { clock, random: random.fork(`breakage ${generation}`), current: () => generation === this.#breakage },
    )
  }

  #frame(frame: CableFrame): void {
    const { clock, log, trace } = this.#surroundings
    const { at, bits, direction, errors, loss } = frame
    const toFar = direction === 'b-to-a'
    const delay = this.#cable.delay
    this.#signal = { kind: 'frame', towards: toFar ? 'far' : 'near', until: clock.now + SECOND / 500 }
    trace(`frame ${direction} ${bits} ${errors.length} ${loss ?? ''}`)
    log(told('rj45.frame', { octets: frame.sent.length, bits, errors: errors.length }), errors.length > 0)
    const before = { ...this.#far.dropped }
    // Behind the last bit, and what the receiver makes of it, at the same instant.
    clock.after(delay + 1, () => {
      this.#frames++
      for (const [reason, count] of Object.entries(this.#far.dropped))
        if (count > (before[reason] ?? 0)) {
          log(told('rj45.dropped', { reason }), true)
          this.#arrived = [...this.#arrived.slice(-(MOST_ARRIVED - 1)), { text: reason, wrong: true }]
        }
      if (loss !== undefined && loss !== 'bit errors') log(told('rj45.lost', { reason: loss }), true)
      if (toFar && bits <= LONGEST_RECOVERED) this.#recover(at + delay, bits)
    })
  }

  /** What the receiver's clock makes of the voltage, as it is drawn. */
  #recover(at: number, bits: number): void {
    const step = SECOND / SAMPLE_RATE
    const start = at - 4 * BIT_TIME
    const count = Math.ceil(((bits + 12) * BIT_TIME) / step)
    const { trace } = this.#probes.rx
    const volts = Float32Array.from({ length: count }, (_, i) => trace.at(start + i * step))
    const recovered = recoverClock({ start, sampleRate: SAMPLE_RATE, volts })
    if (recovered.length === 0) return
    const to = recovered[recovered.length - 1].at + BIT_TIME
    this.#recovered = [...this.#recovered.slice(-(MOST_RECOVERED - 1)), { from: recovered[0].at, to, bits: recovered }]
  }

  #arrive(frame: Uint8Array): void {
    const payload = frame.subarray(ETHERNET_HEADER_OCTETS)
    let length = payload.length
    while (length > 0 && payload[length - 1] === 0) length--
    const text = decodeText(payload.subarray(0, length))
    for (const octet of payload.subarray(0, length)) this.#messages.receive(octet, true)
    this.#whole++
    this.#arrived = [...this.#arrived.slice(-(MOST_ARRIVED - 1)), { text: `“${text}”`, wrong: false }]
    this.#surroundings.log(told('rj45.arrived', { text, type: hexText(ETHERTYPE_EXPERIMENTAL, 4) }))
  }
}
