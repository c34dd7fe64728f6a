/** The numbers of RFC 2217, Telnet Com Port Control Option, and the values that go with them. */

export const COM_PORT_OPTION = 44

/** Commands of the client; the server's answer, or notice, has 100 more (RFC 2217 3). */
export const SIGNATURE = 0
export const SET_BAUDRATE = 1
export const SET_DATASIZE = 2
export const SET_PARITY = 3
export const SET_STOPSIZE = 4
export const SET_CONTROL = 5
export const NOTIFY_LINESTATE = 6
export const NOTIFY_MODEMSTATE = 7
export const FLOWCONTROL_SUSPEND = 8
export const FLOWCONTROL_RESUME = 9
export const SET_LINESTATE_MASK = 10
export const SET_MODEMSTATE_MASK = 11
export const PURGE_DATA = 12
export const FROM_SERVER = 100

/** Values of SET-CONTROL. */
export const CONTROL_FLOW_NONE = 1
export const CONTROL_FLOW_HARDWARE = 3
export const CONTROL_BREAK_QUERY = 4
export const CONTROL_BREAK_ON = 5
export const CONTROL_BREAK_OFF = 6
export const CONTROL_DTR_QUERY = 7
export const CONTROL_DTR_ON = 8
export const CONTROL_DTR_OFF = 9
export const CONTROL_RTS_QUERY = 10
export const CONTROL_RTS_ON = 11
export const CONTROL_RTS_OFF = 12
export const CONTROL_INBOUND_QUERY = 13
export const CONTROL_INBOUND_NONE = 14

/** Values of PURGE-DATA: what the server has received, what it has yet to send, both. */
export const PURGE_RECEIVED = 1
export const PURGE_TO_SEND = 2
export const PURGE_BOTH = 3

/** Bits of NOTIFY-LINESTATE. */
export const LINESTATE_OVERRUN = 0x02
export const LINESTATE_PARITY = 0x04
export const LINESTATE_FRAMING = 0x08
export const LINESTATE_BREAK = 0x10

/** Bits of NOTIFY-MODEMSTATE. */
export const MODEMSTATE_CTS = 0x10
export const MODEMSTATE_DSR = 0x20
export const MODEMSTATE_DCD = 0x80

/** Values of SET-PARITY, from 1. */
export const PARITIES = ['none', 'odd', 'even', 'mark', 'space'] as const
/** Values of SET-STOPSIZE, from 1. */
export const STOP_SIZES = [1, 2, 1.5] as const

/** Of SET-BAUDRATE: four octets, the high one first. */
export function encodeBaud(baud: number): Uint8Array {
  return Uint8Array.of(baud >>> 24, (baud >>> 16) & 0xff, (baud >>> 8) & 0xff, baud & 0xff)
}

/** @returns undefined when there are not four octets */
export function decodeBaud(octets: Uint8Array): number | undefined {
  if (octets.length !== 4) return undefined
  return ((octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8) | octets[3]) >>> 0
}
