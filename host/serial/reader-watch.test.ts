import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ReaderWatch } from './reader-watch.js'

/** A watch on a program that has `state.unread` octets before it, at the real time `state.now`. */
function watched() {
  const state = { unread: 0, now: 0 }
  const watch = new ReaderWatch(
    () => state.unread,
    () => state.now,
  )
  return { state, watch }
}

const NEVER = Number.POSITIVE_INFINITY

describe('the time of a served board', () => {
  it('waits for a program that has not read what came first, and goes on when it has', () => {
    const { state, watch } = watched()
    expect(watch.holdAt).toBe(NEVER)
    watch.handed(16, 1_000)
    watch.handed(16, 161_000)
    state.unread = 32
    state.now = 2 * MILLISECOND
    expect(watch.holdAt).toBe(1_000 + 5 * MILLISECOND)
    state.unread = 16 // the first sixteen are read: the next are waited for
    expect(watch.holdAt).toBe(161_000 + 5 * MILLISECOND)
    state.unread = 0
    expect(watch.holdAt).toBe(NEVER)
  })

  it('does not believe the kernel at once: a worker of its own has yet to carry the octets over', () => {
    const { state, watch } = watched()
    watch.handed(16, 0)
    expect(watch.holdAt).toBe(5 * MILLISECOND) // nothing unread, says the kernel
    state.now = 0.5 * MILLISECOND
    expect(watch.holdAt).toBe(5 * MILLISECOND)
    state.now = 1 * MILLISECOND
    expect(watch.holdAt).toBe(NEVER)
  })

  it('waits no longer than a second for a program that reads nothing, and again once it reads', () => {
    const { state, watch } = watched()
    watch.handed(16, 0)
    state.unread = 16
    state.now = 1 * SECOND
    expect(watch.holdAt).toBe(5 * MILLISECOND)
    state.now = 1 * SECOND + 1
    expect(watch.holdAt).toBe(NEVER)
    watch.handed(16, 2 * SECOND)
    state.unread = 32
    expect(watch.holdAt).toBe(NEVER) // it is known not to read
    state.unread = 8 // and now it does
    watch.handed(16, 3 * SECOND)
    state.unread = 24
    expect(watch.holdAt).toBe(3 * SECOND + 5 * MILLISECOND)
  })

  it('counts the second anew from each time that something was read: a slow reader is a reader', () => {
    const { state, watch } = watched()
    for (let i = 0; i < 4; i++) watch.handed(16, i)
    state.unread = 64
    for (let i = 1; i <= 3; i++) {
      state.now += 0.9 * SECOND
      state.unread -= 16
      expect(watch.holdAt).toBe(i + 5 * MILLISECOND)
    }
  })

  it('keeps a bounded list of what it waits for, and the first of it', () => {
    const { state, watch } = watched()
    for (let i = 0; i < 5_000; i++) {
      watch.handed(16, i)
      state.unread += 16
    }
    state.now = 2 * MILLISECOND
    expect(watch.holdAt).toBe(5 * MILLISECOND)
    state.unread -= 16 * 1_024
    expect(watch.holdAt).toBe(NEVER)
  })
})
