/**
 * The 8 KiB of packet memory and the ways through it (DS39662 3.2, 6.0). Addresses are 13 bits; who walks decides where
 * it turns: reads by SPI, the receiver and the DMA's source turn from ERXND to ERXST, everything else only at 1FFFh.
 */
import { BUFFER_SIZE } from '../../../firmware/enc28j60/registers.js'

export const ADDRESS_MASK = BUFFER_SIZE - 1

/** Up to here a loop is faster than a view and `set`. */
const SHORT_RUN = 80

/** A cell of which one bit holds its own opinion: a damaged chip. */
export interface StuckBit {
  readonly address: number
  /** 0 to 7. */
  readonly bit: number
  readonly high: boolean
}

/** A line of the memory that is damaged, for all of its cells. */
export interface BadLines {
  /** A data line that is stuck: that bit of each octet. */
  readonly data?: { readonly bit: number; readonly high: boolean }
  /** An address line, 0 to 12, that is stuck at either level: two cells are one. */
  readonly address?: number
  /** Two data lines that touch: the low one wins. */
  readonly bridged?: readonly [number, number]
}

export class BufferMemory {
  readonly octets = new Uint8Array(BUFFER_SIZE)
  /** Left out in a sound chip. */
  stuck: StuckBit | undefined
  /** Left out in a sound chip. */
  lines: BadLines | undefined

  /**
   * What has been written is taken over by what is damaged; nothing in a sound chip.
   * @param at where it was written, and how many octets, without a turn
   */
  settle(at: number, count: number): void {
    if (this.lines !== undefined) this.#settleLines(this.lines, at, count)
    if (this.stuck === undefined) return
    const { address, bit, high } = this.stuck
    if (high) this.octets[address] |= 1 << bit
    else this.octets[address] &= ~(1 << bit)
  }

  #settleLines({ data, address, bridged }: BadLines, at: number, count: number): void {
    const { octets } = this
    // From the last one down: of two cells that are one, it holds what was written last.
    for (let i = at + count - 1; i >= at; i--) {
      let octet = octets[i]
      if (bridged !== undefined) {
        const both = (1 << bridged[0]) | (1 << bridged[1])
        if ((octet & both) !== both) octet &= ~both
      }
      if (data !== undefined) octet = data.high ? octet | (1 << data.bit) : octet & ~(1 << data.bit)
      octets[i] = octet
      if (address !== undefined) octets[i ^ (1 << address)] = octet
    }
  }

  /** Content after power-on: undefined on silicon, so chance (DS39662 3.2). */
  scramble(next32: () => number): void {
    const words = new Uint32Array(this.octets.buffer)
    for (let i = 0; i < words.length; i++) words[i] = next32()
    if (this.lines !== undefined) this.settle(0, BUFFER_SIZE)
  }

  /**
   * Copies out of memory from `address`, wrapping `end` -> `start` and 1FFFh -> 0000h.
   * @returns the address after the last octet.
   */
  read(address: number, target: Uint8Array, from: number, count: number, start: number, end: number): number {
    const { octets } = this
    let at = address
    let done = from
    const last = from + count
    while (done < last) {
      const room = (at <= end ? end : ADDRESS_MASK) - at + 1
      const run = Math.min(room, last - done)
      if (run < SHORT_RUN) for (let i = 0; i < run; i++) target[done + i] = octets[at + i]
      else target.set(octets.subarray(at, at + run), done)
      done += run
      at = run < room ? at + run : at <= end ? start : 0
    }
    return at
  }

  /**
   * Copies into memory at `address`, wrapping `end` -> `start` and 1FFFh -> 0000h. Pass 1FFFh and 0 for linear writes.
   * @returns the address after the last octet.
   */
  write(address: number, source: Uint8Array, from: number, count: number, start: number, end: number): number {
    const { octets } = this
    let at = address
    let done = from
    const last = from + count
    while (done < last) {
      const room = (at <= end ? end : ADDRESS_MASK) - at + 1
      const run = Math.min(room, last - done)
      if (run < SHORT_RUN) for (let i = 0; i < run; i++) octets[at + i] = source[done + i]
      else octets.set(source.subarray(done, done + run), at)
      this.settle(at, run)
      done += run
      at = run < room ? at + run : at <= end ? start : 0
    }
    return at
  }
}

/** The address `count` octets after `address` for a walk that turns `end` -> `start` and 1FFFh -> 0000h. */
export function walk(address: number, count: number, start: number, end: number): number {
  let at = address
  let left = count
  for (;;) {
    const room = (at <= end ? end : ADDRESS_MASK) - at + 1
    if (left < room) return at + left
    left -= room
    at = at <= end ? start : 0
  }
}
