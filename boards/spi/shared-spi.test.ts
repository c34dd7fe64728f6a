import { describe, expect, it } from 'vitest'
import { SharedSpi } from './shared-spi.js'
import { OctetPins, type SpiSlave } from './spi-pins.js'

/** Answers each octet with the same, and keeps what it is sent. */
function chip(answer: number): SpiSlave & { readonly taken: number[] } {
  const taken: number[] = []
  return {
    taken,
    select: () => {},
    deselect: () => {},
    exchange: (octet) => {
      taken.push(octet)
      return answer
    },
    next: () => answer,
  }
}

describe('an SPI bus with several chips', () => {
  const [first, second, third] = [chip(0x5a), chip(0xc3), chip(0x0f)]
  const bus = new SharedSpi(new OctetPins(first))
  const selects = [second, third].map((each) => bus.add(each))

  it('hands octets to whose select is low, and MISO is theirs', () => {
    bus.select()
    expect(bus.exchange(1)).toBe(0x5a)
    bus.deselect()
    selects[0](true)
    expect(bus.exchange(2)).toBe(0xc3)
    selects[0](false)
    expect([first.taken.includes(1), second.taken, third.taken]).toEqual([true, [2], []])
    expect(bus.contention).toBe(0)
  })

  it('counts where two drive MISO, and a low one wins', () => {
    selects[0](true)
    selects[1](true)
    expect(bus.exchange(3)).toBe(0xc3 & 0x0f)
    expect(bus.contention).toBe(1)
    for (const select of selects) select(false)
  })

  it('works by edges too: MISO is let go with the select', () => {
    const seen: (boolean | undefined)[] = []
    bus.handleMiso = (level) => seen.push(level)
    selects[1](true)
    let octet = 0
    for (let bit = 0; bit < 8; bit++) {
      octet = (octet << 1) | (seen.at(-1) === true ? 1 : 0)
      bus.setMosi(bit % 2 === 0)
      bus.setSck(true, bit)
      bus.setSck(false, bit)
    }
    expect(octet).toBe(0x0f)
    expect(third.taken.at(-1)).toBe(0b10101010)
    selects[1](false)
    expect(seen.at(-1)).toBeUndefined()
    bus.handleMiso = undefined
  })
})
