/**
 * Where a controller's chart stands (`machine.ts`), as others ask for it: names of states, and no more of XState than that needs, so that our published declarations
 * contain none of XState's.
 */
import type { DhcpClientState } from '../net/dhcp/client-machine.js'
import type { ControllerContext, FaultState, ResetCause } from './machine.js'

type RegionsHeld = { readonly 'brown-out': 'inactive' | 'active'; readonly 'RESET pin': 'high' | 'low' }

/** The regions of `on`, and the states of each. */
export type RegionsOn = {
  /** Why it started. */
  readonly reset: 'asking' | ResetCause | 'none'
  readonly boot: 'starting' | 'running'
  readonly chip: 'waiting' | 'bringing-up' | 'running' | 'failed' | 'letting-go' | 'lent'
  readonly link: 'down' | 'up'
  readonly address: 'none' | 'configured' | 'contested' | 'given-up' | Exclude<DhcpClientState, 'STOPPED'>
  readonly services: 'stopped' | 'running'
  readonly mode: 'controlling' | 'handing-over' | 'bridging'
  readonly fault: 'asking' | FaultState
}

export type ControllerStateValue =
  | 'hung'
  | { readonly off: Pick<RegionsHeld, 'RESET pin'> }
  | { readonly held: RegionsHeld }
  | { readonly on: RegionsOn }

/** A state, or some of its regions. */
export type ControllerStateQuery =
  | 'off'
  | 'held'
  | 'on'
  | 'hung'
  | { readonly off: Partial<Pick<RegionsHeld, 'RESET pin'>> }
  | { readonly held: Partial<RegionsHeld> }
  | { readonly on: Partial<RegionsOn> }

export interface ControllerState {
  readonly value: ControllerStateValue
  readonly context: ControllerContext
  /** `state.matches({ on: { link: 'up' } })` */
  matches(state: ControllerStateQuery): boolean
}
