/**
 * Errata of the silicon (DS80349C), each a named switch. A revision turns on those that apply to it; a board or a test
 * can flip any of them.
 */
import type { SiliconRevision } from '../../../firmware/enc28j60/registers.js'

interface Erratum {
  /** Item in DS80349C. */
  readonly item: number
  readonly title: string
  /** Revisions that have it. */
  readonly revisions: readonly SiliconRevision[]
  /** On by default where the revision has it; off: a matter of chance or of the board, to be asked for. */
  readonly byDefault: boolean
}

const ALL: readonly SiliconRevision[] = ['B1', 'B4', 'B5', 'B7']
const EARLY: readonly SiliconRevision[] = ['B1', 'B4']

export const ERRATA = {
  slowSpiMac: { item: 1, title: 'MAC registers unreliable below 8 MHz SPI clock', revisions: EARLY, byDefault: true },
} as const satisfies Record<string, Erratum>

export type ErratumName = keyof typeof ERRATA

export const NO_ERRATA: Partial<Record<ErratumName, boolean>> = {}
void ALL
