/**
 * Errata of the silicon (DS80349C), each a named switch. A revision turns on those that apply to it; a board or a test
 * can flip any of them. What is a matter of chance on silicon is drawn from the chip's seeded generator, with the odds
 * stated here; the data sheets give none.
 */
import type { SiliconRevision } from '../../../firmware/enc28j60/registers.js'

interface Erratum {
  /** Item of DS80349C; a letter for its conformance notes; 'field' for what only users report. */
  readonly item: number | 'b' | 'c' | 'field'
  readonly title: string
  /** Revisions that have it. */
  readonly revisions: readonly SiliconRevision[]
  /** Off by default where it hangs on the board and not on the silicon. */
  readonly byDefault: boolean
}

const ALL: readonly SiliconRevision[] = ['B1', 'B4', 'B5', 'B7']
const EARLY: readonly SiliconRevision[] = ['B1', 'B4']
const LATE: readonly SiliconRevision[] = ['B5', 'B7']

export const ERRATA = {
  /** One access in 16 fails, while the bus has told its clock. */
  slowSpiMac: { item: 1, title: 'MAC and MII access unreliable below 8 MHz SPI', revisions: EARLY, byDefault: true },
  /** For 50 to 1000 us after SRC, drawn each time. */
  phyClockAfterReset: { item: 2, title: 'PHY clock stopped after SRC', revisions: ALL, byDefault: true },
  clkoutAsleep: { item: 4, title: 'no CLKOUT in power-save', revisions: ALL, byDefault: true },
  /** One write of ERXST or ERXND in 8. */
  writePointerZero: { item: 5, title: 'receive write pointer loaded with 0000h', revisions: ALL, byDefault: true },
  /** One read of EIR in 8, while packets are pending. */
  pktifUnreliable: { item: 6, title: 'EIR.PKTIF not set although packets wait', revisions: ALL, byDefault: true },
  polarityCorrection: { item: 7, title: 'swapped receive pair not corrected', revisions: ALL, byDefault: true },
  /** One frame in 4. */
  halfDuplexLoopback: { item: 9, title: 'half-duplex self-reception loses frames', revisions: ALL, byDefault: true },
  /** One frame in 4. */
  fullDuplexLoopback: { item: 10, title: 'PHY loopback loses frames', revisions: ALL, byDefault: true },
  ledDuplexCollision: { item: 11, title: 'LED code 1110 shows duplex only', revisions: ALL, byDefault: true },
  /** One half-duplex abort in 2. */
  transmitStall: { item: 12, title: 'transmitter stalls after a half-duplex abort', revisions: ALL, byDefault: true },
  /** One link pulse in 8 that arrives while sending; the transmitter stays stuck after one late one in 2. */
  pulseAsCollision: { item: 13, title: 'link pulse taken as a collision', revisions: LATE, byDefault: true },
  /** One packet in 64 received while ERXRDPT is even. */
  evenReadPointer: { item: 14, title: 'even ERXRDPT corrupts the receive buffer', revisions: ALL, byDefault: true },
  /** One late collision in 2. */
  lateCollisionFlag: { item: 15, title: 'ESTAT.LATECOL not set', revisions: ALL, byDefault: true },
  /** A matter of the LED fitted: when on, each reset takes the strap the wrong way round. */
  ledPolarity: { item: 16, title: 'LED polarity misdetected at reset', revisions: ALL, byDefault: false },
  checksumAbortsReceive: { item: 17, title: 'DMA checksum aborts a reception', revisions: ALL, byDefault: true },
  patternAcceptsShort: {
    item: 18,
    title: 'pattern filter with OR accepts short frames',
    revisions: ALL,
    byDefault: true,
  },
  resetIgnoredAsleep: { item: 19, title: 'SRC ignored in power-save', revisions: ALL, byDefault: true },
  acceptsInLinkFail: { item: 'b', title: 'first frame in link test fail accepted', revisions: EARLY, byDefault: true },
  slowJam: { item: 'c', title: 'jam 50 bit times after a collision', revisions: EARLY, byDefault: true },
  deafAfterOverflow: { item: 'field', title: 'deaf after an overflow until RXRST', revisions: ALL, byDefault: false },
} as const satisfies Record<string, Erratum>

/** SCK in hertz from which MAC and MII are sure on every silicon; below, B1 and B4 want it derived from CLKOUT (DS80349C, erratum 1). */
export const LOWEST_ASYNCHRONOUS_SPI = 8_000_000

export type ErratumName = keyof typeof ERRATA

/** Which errata a chip has: those of its revision, with some flipped. */
export function errataOf(
  revision: SiliconRevision,
  flipped: Partial<Record<ErratumName, boolean>> = {},
): Record<ErratumName, boolean> {
  const errata: Partial<Record<ErratumName, boolean>> = {}
  for (const name in ERRATA) {
    const { revisions, byDefault }: Erratum = ERRATA[name as ErratumName]
    errata[name as ErratumName] = flipped[name as ErratumName] ?? (byDefault && revisions.includes(revision))
  }
  return errata as Record<ErratumName, boolean>
}

/** An erratum by its name, or by its item of DS80349C (`12`, `b`); undefined where there is none. */
export function erratumNamed(text: string): ErratumName | undefined {
  const names = Object.keys(ERRATA) as ErratumName[]
  const wanted = text.toLowerCase()
  return names.find(
    (name) => name.toLowerCase() === wanted || (wanted !== 'field' && String(ERRATA[name].item) === wanted),
  )
}

/** How errata may be named, in words. */
export function errataNames(): string {
  const names = Object.keys(ERRATA) as ErratumName[]
  return names.map((name) => (ERRATA[name].item === 'field' ? name : `${name} (${ERRATA[name].item})`)).join(', ')
}
