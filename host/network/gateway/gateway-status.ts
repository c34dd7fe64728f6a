/** What `net stat` shows of a gateway. */

/** Something that is open between a board and the outside. */
export interface GatewayConversation {
  readonly protocol: 'tcp' | 'udp'
  /** Address and port of the board. */
  readonly board: string
  /** Address and port that the system has at the other end. */
  readonly outside: string
  /** Of a TCP connection, towards the board (RFC 9293 3.3.2). */
  readonly state?: string
  readonly fromBoard: number
  readonly toBoard: number
}

export interface GatewayForward {
  readonly protocol: 'tcp' | 'udp'
  /** Address and port of this computer. */
  readonly listens: string
  /** Address and port of the board; the address is missing where there is none yet. */
  readonly board: string
  /** Connections that are open. */
  readonly open: number
}

export interface GatewayStatus {
  /** Addresses of the gateway on the boards' wire. */
  readonly addresses: readonly string[]
  readonly allowed: readonly string[]
  /** Nothing is reached but what is allowed. */
  readonly onlyListed: boolean
  /** Who answers echoes for hosts outside: those hosts, asked by the system's ping, or the gateway, since there is no such program. */
  readonly echoes: 'hosts' | 'gateway'
  readonly conversations: readonly GatewayConversation[]
  readonly forwards: readonly GatewayForward[]
  readonly counters: {
    /** TCP connections and UDP conversations that were begun. */
    readonly begun: number
    readonly forwarded: number
    readonly echoesAnswered: number
    readonly namesAsked: number
  }
  readonly dropped: Readonly<Record<string, number>>
}
