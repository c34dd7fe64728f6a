import { describe, expect, it } from 'vitest'
import { addObserver, Listeners, type ObserverListeners } from './listeners.js'

describe('listeners', () => {
  it('all hear, in the order in which they came, until each is unsubscribed', () => {
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

  it('who unsubscribes and subscribes again is last', () => {
    const listeners = new Listeners<[]>()
    const heard: string[] = []
    const a = () => heard.push('a')
    const remove = listeners.add(a)
    listeners.add(() => heard.push('b'))
    remove()
    listeners.add(a)
    listeners.tell()
    expect(heard).toEqual(['b', 'a'])
  })

  it('are two when one function is added twice, and taking one off leaves the other', () => {
    const listeners = new Listeners<[]>()
    let heard = 0
    const hear = (): void => {
      heard++
    }
    const takeOff = listeners.add(hear)
    listeners.add(hear)
    listeners.tell()
    expect(heard).toBe(2)
    takeOff()
    takeOff()
    listeners.tell()
    expect(heard).toBe(3)
  })

  it('of one function added twice, taking the second off leaves it its first place', () => {
    const listeners = new Listeners<[]>()
    const heard: string[] = []
    const a = () => heard.push('a')
    listeners.add(a)
    listeners.add(() => heard.push('b'))
    const second = listeners.add(a)
    second()
    listeners.tell()
    expect(heard).toEqual(['a', 'b'])
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

  it('that were unsubscribed are not called again, not even by the call that is under way; those behind them are', () => {
    const listeners = new Listeners<[]>()
    const heard: string[] = []
    listeners.add(() => {
      heard.push('first')
      removeSecond()
    })
    const removeSecond = listeners.add(() => heard.push('second'))
    listeners.add(() => heard.push('third'))
    listeners.tell()
    listeners.tell()
    expect(heard).toEqual(['first', 'third', 'first', 'third'])
  })

  it('are all off at once, also in the midst of a call', () => {
    const listeners = new Listeners<[]>()
    const heard: string[] = []
    const first = listeners.add(() => {
      heard.push('first')
      listeners.clear()
    })
    listeners.add(() => heard.push('second'))
    listeners.add(() => heard.push('third'))
    listeners.tell()
    expect([heard, listeners.size]).toEqual([['first'], 0])
    listeners.add(() => heard.push('new'))
    first()
    listeners.tell()
    expect(heard).toEqual(['first', 'new'])
  })

  it('one that causes the event again is called again within its call, and nobody is left out', () => {
    const listeners = new Listeners<[number]>()
    const heard: string[] = []
    listeners.add((depth) => {
      heard.push(`first ${depth}`)
      if (depth < 2) listeners.tell(depth + 1)
    })
    listeners.add((depth) => heard.push(`second ${depth}`))
    listeners.tell(1)
    expect(heard).toEqual(['first 1', 'first 2', 'second 2', 'second 1'])
  })

  it('one that throws does not silence the others, and what it threw reaches who told them', () => {
    const listeners = new Listeners<[]>()
    const heard: string[] = []
    const broken = new Error('broken')
    listeners.add(() => heard.push('first'))
    const remove = listeners.add(() => {
      throw broken
    })
    listeners.add(() => heard.push('third'))
    expect(() => listeners.tell()).toThrow(broken)
    expect(heard).toEqual(['first', 'third'])
    remove()
    listeners.tell()
    expect(heard).toEqual(['first', 'third', 'first', 'third'])
  })

  it('of several that throw nothing is lost', () => {
    const listeners = new Listeners<[]>()
    const thrown = [new Error('one'), undefined, 'three']
    for (const each of thrown)
      listeners.add(() => {
        throw each
      })
    let caught: unknown
    try {
      listeners.tell()
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(AggregateError)
    expect((caught as AggregateError).errors).toEqual(thrown)
    expect((caught as AggregateError).message).toBe('3 listeners threw: Error: one; undefined; three')
  })

  it('one that throws undefined has thrown all the same', () => {
    const listeners = new Listeners<[]>()
    listeners.add(() => {
      throw undefined
    })
    let threw = false
    try {
      listeners.tell()
    } catch {
      threw = true
    }
    expect(threw).toBe(true)
  })

  it.each([0, 1, 3])('%i of them cost no memory an event', (count) => {
    const listeners = new Listeners<[number, number, number]>()
    let sum = 0
    for (let i = 0; i < count; i++) {
      listeners.add((a, b, c) => {
        sum += a + b + c
      })
    }
    const events = 100_000
    const burst = () => {
      const before = process.memoryUsage().heapUsed
      for (let i = 0; i < events; i++) listeners.tell(i & 7, 1, 2)
      return (process.memoryUsage().heapUsed - before) / events
    }
    // Collections make some bursts negative, and others' work some larger: the one in the middle of fifteen counts.
    const middle = () => Array.from({ length: 15 }, burst).sort((a, b) => a - b)[7]
    let grown = middle()
    // Until the engine has compiled it, arguments are made as arrays, of 40 octets for three of them.
    for (let round = 0; round < 40 && Math.abs(grown) >= 4; round++) grown = middle()
    expect(Math.abs(grown)).toBeLessThan(4)
    expect(sum).toBeGreaterThanOrEqual(count)
  })
})

describe('observers of several events', () => {
  interface Observer {
    rise?(at: number): void
    fall?(at: number, depth: number): void
  }
  const listeners = (): ObserverListeners<Observer> => ({ rise: new Listeners(), fall: new Listeners() })

  it('are notified of what they have a method for, each as its own, until they are unsubscribed', () => {
    const all = listeners()
    class Counter implements Observer {
      total = 0
      rise(at: number): void {
        this.total += at
      }
    }
    const counter = new Counter()
    const falls: [number, number][] = []
    const remove = addObserver(all, counter)
    addObserver(all, { fall: (at, depth) => falls.push([at, depth]) })
    addObserver(all, {})
    expect([all.rise.size, all.fall.size]).toEqual([1, 1])
    all.rise.tell(5)
    all.fall.tell(6, 7)
    remove()
    remove()
    all.rise.tell(8)
    all.fall.tell(9, 1)
    expect(counter.total).toBe(5)
    expect(falls).toEqual([
      [6, 7],
      [9, 1],
    ])
  })

  it('one observer that is added twice hears twice', () => {
    const all = listeners()
    let heard = 0
    const observer = { rise: () => heard++ }
    const remove = addObserver(all, observer)
    addObserver(all, observer)
    all.rise.tell(1)
    remove()
    all.rise.tell(2)
    expect(heard).toBe(3)
  })
})
