/** Who listens to a connection. Each list is made with its first listener: most connections have few. */
import type { Listeners } from '../../hal/listeners.js'
import type { NetErrorCode } from '../errors.js'
import type { TcpState } from './states.js'

export interface ConnectionListeners {
  readonly stateListeners: Listeners<[state: TcpState, previous: TcpState]> | undefined
  readonly readableListeners: Listeners<[]> | undefined
  readonly writableListeners: Listeners<[]> | undefined
  readonly softErrorListeners: Listeners<[code: NetErrorCode]> | undefined
  readonly urgentListeners: Listeners<[]> | undefined
  readonly closedListeners: Listeners<[error: NetErrorCode | undefined]> | undefined
}
