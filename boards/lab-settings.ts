/** What the calls of a lab take. */
import type { CableOptions } from './ethernet/cable.js'
import type { HubOptions } from './ethernet/hub.js'
import type { SwitchOptions } from './ethernet/switch.js'
import type { LabHostOptions } from './lab-host-options.js'
import type { SimulatedBoardOptions } from './model/board.js'

export interface LabOptions {
  /** Decides everything that is left to chance: a whole number from 0 to 4294967295; 1 by default. */
  readonly seed?: number
}

export type AddBoardOptions = Omit<SimulatedBoardOptions, 'clock' | 'random' | 'definition'> & {
  /** Leaves the board's supply off; on by default. */
  readonly powered?: boolean
}
export type AddHostOptions = Omit<LabHostOptions, 'clock' | 'random'>
export type HubSettings = Omit<HubOptions, 'clock'>
export type SwitchSettings = Omit<SwitchOptions, 'clock' | 'random'>
export type LabConnectOptions = Omit<CableOptions, 'clock' | 'random'> & {
  /** Two on the network have the same address, and are meant to. */
  readonly sameAddresses?: boolean
}
