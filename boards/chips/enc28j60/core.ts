/** What the rooms of the chip share: time, chance, registers, memory, and each other. */
import { BITS, type SiliconRevision } from '../../../firmware/enc28j60/registers.js'
import type { Clock } from '../../../firmware/hal/clock.js'
import { Tally } from '../../../firmware/hal/counters.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { EthernetPort } from '../../ethernet/port.js'
import { BufferMemory } from './buffer-memory.js'
import type { Choices } from './choices.js'
import type { ChipDropReason } from './drop-reason.js'
import { ERRATA, type ErratumName } from './errata.js'
import { FindingLog } from './findings.js'
import { PinListeners } from './pins.js'
import { PLACE } from './places.js'
import { RegisterFile } from './register-file.js'
import type {
  BistRoom,
  ClkoutRoom,
  DmaRoom,
  FlowControlRoom,
  InterruptRoom,
  LedRoom,
  MiiRoom,
  PhyRoom,
  PowerRoom,
  ReceiverRoom,
  TransmitterRoom,
  WatchRoom,
} from './rooms.js'

const { EIR, ESTAT, EPKTCNT } = PLACE

export class Core {
  readonly registers = new RegisterFile()
  readonly memory = new BufferMemory()
  readonly findings: FindingLog
  /** Each consumer of chance has a stream of its own: flipping one erratum does not change when another strikes. */
  readonly chance: Readonly<Record<ErratumName, Random>>
  readonly backoffChance: Random
  readonly memoryChance: Random
  readonly dummyChance: Random
  readonly dropped = new Tally<ChipDropReason>()
  received = 0
  sent = 0
  readonly pins = new PinListeners()

  power!: PowerRoom
  interrupts!: InterruptRoom
  watch!: WatchRoom
  receiver!: ReceiverRoom
  transmitter!: TransmitterRoom
  flowControl!: FlowControlRoom
  phy!: PhyRoom
  mii!: MiiRoom
  dma!: DmaRoom
  bist!: BistRoom
  leds!: LedRoom
  clkout!: ClkoutRoom

  constructor(
    readonly clock: Clock,
    random: Random,
    readonly revision: SiliconRevision,
    readonly errata: Record<ErratumName, boolean>,
    readonly choices: Choices,
    readonly port: EthernetPort,
    octets: () => Uint8Array,
  ) {
    const chance: Partial<Record<ErratumName, Random>> = {}
    for (const name in ERRATA) chance[name as ErratumName] = random.fork(name)
    this.chance = chance as Record<ErratumName, Random>
    this.backoffChance = random.fork('backoff')
    this.memoryChance = random.fork('memory')
    this.dummyChance = random.fork('dummy octet')
    this.findings = new FindingLog(clock, octets, () => this.power.lostProgram)
  }

  /** Is the erratum on, and does it strike this time? One chance in `odds`. */
  strikes(erratum: ErratumName, odds: number): boolean {
    return this.errata[erratum] && this.chance[erratum].below(odds) === 0
  }

  /** Sets interrupt flags, and lets INT follow. */
  raise(flags: number): void {
    this.registers.values[EIR] |= flags
    this.interrupts.update()
  }

  setStatus(flags: number): void {
    this.registers.values[ESTAT] |= flags
  }

  clearStatus(flags: number): void {
    this.registers.values[ESTAT] &= ~flags
  }

  /** EPKTCNT, and PKTIF with it (DS39662 12.1.6). */
  setPacketCount(count: number): void {
    const { values } = this.registers
    values[EPKTCNT] = count
    if (count > 0) values[EIR] |= BITS.EIR.PKTIF
    else values[EIR] &= ~BITS.EIR.PKTIF
    this.interrupts.update()
  }
}
