import { describe, expect, it } from 'vitest'
import { every, later, monotonic, nextTurn, turn } from './event-loop.js'

describe('the event loop', () => {
  it('takes a turn when every queue of promises is empty', async () => {
    const story: string[] = []
    const chain = async () => {
      for (let i = 0; i < 100; i++) await Promise.resolve()
      story.push('promises')
    }
    void chain()
    await turn()
    story.push('turn')
    expect(story).toEqual(['promises', 'turn'])
  })

  it('calls back in the order in which it was asked, and not where the call was taken back', async () => {
    const story: number[] = []
    nextTurn(() => story.push(1))
    const takeBack = nextTurn(() => story.push(2))
    nextTurn(() => story.push(3))
    takeBack()
    await turn()
    expect(story).toEqual([1, 3])
  })

  it('has timers that can be taken back, and ones that come again until they are ended', async () => {
    let late = 0
    const takeBack = later(1, () => late++)
    takeBack()
    let times = 0
    await new Promise<void>((resolve) => {
      const end = every(1, () => {
        if (++times < 3) return
        end()
        resolve()
      })
    })
    const then = monotonic()
    await new Promise<void>((resolve) => void later(5, resolve))
    expect([late, times]).toEqual([0, 3])
    // Node's timers may be a part of a millisecond early.
    expect(monotonic() - then).toBeGreaterThan(4_000_000)
  })
})
