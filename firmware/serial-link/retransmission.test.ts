import { describe, expect, it } from 'vitest'
import { LinkReceiver, Sender } from './retransmission.js'
import { LinkRoundTrip } from './round-trip.js'

const CELL = 640_000
const payload = Uint8Array.of(1)

function filled(count: number, window = 4): Sender {
  const sender = new Sender(window)
  for (let i = 0; i < count; i++) sender.take(1, payload)
  return sender
}

const sequences = (sender: Sender, now = 0): number[] => {
  const sent: number[] = []
  while (sender.ready) sent.push(sender.send(now).sequence)
  return sent
}

describe('the sender (go-back-N)', () => {
  it('holds no more than the window', () => {
    const sender = filled(4)
    expect(sender.open).toBe(false)
    sequences(sender)
    sender.acknowledge(1, 1)
    expect(sender.open).toBe(true)
  })

  it('takes acknowledgements as cumulative', () => {
    const sender = filled(4)
    sequences(sender)
    expect(sender.acknowledge(3, 1)).toBe(3)
    expect(sender.outstanding).toBe(1)
  })

  it('sends everything from the rejected cell on again', () => {
    const sender = filled(4)
    expect(sequences(sender)).toEqual([0, 1, 2, 3])
    sender.acknowledge(1, 5 * CELL)
    sender.reject(5 * CELL, 2 * CELL)
    expect(sequences(sender, 5 * CELL)).toEqual([1, 2, 3])
    expect(sender.counters.retransmissions).toBe(3)
  })

  it('ignores a reject that cannot be the answer to the last transmission', () => {
    const sender = filled(4)
    sequences(sender, 0)
    sender.reject(3 * CELL, 2 * CELL)
    sequences(sender, 3 * CELL)
    sender.reject(4 * CELL, 2 * CELL)
    expect(sender.ready).toBe(false)
  })

  it('is not moved by acknowledgements of what was never sent', () => {
    const sender = filled(2)
    sequences(sender)
    expect(sender.acknowledge(3, 1)).toBe(0)
    expect(sender.acknowledge(100, 1)).toBe(0)
    expect(sender.outstanding).toBe(2)
    expect(sender.counters.badAcknowledgements).toBe(2)
  })

  it('counts sequences modulo 256', () => {
    const sender = new Sender(4)
    for (let i = 0; i < 1000; i++) {
      sender.take(1, payload)
      expect(sequences(sender)).toEqual([i & 0xff])
      expect(sender.acknowledge((i + 1) & 0xff, 1)).toBe(1)
    }
  })

  it('asks with one cell when the timer ran out: a peer that was only late has the whole window in its line already', () => {
    const sender = filled(4)
    sequences(sender, 0)
    sender.expired()
    expect(sequences(sender, 100)).toEqual([0])
    expect(sender.open).toBe(false)
    sender.expired()
    expect(sequences(sender, 300)).toEqual([0])
    // The peer had all but the last: nothing else goes twice.
    expect(sender.acknowledge(3, 400)).toBe(3)
    expect(sequences(sender, 400)).toEqual([3])
    expect(sender.counters.retransmissions).toBe(3)
  })

  it('goes back to the window at the first reject after the timer ran out: the peer listens', () => {
    const sender = filled(4)
    sequences(sender, 0)
    sender.expired()
    expect(sequences(sender, 100)).toEqual([0])
    sender.reject(300, 100)
    expect(sequences(sender, 300)).toEqual([0, 1, 2, 3])
  })

  it('does not measure a cell that was sent twice (Karn, RFC 6298 3)', () => {
    const sender = filled(1)
    sequences(sender, 0)
    sender.expired()
    sequences(sender, 100)
    sender.acknowledge(1, 200)
    expect(sender.roundTrip.smoothed).toBeUndefined()
  })
})

describe('the receiver', () => {
  it('accepts only the next sequence', () => {
    const receiver = new LinkReceiver()
    expect([0, 1, 1, 3, 0, 2].map((sequence) => receiver.receive(sequence))).toEqual([
      'accept',
      'accept',
      'duplicate',
      'ahead',
      'duplicate',
      'accept',
    ])
  })

  it('rejects a gap once', () => {
    const receiver = new LinkReceiver()
    const rejects = [1, 2, 3].map((sequence) => {
      receiver.receive(sequence)
      const due = receiver.rejectDue
      receiver.rejectDue = false
      return due
    })
    expect(rejects).toEqual([true, false, false])
  })

  it('takes the sender going back without the missing cell for a new gap', () => {
    const receiver = new LinkReceiver()
    receiver.receive(1)
    receiver.receive(2)
    receiver.rejectDue = false
    receiver.receive(1) // 0 was lost again
    expect(receiver.rejectDue).toBe(true)
  })

  it('rejects a damaged cell at once, and those behind it no more', () => {
    const receiver = new LinkReceiver()
    receiver.damaged(0)
    expect(receiver.rejectDue).toBe(true)
    receiver.rejectDue = false
    receiver.receive(1)
    expect(receiver.rejectDue).toBe(false)
    receiver.damaged(255) // behind: an old one, nobody misses it
    expect(receiver.rejectDue).toBe(false)
  })
})

describe('the retransmission timer (RFC 6298 2)', () => {
  it('is SRTT + 4 RTTVAR: 3 times the first measurement', () => {
    const roundTrip = new LinkRoundTrip()
    roundTrip.measure(10 * CELL)
    expect(roundTrip.timeout(CELL)).toBe(30 * CELL)
  })

  it('is 50 ms before anything was measured, more on a slow line', () => {
    expect(new LinkRoundTrip().timeout(CELL)).toBe(50_000_000)
    expect(new LinkRoundTrip().timeout(66_666_667)).toBeCloseTo(8 * 66_666_667, -1)
  })

  it('settles on the measured round trip', () => {
    const roundTrip = new LinkRoundTrip()
    for (let i = 0; i < 200; i++) roundTrip.measure(10 * CELL)
    expect(roundTrip.smoothed).toBeCloseTo(10 * CELL, 0)
    expect(roundTrip.timeout(CELL)).toBe(15 * CELL) // with half of it for granularity
  })

  it('is never under four cell times', () => {
    const roundTrip = new LinkRoundTrip()
    for (let i = 0; i < 200; i++) roundTrip.measure(CELL)
    expect(roundTrip.timeout(CELL)).toBe(4 * CELL)
  })

  it('doubles each time it runs out, up to half a second, and is itself again with the next measurement', () => {
    const roundTrip = new LinkRoundTrip()
    for (let i = 0; i < 200; i++) roundTrip.measure(5 * CELL)
    roundTrip.expired()
    expect(roundTrip.timeout(CELL)).toBe(15 * CELL)
    for (let i = 0; i < 50; i++) roundTrip.expired()
    expect(roundTrip.timeout(CELL)).toBe(500_000_000)
    roundTrip.measure(5 * CELL)
    expect(roundTrip.timeout(CELL)).toBe(7.5 * CELL)
  })
})
