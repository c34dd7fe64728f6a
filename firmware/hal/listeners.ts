/**
 * Who watches one thing that happens: any number of listeners, and none of them deafens another. Whatever can be watched has a
 * method `onX(listener)` that returns the function that unsubscribes the listener. (A slot that is for exactly one function, the next stage of
 * a pipeline or one that answers, is a property `handleX`.)
 *
 *   readonly #frameListeners = new Listeners<[frame: CableFrame]>()
 *   onFrame(listener: (frame: CableFrame) => void): () => void { return this.#frameListeners.add(listener) }
 *   …
 *   this.#frameListeners.tell(frame)
 */
export class Listeners<Arguments extends readonly unknown[]> {
  /**
   * The only one there is. Most lists are of one, and of a thousand connections each has a few lists: so nothing is made for the first but
   * the function that unsubscribes it, which knows it by a number.
   */
  #only: ((...what: Arguments) => void) | undefined
  #number = 0
  /** Behind it. Replaced when it changes, never changed: a call walks through it while listeners come and go. */
  #others: readonly Entry<Arguments>[] = NOBODY
  #size = 0

  /** How many there are: where it happens often, what is to be told need not be made for nobody. */
  get size(): number {
    return this.#size
  }

  /** Are there none? Where it happens very often: this is small enough that V8 puts it in place of the call, as `tell` is not. */
  get idle(): boolean {
    return this.#size === 0
  }

  /**
   * One more, called behind those that are there, from the next `tell` on. The same function may be added twice, and is called
   * twice. Returns what takes this one off: it is not called again, not even by a `tell` that is under way; a second call of it
   * does nothing.
   */
  add(listener: (...what: Arguments) => void): () => void {
    return this.#size++ === 0 ? this.#addOnly(listener) : this.#addOther(listener)
  }

  // A method each: what is made for both ways of unsubscribing in one would be made for either.
  #addOnly(listener: (...what: Arguments) => void): () => void {
    this.#only = listener
    const number = ++this.#number
    return () => {
      if (this.#number !== number || this.#only === undefined) return
      this.#only = undefined
      this.#size--
    }
  }

  #addOther(listener: (...what: Arguments) => void): () => void {
    const entry = new Entry(listener)
    this.#others = this.#others.concat(entry)
    return () => this.#remove(entry)
  }

  #remove(entry: Entry<Arguments>): void {
    if (!entry.isSubscribed) return
    entry.isSubscribed = false
    this.#size--
    this.#others = this.#others.length > 1 ? this.#others.filter((other) => other !== entry) : NOBODY
  }

  /** Takes all off. */
  clear(): void {
    for (const entry of this.#others) entry.isSubscribed = false
    this.#only = undefined
    this.#others = NOBODY
    this.#size = 0
  }

  /**
   * Calls each in the order in which they came. One that throws does not silence those behind it: its error is thrown when all
   * have been called.
   * @throws what the listener threw; where several did, an AggregateError of all that was thrown, in order.
   */
  tell(...what: Arguments): void {
    // Nobody, and one who may throw as it likes: what is told on a frame's way costs a check or two.
    if (this.#others === NOBODY) this.#only?.(...what)
    else this.#tellEach(...what)
  }

  #tellEach(...what: Arguments): void {
    const others = this.#others
    let thrown: unknown[] | undefined
    for (let i = -1; i < others.length; i++) {
      try {
        if (i < 0) this.#only?.(...what)
        else if (others[i].isSubscribed) others[i].call(...what)
      } catch (error) {
        thrown ??= []
        thrown.push(error)
      }
    }
    if (thrown !== undefined) fail(thrown)
  }
}

/** A class, and not the literal `{ … }`: V8 took that for long-lived wherever it was made, and it became garbage of the costly kind. */
class Entry<Arguments extends readonly unknown[]> {
  readonly call: (...what: Arguments) => void
  isSubscribed = true

  constructor(call: (...what: Arguments) => void) {
    this.call = call
  }
}

const NOBODY: readonly never[] = []

function fail(thrown: readonly unknown[]): never {
  if (thrown.length === 1) throw thrown[0]
  throw new AggregateError(thrown, `${thrown.length} listeners threw: ${thrown.map(String).join('; ')}`)
}

/** An observer of several events: an object with a method for each that it wants. `Listeners` for each of them, by the method's name. */
export type ObserverListeners<Observer> = {
  readonly [Event in keyof Observer]-?: Listeners<EventArguments<NonNullable<Observer[Event]>>>
}

type EventArguments<Method> = Method extends (...what: infer Arguments) => void ? Arguments : never

/** Adds each method that the observer has to the listeners of that name. Returns what takes all of them off. */
export function addObserver<Observer extends object>(
  listeners: ObserverListeners<Observer>,
  observer: Observer,
): () => void {
  const removers: (() => void)[] = []
  for (const event in listeners) {
    const method = observer[event]
    if (typeof method === 'function') removers.push(listeners[event].add(method.bind(observer)))
  }
  return () => {
    for (const remove of removers) remove()
  }
}
