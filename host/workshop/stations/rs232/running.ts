/** The RS-232 station as it runs: one line of the simulator, bit by bit, and what its conductors did. */
import { hum } from '../../../../boards/faults/serial-wiring.js'
import type { Connector } from '../../../../boards/rs232/connectors.js'
import { frameBits, isBreak, parseFraming, type SerialFraming, slotsAnOctet } from '../../../../boards/rs232/framing.js'
import type { LeavingBit, SentCharacter } from '../../../../boards/rs232/line-observer.js'
import { MODEM_CABLES, type ModemCable, type Role } from '../../../../boards/rs232/modem-lines.js'
import { LineReception, type LineReceptionOptions, slewRate } from '../../../../boards/rs232/reception.js'
import { FIRST_VOTE, LAST_VOTE } from '../../../../boards/rs232/sampling-receiver.js'
import {
  CABLE_CAPACITANCE,
  driverAt,
  LINE_STANDARDS,
  type LineStandard,
  type StandardName,
} from '../../../../boards/rs232/standards.js'
import { type LineDirection, UartLine } from '../../../../boards/rs232/uart-line.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { LINE_FRAMING_ERROR, LINE_OVERRUN, LINE_PARITY_ERROR } from '../../../../firmware/hal/serial-line.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { decodeText, encodeText } from '../../../../firmware/text/utf8.js'
import { EdgeTrace, OffsetTrace, type Trace } from '../../../scope/trace.js'
import type { Lane, LaneMark } from '../../protocol.js'
import type { LaneWindow, RunningStation, StationSurroundings } from '../../station.js'
import type { SettingValues, StepUnit } from '../../station-parts.js'
import { voltsText } from '../../volts-text.js'
import { WholeMessages } from '../../whole-messages.js'
import { type Told, told } from '../../words/told.js'
import { breakLine } from './breakage.js'
import { LineHistory, sampleTime, within } from './history.js'
import { rs232Lane, voltLane } from './lanes.js'
import { rs232Scene } from './picture.js'
import type { Rs232Scene, SceneArrival, SceneSlot } from './scene.js'
import { SHOWN_STANDARDS } from './shown-standards.js'
import { cableNamed, contactsOf, type DrivenEnd, dataArrives } from './wiring.js'

/** Edges of one trace that are kept. */
const MOST_EDGES = 20_000
/** Octets that arrived, and are shown. */
const MOST_ARRIVED = 48
/** Bits of rest behind what was sent, before time may stand: a receiver that began in the middle of a character finds its place again. */
const REST_BITS = 13

/** The line under way, as it is wired and set. */
interface Wired {
  readonly standard: LineStandard
  readonly connector: Connector
  readonly roles: readonly [Role, Role]
  readonly arrives: boolean
}

export class RunningRs232 implements RunningStation {
  readonly #surroundings: StationSurroundings
  readonly #line: UartLine
  readonly #history = new LineHistory()
  #settings: SettingValues
  #fault = ''
  #wired!: Wired
  /** What the far end's receiver is at, for its sentences. */
  #breakage = 0
  #pin: EdgeTrace = new EdgeTrace(LINE_STANDARDS.ttl.driver.mark, LINE_STANDARDS.ttl.driver.slew, MOST_EDGES)
  #far: { readonly edges: EdgeTrace; readonly trace: Trace } = { edges: this.#pin, trace: this.#pin }
  #cts = new EdgeTrace(0, 30, MOST_EDGES)
  #as = new Map<StandardName, EdgeTrace>()
  #leaving: LeavingBit | undefined
  #restFrom = 0
  #waiting: number[] = []
  #arrived: (SceneArrival & { readonly octet: number })[] = []
  #characters = 0
  /** What arrived since the task was taken up, behind what did not count. */
  #measured: { octet: number; clean: boolean }[] = []
  #held = false
  readonly #whole = new WholeMessages()

  constructor(surroundings: StationSurroundings) {
    this.#surroundings = surroundings
    this.#settings = surroundings.settings
    const { clock, random } = surroundings
    this.#line = new UartLine({ clock, random, baud: this.#baud, framing: this.#framing, granularity: 'bit' })
    this.#line.observe('a-to-b', {
      bit: (bit) => this.#bit(bit),
      sample: (level, at, slot, nth) =>
        this.#history.addSample({
          at,
          level,
          votes: nth >= FIRST_VOTE && nth <= LAST_VOTE,
          edge: slot === 0 && nth === 1,
        }),
      sent: (character) => this.#sent(character),
      received: (octet, flags, at) => this.#received(octet, flags, at),
    })
    this.#line.a.modem.onChange((circuit, on) => {
      if (circuit !== 'cts') return
      this.#cts.edge(clock.now, this.#controlVolts(on), true)
      surroundings.log(told(on ? 'rs232.cts-on' : 'rs232.cts-off'))
    })
    this.apply(surroundings.settings, surroundings.fault)
    this.act('send', this.#settings.text)
  }

  get #baud(): number {
    return Number(this.#settings.baud)
  }

  get #framing(): SerialFraming {
    return parseFraming(this.#settings.framing)
  }

  get bitTime(): number {
    return SECOND / this.#baud
  }

  get quietFrom(): number | undefined {
    if (this.#leaving !== undefined) return undefined
    if (this.#line.a.pending > 0 && !this.#held) return undefined
    if (this.#line.receptionOf('a-to-b')?.groundOffset !== undefined) return undefined
    if (this.#fault.startsWith('serial-bursts')) return undefined
    return Math.ceil(this.#restFrom + REST_BITS * this.bitTime)
  }

  count(unit: StepUnit): number {
    return unit === 'frame' ? this.#characters : 0
  }

  act(action: string, argument: string): void {
    if (action !== 'send') throw new RangeError(`the RS-232 station cannot ${action}`)
    const octets = encodeText(argument === '' ? this.#settings.text : argument)
    if (octets.length === 0) return
    this.#surroundings.log(told('rs232.sends', { text: decodeText(octets), count: octets.length }))
    this.#waiting.push(...octets)
    this.#whole.send(octets)
    this.#line.a.write(octets)
    this.#held = this.#line.a.flowControl && !this.#line.a.modem.get('cts')
    if (this.#held) this.#surroundings.log(told('rs232.held'), true)
  }

  beginTask(): void {
    this.#measured = []
    this.#whole.begin()
  }

  get wholeInARow(): number {
    return this.#whole.inARow
  }

  solves(): boolean {
    const wanted = encodeText('Hi')
    const last = this.#measured.slice(-wanted.length)
    return (
      this.#line.b.clockError <= -0.049 &&
      last.length === wanted.length &&
      last.every(({ octet, clean }, i) => clean && octet === wanted[i])
    )
  }

  apply(settings: SettingValues, fault: string): void {
    const { clock } = this.#surroundings
    const before = this.#settings
    const line = this.#line
    this.#settings = settings
    this.#fault = fault
    const standard = LINE_STANDARDS[settings.line as StandardName]
    const connector = contactsOf(standard.name)
    const cable = cableNamed(settings.cable)
    const roles: readonly [Role, Role] = ['dte', settings.far === 'modem' ? 'dce' : 'dte']
    this.#wired = { standard, connector, roles, arrives: dataArrives(cable, connector, roles[0], roles[1]) }
    line.a.setBaud(this.#baud)
    line.b.setBaud(settings.farbaud === 'same' ? this.#baud : Number(settings.farbaud))
    line.a.setFraming(this.#framing)
    line.b.setFraming(settings.farframing === 'same' ? this.#framing : parseFraming(settings.farframing))
    line.b.clockError = 0
    line.b.framingFault = undefined
    line.b.flowControl = false
    line.rewire(controlOf(cable.control, roles))
    this.#setControl(roles, settings.ready === 'yes')
    line.a.flowControl = settings.flow === 'rts-cts'
    line.setFaults({ bitErrorRate: Number(settings.noise) })
    for (const direction of ['a-to-b', 'b-to-a'] as const)
      line.setReception(new LineReception(this.#sound(direction)), direction)
    const breakage = ++this.#breakage
    if (fault !== '')
      breakLine(fault, {
        line,
        clock,
        sound: (direction) => this.#sound(direction),
        current: () => breakage === this.#breakage,
      })
    if (Number(settings.noise) > 0) line.setFaults({ bitErrorRate: Number(settings.noise) })
    this.#drawAnew(before)
    this.#held = line.a.flowControl && !line.a.modem.get('cts')
    this.#restFrom = Math.max(this.#restFrom, clock.now)
  }

  scene(hidden: boolean): Rs232Scene {
    const { standard, connector, roles } = this.#wired
    const level = this.#leaving?.level ?? 1
    const { driver } = standard
    const now = this.#surroundings.clock.now
    const near: DrivenEnd = {
      role: roles[0],
      modem: this.#line.a.modem,
      standard,
      sending: level === 1 ? driver.mark : driver.space,
    }
    const far: DrivenEnd = { role: roles[1], modem: this.#line.b.modem, standard, sending: driver.mark }
    return rs232Scene({
      standard,
      connector,
      cable: cableNamed(this.#settings.cable),
      near,
      far,
      pinVolts: this.#pin.at(now),
      level,
      leaving: this.#leaving === undefined ? undefined : slotName(this.#leaving, this.#leaving.slot),
      slots: this.#slots(),
      waiting: decodeText(Uint8Array.from(this.#waiting)),
      arrived: this.#arrived,
      arrives: this.#wired.arrives,
      held: this.#held,
      fault: hidden ? '' : this.#fault,
      received: this.#line.receptionOf('a-to-b')?.connected === false ? undefined : this.#far.trace.at(now),
      metres: Number(this.#settings.metres),
    })
  }

  lane(probe: string, window: LaneWindow): Lane | undefined {
    const history = this.#history
    if (probe === 'pin') {
      const bits = within(history.bits, ({ from }) => from, window.from, window.to)
      const sent = within(history.sent, ({ from }) => from, window.from, window.to)
      return voltLane('pin', this.#pin, LINE_STANDARDS.ttl, window, [
        rs232Lane(
          'bits',
          bits.map(({ name, level, ...bit }) => ({
            ...bit,
            text: bitText(name, level),
            short: name,
            wrong: bit.flipped,
          })),
        ),
        rs232Lane('sent', sent),
      ])
    }
    if (probe === 'rx') {
      const samples = within(history.samples, ({ at }) => at, window.from, window.to)
      const width = sampleTime(this.#line.b.baud * (1 + this.#line.b.clockError))
      const marks: LaneMark[] = samples.map(({ at, level, votes }) => ({
        from: at - width / 2,
        to: at + width / 2,
        text: `${level}`,
        faint: !votes,
      }))
      return voltLane('rx', this.#far.trace, this.#wired.standard, window, [
        { ...rs232Lane('samples', marks), samples: true },
        rs232Lane(
          'received',
          within(history.received, ({ from }) => from, window.from, window.to),
        ),
      ])
    }
    if (probe === 'cts') {
      const { control } = this.#wired.connector
      return voltLane('cts', this.#cts, LINE_STANDARDS[control], window, [])
    }
    const name = SHOWN_STANDARDS.find((each) => `as-${each}` === probe)
    const trace = name === undefined ? undefined : this.#as.get(name)
    if (name === undefined || trace === undefined) return undefined
    return voltLane(`as-${name}`, trace, LINE_STANDARDS[name], window, [])
  }

  #sound(direction: LineDirection): LineReceptionOptions {
    const { standard, arrives } = this.#wired
    const volts = Number(this.#settings.ground)
    const offset = direction === 'a-to-b' ? hum(volts, 50) : hum(-volts, 50)
    return {
      driver: driverAt(standard, this.#baud),
      receiver: standard.receiver,
      capacitance: Number(this.#settings.metres) * CABLE_CAPACITANCE,
      connected: arrives,
      // What looks at the difference of two conductors does not see what both have in common (V.11: up to 7 V).
      ...(volts === 0 || standard.differential ? {} : { groundOffset: offset }),
    }
  }

  #setControl([near, far]: readonly [Role, Role], ready: boolean): void {
    const { a, b } = this.#line
    if (near === 'dte') for (const circuit of ['rts', 'dtr'] as const) a.modem.set(circuit, true)
    for (const circuit of far === 'dte' ? (['dtr'] as const) : (['dsr', 'dcd'] as const)) b.modem.set(circuit, true)
    b.modem.set(far === 'dte' ? 'rts' : 'cts', ready)
  }

  #controlVolts(on: boolean): number {
    const { driver } = LINE_STANDARDS[this.#wired.connector.control]
    if (!this.#line.a.modem.driven('cts')) return 0
    return on ? driver.space : driver.mark
  }

  /** What is on a conductor is another voltage from now on, or comes another way. */
  #drawAnew(before: SettingValues): void {
    const { clock } = this.#surroundings
    const { standard } = this.#wired
    const level = this.#leaving?.level ?? 1
    const reception = this.#line.receptionOf('a-to-b') ?? this.#sound('a-to-b')
    const capacitance = reception.capacitance ?? 0
    const connected = reception.connected !== false
    const volts = connected ? voltsOf(reception.driver, level) : 0
    const edges = new EdgeTrace(this.#far.trace.at(clock.now), slewRate(reception.driver, capacitance), MOST_EDGES)
    if (this.#far.edges === this.#pin) edges.rest(volts)
    edges.edge(clock.now, volts, true)
    const offset = connected ? reception.groundOffset : undefined
    this.#far = { edges, trace: offset === undefined ? edges : new OffsetTrace(edges, offset) }
    this.#cts.edge(clock.now, this.#controlVolts(this.#line.a.modem.get('cts')), true)
    if (this.#as.size > 0 && before.baud === this.#settings.baud && before.metres === this.#settings.metres) return
    for (const name of SHOWN_STANDARDS) {
      const driver = driverAt(LINE_STANDARDS[name], this.#baud)
      const wire = Number(this.#settings.metres) * CABLE_CAPACITANCE
      this.#as.set(name, new EdgeTrace(voltsOf(driver, level), slewRate(driver, wire), MOST_EDGES))
    }
    this.#surroundings.trace(`line ${standard.name}`)
  }

  #bit(bit: LeavingBit): void {
    const { from, to, level, slot, flipped } = bit
    const { log, trace } = this.#surroundings
    if (slot === 0) this.#waiting.shift()
    this.#leaving = bit
    this.#restFrom = to
    const name = slotName(bit, slot)
    this.#history.addBit({ from, to, level, name, flipped })
    const sentLevel = flipped ? 1 - level : level
    this.#pin.edge(from, voltsOf(LINE_STANDARDS.ttl.driver, sentLevel), true)
    const reception = this.#line.receptionOf('a-to-b')
    if (reception !== undefined && reception.connected !== false)
      this.#far.edges.edge(from, voltsOf(reception.driver, level), true)
    for (const [each, edges] of this.#as) edges.edge(from, voltsOf(LINE_STANDARDS[each].driver, sentLevel), true)
    trace(`bit ${slot} ${level}`)
    const { driver } = this.#wired.standard
    log(
      told('rs232.bit', {
        name: bitTold(name, slot),
        level: sentLevel,
        pin: voltsText(voltsOf(LINE_STANDARDS.ttl.driver, sentLevel)),
        line: voltsText(voltsOf(driver, sentLevel)),
      }),
    )
    if (flipped) log(told('rs232.flipped'), true)
  }

  #sent({ from, bitTime, framing, character, flips }: SentCharacter): void {
    const to = from + (slotsAnOctet(framing) - (framing.stopBits === 1.5 ? 0.5 : 0)) * bitTime
    this.#history.addSent({ from, to, text: octetText(character), wrong: flips !== 0 })
    this.#leaving = undefined
    this.#restFrom = to
    this.#characters++
  }

  #received(octet: number, flags: number, at: number): void {
    const { log } = this.#surroundings
    const errors: Told[] = []
    const framing = this.#line.b.framing
    if (isBreak(octet, flags, framing)) errors.push(told('rs232.flag.break'))
    else if (flags & LINE_FRAMING_ERROR) errors.push(told('rs232.flag.framing'))
    if (flags & LINE_PARITY_ERROR) errors.push(told('rs232.flag.parity'))
    if (flags & LINE_OVERRUN) errors.push(told('rs232.flag.overrun'))
    const wrong = errors.length > 0
    this.#whole.receive(octet, !wrong)
    const marks = flags & LINE_FRAMING_ERROR ? ' FE' : ''
    const text = `${octetText(octet)}${marks}${flags & LINE_PARITY_ERROR ? ' PE' : ''}`
    this.#history.addReceived(at, text, wrong)
    this.#arrived = [...this.#arrived.slice(-(MOST_ARRIVED - 1)), { text, wrong, octet }]
    this.#measured = [...this.#measured.slice(-63), { octet, clean: !wrong }]
    if (errors.length === 0) log(told('rs232.received', { octet: octetText(octet) }))
    else log(told('rs232.received-wrong', { octet: octetText(octet), error: errors[0] }), true)
  }

  #slots(): readonly SceneSlot[] {
    const leaving = this.#leaving
    if (leaving === undefined) return []
    const bits = frameBits(leaving.character, leaving.framing)
    return Array.from({ length: slotsAnOctet(leaving.framing) }, (_, slot) => ({
      name: slotName(leaving, slot),
      level: ((bits >> slot) & 1) as 0 | 1,
      state: slot < leaving.slot ? 'gone' : slot === leaving.slot ? 'now' : 'to come',
    }))
  }
}

/** The control circuits of a cable between two ends that it was not made for join nothing. */
function controlOf(control: ModemCable, roles: readonly [Role, Role]): ModemCable {
  const fits = control.roles[0] === roles[0] && control.roles[1] === roles[1]
  return fits ? control : { ...MODEM_CABLES['three-wire'], roles }
}

function voltsOf({ mark, space }: { readonly mark: number; readonly space: number }, level: number): number {
  return level === 1 ? mark : space
}

/** `S`, the data bits by number, `P`, `T` (stop): names that no language has to translate; `bitTold` says them. */
function slotName({ framing }: LeavingBit, slot: number): string {
  if (slot === 0) return 'S'
  if (slot <= framing.dataBits) return `${slot - 1}`
  return framing.parity !== 'none' && slot === framing.dataBits + 1 ? 'P' : 'T'
}

function bitTold(name: string, slot: number): Told {
  if (name === 'S') return told('rs232.slot.start')
  if (name === 'P') return told('rs232.slot.parity')
  if (name === 'T') return told('rs232.slot.stop')
  return told('rs232.slot.data', { bit: slot - 1 })
}

/** On a lane: what a data bit is, and what the others are called. */
function bitText(name: string, level: number): string | Told {
  if (name === 'S') return told('rs232.mark.start')
  if (name === 'P') return told('rs232.mark.parity', { level })
  if (name === 'T') return told('rs232.mark.stop')
  return `${level}`
}

/** `48h “H”`. */
function octetText(octet: number): string {
  return `${hexText(octet)}${octet > 0x20 && octet < 0x7f ? ` “${String.fromCharCode(octet)}”` : ''}`
}
