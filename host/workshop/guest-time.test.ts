/** A lab within a station: event for event in the station's time. */
import { describe, expect, it } from 'vitest'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { GuestTime } from './guest-time.js'

function bench() {
  const host = new Scheduler()
  const guest = new Scheduler()
  const seen: string[] = []
  const time = new GuestTime(host, guest)
  const due = (name: string, delay: number) => guest.after(delay, () => seen.push(`${name} ${host.now} ${guest.now}`))
  return { host, guest, time, seen, due }
}

describe('a lab in a station', () => {
  it('has its events at the station’s instants, one event each', () => {
    const { host, time, seen, due } = bench()
    host.after(20, () => seen.push(`host ${host.now}`))
    time.do(() => {
      due('early', 10)
      due('late', 30)
    })
    while (host.step());
    expect(seen).toEqual(['early 10 10', 'host 20', 'late 30 30'])
    expect(host.executed).toBe(3)
  })

  it('is at the present when something is done to it, and what is due now is not passed over', () => {
    const { host, guest, time, seen, due } = bench()
    time.do(() => due('at ten', 10))
    host.after(5, () => time.do(() => due('five later', 5)))
    while (host.step());
    expect(seen).toEqual(['at ten 10 10', 'five later 10 10'])
    expect(guest.now).toBe(10)
  })

  it('may have lived before: its clock is ahead then, and its events come at the station’s instants all the same', () => {
    const host = new Scheduler()
    const guest = new Scheduler()
    const seen: string[] = []
    guest.runUntil(1_000)
    guest.after(10, () => seen.push(`${host.now} ${guest.now}`))
    const time = new GuestTime(host, guest)
    expect(time.ahead).toBe(1_000)
    while (host.step());
    host.after(5, () => time.do(() => guest.after(5, () => seen.push(`${host.now} ${guest.now}`))))
    while (host.step());
    expect(seen).toEqual(['10 1010', '20 1020'])
  })

  it('stands still once it is put away', () => {
    const { host, time, seen, due } = bench()
    time.do(() => due('never', 10))
    time.stop()
    host.runUntil(100)
    expect(seen).toEqual([])
    time.do(() => due('nor this', 10))
    host.runUntil(200)
    expect(seen).toEqual([])
  })
})
