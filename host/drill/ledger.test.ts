import { describe, expect, it } from 'vitest'
import { Ledger } from './ledger.js'

const [FIN, SYN, ACK] = [1, 2, 16]
const segment = (sequence: number, length: number, flags = ACK) => ({ flags, sequence: sequence >>> 0, length })

describe('the ledger of a conversation', () => {
  it('counts what arrived by the acknowledgements of the peer, a SYN and a FIN with it', () => {
    const ledger = new Ledger()
    ledger.sent(segment(100, 0, SYN))
    ledger.arrived(segment(0, 0), 101, [])
    expect(ledger.delivered).toBe(1)
    ledger.sent(segment(101, 10))
    ledger.sent(segment(111, 10))
    ledger.sent(segment(121, 0, FIN | ACK))
    // Half of a segment is none.
    ledger.arrived(segment(0, 5), 116, [])
    expect([ledger.delivered, ledger.dataSegmentsSent, ledger.dataSegmentsReceived]).toEqual([2, 2, 1])
    ledger.arrived(segment(0, 0), 122, [])
    expect(ledger.delivered).toBe(4)
  })

  it('counts what was reported out of order once, and what went again until it arrives', () => {
    const ledger = new Ledger()
    for (let i = 0; i < 4; i++) ledger.sent(segment(1 + 10 * i, 10))
    ledger.arrived(segment(0, 0), 1, [[11, 21]])
    ledger.arrived(segment(0, 0), 1, [[11, 31]])
    expect(ledger.delivered).toBe(2)
    ledger.sent(segment(1, 10))
    expect([ledger.resent, ledger.octetsResent]).toEqual([1, 10])
    // The same again is the same segment.
    ledger.sent(segment(1, 10))
    expect([ledger.resent, ledger.octetsResent]).toEqual([1, 20])
    ledger.arrived(segment(0, 0), 31, [])
    expect([ledger.resent, ledger.delivered]).toEqual([0, 3])
  })

  it('goes on where numbers wrap', () => {
    const ledger = new Ledger()
    ledger.sent(segment(-5, 10))
    ledger.sent(segment(5, 10))
    ledger.sent(segment(-5, 10))
    expect([ledger.resent, ledger.octetsResent]).toEqual([1, 10])
    ledger.arrived(segment(0, 0), 5, [])
    expect([ledger.delivered, ledger.resent]).toEqual([1, 0])
  })

  it('says nothing of a segment without an acknowledgement', () => {
    const ledger = new Ledger()
    ledger.sent(segment(1, 10))
    ledger.arrived(segment(0, 0, SYN), 11, [])
    expect(ledger.delivered).toBe(0)
  })
})
