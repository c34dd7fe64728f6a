/**
 * SPI work is a program, not a promise chain: a driver routine is a generator that yields steps and is handed their
 * replies. Whoever runs it decides where: on a simulated bus, or across a serial bridge.
 */

/** One chip select frame: `write` goes out, then `read` octets come in (serprog's O_SPIOP, every ENC28J60 instruction). */
export interface SpiTransfer {
  readonly write: Uint8Array
  /** Octets clocked in after `write`; 0 for none. */
  readonly read: number
}

/** What a program asks for next: transfers made back to back, or a wait. Every yield is one visible round trip. */
export type SpiStep = { readonly transfers: readonly SpiTransfer[] } | { readonly wait: number }

/**
 * A driver routine. Each `yield` of transfers is answered with one `Uint8Array` a transfer, in order, `read` octets
 * each; a wait (nanoseconds) is answered with an empty array.
 */
export type SpiProgram<T> = Generator<SpiStep, T, readonly Uint8Array[]>

/** The wires of one chip select: a transfer happens at once, at the clock's present instant. */
export interface SpiBus {
  /** Selects, writes, reads, deselects. Returns the `read` octets that came in after `write`. */
  transfer(write: Uint8Array, read: number): Uint8Array
}

export type SpiOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error }

/** Runs programs one after another, never interleaved (a bank switch of one must not meet the registers of another). */
export interface SpiRunner {
  /** Queues a program. `settle` is called once: with its result, or with what it threw or what the bus refused. */
  run<T>(program: SpiProgram<T>, settle: (outcome: SpiOutcome<T>) => void): void
}
