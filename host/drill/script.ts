import type { Family, IpAddress } from '../../firmware/net/ip.js'
import type { ScriptPlace } from './reader.js'

/**
 * What a script says, as plain values: the language of packetdrill (its `Syntax.md`; USENIX ATC 2013), read anew. Times are
 * nanoseconds; sequence numbers are the script's own, relative to the stack's initial one.
 */

export interface Script {
  /** As the person named it. */
  readonly file: string
  /** `--option=value` lines before the first statement. */
  readonly options: readonly ScriptOption[]
  readonly statements: readonly Statement[]
  /** The line and column of a place in its text, which values and options name in characters. */
  readonly placeAt: (at: number) => ScriptPlace
}

/** Without its dashes. */
export interface GivenOption {
  readonly name: string
  readonly value: string
}

export interface ScriptOption extends GivenOption, ScriptPlace {}

export interface Statement extends ScriptPlace {
  /** As it stands in the file, on one line. */
  readonly text: string
  readonly time: StatementTime
  readonly action: Action
}

/** When a statement is due: since the script began, since the statement before, or whenever it comes. */
export type StatementTime =
  | { readonly kind: 'any' }
  | {
      readonly kind: 'absolute' | 'relative'
      readonly at: number
      /** The end of a range (`0.1~0.2`), counted from where `at` is. */
      readonly latest?: number
    }

export type Action = Packet | Call | ShellCommand | Code

/** `listen(3, 1) = 0` */
export interface Call {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Value[]
  /** When a call that blocks returns, counted from where the statement's `at` is. */
  readonly returnsAt?: number
  readonly result: Value
  /** `EAGAIN`, after a result of -1. */
  readonly error?: string
}

/** `` `sysctl -q net.ipv4.tcp_sack=0` `` */
export interface ShellCommand {
  readonly kind: 'command'
  readonly command: string
  /** Where it begins, in characters. */
  readonly at: number
}

/** `%{ assert tcpi_unacked == 0 }%` */
export interface Code {
  readonly kind: 'code'
  readonly code: string
}

/** An argument or a result, in C's manner. */
export type Value = { /** Where it stands, in characters. */ readonly at: number } & (
  | { readonly kind: 'any' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  /** `more`: three dots follow, the text is only how it begins. */
  | { readonly kind: 'text'; readonly text: string; readonly more: boolean }
  | { readonly kind: 'or'; readonly items: readonly Value[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Value[] }
)

/** `sin_port=htons(8080)`; `msg_iov(1)=[…]`; without a name where only the place tells (`{..., 1000}`). */
export interface StructField {
  readonly name?: string
  readonly count?: Value
  readonly value: Value
}

/** `<`: the script sends it to the stack; `>`: the stack is to send it. */
export interface Packet {
  readonly kind: 'packet'
  readonly direction: 'inject' | 'expect'
  readonly network: NetworkFields
  readonly transport: TcpFields | UdpFields | IcmpFields
}

export const ECN_NAMES = ['noecn', 'ect0', 'ect1', 'ect01', 'ce'] as const
export type Ecn = (typeof ECN_NAMES)[number]

/** What stands in brackets before the flags, and the ports behind them. */
export interface NetworkFields {
  readonly ecn?: Ecn
  readonly trafficClass?: number
  /** IPv6's hop limit as well. */
  readonly timeToLive?: number
  /** Of IPv6. Of what the stack sends: the same as before, or another. */
  readonly flowLabel?: number
  /** The peer's port, where a script has several connections; and the stack's. */
  readonly port?: number
  readonly localPort?: number
  /** Source and destination of an injected packet other than the script's. */
  readonly from?: IpAddress
  readonly to?: IpAddress
}

export interface TcpFields {
  readonly kind: 'tcp'
  /** FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, as in the header, and AE (RFC 9768) above them. */
  readonly flags: number
  readonly sequence: number
  readonly length: number
  /** May be given without the ACK flag: the field has it then, and says nothing. With the flag and no number it is 0. */
  readonly acknowledgement?: number
  readonly window?: number
  readonly urgentPointer?: number
  /** `any` is `<...>`. None is an empty list: a segment with options does not match it. */
  readonly options: readonly TcpOption[] | 'any'
}

export type TcpOption =
  | { readonly kind: 'nop' }
  | { readonly kind: 'eol' }
  | { readonly kind: 'sackOK' }
  | { readonly kind: 'mss' | 'wscale'; readonly value: number }
  /** Three dots for a number of a segment that is expected: any. */
  | { readonly kind: 'TS'; readonly value: number | 'any'; readonly echo: number | 'any' }
  | { readonly kind: 'sack'; readonly blocks: readonly (readonly [left: number, right: number])[] }
  | { readonly kind: 'FO'; readonly cookie: Uint8Array }
  /** Any other kind, with a right length. */
  | { readonly kind: 'unknown'; readonly number: number; readonly octets: Uint8Array }
  /** Octets as they are, right or wrong. */
  | { readonly kind: 'raw'; readonly octets: Uint8Array }

export interface UdpFields {
  readonly kind: 'udp'
  readonly length: number
}

export interface IcmpFields {
  readonly kind: 'icmp'
  /** That of the packets of the script: its numbers are those of ICMP, or of ICMPv6. */
  readonly family: Family
  readonly type: number
  readonly code: number
  readonly mtu?: number
  /** Of an echo. */
  readonly identifier?: number
  /** What the message quotes: a segment or datagram of the stack's; the latest it sent, where nothing is said. */
  readonly quotes?:
    | { readonly kind: 'tcp'; readonly sequence: number; readonly length: number }
    | { readonly kind: 'udp'; readonly length: number }
    /** Nothing: the whole message has so many octets, behind its header all zero. */
    | { readonly kind: 'raw'; readonly length: number }
}
