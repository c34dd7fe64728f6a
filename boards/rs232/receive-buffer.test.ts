import { describe, expect, it } from 'vitest'
import { LINE_OVERRUN, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { UartReceiveBuffer } from './receive-buffer.js'

describe('the receive buffer of a USART (DS40002061B 20.8.4)', () => {
  const fill = (count: number) => {
    const buffer = new UartReceiveBuffer()
    for (let i = 0; i < count; i++) buffer.receive(i, 0, i * 100)
    return buffer
  }
  const drain = (buffer: UartReceiveBuffer) => {
    const read: { octet: number; flags: number }[] = []
    for (let each = buffer.read(10_000); each !== undefined; each = buffer.read(10_000)) read.push(each)
    return read
  }

  it('keeps two characters and a third in the shift register', () => {
    const buffer = fill(3)
    expect(drain(buffer).map(({ octet }) => octet)).toEqual([0, 1, 2])
    expect(buffer.overrun).toBe(0)
  })

  it('loses the one in the shift register to the next start bit, and flags the one that came', () => {
    const buffer = fill(5)
    expect(drain(buffer)).toEqual([
      { octet: 0, flags: 0 },
      { octet: 1, flags: 0 },
      { octet: 4, flags: LINE_OVERRUN },
    ])
    expect(buffer.overrun).toBe(2)
  })

  it('saves the third when a read comes before the fourth has started', () => {
    const buffer = fill(3)
    expect(buffer.read(250)?.octet).toBe(0)
    buffer.receive(3, 0, 300)
    expect(drain(buffer).map(({ octet, flags }) => [octet, flags])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
  })

  it('shows the flags of the character in front, and forgets all when it is switched off', () => {
    const buffer = new UartReceiveBuffer()
    buffer.receive(1, LINE_PARITY_ERROR, 0)
    buffer.receive(2, 0, 100)
    expect(buffer.front?.flags).toBe(LINE_PARITY_ERROR)
    buffer.read(150)
    expect(buffer.front?.flags).toBe(0)
    buffer.clear()
    expect(buffer.read(200)).toBeUndefined()
  })
})
