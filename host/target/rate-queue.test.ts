import { describe, expect, it } from 'vitest'
import { RateQueue } from './rate-queue.js'

function bench() {
  const story: string[] = []
  const done: (() => void)[] = []
  const queue = new RateQueue(
    (octets) => story.push(`sent ${[...octets].join()}`),
    (baud, whenDone) => {
      story.push(`rate ${baud}`)
      done.push(whenDone)
    },
  )
  return { queue, story, finish: () => done.shift()!() }
}

describe('octets and changes of rate', () => {
  it('keep their order, each change to its end before what follows it', () => {
    const { queue, story, finish } = bench()
    const octets = Uint8Array.of(1, 2)
    queue.write(octets)
    queue.setBaud(300)
    queue.write(octets)
    octets.fill(9) // the writer's again
    queue.setBaud(600)
    queue.setBaud(1200)
    queue.write(Uint8Array.of(3))
    expect(story).toEqual(['sent 1,2', 'rate 300'])
    expect(queue.octets).toBe(3)
    finish()
    expect(story.slice(2)).toEqual(['sent 1,2', 'rate 600'])
    finish()
    finish()
    expect(story.slice(4)).toEqual(['rate 1200', 'sent 3'])
    expect(queue.octets).toBe(0)
  })

  it('tell when no change is left, at once where there is none', () => {
    const { queue, story, finish } = bench()
    queue.whenIdle(() => story.push('idle'))
    queue.setBaud(300)
    queue.setBaud(600)
    queue.whenIdle(() => story.push('idle again'))
    finish()
    expect(story).toEqual(['idle', 'rate 300', 'rate 600'])
    finish()
    expect(story.at(-1)).toBe('idle again')
  })

  it('go on by themselves where a change takes no time', () => {
    const story: string[] = []
    const queue = new RateQueue(
      (octets) => story.push(`sent ${octets[0]}`),
      (baud, done) => {
        story.push(`rate ${baud}`)
        done()
      },
    )
    queue.setBaud(300)
    queue.write(Uint8Array.of(7))
    expect(story).toEqual(['rate 300', 'sent 7'])
  })
})
