/** What the rooms of the chip share: time, chance, registers, memory, and each other. */
import { BITS, type SiliconRevision } from '../../../firmware/enc28j60/registers.js'
import type { Clock } from '../../../firmware/hal/clock.js'
import { Tally } from '../../../firmware/hal/counters.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { EthernetPort } from '../../ethernet/port.js'
import type { Bist } from './bist.js'
import { BufferMemory } from './buffer-memory.js'
import type { Choices } from './choices.js'
import type { Clkout } from './clkout.js'
import type { Dma } from './dma.js'
import { ERRATA, type ErratumName } from './errata.js'
import { FindingLog } from './findings.js'
import type { FlowControl } from './flow-control.js'
import type { Interrupts } from './interrupts.js'
import type { Leds } from './leds.js'
import type { Mii } from './mii.js'
import type { Phy } from './phy.js'
import { PinListeners } from './pins.js'
import { PLACE } from './places.js'
import type { Power } from './power.js'
import type { Receiver } from './receiver.js'
import { RegisterFile } from './register-file.js'
import type { Transmitter } from './transmitter.js'

/** Why a frame, or a part of one, went no further. */
export type DropReason =
  | 'receive: disabled'
  | 'receive: PHY off'
  | 'receive: no link'
  | 'receive: inverted pair'
  | 'receive: loopback'
  | 'receive: collision'
  | 'receive: fragment'
  | 'receive: too long'
  | 'receive: FCS'
  | 'receive: filter'
  | 'receive: control frame'
  | 'receive: buffer full'
  | 'receive: packet count 255'
  | 'receive: reset'
  | 'receive: checksum DMA'
  | 'receive: deaf'
  | 'receive: self-reception lost'
  | 'transmit: no link'
  | 'transmit: driver disabled'
  | 'transmit: jabber'
  | 'transmit: reset'
  | 'transmit: cancelled'
  | 'transmit: nothing to send'
  | 'transmit: too long'
  | 'transmit: excessive collisions'
  | 'transmit: late collision'
  | 'transmit: excessive deferral'
  | 'transmit: stalled'

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
  readonly dropped = new Tally<DropReason>()
  received = 0
  sent = 0
  readonly pins = new PinListeners()

  power!: Power
  interrupts!: Interrupts
  receiver!: Receiver
  transmitter!: Transmitter
  flowControl!: FlowControl
  phy!: Phy
  mii!: Mii
  dma!: Dma
  bist!: Bist
  leds!: Leds
  clkout!: Clkout

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
    this.findings = new FindingLog(clock, octets)
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
