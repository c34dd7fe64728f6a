/**
 * SPI programs for a programmer that takes only so many octets under one chip select. What reads or writes the buffer
 * memory of an ENC28J60 can be cut, because the next instruction goes on where the pointer stands (DS39662 3.2.2, 4.2.2);
 * nothing else can.
 */
import { OPCODE } from '../../firmware/enc28j60/registers.js'
import type { SpiProgram, SpiStep, SpiTransfer } from '../../firmware/hal/spi.js'

export interface TransferLimits {
  /** Octets written, and read, in one transfer. */
  readonly write: number
  readonly read: number
}

/** The same program in transfers that fit. One that cannot be made to fit fails, as an error thrown at its step. */
export function* limited<T>(program: SpiProgram<T>, limits: TransferLimits): SpiProgram<T> {
  let result = program.next([])
  while (!result.done) {
    const step: SpiStep = result.value
    if ('wait' in step) {
      result = program.next(yield step)
      continue
    }
    let parts: SpiTransfer[][]
    try {
      parts = step.transfers.map((transfer) => cut(transfer, limits))
    } catch (error) {
      result = program.throw(error)
      continue
    }
    let replies: readonly Uint8Array[]
    try {
      replies = yield { transfers: parts.flat() }
    } catch (error) {
      result = program.throw(error)
      continue
    }
    result = program.next(parts.every((each) => each.length === 1) ? replies : joined(parts, replies))
  }
  return result.value
}

/** @throws RangeError for a transfer that is longer than the limits and cannot be cut */
function cut(transfer: SpiTransfer, limits: TransferLimits): SpiTransfer[] {
  const { write, read } = transfer
  if (write.length <= limits.write && read <= limits.read) return [transfer]
  if (write[0] === OPCODE.WBM && read === 0 && limits.write > 1) {
    const parts: SpiTransfer[] = []
    for (let at = 1; at < write.length; at += limits.write - 1) {
      parts.push({ write: Uint8Array.of(OPCODE.WBM, ...write.subarray(at, at + limits.write - 1)), read: 0 })
    }
    return parts
  }
  if (write[0] === OPCODE.RBM && write.length === 1 && limits.write > 0 && limits.read > 0) {
    const parts: SpiTransfer[] = []
    for (let left = read; left > 0; left -= limits.read) parts.push({ write, read: Math.min(left, limits.read) })
    return parts
  }
  throw new RangeError(
    `an SPI operation of ${write.length} octets to write and ${read} to read is longer than the programmer takes (${limits.write} and ${limits.read}), and cannot be cut under one chip select`,
  )
}

function joined(parts: readonly SpiTransfer[][], replies: readonly Uint8Array[]): Uint8Array[] {
  let at = 0
  return parts.map((each) => {
    const octets = replies.slice(at, at + each.length)
    at += each.length
    return octets.length === 1 ? octets[0] : Uint8Array.from(octets.flatMap((part) => [...part]))
  })
}
