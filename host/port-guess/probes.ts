/** What may be asked of whoever is at a port. Nothing of it is sent to an unknown device before somebody has agreed to it. */
import type { Random } from '../../firmware/hal/random.js'
import { encodeCell } from '../../firmware/serial-link/cell.js'
import { KIND, SESSION } from '../../firmware/serial-link/link-table.js'
import { encodeSession } from '../../firmware/serial-link/session.js'
import { keyed, type Sentence } from '../text/keyed.js'

export type ProbeKind = 'cell' | 'return' | 'attention' | 'boot loader' | 'signature'

export interface Probe {
  readonly kind: ProbeKind
  readonly octets: Uint8Array
}

/** STK500 version 1 (AVR061): GET_SYNC and READ_SIGN, each with its end CRC_EOP; the answers STK_INSYNC … STK_OK. */
export const GET_SYNC: Probe = { kind: 'boot loader', octets: Uint8Array.of(0x30, 0x20) }
export const READ_SIGNATURE: Probe = { kind: 'signature', octets: Uint8Array.of(0x75, 0x20) }
export const STK_INSYNC = 0x14
export const STK_OK = 0x10

/** An empty line: who waits for a name asks for it again. */
export const RETURN: Probe = { kind: 'return', octets: Uint8Array.of(0x0d) }
/** ITU-T V.250 5.2.1: a command line of nothing, which a modem answers with OK. */
export const ATTENTION: Probe = { kind: 'attention', octets: Uint8Array.of(0x41, 0x54, 0x0d) }

/** The cell that opens a session of the serial link. */
export function openingCell(random: Random): Probe {
  const payload = encodeSession({
    step: 'open',
    identifier: random.below(0x1_0000),
    peer: 0,
    role: 'host',
    speaks: SESSION.VERSION,
    identity: { board: '', firmware: 'host', window: 32, highestSpiClock: 0, capabilities: 0, cells: 0 },
  })
  const octets = encodeCell({ kind: KIND.SESSION, channel: 0, sequence: 0, acknowledge: 0, payload })
  return { kind: 'cell', octets }
}

/** What would be sent, for whoever decides about it. */
export function namesOfProbes(rates: readonly number[]): readonly Sentence[] {
  return [
    ...(rates.length === 0 ? [] : [keyed('port.probe.cell', { rates: rates.join(', ') })]),
    keyed('port.probe.attention'),
    keyed('port.probe.boot-loader'),
  ]
}
