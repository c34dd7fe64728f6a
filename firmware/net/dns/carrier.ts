/** What DNS asks of the host it runs on: so client and server are tested without one. */
import type { IpAddress } from '../ip.js'

/** Takes the octets of a message, `octets[start .. end)`, valid during the call. */
export type DnsListener = (octets: Uint8Array, start: number, end: number) => void

/** A way to one server: a UDP port of its own, or a TCP connection. */
export interface DnsChannel {
  /** Sends one whole message; false when it could not be sent. */
  send(message: Uint8Array): boolean
  close(): void
}

export interface DnsCarrier {
  /** Octets of message that reach this host from a server in one datagram, without fragments; undefined: no way to it. */
  largestDatagram(server: IpAddress): number | undefined
  /**
   * Opens a UDP port, unpredictable and new each time (RFC 5452 9.2), that hears port 53 of this server only.
   * `onFailed`: nobody is there (an ICMP error). Neither is called from within.
   * @returns undefined when there is no way to the server
   */
  datagrams(server: IpAddress, onMessage: DnsListener, onFailed: () => void): DnsChannel | undefined
  /** Opens a TCP connection to port 53. `onMessage` gets whole messages, without their length; `onFailed` when it ended. */
  stream?(server: IpAddress, onMessage: DnsListener, onFailed: () => void): DnsChannel | undefined
}
