/** The ENC28J60, whole: SPI on one side, an RJ-45 on the other. (Skeleton: the public interface.) */
import type { SiliconRevision } from '../../../firmware/enc28j60/registers.js'
import type { Clock } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import type { SpiBus } from '../../../firmware/hal/spi.js'
import type { EthernetPort } from '../../ethernet/port.js'
import type { ErratumName } from './errata.js'
import type { Finding } from './findings.js'

export interface Enc28j60Options {
  readonly clock: Clock
  readonly random: Random
  /** Of its Ethernet port, in captures and traces. */
  readonly name?: string
  /** Silicon revision; B7, the last one made, if left out. */
  readonly revision?: SiliconRevision
  /** Errata to flip against the revision's own. */
  readonly errata?: Partial<Record<ErratumName, boolean>>
  /** false: no 25 MHz reaches OSC1; CLKRDY never comes. */
  readonly crystal?: boolean
  /** How LEDB is wired: `full` presets PHCON1.PDPXMD at each reset (DS39662 2.6). */
  readonly ledbStrap?: 'half' | 'full'
  /** What a host reads while SO is not driven: pulled down, pulled up, or the octet it is sending. 'high' if left out. */
  readonly floatingMiso?: 'low' | 'high' | 'echo'
}

/** Frames, and why some went no further. */
export interface Enc28j60Counters {
  readonly received: number
  readonly sent: number
  readonly dropped: Readonly<Record<string, number>>
}

export class Enc28j60 implements SpiBus {
  /** The PHY's side of the jack. */
  readonly port: EthernetPort
  /** Called with the level of INT after each of its edges. */
  onInterrupt: ((high: boolean) => void) | undefined
  /** Called as each finding is made. */
  onFinding: ((finding: Finding) => void) | undefined
  readonly findings: readonly Finding[] = []
  /** SCK in Hz as the bus drives it; 0: unknown. Only findings and erratum 1 look at it. */
  spiClock = 0
  /** Time from the last SCK edge to CS high, ns; undefined: unknown. */
  csHold: number | undefined

  constructor(options: Enc28j60Options) {
    this.port = { name: options.name ?? 'enc28j60', receiver: undefined, medium: undefined }
  }

  get powered(): boolean {
    return false
  }
  get counters(): Enc28j60Counters {
    return { received: 0, sent: 0, dropped: {} }
  }
  /** Level of the INT pin (active low). */
  get interruptHigh(): boolean {
    return true
  }
  powerOn(): void {
    throw new Error('not built yet')
  }
  powerOff(): void {
    throw new Error('not built yet')
  }
  setResetPin(_high: boolean): void {
    throw new Error('not built yet')
  }
  /** One whole chip select frame at this instant. */
  transfer(_write: Uint8Array, _read: number): Uint8Array {
    throw new Error('not built yet')
  }
  /** CS low. */
  select(): void {
    throw new Error('not built yet')
  }
  /** Eight SCK cycles: takes an octet from SI, returns the one on SO. */
  exchange(_mosi: number): number {
    throw new Error('not built yet')
  }
  /** CS high. */
  deselect(): void {
    throw new Error('not built yet')
  }
}
