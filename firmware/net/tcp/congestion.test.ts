import { describe, expect, it } from 'vitest'
import { MILLISECOND as ms, SECOND } from '../../hal/clock.js'
import { type CongestionControl, initialWindow } from './congestion.js'
import { Cubic } from './cubic.js'
import { NewReno } from './new-reno.js'

const SMSS = 1000
const RTT = 100 * ms

function started<T extends CongestionControl>(control: T): T {
  control.setSegmentSize(SMSS)
  return control
}

/**
 * The first slow start over a way of which each round takes so long: segments are acknowledged one by one.
 * @returns the window at the end of each round
 */
function startOver(control: CongestionControl, roundTrips: readonly number[]): number[] {
  let unacknowledged = 0
  return roundTrips.map((trip, round) => {
    const segments = Math.floor(control.window / SMSS)
    for (let i = 1; i <= segments; i++) {
      unacknowledged += SMSS
      // What the window lets go is under way behind what is acknowledged.
      const next = unacknowledged + segments * SMSS
      if (control.isStarting) control.onStartSample(trip, unacknowledged, next)
      control.onAcknowledged(SMSS, true, round * SECOND, trip)
    }
    return control.window
  })
}

/** One round trip: every segment of the window is acknowledged by itself. */
function roundTrip(control: CongestionControl, now = 0, rtt = RTT): void {
  const segments = Math.floor(control.window / SMSS)
  for (let i = 0; i < segments; i++) control.onAcknowledged(SMSS, true, now + (rtt * (i + 1)) / segments, rtt)
}

describe.each([
  ['NewReno', () => new NewReno()],
  ['CUBIC', () => new Cubic()],
])('%s, where RFC 5681 leaves no choice', (_name, make) => {
  it('begins with four segments at most 1095 octets long, three to 2190, two beyond (3.1)', () => {
    expect([536, 1095, 1096, 2190, 2191].map(initialWindow)).toEqual([2144, 4380, 3288, 6570, 4382])
    const control = make()
    control.setSegmentSize(1460)
    expect([control.window, control.threshold]).toEqual([4380, Number.POSITIVE_INFINITY])
  })

  it('begins with one segment after a SYN that was lost (3.1)', () => {
    const control = make()
    control.setSegmentSize(1460, true)
    expect(control.window).toBe(1460)
  })

  it('80 [MUST-19, 5681 §3.1] grows by one segment for an acknowledgement below the threshold, however much it covers', () => {
    const control = started(make())
    control.onAcknowledged(SMSS, true, 0, RTT)
    expect(control.window).toBe(5000)
    control.onAcknowledged(10 * SMSS, true, 0, RTT)
    expect(control.window).toBe(6000)
    control.onAcknowledged(10, true, 0, RTT)
    expect(control.window).toBe(6010)
  })

  it('doubles in a round trip of slow start', () => {
    const control = started(make())
    for (const expected of [8000, 16_000, 32_000]) {
      roundTrip(control)
      expect(control.window).toBe(expected)
    }
  })

  it('[9406 §4.2] grows a quarter as fast in rounds whose least round trip is an eighth longer, and not at all so after five', () => {
    const control = started(make())
    const windows = startOver(control, [...Array(3).fill(100 * ms), ...Array(6).fill(112.5 * ms)])
    // The eighth sample of the fourth round tells: 7 of 32 segments grow by one segment, the others by a quarter.
    expect(windows.slice(0, 3)).toEqual([8000, 16_000, 32_000])
    expect(windows[3]).toBe(32_000 + 7 * 1000 + 25 * 250)
    expect(windows[4]).toBe(windows[3] + Math.floor(windows[3] / 1000) * 250)
    expect(control.isStarting).toBe(false)
    expect(control.threshold).toBeLessThan(Number.POSITIVE_INFINITY)
    expect(windows[8] - windows[7]).toBeLessThan(windows[7] / 4)
  })

  it('[9406 §4.2] goes on as before where the round trip becomes as short again, or is longer by less than 4 ms', () => {
    const control = started(make())
    const windows = startOver(control, [...Array(3).fill(100 * ms), 113 * ms, 100 * ms, 100 * ms])
    expect(windows[5]).toBeGreaterThan(1.9 * windows[4])
    const short = started(make())
    expect(startOver(short, [1 * ms, 4.9 * ms, 8.8 * ms])).toEqual([8000, 16_000, 32_000])
  })

  it('[9406 §4.3] is for the first slow start: after a loss none is ended by round trips', () => {
    const control = started(make())
    startOver(control, Array(3).fill(100 * ms))
    control.onTimeout(32_000, false, 3 * SECOND)
    expect(control.isStarting).toBe(false)
  })

  it('does not grow while the window is not what holds the sender back', () => {
    const control = started(make())
    for (let i = 0; i < 100; i++) control.onAcknowledged(SMSS, false, i * RTT, RTT)
    expect(control.window).toBe(4000)
  })

  it('81 [5681 §3.1] falls to one segment when the timer runs out, and holds the threshold when it does again', () => {
    const control = started(make())
    for (let i = 0; i < 4; i++) roundTrip(control)
    control.onTimeout(64_000, false, SECOND)
    const { threshold } = control
    expect(control.window).toBe(1000)
    expect(threshold).toBe(control.name === 'newreno' ? 32_000 : 44_800)
    control.onTimeout(1000, true, 2 * SECOND)
    expect([control.window, control.threshold]).toEqual([1000, threshold])
  })

  it('never has a threshold below two segments (3.1, equation 4)', () => {
    const control = started(make())
    control.onLoss(1000, undefined, 0)
    expect(control.threshold).toBe(2000)
    control.onTimeout(500, false, 0)
    expect(control.threshold).toBe(2000)
  })

  it('inflates by three segments on loss, by one for each duplicate, and deflates at the end (3.2)', () => {
    const control = started(make())
    for (let i = 0; i < 2; i++) roundTrip(control)
    control.onLoss(16_000, undefined, 0)
    const { threshold } = control
    expect(control.window).toBe(threshold + 3000)
    control.onDuplicate()
    expect(control.window).toBe(threshold + 4000)
    control.onRecovered(16_000, 0)
    expect(control.window).toBe(threshold)
  })

  it('deflates by what a partial acknowledgement covers, less a segment if it covers one (6582 3.2)', () => {
    const control = started(make())
    for (let i = 0; i < 4; i++) roundTrip(control)
    control.onLoss(40_000, undefined, 0)
    const { window } = control
    control.onPartial(3000)
    expect(control.window).toBe(window - 2000)
    control.onPartial(400)
    expect(control.window).toBe(window - 2400)
    control.onPartial(1_000_000)
    expect(control.window).toBe(2000)
  })

  it('makes no burst at the end of a recovery in which little is under way (6582 3.2)', () => {
    const control = started(make())
    control.onLoss(40_000, undefined, 0)
    control.onRecovered(0, 0)
    expect(control.window).toBe(2000)
  })

  it('85 [5681 §4.1] restarts with no more than the initial window after idleness', () => {
    const control = started(make())
    for (let i = 0; i < 3; i++) roundTrip(control)
    control.onIdle(10 * SECOND)
    expect(control.window).toBe(4000)
    control.onTimeout(4000, false, 11 * SECOND)
    control.onIdle(20 * SECOND)
    expect(control.window).toBe(1000)
  })
})

describe.each([
  ['NewReno', () => new NewReno(), 0.5],
  ['CUBIC', () => new Cubic(), 0.7],
] as const)('%s in a recovery with SACK', (_name, make, beta) => {
  /** A window of 20 segments, of which the first is found lost by the third that was reported behind it. */
  function recovering() {
    const control = started(make())
    while (control.window < 20 * SMSS) control.onAcknowledged(SMSS, true, 0, RTT)
    control.onLoss(20 * SMSS, 18 * SMSS, 0)
    return control
  }

  it('lets as much go for what arrives as brings what is under way to the threshold (RFC 9937 5)', () => {
    const control = recovering()
    const threshold = 20 * beta * SMSS
    expect(control.threshold).toBe(threshold)
    let pipe = 16 * SMSS
    let sent = 0
    const send = () => {
      for (; control.window - pipe >= SMSS; pipe += SMSS, sent++) control.onRecoverySent(SMSS)
    }
    control.onRecoveryAck(SMSS, pipe, false)
    send()
    // The first retransmission goes at once, whatever the proportion says.
    expect(sent).toBe(1)
    for (let i = 0; i < 15; i++) {
      pipe -= SMSS
      control.onRecoveryAck(SMSS, pipe, false)
      send()
      expect(pipe).toBeGreaterThanOrEqual(threshold - SMSS)
    }
    expect(Math.abs(pipe - threshold)).toBeLessThanOrEqual(SMSS)
    control.onRecovered(0, 0)
    expect(control.window).toBe(threshold)
  })

  it('sends no burst where much was lost: what arrived, and one segment more where it is safe (RFC 9937 5)', () => {
    const control = recovering()
    control.onRecoveryAck(SMSS, 2 * SMSS, false)
    expect(control.window).toBe(3 * SMSS)
    control.onRecoverySent(SMSS)
    control.onRecoveryAck(SMSS, 2 * SMSS, true)
    expect(control.window).toBe(4 * SMSS)
    control.onRecoverySent(2 * SMSS)
    control.onRecoveryAck(0, 3 * SMSS, false)
    expect(control.window).toBe(3 * SMSS)
  })

  it('has its windows back when the loss was none (RFC 4015, RFC 9438 4.9)', () => {
    const control = recovering()
    control.onRecoveryAck(SMSS, 16 * SMSS, false)
    control.undo(0)
    expect([control.window, control.threshold]).toEqual([20 * SMSS, Number.POSITIVE_INFINITY])
  })

  it('has them back after a time-out within it too, and no more than once', () => {
    const control = recovering()
    control.onTimeout(18 * SMSS, false, 0)
    expect(control.window).toBe(SMSS)
    control.undo(0)
    expect([control.window, control.threshold]).toEqual([20 * SMSS, Number.POSITIVE_INFINITY])
  })

  it('reduces the threshold from the window, not from what limited transmit sent beyond it (RFC 5681 3.2)', () => {
    const control = started(make())
    while (control.window < 20 * SMSS) control.onAcknowledged(SMSS, true, 0, RTT)
    control.onLoss(35 * SMSS, 33 * SMSS, 0)
    expect(control.threshold).toBe(20 * beta * SMSS)
  })
})

describe('NewReno in congestion avoidance (RFC 5681 3.1)', () => {
  it('halves on loss and grows by one segment a round trip', () => {
    const control = started(new NewReno())
    for (let i = 0; i < 3; i++) roundTrip(control)
    control.onLoss(32_000, 32_000, 0)
    control.onRecovered(32_000, 0)
    expect(control.window).toBe(16_000)
    for (const expected of [17_000, 18_000, 19_000]) {
      roundTrip(control)
      expect(control.window).toBe(expected)
    }
  })
})

describe('CUBIC (RFC 9438)', () => {
  /** A window of `segments` at which loss is met at once, as after a long slow start. */
  function afterLossAt(segments: number): Cubic {
    const control = started(new Cubic())
    while (control.window < segments * SMSS) control.onAcknowledged(SMSS, true, 0, RTT)
    control.onLoss(control.window, control.window, 0)
    control.onRecovered(control.window, 0)
    return control
  }

  it('reduces the window to 0.7 of what it was (4.6)', () => {
    const control = afterLossAt(1000)
    expect([control.window, control.threshold]).toEqual([700_000, 700_000])
  })

  it('follows 0.4 (t - K)^3 + W_max, K = cbrt(W_max 0.3 / 0.4), below and above the plateau (4.2)', () => {
    const control = afterLossAt(1000)
    const k = Math.cbrt((1000 * 0.3) / 0.4)
    let now = 0
    for (let i = 0; i < 150; i++) {
      roundTrip(control, now)
      now += RTT
      // The first acknowledgement, in which the stage begins, is 1/700 of a round trip in.
      const expected = 0.4 * (now / SECOND - k) ** 3 + 1000
      expect(Math.abs(control.window / SMSS - expected), `at ${now / SECOND} s`).toBeLessThan(0.015 * expected)
    }
    expect(control.window).toBeGreaterThan(1_080_000)
  })

  it('is within 1 % of W_max at K, whatever the round-trip time', () => {
    const k = Math.cbrt((1000 * 0.3) / 0.4) * SECOND
    for (const rtt of [50 * ms, 100 * ms, 200 * ms]) {
      const control = afterLossAt(1000)
      for (let now = 0; now < k; now += rtt) roundTrip(control, now, rtt)
      expect(Math.abs(control.window - 1_000_000)).toBeLessThan(10_000)
    }
  })

  it('is no slower than Reno where the round trip is short: 0.53 segments each, then one (4.3)', () => {
    const control = afterLossAt(20)
    const start = control.window
    expect(start).toBe(14_000)
    for (let i = 0; i < 8; i++) roundTrip(control, i * ms, ms)
    const alpha = (3 * 0.3) / 1.7
    expect(Math.abs(control.window - start - 8 * alpha * SMSS)).toBeLessThan(0.1 * 8 * alpha * SMSS)
    for (let i = 8; control.window < 21_000; i++) roundTrip(control, i * ms, ms)
    const { window } = control
    for (let i = 0; i < 10; i++) roundTrip(control, 30 * ms + i * ms, ms)
    expect(Math.abs(control.window - window - 10 * SMSS)).toBeLessThan(1500)
  })

  it('grows by half at most in a round trip, however long nothing was heard (4.4)', () => {
    const control = afterLossAt(10)
    control.onAcknowledged(SMSS, true, 0, RTT)
    const { window } = control
    const later = 1000 * SECOND
    for (let i = 0; i < window / SMSS; i++) control.onAcknowledged(SMSS, true, later, RTT)
    expect(control.window).toBeLessThanOrEqual(1.5 * window + SMSS)
    expect(control.window).toBeGreaterThan(1.3 * window)
  })

  it('gives room to others when it loses before it is back where it had been: fast convergence (4.7)', () => {
    const control = afterLossAt(1000)
    control.onLoss(control.window, control.window, SECOND)
    control.onRecovered(control.window, SECOND)
    expect(control.window).toBe(490_000)
    // The new plateau is 700 (1 + 0.7) / 2 = 595 segments, and K = cbrt((595 - 490) / 0.4) = 6.4 s away.
    let now = SECOND
    for (; now < SECOND + 6.4 * SECOND; now += RTT) roundTrip(control, now)
    expect(Math.abs(control.window - 595_000)).toBeLessThan(6000)
  })

  it('goes on along the curve that it was on, when the loss was none (4.9.2)', () => {
    const control = afterLossAt(1000)
    const undisturbed = afterLossAt(1000)
    let now = 0
    for (; now < 3 * SECOND; now += RTT) for (const each of [control, undisturbed]) roundTrip(each, now)
    control.onLoss(control.window, control.window, now)
    control.onRecoveryAck(SMSS, control.window - 4 * SMSS, false)
    control.undo(now)
    for (; now < 8 * SECOND; now += RTT) for (const each of [control, undisturbed]) roundTrip(each, now)
    expect(control.window).toBe(undisturbed.window)
  })

  it('has its plateau where congestion avoidance begins, after a time-out (4.8)', () => {
    const control = afterLossAt(1000)
    control.onTimeout(700_000, false, SECOND)
    expect(control.threshold).toBe(490_000)
    let now = SECOND
    for (; control.window < 490_000; now += RTT) roundTrip(control, now)
    const start = now
    for (; now < start + 3 * SECOND; now += RTT) roundTrip(control, now)
    // 0.4 * 3^3 = 10.8 segments above the plateau; Reno's estimate adds 0.53 each of 30 round trips, and is higher.
    expect(control.window / SMSS - 490).toBeGreaterThan(10)
    expect(control.window / SMSS - 490).toBeLessThan(25)
  })

  it('does not count the time in which the application sent less than it might (5.8)', () => {
    const busy = afterLossAt(1000)
    const paused = afterLossAt(1000)
    for (let i = 0; i < 20; i++) {
      roundTrip(busy, i * RTT)
      roundTrip(paused, i * RTT)
    }
    paused.onAcknowledged(SMSS, false, 2 * SECOND, RTT)
    for (let i = 0; i < 20; i++) {
      roundTrip(busy, 2 * SECOND + i * RTT)
      roundTrip(paused, 102 * SECOND + i * RTT)
    }
    expect(Math.abs(paused.window - busy.window)).toBeLessThan(2000)
  })
})
