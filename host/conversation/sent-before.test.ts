import { describe, expect, it } from 'vitest'
import { ACK, FIN, SYN } from '../../firmware/net/wire/tcp.js'
import { SentBefore } from './sent-before.js'

describe('what was sent before', () => {
  it('is a part of the stream of which nothing is new, across the end of the numbers', () => {
    const sent = new SentBefore()
    const is = (sequence: number, octets: number, flags = ACK) => sent.isAgain('a b', { sequence, flags }, octets)
    expect(is(0xffff_fffe, 0, SYN)).toBe(false)
    expect(is(0xffff_fffe, 0, SYN)).toBe(true)
    expect(is(0xffff_ffff, 10)).toBe(false)
    expect(is(0, 4)).toBe(true)
    // The end of it is new.
    expect(is(5, 6)).toBe(false)
    expect(is(11, 0, ACK | FIN)).toBe(false)
    expect(is(11, 0, ACK | FIN)).toBe(true)
    // Takes nothing of the sequence
    expect(is(5, 0)).toBe(false)
  })

  it('is told apart by direction, and a SYN with another number begins anew', () => {
    const sent = new SentBefore()
    expect(sent.isAgain('a b', { sequence: 100, flags: SYN }, 0)).toBe(false)
    expect(sent.isAgain('b a', { sequence: 100, flags: SYN | ACK }, 0)).toBe(false)
    expect(sent.isAgain('a b', { sequence: 50, flags: SYN }, 0)).toBe(false)
    expect(sent.isAgain('a b', { sequence: 51, flags: ACK }, 3)).toBe(false)
  })
})
