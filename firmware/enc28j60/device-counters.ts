/** What a frame device counts: losses by reason, and what else happened. */
import { Tally } from '../hal/counters.js'

/** Why a frame was lost here. */
export type DeviceDropReason =
  | 'transmit: device not started'
  | 'transmit: no link'
  | 'transmit: queue full'
  | 'transmit: frame too long'
  | 'transmit: frame too short'
  | 'transmit: excessive collisions'
  | 'transmit: late collisions'
  | 'transmit: excessive deferral'
  | 'transmit: aborted'
  | 'transmit: transmitter stuck'
  | 'transmit: device stopped'
  | 'receive: memory full'
  | 'receive: bad frame'
  | 'receive: corrupt header'
  | 'receive: lost in recovery'

export type DeviceEvent =
  | 'frames sent'
  | 'frames received'
  | 'octets sent'
  | 'octets received'
  | 'collisions'
  | 'frames deferred'
  | 'late collision retries'
  | 'transmitter resets'
  | 'receiver resets'
  | 'overflows'
  | 'link changes'
  | 'interrupts missed'
  | 'pauses'
  | 'services'

export class DeviceCounters {
  readonly dropped = new Tally<DeviceDropReason>()
  readonly events = new Tally<DeviceEvent>()

  clear(): void {
    this.dropped.clear()
    this.events.clear()
  }
}
