/** The ENC28J60, whole: SPI and pins on one side, an RJ-45 on the other. The rooms are wired together here. */
import { REVISION_ID, type SiliconRevision } from '../../../firmware/enc28j60/registers.js'
import type { Clock } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { SpiBus } from '../../../firmware/hal/spi.js'
import type { LinkIntegrityState } from '../../ethernet/link-integrity.js'
import type { EthernetPort } from '../../ethernet/port.js'
import { Bist } from './bist.js'
import type { BadLines, StuckBit } from './buffer-memory.js'
import { type Choices, DEFAULT_CHOICES } from './choices.js'
import { Clkout } from './clkout.js'
import { ControlRegisters } from './control-registers.js'
import { Core } from './core.js'
import { Dma } from './dma.js'
import { DriverWatch } from './driver-watch.js'
import type { ChipDropReason } from './drop-reason.js'
import { type ErratumName, errataOf } from './errata.js'
import type { FindingId } from './finding-rules.js'
import type { Finding } from './findings.js'
import { FlowControl } from './flow-control.js'
import { Interrupts } from './interrupts.js'
import { Leds } from './leds.js'
import { Mii } from './mii.js'
import { Phy } from './phy.js'
import { PinFrontEnd } from './pin-front-end.js'
import type { PinObserver } from './pins.js'
import { PLACE } from './places.js'
import { Power } from './power.js'
import { ChipReceiver } from './receiver.js'
import type { Led } from './rooms.js'
import { type FloatingMiso, SpiFrontEnd } from './spi-front-end.js'
import { ChipTransmitter } from './transmitter.js'

export interface Enc28j60Options {
  readonly clock: Clock
  readonly random: Random
  /** Of its Ethernet port, in captures and traces. */
  readonly name?: string
  /** Silicon revision; B7, the last one made, if left out. */
  readonly revision?: SiliconRevision
  /** Errata to flip against the revision's own. */
  readonly errata?: Partial<Record<ErratumName, boolean>>
  /** What the data sheet leaves open, to be made otherwise than by default. */
  readonly choices?: Partial<Choices>
  /** false: no 25 MHz reaches OSC1; CLKRDY never comes. */
  readonly crystal?: boolean
  /** What is damaged inside. */
  readonly defects?: ChipDefects
  /** How LEDB is wired: `full` presets PHCON1.PDPXMD at each reset (DS39662 2.6). */
  readonly ledbStrap?: 'half' | 'full'
  /** What a host reads while SO is not driven: pulled down, pulled up, or the octet it is sending. 'high' if left out. */
  readonly floatingMiso?: FloatingMiso
}

/** Damage that is no erratum: this chip has it, and others of its kind do not. */
export interface ChipDefects {
  readonly memory?: StuckBit
  readonly memoryLines?: BadLines
  /** The PHY is dead: MII reads 0000h, no link pulse is sent or heard. */
  readonly phyDead?: boolean
}

/** Frames, and why some, or attempts at them, went no further. */
export interface Enc28j60Counters {
  /** Stored in the receive buffer. */
  readonly received: number
  /** Transmitted whole, as the MAC sees it. */
  readonly sent: number
  readonly dropped: Readonly<Partial<Record<ChipDropReason, number>>>
}

export class Enc28j60 implements SpiBus {
  /** The PHY's side of the jack. */
  readonly port: EthernetPort
  readonly revision: SiliconRevision
  readonly #core: Core
  readonly #control: ControlRegisters
  readonly #spi: SpiFrontEnd
  /**
   * The SPI by edges of CS, SCK and SI, for an emulated microcontroller's pins. `exchange` may take the place of eight clocks
   * under its chip select; `resume` goes back to edges.
   */
  readonly spiPins: PinFrontEnd

  constructor(options: Enc28j60Options) {
    const revision = options.revision ?? 'B7'
    this.revision = revision
    this.port = { name: options.name ?? 'enc28j60', jack: 'MDI', receiver: undefined, medium: undefined }
    const core = new Core(
      options.clock,
      options.random.fork('enc28j60'),
      revision,
      errataOf(revision, options.errata),
      { ...DEFAULT_CHOICES, ...options.choices },
      this.port,
      () => this.#spi.sent(),
    )
    this.#core = core
    core.interrupts = new Interrupts(core)
    core.watch = new DriverWatch(core)
    core.memory.stuck = options.defects?.memory
    core.memory.lines = options.defects?.memoryLines
    core.power = new Power(core, options.crystal ?? true, options.defects?.phyDead ?? false, () => this.#resetRooms())
    core.leds = new Leds(core)
    core.clkout = new Clkout(core)
    core.receiver = new ChipReceiver(core)
    core.transmitter = new ChipTransmitter(core)
    core.flowControl = new FlowControl(core)
    core.phy = new Phy(core, options.ledbStrap === 'full')
    core.mii = new Mii(core)
    core.dma = new Dma(core)
    core.bist = new Bist(core)
    this.#control = new ControlRegisters(core)
    this.#spi = new SpiFrontEnd(core, this.#control, options.floatingMiso ?? 'high')
    this.spiPins = new PinFrontEnd(core, this.#spi, this.#control)
  }

  get powered(): boolean {
    return this.#core.power.powered
  }

  powerOn(): void {
    this.#core.power.on()
  }

  powerOff(): void {
    this.#core.power.off()
  }

  /** The level of the RESET pin (active low; pulled up inside). */
  setResetPin(high: boolean): void {
    this.#core.power.setResetPin(high)
  }

  /** Level of the INT pin (active low). */
  get interruptHigh(): boolean {
    return this.#core.interrupts.high
  }

  /**
   * Called with the level of INT after each of its edges: also in the midst of the transfer that caused it, so it must
   * not transfer anything itself.
   */
  onInterrupt(listener: (high: boolean) => void): () => void {
    return this.#core.interrupts.listeners.add(listener)
  }

  /** One whole chip select frame at this instant. */
  transfer(write: Uint8Array, read: number): Uint8Array {
    return this.#spi.transfer(write, read)
  }

  /** CS low. */
  select(): void {
    this.#spi.select()
  }

  /** Eight SCK cycles: takes an octet from SI, returns the one on SO. */
  exchange(mosi: number): number {
    return this.spiPins.midOctet ? this.spiPins.exchange(mosi) : this.#spi.exchange(mosi)
  }

  /** CS high. */
  deselect(): void {
    this.#spi.deselect()
  }

  /** SCK in Hz as the bus drives it; 0: unknown. Findings and erratum 1 look at it, nothing else. */
  get spiClock(): number {
    return this.#control.spiClock
  }

  set spiClock(hertz: number) {
    this.#control.spiClock = hertz
  }

  /** Does SCK come from the chip's own clock (CLKOUT)? Erratum 1 does not strike then. */
  get spiSynchronous(): boolean {
    return this.#control.spiSynchronous
  }

  set spiSynchronous(synchronous: boolean) {
    this.#control.spiSynchronous = synchronous
  }

  /** Time from the last SCK edge to CS high, ns; undefined: unknown. Findings look at it, nothing else. */
  get csHold(): number | undefined {
    return this.#spi.csHold
  }

  set csHold(nanoseconds: number | undefined) {
    this.#spi.csHold = nanoseconds
  }

  get counters(): Enc28j60Counters {
    const { received, sent, dropped } = this.#core
    return { received, sent, dropped: dropped.snapshot() }
  }

  /** Findings, the first thousand. */
  get findings(): readonly Finding[] {
    return this.#core.findings.list
  }

  /** How often each rule was broken. */
  get findingCounts(): Readonly<Partial<Record<FindingId, number>>> {
    return this.#core.findings.counts.snapshot()
  }

  /** Makes the findings of what only its lack shows, and no event: a run that ends asks for them. */
  judgeDriver(): void {
    this.#core.watch.judge()
  }

  /** Called as each finding is made. */
  onFinding(listener: (finding: Finding) => void): () => void {
    return this.#core.findings.listeners.add(listener)
  }

  /** Errata this chip has. */
  get errata(): Readonly<Record<ErratumName, boolean>> {
    return this.#core.errata
  }

  /** The observer is notified when pins move, and at once of each LED that is lit. Returns the function that unsubscribes it. */
  observePins(observer: PinObserver): () => void {
    const { leds, pins } = this.#core
    leds.changed()
    leds.introduce(observer)
    const remove = pins.add(observer)
    leds.changed()
    return remove
  }

  get linkUp(): boolean {
    return this.#core.phy.linkUp
  }

  /** Is called when the link comes, and when it goes. */
  onLink(listener: (up: boolean) => void): () => void {
    return this.#core.phy.linkListeners.add(listener)
  }

  /** State of the link integrity test, by the standard's name. */
  get linkState(): LinkIntegrityState {
    return this.#core.phy.linkState
  }

  /** Is the LED lit at this instant? */
  ledLit(led: Led): boolean {
    return this.#core.leds.lit(led)
  }

  /** What the chip draws from its 3.3 V supply at this instant, uA, typical values. */
  get supplyCurrent(): number {
    return this.#core.power.supplyCurrent
  }

  /** Frequency at CLKOUT, Hz; 0 while the pin rests low. */
  get clkoutHertz(): number {
    return this.#core.clkout.hertz
  }

  /**
   * Everything a driver could ever find out, as one copy: for comparing two chips. Registers by place (bank * 32 +
   * address), PHY registers by address.
   */
  inspect(): { readonly registers: Uint8Array; readonly phy: Uint16Array; readonly memory: Uint8Array } {
    const { registers, phy, memory } = this.#core
    return { registers: registers.values.slice(), phy: phy.inspect(), memory: memory.octets.slice() }
  }

  /** What every reset does beyond the register values. */
  #resetRooms(): void {
    const core = this.#core
    core.registers.values[PLACE.EREVID] = REVISION_ID[this.revision]
    this.#control.reset()
    this.#spi.abandon()
    this.spiPins.abandon()
    core.transmitter.reset()
    core.receiver.reset()
    core.dma.reset()
    core.bist.reset()
    core.mii.reset()
    core.flowControl.reset()
    core.phy.reset()
    core.interrupts.update()
  }
}
