/** A UART as the firmware sees it: octets in, octets out, and what the receiver found wrong with some of them. */

/** Per octet, the flags a USART keeps beside its data (ATmega328P: UCSRnA FE, DOR, UPE); 0 is a clean octet. */
export const LINE_FRAMING_ERROR = 1
export const LINE_OVERRUN = 2
export const LINE_PARITY_ERROR = 4
/** No error: the ninth data bit of the character, where there are nine (ATmega328P: RXB8). */
export const LINE_BIT_8 = 8

/** mark: the parity bit is always 1; space: always 0. */
export type Parity = 'none' | 'even' | 'odd' | 'mark' | 'space'

/** How a character is wrapped in bits. */
export interface SerialFraming {
  readonly dataBits: 5 | 6 | 7 | 8 | 9
  readonly parity: Parity
  /** One and a half goes with five data bits on most UARTs (16550: LCR bit 2); ours sends it with any. */
  readonly stopBits: 1 | 1.5 | 2
}

export interface SerialLine {
  /** Symbols a second, both ways. */
  readonly baud: number
  /** Takes effect for the next octet that starts. */
  setBaud(baud: number): void
  /** Takes effect for the next character that starts. Left out by a line that is 8N1 for good. */
  setFraming?(framing: SerialFraming): void
  /** As `write`, with characters of nine bits. */
  writeCharacters?(characters: Uint16Array): void
  /** Queues octets; they leave in order, each in its time. The array may be used again after the call. */
  write(octets: Uint8Array): void
  /** Octets queued that have not begun to leave. */
  readonly pending: number
  /** Drops them. Left out by a line that has no end for it, such as a real port. */
  flush?(): void
  /**
   * Is called with octets as they complete. `errors` has one flag octet for each, and is left out where every octet is
   * clean. The arrays are the listener's own.
   */
  handleOctets: ((octets: Uint8Array, errors?: Uint8Array) => void) | undefined
}
