import { describe, expect, it } from 'vitest'
import type { SpiProgram, SpiTransfer } from '../../firmware/hal/spi.js'
import { limited } from './limited-program.js'

// DS39662 table 4-1: the opcodes of the instructions that read and write buffer memory
const RBM = 0x3a
const WBM = 0x7a

/** A chip whose memory is octet a at address a, read and written where a pointer stands. */
function run<T>(program: SpiProgram<T>) {
  const transfers: SpiTransfer[] = []
  let at = 0
  const written: number[] = []
  let result = program.next([])
  while (!result.done) {
    const step = result.value
    if ('wait' in step) {
      result = program.next([])
      continue
    }
    transfers.push(...step.transfers)
    result = program.next(
      step.transfers.map(({ write, read }) => {
        if (write[0] === WBM) written.push(...write.subarray(1))
        return Uint8Array.from({ length: read }, () => at++ & 0xff)
      }),
    )
  }
  return { value: result.value, transfers, written }
}

function* once(transfers: readonly SpiTransfer[]): SpiProgram<readonly Uint8Array[]> {
  return yield { transfers }
}

describe('programs for a programmer with limits', () => {
  it('reads buffer memory in pieces that fit, and hands them on as one', () => {
    const { value, transfers } = run(
      limited(
        once([
          { write: Uint8Array.of(RBM), read: 25 },
          { write: Uint8Array.of(0x1d), read: 1 },
        ]),
        { write: 9, read: 10 },
      ),
    )
    expect(transfers.map(({ write, read }) => [...write, read])).toEqual([
      [RBM, 10],
      [RBM, 10],
      [RBM, 5],
      [0x1d, 1],
    ])
    expect(value.map((reply) => [...reply])).toEqual([Array.from({ length: 25 }, (_, i) => i), [25]])
  })

  it('writes buffer memory in pieces that fit, each with its opcode', () => {
    const octets = Array.from({ length: 20 }, (_, i) => 100 + i)
    const { value, transfers, written } = run(
      limited(once([{ write: Uint8Array.of(WBM, ...octets), read: 0 }]), { write: 9, read: 10 }),
    )
    expect(transfers.map(({ write }) => [write[0], write.length])).toEqual([
      [WBM, 9],
      [WBM, 9],
      [WBM, 5],
    ])
    expect(written).toEqual(octets)
    expect(value).toHaveLength(1)
    expect(value[0]).toHaveLength(0)
  })

  it('leaves alone what fits, and waits', () => {
    const { transfers } = run(
      limited(
        (function* (): SpiProgram<void> {
          yield { wait: 5 }
          yield { transfers: [{ write: Uint8Array.of(WBM, 1, 2), read: 0 }] }
        })(),
        { write: 3, read: 1 },
      ),
    )
    expect(transfers).toHaveLength(1)
  })

  it('is a clear error for what cannot be cut, at the step that asked for it', () => {
    const program = function* (): SpiProgram<string> {
      try {
        yield { transfers: [{ write: new Uint8Array(12), read: 4 }] }
        return 'went on'
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(run(limited(program(), { write: 9, read: 10 })).value).toBe(
      'an SPI operation of 12 octets to write and 4 to read is longer than the programmer takes (9 and 10), and cannot be cut under one chip select',
    )
    // one octet leaves no room for data behind WBM
    expect(() => run(limited(once([{ write: Uint8Array.of(WBM, 1), read: 0 }]), { write: 1, read: 1 }))).toThrow(
      /cannot be cut/,
    )
  })

  it('hands on what the bus refused to the program that asked', () => {
    const program = limited(
      (function* (): SpiProgram<string> {
        try {
          yield { transfers: [{ write: Uint8Array.of(1), read: 0 }] }
          return 'went on'
        } catch (error) {
          return (error as Error).message
        }
      })(),
      { write: 9, read: 9 },
    )
    program.next([])
    expect(program.throw(new Error('NAK'))).toEqual({ done: true, value: 'NAK' })
  })
})
