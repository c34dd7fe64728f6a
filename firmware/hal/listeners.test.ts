import { describe, expect, it } from 'vitest'
import { Listeners } from './listeners.js'

describe('listeners', () => {
  it('all hear, in the order in which they came, until each is taken off', () => {
    const listeners = new Listeners<[number]>()
    const heard: string[] = []
    const first = listeners.add((value) => heard.push(`first ${value}`))
    const second = listeners.add((value) => heard.push(`second ${value}`))
    listeners.tell(1)
    first()
    first()
    listeners.tell(2)
    second()
    listeners.tell(3)
    expect(heard).toEqual(['first 1', 'second 1', 'second 2'])
    expect(listeners.size).toBe(0)
  })

  it('are two when one function is added twice, and taking one off leaves the other', () => {
    const listeners = new Listeners<[]>()
    let heard = 0
    const hear = (): void => {
      heard++
    }
    const takeOff = listeners.add(hear)
    listeners.add(hear)
    takeOff()
    takeOff()
    listeners.tell()
    expect(heard).toBe(1)
  })

  it('may come and go while they are called: who comes is called the next time', () => {
    const listeners = new Listeners<[]>()
    const heard: string[] = []
    const once = listeners.add(() => {
      heard.push('once')
      once()
      listeners.add(() => heard.push('late'))
    })
    listeners.add(() => heard.push('always'))
    listeners.tell()
    expect(heard).toEqual(['once', 'always'])
    listeners.tell()
    expect(heard).toEqual(['once', 'always', 'always', 'late'])
  })
})
